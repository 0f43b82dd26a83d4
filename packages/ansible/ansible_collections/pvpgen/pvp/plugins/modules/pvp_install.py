#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_install
short_description: Add the planned kernel arguments to the boot loader
description:
  - Runs C(pvpgen install) or C(pvpgen uninstall).
  - The host is not rebooted. RV(reboot_required) is asked of the running kernel on each run, so that
    it stays true until the reboot.
version_added: 0.1.0
options:
  state:
    description:
      - V(present) adds the kernel arguments, and records the addresses of NICs.
      - V(absent) stops all units and reverts what the installation has changed.
    type: str
    choices: [present, absent]
    default: present
  boot_loader:
    description:
      - Boot loader to use instead of the detected one.
    type: str
    choices: [grub, grub-bls, grub-mkconfig, systemd-boot, uki, print]
  force:
    description:
      - Replaces files that another process has created or changed. They are saved as
        C(FILE.pvpgen-save).
    type: bool
    default: false
  purge:
    description:
      - With O(state=absent), also removes the configuration and the disks of guests.
    type: bool
    default: false
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
seealso:
  - module: pvpgen.pvp.pvp_info
"""

EXAMPLES = r"""
- name: Add the kernel arguments
  pvpgen.pvp.pvp_install:
  register: installation

- name: Reboot if the running kernel lacks an argument
  ansible.builtin.reboot:
    reboot_timeout: 1800
  when: installation.reboot_required

- name: Remove everything
  pvpgen.pvp.pvp_install:
    state: absent
    purge: true
"""

RETURN = r"""
files:
  description: Files, and what has happened to each, or would happen in check mode.
  returned: success
  type: list
  elements: dict
  sample:
    - path: /etc/default/grub.d/60-pvpgen.cfg
      action: written
      difference: ['+ GRUB_CMDLINE_LINUX="hugepagesz=1G"']
commands:
  description: Commands in their order.
  returned: success
  type: list
  elements: dict
  sample: [{arguments: [update-grub], run: true}]
nics:
  description: NICs whose addresses have been recorded.
  returned: if O(state=present)
  type: list
  elements: dict
units:
  description: Units that were stopped.
  returned: if O(state=absent)
  type: list
  elements: dict
reboot_required:
  description:
    - Whether a reboot is required before the running kernel is as planned.
    - Null if O(state=absent) and nothing was installed.
  returned: success
  type: bool
reboot_reasons:
  description: Kernel arguments that are not in effect, with the reason of each.
  returned: success
  type: list
  elements: dict
  sample: [{argument: "hugepagesz=1G", state: not_booted, running: [], message: a reboot is pending}]
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, result


def arguments(params):
    """Returns the command line of the verb."""
    if params["state"] == "present":
        command = ["install"] + (["--boot-loader=" + params["boot_loader"]] if params["boot_loader"] else [])
    else:
        command = ["uninstall"] + (["--purge"] if params["purge"] else [])
    return command + (["--force"] if params["force"] else [])


def changes(document):
    """Returns what a run without --dry-run changes, as lines of text."""
    lines = []
    for file in document["files"]:
        if file["action"] not in ("unchanged", "kept"):
            lines += ["%(action)s %(path)s" % file] + file["difference"]
    lines += ["recorded NIC %(mac_address)s at %(pci_address)s" % nic for nic in document.get("nics", [])]
    lines += ["%(state)s %(unit)s" % unit for unit in document.get("units", [])]
    lines += ["ran " + " ".join(command["arguments"]) for command in document["commands"]]
    return lines


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            state=dict(type="str", choices=["present", "absent"], default="present"),
            boot_loader=dict(
                type="str", choices=["grub", "grub-bls", "grub-mkconfig", "systemd-boot", "uki", "print"]),
            force=dict(type="bool", default=False),
            purge=dict(type="bool", default=False),
        ),
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module)
    if not pvpgen.is_installed and module.params["state"] == "absent":
        module.exit_json(
            changed=False, files=[], commands=[], units=[], reboot_required=None, reboot_reasons=[], problems=[])
    command = arguments(module.params) + (["--dry-run"] if module.check_mode else [])
    document = pvpgen.run("install" if module.params["state"] == "present" else "uninstall", *command)
    lines = changes(document)
    answer = result(document, "files", "commands", "nics", "units", "reboot_required", "reboot_reasons")
    if module.check_mode:
        answer["changed"] = bool(lines)
    if answer["changed"]:
        answer["diff"] = dict(prepared="".join(line + "\n" for line in lines))
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
