"""What a plan decides for some SKUs, and for what they share with others, as an answer of their program."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.gather import position
from optimizer.network.network import Network
from optimizer.plan.plan import Plan

#: Smaller amounts are noise of a solver's tolerances.
NOISE = 1e-7


def planned(net: Network, program: Program, plan: Plan, loads: dict[str, np.ndarray]) -> np.ndarray:
    """The columns (n,) of a network's program as a plan has them; `loads`: what other SKUs take of linking rows."""
    tables, read = _coded(net, plan), {}
    for family, (table, keys, rows, amount) in _FAMILIES.items():
        read[family] = _filled(rows(net), tables[table], keys, amount)
    ship, overflow = read["ship"], tables["overflow"]
    read["cases"] = np.round(ship[net.cased["shipment"].to_numpy()] / net.cased["multiple"].to_numpy())
    for family, kind, rows in (("storage", "storage", net.rooms), ("receiving", "receiving", net.docks)):
        read[f"{family}_overflow"] = _filled(
            rows, overflow[overflow["kind"] == kind], ["location", "period"], "volume_m3"
        )
    read["received"] = _received(net, ship)
    stepped = (net.brackets["stepped"] == 1).to_numpy()
    read["brackets"] = (read["charged"][stepped] > NOISE).astype(float)
    aboard = net.aboard @ ship
    paid = aboard[net.fees["sailing"].to_numpy()] + loads["departure_used"]
    read["departures"] = (paid > NOISE).astype(float)
    read["orders_placed"] = _placed(net.sku_orders, net.shipments, ship, ["origin", "sku", "period"])
    shared = _placed(net.supplier_orders, net.shipments, ship, ["origin", "period"])
    read["supplier_orders"] = np.maximum(shared, loads["supplier_minimum_placed"] > NOISE)
    kept = net.last.kept
    read["dropped"] = np.maximum(kept["units"].to_numpy() - ship[kept["shipment"].to_numpy()], 0.0)
    return np.concatenate([read[family.name] for family in program.variables])


#: Families that a table of the plan tells: table, key columns, rows of the network, column of amounts.
_FAMILIES = {
    "ship": ("ship", ["lane", "sku", "period"], lambda net: net.shipments, "units"),
    "on_hand": ("on_hand", ["location", "sku", "period"], lambda net: net.stock, "units"),
    "aged": ("aged", ["location", "sku", "period", "from_age_days"], lambda net: net.ageing, "units"),
    "deliver": ("deliver", ["location", "region", "sku", "period"], lambda net: net.deliveries, "units"),
    "lost": ("lost", ["region", "sku", "period"], lambda net: net.wants, "units"),
    "containers": ("containers", ["lane", "container_type", "period"], lambda net: net.loads, "containers"),
    "charged": ("charged", ["lane", "basis", "period", "from_quantity"], lambda net: net.brackets, "charged"),
    "target_shortfall": ("target_shortfall", ["location", "sku", "period"], lambda net: net.targets, "units"),
    "end_cover": ("end_cover", ["location", "region", "sku", "bucket"], lambda net: net.cover.keys, "units"),
}  # fmt: skip


def _coded(net: Network, plan: Plan) -> dict[str, pd.DataFrame]:
    """The plan's tables with codes in place of names, without other SKUs and without names that the network lacks."""
    ground = net.ground
    names = {
        "lane": ground.lanes, "location": ground.locations, "region": ground.regions, "sku": ground.sku_index,
        "container_type": pd.Index(ground.scenario["container_types"]["container_type"]),
        "basis": pd.Index(["kg", "m3"]),
    }  # fmt: skip
    found = {}
    for name, table in plan.tables.items():
        codes = {key: index.get_indexer(table[key]) for key, index in names.items() if key in table.columns}
        known = np.all([code >= 0 for code in codes.values()], axis=0) if codes else np.ones(len(table), dtype=bool)
        found[name] = table.assign(**codes)[known]
    return found


def _filled(rows: pd.DataFrame, table: pd.DataFrame, keys: list[str], amount: str) -> np.ndarray:
    """The amount that a table tells of each row, 0 where it tells none."""
    found, whole = np.zeros(len(rows)), table.astype({key: np.int64 for key in keys if key != "from_quantity"})
    if "from_quantity" in keys:
        breaks = np.unique(np.concatenate([rows["from_quantity"].to_numpy(), table["from_quantity"].to_numpy()]))
        rows, whole = (
            part.assign(from_quantity=np.searchsorted(breaks, part["from_quantity"].to_numpy()))
            for part in (rows, whole)
        )
    place = position(rows.astype(dict.fromkeys(keys, np.int64)), whole, keys)
    np.add.at(found, place[place >= 0], whole[amount].to_numpy()[place >= 0])
    return found


def _received(net: Network, ship: np.ndarray) -> np.ndarray:
    """Cumulative receipts of the tracked stock rows."""
    rows = net.tracked
    landed = pd.Series(net.tracked_arrivals @ ship + rows["receipts"].to_numpy())
    order = np.lexsort((rows["period"].to_numpy(), rows["chain"].to_numpy()))
    found = np.zeros(len(rows))
    found[order] = landed.iloc[order].groupby(rows["chain"].to_numpy()[order]).cumsum().to_numpy()
    return found


def _placed(orders: pd.DataFrame, shipments: pd.DataFrame, ship: np.ndarray, keys: list[str]) -> np.ndarray:
    place = position(orders, shipments, keys)
    units = np.bincount(place[place >= 0], ship[place >= 0], minlength=len(orders))
    return (units > NOISE).astype(float)
