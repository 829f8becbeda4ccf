"""The ledger: an independent account of what movements, demand and arrivals come to.

`play(facts, events)` is its one entry. It reads the scenario's tables itself and shares no code with the rooms that
write the program.
"""

from optimizer.plan.ledger.accounting import account
from optimizer.plan.ledger.events import Events, happened, planned
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.ledger import Ledger, play

__all__ = ["Events", "Facts", "Ledger", "account", "happened", "planned", "play"]
