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
        self._lanes = pd.MultiIndex.from_frame(lanes[["location", "region"]])
        columns = ["weight", "volume", "units_per_order"]
        grid = lanes.assign(lane=lanes.index).merge(goods[columns].assign(sku=np.arange(len(goods))), how="cross")
        own = last_mile_per_unit(facts, grid.assign(currency="", day=facts.first)).reshape(len(lanes), len(goods))
        exchange = np.array([facts.exchange(lanes["currency"], np.full(len(lanes), day)) for day in facts.starts])
        #: Last mile of a unit (delivery lanes, SKUs, periods), and by how much it is above the cheapest local one.
        self._above = own[:, :, None] * exchange.T[:, None, :]
        self._above = self._above - self._cheapest_local(lanes)

    def __call__(self, tables: Mapping[str, pd.DataFrame]) -> float:
        costs = dict(zip(tables["costs"]["line"], tables["costs"]["amount"], strict=True))
        lost = tables["lost"]
        saved = float((lost["units"] * look_up(lost["sku"], self._facts.goods["value"])).sum())
        whole = float(sum(costs.get(line, 0.0) for line in WHOLE_LINES))
        return whole + self.last_mile_above(tables["deliver"]) - saved

    def last_mile_above(self, deliver: pd.DataFrame) -> float:
        """Last mile above that of the region's cheapest local delivery lane; all of it where the region has none."""
        lane = self._lanes.get_indexer(pd.MultiIndex.from_frame(deliver[["location", "region"]].astype(object)))
        sku = self._facts.goods.index.get_indexer(deliver["sku"])
        return float((self._above[lane, sku, deliver["period"].to_numpy()] * deliver["units"].to_numpy()).sum())

    def _cheapest_local(self, lanes: pd.DataFrame) -> np.ndarray:
        cheapest = np.zeros_like(self._above)
        for _, mine in lanes.groupby("region").groups.items():
            local = mine[lanes.loc[mine, "local"]]
            if len(local):
                cheapest[mine] = self._above[local].min(axis=0)
        return cheapest


def mission_cost(plan: Plan) -> float:
    """Freight, rent, tariff and stockout of a plan; for many plans of one scenario make one `Mission` and call it."""
    return Mission(Facts(plan.scenario))(plan.tables)


def mission_floor(facts: Facts, demand: pd.DataFrame) -> float:
    """The least that a gap is measured against: 1 % of the net revenue of all demand (region, sku, period, units)."""
    return FLOOR * net_revenue(facts, demand)
