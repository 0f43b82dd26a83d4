#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_info
short_description: Gather information about a PVP host
description:
  - Returns the documents that verbs of pvpgen print with C(--json).
  - Errors in the configuration do not make the module fail. They are in RV(problems).
version_added: 0.1.0
options:
  gather:
    description:
      - Documents to return.
      - V(reboot) asks C(pvpgen check --config-only), which is sufficient to compare the kernel arguments.
    type: list
    elements: str
    choices: [reboot, plan, status, check, diff, guests, builds, files]
    default: [reboot, status]
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
"""

EXAMPLES = r"""
- name: Wait until everything is up, at most one hour
  pvpgen.pvp.pvp_info:
    gather: [status]
  register: host
  until: host.status.up or host.failed_units | length > 0
  retries: 360
  delay: 10
"""

RETURN = r"""
installed:
  description: Whether the host has pvpgen.
  returned: always
  type: bool
version:
  description: The version of pvpgen.
  returned: always
  type: str
  sample: 0.1.0
reboot_required:
  description:
    - Whether a reboot is required before the running kernel is as planned.
    - Null if pvpgen is not installed, or the configuration has errors.
  returned: if V(reboot), V(check) or V(status) is gathered
  type: bool
reboot_reasons:
  description: Kernel arguments that are not in effect, with the reason of each.
  returned: if V(reboot), V(check) or V(status) is gathered
  type: list
  elements: dict
failed_units:
  description: Units that have failed, with the last error in the journal of each.
  returned: if V(status) is gathered
  type: list
  elements: dict
plan:
  description: The document of C(pvpgen plan).
  returned: if gathered
  type: dict
status:
  description: The document of C(pvpgen status).
  returned: if gathered
  type: dict
check:
  description: The document of C(pvpgen check).
  returned: if gathered
  type: dict
diff_units:
  description: The document of C(pvpgen diff).
  returned: if V(diff) is gathered
  type: dict
guests:
  description: The document of C(pvpgen guest list).
  returned: if gathered
  type: dict
builds:
  description: The document of C(pvpgen build --dry-run).
  returned: if gathered
  type: dict
files:
  description: The document of C(pvpgen cat).
  returned: if gathered
  type: dict
problems:
  description: Errors and warnings of all documents, each once.
  returned: always
  type: list
  elements: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, errors

# The kind of document, the member of the result and the command line, by name in `gather`.
DOCUMENTS = {
    "reboot": ("check", None, ["check", "--config-only"]),
    "plan": ("plan", "plan", ["plan"]),
    "status": ("status", "status", ["status"]),
    "check": ("check", "check", ["check"]),
    "diff": ("diff", "diff_units", ["diff"]),
    "guests": ("guests", "guests", ["guest", "list"]),
    "builds": ("builds", "builds", ["build", "--dry-run"]),
    "files": ("files", "files", ["cat"]),
}


def failed_units(status):
    """Returns the units of a status that have failed."""
    return [
        dict(unit=unit["unit"], result=unit["result"], journal=unit.get("journal"))
        for unit in status.get("units", []) if unit["active"] == "failed"]


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            gather=dict(
                type="list", elements="str", default=["reboot", "status"],
                choices=["reboot", "plan", "status", "check", "diff", "guests", "builds", "files"]),
        ),
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module, changes=False)
    answer = dict(
        changed=False, installed=pvpgen.is_installed, version=pvpgen.version(), problems=[],
        reboot_required=None, reboot_reasons=[], failed_units=[])
    for name in module.params["gather"] if pvpgen.is_installed else []:
        kind, member, command = DOCUMENTS[name]
        document = pvpgen.document(kind, *command)[1]
        answer["problems"] += [problem for problem in document["problems"] if problem not in answer["problems"]]
        if member:
            answer[member] = document
        if name in ("reboot", "check", "status") and not errors(document) or document.get("reboot_required"):
            answer["reboot_required"] = document["reboot_required"]
            answer["reboot_reasons"] = document["reboot_reasons"]
        if name == "status":
            answer["failed_units"] = failed_units(document)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
