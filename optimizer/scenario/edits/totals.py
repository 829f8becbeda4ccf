"""Long tables side by side: the units of all rows that belong together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.scenario.columns import Table
from optimizer.scenario.edits.edit import Edit
from optimizer.scenario.edits.rows import SILENT, row_edits

#: Tables that are told by totals, with what rows of one total have in common and the column that is added up.
TOTALS: dict[str, tuple[tuple[str, ...], str]] = {
    "opening_stock": (("location", "sku"), "units"),
    "demand": (("sku",), "mean"),
    "sales": (("sku",), "units"),
    "last_plan": (("sku",), "units"),
}
#: Fewer units of a total are no news.
LEAST = 0.05


def total_edits(table: Table, one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Edit]:
    """A total of units that is another one; or, with the same before and after, rows that divide it otherwise."""
    keys, units = list(TOTALS[table.name][0]), TOTALS[table.name][1]
    sums = [rows.astype(dict.fromkeys(keys, object)).groupby(keys)[units].sum().rename(name)
            for name, rows in (("before", one), ("after", other))]  # fmt: skip
    both = pd.concat(sums, axis=1).fillna(0.0).sort_index().reset_index()
    told = both[(both["after"] - both["before"]).abs() > LEAST]
    for row in told.to_dict("records"):
        yield _total(table, keys, units, row)
    rest = [rows[~_among(rows, told, keys)] for rows in (one, other)]
    if _alike(*rest):
        return
    divided = {tuple(edit.row.get(key, "") for key in keys): None for edit in row_edits(table, *rest)}
    by_key = both.set_index(keys)
    for key in divided:
        sums_of = by_key.loc[key if len(keys) > 1 else key[0]]
        same = float(sums_of["after"])
        yield _total(table, keys, units, {**dict(zip(keys, key, strict=True)), "before": same, "after": same})


def _total(table: Table, keys: list[str], units: str, row: dict[str, object]) -> Edit:
    before, after = (float(row[name]) for name in ("before", "after"))  # type: ignore[arg-type]
    return Edit(table.name, "total", {key: row[key] for key in keys}, units, before, after, abs(after - before), after)


def _among(rows: pd.DataFrame, told: pd.DataFrame, keys: list[str]) -> np.ndarray:
    mine, known = (pd.MultiIndex.from_frame(table[keys]) for table in (rows, told))
    return np.asarray(mine.isin(known))


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables say the very same in the same order, which spares their comparison row by row."""
    columns = [name for name in one.columns if name not in SILENT]
    return one[columns].reset_index(drop=True).equals(other[columns].reset_index(drop=True))
