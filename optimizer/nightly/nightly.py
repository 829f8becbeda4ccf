"""The nightly run: read, check, plan, verify, keep; whatever fails, last night's plan stays in force."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import partial
from typing import Any

from optimizer.errors import Held, OptimizerError, Problem, Refused, StoreError
from optimizer.nightly.clock import Clock
from optimizer.nightly.compare import compare
from optimizer.nightly.folder import workplace
from optimizer.nightly.freshness import ahead, stale
from optimizer.nightly.keep import add_details, begin, bury, end, forget, latest_moment
from optimizer.nightly.lock import lock
from optimizer.nightly.night import impossible, night_at, tonight
from optimizer.nightly.planning import Work, keep_plan
from optimizer.nightly.record import FAILED, REFUSED, RUNNING, Run, run_in_force, run_of, runs
from optimizer.nightly.request import Listener, Outcome, Request
from optimizer.nightly.store import Store, open_store
from optimizer.nightly.telling import tell_others
from optimizer.nightly.words import run_named, sentence
from optimizer.scenario.fingerprint import fingerprint
from optimizer.scenario.languages import LANGUAGES
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario


def nightly(asked: Request, listener: Listener) -> Outcome:
    """Plan for tonight and put the plan in force, unless tonight's input has one already.

    Every failure is recorded in the store, and its message says which plan stays in force. Raises Refused for input
    that breaks rules or is too old, NoPlan, PlanBroken, Held where another run is at work, StoreError, UsageError.
    """
    store, notes = None, _Notes(listener, asked.language)
    try:
        store = open_store(asked.store, make=True)
        if store.new:
            notes.add(sentence("new_store", notes.language, store=store))
        outcome = _alone(asked, store, notes)
    except Exception as error:
        _tell(asked, store, notes, error)
        if isinstance(error, OptimizerError) and store is not None:
            if isinstance(error, StoreError) and notes.number is None:  # a run that has begun has said so
                error.args = (f"{error} {_what_holds(store, None, None, notes.language)}".strip(),)
            error.details = {"run": notes.number, **_in_force(store)}
        raise
    _tell(asked, store, notes)
    run = None
    with suppress(StoreError):  # the plan is in force, whatever becomes of the store now
        if outcome.made and notes.texts != outcome.run.details.get("notes"):
            add_details(store, outcome.run.run, notes=notes.texts)
        with store.reads() as connection:
            run = run_of(connection, outcome.run.run)
    return Outcome(run or outcome.run, outcome.made, tuple(notes.texts))


def _alone(asked: Request, store: Store, notes: _Notes) -> Outcome:
    with lock(store, asked.wait, partial(_holder, store, notes.language)):
        with store.reads() as connection:
            before = run_in_force(connection)
        notes.speak(before.details.get("language") if before else None)
        for number in bury(store):
            notes.add(sentence("run_died", notes.language, run=number))
        night = _night(asked, store, before, notes)
        number = notes.number = begin(store, night, asked.source_shown, _options(asked), notes.clock())
        try:
            if wrong := [] if asked.night else impossible(notes.clock()):
                raise Refused(wrong)
            return _outcome(asked, store, number, night, before, notes)
        except BaseException as error:
            _record(store, number, error, before, notes)
            raise


def _tell(asked: Request, store: Store | None, notes: _Notes, error: Exception | None = None) -> None:
    """Send what the run has come to, and what a run that was killed has left, now that others may work on the store;
    nothing that fails here is the run's. A run that another one has kept from the store leaves the word to that one.
    """
    if not asked.notify or isinstance(error, Held):
        return
    notes.listener.stage("notify")
    try:
        for said in tell_others(asked, store, notes.number, error, notes.language):
            notes.add(said)
    except Exception as defect:  # a defect in telling others must not take the place of how the night ended
        reason = f"unexpected {type(defect).__name__}: {defect}."
        notes.add(sentence("alerts_settings", notes.language, reason=reason))


class _Notes:
    """What was noted, told at once and kept with the run; `number`: that of the run, once it has begun; the time; the
    language in which people are told things: that asked for, or that of the scenario as far as it is known.
    """

    def __init__(self, listener: Listener, language: str | None) -> None:
        self.listener, self.texts, self.clock = listener, list[str](), Clock()
        self.number: int | None = None
        self._asked, self.language = language, language or LANGUAGES[0]

    def speak(self, language: str | None) -> None:
        """The language of the scenario is known."""
        self.language = self._asked or language or self.language

    def add(self, text: str) -> None:
        self.texts.append(text)
        self.listener.note(text)


def _outcome(asked: Request, store: Store, number: int, night: dt.date, before: Run | None, notes: _Notes) -> Outcome:
    notes.listener.stage("read")
    scenario = read(asked.source)
    notes.speak(scenario.settings.language)
    mark = fingerprint(scenario)
    scenario = asked.settled(scenario)
    _check_name(before, scenario)
    _check_age(scenario, night, notes)
    if before is not None and not asked.again and _is_done(before, night, mark, scenario.settings.solve.paths):
        forget(store, number)
        return Outcome(before, False, tuple(notes.texts))
    with workplace(store) as place:
        work = Work(asked, store, number, scenario, mark, place, notes.listener, notes.add, notes.texts,
                    notes.clock)  # fmt: skip
        made = keep_plan(work, before)
    if before is not None:
        notes.listener.stage("compare")
        compare(store, number, before, made, work.language, asked.reasons, notes.add)
    with store.reads() as connection:
        run = run_in_force(connection)
    assert run is not None  # it was kept a moment ago, and the lock is ours
    return Outcome(run, True, tuple(notes.texts))


def _is_done(before: Run, night: dt.date, mark: str, paths: int) -> bool:
    """Whether the plan in force is that of the same night, input and number of sample paths; one that was cut short is
    not the end of it.
    """
    same = (before.night, before.input, before.details.get("options", {}).get("paths", 1)) == (night, mark, paths)
    return same and before.status != "interrupted"


def _night(asked: Request, store: Store, before: Run | None, notes: _Notes) -> dt.date:
    latest = before.night if before else None
    moment = notes.clock().astimezone()
    if not asked.night and impossible(moment):
        return night_at(moment)
    night, said = (asked.night, None) if asked.night else tonight(moment, latest, latest_moment(store), notes.language)
    if said is None and latest is not None and night < latest:
        said = sentence("earlier_night", notes.language, latest=latest, night=night)
    if said:
        notes.add(said)
    return night


def _check_name(before: Run | None, scenario: Scenario) -> None:
    """One store holds the plans of one scenario: another one's would tell nobody what is in force."""
    name = scenario.settings.name
    if before is not None and before.scenario != name:
        rule = f"the store keeps the plans of {before.scenario!r}"
        raise Refused([Problem("settings", 0, "name", name, rule, "Name another store, or keep the name as it was")])


def _check_age(scenario: Scenario, night: dt.date, notes: _Notes) -> None:
    problems = stale(scenario, night)
    if problems and scenario.settings.nightly.when_stale == "refuse":
        raise Refused(problems)
    for said in (*map(str, problems), *ahead(scenario, night)):
        notes.add(said)


def _options(asked: Request) -> dict:
    options = {"solver": asked.solver, "method": asked.method, **asked.solve, **asked.fresh}
    return {"options": options, "to_send": bool(asked.notify)}


def _record(store: Store, number: int, error: BaseException, before: Run | None, notes: _Notes) -> None:
    """Note how the run has failed, and let the message say what holds now."""
    problems = [problem.as_dict() for problem in error.problems] if isinstance(error, Refused) else []
    said = str(error) or ("Interrupted." if isinstance(error, KeyboardInterrupt) else type(error).__name__)
    if jumped := notes.clock.jumped(notes.language):
        notes.add(jumped)
    with suppress(StoreError):  # the error that has ended the run is the one to be told
        end(store, number, REFUSED if problems else FAILED, said, notes.clock(), problems=problems, notes=notes.texts,
            language=notes.language)  # fmt: skip
    if isinstance(error, OptimizerError):
        told = str(error)
        if notes.language != LANGUAGES[0]:
            phrase = "refused" if problems else "failed"
            told = sentence(phrase, notes.language, count=len(problems), reason=told)
        error.args = (f"{told} {_what_holds(store, number, before, notes.language)}",)


def _what_holds(store: Store, number: int | None, before: Run | None, language: str) -> str:
    """Which plan is in force once a run has failed: that of the run itself, where it failed after it was kept."""
    try:
        with store.reads() as connection:
            now = run_in_force(connection)
    except StoreError:
        return sentence("was_in_force", language, run=run_named(before, language)) if before else ""
    if now is None:
        return sentence("none_in_force", language)
    return sentence("in_force" if now.run == number else "stays_in_force", language, run=run_named(now, language))


def _in_force(store: Store) -> dict[str, Any]:
    """The run whose plan is in force, for programs that are told of an error; nothing where the store is away."""
    with suppress(StoreError), store.reads() as connection:
        force = run_in_force(connection)
        return {"in_force": None if force is None else {"run": force.run, "night": str(force.night)}}
    return {}


def _holder(store: Store, language: str) -> str:
    """Who is at work on the store."""
    with store.reads() as connection:
        at_work = next((run for run in runs(connection) if run.state == RUNNING), None)
    if at_work is None:
        return sentence("somebody_at_work", language, store=store)
    named, since = run_named(at_work, language), f"{at_work.began_at:%Y-%m-%d %H:%M}"
    return sentence("at_work", language, run=f"{named[0].upper()}{named[1:]}", store=store, since=since,
                    process=at_work.process, host=at_work.host)  # fmt: skip
