"""Plans with several SKUs for the page: a small one that is worked out by hand, and large ones from the generator."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.demand import period_demand
from optimizer.plan.plan import Plan
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from tests.plan.making import BASE, plan_of
from tests.report.reporting import small

#: Three goods of one factory that is paid in CNY, by kg at sea and in a container; A is short in the west.
CODES = ("A-red", "B-红", "C")


def shop(codes: tuple[str, str, str] = CODES, names: tuple[str, str, str] = ("Red shirt", "红衬衫", "")) -> Plan:
    """A plan with three SKUs of these codes and names, in which everything that the page shows happens."""
    one, two, three = codes
    each = {
        table: [{**row, "sku": code} for row in BASE[table] for code in codes]
        for table in BASE
        if "sku" in BASE[table][0]
    }
    each["skus"] = [{**row, "name": name} for row, name in zip(each["skus"], names, strict=True)]
    each["sourcing"] = [{**row, "currency": "CNY", "unit_cost": 35.5} for row in each["sourcing"]]
    each["opening_stock"] = [
        {"location": "SZ", "sku": one, "units": 200}, {"location": "SZ", "sku": two, "units": 300},
        {"location": "W", "sku": two, "units": 40, "received_on": "2026-01-15"},
        {"location": "E", "sku": three, "units": 500, "received_on": "2026-03-20"},
    ]  # fmt: skip
    tables: dict[str, Any] = {
        **each,
        "exchange_rates": [{"currency": "CNY", "rate": 0.14}],
        "lanes": [
            *BASE["lanes"],
            {"lane": "fcl", "origin": "SZ", "destination": "W", "lead_time_days": 20, "mode": "fcl"},
        ],
        "container_types": [{"container_type": "box", "volume_m3": 2, "payload_kg": 900}],
        "freight_rates": [
            *BASE["freight_rates"],
            {"lane": "fcl", "basis": "container", "container_type": "box", "rate": 160},
        ],
        "storage_rates": [{"location": "W", "per_m3_day": 1}, {"location": "W", "from_age_days": 150, "per_m3_day": 3}],
        "in_transit": [{"destination": "W", "sku": one, "arrives_on": "2026-06-10", "units": 30}],
        "duty_rates": [*BASE["duty_rates"], {**BASE["duty_rates"][0], "rate": 0.3, "valid_from": "2026-06-20"}],
    }
    ship = [
        {"lane": "sea", "sku": one, "period": 0, "units": 50}, {"lane": "sea", "sku": two, "period": 1, "units": 70},
        {"lane": "fcl", "sku": two, "period": 0, "units": 80}, {"lane": "buy", "sku": one, "period": 1, "units": 60},
        {"lane": "buy", "sku": three, "period": 0, "units": 100},
        {"lane": "move", "sku": one, "period": 2, "units": 10},
    ]  # fmt: skip
    deliver = [
        {"location": "W", "region": "US", "sku": two, "period": 0, "units": 14},
        {"location": "W", "region": "US", "sku": one, "period": 2, "units": 14},
        {"location": "E", "region": "US", "sku": three, "period": 1, "units": 9},
        {"location": "SZ", "region": "US", "sku": one, "period": 0, "units": 5},
        {"location": "W", "region": "OUT", "sku": two, "period": 1, "units": 6},
    ]
    containers = [{"lane": "fcl", "container_type": "box", "period": 0, "containers": 1}]
    return small({"capital_rate": 0.1}, {"ship": ship, "deliver": deliver, "containers": containers}, **tables)


def large(skus: int, seed: int = 1) -> Plan:
    """A plan of a generated catalogue that no optimizer made: it ships at random and serves what stock allows.

    No two of its SKUs are alike, so that its page is as hard to compress as one in earnest.
    """
    what = generate(Spec(skus=skus, seed=seed))
    random, facts = np.random.default_rng(seed), Facts(what)
    ship = _shipped(facts, random)
    return plan_of(what, ship=ship, deliver=_delivered(facts, ship))


def _shipped(facts: Facts, random: np.random.Generator) -> pd.DataFrame:
    """Every SKU leaves on some departures of every lane that starts at home."""
    lanes = facts.lanes.index[(facts.lanes["origin_kind"] == "domestic")]
    trips = facts.departures[facts.departures["lane"].isin(lanes)]
    skus = facts.goods.index.to_numpy(dtype=object)
    parts = []
    for trip in trips.itertuples():
        aboard = np.flatnonzero(random.random(len(skus)) < 2.0 / len(lanes))
        cases = random.integers(1, 30, len(aboard))
        units = cases * facts.goods["pack"].to_numpy()[aboard]
        parts.append(
            pd.DataFrame(
                {"lane": trip.lane, "sku": skus[aboard], "period": trip.period, "units": units, "cases": cases}
            )
        )
    return pd.concat(parts, ignore_index=True).astype({"cases": float})


def _delivered(facts: Facts, ship: pd.DataFrame) -> pd.DataFrame:
    """Each store serves its local regions in turn while stock lasts."""
    stock = _stock(facts, ship)
    wanted = np.zeros((len(facts.regions), len(facts.goods), facts.periods))
    demand = period_demand(facts.scenario, facts.span)
    at = facts.regions.index.get_indexer(demand["region"]), facts.goods.index.get_indexer(demand["sku"])
    np.add.at(wanted, (*at, demand["period"].to_numpy()), demand["units"].to_numpy())
    lanes = facts.delivery_lanes[facts.delivery_lanes["local"] & (facts.delivery_lanes["region_kind"] == "customers")]
    rows = []
    for period in range(facts.periods):
        for lane in lanes.itertuples():
            place, region = facts.stores.get_loc(lane.location), facts.regions.index.get_loc(lane.region)
            units = np.floor(np.minimum(stock[place, :, period], wanted[region, :, period]))
            some = np.flatnonzero(units > 0)
            stock[place, :, period:] -= units[:, None]
            wanted[region, :, period] -= units
            skus = facts.goods.index.to_numpy(dtype=object)[some]
            rows.append(
                pd.DataFrame(
                    {
                        "location": lane.location,
                        "region": lane.region,
                        "sku": skus,
                        "period": period,
                        "units": units[some],
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def _stock(facts: Facts, ship: pd.DataFrame) -> np.ndarray:
    """Units that would stand at each store if nobody bought any (stores, SKUs, periods)."""
    stock = np.zeros((len(facts.stores), len(facts.goods), facts.periods))
    opening = facts.scenario["opening_stock"]
    at = facts.stores.get_indexer(opening["location"]), facts.goods.index.get_indexer(opening["sku"])
    np.add.at(stock, at, opening["units"].to_numpy()[:, None])
    lands = ship.merge(facts.departures[["lane", "period", "arrival_period"]], on=["lane", "period"])
    lands = lands[lands["arrival_period"] < facts.periods]
    place = facts.stores.get_indexer(lands["lane"].map(facts.lanes["destination"]))
    sku = facts.goods.index.get_indexer(lands["sku"])
    coming = np.zeros(stock.shape)
    np.add.at(coming, (place, sku, lands["arrival_period"].to_numpy()), lands["units"].to_numpy())
    return stock + np.cumsum(coming, axis=2)
