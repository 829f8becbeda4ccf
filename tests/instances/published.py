"""Published instances with known optima, said in our tables. Each maker returns (scenario, published optimum)."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings

START = dt.date(2026, 1, 5)
#: No unit is worth losing at this price, which stays small enough for the solver's tolerances.
PRICE = 5_000.0
Published = tuple[Scenario, float]


def scenario(name: str, periods: int, **tables: Mapping[str, object]) -> Scenario:
    """A scenario of one-day periods, one country, one SKU unit of 1 m3 and 1 kg, without capital, duty or end stock."""
    known: dict[str, Mapping[str, object]] = {"countries": {"country": ["X"], "customs_territory": "X"}, **tables}
    settings = Settings(name, "USD", START, (1,) * periods, end_stock="zero")
    return Scenario(settings, {table: typed(table, known.get(table, {})) for table in SCHEMA})


def goods(skus: list[str]) -> dict[str, object]:
    """SKUs of 1 m3 and 1 kg that are worth nothing until they are sold."""
    return {"sku": skus, "origin_country": "X", "unit_weight_kg": 1.0, "unit_volume_m3": 1.0, "declared_value": 0.0}


def days(count: int) -> pd.DatetimeIndex:
    """The first day of each period."""
    return pd.date_range(START, periods=count)


def demand_table(rows: list[tuple[str, str, int, float]]) -> dict[str, object]:
    """Demand of (sku, region, period, units) in buckets of a day."""
    sku, region, period, units = (list(column) for column in zip(*rows, strict=True))
    dates = [pd.Timestamp(START) + pd.Timedelta(days=day) for day in period]
    return {"sku": sku, "region": region, "starts_on": dates, "days": 1, "mean": units}


def wagner_whitin(data: Path) -> Iterator[tuple[str, Published]]:
    """One warehouse, a fee for each order, rent: Snyder and Shen, chapter 3."""
    values = _values(data / "instances/textbook/known_answers.csv", "instance", "published_value")
    with gzip.open(data / "instances/textbook/stockpyl_instances.json.gz", "rt") as file:
        instances = {row["name"]: row["data"] for row in json.load(file)["instances"]}
    for name in ("example_3_9", "problem_3_27", "problem_3_29", "scmo_ww_hw_c"):
        yield name, (_lot_sizing(name, instances[name]), values[name])


def _lot_sizing(name: str, given: dict) -> Scenario:
    count = given["num_periods"]
    costs = given.get("purchase_cost", 0)
    unit = costs if isinstance(costs, list) else [costs] * count
    rates = {
        "lane": "buy", "basis": ["departure"] + ["m3"] * count, "rate": [given["fixed_cost"], *unit],
        "valid_from": [pd.NaT, *days(count)],
    }  # fmt: skip
    return scenario(
        name, count, skus=goods(["A"]), prices={"sku": ["A"], "region": "R", "price": PRICE},
        sourcing={"sku": ["A"], "supplier": "F", "unit_cost": 0.0},
        locations={"location": ["F", "W"], "kind": ["supplier", "overseas"], "country": "X"},
        regions={"region": ["R"], "country": "X"},
        lanes={"lane": ["buy"], "origin": "F", "destination": "W", "lead_time_days": 0}, freight_rates=rates,
        storage_rates={"location": ["W"], "per_m3_day": given["holding_cost"]},
        delivery_lanes={"location": ["W"], "region": "R", "delivery_days": 1},
        demand=demand_table([("A", "R", period, units) for period, units in enumerate(given["demand"])]),
    )  # fmt: skip


def one_warehouse(data: Path) -> Iterator[tuple[str, Published]]:
    """One warehouse and fifty retailers with a fee for each order: joint replenishment over two stages."""
    values = _values(data / "instances/owmr/known_optima.csv", "instance", "published_optimal")
    with gzip.open(data / "instances/owmr/instances.json.gz", "rt") as file:
        for given in json.load(file):
            yield given["name"], (_two_stages(given), values[given["name"]])


def _two_stages(given: dict) -> Scenario:
    count, retailers = given["n_periods"], given["retailers"]
    codes = [f"R{row['id']:02d}" for row in retailers]
    lanes, dates = ["buy", *codes], list(days(count))
    fees = [given["warehouse_setup"], *(row["setup"] for row in retailers)]
    rates = {
        "lane": np.repeat(lanes, count + 1), "basis": (["departure"] * count + ["m3"]) * len(lanes),
        "rate": [rate for lane in fees for rate in (*lane, 0.0)], "valid_from": (dates + [pd.NaT]) * len(lanes),
    }  # fmt: skip
    return scenario(
        given["name"], count, skus=goods(["A"]), prices={"sku": "A", "region": codes, "price": PRICE},
        sourcing={"sku": ["A"], "supplier": "F", "unit_cost": 0.0},
        locations={"location": ["F", "W", *codes], "kind": ["supplier", "domestic"] + ["overseas"] * len(codes),
                   "country": "X"},
        regions={"region": codes, "country": "X"},
        lanes={"lane": lanes, "origin": ["F"] + ["W"] * len(codes), "destination": ["W", *codes], "lead_time_days": 0},
        freight_rates=rates,
        storage_rates={"location": ["W", *codes],
                       "per_m3_day": [given["warehouse_holding"], *(row["holding"] for row in retailers)]},
        delivery_lanes={"location": codes, "region": codes, "delivery_days": 1},
        demand=demand_table([("A", code, period, units) for code, row in zip(codes, retailers, strict=True)
                             for period, units in enumerate(row["demand"])]),
    )  # fmt: skip


def facility_location(data: Path) -> Iterator[tuple[str, Published]]:
    """Capacitated warehouse location of the OR-Library."""
    values = _values(data / "instances/cflp/known_optima.csv", "instance", "optimal")
    for name, optimum in sorted(values.items()):
        with gzip.open(data / f"instances/cflp/{name}.txt.gz", "rt") as file:
            yield name, (_sites(name, file.read().split()), optimum)


def _sites(name: str, words: list[str]) -> Scenario:
    sites, customers = int(words[0]), int(words[1])
    limits = np.array(words[2 : 2 + 2 * sites], dtype=float).reshape(sites, 2)
    rows = np.array(words[2 + 2 * sites :], dtype=float).reshape(customers, 1 + sites)
    places, regions = [f"W{site:02d}" for site in range(sites)], [f"R{row:02d}" for row in range(customers)]
    return scenario(
        name, 1, skus=goods(["A"]), prices={"sku": "A", "region": regions, "price": PRICE},
        sourcing={"sku": ["A"], "supplier": "F", "unit_cost": 0.0},
        locations={"location": ["F", *places], "kind": ["supplier"] + ["overseas"] * sites, "country": "X"},
        regions={"region": regions, "country": "X"},
        lanes={"lane": places, "origin": "F", "destination": places, "lead_time_days": 0,
               "capacity_units": limits[:, 0]},
        freight_rates={"lane": places, "basis": "departure", "rate": limits[:, 1]},
        delivery_lanes={"location": places * customers, "region": np.repeat(regions, sites), "delivery_days": 1,
                        "per_order": (rows[:, 1:] / rows[:, :1]).ravel()},
        demand=demand_table([("A", region, 0, units) for region, units in zip(regions, rows[:, 0], strict=True)]),
    )  # fmt: skip


def network_design(data: Path) -> Iterator[tuple[str, Published]]:
    """Multicommodity capacitated fixed-charge network design (Crainic, Frangioni, Gendron); nan if not known."""
    values = _values(data / "instances/canad/known_values.csv", "instance", "highs_obj")
    arcs = pd.read_parquet(data / "instances/canad/arcs.parquet")
    commodities = pd.read_parquet(data / "instances/canad/commodities.parquet")
    for name in arcs["instance"].unique():
        mine = (table[table["instance"] == name].reset_index(drop=True) for table in (arcs, commodities))
        yield str(name), (_arcs(str(name), *mine), values.get(str(name), float("nan")))


def _arcs(name: str, arcs: pd.DataFrame, commodities: pd.DataFrame) -> Scenario:
    nodes = sorted({*arcs["from"], *arcs["to"], *commodities["origin"], *commodities["dest"]})
    lanes, skus = [f"L{row:04d}" for row in range(len(arcs))], [f"K{row:03d}" for row in range(len(commodities))]
    places = {node: f"N{node:02d}" for node in nodes}
    return scenario(
        name, 1, skus=goods(skus), prices={"sku": skus, "region": skus, "price": PRICE},
        locations={"location": list(places.values()), "kind": "domestic", "country": "X"},
        regions={"region": skus, "country": "X"},
        lanes={"lane": lanes, "origin": arcs["from"].map(places).to_numpy(),
               "destination": arcs["to"].map(places).to_numpy(), "lead_time_days": 0,
               "capacity_units": arcs["capacity"].to_numpy(dtype=float)},
        freight_rates={"lane": lanes * 2, "basis": ["departure"] * len(lanes) + ["m3"] * len(lanes),
                       "rate": np.concatenate([arcs["fixed_cost"], arcs["unit_cost"]]).astype(float)},
        delivery_lanes={"location": commodities["dest"].map(places).to_numpy(), "region": skus, "delivery_days": 1},
        opening_stock={"location": commodities["origin"].map(places).to_numpy(), "sku": skus,
                       "units": commodities["demand"].to_numpy()},
        demand=demand_table([(sku, sku, 0, units) for sku, units in zip(skus, commodities["demand"], strict=True)]),
    )  # fmt: skip


def _values(path: Path, name: str, value: str) -> dict[str, float]:
    with path.open(encoding="utf-8-sig") as file:
        return {row[name]: float(row[value]) for row in csv.DictReader(file) if row[value]}


FAMILIES: dict[str, Callable[[Path], Iterator[tuple[str, Published]]]] = {
    "wagner-whitin": wagner_whitin,
    "facility-location": facility_location,
    "network-design": network_design,
    "one-warehouse-many-retailers": one_warehouse,
}
