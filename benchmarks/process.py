"""Measures each case in a process of its own: its peak memory is its own, and nothing is left over from others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.scenarios import ROOT
from benchmarks.spec import Case

#: How often the limit of its search a case may take, beside what its suite allows for all else: a solver that has begun
#: its first linear program ends it first.
MULTIPLE = 3.0


def in_own_process(case: Case, around: float) -> dict[str, Any]:
    """The outcome of a case: `measured` and `peak_mib`, or `left_out` or `failed` with the reason; `around`: seconds
    that it may take beside its search.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        outcome = Path(folder) / "outcome.json"
        said = _run(case, outcome, around + MULTIPLE * (case.seconds or 0.0))
        if outcome.exists():
            return json.loads(outcome.read_text(encoding="utf-8"))
        return {"failed": said}


def _run(case: Case, outcome: Path, seconds: float) -> str:
    """Run the case; what is to be said where it leaves no outcome."""
    words = [sys.executable, "-m", "benchmarks.worker", json.dumps(asdict(case)), str(outcome)]
    process = subprocess.Popen(
        words, cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"it took longer than {seconds:,.0f} seconds"
    finally:
        _end(process)
    last = output.strip().splitlines()[-1:] or ["it said nothing"]
    return f"its process ended with code {process.returncode}: {last[0]}"


def _end(process: subprocess.Popen[str]) -> None:
    """End the process with those that it started, whatever happens here."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
