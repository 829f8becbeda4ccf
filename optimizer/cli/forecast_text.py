"""What `optimizer forecast` says: as text, and as plain values."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

import numpy as np

from optimizer.cli.output import printable
from optimizer.errors import Problem
from optimizer.forecast.calibration import Kept
from optimizer.forecast.choose import SPEED_NAMES
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.outlook import Outlook
from optimizer.report.page import aligned
from optimizer.scenario.scenario import Scenario

#: Pairs that are shown one by one, and paths by which their demand over the horizon is told.
SHOWN, PATHS, SEED = 10, 400, 1


def text(
    tables: Scenario, found: Outlook, made: Forecast, kept: list[Kept] | None, odd: list[Problem], out: str | None
) -> str:
    """What a planner reads."""
    learnt = found.history.sold.shape[1]
    source = f"learnt from {learnt} weeks of sales" if learnt else "as the table demand tells it"
    first, last = made.starts[0], made.ends[-1] - 1
    name, pairs = printable(tables.settings.name), f"{len(made.sku):,} pairs of SKU and region"
    lines = [f"{name}: demand of {pairs}, {first} to {last}, {source}"]
    lines += ["", "EXPECTED UNITS OVER THE HORIZON, and between which they lie 8 times of 10", *_largest(made)]
    if len(found.speed):
        lines += ["", "HOW THEY ARE FORECAST", *_manners(found)]
    if kept is not None:
        lines += ["", *_kept(kept)]
    if odd:
        lines += ["", "WHAT WAS ODD, AND WHAT BECAME OF IT"]
        lines += [
            textwrap.fill(printable(str(remark)), 100, initial_indent="  ", subsequent_indent="      ")
            for remark in odd
        ]
    return "\n".join(lines + ([f"\nWritten to {out}. Plan it with: optimizer plan {out}"] if out else []))


def _largest(made: Forecast) -> list[str]:
    total = made.mean.sum(axis=1)
    rows = np.argsort(-total, kind="stable")[:SHOWN]
    low, high = _interval(made.only(rows))
    body = [
        [printable(str(made.sku[row])), printable(str(made.region[row])), *(f"{units:,.0f}" for units in line)]
        for row, *line in zip(rows, total[rows], low, high, strict=True)
    ]
    rest = len(total) - len(rows)
    body += [[f"{rest:,} more", "", f"{total.sum() - total[rows].sum():,.0f}", "", ""]] if rest else []
    body += [["All", "", f"{total.sum():,.0f}", "", ""]]
    return _table(["SKU", "Region", "Expected", "At least", "At most"], body, texts=2)


def _interval(made: Forecast) -> np.ndarray:
    """Ends of the central interval of 80 % of all periods together, from drawn paths."""
    return np.quantile(made.draw(PATHS, SEED).sum(axis=2), [0.1, 0.9], axis=0)


def _manners(found: Outlook) -> list[str]:
    season = {"none": "no season", "category": "season of its category", "own": "season of its own"}
    counts = np.bincount(found.speed, minlength=len(SPEED_NAMES))
    body = [
        [name, f"{count:,}", f"{manner.memory:.2f}", season[manner.season]]
        for name, count, manner in zip(SPEED_NAMES, counts, found.manners, strict=True)
        if count
    ]
    return _table(["Speed", "Pairs", "Weight of a week against the next", "Season"], body, texts=1)


def _kept(kept: list[Kept]) -> list[str]:
    if not kept:
        return ["CALIBRATION: the history is too short to judge a forecast by it."]
    heads = ["Speed", "Pairs", "50 %", "80 %", "95 %", "13 weeks: 80 %", "95 %", "Loss", "Naive", "Saved"]
    body = [
        [one.speed, f"{one.pairs:,}", *(f"{share:.1%}" for share in (*one.coverage, *one.together[1:])),
         f"{one.loss:.3f}", f"{one.naive:.3f}", f"{one.saved:.1%}"]
        for one in kept
    ]  # fmt: skip
    title = "CALIBRATION: how often such intervals held; pinball loss by unit sold, beside the seasonal naive forecast"
    return [title, *_table(heads, body, texts=1)]


def _table(heads: list[str], body: list[list[str]], texts: int) -> list[str]:
    return aligned([heads, *body], [place >= texts for place in range(len(heads))])


def document(
    tables: Scenario, found: Outlook, made: Forecast, kept: list[Kept] | None, odd: list[Problem], out: str | None
) -> dict[str, Any]:
    """The same as plain values, for JSON."""
    return {
        "scenario": tables.settings.name,
        "folder": out,
        "weeks_of_sales": found.history.sold.shape[1],
        "pairs": len(made.sku),
        "starts": [str(day) for day in made.starts],
        "expected_units": [round(float(units), 3) for units in made.mean.sum(axis=0)],
        "manners": {name: asdict(manner) for name, manner in zip(SPEED_NAMES, found.manners, strict=True)},
        "calibration": None if kept is None else [{**asdict(one), "saved": one.saved} for one in kept],
        "remarks": [remark.as_dict() for remark in odd],
    }
