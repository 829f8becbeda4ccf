"""What pairs have in common is found in their errors, and their draws have it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.forecast.factors import KINDS, Factors, factors, shares
from optimizer.forecast.lessons import lessons
from optimizer.forecast.outlook import learn
from optimizer.forecast.predict import predict
from tests.forecast.histories import shop, weekly
from tests.forecast.test_predict import normal


def planted(share: list[float], pairs: int = 600, regions: int = 3) -> Factors:
    """SKUs in 12 categories, each SKU in every region."""
    sku = np.array([f"S{place // regions}" for place in range(pairs)], dtype=object)
    region = np.array([f"R{place % regions}" for place in range(pairs)], dtype=object)
    category = np.array([f"C{place // regions % 12}" for place in range(pairs)], dtype=object)
    return factors(sku, region, category, np.array(share))


def errors(made: Factors, weeks: int, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    return made.mixed(random.standard_normal((len(made.group), weeks)), random)


@pytest.mark.parametrize("share", [[0.1, 0.2, 0.05, 0.15], [0.3, 0.0, 0.2, 0.0], [0.0, 0.25, 0.0, 0.0], [0.0] * 4])
def test_planted_shares_are_recovered(share):
    made = planted(share)
    score = errors(made, 200)
    assert shares([(score, np.ones(score.shape, dtype=bool), made.group)]) == pytest.approx(share, abs=0.03)


def test_weeks_that_are_not_known_do_not_count():
    made = planted([0.3, 0.0, 0.0, 0.0])
    score, known = errors(made, 200), np.random.default_rng(2).random((600, 200)) < 0.5
    score[~known] = 50.0
    assert shares([(score, known, made.group)])[0] == pytest.approx(0.3, abs=0.04)


def test_without_a_trial_pairs_have_nothing_in_common():
    assert shares([]).tolist() == [0.0] * len(KINDS)
    assert shares([(np.ones((1, 3)), np.ones((1, 3), dtype=bool), np.zeros((1, 4), dtype=int))]).tolist() == [0.0] * 4


def test_only_a_history_with_trials_says_what_pairs_have_in_common():
    short, long = (learn(shop(weekly([3.0, 0.0, 5.0] * count))) for count in (2, 20))
    assert lessons(short.history, short.manners).shares is None
    assert not lessons(long.history, long.manners).shares.any()  # one pair


def test_draws_have_in_common_what_their_factors_say_and_each_is_as_without():
    plain = normal(60, 4, 0.5, 0.9)
    group = np.stack([np.zeros(60, dtype=int), np.arange(60) % 2, np.arange(60) // 30, np.arange(60)], axis=1)
    drawn = replace(plain, factors=Factors(group, np.tile([0.2, 0.4, 0.0, 0.0], (60, 1)))).draw(3000, seed=3)
    score = (drawn - 100.0) / 10.0
    seen = np.corrcoef(score[:, :, 0].T)
    same = group[:, None, 1] == group[None, :, 1]
    apart = ~np.eye(60, dtype=bool)
    assert seen[same & apart].mean() == pytest.approx(0.6, abs=0.03)
    assert seen[~same].mean() == pytest.approx(0.2, abs=0.03)
    assert score.std() == pytest.approx(1.0, abs=0.03)
    lasting = np.mean([np.corrcoef(score[:, pair, 0], score[:, pair, 1])[0, 1] for pair in range(60)])
    assert lasting == pytest.approx(0.5 * 0.9, abs=0.03)


def test_some_of_the_pairs_keep_what_they_have_in_common():
    made = replace(
        normal(6, 2, 0.0), factors=Factors(np.zeros((6, 4), dtype=int), np.tile([0.9, 0.0, 0.0, 0.0], (6, 1)))
    )
    score = (made.only(np.array([1, 4])).draw(2000, seed=1) - 100.0) / 10.0
    assert np.corrcoef(score[:, 0, 0], score[:, 1, 0])[0, 1] == pytest.approx(0.9, abs=0.03)


def busy(traffic: float) -> list:
    """Forty products in four categories over 80 weeks, whose traffic goes up and down together."""
    random = np.random.default_rng(5)
    common = random.gamma(1.0 / traffic**2, traffic**2, 80)
    return [
        row
        for place in range(40)
        for row in weekly(random.poisson(random.lognormal(3.0, 0.5) * common).astype(float), f"S{place:02d}")
    ]


def test_a_history_with_common_traffic_teaches_common_errors_and_the_forecast_draws_them():
    skus = [{"sku": f"S{place:02d}", "category": f"C{place % 4}"} for place in range(40)]
    spread = {}
    for traffic in (0.01, 0.5):
        scenario = shop(busy(traffic), skus=skus, opening_stock=[])
        made = predict(scenario)
        assert made.factors is not None
        share = made.factors.on_average(made.mean.sum(axis=1))
        total = made.draw(300, seed=1).sum(axis=(1, 2))
        spread[traffic] = (share.sum(), total.std() / total.mean())
    assert spread[0.01][0] < 0.1 < 0.4 < spread[0.5][0]
    # The sum over products is as uneven as what they have in common, not evened out by their number.
    assert spread[0.5][1] > 2.5 * spread[0.01][1]


def test_goods_that_seldom_sell_do_not_hide_the_traffic_of_the_others():
    random = np.random.default_rng(5)
    traffic = np.exp(0.35 * random.standard_normal(60))
    usual = np.where(np.arange(300) < 50, 30.0, 0.2)
    units = random.poisson(usual[:, None] * traffic * random.gamma(8.0, 1 / 8, (300, 60))).astype(float)
    rows = [row for place, one in enumerate(units) if one.any() for row in weekly(one, f"S{place:03d}")]
    kind = {f"S{place:03d}": "fast" if place < 50 else "slow" for place in range(300)} | {"A": "slow", "NEW": "fast"}
    skus = [{"sku": sku, "category": category} for sku, category in kind.items()]
    made = predict(shop(rows, skus=skus, opening_stock=[{"location": "west", "sku": "NEW", "units": 5}]))
    assert made.factors is not None
    share, fast = made.factors.share.sum(axis=1), made.mean[:, 0] > 10.0
    assert share[fast].mean() > 0.25 > 0.1 > share[~fast].mean()
    assert share[made.sku == "NEW"] == pytest.approx(share[made.sku == "S000"])


def test_pairs_of_unlike_shares_have_in_common_what_both_have_of_a_factor():
    share = np.array([[0.8, 0.0, 0.0, 0.0]] * 2 + [[0.2, 0.0, 0.0, 0.0]])
    made = replace(normal(3, 1, 0.0), factors=Factors(np.zeros((3, 4), dtype=int), share))
    seen = np.corrcoef(made.draw(4000, seed=1)[:, :, 0].T)
    assert [seen[0, 1], seen[0, 2]] == pytest.approx([0.8, 0.4], abs=0.04)
