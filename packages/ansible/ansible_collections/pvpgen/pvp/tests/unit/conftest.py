# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import importlib
import json
import os
import sys

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.text.converters import to_bytes

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")

# Prints the recorded answer of the first entry whose arguments begin the command line. An entry
# with "once" answers one call, one with "page" writes the file of --output=. Files in the answer are
# those of the command line with the same name. Each call is appended to the log.
PROGRAM = """#!%s
import json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
calls = json.load(open(here + "/calls.json")) if os.path.exists(here + "/calls.json") else []
data = sys.stdin.read() if "--config=-" in sys.argv or "import" in sys.argv[1:2] and "-" in sys.argv else ""
calls.append(dict(arguments=sys.argv[1:], data=data))
json.dump(calls, open(here + "/calls.json", "w"))
answers = json.load(open(here + "/answers.json"))
for answer in answers:
    if sys.argv[1:][:len(answer["arguments"])] == answer["arguments"] and not answer.get("used"):
        answer["used"] = answer.get("once", False)
        json.dump(answers, open(here + "/answers.json", "w"))
        for argument in sys.argv[1:]:
            if argument.endswith(".json"):
                answer["out"] = answer["out"].replace(os.path.basename(argument), argument)
            if argument.startswith("--output=") and answer["page"]:
                open(argument[len("--output="):], "w").write(answer["page"])
        sys.stdout.write(answer["out"])
        sys.stderr.write(answer["err"])
        sys.exit(answer["code"])
sys.stderr.write("Error: Unknown option '%%s'\\n" %% " ".join(sys.argv[1:]))
sys.exit(2)
"""


class Exit(Exception):
    """The result that a module has returned."""

    def __init__(self, result):
        super().__init__(result)
        self.result = result


class Recorded:
    """A pvpgen with recorded answers, and a way to run modules with it."""

    def __init__(self, directory, monkeypatch):
        self.directory, self.monkeypatch = directory, monkeypatch
        self.program = directory / "pvpgen"
        self.program.write_text(PROGRAM % sys.executable)
        self.program.chmod(0o755)
        self.answers = []
        self.answer("--version", out="0.1.0\n")

    def answer(self, *arguments, **options):
        """Records an answer: a fixture by name, or a text."""
        out = options.get("out", "")
        if "fixture" in options:
            with open(os.path.join(FIXTURES, options["fixture"] + ".json")) as file:
                out = file.read()
        self.answers.append(dict(
            arguments=list(arguments), out=out, err=options.get("err", ""), code=options.get("code", 0),
            once=options.get("once", False), page=options.get("page")))
        (self.directory / "answers.json").write_text(json.dumps(self.answers))

    @property
    def calls(self):
        """The command lines and inputs of all calls."""
        path = self.directory / "calls.json"
        return json.loads(path.read_text()) if path.exists() else []

    @property
    def lines(self):
        return [" ".join(call["arguments"]) for call in self.calls if call["arguments"] != ["--version"]]

    def run(self, module_name, **arguments):
        """Runs a module and returns its result."""
        module = importlib.import_module("ansible_collections.pvpgen.pvp.plugins.modules." + module_name)
        internal = dict(
            _ansible_check_mode=arguments.pop("check_mode", False), _ansible_diff=True,
            _ansible_remote_tmp=str(self.directory), _ansible_keep_remote_files=False)
        arguments.setdefault("executable", str(self.program))
        given = json.dumps(dict(ANSIBLE_MODULE_ARGS=dict(arguments, **internal)))
        self.monkeypatch.setattr(basic, "_ANSIBLE_ARGS", to_bytes(given))
        if hasattr(basic, "_ANSIBLE_PROFILE"):
            self.monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy")
        warnings = []

        def leave(self, **result):
            raise Exit(dict(result, warnings=warnings))

        def fail(self, msg, **result):
            raise Exit(dict(result, failed=True, msg=msg, warnings=warnings))

        self.monkeypatch.setattr(basic.AnsibleModule, "exit_json", leave)
        self.monkeypatch.setattr(basic.AnsibleModule, "fail_json", fail)
        self.monkeypatch.setattr(basic.AnsibleModule, "warn", lambda self, text: warnings.append(text))
        with pytest.raises(Exit) as raised:
            module.main()
        return raised.value.result


@pytest.fixture
def pvpgen(tmp_path, monkeypatch):
    return Recorded(tmp_path, monkeypatch)
