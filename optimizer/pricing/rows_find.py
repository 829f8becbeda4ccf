"""All rows of one SKU that a point breaks, the best of them as entries; compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from optimizer.pricing.rows_build import mixed_row, order_row, single_row
from optimizer.pricing.rows_compiled import kept, lean, making
from optimizer.pricing.rows_flows import Flows
from optimizer.pricing.rows_mixed import LACKING
from optimizer.pricing.rows_sets import chosen
from optimizer.pricing.rows_windows import read, room_for
from optimizer.pricing.stamp import stamp

#: Rows are too alike if the cosine of the angle between them is more.
ALIKE = 0.9


class Written(NamedTuple):
    """Rows one after the other, (rows,): where the entries of each start (rows + 1,) among all `columns` and `values`,
    its `lower` side, its length in units, and what it is worth: by how much it is broken, in lengths.
    """

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    lower: np.ndarray
    norm: np.ndarray
    worth: np.ndarray


@making
def _paper(flows, rows):  # type: ignore[no-untyped-def]
    """Room for so many rows; those of one set have no column twice."""
    widest = len(flows.moved) + len(flows.taken) + 2 * flows.held.size + len(flows.orders)
    return Written(
        np.zeros(rows + 1, np.int64), np.empty(rows * widest, np.int32), np.empty(rows * widest), np.zeros(rows),
        np.ones(rows), np.full(rows, -np.inf),
    )  # fmt: skip


@lean
def _write(flows, now, room, sets, x, scale, least, written, count):  # type: ignore[no-untyped-def]
    """Write the rows of sets and measure them."""
    kind, first, last = sets
    for row in range(len(kind)):
        start = written.starts[row]
        count[0] = 0
        entries = (written.columns[start:], written.values[start:], count)
        lower = _row(flows, now, room, kind[row], first[row], last[row], entries)
        written.lower[row], written.starts[row + 1] = lower, start + count[0]
        if lower > -np.inf and count[0]:
            over, norm = measured(written, row, x, scale)
            written.norm[row] = norm
            written.worth[row] = (lower + over) / norm if lower + over > least else -np.inf


@lean
def _row(flows, now, room, kind, first, last, entries):  # type: ignore[no-untyped-def]
    """Write the row of a set; its lower side."""
    if kind == -1:
        return single_row(flows, now, room, first, last, entries)
    if kind == -2:
        return order_row(flows, now, room, first, last, entries)
    return mixed_row(flows, now, room, first, last, LACKING[kind], entries)


@lean
def measured(written, row, x, scale):  # type: ignore[no-untyped-def]
    """What a row lacks of zero at x, and its length in units."""
    total, square = 0.0, 0.0
    for entry in range(written.starts[row], written.starts[row + 1]):
        column = written.columns[entry]
        total -= written.values[entry] * x[column]
        square += (written.values[entry] * scale[column]) ** 2
    return total, np.sqrt(square)


@making
def scales(flows, width):  # type: ignore[no-untyped-def]
    """Units of each column's scale, inverse: a case counts as its units, an order as all that it may bring."""
    scale = np.ones(width)
    scale[flows.moved] = 1.0 / flows.pack
    scale[flows.orders] = 1.0 / flows.pack
    return scale


@lean
def unlike(written, order, scale, dense, chosen_rows):  # type: ignore[no-untyped-def]
    """Put to `chosen_rows` those with the greatest worth that point in different directions; how many there are."""
    count = 0
    for place in range(len(order)):
        row = order[place]
        if written.worth[row] == -np.inf or count == len(chosen_rows):
            break
        for entry in range(written.starts[row], written.starts[row + 1]):
            column = written.columns[entry]
            dense[column] = written.values[entry] * scale[column] ** 2
        if apart(written, dense, ALIKE * written.norm[row], chosen_rows, count):
            chosen_rows[count] = row
            count += 1
        for entry in range(written.starts[row], written.starts[row + 1]):
            dense[written.columns[entry]] = 0.0
    return count


@lean
def apart(written, dense, limit, others, count):  # type: ignore[no-untyped-def]
    """Whether a row, given in `dense`, points in another direction than all others."""
    for place in range(count):
        other, along = others[place], 0.0
        for entry in range(written.starts[other], written.starts[other + 1]):
            along += written.values[entry] * dense[written.columns[entry]]
        if along > limit * written.norm[other]:
            return False
    return True


@making
def together(written, rows):  # type: ignore[no-untyped-def]
    """Chosen rows one after the other: starts, columns, values, lower sides."""
    starts = np.zeros(len(rows) + 1, np.int32)
    for place in range(len(rows)):
        starts[place + 1] = starts[place] + written.starts[rows[place] + 1] - written.starts[rows[place]]
    column, value = np.zeros(starts[-1], np.int32), np.zeros(starts[-1])
    for place in range(len(rows)):
        begin, end = written.starts[rows[place]], written.starts[rows[place] + 1]
        column[starts[place] : starts[place + 1]] = written.columns[begin:end]
        value[starts[place] : starts[place + 1]] = written.values[begin:end]
    return starts, column, value, written.lower[rows]


def _entry(version: int) -> Callable[..., tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    @kept
    def found(flows, x, most, least):  # type: ignore[no-untyped-def]
        """At most so many rows that x (n,) breaks by more than `least` units: starts, columns, values, lower sides."""
        now = read(flows, x)
        room = room_for(flows, now)
        sets = chosen(flows, now, room, least)
        written, scale = _paper(flows, len(sets[0])), scales(flows, len(x))
        _write(flows, now, room, sets, x, scale, least, written, np.zeros(1, np.int64))
        rows = np.zeros(most if version else 0, np.int64)
        count = unlike(written, np.argsort(-written.worth), scale, np.zeros(len(x)), rows)
        return together(written, rows[:count])

    return found


found = _entry(stamp("rows", Flows))
