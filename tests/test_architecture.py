"""The rules of the house: floors, wings, circles, names, sizes, docstrings."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1] / "optimizer"
MODULES = sorted(ROOT.rglob("*.py"))
assert MODULES

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


def test_a_module_imports_only_from_its_room_and_lower_floors() -> None:
    upward = {}
    for path in MODULES:
        if room := _room(_name(path)):
            assert room in FLOORS, f"{_id(path)}: {room} has no floor"
            upward[_id(path)] = {one for one in _rooms_of(path) if one != room and FLOORS[one] >= FLOORS[room]}
    assert not {path: sorted(rooms) for path, rooms in upward.items() if rooms}


def test_the_wings_do_not_know_each_other() -> None:
    for wing, other in ((MATHEMATICS, DOMAIN), (DOMAIN, MATHEMATICS)):
        rooms = {_id(path): _rooms_of(path) & other for path in MODULES if _room(_name(path)) in wing}
        assert not {path: sorted(known) for path, known in rooms.items() if known}


def test_the_plan_is_judged_from_the_scenario_alone() -> None:
    rooms = {_id(path): _rooms_of(path) - WITNESS for path in MODULES if _room(_name(path)) == "plan"}
    assert rooms and not {path: sorted(known) for path, known in rooms.items() if known}


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


def test_modules_and_functions_stay_short_and_have_proper_names() -> None:
    wrong = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if path.name in FORBIDDEN or text.count("\n") + 1 > LONGEST_MODULE or "TYPE_CHECKING" in text:
            wrong.append(_id(path))
        for node in _nodes(path):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION:  # type: ignore[operator]
                wrong.append(f"{_id(path)}: {node.name}")
    assert not wrong


def test_the_public_face_has_docstrings() -> None:
    bare = []
    for path in MODULES:
        tree = _nodes(path)[0]
        assert isinstance(tree, ast.Module)
        if tree.body and not ast.get_docstring(tree):
            bare.append(_id(path))
        for node in tree.body:
            face = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if face and not ast.get_docstring(node):
                bare.append(f"{_id(path)}: {node.name}")
    assert not bare
