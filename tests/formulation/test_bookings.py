"""Bookings that are next to others differ in one departure, container, bracket or order, and keep every bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.formulation.bookings import SHIFTED, STATE, Bookings
from tests.search.cases import catalogue


@pytest.fixture(scope="module")
def bookings() -> Bookings:
    made = catalogue(1, skus=8)
    return Bookings(made.net, made.program)


def parts(bookings: Bookings) -> tuple[slice, slice, slice]:
    """Where containers, fees and orders stand in a state."""
    boxes, fees, orders = len(bookings.net.loads), len(bookings.net.fees), len(bookings.net.supplier_orders)
    return slice(0, boxes), slice(boxes, boxes + fees), slice(len(bookings.columns) - orders, None)


def steps(bookings: Bookings) -> np.ndarray:
    """The brackets that a state holds: where each stands, its scale, lane, basis and period (five rows)."""
    net = bookings.net
    stepped = net.brackets[net.brackets["stepped"] == 1]
    places = len(net.loads) + len(net.fees) + np.arange(len(stepped))
    return np.array([places, *(stepped[name] for name in ("scale", "lane", "basis", "period"))])


def nothing(bookings: Bookings) -> np.ndarray:
    return np.zeros(len(bookings.columns))


def one_departure(bookings: Bookings) -> tuple[np.ndarray, int]:
    """A state with one container on a departure in the middle of its lane, and where it stands."""
    period = bookings.net.sailings["period"].to_numpy()[bookings.net.loads["sailing"]]
    box = int(np.flatnonzero(period == 4)[0])
    found = [state for state in bookings.near(nothing(bookings)) if state[box] == 1]
    assert len(found) == 1
    return found[0], box


def test_a_state_is_read_from_a_plan_and_stands_in_its_columns(bookings):
    x = np.arange(sum(len(family) for family in bookings.program.variables)) + 0.1
    state = bookings.kept(x)
    assert state.tolist() == bookings.columns.tolist()
    named = [bookings.program.columns[name] for name in STATE]
    assert state.tolist() == [column for place in named for column in range(place.start, place.stop)]


def test_next_to_nothing_is_each_departure_with_its_fee_and_each_order(bookings):
    boxes, fees, orders = parts(bookings)
    near = bookings.near(nothing(bookings))
    net = bookings.net
    loose = ~net.fees["sailing"].isin(net.loads["sailing"])
    scales = len(np.unique(steps(bookings)[1]))
    assert scales > 10
    assert len(near) == len(net.loads) + int(loose.sum()) + scales + len(net.supplier_orders)
    assert all(state[boxes].sum() + state[orders].sum() == 1 or state[boxes].sum() == 0 for state in near)
    for state in near:
        paying = net.fees["sailing"].to_numpy()[state[fees] > 0]
        booked = net.loads["sailing"].to_numpy()[state[boxes] > 0]
        assert set(booked) & set(net.fees["sailing"]) <= set(paying)


def test_a_departure_is_given_up_or_put_off_or_brought_forward_with_all_it_has(bookings):
    state, box = one_departure(bookings)
    boxes, fees, _ = parts(bookings)
    near = bookings.near(state)
    assert any(not other.any() for other in near)
    sailings, load = bookings.net.sailings, bookings.net.loads["sailing"].to_numpy()
    moved = [other for other in near if other[boxes].sum() == 1 and not other[box]]
    periods = sailings["period"].to_numpy()[[load[np.argmax(other[boxes])] for other in moved]]
    lanes = sailings["lane"].to_numpy()[[load[np.argmax(other[boxes])] for other in moved]]
    assert set(lanes) == {sailings["lane"].to_numpy()[load[box]]}
    assert sorted(periods) == [4 - step for step in range(SHIFTED, 0, -1)] + [
        4 + step for step in range(1, SHIFTED + 1)
    ]
    assert all(other[fees].sum() == state[fees].sum() for other in moved)


def test_a_departure_that_is_charged_by_quantity_begins_in_its_first_bracket_and_goes_to_the_next_or_elsewhere(
    bookings,
):
    place, scale, lane, basis, period = steps(bookings)
    several = np.flatnonzero(np.bincount(scale) > 1)
    mine = next(one for one in several if 2 <= period[scale == one][0] <= 5)
    begun = [state for state in bookings.near(nothing(bookings)) if state[place[scale == mine]].any()]
    assert [state[place[scale == mine]].tolist() for state in begun] == [[1.0] + [0.0] * (np.sum(scale == mine) - 1)]
    near = bookings.near(begun[0])
    inside = [state[place[scale == mine]] for state in near]
    assert any(not state.any() for state in near)  # none at all
    assert [0.0, 1.0] in [state[:2].tolist() for state in inside]
    moved = [state for state in near if not state[place[scale == mine]].any() and state[place].any()]
    assert len(moved) >= SHIFTED
    for state in moved:
        (other,) = np.flatnonzero(state[place])
        assert (lane[other], basis[other]) == (lane[scale == mine][0], basis[scale == mine][0])
        assert 0 < abs(period[other] - period[scale == mine][0]) <= SHIFTED


def test_what_goes_on_a_departure_that_has_goods_already_goes_in_its_next_bracket(bookings):
    place, scale, lane, basis, period = steps(bookings)
    first, second = next(
        (one, other) for one in np.unique(scale) for other in np.unique(scale)
        if one < other and lane[scale == one][0] == lane[scale == other][0] and np.sum(scale == one) > 1
        and basis[scale == one][0] == basis[scale == other][0]
        and abs(period[scale == one][0] - period[scale == other][0]) <= SHIFTED
    )  # fmt: skip
    state = nothing(bookings)
    state[[place[scale == first][0], place[scale == second][0]]] = 1.0
    together = [near for near in bookings.near(state) if not near[place[scale == first]].any()]
    assert any(near[place[scale == second]][:2].tolist() == [0.0, 1.0] for near in together)


def test_a_container_more_or_less_leaves_the_fee_paid(bookings):
    state, box = one_departure(bookings)
    two = next(other for other in bookings.near(state) if other[box] == 2)
    _, fees, _ = parts(bookings)
    assert two[fees].tolist() == state[fees].tolist()
    assert any(np.array_equal(other, state) for other in bookings.near(two))


def test_no_state_breaks_a_bound(bookings):
    state, box = one_departure(bookings)
    families = [
        replace(family, lower=np.where(np.arange(len(family)) == box, 1.0, family.lower))
        if family.name == "containers"
        else family
        for family in bookings.program.variables
    ]
    locked = Bookings(bookings.net, replace(bookings.program, variables=tuple(families)))
    assert all(other[box] >= 1 for other in locked.near(state))
    upper = np.concatenate([family.upper for family in bookings.program.variables])[bookings.columns]
    full = upper.copy()
    assert all((other <= upper).all() for other in bookings.near(full))
