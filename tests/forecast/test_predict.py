"""The forecast: quantiles that keep their word, paths whose errors last, and what the user tells himself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from optimizer.forecast.choose import choose, trials
from optimizer.forecast.complete import complete_with_spread
from optimizer.forecast.forecast import LEVELS, SCORES, Forecast, mean_of
from optimizer.forecast.lessons import MOST_MOVED, Trial, lessons, lessons_of, moved
from optimizer.forecast.outlook import learn
from optimizer.forecast.predict import predict, predicted
from optimizer.forecast.shape import Shape
from optimizer.forecast.told import crossing, told, with_spread
from optimizer.forecast.weeks import WEEK
from optimizer.scenario.calendar import DAY
from tests.forecast.histories import FIRST_DAY, history, shop, weekly
from tests.formulation.toys import Row, demand_rows


def normal(count: int, periods: int, persistence: float, fading: float = 1.0) -> Forecast:
    """Pairs whose units are normal with mean 100 and standard deviation 10."""
    starts = FIRST_DAY + np.arange(periods) * WEEK * DAY
    grid = np.tile(100.0 + 10.0 * SCORES, (count, periods, 1))
    names = np.array([f"S{place}" for place in range(count)], dtype=object)
    flat = np.full((count, periods), 100.0)
    lasting = np.full(count, persistence), np.full(count, fading)
    return Forecast(names, names, starts, starts + WEEK * DAY, flat, flat / 10.0, grid, *lasting)


def row(mean: float, **more: object) -> Row:
    """A week of demand of A from the first day on."""
    return {"sku": "A", "region": "W", "starts_on": "2026-06-01", "days": 7, "mean": mean, **more}


def test_quantiles_lie_between_the_levels_that_are_kept_and_beyond_them():
    made = normal(1, 1, 0.0)
    for level in (0.001, 0.025, 0.3, 0.62, 0.999):
        assert made.quantile(level)[0, 0] == pytest.approx(100.0 + 10.0 * stats.norm.ppf(level))
        assert made.probability(made.quantile(level))[0, 0] == pytest.approx(level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        made.quantile(1.0)


def test_paths_have_the_marginal_distribution_whatever_lasts():
    for persistence in (0.0, 0.6):
        drawn = normal(40, 3, persistence, 0.9).draw(200, seed=1)
        assert drawn.mean() == pytest.approx(100.0, abs=0.5)
        assert drawn.std() == pytest.approx(10.0, rel=0.05)


def test_what_lasts_makes_the_demand_of_a_lead_time_less_even():
    periods = 13
    for persistence in (0.0, 0.4, 0.9):
        together = normal(200, periods, persistence).draw(50, seed=2).sum(axis=2)
        # The variance of a sum of periods with one correlation.
        truth = 100.0 * (periods + periods * (periods - 1) * persistence)
        assert together.var() == pytest.approx(truth, rel=0.06)


def test_what_lasts_fades_from_week_to_week():
    drawn = normal(4000, 9, 1.0, 0.9).draw(1, seed=3)[0]
    seen = np.corrcoef(drawn.T)[0]
    assert seen == pytest.approx(0.9 ** np.arange(9), abs=0.05)


def test_equal_seeds_draw_equal_paths_and_more_paths_begin_with_the_same():
    made = normal(3, 4, 0.5)
    assert np.array_equal(made.draw(5, seed=7), made.draw(9, seed=7)[:5])
    assert not np.array_equal(made.draw(1, seed=7), made.draw(1, seed=8))


def test_the_forecast_of_poisson_sales_has_their_quantiles():
    random = np.random.default_rng(1)
    rows = [row for place in range(60) for row in weekly(random.poisson(9.0, 60).astype(float), f"S{place:02d}")]
    made = predict(shop(rows))
    for level in (0.1, 0.5, 0.9, 0.975):
        assert made.quantile(level).mean() == pytest.approx(stats.poisson.ppf(level, 9.0), abs=1.1)


def test_trials_put_right_what_a_shape_promises_too_much():
    # Every 20th week sells ten times as much: rarer than its own history of a year tells apart from chance.
    random = np.random.default_rng(2)
    units = random.poisson(20.0, (150, 52)) * np.where(random.random((150, 52)) < 0.05, 10.0, 1.0)
    made = history([row for place, line in enumerate(units) for row in weekly(line, f"S{place:03d}")])
    manners = choose(made)
    taught = lessons(made, manners)
    assert (np.diff(taught.levels, axis=1) >= 0).all()
    assert not np.allclose(taught.levels[2], LEVELS, atol=0.02)


def test_errors_that_last_are_found_in_trials():
    random = np.random.default_rng(3)
    walk = np.exp(np.cumsum(random.normal(0.0, 0.15, (120, 60)), axis=1))
    moving = random.poisson(30.0 * walk / walk[:, :1]).astype(float)
    even = random.poisson(30.0, (120, 60)).astype(float)
    lasting = []
    for units in (moving, even):
        made = history([row for place, line in enumerate(units) for row in weekly(line, f"S{place:03d}")])
        lasting.append(lessons(made, choose(made)).persistence[2])
    assert lasting[0] > 0.6
    assert lasting[1] < 0.1


def test_a_short_history_is_forecast_in_the_usual_manner():
    made = history(weekly([4.0] * 12))
    assert trials(12) == []
    assert set(choose(made)) == {choose(history(weekly([1.0])))[0]}


def test_mean_and_spread_of_the_table_are_those_of_the_forecast():
    for mean, spread in ((20.0, 4.0), (20.0, 30.0), (0.3, 0.8), (5.0, 0.0)):
        shape = with_spread(np.array([[mean]]), np.array([[spread]]))
        assert shape.mean[0, 0] == pytest.approx(mean)
        assert shape.spread[0, 0] == pytest.approx(spread, abs=0.04 * mean)
        made = told(shop([], demand=[row(mean, spread=spread)], periods=(7,)), *_week())
        assert (made.mean[0, 0], made.spread[0, 0]) == (mean, spread)


def test_demand_without_spread_is_as_uneven_as_chance():
    made = told(shop([], demand=[row(16.0)], periods=(7,)), *_week())
    assert made.spread[0, 0] == 4.0
    assert made.quantile(0.9)[0, 0] == pytest.approx(stats.poisson.ppf(0.9, 16.0), abs=1.0)


def test_quantiles_of_the_table_are_those_of_the_forecast():
    made = told(shop([], demand=[row(12.0, q10=4, q50=10, q90=22)], periods=(7,)), *_week())
    assert [made.quantile(level)[0, 0] for level in (0.1, 0.5, 0.9)] == pytest.approx([4, 10, 22])
    assert made.quantile(0.99)[0, 0] > 22
    assert made.quantile(0.001)[0, 0] >= 0


def test_quantiles_that_cross_are_put_in_order():
    scenario = shop([], demand=[row(12.0, q10=10, q50=4, q90=22)], periods=(7,))
    assert crossing(scenario["demand"]).tolist() == [True]
    made = told(scenario, *_week())
    assert [made.quantile(level)[0, 0] for level in (0.1, 0.5, 0.9)] == pytest.approx([4, 10, 22])


def test_a_period_takes_the_mean_of_all_its_buckets_and_a_part_of_those_it_cuts():
    rows = [row(14.0, spread=3.0), {**row(28.0, spread=4.0), "starts_on": "2026-06-08"}]
    starts = np.array(["2026-06-01", "2026-06-08"], dtype="datetime64[D]")
    ends = np.array(["2026-06-15", "2026-06-12"], dtype="datetime64[D]")
    made = told(shop([], demand=rows, periods=(7,)), starts, ends)
    assert made.mean[0].tolist() == [42.0, 16.0]
    assert 5.0 < made.spread[0, 0] < 7.0


def test_what_is_written_is_forecast_again_as_it_was():
    random = np.random.default_rng(4)
    rows = [row for sku in "ABC" for row in weekly(random.poisson(6.0, 50).astype(float), sku)]
    scenario = shop(rows, periods=(7, 7))
    found = learn(scenario)
    taught = lessons_of(found)
    made = predicted(scenario, found, taught)
    again = told(complete_with_spread(scenario, found, taught), scenario.calendar.starts, scenario.calendar.ends)
    assert again.mean == pytest.approx(made.mean)
    assert again.spread == pytest.approx(made.spread)
    for level in (0.05, 0.25, 0.5, 0.9, 0.95):
        assert again.quantile(level) == pytest.approx(made.quantile(level), rel=0.02)


def _week() -> tuple[np.ndarray, np.ndarray]:
    first = np.array([FIRST_DAY])
    return first, first + WEEK * DAY


def test_trials_of_a_few_weeks_do_not_move_a_mean_without_limit():
    shape = Shape(np.full((4, 1), 0.3), np.full((4, 1), 10.0), np.full((4, 1), 20.0))
    trial = Trial(np.zeros((4, 1)), np.ones((4, 1), dtype=bool), np.zeros(4, dtype=int), np.zeros((4, 1)), shape)
    assert moved([trial], 0, LEVELS) == pytest.approx(1.0)
    assert moved([trial], 0, LEVELS**0.3) == MOST_MOVED
    assert moved([trial], 0, LEVELS**4) == pytest.approx(1.0 / MOST_MOVED)


def test_a_spread_of_nothing_is_nothing():
    shape = with_spread(np.array([0.0, 4.0]), np.array([3.0, 2.0]))
    assert shape.mean == pytest.approx([0.0, 4.0]) and shape.spread == pytest.approx([0.0, 2.0], abs=1e-5)


def walking(step: float) -> Forecast:
    """Thirty weeks ahead of sales whose level wanders by so much a week (standard deviation of its logarithm)."""
    random = np.random.default_rng(4)
    level = np.cumsum(step * random.standard_normal((120, 104)), axis=1)
    units = random.poisson(30.0 * np.exp(level - level[:, [78]])).astype(float)
    rows = [row for place, one in enumerate(units) for row in weekly(one, f"S{place:03d}")]
    starts = FIRST_DAY + np.arange(30) * WEEK * DAY
    return predict(shop(rows, opening_stock=[]), starts, starts + WEEK * DAY)


def test_what_comes_late_is_less_sure_where_demand_wanders():
    steady, wanders = (walking(step) for step in (0.0, 0.08))
    wide = [made.quantile(0.95)[:, -1].sum() / made.quantile(0.95)[:, 0].sum() for made in (steady, wanders)]
    assert wide[0] == pytest.approx(1.0, abs=0.05)
    assert wide[1] > 1.1
    assert wanders.spread[:, -1].sum() > 1.15 * wanders.spread[:, 0].sum()
    for made in (steady, wanders):
        assert mean_of(made.quantiles).sum(axis=0) == pytest.approx(made.mean.sum(axis=0), rel=0.05)


def test_goods_that_seldom_sell_keep_their_mean_and_their_chance_of_nothing_when_less_sure():
    shape = Shape(np.array([0.1, 0.3, 1.0]), np.array([4.0, 4.0, 4.0]), np.ones(3))
    for times in (0.8, 1.0, 1.5):
        wide = shape.wider(np.full(3, times))
        assert wide.mean == pytest.approx(shape.mean) and wide.chance == pytest.approx(shape.chance)
        assert wide.spread[2] == pytest.approx(times * shape.spread[2])


def test_a_mean_that_is_told_alone_is_as_uneven_as_its_sales():
    random = np.random.default_rng(1)
    units = random.poisson(20.0 * random.gamma(2.0, 0.5, (40, 60))).astype(float)
    rows = [row for place, one in enumerate(units) for row in weekly(one, f"S{place:02d}")]
    names = [f"S{place:02d}" for place in range(40)]
    demand = demand_rows({name: [40.0, 40.0] for name in (*names, "NEW")})
    for row in demand:
        if row["sku"] == "S01":
            row["spread"] = 3.0
    tables = {"skus": [{"sku": name} for name in (*names, "NEW")], "demand": demand, "opening_stock": []}
    made = predict(shop(rows, **tables))
    place = {str(sku): at for at, sku in enumerate(made.sku)}
    assert len(place) == 41 and made.mean[:, 0] == pytest.approx(40.0)
    # Weeks of sales: Poisson of 20 times a gamma of variance 0.5, so 0.74 of their mean.
    uneven = [place[name] for name in names if name != "S01"]
    assert made.spread[uneven, 0].mean() == pytest.approx(0.74 * 40.0, rel=0.1)
    assert made.quantile(0.95)[uneven, 0].mean() == pytest.approx(2 * np.quantile(units, 0.95), rel=0.1)
    assert made.spread[[place["S01"], place["NEW"]], 0] == pytest.approx([3.0, 40.0**0.5])
    assert made.factors is not None and made.persistence[place["S00"]] != made.persistence[place["NEW"]]


@pytest.mark.parametrize(("units", "spread"), [(1.0, 12.0), (30.0, 80.0)])
def test_a_mean_far_above_what_seldom_sold_is_no_lottery(units, spread):
    """Three sales in sixty weeks, and a hundred a week are told: more often, not a thousand at once."""
    sold = np.where(np.isin(np.arange(60), (10, 30, 50)), units, 0.0)
    rows = [*weekly(sold, "SLOW"), *(row for sku in "ABC" for row in weekly([5.0, 6.0] * 30, sku))]
    made = predict(shop(rows, demand=demand_rows({"SLOW": [100.0]})))
    slow = made.sku == "SLOW"
    assert 10.0 <= made.spread[slow, 0] <= spread
    assert made.quantile(0.5)[slow, 0] == pytest.approx(95.0, abs=15.0)


def test_what_sold_evenly_by_the_thousand_is_no_less_uneven_by_the_dozen_than_chance_makes_it():
    rows = [row for sku in "ABC" for row in weekly([5000.0, 5010.0] * 20, sku)]
    made = predict(shop(rows, demand=demand_rows({"A": [12.0]})))
    assert made.spread[made.sku == "A", 0] == pytest.approx(12.0**0.5, rel=0.02)


def test_lessons_are_learnt_from_all_sales_whomever_demand_tells_of():
    random = np.random.default_rng(1)
    traffic = np.exp(0.35 * random.standard_normal(60))
    units = random.poisson(30.0 * traffic * random.gamma(8.0, 1 / 8, (30, 60))).astype(float)
    names = [f"S{place:02d}" for place in range(30)]
    rows = [row for name, one in zip(names, units, strict=True) for row in weekly(one, name)]
    skus = [{"sku": name} for name in names]
    spreads = []
    for told_of in (names, names[1:], []):
        demand = demand_rows({name: [32.0] * 3 for name in told_of})
        made = predict(shop(rows, skus=skus, demand=demand, opening_stock=[]))
        spreads.append(made.draw(300, seed=1).sum(axis=(1, 2)).std())
    assert spreads == pytest.approx([spreads[0]] * 3, rel=0.25)
    assert spreads[0] > 3 * (30 * 3 * 32.0) ** 0.5, "they go up and down together"


def test_a_told_mean_is_as_uneven_whatever_the_periods():
    random = np.random.default_rng(1)
    units = np.where(random.random((30, 60)) < 0.25, random.poisson(12.0, (30, 60)), 0).astype(float)
    rows = [row for place, one in enumerate(units) for row in weekly(one, f"S{place:02d}")]
    demand = demand_rows({f"S{place:02d}": [30.0] * 8 for place in range(30)})
    scenario, spread = shop(rows, demand=demand, opening_stock=[]), []
    for days in (7, 28, 56):
        starts = FIRST_DAY + np.arange(0, 56, days) * DAY
        made = predict(scenario, starts, starts + days * DAY)
        spread.append(np.sqrt((made.spread[made.sku != "A"] ** 2).sum(axis=1)).mean())
    assert spread == pytest.approx([spread[0]] * 3, rel=0.12)


def test_a_told_mean_of_what_never_sold_is_as_uneven_as_chance_alone():
    rows = [*weekly([0.0] * 4, "NEW"), *(row for sku in "ABC" for row in weekly([5.0, 90.0] * 20, sku))]
    made = predict(shop(rows, demand=demand_rows({"NEW": [40.0]})))
    assert made.spread[made.sku == "NEW", 0] == pytest.approx(40.0**0.5)
