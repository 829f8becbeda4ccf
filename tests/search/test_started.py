"""A search begins with what an earlier plan ships, whatever of it is still there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.decomposition.tie import whole_beside
from optimizer.formulation.joined import joined
from optimizer.plan.verify import verify
from optimizer.search.choosing import PENALTY, WORTH, Choosing
from optimizer.search.earlier import LEVEL_ROUNDS, Earlier
from optimizer.search.first_plan import plan_again
from optimizer.search.means import Means
from optimizer.search.model import model
from optimizer.search.pricing import Pricing
from optimizer.search.settling import WHOLE
from optimizer.search.stored_start import Start, shipments_from, start_of
from optimizer.solve import plan
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue

ALONE, NO_TIME = Limits(seconds=20, threads=1), Limits(seconds=0.01, threads=1)
#: Money that rounding may cost.
CENTS = 0.05


@pytest.fixture(scope="module")
def last_night():
    """A plan by prices, and what it leaves."""
    kept: list[pd.DataFrame] = []
    found = plan(catalogue(1), method="prices", limits=ALONE, gap=0.2, means=Means(keep=kept.append))
    return found, start_of(found, kept[0])


def in_order(ship):
    return ship.sort_values(["lane", "sku", "period"], ignore_index=True)[["lane", "sku", "period", "units", "cases"]]


def without_shipments(start):
    return Start(start.prices, start.shipped[:0])


def test_the_plan_of_the_same_scenario_is_found_again_with_the_same_cost(last_night):
    found, start = last_night
    with Pricing(found.scenario, ALONE, Means(start=start)) as pricing:
        _, offers = pricing.recalled()
        used, penalty = np.asarray(offers.usage.sum(axis=0)).ravel(), WHOLE * pricing.penalty(offers, PENALTY, WORTH)
        beside = whole_beside(pricing.linking, used, penalty, pricing.solver, ALONE)
        tables = joined(pricing.tables(offers, beside.columns))
    assert offers.block.tolist() == list(range(5)) and np.abs(beside.lacking).max() < 1e-6
    assert offers.cost.sum() + beside.cost == pytest.approx(found.total_cost, abs=CENTS)
    pd.testing.assert_frame_equal(in_order(tables["ship"]), in_order(found["ship"]))


def test_a_plan_is_there_however_little_time_there_is_and_costs_no_more_than_last_nights(last_night):
    found, start = last_night
    again = plan(catalogue(1), method="prices", limits=NO_TIME, gap=0.0, means=Means(start=start))
    assert not verify(again)
    assert -np.inf < again.bound <= again.total_cost <= found.total_cost + CENTS


def test_ctrl_c_while_prices_are_looked_for_leaves_last_nights_plan(last_night):
    found, start = last_night

    def pressed(_):
        raise KeyboardInterrupt

    again = plan(catalogue(1), method="prices", limits=ALONE, gap=0.0, watch=pressed, means=Means(start=start))
    assert again.status == "feasible" and not verify(again)
    assert again.total_cost <= found.total_cost + CENTS
    assert -np.inf < again.bound <= again.total_cost  # what the rounds had proven by then


def test_shipments_of_skus_and_lanes_that_are_gone_do_no_harm(last_night):
    found, start = last_night
    fewer = catalogue(1).only(catalogue(1)["skus"]["sku"].to_numpy(dtype=object)[1:])
    gone = start.shipped.iloc[:5].assign(lane="CN-S>US-W balloon")
    start = Start(start.prices, pd.concat([start.shipped, gone], ignore_index=True))
    with Pricing(fewer, ALONE, Means(start=start)) as pricing:
        _, offers = pricing.recalled()
        ship = joined(pricing.tables(offers, np.zeros(len(pricing.linking.form.cost))))["ship"]
    kept = found["ship"][found["ship"]["sku"].isin(fewer["skus"]["sku"])]
    pd.testing.assert_frame_equal(in_order(ship), in_order(kept))
    assert not verify(plan(fewer, method="prices", limits=NO_TIME, gap=0.0, means=Means(start=start)))


def test_new_skus_are_planned_beside_those_that_were_shipped(last_night):
    _, start = last_night
    known = start.shipped["sku"].isin(catalogue(1)["skus"]["sku"].iloc[:2])
    start = Start(start.prices, start.shipped[known])
    again = plan(catalogue(1), method="prices", limits=ALONE, gap=0.0, means=Means(start=start))
    assert not verify(again) and again["ship"]["sku"].nunique() > start.shipped["sku"].nunique()


def test_what_can_not_be_shipped_as_it_was_is_shipped_nearly_so(last_night):
    found, start = last_night
    lanes = catalogue(1)["lanes"]
    later = catalogue(1).with_tables(lanes=lanes.assign(lead_time_days=lanes["lead_time_days"] + 14))
    with Pricing(later, ALONE, Means(start=start)) as pricing:
        _, offers = pricing.recalled()
    assert offers.block.tolist() == list(range(5)) and not offers.failed
    assert not verify(plan(later, method="prices", limits=NO_TIME, gap=0.0, means=Means(start=start)))


def test_a_start_without_shipments_recalls_nothing(last_night):
    found, start = last_night
    with Pricing(found.scenario, ALONE, Means(start=without_shipments(start))) as pricing:
        assert not pricing.recalls


def test_a_search_ends_where_bounds_come_near_enough_to_last_nights_plan(last_night, monkeypatch):
    found, start = last_night
    monkeypatch.setattr(Pricing, "bound", lambda self, earlier: (earlier.objective - 1e-3, None))
    monkeypatch.setattr(Choosing, "begin", lambda self, booked: pytest.fail("it went on"))
    again = plan(found.scenario, method="prices", limits=ALONE, gap=0.01, means=Means(start=start))
    assert again.status == "optimal" and again.total_cost == pytest.approx(found.total_cost, rel=1e-6)


def test_rounds_of_prices_end_where_a_close_plan_is_known_and_the_bound_rises_no_more():
    known = Earlier(100.0, 60.0, np.zeros(0))
    bounds = [91.0, *[95.0] * LEVEL_ROUNDS, 95.1]
    assert [known.settled(bound, 0.5) for bound in bounds] == [False] * (1 + LEVEL_ROUNDS) + [True]
    assert not any(known.settled(96.0 + turn, 0.5) for turn in range(3))
    far = Earlier(100.0, 10.0, np.zeros(0))
    assert not any(far.settled(95.0, 0.5) for _ in range(3 * LEVEL_ROUNDS))


@pytest.fixture(scope="module")
def whole_plan():
    """A plan by the whole program, and what it leaves."""
    found = plan(catalogue(1), method="whole", limits=ALONE, gap=0.05)
    return found, start_of(found)


def test_the_whole_program_finds_the_plan_of_the_same_scenario_again(whole_plan):
    found, start = whole_plan
    made = model(found.scenario)
    x = plan_again(made, Highs(), shipments_from(start, found.scenario), ALONE)
    assert made.form.violation(x) < 1e-6
    assert made.form.cost @ x + made.form.offset == pytest.approx(found.total_cost, abs=CENTS)


def test_a_search_in_the_whole_program_has_last_nights_plan_however_little_time_there_is(whole_plan):
    found, start = whole_plan
    again = plan(catalogue(1), method="whole", limits=NO_TIME, gap=0.0, means=Means(start=start))
    assert not verify(again) and again.total_cost <= found.total_cost + CENTS


def test_a_search_ends_at_once_where_last_nights_plan_is_near_enough(whole_plan, monkeypatch):
    found, start = whole_plan
    monkeypatch.setattr("optimizer.search.whole.plan_around", None)
    monkeypatch.setattr("optimizer.search.whole.improving", None)
    again = plan(catalogue(1), limits=ALONE, gap=1.0, means=Means(start=start))
    assert again.status == "optimal" and not verify(again)


def test_shipments_that_are_gone_do_no_harm_to_a_search_in_the_whole_program(whole_plan):
    _, start = whole_plan
    names = catalogue(1)["skus"]["sku"].to_numpy(dtype=object)
    lanes = catalogue(1)["lanes"]
    other = catalogue(1).with_tables(lanes=lanes.assign(lead_time_days=lanes["lead_time_days"] + 14)).only(names[1:])
    again = plan(other, method="whole", limits=NO_TIME, gap=0.0, means=Means(start=start))
    assert not verify(again)
