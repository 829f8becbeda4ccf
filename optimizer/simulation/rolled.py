"""The scenario as a planner would write it on the morning of a later week."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.forecast.demand import demand
from optimizer.forecast.lateness import scale
from optimizer.plan.ledger.dated import ALWAYS, day_numbers
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.past import Past
from optimizer.simulation.scene import WEEK, Scene
from optimizer.simulation.state import State

#: Units that are none.
NOTHING = 1e-9


def rolled(scene: Scene, state: State, past: Past, week: int) -> Scenario:
    """The scenario whose first day is that of `week`: stock by lot, goods under way, sales so far, weekly periods as
    far ahead as the scenario looks. What is overdue is expected as many days from now as ships of its lane that are
    late take on average.
    """
    start = scene.scenario
    settings = start.settings
    first = settings.starts_on + dt.timedelta(days=WEEK * week)
    later = replace(start, settings=replace(settings, starts_on=first))
    whole = looking(later, math.ceil(sum(settings.periods) / WEEK))
    tables = {
        "opening_stock": opening_stock(scene, state, week),
        "in_transit": in_transit(scene, state, week),
        "sales": past.sales(week),
        "demand": _from_day(whole["demand"], first),
        "locks": _from_date(start["locks"], first),
    }
    return whole.with_tables(**tables)


def looking(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario with so many weekly periods; a table of demand that ends before them goes on as at its end."""
    settings = replace(scenario.settings, periods=(WEEK,) * weeks)
    return replace(scenario, settings=settings).with_tables(demand=_reaching(scenario, weeks))


def without_transfers(scenario: Scenario) -> Scenario:
    """The scenario without lanes between overseas warehouses, but for those that locks name."""
    kind, lanes = scenario["locations"].set_index("location")["kind"], scenario["lanes"]
    between = (lanes["origin"].map(kind) == "overseas") & (lanes["destination"].map(kind) == "overseas")
    closed = lanes.loc[between & ~lanes["lane"].isin(scenario["locks"]["lane"]), "lane"]
    tables = {
        name: table[~table["lane"].isin(closed)].reset_index(drop=True)
        for name, table in scenario.tables.items()
        if "lane" in table and table["lane"].isin(closed).any()
    }
    return scenario.with_tables(**tables)


def opening_stock(scene: Scene, state: State, week: int) -> pd.DataFrame:
    """What stands on the morning of a week, by day of receipt: first in, first out."""
    lots = _lots(scene, state, week)
    out = state.left[:, :, :week].sum(axis=2)
    before = lots.groupby(["place", "sku"])["units"].cumsum() - lots["units"]
    gone = out[lots["place"], lots["sku"]] - before.to_numpy()
    units = lots["units"].to_numpy() - np.clip(gone, 0.0, lots["units"].to_numpy())
    rows = lots.assign(units=units)[units > NOTHING]
    return typed(
        "opening_stock",
        {"location": scene.stores.to_numpy(dtype=object)[rows["place"]],
         "sku": scene.skus.to_numpy(dtype=object)[rows["sku"]],
         "received_on": rows["day"].to_numpy(dtype=np.int64).astype("datetime64[D]"),
         "units": rows["units"].to_numpy()},
    )  # fmt: skip


def in_transit(scene: Scene, state: State, week: int) -> pd.DataFrame:
    """What is under way or ordered on the morning of a week, with the day on which it is expected."""
    rows = _under_way(scene, state, week).groupby(["place", "sku", "day"], as_index=False)["units"].sum()
    return typed(
        "in_transit",
        {"destination": scene.stores.to_numpy(dtype=object)[rows["place"]],
         "sku": scene.skus.to_numpy(dtype=object)[rows["sku"]],
         "arrives_on": rows["day"].to_numpy(dtype=np.int64).astype("datetime64[D]"), "units": rows["units"].to_numpy()},
    )  # fmt: skip


def coming(scene: Scene, state: State, week: int) -> np.ndarray:
    """The same by the week, counted from this one, in which it is expected (L, S, weeks)."""
    rows = _under_way(scene, state, week)
    ahead = np.maximum(-((scene.first + WEEK * week - rows["day"].to_numpy(dtype=np.int64)) // WEEK), 1)
    units = np.zeros((len(scene.stores), len(scene.skus), int(ahead.max(initial=0)) + 1))
    np.add.at(units, (rows["place"].to_numpy(), rows["sku"].to_numpy(), ahead), rows["units"].to_numpy(dtype=float))
    return units


def _under_way(scene: Scene, state: State, week: int) -> pd.DataFrame:
    """What is under way or ordered: place, sku (positions), day on which it is expected, units."""
    today = scene.first + WEEK * week
    due = scene.facts.receipts
    due = due[due["period"] > week]
    sent = state.sent
    sent = sent[state.arrival_week[sent["lane"], sent["week"]] > week]
    lanes = scene.facts.lanes
    late = scale(lanes["lead_time_days"].to_numpy(dtype=float), lanes["lead_time_p90_days"].to_numpy(dtype=float))
    wait = np.maximum(np.ceil(late[sent["lane"]]), 1.0).astype(np.int64)
    told = pd.DataFrame(
        {"place": scene.stores.get_indexer(due["location"]), "sku": scene.skus.get_indexer(due["sku"]),
         "day": due["day"].to_numpy(dtype=np.int64), "units": due["units"].to_numpy(dtype=float)}
    )  # fmt: skip
    made = pd.DataFrame(
        {"place": scene.destination[sent["lane"]], "sku": sent["sku"].to_numpy(),
         "day": np.where(sent["expected"] > today, sent["expected"], today + wait), "units": sent["units"].to_numpy()}
    )  # fmt: skip
    return pd.concat([told, made], ignore_index=True)


def _lots(scene: Scene, state: State, week: int) -> pd.DataFrame:
    """All that ever stood: place, sku, day of receipt, units; the oldest of each place and SKU first."""
    stock = scene.scenario["opening_stock"]
    day = day_numbers(stock["received_on"])
    first = pd.DataFrame(
        {"place": scene.stores.get_indexer(stock["location"]), "sku": scene.skus.get_indexer(stock["sku"]),
         "day": np.where(day == ALWAYS, scene.first, day), "units": stock["units"].to_numpy(dtype=float)}
    )  # fmt: skip
    place, sku, when = np.nonzero(state.received[:, :, : week + 1] > NOTHING)
    later = pd.DataFrame(
        {"place": place, "sku": sku, "day": scene.first + WEEK * when, "units": state.received[place, sku, when]}
    )
    lots = pd.concat([part for part in (first, later) if len(part)] or [first])
    lots = lots.groupby(["place", "sku", "day"], as_index=False)["units"].sum()
    return lots.sort_values(["place", "sku", "day"], ignore_index=True)


def _reaching(scenario: Scenario, weeks: int) -> pd.DataFrame:
    """The table of demand, with rows up to the end of so many weeks where it has any."""
    table = scenario["demand"]
    if not len(table):
        return table
    whole = demand(scenario)
    end = np.datetime64(scenario.settings.starts_on, "D") + weeks * WEEK * DAY
    if whole.ends >= end:
        return table
    days = int((end - whole.ends) / DAY)
    wanted = whole.series.tail > 0
    more = typed(
        "demand",
        {"sku": whole.series.sku[wanted], "region": whole.series.region[wanted], "starts_on": whole.ends,
         "days": days, "mean": whole.series.tail[wanted] * days},
    )  # fmt: skip
    return joined("demand", table, more)


def _from_day(table: pd.DataFrame, first: dt.date) -> pd.DataFrame:
    """The rows of `demand` that are not over."""
    after = table["starts_on"].to_numpy().astype("datetime64[D]") + table["days"].to_numpy() * DAY
    return table[after > np.datetime64(first, "D")].reset_index(drop=True)


def _from_date(locks: pd.DataFrame, first: dt.date) -> pd.DataFrame:
    """Locks of every departure, and of those that are still to come."""
    kept = locks["date"].isna() | (locks["date"] >= pd.Timestamp(first))
    return locks[kept].reset_index(drop=True)
