"""Paired differences and their intervals, against what scipy says and what is worked out by hand."""

import numpy as np
import pytest
from scipy import stats

from optimizer.simulation.backtest.differences import by_bootstrap, by_t, difference


def test_with_the_same_base_for_all_blocks_the_interval_is_that_of_a_paired_t_test():
    random = np.random.default_rng(3)
    ours, theirs = random.normal(90, 10, 12), random.normal(100, 10, 12)
    found = difference(ours, theirs, np.ones(12), np.arange(12))
    told = stats.ttest_rel(ours, theirs).confidence_interval(0.95)
    assert found.by_t == pytest.approx((told.low, told.high))
    assert found.share == pytest.approx((ours - theirs).mean())


def test_the_share_is_that_of_the_sums_not_the_mean_of_shares():
    """-10 of 100 and -90 of 300: 100 of 400 in all; the mean of -10 % and -30 % would be -20 %."""
    found = difference([90, 210], [100, 300], [100, 300], [0, 1])
    assert found.share == pytest.approx(-0.25) and found.mean == pytest.approx(-50)


def test_a_ratio_has_the_interval_of_its_residuals():
    """Gaps -1, -2, -6 of bases 10, 20, 30: share -0.15; residuals 0.5, 1, -1.5, over the mean base of 20."""
    low, high = by_t(np.array([-1.0, -2.0, -6.0]), np.array([10.0, 20.0, 30.0]))
    half = stats.t.ppf(0.975, 2) * np.std([0.025, 0.05, -0.075], ddof=1) / np.sqrt(3)
    assert (low, high) == pytest.approx((-0.15 - half, -0.15 + half))


@pytest.mark.parametrize("seeds", [1, 5])
def test_one_block_tells_no_interval_and_nothing_for_certain_however_many_draws_of_delays(seeds: int):
    found = difference([80.0] * seeds, [100.0] * seeds, [50.0] * seeds, [0] * seeds)
    assert found.share == pytest.approx(-0.4)
    assert found.by_t is None and found.interval is None and not found.certain


def test_no_pairs_at_all_are_a_mistake():
    with pytest.raises(ValueError, match="no pairs"):
        difference([], [], [], [])


def test_without_a_base_there_is_no_share():
    found = difference([1.0, 2.0], [1.0, 1.0], [0.0, 0.0], [0, 1])
    assert np.isnan(found.share) and found.interval is None and not found.certain


def test_pairs_that_all_differ_alike_are_certain():
    found = difference([90.0, 45.0, 180.0], [100.0, 50.0, 200.0], [100.0, 50.0, 200.0], [0, 1, 2])
    assert found.interval == pytest.approx((-0.1, -0.1)) and found.certain


def test_policies_that_are_the_same_do_not_differ_for_certain():
    found = difference([90.0, 45.0], [90.0, 45.0], [100.0, 50.0], [0, 1])
    assert found.interval == (0.0, 0.0) and not found.certain


def test_the_bootstrap_is_that_of_scipy():
    random = np.random.default_rng(5)
    gap, base = random.normal(-20, 15, 25), random.uniform(80, 120, 25)
    told = stats.bootstrap(
        (gap, base), lambda gap, base, axis: gap.sum(axis=axis) / base.sum(axis=axis), paired=True, vectorized=True,
        method="percentile", n_resamples=9_999, random_state=1,
    ).confidence_interval  # fmt: skip
    assert by_bootstrap(gap, base) == pytest.approx((told.low, told.high), abs=0.005)


def test_seeds_of_the_same_block_do_not_stand_for_more_blocks():
    """Four blocks differ by -30, -10, 10 and 30 of 1; ten seeds of each say the same. Taken as 40 pairs the mean 0
    would lie within 8 of the truth; of four blocks the deviation is 25.8, that of their mean 12.9, and Student's t with
    three degrees of freedom 3.18.
    """
    block = np.repeat(np.arange(4), 10)
    gap = np.array([-30.0, -10.0, 10.0, 30.0])[block]
    found = difference(gap, np.zeros(40), np.ones(40), block)
    assert found.interval == found.by_t == pytest.approx((-41.1, 41.1), abs=0.05)
    assert (found.pairs, found.blocks) == (40, 4)


def test_blocks_of_different_sizes_count_by_their_sums():
    """A block of one pair that differs by -8, and one of three that differ by 0, of 1 a pair: -8 of 1 and 0 of 3. The
    share is -2; the residuals are -6 and 6, over the mean base of 2.
    """
    found = difference([-8.0, 0.0, 0.0, 0.0], np.zeros(4), np.ones(4), [0, 1, 1, 1])
    half = stats.t.ppf(0.975, 1) * np.std([-3, 3], ddof=1) / np.sqrt(2)
    assert found.by_t == pytest.approx((-2 - half, -2 + half))
    assert found.by_bootstrap == (-8.0, 0.0)


def test_intervals_hold_the_truth_as_often_as_they_say():
    """400 samples of 8 blocks whose true share is -0.2."""
    random, held = np.random.default_rng(11), 0
    for _ in range(400):
        base = random.uniform(50, 150, 8)
        low, high = by_t(-0.2 * base + random.normal(0, 10, 8), base)
        held += low <= -0.2 <= high
    assert 0.92 <= held / 400 <= 0.98
