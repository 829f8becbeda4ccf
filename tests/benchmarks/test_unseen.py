"""What a plan is worth on fresh paths: what is counted of batches that have no plan."""

import pytest

from benchmarks import unseen as module
from benchmarks.suites.unseen_table import unseen_table
from benchmarks.unseen import TOGETHER, Unseen, unseen
from optimizer.errors import Impossible, NoPlan, Refused
from tests.benchmarks.making import cells
from tests.plan.making import plan_of, scenario


class Found:
    total_cost = 70.0


def test_a_batch_that_ran_out_of_time_is_not_impossible(monkeypatch):
    answers = iter([Found(), NoPlan("no time"), Impossible("goods are not there"), NoPlan("no time"), Refused([])])

    def plan(*told, **options):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(module, "_held", lambda plan: plan.scenario)
    monkeypatch.setattr(module.solve, "plan", plan)
    assert unseen(plan_of(scenario()), 5 * TOGETHER, 1.0) == Unseen((70.0,), impossible=2, late=2)


@pytest.mark.parametrize(("impossible", "late"), [(1, 2), (0, 3)])
def test_the_table_tells_both_apart(impossible: int, late: int):
    measured = {"sample": 100.0, "bound": 99.0, "mission": 50.0, "batches": [102.0], "together": TOGETHER,
                "impossible": impossible, "late": late}  # fmt: skip
    told = unseen_table([{"spec": "small-seller", "method": "2 paths", "size": 3, "measured": measured}])
    assert cells(told.split("\n\n")[0])[0][-2:] == [str(impossible), str(late)]
