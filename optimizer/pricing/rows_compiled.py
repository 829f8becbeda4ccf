"""Compilation where Numba is installed; the same functions as plain Python where it is not."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable)

njit: Any = None
with contextlib.suppress(ImportError):
    from numba import njit  # type: ignore[no-redef]


def compiled(function: Function) -> Function:
    """The function compiled at its first call, kept on disk for later runs; or as it is without Numba."""
    return function if njit is None else njit(cache=True)(function)


def inlined(function: Function) -> Function:
    """The same, put into the functions that call it: saves small ones the count of who holds their arrays."""
    return function if njit is None else njit(inline="always")(function)
