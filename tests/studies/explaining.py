"""Plans of toys, and what is explained of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from optimizer.formulation.interpret import interpret
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import model
from optimizer.search.stored import PRICE_COLUMNS
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.explain import Explanation, explained, inquire
from optimizer.studies.explain.forms import at_most
from optimizer.studies.explain.inquiry import Inquiry
from optimizer.studies.explain.question import Asked, Question, aboard, asked
from optimizer.studies.explain.resolve import Found
from optimizer.studies.explain.ways import line_columns
from tests.formulation.toys import toy

LIMITS = Limits(seconds=30, threads=1)


#: Plans of toys that were made before, by their changes.
PLANS: dict[str, Plan] = {}


def made(scenario: Scenario | None = None, **changes: Any) -> Plan:
    """The best plan of a scenario, or of the base toy with some changes, which is made once and not to be changed."""
    if scenario is None:
        key = repr(sorted(changes.items()))
        if key not in PLANS:
            PLANS[key] = _made(toy(**changes))
        return PLANS[key]
    return _made(scenario)


def _made(scenario: Scenario) -> Plan:
    best = model(scenario)
    answer = Highs().solve(best.form, LIMITS)
    assert answer.x is not None
    tables = interpret(best.net, best.program, answer.x)
    return Plan(best.net.ground.scenario, tables, answer.bound, answer.status, "highs")


def told(found: Plan, sku: str = "A", date: str = "", prices: pd.DataFrame | None = None, **names: str) -> Explanation:
    """What is explained of a line."""
    day = dt.date.fromisoformat(date) if date else None
    mine = asked(found, Question(sku, date=day, **names))
    known = pd.DataFrame(columns=list(PRICE_COLUMNS)) if prices is None else prices
    return explained(found, inquire(found, np.array([sku], dtype=object), 10.0), mine, known)


def inquired(found: Plan, sku: str = "A", date: str = "", **names: str) -> tuple[Inquiry, Asked]:
    """A question of a plan, and what it takes to answer it."""
    day = dt.date.fromisoformat(date) if date else None
    return inquire(found, np.array([sku], dtype=object), 10.0), asked(found, Question(sku, date=day, **names))


def forbidden(found: Plan, lane: str, date: str, sku: str = "A") -> tuple[Found, float]:
    """What a shipment's best alternative costs, and what the plan could save as it is: `told` asks for much more."""
    inquiry = inquire(found, np.array([sku], dtype=object), 10.0)
    line = line_columns(inquiry.part, asked(found, Question(sku, lane, dt.date.fromisoformat(date))))
    spare = inquiry.part.cost(inquiry.part.x) - inquiry.part.cost(inquiry.resolve.reference)
    return inquiry.resolve(at_most(inquiry.part.form, line, 0.0)), spare


def told_departure(found: Plan, lane: str, date: str = "", prices: pd.DataFrame | None = None) -> Explanation:
    """What is explained of a whole departure."""
    mine = asked(found, Question(lane=lane, date=dt.date.fromisoformat(date) if date else None))
    known = pd.DataFrame(columns=list(PRICE_COLUMNS)) if prices is None else prices
    return explained(found, inquire(found, aboard(found, mine), 10.0), mine, known)
