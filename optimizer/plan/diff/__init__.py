"""Two plans compared: what ships more, less, earlier, later or another way, rolled over the calendar.

`diff(old, new)` compares their ledgers. What the old plan has had carried out since is no change, and what the new one
ships after the old one's horizon is none either. `Why` says why, as whoever has found it out tells.
"""

from optimizer.plan.diff.diff import KINDS, Diff, diff
from optimizer.plan.diff.why import Cause, Why

__all__ = ["KINDS", "Cause", "Diff", "Why", "diff"]
