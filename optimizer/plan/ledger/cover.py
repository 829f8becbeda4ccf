"""What stock is worth after the horizon: the buckets of demand, who can reach them, and at what value."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger.demand import demand_between
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.keeping import Rent
from optimizer.plan.ledger.landed import landed_costs
from optimizer.plan.ledger.moves import move_costs
from optimizer.plan.ledger.selling import last_mile_per_unit

#: Days of a bucket after the horizon.
BUCKET = 28
#: What does not depend on demand.
WITHOUT_DEMAND = ("rent", "moves", "landed", "reach", "value", "unmatched")


class Cover:
    """Buckets of demand after the horizon and the worth of stock that waits for them.

    Arrays are by location (suppliers too), customers region, SKU.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rent = Rent(facts)
        self.places, self.skus = facts.locations.index, facts.goods.index
        self.customers = facts.regions.index[facts.regions["kind"] == "customers"]

    def with_demand_of(self, facts: Facts) -> Cover:
        """The same for facts that differ in their demand only."""
        other = Cover(facts)
        other.__dict__.update({name: getattr(self, name) for name in WITHOUT_DEMAND})
        return other

    @cached_property
    def length(self) -> int:
        """Days after the horizon whose demand gives stock a value."""
        return self.facts.cover_days

    @cached_property
    def edges(self) -> np.ndarray:
        """Day numbers: the start of each bucket, and the end of the last."""
        return self.facts.end + np.append(np.arange(0, self.length, BUCKET), self.length)

    @cached_property
    def demand(self) -> pd.DataFrame:
        """Demand by region, sku, bucket: units."""
        return demand_between(self.facts.scenario, self.edges[:-1], self.edges[1:], "bucket", self.facts.span)

    @cached_property
    def moves(self) -> np.ndarray:
        """Cost of moving a unit on each lane (lanes, SKUs)."""
        return move_costs(self.facts)

    @cached_property
    def landed(self) -> np.ndarray:
        """Landed cost (locations, SKUs)."""
        return landed_costs(self.facts, self.moves)

    @cached_property
    def reach(self) -> np.ndarray:
        """Days until stock at a location can serve a customers region (locations, regions); inf if never."""
        days = np.where(self._served, 0.0, np.inf)
        begins, ends = self._ends
        leads = self.facts.lanes["lead_time_days"].to_numpy(dtype=float)
        for _ in self.places:
            for begin, end, lead in zip(begins, ends, leads, strict=True):
                days[begin] = np.minimum(days[begin], lead + days[end])
        return days

    @cached_property
    def value(self) -> np.ndarray:
        """Value of a unit at a location for a region (locations, regions, SKUs); -inf if it cannot get there."""
        value = np.where(self._served[:, :, None], self.landed[:, None, :], -np.inf)
        begins, ends = self._ends
        for _ in self.places:
            for lane, (begin, end) in enumerate(zip(begins, ends, strict=True)):
                onward = np.minimum(value[end] - self.moves[lane], self.landed[begin])
                value[begin] = np.where(self._served[begin][:, None], value[begin], np.maximum(value[begin], onward))
        return value

    @cached_property
    def unmatched(self) -> np.ndarray:
        """What a unit without demand is worth: best clearance, never more than the landed cost (locations, SKUs)."""
        lanes = self.facts.delivery_lanes
        lanes = lanes[lanes["region_kind"].isin(["clearance", "disposal"])].rename(
            columns={"currency": "lane_currency"}
        )
        rows = lanes.merge(self.facts.prices, on="region").join(
            self.facts.goods[["weight", "volume", "units_per_order"]], on="sku"
        )
        price = rows["price"] * self.facts.exchange(rows["currency"], np.full(len(rows), self.facts.end))
        costs = rows.assign(currency=rows["lane_currency"], day=self.facts.end)
        best = np.full((len(self.places), len(self.skus)), -np.inf)
        np.maximum.at(
            best,
            (self.places.get_indexer(rows["location"]), self.skus.get_indexer(rows["sku"])),
            price.to_numpy() - last_mile_per_unit(self.facts, costs),
        )
        return np.minimum(np.where(np.isinf(best), 0.0, best), self.landed)

    def worth(self, rows: pd.DataFrame) -> np.ndarray:
        """Worth of a unit that waits for a bucket's demand; `rows` has location, region, sku, bucket."""
        place, sku = self.places.get_indexer(rows["location"]), self.skus.get_indexer(rows["sku"])
        bucket = rows["bucket"].to_numpy(dtype=np.int64)
        wait = (self.edges[bucket] + self.edges[bucket + 1]) / 2 - self.facts.end
        value = self.value[place, self.customers.get_indexer(rows["region"]), sku]
        capital = self.facts.scenario.settings.capital_rate / 365 * self.facts.goods["value"].to_numpy()[sku] * wait
        return value - capital - self._waiting_rent(rows["location"], wait) * self.facts.goods["volume"].to_numpy()[sku]

    def _waiting_rent(self, locations: pd.Series, wait: np.ndarray) -> np.ndarray:
        """Rent of a m3 that is received at the end of the horizon and waits."""
        rent = np.zeros(len(wait))
        names = np.asarray(locations, dtype=object)
        for location in pd.unique(names):
            ages, rates = self.rent(location, self.facts.end)
            mine = names == location
            until = np.append(ages[1:], np.inf)
            days = np.clip(wait[mine][:, None] - ages, 0.0, until - ages)
            rent[mine] = days @ rates
        return rent

    @cached_property
    def _served(self) -> np.ndarray:
        served = np.zeros((len(self.places), len(self.customers)), dtype=bool)
        lanes = self.facts.delivery_lanes
        lanes = lanes[lanes["region_kind"] == "customers"]
        served[self.places.get_indexer(lanes["location"]), self.customers.get_indexer(lanes["region"])] = True
        return served

    @cached_property
    def _ends(self) -> tuple[np.ndarray, np.ndarray]:
        lanes = self.facts.lanes
        return self.places.get_indexer(lanes["origin"]), self.places.get_indexer(lanes["destination"])
