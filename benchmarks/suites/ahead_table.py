"""The table of the suite `ahead`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.markdown import NONE, reason, table
from benchmarks.spec import Line

HEADER = ("history", "our plan", "SKUs", "weeks", "total cost", "mission cost", "served", "mismatch", "missed")


def ahead_table(lines: Sequence[Line]) -> str:
    """What our plan comes to on the weeks before the replays, by how it is set; the best of each history."""
    return f"{table(HEADER, [_row(made) for made in lines], texts=2)}\n\n{chr(10).join(_best(lines))}".rstrip()


def _row(made: Line) -> list[str]:
    head = [made["spec"], made["method"], str(made["size"])]
    if "measured" not in made:
        return [*head, str(reason(made)), *[NONE] * (len(HEADER) - 4)]
    found = made["measured"]
    demand = max(found["demand"], 1.0)
    return [
        *head,
        str(found["weeks"]),
        f"{found['total_cost']:,.0f}",
        f"{found['mission_cost']:,.0f}",
        f"{100 * (1 - found['lost'] / demand):.1f} %",
        f"{100 * found['mismatched_units'] / demand:.1f} %",
        str(found["missed"]),
    ]


def _best(lines: Sequence[Line]) -> Iterator[str]:
    for spec in dict.fromkeys(made["spec"] for made in lines):
        mine = {made["method"]: made["measured"] for made in lines if made["spec"] == spec and "measured" in made}
        if mine:
            best = min(mine, key=lambda method: mine[method]["total_cost"])
            least, base = mine[best]["total_cost"], mine[best]["mission_cost"]
            others = "".join(
                f"; {method} {100 * (found['total_cost'] - least) / base:+.1f} % of its mission cost"
                for method, found in mine.items()
                if method != best
            )
            yield f"- {spec}: least with {best}{others}."
