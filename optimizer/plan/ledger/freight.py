"""Freight, containers and fees of departures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import attach, day_numbers
from optimizer.plan.ledger.duty_rates import entry_fee
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.look_up import look_up

#: Units below which a departure counts as empty.
NOTHING_ABOARD = 1e-6


def first_leg_freight(facts: Facts, events: Events, loaded: pd.DataFrame) -> pd.DataFrame:
    """Rate x charged kg or m3 of each departure, and rate x cases: lane, period, amount."""
    days = (
        charges(facts, events, loaded)
        .merge(_days(events), on=["lane", "period"])
        .rename(columns={"from_quantity": "bracket"})
    )
    rated = attach(days, facts.brackets, ["lane", "basis"], days["day"].to_numpy())
    rated = rated[rated["bracket"] == rated["from_quantity"]]
    by_quantity = rated.assign(
        amount=rated["rate"] * facts.exchange(rated["currency"], rated["day"]) * rated["charged"]
    )
    rates = facts.scenario["freight_rates"]
    cased = loaded[["lane", "period", "day", "cartons"]]
    cased = attach(cased, rates[rates["basis"] == "case"], ["lane"], cased["day"].to_numpy())
    by_case = cased.assign(amount=cased["rate"] * facts.exchange(cased["currency"], cased["day"]) * cased["cartons"])
    return pd.concat(
        [by_quantity[["lane", "period", "amount"]], by_case[["lane", "period", "amount"]]], ignore_index=True
    )


def container_charges(facts: Facts, events: Events) -> pd.DataFrame:
    """Rate x containers: lane, container_type, period, amount."""
    rates = facts.scenario["freight_rates"]
    rows = events.containers.merge(_days(events), on=["lane", "period"])
    rows = attach(rows, rates[rates["basis"] == "container"], ["lane", "container_type"], rows["day"].to_numpy())
    return rows.assign(amount=rows["rate"] * facts.exchange(rows["currency"], rows["day"]) * rows["containers"])[
        ["lane", "container_type", "period", "amount"]
    ]


def departure_fees(facts: Facts, events: Events, loaded: pd.DataFrame) -> pd.DataFrame:
    """The fee of each departure in use, and the customs entry where its lane pays duty: lane, period, amount.

    The fee is that of the day of departure; the entry, a row of the duty table, that of the day of arrival, as duty is.
    """
    used = loaded[loaded["units"] > NOTHING_ABOARD]
    rates = facts.scenario["freight_rates"]
    rows = attach(used[["lane", "period"]], rates[rates["basis"] == "departure"], ["lane"], used["day"].to_numpy())
    fees = rows.assign(amount=rows["rate"] * facts.exchange(rows["currency"], rows["day"]))
    entering = used.loc[look_up(used["lane"], facts.lanes["pays_duty"]), ["lane", "period"]]
    entering = entering.merge(arrival_days(events), on=["lane", "period"])
    territory = look_up(entering["lane"], facts.lanes["territory"]).to_numpy(dtype=object)
    entries = entering.assign(amount=entering["share"] * entry_fee(facts, territory, entering["arrives"].to_numpy()))
    return pd.concat([fees[["lane", "period", "amount"]], entries[["lane", "period", "amount"]]], ignore_index=True)


def chargeable(facts: Facts, loaded: pd.DataFrame) -> pd.DataFrame:
    """Every bracket in force for every loaded departure; `quantity`: the kg or m3 that are charged at least."""
    tables = facts.brackets
    wanted = loaded.merge(tables[["lane", "basis"]].drop_duplicates(), on="lane")
    rows = attach(wanted, tables, ["lane", "basis"], wanted["day"].to_numpy())
    divisor = rows.groupby(["lane", "period", "basis"])["volumetric_divisor"].transform("min")
    volumetric = (rows["volume_m3"] * 1e6 / divisor).fillna(0.0)
    return rows.assign(
        quantity=np.where(rows["basis"] == "kg", np.maximum(rows["weight_kg"], volumetric), rows["volume_m3"])
    )


def charges(facts: Facts, events: Events, loaded: pd.DataFrame) -> pd.DataFrame:
    """The plan table `charged`; what is aboard and not mentioned there is charged as cheaply as the rules allow."""
    cheapest = cheapest_charges(facts, loaded)
    if events.charged is None:
        return cheapest
    keys = ["lane", "basis", "period"]
    told = pd.MultiIndex.from_frame(events.charged[keys].astype(object))
    silent = cheapest[~pd.MultiIndex.from_frame(cheapest[keys].astype(object)).isin(told)]
    return pd.concat([events.charged, silent], ignore_index=True)


def cheapest_charges(facts: Facts, loaded: pd.DataFrame) -> pd.DataFrame:
    """What departures are charged if each takes the bracket that is cheapest for it, as the plan table `charged`."""
    rows = chargeable(facts, loaded[loaded["units"] > NOTHING_ABOARD])
    rows = rows.assign(charged=np.maximum(rows["quantity"], rows["least"]))
    rows = rows.assign(amount=rows["charged"] * rows["rate"] * facts.exchange(rows["currency"], rows["day"]))
    best = rows.sort_values("amount", kind="stable").drop_duplicates(["lane", "basis", "period"])
    return (
        best[["lane", "basis", "period", "from_quantity", "charged"]]
        .sort_values(["lane", "basis", "period"])
        .reset_index(drop=True)
    )


def _days(events: Events) -> pd.DataFrame:
    days = events.departures[["lane", "period"]].assign(day=day_numbers(events.departures["departs_on"]))
    return days.drop_duplicates(["lane", "period"])


def arrival_days(events: Events) -> pd.DataFrame:
    """Day of arrival of each departure, and how likely it is: lane, period, arrives (day number), share."""
    departures = events.departures
    share = departures["share"] if "share" in departures.columns else 1.0
    return departures[["lane", "period"]].assign(arrives=day_numbers(departures["arrives_on"]), share=share)
