"""The mismatch index, worked out by hand."""

from __future__ import annotations

import pytest

from optimizer.plan.mismatch import idle, mismatch_index, mismatched_units, refill_days
from tests.plan.making import BASE, keep, scenario

#: SZ holds nothing, so that only W and E can be idle.
STOCK = [{"location": "W", "sku": "A", "units": 100}]
#: Only E serves US, so that W has nothing to do with it.
EAST = [row for row in BASE["delivery_lanes"] if row["location"] == "E"]


def test_stock_idle_in_one_place_while_another_is_short_is_mismatched():
    # 14 of A are lost every week; W keeps 100 and sends nothing: 14 a week. Demand 56.
    ledger = keep(scenario(opening_stock=STOCK, delivery_lanes=EAST))
    assert mismatched_units(ledger) == pytest.approx(56)
    assert mismatch_index(ledger) == pytest.approx(1)


def test_no_more_is_mismatched_than_stands_idle():
    ledger = keep(scenario(opening_stock=[{"location": "W", "sku": "A", "units": 5}], delivery_lanes=EAST))
    assert mismatch_index(ledger) == pytest.approx(20 / 56)


def test_stock_that_will_leave_before_its_place_can_be_refilled_is_not_idle():
    # W waits 14 (sea) + 7 (review) = 21 days. At the end of week 0 (8 June) it needs what leaves until 29 June: 50.
    # After week 1: 30. Then nothing: W serves nobody after the horizon.
    moves = [{"lane": "move", "sku": "A", "period": t, "units": units} for t, units in ((1, 20), (2, 30))]
    ledger = keep(scenario(opening_stock=STOCK, delivery_lanes=EAST), ship=moves)
    # On hand: 100, 80, 50, 50. Idle: 50 always; and what moves overseas to overseas counts where it left: 20 and 30.
    assert idle(ledger)[ledger.stock.locations.get_loc("W"), 0].tolist() == pytest.approx([50, 70, 80, 50])


def test_part_of_a_period_counts_in_part():
    # Refilled after 4 + 7 = 11 days: all of week 1 and 4 / 7 of week 2.
    lanes = [{**row, "lead_time_days": 4} if row["lane"] == "sea" else row for row in BASE["lanes"]]
    out = [{"location": "W", "region": "US", "sku": "A", "period": t, "units": 14} for t in range(4)]
    ledger = keep(scenario(opening_stock=STOCK, lanes=lanes), deliver=out)
    # End of week 0: 86 - 14 - 8; end of week 3: 44 less 11 days of what W serves locally, half of 2 a day.
    found = idle(ledger)[ledger.stock.locations.get_loc("W"), 0]
    assert found[0] == pytest.approx(64)
    assert found[3] == pytest.approx(44 - 11)


def test_what_is_cleared_counts_as_idle_where_it_left():
    out = [{"location": "W", "region": "OUT", "sku": "A", "period": 0, "units": 100}]
    ledger = keep(scenario(opening_stock=STOCK), deliver=out)
    assert mismatched_units(ledger) == pytest.approx(14)


def test_the_wait_for_more_counts_production():
    sourcing = [{**BASE["sourcing"][0], "production_days": 10}]
    ledger = keep(scenario(sourcing=sourcing))
    days = dict(zip(ledger.facts.stores, refill_days(ledger.facts)[:, 0], strict=True))
    # SZ: 10 + 3 + 7; W: 14 + 7; E: 7 + 7.
    assert days == {"SZ": 20, "W": 21, "E": 14}


def test_without_demand_there_is_no_mismatch():
    demand = [{**row, "mean": 0} for row in BASE["demand"]]
    assert mismatch_index(keep(scenario(demand=demand))) == 0
