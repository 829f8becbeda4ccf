"""Rules about how customers are served and what they pay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.checks.places import territories
from optimizer.scenario.reach import within_reach
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario


def check_delivery_kind(scenario: Scenario) -> Iterator[Problem]:
    """A delivery lane is cross-border exactly where it leads into another customs territory."""
    lanes = scenario["delivery_lanes"]
    origin = lanes["location"].map(territories(scenario, "locations", "location"))
    destination = lanes["region"].map(territories(scenario, "regions", "region"))
    expected = np.where(origin == destination, "local", "cross_border")
    wrong = (lanes["kind"] != "") & (lanes["kind"] != expected) & origin.notna() & destination.notna()
    yield from in_rows(
        "delivery_lanes",
        lanes,
        wrong,
        "kind",
        lambda place: f"the lane leads from territory {origin.iloc[place]} to {destination.iloc[place]}",
        lambda place: f"Write {expected[place]}, or correct the countries of the two ends",
    )


def check_patience_falls(scenario: Scenario) -> Iterator[Problem]:
    """No more customers accept a longer wait than a shorter one."""
    patience = scenario["delivery_patience"]
    ordered = patience.sort_values(["region", "days"], kind="stable")
    rises = (ordered.groupby("region")["share"].diff() > 0).reindex(patience.index)
    rule = "more customers accept this wait than a shorter one"
    yield from in_rows("delivery_patience", patience, rises, "share", rule, "Shares may not rise with days")


def check_patience_of_customers(scenario: Scenario) -> Iterator[Problem]:
    """Only customers wait."""
    patience = scenario["delivery_patience"]
    wrong = ~patience["region"].isin(customers(scenario))
    rule = "the region is not of kind customers"
    yield from in_rows("delivery_patience", patience, wrong, "region", rule, "Remove the row")


def check_customers_pay(scenario: Scenario) -> Iterator[Problem]:
    """Only disposal may have a negative price."""
    prices = scenario["prices"]
    wrong = (prices["price"] < 0) & prices["region"].isin(customers(scenario))
    yield from in_rows("prices", prices, wrong, "price", "customers do not get money", "Write a price of 0 or more")


def check_demand_priced(scenario: Scenario) -> Iterator[Problem]:
    """What is in demand has a price there."""
    priced = _pairs(scenario["prices"])
    for table, wanted in _wanted(scenario):
        yield from _unpriced(table, wanted[~_pairs(wanted).isin(priced)].drop_duplicates(["sku", "region"]))


def check_demand_served(scenario: Scenario) -> Iterator[Problem]:
    """A region with demand has a delivery lane."""
    served = scenario["delivery_lanes"]["region"]
    for table, wanted in _wanted(scenario):
        bare = wanted[~wanted["region"].isin(served)].drop_duplicates("region")
        rule = "no delivery lane serves the region, which has demand"
        remedy = "Add a row to delivery_lanes, or remove the demand"
        yield from in_rows(table, bare, np.ones(len(bare), dtype=bool), "region", rule, remedy)


def check_region_reached(scenario: Scenario) -> Iterator[Problem]:
    """To a region with demand and delivery lanes something of what it wants can be brought."""
    served = scenario["delivery_lanes"]["region"]
    for table, wanted in _wanted(scenario):
        supplied = wanted.loc[within_reach(scenario, wanted), "region"].unique()
        bare = wanted[wanted["region"].isin(served) & ~wanted["region"].isin(supplied)].drop_duplicates("region")
        rule = "no warehouse can serve the region: those that deliver there can hold nothing of what it wants"
        remedy = "Add lanes that lead to them, sourcing or stock, or remove the demand"
        yield from in_rows(table, bare, np.ones(len(bare), dtype=bool), "region", rule, remedy)


def check_demand_of_customers(scenario: Scenario) -> Iterator[Problem]:
    """Only customers have demand: clearance and disposal take what they are given."""
    known = customers(scenario)
    for table in ("demand", "sales", "path_demand"):
        frame = scenario[table]
        bare = frame[~frame["region"].isin(known)].drop_duplicates("region")
        rule = "the region is not of kind customers, so it has no demand"
        yield from in_rows(
            table, bare, np.ones(len(bare), dtype=bool), "region", rule, "Remove its rows, or change the kind"
        )


def customers(scenario: Scenario) -> pd.Series:
    """Codes of the regions of kind customers."""
    regions = scenario["regions"]
    return regions.loc[regions["kind"] == "customers", "region"]


def _unpriced(table: str, rows: pd.DataFrame) -> Iterator[Problem]:
    sku, region = rows["sku"], rows["region"]
    yield from in_rows(
        table,
        rows,
        np.ones(len(rows), dtype=bool),
        "sku",
        lambda place: f"no price of {sku.iloc[place]} in {region.iloc[place]}",
        lambda place: f"Add a row to prices with sku {sku.iloc[place]}, region {region.iloc[place]}",
    )


def _wanted(scenario: Scenario) -> Iterator[tuple[str, pd.DataFrame]]:
    """Rows of demand, sales and demand on sample paths in which customers want something."""
    known = customers(scenario)
    for table, units in (("demand", "mean"), ("sales", "units"), ("path_demand", "units")):
        frame = scenario[table]
        yield table, frame[(frame[units] > 0) & frame["region"].isin(known)]


def _pairs(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([frame["sku"], frame["region"]])
