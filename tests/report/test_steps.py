"""What the summary asks somebody to do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.errors import Problem
from optimizer.report.briefing import brief
from optimizer.report.steps import MOST_NAMED, steps
from optimizer.report.words import Words
from tests.plan.making import BASE, changed
from tests.report.reporting import EVERYTHING, section, small, told

ENGLISH = Words("en")


def test_a_plan_that_asks_for_nothing_says_so():
    quiet = small(None, None, demand=[{**row, "mean": 0} for row in BASE["demand"]], opening_stock=[])
    assert steps(told(quiet, status="optimal"), ENGLISH) == []
    assert section(told(quiet, status="optimal"), "NEXT") == ["  1. Nothing to do this week."]


def test_steps_are_numbered_and_begin_with_what_must_be_ordered_and_booked():
    assert steps(told(), ENGLISH)[:2] == [
        'Place orders: 1, the first by 2026-06-06 (sheet "Purchase orders").',
        'Book departures: 2, the first on 2026-06-01, with 1 x box (sheet "Departures").',
    ]
    assert section(told(), "NEXT")[0].startswith("  1. Place orders: 1")
    assert section(told(), "NEXT")[1].startswith("  2. Book departures: 2")


def test_doubts_about_the_tables_come_first():
    slip = Problem("skus", 0, "sku", "A", "a m3 of it would weigh 0.0002 kg", "Look at unit_volume_m3")
    first = steps(replace(told(), doubts=[slip]), ENGLISH)[0]
    assert first == (
        "Look at the tables first: skus, sku = 'A': a m3 of it would weigh 0.0002 kg. Look at unit_volume_m3."
    )
    both = steps(replace(told(), doubts=[slip, slip]), ENGLISH)
    assert both[0] == f"{first} (1 more: optimizer check)"
    assert both[1:] == steps(told(), ENGLISH)


def test_a_briefing_has_the_doubts_about_the_tables_that_were_planned_for():
    odd = small(None, None, skus=changed("skus", {"sku": "A"}, unit_volume_m3=10_000.0))
    assert any("a m3 of it would weigh" in doubt.rule for doubt in brief(odd).doubts)


def test_containers_are_added_up_by_type_over_all_departures_of_the_week():
    lanes = [*BASE["lanes"], {"lane": "fcl", "origin": "SZ", "destination": "W", "lead_time_days": 20}]
    lanes.append({"lane": "fcl2", "origin": "SZ", "destination": "E", "lead_time_days": 20})
    rates = [
        {"lane": lane, "basis": "container", "container_type": kind, "rate": 60}
        for lane in ("fcl", "fcl2")
        for kind in ("40HQ", "20GP")
    ]
    types = [{"container_type": kind, "volume_m3": 1, "payload_kg": 90} for kind in ("20GP", "40HQ")]
    booked = [
        {"lane": "fcl", "container_type": "40HQ", "period": 0, "containers": 2},
        {"lane": "fcl2", "container_type": "40HQ", "period": 0, "containers": 1},
        {"lane": "fcl2", "container_type": "20GP", "period": 0, "containers": 1},
        {"lane": "fcl", "container_type": "40HQ", "period": 1, "containers": 1},
    ]
    ship = [{"lane": row["lane"], "sku": "A", "period": row["period"], "units": 10} for row in (booked[0], *booked[2:])]
    plan = small(
        None,
        {"ship": ship, "containers": booked},
        lanes=lanes,
        freight_rates=[*BASE["freight_rates"], *rates],
        container_types=types,
    )
    assert ", with 1 x 20GP + 3 x 40HQ (" in steps(told(plan), ENGLISH)[0]


def losing(*losses: float):
    """A plan that loses these units of SKUs A0, A1, ... at 40 x 0.75 + 1 each, in the first week."""
    codes = [f"A{place}" for place in range(len(losses))]
    tables = {
        table: [{**row, "sku": code} for row in rows for code in codes]
        for table, rows in BASE.items()
        if "sku" in rows[0] and table != "demand"
    }
    demand = [{"sku": code, "region": "US", "starts_on": "2026-06-01", "days": 56, "mean": 0} for code in codes]
    demand = [{**row, "days": 7, "mean": loss} for row, loss in zip(demand, losses, strict=True)]
    later = [{**row, "starts_on": "2026-06-08", "days": 49, "mean": 0} for row in demand]
    return small(None, None, **{**tables, "demand": [*demand, *later]})


def test_the_skus_that_make_up_half_of_the_loss_are_named():
    step = steps(told(losing(20, 50, 30)), ENGLISH)[0]
    assert step.startswith("Look at prices, quicker lanes and limits of A1: 50% of the loss.")
    step = steps(told(losing(40, 30, 30)), ENGLISH)[0]
    assert step.startswith("Look at prices, quicker lanes and limits of A0, A1: 70% of the loss.")


def test_no_more_than_a_few_skus_are_named():
    step = steps(told(losing(*[10] * (2 * MOST_NAMED + 2))), ENGLISH)[0]
    named = step.removeprefix("Look at prices, quicker lanes and limits of ").split(" and 1 more: 50% of the loss")[0]
    assert len(named.split(", ")) == MOST_NAMED


@pytest.mark.parametrize(
    ("distance", "seconds", "asks"),
    [(100.0, 60.0, "--seconds 240"), (np.inf, 60.0, "--seconds 240"), (1.0, 60.0, ""), (100.0, 1000.0, "")],
)
def test_a_longer_search_is_proposed_only_where_the_gap_was_missed_and_it_is_not_too_long(distance, seconds, asks):
    settings = EVERYTHING.scenario.settings
    patient = replace(settings, solve=replace(settings.solve, seconds=seconds))
    plan = told(scenario=replace(EVERYTHING.scenario, settings=patient), bound=EVERYTHING.total_cost - distance)
    last = steps(plan, ENGLISH)[-1]
    assert (f"For a smaller gap give the search more time: {asks}." == last) if asks else "--seconds" not in last
