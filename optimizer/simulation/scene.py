"""What stands still while weeks go by: places, lanes, departures and delivery lanes, as arrays."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.selling import deliveries, last_mile, lost_sales, parcel_duty
from optimizer.scenario.departures import decision_days
from optimizer.scenario.scenario import Scenario

WEEK = 7
#: No departure, or none that may still be decided.
NEVER = -(10**6)
#: Weeks of departures that are known beyond the longest wait of an order.
MARGIN = 4


def weekly(scenario: Scenario, weeks: int) -> Scenario:
    """The same scenario in so many periods of a week."""
    return replace(scenario, settings=replace(scenario.settings, periods=(WEEK,) * weeks))


class Scene:
    """A scenario's network over the weeks of a replay, and as many after them as orders may reach into.

    L stores (all locations but suppliers), S SKUs, N lanes, C customers regions, D delivery lanes (to
    customers), T weeks. Nothing here knows what will be wanted or what will be late.
    """

    def __init__(self, scenario: Scenario, weeks: int) -> None:
        days = scenario["sourcing"]["production_days"].max() if len(scenario["sourcing"]) else 0
        self.weeks, self.scenario = weeks, scenario
        self.facts = Facts(weekly(scenario, weeks + math.ceil(days / WEEK) + MARGIN))
        self.stores, self.skus = self.facts.stores, self.facts.goods.index
        self.lanes = self.facts.lanes.index
        self.customers = self.facts.regions.index[self.facts.regions["kind"] == "customers"]
        self.origin, self.destination = (
            self.stores.get_indexer(self.facts.lanes[end]) for end in ("origin", "destination")
        )
        pack = self.facts.goods["case_pack"].to_numpy(dtype=float)
        #: Units of a whole case, 0 where any quantity may move (S,).
        self.pack = np.where(np.isnan(pack), 0.0, pack)

    @property
    def first(self) -> int:
        """Day number of the first day."""
        return self.facts.first

    @cached_property
    def departs(self) -> np.ndarray:
        """Day number on which each lane departs in each week, else `NEVER` (N, T)."""
        return self._by_departure("departs_on")

    @cached_property
    def arrives(self) -> np.ndarray:
        """Day number on which a departure arrives if nothing is late, else `NEVER` (N, T)."""
        return self._by_departure("arrives_on")

    @cached_property
    def offers(self) -> pd.DataFrame:
        """`sourcing` with positions: for each lane from a supplier and SKU that it makes: lane, sku, moq, multiple,
        production_days, cost; `multiple` is 0 where any quantity may be ordered.
        """
        table = self.facts.offers
        lanes = self.facts.lanes.reset_index()[["origin", "origin_kind"]].assign(lane=np.arange(len(self.lanes)))
        rows = lanes[lanes["origin_kind"] == "supplier"].merge(table, left_on="origin", right_on="supplier")
        sku = self.skus.get_indexer(rows["sku"])
        pack = self.pack[sku]
        multiple = rows["order_multiple"].to_numpy(dtype=float)
        rows = rows.assign(sku=sku, multiple=np.where(np.isnan(multiple), pack, multiple))
        columns = ["lane", "sku", "supplier", "moq", "multiple", "production_days", "cost"]
        return rows[columns].sort_values(["lane", "sku"], ignore_index=True)

    @cached_property
    def due(self) -> np.ndarray:
        """The week in which a SKU's place on a departure must be decided, `NEVER` where there is none (N, S, T)."""
        sails = self.departs != NEVER
        weeks = np.where(sails, np.arange(sails.shape[1]), NEVER)
        due = np.repeat(weeks[:, None, :], len(self.skus), axis=1)
        due[self.origin < 0] = NEVER
        closures = self.scenario["closures"]
        for (lane, supplier), rows in self.offers.groupby(["lane", "supplier"]):
            when = np.flatnonzero(sails[lane])
            departs = np.broadcast_to(self.departs[lane, when].astype("datetime64[D]"), (len(rows), len(when)))
            wait = np.broadcast_to(rows["production_days"].to_numpy(dtype=np.int64)[:, None], departs.shape)
            days = decision_days(closures, str(supplier), departs, wait).astype(np.int64)
            due[lane, rows["sku"].to_numpy()[:, None], when] = (days - self.first) // WEEK
        return due

    @cached_property
    def multiple(self) -> np.ndarray:
        """Units of a whole step of each lane and SKU, 0 where any quantity may move (N, S)."""
        multiple = np.repeat(self.pack[None, :], len(self.lanes), axis=0)
        multiple[self.offers["lane"], self.offers["sku"]] = self.offers["multiple"]
        return multiple

    @cached_property
    def delivery_lanes(self) -> pd.DataFrame:
        """Each delivery lane to customers with positions: location, region, place (-1 a supplier), customer, days."""
        lanes = self.facts.delivery_lanes
        lanes = lanes[lanes["region_kind"] == "customers"].reset_index(drop=True)
        return lanes[["location", "region", "local", "supplied"]].assign(
            place=self.stores.get_indexer(lanes["location"]),
            customer=self.customers.get_indexer(lanes["region"]),
            days=lanes["delivery_days"],
        )

    @cached_property
    def supplied(self) -> np.ndarray:
        """Whether a SKU may leave straight from the supplier at which a delivery lane starts (D, S)."""
        made = np.zeros((len(self.delivery_lanes), len(self.skus)), dtype=bool)
        for supplier, rows in self.facts.offers.groupby("supplier"):
            mine = np.flatnonzero(self.delivery_lanes["location"] == supplier)
            made[mine[:, None], self.skus.get_indexer(rows["sku"])[None, :]] = True
        return made

    @cached_property
    def sizes(self) -> dict[str, np.ndarray]:
        """What a unit of each SKU takes of each limit of a lane (S,)."""
        goods = self.facts.goods
        return {
            "capacity_m3": goods["volume"].to_numpy(),
            "capacity_kg": goods["weight"].to_numpy(),
            "capacity_units": np.ones(len(goods)),
        }

    @cached_property
    def least_values(self) -> dict[str, float]:
        """The least value of an order of each supplier that asks for one, in money of the first day."""
        table = self.scenario["suppliers"]
        table = table[table["minimum_order_value"] > 0]
        exchange = self.facts.exchange(table["currency"], np.array(self.first))
        return dict(zip(table["supplier"], table["minimum_order_value"].to_numpy() * exchange, strict=True))

    @cached_property
    def paid(self) -> dict[str, np.ndarray]:
        """What a unit of each SKU costs at each supplier, 0 where it is not made there (S,)."""
        costs = {supplier: np.zeros(len(self.skus)) for supplier in self.facts.suppliers}
        for supplier, rows in self.facts.offers.groupby("supplier"):
            costs[supplier][self.skus.get_indexer(rows["sku"])] = rows["cost"]
        return costs

    @cached_property
    def lanes_from(self) -> dict[str, np.ndarray]:
        """Positions of the lanes from each supplier."""
        begins = self.facts.lanes["origin"].to_numpy(dtype=object)
        return {supplier: np.flatnonzero(begins == supplier) for supplier in self.facts.suppliers}

    def serving(self, week: int) -> tuple[np.ndarray, np.ndarray]:
        """What serving a unit costs on each delivery lane (D, S), and what losing its sale costs (C, S), in a week."""
        if week not in self._serving:
            self._serving[week] = self._delivery_costs(week), self._lost_costs(week)
        return self._serving[week]

    @cached_property
    def _serving(self) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        return {}

    def _delivery_costs(self, week: int) -> np.ndarray:
        shape = len(self.delivery_lanes), len(self.skus)
        lane, sku = np.divmod(np.arange(shape[0] * shape[1]), max(shape[1], 1))
        asked = pd.DataFrame(
            {"location": self.delivery_lanes["location"].to_numpy(dtype=object)[lane],
             "region": self.delivery_lanes["region"].to_numpy(dtype=object)[lane],
             "sku": self.skus.to_numpy(dtype=object)[sku], "period": week, "units": 1.0}
        )  # fmt: skip
        rows = deliveries(self.facts, asked)
        amounts = np.zeros(len(rows))
        amounts += last_mile(self.facts, rows)["amount"].to_numpy()
        parcels = parcel_duty(self.facts, rows)["amount"]
        amounts[parcels.index] += parcels.to_numpy()
        bought = np.where(rows["supplied"], rows["sku"].map(self.facts.goods["value"]).to_numpy(dtype=float), 0.0)
        return (amounts + bought).reshape(shape)

    def _lost_costs(self, week: int) -> np.ndarray:
        shape = len(self.customers), len(self.skus)
        region, sku = np.divmod(np.arange(shape[0] * shape[1]), max(shape[1], 1))
        asked = pd.DataFrame(
            {"region": self.customers.to_numpy(dtype=object)[region], "sku": self.skus.to_numpy(dtype=object)[sku],
             "period": week, "units": 1.0}
        )  # fmt: skip
        return np.nan_to_num(lost_sales(self.facts, asked)["amount"].to_numpy(dtype=float)).reshape(shape)

    def _by_departure(self, column: str) -> np.ndarray:
        table = self.facts.departures
        days = np.full((len(self.lanes), self.facts.periods), NEVER)
        days[self.lanes.get_indexer(table["lane"]), table["period"]] = day_numbers(table[column])
        return days
