"""Two plans compared, with the inputs that cause what is otherwise, in money and line by line."""

from optimizer.studies.diff.diff import check_alike, diff

__all__ = ["check_alike", "diff"]
