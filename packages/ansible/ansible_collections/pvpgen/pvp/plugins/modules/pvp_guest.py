#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_guest
short_description: Reset the disk of a guest, or run commands in a guest or a testpmd
description:
  - Removes the overlay disk of a guest, so that the next start has a new one.
  - Runs a command in a guest over SSH, or commands of testpmd on the console.
version_added: 0.1.0
options:
  name:
    description:
      - Name of the guest or, with O(testpmd), of the testpmd.
      - Optional if the host has one.
    type: str
  state:
    description:
      - V(reset) removes the overlay disk. All data that the guest has written is lost.
        The guest must be stopped.
    type: str
    choices: [reset]
  command:
    description:
      - Command to run in the guest as root, by C(pvpgen ssh).
    type: list
    elements: str
  testpmd:
    description:
      - Commands to run in testpmd, by C(pvpgen console -c). They run in order until one fails.
    type: list
    elements: str
  timeout:
    description:
      - Time limit of each command of O(testpmd), in systemd's syntax.
    type: str
    default: 10s
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: partial
    details: Commands are not run in check mode.
  diff_mode:
    support: full
"""

EXAMPLES = r"""
- name: A new disk at the next start
  pvpgen.pvp.pvp_guest:
    name: guest
    state: reset

- name: Kernel of the guest
  pvpgen.pvp.pvp_guest:
    name: guest
    command: [uname, -r]
  register: kernel
  changed_when: false

- name: Counters of all ports
  pvpgen.pvp.pvp_guest:
    testpmd: [show port stats all]
  register: counters
  changed_when: false
"""

RETURN = r"""
path:
  description: The overlay disk.
  returned: if O(state=reset)
  type: str
stdout:
  description: Standard output of the command.
  returned: with O(command)
  type: str
stderr:
  description: Standard error of the command.
  returned: with O(command)
  type: str
rc:
  description: Exit code of the command.
  returned: with O(command)
  type: int
answers:
  description: The answer to each command of O(testpmd).
  returned: with O(testpmd)
  type: list
  elements: dict
  sample: [{command: show port stats all, outcome: done, answer: "..."}]
"""

import json

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, errors, sentence


def reset(module, pvpgen):
    """Removes the overlay disk."""
    guests = pvpgen.run("guests", "guest", "list")["guests"]
    name = module.params["name"] or (guests[0]["guest"] if len(guests) == 1 else None)
    found = [guest for guest in guests if guest["guest"] == name]
    if not found:
        module.fail_json(
            msg="name: expected one of %s, got %s" % (
                ", ".join(guest["guest"] for guest in guests) or "no guest", name or "none"))
    path = found[0]["path"]
    answer = dict(changed=found[0]["exists"], path=path)
    if answer["changed"]:
        answer["diff"] = dict(before=path + "\n", after="")
    if answer["changed"] and not module.check_mode:
        code, out, err = pvpgen.command("guest", "reset", name)
        if code:
            module.fail_json(msg="pvpgen guest reset: " + err.strip(), rc=code)
    return answer


def run_in_guest(module, pvpgen):
    """Runs a command in the guest, and fails as the command does."""
    name = [module.params["name"]] if module.params["name"] else []
    code, out, err = pvpgen.command("ssh", *(name + ["--"] + module.params["command"]), has_root=False)
    answer = dict(changed=True, rc=code, stdout=out, stderr=err)
    if code:
        module.fail_json(msg=err.strip() or "exit code %d" % code, **answer)
    return answer


def run_in_testpmd(module, pvpgen):
    """Runs commands in testpmd. pvpgen prints a document in one line for each."""
    command = ["console", "--json", "--timeout=" + module.params["timeout"]]
    command += [module.params["name"]] if module.params["name"] else []
    code, out, err = pvpgen.command(*(command + ["--command=" + text for text in module.params["testpmd"]]))
    try:
        documents = [json.loads(line) for line in out.splitlines() if line.strip()]
    except ValueError:
        module.fail_json(msg="pvpgen console: " + (err or out).strip(), rc=code)
    answers = [
        dict((member, document.get(member)) for member in ("command", "outcome", "answer")) for document in documents
        if "outcome" in document]
    if code:
        failed = [sentence(problem) for document in documents for problem in errors(document)]
        module.fail_json(
            msg="\n".join(failed) or err.strip() or "exit code %d" % code, changed=True, rc=code, answers=answers)
    return dict(changed=True, answers=answers)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            name=dict(type="str"),
            state=dict(type="str", choices=["reset"]),
            command=dict(type="list", elements="str"),
            testpmd=dict(type="list", elements="str"),
            timeout=dict(type="str", default="10s"),
        ),
        mutually_exclusive=[("state", "command", "testpmd")],
        required_one_of=[("state", "command", "testpmd")],
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module)
    if module.params["state"] == "reset":
        module.exit_json(**reset(module, pvpgen))
    if module.check_mode:
        module.exit_json(skipped=True, changed=False, msg="commands are not run in check mode")
    module.exit_json(**(run_in_guest if module.params["command"] else run_in_testpmd)(module, pvpgen))


if __name__ == "__main__":
    main()
