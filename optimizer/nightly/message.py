"""What is sent after a night: how it ended, which plan is in force, and the alerts."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from optimizer.errors import Problem, Refused, UsageError
from optimizer.nightly.keep import now
from optimizer.nightly.night import night_at
from optimizer.nightly.record import COMPLETE, FAILED, Run
from optimizer.nightly.request import Request
from optimizer.nightly.words import how_ended, sentence
from optimizer.plan.alerts import between, title
from optimizer.scenario.languages import LANGUAGES

#: Raised when a key of the document is renamed or removed.
SCHEMA_VERSION = 1
#: Alerts of a document; problems of a text.
MOST_ALERTS, MOST_PROBLEMS = 200, 20

#: Words of the text in English and Chinese; what stands in braces is filled in.
PHRASES: dict[str, tuple[str, str]] = {
    "complete": ("{scenario}, night of {night}: the plan is in force", "{scenario}，{night}：计划已生效"),
    "replaced": (
        "{scenario}, night of {night}: a plan was made, and another one is in force since",
        "{scenario}，{night}：已制定计划，现已被其他计划取代",
    ),
    "urgent": ("{count} alerts ask somebody to act before the next plan", "{count} 条预警须在下次计划前处理"),
    "failed": ("NO PLAN for {scenario}, night of {night}: {state}", "{scenario}，{night}：未能制定计划（{state}）"),
    "in_force": (
        "In force is the plan of run {run}, of the night of {night}.",
        "现行计划：第 {run} 次运行（{night}）。",
    ),
    "none": ("There is no plan in force yet.", "尚无现行计划。"),
    "unknown": ("Which plan is in force only the store can say.", "现行计划须以存储库记录为准。"),
    "cost": (
        "Mission cost {mission}, total cost {total} {currency}.",
        "核心成本 {mission}，总成本 {total} {currency}。",
    ),
    "kind": ("{title}: {count}, {money} {currency}", "{title}：{count} 条，{money} {currency}"),
    "more": ("... and {count} more", "……另有 {count} 项"),
}


@dataclass(frozen=True)
class Message:
    """The document for programs, and subject and text for people, which say the same."""

    document: dict[str, Any]
    subject: str
    text: str


def message(run: Run, force: Run | None, alerts: Sequence[Mapping[str, Any]], store: str, language: str) -> Message:
    """What there is to say of a run that has ended; `alerts`: those of its plan, the dearest first; `force`: the run
    whose plan is in force. What was in a store that is away is not known (`store` "").
    """
    document = {
        "schema_version": SCHEMA_VERSION,
        "event": "planned" if run.state == COMPLETE else "not_planned",
        "store": store,
        **run.as_dict(),
        "plan_in_force": None if force is None else {"run": force.run, "night": force.night.isoformat()},
        "alerts": list(alerts[:MOST_ALERTS]),
        "alert_kinds": run.details.get("alert_kinds", {}),
    }
    document.pop("to_send", None)
    place = LANGUAGES.index(language)
    subject = _subject(run, force, place)
    lines = [subject, ""]
    if run.state != COMPLETE:
        lines += [how_ended(run, language), *_problems(run, place)]
    words = {} if force is None else {"run": force.run, "night": force.night}
    lines.append(_said("in_force" if force else "none" if store else "unknown", place, **words))
    if run.state == COMPLETE:
        money = {"mission": f"{run.mission_cost or 0:,.0f}", "total": f"{run.total_cost or 0:,.0f}"}
        lines += [_said("cost", place, **money, currency=run.currency), "", *alert_lines(run, alerts, language)]
        lines += ["", *run.details.get("changes_told", "").split("\n")]
    return Message(document, subject, "\n".join(lines).strip() + "\n")


def alert_lines(run: Run, alerts: Sequence[Mapping[str, Any]], language: str, most: int = 5) -> list[str]:
    """The alerts of a run by kind, at most so many of each."""
    place, lines = LANGUAGES.index(language), []
    for kind, sums in run.details.get("alert_kinds", {}).items():
        count, money = sums["count"], f"{sums['money']:,.0f}"
        told = [
            f"  {alert['money']:>12,.0f}  {alert['says']}{between(language)}{alert['what_to_do']}"
            for alert in alerts
            if alert["kind"] == kind
        ]
        head = {"title": title(kind, language), "count": count, "money": money, "currency": run.currency}
        lines += [_said("kind", place, **head), *told[:most]]
        if count > min(len(told), most):
            lines.append(f"  {'':>12}  {_said('more', place, count=count - min(len(told), most))}")
    return lines


def failure(asked: Request, error: Exception, force: Run | None = None, store: str = "") -> Message:
    """What there is to say of a night without a plan of which the store holds nothing, since it is away, or read-only:
    then it tells the run whose plan is in force.
    """
    night, moment = asked.night or night_at(dt.datetime.now().astimezone()), now()
    problems = [problem.as_dict() for problem in error.problems] if isinstance(error, Refused) else []
    nothing = dict.fromkeys(field.name for field in fields(Run) if field.default is MISSING)
    source = ""
    with suppress(UsageError):  # an address that is none may be what the night has failed for
        source = asked.source_shown
    known = {"run": 0, "night": night, "state": FAILED, "source": source, "began_at": moment, "ended_at": moment,
             "host": socket.gethostname(), "process": os.getpid(), "message": str(error) or type(error).__name__,
             "details": {"problems": problems}}  # fmt: skip
    told = message(Run(**{**nothing, **known}), force, [], store, asked.language or "en")  # type: ignore[arg-type]
    return replace(told, document={**told.document, "run": None, "in_force": None, "store": store or None})


def _subject(run: Run, force: Run | None, place: int) -> str:
    named = {"scenario": run.scenario or run.source, "night": run.night}
    if run.state != COMPLETE:
        return _said("failed", place, **named, state=sentence(f"state_{run.state}", LANGUAGES[place]))
    urgent = run.details.get("urgent", 0)
    more = f"; {_said('urgent', place, count=urgent)}" if urgent else ""
    return _said("complete" if force and force.run == run.run else "replaced", place, **named) + more


def _problems(run: Run, place: int) -> list[str]:
    found = [str(Problem(**problem)) for problem in run.details.get("problems", [])]
    rest = len(found) - MOST_PROBLEMS
    return [*found[:MOST_PROBLEMS], *([_said("more", place, count=rest)] if rest > 0 else []), ""]


def _said(phrase: str, place: int, **values: Any) -> str:
    return PHRASES[phrase][place].format(**values)
