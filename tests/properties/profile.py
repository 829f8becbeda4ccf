"""How many examples a property is tried on: few, and always the same ones."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

QUICK = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FEW = settings(QUICK, max_examples=5)
