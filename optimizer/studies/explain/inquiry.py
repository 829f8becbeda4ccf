"""What an explanation asks with: the part of the plan, the part at its best, a solver for its changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.network.horizon import Horizon
from optimizer.scenario.scenario import Scenario
from optimizer.studies.explain.others import Others
from optimizer.studies.explain.part import Part, beside
from optimizer.studies.explain.resolve import Found, Resolver


class Saved(NamedTuple):
    """Money that a change saves, -inf where no answer with it was found; and the most that it can save at all."""

    money: float
    most: float

    @classmethod
    def of(cls, found: Found) -> Saved:
        """What a re-solve saves; where no answer keeps the rules, nothing at all."""
        return cls(-found.difference, -np.inf if found.status == "infeasible" else -found.least)


@dataclass(frozen=True)
class Inquiry:
    """A part of a plan and what it takes to change it: the tables of its SKUs, the horizon of the whole, what the other
    SKUs do. `best`: the part solved again with nothing changed.
    """

    scenario: Scenario
    skus: np.ndarray
    beyond: Horizon
    held: Others
    part: Part
    best: Found
    resolve: Resolver

    def saved(self, form: StandardForm) -> Saved:
        """What a changed form saves."""
        return Saved.of(self.resolve(form))

    def otherwise(self, scenario: Scenario) -> Part:
        """The part with other tables; its `x` says nothing. Demand, targets and limits of space must be the same."""
        made = beside(scenario, self.skus, self.beyond, self.held)
        return Part(made, np.zeros(len(made.form.cost)))

    def saved_with(self, scenario: Scenario) -> Saved:
        """What other tables save."""
        other = self.otherwise(scenario)
        return Saved.of(self.resolve(other.form, other))
