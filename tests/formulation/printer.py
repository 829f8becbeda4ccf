"""Blocks of a program as text that can be read against MODEL.md: every row and term by the names of its keys."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.algebra.program import Program
from optimizer.network.network import Network

PLACE, TRIP = ["location", "sku", "period"], ["lane", "sku", "period"]
BASES = pd.Index(["kg", "m3"])
MEASURES = pd.Index(["m3", "kg", "units"])


def band_text(net: Network, program: Program, name: str) -> str:
    """The rows of a band, one a line, as they stand in the standard form."""
    form = program.standard_form()
    rows, names = form.rows[name], variable_names(net)
    heads = row_names(net, name)
    assert len(heads) == rows.stop - rows.start
    lines = []
    for head, row in zip(heads, range(rows.start, rows.stop), strict=True):
        entries = form.matrix[[row], :].tocoo()
        terms = sorted(zip(entries.col, entries.data, strict=True))
        lines.append(f"{head}: {_sum(terms, names)} {_held(form.row_lower[row], form.row_upper[row])}")
    return "\n".join(lines) + "\n"


def cost_text(net: Network, program: Program, line: str) -> str:
    """The terms of a cost line, one a line."""
    vector, constant = program.line_costs(line)
    names = variable_names(net)
    terms = [f"{vector[place]:+.10g} {names[place]}" for place in np.flatnonzero(vector)]
    return "\n".join([*terms, f"{constant:+.10g}"]) + "\n"


def bounds_text(net: Network, program: Program) -> str:
    """The bounds of all columns, one a line."""
    lines = []
    for name, family, lower, upper in zip(
        variable_names(net),
        [each for each in program.variables for _ in range(len(each))],
        np.concatenate([family.lower for family in program.variables]),
        np.concatenate([family.upper for family in program.variables]),
        strict=True,
    ):
        lines.append(f"{lower + 0.0:.10g} <= {name} <= {upper:.10g}{' whole' if family.integer else ''}")
    return "\n".join(lines) + "\n"


def variable_names(net: Network) -> list[str]:
    """Names of all columns, in order."""
    return [f"{family}{key}" for family, keys in _families(net).items() for key in keys]


def keys_of(net: Network, family: str) -> list[str]:
    """The legal keys of a family, without brackets: "sea,A,0"."""
    return [key[1:-1] for key in _families(net)[family]]


def row_names(net: Network, band: str) -> list[str]:
    """Names of the rows of a band, in order: its index set."""
    stepped = net.brackets[net.brackets["stepped"] == 1]
    bought = net.shipments[net.shipments["origin"].isin(net.supplier_orders["origin"])]
    tables: dict[str, tuple[pd.DataFrame, list[str]]] = {
        "stock_balance": (net.stock, PLACE),
        "demand_met_or_lost": (net.wants, ["region", "sku", "period"]),
        "slow_delivery_share": (net.slow, ["region", "sku", "period", "days"]),
        "whole_cases": (net.shipments.iloc[net.cased["shipment"]], TRIP),
        "minimum_order": (net.sku_orders, ["origin", "sku", "period"]),
        "minimum_order_placed": (net.sku_orders, ["origin", "sku", "period"]),
        "supplier_minimum": (net.supplier_orders, ["origin", "period"]),
        "supplier_minimum_placed": (net.supplier_orders, ["origin", "period"]),
        "supplier_minimum_placed_by_sku": (bought, TRIP),
        "container_volume": (_trips(net, net.loads[["sailing"]].drop_duplicates()), ["lane", "period"]),
        "container_payload": (_trips(net, net.loads[["sailing"]].drop_duplicates()), ["lane", "period"]),
        "chargeable_weight": (net.scales, ["lane", "basis", "period"]),
        "chargeable_volume": (net.scales[net.scales["divisor"].notna()], ["lane", "basis", "period"]),
        "weight_break": (stepped, ["lane", "basis", "period", "from_quantity"]),
        "weight_break_used": (stepped, ["lane", "basis", "period", "from_quantity"]),
        "one_bracket": (stepped.drop_duplicates("scale"), ["lane", "basis", "period"]),
        "departure_used": (net.fees, ["lane", "period"]),
        "departure_used_by_sku": (net.shipments[net.shipments["sailing"].isin(net.fees["sailing"])], TRIP),
        "lane_capacity": (_trips(net, net.capacities), ["lane", "period", "measure"]),
        "cumulative_receipts": (net.tracked, PLACE),
        "aged_stock": (net.ageing, [*PLACE, "from_age_days"]),
        "last_plan_kept": (net.shipments.iloc[net.last.kept["shipment"]], TRIP),
        "storage_capacity": (net.rooms, ["location", "period"]),
        "receiving_capacity": (net.docks, ["location", "period"]),
        "stock_target": (net.targets, PLACE),
        "end_cover_stock": (net.cover.stock, ["location", "sku", "bucket"]),
        "end_cover_demand": (net.cover.demand, ["region", "sku", "bucket"]),
    }
    return _keys(net, *tables[band])


def _families(net: Network) -> dict[str, list[str]]:
    stepped = net.brackets[net.brackets["stepped"] == 1]
    bracket = ["lane", "basis", "period", "from_quantity"]
    tables: dict[str, tuple[pd.DataFrame, list[str]]] = {
        "ship": (net.shipments, TRIP),
        "cases": (net.shipments.iloc[net.cased["shipment"]], TRIP),
        "on_hand": (net.stock, PLACE),
        "received": (net.tracked, PLACE),
        "aged": (net.ageing, [*PLACE, "from_age_days"]),
        "deliver": (net.deliveries, ["location", "region", "sku", "period"]),
        "lost": (net.wants, ["region", "sku", "period"]),
        "containers": (net.loads, ["lane", "container_type", "period"]),
        "charged": (net.brackets, bracket),
        "brackets": (stepped, bracket),
        "departures": (net.fees, ["lane", "period"]),
        "orders_placed": (net.sku_orders, ["origin", "sku", "period"]),
        "supplier_orders": (net.supplier_orders, ["origin", "period"]),
        "storage_overflow": (net.rooms, ["location", "period"]),
        "receiving_overflow": (net.docks, ["location", "period"]),
        "target_shortfall": (net.targets, PLACE),
        "end_cover": (net.cover.keys, ["location", "region", "sku", "bucket"]),
        "dropped": (net.shipments.iloc[net.last.kept["shipment"]], TRIP),
    }
    return {family: _keys(net, *table) for family, table in tables.items()}


def _trips(net: Network, rows: pd.DataFrame) -> pd.DataFrame:
    trips = net.sailings[["lane", "period"]].iloc[rows["sailing"]].reset_index(drop=True)
    return rows.reset_index(drop=True).drop(columns=["lane", "period"], errors="ignore").join(trips)


def _keys(net: Network, table: pd.DataFrame, columns: list[str]) -> list[str]:
    ground = net.ground
    codes = {
        "lane": ground.lanes,
        "sku": ground.sku_index,
        "location": ground.locations,
        "origin": ground.locations,
        "region": ground.regions,
        "basis": BASES,
        "measure": MEASURES,
        "container_type": pd.Index(ground.scenario["container_types"]["container_type"]),
    }
    named = [codes[name].to_numpy()[table[name]] if name in codes else table[name].to_numpy() for name in columns]
    return [f"[{','.join(_short(part) for part in parts)}]" for parts in zip(*named, strict=True)]


def _sum(terms: list[tuple[int, float]], names: list[str]) -> str:
    text = " ".join(f"{'-' if value < 0 else '+'} {_times(abs(value))}{names[place]}" for place, value in terms)
    return text.removeprefix("+ ") or "0"


def _times(value: float) -> str:
    return "" if value == 1 else f"{value:.10g} "


def _held(lower: float, upper: float) -> str:
    if lower == upper:
        return f"= {lower + 0.0:.10g}"
    low = f">= {lower + 0.0:.10g}" if np.isfinite(lower) else ""
    high = f"<= {upper + 0.0:.10g}" if np.isfinite(upper) else ""
    return " and ".join(part for part in (low, high) if part)


def _short(part: object) -> str:
    return f"{part:.10g}" if isinstance(part, float) else str(part)
