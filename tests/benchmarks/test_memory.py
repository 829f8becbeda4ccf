"""Memory and time of a command are those of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from benchmarks import command, family
from benchmarks.command import cpu_seconds, ran
from benchmarks.family import held_mib, watched

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")

HOLD = "data = bytearray(60 * 2**20); import time; time.sleep(0.6)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}]); sys.exit(3)"


def test_what_grandchildren_hold_is_counted_and_the_exit_code_is_kept() -> None:
    # The parent holds about 10 MiB, the child that it waits for 60 MiB more than that.
    outer = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {PARENT!r}]).returncode)"
    done = ran([sys.executable, "-c", outer])
    assert done.code == 3
    assert 75 < done.peak_mib < 200
    assert 0.6 < done.wall < 20


def test_cpu_time_of_grandchildren_is_counted_and_sleep_is_not() -> None:
    work = "import time\nwhile time.process_time() < 0.5: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    before = cpu_seconds()
    done = ran([sys.executable, "-c", outer])
    assert 0.5 < done.cpu < 2
    assert cpu_seconds() - before == pytest.approx(done.cpu, abs=0.3)
    assert ran([sys.executable, "-c", "import time; time.sleep(1.0)"]).cpu < 0.5


def test_a_command_says_its_last_words_whatever_it_writes_before() -> None:
    # More than a pipe holds: a command that nobody reads would wait for ever.
    done = ran([sys.executable, "-c", "print('x' * 10**6); import sys; print('the end', file=sys.stderr)"])
    assert done.code == 0 and done.said.endswith("xxx the end") and len(done.said) == command.SAID
    assert ran([sys.executable, "-c", ""]).said == "it said nothing"


def test_other_processes_are_not_counted() -> None:
    other = subprocess.Popen([sys.executable, "-c", "data = bytearray(200 * 2**20); input()"], stdin=subprocess.PIPE)
    try:
        while (held_mib(other.pid) or 0.0) < 200:
            time.sleep(0.02)
        assert ran([sys.executable, "-c", "import time; time.sleep(0.3)"]).peak_mib < 100
    finally:
        other.communicate(b"\n")
    assert held_mib(other.pid) == 0


def test_a_peak_that_has_passed_is_remembered() -> None:
    script = textwrap.dedent("""
        from benchmarks.family import held_mib, watched
        import os, time
        with watched() as peak:
            data = bytearray(100 * 2**20)
            time.sleep(0.5)
            del data
            now = held_mib(os.getpid())
        assert peak.mib > now + 80, (peak.mib, now)
    """)
    done = ran([sys.executable, "-c", script])
    assert done.code == 0, done.said


def test_without_proc_the_largest_process_stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(family, "_PROC", tmp_path)
    assert held_mib(os.getpid()) is None
    with watched() as peak:
        pass
    assert peak.mib is None
    monkeypatch.setattr(command, "largest_child_mib", lambda: 77.0)
    assert ran([sys.executable, "-c", ""]).peak_mib == 77.0
