"""A rolling replay: week after week a policy decides with what is known, then what really happens happens."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Events
from optimizer.plan.ledger.demand import period_demand
from optimizer.plan.ledger.events import nothing
from optimizer.simulation.carrying import sendings
from optimizer.simulation.outcome import Outcome, accounted
from optimizer.simulation.past import Past
from optimizer.simulation.policy import Decisions, Known, Policy
from optimizer.simulation.rolled import coming, rolled
from optimizer.simulation.scene import Scene
from optimizer.simulation.service import NOTHING, Service, planned_units
from optimizer.simulation.state import State, real_departures
from optimizer.simulation.world import World


def replay(world: World, policy: Policy, weeks: int, seed: int) -> Outcome:
    """What a policy comes to in so many weeks; the seed draws how late ships are, the same for every policy.

    In each week arrivals are there first, then the policy decides, orders and shipments leave, customers are served,
    and what nobody could have is lost. Orders that are to leave after the last week are not part of the account, for
    any policy. Raises PlanBroken where a decision breaks a rule of the scenario.
    """
    scene, wanted = world.scene(weeks), world.wanted(weeks)
    state, past, service = State(scene, world.delays(weeks, seed)), Past(scene), Service(scene)
    delivered: list[pd.DataFrame] = []
    seconds, gaps, missed = np.zeros(weeks), np.full(weeks, np.nan), 0
    for week in range(weeks):
        state.receive(week)
        known = Known(week, scene, state.on_hand.copy(), state.on_order.copy(), past.sold, past.in_stock,
                      state.aboard, partial(rolled, scene, state, past, week), partial(coming, scene, state, week),
                      )  # fmt: skip
        since = time.perf_counter()
        decisions = policy.decide(known)
        seconds[week] = time.perf_counter() - since
        missed += decisions.missed
        gaps[week] = np.nan if decisions.gap is None else decisions.gap
        made = sendings(scene, state, week, decisions.ship)
        state.send(week, made.lane, made.sku, made.week, made.units)
        delivered += _serve(scene, state, past, service, decisions, week, wanted[:, :, week])
    ledger = accounted(_events(world, scene, state, delivered), world.cover(weeks))
    return Outcome(policy.name, seed, ledger, seconds, missed, gaps)


def _serve(scene: Scene, state: State, past: Past, service: Service, decisions: Decisions, week: int,
           wanted: np.ndarray) -> list[pd.DataFrame]:  # fmt: skip
    """Customers are served, then what is to be cleared leaves; the rows of `deliver` of the week."""
    told = decisions.deliver
    planned = None if told is None else planned_units(scene, told)
    begin = service.reach(week, state.on_hand)
    given = service(week, state.on_hand, wanted, planned, decisions.serve_rest)
    lane, sku = np.nonzero(given > NOTHING)
    units, place = given[lane, sku], scene.delivery_lanes["place"].to_numpy()[lane]
    stored = place >= 0
    state.take(week, place[stored], sku[stored], units[stored])
    served = np.zeros(wanted.shape)
    np.add.at(served, (scene.delivery_lanes["customer"].to_numpy()[lane], sku), units)
    past.add(week, served, begin, service.reach(week, state.on_hand))
    names = scene.delivery_lanes[["location", "region"]].to_numpy(dtype=object)[lane].reshape(-1, 2)
    rows = [_rows(names[:, 0], names[:, 1], scene.skus.to_numpy(dtype=object)[sku], week, units)]
    if told is None:
        return rows
    taken = np.zeros((len(scene.stores), len(scene.skus)))
    np.add.at(taken, (place[stored], sku[stored]), units[stored])
    return [*rows, _clear(scene, state, week, told, _beyond(scene, taken, decisions.reckoned))]


def _beyond(scene: Scene, taken: np.ndarray, reckoned: pd.DataFrame | None) -> np.ndarray:
    """Units (L, S) that customers took beyond what was reckoned with; nothing where nothing is told."""
    if reckoned is None:
        return np.zeros(taken.shape)
    expected = np.zeros(taken.shape)
    place, sku = scene.stores.get_indexer(reckoned["location"]), scene.skus.get_indexer(reckoned["sku"])
    held = place >= 0
    np.add.at(expected, (place[held], sku[held]), reckoned["units"].to_numpy(dtype=float)[held])
    return np.maximum(taken - expected, 0.0)


def _clear(scene: Scene, state: State, week: int, told: pd.DataFrame, beyond: np.ndarray) -> pd.DataFrame:
    """What goes to clearance and disposal, as far as it is still there, and less by what customers took beyond what
    was reckoned with: a plan that clears 100 of 150 means to keep 50, whoever buys.
    """
    rows = told[~told["region"].isin(scene.customers) & (told["units"] > NOTHING)]
    place, sku = scene.stores.get_indexer(rows["location"]), scene.skus.get_indexer(rows["sku"])
    wanted = rows["units"].to_numpy(dtype=float)
    code = pd.Series(place * len(scene.skus) + sku)
    before = pd.Series(wanted).groupby(code).cumsum().to_numpy() - wanted
    planned = pd.Series(wanted).groupby(code).transform("sum").to_numpy()
    most = np.minimum(state.on_hand[place, sku], planned - beyond[place, sku])
    units = np.clip(most - before, 0.0, wanted)
    state.take(week, place, sku, units)
    return _rows(rows["location"].to_numpy(), rows["region"].to_numpy(), rows["sku"].to_numpy(), week, units)


def _events(world: World, scene: Scene, state: State, delivered: list[pd.DataFrame]) -> Events:
    """What happened, as the ledger hears it."""
    facts = world.truth(scene.weeks)
    sent = state.sent
    sent = sent[sent["week"] < scene.weeks].groupby(["lane", "sku", "week"], as_index=False)["units"].sum()
    step = scene.multiple[sent["lane"], sent["sku"]]
    ship = pd.DataFrame(
        {"lane": scene.lanes.to_numpy(dtype=object)[sent["lane"]],
         "sku": scene.skus.to_numpy(dtype=object)[sent["sku"]],
         "period": sent["week"].to_numpy(), "units": sent["units"].to_numpy(),
         "cases": np.divide(sent["units"], step, out=np.full(len(sent), np.nan), where=step > 0)}
    )  # fmt: skip
    moved = [rows[rows["units"] > NOTHING] for rows in delivered if (rows["units"] > NOTHING).any()]
    return Events(
        real_departures(facts, scene, state.arrives), facts.receipts, period_demand(facts.scenario, facts.span), ship,
        pd.concat(moved, ignore_index=True) if moved else nothing("deliver"), nothing("containers"),
        nothing("end_cover"),
    )  # fmt: skip


def _rows(location: np.ndarray, region: np.ndarray, sku: np.ndarray, week: int, units: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"location": location, "region": region, "sku": sku, "period": week, "units": units})
