"""What the next best ways cost: against plans made anew with the line locked out, and worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given

from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.studies.explain.text import text
from tests.formulation.toys import BASE
from tests.properties.profile import FEW
from tests.properties.worlds import LINKING, World, worlds
from tests.studies.explaining import forbidden, made, told

#: What makes a plan take long to be proven the best one.
HARD = {"breaks", "containers", "supplier_minimum", "moq"}
#: A quicker lane of 3 a unit beside the free ship that takes a week; both bring ten units into the second week.
AIR = {
    "lanes": [
        *BASE["lanes"],
        {**BASE["lanes"][0], "lane": "air", "mode": "air", "lead_time_days": 2},
    ],
    "freight_rates": [{"lane": "air", "basis": "kg", "rate": 3.0}],
}  # fmt: skip


def first_shipment(found: Plan, sku: str = "A") -> tuple[str, str]:
    """Lane and day of the first shipment of a SKU; "" where it has none."""
    rows = found["ship"][found["ship"]["sku"] == sku].merge(departures(found.scenario), on=["lane", "period"])
    rows = rows[rows["units"] > 0.5]
    return (rows["lane"].iat[0], f"{rows['departs_on'].iat[0]:%Y-%m-%d}") if len(rows) else ("", "")


def without(world: World, lane: str, day: str, sku: str = "A") -> Plan:
    """The plan made anew with a lock that allows nothing of the line."""
    locks = [*world.tables().get("locks", []), {"lane": lane, "sku": sku, "date": day, "least": 0, "most": 0}]
    return made(world.scenario(locks=locks))


@FEW
@given(worlds(without={"locks"} | HARD, skus=("A",)))
def test_forbidding_a_line_of_the_only_sku_costs_what_a_new_plan_without_it_costs_more(world: World):
    found = made(world.scenario())
    lane, day = first_shipment(found)
    if not lane:
        return
    best, _ = forbidden(found, lane, day)
    anew = without(world, lane, day).total_cost - found.total_cost
    assert best.difference == pytest.approx(anew, abs=0.01 + best.loose)


@FEW
@given(worlds(without={"locks"} | HARD, always=LINKING - HARD))
def test_beside_other_skus_the_plan_that_is_told_exists_so_a_new_plan_is_at_most_as_dear(world: World):
    found = made(world.scenario())
    lane, day = first_shipment(found)
    if not lane:
        return
    best, spare = forbidden(found, lane, day)
    anew = without(world, lane, day).total_cost - found.total_cost
    assert anew <= best.difference - spare + 0.01


@FEW
@given(worlds(without={"locks"} | LINKING))
def test_where_skus_share_nothing_a_new_plan_costs_what_is_told(world: World):
    found = made(world.scenario())
    lane, day = first_shipment(found)
    if not lane:
        return
    best, _ = forbidden(found, lane, day)
    anew = without(world, lane, day).total_cost - found.total_cost
    assert best.difference == pytest.approx(anew, abs=0.01 + best.loose)


def test_the_cost_lines_of_every_way_add_up_to_its_difference():
    found = made(World(3, frozenset({"cases", "fees", "duty", "matched"})).scenario())
    lane, day = first_shipment(found)
    ways = told(found, lane=lane, date=day).ways
    assert len(ways) > 2
    for way in ways:
        if way.found.x is not None:
            assert sum(way.found.lines.values()) == pytest.approx(way.found.difference, abs=1e-9)


def test_without_the_only_shipment_ten_sales_of_twenty_are_lost():
    said = told(made(), lane="sea")
    assert (said.units, said.trip["departs_on"].astype(str)) == (10, "2026-06-01")
    best = said.ways[0]
    # Nothing else can bring the ten units into the second week: 10 x 20 are lost.
    assert (best.kind, best.found.difference) == ("best", pytest.approx(200))
    assert best.found.lines["lost_sales"] == pytest.approx(200)
    assert {"what": "lost", "region": "W", "units": pytest.approx(10)} in best.changes


def test_ways_are_other_lanes_later_departures_and_nothing_at_all():
    said = told(made(**AIR), lane="sea")
    kinds = {way.kind: way.found.difference for way in said.ways}
    # By air the ten units cost 3 a kg; a week later they come too late for the second week, as if not at all.
    assert kinds == {"best": pytest.approx(30), "lane": pytest.approx(30), "later": pytest.approx(200),
                     "without": pytest.approx(200)}  # fmt: skip
    assert [way.found.difference for way in said.ways[1:]] == sorted(way.found.difference for way in said.ways[1:])


def test_a_line_that_is_not_there_costs_what_one_unit_of_it_costs_more():
    said = told(made(**AIR), lane="air", date="2026-06-02")
    assert said.units == 0
    way = said.ways[0]
    assert (way.kind, way.names["units"]) == ("with", 1.0)
    assert way.found.difference == pytest.approx(3)


def test_a_line_that_is_not_there_is_held_against_the_other_ways_of_as_much():
    # With goods to spare one more by sea costs nothing; by the next flight it is 3, as by the one that is asked about.
    said = told(
        made(opening_stock=[{"location": "home", "sku": "A", "units": 40}], **AIR), lane="air", date="2026-06-02"
    )
    assert {way.kind: (way.names["units"], way.found.difference) for way in said.ways} == {
        "with": (1.0, pytest.approx(3)), "more_lane": (1.0, pytest.approx(0)), "more_later": (1.0, pytest.approx(3))
    }  # fmt: skip
    assert "instead 1 units more on sea, 2026-06-01 (available 2026-06-08)" in text(said)
    # Without, one more by sea would be an eleventh of ten units.
    assert [way.kind for way in told(made(**AIR), lane="air", date="2026-06-02").ways] == ["with", "more_later"]


def test_why_not_asks_for_a_whole_case_where_goods_go_in_cases():
    changes = {**AIR, "skus": [{"sku": "A", "case_pack": 5}]}
    way = told(made(**changes), lane="air", date="2026-06-02").ways[0]
    assert way.names["units"] == 5
    assert way.found.difference == pytest.approx(15)


def test_a_fee_that_others_pay_as_well_is_not_saved():
    two = {
        "skus": [{"sku": "A"}, {"sku": "B"}],
        "prices": [{"sku": sku, "region": "W", "price": 20} for sku in "AB"],
        "opening_stock": [{"location": "home", "sku": sku, "units": 10} for sku in "AB"],
        "freight_rates": [{"lane": "sea", "basis": "departure", "rate": 50}],
    }
    alone = told(made(freight_rates=two["freight_rates"]), lane="sea").ways[0].found
    beside = told(made(want={"A": [0, 10, 0], "B": [0, 10, 0]}, **two), lane="sea").ways[0].found
    assert alone.difference == pytest.approx(200 - 50)
    assert beside.difference == pytest.approx(200)
