"""A comparison as one HTML file that opens offline: charts, and tables that need no script."""

from __future__ import annotations

import math
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from optimizer.report.html.parts import BARS, LIBRARY, packed, part, script, script_hash
from optimizer.report.values import money, shown, signed
from optimizer.report.what_if.comparison import Answered, Comparison, difference, series
from optimizer.report.what_if.figures import Figures
from optimizer.report.what_if.text import named, notes, title, uncertain
from optimizer.report.what_if.words import SAID, Words

HERE = "optimizer.report.what_if"
#: Words that the page fills in itself.
SPOKEN = ("kicker", "chart_costs", "chart_difference", "chart_modes", "all_figures", "offline", "charts_by",
          "no_script", "what_if", "total_cost", "difference", "least", "most", "gap_share", "fill_rate", "mismatch",
          "figure", "base", "no_plan", "proven", "changes", "seconds")  # fmt: skip


def page(comparison: Comparison, language: str = "en") -> str:
    """The comparison as the text of an HTML file, in English ("en") or Chinese ("zh").

    Texts get into it through the template, which escapes them, and as data in base64; no other script runs than those
    that the page's content policy names by their hash.
    """
    words = Words(language)
    library, drawn = part(LIBRARY), script(part(BARS), part("comparison.js", HERE))
    template = Environment(autoescape=True, trim_blocks=True).from_string(part("comparison.html.jinja", HERE))
    return template.render(
        language=language,
        title=title(comparison, words),
        notes=notes(comparison, words),
        say={name: SAID[name][words.place] for name in SPOKEN},
        rows=_rows(comparison, words),
        figures=_figures(comparison, words),
        names=[words("base"), *(name for name, one in _named(comparison, words) if one.figures is not None)],
        asked=[(name, words.own(one.description), one.changes) for name, one in _named(comparison, words)],
        sweeps=[words("chart_sweep", target=target) for target, _ in series(comparison)],
        hashes=Markup(" ".join(script_hash(text) for text in (library, drawn))),
        style=Markup(part("page.css")),
        data=Markup(packed(_data(comparison, words))),
        library=Markup(library),
        script=Markup(drawn),
    )


def _named(comparison: Comparison, words: Words) -> list[tuple[str, Answered]]:
    return list(zip(named(comparison, words), comparison.answers, strict=True))


def _rows(comparison: Comparison, words: Words) -> list[list[str]]:
    """The table of totals: the base, then each what-if."""
    rows = [[words("base"), money(comparison.base.total_cost), "", "", "", *_service(comparison.base, words)]]
    for name, answer in _named(comparison, words):
        if answer.figures is None:
            rows.append([name, words("no_plan"), *[""] * 7])
            continue
        one = difference(comparison.base, answer.figures)
        proven = [signed(side) if math.isfinite(side) else words("unknown") for side in (one.least, one.most)]
        found = f"{uncertain(one)}{signed(one.found)}"
        total = money(answer.figures.total_cost)
        rows.append([name, total, found, *proven, *_service(answer.figures, words)])
    return rows


def _service(plan: Figures, words: Words) -> list[str]:
    gap = plan["key", "gap_share"]
    told = words("unknown") if math.isnan(gap) else f"{gap:.2%}"
    return [told, f"{plan['key', 'fill_rate']:.1%}", f"{plan['key', 'mismatch']:.1%}", f"{plan.seconds:.0f}"]


def _figures(comparison: Comparison, words: Words) -> list[list[str]]:
    """Every figure of every plan."""
    plans = [comparison.base, *(one.figures for one in comparison.planned if one.figures is not None)]
    return [
        [words.figure(group, name), *(shown(plan[group, name], kind) for plan in plans)]
        for group, name, kind in comparison.shown()
    ]


def _data(comparison: Comparison, words: Words) -> dict[str, Any]:
    """What the charts draw."""
    planned = [(name, one) for name, one in _named(comparison, words) if one.figures is not None]
    plans = [comparison.base, *(one.figures for _, one in planned if one.figures is not None)]
    groups = {group: [key for key in comparison.shown() if key[0] == group] for group in ("line", "mode")}
    return {
        "names": [words("base"), *(name for name, _ in planned)],
        "currency": comparison.currency,
        "proven": words("proven"),
        "differences": [_proven(difference(comparison.base, plan)) for plan in plans[1:]],
        **{group: {words.figure(of, name): [_finite(plan[of, name]) for plan in plans] for of, name, _ in keys}
           for group, keys in groups.items()},
        "sweeps": [_sweep(comparison, steps, words) for _, steps in series(comparison)],
    }  # fmt: skip


def _proven(one: Any) -> list[float | None]:
    return [_finite(one.found), _finite(one.least), _finite(one.most)]


def _sweep(comparison: Comparison, steps: Any, words: Words) -> dict[str, Any]:
    plans = [step.figures for step in steps]
    return {
        "at": [step.at for step in steps],
        "total": [words("total_cost"), [_finite(plan.total_cost) for plan in plans]],
        "bound": [words("bound"), [_finite(plan.bound) for plan in plans]],
        "served": [words("fill_rate"), [_finite(plan["key", "fill_rate"]) for plan in plans]],
    }


def _finite(value: float) -> float | None:
    return round(float(value), 4) if math.isfinite(value) else None
