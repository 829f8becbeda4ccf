"""What is asked: a line of the plan, or one that is not there, by the names and dates of the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.errors import UsageError
from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.scenario.names import did_you_mean, plain

#: Lines that a message lists at most.
MOST_LISTED = 12


@dataclass(frozen=True)
class Question:
    """Names and a day as somebody writes them; what is not said is empty, or None. Without a SKU a whole departure is
    asked about.
    """

    sku: str = ""
    lane: str = ""
    date: dt.date | None = None
    region: str = ""
    location: str = ""


@dataclass(frozen=True)
class Asked:
    """A question with the names as the tables write them. `kind`: "shipment" (of a lane), "departure" (of a lane, with
    all that is aboard), "delivery" (location to region), "demand" (of a region) or "stock" (of a location). `period` is
    that of the date; None: the whole horizon; -1 and the number of periods: before and after it.
    """

    kind: str
    sku: str
    lane: str = ""
    region: str = ""
    location: str = ""
    date: dt.date | None = None
    period: int | None = None


def asked(plan: Plan, question: Question) -> Asked:
    """The question with its names looked up. A shipment without a date is that of the lane's only departure with the
    SKU aboard, or any departure where the plan has none.

    Raises UsageError for names that are not there, for questions that name too little, and where several shipments of
    the plan are meant: it lists them.
    """
    scenario, date = plan.scenario, question.date
    if not question.sku:
        return _departure(plan, question)
    sku = _named(question.sku, scenario["skus"]["sku"], "SKU")
    location = _named(question.location, scenario["locations"]["location"], "location") if question.location else ""
    region = _named(question.region, scenario["regions"]["region"], "region") if question.region else ""
    period = _period(plan, date)
    if question.lane:
        if region:
            raise UsageError("Name a lane, or the region that is served, but not both.")
        lane = _lane(plan, question.lane, location)
        period = _only(plan, sku, lane) if date is None else period
        return Asked("shipment", sku, lane=lane, date=date, period=period)
    if not (region or location):
        raise UsageError(f"Which line of {sku}? Name --lane, --region or --location. {_lines_of(plan, sku)}")
    kind = "delivery" if region and location else "demand" if region else "stock"
    return Asked(kind, sku, region=region, location=location, date=date, period=period)


def aboard(plan: Plan, asked: Asked) -> np.ndarray:
    """The SKUs that a question is about: the one it names, or all that are aboard a departure."""
    if asked.kind != "departure":
        return np.array([asked.sku], dtype=object)
    rows = plan["ship"]
    rows = rows[(rows["lane"] == asked.lane) & (rows["period"] == asked.period) & (rows["units"] > 0)]
    return np.sort(rows["sku"].unique().astype(object))


def _departure(plan: Plan, question: Question) -> Asked:
    """A whole departure: that of the day, or the only one of the lane with goods aboard."""
    if not question.lane or question.region:
        raise UsageError("Name the --sku whose line it is, or only a --lane and a --date to ask for a whole departure.")
    location = question.location and _named(question.location, plan.scenario["locations"]["location"], "location")
    lane, date = _lane(plan, question.lane, location), question.date
    rows = plan["ship"][(plan["ship"]["lane"] == lane) & (plan["ship"]["units"] > 0)]
    rows = rows.groupby("period", as_index=False)["units"].sum().assign(lane=lane)
    rows = rows.merge(departures(plan.scenario), on=["lane", "period"]).sort_values("period", ignore_index=True)
    listed = _listed(f"{row.departs_on:%Y-%m-%d} ({row.units:,.0f})" for row in rows.itertuples())
    if rows.empty:
        raise UsageError(f"The plan has nothing aboard {lane}: name a --sku to ask why it has not.")
    if date is None:
        if len(rows) > 1:
            raise UsageError(f"{lane} leaves {len(rows)} times with goods: {listed}. Name the day with --date.")
        return Asked("departure", "", lane=lane, period=int(rows["period"].iat[0]))
    period = _period(plan, date)
    if not (rows["period"] == period).any():
        raise UsageError(f"The plan has nothing aboard {lane} in the period of {date}. With goods it leaves: {listed}.")
    return Asked("departure", "", lane=lane, date=date, period=period)


def _period(plan: Plan, date: dt.date | None) -> int | None:
    """The period that holds a date."""
    calendar = plan.scenario.calendar
    return None if date is None else int(calendar.period_of(np.array([date], dtype="datetime64[D]"))[0])


def _named(name: str, known: Iterable[str], what: str) -> str:
    """The name as the table writes it."""
    names = {plain(one): str(one) for one in known}
    if plain(name) in names:
        return names[plain(name)]
    raise UsageError(f"The plan knows no {what} {name!r}. {did_you_mean(name, names.values())}.")


def _lane(plan: Plan, name: str, location: str) -> str:
    """A lane by its name, or the only one of a mode; `location`: where it must lead, if that is said."""
    lanes = plan.scenario["lanes"]
    names = {plain(lane): str(lane) for lane in lanes["lane"]}
    if plain(name) in names:
        lane = names[plain(name)]
        leads = str(lanes.loc[lanes["lane"] == lane, "destination"].iloc[0])
        if location and leads != location:
            raise UsageError(f"The lane {lane} leads to {leads}, not to {location}.")
        return lane
    mine = lanes[[plain(mode) == plain(name) for mode in lanes["mode"]]]
    mine = mine[mine["destination"] == location] if location else mine
    if len(mine) == 1:
        return str(mine["lane"].iat[0])
    if len(mine):
        raise UsageError(f"Several lanes go by {name}: {_listed(mine['lane'])}. Name one of them, or a --location.")
    known = lanes["lane"].tolist() + [mode for mode in lanes["mode"].unique() if mode]
    raise UsageError(f"The plan knows no lane {name!r}. {did_you_mean(name, known)}.")


def _only(plan: Plan, sku: str, lane: str) -> int | None:
    """The period of the only shipment of a SKU on a lane; None where there is none."""
    rows = shipped(plan, sku)
    rows = rows[rows["lane"] == lane]
    if len(rows) > 1:
        listed = _listed(f"{row.departs_on:%Y-%m-%d} ({row.units:,.0f})" for row in rows.itertuples())
        raise UsageError(f"{sku} leaves on {lane} {len(rows)} times: {listed}. Name the day with --date.")
    return int(rows["period"].iat[0]) if len(rows) else None


def shipped(plan: Plan, sku: str) -> pd.DataFrame:
    """The shipments of a SKU by day of departure: lane, period, units, departs_on, arrives_on."""
    rows = plan["ship"][plan["ship"]["sku"] == sku]
    rows = rows.merge(departures(plan.scenario), on=["lane", "period"])
    return rows.sort_values(["departs_on", "lane"], kind="stable", ignore_index=True)


def _lines_of(plan: Plan, sku: str) -> str:
    rows, lost = shipped(plan, sku), plan["lost"][plan["lost"]["sku"] == sku]
    lines = [f"{row.lane} on {row.departs_on:%Y-%m-%d} ({row.units:,.0f})" for row in rows.itertuples()]
    lines += [f"{units:,.0f} lost in {region}" for region, units in lost.groupby("region")["units"].sum().items()]
    return f"The plan has: {_listed(lines)}." if lines else "The plan ships nothing of it, and loses no sale."


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more
