"""May these keys exist: departures, decision days, delivery lanes, containers, brackets, targets?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import ALWAYS, attach, day_numbers
from optimizer.plan.ledger.decided import decided
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.verify.evidence import Evidence, tell
from optimizer.plan.verify.finding import Finding


def departures_exist(case: Evidence) -> list[Finding]:
    """Everything that leaves, leaves with a departure."""
    exists = case.facts.departures[["lane", "period"]].assign(departs=True)
    wrong = []
    for name in ("ship", "containers", "charged"):
        rows = case[name].merge(exists, on=["lane", "period"], how="left").assign(table=name)
        rows = rows[rows["departs"].isna()]
        wrong += tell("departures", rows, "{table} uses lane {lane} in period {period}, when it does not depart")
    return wrong


def goods_are_sold_by_their_supplier(case: Evidence) -> list[Finding]:
    """What leaves a supplier, by a lane or straight to customers, is made there."""
    sourced = case.facts.offers[["sku", "supplier"]].assign(made=True)
    shipped = case["ship"].assign(supplier=look_up(case["ship"]["lane"], case.facts.lanes["origin"]), straight=0)
    shipped = shipped[shipped["supplier"].isin(case.facts.suppliers)]
    straight = case["deliver"][case["deliver"]["location"].isin(case.facts.suppliers)]
    straight = straight.rename(columns={"location": "supplier"}).assign(straight=1)
    keys = ["supplier", "sku", "period", "units", "straight", "row"]
    rows = pd.concat([shipped[keys], straight[keys]]).merge(sourced, on=["sku", "supplier"], how="left")
    rows = rows[rows["made"].isna()]
    sentence = "{supplier} is to send {units:g} units of {sku} in period {period}, which it does not make"
    return tell("sourcing", rows, sentence, by=["straight", "row"])


def decisions_are_in_time(case: Evidence) -> list[Finding]:
    """Nothing is decided in the past; inside the frozen fence only what a lock names."""
    rows = decided(case.facts, case["ship"])
    rows = rows.assign(late=case.facts.first - rows["decided"])
    late = rows[rows["late"] > 0]
    frozen = rows[
        (rows["decided"] >= case.facts.first)
        & (rows["decided"] < case.facts.first + case.facts.scenario.settings.frozen_days)
    ]
    frozen = frozen[~named_by_lock(case.facts, frozen)]
    return [
        *tell(
            "decision day",
            late,
            "{units:g} units of {sku} on {lane} in period {period} had to be decided {late} days before the first day",
        ),
        *tell(
            "frozen fence",
            frozen,
            "{units:g} units of {sku} on {lane} in period {period} are decided inside the frozen days, and no "
            "lock names them",
        ),
    ]


def delivery_lanes_exist(case: Evidence) -> list[Finding]:
    """Every delivery uses a delivery lane; what is cleared has a price."""
    lanes = case.facts.delivery_lanes[["location", "region", "region_kind"]]
    rows = case["deliver"].merge(lanes, on=["location", "region"], how="left")
    missing = rows[rows["region_kind"].isna()]
    rows = rows.merge(case.facts.prices[["sku", "region", "price"]], on=["sku", "region"], how="left")
    unpriced = rows[rows["price"].isna() & rows["region_kind"].isin(["clearance", "disposal"])]
    return [
        *tell(
            "delivery lanes",
            missing,
            "{location} does not deliver to {region}, yet sends {units:g} units of {sku} in period {period}",
        ),
        *tell("prices", unpriced, "{sku} has no price in {region}, yet {units:g} units go there in period {period}"),
    ]


def containers_have_rates(case: Evidence) -> list[Finding]:
    """A container is booked where the lane has a rate for its type on the day of departure."""
    rates = case.facts.scenario["freight_rates"]
    rows = case["containers"].merge(case.departing, on=["lane", "period"])
    rated = attach(rows, rates[rates["basis"] == "container"], ["lane", "container_type"], rows["day"].to_numpy())
    rows = rows.merge(
        rated[["lane", "container_type", "period", "rate"]], on=["lane", "container_type", "period"], how="left"
    )
    rows = rows[rows["rate"].isna()]
    return tell("container rates", rows, "{lane} has no rate for {container_type} in period {period}")


def brackets_exist(case: Evidence) -> list[Finding]:
    """A charge stands in a bracket of the table that is in force on the day of departure."""
    rows = case.bracketed
    rows = rows[rows["rate"].isna()]
    return tell("brackets", rows, "{lane} has no rate per {basis} from {from_quantity:g} in period {period}")


def stores_hold_stock(case: Evidence) -> list[Finding]:
    """Stock stands in stores, overflow where there is a limit, shortfall where there is a target."""
    places, stores = case.facts.locations, case.facts.stores
    wrong = []
    for name in ("on_hand", "aged", "end_cover"):
        rows = case[name][~case[name]["location"].isin(stores)].assign(table=name)
        wrong += tell("stores", rows, "{table} has {units:g} units of {sku} at {location}, a supplier")
    limit = np.where(
        case["overflow"]["kind"] == "storage",
        look_up(case["overflow"]["location"], places["storage_volume_m3"]),
        look_up(case["overflow"]["location"], places["receiving_m3_per_day"]),
    ).astype(float)
    wrong += tell("overflow", case["overflow"][np.isnan(limit)], "{location} has no {kind} limit to go beyond")
    targets = case.facts.scenario["stock_targets"][["location", "sku"]].assign(set=True)
    rows = case["target_shortfall"].merge(targets, on=["location", "sku"], how="left")
    return wrong + tell("stock target", rows[rows["set"].isna()], "{sku} has no target at {location} to fall short of")


CHECKS = (
    departures_exist,
    goods_are_sold_by_their_supplier,
    decisions_are_in_time,
    delivery_lanes_exist,
    containers_have_rates,
    brackets_exist,
    stores_hold_stock,
)


def named_by_lock(facts: Facts, rows: pd.DataFrame) -> np.ndarray:
    """For each row of lane, SKU and period, whether a lock names it."""
    locks = dated_locks(facts)
    names = set(zip(locks["lane"], locks["sku"], locks["period"], strict=True))
    asked = zip(rows["lane"], rows["sku"], rows["period"], strict=True)
    return np.array(
        [(lane, sku, period) in names or (lane, sku, -1) in names for lane, sku, period in asked], dtype=bool
    )


def dated_locks(facts: Facts) -> pd.DataFrame:
    """`locks` with the period of their date, -1 for every period, and their row."""
    locks = facts.scenario["locks"]
    period = facts.calendar.period_of(np.asarray(locks["date"]).astype("datetime64[D]"))
    return locks.assign(row=locks.index, period=np.where(day_numbers(locks["date"]) == ALWAYS, -1, period))
