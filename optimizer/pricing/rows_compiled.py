"""Compilation where Numba is installed; the same functions as plain Python where it is not.

Functions that make no arrays of their own are `lean`: without counting references to arrays, which takes most of the
time where named tuples of arrays are handed from function to function. What they need to work in is made once a call.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable)

njit: Any = None
with contextlib.suppress(ImportError):
    from numba import njit  # type: ignore[no-redef]


def lean(function: Function) -> Function:
    """A function that makes no arrays, compiled; or as it is without Numba."""
    return function if njit is None else njit(_nrt=False)(function)


def making(function: Function) -> Function:
    """A function that makes arrays, compiled; or as it is without Numba."""
    return function if njit is None else njit(function)


def kept(function: Function) -> Function:
    """A function that is called from Python, compiled at its first call and kept on disk for later runs."""
    return function if njit is None else njit(cache=True)(function)
