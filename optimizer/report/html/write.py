"""Write the page: template, style, scripts, chart library and data in one file that loads nothing."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from optimizer.plan.alerts.sentences import DO, PARTS, SAYS, TITLES
from optimizer.plan.ledger.ledger import LINES
from optimizer.report.briefing import Briefing
from optimizer.report.changes import Changes, changed_inputs, changes_table, reason_named
from optimizer.report.html.content import content
from optimizer.report.html.labels import labels
from optimizer.report.html.parts import LIBRARY, packed, part, script, script_hash
from optimizer.report.steps import steps
from optimizer.report.summary import key_figures, standing, title
from optimizer.report.values import shown, signed
from optimizer.report.words import Words
from optimizer.scenario.languages import LANGUAGES

#: Scripts of the page, in order.
SCRIPTS = ("data", "look", "filters", "tables", "charts", "today", "stock", "money", "flows", "alerts", "main")
#: Changed lines on the page; `optimizer diff --csv` writes them all.
MOST_CHANGES = 300


def write_page(brief: Briefing, path: str | Path, language: str = "en", changes: Changes | None = None) -> None:
    """Write the report of a plan as one HTML file, in English ("en") or Chinese ("zh"). Raises OSError."""
    Path(path).write_text(page(brief, language, changes), encoding="utf-8")


def page(brief: Briefing, language: str = "en", changes: Changes | None = None) -> str:
    """The report of a plan as the text of an HTML file.

    Texts of the plan get into it in two ways only: through the template, which escapes them, and as data in base64.
    The page's content policy lets no other script run than those that are named by their hash.
    """
    words = Words(language)
    library, own = part(LIBRARY), _script()
    template = Environment(autoescape=True, trim_blocks=True).from_string(part("page.html.jinja"))
    data = {**content(brief), **_said(language)}
    data["names"]["lane_mode"] = [words.mode(mode) for mode in data["names"]["lane_mode"]]
    return template.render(
        language=language,
        title=title(brief, words),
        standing=standing(brief, words),
        figures=_figures(brief, words),
        steps=steps(brief, words) or [words("next_none")],
        say=labels(language),
        changes=None if changes is None else _changes(changes, language),
        hashes=Markup(" ".join(script_hash(text) for text in (library, own))),
        style=Markup(part("page.css")),
        data=Markup(packed(data)),
        library=Markup(library),
        script=Markup(own),
    )


def _figures(brief: Briefing, words: Words) -> list[dict[str, str]]:
    unknown = words("no_bound")
    return [
        {"name": name, "shown": unknown if math.isnan(figure) else shown(figure, kind), "note": note}
        for name, figure, kind, note in key_figures(brief, words)
    ]


def _changes(told: Changes, language: str) -> dict[str, Any]:
    """The changes since the plan before, as the page shows them: a few hundred lines, as they stand."""
    rows = changes_table(told, language).head(MOST_CHANGES)
    parts = [] if told.parts is None else [
        (reason_named(row.reason, language), changed_inputs(told, row.reason, language), signed(row.money))
        for row in told.parts.itertuples()
    ]  # fmt: skip
    lines = [{**row, "units": shown(row["units"], "units"), "money": signed(row["money"])}
             for row in rows.to_dict("records")]  # fmt: skip
    before, after = told.old.total_cost, told.new.total_cost
    return {"parts": parts, "lines": lines, "more": len(told.lines) - len(rows), "same": told.diff.same,
            "before": shown(before, "money"), "after": shown(after, "money"), "change": signed(after - before),
            "currency": told.new.scenario.settings.currency,
            "since": _since(told)}  # fmt: skip


def _since(told: Changes) -> str:
    """What the old plan is called: by its name, where it has one, and its first day."""
    day = f"{told.old.scenario.settings.starts_on}"
    return f"{day} ({told.names[0]})" if told.names else day


def _said(language: str) -> dict[str, Any]:
    """The words that the page's scripts fill in."""
    place, words = LANGUAGES.index(language), Words(language)
    sentences = {"says": SAYS, "does": DO, "titles": TITLES, "parts": PARTS}
    told = {name: {key: both[place] for key, both in table.items()} for name, table in sentences.items()}
    return {**told, "labels": labels(language), "terms": [words.term(line) for line in LINES]}


@cache
def _script() -> str:
    return script(*(part(f"{name}.js") for name in SCRIPTS))
