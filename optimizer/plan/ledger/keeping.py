"""Rent, capital, overflow and fees on stock that stands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.ledger.stock import Stock


class Rent:
    """Call with a location and a day number for the rent in force.

    Returns ages (days, the first is 0) and rates (per m3 and day, in the scenario's currency).
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        table = facts.scenario["storage_rates"]
        table = table.assign(version=day_numbers(table["valid_from"])).sort_values(["version", "from_age_days"])
        self._tables = {location: list(rows.groupby("version")) for location, rows in table.groupby("location")}

    def __call__(self, location: str, day: int) -> tuple[np.ndarray, np.ndarray]:
        begun = [rows for version, rows in self._tables.get(location, []) if version <= day]
        if not begun:
            return np.zeros(1, dtype=np.int64), np.zeros(1)
        ages = begun[-1]["from_age_days"].to_numpy(dtype=np.int64)
        rates = begun[-1]["per_m3_day"].to_numpy(dtype=float) * self._facts.exchange(
            begun[-1]["currency"], np.full(len(ages), day)
        )
        return (ages, rates) if ages[0] == 0 else (np.append(0, ages), np.append(0.0, rates))

    def tiers(self) -> pd.DataFrame:
        """Every tier in force: location, period, from_age_days, rate, and its rise over the tier before (`step`)."""
        rows = []
        for location in self._facts.stores:
            for period, start in enumerate(self._facts.starts):
                ages, rates = self(location, int(start))
                steps = np.diff(rates, prepend=0.0)
                rows += [(location, period, *tier) for tier in zip(ages, rates, steps, strict=True)]
        return pd.DataFrame(rows, columns=["location", "period", "from_age_days", "rate", "step"])


def aged_stock(stock: Stock, tiers: pd.DataFrame) -> pd.DataFrame:
    """Units on hand in each higher tier of the rent in force: location, sku, period, from_age_days, units."""
    higher = tiers[tiers["from_age_days"] > 0]
    places = stock.locations.get_indexer(higher["location"])
    columns: list[tuple[np.ndarray, ...]] = [(np.zeros(0, dtype=np.int64),) * 4 + (np.zeros(0),)]
    for place, period, age in zip(places, higher["period"], higher["from_age_days"], strict=True):
        units = stock.aged(place, period, age)
        some = np.flatnonzero(units > 1e-9)
        columns.append(
            (np.full(len(some), place), some, np.full(len(some), period), np.full(len(some), age), units[some])
        )
    place, sku, period, age, units = (np.concatenate(column) for column in zip(*columns, strict=True))
    return pd.DataFrame(
        {
            "location": stock.locations.to_numpy(dtype=object)[place],
            "sku": stock.skus.to_numpy(dtype=object)[sku],
            "period": period,
            "from_age_days": age,
            "units": units,
        }
    )


def storage_rent(
    facts: Facts, stock: Stock, aged: pd.DataFrame, delivered: pd.DataFrame, tiers: pd.DataFrame
) -> pd.DataFrame:
    """Days x volume x rate by age of what stands at the end of each period: location, sku, period, amount."""
    standing = stock.on_hand
    if facts.scenario.settings.rent_on == "end_and_half_deliveries":
        standing = standing + _half_deliveries(stock, delivered)
    first = tiers.loc[tiers["from_age_days"] == 0, "rate"].to_numpy().reshape(len(stock.locations), facts.periods)
    volume = facts.goods["volume"].to_numpy()
    amounts = standing * volume[None, :, None] * (first * facts.calendar.days)[:, None, :]
    whole = stock.rows(amounts, 0.0).rename(columns={"units": "amount"})
    older = aged.merge(tiers, on=["location", "period", "from_age_days"])
    older = older.assign(
        amount=older["step"]
        * older["units"]
        * look_up(older["sku"], facts.goods["volume"])
        * facts.calendar.days[older["period"]]
    )
    return pd.concat([whole, older[["location", "sku", "period", "amount"]]], ignore_index=True)


def stock_capital(facts: Facts, stock: Stock) -> pd.DataFrame:
    """Capital bound in stock: location, sku, period, amount."""
    rate = facts.scenario.settings.capital_rate / 365
    amounts = stock.on_hand * facts.goods["value"].to_numpy()[None, :, None] * facts.calendar.days * rate
    return stock.rows(amounts, 0.0).rename(columns={"units": "amount"})


def overflow_rent(facts: Facts, overflow: pd.DataFrame) -> pd.DataFrame:
    """Price of what goes beyond storage (per day) and receiving capacity: location, period, kind, amount."""
    place = facts.locations.reindex(overflow["location"].to_numpy(dtype=object)).reset_index(drop=True)
    rows = overflow.reset_index(drop=True)
    exchange = facts.exchange(place["currency"].fillna(""), facts.starts[rows["period"]])
    storing = rows["kind"] == "storage"
    price = np.where(
        storing, place["overflow_per_m3_day"] * facts.calendar.days[rows["period"]], place["receiving_overflow_per_m3"]
    )
    return rows.assign(amount=rows["volume_m3"] * price * exchange)[["location", "period", "kind", "amount"]]


def low_stock_fees(facts: Facts, shortfall: pd.DataFrame) -> pd.DataFrame:
    """Price of each unit and day below a stock target: location, sku, period, amount."""
    targets = facts.scenario["stock_targets"][["location", "sku", "price_per_unit_day", "currency"]]
    rows = shortfall.merge(targets, on=["location", "sku"])
    exchange = facts.exchange(rows["currency"], facts.starts[rows["period"]])
    amount = rows["price_per_unit_day"] * exchange * rows["units"] * facts.calendar.days[rows["period"]]
    return rows.assign(amount=amount)[["location", "sku", "period", "amount"]]


def _half_deliveries(stock: Stock, delivered: pd.DataFrame) -> np.ndarray:
    halves = np.zeros(stock.on_hand.shape)
    place, sku = stock.locations.get_indexer(delivered["location"]), stock.skus.get_indexer(delivered["sku"])
    here = place >= 0
    np.add.at(
        halves, (place[here], sku[here], delivered["period"].to_numpy()[here]), delivered["units"].to_numpy()[here] / 2
    )
    return halves
