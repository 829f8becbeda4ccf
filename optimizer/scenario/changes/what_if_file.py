"""What-if files: a base, and one or several questions about it, as TOML."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.errors import Problem, Refused, StoreError, UsageError
from optimizer.scenario.changes.change import Place
from optimizer.scenario.changes.question import Question
from optimizer.scenario.database_address import is_address
from optimizer.scenario.settings_write import toml_value

SUFFIX = ".toml"
AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class WhatIfFile:
    """`bases`: the scenarios that it is about, of which the first is taken where none is named."""

    bases: tuple[str, ...]
    questions: tuple[Question, ...]


def read_what_if(path: str | Path) -> WhatIfFile:
    """A what-if file. Raises Refused where there is none or it cannot be read as one, StoreError where it cannot be
    opened.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        said = tomllib.loads(text)
    except FileNotFoundError as error:
        remedy = "Name a file that is there; 'optimizer what-if ... --save FILE' writes one"
        raise Refused([Problem(str(file), 0, "", "", "there is no such what-if file", remedy)]) from error
    except OSError as error:
        raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise Refused([Problem(str(file), 0, "", "", "it is not in UTF-8", "Save it as UTF-8")]) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = AT_LINE.search(str(error))
        remedy = 'Write lines such as base = "../temu-migration"; texts stand in quotes, dates do not'
        rule = f"it cannot be read as TOML ({error})"
        raise Refused([Problem(str(file), int(found[1]) if found else 0, "", "", rule, remedy)]) from error
    places = _Places(str(file), text)
    return WhatIfFile(_bases(said.pop("base", []), file), tuple(_questions(said, file, places)))


def write_what_if(path: Path, base: str, questions: list[Mapping[str, Any]]) -> None:
    """Write questions about a scenario as a new file; the base is named relative to it.

    Raises UsageError where the file is there already, StoreError where it cannot be written.
    """
    named = base if is_address(base) else Path(os.path.relpath(Path(base).resolve(), path.resolve().parent)).as_posix()
    parts = [f"base = {toml_value(named)}\n"]
    for said in questions:
        parts += ["\n[[what_if]]\n", *(f"{key} = {toml_value(value)}\n" for key, value in said.items()
                                       if key not in ("add", "sweep"))]  # fmt: skip
        for table, rows in said.get("add", {}).items():
            parts += [_block(f"what_if.add.{table}", row) for row in (rows if isinstance(rows, list) else [rows])]
        parts += [_block("what_if.sweep", sweep) for sweep in said.get("sweep", [])]
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text("".join(parts), encoding="utf-8", newline="\n")
        os.link(fresh, path)  # unlike a renaming this never replaces what stands there
    except FileExistsError as error:
        raise UsageError(f"{path} is there already: give --save another name.") from error
    except OSError as error:
        raise StoreError(f"Cannot write {path}: {error.strerror or error}.") from error
    finally:
        fresh.unlink(missing_ok=True)


def _block(name: str, values: Mapping[str, Any]) -> str:
    return f"\n[[{name}]]\n" + "".join(f"{_key(key)} = {toml_value(value)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml_value(key)


def _bases(written: Any, file: Path) -> tuple[str, ...]:
    names = [written] if isinstance(written, str) else written
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        remedy = 'Write base = "../temu-migration", or a list of such texts'
        raise Refused([Problem(str(file), 0, "", "base", "it names no scenario", remedy)])
    return tuple(name if is_address(name) else os.path.normpath(file.parent / name) for name in names)


def _questions(said: dict[str, Any], file: Path, places: _Places) -> list[Question]:
    several = said.get("what_if")
    if several is None:
        return [Question({"name": file.stem, **said}, places)]
    others = sorted(set(said) - {"what_if"})
    if not isinstance(several, list) or not all(isinstance(one, dict) for one in several) or others:
        rule = f"{others[0]} stands beside [[what_if]]" if others else "what_if is no list of blocks"
        remedy = "Write each question as a block [[what_if]], with its keys below"
        raise Refused([Problem(str(file), 0, "", "what_if", rule, remedy)])
    return [Question(one, places) for one in several]


class _Places:
    """Tells in which line of a file a text of a key stands; of equal ones the first, then the next."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._lines, self._told = name, text.splitlines(), dict[tuple[str, str], int]()

    def __call__(self, key: str, text: str) -> Place:
        block = re.compile(rf"\s*\[\[?\s*(what_if\s*\.\s*)?add\s*\.\s*[\"']?{re.escape(text)}[\"']?\s*\]")
        written = (text, text.replace("\\", "\\\\").replace('"', '\\"'))

        def there(line: str) -> bool:
            if key == "add":
                return block.match(line) is not None
            return any(form in line for form in written)

        after = self._told.get((key, text), 0)
        found = next((place for place, line in enumerate(self._lines, 1) if place > after and there(line)), after)
        self._told[key, text] = found
        return Place(self._name, found)
