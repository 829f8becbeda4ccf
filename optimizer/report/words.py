"""Every word that a report says, in English or Chinese."""

from __future__ import annotations

from optimizer.report.headings import COLUMNS, MODES, SHEETS, TERMS
from optimizer.report.phrases import PHRASES
from optimizer.scenario.languages import LANGUAGES


class Words:
    """The words of one language, "en" or "zh"."""

    def __init__(self, language: str) -> None:
        self._place = LANGUAGES.index(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its blanks filled in."""
        return PHRASES[phrase][self._place].format(**values)

    def sheet(self, name: str) -> str:
        """What a sheet is called."""
        return SHEETS[name][self._place]

    def column(self, name: str) -> str:
        """What a column is headed; a date, say, heads itself."""
        return COLUMNS[name][self._place] if name in COLUMNS else name

    def term(self, name: str) -> str:
        """What a cost line or a limit is called."""
        return TERMS.get(name, name) if self._place else name.replace("_", " ")

    def mode(self, name: str) -> str:
        """What a mode is called; one of the scenario's own as it is there."""
        return MODES.get(name, name) if self._place else name
