"""The process in which one case is measured: `python -m benchmarks.worker CASE OUTCOME`."""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from benchmarks import registry
from benchmarks.machine import peak_mib
from benchmarks.scenarios import ROOT
from benchmarks.spec import Case, LeftOut
from optimizer.errors import Refused


def outcome_of(case: Case) -> dict[str, Any]:
    """Measure the case here and now."""
    suite = registry.suite(case.suite)
    try:
        return {"measured": suite.measure(suite.spec(case.spec), case), "peak_mib": round(peak_mib(), 1)}
    except LeftOut as reason:
        return {"left_out": str(reason)}
    except Exception as error:
        traceback.print_exc()
        return {"failed": _told(error)}


def _told(error: Exception) -> str:
    """What went wrong, with the first of its particulars; without the folder in which it happened."""
    particulars = error.problems if isinstance(error, Refused) else getattr(error, "violations", ())
    text = " ".join([f"{type(error).__name__}: {error}", *(str(first) for first in particulars[:1])])
    return text.replace(f"{ROOT}/", "")


def _main() -> None:
    case, target = Case(**json.loads(sys.argv[1])), Path(sys.argv[2])
    text = json.dumps(outcome_of(case), allow_nan=False)
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(target)
    sys.stdout.flush()
    sys.stderr.flush()
    # A solver that was left behind at its time limit would keep the process until it ends.
    os._exit(0)


if __name__ == "__main__":
    _main()
