"""The legal shipments: lane, SKU and period, with what a unit costs and how many may go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.survey import Survey
from optimizer.rates.moves import loose_handling
from optimizer.scenario.calendar import DAY


def shipments(
    ground: Survey, decided: np.ndarray, earliest: np.ndarray, wanted: np.ndarray, useful: np.ndarray
) -> pd.DataFrame:
    """One row per legal shipment. `decided` (sailings, K) decision days, `earliest` (L, K), `wanted` (L, K) whether
    it is of use there, `useful` (sailings, K) most units.

    Columns: sailing, lane, sku, period, arrival, origin, destination, multiple (NaN if any quantity), least, most,
    and per unit purchase, freight, duty, handling, capital, volume, weight, value (at a supplier, on the first day of
    the period, for supplier minima).
    """
    sailings = ground.sailings
    least, most, named = locked(ground)
    legal = _legal(ground, decided, earliest, wanted, named, least > 0) & (most > 0)
    sailing, sku = np.nonzero(legal)
    table = sailings[["lane", "period", "arrival", "origin", "destination"]].iloc[sailing].reset_index(drop=True)
    table.insert(0, "sailing", sailing)
    table["sku"] = sku
    for name, costs in unit_costs(ground).items():
        table[name] = costs[sailing, sku]
    table["value"] = _values(ground)[sailing, sku]
    table["volume"], table["weight"] = ground.goods.volume[sku], ground.goods.weight[sku]
    table["multiple"] = _multiples(ground)[table["origin"].to_numpy(), sku]
    table["least"] = least[sailing, sku]
    table["most"] = _most(ground, table, most[sailing, sku], useful)
    return table


def locked(ground: Survey) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Least and most units of each SKU on each departure, and whether a lock names it; all (sailings, K)."""
    sailings, calendar = ground.sailings, ground.scenario.calendar
    shape = len(sailings), len(ground.skus)
    least, most, named = np.zeros(shape), np.full(shape, np.inf), np.zeros(shape, dtype=bool)
    locks = ground.scenario["locks"]
    for lane, sku, date, low, high in zip(
        ground.lanes.get_indexer(locks["lane"]),
        ground.sku_index.get_indexer(locks["sku"]),
        locks["date"],
        locks["least"],
        locks["most"],
        strict=True,
    ):
        mine = sailings["lane"].to_numpy() == lane
        if not pd.isna(date):
            mine &= sailings["period"].to_numpy() == calendar.period_of(np.array([date.to_datetime64()]))[0]
        least[mine, sku] = np.maximum(least[mine, sku], low)
        most[mine, sku] = np.fmin(most[mine, sku], high)
        named[mine, sku] = True
    return least, most, named


def unit_costs(ground: Survey) -> dict[str, np.ndarray]:
    """Cost of a unit of each SKU on each departure by cost line, each (sailings, K)."""
    sailings, goods = ground.sailings, ground.goods
    departs, arrives = (sailings[day].to_numpy().astype("datetime64[D]") for day in ("departs_on", "arrives_on"))
    purchase, freight, duty, handling = (np.zeros((len(sailings), len(goods))) for _ in range(4))
    for place, row in enumerate(sailings.itertuples()):
        lane = ground.lanes[row.lane]
        freight[place] = unit_freight(ground, lane, departs[place])
        if ground.kinds[row.origin] == "supplier":
            purchase[place] = supplier_costs(ground, row.origin, departs[place])
        if ground.territories[row.origin] != ground.territories[row.destination] and not row.duty_included:
            paid = ground.duties.on(goods, ground.territories[row.destination], "freight", arrives[place])
            duty[place] = paid.rate * goods.declared + paid.per_item
        if not in_containers(ground, lane, row.destination):
            handling[place] = loose_handling(
                ground.handling, ground.locations[row.destination], goods, arrives[place : place + 1]
            )[:, 0]
    capital = (
        ground.scenario.settings.capital_rate / 365 * sailings["transit_days"].to_numpy()[:, None] * goods.unit_value
    )
    return {"purchase": purchase, "freight": freight, "duty": duty, "handling": handling, "capital": capital}


def _values(ground: Survey) -> np.ndarray:
    """Unit cost of each SKU on the first day of the period of each departure from a supplier, (sailings, K)."""
    values = np.zeros((len(ground.sailings), len(ground.goods)))
    for place, (origin, period) in enumerate(zip(ground.sailings["origin"], ground.sailings["period"], strict=True)):
        if ground.kinds[origin] == "supplier":
            values[place] = supplier_costs(ground, origin, ground.scenario.calendar.starts[period])
    return values


def supplier_costs(ground: Survey, supplier: int, day: np.datetime64) -> np.ndarray:
    """What a unit of each SKU costs at a supplier on a day, (K,); 0 where it is not sourced there."""
    cost = ground.unit_costs[supplier].copy()
    for currency, mine in ground.bought_in[supplier]:
        cost[mine] *= ground.exchange.rate(currency, np.asarray(day))
    return np.nan_to_num(cost)


def in_containers(ground: Survey, lane: str, destination: int) -> bool:
    """Whether goods of a lane are handled by the container."""
    boxed = any(basis == "container" for basis, _ in ground.freight.bases(lane))
    return boxed and ground.handling.by_container(ground.locations[destination])


def unit_freight(ground: Survey, lane: str, day: np.datetime64) -> np.ndarray:
    """Freight of a unit that needs no charged quantity of the whole departure, (K,): by case, and by m3 or gross kg
    without steps.
    """
    cost = np.zeros(len(ground.goods))
    for table in ground.freight.tables(lane, day):
        if table.basis == "case":
            cost = cost + table.rate[0] / ground.goods.case_pack
        elif table.basis == "m3" and not table.stepped:
            cost = cost + table.rate[0] * ground.goods.volume
        elif table.basis == "kg" and not table.stepped and np.isnan(table.divisor):
            cost = cost + table.rate[0] * ground.goods.weight
    return cost


def _legal(
    ground: Survey,
    decided: np.ndarray,
    earliest: np.ndarray,
    wanted: np.ndarray,
    named: np.ndarray,
    forced: np.ndarray,
) -> np.ndarray:
    sailings, calendar = ground.sailings, ground.scenario.calendar
    origin, destination = sailings["origin"].to_numpy(), sailings["destination"].to_numpy()
    there = earliest[origin] <= sailings["period"].to_numpy()[:, None]
    in_time = decided >= calendar.starts[0]
    free = decided >= calendar.starts[0] + ground.scenario.settings.frozen_days * DAY
    return there & in_time & (free | named) & (wanted[destination] | forced)


def _multiples(ground: Survey) -> np.ndarray:
    """Units of a whole step, (L, K): of an order at suppliers, of a case elsewhere."""
    cases = np.broadcast_to(ground.goods.case_pack, (len(ground.locations), len(ground.goods)))
    supplier = (ground.kinds == "supplier")[:, None]
    order = ground.sourcing("order_multiple")
    return np.where(supplier & ~np.isnan(order), order, cases)


def _most(ground: Survey, table: pd.DataFrame, most: np.ndarray, useful: np.ndarray) -> np.ndarray:
    limits = ground.sailings.iloc[table["sailing"].to_numpy()]
    bound = useful[table["sailing"], table["sku"]]
    for column, size in (("capacity_m3", table["volume"]), ("capacity_kg", table["weight"]), ("capacity_units", 1.0)):
        bound = np.fmin(bound, limits[column].to_numpy() / size)
    return np.maximum(np.minimum(most, bound), table["least"])
