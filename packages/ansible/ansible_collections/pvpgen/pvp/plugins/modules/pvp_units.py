#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_units
short_description: Start and stop the units of a PVP host
description:
  - Starts, stops or restarts C(pvp.target), or brings the running units up to date.
version_added: 0.1.0
options:
  state:
    description:
      - V(started) and V(stopped) start and stop C(pvp.target) unless all units are up or stopped.
      - V(restarted) stops and starts everything.
      - V(applied) runs C(pvpgen apply). It reloads systemd if the configuration has changed, and
        restarts the units that are outdated. Units that do not run stay stopped if C(pvp.target)
        is not active.
    type: str
    choices: [started, stopped, restarted, applied]
    required: true
  wait:
    description:
      - Waits until all units are up, or one has failed.
      - With V(false), O(state=started) queues the jobs and returns. The download of an image can
        take longer than an SSH connection lasts. Ask M(pvpgen.pvp.pvp_info) in a loop with
        C(until) in this case.
    type: bool
    default: true
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: full
  diff_mode:
    support: partial
    details: With O(state=applied), the diff has the changed lines of unit files.
seealso:
  - module: pvpgen.pvp.pvp_verify
"""

EXAMPLES = r"""
- name: Start everything, and wait
  pvpgen.pvp.pvp_units:
    state: started

- name: Restart the units that a new configuration has changed
  pvpgen.pvp.pvp_units:
    state: applied
"""

RETURN = r"""
up:
  description: Whether all units are active.
  returned: if O(state=started)
  type: bool
stages:
  description: Stages of the chain, with the result and the duration of each.
  returned: if the verb has waited
  type: list
  elements: dict
running:
  description: Running units that differ from the configuration, and what was done to them.
  returned: if O(state=applied)
  type: list
  elements: dict
  sample: [{unit: testpmd.service, state: outdated, next: restarted}]
commands:
  description: Commands in their order.
  returned: if O(state=applied)
  type: list
  elements: dict
reboot_required:
  description: Whether a reboot is required before the running kernel is as planned.
  returned: if O(state=applied)
  type: bool
reboot_reasons:
  description: Kernel arguments that are not in effect, with the reason of each.
  returned: if O(state=applied)
  type: list
  elements: dict
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, errors, result, sentence

TARGET = "pvp.target"


def unit_diff(document):
    """Returns the changed lines of unit files in the form of a unified diff."""
    lines = []
    for change in document["changes"]:
        for part in change["parts"]:
            lines.append("%(kind)s %(name)s" % part)
            lines += ["-" + line for line in part["removed"]] + ["+" + line for line in part["added"]]
    lines += ["%(unit)s is %(state)s" % unit for unit in document["running"] if unit["state"] != "current"]
    return "".join(line + "\n" for line in lines)


def apply(module, pvpgen):
    """Brings running units up to date. Does nothing if there is no difference, because a reload
    alone would be reported as a change."""
    difference = pvpgen.run("diff", "diff")
    text = unit_diff(difference)
    document = pvpgen.run("apply", "apply", *([] if text and not module.check_mode else ["--dry-run"]))
    answer = result(document, "running", "commands", "reboot_required", "reboot_reasons", changed=bool(text))
    if text:
        answer["diff"] = dict(prepared=text)
    return answer


def operate(module, pvpgen, verb):
    """Starts, stops or restarts everything, and fails with the reasons of failed units."""
    code, document = pvpgen.document("operation", verb)
    failed = [
        "%s: %s" % (unit["unit"], unit["reason"] or "failed")
        for stage in document.get("stages", []) for unit in stage["units"] if unit["result"] == "failed"]
    failed += [sentence(problem) for problem in errors(document)]
    answer = result(document, "stages")
    if failed or code:
        module.fail_json(msg="\n".join(failed) or "pvpgen %s: exit code %d" % (verb, code), **answer)
    return answer


def is_active(module, unit):
    """Whether a unit is active or has a job."""
    code, out, err = module.run_command(["systemctl", "show", "--property=ActiveState,Job", unit])
    if code:
        module.fail_json(msg="systemctl show %s: %s" % (unit, err.strip()))
    states = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    return states.get("ActiveState") != "inactive" and states.get("ActiveState") != "failed" or bool(
        states.get("Job", "0") not in ("", "0"))


def start(module, pvpgen):
    """Starts everything unless it is up."""
    status = pvpgen.document("status", "status")[1]
    # Errors of the configuration are those of 'pvpgen start'; without systemd there is no status.
    if errors(status):
        pvpgen.fail(errors(status), status, 1)
    if status["up"]:
        return dict(changed=False, up=True, problems=status["problems"])
    if module.check_mode:
        return dict(changed=True, up=False, problems=status["problems"])
    if module.params["wait"]:
        return dict(operate(module, pvpgen, "start"), up=True)
    if is_active(module, TARGET):
        # The jobs are queued, or units have failed: 'pvpgen status' reports which.
        return dict(changed=False, up=False, problems=status["problems"])
    code, out, err = module.run_command(["systemctl", "start", "--no-block", TARGET])
    if code:
        module.fail_json(msg="systemctl start %s: %s" % (TARGET, err.strip()))
    return dict(changed=True, up=False, problems=status["problems"])


def stop(module, pvpgen):
    """Stops everything unless nothing runs."""
    if not pvpgen.is_installed:
        return dict(changed=False, stages=[], problems=[])
    if module.check_mode:
        # Also if the configuration has errors: the units of an earlier one can run.
        status = pvpgen.document("status", "status")[1]
        states = [unit["active"] for unit in status.get("units", [])]
        return dict(changed=any(state not in ("inactive", "failed") for state in states), problems=status["problems"])
    return operate(module, pvpgen, "stop")


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            state=dict(type="str", choices=["started", "stopped", "restarted", "applied"], required=True),
            wait=dict(type="bool", default=True),
        ),
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module)
    state = module.params["state"]
    if state == "applied":
        answer = apply(module, pvpgen)
    elif state == "started":
        answer = start(module, pvpgen)
    elif state == "stopped":
        answer = stop(module, pvpgen)
    elif module.check_mode:
        answer = dict(changed=True, problems=[])
    else:
        answer = operate(module, pvpgen, "restart")
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
