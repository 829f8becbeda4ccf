"""What pairs have in common: season, event and traffic that a forecast has missed move many of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize

#: The groups that have a factor each: all pairs, those of a category, of a region, of a SKU.
KINDS = ("all", "category", "region", "sku")
#: Which factors two pairs share, by what they have in common: nothing, category, region, both, the SKU.
SHARED = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1]], dtype=float)
#: The most of the variance of a score that factors may take.
MOST = 0.9


@dataclass(frozen=True)
class Factors:
    """`group` (S, K): number of the group of each pair, by kind; `share` (S, K): the share of the variance of a pair's
    normal score that the factors of each kind take.
    """

    group: np.ndarray
    share: np.ndarray

    def mixed(self, own: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Independent standard normal numbers (..., S, P) with factors in common, standard normal as before."""
        mixed = np.sqrt(1.0 - self.share.sum(axis=1))[:, None] * own
        for kind in np.flatnonzero(self.share.any(axis=0)):
            group = self.group[:, kind]
            drawn = random.standard_normal((*own.shape[:-2], int(group.max(initial=-1)) + 1, own.shape[-1]))
            mixed += np.sqrt(self.share[:, kind])[:, None] * drawn[..., group, :]
        return mixed

    def only(self, pairs: np.ndarray) -> Factors:
        """Some of the pairs: their places, or a mask."""
        return Factors(self.group[pairs], self.share[pairs])

    def on_average(self, weight: np.ndarray) -> np.ndarray:
        """The share of each kind (K,), pairs weighed (S,)."""
        return np.asarray(weight @ self.share / max(float(weight.sum()), 1e-12))


def factors(sku: np.ndarray, region: np.ndarray, category: np.ndarray, share: np.ndarray) -> Factors:
    """The factors of pairs by their names, of which each has its share (S, K), or all the same (K,)."""
    numbers = [pd.factorize(names.astype(str), sort=True)[0] for names in (category, region, sku)]
    group = np.stack([np.zeros(len(sku), dtype=np.int64), *numbers], axis=1)
    return Factors(group, np.broadcast_to(share, group.shape))


def shares(trials: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> np.ndarray:
    """The share of each kind of factor (K,), from trials: normal scores (S, P), whether they are known, groups (S, K).

    The product of the scores of two pairs in a week is on average the sum of the shares of the factors that they have
    in common, so the means over pairs that have nothing, a category, a region, both, or the SKU in common tell them:
    least squares, none below nothing.
    """
    total, count = np.zeros(len(SHARED)), np.zeros(len(SHARED))
    square = number = 0.0
    for scores, known, group in trials:
        score = np.where(known, scores, 0.0)
        square, number = square + float((score**2).sum()), number + float(known.sum())
        for week in range(score.shape[1]):
            rows = np.flatnonzero(known[:, week])
            if len(rows) > 1:
                products, pairs = _by_class(score[rows, week], group[rows])
                total, count = total + products, count + pairs
    if square <= 0.0 or not count.sum():
        return np.zeros(len(KINDS))
    seen = np.divide(total, count, out=np.zeros_like(total), where=count > 0) / (square / number)
    weight = np.sqrt(count / count.sum())
    found = optimize.nnls(SHARED * weight[:, None], seen * weight)[0]
    return np.asarray(found * min(1.0, MOST / max(found.sum(), 1e-12)))


def _by_class(score: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sum of the products of two pairs' scores, and how many such products there are, by what they have in common."""
    of_all, of_category, of_region, of_sku = (_within(score, group[:, kind]) for kind in range(len(KINDS)))
    of_both = _within(score, pd.factorize(pd.MultiIndex.from_arrays([group[:, 1], group[:, 2]]))[0])
    nothing = of_all - of_category - of_region + of_both
    classes = [nothing, of_category - of_both - of_sku, of_region - of_both, of_both, of_sku]
    return np.array([one[0] for one in classes]), np.array([one[1] for one in classes])


def _within(score: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Sum and number of the products of all two members of one group."""
    sums, members = np.bincount(group, score), np.bincount(group).astype(float)
    return np.array([(sums**2).sum() - (score**2).sum(), (members**2 - members).sum()])
