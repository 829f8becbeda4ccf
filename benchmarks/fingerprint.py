"""Tells scenarios apart by all that they say."""

from __future__ import annotations

import hashlib

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings_write import settings_toml


def fingerprint(scenario: Scenario) -> str:
    """Digest of the settings and tables: plans of scenarios with the same one can be compared."""
    total = hashlib.sha256(settings_toml(scenario.settings).encode())
    for name in sorted(scenario.tables):
        total.update(name.encode() + scenario[name].to_csv(index=False).encode())
    return total.hexdigest()[:12]
