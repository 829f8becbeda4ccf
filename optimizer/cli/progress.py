"""Progress: a live view on a terminal, a plain line now and then elsewhere, and an event now and then in the log."""

from __future__ import annotations

import logging
import math
import os
import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Any

from optimizer.cli.log import LOG
from optimizer.cli.output import printable, show
from optimizer.solvers.solver import Progress

#: Seconds between plain lines.
PLAIN_EVERY = 15.0

STOPPING = "stopping, the best plan so far is kept (Ctrl-C again keeps nothing)"


class ProgressLine:
    """Follows a command; use as a context manager. `stop` set to true ends the search at its next sign of life.

    `has_plan` is true once there is something to keep; `head` is what notes begin with.
    """

    def __init__(self, quiet: bool) -> None:
        self.stop = self.has_plan = False
        self.head = "Note: "
        self._quiet, self._since, self._last, self._stage = quiet, time.monotonic(), 0.0, ""
        self._live = None if quiet or LOG.owns_stderr else _live_view()

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
        self._stage = LOG.stage = name
        self.has_plan = self.has_plan or name == "verify"
        LOG.event("stage", f"{name} ...")
        if self._live is not None:
            self._live.begin(name)
        else:
            self._say(f"{name} ...")

    def watch(self, progress: Progress) -> bool:
        """Show how the solve stands; true once it shall stop."""
        first = math.isfinite(progress.objective) and not self.has_plan
        self.has_plan = self.has_plan or first
        told = figures(progress)
        if self._live is not None and not self.stop:
            shown = [text for text in told if text not in (progress.step, left(progress))]
            self._live.step, self._live.left, self._live.figures = progress.step, left(progress), shown
        elapsed = time.monotonic() - self._since
        if first or elapsed - self._last >= PLAIN_EVERY:
            self._last = elapsed
            text = " | ".join((self._stage, *told))
            LOG.event("progress", text, **fields(progress))
            self._say(text)
        return self.stop

    def note(self, text: str) -> None:
        """Something that somebody should know, though the command goes on; told even where progress is not."""
        LOG.event("note", text, logging.WARNING)
        show(printable(f"{self.head}{text}"), fg="yellow")

    def end_search(self) -> None:
        """Let the search end at its next sign of life, and say so at once: a signal may call this at any time."""
        self.stop, self._stage = True, STOPPING
        LOG.event("stopping", STOPPING, logging.WARNING)
        if self._live is not None:
            self._live.stage, self._live.step = STOPPING, ""
        elif not self._quiet and not LOG.owns_stderr:
            with suppress(OSError, ValueError, AttributeError):
                # Python's own buffer may be in use by what the signal has interrupted.
                os.write(sys.stderr.fileno(), f"{STOPPING} ...\n".encode())

    def _say(self, text: str) -> None:
        if not self._quiet and self._live is None:
            show(f"{time.monotonic() - self._since:5.0f} s  {text}")


def fields(progress: Progress) -> dict[str, Any]:
    """How a search stands as fields of the log; what is not known is not finite."""
    gap = max(progress.objective - progress.bound, 0.0)
    share = gap / progress.scale if math.isfinite(gap) and math.isfinite(progress.scale) and progress.scale else None
    known = {"step": progress.step or None, "total_cost": progress.objective, "bound": progress.bound}
    return {**known, "gap": gap, "gap_share": share, "seconds_left": progress.left}


def left(progress: Progress) -> str:
    """The time left, nothing where that is not known."""
    return f"{progress.left:,.0f} s left" if math.isfinite(progress.left) else ""


def figures(progress: Progress) -> list[str]:
    """Step, plan, bound, what lies between them, and the time left, as far as they are known."""
    plan, bound = progress.objective, progress.bound
    rest = [left(progress)] if left(progress) else []
    told = [progress.step] if progress.step else []
    told += [
        f"plan {plan:,.0f}" if math.isfinite(plan) else "no plan yet",
        f"bound {bound:,.0f}" if math.isfinite(bound) else "no bound yet",
    ]
    if not math.isfinite(plan - bound):
        return [*told, *rest]
    gap = max(plan - bound, 0.0)
    share = f" ({gap / progress.scale:.2%} of the mission cost)" if math.isfinite(progress.scale) else ""
    return [*told, f"gap {gap:,.0f}{share}", *rest]


def _live_view():  # type: ignore[no-untyped-def]
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from optimizer.cli.live import LiveView

    return LiveView() if LiveView.is_possible() else None
