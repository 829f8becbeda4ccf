"""A choice of answers becomes a plan: whole linking columns beside it, and repairs until nothing is lacking."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import numpy as np

from optimizer.decomposition.offers import Offers
from optimizer.decomposition.tie import WholeBeside, whole_beside
from optimizer.search.offered import Offered
from optimizer.search.pricing import Booked, Pricing
from optimizer.search.repair import Repair
from optimizer.solvers.highs import Highs

#: The master program in whole numbers, whose first unit of a row may cost far more than its price, pays so much more;
#: beside a choice that is repaired, what is lacking still is charged so many times more each time.
WHOLE, AGAIN = 20.0, 10.0
#: A missing unit costs so many times more from now on where a choice for few SKUs lacks something of its family.
DEARER = 5.0
#: Most repairs of one choice.
REPAIRS = 12
#: Seconds that whole linking columns beside a choice may take, and how near these must be.
BESIDE_SECONDS, BESIDE_GAP = 10.0, 1e-5
#: The same beside a choice that may lack something: where SKUs are few, presolving takes most of the time there, and
#: gains nothing.
LACKING, LACKING_GAP = Highs(options={"presolve": "off"}), 1e-4
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


def settled(
    pricing: Pricing, offered: Offered, booked: Booked, prices: np.ndarray, penalty: np.ndarray, taken: np.ndarray
) -> tuple[Settled | None, np.ndarray]:
    """A choice (positions among what is offered) once what it lacks is repaired, None where that fails; and what a
    missing unit costs from now on (links,), `penalty` so far. Answers that repair it join the offers.
    """
    taken, repair = taken.copy(), Repair(pricing, booked, prices, penalty)
    limits = replace(pricing.within(), seconds=BESIDE_SECONDS, relative_gap=LACKING_GAP)
    charged, solver = WHOLE * penalty, LACKING if pricing.few else pricing.solver
    for turn in range(REPAIRS):
        offers = offered.all.only(taken)
        used = np.asarray(offers.usage.sum(axis=0)).ravel()
        found = whole_beside(pricing.linking, used, charged, solver, limits)
        if found is None:
            break
        lacks = np.where(np.abs(found[2]) > NOTHING, found[2], 0.0)
        total, missing = float(offers.cost.sum()) + found[1], np.count_nonzero(lacks)
        _log.debug("a choice costs %.0f in whole and lacks something of %d rows", total, missing)
        if not missing:
            columns, beside, _ = _polished(pricing, used, charged, found)
            return Settled(taken, offers, columns, float(offers.cost.sum()) + beside), penalty
        # A little that is lacking may be charged less at first than the fee of the departure that would bring it.
        charged = np.where(lacks != 0, AGAIN * charged, charged)
        if turn == 0 and pricing.few:
            dearer = np.isin(pricing.rows.family, pricing.rows.family[lacks != 0])
            penalty = np.where(dearer, DEARER * penalty, penalty)
        fresh = repair.mended(offers, lacks)
        taken[fresh.block] = offered.keep(fresh)
    return None, penalty


def _polished(pricing: Pricing, used: np.ndarray, charged: np.ndarray, found: WholeBeside) -> WholeBeside:
    """The best whole linking columns beside answers that lack nothing, or those `found` already."""
    limits = replace(pricing.within(), seconds=BESIDE_SECONDS, relative_gap=BESIDE_GAP)
    better = whole_beside(pricing.linking, used, charged, pricing.solver, limits)
    if better is None or better[1] > found[1] or (np.abs(better[2]) > NOTHING).any():
        return found
    return better
