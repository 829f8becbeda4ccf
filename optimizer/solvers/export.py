"""Writes a standard form as an MPS or LP file, with names that tell which row and column is which."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
from scipy import sparse

from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import StoreError, UsageError
from optimizer.solvers.handover import engine_for
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits

_FORMATS = (".mps", ".lp")
#: Sections of an LP file that may be left out, as HiGHS writes them and as everybody reads them.
_SECTIONS = {"bounds": "bounds\n", "bin": "binaries\n", "gen": "generals\n", "semi": "semi-continuous\n"}


def export(form: StandardForm, path: str | Path) -> Path:
    """Write `form` to `path`, which ends in .mps or .lp, whole or not at all.

    Rows and columns are called `stock_balance(12)`: the name of their range and the place in it, from 0. The offset is
    the cost of a column `offset(0)` that is fixed at 1. Rows without bounds are left out.
    """
    path = Path(path)
    if path.suffix.lower() not in _FORMATS:
        raise UsageError(f"A program is exported to a file that ends in {' or '.join(_FORMATS)}, not to {path.name!r}.")
    rows, columns = form.matrix.shape
    kept = np.flatnonzero(np.isfinite(form.row_lower) | np.isfinite(form.row_upper))
    engine = engine_for(_portable(form, kept), Limits())
    for column, name in enumerate([*_names(form.columns, columns, "column"), "offset(0)"][: engine.getNumCol()]):
        engine.passColName(column, name)
    names = _names(form.rows, rows, "row")
    for place, row in enumerate(kept.tolist()):
        engine.passRowName(place, names[row])
    _write(engine, path)
    return path


def _portable(form: StandardForm, kept: np.ndarray) -> StandardForm:
    """The program without what readers of these files differ on.

    Some take the last row without bounds for the objective; some drop a constant in the objective.
    """
    matrix = form.matrix[kept]
    form = replace(form, matrix=matrix, row_lower=form.row_lower[kept], row_upper=form.row_upper[kept], rows={})
    if form.offset == 0.0:
        return form
    empty = sparse.csr_array((len(kept), 1))
    return replace(
        form,
        offset=0.0,
        cost=np.append(form.cost, form.offset),
        matrix=sparse.csr_array(sparse.hstack([matrix, empty])),
        lower=np.append(form.lower, 1.0),
        upper=np.append(form.upper, 1.0),
        integer=np.append(form.integer, False),
        columns={},
    )


def _names(ranges: Mapping[str, slice], count: int, otherwise: str) -> list[str]:
    names = [f"{otherwise}({place})" for place in range(count)]
    for name, span in ranges.items():
        places = range(*span.indices(count))
        names[span] = [f"{_safe(name)}({place})" for place in range(len(places))]
    return names


def _safe(name: str) -> str:
    """A name that both formats take: no blanks, no operators; never like a number (an LP reader takes e1 for one)."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return f"x_{plain}" if re.match(r"[0-9eE]", plain) and not re.match(r"[eE][A-Za-z_]", plain) else plain


def _write(engine: highspy.Highs, path: Path) -> None:
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
            draft = Path(folder) / f"program{path.suffix.lower()}"
            with quiet():
                status = engine.writeModel(str(draft))
            if status == highspy.HighsStatus.kError or not draft.exists():
                raise StoreError(f"HiGHS could not write {path}. Is the disk full?")
            if draft.suffix == ".lp":
                draft = _with_plain_sections(draft)
            os.replace(draft, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}. Choose another folder.") from error


def _with_plain_sections(draft: Path) -> Path:
    """The file with whole words for sections and no empty ones: CBC takes HiGHS's `bin` and `gen` for variables."""
    tidy = draft.with_name("tidy.lp")
    heading = ""
    with draft.open() as source, tidy.open("w") as target:
        for line in source:
            word = line.strip()
            if not line.startswith(" ") and word in _SECTIONS:
                heading = _SECTIONS[word]
                continue
            target.write(heading + line if line.startswith(" ") else line)
            heading = ""
    return tidy
