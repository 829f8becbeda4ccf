"""Ctrl-C, or a scheduler's SIGTERM: once ends the search and keeps the best plan, twice ends everything."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from optimizer.cli.progress import ProgressLine


class Interrupts:
    """How often Ctrl-C was pressed. The first time ends the search through the progress line, if it has a plan."""

    def __init__(self, line: ProgressLine) -> None:
        self._line, self.times = line, 0

    def hear(self, number: int, frame: Any) -> None:
        """Take a signal. Raises KeyboardInterrupt where there is no plan to keep, and the second time."""
        self.times += 1
        self._line.stop = True  # whoever catches what is raised here goes on to the next look at the line
        if self.times > 1 or not self._line.has_plan:
            raise KeyboardInterrupt
        self._line.end_search()

    def obey(self) -> None:
        """Raises KeyboardInterrupt if Ctrl-C was pressed twice, whoever may have caught that before."""
        if self.times > 1:
            raise KeyboardInterrupt


@contextmanager
def interrupts(line: ProgressLine) -> Iterator[Interrupts]:
    """Listen to these signals meanwhile; outside of the main thread, where nobody can, there is nothing to hear."""
    heard = Interrupts(line)
    if threading.current_thread() is not threading.main_thread():
        yield heard
        return
    before = {number: signal.signal(number, heard.hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
