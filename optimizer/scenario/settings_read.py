"""Making Settings of what `scenario.toml` or the sheet `settings` says."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.cell_text import cell_text
from optimizer.scenario.cells import typed_column
from optimizer.scenario.columns import Column
from optimizer.scenario.names import did_you_mean, plain
from optimizer.scenario.periods import period_lengths
from optimizer.scenario.settings import NightlySettings, Settings, SolveSettings
from optimizer.scenario.settings_schema import NIGHTLY, SETTINGS, SOLVE

#: Sections beside the general settings, each with its keys and what it becomes.
SECTIONS = {"solve": (SOLVE, SolveSettings), "nightly": (NIGHTLY, NightlySettings)}


def read_settings(values: Mapping[str, Any], place: str) -> tuple[Settings | None, list[Problem]]:
    """The settings, or None and what is wrong; `place` is what reports call the file or sheet."""
    problems: list[Problem] = []
    general = {key: value for key, value in values.items() if key not in SECTIONS}
    read = _section(general, SETTINGS, place, "", problems)
    inside = {}
    for name, (keys, _) in SECTIONS.items():
        given = values.get(name, {})
        if not isinstance(given, Mapping):
            remedy = f"Write it as [{name}]"
            problems.append(Problem(place, 0, name, str(given), "it is a section, not a value", remedy))
            given = {}
        inside[name] = _section(given, keys, place, f"{name}.", problems)
    if problems:
        return None, problems
    return Settings(**read, **{name: kind(**inside[name]) for name, (_, kind) in SECTIONS.items()}), []


def _section(
    values: Mapping[str, Any], keys: tuple[Column, ...], place: str, prefix: str, problems: list[Problem]
) -> dict[str, Any]:
    names = [*(key.name for key in keys), *([] if prefix else SECTIONS)]
    aliases = {plain(name): key.name for key in keys for name in (key.chinese, key.name)}
    given = {aliases.get(plain(name), name): value for name, value in values.items()}
    for name in given:
        if name not in names:
            problems.append(Problem(place, 0, prefix + name, "", "there is no such setting", did_you_mean(name, names)))
    read = {}
    for key in keys:
        problem, value = _value(key, given.get(key.name))
        if problem:
            problems.append(Problem(place, 0, prefix + key.name, _shown(given.get(key.name)), *problem))
        else:
            read[key.name] = value
    return read


def _value(key: Column, given: Any) -> tuple[tuple[str, str] | None, Any]:
    """A rule and remedy where the value is wrong, else the value."""
    if given is None or isinstance(given, str) and not given.strip():
        return (None, key.default) if not key.required else (("it is missing", f"Add it: {key.meaning}"), None)
    if key.name == "periods":
        return period_lengths(given)
    if isinstance(given, list | dict | dt.time | bool) or _wrong_type(key, given):
        return (f"it is not a {key.kind}", f"Write one: {key.meaning}"), None
    text = cell_text(given).strip()
    parsed = typed_column(key, pd.Series([text], dtype=str))
    if parsed.bad[0]:
        return parsed.why(text), None
    return _within(key, parsed.values.iloc[0])


def _within(key: Column, value: Any) -> tuple[tuple[str, str] | None, Any]:
    remedy = f"Its meaning: {key.meaning}"
    if key.choices and value not in key.choices:
        return (f"it is none of {', '.join(key.choices)}", did_you_mean(value, key.choices)), None
    if key.least is not None and value < key.least:
        return ("it is negative" if key.least == 0 else f"it is below {key.least:g}", remedy), None
    if key.above is not None and value <= key.above:
        return (f"it is not above {key.above:g}", remedy), None
    if key.most is not None and value > key.most:
        return (f"it is above {key.most:g}", remedy), None
    if key.kind == "date":
        return None, value.date()
    return None, {"number": float, "whole": int}.get(key.kind, str)(value)


def _wrong_type(key: Column, given: Any) -> bool:
    """A date or number where a text is wanted, a date where a number is, nan; texts are parsed later."""
    if isinstance(given, float) and not math.isfinite(given):
        return True
    if key.kind in ("number", "whole"):
        return isinstance(given, dt.date)
    return key.kind == "choice" and not isinstance(given, str)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:80]
