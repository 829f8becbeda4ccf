"""How long it takes to plan for demand and ships that vary, and to replay a history."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import scenarios
from benchmarks.command import ran
from benchmarks.gaps import faults
from benchmarks.planning import planned, stored
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.varying_table import varying_table
from optimizer.errors import OptimizerError
from optimizer.scenario.generator import Spec as Catalogue
from optimizer.scenario.generator import generate
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.drawn import drawn

THREADS = 2
#: Sample paths of each plan; days of its commit window.
PATHS, WINDOW = 4, 28
#: Demand of a week lies around its mean with a standard deviation of so much of it, and nine of ten departures arrive
#: within so many times their lead time.
SPREAD, LATE = 0.5, 1.3
#: Weeks that a plan of the back-test looks ahead, and weeks of sales that there are.
AHEAD, SOLD = 12, 60
#: Share of the wall time that the search of a plan is told to take; the rest goes to reading, drawing, verifying and
#: writing.
SEARCH = 0.55
#: Weeks, draws of delays and weeks of tuning of the back-test at each level.
REPLAYED: dict[Level, tuple[int, int, int]] = {"smoke": (2, 1, 0), "run": (26, 5, 13), "full": (26, 5, 13)}
POLICIES = ("our-plan", "erp-rule", "min-max", "base-stock", "clairvoyant")


def uncertain(skus: int) -> Scenario:
    """The catalogue of the suite `sizes` with demand and ships that vary, as it is planned for several paths."""
    made = scenarios.catalogue(skus)
    settings = replace(made.settings, commit_days=WINDOW, solve=replace(made.settings.solve, paths=PATHS))
    return _spread(_late(replace(made, settings=settings)))


def history(skus: int) -> Scenario:
    """A catalogue of two warehouses overseas with sales of more than a year, drawn from the demand of a longer one."""
    short, long = (generate(Catalogue(skus=skus, overseas=2, modes=4, weeks=count)) for count in (AHEAD, SOLD))
    wanted = drawn(_spread(long), SOLD, 1).demand
    wanted = wanted[wanted["week"] < SOLD]
    first = pd.Timestamp(short.settings.starts_on) - pd.Timedelta(weeks=SOLD)
    sales = {"sku": wanted["sku"].to_numpy(), "region": wanted["region"].to_numpy(), "days": 7,
             "date": (first + pd.to_timedelta(7 * wanted["week"], unit="D")).to_numpy(),
             "units": wanted["units"].to_numpy()}  # fmt: skip
    return _late(short).with_tables(demand=typed("demand", {}), sales=typed("sales", sales))


def _late(scenario: Scenario) -> Scenario:
    lanes = scenario["lanes"]
    return scenario.with_tables(lanes=lanes.assign(lead_time_p90_days=np.ceil(LATE * lanes["lead_time_days"])))


def _spread(scenario: Scenario) -> Scenario:
    demand = scenario["demand"]
    return scenario.with_tables(demand=demand.assign(spread=SPREAD * demand["mean"]))


SPECS = (
    Spec(
        "plan",
        f"a plan for {PATHS} sample paths, of which {WINDOW} days are decided now",
        uncertain,
        smoke=at(3, seconds=(4,)),
        run=at(1_000, seconds=(180,)),
        full=at(200, 1_000, seconds=(180,)),
    ),
    Spec(
        "backtest",
        "half a year replayed with five draws of delays by five policies; seconds are those of each week's plan",
        history,
        smoke=at(3, seconds=(1,)),
        run=at(200, seconds=(12,)),
        full=at(200, seconds=(12,)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """The command, as anybody runs it."""
    return ("command",)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What the command took, from tables on disk, and what came of it."""
    with tempfile.TemporaryDirectory(prefix="varying-") as name:
        tables, out = Path(name) / "tables", Path(name) / "out"
        facts = {"scenario": stored(spec.made(case.size, case.level), tables), "threads": THREADS}
        if spec.name == "plan":
            within = SEARCH * float(case.seconds or 1.0)
            return {**facts, **planned(tables, out, within, THREADS, 0.0), "search_seconds": within, "paths": PATHS}
        return {**facts, **_replayed(tables, out, case)}


def _replayed(tables: Path, out: Path, case: Case) -> dict[str, Any]:
    weeks, runs, tuning = REPLAYED[case.level]
    told = {"weeks": weeks, "runs": runs, "tuning-weeks": tuning, "policies": ",".join(POLICIES), "workers": THREADS,
            "seconds": f"{case.seconds:g}", "out": out}  # fmt: skip
    words = [word for name, value in told.items() for word in (f"--{name}", str(value))]
    done = ran([sys.executable, "-m", "optimizer", "backtest", str(tables), *words, "--quiet"])
    if done.code:
        raise OptimizerError(f"optimizer backtest ended with code {done.code}: {done.said}")
    found = json.loads((out / "backtest.json").read_text(encoding="utf-8"))
    costs = {one["policy"]: [one["total_cost"], one["seconds_a_week"], one["missed"]] for one in found["policies"]}
    return {**done.figures, "weeks": weeks, "runs": runs, "policies": costs}


VARYING = Suite(
    "varying",
    "How long do plans for several paths and back-tests take?",
    SPECS,
    methods,
    measure,
    varying_table,
    faults=faults,
    around=7_200.0,
)
