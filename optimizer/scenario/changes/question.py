"""What-ifs as they are written, in a file or by options, before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from optimizer.errors import Problem
from optimizer.scenario.changes.change import Addition, Place, Removal, WhatIf
from optimizer.scenario.changes.grammar import Unreadable, change_of, selector_of, target_of
from optimizer.scenario.changes.sweep import NoSweep, sweep_values
from optimizer.scenario.names import did_you_mean, table_named
from optimizer.scenario.schema import SCHEMA

#: What one question may say, and what that must be.
KEYS = {"name": str, "name_zh": str, "description": str, "description_zh": str, "changes": list, "remove": list,
        "add": dict, "sweep": list}  # fmt: skip
#: Where the n-th text under a key stands.
PlaceOf = Callable[[str, str], Place]


@dataclass(frozen=True)
class Question:
    """One what-if, or a sweep of several: `said` by the keys of `KEYS`; `place_of` tells where a text stands."""

    said: Mapping[str, Any]
    place_of: PlaceOf


def what_ifs(question: Question, problems: list[Problem]) -> list[WhatIf]:
    """The what-ifs of a question, one for each step of its sweeps; what is wrong goes to `problems`."""
    said = question.said
    for key, value in said.items():
        place = question.place_of(key, key)
        if key not in KEYS:
            problems.append(_problem(place, key, "there is no such key", did_you_mean(key, ["base", "what_if", *KEYS])))
        elif not isinstance(value, KEYS[key]):
            problems.append(_problem(place, key, "it is not what it should be", _written(key)))
    said = {key: value for key, value in said.items() if key in KEYS and isinstance(value, KEYS[key])}
    made = WhatIf(
        name=said.get("name", ""),
        changes=tuple(_read(question, "changes", said, change_of, problems)),
        removals=tuple(_read(question, "remove", said, _removal, problems)),
        additions=tuple(_additions(question, said, problems)),
        description=said.get("description", ""), description_zh=said.get("description_zh", ""),
        name_zh=said.get("name_zh", ""),
    )  # fmt: skip
    if said.get("sweep"):
        return list(_swept(question, made, said["sweep"], problems))
    if not (made.changes or made.removals or made.additions) and not problems:
        place = question.place_of("name", "name")
        problems.append(_problem(place, "", "it changes nothing", "Write changes, remove, add or sweep"))
    return [made if made.name else replace(made, name="; ".join(change.text for change in made.changes))]


def _swept(question: Question, made: WhatIf, sweeps: list[Any], problems: list[Problem]) -> Iterator[WhatIf]:
    """A what-if for each value of each sweep, beside the other changes."""
    for sweep in sweeps:
        place = question.place_of("sweep", "sweep")
        if not isinstance(sweep, dict) or set(sweep) != {"target", "values"}:
            problems.append(_problem(place, "sweep", "it has other keys than target and values", _written("sweep")))
            continue
        try:
            place = question.place_of("sweep", str(sweep["target"]))
            target = target_of(str(sweep["target"]), place)
            for value in sweep_values(_values(sweep["values"])):
                change = change_of(f"{target} {value}", place)
                name = f"{made.name}: {change.text}" if made.name else change.text
                yield WhatIf(name, (*made.changes, change), made.removals, made.additions, made.description,
                             made.description_zh, f"{made.name_zh}：{change.text}" if made.name_zh else "",
                             f"{made.name}: {target}" if made.name else target, float(value))  # fmt: skip
        except Unreadable as error:
            problems.append(error.problem)
        except NoSweep as error:
            problems.append(_problem(place, "sweep", error.rule, error.remedy))


def _values(values: Any) -> str:
    return ",".join(str(value) for value in values) if isinstance(values, list) else str(values)


def _read(  # type: ignore[no-untyped-def]
    question: Question, key: str, said: Mapping[str, Any], make, problems: list[Problem]
) -> Iterator[Any]:
    for text in said.get(key, []):
        place = question.place_of(key, str(text))
        if not isinstance(text, str):
            problems.append(_problem(place, key, f"{text!r} is no text", _written(key)))
            continue
        try:
            yield make(text, place)
        except Unreadable as error:
            problems.append(error.problem)


def _removal(text: str, place: Place) -> Removal:
    return Removal(selector_of(text, place), text.strip(), place)


def _additions(question: Question, said: Mapping[str, Any], problems: list[Problem]) -> Iterator[Addition]:
    for name, rows in said.get("add", {}).items():
        table = table_named(name)
        if table is None:
            place = question.place_of("add", name)
            problems.append(_problem(place, f"add.{name}", f"there is no table {name!r}", did_you_mean(name, SCHEMA)))
            continue
        for values in rows if isinstance(rows, list) else [rows]:
            place = question.place_of("add", name)
            if not isinstance(values, dict):
                problems.append(_problem(place, f"add.{name}", "a row has columns", _written("add")))
                continue
            try:
                yield _addition(table.name, values, place)
            except Unreadable as error:
                problems.append(error.problem)


def _addition(table: str, values: dict[str, Any], place: Place) -> Addition:
    chosen = {key: values[key] for key in ("like", "for_each") if key in values}
    own = {key: value for key, value in values.items() if key not in chosen}
    if len(chosen) > 1:
        raise Unreadable(_problem(place, f"add.{table}", "it has both like and for_each", "Keep one of them"))
    found = {key: selector_of(str(text), place) for key, text in chosen.items()}
    like = found.get("like")
    if like is not None and like.table != table:
        rule = f"like selects rows of {like.table}, and {table} has other columns"
        raise Unreadable(_problem(place, f"add.{table}", rule, f"Name rows of {table}, or write for_each"))
    return Addition(table, own, place, found.get("for_each"), like)


def _written(key: str) -> str:
    ways = {
        "changes": 'Write a list of texts: changes = ["lanes[mode=sea].lead_time_days += 14"]',
        "remove": 'Write a list of texts: remove = ["closures[note=border]"]',
        "add": 'Write a block for each row: [[add.closures]], then lane = "...", from = 2027-01-01, ...',
        "sweep": 'Write a block: [[sweep]], then target = "duty_rates.rate *=", values = "0:1:0.1"',
    }
    return ways.get(key, f'Write {key} = "text"')


def _problem(place: Place, value: str, rule: str, remedy: str) -> Problem:
    return Problem(place.name, place.line, "", value, rule, remedy)
