"""The table of the suite `unseen`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from benchmarks.markdown import NONE, reason, table
from benchmarks.spec import Line

HEADER = ("scenario", "plan for", "SKUs", "in the sample", "on fresh paths", "+-", "apart", "batches", "impossible",
          "late")  # fmt: skip
#: The cost on fresh paths is to lie within this share of that in the sample.
BAR = 0.05


def unseen_table(lines: Sequence[Line]) -> str:
    """Total cost in the sample and on fresh paths (mean of batches, and its standard error), for every number of paths;
    and whether plans for several paths keep within the bar.
    """
    return f"{table(HEADER, [_row(made) for made in lines], texts=2)}\n\n{_bar(lines)}"


def _row(made: Line) -> list[str]:
    head = [made["spec"], made["method"], str(made["size"])]
    if "measured" not in made or not made["measured"]["batches"]:
        return [*head, str(reason(made) if "measured" not in made else "no batch"), *[NONE] * (len(HEADER) - 4)]
    found = made["measured"]
    fresh, error = _mean(found)
    return [
        *head,
        f"{found['sample']:,.0f}",
        f"{fresh:,.0f}",
        f"{error:,.0f}",
        f"{100 * (fresh / found['sample'] - 1):+.1f} %",
        str(len(found["batches"])),
        str(found["impossible"]),
        str(found["late"]),
    ]


def _bar(lines: Sequence[Line]) -> str:
    what = f"- Cost on fresh paths within {100 * BAR:g} % of that in the sample, for plans for several paths: "
    several = [
        made["measured"] for made in lines if made.get("measured", {}).get("batches") and made["method"] != "1 paths"
    ]
    if not several:
        return f"{what}not measured."
    apart = max(abs(_mean(found)[0] / found["sample"] - 1) for found in several)
    return f"{what}at most {100 * apart:.1f} %: {'met' if apart <= BAR else 'missed'}."


def _mean(found: dict) -> tuple[float, float]:
    costs = found["batches"]
    error = statistics.stdev(costs) / len(costs) ** 0.5 if len(costs) > 1 else 0.0
    return statistics.fmean(costs), error
