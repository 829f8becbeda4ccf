"""The forecast: what each SKU may sell in each region and period, as a distribution."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from optimizer.forecast.factors import Factors

#: Levels at which a forecast keeps its quantiles.
LEVELS = np.concatenate([[0.005, 0.01, 0.025], np.linspace(0.05, 0.95, 19), [0.975, 0.99, 0.995]])
#: Standard normal scores of the levels.
SCORES = special.ndtri(LEVELS)


def mean_of(quantiles: np.ndarray) -> np.ndarray:
    """Mean of the distributions with these quantiles at `LEVELS` (..., Q), linear in the score between them."""
    edges = np.concatenate([[-np.inf], SCORES[1:-1], [np.inf]])  # the outermost lines go on
    chance = np.diff(special.ndtr(edges))
    score = -np.diff(np.exp(-(edges**2) / 2) / np.sqrt(2 * np.pi))  # of a normal score, counted in each stretch only
    step = np.diff(SCORES)
    slope = np.diff(quantiles, axis=-1) / step
    return np.asarray((quantiles[..., :-1] - slope * SCORES[:-1]) @ chance + slope @ score)


@dataclass(frozen=True)
class Forecast:
    """Demand of S (SKU, region) pairs in P periods.

    `sku`, `region` (S,); `starts`, `ends` (P,): first day of each period and first day after it, datetime64[D];
    `mean`, `spread` (S, P): expected units and their standard deviation; `quantiles` (S, P, Q): units not exceeded
    with the probabilities `LEVELS`, never falling along the last axis. `persistence` (S,): the share of the variance of
    a pair's normal score that lasts from period to period, `fading` (S,): what is left of it a week later. `factors`:
    what the scores of pairs have in common; None where they are independent.
    """

    sku: np.ndarray
    region: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    quantiles: np.ndarray
    persistence: np.ndarray
    fading: np.ndarray
    factors: Factors | None = None

    def quantile(self, level: float) -> np.ndarray:
        """Units not exceeded with probability `level`, 0 < level < 1, (S, P)."""
        if not 0.0 < level < 1.0:
            raise ValueError(f"level = {level}: between 0 and 1")
        return self.at(np.full(self.mean.shape, special.ndtri(level)))

    def at(self, scores: np.ndarray) -> np.ndarray:
        """Units at standard normal scores (..., S, P): what a caller with factors of his own draws by.

        Between two levels the units are linear in the score, beyond the outermost they go on as between the last two.
        """
        low = np.clip(np.searchsorted(SCORES, scores) - 1, 0, len(SCORES) - 2)
        part = (scores - SCORES[low]) / (SCORES[low + 1] - SCORES[low])
        pair, period = np.arange(len(self.sku))[:, None], np.arange(len(self.starts))
        below, above = self.quantiles[pair, period, low], self.quantiles[pair, period, low + 1]
        return np.maximum(below + part * (above - below), 0.0)

    def probability(self, units: np.ndarray) -> np.ndarray:
        """Probability of no more than so many units (S, P): what `quantile` turns round."""
        low = np.clip((self.quantiles <= units[:, :, None]).sum(axis=2) - 1, 0, len(SCORES) - 2)
        below, above = (
            np.take_along_axis(self.quantiles, (low + step)[:, :, None], axis=2)[:, :, 0] for step in (0, 1)
        )
        part = np.divide(units - below, above - below, out=np.ones_like(units), where=above > below)
        return np.asarray(special.ndtr(SCORES[low] + part * (SCORES[low + 1] - SCORES[low])))

    def scores(self, random: np.random.Generator) -> np.ndarray:
        """Standard normal scores of one path (S, P).

        Part of the score of a pair lasts from period to period and fades, so that a pair that sells better than
        expected goes on to: without it the demand over a lead time would be far too even. What pairs have in common
        they have in both parts, so that each alone is as it would be without.
        """
        own = random.standard_normal((2, *self.mean.shape))
        alone, moved = own if self.factors is None else self.factors.mixed(own, random)
        lasting = np.empty_like(moved)
        middle = (self.starts.astype(float) + self.ends.astype(float)) / 2.0
        for place in range(moved.shape[1]):
            if not place:
                lasting[:, 0] = moved[:, 0]
                continue
            kept = self.fading ** ((middle[place] - middle[place - 1]) / 7.0)
            lasting[:, place] = kept * lasting[:, place - 1] + np.sqrt(1.0 - kept**2) * moved[:, place]
        part = self.persistence[:, None]
        return np.sqrt(part) * lasting + np.sqrt(1.0 - part) * alone

    def draw(self, paths: int, seed: int) -> np.ndarray:
        """Units on so many equally likely paths (paths, S, P); the first ones are the same however many there are."""
        return np.stack([self.at(self.scores(random)) for random in np.random.default_rng(seed).spawn(paths)])

    def only(self, pairs: np.ndarray) -> Forecast:
        """Some of the pairs: their places, or a mask."""
        rows = {
            name: getattr(self, name)[pairs]
            for name in ("sku", "region", "mean", "spread", "quantiles", "persistence", "fading")
        }
        return replace(self, **rows, factors=None if self.factors is None else self.factors.only(pairs))
