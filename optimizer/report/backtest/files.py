"""The files of a back-test: a page for people, tables for spreadsheets, a document for programs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from optimizer.errors import StoreError
from optimizer.report.backtest.html import page
from optimizer.report.backtest.tables import differences_table, runs_table, weeks_table
from optimizer.report.backtest.text import text

#: Raised when a key of `backtest.json` is renamed or removed.
SCHEMA_VERSION = 1
NAMES = ("backtest.html", "summary.txt", "backtest.json", "runs.csv", "differences.csv", "weeks.csv")


def write_files(
    document: Mapping[str, Any], runs: Iterable[Mapping[str, Any]], folder: str | Path, language: str = "en"
) -> list[Path]:
    """Write the files into a folder, which is made if it is not there, and return where they stand.

    Files of the same names are replaced once all new ones are complete; others are left alone. Raises StoreError.
    """
    target = Path(folder)
    fresh = target / f".backtest.{os.getpid()}"
    told = {"schema_version": SCHEMA_VERSION, **document}
    try:
        target.mkdir(parents=True, exist_ok=True)
        fresh.mkdir(exist_ok=True)
        (fresh / "backtest.html").write_text(page(document, language), encoding="utf-8")
        (fresh / "summary.txt").write_text(text(document, language) + "\n", encoding="utf-8")
        whole = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
        (fresh / "backtest.json").write_text(whole + "\n", encoding="utf-8")
        runs_table(runs).to_csv(fresh / "runs.csv", index=False)
        differences_table(document).to_csv(fresh / "differences.csv", index=False)
        weeks_table(document).to_csv(fresh / "weeks.csv", index=False)
        for name in NAMES:
            os.replace(fresh / name, target / name)
    except OSError as error:
        raise StoreError(f"The back-test cannot be written to {folder}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh, ignore_errors=True)
    return [target / name for name in NAMES]
