"""Only shipments that can be made are there: departures, decision days, the fence, locks, reachability."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.network.locks import impossible_locks
from optimizer.network.network import Network, connect
from optimizer.scenario.scenario import Scenario
from optimizer.solve import plan
from tests.formulation.constraint_toys import BUY, FACTORY, at, bought
from tests.formulation.printer import keys_of
from tests.formulation.toys import BASE, toy

WEEKS = {"periods": (7, 7, 7, 7), "want": {"A": [0, 0, 0, 10]}}
SEA = BASE["lanes"][0]


def shipped(scenario: Scenario) -> list[str]:
    return keys_of(connect(scenario), "ship")


def arrivals(net: Network) -> dict[str, int]:
    return dict(zip(keys_of(net, "ship"), net.shipments["arrival"].tolist(), strict=True))


def test_a_lane_departs_in_every_period_and_may_land_beyond_the_horizon():
    assert arrivals(connect(toy(**WEEKS))) == {"sea,A,0": 1, "sea,A,1": 2, "sea,A,2": 3, "sea,A,3": 4}


def test_a_departure_is_dated_by_its_first_sailing_day():
    net = connect(toy(**WEEKS, lanes=[{**SEA, "sailing_weekdays": "Fri, Wed"}]))
    # Wednesday 3 June + 7 days is the 10th: too late for the second period, in time for the third (15 June).
    assert str(net.sailings["departs_on"].iloc[0].date()) == "2026-06-03"
    assert arrivals(net) == {"sea,A,0": 2, "sea,A,1": 3, "sea,A,2": 4, "sea,A,3": 4}


def test_days_that_are_periods_depart_on_their_weekday_only():
    scenario = toy((1, 1, 1, 7, 7), {"A": [0, 0, 10]}, lanes=[{**SEA, "sailing_weekdays": "Wed", "lead_time_days": 1}])
    assert arrivals(connect(scenario)) == {"sea,A,2": 3, "sea,A,3": 4, "sea,A,4": 5}


def test_every_other_week_counts_from_the_given_week():
    lanes = [{**SEA, "every_weeks": 2, "sails_from": "2026-05-27"}]  # the week before the first period
    assert shipped(toy(**WEEKS, lanes=lanes)) == ["sea,A,1", "sea,A,3"]


def test_a_lead_time_of_no_days_arrives_in_the_same_period():
    assert arrivals(connect(toy(**WEEKS, lanes=[{**SEA, "lead_time_days": 0}])))["sea,A,2"] == 2


@pytest.mark.parametrize("closed", [{"lane": "sea"}, {"location": "home"}])
def test_a_lane_does_not_depart_while_it_or_its_origin_is_closed(closed):
    closures = [{**closed, "from": "2026-06-07", "until": "2026-06-16"}]
    net = connect(toy(**WEEKS, closures=closures))
    assert keys_of(net, "ship") == ["sea,A,0", "sea,A,2", "sea,A,3"]
    assert str(net.sailings["departs_on"].iloc[1].date()) == "2026-06-17"  # the first open day of the third week


def test_goods_wait_until_their_destination_opens():
    closures = [{"location": "west", "from": "2026-06-08", "until": "2026-06-15"}]
    net = connect(toy(**WEEKS, closures=closures))
    assert str(net.sailings["arrives_on"].iloc[0].date()) == "2026-06-16"
    assert arrivals(net)["sea,A,0"] == 3


def test_goods_of_the_past_wait_until_their_destination_opens():
    scenario = toy(
        **WEEKS,
        closures=[{"location": "west", "from": "2026-06-02", "until": "2026-06-08"}],
        in_transit=[{"destination": "west", "sku": "A", "arrives_on": "2026-06-02", "units": 5}],
    )
    assert connect(scenario).ground.receipts["period"].tolist() == [2]


def made(days: int, **changes: object) -> Scenario:
    return bought(
        **WEEKS,
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": days}],
        **changes,
    )


@pytest.mark.parametrize(
    ("days", "first"), [(0, "buy,A,0"), (1, "buy,A,1"), (7, "buy,A,1"), (8, "buy,A,2"), (21, "buy,A,3")]
)
def test_what_must_have_been_ordered_before_the_first_day_is_too_late(days, first):
    assert shipped(made(days))[0] == first


def test_closed_days_of_the_supplier_do_not_count_as_production():
    # Five days before the 15th without the 10th to the 14th: 9, 8, 7, 6, 5 June.
    net = connect(made(5, closures=[{"supplier": "factory", "from": "2026-06-10", "until": "2026-06-14"}]))
    assert keys_of(net, "ship") == ["buy,A,1", "buy,A,2", "buy,A,3"]
    long = connect(made(15, closures=[{"supplier": "factory", "from": "2026-06-10", "until": "2026-06-14"}]))
    assert keys_of(long, "ship") == ["buy,A,3"]  # 20 days before the 22nd is the 2nd; before the 15th too late


def test_nothing_leaves_a_closed_supplier():
    closed = [{"supplier": "factory", "from": "2026-06-08", "until": "2026-06-21"}]
    assert shipped(made(0, closures=closed)) == ["buy,A,0", "buy,A,3"]


def test_behind_the_fence_only_locked_shipments_are_left():
    assert shipped(toy(**WEEKS, frozen_days=8)) == ["sea,A,2", "sea,A,3"]
    dated = [{"lane": "sea", "sku": "A", "date": "2026-06-10", "most": 5}]
    assert shipped(toy(**WEEKS, frozen_days=8, locks=dated)) == ["sea,A,1", "sea,A,2", "sea,A,3"]
    always = [{"lane": "sea", "sku": "A", "most": 5}]
    assert shipped(toy(**WEEKS, frozen_days=8, locks=always)) == [f"sea,A,{period}" for period in range(4)]


def test_a_purchase_is_frozen_by_the_day_of_its_order():
    # The departure of 15 June is ordered on the 8th, the last frozen day is the 7th.
    assert shipped(made(7, frozen_days=7)) == ["buy,A,2", "buy,A,3"]
    assert shipped(made(7, frozen_days=8)) == ["buy,A,3"]


def test_a_lock_that_allows_nothing_takes_the_shipment_away():
    banned = [{"lane": "sea", "sku": "A", "date": "2026-06-21", "most": 0}]
    assert shipped(toy(**WEEKS, locks=banned)) == ["sea,A,0", "sea,A,1", "sea,A,3"]


def test_locks_bound_what_leaves():
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-08", "least": 2, "most": 6}]
    table = connect(toy(**WEEKS, locks=locks)).shipments
    assert table["least"].tolist() == [0, 2, 0, 0]
    assert table["most"].tolist()[1] == 6


def test_the_tighter_of_two_locks_holds():
    locks = [
        {"lane": "sea", "sku": "A", "least": 1, "most": 6},
        {"lane": "sea", "sku": "A", "date": "2026-06-08", "least": 2, "most": 9},
    ]
    table = connect(toy(**WEEKS, locks=locks)).shipments
    assert table["least"].tolist() == [1, 2, 1, 1]
    assert table["most"].tolist() == [6, 6, 6, 6]


def test_nothing_leaves_before_it_can_be_there():
    scenario = toy(
        **WEEKS,
        opening_stock=[],
        in_transit=[{"destination": "home", "sku": "A", "arrives_on": "2026-06-09", "units": 10}],
    )
    assert shipped(scenario) == ["sea,A,2", "sea,A,3"]
    assert keys_of(connect(scenario), "on_hand") == ["home,A,2", "home,A,3", "west,A,3"]


def test_goods_that_are_nowhere_have_no_keys():
    net = connect(toy(opening_stock=[]))
    assert (len(net.shipments), len(net.stock), len(net.deliveries)) == (0, 0, 0)
    assert keys_of(net, "lost") == ["W,A,1"]


def test_a_supplier_sends_only_what_it_makes():
    scenario = bought(
        codes=("A", "B"),
        want={"A": [0, 5], "B": [0, 5]},
        periods=(7, 7),
        sourcing=[
            {"sku": "B", "supplier": "factory", "unit_cost": 5},
        ],
    )
    assert shipped(scenario) == ["buy,B,0", "buy,B,1"]


def test_a_supplier_holds_no_stock_but_may_deliver():
    delivery = [{"location": "factory", "region": "W", "delivery_days": 9, "duty_included": True}]
    net = connect(bought(**WEEKS, delivery_lanes=delivery, lanes=[]))
    assert (len(net.stock), keys_of(net, "deliver")) == (0, ["factory,W,A,3"])


def test_nothing_is_sent_where_nobody_can_be_served():
    nowhere = {"location": "attic", "kind": "overseas", "country": "US"}
    lanes = [SEA, {**SEA, "lane": "up", "destination": "attic"}]
    assert not any(
        key.startswith("up") for key in shipped(toy(**WEEKS, locations=[*BASE["locations"], nowhere], lanes=lanes))
    )


def test_a_stop_on_the_way_to_customers_is_of_use():
    hub = {"location": "hub", "kind": "overseas", "country": "US"}
    lanes = [
        {**SEA, "lane": "in", "destination": "hub"},
        {**SEA, "lane": "out", "origin": "hub", "lead_time_days": 0},
    ]
    net = connect(toy(**WEEKS, locations=[*BASE["locations"], hub], lanes=lanes))
    assert arrivals(net) == {
        "in,A,0": 1,
        "in,A,1": 2,
        "in,A,2": 3,
        "in,A,3": 4,
        "out,A,1": 1,
        "out,A,2": 2,
        "out,A,3": 3,
    }


def test_every_shipment_has_a_finite_bound():
    for scenario in (toy(**WEEKS), made(3), toy(**WEEKS, lanes=[{**SEA, "capacity_kg": 3.5}])):
        assert np.isfinite(connect(scenario).shipments["most"]).all()
    assert connect(toy(**WEEKS, lanes=[{**SEA, "capacity_kg": 3.5}])).shipments["most"].max() == 3.5


def test_the_step_of_a_shipment_is_the_case_and_of_a_purchase_the_order_multiple():
    skus = [{"sku": "A", "case_pack": 4}]
    lanes = [*BUY, SEA]
    source = {"sku": "A", "supplier": "factory", "unit_cost": 5}
    both = {"skus": skus, "lanes": lanes, "opening_stock": [at("home", 8)], "locations": FACTORY}
    steps = connect(bought(**both, sourcing=[{**source, "order_multiple": 6}])).shipments
    assert steps.groupby("lane")["multiple"].unique().map(list).tolist() == [[6.0], [4.0]]
    cases = connect(bought(**both, sourcing=[source])).shipments
    assert cases.groupby("lane")["multiple"].unique().map(list).tolist() == [[4.0], [4.0]]


def test_a_lock_that_comes_too_late_is_named():
    locks = [{"lane": "buy", "sku": "A", "date": "2026-06-03", "least": 5}]
    problems = list(impossible_locks(made(3, locks=locks)))
    assert [(problem.table, problem.row, problem.column) for problem in problems] == [("locks", 2, "date")]
    assert "too late" in problems[0].rule
    assert not list(impossible_locks(made(0, locks=locks)))


def test_a_lock_on_goods_that_are_not_there_is_named():
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-03", "least": 5}]
    problems = list(impossible_locks(toy(**WEEKS, opening_stock=[], locks=locks)))
    assert "cannot be at the origin" in problems[0].rule
    assert not list(impossible_locks(toy(**WEEKS, locks=locks)))


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ({"capacity_units": 9}, "10 units onto this departure of sea, which takes 9"),
        ({"capacity_m3": 0.09}, "0.1 m3 onto this departure of sea, which takes 0.09"),
        ({"capacity_kg": 9}, "10 kg onto this departure of sea, which takes 9"),
    ],
)
def test_locks_that_together_force_more_aboard_than_there_is_room_are_named(limit, told):
    locks = [{"lane": "sea", "sku": name, "date": "2026-06-03", "least": 5} for name in "AB"]
    stock = [{**at("home", 8), "sku": name} for name in "AB"]
    made = {**WEEKS, "skus": [{"sku": "A"}, {"sku": "B"}], "opening_stock": stock}
    problems = list(impossible_locks(toy(**made, lanes=[{**SEA, **limit}], locks=locks)))
    assert [(problem.row, problem.rule) for problem in problems] == [
        (2, f"locks force {told}"),
        (3, f"locks force {told}"),
    ]
    assert not list(impossible_locks(toy(**made, lanes=[{**SEA, **limit}], locks=locks[:1])))
    assert not list(impossible_locks(toy(**made, lanes=[SEA], locks=locks)))


def test_a_lock_that_forces_units_must_have_a_date():
    problems = list(impossible_locks(toy(**WEEKS, locks=[{"lane": "sea", "sku": "A", "least": 5}])))
    assert (problems[0].row, problems[0].value) == (2, "")
    assert "must say which" in problems[0].rule


def test_a_lock_on_no_departure_is_named():
    lanes = [{**SEA, "every_weeks": 2, "sails_from": "2026-06-01"}]
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-10", "least": 5}]
    problems = list(impossible_locks(toy(**WEEKS, lanes=lanes, locks=locks)))
    assert "does not depart" in problems[0].rule


def test_locks_that_contradict_each_other_are_named():
    locks = [
        {"lane": "sea", "sku": "A", "most": 3},
        {"lane": "sea", "sku": "A", "date": "2026-06-10", "least": 5},
    ]
    problems = list(impossible_locks(toy(**WEEKS, locks=locks)))
    assert [problem.row for problem in problems] == [3]
    assert "allows fewer" in problems[0].rule


def test_a_lock_outside_the_horizon_is_no_matter():
    for date in ("2026-05-31", "2026-06-29"):
        locks = [{"lane": "sea", "sku": "A", "date": date, "least": 5}]
        assert not list(impossible_locks(toy(**WEEKS, locks=locks)))
        assert connect(toy(**WEEKS, locks=locks)).shipments["least"].sum() == 0


def test_a_lock_forces_goods_even_where_nobody_can_be_served():
    attic = {"location": "attic", "kind": "overseas", "country": "US"}
    scenario = toy(
        **WEEKS,
        locations=[*BASE["locations"], attic],
        lanes=[SEA, {**SEA, "lane": "up", "destination": "attic"}],
        locks=[{"lane": "up", "sku": "A", "date": "2026-06-10", "least": 5}],
    )
    net = connect(scenario)
    assert [key for key in keys_of(net, "ship") if key.startswith("up")] == ["up,A,1"]
    assert "attic,A,3" in keys_of(net, "on_hand")


def test_dead_stock_may_go_home_where_room_is_cheaper():
    # Nobody wants A; ten units in the west, at 9 a m3 and day, may leave for home at once and cost nothing.
    back = {"lane": "back", "origin": "west", "destination": "home", "lead_time_days": 7, "duty_included": True}
    scenario = toy(
        (7, 7, 7, 7), {"A": [0, 0, 0, 0]}, lanes=[SEA, back], opening_stock=[at("west", 10)],
        storage_rates=[{"location": "west", "per_m3_day": 9}],
    )  # fmt: skip
    assert shipped(scenario) == ["back,A,0", "back,A,1", "back,A,2", "back,A,3"]
    assert plan(scenario, gap=0.0).total_cost == pytest.approx(0)
