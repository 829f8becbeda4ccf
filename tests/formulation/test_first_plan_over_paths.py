"""A first plan over sample paths books what is decided now, and leaves open what comes later."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.formulation.first_cases import rounded
from optimizer.formulation.first_structure import containers_again, structure
from optimizer.network.network import Network, connect
from optimizer.scenario.settings import Settings
from tests.formulation.constraint_toys import BUY, bought
from tests.formulation.path_toys import BOXED_WANT, boxed_later, with_paths
from tests.formulation.toys import MONDAY

FOUR_WEEKS = (7, 7, 7, 7)
WANT = {"A": [0, 20, 20, 20]}
LATER, NOW = 0, 1


def values(net: Network, units: dict[int, float]) -> dict[str, np.ndarray]:
    """A relaxed answer with so many units in each shipment that is decided later, or now."""
    return {
        "ship": net.shipments["committed"].map(units).to_numpy(dtype=float),
        "containers": np.zeros(len(net.loads)),
        "charged": np.zeros(len(net.brackets)),
    }


def test_a_supplier_is_not_ordered_from_for_what_is_decided_later():
    net = connect(with_paths(bought(minimum=100, periods=FOUR_WEEKS, want=WANT), WANT, WANT))
    # Later orders of 20 units at 5 on either path are worth the minimum together, but none has to be.
    assert not structure(net, values(net, {LATER: 20.0, NOW: 0.0}))["supplier_orders"].any()
    # 12 units at 5 now are more than half of the minimum, in each of the two weeks of the commit window.
    assert structure(net, values(net, {LATER: 0.0, NOW: 12.0}))["supplier_orders"].tolist() == [1, 1, 0, 0]


def test_all_that_is_shipped_is_decided_now_without_a_window():
    without = bought(minimum=100, periods=FOUR_WEEKS, want=WANT, commit_days=Settings.commit_days)
    net = connect(with_paths(without, WANT, WANT))
    assert (net.shipments["committed"] == NOW).all() and net.now.all()
    assert structure(net, values(net, {NOW: 12.0}))["supplier_orders"].tolist() == [1, 1, 1, 1]


def test_a_least_order_is_not_placed_for_what_is_decided_later():
    fridays = {**BUY[0], "lane": "fridays", "sailing_weekdays": "Fri"}
    scenario = bought(
        periods=FOUR_WEEKS,
        want=WANT,
        commit_days=10,  # until the Thursday of the second week
        lanes=[*BUY, fridays],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "moq": 25}],
    )
    net = connect(with_paths(scenario, WANT, WANT))
    placed = structure(net, values(net, {LATER: 20.0, NOW: 0.0}))["orders_placed"]
    assert len(placed) == 2 and not placed.any()


@pytest.fixture
def boxed() -> Network:
    net = connect(with_paths(boxed_later(), BOXED_WANT, BOXED_WANT))
    assert str(net.sailings["departs_on"].iloc[net.shipments["sailing"].iloc[0]].date()) == str(MONDAY.replace(day=15))
    return net


def later(net: Network) -> np.ndarray:
    return ~net.now[net.loads["sailing"]]


def test_containers_after_the_window_that_are_not_known_yet_leave_room_for_what_is_ordered_now(boxed):
    found = rounded(boxed, {**values(boxed, {LATER: 0.0, NOW: 10.0}), "containers": np.full(len(boxed.loads), np.nan)})
    assert found["cases"][0] == 2
    assert np.isnan(found["containers"][later(boxed)]).all()


def test_containers_after_the_window_that_are_booked_take_no_more_than_they_hold(boxed):
    booked = {**values(boxed, {LATER: 0.0, NOW: 40.0}), "containers": later(boxed).astype(float)}
    found = rounded(boxed, booked)
    assert found["cases"][0] == 5  # 25 units of 0.01 m3
    assert found["containers"].tolist() == booked["containers"].tolist()


def test_containers_after_the_window_are_booked_whole_from_the_relaxation(boxed):
    shares = {**values(boxed, {LATER: 0.0, NOW: 10.0}), "containers": np.where(later(boxed), 0.4, 0.0)}
    booked = structure(boxed, shares)["containers"]
    assert booked.sum() == 1 and not booked[~later(boxed)].any()


@pytest.mark.parametrize(("units", "boxes"), [(0, 0), (6, 0), (8, 1), (25, 1), (31, 1), (33, 2)])
def test_an_earlier_plans_containers_are_booked_again_but_one_that_is_as_good_as_empty(boxed, units, boxes):
    expected = values(boxed, {LATER: 0.0, NOW: units})["ship"]
    booked = containers_again(boxed, np.where(np.arange(len(expected)) == 0, expected, 0.0))
    assert booked[boxed.loads["sailing"] == boxed.shipments["sailing"].iloc[0]].tolist() == [boxes]
    assert booked.sum() == boxes
