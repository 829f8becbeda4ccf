"""The rules of the house: floors, wings, circles, names, sizes, docstrings."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "optimizer"
MODULES = sorted(ROOT.rglob("*.py"))

#: Floor of each room; a room imports from lower floors and from itself.
FLOORS = {
    "errors": 1, "algebra": 1,
    "scenario": 2, "solvers": 2,
    "rates": 3, "forecast": 3, "decomposition": 3,
    "network": 4, "plan": 4,
    "formulation": 5, "pricing": 5, "report": 5,
    "search": 6,
    "solve": 7,
    "studies": 8, "simulation": 8,
    "nightly": 9,
    "cli": 10,
    "__main__": 11,
}  # fmt: skip
MATHEMATICS = {"algebra", "solvers", "decomposition"}
DOMAIN = {"scenario", "rates", "forecast", "network", "plan", "report"}
#: What only one of two rooms of a floor may know.
WITNESS = {"scenario", "errors", "plan"}
FORBIDDEN = {"utils.py", "helpers.py", "common.py", "misc.py"}
LONGEST_MODULE, LONGEST_FUNCTION = 250, 50


def _name(path: Path) -> str:
    return ".".join(("optimizer", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module, itself first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def _imports(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in _nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "optimizer":
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "optimizer"}
    return frozenset(found)


def _room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def _rooms_of(path: Path) -> set[str]:
    return {_room(name) for name in _imports(path)} & FLOORS.keys()


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_a_module_imports_only_from_its_room_and_lower_floors(path: Path) -> None:
    room = _room(_name(path))
    if not room:
        return
    assert room in FLOORS, f"{room} has no floor"
    upward = {other for other in _rooms_of(path) if other != room and FLOORS[other] >= FLOORS[room]}
    assert not upward, f"imports {sorted(upward)} from floor {FLOORS[room]}"


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_the_wings_do_not_know_each_other(path: Path) -> None:
    room, others = _room(_name(path)), _rooms_of(path)
    if room in MATHEMATICS:
        assert not others & DOMAIN
    if room in DOMAIN:
        assert not others & MATHEMATICS


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_the_plan_is_judged_from_the_scenario_alone(path: Path) -> None:
    if _room(_name(path)) == "plan":
        assert _rooms_of(path) <= WITNESS


def test_no_module_stands_on_an_import_circle() -> None:
    names = {_name(path): path for path in MODULES}
    graph = {
        name: {other for other in _imports(path) if other in names and not name.startswith(other + ".")} - {name}
        for name, path in names.items()
    }

    def reached(name: str) -> set[str]:
        seen, todo = set(), list(graph[name])
        while todo:
            following = todo.pop()
            if following not in seen:
                seen.add(following)
                todo.extend(graph[following])
        return seen

    assert not [name for name in graph if name in reached(name)]


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_modules_and_functions_stay_short_and_have_proper_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.name not in FORBIDDEN
    assert text.count("\n") + 1 <= LONGEST_MODULE
    assert "TYPE_CHECKING" not in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno + 1 <= LONGEST_FUNCTION, node.name  # type: ignore[operator]


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_the_public_face_has_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare
    if tree.body:
        assert ast.get_docstring(tree)
