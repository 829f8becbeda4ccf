"""Local search over states of held whole numbers: a descent, then others, each begun some random steps off the best.

Source: Lourenco, Martin and Stutzle (2003), Iterated local search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from optimizer.decomposition.held import Held

#: The states next to one, each (k,).
Neighbours = Callable[[np.ndarray], Sequence[np.ndarray]]
#: Smaller gains are noise of the solver.
GAIN = 1e-3
#: Steps to random neighbours after which a descent begins anew, and how many of those in a row may bring nothing:
#: after three of them in place of one the same bookings were found, a third later.
KICKS, IN_VAIN = 3, 1


def descents(
    held: Held, state: np.ndarray, neighbours: Neighbours, random: np.random.Generator, stop: Callable[[], bool]
) -> Iterator[np.ndarray]:
    """Ever better states (k,), from a state that has an answer until `stop` says so or some descents have brought
    nothing; `held.x` is the answer around the one that was given last.
    """
    best, least, in_vain = state, np.inf, 0
    while not stop() and in_vain < IN_VAIN:
        state, cost = descend(held, state, neighbours, random, stop)
        in_vain += 1
        if cost < least - GAIN:
            best, least, in_vain = state, cost, 0
            yield best
        state = best
        for _ in range(KICKS):
            near = neighbours(state)
            state = near[int(random.integers(len(near)))] if near else state


def descend(
    held: Held, state: np.ndarray, neighbours: Neighbours, random: np.random.Generator, stop: Callable[[], bool]
) -> tuple[np.ndarray, float]:
    """The state (k,) at the end of a descent from `state`, with its cost; `held.x` is the answer around it. It ends
    where no neighbour costs less, or when `stop` says so.

    Neighbours that cannot cost less by the reduced costs of the state are never solved.
    """
    cost = held.value(state)
    if not np.isfinite(cost):
        return state, cost
    reduced, better = held.keep(), True
    while better:
        better = False
        for other in _promising(neighbours(state), state, reduced, random):
            if stop():
                break
            found = held.value(other, cost - GAIN)
            if found < cost - GAIN:
                state, cost, reduced, better = other, found, held.keep(), True
                break
    return state, cost


def _promising(
    near: Sequence[np.ndarray], state: np.ndarray, reduced: np.ndarray, random: np.random.Generator
) -> list[np.ndarray]:
    """Those that may cost less, in random order."""
    gain = np.array([reduced @ (other - state) for other in near])
    places = np.flatnonzero(gain < -GAIN)
    return [near[place] for place in random.permutation(places)]
