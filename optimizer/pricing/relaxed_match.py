"""Compiled: which source serves which demand, by successive best augmenting paths on the few limited sources.

A transportation problem in which every column has an alternative that is always there (suppliers, or a lost sale), and
every source an end that takes any number (clearance, or stock left). So a pair gains what both save, and the flow of
most gain is found column by column (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.7); the residual network
has one node for each limited source, of which a SKU has few.
"""

from __future__ import annotations

import numpy as np

from optimizer.pricing.relaxed_arrays import Match
from optimizer.pricing.relaxed_compiled import compiled

#: Gains below this share of the largest cost are rounding.
ROUNDING = 1e-13
#: Less than this share of a supply or demand is rounding too.
DUST = 1e-13
#: Share of all terms of a bound that their sum may be wrong by: two hundred terms at half a unit in the last place.
SUMMING = 3e-14


@compiled
def _note(source: int, column: int, sources: int, match: Match) -> None:
    """Let a column that the source serves be one from which a unit can be moved."""
    gain = match.gain[column, source]
    if -gain > match.leave[source]:
        match.leave[source], match.left[source] = -gain, column
    for other in range(1, sources):
        moved = match.gain[column, other] - gain
        if moved > match.swap[source, other]:
            match.swap[source, other], match.swapped[source, other] = moved, column


@compiled
def _serve(source: int, column: int, units: float, sources: int, match: Match) -> None:
    """Give a column units of a source; keeps the list of columns that the source serves."""
    before = match.flow[column, source]
    match.flow[column, source] = before + units
    if before == 0.0:
        match.served[source, match.serving[source]] = column
        match.serving[source] += 1
        if not match.dirty[source]:
            _note(source, column, sources, match)


@compiled
def _clear(source: int, column: int, sources: int, match: Match) -> None:
    """Take a column off the list of those that the source serves; what moves best must be found anew if that was it."""
    match.flow[column, source] = 0.0
    count = match.serving[source]
    for place in range(count):
        if match.served[source, place] == column:
            match.served[source, place] = match.served[source, count - 1]
            break
    match.serving[source] = count - 1
    lost = match.left[source] == column
    for other in range(1, sources):
        lost = lost or match.swapped[source, other] == column
    match.dirty[source] = match.dirty[source] or lost


@compiled
def _scan(source: int, sources: int, match: Match) -> None:
    """The least loss from moving a unit off a source: to its alternative, or to each other source."""
    match.leave[source], match.left[source] = -np.inf, -1
    for other in range(1, sources):
        match.swap[source, other], match.swapped[source, other] = -np.inf, -1
    for place in range(match.serving[source]):
        column = match.served[source, place]
        _note(source, column, sources, match)
    match.dirty[source] = False


@compiled
def reprice(sources: int, rounding: float, match: Match) -> None:
    """What a unit of each source is worth: the least loss for which one can be set free (Bellman and Ford)."""
    for source in range(1, sources):
        match.onward[source] = -1
        if match.rest[source] > 0.0:
            match.price[source] = 0.0
            continue
        if match.dirty[source]:
            _scan(source, sources, match)
        match.price[source] = -match.leave[source]
    for _ in range(sources):
        changed = False
        for source in range(1, sources):
            if match.rest[source] > 0.0:
                continue
            for other in range(1, sources):
                price = match.price[other] - match.swap[source, other]
                if other != source and price < match.price[source] - rounding:
                    match.price[source], match.onward[source], changed = price, other, True
        if not changed:
            return


@compiled
def _room(source: int, sources: int, match: Match) -> float:
    """Units that can be set free along the path from a source; -1 where the path runs in a circle."""
    room = np.inf
    for _ in range(sources + 1):
        if match.rest[source] > 0.0:
            return min(room, match.rest[source])
        onward = match.onward[source]
        column = match.left[source] if onward < 0 else match.swapped[source, onward]
        room = min(room, match.flow[column, source])
        if onward < 0:
            return room
        source = onward
    return -1.0


@compiled
def _push(source: int, column: int, units: float, sources: int, match: Match) -> None:
    """Give a column units of a source, and set them free along the path from there."""
    while True:
        onward, out = match.onward[source], -1
        full = match.rest[source] <= 0.0
        if full:
            out = match.left[source] if onward < 0 else match.swapped[source, onward]
            if out != column:
                left = match.flow[out, source] - units
                if left <= DUST * match.size[out]:
                    _clear(source, out, sources, match)
                else:
                    match.flow[out, source] = left
        else:
            rest = match.rest[source] - units
            match.rest[source] = rest if rest > DUST * match.supply[source] else 0.0
        if out != column:
            _serve(source, column, units, sources, match)
        if not full or onward < 0:
            return
        source, column = onward, out


@compiled
def _take(column: int, sources: int, rounding: float, match: Match) -> bool:
    """Serve a column as long as that gains; false where rounding leads in circles."""
    wanted = match.size[column]
    for _ in range(4 * len(match.size) + 4 * sources):
        if wanted <= DUST * match.size[column]:
            return True
        best, chosen = rounding, -1
        for source in range(1, sources):
            if match.rest[source] > 0.0 and match.gain[column, source] > best:
                best, chosen = match.gain[column, source], source
        for source in range(1, sources):  # a detour must pay, or rounding leads in circles
            gain = match.gain[column, source] - match.price[source]
            if match.rest[source] <= 0.0 and gain > best + rounding:
                best, chosen = gain, source
        if chosen < 0:
            return True
        room, free = _room(chosen, sources, match), match.rest[chosen] > 0.0
        if room <= 0.0:
            return False
        _push(chosen, column, min(room, wanted), sources, match)
        if not free or match.rest[chosen] <= 0.0:  # else a unit of it still costs nothing, nor does any change hands
            reprice(sources, rounding, match)
        wanted -= room
    return False


@compiled
def assign(sources: int, columns: int, match: Match) -> bool:
    """Find the flow of most gain from sources 1 ... to columns; false where rounding leads in circles.

    Leaves what is not used in `rest`, and the worth of a unit of each source in `price`.
    """
    largest = 0.0
    for source in range(1, sources):
        match.rest[source], match.serving[source], match.price[source] = match.supply[source], 0, 0.0
        match.dirty[source] = True
    for column in range(columns):
        most = 0.0
        for source in range(1, sources):
            match.flow[column, source] = 0.0
            gain = match.other[column] + match.free[source] - match.cost[column, source]
            match.gain[column, source] = gain
            most = max(most, gain)
        match.most[column] = most
        largest = max(largest, most)
    rounding = ROUNDING * largest
    done, turns = 0, _turns(columns, rounding, match)
    while done < turns and _take(match.turn[done], sources, rounding, match):
        done += 1
    return done == turns


@compiled
def _turns(columns: int, rounding: float, match: Match) -> int:
    """Put the columns that gain from any source in `turn`, those that gain most first; their number.

    Whatever the turns, the flow is the best one; in this order few units change hands again.
    """
    count = 0
    for column in range(columns):
        if match.size[column] > 0.0 and match.most[column] > rounding:
            match.turn[count] = column
            count += 1
    gap = count // 2
    while gap > 0:  # Shell's sort, in place
        for place in range(gap, count):
            column, before = match.turn[place], place - gap
            while before >= 0 and match.most[match.turn[before]] < match.most[column]:
                match.turn[before + gap] = match.turn[before]
                before -= gap
            match.turn[before + gap] = column
        gap //= 2
    return count


@compiled
def bound(sources: int, columns: int, match: Match) -> float:
    """Weak duality: the sources' worth with the best that every column could then do.

    It holds for whatever worth is given to the sources, as long as that of their free end is the highest.
    """
    total, size = 0.0, 0.0
    for source in range(1, sources):
        worth = match.supply[source] * (match.free[source] - max(match.price[source], 0.0))
        total += worth
        size += abs(worth)
    for column in range(columns):
        best = match.other[column]
        for source in range(1, sources):
            best = min(best, match.cost[column, source] - match.free[source] + max(match.price[source], 0.0))
        total += match.size[column] * best
        size += match.size[column] * abs(best)
    return total - SUMMING * size
