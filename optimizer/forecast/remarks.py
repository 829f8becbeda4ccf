"""What is odd in a history of sales, or in a forecast that the user tells, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from optimizer.errors import Problem
from optimizer.forecast.newcomers import TRIED_WEEKS, idle, newcomers, unsold
from optimizer.forecast.told import crossing
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.scenario import Scenario

#: A history of fewer weeks tells little of how uneven sales are.
SHORT_WEEKS = 8


def remarks(scenario: Scenario) -> list[Problem]:
    """Everything of that kind, one remark for each kind, with an example."""
    history = weeks(scenario)
    looks = LOOKS if len(scenario["sales"]) else (quantiles_that_cross,)
    return [remark for look in looks for remark in look(scenario, history)]


def returns(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Rows of sales below nothing."""
    table = scenario["sales"]
    back = table[table["units"] < 0]
    for row in back.head(1).itertuples():
        rule = f"{len(back):,} rows are returns, {-back['units'].sum():,.0f} units: taken from the sales before them"
        remedy = "Leave them out where return_rate of the region tells of them"
        yield Problem("sales", int(row.Index) + 2, "units", f"{row.units:g}", rule, remedy)


def holes(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Weeks in which nothing at all was sold."""
    empty = np.flatnonzero((history.known == 0).all(axis=0) & (history.short == 0).all(axis=0))
    empty = empty[empty > history.first.min(initial=0)]
    if len(empty):
        weeks_long = f"{len(empty)} weeks" if len(empty) > 1 else "one week"
        rule = f"in {weeks_long} not one product was sold, so nothing is known of what was wanted then"
        remedy = "Add what is missing from the export"
        yield Problem("sales", 0, "date", str(history.starts[empty[0]]), rule, remedy)


def short_history(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """A history of a few weeks."""
    count = history.sold.shape[1]
    if count < SHORT_WEEKS:
        rule = f"the history has {count} week{'s' if count > 1 else ''}, too few to know how uneven sales are"
        yield Problem("sales", 0, "date", "", rule, "Add earlier sales")


def out_of_stock(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Days that count as days without stock."""
    share = history.short.sum() / max((history.short + history.known).sum(), 1e-9)
    if share > 0:
        rule = f"{share:.1%} of all days were out of stock: what was sold then is the least that was wanted"
        yield Problem("sales", 0, "in_stock", "", rule, "Nothing needs to be done")


def never_sold(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Pairs in stock for long, and never sold."""
    lying = np.flatnonzero(unsold(history))
    for place in lying[:1]:
        rule = f"not sold in {history.region[place]} in {TRIED_WEEKS} weeks or more in stock, so nothing is expected"
        remedy = "Fill demand for it where that is wrong"
        yield _like("sales", history.sku[place], rule, len(lying), remedy)


def never_in_stock(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Pairs with rows, but not a day in stock and not a sale."""
    empty = (history.known == 0).all(axis=1) & (history.sold + history.missed == 0).all(axis=1)
    for place in np.flatnonzero(empty)[:1]:
        rule = f"never in stock in {history.region[place]}, so it is expected to sell like others of its category"
        yield _like("sales", history.sku[place], rule, int(empty.sum()), "Fill demand for it where more is known")


def new_products(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Products without a row of sales."""
    new = newcomers(scenario, history)["sku"].unique()
    told = scenario["demand"]["sku"].unique()
    unknown = [*new, *(sku for sku in told if sku not in set(scenario["sales"]["sku"]))]
    for sku in unknown[:1]:
        rule = "no sales yet: it is expected to sell as demand tells, or else like others of its category"
        yield _like("skus", sku, rule, len(unknown), "Fill demand for it where more is known")


def idle_stock(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Products whose stock has lain for weeks, without a row of sales or demand."""
    known = set(scenario["sales"]["sku"]) | set(scenario["demand"]["sku"])
    lying = [sku for sku in idle(scenario) if sku not in known]
    for sku in lying[:1]:
        rule = f"in stock for {TRIED_WEEKS} weeks or more without a sale, so nothing is expected"
        yield _like("opening_stock", sku, rule, len(lying), "Fill demand for it where that is wrong")


def regions_without_history(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Regions with customers and prices of which neither sales nor demand tells anything."""
    regions = scenario["regions"]
    known = set(scenario["sales"]["region"]) | set(scenario["demand"]["region"])
    customers = regions.loc[(regions["kind"] == "customers") & ~regions["region"].isin(known), "region"]
    for region in customers[customers.isin(scenario["prices"]["region"])]:
        rule = "prices, but no sales and no demand, so nothing is expected there"
        yield Problem("regions", 0, "region", str(region), rule, "Fill demand for what is to be sold there")


def quantiles_that_cross(scenario: Scenario, history: Weeks) -> Iterator[Problem]:
    """Rows of demand whose quantiles fall as their level rises."""
    wrong = np.flatnonzero(crossing(scenario["demand"]))
    for row in wrong[:1]:
        sku = str(scenario["demand"]["sku"].iloc[row])
        rule = f"quantiles cross in {len(wrong):,} rows: they were put in order"
        yield Problem("demand", int(row) + 2, "sku", sku, rule, "Correct them")


LOOKS: tuple[Callable[[Scenario, Weeks], Iterator[Problem]], ...] = (
    short_history,
    holes,
    returns,
    out_of_stock,
    never_sold,
    never_in_stock,
    new_products,
    idle_stock,
    regions_without_history,
    quantiles_that_cross,
)


def _like(table: str, sku: str, rule: str, count: int, remedy: str) -> Problem:
    return Problem(table, 0, "sku", str(sku), rule + (f" ({count - 1:,} more like it)" if count > 1 else ""), remedy)
