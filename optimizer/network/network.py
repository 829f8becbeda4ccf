"""The network: every index set of a scenario, or of a slice of its SKUs, and the matrices that join them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.network import departing, limits, orders
from optimizer.network.alike import Common
from optimizer.network.cover import Cover, landing_bucket
from optimizer.network.gather import gather
from optimizer.network.horizon import Horizon
from optimizer.network.last_plan import LastPlan, last_plan
from optimizer.network.on_path import on_paths, together, together_covers
from optimizer.network.reachable import decided_on, reach_days
from optimizer.network.survey import Survey, survey
from optimizer.network.totals import Totals
from optimizer.network.voyages import over_paths
from optimizer.scenario.scenario import Scenario

STOCK_KEY = ("path", "location", "sku", "period")


@dataclass(frozen=True)
class Network:
    """Index sets as tables of legal keys (codes) with their data; each module of this room says what its columns are.

    Sets of departures, containers, charges, fees, supplier orders, rooms and docks depend on the scenario alone, so
    that they are the same for every slice of the SKUs. `most_units` (K,) bounds the units of a SKU that can be
    anywhere. `voyages`: what becomes of each shipment on each sample path (`network.voyages`). `whole`: the totals of
    the catalogue of which this network is a slice, where it is one.
    """

    ground: Survey
    shipments: pd.DataFrame
    voyages: pd.DataFrame
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

    @property
    def weights(self) -> np.ndarray:
        """Weights of the sample paths, (P,)."""
        return self.ground.weights

    @cached_property
    def now(self) -> np.ndarray:
        """Which departures leave within the commit window, (sailings,); all of them with one path."""
        if len(self.weights) == 1:
            return np.ones(len(self.sailings), dtype=bool)
        return self.sailings["departs_on"].to_numpy().astype("datetime64[D]") < self.ground.committed_until

    @cached_property
    def cased(self) -> pd.DataFrame:
        """Shipments that are whole multiples, of those decided now: shipment (position), multiple, most (whole
        steps).
        """
        rows = np.flatnonzero(self.shipments["multiple"].notna() & (self.shipments["committed"] == 1))
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
        """Shipments into the stock rows in which they arrive, on every path."""
        return self.sailed(self.stock, ["path", ("location", "destination"), "sku", ("period", "arrival")])

    @cached_property
    def departures(self) -> sparse.csr_array:
        """Shipments out of the stock rows from which they leave."""
        return self.sailed(self.stock, ["path", ("location", "origin"), "sku", "period"])

    def sailed(
        self, rows: pd.DataFrame, on: list[str | tuple[str, str]], amount: np.ndarray | None = None
    ) -> sparse.csr_array:
        """Shipments into the rows whose keys agree with those of their voyages, `amount` (voyages,) of a unit of
        each, 1 where not given.
        """
        matrix, shipment = gather(rows, self.voyages, on), self.voyages["shipment"].to_numpy()
        data = matrix.data if amount is None else matrix.data * amount[matrix.indices]
        shape = len(rows), len(self.shipments)
        if len(self.voyages) == len(self.shipments):
            return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=shape)
        found = matrix.tocoo()
        data = found.data if amount is None else found.data * amount[found.col]
        return sparse.csr_array((data, (found.row, shipment[found.col])), shape=shape)

    @cached_property
    def likely(self) -> np.ndarray:
        """What is expected to arrive of a unit of each voyage's shipment on its path, (voyages,)."""
        return self.voyages["share"].to_numpy() * self.shipments["chance"].to_numpy()[self.voyages["shipment"]]

    def expected(self, size: str) -> np.ndarray:
        """Volume or weight of a unit of each shipment times its chance, (shipments,): what ties SKUs together holds
        for what is expected.
        """
        return self.shipments[size].to_numpy() * self.shipments["chance"].to_numpy()

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
        """Shipments into their departures, each unit as likely as it is."""
        into = gather(pd.DataFrame({"sailing": np.arange(len(self.sailings))}), self.shipments, ["sailing"])
        chance = self.shipments["chance"].to_numpy()[into.indices]
        return sparse.csr_array((chance, into.indices, into.indptr), shape=into.shape)

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
        return self.sailed(self.tracked, ["path", ("location", "destination"), "sku", ("period", "arrival")])

    @cached_property
    def own_totals(self) -> Totals:
        """The totals of the SKUs of this network."""
        most = self.shipments["most"].to_numpy()
        sizes = (self.shipments["volume"].to_numpy(), self.shipments["weight"].to_numpy(), np.ones(len(most)))
        coming = self.stock["receipts"] * self.stock["volume"] * self.weights[self.stock["path"]]
        likely = most * self.shipments["chance"].to_numpy()
        return Totals(
            aboard=np.stack([self.aboard @ (most * size) for size in sizes], axis=1),
            ordered=self.ordered @ most,
            held=float(self.most_units @ self.ground.goods.volume),
            received=float(likely @ sizes[0] + coming.sum()),
        )

    @cached_property
    def ordered(self) -> sparse.csr_array:
        """Shipments that are decided now into the orders of their suppliers."""
        into = gather(self.supplier_orders, self.shipments, ["origin", "period"])
        into.data = into.data * self.shipments["committed"].to_numpy()[into.indices]
        into.eliminate_zeros()
        return into

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
    parts, most_units = on_paths(ground, reach, decided)
    shipped, voyages = over_paths([part.shipments for part in parts], decided < ground.committed_until, ground.weights)
    scales, brackets = ground.once(departing.charges)
    if len(parts) > 1:  # what is charged later is charged at the lowest rate
        departs = ground.sailings["departs_on"].to_numpy().astype("datetime64[D]")[brackets["sailing"]]
        brackets = brackets.assign(stepped=brackets["stepped"] * (departs < ground.committed_until))
    return Network(
        ground=ground,
        shipments=shipped,
        voyages=voyages,
        stock=together([part.stock for part in parts]),
        ageing=together([part.ageing for part in parts]),
        deliveries=together([part.deliveries for part in parts]),
        wants=together([part.wants for part in parts]),
        slow=together([part.slow for part in parts]),
        loads=ground.once(departing.loads),
        scales=scales,
        brackets=brackets,
        fees=ground.once(departing.fees),
        capacities=ground.once(departing.capacities),
        sku_orders=orders.sku_orders(ground, shipped),
        supplier_orders=ground.once(orders.supplier_orders),
        rooms=ground.once(limits.rooms),
        docks=ground.once(limits.docks),
        targets=together([part.targets for part in parts]),
        cover=together_covers([part.cover for part in parts]),
        last=last_plan(ground, shipped, decided),
        most_units=most_units,
    )


def landing(net: Network) -> pd.DataFrame:
    """Voyages that end beyond the horizon: shipment (position), path, location, sku, bucket (first one that ends after
    the landing), share (of the shipment's chance).
    """
    picked = net.voyages[(net.voyages["arrival"] == len(net.ground.scenario.calendar)).to_numpy()]
    arrives = net.ground.common.arrivals[picked["path"], picked["sailing"]]
    return pd.DataFrame(
        {
            "shipment": picked["shipment"].to_numpy(),
            "path": picked["path"].to_numpy(),
            "location": picked["destination"].to_numpy(),
            "sku": picked["sku"].to_numpy(),
            "bucket": landing_bucket(net.ground, arrives),
            "share": picked["share"].to_numpy(),
        }
    )
