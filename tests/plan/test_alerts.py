"""What alerts find, against what is worked out by hand. The base scenario: `tests.plan.making`.

A lost unit forgoes 40 x 0.75 and costs 1 of goodwill: 31.
"""

from __future__ import annotations

import pandas as pd
import pytest

from optimizer.plan.alerts import alerts, urgent
from optimizer.plan.ledger import account
from tests.plan.making import BASE, Row, changed, plan_of, scenario
from tests.plan.spoiling import right

NO_MAIL = [row for row in BASE["delivery_lanes"] if row["location"] != "SZ"]


def found(kind: str, settings: Row | None = None, events: dict | None = None, **tables: list[Row]) -> list[Row]:
    """The alerts of a kind about a plan that does nothing but what `events` say; days as texts, no empty values."""
    rows = alerts(account(plan_of(scenario(settings, **tables), **(events or {}))))
    return [told(row) for row in rows[rows["kind"] == kind].to_dict("records")]


def told(row: Row) -> Row:
    days = {name: f"{value:%m-%d}" for name, value in row.items() if isinstance(value, pd.Timestamp)}
    kept = {name: value for name, value in row.items() if name != "kind" and not pd.isna(value) and value != ""}
    return {**kept, **{name: day for name, day in days.items() if name in kept}}


def near(**values) -> Row:
    return {name: pytest.approx(value) if isinstance(value, float) else value for name, value in values.items()}


# ---- stockouts


def test_what_is_lost_before_goods_can_be_bought_and_shipped_is_out_of_reach():
    # Bought on 1 June the goods are home in the week of the 8th, sail on the 8th and can be sold on the 22nd.
    nothing = {"opening_stock": [], "delivery_lanes": NO_MAIL}
    assert found("out_of_reach", **nothing) == [
        near(money=1302.0, day="06-01", until="06-21", act_by="06-01", then="06-22", sku="A", region="US", units=42.0)
    ]
    assert found("not_worth_it", **nothing) == [
        near(money=434.0, day="06-22", until="06-28", sku="A", region="US", units=14.0)
    ]


def test_production_delays_what_can_be_reached():
    # A week of production: off on the 8th, home in the week of the 15th, overseas on the 29th, after the horizon.
    sourcing = [{**BASE["sourcing"][0], "production_days": 7}]
    (row,) = found("out_of_reach", opening_stock=[], delivery_lanes=NO_MAIL, sourcing=sourcing)
    assert (row["units"], "then" in row) == (pytest.approx(56), False)


def test_a_frozen_fence_delays_what_can_be_reached():
    (row,) = found("out_of_reach", {"frozen_days": 7}, opening_stock=[], delivery_lanes=NO_MAIL)
    assert row["units"] == pytest.approx(56)


def test_idle_stock_elsewhere_is_in_reach_of_its_lanes():
    # 200 units stand idle at home today: by sea in W on the 15th, so two weeks are lost.
    at_home = [{"location": "SZ", "sku": "A", "units": 200}]
    (row,) = found("out_of_reach", opening_stock=at_home, delivery_lanes=NO_MAIL)
    assert (row["units"], row["until"], row["then"]) == (pytest.approx(28), "06-14", "06-15")


def test_less_than_a_carton_of_idle_stock_helps_nobody():
    (row,) = found("out_of_reach", opening_stock=[{"location": "SZ", "sku": "A", "units": 9}], delivery_lanes=NO_MAIL)
    assert row["then"] == "06-22"


def test_customers_who_do_not_wait_for_direct_mail_are_out_of_its_reach():
    # From home in 12 days: a quarter waits so long. Three quarters of 14 a week are lost until the ship of today lands.
    patience = [{"region": "US", "days": 5, "share": 1}, {"region": "US", "days": 12, "share": 0.25}]
    at_home = [{"location": "SZ", "sku": "A", "units": 200}]
    (row,) = found("out_of_reach", opening_stock=at_home, delivery_patience=patience)
    assert (row["units"], row["until"], row["then"]) == (pytest.approx(21), "06-14", "06-15")
    (rest,) = found("not_worth_it", opening_stock=at_home, delivery_patience=patience)
    assert rest["units"] == pytest.approx(56 - 21)


def test_what_a_slower_ship_takes_could_have_gone_by_a_quicker_one():
    # All that is at home, a carton, sails today and lands on the 15th. By air it could be there on the 8th: 10 of the
    # 14 of the second week are not out of reach. What is bought today is there by air on the 15th.
    air = {"lane": "air", "origin": "SZ", "destination": "W", "lead_time_days": 3, "mode": "air"}
    quick = {
        "lanes": [*BASE["lanes"], air],
        "freight_rates": [*BASE["freight_rates"], {"lane": "air", "basis": "kg", "rate": 9}],
        "opening_stock": [{"location": "SZ", "sku": "A", "units": 10}],
        "delivery_lanes": NO_MAIL,
    }
    sails = {"ship": [{"lane": "sea", "sku": "A", "period": 0, "units": 10}]}
    (row,) = found("out_of_reach", None, sails, **quick)
    assert (row["units"], row["until"], row["then"]) == (pytest.approx(14 + 4), "06-14", "06-15")
    (rest,) = found("not_worth_it", None, sails, **quick)
    assert (rest["units"], rest["day"]) == (pytest.approx(10 + 14 + 14), "06-08")


def test_customers_who_never_wait_so_long_are_told_from_a_stockout():
    # E delivers in 5 days, for which half of the customers wait, and has plenty; W, which is quick enough, has nothing.
    patience = [{"region": "US", "days": 3, "share": 1}, {"region": "US", "days": 5, "share": 0.5}]
    lanes = [row for row in NO_MAIL if row["location"] != "W"]
    stock = [{"location": "E", "sku": "A", "units": 400}]
    served = {
        "deliver": [{"location": "E", "region": "US", "sku": "A", "period": week, "units": 7} for week in range(4)]
    }
    (row,) = found("impatient", None, served, delivery_lanes=lanes, delivery_patience=patience, opening_stock=stock)
    assert (row["units"], row["day"], "act_by" in row) == (pytest.approx(28), "06-01", False)
    assert (
        found("out_of_reach", None, served, delivery_lanes=lanes, delivery_patience=patience, opening_stock=stock) == []
    )
    assert (
        found("not_worth_it", None, served, delivery_lanes=lanes, delivery_patience=patience, opening_stock=stock) == []
    )


def test_where_everything_is_served_nobody_is_alarmed():
    served = {
        "deliver": [{"location": "W", "region": "US", "sku": "A", "period": week, "units": 14} for week in range(4)]
    }
    stock = [{"location": "W", "sku": "A", "units": 56}]
    assert found("out_of_reach", None, served, opening_stock=stock) == []
    assert found("not_worth_it", None, served, opening_stock=stock) == []


# ---- arrivals


def test_goods_under_way_that_arrive_after_sales_are_lost_are_late():
    coming = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-15", "units": 200}]
    assert found("late_arrival", opening_stock=[], in_transit=coming) == [
        near(money=868.0, day="06-01", act_by="06-01", then="06-15", sku="A", location="W", region="US", units=28.0)
    ]


def test_a_late_arrival_costs_no_more_sales_than_it_brings_units():
    coming = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-15", "units": 7}]
    (row,) = found("late_arrival", opening_stock=[], in_transit=coming)
    assert (row["units"], row["money"]) == (pytest.approx(7), pytest.approx(217))


def test_the_first_arrival_is_to_blame():
    coming = [
        {"destination": place, "sku": "A", "arrives_on": day, "units": 200}
        for place, day in (("W", "2026-06-15"), ("E", "2026-06-08"))
    ]
    rows = found("late_arrival", opening_stock=[], in_transit=coming)
    assert [(row["location"], row["units"]) for row in rows] == [("E", pytest.approx(14)), ("W", pytest.approx(14))]


def test_goods_whose_day_has_passed_are_overdue():
    coming = [{"destination": "W", "sku": "A", "arrives_on": "2026-05-25", "units": 20}]
    assert found("overdue", in_transit=coming) == [
        near(money=100.0, day="05-25", act_by="06-01", sku="A", location="W", units=20.0)
    ]


# ---- departures

BOX = {
    "lanes": [*BASE["lanes"], {"lane": "fcl", "origin": "SZ", "destination": "W", "lead_time_days": 20}],
    "container_types": [{"container_type": "box", "volume_m3": 1, "payload_kg": 100}],
    "freight_rates": [
        *BASE["freight_rates"], {"lane": "fcl", "basis": "container", "container_type": "box", "rate": 60}
    ],
}  # fmt: skip


def boxed(units: float, period: int = 0) -> dict:
    return {
        "ship": [{"lane": "fcl", "sku": "A", "period": period, "units": units}],
        "containers": [{"lane": "fcl", "container_type": "box", "period": period, "containers": 1}],
    }


def test_a_container_that_leaves_half_empty_pays_for_room_that_is_left():
    # 10 units: 0.1 m3 of 1, 20 kg of 100. Four fifths of 60 are paid for nothing.
    assert found("half_empty", None, boxed(10), **BOX) == [
        near(money=48.0, day="06-01", act_by="06-01", then="06-08", lane="fcl", units=10.0, share=0.2)
    ]


def test_a_container_is_full_by_weight_as_well():
    assert found("half_empty", None, boxed(30), **BOX) == []  # 0.3 m3, but 60 kg


def test_after_the_last_departure_there_is_no_next_one():
    (row,) = found("half_empty", None, boxed(10, 3), **BOX)
    assert "then" not in row


def test_new_freight_rates_cost_the_departures_that_they_meet():
    # 10 units of 2 kg by sea: 40 on 1 June, 60 instead of 40 on the 8th.
    rates = [*BASE["freight_rates"], {"lane": "sea", "basis": "kg", "rate": 3, "valid_from": "2026-06-05"}]
    ship = [{"lane": "sea", "sku": "A", "period": week, "units": 10} for week in (0, 1)]
    assert found("rate_change", None, {"ship": ship}, freight_rates=rates) == [
        near(money=20.0, day="06-05", act_by="06-01", lane="sea", basis="freight", before=40.0, after=60.0)
    ]
    assert found("rate_change", None, {"ship": ship[:1]}, freight_rates=rates) == []


def test_new_handling_rates_cost_what_arrives_after_them():
    # 10 units are a carton of 0.1 m3: by the carton 5 in the first week of arrival, 8 later.
    rates = [
        {"location": "W", "basis": "case", "rate": 5},
        {"location": "W", "basis": "case", "rate": 8, "valid_from": "2026-06-20"},
    ]
    ship = [{"lane": "sea", "sku": "A", "period": week, "units": 10} for week in (0, 1)]
    assert found("rate_change", None, {"ship": ship}, handling_rates=rates) == [
        near(money=3.0, day="06-20", act_by="06-01", lane="sea", basis="handling", before=5.0, after=8.0)
    ]


def test_new_rent_costs_what_stands_from_then_on():
    # 40 units take 0.4 m3: 1 a day until the 15th, then 2, on the 14 days that are left.
    rates = [{"location": "W", "per_m3_day": 1}, {"location": "W", "per_m3_day": 2, "valid_from": "2026-06-15"}]
    assert found("rate_change", storage_rates=rates) == [
        near(money=5.6, day="06-15", act_by="06-14", location="W", basis="storage", before=5.6, after=11.2)
    ]


def test_a_new_exchange_rate_costs_what_is_bought_after_it():
    sourcing = [{"sku": "A", "supplier": "F", "unit_cost": 50, "currency": "CNY"}]
    rates = [{"currency": "CNY", "rate": 0.14}, {"currency": "CNY", "rate": 0.15, "valid_from": "2026-06-08"}]
    ship = [{"lane": "buy", "sku": "A", "period": week, "units": 20} for week in (0, 1)]
    assert found("rate_change", None, {"ship": ship}, sourcing=sourcing, exchange_rates=rates) == [
        near(money=10.0, day="06-08", act_by="06-07", location="F", basis="exchange", before=140.0, after=150.0)
    ]


def test_rates_that_have_changed_already_are_no_news():
    rates = [*BASE["freight_rates"], {"lane": "sea", "basis": "kg", "rate": 3, "valid_from": "2026-05-05"}]
    ship = [{"lane": "sea", "sku": "A", "period": 1, "units": 10}]
    assert found("rate_change", None, {"ship": ship}, freight_rates=rates) == []


# ---- duty


def test_duty_that_rises_costs_what_enters_after_it():
    # 10 units declared at 8 enter on the 22nd: 30 % instead of 20 %. The ship of 1 June still enters before.
    rates = [*BASE["duty_rates"], {**BASE["duty_rates"][0], "rate": 0.3, "valid_from": "2026-06-20"}]
    ship = [{"lane": "sea", "sku": "A", "period": week, "units": 10} for week in (0, 1)]
    assert found("duty_change", None, {"ship": ship}, duty_rates=rates) == [
        near(money=8.0, day="06-20", act_by="06-01", lane="sea", units=10.0, before=16.0, after=24.0)
    ]


def test_two_changes_of_duty_are_each_compared_with_what_was_before():
    rates = [
        *BASE["duty_rates"],
        {**BASE["duty_rates"][0], "rate": 0.3, "valid_from": "2026-06-12"},
        {**BASE["duty_rates"][0], "rate": 0.1, "valid_from": "2026-06-20"},
    ]
    ship = [{"lane": "sea", "sku": "A", "period": week, "units": 10} for week in (0, 1)]
    rows = {row["day"]: row["money"] for row in found("duty_change", None, {"ship": ship}, duty_rates=rates)}
    assert rows == {"06-12": pytest.approx(8), "06-20": pytest.approx(-16)}


def test_parcel_duty_that_changes_is_told_by_region():
    rates = [*BASE["duty_rates"], {**BASE["duty_rates"][1], "rate": 0.6, "valid_from": "2026-06-20"}]
    sent = [{"location": "SZ", "region": "US", "sku": "A", "period": 3, "units": 10}]
    assert found("duty_change", None, {"deliver": sent}, duty_rates=rates) == [
        near(money=8.0, day="06-20", region="US", units=10.0, before=40.0, after=48.0)
    ]


# ---- stock that stands

TIERS = [{"location": "W", "per_m3_day": 1}, {"location": "W", "from_age_days": 30, "per_m3_day": 3}]
OLD = [{"location": "W", "sku": "A", "units": 40, "received_on": "2026-05-10"}]
SERVED = [{"location": "W", "region": "US", "sku": "A", "period": week, "units": 14} for week in (0, 1)]


def test_stock_that_grows_into_a_dearer_tier_is_told_with_the_day():
    # Received on 10 May, 30 days old on 9 June; 2 more for 0.4 m3 on the 21 days from the second week on.
    assert found("ageing", opening_stock=OLD, storage_rates=TIERS) == [
        near(money=16.8, day="06-09", act_by="06-09", sku="A", location="W", units=40.0, before=1.0, after=3.0)
    ]


def test_stock_that_is_sold_before_does_not_age():
    # 12 of 40 are left after two weeks; they are aged then, and sold in the third.
    gone = [*SERVED, {**SERVED[0], "period": 2, "units": 12}]
    (row,) = found("ageing", None, {"deliver": gone}, opening_stock=OLD, storage_rates=TIERS)
    assert (row["units"], row["money"]) == (pytest.approx(12), pytest.approx(2 * 0.12 * 7))


def test_the_older_lot_is_sold_first():
    lots = [{**OLD[0], "units": 20}, {"location": "W", "sku": "A", "units": 20, "received_on": "2026-05-31"}]
    assert found("ageing", None, {"deliver": SERVED}, opening_stock=lots, storage_rates=TIERS) == []
    (row,) = found("ageing", None, {"deliver": SERVED[:1]}, opening_stock=lots, storage_rates=TIERS)
    assert (row["day"], row["units"]) == ("06-09", pytest.approx(6))


def test_stock_that_ages_little_by_little_is_told_with_what_ages_first():
    # 10 are 30 days old on 9 June, another 30 on the 20th.
    lots = [{**OLD[0], "units": 10}, {**OLD[0], "units": 30, "received_on": "2026-05-21"}]
    (row,) = found("ageing", opening_stock=lots, storage_rates=TIERS)
    assert (row["day"], row["units"], row["until"]) == ("06-09", pytest.approx(10), "06-21")


def test_rent_that_old_stock_pays_already_is_no_news():
    ancient = [{**OLD[0], "received_on": "2026-01-10"}]
    assert found("ageing", opening_stock=ancient, storage_rates=TIERS) == []


def test_what_arrives_ages_from_its_arrival():
    tiers = [TIERS[0], {**TIERS[1], "from_age_days": 10}]
    coming = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-08", "units": 10}]
    (row,) = found("ageing", opening_stock=[], in_transit=coming, storage_rates=tiers)
    assert (row["day"], row["money"]) == ("06-18", pytest.approx(2 * 0.1 * 14))


def test_idle_stock_costs_rent_and_capital_until_the_end():
    # 40 units that nobody wants: 0.1 % of 5 a day on capital, 1 on 0.4 m3 and day, from the second week 3.
    nobody = [{**row, "mean": 0.0} for row in BASE["demand"]]
    keeping = 0.001 * 5 * 40 * 28 + 0.4 * (7 * 1 + 21 * 3)
    assert found("idle", {"capital_rate": 0.365}, demand=nobody, opening_stock=OLD, storage_rates=TIERS) == [
        near(
            money=keeping, day="06-01", act_by="06-09", then="06-09", sku="A", location="W", units=40.0, after=200.0
        )
    ]  # fmt: skip


def test_what_becomes_idle_later_is_not_charged_to_what_is_idle_today():
    # 30 more arrive in the second week, and nobody wants them either.
    nobody = [{**row, "mean": 0.0} for row in BASE["demand"]]
    coming = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-08", "units": 30}]
    (row,) = found("idle", {"capital_rate": 0.365}, demand=nobody, opening_stock=OLD, in_transit=coming)
    assert (row["units"], row["money"]) == (pytest.approx(40), pytest.approx(0.001 * 5 * 40 * 28))


def test_limits_and_targets_that_are_broken_cost_what_their_cost_lines_say():
    plan = right()
    rows = alerts(account(plan))
    money = rows.groupby("kind")["money"].sum()
    assert money["too_full"] == pytest.approx(plan.costs["overflow_rent"])
    assert money["below_target"] == pytest.approx(plan.costs["low_stock_fees"])
    assert set(rows.loc[rows["kind"] == "too_full", "basis"]) <= {"storage", "receiving"}


def test_out_of_reach_and_left_are_all_that_is_lost():
    plan = right()
    rows = alerts(account(plan))
    lost = rows[rows["kind"].isin(["out_of_reach", "impatient", "not_worth_it"])]
    assert lost["money"].sum() == pytest.approx(plan.costs["lost_sales"])
    assert lost["units"].sum() == pytest.approx(plan["lost"]["units"].sum())


def test_the_dearest_alert_comes_first():
    money = alerts(account(right()))["money"].abs()
    assert money.is_monotonic_decreasing and len(money) > 3


def test_what_somebody_must_decide_before_the_next_plan_is_urgent():
    rows = alerts(account(plan_of(scenario(storage_rates=TIERS, opening_stock=OLD))))
    until = pd.Timestamp("2026-06-08")
    assert set(urgent(rows, until)["kind"]) == {"out_of_reach"} & set(rows["kind"])
    assert "ageing" in set(urgent(rows, pd.Timestamp("2026-06-10"))["kind"])


def test_a_catalogue_without_demand_has_no_alerts():
    nobody = [{**row, "mean": 0.0} for row in BASE["demand"]]
    assert alerts(account(plan_of(scenario(demand=nobody, opening_stock=[])))).empty


def test_the_last_days_to_act_are_departures_that_exist():
    lanes = changed("lanes", {"lane": "sea"}, sailing_weekdays="Thu")
    rates = [*BASE["duty_rates"], {**BASE["duty_rates"][0], "rate": 0.3, "valid_from": "2026-06-20"}]
    ship = [{"lane": "sea", "sku": "A", "period": 1, "units": 10}]
    (row,) = found("duty_change", None, {"ship": ship}, duty_rates=rates, lanes=lanes)
    assert row["act_by"] == "06-04"
