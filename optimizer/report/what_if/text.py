"""A comparison as text: who costs what, by line and by mode, and a chart of bars."""

from __future__ import annotations

import math
from collections.abc import Iterator

from optimizer.report.page import ACROSS, aligned, cut, width, wrapped
from optimizer.report.values import money, shown, signed
from optimizer.report.what_if.comparison import Answered, Comparison, Difference, difference
from optimizer.report.what_if.figures import Figures
from optimizer.report.what_if.words import Words

#: What-ifs beside each other in a table, and places that the name of one takes, at most and at least.
BESIDE, NAME, SHORT = 6, 30, 10
#: Places that the longest bar takes, and how many parts of a place it is drawn in.
BAR, PARTS = 40, "▏▎▍▌▋▊▉█"
#: Less money is nothing.
LEAST = 0.5


def text(comparison: Comparison, language: str = "en") -> str:
    """The comparison, in English ("en") or Chinese ("zh"), on a page of `page.ACROSS` places across."""
    words = Words(language)
    sections = (_head, _costs, _service, _modes, _containers, _bars, _asked)
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section(comparison, words))))


def title(comparison: Comparison, words: Words) -> str:
    """Which comparison this is."""
    first, last = comparison.days
    phrase = "title_one" if comparison.asked == 1 else "title"
    name, currency = cut(comparison.scenario, 40), comparison.currency
    return words(phrase, name=name, count=comparison.asked, first=first, last=last, currency=currency)


def named(comparison: Comparison, words: Words) -> list[str]:
    """What the what-ifs are called: a number and a name."""
    return [f"{place} {words.own(answer.name)}" for place, answer in enumerate(comparison.answers, 1)]


def notes(comparison: Comparison, words: Words) -> list[str]:
    """What must be known to read the differences."""
    found = [difference(comparison.base, answer.figures) for answer in comparison.planned if answer.figures]
    told = [words("certain_note")] if any(math.isfinite(one.least) for one in found) else []
    told += [words("open_note")] if any(not one.certain and _some(one) for one in found) else []
    if len(comparison.answers) < comparison.asked:
        told.append(words("interrupted", done=len(comparison.answers), asked=comparison.asked))
    return [*told, *comparison.notes]


def uncertain(one: Difference) -> str:
    """The mark of a difference that is smaller than the gaps."""
    return "~ " if not one.certain and _some(one) else ""


def _some(one: Difference) -> bool:
    return abs(one.found) >= LEAST


def _head(comparison: Comparison, words: Words) -> Iterator[str]:
    yield from wrapped(title(comparison, words))
    yield ""
    heads = ["what_if", "total_cost", "difference", "least", "most", "gap_share", "fill_rate", "mismatch"]
    rows = [[words(head) for head in heads], _row(words("base"), comparison.base, None, words)]
    for name, answer in zip(named(comparison, words), comparison.answers, strict=True):
        if answer.figures is None:
            rows.append([name, words("no_plan"), *[""] * (len(heads) - 2)])
        else:
            rows.append(_row(name, answer.figures, difference(comparison.base, answer.figures), words))
    yield from _fitted(rows)
    lines = [line for note in notes(comparison, words) for line in wrapped(note, "  ", "  ")]
    yield from ["", *lines] if lines else []
    for answer in comparison.answers:
        if answer.message:
            yield from wrapped(f"{words.own(answer.name)}: {answer.message}", "  ", "  ")


def _fitted(rows: list[list[str]]) -> list[str]:
    """Rows as lines, the names in the first column as long as the page allows."""
    others = sum(max(width(row[place]) for row in rows) + 2 for place in range(1, len(rows[0])))
    wide = min(NAME, max(ACROSS - 2 - others, SHORT))
    return aligned([[cut(row[0], wide), *row[1:]] for row in rows], [False, *[True] * (len(rows[0]) - 1)])


def _row(name: str, plan: Figures, one: Difference | None, words: Words) -> list[str]:
    def proven(amount: float) -> str:
        return signed(amount) if math.isfinite(amount) else words("unknown")

    told = (
        ["", "", ""] if one is None else [f"{uncertain(one)}{signed(one.found)}", proven(one.least), proven(one.most)]
    )
    gap = plan["key", "gap_share"]
    return [name, money(plan.total_cost), *told, words("unknown") if math.isnan(gap) else f"{gap:.2%}",
            f"{plan['key', 'fill_rate']:.1%}", f"{plan['key', 'mismatch']:.1%}"]  # fmt: skip


def _costs(comparison: Comparison, words: Words) -> Iterator[str]:
    keys = [(group, name, kind) for group, name, kind in comparison.shown() if group == "line"]
    keys = [key for key in keys if any(abs(plan[key[:2]]) >= LEAST for plan in _plans(comparison))]
    yield from _table(words("costs"), [*keys, ("key", "total_cost", "money")], comparison, words)


def _service(comparison: Comparison, words: Words) -> Iterator[str]:
    names = ("fill_rate", "lost", "mismatch", "days_of_cover", "direct_mail")
    kinds = {(group, name): kind for group, name, kind in comparison.shown()}
    yield from _table(words("service"), [("key", name, kinds["key", name]) for name in names], comparison, words)


def _modes(comparison: Comparison, words: Words) -> Iterator[str]:
    yield from _table(words("modes"), [key for key in comparison.shown() if key[0] == "mode"], comparison, words)


def _containers(comparison: Comparison, words: Words) -> Iterator[str]:
    keys = [key for key in comparison.shown() if key[0] == "container"]
    yield from _table(words("container_counts"), keys, comparison, words)


def _plans(comparison: Comparison) -> list[Figures]:
    return [comparison.base, *(answer.figures for answer in comparison.planned if answer.figures is not None)]


def _table(head: str, keys: list[tuple[str, str, str]], comparison: Comparison, words: Words) -> Iterator[str]:
    """A row for each figure, the base first, then what-ifs by number, a few in a block; money as differences."""
    planned = [(place, one) for place, one in enumerate(comparison.answers, 1) if one.figures is not None]
    if not keys or not planned:
        return
    yield head
    for start in range(0, len(planned), BESIDE):
        block = planned[start : start + BESIDE]
        rows = [["", words("base"), *(str(place) for place, _ in block)]]
        for group, name, kind in keys:
            now = comparison.base[group, name]
            cells = [_cell(one.figures, now, (group, name), kind) for _, one in block]
            rows.append([words.figure(group, name), shown(now, kind), *cells])
        yield from _fitted(rows)
        if start + BESIDE < len(planned):
            yield ""


def _cell(plan: Figures | None, now: float, key: tuple[str, str], kind: str) -> str:
    assert plan is not None
    return signed(plan[key] - now) if kind == "money" else shown(plan[key], kind)


def _bars(comparison: Comparison, words: Words) -> Iterator[str]:
    rows = [(name, difference(comparison.base, one.figures)) for name, one in
            zip(named(comparison, words), comparison.answers, strict=True) if one.figures is not None]  # fmt: skip
    longest = max((abs(one.found) for _, one in rows), default=0.0)
    if longest < LEAST:
        return
    yield words("chart")
    wide = max(width(cut(name, NAME)) for name, _ in rows)
    for name, one in rows:
        bar = _bar(abs(one.found) / longest)
        told = cut(name, NAME)
        sign = " " if not _some(one) else "-" if one.found < 0 else "+"
        line = f"  {told}{' ' * (wide - width(told))}  {sign}{bar} {uncertain(one)}{signed(one.found)}"
        yield line[:ACROSS]


def _bar(share: float) -> str:
    parts = round(share * BAR * len(PARTS))
    whole, rest = divmod(parts, len(PARTS))
    return PARTS[-1] * whole + (PARTS[rest - 1] if rest else "")


def _asked(comparison: Comparison, words: Words) -> Iterator[str]:
    yield words("changes")
    for name, answer in zip(named(comparison, words), comparison.answers, strict=True):
        yield from wrapped(_told(name, answer, words), "  ", "    ")
        for change in answer.changes:
            if change != words.own(answer.name):
                yield from wrapped(change, "      ", "        ")


def _told(name: str, answer: Answered, words: Words) -> str:
    description = words.own(answer.description)
    return f"{name}: {description}" if description else name
