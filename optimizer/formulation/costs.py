"""The cost lines, each a vector of expressions whose sum is the amount of the line."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.linear import Linear, as_linear
from optimizer.formulation.decisions import Decisions
from optimizer.network.network import Network, landing


def purchase(net: Network, x: Decisions) -> Linear:
    """Goods bought from suppliers, and goods that suppliers send straight to customers."""
    return _joined(net.shipments["purchase"] * x.ship, net.deliveries["purchase"] * x.deliver)


def first_leg_freight(net: Network, x: Decisions) -> Linear:
    """Freight by case, kg and m3 on every lane."""
    return _joined(net.shipments["freight"] * x.ship, net.brackets["rate"] * x.charged)


def container_charges(net: Network, x: Decisions) -> Linear:
    """Rates per container."""
    return net.loads["charge"] * x.containers


def departure_fees(net: Network, x: Decisions) -> Linear:
    """Fixed fees of departures."""
    return net.fees["fee"] * x.departures


def duty(net: Network, x: Decisions) -> Linear:
    """Customs duty on shipments into another customs territory."""
    return net.shipments["duty"] * x.ship


def inbound_handling(net: Network, x: Decisions) -> Linear:
    """Receiving goods by case and m3, or by the container."""
    return _joined(net.shipments["handling"] * x.ship, net.loads["handling"] * x.containers)


def storage_rent(net: Network, x: Decisions) -> Linear:
    """Rent of what is on hand, and what age adds to it; on request also of half of what is delivered in the period."""
    parts = [net.stock["rent"] * x.on_hand, net.ageing["rent"] * x.aged]
    if net.ground.scenario.settings.rent_on == "end_and_half_deliveries":
        rent = net.picks.T @ net.stock["rent"].to_numpy()
        parts.append(rent / 2 * x.deliver)
    return _joined(*parts)


def overflow_rent(net: Network, x: Decisions) -> Linear:
    """The price of volume beyond room and docks."""
    return _joined(net.rooms["price"] * x.storage_overflow, net.docks["price"] * x.receiving_overflow)


def capital(net: Network, x: Decisions) -> Linear:
    """Interest on the value of stock on hand and under way."""
    return _joined(net.stock["capital"] * x.on_hand, net.shipments["capital"] * x.ship)


def last_mile(net: Network, x: Decisions) -> Linear:
    """Delivery to customers."""
    return net.deliveries["last_mile"] * x.deliver


def parcel_duty(net: Network, x: Decisions) -> Linear:
    """Duty on parcels that cross a customs border."""
    return net.deliveries["parcel_duty"] * x.deliver


def lost_sales(net: Network, x: Decisions) -> Linear:
    """Net revenue and goodwill forgone."""
    return net.wants["lost"] * x.lost


def clearance(net: Network, x: Decisions) -> Linear:
    """Revenue of clearance and cost of disposal."""
    return net.deliveries["clearance"] * x.deliver


def low_stock_fees(net: Network, x: Decisions) -> Linear:
    """The price of falling short of stock targets."""
    return net.targets["price"] * x.target_shortfall


def change_of_plan(net: Network, x: Decisions) -> Linear:
    """The price of each unit more or less than the last plan ships: more = shipped - its units + dropped."""
    kept = net.last.kept
    known = net.last.gone - float((kept["price"] * kept["units"]).sum())
    return _joined(net.last.price * x.ship, 2 * kept["price"] * x.dropped, as_linear(known, 1))


def end_stock(net: Network, x: Decisions) -> Linear:
    """Minus the worth of what is left at the end and of what lands after it."""
    if net.ground.scenario.settings.end_stock == "zero":
        return as_linear(0.0, 1)
    cleared = net.cover.cleared
    last = (net.stock["period"] == len(net.ground.scenario.calendar) - 1).to_numpy()
    left = np.where(last, cleared[net.stock["location"], net.stock["sku"]], 0.0)
    late = landing(net)
    under_way = np.zeros(len(net.shipments))
    np.add.at(under_way, late["shipment"], late["share"] * cleared[late["location"], late["sku"]])
    known = float((np.where(net.cover.landing > 0, cleared, 0.0) * net.cover.landing).sum())
    return _joined(-left * x.on_hand, -under_way * x.ship, -net.cover.keys["gain"] * x.end_cover, as_linear(-known, 1))


def _joined(*parts: Linear) -> Linear:
    """One line of several parts over different keys."""
    return Linear(
        tuple(term for part in parts for term in part.terms), np.concatenate([part.constant for part in parts])
    )
