"""Weighted strata: every quantity has each share of its distribution on some path, in an order of its own."""

from __future__ import annotations

import numpy as np
from scipy import special

#: Weight of the path on which the rare long delays fall, from so many paths on.
RARE, RARE_FROM = 0.1, 4


def path_weights(count: int, rare: bool) -> np.ndarray:
    """Weights of so many paths, (P,), together 1: alike, but of the last one where that has the `rare` long delays."""
    if not rare:
        return np.full(count, 1.0 / count)
    return np.append(np.full(count - 1, (1.0 - RARE) / (count - 1)), RARE)


def levels(keys: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest level of the share of its distribution that each quantity has on each path, both of the shape
    of `keys` (P, ...).

    The paths of a quantity are put in the order of its keys, each takes as much as its weight: so the shares cover the
    whole distribution, tails included, whatever the number of paths, and quantities whose keys go together are high on
    the same paths (Latin hypercube with ranks, McKay et al. 1979, Iman and Conover 1982, here with weights).
    """
    order = np.argsort(keys, axis=0, kind="stable")
    after = np.cumsum(weights[order], axis=0)
    low, high = np.empty_like(keys), np.empty_like(keys)
    np.put_along_axis(high, order, np.minimum(after, 1.0), axis=0)
    np.put_along_axis(low, order, after - weights[order], axis=0)
    return np.maximum(low, 0.0), high


def normal(shape: tuple[int, ...], weights: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Independent standard normal scores, stratified over the paths, (P, *shape)."""
    low, high = levels(random.random((len(weights), *shape)), weights)
    return special.ndtri(low + (high - low) * random.random(low.shape).clip(1e-6, 1.0 - 1e-6))
