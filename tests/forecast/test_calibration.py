"""The judgement over forecasts, and the remarks about histories."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pytest

from optimizer.forecast.calibration import calibration, judge, origins
from optimizer.forecast.naive import seasonal_naive
from optimizer.forecast.remarks import remarks
from optimizer.forecast.sentences import SENTENCES
from tests.forecast.histories import history, many, sale, shop, weekly
from tests.formulation.toys import MONDAY, demand_rows, toy


def told(sales, **tables) -> list[str]:
    """The remarks about a shop, as text."""
    return [str(remark) for remark in remarks(shop(sales, **tables))]


def test_intervals_hold_as_often_as_they_promise_where_sales_are_even_chance():
    made = history(many(np.random.default_rng(1), 80, 60, 25.0))
    kept = {one.speed: one for one in calibration(made)}
    assert set(kept) == {"fast", "all"}
    assert kept["all"].coverage == pytest.approx((0.5, 0.8, 0.95), abs=0.03)
    assert kept["all"].together == pytest.approx((0.5, 0.8, 0.95), abs=0.09)
    assert kept["all"].saved > 0.2


def test_intermittent_sales_are_judged_without_favour_for_weeks_of_nothing():
    made = history(many(np.random.default_rng(2), 200, 60, 0.25))
    kept = {one.speed: one for one in calibration(made)}["all"]
    # Two thirds of the weeks sell nothing, which every interval holds; a drawn grade does not count that as a success.
    assert kept.coverage == pytest.approx((0.5, 0.8, 0.95), abs=0.04)


def test_a_forecast_is_judged_by_later_weeks_that_it_does_not_know():
    random = np.random.default_rng(3)
    units = random.poisson(10.0, (60, 60)).astype(float)
    later = units.copy()
    later[:, 47:] *= 3.0
    made, other = (
        history([row for place, line in enumerate(lines) for row in weekly(line, f"S{place:02d}")])
        for lines in (units, later)
    )
    assert judge(made, 47).grade.mean() == pytest.approx(0.5, abs=0.05)
    assert judge(other, 47).grade.mean() > 0.95


def test_a_history_that_is_too_short_is_not_judged():
    assert origins(32) == []
    assert calibration(history(weekly([3.0] * 32))) == []


def test_the_seasonal_naive_forecast_is_the_same_week_a_year_ago():
    random = np.random.default_rng(4)
    units = random.poisson(20.0, 70).astype(float)
    ahead = seasonal_naive(history(weekly(units)), 13, np.array([0.5]))
    assert ahead[0, :, 0].tolist() == units[18:31].tolist()
    short = seasonal_naive(history(weekly(units[:30])), 3, np.array([0.5]))
    assert short[0, :, 0].tolist() == [units[29]] * 3


def test_nothing_is_said_of_a_history_in_order():
    assert told(weekly([5.0] * 20)) == []


def test_returns_are_said():
    assert told(weekly([5.0] * 19 + [-2.0])) == [
        "sales row 21, units = '-2': 1 rows are returns, 2 units: taken from the sales before them, "
        "as far as there are any. "
        "Leave them out where return_rate of the region tells of them."
    ]


def test_one_week_alone_is_said():
    assert "sales, date: the history has one week, too few" in told(weekly([5.0]))[0]


def test_a_hole_in_the_export_is_said():
    rows = many(np.random.default_rng(1), 12, 20, 9.0)
    skus = [{"sku": name} for name in sorted({row["sku"] for row in rows})]
    said = told([row for row in rows if row["date"] != rows[7]["date"]], skus=skus, opening_stock=[])
    assert len(said) == 1 and said[0].startswith(f"sales, date = '{rows[7]['date']}': in one week not one product")


def test_weeks_without_rows_of_a_product_that_sells_every_week_are_said():
    rows = weekly([5.0] * 20)
    (said,) = told([row for place, row in enumerate(rows) if place not in (8, 9, 10)])
    assert said.startswith(
        f"sales, sku = 'A': sells in W nearly every week, but nothing in 3 weeks from {rows[8]['date']}"
    )
    assert told([row for place, row in enumerate(rows) if place not in (8, 9)]) == [], "two weeks may be chance"
    assert told(weekly([5.0, 0.0, 0.0, 0.0] * 6)) == [], "a product that sells seldom is silent often"


def test_a_product_that_has_not_sold_lately_though_it_always_did_is_said():
    other = weekly([5.0] * 20, "B")
    (said,) = told([*weekly([5.0] * 20)[:-4], *other])
    assert said.startswith(
        f"sales, sku = 'A': sold in W nearly every week, but nothing in the last 4 weeks, from {other[16]['date']} on"
    )
    assert told([*weekly([5.0] * 20)[:-2], *other]) == [], "two weeks may be chance"
    later = told([*weekly([5.0] * 15 + [0.0] * 5, out=[15, 16]), *other])
    assert [f"in the last 3 weeks, from {other[17]['date']} on" in one for one in later] == [False, True]
    (out,) = told([*weekly([5.0] * 16 + [0.0] * 4, out=[16, 17, 18, 19]), *other])
    assert "days were out of stock" in out, "it was told"
    seldom = [*weekly([5.0, 0.0, 0.0, 0.0] * 6), *weekly([5.0] * 24, "B")]
    assert told(seldom) == [], "what sells seldom is silent often"


def test_a_week_far_above_all_others_is_said_but_not_that_of_an_event():
    rows = weekly([5.0] * 10 + [5000.0] + [5.0] * 9)
    (said,) = told(rows)
    assert said.startswith(
        f"sales, sku = 'A': sold 5,000 in W in the week from {rows[10]['date']}, 1,000 times what it sells"
    )
    assert told(weekly([5.0] * 10 + [90.0] + [5.0] * 9)) == []
    assert told(weekly([0.0] * 30 + [1.0, 40.0])) == [], "of few sales none is usual"
    party = [{"event": "party", "from": rows[10]["date"], "until": rows[10]["date"]}]
    assert told(rows, events=party) == []


def test_far_more_than_was_ever_sold_is_said():
    def said(mean, weeks=20, out=(), **more):
        found = told(weekly([5.0, 9.0] * (weeks // 2), out=out), demand=demand_rows({"A": [mean] * 3}), **more)
        return [remark for remark in found if "are expected" in remark]

    assert said(40.0) == [
        "demand, sku = 'A': 40 a week are expected in W, though no week ever sold more than 9. Look whether its demand "
        "is told in pieces and for the days of its rows; correct sales that are slips."
    ]
    assert said(36.0) == [] and said(40.0, 6) == [], "some more may be meant, and six weeks are few"
    assert len(said(40.0, out=range(5))) == 1
    party = {"event": "party", "from": MONDAY, "until": MONDAY + dt.timedelta(days=20), "uplift": 5.0}
    assert said(40.0, events=[party]) == [] and len(said(40.0, events=[{**party, "until": MONDAY}])) == 1


def test_rows_of_demand_that_contradict_themselves_are_said():
    def said(**more):
        rows = [{**row, **more} for row in demand_rows({"A": [10.0, 10.0, 10.0]})]
        return [remark.rule for remark in remarks(toy(demand=rows))]

    assert said(q05=2.0, q50=9.0, q95=20.0) == [] and said(q50=0.0, q95=9.0) == [], "what is lumpy may be so"
    for low, high in ((11.0, 20.0), (1.0, 9.0)):
        assert ["lies beside all of their quantiles" in rule for rule in said(q05=low, q95=high)] == [True]
    assert said(q90=14.0, q95=20.0) == [] and said(q05=2.0, q50=8.0) == [] and said(q05=12.0) == []
    assert said(spread=60.0) == []
    assert ["spread of 3 rows is more than ten times" in rule for rule in said(spread=1000.0)] == [True]


def test_rows_of_an_event_that_share_demand_and_days_are_said():
    base = {"event": "11.11", "from": MONDAY, "until": MONDAY + dt.timedelta(days=1), "uplift": 2.0}
    later = {**base, "from": MONDAY + dt.timedelta(days=7), "until": MONDAY + dt.timedelta(days=8)}
    for other, count in (({**base, "region": "W"}, 1), ({**later, "region": "W"}, 0), ({**base, "event": "12.12"}, 0)):
        assert len(told(weekly([5.0] * 20), events=[base, other])) == count
    regions = [{"region": "W", "country": "US", "channel": "temu"}, {"region": "E", "country": "US", "channel": "shop"}]
    apart = [{**base, "region": "W"}, {**base, "channel": "shop"}]
    assert told([*weekly([5.0] * 20), *weekly([5.0] * 20, region="E")], events=apart, regions=regions) == []
    (said,) = told(weekly([5.0] * 20), events=[base, {**base, "region": "W"}])
    assert said.startswith("events row 3, event = '11.11': another row of it is about the same demand on the same days")


def test_a_history_without_a_sale_is_said():
    assert told(weekly([0.0] * 20))[0] == (
        "sales, units: not one unit was sold in the whole history, so nothing is expected. "
        "Fill demand for what is to be sold."
    )
    assert "not one unit was sold" in told(weekly([0.0] * 3))[1]


def test_a_history_that_ends_long_ago_is_said():
    rows = [{**row, "date": row["date"] - dt.timedelta(days=60)} for row in weekly([5.0] * 20)]
    said = told(rows)
    assert len(said) == 1 and said[0].startswith(
        "sales, date = '2026-04-01': the sales end 60 days before the first day"
    )


def test_everything_odd_is_said_in_chinese_too():
    for (rule, remedy), (chinese, cure) in SENTENCES.values():
        assert blanks(chinese) <= blanks(rule) | {"count"} and not blanks(remedy + cure)
        assert not re.search(r"[a-z]{5,}", re.sub(r"{.*?}|demand|return_rate|false", "", chinese + cure))
    (said,) = remarks(shop(weekly([5.0] * 19 + [-2.0])), "zh")
    assert said.rule == "有 1 行是退货，共 2 件：已从之前的销量中扣除（以有销量为限）"


def blanks(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)", text))


def test_weeks_out_of_stock_are_said():
    assert "5.0% of all days were out of stock" in told(weekly([5.0] * 20, out=[4]))[0]


def test_products_that_nobody_wants_and_products_that_are_new_are_said():
    stock = [
        {"location": "west", "sku": "OLD", "units": 5, "received_on": "2026-01-05"},
        {"location": "west", "sku": "NEW", "units": 5},
    ]
    skus = [{"sku": name} for name in ("A", "NEW", "OLD", "ZERO")]
    said = told([*weekly([5.0] * 20), *weekly([0.0] * 20, "ZERO")], skus=skus, opening_stock=stock)
    assert [line.split(":")[0] for line in said] == [
        "sales, sku = 'ZERO'",
        "skus, sku = 'NEW'",
        "opening_stock, sku = 'OLD'",
    ]


def test_a_product_never_in_stock_is_said():
    said = told([*weekly([5.0] * 20), *weekly([0.0] * 20, "B", out=range(20))])
    assert any(line.startswith("sales, sku = 'B': never in stock in W") for line in said)


def test_a_region_without_history_is_said():
    regions = [{"region": name, "country": "US"} for name in "WE"]
    said = told(weekly([5.0] * 20), regions=regions)
    assert said == [
        "regions, region = 'E': prices, but no sales and no demand, so nothing is expected there. "
        "Fill demand for what is to be sold there."
    ]


def test_quantiles_that_cross_are_said():
    demand = [{**row, "q10": 9, "q50": 4} for row in demand_rows({"A": [5, 5, 5]})]
    assert told([], demand=demand) == [
        "demand row 2, sku = 'A': quantiles cross in 3 rows: they were put in order. Correct them."
    ]


def test_days_of_one_week_are_one_week_of_history():
    assert "one week" in told([sale(-1, 3)])[0]
