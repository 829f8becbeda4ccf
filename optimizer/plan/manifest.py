"""The manifest of a plan folder: what was planned, with what, how well, and the checksum of every file."""

from __future__ import annotations

import hashlib
import math
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from optimizer.plan.measures import Measures
from optimizer.plan.plan import Plan

MANIFEST = "manifest.json"

#: Raised when a plan folder of before can no longer be read.
SCHEMA_VERSION = 1

#: Packages whose version may change a plan.
PACKAGES = ("numpy", "scipy", "pandas", "highspy", "pulp")


def manifest(plan: Plan, folder: Path, told: Measures) -> dict[str, Any]:
    """The manifest of a plan, measured, whose files stand in `folder`; numbers that do not exist are None."""
    measures = told.as_dict()
    settings = plan.scenario.settings
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": settings.name,
        "currency": settings.currency,
        "starts_on": settings.starts_on.isoformat(),
        "solver": plan.solver,
        "status": plan.status,
        "total_cost": plan.total_cost,
        "mission_cost": measures["mission_cost"],
        "bound": plan.bound if math.isfinite(plan.bound) else None,
        "gap": measures["gap"],
        "gap_share": measures["gap_share"],
        "seed": settings.solve.seed,
        "seconds": dict(plan.seconds),
        "measures": measures,
        "versions": versions(),
        "files": checksums(folder),
    }


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a plan depends on; those that are not installed are left out."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a plan folder but the manifest, by path with forward slashes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
