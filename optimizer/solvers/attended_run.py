"""Runs HiGHS in a thread of its own, so that the caller can watch it, stop it, and is never kept past the limit."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import highspy
import numpy as np

from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Progress, Watch

_POLL_SECONDS = 0.05
_Kind = highspy.cb.HighsCallbackType
_STOPPABLE = (_Kind.kCallbackMipInterrupt, _Kind.kCallbackSimplexInterrupt, _Kind.kCallbackIpmInterrupt)


@dataclass
class Pulse:
    """What the running solver last said of itself, and what it is told.

    `best` is its latest improving answer; `returned` turns true when it came back by itself, so that the engine may be
    asked.
    """

    bound: float = -np.inf
    objective: float = np.inf
    best: np.ndarray | None = None
    stop: bool = False
    interrupted: bool = False
    returned: bool = False
    status: highspy.HighsStatus = highspy.HighsStatus.kError
    failure: BaseException | None = None


def attended_run(engine: highspy.Highs, seconds: float, watch: Watch | None = None) -> Pulse:
    """Run `engine` until it ends, `watch` or Ctrl-C stops it, or `seconds` are over.

    `watch` is called in the caller's thread, and what it raises reaches the caller. HiGHS looks at its clock only now
    and then: after some grace it is left behind (it ends by itself at its next look); then `returned` is false and only
    what it told before counts. A second Ctrl-C does not wait.
    """
    pulse, done = Pulse(), threading.Event()
    _subscribe(engine, pulse)
    worker = threading.Thread(target=_work, args=(engine, pulse, done), name="highs")
    with quiet(to_stderr=True):
        worker.start()
        _attend(pulse, done, seconds, watch)
    if pulse.failure is not None:
        raise pulse.failure
    return pulse


def _subscribe(engine: highspy.Highs, pulse: Pulse) -> None:
    def hear(kind: object, message: str, said: object, told: object, context: object) -> None:
        if kind == _Kind.kCallbackMipImprovingSolution:
            pulse.best = np.array(said.mip_solution)  # type: ignore[attr-defined]
            pulse.objective = said.objective_function_value  # type: ignore[attr-defined]
        elif kind == _Kind.kCallbackMipInterrupt:
            pulse.bound = max(pulse.bound, said.mip_dual_bound)  # type: ignore[attr-defined]
        if told is not None and pulse.stop:
            told.user_interrupt = True  # type: ignore[attr-defined]

    engine.setCallback(hear, None)
    for kind in (*_STOPPABLE, _Kind.kCallbackMipImprovingSolution):
        engine.startCallback(kind)


def _work(engine: highspy.Highs, pulse: Pulse, done: threading.Event) -> None:
    # A new thread has its own scheduler, so `threads` may differ from run to run; in one thread HiGHS would refuse.
    try:
        pulse.status = engine.run()
        _release_scheduler()
        pulse.returned = True
    except BaseException as error:
        pulse.failure = error
    finally:
        done.set()


def _release_scheduler() -> None:
    """Let go of this thread's scheduler, which Windows would wait for at the thread's end. Its name differs."""
    release = getattr(highspy.Highs, "resetThreadScheduler", None) or highspy.Highs.resetGlobalScheduler
    release(False)


def _attend(pulse: Pulse, done: threading.Event, seconds: float, watch: Watch | None) -> None:
    started, deadline, shown = time.monotonic(), seconds + _grace(seconds), None
    while True:
        try:
            if done.wait(_POLL_SECONDS):
                return
            elapsed = time.monotonic() - started
            if watch is not None and not pulse.stop:
                best = pulse.best
                fresh = best if best is not shown else None
                shown = best
                pulse.stop = bool(watch(Progress(elapsed, pulse.objective, pulse.bound, fresh)))
                deadline = min(deadline, elapsed + _grace(elapsed)) if pulse.stop else deadline
            if elapsed > seconds:
                pulse.stop = True
            if elapsed > deadline:
                return
        except KeyboardInterrupt:
            if pulse.interrupted:
                raise
            pulse.stop = pulse.interrupted = True
            deadline = time.monotonic() - started + _grace(0)
        except BaseException:
            pulse.stop = True
            raise


def _grace(seconds: float) -> float:
    """Seconds that HiGHS may take to notice that it should stop."""
    return 3.0 + 0.05 * seconds
