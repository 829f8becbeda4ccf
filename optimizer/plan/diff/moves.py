"""What left one place of the plan and came to another: units that moved to other dates, modes or warehouses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

#: Less is rounding.
LEAST = 1e-6


class Line(NamedTuple):
    """A line of a plan whose units have changed; `left`: units that have not found a partner yet."""

    lane: str
    origin: str
    destination: str
    mode: str
    day: int
    period: int
    unit_money: float
    before: float
    after: float
    left: list[float]


#: In which order units that are gone are looked for among those that are new, and what that is called.
PASSES: tuple[tuple[str, Callable[[Line, Line], bool]], ...] = (
    ("date", lambda gone, new: gone.lane == new.lane),
    ("other_mode", lambda gone, new: (gone.origin, gone.destination) == (new.origin, new.destination)),
    ("other_warehouse", lambda gone, new: gone.origin == new.origin),
    ("other_source", lambda gone, new: gone.destination == new.destination),
)


def moves(lines: pd.DataFrame) -> pd.DataFrame:
    """Changes line by line, from lines side by side (`lines.side_by_side`): kind, sku, units, money, and of the line
    before and after: lane, day, period ("" and -1 where there is none).
    """
    changed = lines[(lines["after"] - lines["before"]).abs() > LEAST]
    found = [row for sku, mine in changed.groupby("sku", sort=True) for row in _of_sku(str(sku), mine)]
    return pd.DataFrame(found, columns=COLUMNS)


COLUMNS = [
    "kind", "sku", "units", "money", "lane_before", "day_before", "period_before", "lane", "day", "period", "place",
]  # fmt: skip


def _of_sku(sku: str, rows: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    gone, new = list[Line](), list[Line]()
    for row in rows.itertuples():
        less = row.before - row.after
        price = row.unit_money_before if less > 0 else row.unit_money_after
        line = Line(row.lane, row.origin, row.destination, row.mode, int(row.day), int(row.period), float(price),
                    row.before, row.after, [abs(less)])  # fmt: skip
        (gone if less > 0 else new).append(line)
    for kind, fits in PASSES:
        pairs = [(abs(one.day - other.day), one.day, number, one, other) for one in gone
                 for number, other in enumerate(new) if fits(one, other)]  # fmt: skip
        for _, _, _, one, other in sorted(pairs, key=lambda pair: pair[:3]):
            units = min(one.left[0], other.left[0])
            if units > LEAST:
                one.left[0] -= units
                other.left[0] -= units
                yield _moved(kind, sku, units, one, other)
    for line in gone:
        if line.left[0] > LEAST:
            kind = "gone" if line.after <= LEAST else "less"
            money = -line.left[0] * line.unit_money
            yield kind, sku, line.left[0], money, line.lane, line.day, line.period, "", -1, -1, line.destination
    for line in new:
        if line.left[0] > LEAST:
            kind = "new" if line.before <= LEAST else "more"
            money = line.left[0] * line.unit_money
            yield kind, sku, line.left[0], money, "", -1, -1, line.lane, line.day, line.period, line.destination


def _moved(kind: str, sku: str, units: float, one: Line, other: Line) -> tuple[Any, ...]:
    if kind == "date":
        kind = "later" if other.day > one.day else "earlier"
    money = units * float(np.nan_to_num(other.unit_money) - np.nan_to_num(one.unit_money))
    return (kind, sku, units, money, one.lane, one.day, one.period, other.lane, other.day, other.period,
            other.destination)  # fmt: skip
