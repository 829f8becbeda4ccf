"""Commands as people run them, in this process for speed or in one of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from optimizer import solve
from optimizer.cli.main import run
from optimizer.errors import Impossible
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.write import write
from tests.formulation.toys import BASE, Row, toy

#: Ten units at home, a week from the west, where ten are wanted in the second week; a factory sells more at 5.
FACTORY: dict[str, list[Row]] = {
    "locations": [*BASE["locations"], {"location": "factory", "kind": "supplier", "country": "CN"}],
    "sourcing": [{"sku": "A", "supplier": "factory", "unit_cost": 5}],
    "lanes": [
        *BASE["lanes"],
        {"lane": "buy", "origin": "factory", "destination": "west", "lead_time_days": 5, "duty_included": True},
    ],
}


@dataclass(frozen=True)
class Ran:
    """What a command came to: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)

    def assert_told(self, code: int, *words: str) -> None:
        """Fail unless it ended with that exit code and one clear message on standard error, and no result."""
        assert self.code == code, self
        assert self.out == ""
        assert "Traceback" not in self.err and "Unexpected" not in self.err, self.err
        for word in words:
            assert word in self.err, self.err


def command(capfd: Any) -> Callable[..., Ran]:
    """Runs the words of a command line in this process; what C prints is captured too."""

    def ran(*words: Any) -> Ran:
        capfd.readouterr()
        code = run([str(word) for word in words])
        said = capfd.readouterr()
        return Ran(code, said.out, said.err)

    return ran


def process(*words: Any, **options: Any) -> Ran:
    """Runs the words of a command line in a process of its own."""
    options = {"env": environment(), "timeout": 120, "capture_output": True, **options}
    done = subprocess.run(line(*words), **options)
    return Ran(done.returncode, *((text or b"").decode("utf-8", "replace") for text in (done.stdout, done.stderr)))


def line(*words: Any) -> list[str]:
    """The command line of a process."""
    return [sys.executable, "-m", "optimizer", *(str(word) for word in words)]


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process: nothing that would change what it prints, but for `changes`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OPTIMIZER_", "PYTHON", "NO_COL"))
    }
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2]), **changes}


def toy_folder(folder: Path, **changes: Any) -> Path:
    """A scenario that is planned in no time: 5 units are sold from what is at home, 5 more are bought."""
    tables = {**FACTORY, "opening_stock": [{"location": "home", "sku": "A", "units": 5}], **changes}
    write(toy(**tables), folder)
    return folder


def no_plan_with_a_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every search fail that has to hold a frozen fence."""
    made = solve.plan

    def impossible(scenario: Scenario, **more: Any) -> Plan:
        if scenario.settings.frozen_days:
            raise Impossible("No plan keeps all the rules.")
        return made(scenario, **more)

    monkeypatch.setattr(solve, "plan", impossible)
