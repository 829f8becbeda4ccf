"""The ledger of a plan."""

from __future__ import annotations

from optimizer.plan.ledger.events import planned
from optimizer.plan.ledger.expected import expected, facts_of
from optimizer.plan.ledger.ledger import Ledger, play
from optimizer.plan.plan import Plan


def account(plan: Plan) -> Ledger:
    """The ledger of a plan: everything goes as planned, or as each sample path says; then it tells what is expected."""
    facts = facts_of(plan.scenario)
    return expected(facts, plan.tables) if len(plan.scenario["paths"]) > 1 else play(facts, planned(plan, facts))
