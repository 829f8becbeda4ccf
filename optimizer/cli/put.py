"""Writing one file that was asked for by its name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from optimizer.errors import StoreError


def put(file: Path, text: str, marked: bool = False) -> None:
    """Write a text under a temporary name, then rename it: the file is complete, or as it was.

    `marked`: with the mark by which spreadsheets know its encoding. Raises StoreError.
    """
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8-sig" if marked else "utf-8", newline="\n")
        os.replace(fresh, file)
    except OSError as error:
        raise StoreError(f"Cannot write {file}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            fresh.unlink()
