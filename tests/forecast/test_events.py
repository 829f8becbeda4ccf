"""Events: how much they sold more in the past, shrunk, and what becomes of it in the weeks ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from optimizer.forecast.choose import ahead, pinball
from optimizer.forecast.coming import coming
from optimizer.forecast.complete import complete
from optimizer.forecast.fit import Manner, fit
from optimizer.forecast.outlook import learn
from optimizer.forecast.predict import predict
from optimizer.forecast.remarks import remarks
from optimizer.forecast.season import week_of_year
from optimizer.forecast.uplift import lift
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario
from tests.forecast.histories import many, shop, weekly
from tests.formulation.toys import MONDAY, Row

PLAIN = Manner(0.95, "none")
#: Weeks of the history, and those in which the sale was held.
COUNT, HELD = 120, (20, 72)


def week(place: int) -> dt.date:
    """First day of a week of the history, or after it."""
    return MONDAY + dt.timedelta(weeks=place - COUNT)


def sale(place: int, name: str = "sale", days: int = 7, **more: object) -> Row:
    first = week(place)
    return {"event": name, "from": first, "until": first + dt.timedelta(days=days - 1), **more}


def held(times: dict[str, float], products: int = 40, days: int = 7, mean: float = 10.0, **tables: Any) -> Scenario:
    """Products of some categories whose sale sells so many times as much, in a history of 120 weeks."""
    random = np.random.default_rng(1)
    rows, skus = [], []
    for category, factor in times.items():
        for number in range(products):
            sku = f"{category}{number:02d}"
            usual = np.where(np.isin(np.arange(COUNT), HELD), 1.0 + (factor - 1.0) * days / 7, 1.0)
            rows += weekly(random.poisson(mean * random.gamma(8.0, 1 / 8.0, COUNT) * usual).astype(float), sku)
            skus.append({"sku": sku, "category": category})
    tables.setdefault("events", [sale(place, days=days) for place in (*HELD, COUNT + 1)])
    return shop(rows, skus=skus, opening_stock=[], **tables)


def uplifts(scenario: Scenario) -> dict[str, float]:
    """Mean uplift by category."""
    history = weeks(scenario)
    found = lift(history)
    assert found is not None
    kinds = np.unique(history.category.astype(str))
    return {kind: float(found.uplift[-1, history.category == kind].mean()) for kind in kinds}


def mean_ahead(made: Weeks, count: int = 3) -> np.ndarray:
    starts = made.until + 7 * np.arange(count) * DAY
    return fit(made, PLAIN).shape(starts, starts + 7 * DAY).mean


def test_an_uplift_is_learnt_by_category():
    found = uplifts(held({"lamps": 4.0, "mugs": 1.5}))
    assert found["lamps"] == pytest.approx(4.0, rel=0.12)
    assert found["mugs"] == pytest.approx(1.5, rel=0.12)


def selling_out(share: float, at: float) -> Scenario:
    """Products that sell five times as much when the sale is held; a share of them sells out then, at so many times."""
    rows, random = [], np.random.default_rng(1)
    for number in range(40):
        units = random.poisson(10.0 * np.where(np.isin(np.arange(COUNT), HELD), 5.0, 1.0)).astype(float)
        out = HELD if number < share * 40 else ()
        units[list(out)] = 10.0 * at
        rows += weekly(units, f"S{number:02d}", out=out)
    return shop(rows, opening_stock=[], events=[sale(place) for place in (*HELD, COUNT + 1)])


def test_an_event_that_sold_out_was_wanted_for_no_less():
    assert uplifts(selling_out(1.0, 3.0))[""] == pytest.approx(3.0, rel=0.15)
    assert uplifts(selling_out(0.5, 2.0))[""] == pytest.approx(5.0, rel=0.15), "what sold out early says nothing less"
    found = learn(selling_out(1.0, 3.0))
    ahead = np.array([week(COUNT + 1)], dtype="datetime64[D]")
    assert [one.occasions for one in coming(found, ahead, ahead + 7 * DAY)] == [2]


def test_an_event_of_some_days_moves_those_days_alone():
    scenario = held({"lamps": 4.0}, days=3)
    assert uplifts(scenario)["lamps"] == pytest.approx(4.0, rel=0.12)
    expected = mean_ahead(weeks(scenario)).sum(axis=0)
    assert expected[1] / expected[0] == pytest.approx(1.0 + 3.0 * 3 / 7, rel=0.1)


def test_a_sku_of_its_own_tells_little_and_its_category_much():
    scenario = held({"mugs": 1.0}, products=20)
    rows = scenario["sales"].copy()
    rows.loc[(rows["sku"] == "mugs00") & (rows["date"] == str(week(HELD[0]))), "units"] = 200.0
    found = lift(weeks(scenario.with_tables(sales=rows)))
    assert found is not None
    assert 1.2 < found.uplift[0, 0] < 8.0, "one week of twenty times as much is not taken at its word"
    assert found.uplift[0, 1:].max() < 1.6


def test_the_next_time_is_expected_to_sell_as_much_more_and_the_weeks_around_it_no_more():
    scenario = held({"lamps": 4.0})
    expected = mean_ahead(weeks(scenario)).sum(axis=0)
    usual = mean_ahead(weeks(scenario.with_tables(events=scenario["events"].iloc[:2]))).sum(axis=0)
    assert expected[[0, 2]] == pytest.approx(usual[[0, 2]])
    assert expected[1] / usual[1] == pytest.approx(4.0, rel=0.12)


def test_past_events_do_not_raise_what_is_usual():
    random = np.random.default_rng(2)
    units = random.poisson(10.0, COUNT).astype(float)
    units[[COUNT - 3, COUNT - 60]] *= 8
    told = [sale(COUNT - 3), sale(COUNT - 60)]
    bare = mean_ahead(weeks(shop(weekly(units), opening_stock=[])))[0, 0]
    clean = mean_ahead(weeks(shop(weekly(units), opening_stock=[], events=told)))[0, 0]
    assert clean == pytest.approx(10.0, rel=0.15) and bare > 1.2 * clean


def test_an_event_that_moves_through_the_year_is_no_season():
    random = np.random.default_rng(3)
    usual, places = np.full(COUNT, 40.0), (10, 66)
    usual[list(places)] *= 3
    rows = [row for place in range(12) for row in weekly(random.poisson(usual).astype(float), f"S{place:02d}")]
    scenario = shop(rows, opening_stock=[], events=[sale(place, "festival") for place in places])
    place = week_of_year(np.array([np.datetime64(week(places[1]))]))[0]
    index = fit(weeks(scenario), Manner(0.95, "category")).season[0]
    bare = fit(weeks(scenario.with_tables(events=scenario["events"].iloc[:0])), Manner(0.95, "category")).season[0]
    assert index[place] == pytest.approx(1.0, abs=0.15) and bare[place] > 1.25


@pytest.mark.parametrize(
    ("scope", "moved"),
    [
        ({"category": "lamps"}, [True, False, True, False]),
        ({"region": "E"}, [True, True, False, False]),
        ({"channel": "temu"}, [False, False, True, True]),
        ({"category": "mugs", "channel": "temu"}, [False, False, False, True]),
    ],
)
def test_an_event_moves_whom_it_is_about(scope, moved):
    rows = [row for sku in ("L", "M") for region in ("E", "W") for row in weekly([10.0] * COUNT, sku, region)]
    regions = [
        {"region": "E", "country": "US", "channel": "amazon"},
        {"region": "W", "country": "US", "channel": "temu"},
    ]
    scenario = shop(
        rows,
        skus=[{"sku": "L", "category": "lamps"}, {"sku": "M", "category": "mugs"}],
        regions=regions,
        opening_stock=[],
        events=[sale(COUNT, uplift=2.0, **scope)],
    )
    history = weeks(scenario)
    order = np.lexsort((history.sku.astype(str), history.region.astype(str)))
    expected = mean_ahead(history)[order]
    assert (expected[:, 0] / expected[:, 1] > 1.9).tolist() == moved


def test_an_uplift_of_the_users_own_comes_first():
    scenario = held({"lamps": 4.0}, events=[sale(HELD[0]), sale(HELD[1]), sale(COUNT + 1, uplift=1.2)])
    expected = mean_ahead(weeks(scenario)).sum(axis=0)
    assert expected[1] / expected[0] == pytest.approx(1.2)
    (one,) = coming(learn(scenario), *periods(scenario))
    assert (one.told, one.mean) == (True, 1.2)


def test_an_event_that_is_never_the_same_makes_its_weeks_less_certain_and_no_others():
    doubts = {}
    for uneven in (0.0, 0.5):
        random = np.random.default_rng(7)
        usual = np.full((150, COUNT), 20.0)
        for place in HELD:
            usual[:, place] *= 3.0 * (random.gamma(1 / uneven**2, uneven**2, 150) if uneven else 1.0)
        drawn = random.poisson(usual).astype(float)
        rows = [row for place in range(150) for row in weekly(drawn[place], f"S{place:03d}")]
        made = weeks(shop(rows, opening_stock=[], events=[sale(place) for place in (*HELD, COUNT + 1)]))
        found = lift(made)
        assert found is not None
        doubts[uneven] = found.doubt[-1]
        starts = made.until + 7 * np.arange(3) * DAY
        variation = fit(made, PLAIN).shape(starts, starts + 7 * DAY).variation[0]
        assert variation[0] == variation[2] and (variation[1] > 1.5 * variation[0]) == (uneven > 0)
    assert doubts[0.0] < 0.02
    assert doubts[0.5] == pytest.approx(0.25, abs=0.1)


def test_a_shop_that_is_closed_sells_nothing_whatever_it_sold_before():
    closed = [sale(place, "closed", uplift=0.0) for place in (HELD[0], COUNT + 1)]
    expected = mean_ahead(weeks(held({"lamps": 1.0}, products=3, events=closed)))
    assert expected[:, 1].tolist() == [0.0] * 3 and expected[:, 0] == pytest.approx([10.0] * 3, rel=0.15)


def periods(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    return scenario.calendar.starts, scenario.calendar.ends


def test_what_lies_ahead_is_told_with_what_it_was_learnt_from():
    scenario = held({"lamps": 4.0, "mugs": 1.5})
    (one,) = coming(learn(scenario), *periods(scenario))
    assert (one.event, str(one.first), one.occasions, one.told, one.pairs) == (
        "sale",
        str(week(COUNT + 1)),
        2,
        False,
        80,
    )
    assert one.least < 2.0 < one.mean < one.most and one.most > 3.0


def test_an_event_that_was_never_held_changes_nothing_and_that_is_said():
    scenario = held({"lamps": 4.0}, events=[sale(COUNT + 1, "first of its kind")])
    expected = mean_ahead(weeks(scenario)).sum(axis=0)
    assert expected[1] == pytest.approx(expected[0])
    (said,) = [str(remark) for remark in remarks(scenario) if remark.table == "events"]
    assert said.startswith("events, event = 'first of its kind': it lies ahead, but no sales") and "uplift" in said
    (chinese,) = [remark for remark in remarks(scenario, "zh") if remark.table == "events"]
    assert "需求倍数" in chinese.remedy


def test_the_table_demand_holds_events_within_the_horizon_and_after_it():
    scenario = held({"lamps": 4.0}, events=[sale(place) for place in (*HELD, COUNT + 1, COUNT + 6)])
    demand = complete(scenario)["demand"]
    by_day = demand.groupby("starts_on")["mean"].sum()
    usual = by_day.median()
    raised = [str(day.date()) for day, units in by_day.items() if units > 3.0 * usual]
    assert raised == [str(week(COUNT + 1)), str(week(COUNT + 6))]


def test_what_demand_tells_is_not_multiplied():
    told = [{"sku": "lamps00", "region": "W", "starts_on": week(COUNT + 1), "days": 7, "mean": 5.0}]
    scenario = held({"lamps": 4.0}, products=2, demand=told)
    demand = complete(scenario)["demand"]
    assert demand.loc[demand["sku"] == "lamps00", "mean"].tolist() == [5.0]


def test_forecasts_of_weeks_with_an_event_lose_less_with_it_than_without():
    scenario = held({"lamps": 3.0, "mugs": 1.8}, products=25, mean=6.0)
    losses = []
    for told in (scenario, scenario.with_tables(events=scenario["events"].iloc[:0])):
        history = weeks(told)
        then = history.before(HELD[1] - 2)
        actual, _ = ahead(history, HELD[1] - 2, 5)
        starts = then.until + 7 * np.arange(5) * DAY
        shape = fit(then, PLAIN).shape(starts, starts + 7 * DAY)
        losses.append(np.mean([pinball(actual, shape.quantile(level), level) for level in (0.1, 0.5, 0.9)]))
    assert losses[0] < 0.85 * losses[1]


def test_without_events_everything_is_as_it_was():
    rows = many(np.random.default_rng(4), 6, 40, 9.0)
    assert weeks(shop(rows, opening_stock=[])).events is None
    plain, far = shop(rows, opening_stock=[]), [sale(COUNT + 200, uplift=5.0)]
    assert predict(plain).mean == pytest.approx(predict(shop(rows, opening_stock=[], events=far)).mean)
