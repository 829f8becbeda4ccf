"""What an explanation asks with: the part of the plan, the part at its best, a solver for its changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.network.horizon import Horizon
from optimizer.scenario.scenario import Scenario
from optimizer.studies.explain.others import Others
from optimizer.studies.explain.part import Part, beside
from optimizer.studies.explain.resolve import Found, Resolver


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

    def saved(self, form: StandardForm) -> float:
        """What a changed form saves; -inf where it has no answer."""
        return -self.resolve(form).difference

    def otherwise(self, scenario: Scenario) -> Part:
        """The part with other tables; its `x` says nothing. Demand, targets and limits of space must be the same."""
        made = beside(scenario, self.skus, self.beyond, self.held)
        return Part(made, np.zeros(len(made.form.cost)))

    def saved_with(self, scenario: Scenario) -> float:
        """What other tables save; -inf where nothing keeps their rules."""
        other = self.otherwise(scenario)
        return -self.resolve(other.form, other).difference
