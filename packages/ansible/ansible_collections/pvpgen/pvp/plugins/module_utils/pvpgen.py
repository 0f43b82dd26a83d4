# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0
"""Runs pvpgen with --json and reads the document that it prints."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json
import os

from ansible.module_utils.common.text.converters import to_bytes

# Exit codes of pvpgen, see pvpgen(8).
FAILURE = 1
USAGE = 2
WAITING = 3
CONFIGURATION = 78

# What a version says that lacks a verb or an option.
UNKNOWN = ("unknown option", "unexpected argument")

# The number of the schema that this collection reads, by kind of document.
SCHEMAS = {
    "apply": 1,
    "builds": 1,
    "check": 1,
    "command": 1,
    "comparison": 1,
    "diff": 1,
    "files": 1,
    "guests": 1,
    "import": 1,
    "install": 2,
    "measurement": 1,
    "measurement-comparison": 1,
    "operation": 1,
    "path-check": 1,
    "plan": 1,
    "report": 1,
    "status": 1,
    "uninstall": 2,
    "verification": 1,
}

ARGUMENTS = dict(
    executable=dict(type="path"),
    root=dict(type="path"),
)


def sentence(problem):
    """Returns a problem as pvpgen prints it on standard error: place, message and remedy."""
    place = ""
    if problem.get("file"):
        place = ":".join(str(problem[key]) for key in ("file", "line", "column") if key in problem) + ": "
    remedy = "; " + problem["remedy"] if problem.get("remedy") else ""
    return place + problem["message"] + remedy


def errors(document):
    """Returns the problems of a document that make the verb fail."""
    return [problem for problem in document.get("problems", []) if problem["severity"] == "error"]


class Pvpgen:
    """The pvpgen of the managed host."""

    def __init__(self, module, changes=True):
        """`changes`: whether the module changes a host that has no pvpgen yet."""
        self.module = module
        self.changes = changes
        self.program = module.params["executable"] or module.get_bin_path("pvpgen")

    @property
    def is_installed(self):
        """Whether the host has pvpgen."""
        return self.program is not None

    def require(self):
        """Fails if the host has no pvpgen. In check mode an earlier task of the play can be the
        one that installs it: the result says so instead."""
        if self.is_installed:
            return
        if self.module.check_mode:
            self.module.warn("pvpgen is not installed yet: the state after its installation is unknown")
            self.module.exit_json(changed=self.changes, installed=False, problems=[])
        self.module.fail_json(msg="pvpgen: not found; install the package pvpgen")

    def command(self, *arguments, **options):
        """Runs pvpgen and returns its exit code, standard output and standard error."""
        self.require()
        command = [self.program] + list(arguments)
        if self.module.params["root"] and options.get("has_root", True):
            command.append("--root=" + self.module.params["root"])
        data = options.get("data")
        return self.module.run_command(
            command, data=None if data is None else to_bytes(data), binary_data=True,
            environ_update=dict(LC_ALL="C.UTF-8", NO_COLOR="1"))

    def version(self):
        """Returns the version, or None if the host has no pvpgen."""
        if not self.is_installed:
            return None
        code, out, err = self.module.run_command([self.program, "--version"])
        return out.strip() if code == 0 else None

    def run(self, kind, *arguments, **options):
        """Runs a verb that prints a document of the kind. Reports warnings, and fails with
        pvpgen's own message if there is an error whose code is not in `tolerated`."""
        code, document = self.document(kind, *arguments, **options)
        tolerated = options.get("tolerated", ())
        for problem in document["problems"]:
            if problem["severity"] == "warning" or problem["code"] in tolerated:
                self.module.warn(sentence(problem))
        failed = [problem for problem in errors(document) if problem["code"] not in tolerated]
        if failed:
            self.fail(failed, document, code)
        return document

    def document(self, kind, *arguments, **options):
        """Runs a verb and returns its exit code and document, whatever problems are in it."""
        # No option is read behind "--".
        end = arguments.index("--") if "--" in arguments else len(arguments)
        code, out, err = self.command(*(arguments[:end] + ("--json",) + arguments[end:]), **options)
        try:
            document = json.loads(out)
        except ValueError:
            self.no_document(arguments, code, out, err)
        expected = "pvpgen.%s/%d" % (kind, SCHEMAS[kind])
        if not isinstance(document, dict) or document.get("schema") != expected:
            found = document.get("schema") if isinstance(document, dict) else None
            self.module.fail_json(
                msg="pvpgen %s: expected the document '%s', got '%s'; use the collection of the version %s"
                % (arguments[0], expected, found, self.version()))
        return code, document

    def no_document(self, arguments, code, out, err):
        """Fails because a verb printed no document: an older version, or an invalid value."""
        detail = (err or out).strip().split("\n")[0].replace("Error: ", "", 1) or "no output"
        is_unknown = code == USAGE and any(text in detail.lower() for text in UNKNOWN)
        hint = "; this collection requires a newer version than %s" % self.version() if is_unknown else ""
        self.module.fail_json(
            msg="pvpgen %s: %s%s" % (arguments[0], detail, hint), rc=code, stdout=out, stderr=err)

    def fail(self, problems, document, code):
        """Fails with the messages of problems."""
        result = dict((key, value) for key, value in document.items() if key not in ("schema", "problems"))
        result["problems"] = document["problems"]
        self.module.fail_json(msg="\n".join(sentence(problem) for problem in problems), rc=code, **result)


def result(document, *members, **more):
    """Returns the members of a document that a module documents, and `changed` and `problems`."""
    found = dict((name, document[name]) for name in members if name in document)
    found.update(changed=document["changed"], problems=document["problems"])
    found.update(more)
    return found


def compared_files(module, noun, text=json.dumps):
    """Writes the documents of the option `compare` to files, at least two. Returns the name of the
    document in each file."""
    given, names = module.params["compare"], {}
    if len(given) < 2:
        module.fail_json(msg="compare: expected two or more %ss, got %d" % (noun, len(given)))
    for number, name in enumerate(sorted(given)):
        path = os.path.join(module.tmpdir, "%s-%d.json" % (noun, number))
        with open(path, "w", encoding="utf-8") as file:
            file.write(text(given[name]))
        names[path] = name
    return names


def named_differences(document, names):
    """Returns the differences of a comparison, with the value of each report by its name."""
    return [
        dict(section=item["section"], name=item["name"], reports=dict(zip(names, item["values"])))
        for item in document["differences"]]
