"""Normal scores of demand on sample paths, tied together by what many products share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optimizer.forecast.forecast import Forecast
from optimizer.forecast.paths.strata import normal

#: Shares of the variance of a score that lasts which a pair has in common with others: all of them (the market), those
#: of its region (season and platform traffic there), of its category, and of its SKU elsewhere.
LASTING = {"market": 0.10, "region": 0.10, "category": 0.15, "sku": 0.25}
#: The same of what is of one period alone: events, and the traffic of a platform.
PASSING = {"market": 0.05, "region": 0.10, "sku": 0.10}
#: What is left of a common factor a week later.
FADING = 0.95

#: Of each kind, the factor that a pair belongs to, or its share (S,).
Groups = Mapping[str, np.ndarray]


class Factors:
    """Common factors on every path, drawn once for all pairs. `shares` (S,): of their variance, where trials have told
    them (`forecast.factors`), by name; otherwise `LASTING` and `PASSING` stand for them.
    """

    def __init__(
        self, groups: Groups, middle: np.ndarray, weights: np.ndarray, random: np.random.Generator,
        shares: Groups | None = None,
    ) -> None:  # fmt: skip
        self._weights, self._middle, self._groups = weights, middle, groups
        count = len(groups["market"])
        told = [{name: np.full(count, share) for name, share in parts.items()} for parts in (LASTING, PASSING)]
        self._shares: tuple[Groups, Groups] = (shares, shares) if shares else (told[0], told[1])
        counts = {name: int(codes.max(initial=-1)) + 1 for name, codes in groups.items()}
        self._lasting = {name: self._walk(np.full(counts[name], FADING), random) for name in self._shares[0]}
        self._passing = {name: normal((counts[name], len(middle)), weights, random) for name in self._shares[1]}

    def scores(self, forecast: Forecast, pairs: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Scores of some pairs (positions), (P, pairs, periods): those of `Forecast.scores`, but tied together."""
        own = self._walk(forecast.fading[pairs], random)
        alone = normal((len(pairs), len(self._middle)), self._weights, random)
        lasting = self._mixed(self._shares[0], self._lasting, own, pairs)
        passing = self._mixed(self._shares[1], self._passing, alone, pairs)
        part = forecast.persistence[pairs][:, None]
        return np.sqrt(part) * lasting + np.sqrt(1.0 - part) * passing

    def _mixed(self, shares: Groups, common: Groups, own: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        alone = 1.0 - np.sum([share[pairs] for share in shares.values()], axis=0)
        mixed = np.sqrt(alone)[:, None] * own
        for name, share in shares.items():
            mixed += np.sqrt(share[pairs])[:, None] * common[name][:, self._groups[name][pairs]]
        return mixed

    def _walk(self, fading: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Scores that fade from period to period, (P, factors, periods)."""
        moved = normal((len(fading), len(self._middle)), self._weights, random)
        for place in range(1, len(self._middle)):
            kept = fading ** ((self._middle[place] - self._middle[place - 1]) / 7.0)
            moved[:, :, place] = kept * moved[:, :, place - 1] + np.sqrt(1.0 - kept**2) * moved[:, :, place]
        return moved
