"""A start in a plan folder: the file of prices beside its tables, and what is read back of both."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from optimizer.errors import Problem, Refused, StoreError
from optimizer.plan.manifest import MANIFEST
from optimizer.scenario.cell_text import mapped
from optimizer.scenario.formulas import shielded, unshielded
from optimizer.search.stored import PRICE_COLUMNS
from optimizer.search.stored_keys import NAMES
from optimizer.search.stored_start import Start, dated

#: The file of prices in a plan folder.
PRICES = "prices.csv"
#: The tables in which it says what it ships and when, each with the columns that are used.
SHIP, DEPARTURES = ("ship", "lane", "sku", "period", "units"), ("departures", "lane", "period", "departs_on")
#: And what it ships on each sample path, where it has several.
BY_PATH = ("path_ship", *SHIP[1:])


def write_prices(prices: pd.DataFrame, path: Path) -> None:
    """Write a table of prices: an extra file of a plan folder (`plan.folder.write_plan`)."""
    texts = {name: mapped(prices[name].to_numpy(dtype=object), shielded).to_numpy() for name in NAMES}
    table = prices.assign(**texts)[list(PRICE_COLUMNS)]
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n", date_format="%Y-%m-%d")


def read_prices(path: Path) -> pd.DataFrame:
    """A table of prices as texts; empty where the file is none. Raises StoreError where it cannot be opened."""
    return _texts(path, PRICE_COLUMNS)


def read_start(path: str | Path) -> Start:
    """What the plan of a folder leaves. A folder without prices, of a search that used none, leaves what it ships.

    Only the files that are used are looked at. Raises Refused where the folder is no plan folder or where they were
    changed, StoreError where they cannot be opened.
    """
    folder = Path(path)
    listed = _listed(folder)
    prices = pd.DataFrame(columns=list(PRICE_COLUMNS))
    if PRICES in listed:
        _check(folder, PRICES, listed)
        prices = read_prices(folder / PRICES)
    sailed = _table(folder, DEPARTURES, listed)
    by_path = any(f"{BY_PATH[0]}{suffix}" in listed for suffix in (".csv", ".parquet"))
    later = [dated(_table(folder, BY_PATH, listed), sailed)] if by_path else []
    return Start(prices, dated(_table(folder, SHIP, listed), sailed), *later)


def _table(folder: Path, columns: tuple[str, ...], listed: dict[str, str]) -> pd.DataFrame:
    """Columns of a table of the folder, which is named by the first of them; large plans have Parquet files."""
    stem, *names = columns
    suffix = ".parquet" if f"{stem}.parquet" in listed else ".csv"
    _check(folder, stem + suffix, listed)
    file = folder / (stem + suffix)
    if suffix == ".csv":
        return _typed(_texts(file, tuple(names)))
    try:
        return _typed(pd.read_parquet(file, columns=names))
    except (ImportError, ValueError, OSError) as error:
        raise StoreError(f"{file} cannot be read: {error}.") from error


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that say something, with numbers and dates in place of texts."""
    numbers = [name for name in ("period", "units") if name in table]
    typed = table.assign(**{name: pd.to_numeric(table[name], errors="coerce") for name in numbers})
    if "departs_on" in table:
        typed["departs_on"] = pd.to_datetime(table["departs_on"], format="ISO8601", errors="coerce")
    return typed.dropna()


def _texts(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """These columns of a CSV file as they were written; no rows where it is no such file."""
    try:
        table = pd.read_csv(
            path, encoding="utf-8-sig", dtype=str, keep_default_na=False, usecols=list(columns), on_bad_lines="skip"
        )
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError:
        return pd.DataFrame({name: pd.Series(dtype=str) for name in columns})
    return pd.DataFrame({name: mapped(table[name].to_numpy(dtype=object), unshielded) for name in columns})


def _listed(folder: Path) -> dict[str, str]:
    """Checksums of the files of a plan folder, as its manifest lists them."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(name): str(checksum) for name, checksum in files.items()}
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refused(folder, f"this is no plan folder: it has no {MANIFEST}") from error
    except OSError as error:
        raise StoreError(f"The plan in {folder} cannot be read: {error.strerror or error}.") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _refused(folder / MANIFEST, f"it cannot be read ({type(error).__name__})") from error


def _check(folder: Path, name: str, listed: dict[str, str]) -> None:
    try:
        checksum = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise _refused(folder / name, "it is missing") from error
    except OSError as error:
        raise StoreError(f"The plan in {folder} cannot be read: {error.strerror or error}.") from error
    if checksum != listed.get(name):
        raise _refused(folder / name, "it was changed after the plan was made")


def _refused(place: Path, what: str) -> Refused:
    remedy = "Start from a folder that 'optimizer plan --out' has written"
    return Refused([Problem(str(place), 0, "", "", what, remedy)])
