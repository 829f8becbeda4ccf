"""For each rule between rows and tables, changes of the starter scenario that break it and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from optimizer.scenario.scenario import Scenario
from tests.scenario import starter_files as make

Change = Callable[[Scenario], Scenario]


def row(table: str, **values: object) -> Change:
    """Add a row."""
    return lambda scenario: make.with_rows(scenario, table, values)


def cell(table: str, place: int, column: str, value: object) -> Change:
    """Change a cell."""
    return lambda scenario: make.with_cell(scenario, table, place, column, value)


def less(table: str, *places: int) -> Change:
    """Remove rows."""
    return lambda scenario: make.without_rows(scenario, table, *places)


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(scenario: Scenario) -> Scenario:
        for part in changes:
            scenario = part(scenario)
        return scenario

    return change


def sales_instead(**values: object) -> Change:
    """A history of sales in the place of demand."""
    first = {"sku": "MUG-01", "region": "US-temu", "date": "2025-12-01", "days": 7, "units": 60}
    return both(less("demand"), row("sales", **first), row("sales", **{**first, "date": "2025-12-08", **values}))


def two_paths(asked: int = 2) -> Change:
    """Two sample paths, each with the expected demand; `asked`: how many the settings ask for."""

    def change(scenario: Scenario) -> Scenario:
        wanted = scenario["demand"].rename(columns={"mean": "units"})
        rows = pd.concat([wanted.assign(path=path) for path in (1, 2)], ignore_index=True)
        settings = replace(scenario.settings, solve=replace(scenario.settings.solve, paths=asked))
        return replace(scenario, settings=settings).with_tables(
            paths=pd.DataFrame({"path": [1, 2], "weight": [0.5, 0.5]}),
            path_demand=rows[list(scenario["path_demand"].columns)],
        )

    return change


def on_paths(*changes: Change) -> Change:
    """Changes of the starter with two paths."""
    return both(two_paths(), *changes)


def less_of_path_two(wrong: Callable[[pd.DataFrame], pd.Series]) -> Change:
    """Two paths, of which the second one does not tell of some rows of demand."""

    def change(scenario: Scenario) -> Scenario:
        rows = scenario["path_demand"]
        return scenario.with_tables(path_demand=rows[(rows["path"] == 1) | ~wrong(rows)].reset_index(drop=True))

    return on_paths(change)


EXTRA = {
    "hs_code": "6912",
    "origin_country": "CN",
    "unit_weight_kg": 1.0,
    "unit_volume_m3": 0.001,
    "case_pack": 10,
}
LOCK = {"lane": "sea", "sku": "MUG-01", "date": "2026-01-14"}
FIRST_DEMAND = {"sku": "MUG-01", "region": "US-temu", "starts_on": "2026-01-05", "days": 7, "mean": 1.0}

#: name of the rule -> (change, how the first report begins, what it says)
BROKEN: dict[str, list[tuple[Change, str, str]]] = {
    "check_skus_valued": [
        (row("skus", sku="NEW", **EXTRA), "skus row 5, declared_value", "no row in sourcing"),
    ],
    "check_demand_can_be_supplied": [
        (
            both(
                row("skus", sku="NEW", declared_value=3.0, **EXTRA),
                row("prices", sku="NEW", region="US-temu", price=9.0),
                row("demand", **{**FIRST_DEMAND, "sku": "NEW"}),
            ),
            "skus row 5, sku = 'NEW'",
            "no supplier, no stock and nothing in transit",
        ),
    ],
    "check_received_before_start": [
        (
            cell("opening_stock", 0, "received_on", "2026-01-06"),
            "opening_stock row 2, received_on",
            "after the first day",
        ),
    ],
    "check_arrival_dates": [
        (
            cell("in_transit", 0, "arrives_on", "2024-12-31"),
            "in_transit row 2, arrives_on = '2024-12-31'",
            "a year before",
        ),
        (cell("in_transit", 0, "arrives_on", "2062-01-16"), "in_transit row 2, arrives_on", "years after"),
    ],
    "check_supplier_kind": [
        (
            row("sourcing", sku="MUG-01", supplier="CN-SZ", unit_cost=1.0),
            "sourcing row 5, supplier = 'CN-SZ'",
            "not of kind",
        ),
        (row("suppliers", supplier="US-W"), "suppliers row 3, supplier", "not of kind supplier"),
        (
            row("closures", supplier="CN-SZ", **{"from": "2026-02-01", "until": "2026-02-02"}),
            "closures row 2, supplier",
            "not of kind supplier",
        ),
    ],
    "check_no_stock_at_suppliers": [
        (
            row("opening_stock", location="FACTORY", sku="MUG-01", units=5.0),
            "opening_stock row 6, location",
            "no stock",
        ),
        (
            row("stock_targets", location="FACTORY", sku="MUG-01", price_per_unit_day=1.0),
            "stock_targets row 2",
            "no stock",
        ),
        (row("storage_rates", location="FACTORY", per_m3_day=1.0), "storage_rates row 8, location", "no stock"),
        (
            row("in_transit", destination="FACTORY", sku="MUG-01", arrives_on="2026-02-01", units=5.0),
            "in_transit row 3",
            "",
        ),
        (
            both(cell("locations", 0, "storage_volume_m3", 5.0), cell("locations", 0, "overflow_per_m3_day", 5.0)),
            "locations row 2, storage_volume_m3 = '5'",
            "no stock",
        ),
    ],
    "check_limits_priced": [
        (cell("locations", 1, "overflow_per_m3_day", float("nan")), "locations row 3, overflow_per_m3_day", "price"),
        (
            cell("locations", 2, "receiving_overflow_per_m3", float("nan")),
            "locations row 4, receiving_overflow",
            "price",
        ),
    ],
    "check_territory_currency": [
        (
            row("countries", country="PR", customs_territory="US", currency="CNY"),
            "countries row 4, currency",
            "different",
        ),
    ],
    "check_rent_tables": [
        (
            cell("storage_rates", 5, "per_m3_day", 1.4),
            "storage_rates row 7, per_m3_day = '1.4'",
            "lower than that of younger",
        ),
        (cell("storage_rates", 4, "currency", "CNY"), "storage_rates row 6, currency = 'CNY'", "two currencies"),
    ],
    "check_shares_of_price": [
        (cell("regions", 0, "return_rate", 0.95), "regions row 2, platform_fee_rate", "more than the whole price"),
    ],
    "check_ends_differ": [
        (cell("lanes", 1, "destination", "CN-SZ"), "lanes row 3, destination", "ends where it starts"),
    ],
    "check_no_lane_into_supplier": [
        (cell("lanes", 2, "destination", "FACTORY"), "lanes row 4, destination", "into a supplier"),
    ],
    "check_lane_has_rate": [
        (less("freight_rates", 0), "lanes row 2, lane = 'purchase'", "no rate in freight_rates"),
    ],
    "check_every_weeks": [
        (cell("lanes", 1, "every_weeks", 2), "lanes row 3, sails_from", "must be given"),
        (
            both(cell("lanes", 1, "every_weeks", 999), cell("lanes", 1, "sails_from", "2026-01-05")),
            "lanes row 3, every_weeks = '999'",
            "hardly ever",
        ),
    ],
    "check_weekdays": [
        (cell("lanes", 1, "sailing_weekdays", "Wedn"), "lanes row 3, sailing_weekdays = 'Wedn'", "not a weekday"),
        (cell("lanes", 1, "sailing_weekdays", "Monkey"), "lanes row 3, sailing_weekdays = 'Monkey'", "not a weekday"),
    ],
    "check_closures_name_one": [
        (row("closures", **{"from": "2026-02-01", "until": "2026-02-02"}), "closures row 2", "exactly one"),
        (
            row("closures", lane="sea", location="US-W", **{"from": "2026-02-01", "until": "2026-02-02"}),
            "closures row 2, lane = 'sea'",
            "exactly one",
        ),
    ],
    "check_events_end": [
        (
            row("events", event="sale", **{"from": "2026-02-02", "until": "2026-02-01"}),
            "events row 2, until",
            "before it",
        ),
        (
            row("events", event="sale", **{"from": "2026-02-02", "until": "2026-06-01"}),
            "events row 2, until",
            "92 days",
        ),
    ],
    "check_events_do_not_overlap": [
        (
            both(
                row("events", event="sale", **{"from": "2026-02-05", "until": "2026-02-08"}),
                row("events", event="sale", **{"from": "2026-02-01", "until": "2026-02-05"}),
            ),
            "events row 2, from",
            "still going on",
        ),
    ],
    "check_events_move_something": [
        (
            row("events", event="sale", region="US-clearance", **{"from": "2026-02-01", "until": "2026-02-05"}),
            "events row 2, region = 'US-clearance'",
            "no demand",
        ),
        (
            row("events", event="sale", category="kitchn", **{"from": "2026-02-01", "until": "2026-02-05"}),
            "events row 2, category = 'kitchn'",
            "home, kitchen",
        ),
        (
            row("events", event="sale", channel="amazn", **{"from": "2026-02-01", "until": "2026-02-05"}),
            "events row 2, channel = 'amazn'",
            "temu-semi",
        ),
    ],
    "check_closures_end": [
        (
            row("closures", lane="sea", **{"from": "2026-02-02", "until": "2026-02-01"}),
            "closures row 2, until",
            "before it",
        ),
        (
            row("closures", lane="sea", **{"from": "2026-02-02", "until": "2062-02-01"}),
            "closures row 2, until",
            "longer",
        ),
    ],
    "check_days": [
        (cell("lanes", 1, "lead_time_days", 46049), "lanes row 3, lead_time_days = '46049'", "above 1100 days"),
        (cell("sourcing", 1, "production_days", 2000), "sourcing row 3, production_days", "above 1100 days"),
    ],
    "check_container_type_given": [
        (
            both(
                row("container_types", container_type="40HQ", volume_m3=68.0, payload_kg=19000.0),
                row("freight_rates", lane="sea", basis="container", rate=3000.0),
            ),
            "freight_rates row 7, container_type",
            "must say which type",
        ),
        (
            both(
                row("container_types", container_type="40HQ", volume_m3=68.0, payload_kg=19000.0),
                row("handling_rates", location="US-W", basis="m3", container_type="40HQ", rate=3.0),
            ),
            "handling_rates row 3, container_type = '40HQ'",
            "basis container only",
        ),
    ],
    "check_brackets_by_quantity": [
        (cell("freight_rates", 3, "minimum_charge", 10.0), "freight_rates row 5, minimum_charge", "kg or m3"),
        (cell("freight_rates", 0, "volumetric_divisor", 6000.0), "freight_rates row 2, volumetric_divisor", "per kg"),
        (
            row("freight_rates", lane="sea", basis="departure", from_quantity=5.0, rate=1.0),
            "freight_rates row 7",
            "brackets",
        ),
    ],
    "check_minimum_needs_rate": [
        (cell("freight_rates", 4, "rate", 0.0), "freight_rates row 6, minimum_charge = '500'", "rate above 0"),
    ],
    "check_first_bracket": [
        (cell("freight_rates", 1, "from_quantity", 21.0), "freight_rates row 3, from_quantity = '21'", "starts at 0"),
    ],
    "check_table_uniform": [
        (
            cell("freight_rates", 2, "volumetric_divisor", 5000.0),
            "freight_rates row 4, volumetric_divisor",
            "differ in",
        ),
        (cell("freight_rates", 2, "currency", "USD"), "freight_rates row 4, currency", "differ in currency"),
    ],
    "check_case_rates": [
        (cell("skus", 1, "case_pack", float("nan")), "skus row 3, case_pack", "every SKU needs a case pack"),
        (
            both(
                less("handling_rates"),
                row("freight_rates", lane="sea", basis="case", rate=1.0),
                cell("skus", 1, "case_pack", float("nan")),
            ),
            "skus row 3, case_pack",
            "freight_rates has rates per case",
        ),
    ],
    "check_currencies": [
        (cell("prices", 0, "currency", "EUR"), "prices row 2, currency = 'EUR'", "no exchange rate"),
        (cell("prices", 0, "currency", "cny"), "prices row 2, currency = 'cny'", "Did you mean 'CNY'"),
        (cell("countries", 0, "currency", "EUR"), "countries row 2, currency", "no exchange rate"),
        (
            both(
                row("exchange_rates", currency="EUR", valid_from="2026-01-06", rate=1.1),
                cell("prices", 0, "currency", "EUR"),
            ),
            "prices row 2, currency = 'EUR'",
            "holds only after 2026-01-05",
        ),
    ],
    "check_home_currency": [
        (row("exchange_rates", currency="USD", rate=7.1), "exchange_rates row 3, rate = '7.1'", "own currency"),
    ],
    "check_duty_territory": [
        (
            row("duty_rates", customs_territory="USA", kind="parcel"),
            "duty_rates row 6, customs_territory",
            "Did you mean 'US'",
        ),
    ],
    "check_freight_duty": [
        (cell("duty_rates", 0, "from_value", 800.0), "duty_rates row 2, from_value = '800'", "no value thresholds"),
        (cell("duty_rates", 1, "per_entry", 25.0), "duty_rates row 3, per_entry = '25'", "all goods together"),
    ],
    "check_hs_digits": [
        (cell("skus", 0, "hs_code", "HS6912"), "skus row 2, hs_code", "digits only"),
        (cell("duty_rates", 1, "hs_prefix", "69*"), "duty_rates row 3, hs_prefix", "digits only"),
    ],
    "check_delivery_kind": [
        (cell("delivery_lanes", 0, "kind", "cross_border"), "delivery_lanes row 2, kind", "from territory US to US"),
        (cell("delivery_lanes", 1, "kind", "local"), "delivery_lanes row 3, kind = 'local'", "Write cross_border"),
    ],
    "check_patience_falls": [
        (cell("delivery_patience", 0, "share", 0.5), "delivery_patience row 3, share = '0.6'", "than a shorter one"),
    ],
    "check_patience_of_customers": [
        (
            row("delivery_patience", region="US-clearance", days=3, share=0.5),
            "delivery_patience row 4, region",
            "not of kind",
        ),
    ],
    "check_customers_pay": [
        (cell("prices", 0, "price", -1.0), "prices row 2, price = '-1'", "do not get money"),
    ],
    "check_demand_priced": [
        (less("prices", 1), "demand row 26, sku = 'LAMP-02'", "no price of LAMP-02 in US-temu"),
        (both(sales_instead(), less("prices", 0)), "sales row 2, sku = 'MUG-01'", "no price of MUG-01"),
    ],
    "check_demand_served": [
        (less("delivery_lanes", 0, 1), "demand row 2, region = 'US-temu'", "no delivery lane serves the region"),
    ],
    "check_region_reached": [
        (
            both(
                row("locations", location="US-E", kind="overseas", country="US"),
                row("regions", region="US-shop", kind="customers", country="US"),
                row("prices", sku="MUG-01", region="US-shop", price=12.0),
                row("delivery_lanes", location="US-E", region="US-shop", delivery_days=3),
                row("demand", **{**FIRST_DEMAND, "region": "US-shop"}),
            ),
            "demand row 74, region = 'US-shop'",
            "those that deliver there can hold nothing of what it wants",
        ),
    ],
    "check_demand_of_customers": [
        (row("demand", **{**FIRST_DEMAND, "region": "US-clearance"}), "demand row 74, region", "not of kind customers"),
        (
            on_paths(cell("path_demand", 0, "region", "US-clearance")),
            "path_demand row 2, region = 'US-clearance'",
            "not of kind customers",
        ),
    ],
    "check_some_demand": [
        (less("demand"), "demand: neither demand nor sales has a row", "Fill demand"),
    ],
    "check_buckets_do_not_overlap": [
        (cell("demand", 3, "days", 8), "demand row 6, starts_on = '2026-02-02'", "before the one before it ends"),
        (sales_instead(date="2025-12-07"), "sales row 3, date = '2025-12-07'", "before the one before it ends"),
        (
            on_paths(cell("path_demand", 72 + 3, "days", 8)),
            "path_demand row 78, starts_on = '2026-02-02'",
            "before the one before it ends",
        ),
    ],
    "check_demand_reaches_end": [
        (
            lambda scenario: replace(scenario, settings=replace(scenario.settings, periods=(7,) * 25)),
            "demand, starts_on = '2026-06-21'",
            "before the last day of the horizon, 2026-06-28",
        ),
    ],
    "check_sales_are_past": [
        (sales_instead(date="2025-12-30"), "sales row 3, date = '2025-12-30'", "not over when the horizon starts"),
    ],
    "check_lock_dates": [
        (
            row("locks", **{**LOCK, "date": "2025-12-31"}, most=0.0),
            "locks row 2, date = '2025-12-31'",
            "outside the horizon",
        ),
        (row("locks", **{**LOCK, "date": "2026-03-30"}, most=0.0), "locks row 2, date", "2026-01-05 to 2026-03-29"),
    ],
    "check_lock_order": [
        (row("locks", **LOCK, least=72.0, most=36.0), "locks row 2, least = '72'", "least is above most"),
    ],
    "check_lock_multiple": [
        (row("locks", **LOCK, least=37.0, most=71.0), "locks row 2, least = '37'", "no multiple of 36 units"),
        (
            row("locks", lane="purchase", sku="BAG-03", date="2026-01-20", least=61.0, most=119.0),
            "locks row 2, least = '61'",
            "no multiple of 60 units",
        ),
    ],
    "check_lock_departs": [
        (
            both(
                row("closures", lane="sea", **{"from": "2026-01-12", "until": "2026-01-18"}),
                row("locks", **LOCK, least=36.0),
            ),
            "locks row 2, date = '2026-01-14'",
            "does not depart in that period",
        ),
    ],
    "check_lock_supplied": [
        (
            both(
                row("skus", sku="NEW", declared_value=3.0, **EXTRA),
                row("locks", lane="purchase", sku="NEW", date="2026-01-20", least=10.0),
            ),
            "locks row 2, sku = 'NEW'",
            "does not make them",
        ),
    ],
    "check_path_weights": [
        (on_paths(cell("paths", 0, "weight", 0.3)), "paths, weight = '0.8'", "add up to 0.8, not to 1"),
    ],
    "check_paths_are_asked_for": [
        (two_paths(asked=1), "paths, path", "asks for 1 sample paths, but the table has 2"),
    ],
    "check_paths_known": [
        (on_paths(cell("path_demand", 0, "path", 3)), "path_demand row 2, path = '3'", "no such path"),
    ],
    "check_paths_reach_end": [
        (
            less_of_path_two(lambda rows: rows["starts_on"] >= "2026-03-16"),
            "path_demand, path = '2'",
            "not up to the last day of the horizon",
        ),
    ],
    "check_paths_tell_of_equal_pairs": [
        (
            less_of_path_two(lambda rows: rows["sku"] == "MUG-01"),
            "path_demand, sku = 'MUG-01'",
            "path 2 tells of no demand of MUG-01 in US-temu",
        ),
    ],
    "check_delays_of_departures": [
        (
            on_paths(row("path_delays", path=1, lane="sea", departs_on="2026-01-13", late_days=5)),
            "path_delays row 2, departs_on = '2026-01-13'",
            "no departure that is dated by this day",
        ),
    ],
}
