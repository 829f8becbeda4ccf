"""The verdict on a plan: every rule that it breaks, in sentences."""

from __future__ import annotations

from optimizer.plan.ledger import Facts, planned, play
from optimizer.plan.plan import Plan
from optimizer.plan.verify import ending, keeping, keys, money, ordering, serving, shipping
from optimizer.plan.verify.evidence import Evidence
from optimizer.plan.verify.shape import cleaned

#: Every check, in the order in which violations are told.
CHECKS = (
    *keys.CHECKS,
    *serving.CHECKS,
    *ordering.CHECKS,
    *shipping.CHECKS,
    *keeping.CHECKS,
    *ending.CHECKS,
    *money.CHECKS,
)


def verify(plan: Plan, tolerance: float = 1e-6) -> tuple[str, ...]:
    """Every rule that a plan breaks and every cost line that does not add up; empty for a plan to be trusted.

    `tolerance` is relative: to the amounts compared, and for money to the sum of all cost lines (at least a cent).
    A plan whose tables cannot be read (missing columns, unknown keys, no numbers) is told so, and nothing else.
    """
    facts = Facts(plan.scenario)
    tables, wrong = cleaned(plan.tables, facts)
    if wrong:
        return tuple(wrong)
    clean = Plan(plan.scenario, tables, plan.bound, plan.status, plan.solver, plan.seconds)
    case = Evidence(tables, plan.bound, facts, play(facts, planned(clean, facts)), tolerance)
    return tuple(violation for check in CHECKS for violation in check(case))
