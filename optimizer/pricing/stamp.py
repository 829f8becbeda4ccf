"""A number that tells what was compiled from one state of the sources from what was compiled from another."""

from __future__ import annotations

import hashlib
from pathlib import Path


def stamp(family: str, *read: type) -> int:
    """A number that changes with the source of any module of a family that is compiled, and with the fields of the
    named tuples that these read.

    Numba keeps what it compiled while the file of the function itself is as it was; what the functions in other files
    say that it calls, it learns only by this number in the function's closure. Modules of the family that make the
    tuples are left out: compiled code knows nothing of them.
    """
    here = Path(__file__).parent
    told = f"import {family}_compiled", f"from optimizer.pricing.{family}_compiled import"
    sources = [path.read_text(encoding="utf-8") for path in sorted(here.glob(f"{family}_*.py"))]
    compiled = [source for source in sources if any(words in source for words in told)]
    compiled.append((here / f"{family}_compiled.py").read_text(encoding="utf-8"))
    fields = [f"{tuple_.__name__}{getattr(tuple_, '_fields', ())}" for tuple_ in read]
    digest = hashlib.sha256("\n".join(compiled + fields).encode()).digest()
    return int.from_bytes(digest[:7], "big") + 1
