"""The settings in a workbook: a sheet with the columns key and value."""

from __future__ import annotations

from typing import Any

from optimizer.errors import Problem
from optimizer.scenario.names import plain

KEYS = ("key", "setting", "键", "设置", "参数")
VALUES = ("value", "值", "取值")


def settings_of(rows: list[list[str]]) -> tuple[dict[str, Any], list[Problem]]:
    """Nested settings from the rows of the sheet (`solve.gap` stands for gap in the section solve)."""
    header = [plain(cell) for cell in rows[0]] if rows else []
    key = next((place for place, name in enumerate(header) if name in KEYS), None)
    value = next((place for place, name in enumerate(header) if name in VALUES), None)
    if key is None or value is None:
        rule = "the first row does not hold the headers key and value"
        return {}, [Problem("settings", 1, "", "", rule, "Write key in A1 and value in B1")]
    settings: dict[str, Any] = {}
    problems = []
    for row, cells in enumerate(rows[1:], start=2):
        name = cells[key].strip()
        if not name:
            continue
        section, _, last = name.rpartition(".")
        inside = settings.setdefault(section, {}) if section else settings
        if not isinstance(inside, dict) or last in inside:
            problems.append(Problem("settings", row, name, cells[value], "the setting is there twice", "Keep one"))
        else:
            inside[last] = cells[value]
    return settings, problems
