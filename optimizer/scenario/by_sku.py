"""Where the rows of each SKU stand in a table, so that a slice of a large catalogue costs no more than its rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd


class BySku:
    """The rows of a table by SKU. Made in one pass over the table; it keeps one whole number a row, none at all where
    the rows of each SKU stand together.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        codes, names = pd.factorize(table["sku"])
        self._names = pd.Index(names)
        counts = np.bincount(codes, minlength=len(names))
        self._first = np.concatenate([[0], np.cumsum(counts)])
        together = bool((np.diff(codes) >= 0).all())
        self._order = None if together else np.argsort(codes, kind="stable").astype(np.int32)

    def rows(self, skus: Iterable[str]) -> np.ndarray:
        """Positions of the rows of some SKUs, in the order of the table; a SKU that it does not have has none."""
        wanted = pd.unique(np.asarray(list(skus), dtype=object))
        places = self._names.get_indexer(wanted)
        places = np.sort(places[places >= 0])
        first, count = self._first[places], np.diff(self._first)[places]
        # Row k of the slice is row k - (rows before its SKU) of the rows of its SKU.
        before = np.repeat(np.cumsum(count) - count, count)
        rows = np.repeat(first, count) + np.arange(int(count.sum())) - before
        return rows if self._order is None else np.sort(self._order[rows])
