"""What to do next: the summary's last words."""

from __future__ import annotations

import math

from optimizer.report.briefing import Briefing
from optimizer.report.page import cut
from optimizer.report.values import units
from optimizer.report.words import Words

#: The SKUs that together make up this share of the loss are worth a look.
MOST_OF_IT = 0.5

#: No more of them are named.
MOST_NAMED = 5

#: A longer search is worth a try up to this time.
LONGEST_SECONDS = 3600.0

#: Longest example of a doubt.
WIDEST_DOUBT = 200


def steps(brief: Briefing, words: Words) -> list[str]:
    """A sentence for everything that asks for somebody to act: first what may make the plan wrong."""
    return [step for make in (_doubts, _orders, _departures, _short, _idle, _gap) if (step := make(brief, words))]


def _doubts(brief: Briefing, words: Words) -> str:
    if not brief.doubts:
        return ""
    step = words("next_doubts", doubt=cut(str(brief.doubts[0]), WIDEST_DOUBT))
    more = len(brief.doubts) - 1
    return f"{step} {words('next_doubts_more', count=more)}" if more else step


def _orders(brief: Briefing, words: Words) -> str:
    rows = brief.ordering
    if rows.empty:
        return ""
    first = f"{rows['order_on'].min():%Y-%m-%d}"
    return words("next_orders", count=len(rows), day=first, sheet=words.sheet("orders"))


def _departures(brief: Briefing, words: Words) -> str:
    rows = brief.leaving
    if rows.empty:
        return ""
    booked = " + ".join(f"{count:,.0f} x {cut(kind)}" for kind, count in brief.containers_leaving().items())
    containers = words("next_containers", containers=booked) if booked else ""
    first = f"{rows['departs_on'].min():%Y-%m-%d}"
    return words("next_departures", count=len(rows), containers=containers, day=first, sheet=words.sheet("departures"))


def _short(brief: Briefing, words: Words) -> str:
    losses = brief.short.groupby("sku")["money"].sum().sort_values(ascending=False, kind="stable")
    if losses.sum() <= 0:
        return ""
    worst = losses.head(int((losses.cumsum() < MOST_OF_IT * losses.sum()).sum()) + 1)
    skus = ", ".join(cut(str(sku)) for sku in worst.index[:MOST_NAMED])
    if len(worst) > MOST_NAMED:
        skus = words("and_more", skus=skus, count=len(worst) - MOST_NAMED)
    return words("next_short", share=worst.sum() / losses.sum(), skus=skus)


def _idle(brief: Briefing, words: Words) -> str:
    left = float(brief.idle["left"].sum())
    return words("next_idle", left=units(left)) if left >= 1 else ""


def _gap(brief: Briefing, words: Words) -> str:
    longer = 4 * brief.plan.scenario.settings.solve.seconds
    if brief.within_gap or longer > LONGEST_SECONDS or not math.isfinite(longer):
        return ""
    return words("next_gap", seconds=math.ceil(longer))
