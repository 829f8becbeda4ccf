"""The next best ways for a line of the plan, and what a line that is not there would cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from optimizer.algebra.standard_form import StandardForm
from optimizer.studies.explain.forms import at_most, each_at_least
from optimizer.studies.explain.inquiry import Inquiry
from optimizer.studies.explain.part import Part
from optimizer.studies.explain.question import Asked
from optimizer.studies.explain.resolve import Found

#: Smaller amounts are noise.
NOISE = 1e-6


@dataclass(frozen=True)
class Way:
    """One other way. `kind`: "best" (any other), "lane" (the goods go by another lane to the same place), "later" (on a
    later departure of the same lane), "place" (to another place), "without" (nothing goes instead), "with" (a line that
    the plan lacks), and "more_lane", "more_later", "more_place" (so much more than planned by these, in its stead).
    `names` fill its sentence in; `changes`: what is shipped otherwise.
    """

    kind: str
    found: Found
    names: dict[str, object] = field(default_factory=dict)
    changes: list[dict[str, object]] = field(default_factory=list)


def line_columns(part: Part, asked: Asked) -> np.ndarray:
    """The columns of a line: shipments of a lane (of all SKUs there are), deliveries, or shipments into a location."""
    net, period = part.net, asked.period
    if asked.kind in ("delivery", "demand"):
        rows, family = net.deliveries, part.columns("deliver")
        mine = rows["region"] == net.ground.regions.get_loc(asked.region)
        if asked.location:
            mine &= rows["location"] == net.ground.locations.get_loc(asked.location)
    else:
        rows, family = net.shipments, part.columns("ship")
        if asked.kind in ("shipment", "departure"):
            mine = rows["lane"] == net.ground.lanes.get_loc(asked.lane)
        else:
            mine = rows["destination"] == net.ground.locations.get_loc(asked.location)
    if period is not None:
        mine &= rows["period"] == period
    return family[mine.to_numpy()]


def other_ways(inquiry: Inquiry, line: np.ndarray) -> list[Way]:
    """What is done best without a line of the plan, cheapest first; the best of all comes first."""
    found = [_way(inquiry, kind, inquiry.resolve(form), names) for kind, form, names in _forms(inquiry, line)]
    best, rest = found[0], sorted(found[1:], key=lambda way: way.found.difference)
    return [_at_least_as_good(best, rest), *rest]


def _at_least_as_good(best: Way, rest: list[Way]) -> Way:
    """The best way of all, or that of the others which was found to be cheaper: each of them is one of all."""
    if not rest or rest[0].found.difference >= best.found.difference:
        return best
    return replace(best, found=replace(rest[0].found, least=best.found.least), changes=rest[0].changes)


def with_it(inquiry: Inquiry, line: np.ndarray, least: float) -> Way:
    """What a line costs that the plan lacks, with at least so many units of it on every path on which it can be."""
    part = inquiry.part
    groups = [(mine, min(least, float(part.form.upper[mine].sum()))) for _, (mine,) in part.by_path(line)]
    form = each_at_least(part.form, [(mine, units) for mine, units in groups if units > 0])
    return _way(inquiry, "with", inquiry.resolve(form), {"units": least})


def more_of_others(inquiry: Inquiry, line: np.ndarray, least: float) -> list[Way]:
    """What so much more costs on each other way beside a shipment that the plan lacks, cheapest first."""
    part, reference, ship = inquiry.part, inquiry.resolve.reference, inquiry.part.columns("ship")
    found = []
    if len(ship) and len(line) and ship[0] <= line[0] <= ship[-1]:
        for kind, columns, names in _instead(inquiry, line):
            groups = [(mine, float(reference[mine].sum()) + least) for _, (mine,) in part.by_path(columns)]
            if all(units <= float(part.form.upper[mine].sum()) for mine, units in groups):
                form = each_at_least(part.form, groups)
                found.append(_way(inquiry, f"more_{kind}", inquiry.resolve(form), {**names, "units": least}))
    return sorted(found, key=lambda way: way.found.difference)


def smallest(part: Part, line: np.ndarray) -> float:
    """The least units that make a line: a case, an order multiple, or one; no more than may go at all."""
    ship = part.columns("ship")
    place = line[(line >= ship[0]) & (line <= ship[-1])] - ship[0] if len(ship) else line[:0]
    multiple = part.net.shipments["multiple"].to_numpy()[place]
    least = float(np.nanmin(multiple)) if len(place) and np.isfinite(multiple).any() else 1.0
    return min(least, float(part.form.upper[line].sum()))


def _forms(inquiry: Inquiry, line: np.ndarray) -> Iterator[tuple[str, StandardForm, dict[str, object]]]:
    """Forms without the line: free, then with the same goods on each other way, then with nothing in their stead."""
    part, reference = inquiry.part, inquiry.resolve.reference
    without = at_most(part.form, line, 0.0)
    yield "best", without, {}
    ship = part.columns("ship")
    if len(ship) and len(line) and ship[0] <= line[0] <= ship[-1]:
        for kind, columns, names in _instead(inquiry, line):
            asked_for, moved = _moved(inquiry, line, columns)
            if moved > NOISE:
                yield kind, each_at_least(without, asked_for), {**names, "units": moved}
        yield "without", at_most(without, ship, reference[ship]), {"units": part.units(part.x, line)}


def _moved(inquiry: Inquiry, line: np.ndarray, columns: np.ndarray) -> tuple[list[tuple[np.ndarray, float]], float]:
    """The units of a line asked for on other columns, beyond what is there and as far as there is room, of each SKU and
    on each path: groups of columns with the least of each; and the units that move.
    """
    part, reference = inquiry.part, inquiry.resolve.reference
    sku, first = part.net.shipments["sku"].to_numpy(), int(part.columns("ship")[0])
    groups, moved = list[tuple[np.ndarray, float]](), 0.0
    for code in np.unique(sku[columns - first]):
        mine, other = (some[sku[some - first] == code] for some in (line, columns))
        for weight, (away, there) in part.by_path(mine, other):
            planned, room = float(reference[there].sum()), float(part.form.upper[there].sum())
            units = min(float(part.x[away].sum()), room - planned)
            if units > NOISE:
                groups.append((there, planned + units))
                moved += weight * units
    return groups, moved


def _instead(inquiry: Inquiry, line: np.ndarray) -> Iterator[tuple[str, np.ndarray, dict[str, object]]]:
    """Columns by which the goods of a line could go instead: the nearest departure of each other lane to the same
    place, the next one of the same lane, all lanes to each other place. Nearest is the first that takes the most.
    """
    part = inquiry.part
    table, ground, ship = part.net.shipments, part.net.ground, part.columns("ship")
    rows = line - ship[0]
    mine = table.iloc[rows[0]]
    near = table[(table["origin"] == mine["origin"]) & (table["period"] >= mine["period"])]
    near = near[~near.index.isin(rows)].sort_values("period", kind="stable")
    for lane, trips in near[near["destination"] == mine["destination"]].groupby("lane", sort=False):
        aboard = [ship[trip.index] for _, trip in trips.groupby("sailing", sort=False)]
        taken = [_moved(inquiry, line, columns)[1] for columns in aboard]
        columns = aboard[int(np.argmax(np.array(taken) >= max(taken) - NOISE))]
        trip = table.iloc[int(columns[0] - ship[0])]
        names = {"lane": ground.lanes[lane], "departs_on": departs_on(part, trip), "arrives_on": arrives_on(part, trip)}
        yield "later" if lane == mine["lane"] else "lane", columns, names
    for place, trips in near[near["destination"] != mine["destination"]].groupby("destination", sort=False):
        within = trips[trips["period"] <= trips["period"].min() + 1]
        yield "place", ship[within.index], {"location": ground.locations[place]}


def departs_on(part: Part, shipment: pd.Series) -> np.datetime64:
    """The day on which a shipment leaves."""
    return part.net.sailings["departs_on"].to_numpy()[int(shipment["sailing"])].astype("datetime64[D]")


def arrives_on(part: Part, shipment: pd.Series) -> np.datetime64:
    """The day on which a shipment is there if it is not late."""
    return part.planned_arrivals[int(shipment["sailing"])]


def _way(inquiry: Inquiry, kind: str, found: Found, names: dict[str, object]) -> Way:
    told = [] if found.x is None else changes(inquiry.part, found.x, inquiry.resolve.reference)
    found = replace(found, least=max(found.least, 0.0))  # what is forbidden or forced never makes a plan cheaper
    return Way(kind, found, names, told)


def changes(part: Part, x: np.ndarray, reference: np.ndarray) -> list[dict[str, object]]:
    """What an answer ships, loses and books otherwise than the reference, with the units more (or less, negative) that
    are expected; the largest changes first. Of several SKUs what is shipped is told by departure.
    """
    net, found, more = part.net, [], part.likely * (x - reference)
    alone = len(net.ground.skus) == 1
    shipped = net.shipments[["sku", "lane", "sailing"]].assign(units=more[part.columns("ship")])
    for (lane, sailing), units in shipped.groupby(["lane", "sailing"])["units"].sum().items():
        if abs(units) > 1e-4:
            day = net.sailings["departs_on"].to_numpy()[int(sailing)].astype("datetime64[D]")
            sku = {"sku": net.ground.skus[0]} if alone else {}
            found.append({"what": "ship", **sku, "lane": net.ground.lanes[int(lane)], "departs_on": day,
                          "units": float(units)})  # fmt: skip
    by_region = pd.Series(more[part.columns("lost")]).groupby(net.wants["region"].to_numpy()).sum()
    for region, units in by_region.items():
        if abs(units) > 0.01:
            found.append({"what": "lost", "region": net.ground.regions[int(region)], "units": float(units)})
    for kind, rows in zip(
        net.ground.scenario["container_types"]["container_type"], _containers(part, x - reference), strict=True
    ):
        for lane, units in rows.items():
            found.append({"what": "containers", "container_type": kind, "lane": lane, "units": units})
    return sorted(found, key=lambda change: -abs(float(change["units"])))


def _containers(part: Part, more: np.ndarray) -> list[dict[str, float]]:
    """Containers more or less by lane, for each type."""
    net, found = part.net, []
    more = np.round(more[part.columns("containers")])
    for kind in range(len(net.ground.scenario["container_types"])):
        mine = (net.loads["container_type"] == kind).to_numpy() & (more != 0)
        by_lane = pd.Series(more[mine]).groupby(net.loads["lane"].to_numpy()[mine]).sum()
        found.append({str(net.ground.lanes[int(lane)]): float(units) for lane, units in by_lane.items()})
    return found
