"""What factors in common are worth: how often intervals of sums over pairs hold, with them and without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.forecast.calibration import origins
from optimizer.forecast.choose import AHEAD, ahead, choose
from optimizer.forecast.factors import KINDS, factors
from optimizer.forecast.lessons import lessons
from optimizer.forecast.outlook import outlook
from optimizer.forecast.predict import forecast_of
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

PATHS, SEED = 200, 1
#: What is summed over: the regions of a SKU, the SKUs of a region, all.
SUMS = ("sku", "region", "all")


def totals(history: Weeks) -> list[dict[str, Any]]:
    """By what is summed: the share of sums within their central interval of 80 %, of single weeks and of all weeks
    ahead together, with factors and without.
    """
    held: dict[str, list[np.ndarray]] = {name: [] for name in SUMS}
    for week in origins(history.sold.shape[1]):
        then = history.before(week)
        manners = choose(then)
        found, taught = outlook(then, manners), lessons(then, manners)
        starts = then.until + np.arange(AHEAD) * WEEK * DAY
        plain = forecast_of(found, taught, starts, starts + WEEK * DAY)
        known = factors(then.sku, then.region, then.category, taught.shares[found.speed])
        drawn = [made.draw(PATHS, SEED) for made in (replace(plain, factors=known), plain)]
        units, _ = ahead(history, week, AHEAD)
        for name in SUMS:
            group = known.group[:, KINDS.index(name)]
            held[name].append(np.concatenate([_held(paths, units, group) for paths in drawn]))
    return [
        dict(zip(("sum", "with", "with_together", "without", "without_together"),
                 (name, *map(float, np.mean(found, axis=0))), strict=True))
        for name, found in held.items() if found
    ]  # fmt: skip


def _held(paths: np.ndarray, units: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Share of sums by group within the interval of the drawn ones: of weeks, and of all weeks together."""
    count = int(group.max(initial=-1)) + 1
    drawn, real = np.zeros((len(paths), count, units.shape[1])), np.zeros((count, units.shape[1]))
    np.add.at(drawn, (slice(None), group), paths)
    np.add.at(real, group, units)
    shares = []
    for sums, truth in ((drawn, real), (drawn.sum(axis=2), real.sum(axis=1))):
        low, high = np.quantile(sums, [0.1, 0.9], axis=0)
        shares.append(float(np.mean((truth >= low) & (truth <= high))))
    return np.array(shares)
