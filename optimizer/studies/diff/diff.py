"""Two plans compared, with reasons: one call for commands, reports and nights."""

from __future__ import annotations

from optimizer.errors import UsageError
from optimizer.plan.diff import Why
from optimizer.plan.diff import diff as compared
from optimizer.plan.ledger import account
from optimizer.plan.plan import Plan
from optimizer.report.changes import Changes
from optimizer.studies.diff.reasons import reasons


def diff(old: Plan, new: Plan, seconds: float = 60.0, names: tuple[str, str] | None = None) -> Changes:
    """What `new` has otherwise than `old`, and within so many seconds why; with 0 seconds without reasons. `names`:
    what the two plans are called, such as the folders that hold them.

    Raises UsageError for plans that cannot be compared.
    """
    check_alike(old, new)
    before = account(old)
    found = compared(before, account(new))
    why = reasons(before, new, found, old.total_cost, seconds) if seconds > 0 else None
    return Changes(old, new, found, why or Why(), names)


def check_alike(old: Plan, new: Plan) -> None:
    """Raises UsageError where a comparison would say nothing, or what is not so: the plans are in two currencies, in
    the wrong order, or have no day in common.
    """
    before, after = old.scenario, new.scenario
    one, other = before.settings, after.settings
    if one.currency != other.currency:
        raise UsageError(f"The plans are in {one.currency} and {other.currency}: they cannot be compared.")
    if one.starts_on > other.starts_on:
        raise UsageError(f"The old plan begins on {one.starts_on}, after the new one ({other.starts_on}): swap them.")
    if before.calendar.end <= after.calendar.starts[0]:
        raise UsageError(
            f"The old plan ends before {before.calendar.end}, and the new one begins on {other.starts_on}: they have "
            "no day in common that could be compared."
        )
