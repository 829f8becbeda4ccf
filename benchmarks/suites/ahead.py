"""How our plan should be set: tried on the weeks before those by which it is judged, as rules are tuned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from benchmarks.histories import histories_missing
from benchmarks.mappings import mapped, parameters
from benchmarks.spec import Case, Level, Spec, Step, Suite
from benchmarks.suites.ahead_table import ahead_table
from benchmarks.suites.backtest import AROUND, BACKTEST, HORIZONS, PATHS, SIZES, SMOKE_WEEKS
from optimizer.simulation.backtest.request import Request
from optimizer.simulation.backtest.run import Key
from optimizer.simulation.backtest.stretch import stretch
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

#: Weeks that our plan looks ahead.
AHEAD: dict[Level, tuple[int, ...]] = {"smoke": (6, 9), "run": (12, 18, 26), "full": (9, 12, 15, 18, 22, 26)}


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every number of weeks for the mean; for sample paths, at the weeks that are taken, with transfers and without."""
    weeks = min(AHEAD[level]) if level == "smoke" else HORIZONS[spec.name]
    paths = f"{weeks} weeks, {PATHS} paths"
    return [*(f"{weeks} weeks" for weeks in AHEAD[level]), paths, f"{paths}, no transfers"]


def policy_of(method: str, seconds: float) -> OurPlan:
    """Our plan as a method of this suite names it."""
    weeks, *more = method.split(", ")
    paths = int(more[0].split()[0]) if more else 1
    return OurPlan(paths, seconds, gap=Request.gap, horizon=int(weeks.split()[0]), transfers="no transfers" not in more)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What our plan comes to on the weeks on which the rules of the first block are tuned."""
    told, smoke = parameters(spec.name), case.level == "smoke"
    replayed = stretch(mapped(spec.name, 0, SIZES[case.level][0], int(case.size)), told["weeks"], told["after"])
    found = stretch(replayed.scenario, told["tuning_weeks"])
    weeks = SMOKE_WEEKS if smoke else told["tuning_weeks"]
    policy = policy_of(case.method, float(case.seconds or 1.0))
    outcome = replay(World(found.scenario, found.demand), policy, weeks, Key(policy.name, 0, 1).tuning_draw)
    figures = outcome.as_dict()
    return {**{name: figures[name] for name in ("total_cost", "mission_cost", "demand", "lost", "mismatched_units",
                                                "missed")}, "weeks": weeks}  # fmt: skip


AHEAD_SUITE = Suite(
    "ahead",
    "How should our plan be set?",
    tuple(replace(spec, full=spec.run) for spec in BACKTEST.specs),
    methods,
    measure,
    ahead_table,
    missing=histories_missing,
    around=AROUND,
)
