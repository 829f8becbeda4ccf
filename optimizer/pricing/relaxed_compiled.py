"""How the relaxation's functions are compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

#: They make no arrays of their own, so arrays need no counting of references: that takes nine tenths of the time where
#: named tuples of arrays are handed from function to function.
OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}

compiled = njit(**OPTIONS)
