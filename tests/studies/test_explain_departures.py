"""A whole departure: what it is charged, what goes instead of it, and what more of it is worth."""

from __future__ import annotations

import pytest
from hypothesis import given

from optimizer.errors import UsageError
from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.studies.explain.text import text
from tests.formulation.toys import BASE
from tests.properties.profile import FEW
from tests.properties.worlds import LINKING, World, worlds
from tests.studies.explaining import made, told, told_departure

#: What makes a plan take long to be proven the best one.
HARD = {"breaks", "containers", "supplier_minimum", "moq"}
SEA = BASE["lanes"][0]
#: A and B by sea, ten of each at home and wanted overseas in the second week, at a fee of 50 and 1 a kg.
TWO = {
    "skus": [{"sku": "A"}, {"sku": "B"}],
    "prices": [{"sku": sku, "region": "W", "price": 20} for sku in "AB"],
    "opening_stock": [{"location": "home", "sku": sku, "units": 10} for sku in "AB"],
    "freight_rates": [
        {"lane": "sea", "basis": "departure", "rate": 50},
        {"lane": "sea", "basis": "kg", "rate": 1.0},
    ],
    "want": {"A": [0, 10, 0], "B": [0, 10, 0]},
}  # fmt: skip
#: And an aeroplane at 4 a kg.
AIR = {
    **TWO,
    "lanes": [SEA, {**SEA, "lane": "air", "mode": "air", "lead_time_days": 2}],
    "freight_rates": [*TWO["freight_rates"], {"lane": "air", "basis": "kg", "rate": 4.0}],
}
BOXES = {
    "container_types": [{"container_type": "box", "volume_m3": 0.1, "payload_kg": 1000}],
    "freight_rates": [{"lane": "sea", "basis": "container", "container_type": "box", "rate": 30}],
}


def test_a_departure_tells_its_goods_and_what_they_are_charged_together():
    said = told_departure(made(**TWO), "sea")
    assert (said.asked.kind, said.units) == ("departure", 20)
    assert said.aboard.skus == {"A": 10, "B": 10}
    assert (said.aboard.volume_m3, said.aboard.weight_kg) == (pytest.approx(0.2), pytest.approx(20))
    # 20 kg at 1, and one fee of 50 for both.
    assert said.aboard.charges == {"first_leg_freight": pytest.approx(20), "departure_fees": pytest.approx(50)}
    assert said.aboard.charged == pytest.approx(70)


def test_without_the_departure_all_aboard_is_lost_and_all_its_charges_are_saved():
    said = told_departure(made(**TWO), "sea")
    # Twenty sales at 20, less freight and fee. Each SKU alone would leave the other one to pay the fee.
    assert said.ways[0].found.difference == pytest.approx(400 - 70)
    assert said.ways[0].found.lines["departure_fees"] == pytest.approx(-50)
    assert told(made(**TWO), lane="sea").ways[0].found.difference == pytest.approx(200 - 10)


def test_all_goods_go_the_other_way_together_or_later_or_not_at_all():
    said = told_departure(made(**AIR), "sea")
    ways = {way.kind: way for way in said.ways}
    # By air 20 kg cost 80 in place of 70; the next ship comes too late for the second week and costs the same.
    assert ways["lane"].found.difference == pytest.approx(80 - 70)
    assert (ways["lane"].names["lane"], ways["lane"].names["units"]) == ("air", 20)
    assert ways["best"].found.difference == pytest.approx(10)
    assert ways["later"].found.difference == pytest.approx(400)
    assert ways["without"].found.difference == pytest.approx(400 - 70)
    assert {"what": "ship", "lane": "air", "units": pytest.approx(20)}.items() <= next(
        change for change in ways["lane"].changes if change.get("lane") == "air"
    ).items()


def test_sku_by_sku_goods_go_the_other_way_as_far_as_there_is_room():
    lanes = [SEA, {**SEA, "lane": "air", "mode": "air", "lead_time_days": 2, "capacity_units": 12}]
    said = told_departure(made(**{**AIR, "lanes": lanes}), "sea")
    best = said.ways[0]
    # Twelve go by air at 4, eight sales of 20 are lost.
    assert best.found.difference == pytest.approx(12 * 4 + 8 * 20 - 70)


@FEW
@given(worlds(without={"locks"} | HARD))
def test_forbidding_a_departure_with_all_skus_aboard_costs_what_a_new_plan_without_it_costs_more(world: World):
    found = made(world.scenario())
    rows = found["ship"].merge(departures(found.scenario), on=["lane", "period"])
    sizes = rows.groupby(["lane", "departs_on"])["sku"].nunique()
    full = sizes[sizes == 2]
    if full.empty:
        return
    lane, day = full.index[0]
    best = told_departure(found, lane, f"{day:%Y-%m-%d}").ways[0].found
    anew = without(world, lane, f"{day:%Y-%m-%d}").total_cost - found.total_cost
    assert best.difference == pytest.approx(anew, abs=0.01 + best.loose)


def without(world: World, lane: str, day: str) -> Plan:
    """The plan made anew with locks that allow nothing of the departure."""
    ban = [{"lane": lane, "sku": sku, "date": day, "least": 0, "most": 0} for sku in "AB"]
    return made(world.scenario(locks=[*world.tables().get("locks", []), *ban]))


@FEW
@given(worlds(without={"locks"} | HARD, always=LINKING - HARD))
def test_the_cost_lines_of_every_way_add_up_to_its_difference(world: World):
    found = made(world.scenario())
    rows = found["ship"].merge(departures(found.scenario), on=["lane", "period"])
    if rows.empty:
        return
    said = told_departure(found, rows["lane"].iat[0], f"{rows['departs_on'].iat[0]:%Y-%m-%d}")
    for way in said.ways:
        if way.found.x is not None:
            assert sum(way.found.lines.values()) == pytest.approx(way.found.difference, abs=1e-9)


def test_a_little_more_room_in_a_full_container_is_worth_what_it_was_too_small_for():
    # The box takes ten of twelve; a second one for two more sales at 20 would cost 50.
    boxes = [{**BOXES["freight_rates"][0], "rate": 50}]
    stock = [{"location": "home", "sku": "A", "units": 12}]
    found = made(**{**BOXES, "freight_rates": boxes}, opening_stock=stock, want={"A": [0, 12, 0]})
    said = told_departure(found, "sea", "2026-06-01")
    rules = {rule.rule: rule for rule in said.rules}
    assert (said.aboard.containers, said.units) == ({"box": 1}, 10)
    # One m3 holds a hundred: two more sales.
    assert (rules["container_volume"].money, rules["container_volume"].how) == (pytest.approx(40), "shadow")
    assert rules["container"].money == pytest.approx(40 - 50)
    assert rules["container_less"].money == pytest.approx(50 - 200)


def test_the_sentences_stand_in_both_languages():
    said = told_departure(made(**BOXES), "sea")
    english, chinese = (text(said, language) for language in ("en", "zh"))
    assert "10 units of A, 0.1 m3, 10 kg" in english and "In containers: 1 x box." in english
    assert "It is charged 30.00 in all: container charges 30.00." in english
    assert "本航次费用合计 30.00" in chinese and "装柜：1 x box。" in chinese


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"lane": "sea", "date": "2026-06-08"}, "nothing aboard sea in the period of 2026-06-08. With goods it leaves"),
        ({"lane": "air"}, "The plan has nothing aboard air"),
        ({"lane": "rail"}, "knows no lane 'rail'"),
    ],
)
def test_departures_that_are_not_there_are_told(question, words):
    with pytest.raises(UsageError, match=words):
        told_departure(made(**AIR), **question)
