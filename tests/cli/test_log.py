"""The log: one JSON object a line, whose fields are the documented ones; in a file or on standard error."""

from __future__ import annotations

import json
import logging
import math
import re
import warnings
from pathlib import Path

import pytest

from optimizer.cli import log
from optimizer.cli.log import LOG
from optimizer.cli.log_fields import EVENTS, FIELDS
from optimizer.cli.progress import ProgressLine
from optimizer.scenario.write import write
from optimizer.solvers.solver import Progress
from tests.cli.running import environment, process
from tests.forecast.histories import shop as sold
from tests.forecast.histories import weekly

LOGS = Path(__file__).parents[2] / "optimizer" / "LOGS.md"
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
#: What every line has.
ALWAYS = {name for name, field in FIELDS.items() if field.events == "all"}


def lines(text: str) -> list[dict]:
    """The lines of a log, each of which must keep to the schema."""
    found = [json.loads(line) for line in text.splitlines()]
    for line in found:
        assert line.keys() <= FIELDS.keys() and line.keys() >= ALWAYS, line
        assert line["event"] in EVENTS and line["level"] in {"debug", "info", "warning", "error", "critical"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
        for name, value in line.items():
            assert isinstance(value, TYPES[FIELDS[name].kind]), (name, value)
    return found


def events(told: list[dict]) -> list[str]:
    return [line["event"] for line in told]


def the(event: str, told: list[dict]) -> dict:
    (found,) = (line for line in told if line["event"] == event)
    return found


def test_the_document_shows_every_event_and_field_as_they_are():
    text = LOGS.read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE)
    wanted = [*EVENTS.items(), *((name, f"{f.kind} | {f.events} | {f.meaning}") for name, f in FIELDS.items())]
    assert shown == wanted


def test_a_plan_is_logged_from_begin_to_end_and_nothing_else_stands_on_standard_error(shop, tmp_path):
    done = process("plan", shop, "--log-format", "json", "--json", "--out", tmp_path / "plan")
    told = lines(done.err)
    assert done.code == 0 and done.document["command"] == "plan"
    assert (told[0]["event"], told[-1]["event"], told[-1]["exit_code"]) == ("begin", "end", 0)
    assert {line["command"] for line in told} == {"plan"}
    stages = [line["stage"] for line in told if line["event"] == "stage"]
    assert stages == ["read", "check", "forecast", "formulate", "solve", "verify"]
    result = the("result", told)
    assert result["total_cost"] == pytest.approx(25) and result["folder"] == str(tmp_path / "plan")


def test_a_search_is_logged_at_its_first_plan_with_its_figures(capfd):
    LOG.begin("plan", ["--log-format", "json"], False, False)
    line = ProgressLine(quiet=False)
    line.stage("solve")
    for cost in (math.inf, 120.0, 110.0):
        line.watch(Progress(1.0, cost, 100.0, scale=50.0, step="prices, round 3", left=41.7))
    line.end_search()
    LOG.close()
    told = lines(capfd.readouterr().err)
    figures = {"step": "prices, round 3", "total_cost": 120.0, "bound": 100.0, "gap": 20.0, "gap_share": 0.4,
               "seconds_left": 41.7, "stage": "solve"}  # fmt: skip
    assert figures.items() <= the("progress", told).items()
    assert the("stopping", told)["level"] == "warning"


def test_the_environment_asks_for_it_too_and_an_option_comes_first(shop, tmp_path):
    variables = environment(OPTIMIZER_LOG_FORMAT="json", OPTIMIZER_LOG_FILE=str(tmp_path / "a.jsonl"))
    done = process("check", shop, "--log-file", tmp_path / "b.jsonl", env=variables)
    assert (done.code, done.err) == (0, "") and not (tmp_path / "a.jsonl").exists()
    assert events(lines((tmp_path / "b.jsonl").read_text())) == ["begin", "end"]


def test_report_and_nightly_and_forecast_tell_what_they_came_to(ran, shop, plan, tmp_path):
    file = tmp_path / "log.jsonl"
    asked = ("--log-format=json", f"--log-file={file}", "--quiet")
    assert ran("report", plan, *asked).code == 0
    store = f"sqlite:///{tmp_path / 'plans.db'}"
    assert ran("nightly", shop, "--store", store, "--night", "2026-06-01", *asked).code == 0
    write(sold(weekly([7.0] * 10)), tmp_path / "sold")
    assert ran("forecast", tmp_path / "sold", *asked).code == 0
    told = lines(file.read_text())
    results = {line["command"]: line for line in told if line["event"] == "result"}
    assert results["report"]["alerts"] >= results["report"]["urgent"] >= 0
    assert results["nightly"]["made"] is True and results["nightly"]["night"] == "2026-06-01"
    assert (results["forecast"]["pairs"], results["forecast"]["weeks"]) == (1, 10)
    assert [line["exit_code"] for line in told if line["event"] == "end"] == [0, 0, 0]


def test_what_if_and_diff_tell_what_they_came_to(ran, shop, plan, tmp_path):
    file = tmp_path / "log.jsonl"
    asked = ("--log-format=json", f"--log-file={file}", "--quiet")
    assert ran("what-if", shop, "--set", "prices.price *= 2", *asked).code == 0
    assert ran("diff", plan, plan, *asked).code == 0
    results = {line["command"]: line for line in lines(file.read_text()) if line["event"] == "result"}
    assert (results["what-if"]["asked"], results["what-if"]["planned"], results["what-if"]["scenario"]) == (1, 1, "toy")
    assert (results["diff"]["changed"], results["diff"]["same"], results["diff"]["currency"]) == (0, 2, "USD")


def test_each_problem_is_a_line_and_the_error_says_the_exit_code(ran, own_shop):
    text = (own_shop / "prices.csv").read_text("utf-8-sig")
    (own_shop / "prices.csv").write_text(text.replace("A,", "B,"), "utf-8")
    done = ran("plan", own_shop, "--log-format", "json")
    told = lines(done.err)
    problem = next(line for line in told if line["event"] == "problem")
    assert (problem["table"], problem["row"], problem["column"], problem["value"]) == ("prices", 2, "sku", "B")
    assert the("error", told)["exit_code"] == the("end", told)["exit_code"] == done.code == 3


def test_wrong_use_of_a_command_is_logged_as_json_too(ran):
    done = ran("plan", "--log-format", "json", "--no-such-option")
    told = lines(done.err)
    assert done.code == 2 and events(told) == ["begin", "error", "end"] and "--no-such-option" in told[1]["message"]


def test_an_unexpected_error_is_logged_with_where_it_arose(ran, shop, monkeypatch):
    monkeypatch.setattr("optimizer.scenario.read.read", lambda place: 1 / 0)
    error = the("error", lines(ran("check", shop, "--log-format", "json").err))
    assert error["exit_code"] == 1 and "ZeroDivisionError" in error["traceback"]


def test_quiet_leaves_warnings_and_errors_only(ran, shop, tmp_path):
    assert ran("check", shop, "--log-format", "json", "--quiet").err == ""
    assert events(lines(ran("check", tmp_path, "--log-format", "json", "--quiet").err)) == ["problem", "error"]


def test_a_log_of_text_is_appended_to_line_by_line(ran, shop, tmp_path):
    file = tmp_path / "log.txt"
    for _ in range(2):
        assert ran("check", shop, "--log-file", file).err == ""
    told = file.read_text().splitlines()
    assert len(told) == 4
    assert re.fullmatch(r"\S+Z info    check: exit code 0", told[-1])


def test_what_parts_of_the_program_and_python_say_is_in_the_log(capfd, tmp_path):
    LOG.begin("plan", ["--log-format", "json"], False, False)
    logging.getLogger("optimizer.search").warning("odd: %d", 3)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    LOG.close()
    told = lines(capfd.readouterr().err)
    assert (told[1]["logger"], told[1]["message"]) == ("optimizer.search", "odd: 3")
    assert told[2]["logger"] == "py.warnings" and "old" in told[2]["message"]


@pytest.mark.parametrize("place", ["nowhere/log.jsonl", "."])
def test_a_log_that_cannot_be_opened_ends_the_command_before_it_begins(ran, shop, tmp_path, place):
    done = ran("plan", shop, "--log-file", tmp_path / place, "--out", tmp_path / "plan")
    done.assert_told(9, "cannot be written", "leave out --log-file")
    assert not (tmp_path / "plan").exists()


def test_a_full_disk_costs_the_log_and_not_the_command(ran, shop):
    done = ran("check", shop, "--log-file", "/dev/full")
    assert done.code == 0 and done.out.startswith("No problems")
    assert done.err.count("cannot be written any more") == 1


def test_values_that_are_not_known_are_left_out(capfd):
    LOG.begin("plan", ["--log-format", "json"], False, False)
    LOG.event("progress", "...", total_cost=float("inf"), bound=float("nan"), gap_share=None, gap=1.23456)
    LOG.close()
    told = lines(capfd.readouterr().err)[-1]
    assert "total_cost" not in told and "bound" not in told and told["gap"] == 1.2346


def test_a_field_that_is_not_documented_is_refused():
    with pytest.raises(ValueError, match="pallets"):
        log.Log().event("result", "", pallets=3)
