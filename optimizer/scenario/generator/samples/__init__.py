"""The sample scenarios: written by code, from seeds, so that the committed tables can be made again."""

from collections.abc import Callable

from optimizer.scenario.generator.samples.multi_market import multi_market
from optimizer.scenario.generator.samples.online_retail import online_retail
from optimizer.scenario.generator.samples.small_seller import small_seller
from optimizer.scenario.generator.samples.temu_migration import temu_migration
from optimizer.scenario.scenario import Scenario

#: The samples whose tables are committed.
COMMITTED: dict[str, Callable[[], Scenario]] = {
    "temu-migration": temu_migration,
    "small-seller": small_seller,
    "multi-market": multi_market,
}


def presets() -> dict[str, Callable[..., Scenario]]:
    """The samples by name; a preset that is built from real data takes its folder, a number of SKUs and a seed."""
    return {**COMMITTED, "online-retail": online_retail}
