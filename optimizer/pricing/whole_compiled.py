"""How the functions of the search for whole answers are compiled.

Those that make no arrays of their own are `lean`: without counting references to arrays, which takes most of the time
where named tuples of arrays are handed from function to function.
"""

from __future__ import annotations

from typing import Any

from numba import njit

OPTIONS: dict[str, Any] = {"nogil": True}
LEAN: dict[str, Any] = {"nogil": True, "_nrt": False}

lean = njit(**LEAN)
making = njit(**OPTIONS)


@lean
def copied(source, target):  # type: ignore[no-untyped-def]
    """Put an array (n,) to what another is, without a copy in between."""
    for place in range(len(source)):
        target[place] = source[place]
