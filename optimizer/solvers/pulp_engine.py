"""PuLP's solver objects: made by name, asked whether they run here, and run."""

from __future__ import annotations

import inspect
import threading
import warnings
from pathlib import Path
from typing import Any

import pulp

from optimizer.errors import OptimizerError
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits

#: What `sol_status` of a problem says where there is an answer. `status` calls a stopped solver's answer "Optimal".
WITH_AN_ANSWER = (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
#: The names of CBC: the one that comes with PuLP, and one of the system.
CBC = ("PULP_CBC_CMD", "COIN_CMD")
_POLL_SECONDS = 0.05


def pulp_engine(name: str, arguments: dict[str, Any]) -> pulp.LpSolver:
    """PuLP's solver object of that name with those of the arguments that it takes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what PuLP deprecates in itself, and limits that a solver does not take
        if name == "PULP_CBC_CMD":
            # The same program through its lasting name; the class of this name warns that it will go.
            return pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, **arguments)
        taken = inspect.signature(type(pulp.getSolver(name)).__init__).parameters
        return pulp.getSolver(name, **{key: value for key, value in arguments.items() if key in taken})


def pulp_arguments(name: str, limits: Limits, log: Path, warm: bool, options: tuple[str, ...]) -> dict[str, Any]:
    """The limits in the words of PuLP's solvers."""
    if name in CBC:
        options = ("preprocess off", f"randomSeed {limits.seed}", f"randomCbcSeed {limits.seed}", *options)
    return {
        "msg": False,
        "timeLimit": limits.seconds,
        "gapRel": limits.relative_gap,
        "gapAbs": limits.absolute_gap,
        "threads": limits.threads,
        "warmStart": warm,
        "logPath": str(log),
        **({"options": list(options)} if options else {}),
    }


def runs_here(name: str) -> bool:
    """Whether PuLP knows the solver and finds it on this machine."""
    if name not in pulp.listSolvers():
        return False
    with quiet():
        try:
            return bool(pulp_engine(name, {"msg": False}).available())
        except Exception:
            return False


def run_pulp(engine: pulp.LpSolver, problem: pulp.LpProblem) -> None:
    """Solve in a thread of its own: HiGHS behind PuLP needs one (see `attended_run`), and Ctrl-C need not end the wait.

    A terminal sends Ctrl-C to a solver's own process as well, which then stops with its best answer.
    """
    failures: list[BaseException] = []
    done, interrupted = threading.Event(), False  # `Thread.join` of Python 3.11 takes a Ctrl-C for the thread's end
    with quiet(to_stderr=True), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP calls parts of itself that it deprecates
        threading.Thread(target=_attempt, args=(engine, problem, failures, done), name="pulp").start()
        while not done.is_set():
            try:
                done.wait(_POLL_SECONDS)
            except KeyboardInterrupt:
                if interrupted:
                    raise
                interrupted = True
    if interrupted and problem.sol_status not in WITH_AN_ANSWER:
        raise KeyboardInterrupt
    if failures and isinstance(failures[0], pulp.PulpError):
        remedy = "Try another solver, such as highs."
        raise OptimizerError(f"{engine.name} failed: {failures[0]}. {remedy}") from failures[0]
    if failures:
        raise failures[0]


def _attempt(
    engine: pulp.LpSolver, problem: pulp.LpProblem, failures: list[BaseException], done: threading.Event
) -> None:
    try:
        problem.solve(engine)
    except BaseException as error:
        failures.append(error)
    finally:
        done.set()
