"""The plan tables of what a search by prices has chosen, by its workers or without them."""

from __future__ import annotations

import logging

import pandas as pd

from optimizer.decomposition.crew import Crew
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.offers import Offers
from optimizer.errors import WorkersLost
from optimizer.search.dealt import Dealt
from optimizer.search.worker import tables_of

_log = logging.getLogger(__name__)


def tables_by(crew: Crew, dealt: Dealt, chosen: Offers) -> list[dict[str, pd.DataFrame]]:
    """The tables of each worker's SKUs, of which one answer each is `chosen`, in order. A plan that is found is not
    lost with its workers: without them the tables are made here, slice by slice, once their room is free.
    """
    own = dealt.each(chosen)
    try:
        return crew.call("tables", own)
    except WorkersLost as error:
        _log.debug("tables are made without workers: %s", error)
    crew.close()
    give_back()
    return [tables_of(share, offers) for share, offers in zip(dealt, own, strict=True)]
