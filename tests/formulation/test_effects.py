"""Every block of the model matters: without it the optimum of a toy moves by what was worked out by hand."""

from __future__ import annotations

import pytest

from tests.formulation import constraint_toys, cost_toys, shipping_toys
from tests.formulation.effects import EFFECTS, Effect

MODULES = (constraint_toys, cost_toys, shipping_toys)  # imported so that they register their toys


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: f"{effect.block}-{effect.make.__name__}")
def test_without_the_block_the_optimum_moves_by_what_was_worked_out(effect: Effect):
    assert effect.make.__doc__
    assert effect.moved() == pytest.approx(effect.by, abs=1e-6)
