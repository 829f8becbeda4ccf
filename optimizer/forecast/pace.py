"""How often a pair sells, how much then, and how unevenly: what is known of itself, and of others like it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

#: Weeks of its own history that weigh as much as what pairs like it tell, for the share of weeks with sales.
FREQUENCY_WEIGHT = 3.0
#: Weeks with sales that weigh as much as others, for the units of such a week, and for how uneven they are.
SIZE_WEIGHT, VARIATION_WEIGHT = 0.5, 3.0
#: Pairs that weigh as much as what `SIZE_WEIGHT` says of how far pairs lie apart.
DOUBT_WEIGHT = 1.0
#: No size is less sure than this (variance of its logarithm): its mean is at most e times the usual size.
MOST_DOUBT = 2.0
#: Weeks of a category in a region that weigh as much as the region as a whole.
CATEGORY_WEIGHT = 20.0
#: Sales of a SKU that weigh as much as the guess that it sells as often as any other.
SKU_WEIGHT = 3.0
LEAST, MOST = 1e-4, 0.999


@dataclass(frozen=True)
class Pace:
    """Of S pairs: `frequency`, the share of weeks with sales; `size`, usual units of a week with sales; `variation`,
    the squared coefficient of variation of these units; `doubt`: of pairs without a sale, whose size is that of others,
    the variance of its logarithm, 0 for all that have sold. All (S,).
    """

    frequency: np.ndarray
    size: np.ndarray
    variation: np.ndarray
    doubt: np.ndarray

    @property
    def lasting(self) -> np.ndarray:
        """Of pairs without a sale, the share of the variance of a week that is the same in all weeks, since it comes
        from not knowing how often and how much they sell; 0 for all that have sold (S,).
        """
        often, more, unsure = self.frequency, np.exp(self.doubt), 1.0 / (1.0 + FREQUENCY_WEIGHT)
        same, whole = (often + (1.0 - often) * unsure) * more - often, (1.0 + self.variation) * more - often
        return np.where(self.doubt > 0, same / np.maximum(whole, 1e-9), 0.0)

    def only(self, pairs: np.ndarray) -> Pace:
        """Some of the pairs: their places, or a mask."""
        return Pace(*(getattr(self, field.name)[pairs] for field in fields(self)))


@dataclass(frozen=True)
class Groups:
    """Numbers of the SKU, the region, and the category in its region of S pairs (S,)."""

    sku: np.ndarray
    region: np.ndarray
    kind: np.ndarray


def groups(sku: np.ndarray, region: np.ndarray, category: np.ndarray) -> Groups:
    """The groups of pairs by their names."""
    kind = pd.MultiIndex.from_arrays([region, category]).factorize(sort=True)[0]
    return Groups(pd.factorize(sku, sort=True)[0], pd.factorize(region, sort=True)[0], kind)


def pace(
    units: np.ndarray, known: np.ndarray, first: np.ndarray, like: Groups, memory: float,
    doubt: np.ndarray | None = None,
) -> Pace:  # fmt: skip
    """The pace of pairs at the end of their history.

    `units` (S, W): demand of each week, rid of season; `known` (S, W): how much of a week counts; `first` (S,): week of
    the first sale, W for a pair that has none. `memory`: what a week counts against the week after it. `doubt` (S, W):
    variance of units that are not known but expected; without it all that sold out would seem to be sold evenly. Share
    of weeks and size are smoothed apart from each other and every week, as in Teunter, Syntetos and Babai (2011), here
    as discounted means, which need no starting value; each is drawn towards pairs like it, the more the less is known.
    """
    count = units.shape[1]
    weight = known * memory ** np.arange(count - 1, -1, -1.0)[None, :]
    sells = units > 0
    frequency = _frequency(weight, sells, first, like)
    of_sales = weight * sells
    (size, apart), variation = _sizes(of_sales, units, like), _variation(known * sells, units, doubt)
    return Pace(frequency, size, variation, _doubt(of_sales.sum(axis=1), variation, apart, like))


def _frequency(weight: np.ndarray, sells: np.ndarray, first: np.ndarray, like: Groups) -> np.ndarray:
    """The week of the first sale does not count: without it the pair would not be known."""
    rows = np.flatnonzero(first < weight.shape[1])
    weight = weight.copy()
    weight[rows, first[rows]] = 0.0
    told, sold = weight.sum(axis=1), (weight * sells).sum(axis=1)
    # Where nothing is told of any other week, the week of the first sale is all that may go on.
    overall = (sold.sum() + float(len(rows) > 0)) / (told.sum() + 1.0)
    by_region = (_total(sold, like.region) + overall) / (_total(told, like.region) + 1.0)
    usual = by_region[like.region]
    weighed = CATEGORY_WEIGHT
    by_kind = (_total(sold, like.kind) + weighed * _first(usual, like.kind)) / (_total(told, like.kind) + weighed)
    usual = by_kind[like.kind]
    often = (_total(sold, like.sku) + SKU_WEIGHT) / (_total(told * usual, like.sku) + SKU_WEIGHT)
    usual = np.clip(usual * often[like.sku], LEAST, MOST)
    return np.clip((sold + FREQUENCY_WEIGHT * usual) / (told + FREQUENCY_WEIGHT), LEAST, MOST)


def _sizes(weight: np.ndarray, units: np.ndarray, like: Groups) -> tuple[np.ndarray, np.ndarray]:
    """Its own mean, drawn towards what the SKU sells elsewhere and its kind sells here, as ratios; and how far the
    logarithm of its own mean lies from what is usual for its kind (0 without a sale).
    """
    sold = weight.sum(axis=1)
    mean = np.divide((weight * units).sum(axis=1), sold, out=np.ones(len(units)), where=sold > 0)
    log = np.log(np.maximum(mean, 1e-9))
    overall = (sold * log).sum() / max(sold.sum(), 1e-9)
    by_region = (_total(sold * log, like.region) + overall) / (_total(sold, like.region) + 1.0)
    usual = by_region[like.region]
    by_kind = (_total(sold * log, like.kind) + CATEGORY_WEIGHT * _first(usual, like.kind)) / (
        _total(sold, like.kind) + CATEGORY_WEIGHT
    )
    usual = by_kind[like.kind]
    apart = np.where(sold > 0, log - usual, 0.0)
    usual = usual + (_total(sold * (log - usual), like.sku) / (_total(sold, like.sku) + 1.0))[like.sku]
    return np.exp((sold * log + SIZE_WEIGHT * usual) / (sold + SIZE_WEIGHT)), apart


def _variation(weight: np.ndarray, units: np.ndarray, doubt: np.ndarray | None) -> np.ndarray:
    """Squared deviation from the mean of all weeks with sales, over the square of it, drawn towards that of all."""
    sold = weight.sum(axis=1)
    mean = np.divide((weight * units).sum(axis=1), sold, out=np.ones(len(units)), where=sold > 0)
    squares = (weight * (units / mean[:, None] - 1.0) ** 2).sum(axis=1)
    freedom = np.maximum(sold - 1.0, 0.0)
    if doubt is not None:
        squares += (weight * doubt).sum(axis=1) * freedom / np.maximum(sold, 1.0) / mean**2
    usual = squares.sum() / freedom.sum() if freedom.sum() > 0 else 1.0
    return (squares + VARIATION_WEIGHT * usual) / (freedom + VARIATION_WEIGHT)


def _doubt(sold: np.ndarray, variation: np.ndarray, apart: np.ndarray, like: Groups) -> np.ndarray:
    """Variance of the logarithm of sizes that are drawn from others: how far pairs lie `apart`, without what chance
    makes of their few sales, and what `SIZE_WEIGHT` says of it; half of it where the SKU has sold elsewhere. That of
    pairs with a sale is in the trials, which put their levels right.
    """
    within, trust = np.log1p(variation), sold / (sold + 1.0)
    seen = max(float((trust * apart**2).sum() - (within / (sold + 1.0))[sold > 0].sum()), 0.0)
    between = (seen + DOUBT_WEIGHT * within / SIZE_WEIGHT) / (trust.sum() + DOUBT_WEIGHT)
    elsewhere = _total(sold, like.sku)[like.sku]
    between = between / (1.0 + elsewhere / (elsewhere + 1.0))
    return np.where(sold > 0, 0.0, np.minimum(between, MOST_DOUBT))


def _total(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    return np.bincount(group, values, minlength=int(group.max()) + 1 if len(group) else 0)


def _first(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The value of each group, where it is the same for all its members."""
    found = np.zeros(int(group.max()) + 1 if len(group) else 0)
    found[group] = values
    return found
