"""Worker processes that outlive a crew: one search after the other finds them there, their libraries loaded."""

from __future__ import annotations

from typing import Any

from optimizer.decomposition.seat import Make
from optimizer.decomposition.worker_process import WorkerProcess


class Pool:
    """Processes that rest between two crews; use as a context manager, at the end of which they end."""

    def __init__(self) -> None:
        self._idle: list[WorkerProcess] = []
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: Any) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().end(busy=False)

    def hire(self, make: Make, description: Any) -> WorkerProcess:
        """A process with that state: one that rests, or a new one. Raises Lost where none can be started."""
        while self._idle:
            process = self._idle.pop()
            if process.begin(make, description):
                return process
        return WorkerProcess(make, description, self._take)

    def _take(self, process: WorkerProcess) -> None:
        if self._closed:
            process.end(busy=False)
        else:
            self._idle.append(process)
