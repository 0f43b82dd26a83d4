#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_import
short_description: Convert the variables of the role virtio-host
description:
  - Runs C(pvpgen import) on the managed host and returns the configuration. No file is written.
  - Warns about each variable that has no new place, and says what replaces it.
  - A PCI address that YAML has read as a floating point number is repaired, with a warning. So is
    C(guest_mgt_mac) if YAML has read it as an integer.
version_added: 0.1.0
options:
  variables:
    description:
      - Variables of the role by name. The role P(pvpgen.pvp.virtio_host#role) lists all of them.
    type: dict
    required: true
  quiet:
    description:
      - Does not warn about these variables.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
seealso:
  - module: pvpgen.pvp.pvp_config
"""

EXAMPLES = r"""
- name: Convert two variables
  pvpgen.pvp.pvp_import:
    variables:
      nics: ["0000:17:00.0", "0000:17:00.1"]
      remote_image: https://images.example/rhel8.qcow2
  register: converted

- name: Write the configuration
  pvpgen.pvp.pvp_config:
    content: "{{ converted.config }}"
"""

RETURN = r"""
config:
  description: The configuration.
  returned: success
  type: str
variables:
  description: What became of each variable.
  returned: success
  type: list
  elements: dict
  contains:
    variable:
      description: The variable.
      type: str
      returned: always
    outcome:
      description: V(placed) if it became settings, V(left) if it has no new place, V(unknown) otherwise.
      type: str
      returned: always
    settings:
      description: The settings that it became.
      type: list
      elements: str
      returned: if the outcome is V(placed)
    why:
      description: Why it has no new place.
      type: str
      returned: if the outcome is V(left)
    instead:
      description: What replaces it.
      type: str
      returned: if the outcome is V(left)
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

import json

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, result
from ansible_collections.pvpgen.pvp.plugins.module_utils.settings import mac_address, pci_address


def repaired(module, name, value):
    """Returns a value with the addresses that YAML has read as numbers."""
    if isinstance(value, list):
        return [repaired(module, name, item) for item in value]
    if isinstance(value, float):
        address = pci_address(value) if name == "nics" else None
    elif name == "guest_mgt_mac" and isinstance(value, int) and not isinstance(value, bool):
        address = mac_address(value)
    else:
        return value
    if address is None:
        module.fail_json(msg="%s: YAML reads the value as the number %r; quote the address" % (name, value))
    module.warn("%s: YAML reads the address %s as the number %r; quote the address" % (name, address, value))
    return address


def warn(module, variable):
    """Reports a variable that has no new place."""
    if variable["outcome"] == "left":
        module.warn("%(variable)s has no effect: %(why)s; %(instead)s" % variable)
    elif variable["outcome"] == "unknown":
        module.warn("%(variable)s has no effect: no variable of the role" % variable)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            variables=dict(type="dict", required=True),
            quiet=dict(type="list", elements="str", default=[]),
        ),
        supports_check_mode=True,
    )
    variables = dict((name, repaired(module, name, value)) for name, value in module.params["variables"].items())
    pvpgen = Pvpgen(module, changes=False)
    document = pvpgen.run("import", "import", "-", data=json.dumps(variables), has_root=False)
    for variable in document["variables"]:
        if variable["variable"] not in module.params["quiet"]:
            warn(module, variable)
    module.exit_json(**result(document, "config", "variables"))


if __name__ == "__main__":
    main()
