"""Finds solvers by name."""

from __future__ import annotations

import difflib
import importlib.util

from optimizer.errors import UsageError
from optimizer.solvers.solver import Solver

#: Short name: the names that PuLP gives it, best first, and what installs it.
_THROUGH_PULP: dict[str, tuple[tuple[str, ...], str]] = {
    "cbc": (("PULP_CBC_CMD", "COIN_CMD"), "it comes with PuLP 3; if that one does not run here, install coinor-cbc"),
    "scip": (("SCIP_PY", "SCIP_CMD", "FSCIP_CMD"), "pip install pyscipopt"),
    "glpk": (("GLPK_CMD",), "install the system package glpk-utils"),
    "gurobi": (("GUROBI", "GUROBI_CMD"), "pip install gurobipy, and get a licence"),
    "cplex": (("CPLEX_PY", "CPLEX_CMD"), "pip install cplex, and get a licence"),
    "xpress": (("XPRESS_PY", "XPRESS"), "pip install xpress, and get a licence"),
    "mosek": (("MOSEK",), "pip install mosek, and get a licence"),
    "copt": (("COPT", "COPT_CMD"), "pip install coptpy, and get a licence"),
}
#: Short names of all solvers, whether or not they are installed.
KNOWN = ("highs", *_THROUGH_PULP)


def solver(name: str) -> Solver:
    """The solver "highs", "cbc", "scip", "gurobi", ... or "pulp:NAME".

    Raises UsageError that says what to do where it is not installed.
    """
    wanted = name.strip()
    if wanted.lower() == "highs":
        from optimizer.solvers.highs import Highs

        return Highs()
    if wanted.lower().startswith("pulp:"):
        return _through_pulp(name, (wanted[5:],), "see PuLP's documentation of its solvers")
    if wanted.lower() in _THROUGH_PULP:
        return _through_pulp(wanted.lower(), *_THROUGH_PULP[wanted.lower()])
    close = difflib.get_close_matches(wanted.lower(), KNOWN, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise UsageError(
        f"There is no solver called {name!r}.{hint} Installed here: {', '.join(available())}. "
        "Others that PuLP knows: pulp:NAME."
    )


def available() -> list[str]:
    """Short names of the solvers that run here."""
    return ["highs", *(short for short, (names, _) in _THROUGH_PULP.items() if _first_there(names))]


def _through_pulp(name: str, names: tuple[str, ...], remedy: str) -> Solver:
    there = _first_there(names)
    if there is None:
        raise UsageError(f"The solver {name} is not installed: {remedy}. Installed here: {', '.join(available())}.")
    from optimizer.solvers.pulp_bridge import PulpSolver

    return PulpSolver(there)


def _first_there(names: tuple[str, ...]) -> str | None:
    if importlib.util.find_spec("pulp") is None:
        return None
    from optimizer.solvers.pulp_engine import runs_here

    return next((name for name in names if runs_here(name)), None)
