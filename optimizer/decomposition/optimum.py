"""Runs HiGHS on the linear program that stands on it, in more than one way where the first fails."""

from __future__ import annotations

import highspy

_STATUS = highspy.HighsModelStatus


def optimum(engine: highspy.Highs) -> bool:
    """Whether HiGHS has found the optimum: from where it stands, else from nothing, else from nothing with its presolve
    and interior point, for programs that are badly scaled. One that it calls infeasible twice is not tried again.
    """
    engine.run()
    if engine.getModelStatus() == _STATUS.kOptimal:
        return True
    engine.clearSolver()
    engine.run()
    if engine.getModelStatus() in (_STATUS.kOptimal, _STATUS.kInfeasible):
        return engine.getModelStatus() == _STATUS.kOptimal
    return _otherwise(engine)


def _otherwise(engine: highspy.Highs) -> bool:
    usual = {name: engine.getOptionValue(name)[1] for name in ("presolve", "solver")}
    for name, value in {"presolve": "on", "solver": "ipm"}.items():
        engine.setOptionValue(name, value)
    engine.clearSolver()
    engine.run()
    for name, value in usual.items():
        engine.setOptionValue(name, value)
    return bool(engine.getModelStatus() == _STATUS.kOptimal)
