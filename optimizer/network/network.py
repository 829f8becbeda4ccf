"""The network: every index set of a scenario, or of a slice of its SKUs, and the matrices that join them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.network import departing, limits, orders, service
from optimizer.network.alike import Common
from optimizer.network.bounds import filling_units, spare_units, targeted_units, useful_units
from optimizer.network.cover import Cover, cover, landing_bucket
from optimizer.network.gather import gather
from optimizer.network.horizon import Horizon
from optimizer.network.last_plan import LastPlan, last_plan
from optimizer.network.reachable import ahead, decided_on, earliest_periods, reach_days
from optimizer.network.shipments import shipments
from optimizer.network.stock import ageing, stock
from optimizer.network.survey import Survey, survey
from optimizer.network.totals import Totals
from optimizer.scenario.scenario import Scenario

STOCK_KEY = ("path", "location", "sku", "period")


@dataclass(frozen=True)
class Network:
    """Index sets as tables of legal keys (codes) with their data; each module of this room says what its columns are.

    Sets of departures, containers, charges, fees, supplier orders, rooms and docks depend on the scenario alone, so
    that they are the same for every slice of the SKUs. `most_units` (K,) bounds the units of a SKU that can be
    anywhere. `whole`: the totals of the catalogue of which this network is a slice, where it is one.
    """

    ground: Survey
    shipments: pd.DataFrame
    stock: pd.DataFrame
    ageing: pd.DataFrame
    deliveries: pd.DataFrame
    wants: pd.DataFrame
    slow: pd.DataFrame
    loads: pd.DataFrame
    scales: pd.DataFrame
    brackets: pd.DataFrame
    fees: pd.DataFrame
    capacities: pd.DataFrame
    sku_orders: pd.DataFrame
    supplier_orders: pd.DataFrame
    rooms: pd.DataFrame
    docks: pd.DataFrame
    targets: pd.DataFrame
    cover: Cover
    last: LastPlan
    most_units: np.ndarray
    whole: Totals | None = None

    @property
    def sailings(self) -> pd.DataFrame:
        """Every departure."""
        return self.ground.sailings

    @cached_property
    def cased(self) -> pd.DataFrame:
        """Shipments that are whole multiples: shipment (position), multiple, most (whole steps)."""
        rows = np.flatnonzero(self.shipments["multiple"].notna())
        picked = self.shipments.iloc[rows]
        steps = np.floor(picked["most"].to_numpy() / picked["multiple"].to_numpy() + 1e-9)
        least = np.ceil(picked["least"].to_numpy() / picked["multiple"].to_numpy() - 1e-9)
        return pd.DataFrame(
            {
                "shipment": rows,
                "multiple": picked["multiple"].to_numpy(),
                "least": least,
                "most": np.maximum(steps, least),
            }
        )

    @cached_property
    def arrivals(self) -> sparse.csr_array:
        """Shipments into the stock rows in which they arrive."""
        return gather(self.stock, self.shipments, [("location", "destination"), "sku", ("period", "arrival")])

    @cached_property
    def departures(self) -> sparse.csr_array:
        """Shipments out of the stock rows from which they leave."""
        return gather(self.stock, self.shipments, [("location", "origin"), "sku", "period"])

    @cached_property
    def picks(self) -> sparse.csr_array:
        """Deliveries out of the stock rows from which they leave."""
        return gather(self.stock, self.deliveries, list(STOCK_KEY))

    @cached_property
    def carried_over(self) -> sparse.csr_array:
        """Stock rows into those of the next period."""
        return gather(self.stock, self.stock.assign(period=self.stock["period"] + 1), list(STOCK_KEY))

    @cached_property
    def aboard(self) -> sparse.csr_array:
        """Shipments into their departures."""
        return gather(pd.DataFrame({"sailing": np.arange(len(self.sailings))}), self.shipments, ["sailing"])

    @cached_property
    def tracked(self) -> pd.DataFrame:
        """Stock rows of the SKUs and locations where age matters: the stock row's keys and receipts, and chain
        (number of the path, location and SKU).
        """
        aged = self.ageing[["path", "location", "sku"]].drop_duplicates()
        rows = self.stock.merge(aged.assign(chain=np.arange(len(aged))), on=["path", "location", "sku"])
        return rows[["path", "location", "sku", "period", "receipts", "chain"]]

    @cached_property
    def tracked_arrivals(self) -> sparse.csr_array:
        """Shipments into the tracked rows in which they arrive."""
        return gather(self.tracked, self.shipments, [("location", "destination"), "sku", ("period", "arrival")])

    @cached_property
    def own_totals(self) -> Totals:
        """The totals of the SKUs of this network."""
        most = self.shipments["most"].to_numpy()
        sizes = (self.shipments["volume"].to_numpy(), self.shipments["weight"].to_numpy(), np.ones(len(most)))
        coming = self.stock["receipts"] * self.stock["volume"]
        return Totals(
            aboard=np.stack([self.aboard @ (most * size) for size in sizes], axis=1),
            ordered=gather(self.supplier_orders, self.shipments, ["origin", "period"]) @ most,
            held=float(self.most_units @ self.ground.goods.volume),
            received=float(most @ sizes[0] + coming.sum()),
        )

    @property
    def totals(self) -> Totals:
        """The totals that bound what ties SKUs together: of the catalogue."""
        return self.own_totals if self.whole is None else self.whole

    def of_sailing(self, rows: pd.DataFrame, entries: pd.DataFrame) -> sparse.csr_array:
        """Entries of departures into rows of departures."""
        return gather(rows, entries, ["sailing"])


def connect(
    scenario: Scenario, skus: np.ndarray | None = None, beyond: Horizon | None = None, common: Common | None = None
) -> Network:
    """All index sets of a scenario, or of the given SKUs; `beyond`: the horizon of the whole, where the scenario is
    itself a slice; `common`: what has been worked out for other slices.
    """
    ground = survey(scenario, skus, beyond, common)
    reach, decided = ground.once(reach_days), decided_on(ground)
    orderable = decided >= ground.scenario.calendar.starts[0]
    earliest = earliest_periods(ground, orderable)
    targets = limits.targets(ground)
    spare = spare_units(ground) + targeted_units(ground, targets)
    useful = useful_units(ground, reach, spare)
    shipped = shipments(ground, decided, earliest, _wanted(ground, reach), useful)
    held, delivered = stock(ground, earliest), service.deliveries(ground, earliest)
    scales, brackets = ground.once(departing.charges)
    fillings = filling_units(ground) * (len(ground.scenario.calendar) - 1)  # an order may be filled up every period
    most_units = spare + fillings + ground.demand.sum(axis=(0, 2))
    return Network(
        ground=ground,
        shipments=shipped,
        stock=held,
        ageing=ageing(ground, held),
        deliveries=delivered,
        wants=service.wants(ground),
        slow=service.slow_limits(ground, delivered),
        loads=ground.once(departing.loads),
        scales=scales,
        brackets=brackets,
        fees=ground.once(departing.fees),
        capacities=ground.once(departing.capacities),
        sku_orders=orders.sku_orders(ground, shipped),
        supplier_orders=ground.once(orders.supplier_orders),
        rooms=ground.once(limits.rooms),
        docks=ground.once(limits.docks),
        targets=targets,
        cover=cover(ground, reach, _possible(ground, earliest, shipped)),
        last=last_plan(ground, shipped, decided),
        most_units=most_units,
    )


def landing(net: Network) -> pd.DataFrame:
    """Shipments that land beyond the horizon: shipment (position), location, sku, bucket (first one that ends after
    the landing).
    """
    late = np.flatnonzero(net.shipments["arrival"] == len(net.ground.scenario.calendar))
    picked = net.shipments.iloc[late]
    arrives = net.sailings["arrives_on"].to_numpy()[picked["sailing"]]
    return pd.DataFrame(
        {
            "shipment": late,
            "location": picked["destination"].to_numpy(),
            "sku": picked["sku"].to_numpy(),
            "bucket": landing_bucket(net.ground, arrives),
        }
    )


def _wanted(ground: Survey, reach: np.ndarray) -> np.ndarray:
    """Whether a SKU may move to a location, (L, K): demand, a price without limit or a target is within reach of it, or
    it is at home, where dead stock finds cheaper room and a filler completes an order.
    """
    sold = (ground.demand > 0).any(axis=2)
    open_ended = (ground.scenario["regions"]["kind"] != "customers").to_numpy()
    priced = ~np.isnan(service.prices(ground, ground.scenario.calendar.starts[:1]))[:, :, 0]
    targeted = np.zeros((len(ground.locations), len(ground.skus)), dtype=bool)
    table = ground.scenario["stock_targets"]
    targeted[ground.locations.get_indexer(table["location"]), ground.sku_index.get_indexer(table["sku"])] = True
    sellable = np.isfinite(reach).astype(float) @ (sold | (priced & open_ended[:, None])) > 0
    return sellable | (ground.once(ahead) @ targeted) | (ground.kinds == "domestic")[:, None]


def _possible(ground: Survey, earliest: np.ndarray, shipped: pd.DataFrame) -> np.ndarray:
    periods = len(ground.scenario.calendar)
    possible = (earliest < periods) & (ground.kinds != "supplier")[:, None]
    late = shipped[shipped["arrival"] == periods]
    possible[late["destination"], late["sku"]] = True
    coming = ground.receipts[ground.receipts["period"] == periods]
    possible[coming["location"], coming["sku"]] = True
    return possible
