"""When stock can first be at a place, and how long it takes from there to a region."""

from __future__ import annotations

import numpy as np

from optimizer.network.survey import Survey
from optimizer.scenario.departures import decision_days


def decided_on(ground: Survey) -> np.ndarray:
    """Decision day of each SKU on each departure, (sailings, K), datetime64[D]; NaT for what a supplier does not
    make.
    """
    return _decided(ground, ground.sailings)


def earliest_periods(ground: Survey, orderable: np.ndarray) -> np.ndarray:
    """First period in which a location can hold a SKU, (L, K); T where it cannot within the horizon."""
    periods, sailings = len(ground.scenario.calendar), ground.sailings
    earliest = _held(ground, periods)
    supplier = ground.kinds == "supplier"
    earliest[supplier] = np.where(np.isnan(ground.unit_costs[supplier]), periods, 0)
    bought = supplier[sailings["origin"].to_numpy()]
    for place in np.flatnonzero(bought):
        to = sailings["destination"].iat[place]
        earliest[to] = np.minimum(earliest[to], np.where(orderable[place], sailings["arrival"].iat[place], periods))
    ways = list(_arrivals(sailings[~bought], periods))
    for _ in range(len(ground.locations)):
        before = earliest.copy()
        for origin, destination, arrival in ways:
            earliest[destination] = np.minimum(earliest[destination], arrival[earliest[origin]])
        if np.array_equal(before, earliest):
            break
    return earliest


def reach_days(ground: Survey) -> np.ndarray:
    """Days until stock at a location can serve a region, (L, R); inf where it never can."""
    days = np.full((len(ground.locations), len(ground.regions)), np.inf)
    table = ground.scenario["delivery_lanes"]
    days[ground.locations.get_indexer(table["location"]), ground.regions.get_indexer(table["region"])] = 0.0
    lanes = ground.scenario["lanes"]
    origin, destination = (ground.locations.get_indexer(lanes[end]) for end in ("origin", "destination"))
    for _ in range(len(ground.locations)):
        for start, end, lead in zip(origin, destination, lanes["lead_time_days"], strict=True):
            days[start] = np.minimum(days[start], days[end] + lead)
    return days


def ahead(ground: Survey) -> np.ndarray:
    """Whether a way leads from a location to another one, or to itself, (L, L)."""
    lanes = ground.scenario["lanes"]
    origin, destination = (ground.locations.get_indexer(lanes[end]) for end in ("origin", "destination"))
    led = np.eye(len(ground.locations), dtype=bool)
    for _ in range(len(ground.locations)):
        for start, end in zip(origin, destination, strict=True):
            led[start] |= led[end]
    return led


def _decided(ground: Survey, sailings) -> np.ndarray:
    departs = sailings["departs_on"].to_numpy().astype("datetime64[D]")
    days = np.repeat(departs[:, None], len(ground.skus), axis=1)
    production, origin = ground.sourcing("production_days"), sailings["origin"].to_numpy()
    for supplier in np.flatnonzero(ground.kinds == "supplier"):
        mine = origin == supplier
        made = production[supplier]
        lead, sku = np.unique(np.nan_to_num(made), return_inverse=True)  # few values for many SKUs
        counted = [ground.once(_counted_back, int(supplier), int(some)) for some in lead]
        day = np.stack(counted, axis=1)[:, sku] if counted else days[mine]
        days[mine] = np.where(np.isnan(made), np.datetime64("NaT"), day)
    return days


def _counted_back(ground: Survey, supplier: int, lead: int) -> np.ndarray:
    """Decision day on each departure from a supplier of goods that it makes in so many days."""
    sailings = ground.sailings
    departs = sailings["departs_on"].to_numpy().astype("datetime64[D]")[sailings["origin"].to_numpy() == supplier]
    return decision_days(ground.scenario["closures"], ground.locations[supplier], departs, np.full(len(departs), lead))


def _held(ground: Survey, periods: int) -> np.ndarray:
    earliest = np.full((len(ground.locations), len(ground.skus)), periods)
    earliest[ground.lots["location"], ground.lots["sku"]] = 0
    coming = ground.receipts
    np.minimum.at(earliest, (coming["location"].to_numpy(), coming["sku"].to_numpy()), coming["period"].to_numpy())
    return earliest


def _arrivals(sailings, periods: int):
    """For each pair of places linked by lanes, the first arrival period of what is ready in each period (index T:
    never ready).
    """
    for (origin, destination), rows in sailings.groupby(["origin", "destination"]):
        arrival = np.full(periods + 1, periods)
        np.minimum.at(arrival, rows["period"].to_numpy(), rows["arrival"].to_numpy())
        yield origin, destination, np.minimum.accumulate(arrival[::-1])[::-1]
