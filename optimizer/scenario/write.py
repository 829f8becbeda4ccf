"""Writing a scenario: a folder of CSV or Parquet files, or an .xlsx workbook; complete or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from optimizer.errors import StoreError, UsageError
from optimizer.scenario.cell_text import column_texts, mapped
from optimizer.scenario.columns import Table
from optimizer.scenario.formulas import shielded
from optimizer.scenario.names import table_named
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES
from optimizer.scenario.settings_write import settings_toml
from optimizer.scenario.workbook_write import write_workbook

#: What a folder may hold beside its tables and still be replaced.
OURS = ("scenario.toml", "README.md")


def write(
    scenario: Scenario, path: str | Path, format: str = "csv", *, language: str = "en", replace: bool = False
) -> None:
    """Write a scenario as a folder of files of `format` (csv or parquet), or as a workbook where `path` ends in .xlsx.

    `language` zh writes Chinese column names. Raises UsageError where something is in the way that may not be
    replaced, StoreError where it cannot be written.
    """
    path = Path(path)
    if format not in ("csv", "parquet"):
        raise UsageError(f"There is no format {format!r}; use csv or parquet, or a path that ends in .xlsx.")
    if path.suffix.lower() == ".xlsx":
        in_place(path, lambda file: write_workbook(scenario, file, language), replace=replace)
    else:
        in_place(path, lambda folder: write_folder(scenario, folder, format, language), replace=replace)


def write_folder(
    scenario: Scenario, folder: Path, format: str, language: str = "en", *, comments: bool = False
) -> None:
    """Write the files of a scenario into a new folder; optional tables without rows are left out."""
    folder.mkdir()
    text = settings_toml(scenario.settings, comments=comments)
    (folder / "scenario.toml").write_text(text, encoding="utf-8", newline="\n")
    for table in TABLES:
        frame = scenario[table.name]
        if table.required or len(frame):
            named = _named(table, frame, language)
            if format == "csv":
                _harmless(table, named).to_csv(
                    folder / f"{table.name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n"
                )
            else:
                named.to_parquet(folder / f"{table.name}.parquet", index=False)


def in_place(path: Path, make: Callable[[Path], None], *, replace: bool = False) -> None:
    """Let `make` write under a temporary name beside `path`, then rename: `path` is complete or as it was."""
    _refuse_to_destroy(path, replace)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as room:
            fresh, old = Path(room) / f"new{path.suffix}", Path(room) / "old"
            make(fresh)
            if (story := path / "README.md").is_file() and not (fresh / "README.md").exists():
                shutil.copy2(story, fresh)  # somebody's words: tables can be made again, these cannot
            if path.exists():
                os.replace(path, old)
            try:
                os.replace(fresh, path)
            except OSError:
                if old.exists():
                    os.replace(old, path)
                raise
    except OSError as error:
        raise StoreError(f"Cannot write {path}: {error.strerror or error}.") from error


def _refuse_to_destroy(path: Path, replace: bool) -> None:
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    if not replace:
        raise UsageError(f"{path} is there already; choose another name, or allow that it is replaced.")
    foreign = [file.name for file in path.iterdir() if not _ours(file)] if path.is_dir() else []
    if foreign:
        raise UsageError(f"{path} is not replaced: it holds {foreign[0]}, which is not part of a scenario.")


def _ours(file: Path) -> bool:
    return file.name in OURS or (file.suffix in (".csv", ".parquet") and table_named(file.stem) is not None)


def _named(table: Table, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    frame = frame[[column.name for column in table.columns]]
    return frame.rename(columns={c.name: c.chinese for c in table.columns}) if language == "zh" else frame


def _harmless(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The cells as texts; an apostrophe keeps spreadsheets from running a text as a formula, and reading drops it."""
    texts = {}
    for column, name in zip(table.columns, frame.columns, strict=True):
        texts[name] = column_texts(frame[name])
        if column.kind in ("key", "text", "choice"):
            texts[name] = mapped(texts[name].to_numpy(dtype=object), shielded)
    return pd.DataFrame(texts)
