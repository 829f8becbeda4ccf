"""What it costs to bring a unit to a location, with the tables in force after the horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import attach
from optimizer.plan.ledger.duty_rates import duty_terms
from optimizer.plan.ledger.entering import container_handlers, container_handling_rate, handling_rate
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.freight import brackets


def move_costs(facts: Facts) -> np.ndarray:
    """Cost of moving one unit on each lane (lanes, SKUs), without fees of departures, minimum charges and breaks."""
    return (
        np.vstack([_move_cost(facts, lane) for lane in facts.lanes.index])
        if len(facts.lanes)
        else np.zeros((0, len(facts.goods)))
    )


def landed_costs(facts: Facts, moves: np.ndarray) -> np.ndarray:
    """Least cost of having a unit at a location (locations, SKUs); unit value where no way leads there.

    A SKU with sourcing comes from its suppliers; one without is worth its unit value where it stands or will arrive.
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
    place, sku = facts.locations.index.get_indexer(sourcing["supplier"]), facts.goods.index.get_indexer(sourcing["sku"])
    costs[place, sku] = sourcing["unit_cost"] * facts.exchange(sourcing["currency"], np.full(len(sourcing), facts.end))
    stands = facts.scenario["opening_stock"][["location", "sku", "units"]]
    comes = facts.scenario["in_transit"][["destination", "sku", "units"]].rename(columns={"destination": "location"})
    there = pd.concat([stands, comes], ignore_index=True)
    there = there[~there["sku"].isin(sourcing["sku"])]
    place, sku = facts.locations.index.get_indexer(there["location"]), facts.goods.index.get_indexer(there["sku"])
    costs[place, sku] = facts.goods["value"].to_numpy()[sku]
    return costs


def _move_cost(facts: Facts, lane: str) -> np.ndarray:
    goods, row = facts.goods, facts.lanes.loc[lane]
    volume, weight = goods["volume"].to_numpy(), goods["weight"].to_numpy()
    total = _freight(facts, lane, volume, weight, goods["pack"].to_numpy())
    if row["in_containers"] and row["destination"] in set(container_handlers(facts)):
        total = total + _in_container(facts, lane, row["destination"], volume, weight, handled=True)
    else:
        total = total + _in_container(facts, lane, row["destination"], volume, weight, handled=False)
        for basis, quantity in (("case", 1 / goods["pack"].to_numpy()), ("m3", volume)):
            total = (
                total
                + np.nan_to_num(handling_rate(facts, np.array([row["destination"]]), basis, "", np.array([facts.end])))
                * quantity
            )
    return total + (_duty(facts, row["territory"]) if row["pays_duty"] else 0.0)


def _freight(facts: Facts, lane: str, volume: np.ndarray, weight: np.ndarray, pack: np.ndarray) -> np.ndarray:
    total = np.zeros(len(volume))
    rates = facts.scenario["freight_rates"]
    for basis, rows in brackets(facts)[lambda table: table["lane"] == lane].groupby("basis"):
        table = _at_end(facts, rows)
        cubed = np.fmax(weight, volume * 1e6 / table["volumetric_divisor"].min()) if basis == "kg" else volume
        total += table["amount"].min() * cubed if len(table) else np.nan
    by_case = rates[(rates["lane"] == lane) & (rates["basis"] == "case")]
    return total + (_at_end(facts, by_case)["amount"].min() / pack if len(by_case) else 0.0)


def _in_container(
    facts: Facts, lane: str, destination: str, volume: np.ndarray, weight: np.ndarray, handled: bool
) -> np.ndarray:
    rates = facts.scenario["freight_rates"]
    options = []
    for name, rows in rates[(rates["lane"] == lane) & (rates["basis"] == "container")].groupby("container_type"):
        box = facts.scenario["container_types"].set_index("container_type").loc[name]
        handling = (
            container_handling_rate(facts, np.array([destination]), str(name), np.array([facts.end]))[0]
            if handled
            else 0.0
        )
        table = _at_end(facts, rows)
        if len(table):
            options.append(
                (table["amount"].min() + handling) * np.maximum(volume / box["volume_m3"], weight / box["payload_kg"])
            )
    return np.min(options, axis=0) if options else np.zeros(len(volume))


def _at_end(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one dated table in force at the end of the horizon, with `amount` in the scenario's currency."""
    table = attach(
        pd.DataFrame({"lane": rows["lane"].unique()}), rows, ["lane"], np.full(rows["lane"].nunique(), facts.end)
    )
    return table.assign(amount=table["rate"] * facts.exchange(table["currency"], table["day"]))


def _duty(facts: Facts, territory: str) -> np.ndarray:
    count = len(facts.goods)
    terms = duty_terms(
        facts,
        "freight",
        facts.goods.index.to_numpy(),
        np.full(count, territory, dtype=object),
        np.full(count, facts.end),
    )
    return (terms["rate"] * facts.goods["declared"].to_numpy() + terms["per_item"]).to_numpy()
