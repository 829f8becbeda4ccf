"""How much one policy differs from another, and how sure that is: paired differences and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

#: Share of repetitions in which an interval holds what is true.
LEVEL = 0.95
#: Fewer blocks tell nothing of how much demand differs from block to block.
LEAST_BLOCKS = 2
#: Resamples of the bootstrap, and the seed that draws them.
RESAMPLES, SEED = 4_000, 1


@dataclass(frozen=True)
class Difference:
    """The mean of paired differences, `share`: that mean as a share of the mean of a base.

    `by_t` and `by_bootstrap`: ends of the intervals of the share, None where there are too few blocks to tell: by
    Student's t, for a ratio on its residuals; and by resampling. Both take a block's pairs together.
    """

    pairs: int
    blocks: int
    mean: float
    share: float
    by_t: tuple[float, float] | None
    by_bootstrap: tuple[float, float] | None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The smallest interval that holds both: few blocks fool either of them alone."""
        if self.by_t is None or self.by_bootstrap is None:
            return None
        return min(self.by_t[0], self.by_bootstrap[0]), max(self.by_t[1], self.by_bootstrap[1])

    @property
    def certain(self) -> bool:
        """Whether the whole interval lies on one side of 0."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)


def difference(
    ours: ArrayLike, theirs: ArrayLike, base: ArrayLike, blocks: Sequence[int] | np.ndarray, level: float = LEVEL
) -> Difference:
    """How `ours` differs from `theirs` as a share of `base`: all of shape (pairs,), in the same order.

    `blocks`: the block of SKUs of each pair. Pairs of one block see the same demand, so more draws of delays do not
    tell more of other demand: what counts is the sum of each block, and how many blocks there are. The share is NaN
    where the base is nothing. Raises ValueError without pairs.
    """
    gap, base = np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float), np.asarray(base, dtype=float)
    if not len(gap):
        raise ValueError("no pairs to compare")
    block = np.unique(np.asarray(blocks), return_inverse=True)[1]
    share = ratio(gap, base)
    gaps, bases = np.bincount(block, gap), np.bincount(block, base)
    told = len(gaps) >= LEAST_BLOCKS and bool(np.isfinite(share))
    return Difference(
        pairs=len(gap),
        blocks=len(gaps),
        mean=float(gap.mean()),
        share=share,
        by_t=by_t(gaps, bases, level) if told else None,
        by_bootstrap=by_bootstrap(gaps, bases, level) if told else None,
    )


def ratio(gap: np.ndarray, base: np.ndarray) -> float:
    """The sum of the differences over that of the base; NaN where that is nothing."""
    total = float(base.sum())
    return float(gap.sum()) / total if total > 0 else float("nan")


def by_t(gap: np.ndarray, base: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """Ends of the interval of a ratio of sums by Student's t, of one entry for each block, with one degree of freedom
    less than blocks: linear about the ratio, so that with a base that is the same for all blocks it is the usual
    interval of paired differences (Cochran, Sampling Techniques, chapter 6).
    """
    share, count = ratio(gap, base), len(gap)
    residual = (gap - share * base) / base.mean()
    half = float(stats.t.ppf((1 + level) / 2, count - 1) * residual.std(ddof=1) / np.sqrt(count))
    return share - half, share + half


def by_bootstrap(gap: np.ndarray, base: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """Ends of the percentile interval of a ratio of sums over resamples of blocks, one entry for each (Davison and
    Hinkley, Bootstrap Methods, section 3.8).
    """
    drawn = np.random.default_rng(SEED).integers(0, len(gap), (RESAMPLES, len(gap)))
    above, below = gap[drawn].sum(axis=1), base[drawn].sum(axis=1)
    shares = np.divide(above, below, out=np.full(RESAMPLES, np.nan), where=below > 0)
    low, high = np.nanquantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
