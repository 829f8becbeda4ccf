"""A plan's tables dealt out, so many SKUs at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.ledger.facts import Facts

#: SKUs that are accounted for at once: enough that tables are worth their while, few enough for little memory.
AT_ONCE = 2000


@dataclass(frozen=True)
class Slice:
    """Some SKUs of a catalogue, and their rows of a plan's tables; each row keeps its number in the plan as its label.

    Tables that SKUs share are there without rows.
    """

    facts: Facts
    tables: dict[str, pd.DataFrame]


def dealt(tables: Mapping[str, pd.DataFrame], facts: Facts, at_once: int = AT_ONCE) -> Iterator[Slice]:
    """The SKUs of a catalogue in their order, so many at once, with the plan's tables; last, where there are any, the
    rows of SKUs that the catalogue does not know.
    """
    skus = facts.scenario["skus"]["sku"].to_numpy(dtype=object)
    index, pieces = pd.Index(skus), -(-len(skus) // at_once)
    whole = {name: table.reset_index(drop=True) for name, table in tables.items()}
    rows = {name: _rows(table, index, at_once, pieces) for name, table in whole.items()}
    for piece in range(pieces + 1):
        mine = {name: table.take(rows[name][piece]) for name, table in whole.items()}
        if piece < pieces or any(len(table) for table in mine.values()):
            yield Slice(facts.only(skus[piece * at_once : (piece + 1) * at_once]), mine)


def _rows(table: pd.DataFrame, skus: pd.Index, at_once: int, pieces: int) -> list[np.ndarray]:
    """Positions of the rows of each piece, and of those of unknown SKUs; none at all in a table without SKUs."""
    if "sku" not in table.columns:
        return [np.zeros(0, dtype=np.int64)] * (pieces + 1)
    codes, names = pd.factorize(table["sku"], use_na_sentinel=False)
    place = skus.get_indexer(pd.Index(names, dtype=object))
    piece = np.where(place >= 0, place // at_once, pieces)[codes]
    order = np.argsort(piece, kind="stable")
    return np.split(order, np.searchsorted(piece[order], np.arange(1, pieces + 1)))
