"""A run of what-ifs: plans as they are found, then the comparison in all its forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from optimizer.cli.interrupt import Interrupts
from optimizer.cli.output import printable
from optimizer.cli.progress import ProgressLine
from optimizer.cli.put import put
from optimizer.cli.what_if_asked import Asked, written_changes
from optimizer.errors import StoreError, UsageError
from optimizer.nightly.plan_files import write_plan_files
from optimizer.plan.folder import place_of
from optimizer.report.briefing import brief
from optimizer.report.page import wrapped
from optimizer.report.what_if.comparison import Answered, Comparison
from optimizer.report.what_if.document import table
from optimizer.report.what_if.figures import Figures, figures
from optimizer.report.what_if.html import page
from optimizer.report.what_if.text import text
from optimizer.report.what_if.words import Words
from optimizer.scenario.formulas import shielded
from optimizer.studies.what_if import How, Outcome, outcomes

BASE = "base"


@dataclass(frozen=True)
class Targets:
    """Where results go: a folder with everything, a CSV file, an HTML file."""

    out: str | None
    csv: str | None
    chart: str | None

    def __post_init__(self) -> None:
        """Look, before a long search, whether they can be written. Raises UsageError, StoreError."""
        if self.out:
            place_of(Path(self.out) / BASE)
        for file in (self.csv, self.chart):
            if file and Path(file).exists():
                raise UsageError(f"{file} is there already: choose another name.")
            if file and not _ground(Path(file)).is_dir():
                raise StoreError(f"{file} cannot be written: it would stand in something that is no folder.")

    def files(self) -> dict[str, list[Path]]:
        """The files of each form of the comparison."""
        folder = [Path(self.out)] if self.out else []
        return {
            "csv": [*(one / "comparison.csv" for one in folder), *([Path(self.csv)] if self.csv else [])],
            "html": [*(one / "comparison.html" for one in folder), *([Path(self.chart)] if self.chart else [])],
            "txt": [one / "comparison.txt" for one in folder],
        }


@dataclass
class Run:
    """Plans all that is asked, one after the other. `kept`: plan folders that are written already."""

    asked: Asked
    targets: Targets
    language: str
    line: ProgressLine
    heard: Interrupts
    kept: list[str] = field(default_factory=list)

    def plan(self, seconds: float, since: float, solver: str, method: str, warm: bool) -> None:
        """Plan the base and every what-if, in so many seconds since a moment of time.monotonic.

        Raises KeyboardInterrupt where nothing is done yet, or pressed twice.
        """
        how = How(seconds, solver, method, self.line.watch, lambda: self.heard.times > 0, self._stage,
                  self.asked.start, warm, since)  # fmt: skip
        answers: list[Answered] = []
        base: Figures | None = None
        with self.line:
            for place, outcome in enumerate(outcomes(self.asked.scenario, self.asked.cases, how, self.asked.plan)):
                self.heard.obey()
                self.line.has_plan = True
                found = None if outcome.plan is None else figures(outcome.plan, outcome.seconds)
                if place == 0:
                    base = found
                else:
                    answers.append(self._answer(place - 1, found, outcome))
                self._keep(place, outcome)
        self.heard.obey()
        assert base is not None
        self.comparison = self._comparison(base, answers)

    def write(self) -> list[str]:
        """Write the comparison wherever it was asked for, and return the files. Raises StoreError."""
        make: dict[str, Callable[[], str]] = {
            "csv": lambda: _csv(table(self.comparison)),
            "html": lambda: page(self.comparison, self.language),
            "txt": lambda: _page(text(self.comparison, self.language)) + "\n",
        }
        written = []
        for form, files in self.targets.files().items():
            for file in files:
                _make_folder(file.parent)
                put(file, make[form](), marked=form == "csv")
                written.append(str(file))
        return written

    def text(self, written: list[str]) -> str:
        """What is printed."""
        told = text(self.comparison, self.language)
        files = [*self.kept, *written]
        words = Words(self.language)
        return _page(told + ("\n\n" + "\n".join(wrapped(words("written", files=", ".join(files)))) if files else ""))

    def _stage(self, whose: str, name: str) -> None:
        self.line.stage(f"what-if {whose}: {name}" if whose else f"base: {name}")

    def _answer(self, place: int, found: Figures | None, outcome: Outcome) -> Answered:
        asked = self.asked.cases[place].what_if
        return Answered(
            (asked.name, asked.name_zh), (asked.description, asked.description_zh), written_changes(asked), found,
            outcome.message, asked.sweep, asked.at,
        )  # fmt: skip

    def _keep(self, place: int, outcome: Outcome) -> None:
        if self.targets.out is None or outcome.plan is None:
            return
        name = BASE if place == 0 else f"{place:02d}-{_slug(self.asked.cases[place - 1].what_if.name)}"
        folder = Path(self.targets.out) / name
        write_plan_files(brief(outcome.plan, self.language), folder, self.language, outcome.left)
        self.kept.append(str(folder))

    def _comparison(self, base: Figures, answers: list[Answered]) -> Comparison:
        settings, calendar = self.asked.scenario.settings, self.asked.scenario.calendar
        words = Words(self.language)
        span = (settings.starts_on, settings.periods)
        notes = tuple(
            words("horizon", name=words.own((case.what_if.name, case.what_if.name_zh)))
            for case in self.asked.cases[: len(answers)]
            if (case.scenario.settings.starts_on, case.scenario.settings.periods) != span
        )
        last = pd.Timestamp(calendar.end) - pd.Timedelta(days=1)
        days = (str(settings.starts_on), f"{last:%Y-%m-%d}")
        return Comparison(settings.name, settings.currency, days, base, tuple(answers), len(self.asked.cases), notes)


def _page(text: str) -> str:
    """The text without what a name in a file of what-ifs could tell a terminal to do."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _slug(name: str) -> str:
    """A name for a folder; of a long one the beginning and the end, where the value of a sweep stands."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()
    return (slug if len(slug) <= 40 else f"{slug[:23]}-{slug[-16:]}") or "what-if"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error


def _ground(file: Path) -> Path:
    return next((parent for parent in file.absolute().parents if parent.exists()), file)


def _csv(frame: pd.DataFrame) -> str:
    harmless = frame.assign(**{name: [shielded(str(value)) for value in frame[name]] for name in ("what_if", "sweep")})
    return str(harmless.to_csv(index=False, lineterminator="\n"))
