"""Where, when and of what something was measured."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import resource
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import optimizer

LIBRARIES = ("numpy", "scipy", "pandas", "numba", "highspy", "pulp", "pyscipopt")
#: Bytes in a unit of what getrusage says of memory.
_UNIT = 1 if sys.platform == "darwin" else 1024


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def circumstances(command: str) -> dict[str, Any]:
    """What every line of a run says: its time (which names the run), the command, the version, the machine."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "run": now,
        "command": command,
        "version": optimizer.__version__,
        "source": source_digest(),
        "machine": machine(),
    }


def machine() -> dict[str, Any]:
    """Facts about this machine; `load` is how busy it is, in processes that want to run, or None if not known."""
    return {
        "cpu": _cpu(),
        "cores": cores(),
        "memory_gib": _memory_gib(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def source_digest() -> str:
    """Digest of the optimizer's source, which tells apart lines of one version."""
    folder = Path(optimizer.__file__).parent
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        total.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()[:12]


def peak_mib() -> float:
    """Most memory that this process, or the largest of those that it started, has held, in MiB."""
    return max(_own_peak() / 2**20, largest_child_mib())


def largest_child_mib() -> float:
    """Most memory that one of the processes that this one started and waited for has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _UNIT / 2**20


def _own_peak() -> int:
    # What getrusage says of this process counts what its parent held before it began; the kernel's own mark does not.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def _cpu() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError, AttributeError):
        return None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
