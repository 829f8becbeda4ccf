"""Sample paths: few, weighted, well placed; demand around its mean, departures that are late together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.forecast.complete import complete
from optimizer.forecast.forecast import LEVELS, Forecast, mean_of
from optimizer.forecast.lateness import late, late_between
from optimizer.forecast.paths import with_delays, with_paths
from optimizer.forecast.paths.strata import levels, path_weights
from optimizer.forecast.paths.totals import placed
from optimizer.forecast.shape import Shape
from optimizer.network.horizon import horizon
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.solve import check

PATHS = 8


def asked(count: int, seed: int = 1, **tables: pd.DataFrame) -> Scenario:
    made = generate(Spec(skus=12, seed=4, overseas=3, modes=4, weeks=10))
    solve = replace(made.settings.solve, paths=count, seed=seed)
    return replace(made, settings=replace(made.settings, solve=solve)).with_tables(**tables)


def drawn(scenario: Scenario) -> Scenario:
    told = complete(scenario)
    return with_paths(told, scenario, horizon(told).bucket_ends)


@pytest.fixture(scope="module")
def paths() -> Scenario:
    return drawn(asked(PATHS))


def units(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Units by pair, path and window, and the weights."""
    table = scenario["path_demand"]
    return table["units"].to_numpy().reshape(-1, len(scenario["paths"]), table["starts_on"].nunique()), (
        scenario["paths"]["weight"].to_numpy()
    )


def test_one_path_leaves_the_scenario_as_it_is():
    scenario = asked(1)
    assert drawn(scenario) is scenario


def test_what_is_drawn_keeps_the_rules_of_the_tables(paths: Scenario):
    assert not check(paths)


def test_the_mean_over_the_paths_is_the_expected_demand(paths: Scenario):
    demand = paths["demand"]
    expected = demand[demand["starts_on"] < pd.Timestamp(paths.calendar.end)]
    expected = expected.groupby(["sku", "region", "starts_on"])["mean"].sum()
    table = paths["path_demand"].merge(paths["paths"], on="path")
    found = (table["units"] * table["weight"]).groupby([table["sku"], table["region"], table["starts_on"]]).sum()
    pd.testing.assert_series_equal(found.reindex(expected.index), expected, check_names=False, rtol=1e-9)


def test_every_quantity_is_as_uneven_over_the_paths_as_its_forecast_says(paths: Scenario):
    by_path, weights = units(paths)
    first = by_path[:, :, 0]
    mean = first @ weights
    spread = np.sqrt(((first - mean[:, None]) ** 2) @ weights)
    told = paths["demand"].drop_duplicates(["sku", "region"]).sort_values(["sku", "region"])
    some = mean > 0
    chance = np.sqrt(told["mean"].to_numpy()[some])  # the table tells no spread: chance alone, Poisson
    assert told["spread"].isna().all()
    assert 0.75 < np.median(spread[some] / chance) <= 1.0  # strata have less spread than what they stand for


def lumpy(chance: float, size: float, variation: float, pairs: int = 60, weeks: int = 12) -> Forecast:
    """Pairs alike, which sell with some chance in a week, and then as much as a gamma variable."""
    shape = Shape(np.full((pairs, weeks), chance), np.full((pairs, weeks), size), np.full((pairs, weeks), variation))
    starts = np.datetime64("2026-01-05") + 7 * np.arange(weeks) * DAY
    names = np.array([f"S{place:02d}" for place in range(pairs)], dtype=object)
    return Forecast(
        names, np.full(pairs, "R", dtype=object), starts, starts + 7 * DAY, shape.mean, shape.spread,
        np.stack([shape.quantile(level) for level in LEVELS], axis=-1), np.full(pairs, 0.2), np.full(pairs, 0.95),
    )  # fmt: skip


#: Of goods that seldom sell the quantiles say a little more than the mean does.
KINDS = {"seldom": (0.15, 4.0, 1.0), "often": (0.6, 5.0, 1.0), "always": (1.0, 60.0, 0.3)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weeks", [1, 3, 9])
def test_what_is_wanted_until_any_week_is_as_uneven_over_the_paths_as_the_forecast_says(kind: str, weeks: int):
    """Stock must last for what is wanted over a lead time: the spread of the sum, and what is seldom exceeded."""
    made, weights = lumpy(*KINDS[kind]), path_weights(PATHS, True)
    random = np.random.default_rng(3)
    scores = random.standard_normal((PATHS, *made.mean.shape))
    units = placed(made, scores, weights, random)
    assert units.min() >= 0.0
    sums, drawn = units[:, :, :weeks].sum(axis=2), made.draw(400, 5)[:, :, :weeks].sum(axis=2)
    np.testing.assert_allclose(weights @ sums, mean_of(made.quantiles[0, 0]) * weeks, rtol=0.02)
    spread = np.sqrt(weights @ (sums - weights @ sums) ** 2).mean()
    assert 0.7 * drawn.std() <= spread <= 1.05 * drawn.std()
    if weeks > 1:
        assert spread >= (0.79 if weeks < 9 else 0.84) * drawn.std()  # single weeks dealt apart come to 0.71 to 0.85
        assert sums.max(axis=0).mean() == pytest.approx(drawn[drawn > np.quantile(drawn, 0.8875)].mean(), rel=0.2)


def test_what_happens_between_two_arrivals_varies_too():
    """Paths that kept their places in the order of the sums would go on nearly alike after the first weeks."""
    made, weights = lumpy(*KINDS["always"]), path_weights(PATHS, True)
    random = np.random.default_rng(3)
    units = placed(made, random.standard_normal((PATHS, *made.mean.shape)), weights, random)[:, :, 6:10].sum(axis=2)
    drawn = made.draw(400, 5)[:, :, 6:10].sum(axis=2)
    spread = np.sqrt(weights @ (units - weights @ units) ** 2).mean()
    assert 0.7 * drawn.std() <= spread <= 1.15 * drawn.std()


def test_paths_are_high_together_where_their_scores_are():
    made, weights = lumpy(*KINDS["often"]), path_weights(PATHS, False)
    random = np.random.default_rng(4)
    common = random.standard_normal((PATHS, 1, 12)) + 0.3 * random.standard_normal((PATHS, 60, 12))
    together = placed(made, common, weights, random).sum(axis=2)
    apart = placed(made, random.standard_normal((PATHS, 60, 12)), weights, random).sum(axis=2)
    alike = [np.corrcoef(sums.T)[~np.eye(60, dtype=bool)].mean() for sums in (together, apart)]
    assert alike[0] > 0.7 and abs(alike[1]) < 0.1


def test_a_product_sells_well_in_several_regions_on_the_same_paths_rather_than_two_products_do(paths: Scenario):
    by_path, _ = units(paths)
    pairs = paths["path_demand"].drop_duplicates(["sku", "region"])
    total = by_path[:, :, :10].sum(axis=2)
    pairs, total = pairs[total.sum(axis=1) > 0], total[total.sum(axis=1) > 0]
    alike = np.corrcoef(total)
    same = pairs["sku"].to_numpy()[:, None] == pairs["sku"].to_numpy()
    other = ~same & (pairs["region"].to_numpy()[:, None] != pairs["region"].to_numpy())
    assert alike[same & ~np.eye(len(pairs), dtype=bool)].mean() > alike[other].mean() + 0.05 > 0.05


def test_levels_of_a_quantity_cover_its_distribution_once():
    weights = np.array([0.5, 0.2, 0.3])
    low, high = levels(np.array([[3.0, 0.0], [1.0, 2.0], [2.0, 1.0]]), weights)
    np.testing.assert_allclose(low, [[0.5, 0.0], [0.0, 0.8], [0.2, 0.5]])
    np.testing.assert_allclose(high - low, np.tile(weights[:, None], 2))


def test_equal_seeds_draw_equal_paths_and_others_other_ones(paths: Scenario):
    again, other = drawn(asked(PATHS)), drawn(asked(PATHS, seed=2))
    for table in ("paths", "path_demand", "path_delays"):
        pd.testing.assert_frame_equal(again[table], paths[table])
    assert not np.allclose(other["path_demand"]["units"], paths["path_demand"]["units"])


def test_a_lane_that_tells_of_no_later_lead_time_is_never_late():
    scenario = asked(PATHS)
    sure = drawn(scenario.with_tables(lanes=scenario["lanes"].assign(lead_time_p90_days=np.nan)))
    assert not len(sure["path_delays"])
    assert sure["paths"]["weight"].tolist() == [1 / PATHS] * PATHS


def test_where_only_lanes_at_home_can_be_late_no_path_is_kept_for_rare_delays():
    scenario = asked(PATHS)
    lanes, country = scenario["lanes"], scenario["locations"].set_index("location")["country"]
    abroad = lanes["origin"].map(country).to_numpy() != lanes["destination"].map(country).to_numpy()
    at_home = lanes.assign(lead_time_p90_days=np.where(abroad, np.nan, lanes["lead_time_days"] + 2.0))
    found = with_delays(scenario.with_tables(lanes=at_home))
    assert len(found["path_delays"])
    assert found["paths"]["weight"].tolist() == [1 / PATHS] * PATHS


def test_delays_are_drawn_without_a_forecast_as_with_one(paths: Scenario):
    found = with_delays(asked(PATHS))
    for table in ("paths", "path_delays"):
        pd.testing.assert_frame_equal(found[table], paths[table])


def test_about_one_departure_of_ten_is_later_than_nine_of_ten_are(paths: Scenario):
    lanes = paths["lanes"].set_index("lane")
    allowed = (lanes["lead_time_p90_days"] - lanes["lead_time_days"]).rename("allowed")
    rows = paths["path_delays"][paths["path_delays"]["path"] < PATHS].join(allowed, on="lane")
    weight = paths["paths"]["weight"].iloc[0]
    later = (rows["late_days"] > rows["allowed"]).sum() * weight
    from optimizer.scenario.departures import departures

    assert 0.05 < later / len(departures(paths)) < 0.15


@pytest.mark.parametrize("weights", [[1.0], [0.3, 0.3, 0.3, 0.1], [0.5, 0.5], [0.05] * 20])
def test_departures_are_late_by_as_much_over_the_paths_as_the_law_of_lateness_says(weights: list[float]):
    """Half of them by an exponential number of days of mean 1, the others by none; each path has its share's mean."""
    high = np.cumsum(weights)
    low = high - weights
    found = late_between(low, np.minimum(high, 1.0))
    assert found @ weights == pytest.approx(0.5)
    assert (np.diff(found) >= 0).all()
    fine = late((np.arange(200_000) + 0.5) / 200_000)
    last = fine[int(round(low[-1] * 200_000)) :].mean()
    assert found[-1] == pytest.approx(last, rel=1e-3)


def test_what_holds_up_a_corridor_holds_up_all_its_sailings_on_the_last_path(paths: Scenario):
    late = paths["path_delays"]
    longest = late.groupby("path")["late_days"].max()
    assert longest.iloc[-1] > 14
    held = late[(late["path"] == PATHS) & (late["late_days"] >= 14)]
    country = paths["locations"].set_index("location")["country"]
    lanes = paths["lanes"].set_index("lane").loc[held["lane"]]
    corridor = lanes["origin"].map(country).to_numpy() + ">" + lanes["destination"].map(country).to_numpy()
    assert pd.Series(corridor).value_counts().max() > 1
    assert (lanes["origin"].map(country).to_numpy() != lanes["destination"].map(country).to_numpy()).mean() > 0.9


def test_paths_that_are_given_are_kept(paths: Scenario):
    assert drawn(paths) is paths


@pytest.mark.parametrize(
    ("table", "change", "rule"),
    [
        ("paths", {"weight": 0.3}, "add up to"),
        ("path_demand", {"path": 99}, "no such path"),
        ("path_delays", {"departs_on": pd.Timestamp("2031-01-01")}, "no departure"),
    ],
)
def test_tables_of_paths_that_contradict_are_refused(paths: Scenario, table: str, change: dict, rule: str):
    rows = paths[table].copy()
    for column, value in change.items():
        rows.loc[rows.index[0], column] = value
    found = check(paths.with_tables(**{table: rows}))
    assert any(problem.table == table and rule in problem.rule for problem in found)


def test_more_paths_than_the_table_has_are_refused(paths: Scenario):
    solve = replace(paths.settings.solve, paths=3)
    found = check(replace(paths, settings=replace(paths.settings, solve=solve)))
    assert [problem.table for problem in found] == ["paths"]
