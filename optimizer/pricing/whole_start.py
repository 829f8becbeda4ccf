"""First whole steps of cases from split ones, rounded so that what has come by then stays near; compiled."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.whole_compiled import making
from optimizer.pricing.whole_moves import at_least, mended


@making
def rounded(layout, split, gain, least, most, balance, share):  # type: ignore[no-untyped-def]
    """Whole steps near `split` (cases,), or zero steps where they cannot be mended.

    At each place the sum of what came is rounded up from a rest of `share` on, in the order of arrival; purchases
    follow from what leaves.
    """
    cases, periods = len(split), layout.periods[0]
    steps = np.zeros(cases)
    moment_of = np.where(layout.comes >= 0, layout.comes, len(layout.coming))
    saved, place = 0.0, -1
    for case in np.argsort(moment_of):
        if layout.leaves[case] < 0:
            continue
        here = layout.comes[case] // periods if layout.comes[case] >= 0 else -2
        if here != place:
            saved, place = 0.0, here
        saved += split[case]
        step = min(max(np.floor(saved + 1.0 - share), least[case]), most[case])
        steps[case] = step
        saved -= step
    _bought(layout, split, steps, most)
    if mended(layout, steps, gain, most, balance):
        return steps
    return least.copy()


@making
def _bought(layout, split, steps, most):  # type: ignore[no-untyped-def]
    """Purchases rounded down in sum, so that only what is lacking is bought on top of them."""
    saved = 0.0
    for case in range(len(split)):
        if layout.leaves[case] < 0:
            saved += split[case]
            step = np.floor(saved + 1e-6)
            if step > 0:
                step = min(at_least(layout, steps, case, step), most[case])
                if step <= saved + 0.5 or layout.order[case] < 0:
                    steps[case] = step
                    saved -= step
