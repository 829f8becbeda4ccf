"""Reading a scenario: from a folder or workbook to typed, checked tables, or a list of everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from optimizer.errors import Problem, Refused, StoreError
from optimizer.scenario.check import problems as rule_problems
from optimizer.scenario.folder import NAME_A_FOLDER, read_folder
from optimizer.scenario.raw import Source
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings_read import read_settings
from optimizer.scenario.sizes import MOST_BYTES
from optimizer.scenario.typed_tables import typed_table
from optimizer.scenario.workbook import read_workbook


def read(path: str | Path, *, most_bytes: int = MOST_BYTES) -> Scenario:
    """The scenario in a folder (CSV or Parquet files and `scenario.toml`), in an .xlsx workbook, or in the database of
    an address such as `sqlite:///shop.db` or `postgresql+psycopg://user@host/shop`.

    Tables and columns may have their English or Chinese names; CSV files may be UTF-8 or GBK, separated by commas,
    semicolons or tabs. Raises Refused with every problem found, StoreError where a file cannot be opened.
    """
    source = _database(str(path)) if "://" in str(path) else _source(Path(path), most_bytes)
    settings, found = (None, []) if source.settings is None else read_settings(source.settings, source.settings_name)
    missing = list(_missing(source))
    tables = {table.name: typed_table(table, source.tables.get(table.name)) for table in TABLES}
    found += [_at_line(problem, source) for typed in tables.values() for problem in typed.problems]
    scenario = Scenario(settings, {name: typed.frame for name, typed in tables.items()})  # type: ignore[arg-type]
    bad = {name: typed.bad for name, typed in tables.items()}
    spoilt = frozenset(source.spoilt | {problem.table for problem in missing})
    found += [_at_line(problem, source) for problem in rule_problems(scenario, bad, spoilt)]
    if all_found := [*source.problems, *missing, *found]:
        raise Refused(all_found)
    return scenario


def _database(address: str) -> Source:
    from optimizer.scenario.database import read_database  # SQLAlchemy takes a third of a second to import

    return read_database(address)


def _source(path: Path, most_bytes: int) -> Source:
    try:
        if path.is_dir():
            return read_folder(path, most_bytes)
        if path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm"):
            return read_workbook(path, most_bytes)
        known = path.exists()
    except OSError as error:
        raise StoreError(f"Cannot read {path}: {error.strerror or error}.") from error
    rule = (
        "a scenario is a folder, an .xlsx workbook or the address of a database"
        if known
        else "there is no such folder or workbook"
    )
    old = known and path.suffix.lower() in (".xls", ".xlsb", ".ods", ".et", ".numbers")
    raise Refused([Problem(str(path), 0, "", "", rule, "Save it as .xlsx" if old else NAME_A_FOLDER)])


def _missing(source: Source) -> Iterable[Problem]:
    there = source.tables.keys() | source.spoilt
    for table in TABLES:
        if table.required and table.name not in there:
            names = ", ".join(column.name for column in table.columns if column.required)
            remedy = f"Add it ({table.meaning}) with at least the columns {names}"
            yield Problem(table.name, 0, "", "", "the table is missing", remedy)


def _at_line(problem: Problem, source: Source) -> Problem:
    """The problem at its line in the file: empty lines, which the table does not have, count there."""
    raw = source.tables.get(problem.table)
    if raw is None or problem.row < 2 or problem.row - 2 >= len(raw.rows):
        return problem
    return replace(problem, row=int(raw.rows[problem.row - 2]))
