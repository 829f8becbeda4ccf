"""Real histories mapped onto sample networks: sellers whose demand is real, in blocks of SKUs, for back-tests.

What the histories do not say (where warehouses stand, sizes, costs, customs codes, opening stock) is drawn once, as
`mappings.toml` says; only the weeks before the replay decide which SKUs are taken and what stock there is.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.histories import WEEK, favorita_weeks, real_data, spare_parts_weeks
from optimizer.scenario.generator import catalogue, markets
from optimizer.scenario.generator.generate import assembled, random
from optimizer.scenario.generator.places import supplier_countries
from optimizer.scenario.generator.samples.online_retail import goods as web_goods
from optimizer.scenario.generator.samples.online_retail import market
from optimizer.scenario.generator.samples.online_retail.history import history
from optimizer.scenario.generator.samples.online_retail.transactions import read_transactions
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario

FILE = Path(__file__).with_name("mappings.toml")
NAMES = ("online-retail", "favorita", "spare-parts")
#: How much the weights of regions differ from SKU to SKU (log scale), as in generated catalogues.
WEIGHT_SPREAD = 0.4


@dataclass(frozen=True)
class Real:
    """A history: `weekly` sku, region (of the network), week, units, and revenue where it is known; `products` sku,
    name, price (None where prices are to be drawn), units_per_order, in the order in which they are dealt out.
    """

    weekly: pd.DataFrame
    products: pd.DataFrame


@cache
def parameters(name: str) -> Mapping[str, Any]:
    """What `mappings.toml` says of a history."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))[name]


def mapped(name: str, block: int, blocks: int, skus: int | None = None) -> Scenario:
    """A block of a history as the scenario of a seller, with its whole history in `sales`.

    Its first day is the one after the history; the stock is that of the first day of the replay, so many days younger.
    """
    told = parameters(name)
    real = _real(name)
    count = skus or told["skus"]
    chosen = real.products.iloc[: count * blocks].iloc[block::blocks].sort_values("sku", ignore_index=True)
    return _seller(name, block, chosen, real.weekly[real.weekly["sku"].isin(chosen["sku"])])


def first_day(name: str, end: pd.Timestamp) -> pd.Timestamp:
    """The first day of the replay of a history that ends before `end`."""
    told = parameters(name)
    return end - (told["weeks"] + told["after"]) * WEEK


def _seller(name: str, block: int, products: pd.DataFrame, weekly: pd.DataFrame) -> Scenario:
    told, end = parameters(name), _real(name).weekly["week"].max() + WEEK
    start = first_day(name, end)
    spec = Spec(
        name=f"{name}-{block}", skus=len(products), seed=told["seed"] * 1000 + block,
        warehouses=tuple(told["warehouses"]), channels=tuple(told["channels"]), suppliers=told["suppliers"],
        modes=told["modes"], weeks=told["horizon"], cover_weeks=(2.0, 10.0), container_tightness=0.0,
        starts_on=start.date(),
    )  # fmt: skip
    goods = _goods(spec, products)
    known = weekly[weekly["week"] < start]
    scenario = assembled(spec, goods, market.wanted(spec, known, goods.sku))
    tables = {"demand": typed("demand", {}), "sales": market.sales(weekly), "lanes": _late(scenario["lanes"])}
    if "revenue" in weekly:
        tables["prices"] = _prices(scenario, known, weekly)
    return _ending(scenario.with_tables(**tables), start, end)


def _goods(spec: Spec, products: pd.DataFrame) -> catalogue.Catalogue:
    if products["price"].notna().all():
        return web_goods.goods(spec, products, random(spec, "catalogue"))
    drawn = catalogue.catalogue(spec, supplier_countries(spec), random(spec, "catalogue"))
    return replace(drawn, sku=products["sku"].to_numpy(dtype=object))


def _late(lanes: pd.DataFrame) -> pd.DataFrame:
    """Lanes with the days that nine of ten departures keep, which generated ones tell in their note."""
    told = lanes["note"].str.extract(r"nine of ten within (\d+) days", expand=False).astype(float)
    return lanes.assign(lead_time_p90_days=lanes["lead_time_p90_days"].fillna(told))


def _prices(scenario: Scenario, known: pd.DataFrame, weekly: pd.DataFrame) -> pd.DataFrame:
    """What was paid before the replay; of pairs that are first sold in it, what was paid in all other regions then."""
    pairs = weekly[["sku", "region"]].drop_duplicates()
    new = pairs[~pd.MultiIndex.from_frame(pairs).isin(pd.MultiIndex.from_frame(known[["sku", "region"]]))]
    new = new.merge(known.groupby("sku", as_index=False)[["units", "revenue"]].sum(), on="sku")
    regions = scenario["regions"]
    outlets = regions.loc[regions["kind"] != "customers", "region"]
    cleared = scenario["prices"][scenario["prices"]["region"].isin(outlets)]
    return joined("prices", market.prices(known), market.prices(new), cleared)


def _ending(scenario: Scenario, start: pd.Timestamp, end: pd.Timestamp) -> Scenario:
    """The scenario as of the end of the history: stock and goods under way as near as they were on the first day."""
    stock, under_way, later = scenario["opening_stock"], scenario["in_transit"], end - start
    last: dt.date = end.date()
    settings = replace(scenario.settings, starts_on=last)
    return replace(scenario, settings=settings).with_tables(
        opening_stock=stock.assign(received_on=stock["received_on"] + later),
        in_transit=under_way.assign(arrives_on=under_way["arrives_on"] + later),
    )


@cache
def _real(name: str) -> Real:
    return {"online-retail": _online_retail, "favorita": _favorita, "spare-parts": _spare_parts}[name]()


def _online_retail() -> Real:
    lines = read_transactions(real_data())
    sold = history(lines)
    start = first_day("online-retail", sold["week"].max() + WEEK)
    # What is cancelled in the replay was still a sale before it, for whoever decides on its first day.
    known = history(lines, start)
    sold = pd.concat([known, sold[sold["week"] >= start]], ignore_index=True)
    products = web_goods.best_sellers(known, known["sku"].nunique())
    revenue = (known["units"] * known["price"]).groupby(known["sku"]).sum()
    return Real(market.by_region(sold), _by(products, revenue))


def _favorita() -> Real:
    told = parameters("favorita")
    weekly = favorita_weeks(str(told["first_week"]))
    weekly = weekly.assign(region=weekly["region"].map(told["regions"]), units=np.maximum(weekly["units"], 0.0))
    return Real(weekly[weekly["units"] > 0], _sold_before("favorita", weekly))


def _spare_parts() -> Real:
    told = parameters("spare-parts")
    weekly = spare_parts_weeks(str(told["first_week"]))
    rng = np.random.default_rng([told["seed"], zlib.crc32(b"spare-parts")])
    units = np.floor(weekly["units"].to_numpy() + rng.random(len(weekly)))
    whole = weekly.assign(units=np.maximum(units, 0.0))
    products = _sold_before("spare-parts", whole)
    return Real(_split(whole[whole["units"] > 0], told, rng), products)


def _split(weekly: pd.DataFrame, told: Mapping[str, Any], rng: np.random.Generator) -> pd.DataFrame:
    """Every unit to a region by chance, by the weights of its SKU."""
    network = Spec(warehouses=tuple(told["warehouses"]), channels=tuple(told["channels"]))
    regions = markets.regions(network)
    sku = weekly["sku"].astype("category").cat
    weight = np.array([region.weight for region in regions])
    weight = weight * np.exp(rng.normal(0, WEIGHT_SPREAD, (len(sku.categories), len(regions))))
    share = weight / weight.sum(axis=1, keepdims=True)
    units = rng.multinomial(weekly["units"].to_numpy(dtype=np.int64), share[sku.codes.to_numpy()])
    row, region = np.nonzero(units)
    codes = np.array([region.code for region in regions], dtype=object)
    rows = weekly[["sku", "week"]].iloc[row].reset_index(drop=True)
    return rows.assign(region=codes[region], units=units[row, region].astype(float))


def _sold_before(name: str, weekly: pd.DataFrame) -> pd.DataFrame:
    """Products that were sold before the replay, the best sellers first: by revenue, without prices by units."""
    known = weekly[weekly["week"] < first_day(name, weekly["week"].max() + WEEK)]
    sold = known.groupby("sku")["units"].sum()
    price = known.groupby("sku")["price"].first() if "price" in known else pd.Series(np.nan, index=sold.index)
    products = pd.DataFrame({"sku": sold.index, "name": sold.index, "price": price.to_numpy(), "units_per_order": 1.0})
    worth = sold * price.fillna(1.0)
    return _by(products[(sold > 0).to_numpy()], worth)


def _by(products: pd.DataFrame, worth: pd.Series) -> pd.DataFrame:
    order = products["sku"].map(worth).sort_values(ascending=False, kind="stable").index
    return products.loc[order].reset_index(drop=True)
