"""A state at a worker, asked by messages: what is sent and what comes back are bytes, whatever carries them."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from typing import Any

from optimizer.errors import WorkersLost

#: Makes the state of one worker from a description of it that can be sent.
Make = Callable[[Any], Any]

OUT_OF_MEMORY = (
    "Memory ran out in {place} (asked for '{method}'). Use fewer --threads, a --cluster whose workers have more "
    "memory, or a machine that has."
)


class Seat:
    """One state; everything that goes wrong with it becomes its answer, so that a worker outlives its errors."""

    def __init__(self) -> None:
        self._state: Any = None
        self._failed: BaseException | None = None

    def make(self, order: bytes) -> None:
        """Make the state by an `order`; where that fails, every answer says so."""
        try:
            make, description = pickle.loads(order)
            self._state = make(description)
        except BaseException as error:
            self._failed = _told(error, "make")

    def do(self, message: bytes, order: bytes | None = None) -> bytes:
        """The answer to a `message`, after the state is made by an `order` where one comes with it."""
        if order is not None:
            self.make(order)
        method = "?"
        try:
            method, arguments = pickle.loads(message)
            if self._failed is not None:
                raise self._failed
            return pickle.dumps((True, getattr(self._state, method)(*arguments)), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            return _failure(_told(error, method))


def order(make: Make, description: Any) -> bytes:
    """What makes a seat's state."""
    return pickle.dumps((make, description), pickle.HIGHEST_PROTOCOL)


def message(method: str, arguments: tuple[Any, ...]) -> bytes:
    """What asks a seat's state for what `method` returns."""
    return pickle.dumps((method, arguments), pickle.HIGHEST_PROTOCOL)


def result(answer: bytes) -> Any:
    """What an answer says. Raises what the state has raised, with its traceback as a note."""
    fine, value = pickle.loads(answer)
    if fine:
        return value
    raise value


def _told(error: BaseException, method: str) -> BaseException:
    if isinstance(error, MemoryError):
        return WorkersLost(OUT_OF_MEMORY.format(place="a worker", method=method))
    if not getattr(error, "__notes__", None):
        error.add_note("In a worker:\n" + "".join(traceback.format_exception(error)))
    return error


def _failure(error: BaseException) -> bytes:
    """The error as an answer; one that cannot be sent, or cannot be read again, is told in words."""
    try:
        answer = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(answer)
        return answer
    except Exception:
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        return pickle.dumps((False, plain), pickle.HIGHEST_PROTOCOL)
