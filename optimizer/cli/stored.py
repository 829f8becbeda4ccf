"""What the commands on a store of nightly plans share: where it is, and a run in words."""

from __future__ import annotations

from typing import Any

import click

from optimizer.cli.options import Place

#: Where plans are kept unless the command or the environment names another place.
DEFAULT_STORE = "sqlite:///optimizer-plans.db"
STORE = click.option(
    "--store",
    type=Place(),
    default=DEFAULT_STORE,
    envvar="OPTIMIZER_STORE",
    show_default=True,
    metavar="URL",
    help="Database of the plans: sqlite:///plans.db, postgresql+psycopg://user@host/database, or a file for SQLite.",
)


def figures(run: Any) -> str:
    """What a run's plan costs, and how it ended."""
    share = "" if run.gap_share is None else f" ({max(run.gap_share, 0.0):.2%})"
    gap = "no bound yet" if run.gap is None else f"gap {max(run.gap, 0.0):,.0f}{share}"
    seconds = sum(run.details.get("seconds", {}).values())
    return (
        f"  Mission cost {run.mission_cost:,.0f}, total cost {run.total_cost:,.0f} {run.currency}, {gap}; "
        f"{run.status}, {seconds:,.0f} s."
    )


def headline(run: Any) -> str:
    """Which run it is and how it stands."""
    force = ", in force" if run.in_force else ""
    ended = f" to {run.ended_at:%H:%M:%S}" if run.ended_at else ""
    line = f"{run.named[0].upper()}{run.named[1:]}: {run.state}{force}, {run.began_at:%Y-%m-%d %H:%M:%S}{ended} UTC"
    return line + (f". {run.message}" if run.message else ".")


def problems(run: Any) -> list[str]:
    """What was wrong with a run's input, one sentence for each problem."""
    from optimizer.errors import Problem

    return [str(Problem(**problem)) for problem in run.details.get("problems", [])]


def listing(found: list[Any]) -> str:
    """A table of runs, and below it what was wrong with those that failed."""
    rows: list[tuple[str, ...]] = [
        ("", "Run", "Night", "State", "Began (UTC)", "Seconds", "Total cost", "Gap", "From run")
    ]
    rows += [_row(run) for run in found]
    right = (1, 5, 6, 7, 8)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = zip(row, widths, strict=True)
        placed = (
            cell.rjust(width) if place in right else cell.ljust(width) for place, (cell, width) in enumerate(cells)
        )
        lines.append("  ".join(placed).rstrip())
    for run in found:
        if run.message:
            first = problems(run)[:1]
            lines.append(f"  {run.run}: {' '.join([run.message, *first])}")
    return "\n".join(lines)


def _row(run: Any) -> tuple[str, ...]:
    seconds = f"{(run.ended_at - run.began_at).total_seconds():,.0f}" if run.ended_at else ""
    cost = "" if run.total_cost is None else f"{run.total_cost:,.0f} {run.currency}"
    gap = "" if run.gap_share is None else f"{max(run.gap_share, 0.0):.2%}"
    return (
        "->" if run.in_force else "",
        str(run.run),
        str(run.night),
        run.state,
        f"{run.began_at:%Y-%m-%d %H:%M}",
        seconds,
        cost,
        gap,
        str(run.started_from or ""),
    )
