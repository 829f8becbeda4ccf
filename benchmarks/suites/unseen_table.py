"""The table of the suite `unseen`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from benchmarks.markdown import NONE, reason, table
from benchmarks.spec import Line

HEADER = ("scenario", "plan for", "SKUs", "in the sample", "on fresh paths", "+-", "apart", "rolling", "+-", "apart",
          "draws", "paths", "impossible", "late")  # fmt: skip
#: The cost on fresh paths is to lie within this share of that in the sample.
BAR = 0.05


def unseen_table(lines: Sequence[Line]) -> str:
    """Total cost in the sample, on fresh paths and in replays (means of draws and of replays, with their standard
    errors), for every number of paths; and whether plans for several paths keep within the bar.
    """
    return f"{table(HEADER, [_row(made) for made in lines], texts=2)}\n\n{_bar(lines)}"


def _row(made: Line) -> list[str]:
    head = [made["spec"], made["method"], str(made["size"])]
    if "measured" not in made:
        return [*head, str(reason(made)), *[NONE] * (len(HEADER) - 4)]
    found = made["measured"]
    return [
        *head,
        f"{found['sample']:,.0f}",
        *_beside(found["draws"] if not found["impossible"] + found["late"] else [], found["sample"]),
        *_beside(found["rolling"], found["sample"]),
        str(len(found["draws"])),
        str(found["paths"]),
        str(found["impossible"]),
        str(found["late"]),
    ]


def _beside(costs: Sequence[float], sample: float) -> list[str]:
    """Mean of some costs, its standard error, and how far it lies from that in the sample."""
    if not costs:
        return [NONE] * 3
    error = f"{statistics.stdev(costs) / len(costs) ** 0.5:,.0f}" if len(costs) > 1 else NONE
    return [f"{statistics.fmean(costs):,.0f}", error, f"{100 * _apart(costs, sample):+.1f} %"]


def _apart(costs: Sequence[float], sample: float) -> float:
    return statistics.fmean(costs) / sample - 1


def _bar(lines: Sequence[Line]) -> str:
    what = f"- Cost on fresh paths within {100 * BAR:g} % of that in the sample, for plans for several paths: "
    several = [made["measured"] for made in lines if "measured" in made and made["method"] != "1 paths"]
    if not several:
        return f"{what}not measured."
    told = [abs(_apart(found["draws"], found["sample"])) for found in several if found["draws"]]
    gone = sum(found["impossible"] + found["late"] for found in several)
    if gone or not told:  # what is missing might have been the dearest
        return f"{what}not certain, {gone} batches have no plan."
    return f"{what}at most {100 * max(told):.1f} %: {'met' if max(told) <= BAR else 'missed'}."
