#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_report
short_description: Report what a benchmark result depends on, and compare reports
description:
  - Returns the document of C(pvpgen report), or compares earlier reports with
    C(pvpgen report --compare).
version_added: 0.1.0
options:
  notes:
    description:
      - Fields to add to the report, such as the throughput.
    type: dict
    default: {}
  compare:
    description:
      - Reports to compare instead of making a new one, by name. At least two.
      - Each is a document that this module has returned in RV(report).
    type: dict
  same:
    description:
      - Sections or fields (V(SECTION/FIELD)) that must be equal in all reports of O(compare).
        The module fails if one of them differs.
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
- name: Report with the result
  pvpgen.pvp.pvp_report:
    notes: {Mpps: "14.2", Traffic generator: TRex}
  register: after

- name: Compare with the report before the upgrade
  pvpgen.pvp.pvp_report:
    compare: {before: "{{ before.report }}", after: "{{ after.report }}"}
    same: [Kernel, Software/QEMU]
"""

RETURN = r"""
report:
  description: The document of C(pvpgen report).
  returned: without O(compare)
  type: dict
differences:
  description: Fields that differ.
  returned: with O(compare)
  type: list
  elements: dict
  contains:
    section:
      description: The section.
      type: str
      returned: always
    name:
      description: The field.
      type: str
      returned: always
    reports:
      description: The value in each report, by name of the report. Null if the report has none.
      type: dict
      returned: always
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import (
    ARGUMENTS, FAILURE, Pvpgen, compared_files, named_differences, result)


def compare(module, pvpgen):
    """Returns the differences of reports. Fails if a field of `same` differs."""
    files = compared_files(module, "report")
    names = list(files.values())
    same = ["--same=" + field for field in module.params["same"]]
    code, document = pvpgen.document("comparison", "report", "--compare", *same + list(files), has_root=False)
    if "differences" not in document:
        pvpgen.fail(document["problems"], document, code)
    differences = named_differences(document, names)
    answer = result(document, differences=differences)
    if code == FAILURE and same:
        fields = ["%s/%s: %s" % (
            difference["section"], difference["name"],
            ", ".join("%s has '%s'" % (name, difference["reports"][name]) for name in names))
            for difference in differences if matches(difference, module.params["same"])]
        module.fail_json(msg="reports differ\n" + "\n".join(fields), **answer)
    return answer


def matches(difference, same):
    """Whether a difference is in a section or field of `same`."""
    section, name = difference["section"], difference["name"]
    return any(field in (section, name, section + "/" + name) for field in same)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            notes=dict(type="dict", default={}),
            compare=dict(type="dict"),
            same=dict(type="list", elements="str", default=[]),
        ),
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module, changes=False)
    if module.params["compare"] is not None:
        module.exit_json(**compare(module, pvpgen))
    notes = ["--note=%s=%s" % note for note in sorted(module.params["notes"].items())]
    document = pvpgen.run("report", "report", *notes)
    module.exit_json(**result(document, report=document))


if __name__ == "__main__":
    main()
