"""Every cost line, on movements small enough to be priced by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.plan.ledger import play
from tests.plan.making import BASE, changed, keep, scenario, table


def ship(lane: str, period: int, units: float, sku: str = "A") -> dict:
    return {"lane": lane, "sku": sku, "period": period, "units": units}


def deliver(location: str, period: int, units: float, region: str = "US") -> dict:
    return {"location": location, "region": region, "sku": "A", "period": period, "units": units}


def rate(basis: str, amount: float, lane: str = "sea", **more) -> dict:
    return {"lane": lane, "basis": basis, "rate": amount, **more}


def cost(line: str, tables: dict, settings: dict | None = None, **events) -> float:
    return keep(scenario(settings, **tables), **events).costs[line]


EURO = [{"currency": "EUR", "rate": 1.1}, {"currency": "EUR", "valid_from": "2026-06-10", "rate": 1.2}]


# Purchase


def test_a_purchase_is_paid_at_departure_in_the_money_of_that_day():
    # 20 units at 5 EUR: 100 EUR leave on 1 June (1.1) and 100 EUR on 15 June (1.2).
    sourcing = [{"sku": "A", "supplier": "F", "unit_cost": 5, "currency": "EUR"}]
    events = [ship("buy", 0, 20), ship("buy", 2, 20)]
    assert cost("purchase", {"sourcing": sourcing, "exchange_rates": EURO}, ship=events) == pytest.approx(110 + 120)


def test_what_a_supplier_sends_straight_to_customers_is_bought_too():
    lanes = [*BASE["delivery_lanes"], {"location": "F", "region": "US", "delivery_days": 12}]
    assert cost("purchase", {"delivery_lanes": lanes}, deliver=[deliver("F", 0, 3)]) == pytest.approx(15)


def test_a_shipment_from_a_warehouse_is_not_bought_again():
    assert cost("purchase", {}, ship=[ship("sea", 0, 20)]) == 0


# Freight


def test_freight_by_weight_charges_the_greater_of_gross_and_volumetric_weight():
    # 20 units weigh 40 kg and take 0.2 m3: with divisor 4000 they count as 50 kg. 50 x 2 = 100.
    assert cost("first_leg_freight", {}, ship=[ship("sea", 0, 20)]) == pytest.approx(80)
    rates = {"freight_rates": [rate("kg", 2, volumetric_divisor=4000)]}
    assert cost("first_leg_freight", rates, ship=[ship("sea", 0, 20)]) == pytest.approx(100)


def test_goods_that_count_by_weight_and_by_volume_share_a_departure():
    # Lead (10 kg, 0.001 m3) and foam (1 kg, 0.02 m3), ten each: 110 kg gross, 0.21 m3 = 52.5 kg with divisor 4000.
    goods = {"hs_code": "1", "origin_country": "CN"}
    skus = [
        {"sku": "lead", **goods, "unit_weight_kg": 10, "unit_volume_m3": 0.001},
        {"sku": "foam", **goods, "unit_weight_kg": 1, "unit_volume_m3": 0.02},
    ]
    tables = {"skus": skus, "freight_rates": [rate("kg", 2, volumetric_divisor=4000)]}
    tables |= dict.fromkeys(("prices", "sourcing", "opening_stock", "demand"), [])
    aboard = [ship("sea", 0, 10, "lead"), ship("sea", 0, 10, "foam")]
    assert cost("first_leg_freight", tables, ship=aboard) == pytest.approx(220)


@pytest.mark.parametrize(
    ("units", "amount"),
    [
        (10, 90),  # 20 kg x 2 = 40, but no departure costs less than 90
        (60, 180),  # 120 kg x 2 = 240; as the next bracket 150 kg x 1.2 = 180
        (100, 240),  # 200 kg x 1.2
    ],
)
def test_a_departure_is_charged_in_the_bracket_that_is_cheapest_for_it(units, amount):
    rates = [rate("kg", 2, minimum_charge=90), rate("kg", 1.2, from_quantity=150)]
    assert cost("first_leg_freight", {"freight_rates": rates}, ship=[ship("sea", 0, units)]) == pytest.approx(amount)


def test_the_bracket_that_a_plan_chose_is_what_it_pays():
    rates = [rate("kg", 2), rate("kg", 1.2, from_quantity=150)]
    what = scenario(freight_rates=rates)
    chosen = [{"lane": "sea", "basis": "kg", "period": 0, "from_quantity": 0, "charged": 130}]
    ledger = keep(what, ship=[ship("sea", 0, 60)])
    ledger = play(ledger.facts, replace(ledger.events, charged=table("charged", chosen)))
    assert ledger.costs["first_leg_freight"] == pytest.approx(260)


def test_a_newer_freight_table_replaces_the_older_one_whole():
    # The table of 10 June has no bracket from 100 kg: 200 kg cost 200 x 3 then.
    rates = [rate("kg", 2), rate("kg", 1, from_quantity=100), rate("kg", 3, valid_from="2026-06-10")]
    assert cost("first_leg_freight", {"freight_rates": rates}, ship=[ship("sea", 0, 100)]) == pytest.approx(200)
    assert cost("first_leg_freight", {"freight_rates": rates}, ship=[ship("sea", 2, 100)]) == pytest.approx(600)


def test_freight_by_volume_and_by_case_add_up():
    # 20 units: 0.2 m3 x 90 + 2 cartons x 3.
    rates = {"freight_rates": [rate("m3", 90), rate("case", 3)]}
    assert cost("first_leg_freight", rates, ship=[ship("sea", 0, 20)]) == pytest.approx(18 + 6)


def test_freight_is_converted_on_the_day_of_departure():
    # 40 kg x 2 EUR on 15 June, when a euro buys 1.2.
    tables = {"freight_rates": [rate("kg", 2, currency="EUR")], "exchange_rates": EURO}
    assert cost("first_leg_freight", tables, ship=[ship("sea", 2, 20)]) == pytest.approx(96)


def test_containers_cost_their_rate_of_the_day_of_departure():
    tables = {
        "container_types": [{"container_type": "20GP", "volume_m3": 28, "payload_kg": 20000}],
        "freight_rates": [
            rate("container", 1000, container_type="20GP"),
            rate("container", 1500, container_type="20GP", valid_from="2026-06-09"),
        ],
    }
    booked = [{"lane": "sea", "container_type": "20GP", "period": t, "containers": 2} for t in (0, 3)]
    assert cost("container_charges", tables, containers=booked) == pytest.approx(2000 + 3000)


def test_a_departure_pays_its_fee_once_and_a_customs_entry_once():
    # Two departures, each 30 + an entry on arrival, on 8 and 22 June: 10 EUR at 1.1 and 20 EUR at 1.2, whatever is
    # aboard.
    duties = [
        {"customs_territory": "US", "kind": "freight", "per_entry": 10},
        {"customs_territory": "US", "kind": "freight", "per_entry": 20, "valid_from": "2026-06-20"},
        {"customs_territory": "US", "kind": "freight", "hs_prefix": "61", "rate": 0.1},
    ]
    countries = changed("countries", {"country": "US"}, currency="EUR")
    tables = {
        "duty_rates": duties,
        "countries": countries,
        "exchange_rates": EURO,
        "freight_rates": [rate("departure", 30)],
        "lanes": changed("lanes", {"lane": "sea"}, lead_time_days=7),
    }
    events = [ship("sea", 0, 20), ship("sea", 2, 40)]
    assert cost("departure_fees", tables, ship=events) == pytest.approx(30 + 11 + 30 + 24)


def test_a_lane_with_duty_included_pays_no_customs_entry():
    duties = [{"customs_territory": "US", "kind": "freight", "per_entry": 10}]
    lanes = changed("lanes", {"lane": "sea"}, duty_included=True)
    tables = {"duty_rates": duties, "lanes": lanes, "freight_rates": [rate("departure", 30)]}
    assert cost("departure_fees", tables, ship=[ship("sea", 0, 20)]) == pytest.approx(30)


# Duty


def freight_duty(amount: float, **more) -> dict:
    return {"customs_territory": "US", "kind": "freight", "rate": amount, **more}


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([freight_duty(0.2)], 0.2),
        ([freight_duty(0.2), freight_duty(0.3, hs_prefix="61.09")], 0.3),  # the longest prefix, dots ignored
        (
            [freight_duty(0.3, hs_prefix="6109"), freight_duty(0.4, hs_prefix="61", origin_country="CN")],
            0.3,
        ),  # before the origin
        (
            [freight_duty(0.2, valid_from="2026-06-14"), freight_duty(0.5, origin_country="CN")],
            0.5,
        ),  # the origin before the date
        ([freight_duty(0.2), freight_duty(0.3, valid_from="2026-06-15")], 0.3),  # the day of arrival, 15 June
        ([freight_duty(0.2), freight_duty(0.3, valid_from="2026-06-16")], 0.2),
        ([freight_duty(0.2), freight_duty(0.9, origin_country="US")], 0.2),  # made elsewhere
    ],
)
def test_duty_is_the_row_that_fits_best_on_the_day_of_arrival(rows, share):
    # 10 units declared at 8 leave on 1 June and arrive on 15 June.
    assert cost("duty", {"duty_rates": rows}, ship=[ship("sea", 0, 10)]) == pytest.approx(share * 80)


def test_duty_per_item_is_in_the_money_of_the_territory_on_the_day_of_arrival():
    # 10 x 0.5 EUR at 1.2 on 15 June.
    countries = changed("countries", {"country": "US"}, currency="EUR")
    tables = {"duty_rates": [freight_duty(0, per_item=0.5)], "countries": countries, "exchange_rates": EURO}
    assert cost("duty", tables, ship=[ship("sea", 0, 10)]) == pytest.approx(6)


def test_goods_pay_duty_again_in_every_territory_that_they_enter_and_none_within():
    # W (US) to E (GB) pays 10 % of 8, back home to CN 50 %; F to SZ stays in CN.
    countries = [*BASE["countries"], {"country": "GB", "customs_territory": "GB"}]
    lanes = [*BASE["lanes"], {"lane": "back", "origin": "W", "destination": "SZ", "lead_time_days": 20}]
    rates = [*BASE["freight_rates"], rate("m3", 50, lane="back")]
    duties = [
        {"customs_territory": name, "kind": "freight", "rate": share} for name, share in (("GB", 0.1), ("CN", 0.5))
    ]
    tables = {"countries": countries, "lanes": lanes, "freight_rates": rates, "duty_rates": duties}
    tables["locations"] = changed("locations", {"location": "E"}, country="GB")
    events = [ship("move", 0, 10), ship("back", 0, 10), ship("buy", 0, 10)]
    assert cost("duty", tables, ship=events) == pytest.approx(8 + 40)


def test_a_lane_with_duty_included_pays_no_duty():
    tables = {"lanes": changed("lanes", {"lane": "sea"}, duty_included=True)}
    assert cost("duty", tables, ship=[ship("sea", 0, 10)]) == 0


def test_goods_without_a_declared_value_are_declared_at_their_cheapest_cost():
    # 6 from F, 7 from G; 10 x 0.2 x 6.
    skus = changed("skus", {"sku": "A"}, declared_value=None)
    locations = [*BASE["locations"], {"location": "G", "kind": "supplier", "country": "CN"}]
    sourcing = [{"sku": "A", "supplier": name, "unit_cost": price} for name, price in (("G", 7), ("F", 6))]
    assert cost(
        "duty", {"skus": skus, "locations": locations, "sourcing": sourcing}, ship=[ship("sea", 0, 10)]
    ) == pytest.approx(12)


# Handling


def handling(basis: str, amount: float, **more) -> dict:
    return {"location": "W", "basis": basis, "rate": amount, **more}


def test_loose_goods_are_handled_by_case_and_by_volume_on_the_day_of_arrival():
    # 20 units: 2 cartons x 1.5 + 0.2 m3 x 10 from 15 June on.
    rows = [handling("case", 1), handling("case", 1.5, valid_from="2026-06-15"), handling("m3", 10)]
    assert cost("inbound_handling", {"handling_rates": rows}, ship=[ship("sea", 0, 20)]) == pytest.approx(3 + 2)


@pytest.mark.parametrize(("rows", "amount"), [
    ([handling("container", 50)], 100),
    ([handling("container", 50), handling("container", 70, container_type="20GP")], 140),
    ([handling("container", 50, container_type="40HQ"), handling("case", 1)], 0),  # by container, but none of this type
    ([handling("case", 1)], 2),  # the location knows no containers: 2 cartons
])  # fmt: skip
def test_goods_in_containers_are_handled_by_container_where_the_location_does_so(rows, amount):
    types = [{"container_type": name, "volume_m3": 28, "payload_kg": 20000} for name in ("20GP", "40HQ")]
    tables = {
        "container_types": types,
        "freight_rates": [rate("container", 1000, container_type="20GP")],
        "handling_rates": rows,
    }
    booked = [{"lane": "sea", "container_type": "20GP", "period": 0, "containers": 2}]
    assert cost("inbound_handling", tables, ship=[ship("sea", 0, 20)], containers=booked) == pytest.approx(amount)


# Rent and capital


def rent(amount: float, age: int = 0, **more) -> dict:
    return {"location": "W", "from_age_days": age, "per_m3_day": amount, **more}


LOTS = [
    {"location": "W", "sku": "A", "received_on": "2026-05-01", "units": 30},
    {"location": "W", "sku": "A", "received_on": "2026-05-25", "units": 10},
]


def test_rent_is_by_age_of_what_stands_at_the_end():
    # Stands: 26, 12, 8, 8; of it 30 days or older: 16, 2, 0, 8. 7 days x 0.01 m3: 0.07 x (54 x 1 + 26 x 2).
    out = [deliver("W", 0, 14), deliver("W", 1, 14), deliver("W", 2, 4)]
    tables = {"opening_stock": LOTS, "storage_rates": [rent(1), rent(3, 30)]}
    assert cost("storage_rent", tables, deliver=out) == pytest.approx(0.07 * (54 + 52))


def test_a_rent_table_that_starts_later_gives_free_days():
    # Only what is 30 days old pays: 40 units at 8 June have ages 38 and 14: 30 x 3 a week, then 30, then 30, then 40.
    tables = {"opening_stock": LOTS, "storage_rates": [rent(3, 30)]}
    assert cost("storage_rent", tables) == pytest.approx(0.07 * 3 * (30 + 30 + 30 + 40))


def test_a_newer_rent_table_holds_from_the_first_period_that_starts_after_it():
    # 40 units at 1 until the period of 15 June starts at 2; EUR from then on at 1.2.
    tables = {"storage_rates": [rent(1), rent(2, valid_from="2026-06-09", currency="EUR")], "exchange_rates": EURO}
    assert cost("storage_rent", tables) == pytest.approx(0.07 * 40 * (1 + 1 + 2.4 + 2.4))


def test_half_of_the_deliveries_may_pay_rent_at_age_zero():
    # 26, 26, 26, 26 stand after 14 were delivered in the first week: 0.07 x (4 x 26 + 7).
    tables = {"storage_rates": [rent(1)]}
    settings = {"rent_on": "end_and_half_deliveries"}
    assert cost("storage_rent", tables, settings, deliver=[deliver("W", 0, 14)]) == pytest.approx(0.07 * (104 + 7))


def test_capital_is_bound_in_stock_and_on_the_way():
    # Value 5, 36.5 % a year: 0.005 a unit and day. Stock at W: 40 x 28 days; at SZ: 190 x 28 days; 10 at sea from
    # 1 to 15 June: 14 days, then at W for 14 days.
    amount = cost("capital", {}, {"capital_rate": 0.365}, ship=[ship("sea", 0, 10)])
    assert amount == pytest.approx(0.005 * (40 * 28 + 190 * 28 + 10 * 14 + 10 * 14))


def test_capital_on_the_way_counts_until_the_start_of_the_arrival_period_or_until_arrival_beyond():
    # Bought on 1 June, there on 4 June, counted from 8 June on: 7 days.
    # Bought on 22 June, there on 25 June, after the last period's start: 3 days.
    tables = {"opening_stock": []}
    assert cost("capital", tables, {"capital_rate": 0.365}, ship=[ship("buy", 3, 10)]) == pytest.approx(0.005 * 10 * 3)
    assert cost("capital", tables, {"capital_rate": 0.365}, ship=[ship("buy", 0, 10)]) == pytest.approx(
        0.005 * 10 * (7 + 21)
    )


def test_overflow_pays_by_the_day_for_standing_and_once_for_receiving():
    # W holds 0.3 m3: 40 units are 0.1 above it for 28 days at 2, and 50 more from 15 June on (14 days) another 0.5.
    # It receives 0.03 a day: 0.5 m3 in the week of 15 June are 0.29 above 0.21, at 10 a m3.
    limits = {
        "storage_volume_m3": 0.3,
        "overflow_per_m3_day": 2,
        "receiving_m3_per_day": 0.03,
        "receiving_overflow_per_m3": 10,
    }
    tables = {"locations": changed("locations", {"location": "W"}, **limits)}
    assert cost("overflow_rent", tables, ship=[ship("sea", 0, 50)]) == pytest.approx(2 * (0.1 * 28 + 0.5 * 14) + 2.9)


def test_goods_in_transit_take_receiving_capacity_but_pay_nothing_else():
    limits = {"receiving_m3_per_day": 0.01, "receiving_overflow_per_m3": 10}
    moving = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-08", "units": 20}]
    tables = {"locations": changed("locations", {"location": "W"}, **limits), "in_transit": moving}
    tables["handling_rates"] = [handling("case", 5)]
    # 0.2 m3 against 0.07 in a week.
    ledger = keep(scenario({"end_stock": "zero"}, **tables))
    assert ledger.costs["overflow_rent"] == pytest.approx(1.3)
    assert ledger.total_cost == pytest.approx(1.3 + ledger.costs["lost_sales"])


def test_stock_below_its_target_pays_by_unit_and_day():
    # W and E share US: 14 / 7 / 2 = 1 a day each at W: 50 days of cover = 50; on hand 40: 10 short for 28 days at 0.1.
    targets = [{"location": "W", "sku": "A", "least_units": 45, "cover_days": 50, "price_per_unit_day": 0.1}]
    assert cost("low_stock_fees", {"stock_targets": targets}) == pytest.approx(10 * 28 * 0.1)
    targets[0]["least_units"] = 60
    assert cost("low_stock_fees", {"stock_targets": targets}) == pytest.approx(20 * 28 * 0.1)


# Sales


def test_the_last_mile_shares_an_order_among_its_units_and_charges_the_greater_weight():
    # 2 units an order: 4 / 2; parcel weight max(2, 0.01 x 1e6 / 4000 = 2.5) x 3 EUR, at 1.1 on 1 June, 1.2 on 15 June.
    lanes = [
        {
            "location": "W",
            "region": "US",
            "delivery_days": 3,
            "per_order": 4,
            "per_kg": 3,
            "volumetric_divisor": 4000,
            "currency": "EUR",
        }
    ]
    tables = {"skus": changed("skus", {"sku": "A"}, units_per_order=2), "delivery_lanes": lanes, "exchange_rates": EURO}
    out = [deliver("W", 0, 10), deliver("W", 2, 10)]
    assert cost("last_mile", tables, deliver=out) == pytest.approx(10 * (2 + 7.5) * (1.1 + 1.2))


def test_parcels_across_a_border_pay_duty_by_their_value():
    # An order of 2 units is worth 16: the row from 10 EUR (11 USD) holds, the one from 15 EUR (16.5 USD) does not.
    # (0.5 x 8 + 1 EUR + 2 EUR / 2) x 10 units, EUR at 1.1.
    duties = [
        {"customs_territory": "US", "kind": "parcel", "rate": 0},
        {"customs_territory": "US", "kind": "parcel", "from_value": 10, "rate": 0.5, "per_item": 1, "per_entry": 2},
        {"customs_territory": "US", "kind": "parcel", "from_value": 15, "rate": 9},
    ]
    tables = {
        "duty_rates": duties,
        "countries": changed("countries", {"country": "US"}, currency="EUR"),
        "exchange_rates": EURO,
    }
    tables["skus"] = changed("skus", {"sku": "A"}, units_per_order=2)
    assert cost("parcel_duty", tables, deliver=[deliver("SZ", 0, 10)]) == pytest.approx(10 * (4 + 1.1 + 1.1))


@pytest.mark.parametrize("words", [{"duty_included": True}, {"kind": "local"}])
def test_parcels_pay_no_duty_where_it_is_included_or_no_border_is_crossed(words):
    lanes = changed("delivery_lanes", {"location": "SZ"}, **words)
    assert cost("parcel_duty", {"delivery_lanes": lanes}, deliver=[deliver("SZ", 0, 10)]) == 0


def test_a_lost_sale_costs_what_is_kept_of_its_price_and_goodwill():
    # 56 units are wanted, 50 delivered: 6 x (40 x (1 - 0.15 - 0.1) + 1).
    out = [deliver("W", t, 14) for t in (0, 1, 2)] + [deliver("W", 3, 8)]
    assert cost("lost_sales", {}, deliver=out) == pytest.approx(6 * 31)


def test_clearance_earns_its_price_and_disposal_costs_it():
    assert cost("clearance", {}, deliver=[deliver("W", 0, 10, "OUT")]) == pytest.approx(-60)
    prices = changed("prices", {"region": "OUT"}, price=-2)
    assert cost("clearance", {"prices": prices}, deliver=[deliver("W", 0, 10, "OUT")]) == pytest.approx(20)


LAST = [
    {"lane": "sea", "sku": "A", "departs_on": "2026-06-03", "units": 30},
    {"lane": "sea", "sku": "A", "departs_on": "2026-06-24", "units": 100},
    {"lane": "buy", "sku": "A", "departs_on": "2026-06-08", "units": 20},
]


def test_each_unit_more_or_less_than_the_last_plan_ships_costs_a_share_of_its_value():
    # 10 less by sea in the first week, 20 less bought in the second, 7 more moved in the third: 37 x 5 x 0.02. What
    # departs in the fourth week is free.
    settings = {"change_rate": 0.02, "change_days": 21}
    events = [ship("sea", 0, 20), ship("move", 2, 7)]
    assert cost("change_of_plan", {"last_plan": LAST}, settings, ship=events) == pytest.approx(3.7)
    assert cost("change_of_plan", {"last_plan": LAST}, {"change_days": 21}, ship=events) == 0
    assert cost("change_of_plan", {"last_plan": []}, settings, ship=events) == 0


def test_what_had_to_be_ordered_before_today_and_departures_that_there_are_not_are_no_changes():
    settings, lanes = {"change_rate": 0.02}, changed("lanes", {"lane": "sea"}, sailing_weekdays="Mon")
    made = [{"sku": "A", "supplier": "F", "unit_cost": 5, "production_days": 10}]
    closed = [{"lane": "sea", "from": "2026-06-01", "until": "2026-06-07"}]
    tables = {"sourcing": made, "closures": closed, "lanes": lanes, "last_plan": LAST[:1] + LAST[2:]}
    assert cost("change_of_plan", tables, settings) == 0


def test_the_cost_lines_are_those_of_the_model():
    lines = (
        "purchase first_leg_freight container_charges departure_fees duty inbound_handling storage_rent overflow_rent "
        "capital last_mile parcel_duty lost_sales clearance low_stock_fees change_of_plan end_stock"
    )
    assert list(keep(scenario()).costs) == lines.split()
