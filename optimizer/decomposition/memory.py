"""Memory that is free is given back to the system, for the other processes of a search."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give free memory back where the C library can: glibc keeps what was freed below something that lives on, which
    after hundreds of slices is several times what a search holds.
    """
    gc.collect()
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    name = ctypes.util.find_library("c")
    return None if name is None else getattr(ctypes.CDLL(name), "malloc_trim", None)
