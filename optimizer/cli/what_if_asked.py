"""What the words of a command line ask: a base, and what-ifs about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.cli.progress import ProgressLine
from optimizer.errors import Problem, Refused, StoreError, UsageError
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import Plan
from optimizer.scenario.changes.applying import applied
from optimizer.scenario.changes.change import Place, WhatIf
from optimizer.scenario.changes.question import Question, what_ifs
from optimizer.scenario.changes.what_if_file import SUFFIX, WhatIfFile, read_what_if, write_what_if
from optimizer.scenario.database_address import database_address, is_address, shown
from optimizer.scenario.folder import MANIFEST
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.search.stored_folder import read_start
from optimizer.search.stored_start import Start
from optimizer.studies.what_if import Case, cases

#: A semicolon outside of quotes.
SEMICOLON = re.compile(r""";(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")


@dataclass(frozen=True)
class Asked:
    """A base scenario, its plan if there is one already, and the what-ifs with their scenarios. `base` is where it
    stands, `questions` how the what-ifs were written.
    """

    base: str
    scenario: Scenario
    plan: Plan | None
    start: Start | None
    cases: list[Case]
    questions: list[Mapping[str, Any]]

    def save(self, path: Path) -> None:
        """Write the what-ifs as a file. Raises UsageError, StoreError."""
        base = shown(database_address(self.base)) if is_address(self.base) else self.base
        inputs = Path(base) / "inputs"
        write_what_if(path, str(inputs) if self.plan is not None else base, self.questions)


def asked_for(
    places: Sequence[str], sets: Sequence[str], sweeps: Sequence[tuple[str, str]],
    settings: Mapping[str, float | None], line: ProgressLine,
) -> Asked:  # fmt: skip
    """Read and check all that is asked, before anything is planned.

    Raises UsageError where it cannot be told which base is meant, Refused for anything wrong in base or changes.
    """
    problems: list[Problem] = []
    files = dict(_files([place for place in places if _is_file(place)], problems))
    asked = [question for file in files.values() for question in file.questions]
    asked += [_set(text, number) for number, text in enumerate(sets, 1)]
    asked += [_sweep(target, values, number) for number, (target, values) in enumerate(sweeps, 1)]
    if not asked and not problems:
        raise UsageError("Nothing is asked: add --set, --sweep or a what-if file.")
    others = [place for place in places if not _is_file(place)]
    try:
        return _checked(others, files, asked, settings, line, problems)
    except (UsageError, StoreError):
        if problems:  # a base that cannot be told, or read, is no more than one of them
            raise Refused(problems) from None
        raise


def _checked(
    others: Sequence[str], files: Mapping[str, WhatIfFile], asked: Sequence[Question],
    settings: Mapping[str, float | None], line: ProgressLine, problems: list[Problem],
) -> Asked:  # fmt: skip
    """The questions about their base; all that is wrong with any of them, or with what is read, is told together."""
    whole, half = _read_as_far_as_possible(asked, problems)
    base = _base(others, files)
    made: list[Case] = []
    try:
        line.stage("read")
        scenario, plan, start = _read(base)
        scenario = _with(scenario, settings)
        line.stage("check")
        for one in half:
            problems += applied(one, scenario, lambda _: [])[1]
        made = cases(whole, scenario)
    except Refused as error:
        problems += error.problems
    if problems:
        raise Refused(problems)
    return Asked(base, scenario, plan, start, made, [question.said for question in asked])


def _read_as_far_as_possible(asked: Sequence[Question], problems: list[Problem]) -> tuple[list[WhatIf], list[WhatIf]]:
    """The what-ifs that can be read, and those of which some changes can: their rows can be looked for all the same."""
    whole: list[WhatIf] = []
    half: list[WhatIf] = []
    for question in asked:
        wrong: list[Problem] = []
        (half if (found := what_ifs(question, wrong)) and wrong else whole).extend(found)
        problems += wrong
    return whole, half


def _files(places: Sequence[str], problems: list[Problem]) -> Iterator[tuple[str, WhatIfFile]]:
    """The what-if files, each once; what is wrong with one goes to `problems`."""
    for place in dict.fromkeys(places):
        try:
            yield place, read_what_if(place)
        except Refused as error:
            problems += error.problems


def written_changes(what_if: WhatIf) -> tuple[str, ...]:
    """What a what-if changes, as it was written."""
    removed = [f"remove {removal.text}" for removal in what_if.removals]
    added = []
    for addition in what_if.additions:
        values = ", ".join(f"{name} = {value}" for name, value in addition.values.items())
        each = addition.each or addition.like
        added.append(f"add {addition.table}: {values}" + (f" (for rows of {each.table})" if each else ""))
    return (*removed, *(change.text for change in what_if.changes), *added)


def _is_file(place: str) -> bool:
    return place.lower().endswith(SUFFIX) and not is_address(place) and not Path(place).is_dir()


def _base(others: Sequence[str], files: Mapping[str, WhatIfFile]) -> str:
    """The scenario that is named, or the first one that all files are about."""
    if len(others) > 1:
        raise UsageError(f"There can be one base only, not both {others[0]} and {others[1]}.")
    if others:
        return others[0]
    bases = [file.bases for file in files.values() if file.bases]
    shared = [base for base in bases[0] if all(base in each for each in bases)] if bases else []
    if not shared:
        what = "The what-if files have no base in common" if bases else "No what-if file names its base"
        raise UsageError(f"{what}: name the scenario, or the folder of a plan, beside them.")
    return shared[0]


def _read(base: str) -> tuple[Scenario, Plan | None, Start | None]:
    if not is_address(base) and (Path(base) / MANIFEST).is_file():
        plan = read_plan(base)
        return plan.scenario, plan, read_start(base)
    return read(base), None, None


def _with(scenario: Scenario, settings: Mapping[str, float | None]) -> Scenario:
    asked: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    return replace(scenario, settings=replace(scenario.settings, solve=replace(scenario.settings.solve, **asked)))


def _set(text: str, number: int) -> Question:
    place = Place(f"--set {number}")
    parts = [part.strip() for part in SEMICOLON.split(text)]
    return Question({"changes": [part for part in parts if part] or [text]}, lambda key, text: place)


def _sweep(target: str, values: str, number: int) -> Question:
    place = Place(f"--sweep {number}")
    return Question({"sweep": [{"target": target, "values": values}]}, lambda key, text: place)
