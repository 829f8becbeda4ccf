"""Rates that the plan would need and that the tables do not give: errors at the door, never zero."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.errors import Problem
from optimizer.rates.delivery import crosses_border
from optimizer.rates.duty import Duties
from optimizer.rates.exchange import Exchange
from optimizer.rates.freight import Freight
from optimizer.rates.goods import Goods, goods
from optimizer.scenario.departures import departures
from optimizer.scenario.scenario import Scenario


def missing_rates(scenario: Scenario) -> Iterator[Problem]:
    """Departures without freight, and goods that enter a territory without a duty rate, each named once."""
    exchange = Exchange(scenario)
    duties = Duties(scenario, exchange)
    stock = goods(scenario, scenario["skus"]["sku"].to_numpy(), exchange)
    yield from check_freight_in_force(scenario, Freight(scenario, exchange))
    yield from check_freight_duty(scenario, stock, duties)
    yield from check_parcel_duty(scenario, stock, duties)


def check_freight_in_force(scenario: Scenario, freight: Freight) -> Iterator[Problem]:
    """Every basis of a lane is in force on each departure, and at the end of the horizon, where end stock is valued."""
    trips = departures(scenario)
    row = {lane: place + 2 for place, lane in enumerate(scenario["lanes"]["lane"])}
    for lane, rows in trips.groupby("lane"):
        days = np.append(rows["departs_on"].to_numpy().astype("datetime64[D]"), scenario.calendar.end)
        for basis, kind in sorted(freight.bases(lane)):
            bare = days[~freight.in_force(lane, basis, kind, days)]
            if len(bare):
                yield Problem(
                    "freight_rates",
                    0,
                    "valid_from",
                    str(lane),
                    f"no {basis} {kind} rate of lane {lane} holds on {bare[0]}".replace("  ", " "),
                    f"Add a row valid from {bare[0]} or before, or close the lane (row {row[lane]} of lanes) "
                    "until then",
                )


def check_freight_duty(scenario: Scenario, stock: Goods, duties: Duties) -> Iterator[Problem]:
    """Every SKU has a freight duty rate in every territory that a lane without duty included leads into."""
    country = dict(zip(scenario["locations"]["location"], scenario["locations"]["country"], strict=True))
    entered: dict[str, str] = {}
    for lane in scenario["lanes"].itertuples():
        ends = [duties.territory_of[country[place]] for place in (lane.origin, lane.destination)]
        if ends[0] != ends[1] and not lane.duty_included:
            entered[lane.lane] = ends[1]
    trips = departures(scenario)
    arrivals: dict[str, set[np.datetime64]] = {}
    for name, day in zip(trips["lane"], trips["arrives_on"].to_numpy().astype("datetime64[D]"), strict=True):
        if name in entered:
            arrivals.setdefault(entered[name], {scenario.calendar.end}).add(day)
    for territory, days in arrivals.items():
        yield from _without_rate(stock, duties, territory, "freight", sorted(days))


def check_parcel_duty(scenario: Scenario, stock: Goods, duties: Duties) -> Iterator[Problem]:
    """Every SKU sold in a region has a parcel duty rate where a delivery crosses the border without duty included."""
    locations, regions = (
        dict(zip(scenario[table][table[:-1]], scenario[table]["country"], strict=True))
        for table in ("locations", "regions")
    )
    customers = set(scenario["regions"].query("kind == 'customers'")["region"])
    crossed = set()
    for lane in scenario["delivery_lanes"].itertuples():
        ends = {(lane.location, lane.region): (locations[lane.location], regions[lane.region])}
        if lane.region in customers and not lane.duty_included and crosses_border(lane, ends, duties):
            crossed.add(duties.territory_of[regions[lane.region]])
    for territory in sorted(crossed):
        yield from _without_rate(stock, duties, territory, "parcel", list(scenario.calendar.starts))


def _without_rate(
    stock: Goods, duties: Duties, territory: str, kind: str, days: list[np.datetime64]
) -> Iterator[Problem]:
    for day in days:
        bare = np.isnan(duties.on(stock, territory, kind, day).rate)
        if bare.any():
            first = int(np.flatnonzero(bare)[0])
            yield Problem(
                "duty_rates",
                0,
                "hs_prefix",
                str(stock.hs[first]),
                f"no {kind} duty rate for goods of HS {stock.hs[first] or '(none)'} made in {stock.origin[first]} that "
                f"enter {territory} on {day} ({int(bare.sum())} SKUs, such as {stock.sku[first]})",
                f"Add a row with customs_territory {territory}, kind {kind} and a prefix of that HS code (or an empty "
                "one for all goods); rate 0 if it is free",
            )
            return
