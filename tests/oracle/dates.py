"""Periods, closed days, departures and the days on which things must be decided."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from optimizer.scenario.settings import Settings
from tests.oracle.facts import Row

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Calendar:
    """The periods: `starts`, `ends` (first day after) and `lengths` of each; `horizon` is the first day after all."""

    def __init__(self, settings: Settings) -> None:
        self.lengths = list(settings.periods)
        self.starts: list[int] = []
        day = settings.starts_on.toordinal()
        for length in self.lengths:
            self.starts.append(day)
            day += length
        self.horizon = day
        self.ends = [*self.starts[1:], day]
        self.periods = range(len(self.lengths))

    def arrival_period(self, day: int) -> int:
        """First period that starts on or after a day; the number of periods if none does."""
        return bisect_left(self.starts, day)

    def period_of(self, day: int) -> int | None:
        """The period that holds a day."""
        inside = self.starts[0] <= day < self.horizon
        return bisect_right(self.starts, day) - 1 if inside else None


class Closures:
    """Days on which lanes, locations and suppliers are closed."""

    def __init__(self, rows: list[Row]) -> None:
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row in rows:
            for column in ("lane", "location", "supplier"):
                if row[column]:
                    self._spans.setdefault((column, row[column]), []).append((row["from"], row["until"]))

    def closed(self, column: str, code: str, day: int) -> bool:
        """Whether a lane, location or supplier (`column`) is closed on a day."""
        return any(first <= day <= last for first, last in self._spans.get((column, code), ()))

    def next_open(self, location: str, day: int) -> int:
        """The day, or the first one after it on which the location receives."""
        while self.closed("location", location, day):
            day += 1
        return day

    def ordered_on(self, supplier: str, departs_on: int, production_days: int) -> int:
        """The day on which goods must be ordered: open days of the supplier are counted back."""
        day = departs_on
        while production_days > 0:
            day -= 1
            if not self.closed("supplier", supplier, day):
                production_days -= 1
        return day


@dataclass(frozen=True)
class Trip:
    """A departure of a lane; `arrival_period` is the number of periods where it lands beyond the horizon."""

    departs_on: int
    arrives_on: int
    arrival_period: int


def trips_of(lanes: dict[str, Row], calendar: Calendar, closures: Closures) -> dict[tuple[str, int], Trip]:
    """Every departure by lane and period."""
    trips = {}
    for code, lane in lanes.items():
        for period in calendar.periods:
            for day in range(calendar.starts[period], calendar.ends[period]):
                if _sails(lane, day, closures):
                    trips[code, period] = _trip(lane, period, day, calendar, closures)
                    break
    return trips


def _trip(lane: Row, period: int, day: int, calendar: Calendar, closures: Closures) -> Trip:
    arrives = closures.next_open(lane["destination"], day + lane["lead_time_days"])
    return Trip(day, arrives, period if arrives == day else calendar.arrival_period(arrives))


def _sails(lane: Row, day: int, closures: Closures) -> bool:
    days = [WEEKDAYS.index(word[:3].lower()) for word in lane["sailing_weekdays"].replace(",", " ").split()]
    if days and (day - 1) % 7 not in days:  # day 1 was a Monday
        return False
    if lane["every_weeks"] > 1 and (_week(day) - _week(lane["sails_from"])) % lane["every_weeks"]:
        return False
    origin = lane["origin"]
    closed = (("lane", lane["lane"]), ("location", origin), ("supplier", origin))
    return not any(closures.closed(column, code, day) for column, code in closed)


def _week(day: int) -> int:
    return (day - 1) // 7
