"""Problems in many rows at once: the first ones one by one, the rest as a count."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem

#: So many rows are listed for one rule; a column that is wrong throughout is one mistake.
SHOWN = 20


def in_rows(
    table: str,
    frame: pd.DataFrame,
    wrong: np.ndarray | pd.Series,
    column: str,
    rule: str | Callable[[int], str],
    remedy: str | Callable[[int], str],
) -> Iterator[Problem]:
    """A problem for each row where `wrong` holds; `rule` and `remedy` may be told from the row's position.

    A row's number is its label in the index + 2: the header is row 1.
    """
    places = np.flatnonzero(np.asarray(wrong, dtype=bool))
    if not len(places):
        return
    values = frame[column].iloc[places[:SHOWN]] if column in frame.columns else [""] * len(places[:SHOWN])
    for place, value in zip(places[:SHOWN], values, strict=True):
        yield Problem(
            table, int(frame.index[place]) + 2, column, shown(value), _told(rule, place), _told(remedy, place)
        )
    if len(places) > SHOWN:
        rest = f"the same in {len(places) - SHOWN} more rows: {_told(rule, places[SHOWN])}"
        yield Problem(table, 0, column, "", rest, _told(remedy, places[SHOWN]))


def shown(value: object) -> str:
    """A cell as a person would write it, shortened."""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else f"{value:.15g}"
    return "" if value is pd.NaT else str(value)[:80]


def _told(text: str | Callable[[int], str], place: int) -> str:
    return text if isinstance(text, str) else text(int(place))
