"""A policy: told what is known in a week, it decides what is due in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd

from optimizer.scenario.scenario import Scenario
from optimizer.simulation.scene import Scene


@dataclass(frozen=True)
class Known:
    """What a planner knows on the morning of a week, once this week's arrivals are in.

    L stores, S SKUs, C customers regions, as `scene` names them. `on_hand` (L, S); `on_order` (L, S): ordered or sent,
    and not there yet. `sold` (C, S, H): units sold in each week so far, the oldest first, from before the replay on;
    `in_stock` (C, S, H): the share of the week in which they could be had, as shelves and sales tell it; what was
    wanted of goods that were not there nobody knows. `aboard`: units of each SKU (S,) on a departure (positions of lane
    and week) that were sent or ordered before.
    """

    week: int
    scene: Scene
    on_hand: np.ndarray
    on_order: np.ndarray
    sold: np.ndarray
    in_stock: np.ndarray
    aboard: Mapping[tuple[int, int], np.ndarray]
    roll: Callable[[], Scenario]
    look: Callable[[], np.ndarray]

    @cached_property
    def coming(self) -> np.ndarray:
        """What is on order by the week, counted from this one, in which it is expected (L, S, weeks)."""
        return self.look()

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as of this week: stock by lot, goods under way with the day on which they are expected, sales so
        far, weekly periods from this week on.
        """
        return self.roll()


@dataclass(frozen=True)
class Decisions:
    """What is decided in a week.

    `ship`: lane, sku, week (of departure, counted from the first week of the replay), units; all must fall due in this
    week: what leaves a warehouse now, what must be ordered now. `deliver`: location, region, sku, units: from where
    regions are to be served in this week, and what is cleared; None: whoever serves at the least cost. `serve_rest`:
    what is wanted beyond `deliver` is served too, as long as there is stock. `reckoned`: location, sku, units that
    customers are reckoned to take at most; where they take more, as much less is cleared. `missed`: no plan was found
    for the week, and what is done in it was decided before. `gap`: how far the plan may be from the best one, as a
    share of its mission cost.
    """

    ship: pd.DataFrame
    deliver: pd.DataFrame | None = None
    serve_rest: bool = True
    reckoned: pd.DataFrame | None = None
    missed: bool = False
    gap: float | None = None


class Policy(Protocol):
    """A way to decide."""

    @property
    def name(self) -> str:
        """What the policy is called."""
        ...

    def decide(self, known: Known) -> Decisions:
        """What is due in this week."""
        ...
