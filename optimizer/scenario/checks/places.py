"""Rules about places: what a supplier may and may not be, and limits that need a price."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: Columns that must name a supplier.
NAMES_SUPPLIER = (("sourcing", "supplier"), ("suppliers", "supplier"), ("closures", "supplier"))
#: Columns that must not name one, since a supplier holds no stock of ours.
HOLDS_STOCK = (
    ("opening_stock", "location"),
    ("in_transit", "destination"),
    ("stock_targets", "location"),
    ("storage_rates", "location"),
    ("handling_rates", "location"),
)
#: A limit, and the price of exceeding it.
LIMITS = (
    ("storage_volume_m3", "overflow_per_m3_day"),
    ("receiving_m3_per_day", "receiving_overflow_per_m3"),
)


def suppliers(scenario: Scenario) -> pd.Series:
    """Codes of the locations of kind supplier."""
    locations = scenario["locations"]
    return locations.loc[locations["kind"] == "supplier", "location"]


def check_supplier_kind(scenario: Scenario) -> Iterator[Problem]:
    """What is named as a supplier is a location of that kind."""
    known = suppliers(scenario)
    for table, column in NAMES_SUPPLIER:
        frame = scenario[table]
        wrong = (frame[column] != "") & ~frame[column].isin(known)
        rule = "the location is not of kind supplier"
        yield from in_rows(table, frame, wrong, column, rule, "Name a supplier, or change its kind in locations")


def check_no_stock_at_suppliers(scenario: Scenario) -> Iterator[Problem]:
    """Suppliers hold no stock of ours, and nothing about stock is said of them."""
    known = suppliers(scenario)
    for table, column in HOLDS_STOCK:
        frame = scenario[table]
        rule = "a supplier holds no stock of ours"
        remedy = "Remove the row; goods ready at a supplier stand in locations of another kind"
        yield from in_rows(table, frame, frame[column].isin(known), column, rule, remedy)
    locations = scenario["locations"]
    for limit, _ in LIMITS:
        wrong = (locations["kind"] == "supplier") & locations[limit].notna()
        yield from in_rows("locations", locations, wrong, limit, "a supplier holds no stock of ours", "Leave it empty")


def check_limits_priced(scenario: Scenario) -> Iterator[Problem]:
    """A limit on stored or received volume comes with the price of exceeding it."""
    locations = scenario["locations"]
    for limit, price in LIMITS:
        wrong = locations[limit].notna() & locations[price].isna()
        rule = f"{limit} is given, so its price must be too"
        remedy = f"Write what each m3 above {limit} costs, or leave {limit} empty"
        yield from in_rows("locations", locations, wrong, price, rule, remedy)


def check_territory_currency(scenario: Scenario) -> Iterator[Problem]:
    """Countries of one customs territory state its duty in one currency."""
    countries = scenario["countries"]
    currency = countries["currency"].where(countries["currency"] != "", scenario.settings.currency)
    first = currency.groupby(countries["customs_territory"]).transform("first")
    rule = "countries of one customs territory have different currencies"
    remedy = "Write the currency of the territory's duty table in all of them"
    yield from in_rows("countries", countries, currency != first, "currency", rule, remedy)


def check_rent_tables(scenario: Scenario) -> Iterator[Problem]:
    """In a table of rent (one location, one valid_from) the rent does not fall with age and has one currency."""
    rates = scenario["storage_rates"]
    if not len(rates):
        return
    ordered = rates.sort_values(["location", "valid_from", "from_age_days"], kind="stable")
    tables = ordered.groupby(["location", "valid_from"], dropna=False, sort=False)
    falls = (tables["per_m3_day"].diff() < 0).reindex(rates.index)
    rule = "the rent is lower than that of younger stock"
    remedy = "Rent may not fall with age; correct it, or state the age from which it holds"
    yield from in_rows("storage_rates", rates, falls, "per_m3_day", rule, remedy)
    mixed = (ordered["currency"] != tables["currency"].transform("first")).reindex(rates.index)
    yield from in_rows(
        "storage_rates", rates, mixed, "currency", "one table of rent has two currencies", "Write one currency"
    )


def check_shares_of_price(scenario: Scenario) -> Iterator[Problem]:
    """The fees and returns of a region do not eat more than its price."""
    regions = scenario["regions"]
    shares = regions[["return_rate", "platform_fee_rate"]]
    wrong = (shares.sum(axis=1) > 1 + 1e-12) & (shares <= 1).all(axis=1)
    rule = "return_rate and platform_fee_rate are more than the whole price"
    yield from in_rows("regions", regions, wrong, "platform_fee_rate", rule, "Write shares that add up to at most 1")


def territories(scenario: Scenario, table: str, key: str) -> pd.Series:
    """Customs territory of each location or region, by code."""
    of_country = scenario["countries"].set_index("country")["customs_territory"]
    frame = scenario[table]
    return pd.Series(
        frame["country"].map(of_country).to_numpy(dtype=object), index=np.asarray(frame[key], dtype=object)
    )
