"""The log: each event of a command as one line, for programs or for people, in a file or on standard error."""

from __future__ import annotations

import datetime as dt
import json
import logging
import math
import os
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from optimizer import __version__
from optimizer.cli.log_fields import FIELDS
from optimizer.errors import StoreError

JSON, TEXT = "json", "text"
#: Options of the log with the environment variables that give them too.
OPTIONS = {"--log-format": "OPTIMIZER_LOG_FORMAT", "--log-file": "OPTIMIZER_LOG_FILE"}
STANDARD_ERROR = 2
#: What the parts of the program, and Python itself, log without knowing of this log.
OTHERS = ("optimizer", "py.warnings")


class Log:
    """What the command that runs has to log, and where to; it says nothing until `begin`."""

    def __init__(self) -> None:
        self.owns_stderr = False
        self.command = self.stage = ""
        self._since = time.monotonic()
        self._events = logging.getLogger("inventory-optimizer")
        self._events.propagate = False
        self._handlers: list[logging.Handler] = []

    def begin(self, command: str, options: Sequence[str], quiet: bool, debug: bool) -> None:
        """Log `command` as its options and the environment ask for. JSON without a file takes the place of everything
        else on standard error (`owns_stderr`). Raises StoreError where the file cannot be opened.
        """
        self.close()
        self.command, self.stage, self._since = command, "", time.monotonic()
        style, file = (_asked(options, name) for name in OPTIONS)
        shape = _JsonLine(self) if style == JSON else _TextLine(self)
        least = logging.DEBUG if debug else logging.INFO
        if file:
            self._add(_Lines(_opened(file), file), shape, least)
        elif style == JSON:
            self.owns_stderr = True
            self._add(_Lines(STANDARD_ERROR, ""), shape, logging.WARNING if quiet else least)
        self._events.setLevel(least)
        self.event("begin", f"optimizer {__version__}", version=__version__, process=os.getpid())

    def event(self, event: str, message: str, level: int = logging.INFO, **fields: Any) -> None:
        """Log an event; `fields` are among `log_fields.FIELDS`, what is not known (None, not finite) is left out."""
        if strange := fields.keys() - FIELDS.keys():
            raise ValueError(f"fields that the log does not know: {', '.join(sorted(strange))}")
        if self._handlers:
            self._events.log(level, "%s", message, extra={"event": event, "fields": fields})

    def as_fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """An event, or what others have logged, as the values of a line."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        found = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "command": self.command,
            "event": getattr(record, "event", "message"),
            "stage": self.stage or None,
            "message": record.getMessage(),
            "elapsed_seconds": round(time.monotonic() - self._since, 3),
            "logger": None if record.name == self._events.name else record.name,
            "traceback": "".join(traceback.format_exception(record.exc_info[1])) if record.exc_info else None,
            **getattr(record, "fields", {}),
        }
        return {name: _plain(value) for name, value in found.items() if _is_known(value)}

    def close(self) -> None:
        """End the log; others are left as they were."""
        for handler in self._handlers:
            for logger in (self._events, *map(logging.getLogger, OTHERS)):
                logger.removeHandler(handler)
            handler.close()
        if self.owns_stderr:
            logging.captureWarnings(False)
        self._handlers, self.owns_stderr = [], False

    def _add(self, handler: logging.Handler, shape: logging.Formatter, least: int) -> None:
        handler.setFormatter(shape)
        handler.setLevel(least)
        self._handlers.append(handler)
        for logger in (self._events, *map(logging.getLogger, OTHERS)):
            logger.addHandler(handler)
        if self.owns_stderr:
            logging.captureWarnings(True)


class _JsonLine(logging.Formatter):
    """A line is one JSON object, in ASCII: whatever reads it need not know of encodings."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self._log.as_fields(record), allow_nan=False)


class _TextLine(_JsonLine):
    """A line is when, how grave, which command, what."""

    def format(self, record: logging.LogRecord) -> str:
        found = self._log.as_fields(record)
        told = " ".join(str(found["message"]).split())
        return f"{found['time']} {found['level']:<7} {found['command']}: {told}"


class _Lines(logging.Handler):
    """Hands each line over at once and whole, so that a signal may log at any moment, and several runs share a file."""

    def __init__(self, number: int, file: str) -> None:
        super().__init__()
        self._number, self._file = number, file

    def emit(self, record: logging.LogRecord) -> None:
        if self._number < 0:
            return
        try:
            os.write(self._number, (self.format(record) + "\n").encode("utf-8", "replace"))
        except OSError as error:
            self._release()
            text = f"The log {self._file} cannot be written any more: {error.strerror or error}. The command goes on.\n"
            if self._file:
                with suppress(OSError):  # a plan is worth more than its log
                    os.write(STANDARD_ERROR, text.encode("utf-8", "replace"))

    def close(self) -> None:
        self._release()
        super().close()

    def _release(self) -> None:
        if self._number > STANDARD_ERROR:
            with suppress(OSError):
                os.close(self._number)
        self._number = -1


def _asked(options: Sequence[str], name: str) -> str:
    """What an option says, the last one where there are several, or else its environment variable.

    It is read before click reads the words, since what click has to say of them is logged too.
    """
    found = os.environ.get(OPTIONS[name], "")
    for place, word in enumerate(options):
        if word == name and place + 1 < len(options):
            found = options[place + 1]
        elif word.startswith(f"{name}="):
            found = word.partition("=")[2]
    return found


def _opened(file: str) -> int:
    try:
        return os.open(Path(file).expanduser(), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        text = f"The log {file} cannot be written: {said}. Name another file, or leave out --log-file."
        raise StoreError(text) from error


def _is_known(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(float(value), 4)
    return value if isinstance(value, str | int | bool | list | dict) else str(value)


#: The log of this process.
LOG = Log()
