"""Constraints on shipments and departures: cases, containers, charged quantities, fees, limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.algebra.linear import Band
from optimizer.formulation.decisions import Decisions, aboard_at_most
from optimizer.network.gather import gather
from optimizer.network.network import Network


def whole_cases(net: Network, x: Decisions) -> Band:
    """Units shipped = case pack (or order multiple) x cases."""
    shipped = gather(net.cased, _numbered(net.shipments, "shipment"), ["shipment"])
    return shipped @ x.ship == net.cased["multiple"] * x.cases


def container_volume(net: Network, x: Decisions) -> Band:
    """The volume aboard fits the containers booked for the departure."""
    boxed = _boxed(net)
    room = gather(boxed, net.loads, ["sailing"]) @ (net.loads["volume"] * x.containers)
    return gather(boxed, net.shipments, ["sailing"]) @ (net.expected("volume") * x.ship) <= room


def container_payload(net: Network, x: Decisions) -> Band:
    """The weight aboard fits the containers booked for the departure."""
    boxed = _boxed(net)
    room = gather(boxed, net.loads, ["sailing"]) @ (net.loads["payload"] * x.containers)
    return gather(boxed, net.shipments, ["sailing"]) @ (net.expected("weight") * x.ship) <= room


def chargeable_weight(net: Network, x: Decisions) -> Band:
    """Charged >= gross weight aboard (basis kg), or >= volume aboard (basis m3)."""
    by_weight = (net.scales["basis"] == 0).to_numpy()
    size = gather(net.scales, net.shipments, ["sailing"])
    weight, volume = (size @ (net.expected(name) * x.ship) for name in ("weight", "volume"))
    return _charged(net, x) >= by_weight.astype(float) * weight + (~by_weight).astype(float) * volume


def chargeable_volume(net: Network, x: Decisions) -> Band:
    """Charged >= volume aboard x 10^6 / volumetric divisor, over all goods: dense and light goods share."""
    light = net.scales[net.scales["divisor"].notna()]
    charged = gather(light, net.brackets, ["sailing", "basis"]) @ x.charged
    volume = gather(light, net.shipments, ["sailing"]) @ (net.expected("volume") * x.ship)
    return charged >= 1e6 / light["divisor"].to_numpy() * volume


def weight_break(net: Network, x: Decisions) -> Band:
    """A bracket that is used is charged for at least its start."""
    stepped = _stepped(net)
    return gather(stepped, _numbered(net.brackets, "bracket"), ["bracket"]) @ x.charged >= stepped["start"] * x.brackets


def weight_break_used(net: Network, x: Decisions) -> Band:
    """Nothing is charged in a bracket that is not used."""
    stepped = _stepped(net)
    charged = gather(stepped, _numbered(net.brackets, "bracket"), ["bracket"]) @ x.charged
    return charged <= x.charged.upper[stepped["bracket"]] * x.brackets


def one_bracket(net: Network, x: Decisions) -> Band:
    """At most one bracket of a departure and basis is used."""
    stepped = _stepped(net)
    scales = stepped[["scale"]].drop_duplicates()
    return gather(scales, stepped, ["scale"]) @ x.brackets <= 1.0


def departure_used(net: Network, x: Decisions) -> Band:
    """The fixed fee of a departure is paid if anything is aboard."""
    most = aboard_at_most(net)["volume"][net.fees["sailing"]]
    return gather(net.fees, net.shipments, ["sailing"]) @ (net.expected("volume") * x.ship) <= most * x.departures


def departure_used_by_sku(net: Network, x: Decisions) -> Band:
    """The same for each shipment by itself: implied for whole departures, but much stronger when they are split."""
    paying = _numbered(net.shipments, "shipment")[net.shipments["sailing"].isin(net.fees["sailing"])]
    paid = gather(paying, net.fees, ["sailing"]) @ x.departures
    return gather(paying, _numbered(net.shipments, "shipment"), ["shipment"]) @ x.ship <= paying["most"] * paid


def lane_capacity(net: Network, x: Decisions) -> Band:
    """What is aboard stays within the volume, weight and units that the departure takes."""
    measure = net.capacities["measure"].to_numpy()
    aboard = gather(net.capacities, net.shipments, ["sailing"])
    volume, weight, units = (
        aboard @ (net.expected("volume") * x.ship),
        aboard @ (net.expected("weight") * x.ship),
        aboard @ (net.shipments["chance"] * x.ship),
    )
    return (measure == 0) * volume + (measure == 1) * weight + (measure == 2) * units <= net.capacities["most"]


def _charged(net: Network, x: Decisions):
    return gather(net.scales, net.brackets, ["sailing", "basis"]) @ x.charged


def _stepped(net: Network) -> pd.DataFrame:
    return _numbered(net.brackets, "bracket")[net.brackets["stepped"] == 1]


def _boxed(net: Network) -> pd.DataFrame:
    return net.loads[["sailing"]].drop_duplicates()


def _numbered(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table.assign(**{name: np.arange(len(table))})


def last_plan_kept(net: Network, x: Decisions) -> Band:
    """Units shipped + units dropped >= the units that the last plan ships."""
    kept = net.last.kept["shipment"].to_numpy()
    shape = len(kept), len(net.shipments)
    same = sparse.csr_array((np.ones(len(kept)), (np.arange(len(kept)), kept)), shape=shape)
    return same @ x.ship + x.dropped >= net.last.kept["units"]
