"""Tonight's plan against the one that was in force before it: kept with the run, once the plan itself is safe."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from optimizer.errors import OptimizerError
from optimizer.nightly.folder import plan_of
from optimizer.nightly.keep import add_details
from optimizer.nightly.record import Run
from optimizer.nightly.rows import add_rows
from optimizer.nightly.store import Store
from optimizer.nightly.tables import FOUND_COLUMNS
from optimizer.nightly.words import run_named, sentence
from optimizer.plan.plan import Plan
from optimizer.report.changes import Changes, changes_document, changes_text
from optimizer.studies.diff import diff

#: Changed lines in the details of a run; all of them stand in the table `plan_changes`.
MOST = 200


def compare(
    store: Store, number: int, before: Run, plan: Plan, language: str, seconds: float, note: Callable[[str], None]
) -> None:
    """Keep with a run what its plan has otherwise than that of the run before, with reasons found within so many
    seconds. What fails here, a defect among it, is noted: the plan is in force, and `optimizer diff` makes up for it.
    """
    try:
        told = diff(plan_of(store, before.run), plan, seconds, (f"run:{before.run}", f"run:{number}"))
        document = {**changes_document(told, MOST), "since_run": before.run}
        words = changes_text(told, language)
        with store.writes() as connection:
            add_rows(connection, number, {"changes": change_rows(told)})
        add_details(store, number, changes=document, changes_told=words)
    except Exception as error:
        known = isinstance(error, OptimizerError)
        why = str(error) if known else f"unexpected {type(error).__name__}: {error}."
        note(sentence("not_compared", language, run=run_named(before, language), reason=why))


def change_rows(told: Changes) -> pd.DataFrame:
    """The changed lines as rows of the store."""
    return told.lines[list(FOUND_COLUMNS["changes"])]
