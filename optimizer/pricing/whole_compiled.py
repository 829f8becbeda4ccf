"""How the functions of the search for whole answers are compiled.

Those that make no arrays of their own are `lean`: without counting references to arrays, which takes most of the time
where named tuples of arrays are handed from function to function.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
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


def stamp() -> int:
    """A number that changes with the source of any module of the search for whole answers.

    Numba keeps what it compiled while the file of the function itself is as it was; what other files say it learns only
    by this number in the function's closure.
    """
    sources = sorted(Path(__file__).parent.glob("whole*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).digest()
    return int.from_bytes(digest[:7], "big") + 1
