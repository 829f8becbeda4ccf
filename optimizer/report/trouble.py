"""What is short, idle, too full or below target, the dearest first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.mismatch import idle

SHORT = ("sku", "name", "region", "units", "share", "money", "from_day", "until_day")
IDLE = ("location", "sku", "name", "units", "volume_m3", "value", "cleared", "left")
FULL = ("location", "kind", "volume_m3", "from_day", "until_day", "amount")
BELOW = ("location", "sku", "name", "units", "from_day", "until_day", "amount")

#: Less is rounding.
LEAST_UNITS = 0.05


def short(ledger: Ledger) -> pd.DataFrame:
    """Demand that is not met, by SKU and region: units, their share of its demand, money, from when until when."""
    keys = ["sku", "region"]
    lost = ledger.entries["lost_sales"].rename(columns={"amount": "money"})
    rows = _spans(ledger, lost, keys, units="sum", money="sum")
    wanted = ledger.events.demand.groupby(keys)["units"].sum().rename("wanted")
    rows = rows[rows["units"] >= LEAST_UNITS].join(wanted, on=keys)
    rows = rows.assign(share=rows["units"] / rows["wanted"], name=names(ledger, rows["sku"]))
    return _dearest(rows, "money", SHORT)


def idle_now(ledger: Ledger) -> pd.DataFrame:
    """What stands idle at the end of the first period, by location and SKU; what of it is to be cleared, what stays."""
    units = idle(ledger)[:, :, 0]
    place, sku = np.nonzero(units >= LEAST_UNITS)
    rows = pd.DataFrame(
        {"location": ledger.stock.locations[place], "sku": ledger.stock.skus[sku], "units": units[place, sku]}
    )
    goods, keys = ledger.facts.goods, ["location", "sku"]
    away = ledger.delivered[ledger.delivered["region_kind"] != "customers"]
    rows = rows.join(away.groupby(keys)["units"].sum().rename("cleared"), on=keys)
    left = ledger.stock.on_hand[place, sku, -1]
    rows = rows.assign(
        name=names(ledger, rows["sku"]),
        volume_m3=rows["units"] * look_up(rows["sku"], goods["volume"]),
        value=rows["units"] * look_up(rows["sku"], goods["value"]),
        cleared=np.minimum(rows["cleared"].fillna(0.0), rows["units"]),
        left=np.minimum(left, rows["units"]),
    )
    return _dearest(rows, "value", IDLE)


def full(ledger: Ledger, overflow: pd.DataFrame) -> pd.DataFrame:
    """Space beyond the limits by location and kind: at most how much, from when until when, for how much."""
    keys = ["location", "period", "kind"]
    rows = ledger.entries["overflow_rent"].merge(overflow[[*keys, "volume_m3"]], on=keys)
    return _dearest(_spans(ledger, rows, ["location", "kind"], volume_m3="max", amount="sum"), "amount", FULL)


def below_target(ledger: Ledger, shortfall: pd.DataFrame) -> pd.DataFrame:
    """Stock below its target by location and SKU: at most how many units, from when until when, for how much."""
    keys = ["location", "sku", "period"]
    rows = ledger.entries["low_stock_fees"].merge(shortfall[[*keys, "units"]], on=keys)
    rows = _spans(ledger, rows, ["location", "sku"], units="max", amount="sum")
    return _dearest(rows.assign(name=names(ledger, rows["sku"])), "amount", BELOW)


def names(ledger: Ledger, skus: pd.Series) -> np.ndarray:
    """Names of SKUs, as the seller calls them."""
    return look_up(skus, ledger.facts.goods["name"])


def _spans(ledger: Ledger, rows: pd.DataFrame, keys: list[str], **columns: str) -> pd.DataFrame:
    """Rows put together by keys, with the first and the last day that they touch."""
    calendar, period = ledger.facts.calendar, rows["period"].to_numpy()
    last = calendar.ends - np.timedelta64(1, "D")
    rows = rows.assign(
        from_day=calendar.starts[period].astype("datetime64[ns]"), until_day=last[period].astype("datetime64[ns]")
    )
    return rows.groupby(keys, sort=True).agg(columns | {"from_day": "min", "until_day": "max"}).reset_index()


def _dearest(rows: pd.DataFrame, column: str, columns: tuple[str, ...]) -> pd.DataFrame:
    return rows.sort_values(column, ascending=False, kind="stable")[list(columns)].reset_index(drop=True)
