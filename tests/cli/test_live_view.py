"""The live view on a real terminal: what stands on the screen, that it goes away, and that the cursor comes back."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyte
import pytest
from rich.console import Console
from rich.text import Text

from optimizer.cli.live import Screen
from tests.cli.running import environment, line

HIDDEN, SHOWN = b"\x1b[?25l", b"\x1b[?25h"
#: A command of which only the view is real.
VIEW = """
import signal, sys, time
from optimizer.cli.live import LiveView
# A shell that runs the tests in its background lets its children ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
view = LiveView()
print("before", file=sys.stderr)
view.start()
try:
    view.begin("read")
    view.begin("solve")
    view.step, view.left, view.figures = "prices, round 3", "48 s left", ["plan 548,320", "bound 545,914", "gap 2,406"]
    time.sleep(0.4)
    {then}
finally:
    view.stop()
print("after", file=sys.stderr)
"""


class Terminal:
    """A terminal of some size with a command in it."""

    def __init__(self, *words: object, columns: int = 80, rows: int = 24, **changes: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self.written = b""
        size = {"COLUMNS": str(columns), "LINES": str(rows)}
        self.child = subprocess.Popen(
            [str(word) for word in words], stdout=subprocess.DEVNULL, stderr=slave, stdin=subprocess.DEVNULL,
            env=environment(TERM="xterm", **size, **changes), process_group=0,
        )  # fmt: skip
        os.close(slave)

    def read(self) -> bool:
        """Take what the command writes next; false where it has closed the terminal."""
        try:
            part = os.read(self._master, 65_536)
        except OSError:  # Linux says so when the last writer has closed a terminal
            return False
        self.written += part
        self._stream.feed(part)
        return bool(part)

    def until(self, text: str) -> None:
        """Read until the screen shows the text."""
        while text not in self.text:
            assert self.read(), f"{text!r} was never shown: {self.written!r}"

    def end(self) -> int:
        """Read all, and return the exit code."""
        while self.read():
            pass
        os.close(self._master)
        return self.child.wait(60)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()


def view(then: str = "pass", **options: object) -> Terminal:
    return Terminal(sys.executable, "-c", VIEW.format(then=then), **options)  # type: ignore[arg-type]


def cursor_is_back(terminal: Terminal) -> bool:
    return terminal.written.rfind(SHOWN) > terminal.written.rfind(HIDDEN) >= 0


def test_it_shows_stage_step_time_and_figures_and_is_gone_in_the_end():
    terminal = view()
    terminal.until("done: read")
    assert "solve: prices, round 3" in terminal.text and "48 s left" in terminal.text
    assert "  plan 548,320   bound 545,914   gap 2,406" in terminal.text
    assert terminal.end() == 0
    assert terminal.text == "before\nafter"
    assert cursor_is_back(terminal)


def test_it_is_drawn_in_its_place_without_wiping_the_screen():
    terminal = view("time.sleep(0.5)")
    assert terminal.end() == 0
    assert terminal.written.count(b"prices, round 3") > 3, "it moves"
    for wipe in (b"\x1b[2J", b"\x1b[3J", b"\x1b[H", b"\x1b[?1049h"):
        assert wipe not in terminal.written


def test_what_is_told_meanwhile_stays_above_it():
    terminal = view("print('Note: odd', file=sys.stderr); time.sleep(0.3)")
    assert terminal.end() == 0
    assert terminal.text == "before\nNote: odd\nafter"


def test_in_a_narrow_terminal_its_lines_are_broken_and_still_go_away():
    terminal = view(columns=24)
    terminal.until("545,914")
    assert terminal.end() == 0
    assert terminal.text == "before\nafter"


def test_after_a_terminal_has_become_narrower_the_rows_that_it_broke_anew_are_taken_back():
    file = io.StringIO()
    console = Console(file=file, width=80, height=20, force_terminal=True, legacy_windows=False)
    screen = Screen(console=console, get_renderable=lambda: Text("x" * 70), auto_refresh=False)
    screen.start(refresh=True)
    console.width = 20
    drawn = len(file.getvalue())
    screen.refresh()
    # The one line of 70 letters takes four rows at 20 letters a row: the cursor stands in the last of them.
    assert file.getvalue()[drawn:].startswith("\r\x1b[2K" + 3 * "\x1b[1A\x1b[2K" + "xxx")
    screen.stop()


def test_an_error_gives_the_cursor_back():
    terminal = view("raise ValueError('odd')")
    assert terminal.end() == 1
    assert cursor_is_back(terminal)
    assert "ValueError: odd" in terminal.text and "round 3" not in terminal.text


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_gives_the_cursor_back(times):
    terminal = view("time.sleep(60)")
    terminal.until("done: read")
    for _ in range(times):
        terminal.child.send_signal(signal.SIGINT)
    assert terminal.end() != 0
    assert cursor_is_back(terminal)


def test_ctrl_z_gives_the_cursor_back_for_the_while():
    terminal = view("time.sleep(1.5)")
    terminal.until("done: read")
    terminal.child.send_signal(signal.SIGTSTP)
    os.waitid(os.P_PID, terminal.child.pid, os.WSTOPPED | os.WNOWAIT)
    os.set_blocking(terminal._master, False)
    time.sleep(0.05)
    terminal.read()
    os.set_blocking(terminal._master, True)
    assert cursor_is_back(terminal)
    stopped = len(terminal.written)
    terminal.child.send_signal(signal.SIGCONT)
    assert terminal.end() == 0
    assert HIDDEN in terminal.written[stopped:] and cursor_is_back(terminal)


def test_a_terminal_without_a_cursor_to_move_gets_plain_lines(shop):
    terminal = Terminal("env", "TERM=dumb", *line("plan", shop))
    assert terminal.end() == 0
    assert HIDDEN not in terminal.written and "0 s  read ..." in terminal.text


def test_a_plan_on_a_terminal_shows_it_and_leaves_nothing_behind(shop: Path):
    terminal = Terminal(*line("plan", shop))
    assert terminal.end() == 0
    assert b"solve" in terminal.written and HIDDEN in terminal.written and cursor_is_back(terminal)
    assert terminal.text == ""


def test_json_on_standard_error_takes_the_place_of_the_view(shop: Path):
    terminal = Terminal(*line("plan", shop, "--log-format", "json"), columns=500)
    assert terminal.end() == 0
    rows = terminal.written.splitlines()
    assert len(rows) > 6 and all(row.startswith(b"{") and row.endswith(b"}") for row in rows)
