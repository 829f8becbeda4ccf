"""What a policy decides is carried out only where it is possible: a rule of the scenario that it breaks is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.errors import PlanBroken
from optimizer.simulation.scene import Scene
from optimizer.simulation.state import State

#: Units, or a share of them, by which a number may be off.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Sendings:
    """Positions of lanes and SKUs, weeks of departure, and units; one row each, none of them 0."""

    lane: np.ndarray
    sku: np.ndarray
    week: np.ndarray
    units: np.ndarray


def sendings(scene: Scene, state: State, week: int, ship: pd.DataFrame) -> Sendings:
    """The rows of `ship` (lane, sku, week, units) that are due in a week. Raises PlanBroken where they break a rule."""
    rows = ship[np.abs(ship["units"].to_numpy(dtype=float)) > TOLERANCE]
    lane, sku = scene.lanes.get_indexer(rows["lane"]), scene.skus.get_indexer(rows["sku"])
    asked = Sendings(lane, sku, rows["week"].to_numpy(dtype=np.int64), rows["units"].to_numpy(dtype=float))
    if not len(rows):
        return asked
    broken = [*_keys(scene, week, rows, asked)]
    if broken:
        raise PlanBroken(broken)
    step = scene.multiple[lane, sku]
    whole = np.where(step > 0, np.round(asked.units / np.where(step > 0, step, 1.0)) * step, asked.units)
    whole = _no_more_than_there(scene, state, Sendings(lane, sku, asked.week, whole), step)
    made = Sendings(lane, sku, asked.week, whole)
    broken = [*_multiples(rows, asked, made), *_stock(scene, state, week, made), *_limits(scene, state, made)]
    broken += [*_least_orders(scene, state, made), *_least_values(scene, state, made)]
    if broken:
        raise PlanBroken(broken)
    return made


def _keys(scene: Scene, week: int, rows: pd.DataFrame, asked: Sendings) -> Iterator[str]:
    known = (asked.lane >= 0) & (asked.sku >= 0) & (asked.week >= 0) & (asked.week < scene.due.shape[2])
    due = np.full(len(rows), week - 1)
    due[known] = scene.due[asked.lane[known], asked.sku[known], asked.week[known]]
    early = known & (scene.origin[asked.lane] < 0) & (due > week)  # an order may be placed before it must
    for place in np.flatnonzero(((due != week) & ~early) | ~(asked.units > 0) | ~np.isfinite(asked.units)):
        row = rows.iloc[place]
        yield (
            f"{row['units']:g} units of {row['sku']} on {row['lane']} in week {row['week']} are not for week {week} to "
            "decide"
        )


def _multiples(rows: pd.DataFrame, asked: Sendings, made: Sendings) -> Iterator[str]:
    for place in np.flatnonzero(np.abs(asked.units - made.units) > TOLERANCE * np.maximum(asked.units, 1.0)):
        row = rows.iloc[place]
        yield f"{row['units']:g} units of {row['sku']} on {row['lane']} in week {row['week']} are not whole cases"


def _no_more_than_there(scene: Scene, state: State, made: Sendings, step: np.ndarray) -> np.ndarray:
    """Where any quantity may move, a hair more than there is becomes what there is."""
    begin = scene.origin[made.lane]
    there = np.where(begin >= 0, state.on_hand[begin, made.sku], np.inf)
    hair = (step == 0) & (made.units > there) & (made.units <= there + TOLERANCE)
    return np.where(hair, there, made.units)


def _stock(scene: Scene, state: State, week: int, made: Sendings) -> Iterator[str]:
    """Nothing leaves a store that is not there; what a way without time brings counts."""
    begin, end = scene.origin[made.lane], scene.destination[made.lane]
    left = state.on_hand.copy()
    now = state.arrival_week[made.lane, made.week] == week
    np.add.at(left, (end[now], made.sku[now]), made.units[now])
    np.subtract.at(left, (begin[begin >= 0], made.sku[begin >= 0]), made.units[begin >= 0])
    for place, sku in np.argwhere(left < -TOLERANCE):
        yield f"{-left[place, sku]:g} more units of {scene.skus[sku]} leave {scene.stores[place]} than there are"


def _limits(scene: Scene, state: State, made: Sendings) -> Iterator[str]:
    """A departure takes no more than its lane's capacity, with what was sent on it before."""
    for place, week in _departures(made):
        units = departing(scene, state, made, place, week)
        for column, size in scene.sizes.items():
            most, asked = scene.facts.lanes[column].iat[place], float(units @ size)
            if asked > most * (1 + TOLERANCE):
                yield f"{scene.lanes[place]} in week {week} takes {asked:g} where its {column} is {most:g}"


def _least_orders(scene: Scene, state: State, made: Sendings) -> Iterator[str]:
    """A SKU leaves a supplier in a week in no less than its least order, with what was ordered for it before."""
    offers = scene.offers
    for supplier, lanes in scene.lanes_from.items():
        mine = offers[offers["supplier"] == supplier]
        least = np.zeros(len(scene.skus))
        least[mine["sku"]] = mine["moq"]
        bought = np.isin(made.lane, lanes)
        for week in np.unique(made.week[bought]):
            now = np.unique(made.sku[bought & (made.week == week)])
            units = np.sum([departing(scene, state, made, lane, week) for lane in lanes], axis=0)
            for sku in now[units[now] < least[now] * (1 - TOLERANCE)]:
                name, most = scene.skus[sku], least[sku]
                yield f"{units[sku]:g} units of {name} are ordered at {supplier}; it makes no fewer than {most:g}"


def _least_values(scene: Scene, state: State, made: Sendings) -> Iterator[str]:
    """What leaves a supplier in a week is worth its least order, with what was ordered for that week before."""
    for supplier, least in scene.least_values.items():
        lanes = scene.lanes_from[supplier]
        for week in np.unique(made.week[np.isin(made.lane, lanes)]):
            units = np.sum([departing(scene, state, made, lane, week) for lane in lanes], axis=0)
            value = float(units @ scene.paid[supplier])
            if value < least * (1 - TOLERANCE):
                yield f"an order at {supplier} for week {week} is worth {value:g}; it takes none below {least:g}"


def departing(scene: Scene, state: State, made: Sendings | None, lane: int, week: int) -> np.ndarray:
    """Units of each SKU on a departure (S,): sent before, and now."""
    before = state.aboard.get((int(lane), int(week)))
    units = np.zeros(len(scene.skus)) if before is None else before.copy()
    if made is not None:
        mine = (made.lane == lane) & (made.week == week)
        np.add.at(units, made.sku[mine], made.units[mine])
    return units


def _departures(made: Sendings) -> np.ndarray:
    return np.unique(np.column_stack([made.lane, made.week]), axis=0)
