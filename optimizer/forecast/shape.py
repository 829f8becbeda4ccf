"""The distribution of the units of one period: none with some chance, otherwise gamma."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from optimizer.forecast.pace import MOST, Pace

LEAST_VARIATION = 1e-3


@dataclass(frozen=True)
class Shape:
    """With probability `chance` the units are gamma with mean `size` and squared coefficient of variation `variation`,
    otherwise none. Arrays of one shape.
    """

    chance: np.ndarray
    size: np.ndarray
    variation: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """Expected units."""
        return self.chance * self.size

    @property
    def spread(self) -> np.ndarray:
        """Standard deviation of the units."""
        second = self.chance * self.size**2 * (1.0 + self.variation)
        return np.sqrt(np.maximum(second - self.mean**2, 0.0))

    def wider(self, times: np.ndarray) -> Shape:
        """The shape with so many times the standard deviation, as far as sizes can give it, and the same mean."""
        second = ((self.spread * times) ** 2 + self.mean**2) / np.maximum(self.chance, 1e-300)
        variation = second / np.maximum(self.size, 1e-150) ** 2 - 1.0
        return Shape(self.chance, self.size, np.maximum(variation, LEAST_VARIATION))

    def quantile(self, level: np.ndarray | float) -> np.ndarray:
        """Units not exceeded with probability `level` (of a shape that broadcasts with the arrays)."""
        above = 1.0 - (1.0 - np.asarray(level)) / np.maximum(self.chance, 1e-300)
        return np.where(above > 0, self._gamma(np.clip(above, 0.0, 1.0 - 1e-12)), 0.0)

    def probability(self, units: np.ndarray) -> np.ndarray:
        """Probability of no more than `units` (of a shape that broadcasts with the arrays)."""
        grade = 1.0 / self.variation
        within = special.gammainc(grade, grade * np.maximum(units, 0.0) / np.maximum(self.size, 1e-300))
        return 1.0 - self.chance + self.chance * within

    def mean_above(self, units: np.ndarray) -> np.ndarray:
        """Expected units, where it is known that there were no less than `units`."""
        grade = 1.0 / self.variation
        scaled = grade * units / np.maximum(self.size, 1e-300)
        beyond, weighed = special.gammaincc(grade, scaled), special.gammaincc(grade + 1.0, scaled)
        found = self.size * np.divide(weighed, beyond, out=np.ones_like(beyond), where=beyond > 1e-12)
        return np.where(units > 0, np.maximum(found, units), self.mean)

    def variance_above(self, units: np.ndarray) -> np.ndarray:
        """Variance of the units, where it is known that there were no less than `units` and any at all."""
        grade = 1.0 / self.variation
        scaled = grade * np.maximum(units, 0.0) / np.maximum(self.size, 1e-300)
        beyond = special.gammaincc(grade, scaled)
        first, second = (
            np.divide(special.gammaincc(grade + step, scaled), beyond, out=np.ones_like(beyond), where=beyond > 1e-12)
            for step in (1.0, 2.0)
        )
        found = self.size**2 * ((1.0 + self.variation) * second - first**2)
        return np.where(beyond > 1e-12, np.maximum(found, 0.0), 0.0)

    def _gamma(self, level: np.ndarray) -> np.ndarray:
        grade = 1.0 / self.variation
        return np.asarray(special.gammaincinv(grade, level) / grade * self.size)


def weekly(pace: Pace) -> Shape:
    """The units of a week without season. Not knowing the size makes them more uneven, and their mean larger than what
    is usual: a size that may as well be twice as large as half is a quarter above on average.
    """
    more, variation = np.exp(pace.doubt), np.maximum(pace.variation, LEAST_VARIATION)
    return Shape(pace.frequency, pace.size * np.sqrt(more), (1.0 + variation) * more - 1.0)


def over_days(week: Shape, days: np.ndarray, season: np.ndarray, doubt: np.ndarray) -> Shape:
    """Units of periods of so many days (P,), times the season (S, P) there; `week` holds arrays of (S,).

    Days are independent of each other but for what is not known of all of them, `doubt` (S,), the variance of the
    logarithm of their units: mean and variance grow with their number, the variance from doubt with its square.
    """
    share = days[None, :] / 7.0
    mean = week.mean[:, None] * share
    common = week.mean**2 * np.expm1(doubt)
    alone = np.maximum(week.spread**2 - common, 0.0)
    variance = alone[:, None] * share + common[:, None] * share**2
    chance = np.clip(1.0 - (1.0 - np.minimum(week.chance, MOST)[:, None]) ** share, 1e-9, 1.0)
    size = mean / chance
    second = (variance + mean**2) / chance
    variation = np.maximum(second / np.maximum(size, 1e-300) ** 2 - 1.0, LEAST_VARIATION)
    return Shape(chance, size * season, variation)
