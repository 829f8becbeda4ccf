"""What in sales, told demand and events looks like a slip: no rule is broken, but few would mean it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from optimizer.forecast.told import NOTHING, QUANTILES, crossing
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario

#: A week that sells so many times what a pair sells in the middle one of its weeks with a sale, of so many at least.
FAR_ABOVE, MIDDLE_OF = 20.0, 8
#: A spread of so many times the mean, and a variance of so many times it.
WIDE, UNEVEN = 10.0, 100.0
#: Expected units of a week that are so many times the greatest week of a history of so many weeks at least.
BEYOND_ALL, LONG_ENOUGH = 3.0, 8
#: A mean below quantiles is odd where some are of no higher level, one above them where some are of no lower one.
LOW, HIGH = 0.25, 0.75

#: A remark: its sentence, table, row, column and value, and what fills the blanks of the sentence.
Found = tuple[str, str, int, str, str, dict[str, Any]]


def spikes(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Weeks far above all others of a pair, in which no event is told of."""
    sells = history.sold > 0
    some = np.flatnonzero(sells.sum(axis=1) >= MIDDLE_OF)
    usual = _middle(history.sold[some], sells[some])
    units = np.where(_in_events(history)[some], 0.0, history.sold[some])
    far = np.flatnonzero((units > FAR_ABOVE * usual[:, None]).any(axis=1))
    for place in far[np.argsort(-(units[far].max(axis=1) / usual[far]), kind="stable")][:1]:
        pair, week = some[place], int(units[place].argmax())
        filled = {"region": history.region[pair], "day": history.starts[week], "units": units[place, week],
                  "times": units[place, week] / usual[place], "alike": len(far)}  # fmt: skip
        yield "spikes", "sales", 0, "sku", str(history.sku[pair]), filled


def far_above_sales(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Pairs of which far more is expected, by their rows of demand in the horizon that no event touches, than ever was
    sold in a week.
    """
    table, calendar = scenario["demand"], scenario.calendar
    first = table["starts_on"].to_numpy().astype("datetime64[D]")
    days = table["days"].to_numpy(dtype=np.int64)
    pair = pd.MultiIndex.from_arrays([history.sku, history.region]).get_indexer(
        pd.MultiIndex.from_frame(table[["sku", "region"]])
    )
    inside = (pair >= 0) & (first < calendar.end) & (first + days * DAY > calendar.starts[0])
    inside &= ~_touched(history, pair, first, first + days * DAY)
    rows = table.assign(days=days, pair=pair)[inside].groupby("pair", sort=False)[["mean", "days"]].sum()
    code = rows.index.to_numpy()
    most = (history.sold + history.missed).max(axis=1, initial=0.0)[code]
    expected = rows["mean"].to_numpy() / rows["days"].to_numpy() * WEEK
    # Beyond chance too: goods of which a unit a month is sold may sell some in one week.
    long = history.told.sum(axis=1)[code] >= LONG_ENOUGH
    far = np.flatnonzero((expected > BEYOND_ALL * (most + np.sqrt(most + 1.0))) & (most > 0) & long)
    for place in far[np.argsort(-(expected[far] / most[far]), kind="stable")][:1]:
        filled = {"region": history.region[code[place]], "units": expected[place], "most": most[place],
                  "alike": len(far)}  # fmt: skip
        yield "far_above_sales", "demand", 0, "sku", str(history.sku[code[place]]), filled


def quantiles_that_cross(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Rows of demand whose quantiles fall as their level rises."""
    yield from _rows_of_demand(scenario, "quantiles_that_cross", crossing(scenario["demand"]))


def mean_beside_quantiles(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Rows of demand whose mean is below all of their quantiles, some of them low ones, or above all of some that are
    not nothing, some of them high ones.
    """
    table = scenario["demand"]
    given, levels = table[list(QUANTILES)].to_numpy(dtype=float), np.array(list(QUANTILES.values()))
    known, mean = np.isfinite(given), table["mean"].to_numpy(dtype=float)
    least = np.fmin.reduce(given, axis=1, initial=np.inf)
    most = np.fmax.reduce(given, axis=1, initial=-np.inf)
    low, high = known[:, levels <= LOW].any(axis=1), known[:, levels >= HIGH].any(axis=1)
    wrong = (low & (mean < least)) | (high & (mean > most) & (least > 0))
    yield from _rows_of_demand(scenario, "mean_beside_quantiles", wrong & (known.sum(axis=1) > 1))


def huge_spread(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Rows of demand whose spread is that of goods which nearly never sell, and then by the thousand."""
    mean, spread = (scenario["demand"][name].to_numpy(dtype=float) for name in ("mean", "spread"))
    wide = (spread > WIDE * mean) & (spread**2 > UNEVEN * mean)
    yield from _rows_of_demand(scenario, "huge_spread", wide & (mean > NOTHING))


def events_that_multiply(scenario: Scenario, history: Weeks) -> Iterator[Found]:
    """Rows of one event that share days and demand, though one is about more of it than the other."""
    channels = dict(zip(scenario["regions"]["region"], scenario["regions"]["channel"], strict=True))
    table = scenario["events"].reset_index(drop=True)
    # A row about a region is about the channel of that region alone.
    channel = table["channel"].where(table["channel"] != "", table["region"].map(channels).fillna(""))
    rows = [row for _, one in table.assign(channel=channel).groupby("event", sort=False) for row in _doubled(one)]
    for row in sorted(rows)[:1]:
        yield "events_that_multiply", "events", row + 2, "event", str(table["event"].iloc[row]), {"alike": len(rows)}


def _doubled(rows: pd.DataFrame) -> list[int]:
    """Rows of an event that share days and demand with a row before them."""
    first, last = (rows[name].to_numpy().astype("datetime64[D]") for name in ("from", "until"))
    both = (first[:, None] <= last) & (first <= last[:, None])
    for scope in ("category", "region", "channel"):
        told = rows[scope].to_numpy(dtype=object)
        both &= (told[:, None] == told) | (told == "") | (told[:, None] == "")
    return [int(row) for row in rows.index[np.triu(both, 1).any(axis=0)]]


def _middle(units: np.ndarray, sells: np.ndarray) -> np.ndarray:
    """The median of the units of weeks with sales, of which each pair has some (S,)."""
    ordered, count, place = np.sort(np.where(sells, units, np.inf), axis=1), sells.sum(axis=1), np.arange(len(units))
    return np.asarray((ordered[place, (count - 1) // 2] + ordered[place, count // 2]) / 2.0)


def _touched(history: Weeks, pair: np.ndarray, first: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Whether an event about its pair (-1: none of the history) falls into each stretch of days (N,)."""
    if history.events is None or not len(history.sku):
        return np.zeros(len(pair), dtype=bool)
    days, place = np.unique(np.stack([first, after]), axis=1, return_inverse=True)
    falls = history.events.share(days[0], days[1])[:, place.ravel()] > 0
    return (falls & history.events.meant(history.category, history.region)[:, pair]).any(axis=0)


def _in_events(history: Weeks) -> np.ndarray:
    """Weeks of pairs that some event touches (S, W)."""
    if history.events is None:
        return np.zeros(history.sold.shape, dtype=bool)
    share = history.events.share(history.starts, history.starts + WEEK * DAY) > 0
    meant = history.events.meant(history.category, history.region)
    inside = np.zeros(history.sold.shape, dtype=bool)
    for row in np.flatnonzero(share.any(axis=1)):
        inside[np.ix_(meant[row], share[row])] = True
    return inside


def _rows_of_demand(scenario: Scenario, sentence: str, wrong: np.ndarray) -> Iterator[Found]:
    for row in np.flatnonzero(wrong)[:1]:
        sku = str(scenario["demand"]["sku"].iloc[row])
        yield sentence, "demand", int(row) + 2, "sku", sku, {"count": int(wrong.sum())}
