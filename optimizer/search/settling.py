"""A choice of answers becomes a plan: whole linking columns beside it, and repairs until nothing is lacking."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

import numpy as np

from optimizer.decomposition.offers import Offers
from optimizer.decomposition.tie import WholeBeside, whole_beside
from optimizer.search.booking import Booked
from optimizer.search.offered import Offered
from optimizer.search.pricing import Pricing
from optimizer.search.repair import Repair
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Solver

#: The master program in whole numbers, whose first unit of a row may cost far more than its price, pays so much more;
#: beside a choice that is repaired, what is lacking still is charged so many times more each time.
WHOLE, AGAIN = 20.0, 10.0
#: A missing unit costs so many times more from now on where a choice for few SKUs lacks something of its family.
DEARER = 5.0
#: Most repairs of one choice.
REPAIRS = 12
#: Seconds that whole linking columns beside a choice may take, at least and at most, and how near these must be.
LEAST_BESIDE, BESIDE_SECONDS, BESIDE_GAP = 2.0, 30.0, 1e-5
#: Beside the first choice for few SKUs, which lacks much, presolving takes most of the time and gains nothing.
AT_FIRST = Highs(options={"presolve": "off"})
#: What a choice may lack of a row and still keep it.
NOTHING = 1e-6
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settled:
    """A choice that lacks nothing: `taken` (blocks,) positions of its offers, these `offers`, the linking columns
    beside them, the cost of all.
    """

    taken: np.ndarray
    offers: Offers
    columns: np.ndarray
    total: float


def settle(
    pricing: Pricing, offered: Offered, booked: Booked, prices: np.ndarray, penalty: np.ndarray, taken: np.ndarray,
    first: bool = False, ends: float = np.inf,
) -> tuple[Settled | None, np.ndarray]:  # fmt: skip
    """A choice (positions among what is offered), the `first` one or not, once what it lacks is repaired, None where
    that fails or is not done when the clock (`time.monotonic`) comes to `ends`; and what a missing unit costs from now
    on (links,), `penalty` so far. Answers that repair it join the offers.
    """
    taken, repair = taken.copy(), Repair(pricing, booked, prices, penalty)
    charged, solver = WHOLE * penalty, AT_FIRST if first and pricing.few else pricing.solver
    for turn in range(REPAIRS):
        if turn > 0 and time.monotonic() > ends:
            break
        offers = offered.all.only(taken)
        used, until = np.asarray(offers.usage.sum(axis=0)).ravel(), np.inf if first and turn == 0 else ends
        found = _beside(pricing, used, charged, solver, until)
        if found is None:
            break
        total = float(offers.cost.sum()) + found.cost
        lacks = np.where(np.abs(found.lacking) > NOTHING, found.lacking, 0.0)
        _log.debug("a choice costs %.0f in whole and lacks something of %d rows", total, np.count_nonzero(lacks))
        if not lacks.any():
            return Settled(taken, offers, found.columns, total), penalty
        # A little that is lacking may be charged less at first than the fee of the departure that would bring it.
        charged = np.where(lacks != 0, AGAIN * charged, charged)
        if turn == 0 and pricing.few:
            dearer = np.isin(pricing.rows.family, pricing.rows.family[lacks != 0])
            penalty = np.where(dearer, DEARER * penalty, penalty)
        fresh = repair.mended(offers, lacks)
        taken[fresh.block] = offered.keep(fresh)
    return None, penalty


def _beside(
    pricing: Pricing, used: np.ndarray, charged: np.ndarray, solver: Solver, ends: float
) -> WholeBeside | None:  # fmt: skip
    """Whole linking columns by a solver, or by the usual one where that finds none."""
    for one in (solver, pricing.solver):
        seconds = min(max(ends - time.monotonic(), LEAST_BESIDE), BESIDE_SECONDS)
        limits = replace(pricing.within(), seconds=seconds, relative_gap=BESIDE_GAP)
        found = whole_beside(pricing.linking, used, charged, one, limits, lambda _: pricing.abandoned())
        if found is not None or one is pricing.solver:
            return found
    return None
