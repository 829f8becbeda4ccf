"""Changes of what scenario.toml says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from optimizer.scenario.changes.cells import changed, wrong
from optimizer.scenario.changes.change import Change
from optimizer.scenario.columns import Column
from optimizer.scenario.names import did_you_mean, plain
from optimizer.scenario.settings import Settings
from optimizer.scenario.settings_read import SECTIONS, read_settings
from optimizer.scenario.settings_schema import SETTINGS

#: What has no meaning beside a base in another one, or is no question about the world.
FIXED = {
    "name": "the name of a what-if is told beside its changes",
    "currency": "costs in two currencies cannot be compared",
}


def settings_after(change: Change, settings: Settings) -> Settings:
    """The settings after a change of one of them. Raises Unreadable."""
    names = dict(_keys())
    key = next((name for name, column in names.items() if plain(change.column) in _spellings(name, column)), None)
    if key is None:
        raise wrong(change, f"there is no setting {change.column!r}", did_you_mean(change.column, names))
    if key in FIXED:
        raise wrong(change, f"{key} cannot be changed: {FIXED[key]}", "Change it in the scenario itself")
    values: dict[str, Any] = asdict(settings) | {"periods": list(settings.periods)}
    *section, name = key.split(".")
    inside = values[section[0]] if section else values
    inside[name] = _value(change, names[key], inside[name])
    made, problems = read_settings(values, "settings")
    if made is None:
        raise wrong(change, f"{key} = {change.word.text!r}: {problems[0].rule}", problems[0].remedy)
    return made


def _value(change: Change, column: Column, now: Any) -> Any:
    if change.operation == "=":
        return change.word.text
    if not isinstance(now, int | float | dt.date):
        raise wrong(change, f"{column.name} is no number", "Write = and the new value")
    kind = {"date": "datetime64[ns]", "whole": "int64"}.get(column.kind, "float64")
    result = changed(change, column, pd.Series([now]).astype(kind)).iloc[0]
    return result.date() if column.kind == "date" else result.item()


def _keys() -> Iterator[tuple[str, Column]]:
    yield from ((column.name, column) for column in SETTINGS)
    for section, (columns, _) in SECTIONS.items():
        yield from ((f"{section}.{column.name}", column) for column in columns)


def _spellings(name: str, column: Column) -> set[str]:
    return {plain(name)} if "." in name else {plain(name), plain(column.chinese)}
