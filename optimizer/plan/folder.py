"""A plan as a folder: its inputs, its tables, views for people and a manifest; complete or not there at all."""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.errors import Problem, Refused, StoreError
from optimizer.plan.ledger import Ledger, account
from optimizer.plan.manifest import MANIFEST, SCHEMA_VERSION, checksums, manifest
from optimizer.plan.measures import Measures, measure
from optimizer.plan.plan import PATH_TABLES, PLAN_TABLES, Plan, plan_tables
from optimizer.plan.table_file import read_table, suffix_of, write_table
from optimizer.plan.views import views
from optimizer.scenario.read import read
from optimizer.scenario.write import write

#: Writes one more file of a plan folder at the path it is given.
Extra = Callable[[Path], None]


def write_plan(
    plan: Plan, path: str | Path, extras: Mapping[str, Extra] | None = None, ledger: Ledger | None = None,
    measures: Measures | None = None, seen: Mapping[str, pd.DataFrame] | None = None,
) -> Path:  # fmt: skip
    """Write a plan folder at `path` and return where it stands; `extras` writes more files into it, each by its name.
    `ledger`, `measures` and views (`seen`) are those of the plan, if they are known.

    Tables and inputs are CSV, but Parquet where they have more than a million rows together (`table_file`); the views
    for people are always CSV. The folder is written under a temporary name beside `path` and renamed, so that a reader
    finds a complete folder or none. A plan folder that stands there is replaced once the new one is complete; anything
    else is refused.
    Raises StoreError.
    """
    ledger = ledger or account(plan)
    told = measures or measure(plan, ledger=ledger)
    seen = views(plan, ledger) if seen is None else seen
    return put_in_place(path, lambda fresh: _fill(plan, fresh, extras or {}, seen, told))


def put_in_place(path: str | Path, fill: Callable[[Path], None]) -> Path:
    """Let `fill` write a plan folder under a temporary name beside `path`, rename it, and return where it stands.

    Raises StoreError where it cannot be written, or where something else stands there.
    """
    target = place_of(path)
    fresh = _beside(target, "new")
    missing = [parent for parent in target.parents if not parent.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        fill(fresh)
        _swap(fresh, target)
    except OSError as error:
        raise StoreError(f"The plan cannot be written to {path}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        # Folders that were made on the way go again unless the plan stands in them.
        with suppress(OSError):
            for parent in missing:
                parent.rmdir()
    return target


def place_of(path: str | Path) -> Path:
    """Where the plan folder of that name will stand, links followed: a look before a long search.

    Raises StoreError where something else stands there, or where nobody may write.
    """
    try:
        target = Path(path).resolve()
        _may_replace(target, path)
        ground = next(parent for parent in target.parents if parent.exists())
        if not ground.is_dir():
            raise StoreError(f"The plan cannot be written to {path}: {ground} is not a folder. Choose another folder.")
        if not os.access(ground, os.W_OK | os.X_OK):
            raise StoreError(f"The plan cannot be written to {path}: {ground} may not be written to.")
    except (OSError, RuntimeError) as error:
        # A circle of links is a RuntimeError up to Python 3.12.
        told = getattr(error, "strerror", None) or error
        raise StoreError(f"The plan cannot be written to {path}: {told}.") from error
    return target


def read_plan(path: str | Path) -> Plan:
    """The plan of a folder, equal to the one that was written.

    Raises Refused for a folder that is not whole, StoreError where a file cannot be opened.
    """
    folder = Path(path)
    facts = _manifest_of(folder)
    _check_files(folder, facts["files"])
    suffix = _suffix(facts["files"])
    names = _tables(facts["files"])
    tables = {name: _read_table(folder / f"{name}{suffix}", columns) for name, columns in names.items()}
    bound = -np.inf if facts["bound"] is None else float(facts["bound"])
    return Plan(read(folder / "inputs"), tables, bound, facts["status"], facts["solver"], facts["seconds"])


def _fill(
    plan: Plan, folder: Path, extras: Mapping[str, Extra], seen: Mapping[str, pd.DataFrame], measures: Measures
) -> None:  # fmt: skip
    suffix = suffix_of(plan)
    write(plan.scenario, folder / "inputs", suffix.removeprefix("."))
    for name in plan_tables(plan.scenario):
        write_table(plan[name], folder / f"{name}{suffix}")
    for name, view in seen.items():
        write_table(view, folder / f"{name}.csv")
    for name, extra in extras.items():
        extra(folder / name)
    text = json.dumps(manifest(plan, folder, measures), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in place; the old one stays beside it until the new one stands."""
    if not target.exists():
        fresh.rename(target)
        return
    old = _beside(target, "old")
    target.rename(old)
    try:
        fresh.rename(target)
    except BaseException:
        if target.exists():  # another run was quicker
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name[:40]}.{os.getpid()}.{what}")


def _may_replace(target: Path, path: str | Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        _manifest_of(target)
    except Refused as error:
        raise StoreError(f"{path} exists and is no plan folder: it is left alone. Choose another folder.") from error


def _read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        return read_table(path, columns)
    except (ValueError, OSError, ImportError) as error:
        raise _refused(path.parent, path.name, f"the table cannot be read ({error})") from error


def _manifest_of(folder: Path) -> dict:
    if not (folder / MANIFEST).is_file():
        remedy = "Name a folder that 'optimizer plan --out' has written"
        raise Refused([Problem(str(folder), 0, "", "", f"this is no plan folder: it has no {MANIFEST}", remedy)])
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        complete = facts["schema_version"] == SCHEMA_VERSION and _is_whole(facts)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused(folder, MANIFEST, f"it cannot be read ({type(error).__name__})") from error
    if not complete:
        raise _refused(folder, MANIFEST, f"it is no plan's manifest of schema version {SCHEMA_VERSION}")
    return facts


def _is_whole(facts: dict) -> bool:
    """Whether a manifest says what reading needs, each of its type."""
    named = isinstance(facts["files"], dict) and all(isinstance(checksum, str) for checksum in facts["files"].values())
    seconds = isinstance(facts["seconds"], dict) and all(map(_is_number, facts["seconds"].values()))
    told = isinstance(facts["status"], str) and isinstance(facts["solver"], str)
    return named and seconds and told and (facts["bound"] is None or _is_number(facts["bound"]))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _check_files(folder: Path, written: Mapping[str, str]) -> None:
    """Every file that the manifest names is there, unchanged, and so is every table that a plan needs."""
    needed = {f"{name}{_suffix(written)}" for name in _tables(written)} - set(written)
    try:
        there = checksums(folder)
    except OSError as error:
        raise StoreError(f"The plan in {folder} cannot be read: {error.strerror or error}.") from error
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


def _tables(written: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The tables that a plan needs, from the names in its manifest: those of sample paths where it has any."""
    paths = any(f"{name}{suffix}" in written for name in PATH_TABLES for suffix in (".csv", ".parquet"))
    return PLAN_TABLES | PATH_TABLES if paths else PLAN_TABLES


def _suffix(written: Mapping[str, str]) -> str:
    """How the tables of a folder were written, from the names in its manifest."""
    typed = sum(f"{name}.parquet" in written for name in PLAN_TABLES)
    return ".parquet" if 2 * typed > len(PLAN_TABLES) else ".csv"


def _refused(folder: Path, name: str, what: str) -> Refused:
    return Refused([_problem(folder, name, what)])


def _problem(folder: Path, name: str, what: str) -> Problem:
    return Problem(f"{folder.name}/{name}", 0, "", "", what, "Make the plan anew")
