"""What is short, idle, too full or below target, the dearest first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.mismatch import idle

SHORT = ("sku", "name", "region", "units", "of_demand", "money", "from_day", "until_day")
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
    rows = rows[rows["units"] >= LEAST_UNITS].reset_index(drop=True)
    wanted = ledger.events.demand.groupby(keys)["units"].sum().to_dict()
    pairs = zip(rows["sku"], rows["region"], strict=True)
    all_of_it = np.array([wanted[pair] for pair in pairs], dtype=float)
    rows = rows.assign(of_demand=rows["units"] / all_of_it, name=names(ledger, rows["sku"]))
    return _dearest(rows, "money", SHORT)


def idle_now(ledger: Ledger) -> pd.DataFrame:
    """What stands idle at the end of the first period, by location and SKU; what of it is to be cleared, what stays."""
    units, goods = idle(ledger)[:, :, 0], ledger.facts.goods
    place, sku = np.nonzero(units >= LEAST_UNITS)
    skus = ledger.stock.skus.to_numpy(dtype=object)[sku]
    rows = pd.DataFrame(
        {
            "location": ledger.stock.locations.to_numpy(dtype=object)[place],
            "sku": skus,
            "name": goods["name"].reindex(skus).to_numpy(dtype=object),
            "units": units[place, sku],
            "volume_m3": units[place, sku] * goods["volume"].reindex(skus).to_numpy(dtype=float),
            "value": units[place, sku] * goods["value"].reindex(skus).to_numpy(dtype=float),
            "cleared": np.minimum(_cleared(ledger)[place, sku], units[place, sku]),
            "left": np.minimum(ledger.stock.on_hand[place, sku, -1], units[place, sku]),
        }
    )
    return _dearest(rows, "value", IDLE)


def _cleared(ledger: Ledger) -> np.ndarray:
    """Units that go to clearance and disposal over the horizon, (locations, SKUs)."""
    away, stock = ledger.delivered[ledger.delivered["region_kind"] != "customers"], ledger.stock
    units = np.zeros((len(stock.locations), len(stock.skus)))
    at, of = stock.locations.get_indexer(away["location"]), stock.skus.get_indexer(away["sku"])
    held = at >= 0  # a supplier that disposes of goods holds no stock
    np.add.at(units, (at[held], of[held]), away["units"].to_numpy()[held])
    return units


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
