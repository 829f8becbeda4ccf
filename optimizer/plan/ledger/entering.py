"""Purchase, duty and handling of goods on lanes, and the capital that is bound on the way."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.duty_rates import duty_terms
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.freight import arrival_days
from optimizer.plan.ledger.look_up import look_up


def purchase(facts: Facts, shipped: pd.DataFrame, delivered: pd.DataFrame) -> pd.DataFrame:
    """Unit cost of what leaves suppliers, by lane or straight to customers: supplier, sku, period, amount."""
    bought = shipped.loc[shipped["origin_kind"] == "supplier", ["origin", "sku", "period", "day", "units"]].rename(
        columns={"origin": "supplier"}
    )
    direct = delivered.loc[delivered["supplied"], ["location", "sku", "period", "day", "units"]].rename(
        columns={"location": "supplier"}
    )
    rows = pd.concat([bought, direct], ignore_index=True).merge(
        facts.offers[["sku", "supplier", "unit_cost", "currency"]], on=["sku", "supplier"]
    )
    return rows.assign(amount=rows["unit_cost"] * facts.exchange(rows["currency"], rows["day"]) * rows["units"])[
        ["supplier", "sku", "period", "amount"]
    ]


def duty(facts: Facts, shipped: pd.DataFrame) -> pd.DataFrame:
    """Duty on what enters another customs territory, by the day of arrival: lane, sku, period (it left), amount."""
    rows = shipped[shipped["pays_duty"]]
    terms = duty_terms(
        facts, "freight", rows["sku"].to_numpy(), rows["territory"].to_numpy(dtype=object), rows["arrives"].to_numpy()
    )
    per_unit = terms["rate"].to_numpy() * rows["declared"].to_numpy() + terms["per_item"].to_numpy()
    return rows.assign(amount=per_unit * rows["units"].to_numpy())[["lane", "sku", "period", "amount"]]


def inbound_handling(facts: Facts, events: Events, loaded: pd.DataFrame) -> pd.DataFrame:
    """Receiving at the destination, at the day of arrival, by container or by case and m3: lane, period, amount."""
    whole = facts.lanes.index[facts.lanes["in_containers"] & facts.lanes["destination"].isin(container_handlers(facts))]
    loose = loaded[~loaded["lane"].isin(whole)]
    parts = [
        _loose(facts, loose, "case", "cartons"),
        _loose(facts, loose, "m3", "volume_m3"),
        _contained(facts, events, events.containers[events.containers["lane"].isin(whole)]),
    ]
    return pd.concat(parts, ignore_index=True)


def transit_capital(facts: Facts, shipped: pd.DataFrame) -> pd.DataFrame:
    """Capital from the start of the period of departure until the destination counts it: lane, sku, period, amount."""
    beyond = shipped["arrival_period"] >= facts.periods
    counted = facts.starts[np.minimum(shipped["arrival_period"], facts.periods - 1)]
    days = np.where(beyond, shipped["arrives"], counted) - facts.starts[shipped["period"]]
    rate = facts.scenario.settings.capital_rate / 365
    return shipped.assign(amount=rate * shipped["value"] * shipped["units"] * days)[["lane", "sku", "period", "amount"]]


def container_handlers(facts: Facts) -> pd.Series:
    """Locations that handle goods by the container."""
    table = facts.scenario["handling_rates"]
    return table.loc[table["basis"] == "container", "location"].drop_duplicates()


def handling_rate(
    facts: Facts, locations: np.ndarray, days: np.ndarray, basis: str, container_type: str = ""
) -> np.ndarray:
    """Rate (scenario currency) at each location and day number; NaN without a row in force."""
    table = facts.scenario["handling_rates"]
    table = table[(table["basis"] == basis).to_numpy() & (table["container_type"] == container_type).to_numpy()]
    names, begins = table["location"].to_numpy(dtype=object), day_numbers(table["valid_from"])
    rates, currencies = table["rate"].to_numpy(), table["currency"].to_numpy(dtype=object)
    found = np.full(len(locations), np.nan)
    for location in pd.unique(locations):
        rows = np.flatnonzero(names == location)
        rows = rows[np.argsort(begins[rows], kind="stable")]
        asked = np.flatnonzero(locations == location)
        place = np.searchsorted(begins[rows], days[asked], side="right") - 1
        asked, place = asked[place >= 0], place[place >= 0]
        found[asked] = rates[rows[place]] * facts.exchange(currencies[rows[place]], days[asked])
    return found


def container_handling_rate(facts: Facts, locations: np.ndarray, days: np.ndarray, container_type: str) -> np.ndarray:
    """Rate of a container of a type: that type's row, else the one for any type, else 0."""
    own, any_type = (handling_rate(facts, locations, days, "container", name) for name in (container_type, ""))
    return np.where(np.isnan(own), np.nan_to_num(any_type), own)


def _loose(facts: Facts, rows: pd.DataFrame, basis: str, quantity: str) -> pd.DataFrame:
    places = look_up(rows["lane"], facts.lanes["destination"]).to_numpy(dtype=object)
    rate = handling_rate(facts, places, rows["arrives"].to_numpy(), basis)
    return rows.assign(amount=np.nan_to_num(rate) * rows[quantity])[["lane", "period", "amount"]]


def _contained(facts: Facts, events: Events, containers: pd.DataFrame) -> pd.DataFrame:
    rows = containers.merge(arrival_days(events), on=["lane", "period"])
    amount = np.zeros(len(rows))
    for name in rows["container_type"].unique():
        mine = (rows["container_type"] == name).to_numpy()
        places = look_up(rows.loc[mine, "lane"], facts.lanes["destination"]).to_numpy(dtype=object)
        amount[mine] = container_handling_rate(facts, places, rows.loc[mine, "arrives"].to_numpy(), str(name))
    amount = amount * rows["share"].to_numpy() * rows["containers"].to_numpy(dtype=float)
    return rows.assign(amount=amount)[["lane", "period", "amount"]]
