"""What it costs to serve a customer: last mile and parcel duty of a unit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optimizer.rates.duty import Duties
from optimizer.rates.exchange import Exchange
from optimizer.rates.goods import Goods


def last_mile(lane, goods: Goods, days: np.ndarray, exchange: Exchange) -> np.ndarray:
    """Cost of sending one unit on a row of `delivery_lanes`, shape (skus, days)."""
    cost = lane.per_order / goods.units_per_order + lane.per_kg * goods.charged_kg(lane.volumetric_divisor)
    return cost[:, None] * exchange.rate(lane.currency, days)[None, :]


def crosses_border(lane, countries: Mapping[tuple[str, str], tuple[str, str]], duties: Duties) -> bool:
    """Whether a delivery lane is cross-border; `countries` maps (location, region) to (from, to) where `kind` is
    empty.
    """
    if lane.kind:
        return lane.kind == "cross_border"
    origin, destination = countries[lane.location, lane.region]
    return duties.territory_of[origin] != duties.territory_of[destination]


def parcel_duty(goods: Goods, territory: str, days: np.ndarray, duties: Duties) -> np.ndarray:
    """Duty of one unit that enters as a parcel on each day, shape (skus, days); NaN where no rate is known."""
    result = np.empty((len(goods), len(days)))
    for place, day in enumerate(days):
        duty = duties.on(goods, territory, "parcel", day)
        result[:, place] = duty.rate * goods.declared + duty.per_item + duty.per_entry / goods.units_per_order
    return result
