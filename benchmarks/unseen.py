"""What is decided now, held fixed, on futures that the plan has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer import solve
from optimizer.errors import Impossible, NoPlan, Refused
from optimizer.forecast.paths.sample import without_paths
from optimizer.network.network import connect
from optimizer.network.reachable import decided_on
from optimizer.plan.plan import Plan
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.solver import Limits

#: Fresh paths that one program decides for, and the share of the mission cost at which its search may stop.
TOGETHER, GAP = 5, 0.002
#: Seeds of fresh paths begin here, far from those of plans.
FRESH = 1_000_000


@dataclass(frozen=True)
class Unseen:
    """Total costs of batches of fresh paths; `impossible`: batches on which goods that were to leave are not there;
    `late`: batches for which no plan was found in time, of which nothing is known.
    """

    costs: tuple[float, ...]
    impossible: int
    late: int


def with_count(scenario: Scenario, paths: int, seed: int) -> Scenario:
    """The scenario asking for so many paths, drawn by a seed."""
    settings = scenario.settings
    asked = replace(settings, solve=replace(settings.solve, paths=paths, seed=seed))
    return without_paths(replace(scenario, settings=asked))


def unseen(plan: Plan, paths: int, seconds: float) -> Unseen:
    """What it costs to go on from what a plan decides now, on so many fresh paths, each `seconds` for a batch.

    Every plan is held against the same futures. Only the rest is decided again, with all that a path knows of itself.
    """
    held, costs, impossible, late = _held(plan), [], 0, 0
    for batch in range(paths // TOGETHER):
        fresh = with_count(held, TOGETHER, FRESH + batch)
        try:
            made = solve.plan(fresh, method="whole", gap=GAP, limits=Limits(seconds=seconds, threads=1, seed=1))
        except (Impossible, Refused):
            impossible += 1
        except NoPlan:
            late += 1
        else:
            costs.append(made.total_cost)
    return Unseen(tuple(costs), impossible, late)


def _held(plan: Plan) -> Scenario:
    """The scenario of a plan with locks on every shipment that falls due within the commit window."""
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
    return plan.scenario.with_tables(locks=joined("locks", plan.scenario["locks"], locks))
