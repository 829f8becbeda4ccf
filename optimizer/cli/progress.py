"""Progress on standard error: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import math
import sys
import time
from types import TracebackType

from optimizer.solvers.solver import Progress

#: Seconds between plain lines.
PLAIN_EVERY = 15.0


class ProgressLine:
    """Follows a solve; use as a context manager. `stop` set to true ends the search at its next sign of life."""

    def __init__(self, quiet: bool) -> None:
        self.stop = False
        self._quiet, self._since, self._last, self._stage = quiet, time.monotonic(), 0.0, ""
        self._live = None if quiet or not sys.stderr.isatty() else _live_line()

    def __enter__(self) -> ProgressLine:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def stage(self, name: str) -> None:
        """A new stage begins."""
        self._stage = name
        self._say(f"{name} ...", always=True)

    def watch(self, progress: Progress) -> bool:
        """Show how the solve stands; true once it shall stop."""
        plan = f"plan {progress.objective:,.0f}" if math.isfinite(progress.objective) else "no plan yet"
        bound = f"bound {progress.bound:,.0f}" if math.isfinite(progress.bound) else "no bound yet"
        gap = (
            f"distance {progress.objective - progress.bound:,.0f}"
            if math.isfinite(progress.objective - progress.bound)
            else ""
        )
        self._say(" | ".join(part for part in (self._stage, plan, bound, gap) if part))
        return self.stop

    def _say(self, text: str, always: bool = False) -> None:
        elapsed = time.monotonic() - self._since
        if self._quiet:
            return
        if self._live is not None:
            self._live.update(f"{elapsed:5.0f} s  {text}")
        elif always or elapsed - self._last >= PLAIN_EVERY:
            self._last = elapsed
            print(f"{elapsed:5.0f} s  {text}", file=sys.stderr, flush=True)


def _live_line():  # type: ignore[no-untyped-def]
    from rich.console import Console

    return Console(stderr=True).status("starting ...")
