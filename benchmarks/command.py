"""Runs a whole command in a fresh process and measures it: wall and CPU time, memory of all its processes together."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.family import LOOK, Peak
from benchmarks.machine import largest_child_mib
from benchmarks.scenarios import ROOT

#: So much of what a command says at last is kept, in characters.
SAID = 300


@dataclass(frozen=True)
class Ran:
    """A command that has ended: exit code, what it said at last, wall and CPU seconds, and the most memory that it held
    together with all that it started, in MiB (the largest of its processes on systems that do not tell).

    CPU seconds are those of the command and of all that it started and waited for.
    """

    code: int
    said: str
    wall: float
    cpu: float
    peak_mib: float

    @property
    def figures(self) -> dict[str, Any]:
        """What is measured, as plain values."""
        return {name: round(value, 3) for name, value in asdict(self).items() if name in ("wall", "cpu", "peak_mib")}


def ran(words: Sequence[str]) -> Ran:
    """Run a command from the folder of the repository and wait for it. It stays in this process's group, so that it
    ends with it.
    """
    before, peak = cpu_seconds(own=False), Peak()
    with tempfile.TemporaryFile("w+") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        while _runs(process):
            peak.look(process.pid)
        wall = time.perf_counter() - begun
        output.seek(0)
        said = " ".join(output.read().split())[-SAID:] or "it said nothing"
    return Ran(process.returncode, said, wall, cpu_seconds(own=False) - before, peak.mib or largest_child_mib())


def cpu_seconds(own: bool = True) -> float:
    """CPU time of all processes that this one started and waited for, and of its own."""
    told = [resource.getrusage(resource.RUSAGE_CHILDREN)]
    told += [resource.getrusage(resource.RUSAGE_SELF)] if own else []
    return sum(one.ru_utime + one.ru_stime for one in told)


def _runs(process: subprocess.Popen) -> bool:
    """Whether it still runs after a while."""
    try:
        process.wait(timeout=LOOK)
    except subprocess.TimeoutExpired:
        return True
    return False
