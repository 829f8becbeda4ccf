"""What the READMEs promise exists: commands, options, make targets, files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from optimizer.cli.main import optimizer

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
TEXT = {path: path.read_text(encoding="utf-8") for path in READMES}


def lines(start: str) -> list[str]:
    """Commands in code blocks and in backticks that begin so."""
    blocks = [line for text in TEXT.values() for line in text.splitlines() if line.startswith(start)]
    quoted = [found for text in TEXT.values() for found in re.findall(rf"`({start}[^`\n]*)`", text)]
    return [line.split("#")[0].strip() for line in (*blocks, *quoted)]


@pytest.mark.parametrize("line", sorted(set(lines("optimizer "))))
def test_every_command_of_the_readme_parses(line):
    name, *words = shlex.split(line)[1:]
    command = optimizer.commands[name]
    if isinstance(command, click.Group):
        command = command.commands[words[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)", TEXT[READMES[0]]))))
def test_every_option_that_is_named_alone_belongs_to_a_command(option):
    inside = [part for group in optimizer.commands.values() for part in getattr(group, "commands", {}).values()]
    every = [*optimizer.commands.values(), *inside]
    known = {
        name
        for command in every
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    assert option in known | set(click.Context(optimizer).help_option_names)


@pytest.mark.parametrize("line", sorted(set(lines("make "))))
def test_every_make_target_exists(line):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert line.split()[1] in targets


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXT[path])
    assert links
    assert not [link for link in links if not (path.parent / link).exists()]


def test_the_output_shown_is_that_of_the_sample_as_its_own_readme_records_it():
    cost = re.search(r"Total cost +([\d,]+)", TEXT[READMES[0]])[1]
    assert cost in (ROOT / "scenarios" / "temu-migration" / "README.md").read_text(encoding="utf-8")
