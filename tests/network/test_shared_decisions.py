"""What is decided now is one shipment on all sample paths: where it may go, and how much of it can be of use."""

from __future__ import annotations

from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
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
