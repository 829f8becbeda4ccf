"""A worker process of this machine as a hand."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from optimizer.decomposition.hired import Lost
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.seat import Make, Seat, message, order

#: Seconds that an idle process has to end by itself.
GRACE_SECONDS = 2.0
#: Sent before the order for another state; no pickle is like it.
ANEW = b"anew"


class WorkerProcess:
    """A process with one state at a time. It ends when its connection is closed: with this process, whatever becomes of
    it. `rest` takes it where it is dismissed idle, and may give it another state (`begin`); without one it ends.

    Raises Lost where no process can be started.
    """

    def __init__(self, make: Make, description: Any, rest: Callable[[WorkerProcess], None] | None = None) -> None:
        self._rest = rest
        # Forked processes would inherit the solver's threads, dead.
        context = multiprocessing.get_context("spawn")
        self._line, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far,), daemon=True)
        try:
            self._process.start()
        except OSError as error:
            self._line.close()
            raise Lost(f"no process can be started ({error.strerror or error})") from error
        finally:
            far.close()  # or the end of the process would not be heard
        self._send(order(make, description))

    def begin(self, make: Make, description: Any) -> bool:
        """Take another state in place of the old one; False where the process has ended meanwhile."""
        if not self._process.is_alive():
            self.end(busy=True)
            return False
        self._send(ANEW)
        self._send(order(make, description))
        return True

    def ask(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Send a question. Raises Lost."""
        self._send(message(method, arguments))

    def answer(self, seconds: float) -> bytes | None:
        """The answer, if it comes within so many seconds. Raises Lost."""
        if not wait([self._line, self._process.sentinel], seconds):
            return None
        try:
            # What was sent before the process ended can still be read.
            return self._line.recv_bytes()
        except (EOFError, OSError) as error:
            raise Lost(self._ending()) from error
        except BaseException:  # Ctrl-C in the middle of a message: what follows could not be read
            self._process.kill()
            raise

    def dismiss(self, busy: bool) -> None:
        """Let the process rest where it is idle and somebody takes it; end it otherwise."""
        if self._rest is None or busy:
            self.end(busy)
        else:
            self._rest(self)

    def end(self, busy: bool) -> None:
        """End the process: at once if it is busy."""
        self._line.close()
        if not busy:
            self._process.join(GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()

    def _send(self, sent: bytes) -> None:
        try:
            self._line.send_bytes(sent)
        except (BrokenPipeError, ConnectionResetError):
            pass  # told as the answer, by the way in which it ended
        except BaseException:  # Ctrl-C in the middle of a message: the rest of it could not be told from the next one
            self._process.kill()
            raise

    def _ending(self) -> str:
        self._process.join(GRACE_SECONDS)
        code = self._process.exitcode
        if code is None:
            return "its process does not answer"
        if code < 0:
            return f"its process was killed by signal {-code} ({signal.strsignal(-code)})"
        return f"its process ended with exit code {code}"


def _work(line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the leader, who keeps the best plan
    sent = ANEW
    with suppress(EOFError, OSError):  # the leader has gone
        while True:
            if sent == ANEW:
                gc.unfreeze()
                seat = Seat()
                give_back()  # what the state before it held
                seat.make(line.recv_bytes())
                gc.freeze()  # memory is given back often: half a million objects that stay need no look each time
            else:
                line.send_bytes(seat.do(sent))
            sent = line.recv_bytes()
