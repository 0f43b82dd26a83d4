#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_verify
short_description: Compare a running PVP host with the plan
description:
  - Runs C(pvpgen verify), and fails if the host deviates from the plan.
version_added: 0.1.0
options:
  ignore:
    description:
      - Areas or subjects whose deviations do not make the module fail.
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
"""

EXAMPLES = r"""
- name: Compare the host with the plan
  pvpgen.pvp.pvp_verify:
    ignore: [interrupts]
"""

RETURN = r"""
ok:
  description: Whether there is no deviation, apart from ignored ones.
  returned: always
  type: bool
deviations:
  description: Items that are not as planned, and are not ignored.
  returned: always
  type: list
  elements: dict
  contains:
    area:
      description: The area, such as cpus or memory.
      type: str
      returned: always
    subject:
      description: What was compared.
      type: str
      returned: always
    expected:
      description: What the plan has.
      type: str
      returned: always
    found:
      description: What the host has.
      type: str
      returned: always
    remedy:
      description: What to do about it.
      type: str
      returned: always
compared:
  description: All that was compared.
  returned: success
  type: list
  elements: dict
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, result


def sentence(item):
    """Returns a deviation in one line."""
    remedy = "; " + item["remedy"] if item.get("remedy") else ""
    return "%(subject)s: expected %(expected)s, found %(found)s" % item + remedy


def main():
    module = AnsibleModule(
        argument_spec=dict(ARGUMENTS, ignore=dict(type="list", elements="str", default=[])),
        supports_check_mode=True,
    )
    ignored = module.params["ignore"]
    document = Pvpgen(module, changes=False).run("verification", "verify")
    deviations = [
        item for item in document["items"]
        if not item["ok"] and item["area"] not in ignored and item["subject"] not in ignored]
    answer = result(document, compared=document["items"], ok=not deviations, deviations=deviations)
    if deviations:
        module.fail_json(msg="\n".join(sentence(item) for item in deviations), **answer)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
