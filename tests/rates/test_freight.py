"""Freight tables: every basis, breaks, minimum charges, versions and currencies."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.network.departing import charges, fees, loads
from optimizer.network.shipments import unit_freight
from optimizer.network.survey import survey
from optimizer.rates.exchange import Exchange
from optimizer.rates.freight import Freight, FreightTable
from optimizer.scenario.scenario import Scenario
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import toy

EUROS = [
    {"currency": "EUR", "rate": 1.5},
    {"currency": "EUR", "rate": 2.0, "valid_from": "2026-06-10"},
]
BOXES = [
    {"container_type": "small", "volume_m3": 1, "payload_kg": 200},
    {"container_type": "large", "volume_m3": 2, "payload_kg": 300},
]


def freight(scenario: Scenario) -> Freight:
    return Freight(scenario, Exchange(scenario))


def table_on(scenario: Scenario, day: str) -> FreightTable:
    """The one table of the lane in force on a day."""
    (table,) = freight(scenario).tables("sea", np.datetime64(day))
    return table


def test_brackets_are_ordered_by_the_quantity_from_which_they_hold():
    table = table_on(
        toy(freight_rates=[rate("kg", 1, from_quantity=100), rate("kg", 3), rate("kg", 2, from_quantity=20)]),
        "2026-06-01",
    )
    assert table.rate.tolist() == [3, 2, 1]
    assert table.start.tolist() == table.from_quantity.tolist() == [0, 20, 100]
    assert table.stepped


def test_a_minimum_charge_is_a_least_quantity():
    table = table_on(
        toy(freight_rates=[rate("m3", 50, minimum_charge=80), rate("m3", 40, from_quantity=3, minimum_charge=80)]),
        "2026-06-01",
    )
    assert table.start.tolist() == [1.6, 3]
    assert table.from_quantity.tolist() == [0, 3]


def test_a_minimum_charge_at_a_rate_of_nothing_charges_nothing():
    assert table_on(toy(freight_rates=[rate("m3", 0, minimum_charge=80)]), "2026-06-01").start.tolist() == [0]


@pytest.mark.parametrize(
    ("rows", "stepped"),
    [
        ([rate("kg", 3)], False),
        ([rate("kg", 3, minimum_charge=1)], True),
        ([rate("kg", 3), rate("kg", 2, from_quantity=9)], True),
        ([rate("kg", 3, from_quantity=9)], True),
    ],
)
def test_a_table_is_stepped_where_the_charge_is_more_than_rate_times_quantity(rows, stepped):
    assert table_on(toy(freight_rates=rows), "2026-06-01").stepped is stepped


VERSIONS = [
    rate("kg", 3),
    rate("kg", 2, from_quantity=50),
    rate("kg", 4, valid_from="2026-06-08"),
    rate("kg", 5, valid_from="2026-06-15"),
    rate("kg", 4.5, from_quantity=50, valid_from="2026-06-15"),
]


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        ("1999-01-01", [3, 2]),
        ("2026-06-07", [3, 2]),
        ("2026-06-08", [4]),
        ("2026-06-14", [4]),
        ("2026-06-15", [5, 4.5]),
        ("2030-01-01", [5, 4.5]),
    ],
)
def test_the_latest_version_is_in_force_whole(day, rates):
    assert table_on(toy(freight_rates=VERSIONS), day).rate.tolist() == rates


def test_before_the_first_version_no_table_is_in_force():
    known = freight(toy(freight_rates=[rate("kg", 3, valid_from="2026-06-08")]))
    assert known.tables("sea", np.datetime64("2026-06-07")) == []
    assert known.bases("sea") == {("kg", "")}


def test_bases_and_container_types_have_versions_of_their_own():
    rows = [
        rate("container", 10, container_type="small"),
        rate("container", 12, container_type="small", valid_from="2026-06-08"),
        rate("container", 20, container_type="large"),
        rate("departure", 5),
    ]
    tables = freight(toy(freight_rates=rows, container_types=BOXES)).tables("sea", np.datetime64("2026-06-09"))
    assert {(table.basis, table.container_type): table.rate.tolist() for table in tables} == {
        ("container", "large"): [20],
        ("container", "small"): [12],
        ("departure", ""): [5],
    }


def test_rates_are_converted_on_the_day_and_minimum_quantities_are_not():
    scenario = toy(freight_rates=[rate("kg", 4, currency="EUR", minimum_charge=20)], exchange_rates=EUROS)
    before, after = table_on(scenario, "2026-06-09"), table_on(scenario, "2026-06-10")
    assert (before.rate.tolist(), before.start.tolist()) == ([6], [5])
    assert (after.rate.tolist(), after.start.tolist()) == ([8], [5])


@pytest.mark.parametrize(
    ("row", "cost"),
    [
        (rate("case", 3), 0.5),  # six to the case
        (rate("m3", 100), 2.0),  # 0.02 m3
        (rate("kg", 3), 7.5),  # 2.5 kg
        (rate("kg", 3, volumetric_divisor=5_000), 0.0),  # depends on what else is aboard
        (rate("m3", 100, minimum_charge=1), 0.0),
        (rate("departure", 9), 0.0),
    ],
)
def test_only_rates_that_do_not_depend_on_the_whole_departure_are_costs_of_a_unit(row, cost):
    scenario = toy(
        skus=[{"sku": "A", "case_pack": 6, "unit_weight_kg": 2.5, "unit_volume_m3": 0.02}], freight_rates=[row]
    )
    assert unit_freight(survey(scenario), "sea", np.datetime64("2026-06-01")).tolist() == [cost]


def test_each_departure_has_a_scale_for_each_basis_that_needs_one():
    rows = [rate("kg", 3, volumetric_divisor=5_000), rate("m3", 40), rate("m3", 30, from_quantity=2), rate("case", 1)]
    scales, brackets = charges(survey(toy((7, 7), freight_rates=rows)))
    assert scales[["period", "basis"]].to_numpy().tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert scales["divisor"].tolist()[0] == 5_000
    assert np.isnan(scales["divisor"].tolist()[1])
    assert brackets[["scale", "rate", "start", "stepped"]].to_numpy().tolist() == [
        [0, 3, 0, 0],
        [1, 40, 0, 1],
        [1, 30, 2, 1],
        [2, 3, 0, 0],
        [3, 40, 0, 1],
        [3, 30, 2, 1],
    ]


def test_departures_offer_the_containers_in_force_with_their_handling():
    scenario = toy(
        (7, 7),
        container_types=BOXES,
        freight_rates=[
            rate("container", 10, container_type="small"),
            rate("container", 20, container_type="large"),
            rate("container", 11, container_type="small", valid_from="2026-06-08"),
        ],
        handling_rates=[
            {"location": "west", "basis": "container", "rate": 3},
            {
                "location": "west",
                "basis": "container",
                "container_type": "large",
                "rate": 4,
                "valid_from": "2026-06-09",
            },
        ],
    )
    table = loads(survey(scenario))
    # Handling is dated by the arrival: 8 June, and 15 June for the second departure.
    assert table[["period", "container_type", "charge", "handling"]].to_numpy().tolist() == [
        [0, 1, 20, 3],
        [0, 0, 10, 3],
        [1, 1, 20, 4],
        [1, 0, 11, 3],
    ]
    assert table["volume"].tolist()[:2] == [2, 1]
    assert table["payload"].tolist()[:2] == [300, 200]


def test_customs_entry_is_a_fee_of_the_departure_on_the_day_of_arrival():
    lanes = [{"lane": "sea", "origin": "home", "destination": "west", "lead_time_days": 7}]
    duty = {"customs_territory": "US", "kind": "freight", "rate": 0.0}
    rows = [
        {**duty, "per_entry": 7},
        {**duty, "per_entry": 9, "valid_from": "2026-06-15"},
        {**duty, "per_entry": 50, "hs_prefix": "61"},
        {**duty, "per_entry": 60, "origin_country": "CN"},
    ]
    assert fees(survey(toy((7, 7), lanes=lanes, duty_rates=rows)))["fee"].tolist() == [7, 9]


def test_entry_within_a_customs_territory_is_free():
    duty = [{"customs_territory": "US", "kind": "freight", "rate": 0.1, "per_entry": 7}]
    east = {"location": "east", "kind": "overseas", "country": "US"}
    home = {"location": "home", "kind": "domestic", "country": "CN"}
    west = {"location": "west", "kind": "overseas", "country": "US"}
    lanes = [{"lane": "truck", "origin": "east", "destination": "west", "lead_time_days": 7}]
    assert len(fees(survey(toy(locations=[home, west, east], lanes=lanes, duty_rates=duty)))) == 0
