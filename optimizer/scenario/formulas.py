"""Texts that a spreadsheet would run as a formula when it opens a CSV file."""

from __future__ import annotations

import re

FORMULA = re.compile(r"'*[=+@-]")
SHIELDED = re.compile(r"\s*'('*[=+@-])")


def shielded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unshielded(text: str) -> str:
    """The text without the apostrophe that `shielded` put before it."""
    return SHIELDED.sub(r"\1", text, count=1) if SHIELDED.match(text) else text
