"""The plan tables of what a search by prices has chosen, by its workers or without them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import pandas as pd

from optimizer.decomposition.crew import Crew, Each
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.offers import Offers
from optimizer.errors import WorkersLost
from optimizer.search import slices
from optimizer.search.dealt import Dealt
from optimizer.search.worker import tables_of

#: Slices of each worker whose tables are made and sent at once: those of all are there twice while they are sent.
AT_ONCE = 20
_log = logging.getLogger(__name__)
#: The tables of a part, by name.
Tables = dict[str, pd.DataFrame]


def tables_by(crew: Crew, dealt: Dealt, chosen: Offers) -> list[Tables]:
    """The tables of all SKUs, of which one answer each is `chosen`, in order, some slices at a time. A plan that is
    found is not lost with its workers: without them the tables are made here, once their room is free.
    """
    own, there = dealt.each(chosen), True
    found: list[list[Tables]] = [[] for _ in own]
    counts = [-(-len(one) // slices.SLICE) for one in own]
    for first in range(0, max(counts), AT_ONCE):
        which = [range(first, min(first + AT_ONCE, count)) for count in counts]
        pieces = [_of(one, part) for one, part in zip(own, which, strict=True)]
        made = _asked(crew, pieces, which) if there else None
        if made is None:
            there = False
            crew.close()
            give_back()
            made = [tables_of(*one) for one in zip(dealt, pieces, which, strict=True)]
        for tables, fresh in zip(found, made, strict=True):
            tables += [fresh] if fresh else []
    return [part for tables in found for part in tables]


def _of(own: Offers, which: range) -> Offers:
    return own.only(np.arange(which.start * slices.SLICE, min(which.stop * slices.SLICE, len(own))))


def _asked(crew: Crew, pieces: Sequence[Offers], which: Sequence[range]) -> list[Tables] | None:
    try:
        return crew.call("tables", Each(pieces), Each(which))
    except WorkersLost as error:
        _log.debug("tables are made without workers: %s", error)
        return None
