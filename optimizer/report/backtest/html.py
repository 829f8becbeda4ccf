"""A back-test as one HTML file that opens offline: charts, and tables that need no script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from optimizer.report.backtest import figures
from optimizer.report.backtest.text import notes, title, tuned
from optimizer.report.backtest.words import SAID, Words
from optimizer.report.html.parts import BARS, LIBRARY, packed, part, script, script_hash

HERE = "optimizer.report.backtest"
#: Cost lines that are a value and no cost of the weeks: their chart would hide the others.
LEFT_OUT = ("purchase", "end_stock")


def page(document: Mapping[str, Any], language: str = "en") -> str:
    """The back-test as the text of an HTML file, in English ("en") or Chinese ("zh").

    Texts get into it through the template, which escapes them, and as data in base64; no other script runs than those
    that the page's content policy names by their hash.
    """
    words = Words(language)
    library, drawn = part(LIBRARY), script(part(BARS), part("page.js", HERE))
    template = Environment(autoescape=True, trim_blocks=True).from_string(part("page.html.jinja", HERE))
    against = document["against"]
    return template.render(
        language=language,
        title=title(document, words),
        notes=notes(document, words),
        meanings=[(name, words.meaning(name)) for name in document["names"] if words.meaning(name)],
        tuned=tuned(document, words),
        say={name: both[words.place].replace("{against}", against) for name, both in SAID.items()},
        tuned_head=words.say("tuned", weeks=document["tuning_weeks"]),
        tables=_tables(document, words),
        hashes=Markup(" ".join(script_hash(text) for text in (library, drawn))),
        style=Markup(part("page.css")),
        data=Markup(packed(_data(document, words))),
        library=Markup(library),
        script=Markup(drawn),
    )


def _tables(document: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    made = {
        "policies": (words.say("policies"), figures.policies(document, words)),
        "differences": (words.say("differences", against=document["against"]), figures.differences(document, words)),
        "regret": (words.say("regret", against=document["against"]), figures.regrets(document, words)),
        "costs": (words.say("costs"), figures.costs(document, words)),
        "modes": (words.say("modes"), figures.modes(document, words)),
    }
    return [
        {"name": name, "head": head, "columns": columns, "rows": rows, "texts": texts}
        for name, (head, (columns, rows, texts)) in made.items()
        if rows
    ]


def _data(document: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What the charts draw."""
    rows = document["policies"]
    lines = [line for line in rows[0]["costs"] if line not in LEFT_OUT]
    modes = dict.fromkeys(mode for one in rows for mode in one["freight_by_mode"])
    shown = document["weeks_by_policy"]
    return {
        "names": document["names"],
        "currency": document["currency"],
        "week": words.say("week"),
        "costs": {words.term(line): [one["costs"].get(line, 0.0) for one in rows] for line in lines
                  if any(one["costs"].get(line) for one in rows)},
        "modes": {words.mode(mode): [one["freight_by_mode"].get(mode, 0.0) for one in rows] for mode in modes},
        "differences": [
            [f"{one['policy']} – {one['against']}", one["total_cost"]["share"], one["total_cost"]["interval"]]
            for one in [*document["differences"], *document.get("others", [])]
        ],
        "weeks": {name: shown[name] for name in document["names"]},
    }  # fmt: skip
