"""The tables of a plan from those of its parts: slices of SKUs, and what belongs to no SKU."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from optimizer.plan.plan import PATH_TABLES, PLAN_TABLES


def joined(parts: Sequence[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The plan tables (`plan_tables`) of at least one part, one below the other, their costs added up by line.

    Each part is what `interpret` makes of it: a slice leaves the columns that tie SKUs together at zero, the part of
    these columns has no SKUs, so no row is there twice. The parts are emptied on the way, so that a large plan is not
    held twice.
    """
    tables = {name: _below(parts, name) for name in (*PLAN_TABLES, *PATH_TABLES) if name in parts[0]}
    return tables | {"costs": tables["costs"].groupby("line", sort=False, as_index=False)["amount"].sum()}


def _below(parts: Sequence[dict[str, pd.DataFrame]], name: str) -> pd.DataFrame:
    pieces = [part.pop(name) for part in parts]
    if len(pieces) == 1:
        return pieces[0]
    table = pd.concat(pieces, ignore_index=True)
    texts = [column for column in table.columns if isinstance(table[column].dtype, pd.StringDtype)]
    return table.assign(**{column: _in_one_piece(table[column]) for column in texts})


def _in_one_piece(texts: pd.Series) -> pd.Series:
    """The same texts. What was put together stays in pieces, and each look at a few rows of hundreds of pieces would
    put them together anew.
    """
    codes, distinct = pd.factorize(texts)
    return pd.Series(pd.array(distinct, dtype=texts.dtype).take(codes))
