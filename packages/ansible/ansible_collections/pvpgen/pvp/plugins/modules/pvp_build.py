#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: pvp_build
short_description: Build DPDK and QEMU from source for a PVP host
description:
  - Runs C(pvpgen build) for the C([Build]) sections of the configuration. A build with the same
    sources, options and compiler exists already and is not repeated.
  - Exports a build to a file on the managed host, or imports one from there.
version_added: 0.1.0
options:
  state:
    description:
      - V(present) builds what does not exist.
      - V(exported) writes the build O(name) to O(path) unless the file exists.
      - V(imported) adds the build in O(path), which must be the build O(name) of the configuration,
        unless this build exists.
    type: str
    choices: [present, exported, imported]
    default: present
  name:
    description:
      - Names of builds. Without it, O(state=present) builds all of the configuration.
      - O(state=exported) and O(state=imported) take one name.
    type: list
    elements: str
    default: []
    aliases: [names]
  path:
    description:
      - File of an exported build on the managed host.
    type: path
extends_documentation_fragment:
  - pvpgen.pvp.pvpgen
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
notes:
  - A build takes minutes. Set C(ServerAliveInterval) for SSH, or C(async) outside of check mode.
"""

EXAMPLES = r"""
- name: Build everything that the configuration names
  pvpgen.pvp.pvp_build:

- name: Export a build
  pvpgen.pvp.pvp_build:
    state: exported
    name: dpdk-24.11
    path: /var/tmp/dpdk-24.11.tar.zst
"""

RETURN = r"""
builds:
  description: Builds of the configuration.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: The name.
      type: str
      returned: always
    hash:
      description: Hash of all inputs.
      type: str
      returned: always
    result:
      description: Name of the result. Null if it does not exist.
      type: str
      returned: always
results:
  description: Results that exist.
  returned: success
  type: list
  elements: dict
built:
  description: Names that were built, imported or exported, or would be in check mode.
  returned: success
  type: list
  elements: str
problems:
  description: Errors and warnings.
  returned: always
  type: list
  elements: dict
"""

import os

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.pvpgen.pvp.plugins.module_utils.pvpgen import ARGUMENTS, Pvpgen, result


def listing(pvpgen):
    """Returns a document with the builds of the configuration and the results on the host."""
    document = pvpgen.run("builds", "build", "--dry-run")
    return dict(document, results=pvpgen.run("builds", "build", "list")["results"])


def wanted(module, pvpgen, document):
    """Returns the builds of the configuration that the module is about."""
    names = module.params["name"]
    known = [build["name"] for build in document["builds"]]
    for name in names:
        if name not in known:
            module.fail_json(
                msg="build %s: not in the configuration, which has %s" % (name, ", ".join(known) or "none"))
    return [build for build in document["builds"] if not names or build["name"] in names]


def export(module, pvpgen, build):
    """Writes a build to the file."""
    if build["result"] is None:
        module.fail_json(msg="build %s: does not exist; build it first with state=present" % build["name"])
    temporary = os.path.join(module.tmpdir, "export")
    with open(temporary, "wb") as file:
        code, out, err = pvpgen.command("build", "export", build["name"], "--output=" + file.name)
    if code:
        module.fail_json(msg="pvpgen build export: " + err.strip(), rc=code)
    module.atomic_move(temporary, module.params["path"])


def main():
    module = AnsibleModule(
        argument_spec=dict(
            ARGUMENTS,
            state=dict(type="str", choices=["present", "exported", "imported"], default="present"),
            name=dict(type="list", elements="str", default=[], aliases=["names"]),
            path=dict(type="path"),
        ),
        required_if=[("state", "exported", ("name", "path")), ("state", "imported", ("name", "path"))],
        supports_check_mode=True,
    )
    state, path = module.params["state"], module.params["path"]
    pvpgen = Pvpgen(module)
    document = listing(pvpgen)
    builds = wanted(module, pvpgen, document)
    if state != "present" and len(builds) != 1:
        module.fail_json(msg="name: expected one build, got %d" % len(builds))
    if state == "exported":
        names = [] if os.path.exists(path) else [builds[0]["name"]]
    else:
        names = [build["name"] for build in builds if build["result"] is None]

    if names and not module.check_mode:
        if state == "present":
            pvpgen.run("builds", "build", *names)
        elif state == "imported":
            pvpgen.run("builds", "build", "import", path)
        else:
            export(module, pvpgen, builds[0])
        document = listing(pvpgen)
        missing = [build["name"] for build in document["builds"] if build["name"] in names and build["result"] is None]
        if missing:
            module.fail_json(msg="build %s: does not exist after %s; the file has another build" % (missing[0], state))
    answer = result(document, "builds", "results", built=names, changed=bool(names))
    if names:
        answer["diff"] = dict(prepared="".join("%s %s\n" % (state, name) for name in names))
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
