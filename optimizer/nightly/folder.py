"""The plan folder of a run: written for the store, and written out of it again."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd

from optimizer.errors import StoreError
from optimizer.nightly.contents import digests, write_files
from optimizer.nightly.store import Store
from optimizer.plan.folder import put_in_place, write_plan
from optimizer.plan.manifest import MANIFEST
from optimizer.report.briefing import Briefing
from optimizer.report.summary import summary
from optimizer.report.workbook import write_workbook
from optimizer.search.stored_folder import PRICES, read_start, write_prices
from optimizer.search.stored_start import Start

SUMMARY, WORKBOOK, SKU_BOUNDS = "summary.txt", "plan.xlsx", "sku_bounds.csv"


@contextmanager
def workplace(store: Store) -> Iterator[Path]:
    """A folder for the files of a run, removed afterwards; what killed runs of the same store have left goes first.

    The lock must be held, or another run would lose its folder.
    """
    name = f"optimizer-nightly-{hashlib.sha256(str(store).encode()).hexdigest()[:12]}-"
    ground = Path(tempfile.gettempdir())
    try:
        for left in ground.glob(f"{name}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
        place = Path(tempfile.mkdtemp(prefix=name))
    except OSError as error:
        raise StoreError(f"No folder can be made in {ground}: {error.strerror or error}.") from error
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def write_whole_plan(told: Briefing, folder: Path, language: str, kept: Mapping[str, pd.DataFrame]) -> None:
    """Write a plan folder with workbook, summary and what the search has left (`prices`, `skus`). Raises StoreError."""
    extras = {
        WORKBOOK: lambda file: write_workbook(told, file, language),
        SUMMARY: lambda file: _write_text(file, summary(told, language) + "\n"),
    }
    if "prices" in kept:
        extras[PRICES] = partial(write_prices, kept["prices"])
    if "skus" in kept:
        extras[SKU_BOUNDS] = lambda file: kept["skus"].to_csv(file, index=False)
    write_plan(told.plan, folder, extras, told.ledger)


def start_from(store: Store, number: int, workplace: Path) -> Start:
    """What the plan of a run leaves to the next one. Raises Refused and StoreError where it is damaged."""
    place = workplace / "start"
    with store.reads() as connection:
        there = digests(connection, number)
        names = [name for name in there if name.split(".")[0] in ("ship", "departures", "prices")]
        write_files(connection, number, place, [MANIFEST, *names])
    return read_start(place)


def write_out(store: Store, number: int, path: str | Path) -> Path:
    """Write the plan folder of a run as it was made; returns where it stands.

    It appears whole or not at all, and replaces nothing but a plan folder. Raises StoreError.
    """
    with store.reads() as connection:
        names = list(digests(connection, number))
        return put_in_place(path, lambda fresh: write_files(connection, number, fresh, names))


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
