"""Who works on the parts of a program: this process, or worker processes that each keep some parts."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

#: Makes the state of one worker from a description of it that can be sent.
Make = Callable[[Any], Any]


class Crew(Protocol):
    """Workers that each hold a state; every call goes to all of them."""

    def call(self, method: str, *arguments: Any) -> list[Any]:
        """What `method` of each worker's state returns, in the order of the workers."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


class Alone:
    """All states in this process."""

    def __init__(self, make: Make, descriptions: Iterable[Any]) -> None:
        self._states = [make(description) for description in descriptions]

    def call(self, method: str, *arguments: Any) -> list[Any]:
        """What `method` of each state returns."""
        return [getattr(state, method)(*arguments) for state in self._states]

    def close(self) -> None:
        """Nothing to let go."""


_STATE: Any = None


def _begin(make: Make, description: Any) -> None:
    global _STATE
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the leader, who keeps the best plan
    _STATE = make(description)


def _do(method: str, arguments: tuple[Any, ...]) -> Any:
    return getattr(_STATE, method)(*arguments)


class Processes:
    """One process for each state. A process that dies is replaced once a call, by one that makes its state anew."""

    def __init__(self, make: Make, descriptions: Sequence[Any]) -> None:
        self._make, self._descriptions = make, list(descriptions)
        self._pools = [self._pool(description) for description in self._descriptions]
        for pool in self._pools:
            pool.submit(int)  # starts the process, so that all states are made side by side

    def _pool(self, description: Any) -> ProcessPoolExecutor:
        # Forked processes would inherit the solver's threads, dead.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(1, context, initializer=_begin, initargs=(self._make, description))

    def call(self, method: str, *arguments: Any) -> list[Any]:
        """What `method` of each state returns. Raises BrokenProcessPool where a new process dies too."""
        futures = [self._send(place, method, arguments) for place in range(len(self._pools))]
        return [self._result(place, future, method, arguments) for place, future in enumerate(futures)]

    def _send(self, place: int, method: str, arguments: tuple[Any, ...]) -> Future | None:
        try:
            return self._pools[place].submit(_do, method, arguments)
        except BrokenProcessPool:
            return None

    def _result(self, place: int, future: Future | None, method: str, arguments: tuple[Any, ...]) -> Any:
        try:
            if future is not None:
                return future.result()
        except BrokenProcessPool:
            pass
        self._pools[place].shutdown(wait=False)
        self._pools[place] = self._pool(self._descriptions[place])
        return self._pools[place].submit(_do, method, arguments).result()

    def close(self) -> None:
        """End the processes."""
        for pool in self._pools:
            pool.shutdown(wait=True, cancel_futures=True)
