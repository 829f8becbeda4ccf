"""What one scenario says otherwise than another: cell by cell, as totals where tables are long, ships that are late."""

from optimizer.scenario.edits.edit import Edit
from optimizer.scenario.edits.edits import edits

__all__ = ["Edit", "edits"]
