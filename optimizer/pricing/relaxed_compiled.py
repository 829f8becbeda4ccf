"""How the relaxation's functions are compiled, and how what was compiled is told from what has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from numba import njit

#: They make no arrays of their own, so arrays need no counting of references: that takes nine tenths of the time where
#: named tuples of arrays are handed from function to function.
OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}

compiled = njit(**OPTIONS)


def stamp() -> int:
    """A number that changes with the source of any of the relaxation's modules.

    Numba looks for changes in the file of the cached function alone, not in those of the functions that it calls; what
    a function holds in its closure is part of the key too.
    """
    sources = sorted(Path(__file__).parent.glob("relaxed*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).digest()
    return int.from_bytes(digest[:7], "big") + 1
