"""HiGHS is asked in more than one way, and stays as it was told to be."""

from __future__ import annotations

import highspy
import pytest

from optimizer.decomposition.optimum import optimum
from optimizer.decomposition.relaxation import Desk

STATUS = highspy.HighsModelStatus
OPTIMAL, NOT, UNKNOWN = STATUS.kOptimal, STATUS.kInfeasible, STATUS.kUnknown


class Scripted:
    """An engine that ends its runs as it is told."""

    def __init__(self, *ends):
        self.ends, self.runs, self.cleared = ends, [], 0
        self.options = {"presolve": "off", "solver": "choose"}

    def run(self):
        self.runs.append(dict(self.options))
        if self.ends[len(self.runs) - 1] is None:
            raise MemoryError

    def getModelStatus(self):
        return self.ends[len(self.runs) - 1]

    def clearSolver(self):
        self.cleared += 1

    def getOptionValue(self, name):
        return highspy.HighsStatus.kOk, self.options[name]

    def setOptionValue(self, name, value):
        self.options[name] = value


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ((OPTIMAL,), True), ((UNKNOWN, OPTIMAL), True), ((NOT, OPTIMAL), True), ((NOT, NOT), False),
        ((UNKNOWN, NOT, OPTIMAL), True), ((NOT, UNKNOWN, NOT), False), ((UNKNOWN, UNKNOWN, UNKNOWN), False),
    ],
)  # fmt: skip
def test_each_way_is_tried_until_one_leads_to_the_optimum(ends, found):
    engine = Scripted(*ends)
    assert optimum(engine) is found
    assert len(engine.runs) == len(ends) and engine.cleared == len(ends) - 1
    assert [one["solver"] for one in engine.runs] == ["choose", "choose", "ipm"][: len(ends)]
    assert engine.options == {"presolve": "off", "solver": "choose"}


def test_options_are_as_before_whatever_happens():
    engine = Scripted(UNKNOWN, UNKNOWN, None)
    with pytest.raises(MemoryError):
        optimum(engine)
    assert engine.options == {"presolve": "off", "solver": "choose"}


def test_the_third_way_is_one_that_highs_knows():
    """One column at least two, at most three: told first to stop before it has begun."""
    engine = Desk().engine
    engine.addVar(2.0, 3.0)
    engine.changeColCost(0, 1.0)
    engine.addRow(0.0, 9.0, 1, [0], [1.0])
    engine.setOptionValue("simplex_iteration_limit", 0)
    assert optimum(engine)
    assert engine.getSolution().col_value == [2.0]
    assert [engine.getOptionValue(name)[1] for name in ("presolve", "solver")] == ["off", "choose"]
