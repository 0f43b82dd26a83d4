# Copyright: the pvpgen developers
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json
import os

import pytest

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fixtures")


def document(name):
    with open(os.path.join(FIXTURES, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def test_a_measurement_returns_the_document_and_its_rates(pvpgen):
    pvpgen.answer("measure", fixture="measurement")
    result = pvpgen.run("pvp_measure")
    assert result["result"] == document("measurement") and not result["changed"] and result["faults"] == []
    assert result["file"] == "/var/lib/pvpgen/results/testpmd-20261201T120000Z.json"
    assert result["summary"] == [
        dict(size="64", repetition=1, goal="ndr", pps=7915013), dict(size="64", repetition=1, goal="pdr", pps=7954771),
        dict(size="64", repetition=1, goal="mrr", pps=7941985)]
    assert pvpgen.lines == ["measure --output=/var/lib/pvpgen/results --json"]


def test_a_search_without_a_result_has_no_rate(pvpgen):
    empty = document("measurement")
    empty["searches"][0].update(maximum_receive_rate=None)
    empty["searches"][0]["results"][0]["lower_bound"] = None
    pvpgen.answer("measure", out=json.dumps(empty))
    assert [rate["pps"] for rate in pvpgen.run("pvp_measure")["summary"]] == [None, 7954771, None]


def test_options_are_passed_and_each_goal_is_one(pvpgen):
    pvpgen.answer("measure", fixture="measurement")
    result = pvpgen.run(
        "pvp_measure", generator="-east", sizes=[64, "imix"], goals=["ndr", "quick:loss=0.001,width=0.05"], flows=100,
        ipv6=True, latency=True, soak="2h", repeat=3, maximum_rate=1000000, directory="/srv/results",
        resume="/srv/results/earlier.json")
    assert pvpgen.calls[0]["arguments"] == [
        "measure", "--output=/srv/results", "--size=64,imix", "--goal=ndr", "--goal=quick:loss=0.001,width=0.05",
        "--flows=100", "--soak=2h", "--repeat=3", "--maximum-rate=1000000", "--resume=/srv/results/earlier.json",
        "--ipv6", "--latency", "--json", "--", "-east"]
    assert result["file"] == "/srv/results/earlier.json"


@pytest.mark.parametrize("sizes", [[64.5], [True], [None], [{"size": 64}]])
def test_a_size_that_is_no_integer_is_refused(pvpgen, sizes):
    result = pvpgen.run("pvp_measure", sizes=sizes)
    assert "sizes: expected bytes or imix, got" in result["msg"] and not pvpgen.lines


def test_a_float_is_no_number_of_flows(pvpgen):
    assert "flows" in pvpgen.run("pvp_measure", flows=1.5)["msg"]


def test_a_broken_path_fails_with_the_stage(pvpgen):
    pvpgen.answer("measure", fixture="measurement-path-broken", code=1)
    result = pvpgen.run("pvp_measure")
    assert result["msg"] == (
        "port 1 → nic1: stops at testpmd, which does not send to guest: 0 of 500 frames; "
        "check that stage; 'pvpgen measure --check' checks the path alone")
    assert "file" not in result and result["problems"][0]["code"] == "path-broken"


def test_an_invalid_result_fails_with_each_fault(pvpgen):
    pvpgen.answer("measure", fixture="measurement-invalid", code=1)
    result = pvpgen.run("pvp_measure")
    assert result["msg"].splitlines() == [
        "the measurement is invalid: the governor changed", "the measurement is invalid: the kernel of vm1 changed",
        "the result is in /var/lib/pvpgen/results/testpmd-20261201T120000Z.json"]
    assert len(result["faults"]) == 2 and "result" not in result


def test_an_interrupted_measurement_names_its_file(pvpgen):
    ended = document("measurement")
    ended["problems"] = [dict(code="interrupted", severity="error", message="interrupted", remedy="resume it")]
    pvpgen.answer("measure", out=json.dumps(ended), code=130)
    assert pvpgen.run("pvp_measure")["msg"] == (
        "interrupted; resume it\nthe result is in /var/lib/pvpgen/results/testpmd-20261201T120000Z.json")


def test_a_warning_is_reported(pvpgen):
    warned = document("measurement")
    warned["problems"] = [dict(code="x", severity="warning", message="a warning", remedy="a remedy")]
    pvpgen.answer("measure", out=json.dumps(warned))
    assert pvpgen.run("pvp_measure")["warnings"] == ["a warning; a remedy"]


def test_the_path_check_has_an_item_for_each_port(pvpgen):
    pvpgen.answer("measure", fixture="path-check", once=True)
    pvpgen.answer("measure", fixture="path-check-obstacle", code=1)
    result = pvpgen.run("pvp_measure", check=True, generator="east")
    assert [path["obstacle"] for path in result["paths"]] == [None, None] and not result["changed"]
    result = pvpgen.run("pvp_measure", check=True)
    assert result["msg"] == "port 1 → nic1: stops at guest: 0 of 500 frames"
    assert [path["received"] for path in result["paths"]] == [500, 0]
    assert pvpgen.lines == ["measure --check --json -- east", "measure --check --json"]


def test_the_path_check_fails_with_the_errors_of_pvpgen(pvpgen):
    failed = dict(
        schema="pvpgen.path-check/1", changed=False,
        problems=[dict(code="x", severity="error", message="/etc/pvpgen/pvp.conf: not found", remedy="write it")])
    pvpgen.answer("measure", out=json.dumps(failed), code=78)
    assert pvpgen.run("pvp_measure", check=True)["msg"] == "/etc/pvpgen/pvp.conf: not found; write it"


def test_only_an_older_pvpgen_is_called_older(pvpgen):
    pvpgen.answer("measure", "--check", err="Error: Unexpected argument 'measure'\nUsage: pvpgen\n", code=2)
    pvpgen.answer("measure", err="Error: --size=63: '63': expected imix or 64 to 2048\nUsage: pvpgen\n", code=2)
    assert pvpgen.run("pvp_measure", check=True)["msg"] == (
        "pvpgen measure: Unexpected argument 'measure'; this collection requires a newer version than 0.1.0")
    assert pvpgen.run("pvp_measure", sizes=[63])["msg"] == (
        "pvpgen measure: --size=63: '63': expected imix or 64 to 2048")


def test_check_mode_sends_no_frames(pvpgen):
    for arguments in (dict(), dict(check=True)):
        result = pvpgen.run("pvp_measure", check_mode=True, **arguments)
        assert result["skipped"] and not result["changed"]
    assert not pvpgen.lines


def test_a_comparison_has_names_in_the_place_of_files(pvpgen):
    pvpgen.answer("compare", fixture="measurement-comparison", code=1, page="<!DOCTYPE html>\n→\n")
    text = json.dumps(document("measurement"))
    result = pvpgen.run(
        "pvp_measure", compare={"h1/a": document("measurement"), "h1/b": text, "h2/a": text}, check_mode=True)
    assert result["page"] == "<!DOCTYPE html>\n→\n" and not result["comparable"] and not result["changed"]
    assert result["reasons"] == [{"result": "h2/a", "text": "the measurement is invalid: the governor changed"}]
    assert result["rates"][0]["results"]["h2/a"]["median_pps"] == 6983145
    assert result["notes"][0] == "h1/b, 64 bytes, ndr: no difference beyond the width of the goal"
    # One result has no report.
    assert result["differences"] == [dict(
        section="Kernel", name="Release", reports={"h1/a": "6.1.0-42-amd64", "h2/a": "6.1.0-29-amd64"})]


def test_a_file_that_is_no_result_fails_with_its_name(pvpgen):
    pvpgen.answer("compare", code=1, out=json.dumps(dict(
        schema="pvpgen.measurement-comparison/1", changed=False, problems=[dict(
            code="result-schema", severity="error", remedy="name another file",
            message="result-1.json: expected the result of a measurement")])))
    result = pvpgen.run("pvp_measure", compare={"h1/a": "{}", "h1/b": "{}"})
    assert result["msg"] == "h1/b: expected the result of a measurement; name another file"


def test_a_comparison_takes_two_results_and_no_other_option(pvpgen):
    assert "expected two or more results, got 1" in pvpgen.run("pvp_measure", compare={"a": {}})["msg"]
    assert "mutually exclusive" in pvpgen.run("pvp_measure", compare={"a": {}, "b": {}}, sizes=[64])["msg"]
