"""What it costs to move a unit on a lane, with the tables in force after the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.duty_rates import duty_terms
from optimizer.plan.ledger.entering import container_handlers, container_handling_rate, handling_rate
from optimizer.plan.ledger.facts import Facts

#: What a unit's share of can be told: not so a whole departure.
BASES = ("container", "kg", "m3", "case")


def move_costs(facts: Facts) -> np.ndarray:
    """Cost of a unit on each lane (lanes, SKUs); inf where a rate is missing.

    Fees of departures, minimum charges and breaks do not count.
    """
    by_container = (
        facts.lanes["in_containers"] & facts.lanes["destination"].isin(container_handlers(facts))
    ).to_numpy()
    costs = _duty(facts) + np.where(by_container[:, None], 0.0, _loose_handling(facts))
    boxes: dict[int, np.ndarray] = {}
    handled, share = cache(partial(_box_handling, facts)), cache(partial(_share_of_box, facts))
    for basis, container_type, lane, lowest, divisor in _at_end(facts):
        if basis == "container":
            handling = handled(container_type)[lane] if by_container[lane] else 0.0
            box = (lowest + handling) * share(container_type)
            boxes[lane] = np.fmin(boxes[lane], box) if lane in boxes else box
        else:
            costs[lane] += lowest * _units_of(facts, basis, divisor)
    for lane, box in boxes.items():
        costs[lane] += box
    return np.where(np.isnan(costs), np.inf, costs)


def _at_end(facts: Facts) -> Iterator[tuple[str, str, int, float, float]]:
    """Of each basis and container type that a lane has rates by: both, the lane's number, lowest rate (scenario
    currency) and volumetric divisor of the version in force at the horizon's end; NaN where none is.
    """
    rates = facts.scenario["freight_rates"]
    rates = rates[rates["lane"].isin(facts.lanes.index) & rates["basis"].isin(BASES)]
    by, keys = rates.groupby(["lane", "basis", "container_type"], sort=False).ngroup().to_numpy(), rates.to_dict("list")
    begins = day_numbers(rates["valid_from"])
    amounts = rates["rate"].to_numpy() * facts.exchange(rates["currency"], np.full(len(rates), facts.end))
    count = by.max(initial=-1) + 1
    version = np.full(count, np.iinfo(np.int64).min)
    np.maximum.at(version, by[begins <= facts.end], begins[begins <= facts.end])
    now = begins == version[by]
    lowest, divisor = np.full(count, np.inf), np.full(count, np.inf)
    np.minimum.at(lowest, by[now], amounts[now])
    np.fmin.at(divisor, by[now], rates["volumetric_divisor"].to_numpy(dtype=float)[now])
    first = np.unique(by, return_index=True)[1]
    lanes = facts.lanes.index.get_indexer(rates["lane"])
    for group, row in enumerate(first):
        yield (
            keys["basis"][row], keys["container_type"][row], int(lanes[row]),
            lowest[group] if np.isfinite(lowest[group]) else np.nan, divisor[group],
        )  # fmt: skip


def _units_of(facts: Facts, basis: str, divisor: float) -> np.ndarray:
    """What a unit counts for on a basis: chargeable kg, m3, or cases."""
    goods = facts.goods
    if basis == "kg":
        return np.fmax(goods["weight"].to_numpy(), goods["volume"].to_numpy() * 1e6 / divisor)
    return goods["volume"].to_numpy() if basis == "m3" else 1 / goods["pack"].to_numpy()


def _loose_handling(facts: Facts) -> np.ndarray:
    """Handling by case and by m3 at the destination of each lane (lanes, SKUs)."""
    by_case, by_volume = (np.nan_to_num(handling_rate(facts, *_there(facts), basis)) for basis in ("case", "m3"))
    return np.outer(by_case, 1 / facts.goods["pack"].to_numpy()) + np.outer(by_volume, facts.goods["volume"].to_numpy())


def _box_handling(facts: Facts, container_type: str) -> np.ndarray:
    """Handling of a container at the destination of each lane."""
    return container_handling_rate(facts, *_there(facts), container_type)


def _there(facts: Facts) -> tuple[np.ndarray, np.ndarray]:
    """Destination of each lane, and the day on which rates are asked for."""
    return facts.lanes["destination"].to_numpy(dtype=object), np.full(len(facts.lanes), facts.end)


def _share_of_box(facts: Facts, container_type: str) -> np.ndarray:
    """The share of a container that a unit takes, by volume or by weight."""
    box = facts.scenario["container_types"].set_index("container_type").loc[container_type]
    return np.maximum(facts.goods["volume"] / box["volume_m3"], facts.goods["weight"] / box["payload_kg"]).to_numpy()


def _duty(facts: Facts) -> np.ndarray:
    """Duty of a unit on each lane (lanes, SKUs); 0 where none is paid."""
    lanes, goods = facts.lanes, facts.goods
    duty = np.zeros((len(lanes), len(goods)))
    pays = lanes["pays_duty"].to_numpy(dtype=bool)
    for territory in pd.unique(lanes["territory"][pays]):
        everywhere, days = np.full(len(goods), territory, dtype=object), np.full(len(goods), facts.end)
        terms = duty_terms(facts, "freight", goods.index.to_numpy(), everywhere, days)
        per_unit = terms["rate"] * goods["declared"].to_numpy() + terms["per_item"]
        duty[pays & (lanes["territory"] == territory).to_numpy()] = per_unit.to_numpy()
    return duty
