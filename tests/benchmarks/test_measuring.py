"""A case is measured in a process of its own; what goes wrong there is said and not swallowed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import process
from benchmarks.fingerprint import fingerprint
from benchmarks.lines import read_lines
from benchmarks.phases import Phases, repeats
from benchmarks.registry import chosen
from benchmarks.run import run
from benchmarks.scenarios import ROOT, weeks
from benchmarks.spec import Case
from optimizer.errors import UsageError


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_smoke_of_one_spec_prints_its_table() -> None:
    done = command("smoke", "--only", "build/weeks")
    assert done.returncode == 0, done.stderr
    assert "| weeks | 4 |" in done.stdout
    assert "build/weeks 4: arrays: done" in done.stderr


def test_an_unknown_name_gets_one_line_and_exit_code_2() -> None:
    done = command("run", "--only", "build/weks")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1 and "Did you mean build/weeks?" in done.stderr


def test_a_run_keeps_a_line_that_says_what_was_measured_when_and_on_what(tmp_path: Path) -> None:
    said: list[str] = []
    outcome = run(chosen(["build/weeks"]), "smoke", "the command", said.append, tmp_path)
    assert not outcome.wrong and len(said) == 1
    (kept,) = read_lines(tmp_path, "build")
    assert kept == outcome.lines[0]
    assert (kept["spec"], kept["size"], kept["method"], kept["command"]) == ("weeks", 4, "arrays", "the command")
    assert kept["machine"]["libraries"]["highspy"] and kept["machine"]["cores"] >= 1
    assert kept["measured"]["nonzeros"] > 10_000 and kept["measured"]["built"] > 0
    # Python with numpy, scipy and pandas alone holds more than 60 MiB.
    assert 60 < kept["peak_mib"] < 2000


def test_cases_of_one_size_alone_can_be_run_and_an_unknown_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.run.in_own_process", lambda case, around: {"measured": {}, "peak_mib": 1.0})
    outcome = run(chosen(["build"]), "run", "the command", lambda text: None, None, ["8"])
    assert [(made["spec"], made["size"]) for made in outcome.lines] == [("warehouses", 8), ("weeks", 8)]
    with pytest.raises(UsageError, match=r"No case has the size '9' here\. There are: 8, 16, 32\."):
        run(chosen(["build/weeks"]), "run", "the command", lambda text: None, None, ["8", "9"])


def test_one_method_alone_can_be_run_and_an_unknown_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.run.in_own_process", lambda case, around: {"measured": {}, "peak_mib": 1.0})
    outcome = run(chosen(["build/skus"]), "run", "the command", lambda text: None, None, [], ["loops"])
    assert [made["method"] for made in outcome.lines] == ["loops"] * len(outcome.lines) and outcome.lines
    with pytest.raises(UsageError, match=r"No case has the method 'hot' here\. There are: arrays, loops\."):
        run(chosen(["build/skus"]), "run", "the command", lambda text: None, None, [], ["hot"])


def test_a_process_that_dies_leaves_a_failure(tmp_path: Path) -> None:
    outcome = process.in_own_process(Case("no such suite", "weeks", 4, "arrays"), 900.0)
    assert outcome["failed"].startswith("its process ended with code 1")


def test_a_case_that_takes_too_long_is_ended() -> None:
    outcome = process.in_own_process(Case("build", "weeks", 4, "arrays"), 0.2)
    assert outcome == {"failed": "it took longer than 0 seconds"}


def test_an_error_in_a_measurement_fails_that_case_and_the_run() -> None:
    outcome = process.in_own_process(Case("build", "warehouses", 99, "arrays"), 900.0)
    assert outcome["failed"].startswith("ValueError: overseas = 99")


def test_the_fingerprint_follows_every_cell_and_setting() -> None:
    scenario = weeks(4)
    lanes = scenario["lanes"].copy()
    lanes.loc[0, "lead_time_days"] += 1
    settings = replace(scenario.settings, capital_rate=0.5)
    prints = {fingerprint(scenario), fingerprint(scenario.with_tables(lanes=lanes)),
              fingerprint(replace(scenario, settings=settings))}  # fmt: skip
    assert len(prints) == 3
    assert fingerprint(weeks(4)) == fingerprint(scenario)


def test_no_repeat_begins_after_its_time() -> None:
    assert list(repeats(3, 60.0)) == [0, 1, 2]
    assert list(repeats(3, 0.0)) == [0]


def test_phases_keep_each_repeat_and_pass_results_on() -> None:
    phases = Phases()
    assert [phases("connect", sum, [1, 2]), phases("connect", sum, [3])] == [3, 3]
    phases("formulate", list)
    phases("formulate", list)
    assert len(phases.seconds["connect"]) == 2 and len(phases.together("connect", "formulate")) == 2
    assert phases.together("connect", "formulate")[0] == phases.seconds["connect"][0] + phases.seconds["formulate"][0]
    with pytest.raises(KeyError, match="no measured verb"):
        phases("guess", list)
