"""Mission cost: what of the total cost a planner of warehouses answers for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.ledger.selling import last_mile_per_unit, net_revenue
from optimizer.plan.plan import Plan

#: Cost lines that count in full.
WHOLE_LINES = (
    "first_leg_freight", "container_charges", "departure_fees", "inbound_handling",  # freight
    "storage_rent", "overflow_rent",  # rent
    "duty", "parcel_duty",  # tariff
    "lost_sales",  # stockout, less what the goods would have cost
)  # fmt: skip

#: The mission cost that a gap is measured against is no less than this share of the net revenue of all demand.
FLOOR = 0.01


class Mission:
    """Call with the tables of a plan of this scenario: its mission cost. Rates are looked up once, calls are quick."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        lanes, goods = facts.delivery_lanes.drop(columns="note").reset_index(drop=True), facts.goods
        self._lanes = pd.MultiIndex.from_frame(lanes[["location", "region"]].astype(object))
        columns = ["weight", "volume", "units_per_order"]
        #: Last mile of a unit in the currency of its lane (delivery lanes, SKUs), and that currency (lanes, periods).
        self._own = np.array([
            last_mile_per_unit(facts, goods[columns].assign(**lane, currency="", day=facts.first))
            for lane in lanes[["per_order", "per_kg", "volumetric_divisor"]].to_dict("records")
        ]).reshape(len(lanes), len(goods))  # fmt: skip
        self._exchange = np.array(
            [facts.exchange(lanes["currency"], np.full(len(lanes), day)) for day in facts.starts]
        ).T.reshape(len(lanes), facts.periods)
        self._local = {
            region: rows.index.to_numpy() for region, rows in lanes[lanes["local"].astype(bool)].groupby("region")
        }

    def __call__(self, tables: Mapping[str, pd.DataFrame]) -> float:
        costs = dict(zip(tables["costs"]["line"], tables["costs"]["amount"], strict=True))
        lost = tables["lost"]
        saved = float((lost["units"] * look_up(lost["sku"], self._facts.goods["value"])).sum())
        whole = float(sum(costs.get(line, 0.0) for line in WHOLE_LINES))
        return whole + self.last_mile_above(tables["deliver"]) - saved

    def last_mile_above(self, deliver: pd.DataFrame) -> float:
        """Last mile above that of the region's cheapest local delivery lane; all of it where the region has none."""
        lane = self._lanes.get_indexer(pd.MultiIndex.from_frame(deliver[["location", "region"]].astype(object)))
        sku, period = self._facts.goods.index.get_indexer(deliver["sku"]), deliver["period"].to_numpy()
        above = self._own[lane, sku] * self._exchange[lane, period] - self._cheapest(deliver["region"], sku, period)
        return float((above * deliver["units"].to_numpy()).sum())

    def _cheapest(self, regions: pd.Series, sku: np.ndarray, period: np.ndarray) -> np.ndarray:
        """Last mile of a unit on the cheapest local delivery lane of each row's region, 0 where it has none."""
        cheapest = np.zeros(len(regions))
        for region, lanes in self._local.items():
            rows = np.flatnonzero(regions == region)
            ways = [self._own[lane, sku[rows]] * self._exchange[lane, period[rows]] for lane in lanes]
            cheapest[rows] = np.min(ways, axis=0)
        return cheapest


def mission_cost(plan: Plan) -> float:
    """Freight, rent, tariff and stockout of a plan; for many plans of one scenario make one `Mission` and call it."""
    return Mission(Facts(plan.scenario))(plan.tables)


def mission_floor(facts: Facts, demand: pd.DataFrame) -> float:
    """The least that a gap is measured against: 1 % of the net revenue of all demand (region, sku, period, units)."""
    return FLOOR * net_revenue(facts, demand)
