"""One run of a back-test: a policy on a block of SKUs with one draw of delays, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Seeds of the delays of one block lie so far from those of the next, and from those of its tuning.
APART, TUNING = 1_000_000, 500_000


@dataclass(frozen=True, order=True)
class Key:
    """Which run: the policy's name, the number of the block of SKUs, the seed of the delays."""

    policy: str
    block: int
    seed: int

    @property
    def draw(self) -> int:
        """What draws the delays of this block: the same for all policies, other ones for each block, so that what
        differs between blocks tells of chance in delays as well as in demand.
        """
        return self.seed + APART * self.block

    @property
    def tuning_draw(self) -> int:
        """What draws the first delays on which this block's rules are tuned: none of those that are replayed."""
        return self.draw + TUNING

    def __str__(self) -> str:
        return f"{self.policy}, block {self.block}, seed {self.seed}"


@dataclass(frozen=True)
class Run:
    """What a run came to: `figures` are plain values, as `Outcome.as_dict` gives them."""

    key: Key
    figures: Mapping[str, Any]

    def __getitem__(self, figure: str) -> Any:
        return self.figures[figure]
