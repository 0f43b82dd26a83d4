# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type


def systemctl(pvpgen, tmp_path, monkeypatch, active):
    """A systemctl that reports a state of pvp.target, and logs other calls."""
    program = tmp_path / "systemctl"
    program.write_text(
        "#!/bin/sh\nif [ $1 = show ]; then echo ActiveState=%s; echo Job=0; else echo \"$@\" >>%s/systemctl.log; fi\n"
        % (active, tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", "%s:/usr/bin:/bin" % tmp_path)


def test_units_that_are_up_are_not_started(pvpgen):
    pvpgen.answer("status", fixture="status-up")
    assert not pvpgen.run("pvp_units", state="started")["changed"]
    assert pvpgen.lines == ["status --json"]


def test_jobs_are_queued_once(pvpgen, tmp_path, monkeypatch):
    pvpgen.answer("status", fixture="status-failed", code=3)
    systemctl(pvpgen, tmp_path, monkeypatch, "inactive")
    assert pvpgen.run("pvp_units", state="started", wait=False)["changed"]
    assert (tmp_path / "systemctl.log").read_text() == "start --no-block pvp.target\n"
    systemctl(pvpgen, tmp_path, monkeypatch, "active")
    assert not pvpgen.run("pvp_units", state="started", wait=False)["changed"]


def test_a_failed_unit_has_its_reason(pvpgen):
    pvpgen.answer("status", fixture="status-failed", code=3)
    pvpgen.answer("start", fixture="operation-failed", code=1)
    assert pvpgen.run("pvp_units", state="started", check_mode=True)["changed"]
    assert pvpgen.run("pvp_units", state="started")["msg"] == "testpmd.service: EAL: cannot reserve memory"


def test_a_host_without_a_configuration_has_the_message(pvpgen):
    pvpgen.answer("status", fixture="status-no-config", code=78)
    assert "pvp.conf: not found; run 'pvpgen init" in pvpgen.run("pvp_units", state="started")["msg"]


def test_apply_runs_if_there_is_a_difference(pvpgen):
    pvpgen.answer("diff", fixture="diff-none", once=True)
    pvpgen.answer("diff", fixture="diff-outdated", code=1)
    pvpgen.answer("apply", fixture="apply-dry-run")
    assert not pvpgen.run("pvp_units", state="applied")["changed"]
    result = pvpgen.run("pvp_units", state="applied")
    assert result["changed"]
    assert result["diff"]["prepared"] == "changed testpmd.service\n-Nice=0\n+Nice=-5\ntestpmd.service is outdated\n"
    assert pvpgen.run("pvp_units", state="applied", check_mode=True)["changed"]
    assert [line for line in pvpgen.lines if "apply" in line] == [
        "apply --dry-run --json", "apply --json", "apply --dry-run --json"]


def test_stop_in_check_mode_asks_the_units(pvpgen):
    pvpgen.answer("status", fixture="status-up")
    assert pvpgen.run("pvp_units", state="stopped", check_mode=True)["changed"]
    assert pvpgen.run("pvp_units", state="restarted", check_mode=True)["changed"]
