"""The plan folder of a run: written for the store, and written out of it again."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optimizer.errors import StoreError, UsageError
from optimizer.nightly.contents import digests, write_files
from optimizer.nightly.store import Store
from optimizer.plan.folder import put_in_place, read_plan
from optimizer.plan.manifest import MANIFEST
from optimizer.plan.plan import Plan
from optimizer.search.stored_folder import read_start
from optimizer.search.stored_start import Start


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


def start_from(store: Store, number: int, workplace: Path) -> Start:
    """What the plan of a run leaves to the next one. Raises Refused and StoreError where it is damaged."""
    place = workplace / "start"
    with store.reads() as connection:
        there = digests(connection, number)
        names = [name for name in there if name.split(".")[0] in ("ship", "path_ship", "departures", "prices")]
        write_files(connection, number, place, [MANIFEST, *names])
    return read_start(place)


def plan_of(store: Store, number: int) -> Plan:
    """The plan of a run. Raises StoreError, UsageError where the run has none."""
    with store.reads() as connection:
        names = list(digests(connection, number))
        if MANIFEST not in names:
            raise UsageError(f"The store {store} has no plan of run {number}.")
        with tempfile.TemporaryDirectory(prefix="optimizer-plan-") as place:
            write_files(connection, number, Path(place), names)
            return read_plan(place)


def write_out(store: Store, number: int, path: str | Path) -> Path:
    """Write the plan folder of a run as it was made; returns where it stands.

    It appears whole or not at all, and replaces nothing but a plan folder. Raises StoreError.
    """
    with store.reads() as connection:
        names = list(digests(connection, number))
        return put_in_place(path, lambda fresh: write_files(connection, number, fresh, names))
