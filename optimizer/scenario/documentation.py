"""The schema as Markdown: every table, column, type, unit, default, limit and meaning."""

from __future__ import annotations

from collections.abc import Iterable

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings_schema import NIGHTLY, SETTINGS, SOLVE

HEADERS = {
    "en": ("Column", "Chinese name", "Type", "Unit", "If empty", "Limits", "Meaning"),
    "zh": ("列", "中文列名", "类型", "单位", "留空时", "取值范围", "含义"),
}
TYPES = {
    "en": {
        "key": "code",
        "text": "text",
        "number": "number",
        "whole": "whole number",
        "date": "date",
        "flag": "true or false",
    },
    "zh": {
        "key": "代码",
        "text": "文本",
        "number": "数字",
        "whole": "整数",
        "date": "日期",
        "flag": "true 或 false",
    },
}
WORDS = {
    "en": {
        "title": "Tables and columns",
        "settings": "Settings (`scenario.toml`, or the sheet `settings`)",
        "solve": "Section `[solve]`",
        "nightly": "Section `[nightly]`",
        "key": "No two rows may agree on",
        "required": "Required.",
        "optional": "Optional.",
        "must": "must be filled",
        "empty": "allowed",
        "unused": "not used yet: leave it empty",
        "from": "a code of",
    },
    "zh": {
        "title": "表与列",
        "settings": "设置（`scenario.toml`，或工作表 `settings`）",
        "solve": "`[solve]` 部分",
        "nightly": "`[nightly]` 部分",
        "key": "以下各列的组合不可重复：",
        "required": "必需。",
        "optional": "可选。",
        "must": "必填",
        "empty": "可留空",
        "unused": "暂未使用：请留空",
        "from": "取自",
    },
}


def documentation(language: str = "en") -> str:
    """Markdown about all tables and settings; names in English and Chinese, meanings in English."""
    words = WORDS[language]
    parts = [f"## {words['title']}", *(table_documentation(table, language) for table in TABLES)]
    parts += [f"## {words['settings']}", _grid(SETTINGS, language), f"### {words['solve']}", _grid(SOLVE, language)]
    parts += [f"### {words['nightly']}", _grid(NIGHTLY, language)]
    return "\n\n".join(parts) + "\n"


def table_documentation(table: Table, language: str = "en") -> str:
    """Markdown about one table."""
    words = WORDS[language]
    need = words["required"] if table.required else words["optional"]
    keys = ", ".join(f"`{name}`" for name in table.key)
    intro = f"{need} {table.meaning[0].upper()}{table.meaning[1:]}. {words['key']} {keys}."
    return f"### `{table.name}` ({table.chinese})\n\n{intro}\n\n{_grid(table.columns, language)}"


def _grid(columns: Iterable[Column], language: str) -> str:
    rows = [HEADERS[language], ("---",) * len(HEADERS[language])]
    rows += [_row(column, language) for column in columns]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def _row(column: Column, language: str) -> tuple[str, ...]:
    words = WORDS[language]
    kind = TYPES[language].get(column.kind) or ", ".join(f"`{choice}`" for choice in column.choices)
    if column.references:
        kind += f", {words['from']} `{column.references}`"
    meaning = column.meaning if column.used else f"{column.meaning} ({words['unused']})"
    return (
        f"`{column.name}`",
        column.chinese,
        kind,
        column.unit,
        _if_empty(column, language),
        _limits(column),
        meaning,
    )


def _if_empty(column: Column, language: str) -> str:
    if column.default is None:
        return WORDS[language]["empty" if column.optional else "must"]
    if isinstance(column.default, bool):
        return str(column.default).lower()
    return column.default if isinstance(column.default, str) else f"{column.default:g}"


def _limits(column: Column) -> str:
    limits = [(column.least, "≥"), (column.above, ">"), (column.most, "≤")]
    return ", ".join(f"{sign} {limit:g}" for limit, sign in limits if limit is not None)
