"""Stock through time, and how old it is."""

from __future__ import annotations

import pytest

from tests.plan.making import keep, scenario


def ship(lane: str, period: int, units: float) -> dict:
    return {"lane": lane, "sku": "A", "period": period, "units": units}


def deliver(location: str, period: int, units: float, region: str = "US") -> dict:
    return {"location": location, "region": region, "sku": "A", "period": period, "units": units}


def on_hand(ledger, location: str) -> list[float]:
    rows = ledger.on_hand[ledger.on_hand["location"] == location].set_index("period")["units"]
    return [rows.get(period, 0.0) for period in range(4)]


def aged(ledger, location: str, age: int) -> list[float]:
    rows = ledger.aged
    rows = rows[(rows["location"] == location) & (rows["from_age_days"] == age)].set_index("period")["units"]
    return [rows.get(period, 0.0) for period in range(4)]


def test_stock_is_what_was_there_plus_what_arrives_less_what_leaves():
    # W: 40 - 14; 26 - 14; the 20 that left in week 0 land on 15 June, the start of week 2: 12 + 20 - 14; 18 - 14.
    ledger = keep(scenario(), ship=[ship("sea", 0, 20)], deliver=[deliver("W", t, 14) for t in range(4)])
    assert on_hand(ledger, "W") == [26, 12, 18, 4]
    assert on_hand(ledger, "SZ") == [180, 180, 180, 180]


def test_what_leaves_with_lead_time_zero_is_there_at_once():
    lanes = [{"lane": "now", "origin": "SZ", "destination": "W", "lead_time_days": 0}]
    ledger = keep(scenario(lanes=lanes), ship=[ship("now", 1, 20)])
    assert on_hand(ledger, "W") == [40, 60, 60, 60]


def test_what_lands_in_the_middle_of_a_period_can_be_sold_from_the_next_one_on():
    # Arrives on 4 June; the next period starts on 8 June.
    ledger = keep(scenario(), ship=[ship("buy", 0, 50)])
    assert on_hand(ledger, "SZ") == [200, 250, 250, 250]


def test_what_lands_after_the_horizon_is_left_but_never_on_hand():
    ledger = keep(scenario(), ship=[ship("sea", 3, 20)])
    assert on_hand(ledger, "W") == [40, 40, 40, 40]
    # It leaves on 22 June and lands on 6 July.
    beyond = ledger.left[ledger.left["day"] > ledger.facts.end]
    assert beyond[["location", "sku", "units"]].to_dict("records") == [{"location": "W", "sku": "A", "units": 20.0}]
    assert list(beyond["day"] - ledger.facts.end) == [7]


def test_goods_in_transit_arrive_once_their_destination_is_open():
    # 9 June falls into a closure until 16 June; received on the 17th, they are there from week 3 (22 June) on.
    closures = [{"location": "W", "from": "2026-06-08", "until": "2026-06-16"}]
    moving = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-09", "units": 5}]
    ledger = keep(scenario(closures=closures, in_transit=moving))
    assert on_hand(ledger, "W") == [40, 40, 40, 45]


def test_first_in_first_out_decides_how_old_stock_is():
    # 30 received on 1 May, 10 on 25 May; out: 14, 14, 4, 0; rent rises at 30 days.
    # 8 June: the first lot is 38 days old: 30 - 14 = 16. 15 June: 2. 22 June: it is gone, the second is 28 days old: 0.
    # 29 June: the second lot is 35 days old: 40 - 32 = 8.
    opening = [
        {"location": "W", "sku": "A", "received_on": "2026-05-01", "units": 30},
        {"location": "W", "sku": "A", "received_on": "2026-05-25", "units": 10},
    ]
    rent = [{"location": "W", "per_m3_day": 1}, {"location": "W", "from_age_days": 30, "per_m3_day": 3}]
    out = [deliver("W", 0, 14), deliver("W", 1, 14), deliver("W", 2, 4)]
    ledger = keep(scenario(opening_stock=opening, storage_rates=rent), deliver=out)
    assert aged(ledger, "W", 30) == [16, 2, 0, 8]


def test_age_counts_from_receipt_at_that_location_so_a_transfer_starts_anew():
    # The lot at W is 17 days old on 1 June; what moves to E arrives on 8 June and is 7 days old on 15 June.
    opening = [{"location": "W", "sku": "A", "received_on": "2026-05-15", "units": 40}]
    rent = [{"location": place, "from_age_days": age, "per_m3_day": age} for place in "WE" for age in (14, 21)]
    ledger = keep(scenario(opening_stock=opening, storage_rates=rent), ship=[ship("move", 0, 40)])
    assert aged(ledger, "E", 14) == [0, 0, 40, 40]
    assert aged(ledger, "E", 21) == [0, 0, 0, 40]
    assert aged(ledger, "W", 14) == [0, 0, 0, 0]


def test_what_arrives_in_a_period_is_as_old_as_the_period_is_long_when_it_ends():
    what = scenario({"periods": (7, 7, 7, 28)}, storage_rates=[{"location": "W", "from_age_days": 28, "per_m3_day": 1}])
    ledger = keep(what, ship=[ship("sea", 1, 10)])
    # Lands on 22 June, the start of a period of 28 days, at whose end it is 28 days old; the opening's 40 are older.
    assert aged(ledger, "W", 28)[3] == 50


def test_what_is_not_delivered_is_lost():
    ledger = keep(scenario(), deliver=[deliver("W", 0, 10)])
    assert ledger.lost["units"].tolist() == [4, 14, 14, 14]


@pytest.mark.parametrize(("day", "units"), [("2026-06-01", 100), ("2026-06-02", 85.7142857)])
def test_demand_is_spread_over_the_days_of_its_bucket(day, units):
    # 100 in a week from 2 June leave 6 / 7 of it in the week from 1 June, the rest in the next.
    rows = [{"sku": "A", "region": "US", "starts_on": day, "mean": 100}]
    rows += [{"sku": "A", "region": "US", "starts_on": "2026-06-15", "days": 28, "mean": 0}]
    ledger = keep(scenario(demand=rows))
    assert ledger.lost["units"].iloc[0] == pytest.approx(units)
    assert ledger.lost["units"].sum() == pytest.approx(100)
