"""Rules about lanes, their calendars and closures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.errors import Problem
from optimizer.scenario.checks.places import suppliers
from optimizer.scenario.departures import WEEKDAYS
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: Longer than this no goods travel, no demand bucket lasts and nothing takes to make.
MOST_DAYS = 1100
DAYS = (
    ("lanes", "lead_time_days"),
    ("sourcing", "production_days"),
    ("delivery_lanes", "delivery_days"),
    ("demand", "days"),
    ("sales", "days"),
)
FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_ends_differ(scenario: Scenario) -> Iterator[Problem]:
    """A lane leads from one place to another."""
    lanes = scenario["lanes"]
    wrong = lanes["origin"] == lanes["destination"]
    yield from in_rows("lanes", lanes, wrong, "destination", "the lane ends where it starts", "Correct one of the ends")


def check_no_lane_into_supplier(scenario: Scenario) -> Iterator[Problem]:
    """No lane leads into a supplier."""
    lanes = scenario["lanes"]
    wrong = lanes["destination"].isin(suppliers(scenario))
    remedy = "Remove the lane; returns go to a warehouse or to a region of kind disposal"
    yield from in_rows("lanes", lanes, wrong, "destination", "a lane leads into a supplier", remedy)


def check_lane_has_rate(scenario: Scenario) -> Iterator[Problem]:
    """Every lane has freight rates."""
    lanes = scenario["lanes"]
    wrong = ~lanes["lane"].isin(scenario["freight_rates"]["lane"])
    remedy = "Add a row to freight_rates; rate 0 if it costs nothing"
    yield from in_rows("lanes", lanes, wrong, "lane", "the lane has no rate in freight_rates", remedy)


def check_every_weeks(scenario: Scenario) -> Iterator[Problem]:
    """A lane that departs every n-th week says from which week this counts."""
    lanes = scenario["lanes"]
    wrong = (lanes["every_weeks"] > 1) & lanes["sails_from"].isna()
    rule = "every_weeks is above 1, so a week with a departure must be given"
    yield from in_rows("lanes", lanes, wrong, "sails_from", rule, "Write a date in a week in which the lane departs")
    wrong = lanes["every_weeks"] > MOST_DAYS // 7
    yield from in_rows("lanes", lanes, wrong, "every_weeks", "the lane hardly ever departs", "Write weeks, not days")


def check_weekdays(scenario: Scenario) -> Iterator[Problem]:
    """Days of departure are English weekdays, short or in full."""
    lanes = scenario["lanes"]
    wrong = np.array([not all(_weekday(word) for word in _words(text)) for text in lanes["sailing_weekdays"]], bool)
    rule = "it holds a word that is not a weekday"
    yield from in_rows("lanes", lanes, wrong, "sailing_weekdays", rule, "Write weekdays such as 'Mon Thu'")


def check_closures_name_one(scenario: Scenario) -> Iterator[Problem]:
    """A closure names one lane, one location or one supplier."""
    closures = scenario["closures"]
    named = sum((closures[column] != "").astype(int) for column in ("lane", "location", "supplier"))
    rule = "a closure must name exactly one of lane, location and supplier"
    yield from in_rows("closures", closures, named != 1, "lane", rule, "Write a row for each thing that is closed")


def check_closures_end(scenario: Scenario) -> Iterator[Problem]:
    """A closure ends on or after its first day, and it ends."""
    closures = scenario["closures"]
    wrong = closures["until"] < closures["from"]
    yield from in_rows("closures", closures, wrong, "until", "the closure ends before it starts", "Swap the dates")
    wrong = (closures["until"] - closures["from"]).dt.days > MOST_DAYS
    rule = f"the closure lasts longer than {MOST_DAYS} days"
    yield from in_rows(
        "closures", closures, wrong, "until", rule, "Correct the year, or remove what is closed for good"
    )


def check_days(scenario: Scenario) -> Iterator[Problem]:
    """Lead times and the like are days, not hours or serial numbers of dates."""
    for table, column in DAYS:
        frame = scenario[table]
        wrong = frame[column] > MOST_DAYS
        yield from in_rows(table, frame, wrong, column, f"it is above {MOST_DAYS} days", "Write a number of days")


def _words(text: str) -> list[str]:
    return text.replace(",", " ").lower().split()


def _weekday(word: str) -> bool:
    return word in WEEKDAYS or word in FULL_WEEKDAYS
