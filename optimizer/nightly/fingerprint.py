"""What tells one night's input from another's: a checksum of all that the tables and settings say."""

from __future__ import annotations

import hashlib

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings_write import settings_toml


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of settings and tables as they were read: the same for a folder, a workbook and a database that say the
    same in the same order, whatever their format; options of the command are no part of it.
    """
    total = hashlib.sha256(settings_toml(scenario.settings).encode())
    for name in sorted(scenario.tables):
        total.update(f"\n{name}\n".encode() + scenario[name].to_csv(index=False, lineterminator="\n").encode())
    return total.hexdigest()
