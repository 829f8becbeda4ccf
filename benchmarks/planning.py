"""`optimizer plan` as anybody runs it: a whole command, in a fresh process, from tables on disk to a plan on disk."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.alone import kept
from benchmarks.command import ran
from optimizer.errors import NoPlan, OptimizerError
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.write import write


def stored(scenario: Scenario, folder: Path) -> str:
    """Write the tables of a scenario as Parquet into a new folder; a digest of all that it says, for comparison."""
    write(scenario, folder, "parquet")
    total = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def planned(tables: Path, out: Path, seconds: float, threads: int, gap: float, *more: str) -> dict[str, Any]:
    """What the command made of the tables within some seconds of search, and what it took: wall and CPU seconds, memory
    of all its processes, seconds by stage; `reached` tells whether the gap asked for was.

    `more`: further options. Raises OptimizerError where the command fails.
    """
    words = ["plan", str(tables), "--out", str(out), "--method", "auto", "--solver", "highs", "--seed", "1", "--quiet"]
    told = ["--seconds", f"{seconds:g}", "--gap", f"{gap:g}", "--threads", str(threads)]
    done = ran([sys.executable, "-m", "optimizer", *words, *told, *more])
    if done.code == NoPlan.exit_code:
        return {**done.figures, "status": "none", "plan": None, "bound": None, "reached": False}
    if done.code:
        raise OptimizerError(f"optimizer plan ended with code {done.code}: {done.said}")
    return {**done.figures, **_read(out, gap)}


def _read(out: Path, gap: float) -> dict[str, Any]:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    measures, share = manifest["measures"], manifest["gap_share"]
    found = kept(measures, manifest["status"], manifest["seconds"])
    return {**found, "reached": manifest["status"] == "optimal" or (share is not None and share <= gap)}
