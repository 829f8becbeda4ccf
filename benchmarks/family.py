"""A process and all that it started, as the system counts them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

#: Seconds between two looks.
LOOK = 0.1
_PROC = Path("/proc")
#: Places of the parent and of the pages held among the fields of /proc/PID/stat that follow the name (proc(5)).
_PARENT, _PAGES = 1, 21


def held_mib(root: int) -> float | None:
    """Memory that a process and all its descendants hold now, in MiB; None on systems without /proc.

    Pages that they share are counted in each, so it is never less than what they hold together.
    """
    if not (_PROC / "self" / "stat").exists():
        return None
    found = _processes()
    pages = sum(found[one][1] for one in _descendants(root, {one: parent for one, (parent, _) in found.items()}))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Peak:
    """The most that was held so far."""

    def __init__(self) -> None:
        self.mib: float | None = None

    def look(self, root: int) -> None:
        """Look once at a process and its descendants."""
        held = held_mib(root)
        if held is not None:
            self.mib = max(self.mib or 0.0, held)


@contextmanager
def watched() -> Iterator[Peak]:
    """Look at this process and its descendants again and again while something else goes on."""
    peak, ended = Peak(), Event()

    def work() -> None:
        while not ended.wait(LOOK):
            peak.look(os.getpid())

    aside = Thread(target=work, name="watching memory", daemon=True)
    peak.look(os.getpid())
    aside.start()
    try:
        yield peak
    finally:
        ended.set()
        aside.join()


def _processes() -> dict[int, tuple[int, int]]:
    """Parent and pages of every process."""
    found = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                # The name may hold spaces and brackets.
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended since
                continue
            found[int(folder.name)] = int(fields[_PARENT]), int(fields[_PAGES])
    return found


def _descendants(root: int, parents: dict[int, int]) -> set[int]:
    """The root, if it is there, with its children, their children, and so on."""
    family = {root} & set(parents)
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return family
