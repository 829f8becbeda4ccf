"""Real histories of sales as scenarios: one warehouse at home that serves every region, so that they can be checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
from dateutil.easter import easter

from benchmarks.scenarios import DATA
from benchmarks.spec import LeftOut
from optimizer.scenario.generator.samples.online_retail.history import history
from optimizer.scenario.generator.samples.online_retail.market import by_region
from optimizer.scenario.generator.samples.online_retail.transactions import read_transactions
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings import Settings

DAY, WEEK = pd.Timedelta(days=1), pd.Timedelta(weeks=1)


def histories_missing() -> str | None:
    """What to say where the histories are not there; None where they are."""
    if (DATA / "demand").is_dir():
        return None
    return f"the histories of demand are not at {DATA}: set OPTIMIZER_DATA to the folder that holds demand/"


def online_retail(skus: int) -> Scenario:
    """A web shop in the UK: invoices less what was cancelled, whole weeks, countries as six regions."""
    return _scenario("online-retail", by_region(history(read_transactions(real_data()))), skus)


def favorita(skus: int) -> Scenario:
    """Groceries in ten shops over 171 weeks; the shops are the regions."""
    return _scenario("favorita", favorita_weeks(), skus)


def favorita_events(skus: int) -> Scenario:
    """The same groceries, with the Christmas weeks that the file marks, and Carnival and Easter, which move."""
    scenario = favorita(skus)
    dates = pd.read_csv(real_data() / "demand" / "favorita" / "dates_with_info.csv", parse_dates=["date"])
    christmas = dates.loc[dates["christmas"] == 1, "date"]
    sundays = [pd.Timestamp(easter(year)) for year in dates["year"].unique()]
    told = [("Christmas", first, first + 6 * DAY) for first in christmas]
    told += [("Carnival", sunday - 50 * DAY, sunday - 47 * DAY) for sunday in sundays]
    told += [("Easter", sunday - 3 * DAY, sunday) for sunday in sundays]
    names, first, last = zip(*told, strict=True)
    return scenario.with_tables(events=typed("events", {"event": names, "from": first, "until": last}))


def spare_parts(skus: int) -> Scenario:
    """Spare parts of lorries over 148 whole weeks, most of them without a sale; one region."""
    return _scenario("spare-parts", spare_parts_weeks(), skus)


def favorita_weeks(first: str = "2013-01-01") -> pd.DataFrame:
    """Weekly sales: sku, region (the shop), week (the first one begins on `first`), units; negative ones came back."""
    table = pd.read_parquet(real_data() / "demand" / "favorita" / "weekly_sales.parquet")
    week = pd.Timestamp(first) + table["week"] * WEEK
    region = "store-" + table["store"].astype(str)
    return pd.DataFrame({"sku": table["sku"].astype(str), "region": region, "week": week, "units": table["sales"]})


def spare_parts_weeks(first: str = "2020-01-06") -> pd.DataFrame:
    """Weekly sales: sku, region, week (the first one begins on `first`), units (some not whole), price."""
    table = pd.read_parquet(real_data() / "demand" / "spare_parts" / "MAN.parquet")
    # The first and the last week of the file hold hardly anything: they are parts of weeks.
    weeks = [name for name in table.columns if name.startswith("t")][1:-1]
    long = table.melt(["sku", "unit_price"], weeks, value_name="units")
    week = pd.Timestamp(first) + (long["variable"].str[1:].astype(int) - 2) * WEEK
    return pd.DataFrame({"sku": long["sku"].astype(str), "region": "all", "week": week, "units": long["units"],
                         "price": long["unit_price"]})  # fmt: skip


def drawn(skus: int) -> Scenario:
    """Uneven sales of 104 weeks in one region, drawn: how long a forecast takes depends on nothing else."""
    random = np.random.default_rng(1)
    mean = random.lognormal(0.5, 1.5, (skus, 1))
    units = random.poisson(mean * random.gamma(2.0, 0.5, (skus, 104)))
    sku, week = np.indices(units.shape)
    names = np.char.add("S", np.char.zfill(sku.ravel().astype(str), 6))
    begins = pd.Timestamp("2024-01-01") + week.ravel() * WEEK
    weekly = pd.DataFrame({"sku": names, "region": "all", "week": begins, "units": units.ravel().astype(float)})
    return _scenario("drawn", weekly, skus)


def real_data() -> Path:
    """The folder of real data. Raises LeftOut where it is not there."""
    if gone := histories_missing():
        raise LeftOut(gone)
    return DATA


def _scenario(name: str, weekly: pd.DataFrame, skus: int) -> Scenario:
    """The history of some SKUs, taken evenly from all, and what a scenario must have besides."""
    listed = np.unique(weekly["sku"].astype(str))
    kept = listed[:: max(len(listed) // skus, 1)][:skus]
    rows = weekly[weekly["sku"].isin(kept)]
    regions = np.unique(rows["region"].astype(str))
    after: dt.date = (rows["week"].max() + WEEK).date()
    pairs = rows[["sku", "region"]].drop_duplicates()
    told = {
        "countries": {"country": ["XX"], "customs_territory": "XX", "currency": "USD"},
        "locations": {"location": ["home"], "kind": "domestic", "country": "XX"},
        "regions": {"region": regions, "kind": "customers", "country": "XX"},
        "skus": {"sku": kept, "origin_country": "XX", "unit_weight_kg": 1.0, "unit_volume_m3": 0.01,
                 "declared_value": 1.0},
        "prices": {"sku": pairs["sku"].to_numpy(), "region": pairs["region"].to_numpy(), "price": 1.0,
                   "currency": "USD"},
        "delivery_lanes": {"location": "home", "region": regions, "delivery_days": 3},
        "opening_stock": {"location": "home", "sku": kept, "units": 1.0},
        "sales": {"sku": rows["sku"].to_numpy(), "region": rows["region"].to_numpy(), "date": rows["week"].to_numpy(),
                  "days": 7, "units": rows["units"].to_numpy(dtype=float)},
    }  # fmt: skip
    tables = {table.name: typed(table.name, told.get(table.name, {})) for table in TABLES}
    return Scenario(Settings(name, "USD", after, (7,) * 13), tables)
