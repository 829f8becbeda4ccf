"""A replay on a toy whose every step can be followed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import PlanBroken
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.replay import replay
from tests.simulation.worlds import world


class Told:
    """Sends what it was told for each week, and remembers what it was shown."""

    name = "told"

    def __init__(self, *rows: tuple[str, int, float]) -> None:
        self.rows = rows
        self.seen: list[Known] = []

    def decide(self, known: Known) -> Decisions:
        self.seen.append(known)
        mine = [row for row in self.rows if row[1] == known.week]
        return Decisions(
            pd.DataFrame(
                {"lane": [row[0] for row in mine], "sku": "A", "week": known.week, "units": [row[2] for row in mine]}
            )
        )


class Scenarios(Told):
    """Remembers the sales of the scenarios, too."""

    def decide(self, known: Known) -> Decisions:
        self.__dict__.setdefault("sales", []).append(known.scenario["sales"])
        return super().decide(known)


def test_stock_is_what_came_less_what_left():
    # W starts with 40 and sells 14 a week at 4; E is empty; SZ serves by parcel at 2 + 6 x 2 kg + half of 8 duty.
    told = Told(("sea", 0, 30.0))
    found = replay(world([14] * 8), told, 4, 1)
    on_hand = [known.on_hand[found.ledger.stock.locations.get_loc("W"), 0] for known in told.seen]
    assert on_hand == [40, 26, 42, 28]  # 30 units of week 0 are there two weeks later
    assert found.fill_rate == 1.0
    assert found.costs["last_mile"] == pytest.approx(4 * 14 * 4)


def test_what_nobody_can_have_is_lost_and_never_wanted_again():
    stock = [{"location": "W", "sku": "A", "units": 20}]
    found = replay(world([14] * 8, opening_stock=stock), Told(), 4, 1)
    assert found.lost == 4 * 14 - 20
    assert found.fill_by_week == pytest.approx([1, 6 / 14, 0, 0])


def test_a_policy_is_shown_the_days_on_which_goods_were_out_of_stock():
    told = Told()
    replay(world([14] * 8, opening_stock=[{"location": "W", "sku": "A", "units": 20}]), told, 3, 1)
    assert list(told.seen[2].sold[0, 0, -2:]) == [14, 6]
    assert list(told.seen[2].in_stock[0, 0, -2:]) == [1, 6 / 14]  # 6 units last three days at 14 a week


def test_what_nobody_could_have_leaves_no_trace_in_what_a_policy_is_shown():
    # 20 units: 14 and then 6 are sold, whether 7, 14 or 900 are wanted in the second week.
    stock = [{"location": "W", "sku": "A", "units": 20}]
    sales = [{"sku": "A", "region": "US", "date": f"2026-05-{day:02d}", "days": 7, "units": 14} for day in (4, 11, 18)]
    shown = []
    for wanted in (7, 14, 900):
        told = Scenarios()
        replay(world([14, wanted, 5, 5], opening_stock=stock, sales=sales, demand=[]), told, 4, 1)
        shown.append(told)
    for other in shown[1:]:
        for mine, his in zip(shown[0].seen, other.seen, strict=True):
            assert (mine.sold == his.sold).all()
            assert (mine.in_stock == his.in_stock).all()
        for mine, his in zip(shown[0].sales, other.sales, strict=True):
            pd.testing.assert_frame_equal(mine, his)


def test_a_shelf_is_not_full_while_only_a_slow_delivery_lane_has_goods():
    # A fifth of the customers wait twelve days for a parcel from SZ: the region is in stock for a fifth, and what is
    # sold to them tells the demand of all.
    patience = [{"region": "US", "days": 3, "share": 1}, {"region": "US", "days": 12, "share": 0.2}]
    stock = [{"location": "SZ", "sku": "A", "units": 200}]
    told = Told()
    replay(world([14] * 8, opening_stock=stock, delivery_patience=patience), told, 3, 1)
    assert list(told.seen[2].sold[0, 0, -2:]) == pytest.approx([2.8, 2.8])
    assert list(told.seen[2].in_stock[0, 0, -2:]) == pytest.approx([0.2, 0.2])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("sea", 0, 25.0), "not whole cases"),
        (("sea", 0, 210.0), "than there are"),
        (("sea", 1, 10.0), "not for week 0 to decide"),
        (("no such lane", 0, 10.0), "not for week 0 to decide"),
        (("sea", 0, -10.0), "not for week 0 to decide"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_told(row, words):
    class Wrong(Told):
        def decide(self, known: Known) -> Decisions:
            return Decisions(pd.DataFrame([dict(zip(("lane", "week", "units"), row, strict=True), sku="A")]))

    with pytest.raises(PlanBroken) as error:
        replay(world([14] * 8), Wrong(), 2, 1)
    assert words in error.value.violations[0]


def test_base_stock_keeps_a_shop_in_stock_where_demand_is_even():
    found = replay(world([14] * 30), BaseStock(), 20, 1)
    assert found.fill_rate == 1.0
    assert found.ledger.shipped["lane"].isin(["buy"]).any()  # 240 units are not enough for 20 weeks of 14


def test_the_same_seed_gives_the_same_outcome():
    late = [{"lane": "sea", "origin": "SZ", "destination": "W", "lead_time_days": 14, "lead_time_p90_days": 30}]
    first, again = (replay(world([14] * 30, lanes=late), BaseStock(), 12, 3).as_dict() for _ in range(2))
    first.pop("decide_seconds"), again.pop("decide_seconds")
    assert first == again


def test_weeks_and_cost_lines_add_up_to_the_total():
    found = replay(world([14, 9, 30, 2] * 5), BaseStock(), 12, 1)
    assert found.by_week.to_numpy().sum() == pytest.approx(found.total_cost)
    assert found.by_week.sum().to_dict() == pytest.approx(dict(found.costs))
    assert np.isfinite(found.mission_cost)
