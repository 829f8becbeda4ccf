"""What is decided now is one shipment on all sample paths: where it may go, and how much of it can be of use."""

from __future__ import annotations

from optimizer.network.locks import impossible_locks
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import SolveSettings
from optimizer.solve import check
from tests.formulation.constraint_toys import FACTORY, bought
from tests.formulation.path_toys import with_paths
from tests.formulation.toys import BASE, toy
from tests.oracle.solving import of_the_program, same

SEA = BASE["lanes"][0]


def from_home(**changes: object) -> Scenario:
    """The factory sells A at 5 to home, on the same day."""
    buy = {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 0}
    return bought(**{"lanes": [buy, SEA], **changes})


def test_goods_go_where_they_are_wanted_on_one_path_alone():
    # Ten are at home and cost nothing to ship; on the first path ten are wanted in the west, at 20 each.
    assert of_the_program(with_paths(toy(), {"A": [0, 10, 0]}, {"A": [0, 0, 0]})) == same(0.0)


def test_goods_for_different_places_on_different_paths_add_up():
    scenario = from_home(
        lanes=[*from_home()["lanes"].to_dict("records")[:1], SEA, {**SEA, "lane": "east", "destination": "east"}],
        locations=[*FACTORY, {"location": "east", "kind": "overseas", "country": "US"}],
        regions=[{"region": "W", "country": "US"}, {"region": "E", "country": "US"}],
        delivery_lanes=[
            {"location": "west", "region": "W", "delivery_days": 3},
            {"location": "east", "region": "E", "delivery_days": 3},
        ],
        prices=[{"sku": "A", "region": region, "price": 20} for region in ("W", "E")],
    )
    paths = with_paths(scenario, {"A W": [0, 10, 0], "A E": [0, 0, 0]}, {"A W": [0, 0, 0], "A E": [0, 10, 0]})
    # 20 for 100 serve either path; ten, which no path has use for more than, lose 10 x 20 on one of the two: 150.
    assert of_the_program(paths) == same(100.0)


def test_goods_on_different_ships_of_which_either_is_late_add_up():
    lanes = [*from_home()["lanes"].to_dict("records")[:1], SEA, {**SEA, "lane": "rail"}]
    want = {"A": [0, 10, 0]}
    paths = with_paths(from_home(lanes=lanes), want, want, late=[{"sea": 14}, {"rail": 14}])
    # Ten on each, for 100; ten in all lose half of what is wanted, however they are split: 50 + 100.
    assert of_the_program(paths) == same(100.0)


def test_goods_that_go_no_further_serve_one_path_as_well_as_the_other():
    net = connect(with_paths(bought(), {"A": [0, 10, 0]}, {"A": [0, 6, 0]}))
    assert net.shipments.loc[net.shipments["committed"] == 1, "most"].tolist()[0] == 10.0


def two_legs(**changes: object) -> Scenario:
    """The factory sells A to home within a week, from where it goes west within another one."""
    buy = {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 7}
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-08", "least": 5}]
    weeks = {"periods": (7, 7, 7, 7), "want": {"A": [0, 0, 10, 0]}}
    return bought(**{**weeks, "lanes": [buy, SEA], "locks": locks, **changes})


def test_a_lock_on_goods_that_come_too_late_on_one_path_is_named():
    want = {"A": [0, 0, 10, 0]}
    assert not list(impossible_locks(with_paths(two_legs(), want, want)))
    late = list(impossible_locks(with_paths(two_legs(), want, want, late=[{}, {"buy": 7}])))
    assert [(problem.table, problem.row, problem.column) for problem in late] == [("locks", 2, "date")]
    assert late[0].rule.startswith("on sample path 2, where ships are late, A cannot be at the origin of sea")
    always = list(impossible_locks(with_paths(two_legs(), want, want, late=[{"buy": 7}, {"buy": 7}])))
    assert always[0].rule.startswith("A cannot be at the origin")


def test_a_lock_that_drawn_paths_make_impossible_is_refused_before_anything_is_planned():
    lanes = two_legs()["lanes"].to_dict("records")
    rarely_late = [{**lanes[0], "lead_time_p90_days": 40}, lanes[1]]
    found = check(two_legs(lanes=rarely_late, solve=SolveSettings(paths=8)))
    assert [problem.table for problem in found] == ["locks"]
    assert "sample path" in found[0].rule and "--paths 1" in found[0].remedy
    assert not check(two_legs(lanes=rarely_late))
