"""What a history of sales promises, for the pairs that it knows and for products that are new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.forecast.choose import SPEED_NAMES, choose, speed
from optimizer.forecast.fit import Fit, Manner, fit
from optimizer.forecast.newcomers import newcomers, unsold, with_pairs
from optimizer.forecast.shape import Shape
from optimizer.forecast.weeks import Weeks, weeks
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class Outlook:
    """`history`: weeks of S pairs, those without a sale yet at its end; `speed` (S,): kind of mover of each; `manners`:
    how each kind of mover is forecast; `fits`: by manner; `wanted` (S,): whether anybody wants it. `told`: the outlook
    of pairs with sales of which the table `demand` tells as well, whose sales say how uneven they are; None without
    any. `whole`: the history of both.
    """

    history: Weeks
    speed: np.ndarray
    manners: tuple[Manner, ...]
    fits: Mapping[Manner, Fit]
    wanted: np.ndarray
    told: Outlook | None = None
    whole: Weeks | None = None

    @property
    def seasonal(self) -> bool:
        """Whether weeks of the year differ for any pair."""
        return any(self.manners[kind].season != "none" for kind in np.unique(self.speed))

    def shape(self, starts: np.ndarray, ends: np.ndarray) -> Shape:
        """The distribution of the units of each pair in periods [start, end), arrays of (S, P)."""
        shapes = {manner: found.shape(starts, ends) for manner, found in self.fits.items()}
        parts = {name: np.ones((len(self.speed), len(starts))) for name in ("chance", "size", "variation")}
        for kind in np.unique(self.speed):
            rows = self.speed == kind
            for name, values in parts.items():
                values[rows] = getattr(shapes[self.manners[kind]], name)[rows]
        parts["chance"] = np.where(self.wanted[:, None], parts["chance"], 0.0)
        return Shape(**parts)

    @property
    def lasting(self) -> np.ndarray:
        """Share of the variance of each pair that is the same in all weeks, since so little is known of it (S,)."""
        lasting = np.zeros(len(self.speed))
        for kind in np.unique(self.speed):
            rows = self.speed == kind
            lasting[rows] = self.fits[self.manners[kind]].pace.lasting[rows]
        return lasting


def learn(scenario: Scenario) -> Outlook:
    """The outlook from the `sales` of a scenario; the pairs that the table `demand` tells of stand apart, in `told`."""
    known = weeks(scenario)
    if not known.sold.shape[1]:
        nobody = np.zeros(0, dtype=np.int64)
        return Outlook(known, nobody, choose(known), {}, nobody.astype(bool))
    category = dict(zip(scenario["skus"]["sku"], scenario["skus"]["category"], strict=True))
    found = outlook(with_pairs(known, newcomers(scenario, known), category), choose(known))
    told = pd.MultiIndex.from_frame(scenario["demand"][["sku", "region"]])
    mine = ~pd.MultiIndex.from_arrays([found.history.sku, found.history.region]).isin(told)
    if mine.all():
        return found
    sold = found.history.first < found.history.sold.shape[1]
    return replace(only(found, mine), told=only(found, ~mine & sold), whole=found.history)


def outlook(history: Weeks, manners: tuple[Manner, ...]) -> Outlook:
    """The outlook of a history, each kind of mover forecast in its manner."""
    kind = speed(history)
    fits = {manners[place]: fit(history, manners[place]) for place in range(len(SPEED_NAMES)) if (kind == place).any()}
    anything = bool((history.sold + history.missed).any())
    return Outlook(history, kind, manners, fits, ~unsold(history) & anything)


def only(found: Outlook, pairs: np.ndarray) -> Outlook:
    """The outlook of some of the pairs: their places, or a mask."""
    fits = {manner: made.only(pairs) for manner, made in found.fits.items()}
    return Outlook(found.history.only(pairs), found.speed[pairs], found.manners, fits, found.wanted[pairs])
