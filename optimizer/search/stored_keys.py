"""What the linking rows are called in a table: by names and dates, whatever their order and number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.network import Network

#: Columns that say which row is meant, and when it is.
NAMES, DATE = ("constraint", "lane", "location", "measure"), "starts_on"


def row_keys(net: Network, program: Program, links: np.ndarray) -> pd.DataFrame:
    """Keys of the rows `links` (positions among all rows of the program): link (position in `links`), constraint, lane,
    location, measure ("" where a row has none) and starts_on (first day of the period); rows that have no key by
    nature are left out.
    """
    place = np.full(sum(len(band) for band in program.bands.values()), -1)
    place[links] = np.arange(len(links))
    parts = []
    for name, rows in program.rows.items():
        if name in KEYS and (place[rows] >= 0).any():
            keys = _named(net, KEYS[name](net)).assign(constraint=name, link=place[rows])
            parts.append(keys[keys["link"] >= 0])
    columns = ["link", *NAMES, DATE]
    if not parts:
        return _named(net, net.rooms[:0]).assign(constraint="", link=0)[columns]
    return pd.concat(parts, ignore_index=True)[columns].sort_values("link", ignore_index=True)


def _named(net: Network, codes: pd.DataFrame) -> pd.DataFrame:
    """Names in place of the codes of lanes and locations, dates in place of periods."""
    found = {}
    for column, names in (("lane", net.ground.lanes), ("location", net.ground.locations)):
        blank = np.full(len(codes), "", dtype=object)
        found[column] = names.to_numpy(dtype=object)[codes[column].to_numpy()] if column in codes else blank
    found["measure"] = codes["measure"].to_numpy(dtype=object) if "measure" in codes else blank
    days = net.ground.scenario.calendar.starts[codes["period"].to_numpy(dtype=np.int64)]
    return pd.DataFrame({**found, DATE: days.astype("datetime64[ns]")}, index=range(len(codes)))


def _boxed(net: Network) -> pd.DataFrame:
    return _departing(net, net.loads[["sailing"]].drop_duplicates())


def _departing(net: Network, rows: pd.DataFrame) -> pd.DataFrame:
    return net.sailings[["lane", "period"]].iloc[rows["sailing"].to_numpy()].reset_index(drop=True)


def _charged(net: Network) -> pd.DataFrame:
    return _departing(net, net.scales).assign(measure=np.array(["kg", "m3"], dtype=object)[net.scales["basis"]])


def _voluminous(net: Network) -> pd.DataFrame:
    return _charged(net)[net.scales["divisor"].notna().to_numpy()]


def _limited(net: Network) -> pd.DataFrame:
    measures = np.array(["m3", "kg", "units"], dtype=object)[net.capacities["measure"]]
    return _departing(net, net.capacities).assign(measure=measures)


def _ordered(net: Network) -> pd.DataFrame:
    return net.supplier_orders.rename(columns={"origin": "location"})


#: Codes of the rows of each constraint that SKUs share, in the order of its rows.
KEYS: dict[str, Callable[[Network], pd.DataFrame]] = {
    "supplier_minimum": _ordered,
    "supplier_minimum_placed": _ordered,
    "container_volume": _boxed,
    "container_payload": _boxed,
    "chargeable_weight": _charged,
    "chargeable_volume": _voluminous,
    "departure_used": lambda net: _departing(net, net.fees),
    "lane_capacity": _limited,
    "storage_capacity": lambda net: net.rooms,
    "receiving_capacity": lambda net: net.docks,
}
