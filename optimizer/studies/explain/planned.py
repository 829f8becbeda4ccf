"""What a plan decides for some SKUs, and for what they share with others, as an answer of their program."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from optimizer.network.gather import position
from optimizer.network.network import Network
from optimizer.plan.plan import Plan
from optimizer.search.model import Model
from optimizer.studies.explain.filled import filled
from optimizer.studies.explain.planned_paths import on_paths, received

#: Smaller amounts are noise of a solver's tolerances.
NOISE = 1e-7


def planned(made: Model, plan: Plan, loads: dict[str, np.ndarray]) -> np.ndarray:
    """The columns (n,) of a model as a plan has them; `loads`: what other SKUs take of linking rows."""
    net, tables = made.net, _coded(made.net, plan)
    shared = {name: _FAMILIES[name] for name in ("containers", "charged")}
    read = _read(net, tables, _FAMILIES if len(net.weights) == 1 else shared)
    if len(net.weights) > 1:
        read |= on_paths(made, tables)
    ship, overflow = read["ship"], tables["overflow"]
    read["cases"] = np.round(ship[net.cased["shipment"].to_numpy()] / net.cased["multiple"].to_numpy())
    for family, kind, rows in (("storage", "storage", net.rooms), ("receiving", "receiving", net.docks)):
        read[f"{family}_overflow"] = filled(
            rows, overflow[overflow["kind"] == kind], ["location", "period"], "volume_m3"
        )
    read["received"] = received(net, ship)
    stepped = (net.brackets["stepped"] == 1).to_numpy()
    read["brackets"] = (read["charged"][stepped] > NOISE).astype(float)
    aboard = net.aboard @ ship
    paid = aboard[net.fees["sailing"].to_numpy()] + loads["departure_used"]
    read["departures"] = (paid > NOISE).astype(float)
    placed = position(net.sku_orders, net.shipments, ["origin", "sku", "period", "committed"])
    units = np.bincount(placed[placed >= 0], ship[placed >= 0], minlength=len(net.sku_orders))
    read["orders_placed"] = (units > NOISE).astype(float)
    shared_orders = net.ordered @ ship + loads["supplier_minimum_placed"]
    read["supplier_orders"] = (shared_orders > NOISE).astype(float)
    kept = net.last.kept
    read["dropped"] = np.maximum(kept["units"].to_numpy() - ship[kept["shipment"].to_numpy()], 0.0)
    return np.concatenate([read[family.name] for family in made.program.variables])


Family = tuple[str, list[str], Callable[[Network], pd.DataFrame], str]


def _read(net: Network, tables: dict[str, pd.DataFrame], families: dict[str, Family]) -> dict[str, np.ndarray]:
    return {
        family: filled(rows(net), tables[table], keys, amount)
        for family, (table, keys, rows, amount) in families.items()
    }


#: Families that a table of the plan tells: table, key columns, rows of the network, column of amounts.
_FAMILIES: dict[str, Family] = {
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
        "basis": pd.Index(["kg", "m3"]), "path": pd.Index(ground.scenario["paths"]["path"]),
    }  # fmt: skip
    found = {}
    for name, table in plan.tables.items():
        codes = {key: index.get_indexer(table[key]) for key, index in names.items() if key in table.columns}
        known = np.all([code >= 0 for code in codes.values()], axis=0) if codes else np.ones(len(table), dtype=bool)
        found[name] = table.assign(**codes)[known]
    return found
