"""Every cost line is what the ledger finds, and the bound is a bound."""

from __future__ import annotations

import math

from optimizer.plan.verify.evidence import Evidence
from optimizer.plan.verify.finding import Finding, said

#: Money that counts as nothing: a cent.
CENT = 0.01


def cost_lines(case: Evidence) -> list[Finding]:
    """Each cost line equals the ledger's."""
    claimed = dict(zip(case["costs"]["line"], case["costs"]["amount"], strict=True))
    found = case.costs
    wrong = [f"costs: {line} is no cost line." for line in claimed if line not in found]
    for line, amount in found.items():
        if math.isnan(amount):
            wrong.append(
                f"costs: {line} cannot be worked out: a rate, price or exchange rate is missing for what the plan does."
            )
        elif not abs(claimed.get(line, 0.0) - amount) <= allowed(case):
            wrong.append(f"costs: {line} is said to be {claimed.get(line, 0.0):.2f}; the movements cost {amount:.2f}.")
    return [said("costs", wrong)]


def bound_below_total(case: Evidence) -> list[Finding]:
    """The bound is a number not above the total cost."""
    total = float(case["costs"]["amount"].sum())
    if math.isnan(case.bound) or not case.bound <= total + allowed(case):
        return [said("bound", [f"bound: {case.bound:.2f} is no lower bound on a total cost of {total:.2f}."])]
    return [said("bound", [])]


CHECKS = (cost_lines, bound_below_total)


def allowed(case: Evidence) -> float:
    """What amounts of money may differ by."""
    size = sum(abs(amount) for amount in case.costs.values() if not math.isnan(amount))
    return max(CENT, case.tolerance * size)
