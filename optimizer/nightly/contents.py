"""The files of plan folders in a store: each content once, compressed, and looked at before it is handed out."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, delete, insert, select

from optimizer.errors import StoreError
from optimizer.nightly.tables import CONTENTS, FILES

#: Level of compression: the next ones take twice the time for a few percent.
LEVEL = 6


def add_files(connection: Connection, run: int, folder: Path) -> None:
    """Keep every file of a plan folder, in the transaction of the connection."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if connection.execute(select(CONTENTS.c.digest).where(CONTENTS.c.digest == digest)).first() is None:
            packed = zlib.compress(content, LEVEL)
            connection.execute(insert(CONTENTS).values(digest=digest, size=len(content), packed=packed))
        name = path.relative_to(folder).as_posix()
        connection.execute(insert(FILES).values(run=run, name=name, digest=digest))


def digests(connection: Connection, run: int) -> dict[str, str]:
    """SHA-256 of each file of a run's plan folder, by its name."""
    rows = connection.execute(select(FILES.c.name, FILES.c.digest).where(FILES.c.run == run).order_by(FILES.c.name))
    return {row.name: row.digest for row in rows}


def content(connection: Connection, run: int, name: str) -> bytes:
    """A file of a run's plan folder. Raises StoreError where it is not there or was damaged."""
    query = select(CONTENTS).join(FILES).where(FILES.c.run == run, FILES.c.name == name)
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"The store has no file {name} of run {run}.")
    try:
        found = zlib.decompress(row.packed)
    except zlib.error as error:
        raise StoreError(f"The file {name} of run {run} is damaged in the store ({error}).") from error
    if hashlib.sha256(found).hexdigest() != row.digest:
        raise StoreError(f"The file {name} of run {run} is damaged in the store: its checksum is another.")
    return found


def write_files(connection: Connection, run: int, folder: Path, names: Iterable[str]) -> None:
    """Write files of a run's plan folder into a folder. Raises StoreError, and OSError where it cannot be written."""
    for name in names:
        if not _stays_inside(name):
            raise StoreError(f"The store names a file {name!r} of run {run}, which leads out of the folder.")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content(connection, run, name))


def drop_unused(connection: Connection) -> None:
    """Remove the contents that no run has any more."""
    used = select(FILES.c.digest).distinct()
    connection.execute(delete(CONTENTS).where(CONTENTS.c.digest.not_in(used)))


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
