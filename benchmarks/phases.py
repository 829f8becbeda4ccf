"""The measured verbs and their wall time."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

#: What is done to a scenario, in order.
VERBS = ("read", "check", "connect", "formulate", "assemble", "solve", "interpret", "verify")


class Phases:
    """Call with a verb and what does it: the result is passed on, its wall time kept."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def __call__(self, verb: str, work: Callable[..., Any], *given: Any) -> Any:
        if verb not in VERBS:
            raise KeyError(f"{verb} is no measured verb")
        gc.collect()
        begun = time.perf_counter()
        result = work(*given)
        self.seconds.setdefault(verb, []).append(time.perf_counter() - begun)
        return result

    def medians(self) -> dict[str, float]:
        """Median seconds of each verb over its repeats."""
        return {verb: statistics.median(times) for verb, times in self.seconds.items()}

    def together(self, *verbs: str) -> list[float]:
        """Seconds of some verbs together, for each repeat."""
        return [sum(times) for times in zip(*(self.seconds[verb] for verb in verbs), strict=True)]


def repeats(most: int, seconds: float) -> Iterator[int]:
    """Count up to `most`; no further repeat begins after `seconds`."""
    begun = time.perf_counter()
    for number in range(most):
        if number and time.perf_counter() - begun > seconds:
            return
        yield number
