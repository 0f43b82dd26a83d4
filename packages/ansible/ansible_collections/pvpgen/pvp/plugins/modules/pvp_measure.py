#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_measure
short_description: Measure the throughput of a chain, and compare results
description:
  - Runs C(pvpgen measure), which sends frames through a started chain, and returns the result.
  - The module fails if frames do not return, or if the result is invalid because the host changed
    during the measurement.
  - Compares earlier results with C(pvpgen compare), and returns the HTML page of all results.
version_added: 0.1.0
options:
  generator:
    description:
      - Name of the C([Generator]) section. Required if the configuration has several.
    type: str
  check:
    description:
      - Only checks the path of frames through the chain.
    type: bool
    default: false
  goals:
    description:
      - Goals to search for, such as V(ndr), V(pdr), V(rfc2544), V(tst009) or
        V(NAME:loss=0.001,width=0.05).
      - Defaults to V(ndr) and V(pdr).
    type: list
    elements: str
  sizes:
    description:
      - Frame sizes in bytes with CRC, or V(imix). Defaults to V(64).
    type: list
    elements: raw
  flows:
    description:
      - Number of flows in each direction. Defaults to V(1).
    type: int
  ipv6:
    description:
      - Sends IPv6 instead of IPv4.
    type: bool
    default: false
  latency:
    description:
      - Measures latencies, too.
    type: bool
    default: false
  soak:
    description:
      - Time to send at 90 % of the first result after the search, such as V(2h).
    type: str
  repeat:
    description:
      - Number of searches for each size. Defaults to V(1).
    type: int
  maximum_rate:
    description:
      - Highest load in packets per second for each interface.
    type: int
  directory:
    description:
      - Directory of the result on the managed host.
    type: path
    default: /var/lib/pvpgen/results
  resume:
    description:
      - Continues the measurement of the result in this file on the managed host. Goals, sizes and
        the other options must be those of the earlier call.
    type: path
  compare:
    description:
      - Results to compare instead of a measurement, by name. At least two.
      - Each is a document that this module has returned in RV(result), or the text of its file.
    type: dict
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: partial
    details: Results are compared in check mode. No frames are sent in check mode.
  diff_mode:
    support: none
notes:
  - A measurement leaves the host as it is, apart from the files of its result. It is no change.
  - A measurement takes minutes to hours. Set C(ServerAliveInterval) for SSH, or C(async) outside of
    check mode.
  - Do not measure on two hosts with the same external generator at the same time. Set
    C(throttle=1) on the task.
  - O(root) has no effect.
"""

EXAMPLES = r"""
- name: Check that frames return
  pvpgen.pvp.pvp_measure:
    check: true

- name: Measure
  pvpgen.pvp.pvp_measure:
    sizes: [64, imix, 1518]
    goals: [ndr, rfc2544]
    repeat: 3
  register: after
  throttle: 1

- name: Compare with an earlier result
  pvpgen.pvp.pvp_measure:
    compare:
      before: "{{ lookup('ansible.builtin.file', 'before.json') }}"
      after: "{{ after.result }}"
"""

RETURN = r"""
result:
  description: The document of C(pvpgen measure).
  returned: after a measurement
  type: dict
file:
  description:
    - File of the result on the managed host. A summary in Markdown and an HTML page are beside it.
  returned: after a measurement, also an invalid one
  type: str
  sample: /var/lib/pvpgen/results/testpmd-20261201T120000Z.json
summary:
  description: Rates of all searches.
  returned: after a measurement
  type: list
  elements: dict
  contains:
    size:
      description: Size of the frames, or imix.
      type: str
      returned: always
    repetition:
      description: Number of the repetition, from 1.
      type: int
      returned: always
    goal:
      description: Name of the goal, or mrr for the maximum receive rate.
      type: str
      returned: always
    pps:
      description: Packets per second for each interface. Null if the search has no result.
      type: float
      returned: always
faults:
  description: Why the result is invalid. Empty for a valid one.
  returned: after a measurement, also an invalid one
  type: list
  elements: str
paths:
  description: The path of frames from each port.
  returned: with O(check)
  type: list
  elements: dict
  contains:
    port:
      description: Number of the port that sent.
      type: int
      returned: always
    sent:
      description: Frames that were sent.
      type: int
      returned: always
    received:
      description: Frames that arrived at the other port.
      type: int
      returned: always
    passed:
      description: Stages that the frames passed, in order.
      type: list
      elements: str
      returned: always
    obstacle:
      description: Stage in which the frames stop. Null if they arrive.
      type: str
      returned: always
    text:
      description: The same in one line.
      type: str
      returned: always
comparable:
  description: Whether the results can be compared.
  returned: with O(compare)
  type: bool
reasons:
  description: Why the results cannot be compared.
  returned: with O(compare)
  type: list
  elements: dict
  contains:
    result:
      description: Name of the result.
      type: str
      returned: always
    text:
      description: The reason.
      type: str
      returned: always
rates:
  description: Rates by frame size and goal.
  returned: with O(compare)
  type: list
  elements: dict
  contains:
    size:
      description: Size of the frames, or imix.
      type: str
      returned: always
    goal:
      description: Name of the goal, or mrr for the maximum receive rate.
      type: str
      returned: always
    results:
      description:
        - The rate of each result, by name of the result. Null if the result has none. Differences
          are those from the first name.
      type: dict
      returned: always
notes:
  description: Spread of the repetitions, and differences that are none.
  returned: with O(compare)
  type: list
  elements: str
differences:
  description: Fields of the reports that differ.
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
      description:
        - The value in the report of each result, by name of the result. Null if the report has
          none. A result without a report is missing.
      type: dict
      returned: always
page:
  description: HTML page of all results.
  returned: with O(compare)
  type: str
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

import json
import os

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.text.converters import to_text
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import (
    ARGUMENTS, Pvpgen, compared_files, errors, named_differences, result, sentence)

# Options that the command line has under the same name.
VALUES = ("flows", "soak", "repeat", "maximum_rate", "resume")


def options(module):
    """Returns the arguments of a measurement. Options without a value have pvpgen's defaults."""
    params, arguments = module.params, []
    for size in params["sizes"] or []:
        if isinstance(size, bool) or not isinstance(size, (int, str)):
            module.fail_json(msg="sizes: expected bytes or imix, got %r" % (size,))
    if params["sizes"]:
        arguments.append("--size=" + ",".join(str(size) for size in params["sizes"]))
    # Each goal is an option of its own, because an own goal has commas.
    arguments += ["--goal=" + goal for goal in params["goals"] or []]
    for name in VALUES:
        if params[name] is not None:
            arguments.append("--%s=%s" % (name.replace("_", "-"), params[name]))
    arguments += ["--" + name for name in ("ipv6", "latency") if params[name]]
    # A name cannot be read as an option.
    return arguments + (["--", params["generator"]] if params["generator"] else [])


def summary(document):
    """Returns the rates of all searches of a result."""
    rates = []
    for search in document["searches"]:
        common = dict(size=search["size"], repetition=search["repetition"])
        for goal in search["results"]:
            rates.append(dict(common, goal=goal["goal"], pps=pps(goal["lower_bound"])))
        receive_rate = search["maximum_receive_rate"] or {}
        rates.append(dict(common, goal="mrr", pps=pps(receive_rate.get("mean"))))
    return rates


def pps(rate):
    """Returns packets per second for each interface, or None without a rate."""
    return None if rate is None else rate["per_interface_pps"]


def measure(module, pvpgen):
    """Measures, and fails if the result is invalid."""
    directory = module.params["directory"]
    code, document = pvpgen.document(
        "measurement", "measure", "--output=" + directory, *options(module), has_root=False)
    answer = result(document)
    if "name" in document:
        # The document is too large for a message.
        answer["file"] = module.params["resume"] or os.path.join(directory, document["name"] + ".json")
        answer["faults"] = document["faults"]
    messages = [sentence(problem) for problem in errors(document)]
    messages += ["the measurement is invalid: " + fault for fault in document.get("faults", [])]
    if messages or code:
        if "file" in answer:
            messages.append("the result is in " + answer["file"])
        module.fail_json(msg="\n".join(messages) or "pvpgen measure: exit code %d" % code, rc=code, **answer)
    for problem in document["problems"]:
        module.warn(sentence(problem))
    return dict(answer, result=document, summary=summary(document))


def check_path(module, pvpgen):
    """Checks the path of frames, and fails if they do not return."""
    code, document = pvpgen.document("path-check", "measure", "--check", *options(module), has_root=False)
    answer = result(document, "paths")
    messages = [sentence(problem) for problem in errors(document)]
    messages += [path["text"] for path in document.get("paths", []) if path["obstacle"]]
    if messages or code:
        module.fail_json(msg="\n".join(messages) or "pvpgen measure: exit code %d" % code, rc=code, **answer)
    return answer


def text_of(value):
    """Returns the text of a result, which is a document or a text."""
    return json.dumps(value) if isinstance(value, dict) else to_text(value)


def named(value, names):
    """Returns a document with names of results in the place of their files."""
    if isinstance(value, dict):
        return dict((key, named(item, names)) for key, item in value.items())
    if isinstance(value, list):
        return [named(item, names) for item in value]
    if isinstance(value, str):
        for path, name in names.items():
            value = value.replace(path, name)
    return value


def compare(module, pvpgen):
    """Compares results. Results that cannot be compared are no failure."""
    names = compared_files(module, "result", text_of)
    page = os.path.join(module.tmpdir, "page.html")
    code, document = pvpgen.document(
        "measurement-comparison", "compare", "--output=" + page, *names, has_root=False)
    document = named(document, names)
    if "comparable" not in document:
        pvpgen.fail(errors(document), document, code)
    rates = [
        dict(size=rate["size"], goal=rate["goal"], results=dict(zip(document["results"], rate["values"])))
        for rate in document["rates"]]
    differences = named_differences(document, document["reports"])
    with open(page, encoding="utf-8") as file:
        text = file.read()
    return result(document, "comparable", "reasons", "notes", rates=rates, differences=differences, page=text)


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            generator=dict(type="str"),
            check=dict(type="bool", default=False),
            goals=dict(type="list", elements="str"),
            sizes=dict(type="list", elements="raw"),
            flows=dict(type="int"),
            ipv6=dict(type="bool", default=False),
            latency=dict(type="bool", default=False),
            soak=dict(type="str"),
            repeat=dict(type="int"),
            maximum_rate=dict(type="int"),
            directory=dict(type="path", default="/var/lib/pvpgen/results"),
            resume=dict(type="path"),
            compare=dict(type="dict"),
        ),
        mutually_exclusive=[("compare", name) for name in ("generator", "goals", "sizes") + VALUES],
        supports_check_mode=True,
    )
    pvpgen = Pvpgen(module, changes=False)
    if module.params["compare"] is not None:
        module.exit_json(**compare(module, pvpgen))
    if module.check_mode:
        module.exit_json(skipped=True, changed=False, msg="no frames are sent in check mode")
    module.exit_json(**(check_path if module.params["check"] else measure)(module, pvpgen))


if __name__ == "__main__":
    main()
