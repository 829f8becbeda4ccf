"""The time during a run, whatever happens to the clock of the machine meanwhile."""

from __future__ import annotations

import datetime as dt
import time

from optimizer.nightly.keep import now
from optimizer.nightly.night import TOLERATED
from optimizer.nightly.words import sentence


class Clock:
    """Looks at the clock of the machine once, when it is made, and goes on by itself: called, it tells the moment in
    UTC.
    """

    def __init__(self) -> None:
        self._made, self._ticks = now(), time.monotonic()

    def __call__(self) -> dt.datetime:
        return self._made + dt.timedelta(seconds=time.monotonic() - self._ticks)

    def jumped(self, language: str = "en") -> str | None:
        """What is to be said of the clock of the machine if it was set since, or the machine slept."""
        ahead = now() - self()
        if abs(ahead) <= TOLERATED:
            return None
        by, way = dt.timedelta(seconds=round(abs(ahead).total_seconds())), "ahead" if ahead > TOLERATED else "back"
        return sentence("jumped", language, way=sentence(way, language), by=by, now=f"{now():%Y-%m-%d %H:%M}")
