"""The sample scenarios: written by code, from seeds, so that the committed tables can be made again."""

from collections.abc import Callable

from optimizer.scenario.generator.samples.multi_market import multi_market
from optimizer.scenario.generator.samples.small_seller import small_seller
from optimizer.scenario.generator.samples.temu_migration import temu_migration
from optimizer.scenario.scenario import Scenario


def presets() -> dict[str, Callable[[], Scenario]]:
    """The samples whose tables are committed, by name."""
    return {"temu-migration": temu_migration, "small-seller": small_seller, "multi-market": multi_market}
