"""Rounds of prices and answers: column generation on the linking rows (Dantzig and Wolfe 1960), a bound each round.

Prices are asked between the best ones so far and those of the master (in-out smoothing: Wentges 1997, Pessoa et al.
2018): nearer to the master's after a round that raised the bound, nearer to the best ones after one that did not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.decomposition.crew import Crew
from optimizer.decomposition.lagrangian import cleared, linking_bound
from optimizer.decomposition.master import Linking, Master, Standing
from optimizer.decomposition.part import Answers
from optimizer.solvers.solver import Limits, Solver


@dataclass(frozen=True)
class Smoothing:
    """First, least and largest step from the best prices towards the master's, and by what steps grow or shrink."""

    first: float = 0.1
    least: float = 0.05
    most: float = 1.0
    longer: float = 1.5
    shorter: float = 0.5

    def next(self, step: float, rises: bool) -> float:
        """The step after one whose bound did rise, or did not."""
        return min(step * self.longer, self.most) if rises else max(step * self.shorter, self.least)


SMOOTHED = Smoothing()
#: Prices are always those of the master: plain column generation.
PLAIN = Smoothing(first=1.0, least=1.0)


@dataclass(frozen=True)
class Round:
    """How the rounds stand: the best bound and its prices, the cost of the master's mix, what the last bound was."""

    number: int
    bound: float
    prices: np.ndarray
    mix: Standing
    last: float
    master: Master


#: Hears of each round; true ends the rounds.
Follow = Callable[[Round], bool]


def rounds(
    linking: Linking, crew: Crew, solver: Solver, limits: Limits, prices: np.ndarray, cuts: int, follow: Follow,
    smoothing: Smoothing = SMOOTHED,
) -> Round:  # fmt: skip
    """Rounds from `prices` (links,) until `follow` ends them; a block may add up to `cuts` rounds of cuts each time."""
    master: Master | None = None
    best, centre, number, step = -np.inf, cleared(linking, prices), 0, smoothing.first
    asked = centre
    while True:
        number += 1
        answers = crew.call("answer", asked, cuts)
        bound = sum(answer.bound for answer in answers) + linking_bound(linking, asked, solver, limits)
        rises = bound > best
        best, centre = (bound, asked) if rises else (best, centre)
        master = master or Master(linking, sum(len(answer.cost) for answer in answers))
        mix = _mixed(master, answers)
        now = Round(number, best, centre, mix, bound, master)
        if follow(now):
            return now
        step = smoothing.next(step, rises)
        asked = cleared(linking, centre + step * (mix.prices - centre))


def _mixed(master: Master, answers: list[Answers]) -> Standing:
    cost = np.concatenate([answer.cost for answer in answers])
    master.add(cost, np.concatenate([answer.usage for answer in answers]))
    return master.solve()
