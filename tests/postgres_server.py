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

import pytest

#: Where the server's programs stand if they are not on the path, as Debian puts them.
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(4), reverse=True)
#: Whether a missing server fails the tests.
REQUIRED = os.environ.get("OPTIMIZER_TEST_POSTGRES") == "required"
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
    folder = Path(tempfile.mkdtemp(prefix="optimizer-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _user())
        _run(programs / "initdb", "-D", folder / "data", "-U", "optimizer", "-A", "trust", "-E", "UTF8", "--no-sync")
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
    """Run one of the server's programs, which refuse to work for root."""
    user = {"user": _user(), "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=120, cwd="/", text=True, **user,
    ) if Path(words[0]).name != "pg_ctl" else subprocess.run(
        [str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        timeout=120, cwd="/", text=True, **user,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def _user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)
