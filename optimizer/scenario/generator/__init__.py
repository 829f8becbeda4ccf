"""Seeded catalogues of any size, and the sample scenarios. All figures are illustrative, modelled on 2025-26 price
lists.
"""

from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec

__all__ = ["Spec", "generate"]
