"""The languages in which people are told things; tables of words hold each text in this order."""

from __future__ import annotations

LANGUAGES = ("en", "zh")
