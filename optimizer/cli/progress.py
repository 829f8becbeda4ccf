"""Progress on standard error: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import math
import os
import sys
import time
from contextlib import suppress
from types import TracebackType

from optimizer.cli.output import tell
from optimizer.solvers.solver import Progress

#: Seconds between plain lines.
PLAIN_EVERY = 15.0

STOPPING = "stopping, the best plan so far is kept (Ctrl-C again keeps nothing)"


class ProgressLine:
    """Follows a solve; use as a context manager. `stop` set to true ends the search at its next sign of life.

    `has_plan` is true once there is something to keep.
    """

    def __init__(self, quiet: bool) -> None:
        self.stop = self.has_plan = False
        self._quiet, self._since, self._last, self._stage = quiet, time.monotonic(), 0.0, ""
        self._live = None if quiet or sys.stderr is None or not sys.stderr.isatty() else _live_line()

    def __enter__(self) -> ProgressLine:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            with suppress(OSError):
                self._live.stop()

    def stage(self, name: str) -> None:
        """A new stage begins; a plan is there for certain when it is verified."""
        self._stage = name
        self.has_plan = self.has_plan or name == "verify"
        self._say(f"{name} ...", always=True)

    def watch(self, progress: Progress) -> bool:
        """Show how the solve stands; true once it shall stop."""
        first = math.isfinite(progress.objective) and not self.has_plan
        self.has_plan = self.has_plan or first
        self._say(" | ".join((self._stage, *figures(progress))), always=first)
        return self.stop

    def end_search(self) -> None:
        """Let the search end at its next sign of life, and say so at once: a signal may call this at any time."""
        self.stop, self._stage = True, STOPPING
        if self._quiet:
            return
        with suppress(OSError, ValueError, AttributeError):
            if self._live is not None:
                self._live.update(STOPPING)
            else:
                # Python's own buffer may be in use by what the signal has interrupted.
                os.write(sys.stderr.fileno(), f"{STOPPING} ...\n".encode())

    def _say(self, text: str, always: bool = False) -> None:
        elapsed = time.monotonic() - self._since
        if self._quiet:
            return
        if self._live is not None:
            with suppress(OSError):
                self._live.update(f"{elapsed:5.0f} s  {text}")
        elif always or elapsed - self._last >= PLAIN_EVERY:
            self._last = elapsed
            tell(f"{elapsed:5.0f} s  {text}")


def figures(progress: Progress) -> list[str]:
    """Step, plan, bound, what lies between them, and the time left, as far as they are known."""
    plan, bound = progress.objective, progress.bound
    left = [f"{progress.left:,.0f} s left"] if math.isfinite(progress.left) else []
    told = [progress.step] if progress.step else []
    told += [
        f"plan {plan:,.0f}" if math.isfinite(plan) else "no plan yet",
        f"bound {bound:,.0f}" if math.isfinite(bound) else "no bound yet",
    ]
    if not math.isfinite(plan - bound):
        return [*told, *left]
    gap = max(plan - bound, 0.0)
    share = f" ({gap / progress.scale:.2%} of the mission cost)" if math.isfinite(progress.scale) else ""
    return [*told, f"gap {gap:,.0f}{share}", *left]


def _live_line():  # type: ignore[no-untyped-def]
    from rich.console import Console

    return Console(stderr=True).status("starting ...")
