"""Space and targets: overflow and shortfall are no less than what stock and arrivals force."""

from __future__ import annotations

from optimizer.plan.ledger.least import beyond_limits, least_shortfall
from optimizer.plan.verify.evidence import Evidence, compared, tell
from optimizer.plan.verify.finding import Finding


def capacity(case: Evidence) -> list[Finding]:
    """Volume on hand and volume received stay within the limit plus the overflow that is paid for."""
    least = beyond_limits(case.facts, case.totals.standing, case.totals.arriving)
    rows = compared(case["overflow"], least, ["location", "period", "kind"], "volume_m3")
    rows = rows[case.exceeds(rows["found"], rows["claimed"])]
    return tell(
        "capacity",
        rows,
        "{location} goes {found:g} m3 beyond its {kind} limit in period {period}; overflow is {claimed:g}",
    )


def stock_target(case: Evidence) -> list[Finding]:
    """On hand plus shortfall reach the target."""
    least = least_shortfall(case.facts, case.ledger.events.demand, case.ledger.stock)
    keys = ["location", "sku", "period"]
    rows = compared(case["target_shortfall"], least, keys)
    rows = rows[case.exceeds(rows["found"], rows["claimed"])]
    return tell(
        "stock_target",
        rows,
        "{sku} at {location} is {found:g} units below its target in period {period}; the shortfall is {claimed:g}",
        by=keys,
    )


CHECKS = (capacity, stock_target)
