"""Which lane planners who work by rules take for the usual one."""

from __future__ import annotations

from optimizer.simulation.scene import Scene
from optimizer.simulation.ways import Prefer, Ways
from tests.plan.making import scenario
from tests.simulation.test_rules import NET

#: A container of 60 m3 to W: full of A it is cheaper by the unit than sea by weight. Nothing else leads to E than one.
FCL = {
    "container_types": [{"container_type": "40HQ", "volume_m3": 60, "payload_kg": 20000}],
    "lanes": [
        *(lane for lane in NET["lanes"] if lane["lane"] != "sea E"),
        {"lane": "fcl W", "origin": "SZ", "destination": "W", "lead_time_days": 21, "mode": "fcl"},
        {"lane": "fcl E", "origin": "SZ", "destination": "E", "lead_time_days": 21, "mode": "fcl"},
    ],
    "freight_rates": [
        *(rate for rate in NET["freight_rates"] if rate["lane"] != "sea E"),
        {"lane": "fcl W", "basis": "container", "container_type": "40HQ", "rate": 10},
        {"lane": "fcl E", "basis": "container", "container_type": "40HQ", "rate": 10},
    ],
}


def usual(prefer: Prefer) -> dict[str, str]:
    """The usual lane to each warehouse overseas."""
    scene = Scene(scenario(**{**NET, **FCL}), 8)
    lane = Ways(scene, prefer).lane
    return {name: scene.lanes[lane[scene.stores.get_loc(name), 0]] for name in ("W", "E")}


def test_the_cheapest_way_reckons_containers_as_full():
    assert usual("cheapest") == {"W": "fcl W", "E": "fcl E"}


def test_without_whole_containers_the_cheapest_of_the_others_is_taken_where_there_is_one():
    assert usual("loose") == {"W": "sea W", "E": "fcl E"}


def test_the_fastest_way_asks_for_no_price():
    assert usual("fastest") == {"W": "air W", "E": "fcl E"}
