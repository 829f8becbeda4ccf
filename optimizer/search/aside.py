"""Bytes that are rarely asked for: on the disk, where they take no room in memory (unless that folder is in memory:
TMPDIR names another).
"""

from __future__ import annotations

import logging
import tempfile
import weakref
from io import FileIO
from typing import NamedTuple, cast

from optimizer.errors import WorkersLost

_log = logging.getLogger(__name__)


class Laid(NamedTuple):
    """Where bytes lie in the file: their start and how many they are."""

    start: int
    size: int


#: What stands for bytes: where they lie, or the bytes themselves.
Put = bytes | Laid


class Aside:
    """A file of this process that nobody else sees and that goes with it, in the folder for temporary files; what that
    folder has no room for stays in memory.
    """

    def __init__(self) -> None:
        self._file: FileIO | None = None
        self._end, self._full = 0, False

    def put(self, kept: bytes) -> Put:
        """Lay bytes aside; what is given back brings them again."""
        if self._full:
            return kept
        try:
            self._write(kept)
        except OSError as problem:
            self._full = True
            _log.info("no room in %s (%s): the rest stays in memory", tempfile.gettempdir(), problem)
            return kept
        laid = Laid(self._end, len(kept))
        self._end += len(kept)
        return laid

    def get(self, kept: Put) -> bytes:
        """What was laid aside. Raises WorkersLost where the disk does not give it back."""
        if isinstance(kept, bytes):
            return kept
        assert self._file is not None
        try:
            self._file.seek(kept.start)
            found = self._file.read(kept.size)
        except OSError as problem:
            raise WorkersLost(f"A temporary file in {tempfile.gettempdir()} cannot be read: {problem}.") from problem
        if len(found) != kept.size:
            raise WorkersLost(f"A temporary file in {tempfile.gettempdir()} lacks {kept.size - len(found)} bytes.")
        return found

    def _write(self, kept: bytes) -> None:
        if self._file is None:
            self._file = cast(FileIO, tempfile.TemporaryFile(prefix="optimizer-", buffering=0))  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        self._file.seek(self._end)
        rest = memoryview(kept)
        while rest:
            rest = rest[self._file.write(rest) :]
