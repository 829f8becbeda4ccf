"""One scenario of three weeks in which every block of the model has a few rows."""

from __future__ import annotations

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import at
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import toy


def golden_toy() -> Scenario:
    """Case goods A and loose goods B: made in the factory, stored at home, sent west by weight or in boxes, sold to
    W (from the west, and slowly from home), cleared to a trader."""
    return toy(
        (7, 7, 7),
        {"A": [2, 6, 8, 10, 4, 4, 4], "B": [0, 5, 0, 3, 0, 0, 0]},
        end_stock="matched",
        capital_rate=0.365,
        locations=[
            {"location": "factory", "kind": "supplier", "country": "CN"},
            {"location": "home", "kind": "domestic", "country": "CN"},
            {
                "location": "west",
                "kind": "overseas",
                "country": "US",
                "storage_volume_m3": 0.5,
                "overflow_per_m3_day": 2,
                "receiving_m3_per_day": 0.1,
                "receiving_overflow_per_m3": 30,
            },
        ],
        regions=[
            {"region": "W", "country": "US", "platform_fee_rate": 0.1, "return_rate": 0.05},
            {"region": "trader", "country": "US", "kind": "clearance"},
        ],
        skus=[
            {"sku": "A", "case_pack": 4, "declared_value": 6, "goodwill": 1},
            {"sku": "B", "unit_weight_kg": 3, "unit_volume_m3": 0.02},
        ],
        prices=[
            {"sku": "A", "region": "W", "price": 20},
            {"sku": "B", "region": "W", "price": 40},
            {"sku": "A", "region": "trader", "price": 2},
        ],
        sourcing=[
            {
                "sku": "A",
                "supplier": "factory",
                "unit_cost": 5,
                "moq": 10,
                "order_multiple": 6,
                "production_days": 3,
            },
        ],
        suppliers=[{"supplier": "factory", "minimum_order_value": 60}],
        lanes=[
            {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 2},
            {
                "lane": "sea",
                "origin": "home",
                "destination": "west",
                "lead_time_days": 6,
                "sailing_weekdays": "Mon",
                "capacity_m3": 0.4,
                "capacity_kg": 50,
                "capacity_units": 20,
            },
            {
                "lane": "box",
                "origin": "home",
                "destination": "west",
                "lead_time_days": 10,
                "sailing_weekdays": "Wed",
                "every_weeks": 2,
                "sails_from": "2026-06-01",
                "duty_included": True,
            },
        ],
        container_types=[
            {"container_type": "small", "volume_m3": 1, "payload_kg": 200},
            {"container_type": "large", "volume_m3": 2, "payload_kg": 300},
        ],
        freight_rates=[
            rate("kg", 0.2, "buy"),
            rate("kg", 2, volumetric_divisor=5_000, minimum_charge=10),
            rate("kg", 1.5, volumetric_divisor=5_000, from_quantity=20),
            rate("m3", 100),
            rate("departure", 9),
            rate("container", 70, "box", container_type="small"),
            rate("container", 110, "box", container_type="large"),
        ],
        delivery_lanes=[
            {"location": "west", "region": "W", "delivery_days": 3, "per_order": 2, "per_kg": 0.5},
            {"location": "home", "region": "W", "delivery_days": 12, "per_order": 1, "per_kg": 4},
            {"location": "west", "region": "trader", "delivery_days": 0, "per_order": 0.5},
        ],
        delivery_patience=[
            {"region": "W", "days": 5, "share": 1.0},
            {"region": "W", "days": 15, "share": 0.25},
        ],
        storage_rates=[
            {"location": "west", "from_age_days": 0, "per_m3_day": 1},
            {"location": "west", "from_age_days": 10, "per_m3_day": 3},
            {"location": "home", "from_age_days": 0, "per_m3_day": 0.5},
        ],
        handling_rates=[
            {"location": "west", "basis": "m3", "rate": 30},
            {"location": "west", "basis": "container", "rate": 8},
            {"location": "west", "basis": "container", "container_type": "large", "rate": 12},
        ],
        duty_rates=[
            {"customs_territory": "US", "kind": "freight", "rate": 0.2, "per_entry": 7},
            {"customs_territory": "US", "kind": "parcel", "rate": 0.5, "per_item": 0.25},
        ],
        stock_targets=[{"location": "west", "sku": "A", "cover_days": 3, "price_per_unit_day": 0.1}],
        opening_stock=[
            at("home", 12),
            at("home", 6, "B"),
            at("west", 3, received_on="2026-05-28"),
            at("west", 2, "B", received_on="2026-06-01"),
        ],
        in_transit=[
            {"destination": "west", "sku": "A", "arrives_on": "2026-06-06", "units": 4},
            {"destination": "west", "sku": "B", "arrives_on": "2026-06-25", "units": 1},
        ],
        locks=[{"lane": "sea", "sku": "A", "date": "2026-06-08", "least": 4, "most": 8}],
        last_plan=[
            {"lane": "sea", "sku": "A", "departs_on": "2026-06-01", "units": 4},
            {"lane": "box", "sku": "A", "departs_on": "2026-06-05", "units": 2},
            {"lane": "box", "sku": "A", "departs_on": "2026-06-03", "units": 1},
            {"lane": "box", "sku": "A", "departs_on": "2026-06-10", "units": 6},
        ],
        change_rate=0.1,
        change_days=14,
    )
