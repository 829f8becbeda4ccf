"""Two plans compared, with reasons: one call for commands, reports and nights."""

from __future__ import annotations

from optimizer.plan.diff import diff as compared
from optimizer.plan.ledger import account
from optimizer.plan.plan import Plan
from optimizer.report.changes import Changes
from optimizer.studies.diff_reasons import reasons


def diff(old: Plan, new: Plan, seconds: float = 60.0) -> Changes:
    """What `new` has otherwise than `old`, and within so many seconds why; with 0 seconds without reasons."""
    before = account(old)
    found = compared(before, account(new))
    why = reasons(before, new, found, old.total_cost, seconds) if seconds > 0 else None
    if why is None:
        return Changes(old, new, found)
    return Changes(old, new, found, why.parts, tuple(why.lines))
