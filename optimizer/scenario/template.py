"""The starter scenario: a small, complete, commented example to begin from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from optimizer.errors import UsageError
from optimizer.scenario.csv_file import read_csv
from optimizer.scenario.documentation import documentation
from optimizer.scenario.raw import RawTable
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings
from optimizer.scenario.starter_tables import DEMAND, TABLES, WEEKS
from optimizer.scenario.typed_tables import typed_table
from optimizer.scenario.workbook_write import write_workbook
from optimizer.scenario.write import in_place, write_folder

STARTS_ON = dt.date(2026, 1, 5)
INTRODUCTION = {
    "en": """\
# A starter scenario

A seller with three products, a factory, a warehouse in Shenzhen and one in Los Angeles. Goods go overseas by sea or by
air, or straight to the customer by direct mail. All figures are illustrative, modelled on 2025-26 price lists: put your
own in their place.

Each table is a CSV file that Excel opens; the columns `note` are for you. Check the tables with `optimizer check .`,
and plan with `optimizer plan . --out plan`. A file or column that you do not need may be left out where this page calls
it optional. Column names may be English or Chinese.

A text that begins with =, +, - or @ has an apostrophe before it, so that no spreadsheet runs it as a formula; reading
drops the apostrophe.
""",
    "zh": """\
# 入门示例

一位卖家：三个商品、一家工厂、深圳仓与洛杉矶仓。货物经海运或空运到海外仓，或以直邮直接发给客户。
所有数字仅为示意，参考 2025-26 年价目表，请换成自己的数据。

每张表是一个 CSV 文件，可用 Excel 打开；`note`（备注）列供您记录。用 `optimizer check .` 检查表格，
用 `optimizer plan . --out plan` 生成计划。标为可选的文件和列可以省略。列名可用英文或中文。

以 =、+、-、@ 开头的文本前面有一个撇号，以免表格软件把它当成公式执行；读取时会去掉撇号。
""",
}


def starter(language: str = "en") -> Scenario:
    """The starter scenario; `language` is that of its reports."""
    if language not in INTRODUCTION:
        raise UsageError(f"There is no starter in {language!r}; choose one of {', '.join(INTRODUCTION)}.")
    settings = Settings("starter", "USD", STARTS_ON, (7,) * WEEKS, capital_rate=0.12, language=language)
    texts = {**TABLES, "demand": _demand()}
    return Scenario(settings, {name: typed_table(table, _raw(name, texts)).frame for name, table in SCHEMA.items()})


def write_starter(path: str | Path, language: str = "en") -> None:
    """Write the starter scenario as a folder with a README.md, or as a workbook where `path` ends in .xlsx.

    `language` zh gives Chinese column names. Raises UsageError where something is in the way, StoreError where it
    cannot be written.
    """
    path, scenario = Path(path), starter(language)
    if path.suffix.lower() == ".xlsx":
        in_place(path, lambda file: write_workbook(scenario, file, language))
    else:
        in_place(path, lambda folder: _write_folder(scenario, folder, language))


def _write_folder(scenario: Scenario, folder: Path, language: str) -> None:
    write_folder(scenario, folder, "csv", language, comments=True)
    text = INTRODUCTION[language] + "\n" + documentation(language)
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _raw(name: str, texts: dict[str, str]) -> RawTable | None:
    return read_csv(SCHEMA[name], texts[name].encode())[0] if name in texts else None


def _demand() -> str:
    """Weekly demand over the horizon and as long again, so that end stock knows what it is for."""
    rows = ["sku,region,starts_on,days,mean"]
    for sku, (units, growth) in DEMAND.items():
        for week in range(2 * WEEKS):
            day = STARTS_ON + dt.timedelta(weeks=week)
            rows.append(f"{sku},US-temu,{day},7,{units * (1 + growth) ** week:.1f}")
    return "\n".join(rows) + "\n"
