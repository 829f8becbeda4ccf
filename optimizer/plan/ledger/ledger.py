"""The ledger: plays movements, demand and arrivals through time and writes down stock and every cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger.changing import change_of_plan
from optimizer.plan.ledger.cover import Cover
from optimizer.plan.ledger.ending import end_stock, left_over
from optimizer.plan.ledger.entering import duty, inbound_handling, purchase, transit_capital
from optimizer.plan.ledger.events import Events
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.freight import container_charges, departure_fees, first_leg_freight
from optimizer.plan.ledger.keeping import aged_stock, low_stock_fees, overflow_rent, stock_capital, storage_rent
from optimizer.plan.ledger.least import least_overflow, least_shortfall
from optimizer.plan.ledger.selling import clearance, deliveries, last_mile, lost_sales, parcel_duty
from optimizer.plan.ledger.stock import Stock
from optimizer.plan.ledger.voyages import aboard, shipments

#: Every cost line, in order.
LINES = (
    "purchase", "first_leg_freight", "container_charges", "departure_fees", "duty", "inbound_handling", "storage_rent",
    "overflow_rent", "capital", "last_mile", "parcel_duty", "lost_sales", "clearance", "low_stock_fees",
    "change_of_plan", "end_stock",
)  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """What events come to: stock, what was aboard, what was lost, and each cost line with its entries.

    `shipped`, `loaded`, `delivered`: rows of `ship`, of departures and of `deliver` with what is known of them.
    `lost`: region, sku, period, units. `left`: what the end leaves.
    """

    facts: Facts
    events: Events
    stock: Stock
    shipped: pd.DataFrame
    loaded: pd.DataFrame
    delivered: pd.DataFrame
    lost: pd.DataFrame
    left: pd.DataFrame
    cover: Cover

    @cached_property
    def entries(self) -> Mapping[str, pd.DataFrame]:
        """A table for each cost line whose column `amount` adds up to it."""
        facts, events = self.facts, self.events
        over = least_overflow(facts, events, self.stock, self.shipped) if events.overflow is None else events.overflow
        found = own_entries(self) | shared_entries(facts, events, self.loaded, over, self.landed)
        return {line: found[line] for line in LINES}

    @cached_property
    def costs(self) -> dict[str, float]:
        """Amount of each cost line."""
        return {line: float(np.asarray(table["amount"], dtype=float).sum()) for line, table in self.entries.items()}

    @property
    def paths(self) -> tuple[tuple[float, Ledger], ...]:
        """The futures of which this tells what is expected, each with its weight: itself alone."""
        return ((1.0, self),)

    @property
    def landed(self) -> pd.DataFrame:
        """What is aboard each departure by the day on which it arrives."""
        return self.loaded

    @property
    def total_cost(self) -> float:
        """Sum of all cost lines."""
        return sum(self.costs.values())

    @cached_property
    def on_hand(self) -> pd.DataFrame:
        """Stock at the end of each period: location, sku, period, units."""
        return self.stock.rows(self.stock.on_hand)

    @cached_property
    def tiers(self) -> pd.DataFrame:
        """Every tier of rent in force: location, period, from_age_days, rate, step."""
        return self.cover.rent.tiers()

    @cached_property
    def aged(self) -> pd.DataFrame:
        """Stock in each higher tier of rent: location, sku, period, from_age_days, units."""
        return aged_stock(self.stock, self.tiers)


def play(facts: Facts, events: Events, cover: Cover | None = None) -> Ledger:
    """Play events through the horizon of the scenario that `facts` knows; `cover`: what is known of its end already."""
    stock = Stock(facts, events)
    shipped = shipments(facts, events)
    delivered = deliveries(facts, events.deliver)
    return Ledger(
        facts,
        events,
        stock,
        shipped,
        aboard(shipped),
        delivered,
        unmet(events.demand, delivered),
        left_over(facts, events, stock, shipped),
        cover or Cover(facts),
    )


def unmet(demand: pd.DataFrame, delivered: pd.DataFrame) -> pd.DataFrame:
    """Demand that no delivery meets: region, sku, period, units."""
    keys = ["region", "sku", "period"]
    served = delivered[delivered["region_kind"] == "customers"].groupby(keys)["units"].sum().rename("served")
    rows = demand.join(served, on=keys)
    units = rows["units"] - rows["served"].fillna(0.0)
    return rows.assign(units=units)[units > 1e-9][[*keys, "units"]].reset_index(drop=True)


def shared_entries(
    facts: Facts, events: Events, loaded: pd.DataFrame, overflow: pd.DataFrame, landed: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The entries of the cost lines that SKUs share: what departures cost, and what goes beyond the space there is.

    `loaded`: what is aboard each departure, of all SKUs; `landed`: the same by the day of arrival.
    """
    return {
        "first_leg_freight": first_leg_freight(facts, events, loaded),
        "container_charges": container_charges(facts, events),
        "departure_fees": departure_fees(facts, events, loaded),
        "inbound_handling": inbound_handling(facts, events, landed),
        "overflow_rent": overflow_rent(facts, overflow),
    }


def own_entries(ledger: Ledger) -> dict[str, pd.DataFrame]:
    """The entries of the cost lines that each SKU has for itself: those of a catalogue are those of its slices, and
    those of what is expected are those of each path as far as it is likely.
    """
    if len(ledger.paths) > 1:
        parts = [(weight, own_entries(one)) for weight, one in ledger.paths]
        return {line: _weighed([(weight, found[line]) for weight, found in parts]) for line in parts[0][1]}
    facts, events, stock = ledger.facts, ledger.events, ledger.stock
    shipped, delivered = ledger.shipped, ledger.delivered
    short = least_shortfall(facts, events.demand, stock) if events.target_shortfall is None else events.target_shortfall
    return {
        "purchase": purchase(facts, shipped, delivered),
        "duty": duty(facts, shipped),
        "storage_rent": storage_rent(facts, stock, ledger.aged, delivered, ledger.tiers),
        "capital": pd.concat([stock_capital(facts, stock), transit_capital(facts, shipped)], ignore_index=True),
        "last_mile": last_mile(facts, delivered),
        "parcel_duty": parcel_duty(facts, delivered),
        "lost_sales": lost_sales(facts, ledger.lost),
        "clearance": clearance(facts, delivered),
        "low_stock_fees": low_stock_fees(facts, short),
        "change_of_plan": change_of_plan(facts, shipped),
        "end_stock": end_stock(facts, ledger.left, events.end_cover, ledger.cover),
    }


def _weighed(parts: list[tuple[float, pd.DataFrame]]) -> pd.DataFrame:
    """Entries of several paths, money and units each as far as its path is likely."""
    likely = [
        table.assign(**{name: weight * table[name].astype(float) for name in ("units", "amount") if name in table})
        for weight, table in parts
    ]
    return pd.concat(likely, ignore_index=True)
