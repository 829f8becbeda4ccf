"""A sheet that takes a whole table at once.

xlsxwriter writes cell by cell, some 15 microseconds each: the instructions of ten thousand SKUs are millions of cells,
and were most of the time between a plan and its files. Here the same cells are written row by row as text, with the
library's own escapes; a test holds them against what the library writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: Rows that are made ready at once, texts that are known until they are forgotten, bytes of UTF-16 that a cell holds.
CHUNK, MOST_KNOWN, MOST_BYTES = 10_000, 100_000, 2 * 32_767
#: Day 0 of a spreadsheet, for all days from March 1900 on.
FIRST_DAY = np.datetime64("1899-12-30", "D")
#: What follows the style of a cell that is empty.
EMPTY = "/>"


class BulkSheet(Worksheet):
    """A worksheet of a workbook with constant memory."""

    def __init__(self) -> None:
        super().__init__()
        self._known = dict[tuple[type, Any], str]()  # 1, True and 1.0 are equal, and read differently

    def write_table(
        self, first: int, frame: pd.DataFrame, kinds: Sequence[str], shades: Sequence[int],
        styles: Sequence[dict[str, Format]],
    ) -> None:  # fmt: skip
        """Write a table from row `first` on, below all that is written already; each column is of a kind (`text`,
        `date`, or a number), each row has one of the `styles`. Raises TypeError for infinite numbers, ValueError where
        a sheet has no room.
        """
        if frame.empty:
            return
        self._write_single_row(first)  # what stands above
        if self._check_dimensions(first, 0) or self._check_dimensions(first + len(frame) - 1, len(kinds) - 1):
            raise ValueError(f"a sheet cannot hold {len(frame)} rows from row {first} on")
        letters, ends = [xl_col_to_name(place) for place in range(len(kinds))], [self._ends(kind) for kind in kinds]
        heads = [[f'" s="{style[kind]._get_xf_index()}"' for style in styles] for kind in kinds]
        for start in range(0, len(frame), CHUNK):
            part = frame.iloc[start : start + CHUNK]
            shade, rows = shades[start : start + CHUNK], range(first + start + 1, first + start + 1 + len(part))
            cells = [
                [
                    f'<c r="{letter}{row}{head[dark]}{end}'
                    for row, dark, end in zip(rows, shade, ending(part.iloc[:, place]), strict=True)
                ]
                for place, (letter, head, ending) in enumerate(zip(letters, heads, ends, strict=True))
            ]
            self.row_data_fh.writelines(
                f'<row r="{row}">{"".join(inside)}</row>'
                for row, inside in zip(rows, zip(*cells, strict=True), strict=True)
            )
        self.previous_row = first + len(frame)

    def _ends(self, kind: str) -> Callable[[pd.Series], list[str]]:
        """What makes, of values of a kind, all that follows the style of their cells."""
        return {"text": self._texts, "date": _dates}.get(kind, _numbers)

    def _texts(self, values: pd.Series) -> list[str]:
        known = self._known
        if len(known) > MOST_KNOWN:
            known.clear()
        return [
            known[key] if (key := (type(value), value)) in known else known.setdefault(key, self._text(value))
            for value in values.to_numpy(dtype=object).tolist()  # Arrow hands out its texts singly ten times as slowly
        ]

    def _text(self, value: Any) -> str:
        if pd.isna(value) or value == "":
            return EMPTY
        text = str(value).encode("utf-16-le", "surrogatepass")[:MOST_BYTES].decode("utf-16-le", "ignore")
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        escaped = self._escape_data(self._escape_control_characters(text))
        return f' t="inlineStr"><is><t{kept}>{escaped}</t></is></c>'


def _dates(values: pd.Series) -> list[str]:
    days = pd.to_datetime(values).to_numpy("datetime64[us]") - FIRST_DAY  # in nanoseconds the years end in 2262
    return _numbers(pd.Series(days / np.timedelta64(1, "D")))


def _numbers(values: pd.Series) -> list[str]:
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(numbers).any():
        raise TypeError("a cell cannot hold an infinite number")
    return [EMPTY if number != number else f"><v>{number:.16G}</v></c>" for number in numbers.tolist()]
