"""More freedom never costs more, where the end of the horizon is worth nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from tests.formulation.effects import optimum
from tests.properties.profile import FEW
from tests.properties.worlds import World, worlds


def least_cost(scenario: Scenario) -> float:
    return optimum(formulate(connect(scenario)))


def larger(table: str, columns: tuple[str, ...], factor: float) -> Callable[[World, Scenario], Scenario]:
    """A change that multiplies columns."""
    return lambda world, scenario: scenario.with_tables(
        **{table: scenario[table].assign(**{column: scenario[table][column] * factor for column in columns})}
    )


def with_another_lane(world: World, scenario: Scenario) -> Scenario:
    """A fast and cheap lane to the east."""
    tables = world.tables()
    lanes = [
        *tables["lanes"],
        {"lane": "new", "origin": "home", "destination": "east", "lead_time_days": 4, "capacity_m3": 0.05},
    ]
    rates = [*tables["freight_rates"], {"lane": "new", "basis": "kg", "rate": 0.4}]
    return world.scenario(lanes=lanes, freight_rates=rates)


def with_another_delivery(world: World, scenario: Scenario) -> Scenario:
    """The east may serve the west, too."""
    lanes = [*world.tables()["delivery_lanes"], {"location": "east", "region": "W", "delivery_days": 7, "per_order": 3}]
    return world.scenario(delivery_lanes=lanes)


FREEDOMS = [
    pytest.param("capacity", larger("lanes", ("capacity_m3", "capacity_units"), 1.7), id="more room on a departure"),
    pytest.param("rooms", larger("locations", ("storage_volume_m3",), 1.7), id="more room in a warehouse"),
    pytest.param("docks", larger("locations", ("receiving_m3_per_day",), 1.7), id="more docks"),
    pytest.param("duty", larger("duty_rates", ("rate",), 0.5), id="lower duty"),
    pytest.param("fees", larger("freight_rates", ("rate",), 0.8), id="lower freight"),
    pytest.param("patience", larger("delivery_patience", ("share",), 1.1), id="more patience"),
    pytest.param("moq", larger("sourcing", ("moq",), 0.6), id="smaller orders"),
    pytest.param("fees", with_another_lane, id="another lane"),
    pytest.param("parcels", with_another_delivery, id="another delivery lane"),
]


@pytest.mark.parametrize(("feature", "change"), FREEDOMS)
def test_more_freedom_never_costs_more(feature: str, change: Callable[[World, Scenario], Scenario]):
    gained = []

    @FEW
    @given(worlds(without={"matched", "targets"}, always={feature}))
    def never_dearer(world: World) -> None:
        scenario = world.scenario()
        before, after = least_cost(scenario), least_cost(change(world, scenario))
        assert after <= before + 1e-4 + 1e-7 * abs(before)
        gained.append(before - after)

    never_dearer()
    assert max(gained) > 1e-3  # the freedom is of use to some
