"""An answer of the program as the tables of a plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.formulation.path_tables import over_paths
from optimizer.network.network import Network
from optimizer.plan.plan import PLAN_TABLES, plan_tables

#: Smaller amounts are noise of the solver's tolerances and are left out of the tables.
NOISE = 1e-7

#: Columns of names; all others hold numbers.
TEXTS = frozenset({"lane", "sku", "location", "region", "container_type", "basis", "kind"})


def interpret(net: Network, program: Program, x: np.ndarray) -> dict[str, pd.DataFrame]:
    """The plan tables (`plan_tables`) that the answer `x` (n,) of a network's program stands for."""
    value = {name: x[columns] for name, columns in program.columns.items()}
    tables = {
        "ship": _shipped(net, value),
        "containers": _named(net, net.loads, containers=np.round(value["containers"])),
        "charged": _charged(net, value),
        "deliver": _named(net, net.deliveries, units=value["deliver"]),
        "lost": _named(net, net.wants.drop(columns="units"), units=value["lost"]),
        "on_hand": _named(net, net.stock, units=value["on_hand"]),
        "aged": _named(net, net.ageing, units=value["aged"]),
        "overflow": pd.concat(
            [
                _named(net, net.rooms.drop(columns="volume"), volume_m3=value["storage_overflow"], kind="storage"),
                _named(net, net.docks.drop(columns="volume"), volume_m3=value["receiving_overflow"], kind="receiving"),
            ]
        ),
        "target_shortfall": _named(net, net.targets, units=value["target_shortfall"]),
        "end_cover": _named(net, net.cover.keys, units=value["end_cover"]),
    }
    if len(net.weights) > 1:
        tables = over_paths(net, tables, PLAN_TABLES)
    amounts = program.amounts(x)
    tables["costs"] = pd.DataFrame({"line": list(amounts), "amount": list(amounts.values())})
    return {name: _tidy(tables[name], columns) for name, columns in plan_tables(net.ground.scenario).items()}


def _shipped(net: Network, value: dict[str, np.ndarray]) -> pd.DataFrame:
    units, cases = value["ship"].copy(), np.full(len(net.shipments), np.nan)
    place = net.cased["shipment"].to_numpy()
    cases[place] = np.round(value["cases"])
    units[place] = cases[place] * net.cased["multiple"].to_numpy()
    return _named(net, net.shipments, units=units, cases=cases)


def _charged(net: Network, value: dict[str, np.ndarray]) -> pd.DataFrame:
    table = _named(net, net.brackets, charged=value["charged"])
    return table.assign(basis=np.array(["kg", "m3"], dtype=object)[net.brackets["basis"]])


def _named(net: Network, keys: pd.DataFrame, **amounts) -> pd.DataFrame:
    """The keys with names in place of codes, and the amounts."""
    ground = net.ground
    names = {
        "lane": ground.lanes,
        "sku": ground.sku_index,
        "location": ground.locations,
        "region": ground.regions,
        "container_type": pd.Index(ground.scenario["container_types"]["container_type"]),
    }
    named = {
        column: pd.Series(names[column].to_numpy(), dtype=str).array.take(keys[column].to_numpy())
        for column in keys.columns
        if column in names
    }
    kept = [column for column in ("period", "bucket", "from_age_days", "from_quantity") if column in keys.columns]
    return pd.DataFrame(
        {**named, **{column: keys[column].to_numpy() for column in kept}, **amounts}, index=range(len(keys))
    )


def _tidy(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    if columns[0] == "line":
        return table[list(columns)]
    amount = "units" if "units" in columns else columns[-1]
    told = table.loc[table[amount].abs() > NOISE, list(columns)].reset_index(drop=True)
    return told.astype(dict.fromkeys(set(columns) & TEXTS, str))  # an empty column of texts is one of texts, too
