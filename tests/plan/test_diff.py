"""Two plans side by side: what changed, rolled over the calendar. The base scenario: `tests.plan.making`."""

from __future__ import annotations

import datetime as dt

import pytest

from optimizer.plan.diff import diff
from optimizer.plan.diff.expected import expected
from tests.plan.making import BASE, Row, keep, scenario

LANES = [
    *BASE["lanes"],
    {"lane": "air", "origin": "SZ", "destination": "W", "lead_time_days": 5, "mode": "air"},
    {"lane": "east", "origin": "SZ", "destination": "E", "lead_time_days": 14, "mode": "sea"},
]
RATES = [
    *BASE["freight_rates"],
    {"lane": "air", "basis": "kg", "rate": 6},
    {"lane": "east", "basis": "kg", "rate": 3},
]


def ships(*rows: tuple[str, int, float], starts_on: dt.date = dt.date(2026, 6, 1), **tables: list[Row]):
    """The ledger of shipments of A: lane, period, units."""
    ship = [{"lane": lane, "sku": "A", "period": period, "units": units} for lane, period, units in rows]
    return keep(scenario({"starts_on": starts_on}, **{"lanes": LANES, "freight_rates": RATES, **tables}), ship=ship)


def told(old, new) -> list[tuple]:
    rows = diff(old, new).lines
    return [
        (row.kind, row.units, row.lane_before, f"{row.departs_before:%m-%d}" if row.lane_before else "",
         row.lane, f"{row.departs_on:%m-%d}" if row.lane else "")
        for row in rows.itertuples()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ([], [("sea", 1, 20)], ("new", 20, "", "", "sea", "06-08")),
        ([("sea", 1, 20)], [], ("gone", 20, "sea", "06-08", "", "")),
        ([("sea", 1, 20)], [("sea", 1, 50)], ("more", 30, "", "", "sea", "06-08")),
        ([("sea", 1, 50)], [("sea", 1, 20)], ("less", 30, "sea", "06-08", "", "")),
        ([("sea", 1, 20)], [("sea", 2, 20)], ("later", 20, "sea", "06-08", "sea", "06-15")),
        ([("sea", 1, 20)], [("sea", 0, 20)], ("earlier", 20, "sea", "06-08", "sea", "06-01")),
        ([("sea", 1, 20)], [("air", 1, 20)], ("other_mode", 20, "sea", "06-08", "air", "06-08")),
        ([("sea", 1, 20)], [("east", 1, 20)], ("other_warehouse", 20, "sea", "06-08", "east", "06-08")),
        ([("move", 1, 20)], [("east", 1, 20)], ("other_source", 20, "move", "06-08", "east", "06-08")),
    ],
)
def test_each_way_in_which_a_line_can_change_has_a_name(before, after, kind):
    assert told(ships(*before), ships(*after)) == [kind]


def test_units_go_to_the_nearest_date_first_and_what_is_left_is_more_or_less():
    old, new = ships(("sea", 1, 50)), ships(("sea", 2, 20), ("air", 1, 20), ("sea", 0, 20))
    found = sorted(told(old, new))
    assert [(kind, units) for kind, units, *_ in found] == [
        ("earlier", 20),
        ("later", 20),
        ("new", 10),
        ("other_mode", 10),
    ]


def test_a_change_costs_what_the_units_cost_after_less_what_they_cost_before():
    # 20 units of 2 kg by air at 6 a kg in place of the sea at 2; duty (0.2 x 8) is the same.
    (row,) = diff(ships(("sea", 1, 20)), ships(("air", 1, 20))).lines.itertuples()
    assert row.money == pytest.approx(20 * 2 * (6 - 2))
    (row,) = diff(ships(), ships(("buy", 1, 20))).lines.itertuples()
    assert row.money == pytest.approx(100)


def test_equal_plans_have_no_changes_and_all_lines_as_before():
    found = diff(ships(("sea", 1, 20), ("buy", 0, 10)), ships(("sea", 1, 20), ("buy", 0, 10)))
    assert found.lines.empty and found.same == 2 and found.counts == {}


def test_a_week_later_what_has_left_is_done_and_what_departs_on_the_same_days_is_as_before():
    old = ships(("sea", 0, 20), ("sea", 1, 30), ("sea", 2, 10))
    new = ships(("sea", 0, 30), ("sea", 1, 40), ("sea", 3, 70), starts_on=dt.date(2026, 6, 8))
    found = diff(old, new)
    assert (found.done, found.same, found.beyond) == (20, 1, 70)
    assert told(old, new) == [("more", 30, "", "", "sea", "06-15")]


def test_an_order_that_has_been_placed_since_is_done_though_it_has_not_left():
    made = [{"sku": "A", "supplier": "F", "unit_cost": 5, "production_days": 10}]
    old = ships(("buy", 2, 20), sourcing=made)  # departs on the 15th, ordered on the 5th
    found = diff(old, ships(starts_on=dt.date(2026, 6, 8), sourcing=made))
    assert found.lines.empty and found.done == 20


def test_a_day_later_the_departures_of_the_same_week_are_the_same():
    # A lane without weekdays departs on the first day of a period, which is a day later as well.
    old, new = ships(("sea", 1, 20)), ships(("sea", 0, 20), starts_on=dt.date(2026, 6, 2))
    assert told(old, new) == [], "the 8th lies in the first week from the 2nd on"


def test_lost_sales_are_compared_in_the_days_of_both():
    old, new = ships(), ships(starts_on=dt.date(2026, 6, 8), demand=[{**row, "mean": 7} for row in BASE["demand"]])
    (row,) = diff(old, new).lost.itertuples()
    assert (row.region, row.sku, row.before, row.after) == ("US", "A", 42, 21)
    assert row.money == pytest.approx(-21 * old.costs["lost_sales"] / old.lost["units"].sum())


def goods(table):
    named = table.rename(columns={"destination": "location"})
    days = [name for name in ("received_on", "arrives_on") if name in named]
    return [tuple(row) for row in named.assign(day=named[days[0]].dt.strftime("%m-%d"))[
        ["location", "sku", "day", "units"]].itertuples(index=False)]  # fmt: skip


def test_on_a_later_morning_stock_and_goods_under_way_are_what_the_plan_leaves():
    deliver = [{"location": "W", "region": "US", "sku": "A", "period": 0, "units": 14}]
    ship = [
        {"lane": "sea", "sku": "A", "period": 0, "units": 20},
        {"lane": "buy", "sku": "A", "period": 0, "units": 10},
    ]
    old = keep(scenario(), ship=ship, deliver=deliver)
    first = old.facts.first
    left = expected(old, first + 7)
    assert goods(left["opening_stock"]) == [
        ("SZ", "A", "06-01", 180.0),
        ("SZ", "A", "06-08", 10.0),
        ("W", "A", "06-01", 26.0),
    ]
    assert goods(left["in_transit"]) == [("W", "A", "06-15", 20.0)]
    # On Thursday three of seven days of the week's deliveries are made.
    left = expected(old, first + 3)
    assert [row[3] for row in goods(left["opening_stock"])] == [180.0, pytest.approx(34.0)]
    assert goods(left["in_transit"]) == [("SZ", "A", "06-04", 10.0), ("W", "A", "06-15", 20.0)]
    assert expected(old, first + 28) is None
