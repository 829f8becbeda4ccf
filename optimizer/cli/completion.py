"""`optimizer completion`: what a shell needs to complete the words of this program."""

from __future__ import annotations

import click

from optimizer.cli.complete import VARIABLE
from optimizer.cli.options import common, example
from optimizer.cli.output import print_json, say

SHELLS = ("bash", "zsh", "fish")


@click.command(
    short_help="Print a script by which a shell completes commands.",
    epilog=example("optimizer completion bash"),
)
@click.argument("shell", type=click.Choice(SHELLS))
@common
def completion(shell: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Print the script by which SHELL completes commands, options and their values, scenarios, plans and tables.

    Append it to ~/.bashrc (bash 4.4 or newer) or ~/.zshrc (after compinit), or write it to the file
    ~/.config/fish/completions/optimizer.fish.
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root().command
    kind = get_completion_class(shell)
    assert kind is not None  # click knows each of SHELLS
    # Without asking the shell for its version, as `source` does: it need not be the one that reads the script.
    maker = kind(root, {}, "optimizer", VARIABLE)
    script = maker.source_template % maker.source_vars()
    if as_json:
        print_json("completion", shell=shell, script=script)
    else:
        say(script)
