"""A plan made after an earlier one: what that one ships soon is held, and changing the rest has a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from optimizer import solve
from optimizer.errors import Impossible, Problem, Refused
from optimizer.nightly.carry import held, priced, unfenced
from optimizer.nightly.words import sentence
from optimizer.plan.folder import read_plan
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.stored_folder import read_start
from optimizer.search.stored_start import Start, start_of

#: What is done where no folder can be the last plan.
REMEDY = "Name the folder of an earlier plan of this scenario"


def plan_after(
    scenario: Scenario, last: Start | None, note: Callable[[str], None], language: str = "en", **options: Any
) -> Plan:
    """The plan with what an earlier one ships, if there is one, held within the fence and priced after it; should the
    fence leave no plan at all, one without it. `note` hears in a language what could not
    be held; `options` are those of `solve.plan`.

    Of a plan for several sample paths only what falls due within its commit window is held: the rest was not settled,
    and what is expected of it has its price. Raises what `solve.plan` raises.
    """
    fenced = scenario if last is None else priced(held(scenario, last.settled, note, language), last.shipped)
    try:
        return solve.plan(fenced, **options)
    except Impossible:
        if not scenario.settings.frozen_days:
            raise
        note(sentence("no_fence", language))
        loose = unfenced(scenario)
        return solve.plan(loose if last is None else priced(loose, last.shipped), **options)


def read_last(folder: str | Path, scenario: Scenario) -> Start:
    """What the plan of a folder leaves to a plan of a scenario after it.

    Raises Refused for a folder that is no whole plan, for a plan of another scenario, currency or calendar, and where
    the settings let nothing be held and no change cost anything; StoreError.
    """
    plan = read_plan(folder)
    if found := list(_unlike(plan.scenario, scenario, str(folder))):
        raise Refused(found)
    return start_of(plan, read_start(folder).prices)


def _unlike(last: Scenario, scenario: Scenario, folder: str) -> Iterator[Problem]:
    """Why one plan cannot be the last one before another."""
    old, new = last.settings, scenario.settings
    if old.name != new.name:
        yield Problem(folder, 0, "name", old.name, f"it is a plan of another scenario than {new.name!r}", REMEDY)
    if old.currency != new.currency:
        yield Problem(folder, 0, "currency", old.currency, f"this plan reckons in {new.currency}", REMEDY)
    if old.starts_on > new.starts_on:
        rule = f"it begins after this plan, which begins on {new.starts_on}"
        yield Problem(folder, 0, "starts_on", str(old.starts_on), rule, REMEDY)
    elif last.calendar.end <= scenario.calendar.starts[0]:
        rule = f"it ends on {last.calendar.ends[-1] - 1}, before this plan begins on {new.starts_on}"
        yield Problem(folder, 0, "starts_on", str(old.starts_on), rule, REMEDY)
    if not new.frozen_days and not new.change_rate:
        rule = "nothing is held and no change has a price (frozen_days is 0 too), so a last plan would say nothing"
        remedy = "Set change_rate or frozen_days in scenario.toml, or leave out --last-plan"
        yield Problem("settings", 0, "change_rate", "0", rule, remedy)
