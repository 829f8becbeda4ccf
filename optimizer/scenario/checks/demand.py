"""Rules about the tables of demand and sales."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: A season, not an event, is what lasts longer.
MOST_EVENT_DAYS = 92


def check_some_demand(scenario: Scenario) -> Iterator[Problem]:
    """Demand is told by the table demand, by the history of sales, or by both: each for the pairs that it names."""
    if not any(len(scenario[table]) for table in ("demand", "sales")):
        rule = "neither demand nor sales has a row, so there is nothing to plan for"
        yield Problem("demand", 0, "", "", rule, "Fill demand (expected units), or sales (history)")


def check_buckets_do_not_overlap(scenario: Scenario) -> Iterator[Problem]:
    """The buckets of a SKU in a region follow each other, on a sample path too."""
    pair = ["sku", "region"]
    for table, start, key in (
        ("demand", "starts_on", pair),
        ("sales", "date", pair),
        ("path_demand", "starts_on", ["path", *pair]),
    ):
        frame = scenario[table]
        if len(frame):
            yield from _overlaps(table, start, frame, key)


def check_demand_reaches_end(scenario: Scenario) -> Iterator[Problem]:
    """The table of demand reaches the end of the horizon."""
    demand = scenario["demand"]
    if not len(demand):
        return
    last = np.max(_day(demand["starts_on"]) + demand["days"].to_numpy())
    end = int(scenario.calendar.end.astype(np.int64))
    if last < end:
        reached, wanted = (str(np.datetime64(int(day) - 1, "D")) for day in (last, end))
        rule = f"the table ends on {reached}, before the last day of the horizon, {wanted}"
        yield Problem(
            "demand", 0, "starts_on", reached, rule, "Add the demand of the days after it, or plan fewer periods"
        )


def check_sales_are_past(scenario: Scenario) -> Iterator[Problem]:
    """Sales are history: they end before the horizon starts."""
    sales = scenario["sales"]
    first = np.datetime64(scenario.settings.starts_on, "D").astype(np.int64)
    wrong = _day(sales["date"]) + sales["days"].to_numpy() > first
    rule = "the sales are not over when the horizon starts"
    yield from in_rows("sales", sales, wrong, "date", rule, "Remove the row, correct it, or move starts_on")


def check_events_end(scenario: Scenario) -> Iterator[Problem]:
    """An event ends after it has begun, and before long: what lasts is no event."""
    events = scenario["events"]
    days = _day(events["until"]) - _day(events["from"]) + 1
    yield from in_rows("events", events, days < 1, "until", "the event ends before it starts", "Swap the dates")
    rule = f"the event lasts longer than {MOST_EVENT_DAYS} days, so nothing usual is left to measure it by"
    yield from in_rows("events", events, days > MOST_EVENT_DAYS, "until", rule, "Correct the year, or remove the row")


def check_events_do_not_overlap(scenario: Scenario) -> Iterator[Problem]:
    """An event is held once at a time: two rows of one event about the same demand do not share a day."""
    events = scenario["events"].sort_values(["event", "category", "region", "channel", "from"], kind="stable")
    same = np.ones(max(len(events) - 1, 0), dtype=bool)
    for column in ("event", "category", "region", "channel"):
        same &= events[column].to_numpy()[1:] == events[column].to_numpy()[:-1]
    first, last = _day(events["from"]), _day(events["until"])
    wrong = np.append(np.zeros(min(len(events), 1), dtype=bool), same & (first[1:] <= last[:-1]))
    rule = "the same event is still going on by the row before it"
    yield from in_rows("events", events, wrong, "from", rule, "Make one row of the two, or correct the dates")


def check_events_move_something(scenario: Scenario) -> Iterator[Problem]:
    """Category and channel of an event are those of some product and some region, and its region has customers: a slip
    would lose the event.
    """
    events, regions = scenario["events"], scenario["regions"]
    idle = set(regions.loc[regions["kind"] != "customers", "region"])
    rule = "the region is not of kind customers, so it has no demand"
    yield from in_rows("events", events, events["region"].isin(idle), "region", rule, "Name another, or none for all")
    for column, table in (("category", "skus"), ("channel", "regions")):
        known = set(scenario[table][column]) - {""}
        wrong = (events[column] != "") & ~events[column].isin(known)
        rule = f"no row of {table} has this {column}"
        listed = ", ".join(sorted(known)[:5]) or "none"
        remedy = f"Write it as there ({listed}), or leave it empty for all"
        yield from in_rows("events", events, wrong, column, rule, remedy)


def _overlaps(table: str, start: str, frame: pd.DataFrame, key: list[str]) -> Iterator[Problem]:
    pair = frame.groupby(key, sort=False).ngroup().to_numpy()
    first = _day(frame[start])
    end = first + frame["days"].to_numpy()
    order = np.lexsort((first, pair))
    same = pair[order][1:] == pair[order][:-1]
    late = np.zeros(len(frame), dtype=bool)
    late[order[1:]] = same & (first[order][1:] < end[order][:-1]) & (first[order][1:] > first[order][:-1])
    rule = "the bucket starts before the one before it ends"
    yield from in_rows(table, frame, late, start, rule, "Correct its first day, or the days of the one before it")


def _day(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype("datetime64[D]").astype(np.int64)
