"""A first plan: from the relaxation, or from what an earlier plan ships."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.formulation.first_cases import rounded
from optimizer.formulation.first_structure import containers_again, nothing, structure
from optimizer.search.model import Model
from optimizer.search.started import shipped_units
from optimizer.solvers.solver import Limits, Solver


def plan_around(made: Model, with_solver: Solver, relaxed: np.ndarray, limits: Limits) -> np.ndarray | None:
    """A feasible answer near that of a relaxation: containers and orders made whole, the rest solved again, cases made
    whole, the rest solved again; None if that fails.

    Where least orders, containers and fees do not fit together, nothing is booked but what locks force.
    """
    for whole in (structure(made.net, _values(made, relaxed)), nothing(made.net)):
        booked = _around(made, with_solver, whole, limits)
        if booked is None:
            continue
        found = plan_with(made, with_solver, booked, limits)
        if found is not None:
            return found
    return None


def plan_again(made: Model, with_solver: Solver, ship: pd.DataFrame, limits: Limits) -> np.ndarray | None:
    """A feasible answer that ships what an earlier plan ships (`search.stored_start.shipments_from`), as far as that is
    there, fits aboard and is enough for least orders; None if that fails. With several sample paths what is decided
    later is planned anew, in the containers and departures that would carry what that plan expected to ship.
    """
    net = made.net
    units = shipped_units(net, ship)
    most, now = made.form.upper[made.program.columns["containers"]], net.now[net.loads["sailing"]]
    expected = units * net.shipments["chance"].to_numpy()
    values = {
        "ship": units,
        "containers": np.where(now, most, containers_again(net, expected)),
        "departures": (net.aboard @ expected > 0)[net.fees["sailing"].to_numpy()].astype(float),
    }
    return _around(made, with_solver, rounded(net, values), limits)


def plan_with(made: Model, with_solver: Solver, booked: np.ndarray, limits: Limits) -> np.ndarray | None:
    """A feasible answer around one (n,) in which containers and orders are whole; None if that fails."""
    return _around(made, with_solver, rounded(made.net, _values(made, booked)), limits)


def _values(made: Model, x: np.ndarray) -> dict[str, np.ndarray]:
    return {name: x[place] for name, place in made.program.columns.items()}


def _around(made: Model, with_solver: Solver, whole: dict[str, np.ndarray], limits: Limits) -> np.ndarray | None:
    """The relaxed program solved around whole values of some families; those that are NaN stay open."""
    lower, upper = made.form.lower.copy(), made.form.upper.copy()
    for name, values in whole.items():
        place, fixed = made.program.columns[name], np.isfinite(values)
        lower[place] = np.where(fixed, values, lower[place])
        upper[place] = np.where(fixed, values, upper[place])
    return with_solver.solve(replace(made.relaxed, lower=lower, upper=upper), limits).x
