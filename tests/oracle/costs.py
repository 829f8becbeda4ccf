"""Cost lines of goods that move and of goods that stand."""

from __future__ import annotations

from pulp import LpAffineExpression, lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.keys import Keys, ShipKey
from tests.oracle.trade import Trade


def purchase(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Unit cost of what leaves a supplier on a lane or goes from him to customers."""
    terms = []
    for (lane, sku, period), ship in x.ship.items():
        supplier = trade.facts.lanes[lane]["origin"]
        if trade.facts.is_supplier(supplier):
            day = trade.trips[lane, period].departs_on
            terms.append(trade.money(trade.facts.sourcing[sku, supplier], "unit_cost", day) * ship)
    for (supplier, _, sku, period), deliver in x.deliver.items():
        if trade.facts.is_supplier(supplier):
            day = trade.calendar.starts[period]
            terms.append(trade.money(trade.facts.sourcing[sku, supplier], "unit_cost", day) * deliver)
    return lpSum(terms)


def first_leg_freight(trade: Trade, x: Decisions) -> LpAffineExpression:
    """What is charged by weight and volume, and by the case."""
    terms = []
    for (lane, basis, number, period), charged in x.charged.items():
        terms.append(trade.tariffs[lane, period].brackets[basis][number].rate * charged)
    for (lane, sku, period), ship in x.ship.items():
        rate = trade.tariffs[lane, period].per_case
        if rate:
            terms.append(rate / trade.facts.skus[sku]["case_pack"] * ship)
    return lpSum(terms)


def container_charges(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Rate of each container."""
    return lpSum(
        trade.tariffs[lane, period].per_container[kind] * containers
        for (lane, kind, period), containers in x.containers.items()
    )


def departure_fees(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Fee and customs entry of each departure in use."""
    return lpSum(trade.fixed_fee(*trip) * departs for trip, departs in x.departures.items())


def duty(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Duty on what enters another customs territory, at the day of arrival."""
    terms = []
    for (code, sku, period), ship in x.ship.items():
        lane = trade.facts.lanes[code]
        if trade.facts.clears_customs(lane):
            territory = trade.facts.territory_of(lane["destination"])
            day = trade.trips[code, period].arrives_on
            terms.append(trade.duty.on_freight(trade.facts.skus[sku], territory, day) * ship)
    return lpSum(terms)


def inbound_handling(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Receiving by the container, or by case and volume."""
    terms = []
    for (lane, sku, period), ship in x.ship.items():
        place, tariff = trade.facts.lanes[lane]["destination"], trade.tariffs[lane, period]
        if not trade.handling.by_container(place, tariff):
            day = trade.trips[lane, period].arrives_on
            terms.append(trade.handling.per_unit(place, trade.facts.skus[sku], day) * ship)
    for (lane, kind, period), containers in x.containers.items():
        place, tariff = trade.facts.lanes[lane]["destination"], trade.tariffs[lane, period]
        if trade.handling.by_container(place, tariff):
            day = trade.trips[lane, period].arrives_on
            terms.append(trade.handling.per_container(place, kind, day) * containers)
    return lpSum(terms)


def storage_rent(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Rent by age of what is on hand, and of half of what was delivered where the settings say so."""
    terms = []
    first_rates = {
        (place, period): tiers[0][1]
        for place in trade.facts.stocking()
        for period in trade.calendar.periods
        if (tiers := trade.rent.tiers(place, trade.calendar.starts[period]))
    }
    volume_days = {
        (sku, period): row["unit_volume_m3"] * trade.calendar.lengths[period]
        for sku, row in trade.facts.skus.items()
        for period in trade.calendar.periods
    }
    for (place, sku, period), on_hand in x.on_hand.items():
        if (place, period) in first_rates:
            terms.append(volume_days[sku, period] * first_rates[place, period] * on_hand)
    rises = {(place, period): dict(trade.rises(place, period)) for place, period in first_rates}
    for (place, sku, period, age), aged in x.aged.items():
        terms.append(volume_days[sku, period] * rises[place, period][age] * aged)
    if trade.settings.rent_on == "end_and_half_deliveries":
        for (place, _, sku, period), deliver in x.deliver.items():
            terms.append(volume_days[sku, period] * first_rates.get((place, period), 0.0) / 2 * deliver)
    return lpSum(terms)


def overflow_rent(trade: Trade, x: Decisions) -> LpAffineExpression:
    """Price of what does not fit, by the day in storage and once at the docks."""
    terms = []
    for (place, period), overflow in x.storage_overflow.items():
        price = trade.money(trade.facts.locations[place], "overflow_per_m3_day", trade.calendar.starts[period])
        terms.append(price * trade.calendar.lengths[period] * overflow)
    for (place, period), overflow in x.receiving_overflow.items():
        price = trade.money(trade.facts.locations[place], "receiving_overflow_per_m3", trade.calendar.starts[period])
        terms.append(price * overflow)
    return lpSum(terms)


def capital(trade: Trade, keys: Keys, x: Decisions) -> LpAffineExpression:
    """Interest on what is on hand and on its way."""
    rate = trade.settings.capital_rate / 365
    if not rate:
        return lpSum([])
    daily = {sku: rate * value for sku, value in trade.unit_values.items()}
    terms = [daily[sku] * trade.calendar.lengths[period] * on_hand for (_, sku, period), on_hand in x.on_hand.items()]
    return lpSum(terms + [daily[key[1]] * _days_under_way(trade, key) * x.ship[key] for key in keys.ship])


def _days_under_way(trade: Trade, key: ShipKey) -> int:
    lane, _, period = key
    trip, calendar = trade.trips[lane, period], trade.calendar
    lands = trip.arrival_period in calendar.periods
    until = calendar.starts[trip.arrival_period] if lands else trip.arrives_on
    return until - calendar.starts[period]
