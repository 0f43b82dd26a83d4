# -*- coding: utf-8 -*-
# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0
"""Writes sections in the syntax of pvp.conf, and repairs addresses that YAML has read as numbers."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type


class SettingError(ValueError):
    """A value that cannot be a setting."""


def setting(name, value):
    """Returns the text of one value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        raise SettingError(
            "%s: YAML reads the value as the number %r; quote the address: %s: \"0000:02:10.1\"" % (name, value, name))
    if isinstance(value, int):
        return str(value)
    if value is None:
        raise SettingError("%s: expected a value, got null; write \"\" for an empty value" % name)
    if not hasattr(value, "splitlines"):
        raise SettingError("%s: expected a text, a number, a boolean or a list of them, got %r" % (name, value))
    if len(value.splitlines()) > 1:
        raise SettingError("%s: expected one line, got '%s'" % (name, value))
    return value.strip()


def section_text(section):
    """Returns the text of an item of `sections`."""
    if len(section) != 1:
        raise SettingError("expected one section in each item, got %s" % (", ".join(sorted(section)) or "none"))
    title, settings = next(iter(section.items()))
    if not isinstance(settings or {}, dict):
        raise SettingError("%s: expected a dictionary of settings, got %r" % (title, settings))
    lines = ["[%s]" % title]
    for name, value in (settings or {}).items():
        for item in value if isinstance(value, list) else [value]:
            lines.append("%s=%s" % (name, setting("[%s] %s" % (title, name), item)))
    return "\n".join(lines) + "\n"


def file_text(sections):
    """Returns the text of a file with these sections."""
    return "\n".join(section_text(section) for section in sections)


def sexagesimal(number):
    """Returns the parts of a number that YAML 1.1 has read in base 60."""
    parts = []
    while number > 0:
        number, part = divmod(number, 60)
        parts.insert(0, part)
    return parts


def pci_address(value):
    """Returns the PCI address that YAML has read as a floating point number: 130.1 is 0000:02:10.1,
    because 2 * 60 + 10 is 130. All parts of such an address are decimal and less than 60, so that
    there is only one. Returns None for another number."""
    parts, function = sexagesimal(int(value)), round((value - int(value)) * 10)
    if value < 0 or len(parts) > 3 or function > 7 or abs(int(value) + function / 10.0 - value) > 1e-6:
        return None
    domain, bus, device = [0] * (3 - len(parts)) + parts
    return "%04d:%02d:%02d.%d" % (domain, bus, device, function)


def mac_address(value):
    """Returns the MAC address that YAML has read as an integer, or None for another number."""
    parts = sexagesimal(value)
    return ":".join("%02d" % part for part in parts) if len(parts) == 6 else None
