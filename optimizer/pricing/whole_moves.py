"""Moves between whole answers of a SKU: steps of cases more, fewer, elsewhere; made feasible by purchases; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.whole_compiled import copied, lean

#: Units by which stock may seem short.
SHORT = 1e-6
#: Most repairs of one answer.
REPAIRS = 24


@lean
def balances(layout, steps, balance):  # type: ignore[no-untyped-def]
    """Put `balance` (places x periods,) to what would be on hand if nothing were delivered."""
    periods = layout.periods[0]
    copied(layout.held, balance)
    for case in range(len(steps)):
        if steps[case] != 0.0:
            units = steps[case] * layout.units[case]
            if layout.comes[case] >= 0:
                balance[layout.comes[case]] += units
            if layout.leaves[case] >= 0:
                balance[layout.leaves[case]] -= units
    for moment in range(len(balance)):
        if moment % periods:
            balance[moment] += balance[moment - 1]


@lean
def lacking(balance):  # type: ignore[no-untyped-def]
    """First moment of a place at which more has left than there was, -1 if there is none."""
    for moment in range(len(balance)):
        if balance[moment] < -SHORT:
            return moment
    return -1


@lean
def ordered(layout, steps, case):  # type: ignore[no-untyped-def]
    """Units of the order to which a case column belongs."""
    units = 0.0
    for other in range(len(steps)):
        if layout.order[other] == layout.order[case]:
            units += steps[other] * layout.units[other]
    return units


@lean
def at_least(layout, steps, case, wanted):  # type: ignore[no-untyped-def]
    """Steps by which a column must grow where it is wanted to grow by `wanted`: an order takes its least quantity."""
    if layout.order[case] < 0:
        return wanted
    missing = layout.least[layout.order[case]] - ordered(layout, steps, case)
    return max(wanted, np.ceil(missing / layout.units[case] - 1e-9))


@lean
def fewer(layout, steps, case, wanted):  # type: ignore[no-untyped-def]
    """Steps by which a column may shrink where it should by `wanted`: an order below its least quantity is given up."""
    wanted = min(wanted, steps[case])
    if layout.order[case] < 0:
        return wanted
    units = ordered(layout, steps, case)
    if units - wanted * layout.units[case] >= layout.least[layout.order[case]] - SHORT:
        return wanted
    return steps[case]


@lean
def supplier_for(layout, steps, gain, most, moment):  # type: ignore[no-untyped-def]
    """The column that brings more to a place by a moment at the least cost, first from outside; -1 if there is none."""
    place, best, cost = moment // layout.periods[0], -1, np.inf
    for case in range(len(steps)):
        comes = layout.comes[case]
        if layout.leaves[case] >= 0 or comes < 0 or comes > moment or comes // layout.periods[0] != place:
            continue
        more = at_least(layout, steps, case, 1.0)
        if steps[case] + more > most[case]:
            continue
        extra = gain[case] / layout.units[case] * (1.0 + 1e-3 * more)
        if extra < cost:
            best, cost = case, extra
    return best


@lean
def mended(layout, steps, gain, most, balance):  # type: ignore[no-untyped-def]
    """Buy what the steps lack; false where that cannot be had."""
    for _ in range(REPAIRS):
        if not filled_up(layout, steps, gain, most):
            return False
        balances(layout, steps, balance)
        moment = lacking(balance)
        if moment < 0:
            return True
        case = supplier_for(layout, steps, gain, most, moment)
        if case < 0:
            return False
        more = at_least(layout, steps, case, np.ceil(-balance[moment] / layout.units[case] - 1e-9))
        if steps[case] + more > most[case]:
            more = most[case] - steps[case]
        steps[case] += more
    return False


@lean
def filled_up(layout, steps, gain, most):  # type: ignore[no-untyped-def]
    """Raise each order that is placed to its least quantity; false where that cannot be."""
    for case in range(len(steps)):
        if layout.order[case] >= 0 and steps[case] > 0:
            more = at_least(layout, steps, case, 0.0)
            if more > 0:
                if steps[case] + more > most[case]:
                    return False
                steps[case] += more
    return True
