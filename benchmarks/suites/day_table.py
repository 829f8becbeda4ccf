"""The table of the suite `day`: what was waited for, and what was wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.markdown import number, reason, seconds, share, table
from benchmarks.spec import Line

#: Most wall seconds of the commands, most MB of a page and seconds until it is open.
NIGHTLY, WHAT_IF, MB, OPENS = 120.0, 180.0, 20.0, 5.0
HEADER = ("what", "by", "SKUs or kills", "wall s", "CPU s", "peak MiB", "what came of it", "wanted")


def day_table(lines: Sequence[Line]) -> str:
    """Each measurement with what came of it, and whether that is what is wanted."""
    return table(HEADER, [_row(made) for made in lines], texts=2)


def _row(made: Line) -> list[str]:
    measured = made.get("measured", {})
    figures = [seconds(measured.get("wall")), seconds(measured.get("cpu")), number(measured.get("peak_mib"))]
    told = (reason(made) or "", "") if "measured" not in made else SAID[made["spec"]](measured)
    return [made["spec"], made["method"], number(float(made["size"])), *figures, *told]


def _nightly(measured: Mapping[str, Any]) -> tuple[str, str]:
    plan = f"{measured['state']}, plan {number(measured['plan'])}, gap {share(measured['gap_share'])}"
    return plan, _wanted(f"{NIGHTLY:g} s", measured["wall"] <= NIGHTLY and measured["state"] == "complete")


def _what_ifs(measured: Mapping[str, Any]) -> tuple[str, str]:
    return f"{measured['asked']} changes planned", _wanted(f"{WHAT_IF:g} s", measured["wall"] <= WHAT_IF)


def _report(measured: Mapping[str, Any]) -> tuple[str, str]:
    size = f"{number(measured['mb'], 1)} MB"
    if "opens" not in measured:
        return f"{size}; not opened: {measured['not_opened']}", "not measured"
    told = f"{size}, open after {seconds(measured['opens'])} s, of which it works {seconds(measured['works'])} s"
    return told, _wanted(f"{MB:g} MB, {OPENS:g} s", measured["mb"] <= MB and measured["opens"] <= OPENS)


def _kills(measured: Mapping[str, Any]) -> tuple[str, str]:
    told = (
        f"in force afterwards: the plan of the night before {measured['kept_old']} times, the new one "
        f"{measured['kept_new']} times; half or lost plans {measured['wrong']}; next runs completed "
        f"{measured['completed']} of {measured['kills']}"
    )
    whole = measured["wrong"] == 0 and measured["completed"] == measured["kills"]
    return told, _wanted("no half plan, every next run", whole)


def _wanted(what: str, kept: bool) -> str:
    return f"{what}: {'met' if kept else 'missed'}"


SAID: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "nightly": _nightly, "what-if": _what_ifs, "report": _report, "kills": _kills,
}  # fmt: skip
