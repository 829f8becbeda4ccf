"""A plan as a planner reads it: purchases, shipments, transfers, departures, with dates and money."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger, account
from optimizer.plan.ledger.decided import decided, is_now
from optimizer.plan.ledger.freight import charges
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.plan import Plan

#: Cost lines of a departure.
FREIGHT = ("first_leg_freight", "container_charges", "departure_fees")

#: Columns of each view, in order.
VIEWS: dict[str, tuple[str, ...]] = {
    "purchases": ("supplier", "destination", "lane", "sku", "order_on", "departs_on", "arrives_on", "units", "cases",
                  "unit_cost", "currency", "amount"),
    "shipments": ("lane", "mode", "origin", "destination", "sku", "departs_on", "arrives_on", "cases", "units",
                  "volume_m3", "weight_kg"),
    "transfers": ("lane", "mode", "origin", "destination", "sku", "departs_on", "arrives_on", "cases", "units",
                  "volume_m3", "weight_kg"),
    "departures": ("lane", "mode", "origin", "destination", "period", "departs_on", "arrives_on", "units", "volume_m3",
                   "weight_kg", "containers", "container_fill", "charged_kg", "charged_m3", "amount"),
}  # fmt: skip


def views(plan: Plan, ledger: Ledger | None = None) -> dict[str, pd.DataFrame]:
    """All views of a plan by name; money is rounded to cents, nothing else is rounded.

    Purchases leave suppliers; shipments lead from home to overseas locations and marketplaces; transfers are all other
    movements. `amount` of a purchase is in the currency of its supplier, of a departure (freight, containers and fees)
    in the scenario's. Of a plan for several sample paths they tell what is decided now, and departures that leave
    within the commit window: what comes later is in the plan's tables.
    """
    ledger = ledger or account(plan)
    moved = _moved(plan, ledger)
    if len(ledger.paths) > 1:
        moved = moved[is_now(ledger.facts, moved)]
    home = moved["origin_kind"].isin(["supplier", "domestic"])
    abroad = moved["destination_kind"].isin(["overseas", "marketplace"])
    found = {"purchases": _purchases(ledger.facts, moved), "shipments": moved[home & abroad],
             "transfers": moved[~(home & abroad) & (moved["origin_kind"] != "supplier")],
             "departures": _departures(ledger)}  # fmt: skip
    return {name: found[name][list(columns)].reset_index(drop=True) for name, columns in VIEWS.items()}


def _moved(plan: Plan, ledger: Ledger) -> pd.DataFrame:
    rows = ledger.shipped.merge(plan["ship"][["lane", "sku", "period", "cases"]], on=["lane", "sku", "period"])
    rows = rows.assign(departs_on=_dates(rows["day"]), arrives_on=_dates(rows["arrives"]))
    return rows.sort_values(["departs_on", "lane", "sku"], kind="stable")


def _purchases(facts: Facts, moved: pd.DataFrame) -> pd.DataFrame:
    rows = decided(facts, moved[moved["origin_kind"] == "supplier"].drop(columns="departs_on"))
    rows = rows.merge(facts.offers[["sku", "supplier", "unit_cost", "currency"]], on=["sku", "supplier"])
    own = facts.scenario.settings.currency
    rows = rows.assign(order_on=_dates(rows["decided"]), amount=(rows["units"] * rows["unit_cost"]).round(2),
                       currency=rows["currency"].where(rows["currency"] != "", own))  # fmt: skip
    return rows.sort_values(["order_on", "supplier", "sku", "lane"], kind="stable")


def _departures(ledger: Ledger) -> pd.DataFrame:
    facts, keys, loaded = ledger.facts, ["lane", "period"], ledger.loaded
    if len(ledger.paths) > 1:
        loaded = loaded[loaded["day"] < facts.first + facts.scenario.settings.committed_days]
    rows = loaded.join(facts.lanes[["mode", "origin", "destination"]], on="lane")
    rows = rows.assign(departs_on=_dates(rows["day"]), arrives_on=_dates(rows["arrives"]))
    types = facts.scenario["container_types"].set_index("container_type")["volume_m3"]
    booked = ledger.events.containers
    booked = booked.assign(room=booked["containers"] * look_up(booked["container_type"], types))
    rows = rows.join(booked.groupby(keys)["room"].sum(), on=keys).assign(containers=_containers(booked, rows))
    rows = rows.assign(container_fill=rows["volume_m3"] / rows["room"])
    charged = charges(facts, ledger.events, ledger.loaded)
    for basis in ("kg", "m3"):
        mine = charged[charged["basis"] == basis].groupby(keys)["charged"].sum()
        rows = rows.join(mine.rename(f"charged_{basis}"), on=keys)
    costs = [ledger.entries[line][[*keys, "amount"]] for line in FREIGHT]
    rows = rows.join(pd.concat(costs).groupby(keys)["amount"].sum().round(2), on=keys).fillna({"amount": 0.0})
    return rows.sort_values(["departs_on", "lane"], kind="stable")


def _containers(booked: pd.DataFrame, departing: pd.DataFrame) -> list[str]:
    """The containers of each departure in words, such as "2 x 40HQ + 1 x 20GP"."""
    words: dict[tuple[str, int], list[str]] = {}
    for row in booked.itertuples():
        words.setdefault((row.lane, row.period), []).append(f"{row.containers:g} x {row.container_type}")
    return [" + ".join(words.get(key, [])) for key in zip(departing["lane"], departing["period"], strict=True)]


def _dates(days: pd.Series | np.ndarray) -> np.ndarray:
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[ns]")
