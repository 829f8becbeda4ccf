"""Reading a scenario from a folder of CSV or Parquet files with `scenario.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from optimizer.errors import Problem, Refused, StoreError
from optimizer.scenario.columns import Table
from optimizer.scenario.csv_file import read_csv
from optimizer.scenario.names import did_you_mean, table_named
from optimizer.scenario.parquet_file import read_parquet
from optimizer.scenario.raw import Source
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.sizes import too_large

SETTINGS = "scenario.toml"
READERS = {".csv": read_csv, ".parquet": read_parquet}
#: Files that look like tables but are not read: somebody meant something by them.
UNREAD = (".xlsx", ".xls", ".xlsm", ".tsv", ".txt", ".json", ".feather", ".ods")
NAME_A_FOLDER = "Name a folder with scenario.toml and tables, or make one with 'optimizer new DIR'"
#: What tells the folder of a plan, and where its tables stand.
MANIFEST, INPUTS = "manifest.json", "inputs"


def read_folder(path: Path, most_bytes: int) -> Source:
    """Every table of the folder as text. Raises StoreError where a file cannot be opened, Refused for a huge one."""
    source = Source()
    files = sorted(file for file in _listed(path) if not file.name.startswith((".", "~$")))
    if (path / MANIFEST).is_file() and (path / INPUTS).is_dir():
        rule, remedy = "this is the folder of a plan, not of a scenario", f"Name {path / INPUTS} for its tables"
        raise Refused([Problem(str(path), 0, "", "", rule, remedy)])
    named = dict(_table_files(files, source))
    if not named and not source.problems and not (path / SETTINGS).exists():
        rule = f"the folder holds neither {SETTINGS} nor a table"
        raise Refused([Problem(str(path), 0, "", "", rule, NAME_A_FOLDER)])
    if oversized := list(too_large(named, most_bytes)):
        raise Refused([*source.problems, *oversized])
    for file, table in named.items():
        raw, problems = READERS[file.suffix.lower()](table, content(file))
        source.problems.extend(problems)
        if raw is None or problems:
            source.spoilt.add(table.name)
        if raw is not None:
            source.tables[table.name] = raw
    return _with_settings(path, source)


def content(file: Path) -> bytes:
    """The bytes of a file. Raises StoreError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error


def _listed(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError as error:
        raise StoreError(f"Cannot read the folder {path}: {error.strerror or error}.") from error


def _table_files(files: list[Path], source: Source) -> Iterator[tuple[Path, Table]]:
    seen: dict[str, Path] = {}
    for file in files:
        suffix, table = file.suffix.lower(), table_named(file.stem)
        if not file.is_file():
            if suffix in READERS and table is not None:
                source.problems.append(_no_file(file))
                source.spoilt.add(table.name)
        elif suffix in READERS and table is None:
            source.problems.append(_unknown(file))
        elif suffix in UNREAD and table is not None:
            rule = f"files of type {suffix} are not read in a folder"
            source.problems.append(Problem(file.name, 0, "", "", rule, "Save it as CSV or Parquet, or remove it"))
            source.spoilt.add(table.name)
        elif suffix in READERS and table is not None and table.name in seen:
            rule = f"the table {table.name} is there twice, also as {seen[table.name].name}"
            source.problems.append(Problem(file.name, 0, "", "", rule, "Remove one of them"))
        elif suffix in READERS and table is not None:
            seen[table.name] = file
            yield file, table


def _no_file(file: Path) -> Problem:
    what = "a folder" if file.is_dir() else "a link that leads nowhere" if file.is_symlink() else "no plain file"
    return Problem(file.name, 0, "", "", f"it is {what}, not a table", "Put the file in its place, or remove it")


def _unknown(file: Path) -> Problem:
    return Problem(file.name, 0, "", "", "no table has that name", did_you_mean(file.stem, SCHEMA))


def _with_settings(path: Path, source: Source) -> Source:
    file = path / SETTINGS
    if not file.is_file():
        source.problems.append(Problem(SETTINGS, 0, "", "", "the file is missing", _add_settings(path)))
        return source
    try:
        settings = tomllib.loads(content(file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        source.problems.append(Problem(SETTINGS, 0, "", "", "it is not in UTF-8", "Save it as UTF-8"))
        return source
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        remedy = 'Write lines such as name = "value"; texts stand in quotes, dates do not'
        source.problems.append(Problem(SETTINGS, 0, "", "", f"it cannot be read as TOML ({error})", remedy))
        return source
    return Source(source.tables, settings, SETTINGS, source.spoilt, source.problems)


def _add_settings(path: Path) -> str:
    """What to do where the settings are missing: perhaps they only have another name."""
    for file in sorted(_listed(path)):
        if file.is_file() and file.name.casefold() in (SETTINGS, f"{SETTINGS}.txt", "settings.toml"):
            return f"Rename {file.name}"
    return "Add the file with at least name, currency, starts_on and periods"
