"""Stock by location, SKU, period and age, from receipts and outflows, first in, first out."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import ALWAYS, day_numbers
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up


class Stock:
    """Units in every store.

    `received`, `left`, `on_hand`: arrays (locations, SKUs, periods); `opening`: (locations, SKUs).
    """

    def __init__(self, facts: Facts, events: Events) -> None:
        self.facts = facts
        self.locations, self.skus = facts.stores, facts.goods.index
        shape = (len(self.locations), len(self.skus), facts.periods)
        self.lots = self._lots()
        self._by_location: dict[int, tuple[np.ndarray, ...]] = {}
        self.opening = self._sum(self.lots["place"], self.lots["units"], shape[:2])
        lands = events.ship.merge(events.departures[["lane", "period", "arrival_period"]], on=["lane", "period"])
        ends, begins = facts.lanes["destination"], facts.lanes["origin"]
        self.received = self._add(
            shape, look_up(lands["lane"], ends), lands["sku"], lands["arrival_period"], lands["units"]
        ) + self._add(
            shape,
            events.receipts["location"],
            events.receipts["sku"],
            events.receipts["period"],
            events.receipts["units"],
        )
        self.left = self._add(
            shape, look_up(events.ship["lane"], begins), events.ship["sku"], events.ship["period"], events.ship["units"]
        ) + self._add(
            shape, events.deliver["location"], events.deliver["sku"], events.deliver["period"], events.deliver["units"]
        )

    @cached_property
    def on_hand(self) -> np.ndarray:
        """Units at the end of each period."""
        return self.opening[:, :, None] + np.cumsum(self.received - self.left, axis=2)

    def aged(self, location: int, period: int, age_days: int) -> np.ndarray:
        """Units of each SKU (S,) on hand at the end of a period whose age then is at least `age_days`."""
        newest = int(self.facts.starts[period]) + int(self.facts.calendar.days[period]) - age_days
        old = np.zeros(len(self.skus))
        skus, days, units = self._lots_of(location)
        np.add.at(old, skus[days <= newest], units[days <= newest])
        periods = min(int(np.searchsorted(self.facts.starts, newest, side="right")), period + 1)
        old = old + (self._received_until[location, :, periods - 1] if periods else 0.0)
        return np.maximum(old - self._left_until[location, :, period], 0.0)

    def _lots_of(self, location: int) -> tuple[np.ndarray, ...]:
        """SKU, day number of receipt and units of each opening lot at a location."""
        if location not in self._by_location:
            lots = self.lots[self.lots["location"] == location]
            self._by_location[location] = tuple(lots[name].to_numpy() for name in ("sku", "day", "units"))
        return self._by_location[location]

    @cached_property
    def _received_until(self) -> np.ndarray:
        return np.cumsum(self.received, axis=2)

    @cached_property
    def _left_until(self) -> np.ndarray:
        return np.cumsum(self.left, axis=2)

    def rows(self, values: np.ndarray, least: float = 1e-9) -> pd.DataFrame:
        """An array (locations, SKUs, periods) as a table with the cells whose size is above `least`."""
        place, sku, period = np.nonzero(np.abs(values) > least)
        return pd.DataFrame(
            {
                "location": self.locations.to_numpy(dtype=object)[place],
                "sku": self.skus.to_numpy(dtype=object)[sku],
                "period": period,
                "units": values[place, sku, period],
            }
        )

    def _lots(self) -> pd.DataFrame:
        table = self.facts.scenario["opening_stock"]
        day = day_numbers(table["received_on"])
        location, sku = self.locations.get_indexer(table["location"]), self.skus.get_indexer(table["sku"])
        return pd.DataFrame(
            {
                "location": location,
                "sku": sku,
                "day": np.where(day == ALWAYS, self.facts.first, day),
                "units": table["units"].to_numpy(dtype=float),
                "place": location * len(self.skus) + sku,
            }
        )

    def _add(
        self, shape: tuple[int, int, int], locations: pd.Series, skus: pd.Series, periods: pd.Series, units: pd.Series
    ) -> np.ndarray:
        """Units summed by location, SKU and period; rows at suppliers and beyond the horizon count for nothing."""
        place, sku, period = (
            self.locations.get_indexer(locations),
            self.skus.get_indexer(skus),
            np.asarray(periods, dtype=np.int64),
        )
        here = (place >= 0) & (period < shape[2])
        return self._sum(
            (((place * shape[1]) + sku) * shape[2] + period)[here], np.asarray(units, dtype=float)[here], shape
        )

    @staticmethod
    def _sum(places: np.ndarray | pd.Series, units: np.ndarray | pd.Series, shape: tuple[int, ...]) -> np.ndarray:
        return np.bincount(
            np.asarray(places, dtype=np.int64), np.asarray(units, dtype=float), minlength=int(np.prod(shape))
        ).reshape(shape)
