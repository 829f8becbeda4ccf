"""Toys under the constraints on shipments and departures; each docstring works its optimum out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.algebra.program import Program
from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import at
from tests.formulation.effects import moves
from tests.formulation.toys import BASE, Row, toy


def rate(basis: str, amount: float, lane: str = "sea", **more: object) -> Row:
    """A row of freight rates."""
    return {"lane": lane, "basis": basis, "rate": amount, **more}


def both_brackets_used(program: Program) -> Program:
    """The program with every bracket in use."""
    return replace(
        program,
        variables=tuple(
            replace(family, lower=np.ones(len(family))) if family.name == "brackets" else family
            for family in program.variables
        ),
    )


def broken_rate() -> Scenario:
    """2 a kg, from 30 kg on 1 a kg; 10 units of 2 kg are wanted."""
    return toy(
        (7, 7),
        {"A": [0, 10]},
        skus=[{"sku": "A", "unit_weight_kg": 2}],
        freight_rates=[rate("kg", 2), rate("kg", 1, from_quantity=30)],
    )


@moves("whole_cases", by=2)
def cases_of_four() -> Scenario:
    """10 are wanted and 12 are there, in cases of 4: 3 cases at 1 a unit (100 a m3) are 12; 2 cases would lose 2
    sales. Any quantity: 10."""
    return toy(skus=[{"sku": "A", "case_pack": 4}], opening_stock=[at("home", 12)], freight_rates=[rate("m3", 100)])


@moves("container_volume", by=20)
def goods_that_fill_a_container() -> Scenario:
    """10 units of 0.3 m3 need three containers of 1 m3 at 10; by their weight one would do."""
    return toy(
        skus=[{"sku": "A", "unit_volume_m3": 0.3}],
        container_types=[{"container_type": "box", "volume_m3": 1, "payload_kg": 1000}],
        freight_rates=[rate("container", 10, container_type="box")],
    )


@moves("container_payload", by=10)
def goods_too_heavy_for_a_container() -> Scenario:
    """10 units of 100 kg need two containers of 500 kg at 10; by their volume one would do."""
    return toy(
        skus=[{"sku": "A", "unit_weight_kg": 100}],
        container_types=[{"container_type": "box", "volume_m3": 1, "payload_kg": 500}],
        freight_rates=[rate("container", 10, container_type="box")],
    )


@moves("chargeable_weight", by=20)
def heavy_goods() -> Scenario:
    """10 units of 3 kg and 0.01 m3, 10,000 cm3 to the kg: 30 are charged; by volume alone it would be 10."""
    return toy(skus=[{"sku": "A", "unit_weight_kg": 3}], freight_rates=[rate("kg", 1, volumetric_divisor=10_000)])


@moves("chargeable_volume", by=10)
def light_goods() -> Scenario:
    """10 units of 1 kg and 0.01 m3, 5,000 cm3 to the kg: 20 kg are charged; by weight alone it would be 10."""
    return toy(freight_rates=[rate("kg", 1, volumetric_divisor=5_000)])


@moves("chargeable_volume", by=0)
def light_goods_share_with_heavy_ones() -> Scenario:
    """Over the whole departure 10 of A weigh 10 kg and measure like 20, 10 of B weigh 40 and measure like 20: 50 kg
    by weight, 40 by volume. So 50 are charged: the volume of A rides for nothing (by unit it would be 60)."""
    return toy(
        want={"A": [0, 10, 0], "B": [0, 10, 0]},
        skus=[{"sku": "A"}, {"sku": "B", "unit_weight_kg": 4}],
        prices=[{"sku": sku, "region": "W", "price": 20} for sku in "AB"],
        opening_stock=[at("home", 10), at("home", 10, "B")],
        freight_rates=[rate("kg", 1, volumetric_divisor=5_000)],
    )


@moves("weight_break", by=10)
@moves("weight_break_used", by=10)
def paid_as_if_it_were_more() -> Scenario:
    """20 kg cost 40, or 30 where they are charged as 30 kg at 1. Without its start the second rate would take 20 kg
    for 20; so it would where a bracket needs no use."""
    return broken_rate()


@moves("weight_break", by=5)
def a_minimum_charge() -> Scenario:
    """10 units of 0.01 m3 at 100 a m3 are 10, but 15 is the least."""
    return toy((7, 7), {"A": [0, 10]}, freight_rates=[rate("m3", 100, minimum_charge=15)])


@moves("one_bracket", by=np.inf, forced=both_brackets_used)
def two_brackets_at_once() -> Scenario:
    """One bracket is never dearer than two, since the cheapest can take all; so the row does not move the optimum, it
    keeps a plan from using two. With both forced there is no plan; without the row there is."""
    return broken_rate()


def _two_skus(**changes: object) -> Scenario:
    tables = {
        "want": {"A": [0, 10], "B": [0, 10]},
        "skus": [{"sku": "A"}, {"sku": "B"}],
        "prices": [{"sku": sku, "region": "W", "price": 20} for sku in "AB"],
        "opening_stock": [at("home", 10), at("home", 10, "B")],
    }
    return toy((7, 7), **{**tables, **changes})


@moves("departure_used", by=100, also=("departure_used_by_sku",))
@moves("departure_used_by_sku", by=100, also=("departure_used",))
def a_fee_for_the_departure() -> Scenario:
    """20 units are worth 400, the departure costs 100. Without the rows that ask for it nobody pays."""
    return _two_skus(freight_rates=[rate("departure", 100)])


@moves("departure_used", by=50, relaxed=True)
def half_a_fee_for_a_full_departure() -> Scenario:
    """The departure takes 10 units, so half of A and of B or the like goes: full, a whole fee. By SKU each is half of
    the most that it could be, half a fee."""
    return _two_skus(lanes=[{**BASE["lanes"][0], "capacity_m3": 0.1}], freight_rates=[rate("departure", 100)])


@moves("departure_used_by_sku", by=100 - 100 / 3, relaxed=True)
def a_third_of_a_fee_for_all_of_a_sku() -> Scenario:
    """A is locked to 10 at most: all of it, so a whole fee of 100. B is there already, though all
    20 that there are might go: of 0.3 m3 in all 0.1 goes, a third of the fee."""
    return _two_skus(
        opening_stock=[at("home", 10), at("home", 10, "B"), at("west", 10, "B")],
        locks=[{"lane": "sea", "sku": "A", "most": 10}],
        freight_rates=[rate("departure", 100)],
    )


@moves("lane_capacity", by=200)
def a_departure_that_takes_ten_units() -> Scenario:
    """20 are wanted, 10 may go: 10 x 20 are lost."""
    return _two_skus(lanes=[{**BASE["lanes"][0], "capacity_units": 10}])


@moves("lane_capacity", by=200)
def a_departure_that_takes_little_volume() -> Scenario:
    """0.2 m3 are wanted, 0.1 may go: 10 x 20 are lost."""
    return _two_skus(lanes=[{**BASE["lanes"][0], "capacity_m3": 0.1}])


@moves("lane_capacity", by=160)
def a_departure_that_takes_little_weight() -> Scenario:
    """20 kg are wanted, 12 may go: 8 x 20 are lost."""
    return _two_skus(lanes=[{**BASE["lanes"][0], "capacity_kg": 12}])


@moves("last_plan_kept", by=20)
def ten_planned_units_that_nobody_wants_any_more() -> Scenario:
    """To ship the 10 costs 30, to drop them 10 x 1: the one that is wanted is there. Without the row dropping them
    would count as 10 less than none."""
    return toy(
        want={"A": [0, 1, 0]},
        opening_stock=[at("home", 10), at("west", 1)],
        freight_rates=[rate("m3", 300)],
        last_plan=[{"lane": "sea", "sku": "A", "departs_on": "2026-06-01", "units": 10}],
        change_rate=0.2,
    )
