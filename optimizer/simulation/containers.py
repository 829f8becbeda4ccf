"""The containers that a departure needs at the least cost."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.dated import attach
from optimizer.plan.ledger.entering import container_handlers, container_handling_rate
from optimizer.plan.ledger.events import nothing


def cheapest_containers(ledger: Ledger) -> pd.DataFrame:
    """The plan table `containers` that takes what `ledger` loaded on lanes charged by the container, at least cost."""
    facts, loaded = ledger.facts, ledger.loaded
    contained = loaded[loaded["lane"].isin(facts.lanes.index[facts.lanes["in_containers"]])]
    if contained.empty:
        return nothing("containers")
    offers = _offers(facts, contained)
    rows = [
        (lane, name, period, float(number))
        for (lane, period), types in offers.groupby(["lane", "period"], sort=False)
        for name, number in zip(types["container_type"], _fewest(types), strict=True)
        if number
    ]
    return pd.DataFrame(rows, columns=["lane", "container_type", "period", "containers"])


def _offers(facts: Facts, contained: pd.DataFrame) -> pd.DataFrame:
    """Each loaded departure with each container type on offer: what it holds and what it costs."""
    rates = facts.scenario["freight_rates"]
    rates = rates[rates["basis"] == "container"]
    wanted = contained.merge(rates[["lane", "container_type"]].drop_duplicates(), on="lane")
    rows = attach(wanted, rates, ["lane", "container_type"], wanted["day"].to_numpy())
    rows = rows.merge(
        facts.scenario["container_types"].drop(columns="note", errors="ignore"), on="container_type",
        suffixes=("", "_held"),
    )  # fmt: skip
    cost = rows["rate"].to_numpy() * facts.exchange(rows["currency"], rows["day"].to_numpy())
    places = rows["lane"].map(facts.lanes["destination"]).to_numpy(dtype=object)
    handled = np.isin(places, container_handlers(facts).to_numpy(dtype=object))
    for name in rows["container_type"].unique():
        mine = (rows["container_type"] == name).to_numpy()
        fee = container_handling_rate(facts, places[mine], rows["arrives"].to_numpy()[mine], str(name))
        cost[mine] += np.where(handled[mine], fee, 0.0)
    return rows.assign(cost=cost)


def _fewest(types: pd.DataFrame) -> list[int]:
    """Numbers of each type, cheapest in all, that hold the volume and the weight."""
    volume, weight = types["volume_m3"].iat[0], types["weight_kg"].iat[0]
    holds, bears = types["volume_m3_held"].to_numpy(), types["payload_kg"].to_numpy()
    costs = types["cost"].to_numpy()
    need = [_enough(volume, weight, hold, bear) for hold, bear in zip(holds, bears, strict=True)]
    best, least = [0] * len(need), math.inf
    for numbers in product(*(range(number + 1) for number in need[:-1])):
        room = np.array(numbers)
        rest = _enough(volume - room @ holds[:-1], weight - room @ bears[:-1], holds[-1], bears[-1])
        chosen = [*numbers, rest]
        if (cost := float(np.array(chosen) @ costs)) < least - 1e-9:
            best, least = chosen, cost
    return best


def _enough(volume: float, weight: float, holds: float, bears: float) -> int:
    return max(math.ceil(max(volume / holds, weight / bears) - 1e-6), 0)
