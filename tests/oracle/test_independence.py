"""The oracle is a witness of its own: it reads the scenario, and nothing that the program is made by."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALLOWED = ("optimizer.scenario.scenario", "optimizer.scenario.settings", "optimizer.errors")


def imports(module: str) -> set[str]:
    """Modules that a module of this repository imports, and names that may be modules."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def modules_behind(face: str) -> set[str]:
    """The modules of the tests that a module is made of, itself included."""
    seen, todo = set(), [face]
    while todo:
        module = todo.pop()
        seen.add(module)
        ours = {name for name in imports(module) if (ROOT / f"{name.replace('.', '/')}.py").is_file()}
        todo += [name for name in ours if name.startswith("tests.") and name not in seen]
    return seen


def test_the_oracle_reads_the_scenario_and_nothing_else_of_ours():
    behind = modules_behind("tests.oracle.oracle")
    known = {name for module in behind for name in imports(module) if name.startswith("optimizer")}
    assert len(behind) > 15
    assert not {name for name in known if not name.startswith(ALLOWED)}
    assert all(module.startswith("tests.oracle.") for module in behind)
