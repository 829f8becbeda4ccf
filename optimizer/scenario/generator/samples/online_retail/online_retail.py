"""The scenario around the shop's sales."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd

from optimizer.errors import UsageError
from optimizer.scenario.generator.generate import assembled, random
from optimizer.scenario.generator.samples.online_retail import goods, market
from optimizer.scenario.generator.samples.online_retail.history import history
from optimizer.scenario.generator.samples.online_retail.transactions import read_transactions
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import SolveSettings

#: The plan is made on this Monday, from what was known then; the twelve weeks after it are in the file too.
CUT_OFF, WEEKS = dt.date(2011, 9, 5), 12
SKUS, SUPPLIERS = 500, 8


def online_retail(data: str | Path | None = None, skus: int = SKUS, seed: int = 1) -> Scenario:
    """The best sellers of a real web shop, served from China through warehouses in the UK and in Germany.

    `data` is the folder of real data. Sales up to the cut-off are the shop's; everything else is drawn from the seed.
    Raises UsageError, StoreError or Refused where the data cannot be had.
    """
    if skus < 1:
        raise UsageError(f"skus = {skus}: at least 1.")
    sold = history(read_transactions(data), pd.Timestamp(CUT_OFF))
    return around(sold, skus, seed)


def around(sold: pd.DataFrame, skus: int, seed: int) -> Scenario:
    """The scenario around a history of sales as `history` gives it."""
    products = goods.best_sellers(sold, skus)
    spec = Spec(
        name="online-retail",
        skus=len(products),
        seed=seed,
        warehouses=("UK", "DE"),
        suppliers=SUPPLIERS,
        weeks=WEEKS,
        channels=("web shop",),
        cover_weeks=(2.0, 10.0),
        starts_on=CUT_OFF,
    )
    drawn = goods.goods(spec, products, random(spec, "catalogue"))
    weekly = market.by_region(sold[sold["sku"].isin(products["sku"])])
    scenario = assembled(spec, drawn, market.wanted(spec, weekly, drawn.sku))
    outlets = scenario["regions"].loc[scenario["regions"]["kind"] != "customers", "region"]
    cleared = scenario["prices"][scenario["prices"]["region"].isin(outlets)]
    settings = replace(scenario.settings, solve=SolveSettings(gap=0.02, seconds=300.0))
    return replace(scenario, settings=settings).with_tables(
        skus=scenario["skus"].assign(name=products["name"].to_numpy()),
        prices=joined("prices", market.prices(weekly), cleared),
        demand=typed("demand", {}),
        sales=market.sales(weekly),
    )
