"""One run of a back-test: a policy on a block of SKUs with one draw of delays, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Key:
    """Which run: the policy's name, the number of the block of SKUs, the seed of the delays."""

    policy: str
    block: int
    seed: int

    def __str__(self) -> str:
        return f"{self.policy}, block {self.block}, seed {self.seed}"


@dataclass(frozen=True)
class Run:
    """What a run came to: `figures` are plain values, as `Outcome.as_dict` gives them."""

    key: Key
    figures: Mapping[str, Any]

    def __getitem__(self, figure: str) -> Any:
        return self.figures[figure]
