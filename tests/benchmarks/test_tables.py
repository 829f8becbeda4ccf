"""Tables say what the lines say: figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import readme
from benchmarks.cli import README, RESULTS
from benchmarks.gaps import faults
from benchmarks.lines import append, line
from benchmarks.registry import SUITES
from benchmarks.spec import Case
from benchmarks.suites.build_table import build_table
from benchmarks.suites.instances import refuse_crossing
from benchmarks.suites.instances_table import instances_table
from benchmarks.suites.plan_table import plan_table
from optimizer.errors import OptimizerError, StoreError
from tests.benchmarks.making import LATER, about, built, cells, planned

NAMES = [suite.name for suite in SUITES]


def test_the_build_table_gives_nonzeros_a_second_and_times_faster_than_the_loops() -> None:
    # 1,200,000 non-zeros in 0.8 s are 1,500,000 a second; 24 s of loops are 30 times as long.
    table = build_table([built("skus", 300, "arrays", 1_200_000, 0.8), built("skus", 300, "loops", 2_000_000, 24.0)])
    (row,) = cells(table)
    assert row == [
        "skus", "300", "20", "10", "1,200,000", "0.100", "0.200", "0.500", "0.250", "0.250", "0.800", "3",
        "1,500,000", "2,000,000", "24.0", "30", "100",
    ]  # fmt: skip
    assert "1,500,000, wanted at least 1,000,000: met" in table
    assert "30, wanted at least 25: met" in table


def test_a_target_that_is_missed_or_not_measured_is_called_so() -> None:
    table = build_table([built("skus", 300, "arrays", 900_000, 1.0)])
    assert "900,000, wanted at least 1,000,000: missed" in table
    assert "–, wanted at least 25: not measured" in table


def test_gaps_are_shares_of_the_mission_cost_of_the_best_plan_on_record() -> None:
    # The best plan (10,050) has a mission cost of 1,000, the other one of 2,000: both are measured against 1,000.
    lines = [planned("search", 10_050.0, 10_000.0, 1000.0), planned("highs", 10_200.0, 9_900.0, 2000.0)]
    searched, alone = cells(plan_table(lines))
    assert searched[:9] == ["catalogue", "search", "50", "10", "10,050", "10,000", "50", "5.00 %", "5.00 %"]
    # Its own bound is 300 below its plan, the best known one 200.
    assert alone[4:9] == ["10,200", "9,900", "300", "30.00 %", "20.00 %"]


def test_bounds_of_another_scenario_or_version_are_no_measure() -> None:
    other = planned("cbc", 10_990.0, 10_990.0, scenario="s2")
    older = {**planned("scip", 10_990.0, 10_990.0), "source": "old"}
    mine = cells(plan_table([planned("search", 11_000.0, 10_000.0), other, older]))[0]
    assert mine[8] == "100.00 %"


def test_no_plan_a_failure_and_a_solver_that_is_not_there_are_said() -> None:
    nothing, failed, absent = planned("highs", None, None), planned("cbc", 1.0, 1.0), planned("scip", 1.0, 1.0)
    del failed["measured"], absent["measured"]
    table = plan_table([nothing, failed | {"failed": "it broke"}, absent | {"left_out": "it is not installed"}])
    assert [row[4] for row in cells(table)] == ["none", "failed: it broke"]
    assert "- scip is left out: it is not installed" in table


def test_a_plan_below_a_bound_is_a_fault() -> None:
    right = [planned("search", 10_000.0, 9_900.0), planned("highs", 10_100.0, 10_000.0)]
    assert faults(right) == []
    (fault,) = faults([planned("search", 9_999.0, 9_900.0), right[1]])
    assert "search has a plan of 9999.0, below a proven bound of 10000.0" in fault


@pytest.mark.parametrize(("plan", "bound"), [(99.9, 99.9), (101.0, 100.1)])
def test_plan_and_bound_must_enclose_the_published_optimum(plan: float, bound: float) -> None:
    with pytest.raises(OptimizerError, match="do not enclose the published optimum 100"):
        refuse_crossing(plan, bound, 100.0)


def test_the_instances_table_says_how_far_plan_and_bound_are_from_the_optimum() -> None:
    refuse_crossing(110.0, 95.0, 100.0)
    measured = {"published": 100.0, "plan": 110.0, "bound": 95.0, "status": "feasible", "seconds": {"solve": 2.0}}
    case = Case("instances", "network-design", "c33", "search", 60)
    (row,) = cells(instances_table([line(case, about(), {"measured": measured, "peak_mib": 50.0})]))
    assert row == [
        "network-design", "c33", "100.00", "110.00", "95.00", "10.00 %", "5.00 %", "no", "60", "2.00", "50",
    ]  # fmt: skip


def test_tables_go_between_their_marks_with_the_command_beside_them(tmp_path: Path) -> None:
    append(tmp_path, built("skus", 50, "arrays", 100, 0.5, LATER))
    text = "".join(f"<!-- table of {name} -->old<!-- end of {name} -->kept " for name in NAMES)
    filled = readme.filled(text, tmp_path)
    assert "| skus | 50 |" in filled and "old" not in filled and filled.count("kept") == len(NAMES)
    assert "`python -m benchmarks run`, 2026-01-06, version 1.0 (source abc): A CPU, 2 cores" in filled
    assert filled.count(readme.EMPTY) == len(NAMES) - 1
    assert readme.filled(filled, tmp_path) == filled


def test_a_readme_without_a_place_for_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no place for the table of build"):
        readme.filled("nothing here", tmp_path)


def test_the_tables_in_the_readme_are_those_of_the_results() -> None:
    text = README.read_text(encoding="utf-8")
    assert readme.filled(text, RESULTS) == text, "run `python -m benchmarks tables`"
