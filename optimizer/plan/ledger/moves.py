"""What it costs to move a unit on a lane, with the tables in force after the horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.duty_rates import duty_terms
from optimizer.plan.ledger.entering import container_handlers, container_handling_rate, handling_rate
from optimizer.plan.ledger.facts import Facts


def move_costs(facts: Facts) -> np.ndarray:
    """Cost of a unit on each lane (lanes, SKUs); inf where a rate is missing.

    Fees of departures, minimum charges and breaks do not count.
    """
    rates = facts.scenario["freight_rates"]
    tables = dict(iter(rates.groupby("lane")))
    costs = np.zeros((len(facts.lanes), len(facts.goods)))
    for place, lane in enumerate(facts.lanes.itertuples()):
        costs[place] = _freight(facts, lane, tables.get(lane.Index, rates.iloc[:0])) + _duty(facts, lane)
    return np.where(np.isnan(costs), np.inf, costs)


def _freight(facts: Facts, lane, rates: pd.DataFrame) -> np.ndarray:
    """Freight by every basis of the lane, and handling at its destination."""
    goods = facts.goods
    by_container = lane.in_containers and lane.destination in set(container_handlers(facts))
    total = np.zeros(len(goods)) if by_container else _loose_handling(facts, lane)
    boxes = []
    for (basis, container_type), rows in rates.groupby(["basis", "container_type"]):
        lowest, divisor = _at_end(facts, rows)
        if basis == "container":
            handling = container_handling_rate(facts, *_there(facts, lane), container_type) if by_container else 0.0
            boxes.append((lowest + handling) * _share_of_box(facts, container_type))
        elif basis == "kg":
            total += lowest * np.fmax(goods["weight"].to_numpy(), goods["volume"].to_numpy() * 1e6 / divisor)
        elif basis in ("m3", "case"):
            total += lowest * (goods["volume"] if basis == "m3" else 1 / goods["pack"]).to_numpy()
    return total + (np.fmin.reduce(boxes) if boxes else 0.0)


def _loose_handling(facts: Facts, lane) -> np.ndarray:
    place, day = _there(facts, lane)
    by_case, by_volume = (np.nan_to_num(handling_rate(facts, place, day, basis)) for basis in ("case", "m3"))
    return by_case / facts.goods["pack"].to_numpy() + by_volume * facts.goods["volume"].to_numpy()


def _there(facts: Facts, lane) -> tuple[np.ndarray, np.ndarray]:
    return np.array([lane.destination], dtype=object), np.array([facts.end])


def _share_of_box(facts: Facts, container_type: str) -> np.ndarray:
    """The share of a container that a unit takes, by volume or by weight."""
    box = facts.scenario["container_types"].set_index("container_type").loc[container_type]
    return np.maximum(facts.goods["volume"] / box["volume_m3"], facts.goods["weight"] / box["payload_kg"]).to_numpy()


def _at_end(facts: Facts, rows: pd.DataFrame) -> tuple[float, float]:
    """Lowest rate (scenario currency) and volumetric divisor of a dated table at the horizon's end; else NaN."""
    begins = day_numbers(rows["valid_from"])
    begun = begins[begins <= facts.end]
    if not len(begun):
        return np.nan, np.nan
    rows = rows[begins == begun.max()]
    amounts = rows["rate"].to_numpy() * facts.exchange(rows["currency"], np.full(len(rows), facts.end))
    return float(amounts.min()), float(rows["volumetric_divisor"].min())


def _duty(facts: Facts, lane) -> np.ndarray | float:
    if not lane.pays_duty:
        return 0.0
    count, goods = len(facts.goods), facts.goods
    territory, days = np.full(count, lane.territory, dtype=object), np.full(count, facts.end)
    terms = duty_terms(facts, "freight", goods.index.to_numpy(), territory, days)
    return (terms["rate"] * goods["declared"].to_numpy() + terms["per_item"]).to_numpy()
