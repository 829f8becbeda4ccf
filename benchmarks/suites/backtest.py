"""Policies on real histories, mapped onto sample networks: what our plan saves against the rules in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from benchmarks.command import cpu_seconds
from benchmarks.histories import histories_missing
from benchmarks.machine import cores
from benchmarks.mappings import mapped, parameters
from benchmarks.scenarios import ROOT
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.backtest_table import OURS, backtest_table
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.backtest.backtest import Backtest, backtest
from optimizer.simulation.backtest.kept import Kept
from optimizer.simulation.backtest.policies import POLICIES
from optimizer.simulation.backtest.request import Request, inputs_of
from optimizer.simulation.backtest.run import Run
from optimizer.simulation.backtest.stretch import stretch

#: Blocks of SKUs, and draws of delays for each.
SIZES: dict[Level, tuple[int, int]] = {"smoke": (1, 1), "run": (6, 1), "full": (6, 3)}
#: Settings of our plan: its sample paths; the weeks that it looks ahead, and whether it moves goods between overseas
#: warehouses, of each history those that came to least on the weeks on which rules are tuned (suite `ahead`); it does
#: where that is not measured.
PATHS = 4
TRANSFERS = {"online-retail": False, "favorita": True, "spare-parts": False}
HORIZONS = {"online-retail": 12, "favorita": 12, "spare-parts": 12}
#: Weeks of a smoke, and of its tuning.
SMOKE_WEEKS, SMOKE_TUNING = 3, 0
#: Most replays at the same time: the time for each week's plan is wall time.
WORKERS = 2
#: What is kept of a run: all but what it did week by week.
KEPT = ("total_cost", "mission_cost", "demand", "lost", "mismatched_units", "cleared", "end_units", "end_value",
        "missed", "bound", "costs", "aged_units", "freight_by_mode")  # fmt: skip
#: Seconds that a policy may take for all blocks and draws of a history.
AROUND = 6 * 3600.0
#: Runs that are made are kept here, so that a measurement that was stopped goes on where it was.
FOLDER = ROOT / "backtests" / "benchmarks"


def first_block(name: str, skus: int) -> Scenario:
    """The first block of a history on the first day of the replay, as it is planned."""
    told = parameters(name)
    return stretch(mapped(name, 0, 1, skus), told["weeks"], told["after"]).scenario


def request(name: str, policy: str, level: Level, seconds: float) -> Request:
    """What is replayed of a history at a level."""
    told = parameters(name)
    asked = Request(
        (policy,), weeks=told["weeks"], after=told["after"], runs=SIZES[level][1], seconds=seconds,
        tuning_weeks=told["tuning_weeks"], paths=PATHS, horizon=HORIZONS[name], transfers=TRANSFERS[name],
    )  # fmt: skip
    if level == "smoke":
        return replace(asked, weeks=SMOKE_WEEKS, tuning_weeks=SMOKE_TUNING)
    return asked


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """The policies, side by side; our plan last, that for sample paths after that for the mean: they take longest."""
    return (*(name for name in POLICIES if name not in OURS), *reversed(OURS))


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What a policy comes to on every block with every draw of delays; how it was tuned, and CPU seconds."""
    count = SIZES[case.level][0]
    blocks = [mapped(spec.name, block, count, int(case.size)) for block in range(count)]
    asked = request(spec.name, case.method, case.level, float(case.seconds or 1.0))
    kept = None if case.level == "smoke" else Kept(FOLDER / spec.name, inputs_of(blocks, asked))
    before, workers = cpu_seconds(), 1 if case.level == "smoke" else min(cores(), WORKERS)
    made = backtest(blocks, asked, kept, workers=workers)
    cpu, ours = round(cpu_seconds() - before, 1), {"horizon": asked.horizon, "transfers": asked.transfers}
    return {**_told(made), "weeks": asked.weeks, **(ours if case.method in OURS else {}), "blocks": count, "cpu": cpu}


def _told(made: Backtest) -> dict[str, Any]:
    return {"runs": [_figures(run) for run in made.runs], "tuned": [dict(found) for found in made.tuned.values()]}


def _figures(run: Run) -> dict[str, Any]:
    seconds, gaps = run["decide_seconds"], [gap for gap in run["gaps"] if gap is not None]
    return {"block": run.key.block, "seed": run.key.seed, **{name: run[name] for name in KEPT},
            "seconds_a_week": sum(seconds) / max(len(seconds), 1), "weeks_with_gap": len(gaps),
            "gap_a_week": sum(gaps) / len(gaps) if gaps else None}  # fmt: skip


#: Seconds of each week's plan.
PLANNED, LONG = 10, 60


def _spec(name: str, why: str, skus: int) -> Spec:
    return Spec(name, why, partial(first_block, name), smoke=at(3, seconds=(1,)), run=at(skus, seconds=(PLANNED,)),
                full=at(skus, seconds=(PLANNED, LONG)))  # fmt: skip


BACKTEST = Suite(
    "backtest",
    "What does the plan save on real demand?",
    (
        _spec("online-retail", "a web shop from China through the UK and Germany: a year, with its Christmas", 20),
        _spec("favorita", "groceries in ten shops as markets of six warehouses: even demand, fast movers", 12),
        _spec("spare-parts", "spare parts through two warehouses: most weeks sell nothing", 20),
    ),
    methods,
    measure,
    backtest_table,
    missing=histories_missing,
    around=AROUND,
)
