"""Keeps standard output clean while a solver written in C or C++ runs."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_lock = threading.Lock()
_depth = 0
_saved = -1


@contextmanager
def quiet(to_stderr: bool = False) -> Iterator[None]:
    """Send what is written to file descriptor 1 meanwhile, by Python or by C, nowhere, or to standard error.

    Solvers print to the descriptor whatever Python does with `sys.stdout`, so the descriptor itself is turned. It
    belongs to the whole process: of nested or simultaneous uses the outermost decides, and other threads that print
    to standard output meanwhile are turned too.
    """
    _enter(to_stderr)
    try:
        yield
    finally:
        _leave()


def _enter(to_stderr: bool) -> None:
    global _depth, _saved
    with _lock:
        _depth += 1
        if _depth == 1:
            _flush()
            _saved = _turned(to_stderr)


def _leave() -> None:
    global _depth, _saved
    with _lock:
        _depth -= 1
        if _depth == 0 and _saved >= 0:
            # What C still holds in its buffer was written meanwhile, so it must leave before the descriptor turns back.
            _flush()
            os.dup2(_saved, 1)
            os.close(_saved)
            _saved = -1


def _turned(to_stderr: bool) -> int:
    """Turn descriptor 1 and return a copy of what it was; -1 if it was closed: then there is nothing to keep clean."""
    try:
        saved = os.dup(1)
    except OSError:
        return -1
    if to_stderr:
        with suppress(OSError):
            os.dup2(2, 1)
            return saved
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.close(sink)
    return saved


def _flush() -> None:
    with suppress(AttributeError, ValueError, OSError):
        sys.stdout.flush()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).fflush(None)
