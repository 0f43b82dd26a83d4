# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type


def test_info_has_documents_and_problems(pvpgen):
    pvpgen.answer("check", fixture="check-nic-missing", code=78)
    pvpgen.answer("status", fixture="status-failed", code=3)
    pvpgen.answer("guest", "list", fixture="guests")
    result = pvpgen.run("pvp_info", gather=["status", "check", "guests"])
    assert result["version"] == "0.1.0" and not result["changed"]
    assert result["failed_units"][0]["journal"] == "EAL: cannot reserve memory"
    assert result["problems"][0]["code"] == "nic-missing"
    assert result["guests"]["guests"][0]["guest"] == "guest"
    assert result["reboot_required"] is False


def test_whether_a_reboot_is_required_is_unknown_with_errors(pvpgen):
    pvpgen.answer("check", fixture="check-nic-missing", code=78)
    assert pvpgen.run("pvp_info", gather=["reboot"])["reboot_required"] is None


def test_info_without_pvpgen(pvpgen, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    result = pvpgen.run("pvp_info", executable=None)
    assert not result["installed"] and result["version"] is None


def test_a_deviation_fails_unless_it_is_ignored(pvpgen):
    pvpgen.answer("verify", fixture="verification-deviates", code=1)
    result = pvpgen.run("pvp_verify")
    assert result["msg"] == "IRQ 24: expected none on CPU 3, found 12 on CPU 3; run 'systemctl restart pvp-tune'"
    for ignore in ("interrupts", "IRQ 24"):
        assert pvpgen.run("pvp_verify", ignore=[ignore])["ok"]


def test_a_report_has_notes(pvpgen):
    pvpgen.answer("report", fixture="report")
    assert "Machine" in pvpgen.run("pvp_report", notes={"Mpps": "14.2"})["report"]["sections"]
    assert pvpgen.lines == ["report --note=Mpps=14.2 --json"]


def test_a_difference_that_counts_fails(pvpgen):
    pvpgen.answer("report", "--compare", fixture="comparison", code=1)
    reports = {"before": {"sections": {}}, "after": {"sections": {}}}
    difference = pvpgen.run("pvp_report", compare=reports)["differences"][0]
    assert difference["reports"] == {"after": "0", "before": "1"}
    result = pvpgen.run("pvp_report", compare=reports, same=["Machine"])
    assert "Machine/SMT active: after has '0', before has '1'" in result["msg"]
    assert "two or more" in pvpgen.run("pvp_report", compare={"one": {}})["msg"]


def test_a_reset_removes_a_disk_that_exists(pvpgen):
    pvpgen.answer("guest", "list", fixture="guests")
    assert not pvpgen.run("pvp_guest", state="reset")["changed"]
    assert "expected one of guest, got other" in pvpgen.run("pvp_guest", name="other", state="reset")["msg"]


def test_commands_run_in_a_guest_and_in_testpmd(pvpgen):
    pvpgen.answer("ssh", out="6.1\n")
    pvpgen.answer("console", fixture="command")
    assert pvpgen.run("pvp_guest", name="guest", command=["uname", "-r"])["stdout"] == "6.1\n"
    assert pvpgen.run("pvp_guest", testpmd=["show port stats all"])["answers"][0]["answer"] == "RX-packets: 1"
    assert pvpgen.lines == [
        "ssh guest -- uname -r", "console --json --timeout=10s --command=show port stats all"]
    assert pvpgen.run("pvp_guest", command=["true"], check_mode=True)["skipped"]


def test_a_command_fails_with_its_output(pvpgen):
    pvpgen.answer("ssh", err="no route\n", code=255)
    pvpgen.answer("console", err="testpmd: not running\n", code=1)
    assert pvpgen.run("pvp_guest", command=["true"])["msg"] == "no route"
    assert pvpgen.run("pvp_guest", testpmd=["quit"])["msg"] == "testpmd: not running"


def test_a_build_that_is_missing_is_built_once(pvpgen):
    pvpgen.answer("build", "--dry-run", fixture="builds", once=True)
    pvpgen.answer("build", "--dry-run", fixture="builds-complete")
    pvpgen.answer("build", "list", fixture="builds-results")
    pvpgen.answer("build", fixture="builds-complete")
    result = pvpgen.run("pvp_build")
    assert result["changed"] and result["built"] == ["dpdk-24.11"]
    listing = ["build --dry-run --json", "build list --json"]
    assert pvpgen.lines == listing + ["build dpdk-24.11 --json"] + listing
    assert result["results"][0]["names"] == ["qemu-10.0"]
    assert not pvpgen.run("pvp_build")["changed"]


def test_builds_in_check_mode_and_wrong_names(pvpgen, tmp_path):
    pvpgen.answer("build", "--dry-run", fixture="builds")
    pvpgen.answer("build", "list", fixture="builds-results")
    assert pvpgen.run("pvp_build", check_mode=True)["changed"]
    assert "not in the configuration, which has dpdk-24.11, qemu-10.0" in pvpgen.run("pvp_build", name=["x"])["msg"]
    path = str(tmp_path / "export")
    assert "does not exist" in pvpgen.run("pvp_build", state="exported", name=["dpdk-24.11"], path=path)["msg"]


def test_an_import_of_another_build_fails(pvpgen, tmp_path):
    pvpgen.answer("build", "--dry-run", fixture="builds")
    pvpgen.answer("build", "list", fixture="builds-results")
    pvpgen.answer("build", "import", fixture="builds-results")
    result = pvpgen.run("pvp_build", state="imported", name=["dpdk-24.11"], path=str(tmp_path / "file"))
    assert "the file has another build" in result["msg"]
