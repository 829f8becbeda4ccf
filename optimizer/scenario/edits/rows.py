"""The rows of a table in two scenarios side by side: by their key, and where only a date of it differs by the rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.edits.edit import Edit

#: Columns that say nothing to the model.
SILENT = ("name", "note", "counted_on")
#: What a row that is new or gone is told by.
TELLING = ("units", "rate", "price", "unit_cost", "lead_time_days", "per_m3_day", "least_units")
#: Differences that are rounding: of units, which a plan of fractions leaves, and as a share of anything else.
LEAST_UNITS, LEAST_SHARE = 1e-3, 1e-9


def row_edits(table: Table, one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Edit]:
    """Every cell, new row and row that is gone."""
    key, moving = list(table.key), [name for name in table.key if table.by_name[name].kind == "date"]
    fixed = [name for name in key if name not in moving]
    values = [column.name for column in table.columns if column.name not in (*key, *SILENT)]
    both, gone, new = _paired(one, other, key)
    yield from _cells(table, both, key, values)
    if moving and fixed and len(gone) and len(new):
        for rest in ([*fixed, *values], fixed):  # those that say the same else belong together first
            both, gone, new = _paired(_counted(gone, rest, moving), _counted(new, rest, moving), [*rest, "turn"])
            yield from _cells(table, both, fixed, [*moving, *values])
    for kind, rows in (("gone", gone), ("new", new)):
        for row in rows.to_dict("records"):
            yield _whole_row(table, kind, row)


def same(column: Column, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where two columns say the same; rounding, and twice nothing, is no difference."""
    if column.kind in ("number", "whole"):
        least = LEAST_UNITS if column.name == "units" else LEAST_SHARE
        return np.isclose(one.astype(float), other.astype(float), LEAST_SHARE, least, equal_nan=True)
    alike = one == other
    return np.asarray(alike | (pd.isna(one) & pd.isna(other)) if column.kind == "date" else alike, dtype=bool)


def named(table: Table, row: dict[str, object], keys: list[str]) -> dict[str, object]:
    """The keys of a row that say something."""
    found = {name: plain(table.by_name[name], row[name]) for name in keys}
    return {name: value for name, value in found.items() if value not in (None, "", table.by_name[name].default)}


def plain(column: Column, value: object) -> object:
    """A cell as edits tell it."""
    if column.kind == "date":
        return None if pd.isna(value) else np.datetime64(value, "D")  # type: ignore[call-overload]
    if column.kind in ("number", "whole"):
        return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
    return bool(value) if column.kind == "flag" else (value or None)


def _paired(one: pd.DataFrame, other: pd.DataFrame, key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows of both (columns `x_before`, `x_after`, or `x` of the key), of the one alone, of the other alone."""
    rows = [table.assign(place=np.arange(len(table))) for table in (one, other)]
    places = rows[0][[*key, "place"]].merge(rows[1][[*key, "place"]], on=key, suffixes=("_before", "_after"))
    places = places.drop_duplicates("place_before").drop_duplicates("place_after")
    before, after = places["place_before"].to_numpy(), places["place_after"].to_numpy()
    both = one.iloc[before].add_suffix("_before").reset_index(drop=True)
    both = both.join(other.iloc[after].add_suffix("_after").reset_index(drop=True))
    left = [table.drop(table.index[taken]) for table, taken in ((one, before), (other, after))]
    return both, *left


def _counted(rows: pd.DataFrame, rest: list[str], moving: list[str]) -> pd.DataFrame:
    """Rows by date, with their `turn` among those that agree on the rest."""
    rows = rows.sort_values(moving, kind="stable").reset_index(drop=True)
    return rows.assign(turn=rows.groupby(rest, dropna=False).cumcount())


def _cells(table: Table, both: pd.DataFrame, key: list[str], columns: list[str]) -> Iterator[Edit]:
    for name in columns:
        column = table.by_name[name]
        one, other = both[f"{name}_before"].to_numpy(), both[f"{name}_after"].to_numpy()
        for row in both[~same(column, one, other)].to_dict("records"):
            before, after = (plain(column, row[f"{name}_{end}"]) for end in ("before", "after"))
            units = float(row["units_after"]) if "units_after" in row else None
            names = named(table, {part: row[f"{part}_after"] for part in key}, key)
            yield Edit(table.name, "cell", names, name, before, after, _size(name, before, after, units), units)


def _size(name: str, before: object, after: object, units: float | None) -> float:
    if isinstance(before, float) and isinstance(after, float):
        return abs(after - before) / (1.0 if name == "units" else max(abs(before), abs(after)))
    return 1.0 if units is None else units


def _whole_row(table: Table, kind: str, row: dict[str, object]) -> Edit:
    telling = next((column for column in table.columns if column.name in TELLING), None)
    value = plain(telling, row[telling.name]) if telling else None
    before, after = (value, None) if kind == "gone" else (None, value)
    units = float(row["units"]) if "units" in row else None  # type: ignore[arg-type]
    names = named(table, row, list(table.key))
    return Edit(table.name, "gone" if kind == "gone" else "new", names, telling.name if telling else "", before, after,
                1.0 if units is None else units, units)  # fmt: skip
