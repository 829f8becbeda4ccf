"""What linking rows take of each unit, as sums over departures and stock: the same for every SKU."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.network.gather import gather
from optimizer.network.network import Network
from optimizer.pricing.relaxed_routes import places

#: What a SKU puts aboard each departure, in the order of the columns of `link_matrix`.
MEASURES = ("volume", "weight", "units", "value")


def link_matrix(net: Network, names: list[str]) -> sparse.csr_array:
    """Use of linking rows, those of the bands `names` one after the other, by what SKUs do.

    Columns: m3, kg, units and money of value aboard each departure, then m3 held by place and period. Signs are those
    of the rows of `formulation/`.
    """
    return sparse.csr_array(sparse.vstack([_FAMILIES[name](net) for name in names], format="csr"))


def _aboard(net: Network, rows: sparse.csr_array, measure: str) -> sparse.csr_array:
    """Rows over departures as rows over all columns."""
    count, width = len(net.sailings), int((net.ground.kinds != "supplier").sum()) * len(net.ground.scenario.calendar)
    blocks = [rows if name == measure else sparse.csr_array((rows.shape[0], count)) for name in MEASURES]
    return sparse.csr_array(sparse.hstack([*blocks, sparse.csr_array((rows.shape[0], width))], format="csr"))


def _sailings(net: Network) -> pd.DataFrame:
    return net.sailings.assign(sailing=np.arange(len(net.sailings)))


def _of(net: Network, rows: pd.DataFrame) -> sparse.csr_array:
    return gather(rows, _sailings(net), ["sailing"])


def _boxed(net: Network) -> sparse.csr_array:
    return _of(net, net.loads[["sailing"]].drop_duplicates())


def _scaled(rows: sparse.csr_array, factor: np.ndarray) -> sparse.csr_array:
    return sparse.csr_array(sparse.diags_array(factor.astype(np.float64)) @ rows)


def _chargeable_weight(net: Network) -> sparse.csr_array:
    by_weight, rows = (net.scales["basis"] == 0).to_numpy(), _of(net, net.scales)
    weight, volume = (_aboard(net, _scaled(rows, -mask), name)
                      for mask, name in ((by_weight * 1.0, "weight"), (~by_weight * 1.0, "volume")))  # fmt: skip
    return sparse.csr_array(weight + volume)


def _chargeable_volume(net: Network) -> sparse.csr_array:
    light = net.scales[net.scales["divisor"].notna()]
    return _aboard(net, _scaled(_of(net, light), -1e6 / light["divisor"].to_numpy()), "volume")


def _lane_capacity(net: Network) -> sparse.csr_array:
    measure, rows = net.capacities["measure"].to_numpy(), _of(net, net.capacities)
    parts = [_aboard(net, _scaled(rows, measure == place), name)
             for place, name in enumerate(("volume", "weight", "units"))]  # fmt: skip
    return sparse.csr_array(parts[0] + parts[1] + parts[2])


def _storage_capacity(net: Network) -> sparse.csr_array:
    periods, place = len(net.ground.scenario.calendar), places(net.ground)
    column = place[net.rooms["location"]] * periods + net.rooms["period"].to_numpy()
    first, width = len(MEASURES) * len(net.sailings), int(place.max(initial=-1) + 1) * periods
    shape = len(net.rooms), first + width
    return sparse.csr_array((np.ones(len(column)), (np.arange(len(column)), first + column)), shape=shape)


def _receiving_capacity(net: Network) -> sparse.csr_array:
    landed = gather(net.docks, net.sailings, [("location", "destination"), ("period", "arrival")])
    return _aboard(net, landed, "volume")


def _ordered(net: Network) -> sparse.csr_array:
    return gather(net.supplier_orders, net.sailings, ["origin", "period"])


_FAMILIES: dict[str, Callable[[Network], sparse.csr_array]] = {
    "supplier_minimum": lambda net: _aboard(net, _ordered(net), "value"),
    "supplier_minimum_placed": lambda net: _aboard(net, _ordered(net), "units"),
    "container_volume": lambda net: _aboard(net, _boxed(net), "volume"),
    "container_payload": lambda net: _aboard(net, _boxed(net), "weight"),
    "chargeable_weight": _chargeable_weight,
    "chargeable_volume": _chargeable_volume,
    "departure_used": lambda net: _aboard(net, _of(net, net.fees), "volume"),
    "lane_capacity": _lane_capacity,
    "storage_capacity": _storage_capacity,
    "receiving_capacity": _receiving_capacity,
}
