"""Prices of a round lie between the best ones so far and those of the master, as far as the smoothing says."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.decomposition.lagrangian import cleared, first_prices
from optimizer.decomposition.rounds import PLAIN, SMOOTHED, Smoothing, rounds
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, crew_of


class Heard:
    """A crew that keeps the prices that it is asked."""

    def __init__(self, crew) -> None:
        self._crew, self.prices = crew, []

    def call(self, method, prices, cuts):
        self.prices.append(prices)
        return self._crew.call(method, prices, cuts)


@pytest.mark.parametrize(("smoothing", "share"), [(PLAIN, 1.0), (SMOOTHED, 0.15), (Smoothing(first=0.3), 0.45)])
def test_the_second_round_goes_as_far_towards_the_masters_prices_as_the_smoothing_says(smoothing, share):
    # The first bound always rises, so that the first step grows by half: 0.1 to 0.15, 0.3 to 0.45, 1 stays the most.
    crew, linking, fullest = crew_of(catalogue(1))
    heard, masters = Heard(crew), []

    def follow(now):
        masters.append(now.mix.prices)
        return now.number == 2

    start = cleared(linking, first_prices(linking, fullest, Highs(), LIMITS))
    rounds(linking, heard, Highs(), LIMITS, start, 0, follow, smoothing)
    wanted = cleared(linking, start + share * (masters[0] - start))
    assert np.abs(masters[0] - start).max() > 1e-3
    assert heard.prices[1] == pytest.approx(wanted)


def test_steps_grow_after_a_round_that_raised_the_bound_and_shrink_after_one_that_did_not():
    smoothing = Smoothing(least=0.2, most=0.5, longer=2.0, shorter=0.5)
    assert [smoothing.next(step, True) for step in (0.2, 0.4)] == [0.4, 0.5]
    assert [smoothing.next(step, False) for step in (0.5, 0.3)] == [0.25, 0.2]
