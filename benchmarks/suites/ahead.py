"""How far our plan should look ahead: tried on the weeks before those by which it is judged, as rules are tuned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from benchmarks.histories import histories_missing
from benchmarks.mappings import mapped, parameters
from benchmarks.spec import Case, Level, Spec, Step, Suite
from benchmarks.suites.ahead_table import ahead_table
from benchmarks.suites.backtest import AROUND, BACKTEST, SIZES, SMOKE_WEEKS
from optimizer.simulation.backtest.request import Request
from optimizer.simulation.backtest.run import Key
from optimizer.simulation.backtest.stretch import stretch
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

#: Weeks that our plan looks ahead.
AHEAD: dict[Level, tuple[int, ...]] = {"smoke": (6, 9), "run": (12, 18, 26), "full": (9, 12, 15, 18, 22, 26)}


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every number of weeks."""
    return [f"{weeks} weeks" for weeks in AHEAD[level]]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What our plan for the mean comes to on the weeks on which the rules of the first block are tuned."""
    told, smoke = parameters(spec.name), case.level == "smoke"
    replayed = stretch(mapped(spec.name, 0, SIZES[case.level][0], int(case.size)), told["weeks"], told["after"])
    found = stretch(replayed.scenario, told["tuning_weeks"])
    weeks = SMOKE_WEEKS if smoke else told["tuning_weeks"]
    policy = OurPlan(seconds=float(case.seconds or 1.0), gap=Request.gap, horizon=int(case.method.split()[0]))
    outcome = replay(World(found.scenario, found.demand), policy, weeks, Key(policy.name, 0, 1).tuning_draw)
    figures = outcome.as_dict()
    return {**{name: figures[name] for name in ("total_cost", "mission_cost", "demand", "lost", "mismatched_units",
                                                "missed")}, "weeks": weeks}  # fmt: skip


AHEAD_SUITE = Suite(
    "ahead",
    "How far should a plan look ahead?",
    tuple(replace(spec, full=spec.run) for spec in BACKTEST.specs),
    methods,
    measure,
    ahead_table,
    missing=histories_missing,
    around=AROUND,
)
