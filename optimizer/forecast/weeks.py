"""The history of sales in weeks: what was sold, and for how much of each week demand is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.forecast.events import Events, events
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario

WEEK = 7
#: A week without a single sale is a hole in the export where this many pairs would sell something in a usual one.
USUALLY_SOLD = 5.0


@dataclass(frozen=True)
class Weeks:
    """Weekly history of (SKU, region) pairs, W weeks that end before the day `until`; S pairs.

    `sku`, `region`, `category` (S,). `sold` (S, W): units sold on days in stock, less what came back of them; `net`
    (S, W): the same with returns in the weeks in which they came, below 0 where more came back than was sold. `known`
    (S, W): share of the week in which the pair was on sale and in stock, 0 before its first sale. `missed` (S, W):
    units sold in buckets that say that it was out of stock, so demand was no less than that; `short` (S, W): their
    share of the week. `first` (S,): the week of the first sale, W where there was none. `events`: when demand was, or
    will be, out of the usual.
    """

    sku: np.ndarray
    region: np.ndarray
    category: np.ndarray
    sold: np.ndarray
    net: np.ndarray
    known: np.ndarray
    missed: np.ndarray
    short: np.ndarray
    first: np.ndarray
    until: np.datetime64
    events: Events | None = None

    @property
    def starts(self) -> np.ndarray:
        """First day of each week, datetime64[D] (W,)."""
        count = self.sold.shape[1]
        return self.until - (np.arange(count, 0, -1) * WEEK) * DAY

    @property
    def told(self) -> np.ndarray:
        """Share of each week of which it is known what was wanted, or what was wanted at least, since it sold out
        (S, W).
        """
        return self.known + np.where(self.missed > 0, self.short, 0.0)

    def before(self, week: int) -> Weeks:
        """What was known when so many weeks had passed, what came back later not yet; pairs that had not sold by then
        are left out.
        """
        kept = self.only(self.sold_by(week))
        cells = {name: getattr(kept, name)[:, :week] for name in ("net", "known", "missed", "short")}
        sold, until = without_returns(cells["net"]), self.starts[week] if week < self.sold.shape[1] else self.until
        return replace(kept, **cells, sold=sold, first=_first_week(sold, cells["missed"]), until=until)

    def sold_by(self, week: int) -> np.ndarray:
        """Whether each pair had sold anything when so many weeks had passed (S,)."""
        return np.any(without_returns(self.net[:, :week]) + self.missed[:, :week] > 0, axis=1)

    def only(self, pairs: np.ndarray) -> Weeks:
        """Some of the pairs: their places, or a mask."""
        names = ("sku", "region", "category", "first", "sold", "net", "known", "missed", "short")
        return replace(self, **{name: getattr(self, name)[pairs] for name in names})


def weeks(scenario: Scenario) -> Weeks:
    """The `sales` of a scenario in weeks, counted back from the last day of the table. Days without a row were days in
    stock without a sale; returns (negative units) are taken from the sales before them.
    """
    table = scenario["sales"]
    pair, names = pd.MultiIndex.from_frame(table[["sku", "region"]]).factorize(sort=True)
    first_day = table["date"].to_numpy().astype("datetime64[D]")
    days = table["days"].to_numpy(dtype=np.int64)
    until = (first_day + days * DAY).max() if len(table) else scenario.calendar.starts[0]
    count = int(np.ceil((until - first_day.min()) / DAY / WEEK)) if len(table) else 0
    begins = ((first_day - (until - count * WEEK * DAY)) / DAY).astype(np.int64)
    shape = (len(names), count)
    units, in_stock = table["units"].to_numpy(dtype=float), table["in_stock"].to_numpy(dtype=bool)
    counts = in_stock | (units < 0)  # what comes back was sold before, whether there is any today or not
    sold = _spread(shape, pair, begins, days, np.where(counts, units, 0.0))
    missed = _spread(shape, pair, begins, days, np.where(counts, 0.0, units))
    short = _spread(shape, pair, begins, days, np.where(in_stock, 0.0, days)) / WEEK
    since = _first_day(pair, begins, units, in_stock, len(names), count * WEEK)
    told = np.clip((np.arange(1, count + 1) * WEEK)[None, :] - since[:, None], 0, WEEK) / WEEK
    category = dict(zip(scenario["skus"]["sku"], scenario["skus"]["category"], strict=True))
    sku = names.get_level_values(0).to_numpy(dtype=object)
    kept = without_returns(sold)
    return _without_holes(
        Weeks(
            sku=sku,
            region=names.get_level_values(1).to_numpy(dtype=object),
            category=np.array([category.get(name, "") for name in sku], dtype=object),
            sold=kept,
            net=sold,
            known=np.clip(told - short, 0.0, 1.0),
            missed=missed,
            short=np.minimum(short, told),
            first=_first_week(kept, missed),
            until=until,
            events=events(scenario),
        )
    )


def _first_week(sold: np.ndarray, missed: np.ndarray) -> np.ndarray:
    """The week of the first sale (S,), W where there was none."""
    some = sold + missed > 0
    count = some.shape[1]
    return np.where(np.any(some, axis=1), some.argmax(axis=1) if count else 0, count)


def without_returns(units: np.ndarray) -> np.ndarray:
    """Weekly units with what came back taken from the latest weeks before; what nothing was sold for is left out."""
    owed, left = np.zeros(len(units)), units.copy()
    for week in range(units.shape[1] - 1, -1, -1):
        net = left[:, week] + owed
        owed, left[:, week] = np.minimum(net, 0.0), np.maximum(net, 0.0)
    return left


def _spread(shape: tuple[int, int], pair: np.ndarray, begins: np.ndarray, days: np.ndarray, units: np.ndarray
            ) -> np.ndarray:  # fmt: skip
    """Units by pair and week, those of a bucket even over its days."""
    total = np.zeros(shape[0] * shape[1])
    week, ends = begins // WEEK, begins + days
    last = (ends - 1) // WEEK
    for step in range(int((last - week).max()) + 1 if len(week) else 0):
        inside = np.flatnonzero(week + step <= last)
        here = week[inside] + step
        share = np.minimum(ends[inside], (here + 1) * WEEK) - np.maximum(begins[inside], here * WEEK)
        cell = pair[inside] * shape[1] + here
        total += np.bincount(cell, units[inside] * share / days[inside], minlength=len(total))
    return total.reshape(shape)


def _first_day(
    pair: np.ndarray, begins: np.ndarray, units: np.ndarray, in_stock: np.ndarray, count: int, never: int
) -> np.ndarray:
    """The day of the first sale of each pair; of one that never sold, of its first row in stock."""
    sale, row = np.full(count, never), np.full(count, never)
    np.minimum.at(sale, pair[units > 0], begins[units > 0])
    np.minimum.at(row, pair[in_stock], begins[in_stock])
    return np.where(sale < never, sale, row)


def _without_holes(history: Weeks) -> Weeks:
    """Weeks in which nothing at all was sold are not known where a usual week sells something of many pairs."""
    any_sale = (history.sold + history.missed > 0).sum(axis=0)
    holes = (any_sale == 0) & (np.median(any_sale) >= USUALLY_SOLD) if len(any_sale) else np.zeros(0, dtype=bool)
    return replace(history, known=np.where(holes[None, :], 0.0, history.known)) if holes.any() else history
