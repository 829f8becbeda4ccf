"""A scenario looked up: calendar, departures, rates and demand, and what a unit is worth."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import Settings
from tests.oracle.dates import Calendar, Closures, Trip, trips_of
from tests.oracle.demand import Demand, cover_length
from tests.oracle.duty import Duty
from tests.oracle.facts import Facts, Row, facts_of
from tests.oracle.rates import Exchange, Freight, Handling, Rent, Tariff


@dataclass(frozen=True)
class Trade:
    """All that the program is written from. `tariffs` are those of each departure, dated by it."""

    settings: Settings
    facts: Facts
    calendar: Calendar
    closures: Closures
    trips: dict[tuple[str, int], Trip]
    exchange: Exchange
    freight: Freight
    tariffs: dict[tuple[str, int], Tariff]
    rent: Rent
    handling: Handling
    duty: Duty
    demand: Demand
    cover_days: int
    unit_values: dict[str, float]

    def money(self, row: Row, column: str, day: int) -> float:
        """An amount of a row in the scenario's currency."""
        return row[column] * self.exchange.rate(row["currency"], day)

    def last_mile(self, row: Row, sku: Row, day: int) -> float:
        """Delivery of a unit on a delivery lane."""
        per_order = self.money(row, "per_order", day) / sku["units_per_order"]
        return per_order + self.money(row, "per_kg", day) * chargeable(sku, row["volumetric_divisor"])

    def multiple(self, lane: str, sku: str) -> int | None:
        """Units of which a SKU moves in whole numbers on a lane; None where any quantity may."""
        terms = self.facts.sourcing.get((sku, self.facts.lanes[lane]["origin"]))
        if terms is not None and terms["order_multiple"] is not None:
            return terms["order_multiple"]
        return self.facts.skus[sku]["case_pack"]

    def fixed_fee(self, lane: str, period: int) -> float:
        """What a departure costs if anything is aboard: its fee, and its entry at the day of arrival."""
        row, fee = self.facts.lanes[lane], self.tariffs[lane, period].per_departure
        if not self.facts.clears_customs(row):
            return fee
        territory = self.facts.territory_of(row["destination"])
        return fee + self.duty.on_entry(territory, self.trips[lane, period].arrives_on)

    def rises(self, location: str, period: int) -> list[tuple[int, float]]:
        """Ages above 0 from which the rent at a location is higher in a period, and by how much."""
        tiers = self.rent.tiers(location, self.calendar.starts[period])
        steps = [(age, rate - before) for (_, before), (age, rate) in zip(tiers, tiers[1:], strict=False)]
        return [(age, rise) for age, rise in steps if rise > 0]


def trade_of(scenario: Scenario) -> Trade:
    """The trade of a checked scenario."""
    facts, settings = facts_of(scenario), scenario.settings
    calendar, closures = Calendar(settings), Closures(facts.rows["closures"])
    trips = trips_of(facts.lanes, calendar, closures)
    exchange = Exchange(facts, settings.currency)
    freight = Freight(facts, exchange)
    values = _unit_values(facts, exchange, calendar.starts[0])
    declared = {
        code: sku["declared_value"] if sku["declared_value"] is not None else values[code]
        for code, sku in facts.skus.items()
    }
    cover = cover_length(facts, settings)
    return Trade(
        settings=settings,
        facts=facts,
        calendar=calendar,
        closures=closures,
        trips=trips,
        exchange=exchange,
        freight=freight,
        tariffs={(lane, period): freight.tariff(lane, trip.departs_on) for (lane, period), trip in trips.items()},
        rent=Rent(facts, exchange),
        handling=Handling(facts, exchange),
        duty=Duty(facts, exchange, declared, settings.currency),
        demand=Demand(facts, calendar, calendar.horizon + cover),
        cover_days=cover,
        unit_values=values,
    )


def chargeable(sku: Row, divisor: float | None) -> float:
    """Kilograms that a unit counts for by itself."""
    volumetric = sku["unit_volume_m3"] * 1e6 / divisor if divisor else 0.0
    return max(sku["unit_weight_kg"], volumetric)


def _unit_values(facts: Facts, exchange: Exchange, day: int) -> dict[str, float]:
    """The cheapest unit cost on the first day; without sourcing the declared value."""
    values = {}
    for code, sku in facts.skus.items():
        costs = [
            row["unit_cost"] * exchange.rate(row["currency"], day)
            for (made, _), row in facts.sourcing.items()
            if made == code
        ]
        values[code] = min(costs) if costs else sku["declared_value"]
    return values
