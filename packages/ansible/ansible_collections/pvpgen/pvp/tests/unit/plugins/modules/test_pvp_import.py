# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json

import pytest
from ansible_collections.pvpgen.pvp.plugins.module_utils.settings import mac_address, pci_address


@pytest.mark.parametrize("value, address", [
    (130.0, "0000:02:10.0"), (130.1, "0000:02:10.1"), (1020.7, "0000:17:00.7"), (3730.1, "0001:02:10.1"),
    (0.5, "0000:00:00.5"), (130.8, None), (130.15, None), (-1.0, None), (60.0 ** 4, None)])
def test_an_address_that_yaml_has_read_as_a_number(value, address):
    assert pci_address(value) == address


def test_a_mac_address_that_yaml_has_read_as_a_number():
    number = 0
    for part in (52, 54, 0, 12, 34, 56):
        number = number * 60 + part
    assert mac_address(number) == "52:54:00:12:34:56"
    assert mac_address(4096) is None


def test_variables_are_converted_and_those_without_a_place_reported(pvpgen):
    pvpgen.answer("import", fixture="import")
    result = pvpgen.run("pvp_import", variables={"nics": [130.0, "0000:02:10.1"], "qemu": "build"})
    assert not result["changed"] and "PCIAddress=0000:02:10.0" in result["config"]
    assert json.loads(pvpgen.calls[0]["data"])["nics"] == ["0000:02:10.0", "0000:02:10.1"]
    assert any("quote the address" in warning for warning in result["warnings"])
    assert any(warning.startswith("qemu has no effect") for warning in result["warnings"])
    assert any(warning.startswith("foo has no effect") for warning in result["warnings"])


def test_other_floats_are_refused(pvpgen):
    assert "quote the address" in pvpgen.run("pvp_import", variables={"guest_mgt_ip": 1.5})["msg"]
    assert "quote the address" in pvpgen.run("pvp_import", variables={"nics": [130.9]})["msg"]
    assert "quote the address" in pvpgen.run("pvp_import", variables={"guest_mgt_mac": 7})["msg"]
