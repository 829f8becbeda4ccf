"""An explanation as text: sentences and one table of cost lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from optimizer.report.page import aligned, cut, wrapped
from optimizer.report.values import money, units
from optimizer.report.words import Words
from optimizer.studies.explain.explain import Explanation
from optimizer.studies.explain.phrases import LINES, OBSTACLES, SAYS, WAYS, phrase
from optimizer.studies.explain.rules import CENT, Worth
from optimizer.studies.explain.sentences import BLAME, OPEN, RULES, UNDONE
from optimizer.studies.explain.undone import Undone
from optimizer.studies.explain.ways import Way

#: Changes that are told of a way, and most ways that are shown.
MOST_CHANGES, MOST_WAYS = 4, 8
#: A difference that may be wrong by more than this share of it is told as one.
LOOSE = 0.05


def text(told: Explanation, language: str = "en") -> str:
    """The explanation, in English ("en") or Chinese ("zh"), a page wide."""
    sections = (_head, _verdict, _table, _undone, _rules)
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section(told, language))))


def line(told: Explanation, language: str) -> str:
    """Which line is asked about."""
    mine = told.asked
    kind = "shipment_any" if mine.kind == "shipment" and not told.trip else mine.kind
    when = phrase(LINES, "when", language, date=mine.date) if mine.date else ""
    when = when or (phrase(LINES, "any", language) if kind == "shipment_any" else "")
    known, cargo = dict[str, object](), told.aboard
    if cargo is not None:
        alone = len(cargo.skus) == 1
        names = cut(next(iter(cargo.skus))) if alone else phrase(LINES, "skus", language, count=len(cargo.skus))
        known = {"skus": names, "volume": f"{cargo.volume_m3:,.1f}", "weight": units(cargo.weight_kg)}
    return phrase(
        LINES, kind, language, sku=mine.sku, lane=mine.lane, region=mine.region, location=mine.location, when=when,
        units=units(told.units), **known, **told.trip,
    )  # fmt: skip


def paths(told: Explanation, language: str) -> list[str]:
    """Over how many sample paths the figures are expected, where there are several."""
    if told.paths == 1:
        return []
    shipped = told.asked.kind in ("shipment", "departure") and told.units > 0
    name = ("paths_settled" if told.settled else "paths_open") if shipped else "paths_any"
    return [phrase(SAYS, name, language, paths=told.paths)]


def goods(told: Explanation, language: str) -> list[str]:
    """What is aboard a departure and what that is charged, in sentences."""
    if told.aboard is None:
        return []
    words, aboard = Words(language), told.aboard
    comma = "，" if language == "zh" else ", "
    said = []
    if aboard.containers:
        boxes = " + ".join(f"{count:g} x {cut(kind)}" for kind, count in aboard.containers.items())
        said.append(phrase(LINES, "booked", language, containers=boxes))
    listed = comma.join(f"{words.term(line)} {_money(amount)}" for line, amount in aboard.charges.items())
    charged = phrase(LINES, "charged", language, money=_money(aboard.charged), lines=listed)
    said.append(charged if listed else phrase(LINES, "free", language))
    most = list(aboard.skus.items())[:MOST_CHANGES]
    if len(most) > 1:
        skus = comma.join(f"{cut(sku)} {units(count)}" for sku, count in most)
        said.append(phrase(LINES, "most_of", language, skus=skus))
    return said


def verdict(told: Explanation, language: str) -> list[str]:
    """What the line is worth, or why it is not there, in sentences."""
    if told.obstacle is not None:
        why = phrase(OBSTACLES, told.obstacle.reason, language, **_shown(told.obstacle.names))
        return [phrase(SAYS, "it_cannot", language, why=why)]
    if not told.ways:
        return []
    found, there = told.ways[0].found, told.ways[0].kind != "with"
    values = {"money": _money(max(found.difference, 0.0)), "each": _money(_each(told))}
    said = [phrase(SAYS, _name(told, there), language, **values)]
    if found.x is not None and found.loose > max(1.0, LOOSE * abs(found.difference)):
        between = {"least": _money(found.least), "most": _money(found.most)}
        said.append(phrase(SAYS, "unproven" if np.isfinite(found.most) else "unproven_above", language, **between))
    return said


def way(other: Way, language: str) -> str:
    """One other way in words."""
    return phrase(WAYS, other.kind, language, **_shown(other.names))


def changed(other: Way, language: str) -> str:
    """What a way ships and loses otherwise, the most of it."""
    told = [
        phrase(SAYS, str(change["what"]), language, **{**_shown(change), "units": f"{change['units']:+,.0f}"})
        for change in other.changes[:MOST_CHANGES]
    ]
    if (rest := len(other.changes) - MOST_CHANGES) > 0:
        told.append(phrase(SAYS, "and_more", language, count=rest))
    return ("，" if language == "zh" else ", ").join(told)


def worth(rule: Worth, language: str) -> str:
    """What one more of something is worth, in a sentence; or that it was not found out."""
    values = {**_shown(rule.names), "unit": rule.unit, "amount": units(rule.amount)}
    if rule.open:
        return phrase(OPEN, "not_found_out", language, what=phrase(OPEN, rule.rule, language, **values))
    name = f"{rule.rule}_cost" if rule.rule.startswith("container") and rule.money < 0 else rule.rule
    said = phrase(RULES, name, language, **values, money=_money(abs(rule.money)), each=_money(rule.each))
    if np.isfinite(rule.price) and rule.price > CENT:
        said += ("" if language == "zh" else " ") + phrase(RULES, "price", language, price=_money(rule.price))
    return said


def left(rest: Undone, language: str) -> list[str]:
    """What is left undone and whether it could be put right, in sentences."""
    said = [phrase(UNDONE, rest.what, language, amount=_amount(rest.amount), money=_money(rest.money))]
    if rest.reachable <= max(0.001 * rest.amount, 0.01) or rest.forced.x is None:
        return [*said, phrase(UNDONE, "cannot", language)]
    cost, whole = rest.forced.difference, rest.least <= max(0.001 * rest.amount, 0.01)
    name = "could_free" if cost <= CENT else "could_all" if whole else "could"
    return [*said, phrase(UNDONE, name, language, reachable=_amount(rest.reachable), money=_money(cost),
                          each=_money(cost / rest.reachable))]  # fmt: skip


def cures(rest: Undone, language: str) -> list[str]:
    """What would cure what is left undone, one sentence each."""
    said = []
    for cure in rest.cures:
        what = phrase(UNDONE, cure.rule, language, **_shown(cure.names), price=_money(cure.price))
        name = "cure" if cure.saved >= 0 else "cure_cost"
        said.append(phrase(UNDONE, name, language, what=what, units=_amount(cure.units), money=_money(abs(cure.saved))))
    return said


def _head(told: Explanation, language: str) -> Iterator[str]:
    yield from wrapped(phrase(LINES, "money", language, name=cut(told.scenario, 40), currency=cut(told.currency)))
    yield from wrapped(line(told, language))
    for sentence in (*goods(told, language), *paths(told, language)):
        yield from wrapped(sentence)


def _verdict(told: Explanation, language: str) -> Iterator[str]:
    for sentence in verdict(told, language):
        yield from wrapped(sentence)
    if told.spare > CENT:
        better = "better" if told.aboard is None else "better_all"
        gap = _money(told.gap) if np.isfinite(told.gap) else phrase(SAYS, "unknown_gap", language)
        yield from wrapped(phrase(SAYS, better, language, money=_money(told.spare), gap=gap))
    if told.ways:
        yield from wrapped(phrase(SAYS, "held", language))


def _table(told: Explanation, language: str) -> Iterator[str]:
    """Cost lines down, ways across; the sums at the foot. Below, what the ways are."""
    shown = [other for other in told.ways if other.found.x is not None][:MOST_WAYS]
    if not shown:
        return
    words = Words(language)
    lines = [name for name in shown[0].found.lines if any(abs(other.found.lines[name]) > CENT for other in shown)]
    rows = [["", *(f"[{place}]" for place in range(1, len(shown) + 1))]]
    rows += [[words.term(name), *(_signed(other.found.lines[name]) for other in shown)] for name in lines]
    rows.append([phrase(SAYS, "total", language), *(_signed(other.found.difference) for other in shown)])
    yield phrase(SAYS, "ways", language)
    yield from aligned(rows, [False] + [True] * len(shown))
    for place, other in enumerate(shown, 1):
        then = changed(other, language)
        stop, colon = ("。", "：") if language == "zh" else (". ", ": ")
        said = way(other, language) + (f"{stop}{phrase(SAYS, 'instead', language)}{colon}{then}" if then else "")
        yield from wrapped(said, f"  [{place}] ", "      ")
    for other in told.ways:
        if other.found.x is None:
            name = "impossible" if other.found.status == "infeasible" else "none"
            yield from wrapped(f"{way(other, language)}: {phrase(SAYS, name, language)}", "  [-] ", "      ")


def _undone(told: Explanation, language: str) -> Iterator[str]:
    for rest in told.undone:
        for sentence in left(rest, language):
            yield from wrapped(sentence)
        said = cures(rest, language)
        if said:
            yield from wrapped(phrase(UNDONE, "blame", language, what=phrase(BLAME, rest.cures[0].rule, language)))
        yield from _listed(said, "cures" if said else "no_cure", UNDONE, language)


def _rules(told: Explanation, language: str) -> Iterator[str]:
    if told.obstacle is None or told.rules:
        known = sorted(told.rules, key=lambda rule: rule.open)
        said = [worth(rule, language) for rule in known]
        yield from _listed(said, "rules" if said else "no_rules", SAYS, language)


def _listed(sentences: Iterable[str], head: str, table: dict, language: str) -> Iterator[str]:
    yield from wrapped(phrase(table, head, language))
    for sentence in sentences:
        yield from wrapped(sentence, "  ", "    ")


def _name(told: Explanation, there: bool) -> str:
    found = told.ways[0].found
    if found.x is None:
        if found.status == "infeasible":
            return "needed" if there else "with_none"
        return "unknown" if there else "with_unknown"
    more = found.difference > max(CENT, found.difference - found.least)
    return ("more" if more else "same") if there else ("with_more" if more else "with_same")


def _each(told: Explanation) -> float:
    first = told.ways[0]
    asked_for = float(first.names.get("units", told.units) or 1.0)  # type: ignore[arg-type]
    return first.found.difference / asked_for if first.found.x is not None else np.nan


def _shown(names: dict[str, object]) -> dict[str, object]:
    """Values as a sentence says them."""
    said: dict[str, object] = {}
    for name, value in names.items():
        if name in ("units", "more"):
            said[name] = units(float(value))  # type: ignore[arg-type]
        elif isinstance(value, float):
            said[name] = _money(value)
        elif isinstance(value, str):
            said[name] = cut(value)
        else:
            said[name] = value
    return said


def _money(amount: float) -> str:
    """Money; small amounts with cents. What is not known has sentences of its own, which do not name it."""
    return "?" if not np.isfinite(amount) else f"{amount:,.2f}" if abs(amount) < 100 else money(amount)


def _signed(amount: float) -> str:
    return "0" if abs(amount) <= CENT else f"{amount:+,.0f}" if abs(amount) >= 100 else f"{amount:+,.2f}"


def _amount(value: float) -> str:
    return f"{value:,.1f}" if value < 100 and abs(value - round(value)) > 0.05 else f"{value:,.0f}"
