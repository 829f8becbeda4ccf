"""What the rules allow but what looks like a slip: things to look at before a plan is trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.calendar import DAY
from optimizer.scenario.checks.selling import customers
from optimizer.scenario.departures import departures
from optimizer.scenario.reach import within_reach
from optimizer.scenario.scenario import Scenario

#: Goods lighter or heavier than these (kg in a m3) hardly exist: pillows have 20, gold has 19,300.
LIGHTEST, HEAVIEST = 5.0, 20_000.0

#: A minimum order of so many times all demand in the table is no order of anybody.
FAR_BEYOND = 100.0


def doubts(scenario: Scenario) -> list[Problem]:
    """Everything that looks like a slip in a scenario that keeps all rules, one for each kind, with an example."""
    return [doubt for look in LOOKS for doubt in look(scenario)]


def demand_with_holes(scenario: Scenario) -> Iterator[Problem]:
    """Days of the horizon for which the demand table says nothing of a SKU and region that it knows."""
    table = scenario["demand"]
    first = table["starts_on"].to_numpy().astype("datetime64[D]")
    start, end = scenario.calendar.starts[0], scenario.calendar.end
    inside = np.minimum(first + table["days"].to_numpy() * DAY, end) - np.maximum(first, start)
    rows = table.assign(told=np.maximum(inside / DAY, 0.0))
    pairs = rows.groupby(["sku", "region"], sort=False).agg(mean=("mean", "max"), told=("told", "sum")).reset_index()
    pairs = pairs.assign(missing=(end - start) / DAY - pairs["told"])
    pairs = pairs[(pairs["mean"] > 0) & (pairs["missing"] > 0)]
    for row in pairs.head(1).itertuples():
        rule = f"no row covers {row.missing:.0f} days of the horizon in {row.region}, so none is expected to sell then"
        remedy = "Add the rows, with mean 0 where that is meant"
        yield _doubt("demand", "sku", row.sku, rule, len(pairs), remedy)


def odd_density(scenario: Scenario) -> Iterator[Problem]:
    """Goods that are lighter than pillows or heavier than gold."""
    skus = scenario["skus"]
    density = skus["unit_weight_kg"] / skus["unit_volume_m3"]
    odd = skus.assign(density=density)[(density < LIGHTEST) | (density > HEAVIEST)]
    for row in odd.head(1).itertuples():
        remedy = "Look at unit_weight_kg (kg) and unit_volume_m3 (m3; a litre is 0.001)"
        yield _doubt("skus", "sku", row.sku, f"a m3 of it would weigh {row.density:,.4g} kg", len(odd), remedy)


def dearer_than_sold(scenario: Scenario) -> Iterator[Problem]:
    """Goods that cost more than any customer pays."""
    both = _cost_and_price(scenario, "customers")
    odd = both[both["cost"] > both["price"]]
    for row in odd.head(1).itertuples():
        rule = (
            f"it costs {row.cost:,.2f} to buy and sells for {row.price:,.2f} at most, in {scenario.settings.currency}"
        )
        remedy = "Look at unit_cost, price, their currencies, and which way round the exchange rate is"
        yield _doubt("sourcing", "sku", row.Index, rule, len(odd), remedy)


def sold_for_nothing(scenario: Scenario) -> Iterator[Problem]:
    """Customers who pay nothing."""
    prices = scenario["prices"]
    odd = prices[(prices["price"] == 0) & prices["region"].isin(customers(scenario))]
    for row in odd.head(1).itertuples():
        rule = f"customers in {row.region} pay nothing for it, so a lost sale costs nothing"
        yield _doubt("prices", "sku", row.sku, rule, len(odd), "Write the price")


def cleared_above_cost(scenario: Scenario) -> Iterator[Problem]:
    """Goods that traders pay more for than they cost: buying them for clearance would never end."""
    both = _cost_and_price(scenario, "clearance")
    odd = both[both["price"] > both["cost"]]
    for row in odd.head(1).itertuples():
        rule = (
            f"it costs {row.cost:,.2f} to buy and is cleared for {row.price:,.2f}, so it would be bought to be cleared"
        )
        yield _doubt("prices", "sku", row.Index, rule, len(odd), "Give clearance a price below unit_cost")


def demand_out_of_reach(scenario: Scenario) -> Iterator[Problem]:
    """Demand that nothing can be brought to: no stock, no supplier and no lane leads to the places that serve it."""
    for table, units in (("demand", "mean"), ("sales", "units")):
        wanted = scenario[table].loc[scenario[table][units] > 0, ["sku", "region"]]
        odd = wanted[~within_reach(scenario, wanted)].drop_duplicates()
        for row in odd.head(1).itertuples():
            rule = f"nothing can be brought to {row.region}: the places that serve it have none, and no lane brings any"
            remedy = "Look at lanes, sourcing and delivery_lanes"
            yield _doubt(table, "sku", row.sku, rule, len(odd), remedy)


def orders_beyond_demand(scenario: Scenario) -> Iterator[Problem]:
    """Minimum orders of many times all demand that the table knows."""
    offers, demand = scenario["sourcing"], scenario["demand"]
    known = demand.groupby("sku")["mean"].sum().to_dict()
    wanted = np.array([known.get(sku, 0.0) for sku in offers["sku"]], dtype=float)
    odd = offers.assign(wanted=wanted)[(wanted > 0) & (offers["moq"] > FAR_BEYOND * wanted)]
    for row in odd.head(1).itertuples():
        rule = f"at least {row.moq:,.0f} must be ordered, and all demand in the table is {row.wanted:,.0f}"
        yield _doubt("sourcing", "sku", row.sku, rule, len(odd), "Look at moq")


def lanes_that_never_depart(scenario: Scenario) -> Iterator[Problem]:
    """Lanes without a departure within the horizon."""
    lanes = scenario["lanes"]
    odd = lanes[~lanes["lane"].isin(departures(scenario)["lane"])]
    for row in odd.head(1).itertuples():
        rule = "it never departs within the horizon"
        remedy = "Look at sailing_weekdays, every_weeks, sails_from and closures"
        yield _doubt("lanes", "lane", row.lane, rule, len(odd), remedy)


def places_without_rent(scenario: Scenario) -> Iterator[Problem]:
    """Warehouses abroad that keep stock for nothing, where others ask for rent; at home it may be one's own."""
    places, rates = scenario["locations"], scenario["storage_rates"]
    odd = places[places["kind"].isin(["overseas", "marketplace"]) & ~places["location"].isin(rates["location"])]
    for row in (odd if len(rates) else odd.head(0)).head(1).itertuples():
        yield _doubt("storage_rates", "location", row.location, "it asks for no rent", len(odd), "Add its rates")


def events_that_move_nothing(scenario: Scenario) -> Iterator[Problem]:
    """Coming events where all demand is told by the table demand, which they leave as it is."""
    events = scenario["events"]
    odd = events[events["until"] >= pd.Timestamp(scenario.settings.starts_on)]
    for row in odd.head(1 - min(len(scenario["sales"]), 1)).itertuples():
        rule = "it changes nothing: demand tells all, and events raise only what is forecast from sales"
        yield _doubt("events", "event", row.event, rule, len(odd), "Raise the rows of demand, or give sales instead")


LOOKS: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    demand_with_holes,
    odd_density,
    dearer_than_sold,
    sold_for_nothing,
    cleared_above_cost,
    demand_out_of_reach,
    orders_beyond_demand,
    lanes_that_never_depart,
    places_without_rent,
    events_that_move_nothing,
)


def _doubt(table: str, column: str, value: str, rule: str, count: int, remedy: str) -> Problem:
    return Problem(table, 0, column, str(value), rule + (f" ({count - 1} more like it)" if count > 1 else ""), remedy)


def _cost_and_price(scenario: Scenario, kind: str) -> pd.DataFrame:
    """Least unit cost and best price in regions of a kind, of every SKU that has both."""
    regions = scenario["regions"]
    sold = scenario["prices"][scenario["prices"]["region"].isin(regions.loc[regions["kind"] == kind, "region"])]
    cost = _money(scenario, scenario["sourcing"], "unit_cost").groupby(scenario["sourcing"]["sku"]).min()
    price = _money(scenario, sold, "price").groupby(sold["sku"]).max()
    return pd.DataFrame({"cost": cost, "price": price}).dropna()


def _money(scenario: Scenario, rows: pd.DataFrame, column: str) -> pd.Series:
    """Amounts in the scenario's currency, at the rates of the first day."""
    rates = scenario["exchange_rates"].sort_values("valid_from", na_position="first", kind="stable")
    today = rates[rates["valid_from"].isna() | (rates["valid_from"] <= pd.Timestamp(scenario.settings.starts_on))]
    known = today.groupby("currency")["rate"].last().to_dict()
    return rows[column] * np.array([known.get(currency, 1.0) for currency in rows["currency"]], dtype=float)
