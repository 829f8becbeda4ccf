"""States that count, choose, die, wait and fail on demand, for tests of crews."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from optimizer.decomposition.crew import Crew


class Counter:
    """Adds what it is told to a number of its own."""

    def __init__(self, start: int) -> None:
        if start < 0:
            raise ValueError(f"{start} is below nothing")
        self.start = start

    def plus(self, more: int) -> int:
        return self.start + more

    def grow(self, more: int) -> int:
        self.start += more
        return self.start

    def process(self) -> int:
        return os.getpid()

    def die_once(self, mark: str) -> int:
        """Kill the process, unless the file `mark` says that one was killed already."""
        with suppress(FileExistsError):
            Path(mark).touch(exist_ok=False)  # two workers at once may try to be the one
            os.kill(os.getpid(), signal.SIGKILL)
        return self.start

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def leave(self) -> None:
        os._exit(3)

    def fail(self) -> None:
        raise ValueError("no")

    def fail_strangely(self) -> None:
        class Strange(Exception):
            pass

        raise Strange("of a class that only the worker knows")

    def answer_strangely(self) -> object:
        return lambda: 1

    def hoard(self) -> bytearray:
        return bytearray(2**60)

    def wait(self, seconds: float, mark: str) -> float:
        """Wait, and then leave the file `mark`."""
        time.sleep(seconds)
        Path(mark).touch()
        return seconds


class Chooser:
    """Blocks that each choose one of their patterns at given prices, as the blocks of a program do; slowly."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.cost, self.usage = random.uniform(1, 9, (20, 6)), random.uniform(0, 1, (20, 6, 4))

    def answer(self, prices: np.ndarray) -> tuple[float, np.ndarray]:
        """Least cost and its usage of four rows, at `prices` (4,)."""
        time.sleep(0.02)
        priced = self.cost + self.usage @ prices
        best = priced.argmin(axis=1)
        return float(priced.min(axis=1).sum()), self.usage[np.arange(len(best)), best].sum(axis=0)

    def process(self) -> int:
        return os.getpid()


def prices_after(crew: Crew, count: int, after: Callable[[int], None] = lambda number: None) -> np.ndarray:
    """Prices after so many rounds in which rows get dearer as they are used; `after` hears the number of each round."""
    prices, room = np.zeros(4), 8.0
    for number in range(count):
        answers = crew.call("answer", prices)
        used = sum(usage for _, usage in answers)
        value = sum(cost for cost, _ in answers)
        prices = np.maximum(prices + 0.1 * (used - room) + 1e-4 * value, 0.0)
        after(number)
    return prices
