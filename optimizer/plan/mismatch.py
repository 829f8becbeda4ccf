"""The mismatch index: units short in one place while units of the same SKU stand idle in another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.demand import demand_between
from optimizer.plan.ledger.least import local_daily_demand

#: Days after the horizon whose mean demand stands for what comes.
AFTER = 28


def mismatch_index(ledger: Ledger) -> float:
    """The lesser of short and idle, summed over SKUs and periods, over all demand; 0 without demand."""
    demand = float(ledger.events.demand["units"].sum())
    return mismatched_units(ledger) / demand if demand > 0 else 0.0


def mismatched_units(ledger: Ledger) -> float:
    """The lesser of units short and units idle, summed over SKUs and periods; over sample paths what is expected."""
    return sum(weight * _mismatched(one) for weight, one in ledger.paths)


def _mismatched(ledger: Ledger) -> float:
    lost, skus = ledger.lost, ledger.stock.skus
    short = np.zeros((len(skus), ledger.facts.periods))
    np.add.at(short, (skus.get_indexer(lost["sku"]), lost["period"].to_numpy()), lost["units"].to_numpy())
    return float(np.minimum(short, idle(ledger).sum(axis=0)).sum())


def idle(ledger: Ledger) -> np.ndarray:
    """Units (locations, SKUs, periods) beyond what their location sends out until it can be refilled.

    What is cleared, disposed of, returned or moved between overseas locations counts where it left.
    """
    return np.maximum(ledger.stock.on_hand - _needed(ledger, _sent(ledger), _daily_after(ledger)), 0.0) + _turned_away(
        ledger
    )


def refill_days(facts: Facts) -> np.ndarray:
    """Days until each store can have more of each SKU (locations, SKUs): its shortest lead time + the review days.

    Production counts. A store that no lane leads to waits for the next review only.
    """
    days = np.full((len(facts.stores), len(facts.goods)), np.inf)
    for lane in facts.lanes.itertuples():
        store = facts.stores.get_loc(lane.destination)
        if lane.origin_kind != "supplier":
            days[store] = np.minimum(days[store], lane.lead_time_days)
            continue
        made = facts.offers[facts.offers["supplier"] == lane.origin]
        sku = facts.goods.index.get_indexer(made["sku"])
        days[store, sku] = np.minimum(days[store, sku], lane.lead_time_days + made["production_days"].to_numpy())
    return np.where(np.isinf(days), 0.0, days) + facts.scenario.settings.review_days


def movable(ledger: Ledger) -> np.ndarray:
    """Units that could leave each location on any lane (locations, SKUs, periods), whatever the plan does with them:
    those that it has beyond what it sends to customers, within the horizon, until it can be refilled; and those that
    lanes take.
    """
    served = ledger.delivered[ledger.delivered["region_kind"] == "customers"]
    to_customers = _summed(ledger, served["location"], served)
    taken = ledger.stock.left - to_customers
    return np.maximum(ledger.stock.on_hand + taken - _needed(ledger, to_customers, 0.0), 0.0)


def _needed(ledger: Ledger, sent: np.ndarray, after: np.ndarray | float) -> np.ndarray:
    """What of `sent`, and of so many units a day `after` the horizon, a location sends out from the end of each period
    until it can be refilled.
    """
    facts, window = ledger.facts, refill_days(ledger.facts)
    needed = np.zeros(sent.shape)
    for period, begins in enumerate(facts.starts + facts.calendar.days):
        ends = begins + window
        for later in range(period + 1, facts.periods):
            share = np.clip((ends - facts.starts[later]) / facts.calendar.days[later], 0.0, 1.0)
            needed[:, :, period] += share * sent[:, :, later]
        needed[:, :, period] += np.maximum(ends - facts.end, 0.0) * after
    return needed


def _daily_after(ledger: Ledger) -> np.ndarray:
    """Daily demand that each store serves locally (locations, SKUs), the mean of the `AFTER` days after the horizon."""
    facts = ledger.facts
    demand = demand_between(facts.scenario, np.array([facts.end]), np.array([facts.end + AFTER]), "window", facts.span)
    rows = local_daily_demand(facts, demand, np.array([AFTER]), "window")
    units = np.zeros((len(facts.stores), len(facts.goods)))
    place, sku = facts.stores.get_indexer(rows["location"]), facts.goods.index.get_indexer(rows["sku"])
    np.add.at(units, (place[place >= 0], sku[place >= 0]), rows["units"].to_numpy()[place >= 0])
    return units


def _sent(ledger: Ledger) -> np.ndarray:
    """Units that leave each store for customers or along lanes (locations, SKUs, periods)."""
    away = ledger.delivered[ledger.delivered["region_kind"] != "customers"]
    return ledger.stock.left - _summed(ledger, away["location"], away)


def _turned_away(ledger: Ledger) -> np.ndarray:
    away = ledger.delivered[ledger.delivered["region_kind"] != "customers"]
    abroad = ledger.shipped["origin_kind"].isin(["overseas", "marketplace"])
    onward = (ledger.shipped["origin_kind"] == "overseas") & (ledger.shipped["destination_kind"] == "marketplace")
    back = ledger.shipped[abroad & ~onward]
    return _summed(ledger, away["location"], away) + _summed(ledger, back["origin"], back)


def _summed(ledger: Ledger, locations: pd.Series, rows: pd.DataFrame) -> np.ndarray:
    units = np.zeros(ledger.stock.on_hand.shape)
    place, sku = ledger.stock.locations.get_indexer(locations), ledger.stock.skus.get_indexer(rows["sku"])
    here = place >= 0
    np.add.at(units, (place[here], sku[here], rows["period"].to_numpy()[here]), rows["units"].to_numpy()[here])
    return units
