"""Writing settings as TOML or as the rows of a sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from optimizer.scenario.periods import periods_text
from optimizer.scenario.settings import Settings
from optimizer.scenario.settings_schema import NIGHTLY, SETTINGS, SOLVE

#: Keys of the sections beside the general settings.
SECTIONS = {"solve": SOLVE, "nightly": NIGHTLY}

#: Characters that TOML has a short escape for; other control characters are written as \\uXXXX.
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def settings_toml(settings: Settings, *, comments: bool = False) -> str:
    """The settings as a TOML document; with `comments` each line says what its key means."""
    values = asdict(settings) | {"periods": periods_text(settings.periods)}
    lines = [_line(key.name, values[key.name], key.meaning if comments else "") for key in SETTINGS]
    for name, keys in SECTIONS.items():
        lines += ["", f"[{name}]"]
        lines += [_line(key.name, values[name][key.name], key.meaning if comments else "") for key in keys]
    return "\n".join(lines) + "\n"


def settings_rows(settings: Settings) -> list[tuple[str, str | float | int | dt.date, str]]:
    """Key, value and meaning of every setting, for a sheet."""
    values = asdict(settings) | {"periods": ", ".join(periods_text(settings.periods))}
    general = [(key.name, values[key.name], key.meaning) for key in SETTINGS]
    return general + [
        (f"{name}.{key.name}", values[name][key.name], key.meaning) for name, keys in SECTIONS.items() for key in keys
    ]


def _line(key: str, value: Any, comment: str) -> str:
    return f"{key} = {toml_value(value)}" + (f"  # {comment}" if comment else "")


def toml_value(value: Any) -> str:
    """A list, text, number, flag or date as TOML writes it."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(character) for character in value) + '"'
    return repr(value) if isinstance(value, int | float) else str(value)


def _escaped(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    return f"\\u{ord(character):04x}" if ord(character) < 32 or ord(character) == 127 else character
