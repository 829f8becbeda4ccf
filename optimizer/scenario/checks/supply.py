"""Rules about where goods come from and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: In transit for longer than this before the first day: the goods have arrived, or never will.
OLDEST_DAYS = 366
#: Later than this after the horizon: a slip in the year.
LATEST_DAYS = 732


def check_skus_valued(scenario: Scenario) -> Iterator[Problem]:
    """A SKU that nobody sells to us needs a declared value, since that is what its stock is worth."""
    skus = scenario["skus"]
    wrong = ~skus["sku"].isin(scenario["sourcing"]["sku"]) & skus["declared_value"].isna()
    rule = "the SKU has no row in sourcing, so its value is not known"
    yield from in_rows("skus", skus, wrong, "declared_value", rule, "Write it, or add a row to sourcing")


def check_demand_can_be_supplied(scenario: Scenario) -> Iterator[Problem]:
    """A SKU in demand can be bought, is in stock or is on its way."""
    skus = scenario["skus"]
    demand, sales = scenario["demand"], scenario["sales"]
    wanted = pd.concat([demand.loc[demand["mean"] > 0, "sku"], sales.loc[sales["units"] > 0, "sku"]]).unique()
    supplied = pd.concat([scenario[table]["sku"] for table in ("sourcing", "opening_stock", "in_transit")]).unique()
    wrong = skus["sku"].isin(wanted) & ~skus["sku"].isin(supplied)
    rule = "the SKU has demand or sales, but no supplier, no stock and nothing in transit"
    yield from in_rows("skus", skus, wrong, "sku", rule, "Add a row to sourcing, or remove its demand and sales")


def check_received_before_start(scenario: Scenario) -> Iterator[Problem]:
    """Opening stock was received on the first day or before."""
    stock = scenario["opening_stock"]
    wrong = stock["received_on"] > _first_day(scenario)
    rule = "opening stock is received after the first day of the horizon"
    yield from in_rows("opening_stock", stock, wrong, "received_on", rule, "Write it in in_transit instead")


def check_arrival_dates(scenario: Scenario) -> Iterator[Problem]:
    """Goods in transit arrive neither long before the horizon nor years after it."""
    transit, first_day = scenario["in_transit"], _first_day(scenario)
    wrong = transit["arrives_on"] < first_day - pd.Timedelta(days=OLDEST_DAYS)
    rule = "the goods arrived more than a year before the horizon"
    yield from in_rows("in_transit", transit, wrong, "arrives_on", rule, "Correct the date, or write opening stock")
    wrong = transit["arrives_on"] > pd.Timestamp(scenario.calendar.end) + pd.Timedelta(days=LATEST_DAYS)
    rule = "the goods arrive years after the horizon"
    yield from in_rows("in_transit", transit, wrong, "arrives_on", rule, "Correct the date")


def _first_day(scenario: Scenario) -> pd.Timestamp:
    return pd.Timestamp(scenario.settings.starts_on)
