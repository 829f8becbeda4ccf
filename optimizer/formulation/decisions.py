"""The decisions, as families of variables over the index sets of the network."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from optimizer.algebra.variables import Variables
from optimizer.network.network import Network


@dataclass(frozen=True)
class Decisions:
    """What is decided; MODEL.md says what each family means and over which keys it runs."""

    ship: Variables
    cases: Variables
    on_hand: Variables
    received: Variables
    aged: Variables
    deliver: Variables
    lost: Variables
    containers: Variables
    charged: Variables
    brackets: Variables
    departures: Variables
    orders_placed: Variables
    supplier_orders: Variables
    storage_overflow: Variables
    receiving_overflow: Variables
    target_shortfall: Variables
    end_cover: Variables
    dropped: Variables

    def families(self) -> tuple[Variables, ...]:
        """All families, in order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def decisions(net: Network) -> Decisions:
    """The families of a network, each column with finite bounds."""
    most = net.most_units
    total = aboard_at_most(net)
    return Decisions(
        ship=Variables("ship", net.shipments["least"].to_numpy(), net.shipments["most"].to_numpy()),
        cases=Variables("cases", net.cased["least"].to_numpy(), net.cased["most"].to_numpy(), integer=True),
        on_hand=_up_to("on_hand", most[net.stock["sku"]]),
        received=_up_to("received", received_at_most(net)),
        aged=_up_to("aged", most[net.ageing["sku"]]),
        deliver=_up_to("deliver", np.minimum(net.deliveries["most"], most[net.deliveries["sku"]])),
        lost=_up_to("lost", net.wants["units"]),
        containers=_up_to("containers", containers_at_most(net, total), integer=True),
        charged=_up_to("charged", charged_at_most(net, total)),
        brackets=_switch("brackets", int(net.brackets["stepped"].sum())),
        departures=_switch("departures", len(net.fees)),
        orders_placed=_switch("orders_placed", len(net.sku_orders)),
        supplier_orders=_switch("supplier_orders", len(net.supplier_orders)),
        storage_overflow=_up_to("storage_overflow", np.full(len(net.rooms), net.totals.held)),
        receiving_overflow=_up_to("receiving_overflow", np.full(len(net.docks), net.totals.received)),
        target_shortfall=_up_to("target_shortfall", net.targets["least"]),
        end_cover=_up_to("end_cover", net.cover.keys["most"]),
        dropped=_up_to("dropped", net.last.kept["units"]),
    )


def aboard_at_most(net: Network) -> dict[str, np.ndarray]:
    """Most volume, weight and units that can be of use aboard each departure, each (sailings,)."""
    limits = {"volume": "capacity_m3", "weight": "capacity_kg", "units": "capacity_units"}
    return {
        name: np.fmin(net.totals.aboard[:, place], net.sailings[limit].to_numpy())
        for place, (name, limit) in enumerate(limits.items())
    }


def containers_at_most(net: Network, total: dict[str, np.ndarray]) -> np.ndarray:
    """Containers that hold all that can be aboard."""
    sailing = net.loads["sailing"].to_numpy()
    by_volume, by_weight = (
        total["volume"][sailing] / net.loads["volume"],
        total["weight"][sailing] / net.loads["payload"],
    )
    return np.ceil(np.maximum(by_volume, by_weight).to_numpy() - 1e-9)


def charged_at_most(net: Network, total: dict[str, np.ndarray]) -> np.ndarray:
    """Quantity that a bracket can be charged for: all that can be aboard, but no more than the start of the next
    bracket if that is no dearer.
    """
    scale = net.scales.iloc[net.brackets["scale"].to_numpy()]
    volume, weight = (total[name][scale["sailing"].to_numpy()] for name in ("volume", "weight"))
    by_weight = np.fmax(weight, volume * 1e6 / scale["divisor"].to_numpy())
    most = np.where(scale["basis"].to_numpy() == 0, by_weight, volume)
    start = net.brackets["start"].to_numpy()
    most = np.maximum(most, start)
    following = net.brackets.groupby("scale")[["start", "rate"]].shift(-1)
    cheaper = (following["rate"] <= net.brackets["rate"]).to_numpy()
    return np.where(cheaper, np.maximum(np.fmin(most, following["start"].to_numpy()), start), most)


def received_at_most(net: Network) -> np.ndarray:
    """Units that a location can have received, per tracked stock row: every unit may pass a location more than once,
    so all shipments count.
    """
    into = net.tracked_arrivals @ net.shipments["most"].to_numpy()
    total = pd.Series(into + net.tracked["receipts"].to_numpy())
    return total.groupby(net.tracked["chain"].to_numpy()).transform("sum").to_numpy()


def _up_to(name: str, upper: np.ndarray, integer: bool = False) -> Variables:
    upper = np.asarray(upper, dtype=np.float64)
    return Variables(name, np.zeros(len(upper)), upper, integer)


def _switch(name: str, count: int) -> Variables:
    return Variables(name, np.zeros(count), np.ones(count), integer=True)
