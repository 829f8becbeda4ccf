"""What is sent after a night: how it ended, which plan is in force, and the alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.errors import Problem
from optimizer.nightly.record import COMPLETE, Run
from optimizer.plan.alerts import title

#: Raised when a key of the document is renamed or removed.
SCHEMA_VERSION = 1
#: Alerts of a document; problems of a text.
MOST_ALERTS, MOST_PROBLEMS = 200, 20

#: Words of the text in English and Chinese; what stands in braces is filled in.
PHRASES: dict[str, tuple[str, str]] = {
    "complete": ("{scenario}, night of {night}: the plan is in force", "{scenario}，{night}：计划已生效"),
    "urgent": ("{count} alerts ask somebody to act before the next plan", "{count} 条预警须在下次计划前处理"),
    "failed": ("NO PLAN for {scenario}, night of {night}: {state}", "{scenario}，{night}：未能制定计划（{state}）"),
    "in_force": (
        "In force is the plan of run {run}, of the night of {night}.",
        "现行计划：第 {run} 次运行（{night}）。",
    ),
    "none": ("There is no plan in force yet.", "尚无现行计划。"),
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
    whose plan is in force.
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
    place = ("en", "zh").index(language)
    subject = _subject(run, place)
    lines = [subject, ""]
    if run.state != COMPLETE:
        lines += [run.message or "", *_problems(run, place)]
    words = {} if force is None else {"run": force.run, "night": force.night}
    lines.append(_said("none" if force is None else "in_force", place, **words))
    if run.state == COMPLETE:
        money = {"mission": f"{run.mission_cost or 0:,.0f}", "total": f"{run.total_cost or 0:,.0f}"}
        lines += [_said("cost", place, **money, currency=run.currency), "", *alert_lines(run, alerts, language)]
        lines += ["", *run.details.get("changes_told", "").split("\n")]
    return Message(document, subject, "\n".join(lines).strip() + "\n")


def alert_lines(run: Run, alerts: Sequence[Mapping[str, Any]], language: str, most: int = 5) -> list[str]:
    """The alerts of a run by kind, at most so many of each."""
    place, lines = ("en", "zh").index(language), []
    for kind, sums in run.details.get("alert_kinds", {}).items():
        count, money = sums["count"], f"{sums['money']:,.0f}"
        told = [
            f"  {alert['money']:>12,.0f}  {alert['says']} {alert['what_to_do']}"
            for alert in alerts
            if alert["kind"] == kind
        ]
        head = {"title": title(kind, language), "count": count, "money": money, "currency": run.currency}
        lines += [_said("kind", place, **head), *told[:most]]
        if count > min(len(told), most):
            lines.append(f"  {'':>12}  {_said('more', place, count=count - min(len(told), most))}")
    return lines


def _subject(run: Run, place: int) -> str:
    named = {"scenario": run.scenario or run.source, "night": run.night}
    if run.state != COMPLETE:
        return _said("failed", place, **named, state=run.state)
    urgent = run.details.get("urgent", 0)
    more = f"; {_said('urgent', place, count=urgent)}" if urgent else ""
    return _said("complete", place, **named) + more


def _problems(run: Run, place: int) -> list[str]:
    found = [str(Problem(**problem)) for problem in run.details.get("problems", [])]
    rest = len(found) - MOST_PROBLEMS
    return [*found[:MOST_PROBLEMS], *([_said("more", place, count=rest)] if rest > 0 else []), ""]


def _said(phrase: str, place: int, **values: Any) -> str:
    return PHRASES[phrase][place].format(**values)
