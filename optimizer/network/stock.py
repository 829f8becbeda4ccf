"""Where and when stock can be on hand, what it costs to hold it, and how it ages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.survey import Survey
from optimizer.rates.storage import Tiers, tiers
from optimizer.scenario.calendar import DAY


def stock(ground: Survey, earliest: np.ndarray) -> pd.DataFrame:
    """One row per location (no suppliers), SKU and period in which stock can be on hand.

    Columns: path, location, sku, period, opening (units before the first period), receipts (units that the past has
    sent), rent (of a unit that is not aged), capital, volume, most.
    """
    calendar, goods = ground.scenario.calendar, ground.goods
    held = earliest[:, :, None] <= np.arange(len(calendar))
    held &= (ground.kinds != "supplier")[:, None, None]
    location, sku, period = np.nonzero(held)
    table = pd.DataFrame({"path": ground.path, "location": location, "sku": sku, "period": period})
    opening, receipts = _known(ground)
    table["opening"] = np.where(period == 0, opening[location, sku], 0.0)
    table["receipts"] = receipts[location, sku, period]
    table["volume"] = goods.volume[sku]
    base = np.array([[tier.increase[0] for tier in row] for row in ground.once(rent_tiers)])
    days = calendar.days[period]
    table["rent"] = base[location, period] * days * goods.volume[sku]
    table["capital"] = ground.scenario.settings.capital_rate / 365 * goods.unit_value[sku] * days
    return table


def rent_tiers(ground: Survey) -> list[list[Tiers]]:
    """Tiers in force at each location in each period, [L][T]."""
    calendar = ground.scenario.calendar
    known = tiers(ground.scenario, ground.exchange, calendar.starts)
    free = [Tiers(np.zeros(1), np.zeros(1))] * len(calendar)
    return [known.get(name, free) for name in ground.locations]


def ageing(ground: Survey, stock: pd.DataFrame) -> pd.DataFrame:
    """One row per stock row and higher rent tier that units can have reached: path, location, sku, period,
    from_age_days, rent (increase for a unit), young (units of opening lots below that age), before (period before the
    first one whose receipts are still below it; -1 if none).
    """
    calendar = ground.scenario.calendar
    age, increase = _padded(ground.once(rent_tiers))
    location, period = (stock[name].to_numpy() for name in ("location", "period"))
    row, tier = np.nonzero(increase[location, period] > 0)
    table = stock[["path", "location", "sku", "period"]].iloc[row].reset_index(drop=True)
    from_age = age[location[row], period[row], tier]
    table["from_age_days"] = from_age
    table["rent"] = (
        increase[location[row], period[row], tier] * calendar.days[period[row]] * stock["volume"].to_numpy()[row]
    )
    table["before"] = (
        np.searchsorted(calendar.starts, calendar.ends[period[row]] - from_age.astype(np.int64) * DAY, side="right") - 1
    )
    table["young"], old = _lots_by_age(ground, table)
    return table[(table["before"] >= 0) | (old > 0)].reset_index(drop=True)


def _padded(by_period: list[list[Tiers]]) -> tuple[np.ndarray, np.ndarray]:
    """Ages and increases of all tiers above the first, (L, T, tiers); increase 0 where there are fewer."""
    width = max(len(tier.increase) for row in by_period for tier in row) - 1
    age, increase = np.zeros((2, len(by_period), len(by_period[0]), width))
    for location, row in enumerate(by_period):
        for period, tier in enumerate(row):
            higher = len(tier.increase) - 1
            age[location, period, :higher], increase[location, period, :higher] = (
                tier.from_age_days[1:],
                tier.increase[1:],
            )
    return age, increase


def _lots_by_age(ground: Survey, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Units of opening lots younger than the tier at the end of the period, and the others, per row."""
    lots = ground.lots.assign(row=np.arange(len(ground.lots)))
    keys = table[["location", "sku"]].assign(
        key=np.arange(len(table)), end=ground.scenario.calendar.ends[table["period"]], age=table["from_age_days"]
    )
    joined = keys.merge(lots, on=["location", "sku"])
    age = (
        joined["end"].to_numpy().astype("datetime64[D]") - joined["received_on"].to_numpy().astype("datetime64[D]")
    ) / DAY
    is_young = age < joined["age"].to_numpy()
    young, old = (
        np.bincount(joined["key"], joined["units"] * mask, minlength=len(table)) for mask in (is_young, ~is_young)
    )
    return young, old


def _known(ground: Survey) -> tuple[np.ndarray, np.ndarray]:
    shape = len(ground.locations), len(ground.skus)
    opening, receipts = np.zeros(shape), np.zeros((*shape, len(ground.scenario.calendar) + 1))
    np.add.at(
        opening, (ground.lots["location"].to_numpy(), ground.lots["sku"].to_numpy()), ground.lots["units"].to_numpy()
    )
    coming = ground.receipts
    np.add.at(
        receipts,
        (coming["location"].to_numpy(), coming["sku"].to_numpy(), coming["period"].to_numpy()),
        coming["units"].to_numpy(),
    )
    return opening, receipts
