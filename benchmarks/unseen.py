"""What is decided now, held fixed, on futures that the plan has not seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer import solve
from optimizer.errors import Impossible, NoPlan, Refused
from optimizer.forecast.complete import complete
from optimizer.forecast.paths import with_paths
from optimizer.forecast.paths.sample import without_paths
from optimizer.network.horizon import bucket_ends
from optimizer.network.network import connect
from optimizer.network.reachable import decided_on
from optimizer.plan.plan import Plan
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.drawn import drawn
from optimizer.simulation.our_plan import OurPlan
from optimizer.simulation.replay import replay
from optimizer.simulation.scene import WEEK
from optimizer.solvers.solver import Limits

#: Fresh paths that one program decides for, and the share of the mission cost at which its search may stop.
TOGETHER, GAP = 5, 0.002
#: Seeds of fresh paths begin here, far from those of plans.
FRESH = 1_000_000


@dataclass(frozen=True)
class Unseen:
    """The expected total cost by each draw of fresh paths; `impossible`: batches on which goods that were to leave are
    not there; `late`: batches for which no plan was found in time. A draw with such a batch tells no cost.
    """

    costs: tuple[float, ...]
    impossible: int
    late: int


def with_count(scenario: Scenario, paths: int, seed: int) -> Scenario:
    """The scenario asking for so many paths, drawn by a seed."""
    settings = scenario.settings
    asked = replace(settings, solve=replace(settings.solve, paths=paths, seed=seed))
    return without_paths(replace(scenario, settings=asked))


def unseen(plan: Plan, scenario: Scenario, draws: int, each: int, seconds: float) -> Unseen:
    """What it costs to go on from what a plan of a scenario decides now, on `each` paths of so many fresh draws,
    `seconds` for each batch of them.

    Every plan is held against the same futures. Only the rest is decided again, with all that a path knows of itself.
    A draw of many paths is spread over the whole distribution in thin shares, the tails among them; the rare long
    delays weigh on one path of each draw what they weigh in a plan for several paths. What SKUs share later on
    (containers, fees of departures, overflow) is paid for what is expected over a batch, as in any program of several
    paths, so a cost is one of programs of `TOGETHER` paths.
    """
    held, costs, impossible, late = held_to(plan, scenario), [], 0, 0
    for draw in range(draws):
        total = 0.0
        for share, batch in batches(with_count(held, each, FRESH + draw)):
            try:
                made = solve.plan(batch, method="whole", gap=GAP, limits=Limits(seconds=seconds, threads=1, seed=1))
            except (Impossible, Refused):
                impossible, total = impossible + 1, np.nan
            except NoPlan:
                late, total = late + 1, np.nan
            else:
                total += share * made.total_cost
        costs += [total] if np.isfinite(total) else []
    return Unseen(tuple(costs), impossible, late)


def batches(scenario: Scenario) -> Iterator[tuple[float, Scenario]]:
    """The paths that a scenario asks for, `TOGETHER` at a time: the weight of each batch, together 1, and the scenario
    with its paths alone.
    """
    mean = complete(scenario)
    whole = with_paths(mean, scenario, bucket_ends(mean))
    paths = whole["paths"]
    for first in range(0, len(paths), TOGETHER):
        part = paths.iloc[first : first + TOGETHER]
        share, numbers = float(part["weight"].sum()), dict(zip(part["path"], range(1, len(part) + 1), strict=True))
        tables = {name: _only(whole[name], numbers) for name in ("path_demand", "path_delays")}
        weights = _only(part, numbers).assign(weight=part["weight"].to_numpy() / share)
        settings = replace(whole.settings, solve=replace(whole.settings.solve, paths=len(part)))
        yield share, replace(whole, settings=settings).with_tables(paths=weights, **tables)


def _only(table: pd.DataFrame, numbers: dict[int, int]) -> pd.DataFrame:
    """The rows of some paths, which are numbered anew."""
    mine = table[table["path"].isin(list(numbers))]
    return mine.assign(path=mine["path"].map(numbers).astype(table["path"].dtype)).reset_index(drop=True)


def rolling(scenario: Scenario, paths: int, seconds: float, runs: int) -> list[float]:
    """Total costs of so many replays of the weeks of a scenario's horizon, in worlds drawn from what it expects, in
    which a plan for so many paths is made anew every week, `seconds` for each: nobody knows the future there.
    """
    weeks = math.ceil(sum(scenario.settings.periods) / WEEK)
    policy = OurPlan(paths=paths, seconds=seconds, gap=GAP, method="whole")
    seeds = range(FRESH, FRESH + runs)
    return [replay(drawn(without_paths(scenario), weeks, seed), policy, weeks, seed).total_cost for seed in seeds]


def held_to(plan: Plan, scenario: Scenario) -> Scenario:
    """A scenario, as it was told, with locks on every shipment of its plan that falls due within the commit window."""
    net = connect(with_count(plan.scenario, 1, 1))  # one path, as planned: every key that there is
    until = net.ground.committed_until
    rows = net.shipments
    decided = decided_on(net.ground)[rows["sailing"], rows["sku"]]
    rows = rows[decided < until]
    keys = pd.DataFrame(
        {
            "lane": net.ground.lanes.to_numpy(dtype=object)[rows["lane"]],
            "sku": net.ground.skus[rows["sku"]],
            "period": rows["period"].to_numpy(),
            "date": net.sailings["departs_on"].to_numpy()[rows["sailing"]],
        }
    )
    shipped = plan["ship"][["lane", "sku", "period", "units"]]
    units = keys.merge(shipped, on=["lane", "sku", "period"], how="left")["units"].fillna(0.0).to_numpy()
    locks = typed(
        "locks",
        {
            "lane": keys["lane"],
            "sku": keys["sku"],
            "date": keys["date"],
            "least": np.round(units, 6),
            "most": np.round(units, 6),
        },
    )
    return scenario.with_tables(locks=joined("locks", scenario["locks"], locks))
