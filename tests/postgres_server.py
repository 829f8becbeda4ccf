"""A private PostgreSQL server for the tests: its files in a folder of its own, reached by a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

#: Where the server's programs stand if they are not on the path, as Debian puts them.
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(4), reverse=True)
#: Whether a missing server fails the tests.
REQUIRED = os.environ.get("OPTIMIZER_TEST_POSTGRES") == "required"
#: How databases are made: the same in every language of the machine.
CLUSTER = ("-E", "UTF8", "--locale=C", "--no-sync")
#: Where its folder is made; a temporary folder of one test is nothing that the server's user may see.
GROUND = tempfile.gettempdir()
MISSING = "PostgreSQL is not installed (apt-get install postgresql): its tests are left out"


@dataclass(frozen=True)
class PostgresServer:
    """A server that runs: the folder of its socket, and its programs."""

    folder: Path
    programs: Path
    numbers: Iterator[int] = field(default_factory=count)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test{next(self.numbers)}"
        _run(self.programs / "createdb", "-h", self.folder, "-U", "optimizer", name)
        return f"postgresql+psycopg://optimizer@/{name}?host={self.folder}"

    def copy(self, address: str, other: str) -> None:
        """Let the database of another address hold what that of an address holds; nobody may be connected to them."""
        name, replaced = (each.partition("@/")[2].partition("?")[0] for each in (address, other))
        for words in (("dropdb", replaced), ("createdb", "-T", name, replaced)):
            _run(self.programs / words[0], "-h", self.folder, "-U", "optimizer", *words[1:])

    def stop(self, mode: str = "fast") -> None:
        """Stop it."""
        _run(self.programs / "pg_ctl", "stop", "-D", self.folder / "data", "-m", mode, "-w")

    def start(self) -> None:
        """Start it, without a network and without waiting for the disk."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        log = self.folder / "log"
        _run(self.programs / "pg_ctl", "start", "-D", self.folder / "data", "-l", log, "-w", "-o", options)


@contextmanager
def started() -> Iterator[PostgresServer]:
    """A server of its own, stopped and removed afterwards; skips, or fails if it is required, where there is none."""
    programs = _programs()
    if programs is None:
        pytest.fail(MISSING) if REQUIRED else pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="optimizer-postgres-", dir=GROUND))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _user())
        _run(programs / "initdb", "-D", folder / "data", "-U", "optimizer", "-A", "trust", *CLUSTER)
        server = PostgresServer(folder, programs)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    places = ([Path(found).resolve().parent] if found else []) + DEBIAN
    return next((place for place in places if (place / "pg_ctl").is_file()), None)


def _run(*words: object) -> None:
    """Run one of the server's programs, which refuse to work for root; the server goes on writing where it wrote."""
    user: dict[str, Any] = {"user": _user(), "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile() as said:
        options = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": subprocess.STDOUT, "cwd": "/", "timeout": 300}
        done = subprocess.run([str(word) for word in words], **options, **user)
        said.seek(0)
        assert done.returncode == 0, said.read().decode("utf-8", "replace")


def _user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)
