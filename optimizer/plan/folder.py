"""A plan as a folder: its inputs, its tables, views for people and a manifest; complete or not there at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from optimizer.errors import Problem, Refused, StoreError
from optimizer.plan.ledger import account
from optimizer.plan.manifest import MANIFEST, SCHEMA_VERSION, checksums, manifest
from optimizer.plan.plan import PLAN_TABLES, Plan
from optimizer.plan.views import views
from optimizer.scenario.read import read
from optimizer.scenario.write import write

#: Columns of plan tables that hold whole numbers, and those that hold any.
WHOLE = ("period", "bucket", "from_age_days")
NUMBERS = ("units", "cases", "containers", "charged", "from_quantity", "volume_m3", "amount")

#: A text that a spreadsheet would run, and how it is kept from that.
FORMULA, SHIELDED = r"^('*[=+@-])", r"^'('*[=+@-])"

#: Writes one more file of a plan folder at the path it is given.
Extra = Callable[[Path], None]


def write_plan(plan: Plan, path: str | Path, extras: Mapping[str, Extra] | None = None) -> Path:
    """Write a plan folder at `path` and return it; `extras` writes more files into it, each by its name.

    The folder is written under a temporary name beside `path` and renamed, so that a reader finds a complete folder or
    none. A plan folder that stands there is replaced once the new one is complete; anything else is refused.
    Raises StoreError.
    """
    target = Path(path)
    _may_replace(target)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        _fill(plan, fresh, extras or {})
        _swap(fresh, target)
    except OSError as error:
        raise StoreError(f"The plan cannot be written to {target}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def read_plan(path: str | Path) -> Plan:
    """The plan of a folder, equal to the one that was written. Raises Refused for a folder that is not whole."""
    folder = Path(path)
    facts = _manifest_of(folder)
    _check_files(folder, facts["files"])
    tables = {name: _read_table(folder / f"{name}.csv", columns) for name, columns in PLAN_TABLES.items()}
    bound = -np.inf if facts["bound"] is None else float(facts["bound"])
    return Plan(read(folder / "inputs"), tables, bound, facts["status"], facts["solver"], facts["seconds"])


def _fill(plan: Plan, folder: Path, extras: Mapping[str, Extra]) -> None:
    ledger = account(plan)
    write(plan.scenario, folder / "inputs")
    for name in PLAN_TABLES:
        _write_table(plan[name], folder / f"{name}.csv")
    for name, view in views(plan, ledger).items():
        _write_table(view, folder / f"{name}.csv")
    for name, extra in extras.items():
        extra(folder / name)
    text = json.dumps(manifest(plan, folder, ledger), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in place; the old one stays beside it until the new one stands."""
    if not target.exists():
        fresh.rename(target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _may_replace(target: Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / MANIFEST).is_file():
        raise StoreError(f"{target} exists and is no plan folder: it is left alone. Choose another folder.")
    _manifest_of(target)


def _write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table; an apostrophe keeps spreadsheets from running a text as a formula, and reading drops it."""
    texts = {}
    for name in table.columns:
        if not (is_numeric_dtype(table[name]) or is_datetime64_any_dtype(table[name])):
            texts[name] = table[name].astype(str).str.replace(FORMULA, r"'\1", regex=True)
    table.assign(**texts).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n", date_format="%Y-%m-%d")


def _read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        if tuple(table.columns) == columns:
            return pd.DataFrame({name: _typed(name, table[name]) for name in columns})
    except (ValueError, OSError) as error:
        raise _refused(path.parent, path.name, f"the table cannot be read ({error})") from error
    raise _refused(path.parent, path.name, f"the columns must be {', '.join(columns)}")


def _typed(name: str, texts: pd.Series) -> pd.Series:
    """A column from its texts; numbers are read by Python, which gives back exactly what was written."""
    if name not in WHOLE and name not in NUMBERS:
        return texts.str.replace(SHIELDED, r"\1", regex=True)
    numbers = texts.replace("", "nan").to_numpy(dtype=object).astype(float)
    return pd.Series(numbers.astype(np.int64) if name in WHOLE else numbers)


def _manifest_of(folder: Path) -> dict:
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        complete = {"schema_version", "files", "bound", "status", "solver", "seconds"} <= set(facts)
    except (OSError, ValueError, TypeError) as error:
        raise _refused(folder, MANIFEST, f"it is missing or cannot be read ({error})") from error
    if not complete or facts["schema_version"] != SCHEMA_VERSION:
        raise _refused(folder, MANIFEST, f"it is no plan's manifest of schema version {SCHEMA_VERSION}")
    return facts


def _check_files(folder: Path, written: Mapping[str, str]) -> None:
    """Every file that the manifest names is there, unchanged, and so is every table that a plan needs."""
    needed = {f"{name}.csv" for name in PLAN_TABLES} - set(written)
    there = checksums(folder)
    wrong = [(name, "it is not named in the manifest") for name in sorted(needed)]
    wrong += [(name, "it is missing") for name in written if name not in there]
    wrong += [
        (name, "it was changed after the plan was made")
        for name in written
        if there.get(name, written[name]) != written[name]
    ]
    wrong += [
        (name, "it was added after the plan was made")
        for name in there
        if name.startswith("inputs/") and name not in written
    ]
    if wrong:
        raise Refused([_problem(folder, name, what) for name, what in wrong])


def _refused(folder: Path, name: str, what: str) -> Refused:
    return Refused([_problem(folder, name, what)])


def _problem(folder: Path, name: str, what: str) -> Problem:
    return Problem(f"{folder.name}/{name}", 0, "", "", what, "Make the plan anew")
