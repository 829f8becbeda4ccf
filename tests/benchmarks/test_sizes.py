"""The suites `sizes` and `warm` run whole commands; their tables say what the bars say: figures worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import planning
from benchmarks.command import Ran
from benchmarks.lines import line
from benchmarks.planning import planned, stored
from benchmarks.registry import suite
from benchmarks.scenarios import catalogue
from benchmarks.spec import Case, LeftOut
from benchmarks.suites import warm
from benchmarks.suites.bars import BARS, kept_bar
from benchmarks.suites.sizes import search_seconds
from benchmarks.suites.sizes_table import exponent, sizes_table
from benchmarks.suites.warm_table import warm_table
from optimizer.errors import OptimizerError
from tests.benchmarks.making import about, cells

TIMES = {"check": 1.0, "formulate": 2.0, "solve": 40.0, "verify": 3.0}


def size(method: str, skus: int = 1000, plan: float | None = 10_000.0, bound: float = 9_990.0, **other: Any) -> dict:
    """A line of the suite `sizes`."""
    measured = {"scenario": "s1", "plan": plan, "bound": bound, "gap_base": 1000.0, "seconds": TIMES, "wall": 50.0,
                "cpu": 80.0, "reached": True, "peak_mib": 1000.0, **other}  # fmt: skip
    return line(Case("sizes", "catalogue", skus, method, 60), about(), {"measured": measured, "peak_mib": 77.0})


def what_if(method: str, wall: float, search: float = 20.0, reached: bool = True) -> dict:
    """A line of the suite `warm`."""
    measured = {**size(method)["measured"], "wall": wall, "reached": reached, "seconds": {**TIMES, "solve": search}}
    return line(Case("warm", "duty", 1000, method, 60), about(), {"measured": measured, "peak_mib": 77.0})


def test_a_command_is_measured_from_tables_on_disk_to_a_plan_on_disk(tmp_path: Path) -> None:
    stored(catalogue(2), tmp_path / "tables")
    found = planned(tmp_path / "tables", tmp_path / "plan", 1.0, 1, 0.5)
    assert (tmp_path / "plan" / "ship.csv").exists()
    assert found["bound"] <= found["plan"] and found["gap_base"] > 0
    assert set(found["seconds"]) >= {"check", "solve", "verify"}
    assert found["wall"] > sum(found["seconds"].values()) and found["cpu"] > 0.5
    # Python with numpy, scipy and pandas alone holds more than 60 MiB.
    assert 60 < found["peak_mib"] < 3000
    assert found["reached"] == (found["gap"] <= 0.5 * found["gap_base"])


def test_tables_are_told_apart_by_all_that_they_say(tmp_path: Path) -> None:
    digests = [stored(catalogue(skus), tmp_path / str(number)) for number, skus in enumerate((2, 2, 3))]
    assert digests[0] == digests[1] != digests[2]


def test_a_command_that_fails_fails_the_case_with_its_last_word(tmp_path: Path) -> None:
    with pytest.raises(OptimizerError, match=r"optimizer plan ended with code \d+: .*nowhere"):
        planned(tmp_path / "nowhere", tmp_path / "plan", 1.0, 1, 0.0)


def test_no_plan_within_the_limits_is_a_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(planning, "ran", lambda words: Ran(4, "No plan.", 61.0, 90.0, 300.0))
    found = planned(tmp_path, tmp_path / "plan", 60.0, 2, 0.0)
    assert (found["plan"], found["bound"], found["status"], found["reached"]) == (None, None, "none", False)
    assert (found["wall"], found["cpu"], found["peak_mib"]) == (61.0, 90.0, 300.0)


def test_the_search_leaves_time_for_the_rest_and_more_of_it_the_larger_the_catalogue() -> None:
    shares = [search_seconds(skus, bar.seconds) / bar.seconds for skus, bar in BARS.items()]
    assert shares == sorted(shares, reverse=True) and 0.5 < shares[-1] < shares[0] < 1
    assert search_seconds(10**6, 100.0) == search_seconds(100_000, 100.0)


def test_the_sizes_table_says_what_a_command_took_around_its_stages() -> None:
    # Gap 10 of a mission cost of 1,000; 50 s less the stages' 46 s are 4 s of reading and writing.
    (row,) = cells(sizes_table([size("auto")]))
    assert row == [
        "`optimizer plan`", "1,000", "60", "50.0", "80.0", "10,000", "9,990", "1.00 %", "1.00 %", "1,000",
        "1.00", "2.00", "40.0", "3.00", "4.00",
    ]  # fmt: skip


def test_a_bar_is_met_figure_by_figure() -> None:
    told = kept_bar(1000, [size("auto", peak_mib=3000.0)])
    assert told == (
        "- 1,000 SKUs: 50.0 s of 60 s: met; 3,000 of 2,048 MiB: missed; gap 1.00 %, wanted at most 1.50 %: met."
    )
    assert "61.0 s of 60 s: missed" in kept_bar(1000, [size("auto", wall=61.0)])
    assert "gap 1.60 %, wanted at most 1.50 %: missed" in kept_bar(1000, [size("auto", bound=9_984.0)])
    assert kept_bar(10_000, [size("auto")]) == "- 10,000 SKUs: not measured."


@pytest.mark.parametrize(
    ("bound", "highs", "told"),
    [
        # Half a percent is enough; else a third of the gap of HiGHS alone is.
        (9_995.0, {"bound": 9_994.0}, "(0.60 %): met"),
        (9_990.0, {"bound": 9_969.0}, "(3.10 %): met"),
        (9_990.0, {"bound": 9_971.0}, "(2.90 %): missed"),
        (9_990.0, {"plan": None}, "(which has none): met"),
        (9_990.0, None, "(not measured): missed"),
    ],
)
def test_a_small_catalogue_is_measured_against_highs_alone(bound: float, highs: dict | None, told: str) -> None:
    lines = [size("auto", 50, bound=bound), *([] if highs is None else [size("highs", 50, **highs)])]
    assert kept_bar(50, lines).endswith(f"of that of HiGHS alone {told}.")


def test_costs_that_grow_a_thousandfold_over_a_hundredfold_size_have_the_exponent_one_and_a_half() -> None:
    assert exponent(1_000, 2.0, 100_000, 2_000.0) == pytest.approx(1.5)
    lines = [size("near", 1_000, cpu=10.0, wall=10.0), size("near", 10_000, cpu=100.0, wall=1_000.0)]
    table = sizes_table(lines)
    assert "From 1,000 to 10,000 SKUs, to a gap of 8.00 %: CPU time grows as n^1.00, wall time as n^2.00" in table
    assert "wanted at most n^1.1: met" in table
    assert "From 10,000 to 100,000 SKUs, to a gap of 8.00 %: not measured." in table


def test_where_only_the_plain_command_came_to_the_gap_its_cost_is_the_most_that_it_takes() -> None:
    less, more = size("near", 1_000, cpu=10.0, wall=10.0), size("auto", 10_000, cpu=100.0, wall=1_000.0)
    assert "n^1.00, wall time as n^2.00 (ended at 1.00 % and 1.00 %; 10,000 SKUs by the plain command)" in sizes_table(
        [less, more]
    )
    more["measured"]["bound"] = 9_000.0  # it did not come there
    assert "From 1,000 to 10,000 SKUs, to a gap of 8.00 %: not measured" in sizes_table([less, more])


def test_runs_that_missed_the_gap_say_nothing_of_growth() -> None:
    table = sizes_table([size("near", 1_000, reached=False), size("near", 10_000)])
    assert "no exponent, for the gap was not reached with 1,000 SKUs" in table


def test_the_gap_is_told_by_speed_of_mover_where_the_plan_tells_it() -> None:
    told = {"cases_a_week": "under 0.5", "skus": 187, "demand_share": 0.0125, "gap": 20.0}
    table = sizes_table([size("auto", speeds=[told])])
    assert "| under 0.5 | 1,000 | 187 | 1.25 % | 20 | 2.00 % |" in table
    assert "cases a week" not in sizes_table([size("auto", speeds=None)])


def test_a_warm_search_shall_take_a_third_of_the_cold_one() -> None:
    (row,) = cells(warm_table([what_if("cold", 30.0, 20.0), what_if("warm", 15.0, 5.0)]))
    assert row[:6] == ["duty", "1,000", "60", "30.0", "15.0", "50.00 %"]
    assert row[-6:] == ["20.0", "5.00", "25.00 %", "1.00 %", "1.00 %", "search met, command missed"]
    faster = warm_table([what_if("cold", 30.0, 20.0), what_if("warm", 10.0, 7.0)])
    assert cells(faster)[0][-1] == "search missed, command met"


def test_times_of_runs_that_missed_the_gap_do_not_count() -> None:
    warm_missed = [what_if("cold", 30.0), what_if("warm", 5.0, 1.0, reached=False)]
    assert cells(warm_table(warm_missed))[0][-1] == "the warm run missed the gap"
    cold_missed = [what_if("cold", 30.0, reached=False), what_if("warm", 11.0, 1.0)]
    assert cells(warm_table(cold_missed))[0][-1] == "the cold run missed the gap"
    # A cold run that had not reached the gap by then would have taken longer still.
    both_faster = [what_if("cold", 30.0, reached=False), what_if("warm", 9.0, 1.0)]
    assert cells(warm_table(both_faster))[0][-1] == "search met, command met"


def test_a_command_that_cannot_start_from_a_plan_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "START_FROM", "--no-such-option")
    case = Case("warm", "duty", 4, "warm", 1, "smoke")
    with pytest.raises(LeftOut, match="has no option --no-such-option"):
        warm.measure(suite("warm").spec("duty"), case)
    table = warm_table([what_if("cold", 30.0), line(case, about(), {"left_out": "it has no option"})])
    assert cells(table)[0][-1] == "not measured" and "- warm is left out: it has no option" in table


def test_every_change_of_a_what_if_run_changes_one_table_and_can_be_planned() -> None:
    from benchmarks.changes import CHANGES
    from optimizer.solve import check

    base = catalogue(3)
    for name, change in CHANGES.items():
        changed = change(base)
        other = [table for table in base.tables if not changed[table].equals(base[table])]
        assert len(other) == 1, name
        assert not check(changed)
    assert set(CHANGES) == {spec.name for spec in suite("warm").specs}
