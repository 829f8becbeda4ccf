"""`optimizer verify`: does a plan keep every rule, and do its costs add up?"""

from __future__ import annotations

import click

from optimizer.cli.options import Place, common, example
from optimizer.cli.output import print_json, say


@click.command(
    short_help="Check a plan folder: every rule, every cost line.",
    epilog=example("optimizer verify plans/temu-migration"),
)
@click.argument("plan", type=Place("plan"))
@common
def verify(plan: str, as_json: bool, quiet: bool, debug: bool) -> None:
    """Recompute every rule and every cost line of the plan folder PLAN from its inputs alone."""
    from optimizer.errors import PlanBroken
    from optimizer.plan.folder import read_plan
    from optimizer.plan.verify import verify as violations_of

    made = read_plan(plan)
    if violations := violations_of(made):
        raise PlanBroken(violations)
    if as_json:
        print_json("verify", plan=str(plan), violations=[], total_cost=made.total_cost, bound=made.bound)
    else:
        say(f"The plan keeps every rule; its costs add up to {made.total_cost:,.2f} {made.scenario.settings.currency}.")
