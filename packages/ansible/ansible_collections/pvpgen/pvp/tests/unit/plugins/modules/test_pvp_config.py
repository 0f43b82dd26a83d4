# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

SECTIONS = [{"NIC": {"PCIAddress": "0000:17:00.0"}}, {"Testpmd": {"Autostart": True, "Queue": [1, 2]}}]
TEXT = "[NIC]\nPCIAddress=0000:17:00.0\n\n[Testpmd]\nAutostart=yes\nQueue=1\nQueue=2\n"


def main_file(tmp_path):
    path = tmp_path / "root/etc/pvpgen/pvp.conf"
    path.parent.mkdir(parents=True)
    return path


def test_a_new_file_is_checked_and_written(pvpgen, tmp_path):
    pvpgen.answer("check", fixture="check-ok")
    result = pvpgen.run("pvp_config", root=str(tmp_path / "root"), sections=SECTIONS)
    path = tmp_path / "root/etc/pvpgen/pvp.conf"
    assert result["changed"] and path.read_text() == TEXT == result["diff"]["after"]
    assert pvpgen.calls[0]["data"] == TEXT
    assert pvpgen.calls[0]["arguments"][:3] == ["check", "--config-only", "--config=-"]
    assert not pvpgen.run("pvp_config", root=str(tmp_path / "root"), sections=SECTIONS)["changed"]


def test_check_mode_writes_nothing(pvpgen, tmp_path):
    pvpgen.answer("check", fixture="check-ok")
    result = pvpgen.run("pvp_config", root=str(tmp_path / "root"), content=TEXT, check_mode=True)
    assert result["changed"] and result["diff"]["after"] == TEXT
    assert not (tmp_path / "root").exists()


def test_a_wrong_configuration_is_not_written(pvpgen, tmp_path):
    pvpgen.answer("check", fixture="check-unknown-key", code=78)
    path = main_file(tmp_path)
    path.write_text("before")
    result = pvpgen.run("pvp_config", root=str(tmp_path / "root"), content="[NIC]\nPCIAddres=x\n")
    assert result["msg"] == "stdin:2:1: unknown key 'PCIAddres' in [NIC]; did you mean 'PCIAddress'?"
    assert path.read_text() == "before"


def test_a_missing_nic_is_an_error_and_an_unrecorded_one_is_not(pvpgen, tmp_path):
    pvpgen.answer("check", fixture="check-nic-missing", code=78, once=True)
    pvpgen.answer("check", fixture="check-unknown-mac", code=78)
    assert "0000:99:00.0 not found" in pvpgen.run("pvp_config", root=str(tmp_path), content="x")["msg"]
    result = pvpgen.run("pvp_config", root=str(tmp_path), content="x")
    assert result["changed"] and "not recorded yet" in result["warnings"][0]


def test_floats_are_refused(pvpgen, tmp_path):
    result = pvpgen.run("pvp_config", root=str(tmp_path), sections=[{"NIC": {"PCIAddress": 130.1}}])
    assert "quote the address" in result["msg"] and not pvpgen.calls


def test_values_that_are_no_settings_are_refused(pvpgen, tmp_path):
    for value, message in ((None, "got null"), ("a\nb", "expected one line"), ({"a": 1}, "expected a text")):
        assert message in pvpgen.run("pvp_config", root=str(tmp_path), sections=[{"NIC": {"Name": value}}])["msg"]
    assert "one section" in pvpgen.run("pvp_config", root=str(tmp_path), sections=[{"NIC": {}, "Guest": {}}])["msg"]


def test_a_drop_in_is_checked_by_its_name_and_removed(pvpgen, tmp_path):
    pvpgen.answer("check", fixture="check-ok")
    options = dict(root=str(tmp_path / "root"), name="50-memory.conf")
    pvpgen.run("pvp_config", content="[Guest]\nMemory=8G\n", **options)
    path = tmp_path / "root/etc/pvpgen/pvp.conf.d/50-memory.conf"
    assert path.exists() and "--as=50-memory.conf" in pvpgen.calls[0]["arguments"]
    result = pvpgen.run("pvp_config", state="absent", backup=True, **options)
    assert result["changed"] and not path.exists() and "backup_file" in result
    assert not pvpgen.run("pvp_config", state="absent", **options)["changed"]


def test_the_name_of_a_drop_in_has_no_slash(pvpgen, tmp_path):
    assert "without a slash" in pvpgen.run("pvp_config", name="../x.conf", content="")["msg"]


def test_in_check_mode_a_host_without_pvpgen_has_a_diff(pvpgen, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    result = pvpgen.run("pvp_config", root=str(tmp_path / "root"), content=TEXT, executable=None, check_mode=True)
    assert result["changed"] and "not checked" in result["warnings"][0]
