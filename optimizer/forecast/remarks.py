"""What is odd in a history of sales, or in a forecast that the user tells, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from optimizer.errors import Problem
from optimizer.forecast.newcomers import TRIED_WEEKS, idle, newcomers, unsold
from optimizer.forecast.sentences import MORE, SENTENCES
from optimizer.forecast.slips import (
    Found,
    events_that_multiply,
    far_above_sales,
    huge_spread,
    mean_beside_quantiles,
    quantiles_that_cross,
    spikes,
)
from optimizer.forecast.uplift import occasions
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.languages import LANGUAGES
from optimizer.scenario.scenario import Scenario

#: A history of fewer weeks tells little of how uneven sales are.
SHORT_WEEKS = 8
#: Sales that end so many days before the plan begins leave a gap that matters.
OLD_DAYS = 14
#: Weeks on end without a sale that are odd for a pair that otherwise sells in this share of weeks.
SILENT_WEEKS, STEADY = 3, 0.9


def remarks(scenario: Scenario, language: str = "en") -> list[Problem]:
    """Everything of that kind, one remark for each kind, with an example."""
    history = weeks(scenario)
    looks = LOOKS if len(scenario["sales"]) else TOLD
    return [_remark(found, LANGUAGES.index(language)) for look in looks for found in look(scenario, history)]


def returns(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Rows of sales below nothing."""
    table = scenario["sales"]
    back = table[table["units"] < 0]
    for row in back.head(1).itertuples():
        filled = {"count": len(back), "units": -back["units"].sum()}
        yield "returns", "sales", int(row.Index) + 2, "units", f"{row.units:g}", filled


def holes(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Weeks after the first sale of all in which nothing at all was sold."""
    empty = np.flatnonzero((history.known == 0).all(axis=0) & (history.short == 0).all(axis=0))
    empty = empty[empty > history.first.min(initial=history.sold.shape[1])]
    if len(empty):
        yield "holes", "sales", 0, "date", str(history.starts[empty[0]]), _weeks(len(empty))


def short_history(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """A history of a few weeks."""
    count = history.sold.shape[1]
    if count < SHORT_WEEKS:
        yield "short_history", "sales", 0, "date", "", _weeks(count)


def old_history(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """A history that ends long before the plan begins."""
    days = int((scenario.calendar.starts[0] - history.until).astype("timedelta64[D]").astype(int))
    if days > OLD_DAYS:
        yield "old_history", "sales", 0, "date", str(history.until - 1), {"days": days}


def nothing_sold(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """A history without a single sale."""
    if not (history.sold + history.missed).any():
        yield "nothing_sold", "sales", 0, "units", "", {}


def out_of_stock(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Days that count as days without stock."""
    share = history.short.sum() / max((history.short + history.known).sum(), 1e-9)
    if share > 0:
        yield "out_of_stock", "sales", 0, "in_stock", "", {"share": share}


def silent_weeks(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Weeks without a sale amid those of a pair that sells nearly every week: out of stock, and not told so?"""
    run = _silence(history)
    sells, silent = history.sold + history.missed > 0, run >= SILENT_WEEKS
    # The first week that counts as silent stands for those before it too.
    in_runs = np.where(run == SILENT_WEEKS, SILENT_WEEKS, silent).sum(axis=1)
    others = (history.known > 0).sum(axis=1) - in_runs
    pairs = np.flatnonzero(silent.any(axis=1) & (sells.sum(axis=1) >= STEADY * np.maximum(others, SHORT_WEEKS)))
    for pair in pairs[:1]:
        last = int(run[pair].argmax())
        count = int(run[pair, last])
        filled = {**_weeks(count), "region": history.region[pair], "day": history.starts[last - count + 1]}
        yield "silent_weeks", "sales", 0, "sku", str(history.sku[pair]), {**filled, "alike": len(pairs)}


def silent_now(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Pairs that sold nearly every week, but nothing in the latest ones: out of stock today, and not told so?"""
    sells = history.sold + history.missed > 0
    count = sells.shape[1]
    last = count - 1 - np.flip(sells, axis=1).argmax(axis=1) if count else np.zeros(len(sells), dtype=np.int64)
    after = np.arange(count) > last[:, None]
    quiet = (after & (history.known > 0)).sum(axis=1)
    others = ((history.known > 0) & ~after).sum(axis=1)
    steady = sells.sum(axis=1) >= STEADY * np.maximum(others, SHORT_WEEKS)
    pairs = np.flatnonzero(steady & (quiet >= SILENT_WEEKS))
    for pair in pairs[:1]:
        since = int((after[pair] & (history.known[pair] > 0)).argmax())
        filled = {**_weeks(int(quiet[pair])), "region": history.region[pair], "day": history.starts[since]}
        yield "silent_now", "sales", 0, "sku", str(history.sku[pair]), {**filled, "alike": len(pairs)}


def never_sold(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Pairs in stock for long, and never sold."""
    lying = np.flatnonzero(unsold(history))
    for place in lying[:1]:
        filled = {"region": history.region[place], "tried": TRIED_WEEKS, "alike": len(lying)}
        yield "never_sold", "sales", 0, "sku", str(history.sku[place]), filled


def never_in_stock(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Pairs with rows, but not a day in stock and not a sale."""
    empty = (history.known == 0).all(axis=1) & (history.sold + history.missed == 0).all(axis=1)
    for place in np.flatnonzero(empty)[:1]:
        filled = {"region": history.region[place], "alike": int(empty.sum())}
        yield "never_in_stock", "sales", 0, "sku", str(history.sku[place]), filled


def new_products(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Products without a row of sales."""
    new = newcomers(scenario, history)["sku"].unique()
    told = scenario["demand"]["sku"].unique()
    unknown = [*new, *(sku for sku in told if sku not in set(scenario["sales"]["sku"]))]
    for sku in unknown[:1]:
        yield "new_products", "skus", 0, "sku", str(sku), {"alike": len(unknown)}


def idle_stock(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Products whose stock has lain for weeks, without a row of sales or demand."""
    known = set(scenario["sales"]["sku"]) | set(scenario["demand"]["sku"])
    lying = [sku for sku in idle(scenario) if sku not in known]
    for sku in lying[:1]:
        yield "idle_stock", "opening_stock", 0, "sku", str(sku), {"tried": TRIED_WEEKS, "alike": len(lying)}


def regions_without_history(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Regions with customers and prices of which neither sales nor demand tells anything."""
    regions = scenario["regions"]
    known = set(scenario["sales"]["region"]) | set(scenario["demand"]["region"])
    customers = regions.loc[(regions["kind"] == "customers") & ~regions["region"].isin(known), "region"]
    for region in customers[customers.isin(scenario["prices"]["region"])]:
        yield "regions_without_history", "regions", 0, "region", str(region), {}


def unknown_events(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Events ahead without an uplift, that no sales of an earlier time tell of."""
    told = history.events
    if told is None:
        return
    ahead = (told.after > scenario.calendar.starts[0]) & (told.first < scenario.calendar.end) & np.isnan(told.uplift)
    names = [name for name in np.unique(told.name[ahead].astype(str)) if not occasions(history, told, name)]
    for name in names[:1]:
        yield "unknown_events", "events", 0, "event", str(name), {"alike": len(names)}


#: What the user tells of demand himself.
TOLD: tuple[Callable[[Scenario, Weeks], Iterator[Found]], ...] = (
    quantiles_that_cross, mean_beside_quantiles, huge_spread,
)  # fmt: skip
LOOKS: tuple[Callable[[Scenario, Weeks], Iterator[Found]], ...] = (
    short_history,
    old_history,
    nothing_sold,
    holes,
    returns,
    out_of_stock,
    silent_weeks,
    silent_now,
    spikes,
    never_sold,
    never_in_stock,
    new_products,
    idle_stock,
    regions_without_history,
    far_above_sales,
    *TOLD,
    unknown_events,
    events_that_multiply,
)


def _silence(history: Weeks) -> np.ndarray:
    """How many weeks on end up to each week a pair has not sold, though it was in stock, between two sales (S, W)."""
    sells = history.sold + history.missed > 0
    later = np.flip(np.logical_or.accumulate(np.flip(sells, axis=1), axis=1), axis=1)
    quiet = ~sells & later & (history.known > 0) & (np.arange(sells.shape[1]) > history.first[:, None])
    run = np.zeros(sells.shape, dtype=np.int64)
    for week in range(1, sells.shape[1]):
        run[:, week] = np.where(quiet[:, week], run[:, week - 1] + 1, 0)
    return run


def _weeks(count: int) -> dict[str, Any]:
    return {"count": count, "weeks": f"{count} weeks" if count != 1 else "one week"}


def _remark(found: Found, place: int) -> Problem:
    sentence, table, row, column, value, filled = found
    others = filled.get("alike", 1) - 1
    filled = {**filled, "more": MORE[place].format(count=others) if others else ""}
    rule, remedy = (text.format(**filled) for text in SENTENCES[sentence][place])
    return Problem(table, row, column, value, rule, remedy)
