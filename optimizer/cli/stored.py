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


def figures(run: Any, language: str) -> str:
    """What a run's plan costs, and how it ended."""
    from optimizer.nightly.words import sentence

    share = "" if run.gap_share is None else f" ({max(run.gap_share, 0.0):.2%})"
    gap = sentence("no_bound", language)
    if run.gap is not None:
        gap = sentence("gap", language, gap=f"{max(run.gap, 0.0):,.0f}", share=share)
    return sentence(
        "figures", language, mission=f"{run.mission_cost:,.0f}", total=f"{run.total_cost:,.0f}", currency=run.currency,
        gap=gap, status=sentence(f"status_{run.status}", language),
        seconds=f"{sum(run.details.get('seconds', {}).values()):,.0f}",
    )  # fmt: skip


def headline(run: Any, language: str) -> str:
    """Which run it is and how it stands."""
    from optimizer.nightly.words import how_ended, run_named, sentence

    named = run_named(run, language)
    line = sentence(
        "headline", language, run=f"{named[0].upper()}{named[1:]}", state=sentence(f"state_{run.state}", language),
        force=sentence("and_in_force", language) if run.in_force else "", began=f"{run.began_at:%Y-%m-%d %H:%M:%S}",
        ended=sentence("to", language, ended=f"{run.ended_at:%H:%M:%S}") if run.ended_at else "",
    )  # fmt: skip
    stop = "." if language == "en" else "。"
    return line + stop + (f" {told}" if (told := how_ended(run, language)) else "")


def language_of(found: list[Any]) -> str:
    """The language of the newest run that says it."""
    return next((run.details["language"] for run in found if "language" in run.details), "en")


def problems(run: Any) -> list[str]:
    """What was wrong with a run's input, one sentence for each problem."""
    from optimizer.errors import Problem

    return [str(Problem(**problem)) for problem in run.details.get("problems", [])]


def listing(found: list[Any], language: str) -> str:
    """A table of runs, and below it what was wrong with those that failed."""
    from optimizer.nightly.words import how_ended, sentence
    from optimizer.report.page import width

    heads = ("run", "night", "state", "began", "seconds", "cost", "gap", "from")
    rows: list[tuple[str, ...]] = [("", *(sentence(f"head_{head}", language) for head in heads))]
    rows += [_row(run, sentence(f"state_{run.state}", language)) for run in found]
    right = (1, 5, 6, 7, 8)
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        spaces = [" " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        placed = (space + cell if place in right else cell + space
                  for place, (cell, space) in enumerate(zip(row, spaces, strict=True)))  # fmt: skip
        lines.append("  ".join(placed).rstrip())
    for run in found:
        if run.message:
            first = problems(run)[:1]
            lines.append(f"  {run.run}: {' '.join([how_ended(run, language), *first])}")
    return "\n".join(lines)


def _row(run: Any, state: str) -> tuple[str, ...]:
    seconds = f"{(run.ended_at - run.began_at).total_seconds():,.0f}" if run.ended_at else ""
    cost = "" if run.total_cost is None else f"{run.total_cost:,.0f} {run.currency}"
    gap = "" if run.gap_share is None else f"{max(run.gap_share, 0.0):.2%}"
    return (
        "->" if run.in_force else "",
        str(run.run),
        str(run.night),
        state,
        f"{run.began_at:%Y-%m-%d %H:%M}",
        seconds,
        cost,
        gap,
        str(run.started_from or ""),
    )
