"""A back-test as text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from optimizer.errors import Problem
from optimizer.report.backtest import figures
from optimizer.report.backtest.words import Words
from optimizer.report.page import aligned, cut, wrapped


def text(document: Mapping[str, Any], language: str = "en") -> str:
    """What a planner reads: how the policies did, how sure their differences are, what they cost by line."""
    words = Words(language)
    against = document["against"]
    lines = [title(document, words), *(line for note in notes(document, words) for line in wrapped(note)), ""]
    lines += [words.say("policies"), *_table(figures.policies(document, words)), *_legend(document, words)]
    told = figures.differences(document, words)
    if told[1]:
        lines += ["", *wrapped(words.say("differences", against=against)), *_table(told)]
        lines += wrapped(words.say("sure_note"), "  ", "  ")
    if document["regret"]:
        lines += ["", *wrapped(words.say("regret", against=against)), *_table(figures.regrets(document, words))]
    lines += ["", words.say("costs"), *_table(figures.costs(document, words))]
    lines += ["", words.say("modes"), *_table(figures.modes(document, words))]
    return "\n".join([*lines, *_tuned(document, words)])


def title(document: Mapping[str, Any], words: Words) -> str:
    """What was replayed."""
    names = ("weeks", "currency")
    return words.say("title", name=cut(str(document["scenario"]), 60), first=document["first_day"],
                     last=document["last_day"], **{name: document[name] for name in names})  # fmt: skip


def notes(document: Mapping[str, Any], words: Words) -> list[str]:
    """What a reader must know of how it was done."""
    found = [words.say("pairs", **{name: document[name] for name in ("skus", "blocks", "runs", "pairs")})]
    if document["done"] < document["asked"]:
        found.append(words.say("stopped", done=document["done"], asked=document["asked"]))
    found.append(words.say("few_blocks" if document["blocks"] < 2 else "own_sellers"))
    found.append(words.say("stock_then"))
    if document["guessed"] > 0:
        found.append(words.say("guessed", share=document["guessed"]))
    found += [_remark(one, words) for one in document["remarks"]]
    if document["untuned"]:
        found.append(words.say("untuned"))
    weeks = document["weeks"] * document["pairs"]
    missed = [(one["policy"], one["missed"]) for one in document["policies"] if one["missed"]]
    found += [words.say("missed", policy=name, missed=count, weeks=weeks) for name, count in missed]
    if "clairvoyant" in document["names"] and not document["regret"]:
        found.append(words.say("no_bound"))
    return found


def _remark(one: Mapping[str, Any], words: Words) -> str:
    """What was odd, and what became of it."""
    told = Problem(**one)
    place = cut(told.where(words.say("remark_row", row=told.row)), 100)
    return words.say("remark", place=place, rule=cut(told.rule, 300), remedy=cut(told.remedy, 300))


def tuned(document: Mapping[str, Any], words: Words) -> list[str]:
    """What each rule was tuned to: one sentence a rule, its settings in each block."""
    found = []
    for policy, blocks in document["tuned"].items():
        told = [", ".join(f"{name} {_setting(value)}" for name, value in sorted(one.items())) for one in blocks]
        found.append(f"{policy}: {'; '.join(dict.fromkeys(told))}")
    return found


def written(folder: str | Path, files: Sequence[Path], language: str) -> str:
    """Where the files stand."""
    names = ", ".join(file.name for file in files)
    return Words(language).say("written", folder=folder, files=names)


def _tuned(document: Mapping[str, Any], words: Words) -> list[str]:
    found = tuned(document, words)
    head = words.say("tuned", weeks=document["tuning_weeks"]).rstrip()
    return ["", head, *(line for one in found for line in wrapped(one, "  ", "    "))] if found else []


def _legend(document: Mapping[str, Any], words: Words) -> list[str]:
    told = [f"{name}: {words.meaning(name)}" for name in document["names"] if words.meaning(name)]
    return wrapped("; ".join(told) + ".", "  ", "  ") if told else []


def _setting(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "/".join(map(_setting, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _table(table: figures.Table) -> list[str]:
    heads, body, texts = table
    return aligned([heads, *body], [place >= texts for place in range(len(heads))])
