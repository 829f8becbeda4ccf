"""Where the shop's customers are, what they bought a week, and what they paid."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.demand import Demand
from optimizer.scenario.generator.samples.online_retail.goods import CURRENCY
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import typed

#: Region -> countries as the file names them; customers of any other country are in `ELSEWHERE`.
COUNTRIES = {
    "UK-web": ("United Kingdom", "Channel Islands"),
    "IE-web": ("EIRE",),
    "DE-web": (
        "Germany",
        "Netherlands",
        "Belgium",
        "Austria",
        "Poland",
        "Czech Republic",
        "Denmark",
        "European Community",
    ),
    "FR-web": ("France",),
    "ES-web": (
        "Spain",
        "Portugal",
        "Italy",
        "Cyprus",
        "Greece",
        "Malta",
        "Sweden",
        "Finland",
        "Lithuania",
    ),
}
ELSEWHERE = "World-web"
#: A product fades that sold less than this share of its weekly mean in so many last weeks.
FADES_BELOW, LAST_WEEKS = 0.4, 8


def by_region(sold: pd.DataFrame) -> pd.DataFrame:
    """Weekly sales with a row where there were any: sku, region, week, units, revenue in the shop's currency."""
    region_of = {country: region for region, countries in COUNTRIES.items() for country in countries}
    region = sold["country"].map(region_of).fillna(ELSEWHERE)
    rows = sold.assign(region=region, revenue=sold["units"] * sold["price"])
    return rows.groupby(["sku", "region", "week"], as_index=False)[["units", "revenue"]].sum()


def sales(weekly: pd.DataFrame) -> pd.DataFrame:
    """The table of sales: a week without a row is a week without sales."""
    return typed(
        "sales",
        {
            "sku": weekly["sku"].to_numpy(),
            "region": weekly["region"].to_numpy(),
            "date": weekly["week"].to_numpy(),
            "days": 7,
            "units": weekly["units"].to_numpy(),
        },
    )


def prices(weekly: pd.DataFrame) -> pd.DataFrame:
    """What a unit sold for in each region on the whole."""
    total = weekly.groupby(["sku", "region"], as_index=False)[["units", "revenue"]].sum()
    return typed(
        "prices",
        {
            "sku": total["sku"].to_numpy(),
            "region": total["region"].to_numpy(),
            "price": np.maximum((total["revenue"] / total["units"]).round(2).to_numpy(), 0.01),
            "currency": CURRENCY,
        },
    )


def wanted(spec: Spec, weekly: pd.DataFrame, skus: np.ndarray) -> Demand:
    """Mean weekly units since the first sale of each (SKU, region), as a plan from the history expects them; without
    buckets, since the demand is told by the sales.
    """
    codes = pd.Index([region.code for region in markets.regions(spec)])
    end, week = pd.Timestamp(spec.starts_on), pd.Timedelta(weeks=1)
    pairs = weekly.groupby(["sku", "region"]).agg(units=("units", "sum"), since=("week", "min")).reset_index()
    mean = (pairs["units"] / ((end - pairs["since"]) / week)).to_numpy()
    last = weekly[weekly["week"] >= end - LAST_WEEKS * week].groupby("sku")["units"].sum().reindex(skus).fillna(0.0)
    usual = pd.Series(mean).groupby(pairs["sku"].to_numpy()).sum().reindex(skus)
    return Demand(
        sku=pd.Index(skus).get_indexer(pairs["sku"]),
        region=codes.get_indexer(pairs["region"]),
        units=np.zeros((len(pairs), 0)),
        starts=np.zeros(0, dtype="datetime64[D]"),
        days=np.zeros(0, dtype=np.int64),
        weekly=mean,
        recent=mean,
        fading=(last / LAST_WEEKS < FADES_BELOW * usual).to_numpy(),
    )
