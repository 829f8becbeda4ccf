"""Runs HiGHS on the linear program that stands on it, in more than one way where the first fails."""

from __future__ import annotations

import highspy

_STATUS = highspy.HighsModelStatus


def optimum(engine: highspy.Highs) -> bool:
    """Whether HiGHS has found the optimum: from where it stands, else from nothing, else from nothing with its presolve
    and interior point, for programs that are badly scaled. One that it calls infeasible twice is not tried again.
    """
    first = _ran(engine)
    if first == _STATUS.kOptimal:
        return True
    engine.clearSolver()
    second = _ran(engine)
    if second == _STATUS.kOptimal or first == second == _STATUS.kInfeasible:
        return bool(second == _STATUS.kOptimal)
    usual = {name: engine.getOptionValue(name)[1] for name in ("presolve", "solver")}
    try:
        for name, value in {"presolve": "on", "solver": "ipm"}.items():
            engine.setOptionValue(name, value)
        engine.clearSolver()
        return bool(_ran(engine) == _STATUS.kOptimal)
    finally:
        for name, value in usual.items():
            engine.setOptionValue(name, value)


def _ran(engine: highspy.Highs) -> highspy.HighsModelStatus:
    engine.run()
    return engine.getModelStatus()
