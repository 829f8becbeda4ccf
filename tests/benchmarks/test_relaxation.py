"""The relaxation by prices is that of the whole program; its tables and faults say what its lines say."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import difficulties
from benchmarks.lines import line
from benchmarks.relaxed import Asked, Step, Track, as_one, by_prices, plain
from benchmarks.scenarios import catalogue
from benchmarks.spec import Case
from benchmarks.suites.relaxation import faults
from benchmarks.suites.relaxation_table import relaxation_table
from benchmarks.suites.rounds_table import rounds_table
from optimizer.solvers.solver import Limits
from tests.benchmarks.making import about, cells


def relaxed(method: str, cost: float | None, bound: float | None, size: int = 100_000, **other: Any) -> dict:
    """A line of the suite `relaxation`."""
    measured = {"cost": cost, "bound": bound, "making": 90.0, "solving": 40.0, "rounds": 6, "cpu": 70.0,
                "held_mib": 4000.0, **other}  # fmt: skip
    return line(Case("relaxation", "catalogue", size, method, 600), about(), {"measured": measured, "peak_mib": 1.0})


def test_prices_and_the_whole_program_have_the_same_relaxation() -> None:
    scenario = catalogue(5)
    whole = as_one(scenario, Limits(seconds=60, threads=1))
    track = by_prices(scenario, Asked(1, 60.0, 5e-3, groups=5, rounds=60))
    last = track.steps[-1]
    slack = 1e-6 * abs(whole["cost"])
    assert last.gap is not None and last.gap <= 5e-3
    assert last.cost is not None and last.bound - slack <= whole["cost"] <= last.cost + slack
    assert [step.number for step in track.steps] == list(range(1, len(track.steps) + 1))
    bounds = [step.bound for step in track.steps]
    assert bounds == sorted(bounds) and track.reached(5e-3) == last


def test_rounds_end_after_as_many_as_were_asked_for() -> None:
    track = by_prices(catalogue(2), Asked(1, 60.0, 0.0, rounds=2))
    assert [step.number for step in track.steps] == [1, 2]
    assert plain(track)["rounds"] == 2 and len(plain(track)["steps"]) == 2


def test_a_step_that_lacks_room_or_a_bound_has_no_gap() -> None:
    steps = (Step(1, 0.1, float("-inf"), 100.0), Step(2, 0.2, 90.0, None), Step(3, 0.3, 99.0, 100.0))
    assert [step.gap for step in steps] == [None, None, pytest.approx(0.01)]
    track = Track(1.0, steps)
    assert track.reached(0.02) == steps[2] and track.reached(0.001) is None
    assert plain(track)["steps"][0][2] is None


def test_the_relaxation_table_holds_the_solving_against_its_target() -> None:
    table = relaxation_table([relaxed("prices", 1_000_000.0, 999_950.0)])
    (row,) = cells(table)
    assert row == [
        "prices", "100,000", "6", "90.0", "40.0", "70.0", "1,000,000", "999,950", "0.0050 %", "4,000",
    ]  # fmt: skip
    assert "within 60 s of solving: 0.0050 % in 40.0 s: met." in table
    assert "0.0050 % in 61.0 s: missed." in relaxation_table([relaxed("prices", 1e6, 999_950.0, solving=61.0)])
    assert "0.0200 % in 40.0 s: missed." in relaxation_table([relaxed("prices", 1e6, 999_800.0)])
    assert "not measured." in relaxation_table([relaxed("prices", 1e6, 1e6, size=1000)])


def test_a_bound_above_the_optimum_and_a_cost_below_it_are_faults() -> None:
    best = relaxed("highs", 1000.0, 1000.0)
    assert faults([best, relaxed("prices", 1001.0, 999.0)]) == []
    assert faults([best, relaxed("prices", 1001.0, 999.0, size=10), relaxed("highs", None, None, size=10)]) == []
    for cost, bound in ((1001.0, 1000.5), (999.5, 999.0)):
        (fault,) = faults([best, relaxed("prices", cost, bound)])
        assert "do not enclose the optimum 1000.0" in fault


def test_the_rounds_table_counts_rounds_until_the_gap_was_so_small() -> None:
    # Gaps of 0.5 %, 0.05 % and 0.002 %: the second is within 0.1 %, the third within 0.01 %, none within 0.001 %.
    steps = [[1, 0.5, 995.0, 1000.0], [2, 1.0, 999.5, 1000.0], [3, 1.5, 999.98, 1000.0]]
    measured = {"cost": 1000.0, "bound": 999.98, "making": 1.0, "solving": 1.5, "rounds": 3, "steps": steps}
    made = line(Case("rounds", "full-rooms", 500, "plain 50", 120), about(), {"measured": measured, "peak_mib": 1.0})
    (row,) = cells(rounds_table([made]))
    assert row == ["full-rooms", "plain", "50", "500", "2", "1.00", "3", "1.50", "–", "–", "0.0020 %"]


@pytest.mark.parametrize(
    ("number", "bound", "told"),
    [(3, 1000.0, "at most 3, wanted at most 3: met."), (4, 1000.0, "at most 4, wanted at most 3: missed."),
     (3, 999.0, "never reached, wanted at most 3: missed.")],
)  # fmt: skip
def test_few_rounds_must_be_enough_where_nothing_is_shared(number: int, bound: float, told: str) -> None:
    measured = {"cost": 1000.0, "bound": bound, "making": 1.0, "solving": 1.5, "rounds": number,
                "steps": [[number, 1.5, bound, 1000.0]]}  # fmt: skip
    made = [line(Case("rounds", "nothing-shared", 500, f"{name} 5", 120), about(), {"measured": measured})
            for name in ("plain", "smoothed")]  # fmt: skip
    assert told in rounds_table(made)
    assert "not measured." in rounds_table([{**one, "spec": "catalogue"} for one in made])


def test_where_nothing_is_shared_the_first_round_is_the_last() -> None:
    scenario = difficulties.nothing_shared(4)
    (step,) = by_prices(scenario, Asked(1, 60.0, 1e-6, groups=4, rounds=5)).steps
    assert step.cost == pytest.approx(as_one(scenario, Limits(seconds=60, threads=1))["cost"], rel=1e-6)


def test_a_failure_is_said_in_the_rounds_table() -> None:
    made = line(Case("rounds", "catalogue", 500, "plain 50", 120), about(), {"failed": "it broke"})
    assert cells(rounds_table([made]))[0][4] == "failed: it broke"
