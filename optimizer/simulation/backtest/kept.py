"""Runs that are kept as they are made, so that a back-test that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from optimizer.errors import StoreError
from optimizer.simulation.backtest.run import Key, Run

#: It rises when figures are renamed or change their meaning; runs of other versions are not read.
SCHEMA_VERSION = 3
#: Letters of the fingerprint that name a folder.
SHORT = 16


class Kept:
    """The runs of one input: a file for each, in the folder `runs/FINGERPRINT` of a back-test.

    `inputs` is the fingerprint of all that decides what a run comes to: a changed table, option or version is another
    one, and has a folder of its own. A file is written under another name first, so none is ever half there.
    """

    def __init__(self, folder: str | Path, inputs: str) -> None:
        self._folder, self._inputs = Path(folder) / "runs" / inputs[:SHORT], inputs

    def find(self, key: Key) -> Run | None:
        """The run, if it is there and whole. Raises StoreError where it cannot be read."""
        try:
            told = json.loads(self._file(key).read_text(encoding="utf-8"))
            whole = told["schema_version"] == SCHEMA_VERSION and told["inputs"] == self._inputs
            same = (told["policy"], told["block"], told["seed"]) == (key.policy, key.block, key.seed)
            return Run(key, told["figures"]) if whole and same else None
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):  # a disk that has lost a part of it; it is made again
            return None
        except OSError as error:
            raise StoreError(f"Cannot read {self._file(key)}: {error.strerror or error}.") from error

    def keep(self, run: Run) -> None:
        """Keep a run. Raises StoreError where the disk is away, read-only or full."""
        key = run.key
        told = {"schema_version": SCHEMA_VERSION, "inputs": self._inputs, "policy": key.policy, "block": key.block,
                "seed": key.seed, "figures": dict(run.figures)}  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._file(key), text)
        except OSError as error:
            raise StoreError(f"Cannot keep a run in {self._folder}: {error.strerror or error}.") from error

    def __iter__(self) -> Iterator[Path]:
        """Files of the runs that are there."""
        return iter(sorted(self._folder.glob("*.json")))

    def _file(self, key: Key) -> Path:
        name = re.sub(r"[^A-Za-z0-9-]+", "-", key.policy)
        return self._folder / f"{name}.block-{key.block:03d}.seed-{key.seed}.json"


def _replace(file: Path, text: str) -> None:
    """Write a file so that there is the old one or the new one at any moment, even if the machine goes down."""
    number, fresh = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}.", suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh)
        raise
