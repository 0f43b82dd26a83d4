#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_config
short_description: Write the configuration of a PVP host
description:
  - Writes C(/etc/pvpgen/pvp.conf) or a drop-in in C(/etc/pvpgen/pvp.conf.d/).
  - The file is checked first by C(pvpgen check --config), together with the other files of the host.
    If the configuration has errors, the module fails with pvpgen's messages and writes nothing.
  - Units are not reloaded. See M(pvpgen.pvp.pvp_units) with O(pvpgen.pvp.pvp_units#module:state=applied).
version_added: 0.1.0
options:
  name:
    description:
      - Name of a drop-in, such as V(50-memory.conf).
      - Without it, the module writes the main file.
    type: str
  content:
    description:
      - Text of the file.
    type: str
  sections:
    description:
      - Sections of the file in their order. Each item has one key, the name of a section.
        The value is a dictionary of settings.
      - A list as value of a setting writes the setting once for each item.
      - Booleans become C(yes) and C(no). Floating point numbers are refused, because YAML reads an
        unquoted PCI address such as V(0000:02:10.1) as a number. Quote the address.
    type: list
    elements: dict
  state:
    description:
      - V(present) writes the file, V(absent) removes it.
    type: str
    choices: [present, absent]
    default: present
  backup:
    description:
      - Keeps a copy of the former file with the time in its name.
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
  - module: pvpgen.pvp.pvp_import
  - module: pvpgen.pvp.pvp_units
"""

EXAMPLES = r"""
- name: Two NICs and a guest
  pvpgen.pvp.pvp_config:
    sections:
      - NIC: {PCIAddress: "0000:17:00.0"}
      - NIC: {PCIAddress: "0000:17:00.1"}
      - Guest: {Image: /var/lib/libvirt/images/guest.qcow2}

- name: More memory on this host
  pvpgen.pvp.pvp_config:
    name: 50-memory.conf
    content: |
      [Guest]
      Memory=8G
"""

RETURN = r"""
path:
  description: Path of the file.
  returned: always
  type: str
  sample: /etc/pvpgen/pvp.conf
content:
  description: Text of the file as written.
  returned: if O(state=present)
  type: str
backup_file:
  description: Path of the copy of the former file.
  returned: if O(backup=true) and the file has changed
  type: str
reboot_required:
  description: Whether this configuration requires a reboot before the running kernel is as planned.
  returned: if pvpgen is installed
  type: bool
reboot_reasons:
  description: Kernel arguments that are not in effect.
  returned: if pvpgen is installed
  type: list
  elements: dict
problems:
  description: Errors and warnings of C(pvpgen check).
  returned: always
  type: list
  elements: dict
"""

import os
import tempfile

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.text.converters import to_bytes, to_text
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen
from ansible_collections.pvpgen.pvp.plugins.module_utils.settings import SettingError, file_text

DIRECTORY = "/etc/pvpgen"
# 'pvpgen install' records the address of a NIC that is named by MACAddress=.
LATER = ("nic-unknown-mac",)


def read(path):
    """Returns the text of a file, or None if it does not exist."""
    try:
        with open(path, "rb") as file:
            return to_text(file.read())
    except FileNotFoundError:
        return None


def write(module, path, content):
    """Replaces a file in one step. A new file is readable by all."""
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    is_new = not os.path.exists(path)
    handle, temporary = tempfile.mkstemp(dir=module.tmpdir)
    with os.fdopen(handle, "wb") as file:
        file.write(to_bytes(content))
    if is_new:
        os.chmod(temporary, 0o644)
    module.atomic_move(temporary, path)


def check(module, pvpgen, before):
    """Returns the document of 'pvpgen check' for the file as it will be, or None if there is
    nothing to check."""
    name, is_present = module.params["name"], module.params["state"] == "present"
    if not pvpgen.is_installed and module.check_mode:
        module.warn("pvpgen is not installed yet: the configuration is not checked")
        return None
    if not is_present and (name is None or before is None or not pvpgen.is_installed):
        return None
    # A host without a drop-in has the settings of a host with an empty one.
    arguments = ["check", "--config-only", "--config=-"] + (["--as=" + name] if name else [])
    data = module.params["content"] if is_present else ""
    return pvpgen.run("check", *arguments, data=data, tolerated=LATER)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            name=dict(type="str"),
            content=dict(type="str"),
            sections=dict(type="list", elements="dict"),
            state=dict(type="str", choices=["present", "absent"], default="present"),
            backup=dict(type="bool", default=False),
        ),
        mutually_exclusive=[("content", "sections")],
        required_if=[("state", "present", ("content", "sections"), True)],
        supports_check_mode=True,
    )
    name, is_present = module.params["name"], module.params["state"] == "present"
    if name is not None and (not name.endswith(".conf") or "/" in name or name.startswith(".")):
        module.fail_json(msg="name: '%s': expected NAME.conf without a slash" % name)
    if module.params["sections"] is not None:
        try:
            module.params["content"] = file_text(module.params["sections"])
        except SettingError as error:
            module.fail_json(msg="sections: %s" % error)

    pvpgen = Pvpgen(module)
    path = (module.params["root"] or "") + os.path.join(DIRECTORY, "pvp.conf.d/" + name if name else "pvp.conf")
    before = read(path)
    document = check(module, pvpgen, before) or {"problems": []}

    after = module.params["content"] if is_present else None
    answer = dict(changed=before != after, path=path, problems=document["problems"])
    for member in ("reboot_required", "reboot_reasons"):
        if member in document:
            answer[member] = document[member]
    if is_present:
        answer["content"] = after
    if answer["changed"]:
        answer["diff"] = dict(before=before or "", after=after or "", before_header=path, after_header=path)
    if answer["changed"] and not module.check_mode:
        if module.params["backup"] and before is not None:
            answer["backup_file"] = module.backup_local(path)
        if is_present:
            write(module, path, after)
        else:
            os.unlink(path)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
