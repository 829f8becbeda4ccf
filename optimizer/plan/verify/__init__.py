"""Verification: every rule of the model and every cost line, from the scenario's tables and the plan's alone."""

from optimizer.plan.verify.witness import verify

__all__ = ["verify"]
