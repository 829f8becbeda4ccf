"""The live view on a terminal: a few lines that are drawn again in their place, and are gone in the end."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from rich.console import Console, ConsoleRenderable, Group
from rich.control import Control
from rich.live import Live
from rich.segment import ControlType
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

REDRAWN_PER_SECOND = 8
SHOW_CURSOR = "\x1b[?25h"


class LiveView:
    """Stage, step, time, and the figures of a search. Whoever sets its attributes need not draw: that is done by a
    thread now and then, so a signal may set them too.
    """

    def __init__(self) -> None:
        self.stage, self.figures, self.step, self.left = "starting", list[str](), "", ""
        self._since = self._stage_since = time.monotonic()
        self._done = list[str]()
        self._console = Console(stderr=True)
        self._spinner = Spinner("dots", style="cyan")
        self._screen = Screen(
            get_renderable=self._drawn, console=self._console, transient=True, redirect_stdout=False,
            refresh_per_second=REDRAWN_PER_SECOND,
        )  # fmt: skip

    @staticmethod
    def is_possible() -> bool:
        """Whether standard error is a terminal that can move its cursor."""
        return sys.stderr is not None and sys.stderr.isatty() and not Console(stderr=True).is_dumb_terminal

    def start(self) -> None:
        """Begin to draw. Until it stops the cursor is hidden, but for times when the process is suspended (Ctrl-Z)."""
        atexit.register(self._give_cursor_back)
        self._before = _on_suspension(self._suspend)
        self._screen.start(refresh=True)

    def stop(self) -> None:
        """Wipe the view away and give the cursor back, whatever comes in between."""
        try:
            self._screen.stop()
        finally:
            self._give_cursor_back()
            atexit.unregister(self._give_cursor_back)
            if self._before is not None:
                signal.signal(signal.SIGTSTP, self._before)

    def begin(self, stage: str) -> None:
        """A stage begins; the one before it is done."""
        now = time.monotonic()
        if self.stage != "starting":
            self._done.append(f"{self.stage} {_clock(now - self._stage_since)}")
        self.stage, self._stage_since, self.figures, self.step, self.left = stage, now, [], "", ""

    def _drawn(self) -> Group:
        head = Table.grid(padding=(0, 1))
        name = Text(self.stage, style="bold")
        name.append(f": {self.step}" if self.step else "", style="not bold")
        passed = f"{_clock(time.monotonic() - self._since)}{f', {self.left}' if self.left else ''}"
        head.add_row(self._spinner, name, Text(passed, style="dim"))
        below = [Text("  " + "   ".join(self.figures))] if self.figures else []
        below += [Text(f"  done: {', '.join(self._done)}", style="dim")] if self._done else []
        return Group(head, *below)

    def _suspend(self, number: int, frame: Any) -> None:
        """Leave the terminal as it should be while the process is stopped; hide the cursor again when it goes on."""
        self._give_cursor_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._suspend)
        with suppress(OSError):
            self._console.show_cursor(False)

    def _give_cursor_back(self) -> None:
        # Straight to the terminal: the console may be what an error has just come from.
        with suppress(OSError, ValueError, AttributeError):
            os.write(sys.stderr.fileno(), SHOW_CURSOR.encode())


class Screen(Live):
    """A live display that knows that a terminal which has become narrower has broken its lines anew."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._lengths: Sequence[int] = ()

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Go up over the rows that the last drawing takes now, then draw."""
        width = max(self.console.width, 1)
        more = sum((length - 1) // width for length in self._lengths if length)
        self._lengths = [sum(part.cell_length for part in line) for line in self._lines()]
        reset, *rest = super().process_renderables(renderables)
        return [reset, *_rows_up(more), *rest]

    def _lines(self) -> list[Any]:
        return self.console.render_lines(self.get_renderable(), pad=False)


def _rows_up(count: int) -> Iterator[ConsoleRenderable]:
    for _ in range(count):
        yield Control((ControlType.CURSOR_UP, 1), (ControlType.ERASE_IN_LINE, 2))


def _on_suspension(handler: Any) -> Any:
    """Listen to Ctrl-Z where it exists and signals can be heard: what listened before, None where that is not so."""
    if not hasattr(signal, "SIGTSTP") or threading.current_thread() is not threading.main_thread():
        return None
    return signal.signal(signal.SIGTSTP, handler)


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{int(seconds) // 60}:{int(seconds) % 60:02d} min"
