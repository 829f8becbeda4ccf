"""What customers want, day by day."""

from __future__ import annotations

from optimizer.scenario.settings import Settings
from tests.oracle.dates import Calendar
from tests.oracle.facts import Facts, Row

Pair = tuple[str, str]
#: Days of the table whose mean goes on after it.
TAIL_DAYS = 28


class Demand:
    """Units that a (SKU, region) wants between two days, up to `last_day` (exclusive)."""

    def __init__(self, facts: Facts, calendar: Calendar, last_day: int) -> None:
        self._first = calendar.starts[0]
        count = last_day - self._first
        self._daily = _of_table(facts.rows["demand"], self._first, count)
        self.by_period = {
            (*pair, period): self.between(*pair, calendar.starts[period], calendar.ends[period])
            for pair in self._daily
            for period in calendar.periods
        }

    def between(self, sku: str, region: str, first: int, end: int) -> float:
        """Units wanted from the day `first` until before the day `end`."""
        daily = self._daily.get((sku, region))
        return sum(daily[first - self._first : end - self._first]) if daily else 0.0

    def in_period(self, sku: str, region: str, period: int) -> float:
        """Units wanted in a period."""
        return self.by_period.get((sku, region, period), 0.0)

    def pairs(self) -> list[Pair]:
        """All (SKU, region) that the table names."""
        return list(self._daily)


def cover_length(facts: Facts, settings: Settings) -> int:
    """Days after the horizon for which stock may be left."""
    supply, distribution = 0, 0
    for lane in facts.lanes.values():
        for (_, supplier), row in facts.sourcing.items():
            if supplier == lane["origin"]:
                supply = max(supply, row["production_days"] + lane["lead_time_days"])
        if facts.locations[lane["origin"]]["kind"] == "domestic":
            distribution = max(distribution, lane["lead_time_days"])
    return supply + distribution + settings.review_days


def _of_table(rows: list[Row], first: int, count: int) -> dict[Pair, list[float]]:
    begins = min(row["starts_on"] for row in rows)
    ends = max(row["starts_on"] + row["days"] for row in rows)
    tail_from = max(begins, ends - TAIL_DAYS)
    daily: dict[Pair, list[float]] = {}
    tail: dict[Pair, float] = {}
    for row in rows:
        pair = row["sku"], row["region"]
        of_pair = daily.setdefault(pair, [0.0] * count)
        each = row["mean"] / row["days"]
        until = row["starts_on"] + row["days"]
        for day in range(max(row["starts_on"], first), min(until, first + count)):
            of_pair[day - first] += each
        in_tail = max(0, until - max(row["starts_on"], tail_from))
        tail[pair] = tail.get(pair, 0.0) + each * in_tail / (ends - tail_from)
    for pair, of_pair in daily.items():
        for day in range(max(ends, first), first + count):
            of_pair[day - first] = tail[pair]
    return daily
