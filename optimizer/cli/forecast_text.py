"""What `optimizer forecast` says: as text, and as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from optimizer.cli.forecast_words import Words
from optimizer.cli.output import printable
from optimizer.errors import Problem
from optimizer.forecast.calibration import Kept
from optimizer.forecast.choose import SPEED_NAMES
from optimizer.forecast.coming import Coming
from optimizer.forecast.factors import KINDS
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.outlook import Outlook
from optimizer.report.page import aligned, wrapped
from optimizer.scenario.scenario import Scenario

#: Pairs that are shown one by one, and paths by which their demand over the horizon is told.
SHOWN, PATHS, SEED = 10, 400, 1


@dataclass(frozen=True)
class Told:
    """What a forecast came to: the scenario, what was learnt, the forecast, events ahead, calibration (None where it
    was not asked for), what was odd, and where the scenario was written.
    """

    tables: Scenario
    found: Outlook
    made: Forecast
    events: list[Coming]
    kept: list[Kept] | None
    odd: list[Problem]
    out: str | None


def text(told: Told, language: str) -> str:
    """What a planner reads."""
    say, made = Words(language), told.made
    learnt = told.found.history.sold.shape[1]
    source = say("learnt_one" if learnt == 1 else "learnt", weeks=learnt) if learnt else say("as_told")
    name, days = printable(told.tables.settings.name), (made.starts[0], made.ends[-1] - 1)
    lines = [say("title", name=name, pairs=len(made.sku), first=days[0], last=days[1], source=source)]
    lines += ["", say("expected"), *_largest(made, say)]
    if told.events:
        lines += ["", say("events"), *_events(told.events, say)]
    if len(told.found.speed):
        lines += ["", say("manners"), *_manners(told.found, say)]
        lines += wrapped(_common(made, say), "  ", "  ") if made.factors is not None else []
    if told.kept is not None:
        lines += ["", *_kept(told.kept, say)]
    if told.odd:
        lines += ["", say("odd")]
        lines += [line for remark in told.odd for line in wrapped(printable(_odd(remark, say)), "  ", "      ")]
    return "\n".join(lines + (["\n" + say("written", out=told.out)] if told.out else []))


def _largest(made: Forecast, say: Words) -> list[str]:
    total = made.mean.sum(axis=1)
    rows = np.argsort(-total, kind="stable")[:SHOWN]
    low, high = _interval(made.only(rows))
    body = [
        [printable(str(made.sku[row])), printable(str(made.region[row])), *(f"{units:,.0f}" for units in line)]
        for row, *line in zip(rows, total[rows], low, high, strict=True)
    ]
    rest = len(total) - len(rows)
    body += [[say("more", count=rest), "", f"{total.sum() - total[rows].sum():,.0f}", "", ""]] if rest else []
    body += [[say("all"), "", f"{total.sum():,.0f}", "", ""]]
    return _table([say(head) for head in ("sku", "region", "units", "at_least", "at_most")], body, texts=2)


def _interval(made: Forecast) -> np.ndarray:
    """Ends of the central interval of 80 % of all periods together, from drawn paths."""
    return np.quantile(made.draw(PATHS, SEED).sum(axis=2), [0.1, 0.9], axis=0)


def _events(events: list[Coming], say: Words) -> list[str]:
    heads = [say(head) for head in ("event", "from", "until", "known_from", "pairs", "times", "range")]
    body = [
        [printable(one.event), str(one.first), str(one.last), _known_from(one, say), f"{one.pairs:,}",
         f"{one.mean:.2f}", f"{one.least:.2f}-{one.most:.2f}"]
        for one in events
    ]  # fmt: skip
    return _table(heads, body, texts=4)


def _known_from(one: Coming, say: Words) -> str:
    if one.told or not one.occasions:
        return say("told") if one.told else say("unknown")
    return say("once") if one.occasions == 1 else say("often", count=one.occasions)


def _manners(found: Outlook, say: Words) -> list[str]:
    counts = np.bincount(found.speed, minlength=len(SPEED_NAMES))
    body = [
        [say(name), f"{count:,}", f"{manner.memory:.2f}", say(f"season_{manner.season}")]
        for name, count, manner in zip(SPEED_NAMES, counts, found.manners, strict=True)
        if count
    ]
    return _table([say(head) for head in ("speed", "pairs", "memory", "season")], body, texts=1)


def _common(made: Forecast, say: Words) -> str:
    return say("factors", **_shares(made))


def _shares(made: Forecast) -> dict[str, float]:
    """What pairs have in common, each counted for what it sells."""
    share = np.zeros(len(KINDS)) if made.factors is None else made.factors.on_average(made.mean.sum(axis=1))
    return {kind: round(float(part), 4) for kind, part in zip(KINDS, share, strict=True)}


def _kept(kept: list[Kept], say: Words) -> list[str]:
    if not kept:
        return [say("too_short")]
    heads = [say("speed"), say("pairs"), "50 %", "80 %", "95 %", say("together"), "95 %"]
    body = [
        [say("every" if one.speed == "all" else one.speed), f"{one.pairs:,}",
         *(f"{share:.1%}" for share in (*one.coverage, *one.together[1:])),
         f"{one.loss:.3f}", f"{one.naive:.3f}", f"{one.saved:.1%}"]
        for one in kept
    ]  # fmt: skip
    return [say("calibration"), *_table([*heads, *map(say, ("loss", "naive", "saved"))], body, texts=1)]


def _odd(remark: Problem, say: Words) -> str:
    return say("remark", place=remark.where(say("row", row=remark.row)), rule=remark.rule, remedy=remark.remedy)


def _table(heads: list[str], body: list[list[str]], texts: int) -> list[str]:
    return aligned([heads, *body], [place >= texts for place in range(len(heads))])


def document(told: Told) -> dict[str, Any]:
    """The same as plain values, for JSON."""
    found, made, kept = told.found, told.made, told.kept
    return {
        "scenario": told.tables.settings.name,
        "folder": told.out,
        "weeks_of_sales": found.history.sold.shape[1],
        "pairs": len(made.sku),
        "starts": [str(day) for day in made.starts],
        "expected_units": [round(float(units), 3) for units in made.mean.sum(axis=0)],
        "events": [{**asdict(one), "first": str(one.first), "last": str(one.last)} for one in told.events],
        "manners": {name: asdict(manner) for name, manner in zip(SPEED_NAMES, found.manners, strict=True)},
        "common": _shares(made),
        "calibration": None if kept is None else [{**asdict(one), "saved": one.saved} for one in kept],
        "remarks": [remark.as_dict() for remark in told.odd],
    }
