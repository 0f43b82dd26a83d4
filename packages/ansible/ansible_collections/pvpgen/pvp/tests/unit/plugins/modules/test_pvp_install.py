# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type


def test_check_mode_shows_what_changes_in_files_and_commands(pvpgen):
    pvpgen.answer("install", fixture="install-dry-run")
    result = pvpgen.run("pvp_install", boot_loader="grub", check_mode=True)
    assert result["changed"] and result["reboot_required"]
    assert result["diff"]["prepared"].split("\n") == [
        "written /etc/default/grub.d/60-pvpgen.cfg",
        '- GRUB_CMDLINE_LINUX="quiet"', '+ GRUB_CMDLINE_LINUX="hugepagesz=1G"',
        "ran update-grub", ""]
    assert pvpgen.lines == ["install --boot-loader=grub --dry-run --json"]
    assert "run 'pvpgen install' and reboot" in result["warnings"][0]


def test_a_reboot_that_is_required_is_no_failure(pvpgen):
    pvpgen.answer("install", fixture="install-dry-run", code=3)
    result = pvpgen.run("pvp_install")
    assert not result.get("failed") and not result["changed"] and result["reboot_required"]


def test_errors_have_the_message_and_the_remedy(pvpgen):
    pvpgen.answer("install", fixture="install-errors", code=1)
    result = pvpgen.run("pvp_install")
    assert "program /usr/bin/dpdk-testpmd not found; install the package" in result["msg"]
    assert result["rc"] == 1 and len(result["problems"]) == len(result["msg"].split("\n"))


def test_nothing_to_uninstall(pvpgen, tmp_path, monkeypatch):
    pvpgen.answer("uninstall", fixture="uninstall-nothing")
    assert not pvpgen.run("pvp_install", state="absent", purge=True, force=True)["changed"]
    assert pvpgen.lines == ["uninstall --purge --force --json"]
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert not pvpgen.run("pvp_install", state="absent", executable=None)["changed"]


def test_a_host_without_pvpgen(pvpgen, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert "install the package" in pvpgen.run("pvp_install", executable=None)["msg"]
    result = pvpgen.run("pvp_install", executable=None, check_mode=True)
    assert result["changed"] and not result["installed"]


def test_another_version_of_pvpgen(pvpgen):
    assert "requires a newer version than 0.1.0" in pvpgen.run("pvp_install")["msg"]
    pvpgen.answer("install", out='{"schema": "pvpgen.install/3", "problems": []}')
    assert "expected the document 'pvpgen.install/2', got 'pvpgen.install/3'" in pvpgen.run("pvp_install")["msg"]
    pvpgen.answer("uninstall", out="[]")
    assert "got 'None'" in pvpgen.run("pvp_install", state="absent")["msg"]
