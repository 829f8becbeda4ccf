"""How far our plan should look ahead: tried on the weeks before those by which it is judged, as rules are tuned."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from benchmarks.histories import histories_missing
from benchmarks.mappings import mapped, parameters
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.ahead_table import ahead_table
from benchmarks.suites.backtest import SIZES, SMOKE_WEEKS, first_block
from optimizer.simulation.backtest.run import Key
from optimizer.simulation.backtest.stretch import stretch
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.replay import replay
from optimizer.simulation.world import World

#: Weeks that our plan looks ahead.
AHEAD: dict[Level, tuple[int, ...]] = {"smoke": (6, 9), "run": (12, 18, 26), "full": (9, 12, 15, 18, 22, 26)}
#: As in the replays: the share of the mission cost at which a search may stop.
GAP = 0.01


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Every number of weeks."""
    return [f"{weeks} weeks" for weeks in AHEAD[level]]


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What our plan for the mean comes to on the weeks on which the rules of the first block are tuned."""
    told, smoke = parameters(spec.name), case.level == "smoke"
    replayed = stretch(mapped(spec.name, 0, SIZES[case.level][0], int(case.size)), told["weeks"], told["after"])
    found = stretch(replayed.scenario, told["tuning_weeks"])
    weeks = SMOKE_WEEKS if smoke else told["tuning_weeks"]
    policy = OurPlan(seconds=float(case.seconds or 1.0), gap=GAP, horizon=int(case.method.split()[0]))
    outcome = replay(World(found.scenario, found.demand), policy, weeks, Key(policy.name, 0, 1).tuning_draw)
    figures = outcome.as_dict()
    return {**{name: figures[name] for name in ("total_cost", "mission_cost", "demand", "lost", "mismatched_units",
                                                "missed")}, "weeks": weeks}  # fmt: skip


def _spec(name: str, why: str, skus: int) -> Spec:
    return Spec(name, why, partial(first_block, name), smoke=at(3, seconds=(1,)), run=at(skus, seconds=(10,)),
                full=at(skus, seconds=(10,)))  # fmt: skip


AHEAD_SUITE = Suite(
    "ahead",
    "How far should a plan look ahead?",
    (
        _spec("online-retail", "a year of history, of which thirteen weeks are left for this", 20),
        _spec("favorita", "production and a slow ship take up to nine weeks", 12),
        _spec("spare-parts", "most weeks sell nothing", 20),
    ),
    methods,
    measure,
    ahead_table,
    missing=histories_missing,
)
