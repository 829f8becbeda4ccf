"""What it costs to have a unit at a location, with the tables in force after the horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.facts import Facts


def landed_costs(facts: Facts, moves: np.ndarray) -> np.ndarray:
    """Least cost of having a unit at a location (locations, SKUs); unit value where no way leads there.

    A SKU with sourcing comes from its suppliers; one without is worth its unit value where it stands or will arrive.
    `moves`: cost of moving a unit on each lane (lanes, SKUs).
    """
    costs = _sources(facts)
    begins, ends = (facts.locations.index.get_indexer(facts.lanes[name]) for name in ("origin", "destination"))
    for _ in range(len(costs)):
        before = costs.copy()
        for lane, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            costs[end] = np.minimum(costs[end], costs[begin] + moves[lane])
        if np.array_equal(before, costs):
            break
    return np.where(np.isinf(costs), facts.goods["value"].to_numpy(), costs)


def _sources(facts: Facts) -> np.ndarray:
    costs = np.full((len(facts.locations), len(facts.goods)), np.inf)
    sourcing = facts.scenario["sourcing"]
    places, skus = facts.locations.index, facts.goods.index
    paid = sourcing["unit_cost"] * facts.exchange(sourcing["currency"], np.full(len(sourcing), facts.end))
    costs[places.get_indexer(sourcing["supplier"]), skus.get_indexer(sourcing["sku"])] = paid
    stands = facts.scenario["opening_stock"][["location", "sku"]]
    comes = facts.scenario["in_transit"][["destination", "sku"]].rename(columns={"destination": "location"})
    there = pd.concat([stands, comes], ignore_index=True)
    there = there[~there["sku"].isin(sourcing["sku"])]
    sku = skus.get_indexer(there["sku"])
    costs[places.get_indexer(there["location"]), sku] = facts.goods["value"].to_numpy()[sku]
    return costs
