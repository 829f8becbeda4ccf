"""Until when what is done in this process is waited for: the clock, and whoever may stop waiting before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Seconds between two looks at whether somebody still waits.
LOOK_SECONDS = 0.25


class _Look:
    """Asks `until` now and then; once it was true it stays so."""

    def __init__(self, until: Callable[[], bool]) -> None:
        self._until, self._next, self._over = until, 0.0, False

    def over(self, now: float) -> bool:
        """Whether nobody waits any more."""
        if not self._over and now >= self._next:
            self._over, self._next = self._until(), time.monotonic() + LOOK_SECONDS
        return self._over


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


@contextmanager
def waited_for(until: Callable[[], bool] | None) -> Iterator[None]:
    """Within, `over` asks this as well as the clock."""
    before = _look.set(None if until is None else _Look(until))
    try:
        yield
    finally:
        _look.reset(before)


def over(ends: float) -> bool:
    """Whether the clock (`time.monotonic`) has come to `ends`, or nobody waits any more."""
    now, look = time.monotonic(), _look.get()
    return now >= ends or (look is not None and look.over(now))
