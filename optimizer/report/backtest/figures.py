"""The figures of a back-test as rows of texts, for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.report.backtest.words import Words
from optimizer.report.values import money, signed

#: A table: headings, rows, and how many columns are texts.
Table = tuple[list[str], list[list[str]], int]


def policies(document: Mapping[str, Any], words: Words) -> Table:
    """Each policy: cost, service, where stock is left."""
    heads = ["policy", "total_cost", "mission_cost", "fill_rate", "mismatch", "aged", "cleared", "left", "left_worth",
             "seconds"]  # fmt: skip
    rows = [
        [one["policy"], money(one["total_cost"]), money(one["mission_cost"]), f"{one['fill_rate']:.1%}",
         f"{one['mismatch']:.1%}", money(one["aged_units"].get("90", 0.0)), money(one["cleared"]),
         money(one["end_units"]), money(one["end_value"]), f"{one['seconds_a_week']:.2f}"]
        for one in document["policies"]
    ]  # fmt: skip
    return [words.say(head) for head in heads], rows, 1


def differences(document: Mapping[str, Any], words: Words) -> Table:
    """Each policy less another: money, share of the other's mission cost, service."""
    heads = ["policy", "against", "difference", "of_mission", "interval", "certain", "served_points", "mismatched"]
    rows = [
        [one["policy"], one["against"], signed(one["total_cost"]["mean"]), percent(one["total_cost"]["share"], words),
         interval(one["total_cost"]["interval"], words), _sure(one["total_cost"], words),
         points(one["fill_rate"], words), percent(one["mismatched_units"]["share"], words)]
        for one in [*document["differences"], *document.get("others", [])]
    ]  # fmt: skip
    return [words.say(head) for head in heads], rows, 2


def regrets(document: Mapping[str, Any], words: Words) -> Table:
    """Each policy less the clairvoyant."""
    heads = ["policy", "difference", "of_mission", "interval"]
    rows = [
        [one["policy"], signed(one["mean"]), percent(one["share"], words), interval(one["interval"], words)]
        for one in document["regret"] or []
    ]
    return [words.say(head) for head in heads], rows, 1


def costs(document: Mapping[str, Any], words: Words) -> Table:
    """Cost lines down, policies across; lines that are nothing for all are left out."""
    return _across(document, "costs", "line", words, words.term)


def modes(document: Mapping[str, Any], words: Words) -> Table:
    """Freight by mode."""
    return _across(document, "freight_by_mode", "mode", words, words.mode)


def _across(document: Mapping[str, Any], figure: str, head: str, words: Words, name: Any) -> Table:
    rows = document["policies"]
    keys = dict.fromkeys(key for one in rows for key in one[figure])
    body = [
        [name(key), *(money(one[figure].get(key, 0.0)) for one in rows)]
        for key in keys
        if any(round(one[figure].get(key, 0.0)) for one in rows)
    ]
    return [words.say(head), *(one["policy"] for one in rows)], body, 1


def percent(value: float | None, words: Words) -> str:
    """A share with its sign."""
    return words.say("none") if value is None else f"{_tenths(value)}%"


def points(found: Mapping[str, Any], words: Words) -> str:
    """A difference of shares in percentage points."""
    return words.say("none") if found["share"] is None else _tenths(found["share"])


def interval(ends: Sequence[float] | None, words: Words) -> str:
    """An interval of shares."""
    return words.say("too_few") if ends is None else f"{_tenths(ends[0])} … {_tenths(ends[1])}%"


def _tenths(share: float) -> str:
    """A share in hundredths with its sign, and never minus nothing."""
    told = f"{100 * share:+.1f}"
    return "0.0" if told in ("+0.0", "-0.0") else told


def _sure(found: Mapping[str, Any], words: Words) -> str:
    return words.say("yes" if found["certain"] else "no")
