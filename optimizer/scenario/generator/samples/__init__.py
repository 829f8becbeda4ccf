"""The sample scenarios: written by code, from seeds, so that the committed tables can be made again."""

from collections.abc import Callable
from pathlib import Path

from optimizer.errors import UsageError
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
    """The samples by name. Called with `data`, `skus` or `seed` they raise UsageError where their tables are fixed;
    all may be given a folder of real data, which only those look at that are built from it.
    """
    return {**{name: _fixed(name, made) for name, made in COMMITTED.items()}, "online-retail": online_retail}


def _fixed(name: str, made: Callable[[], Scenario]) -> Callable[..., Scenario]:
    def preset(data: str | Path | None = None, **options: object) -> Scenario:
        if options:
            raise UsageError(f"The tables of {name} are fixed: it does not take {' or '.join(options)}.")
        return made()

    return preset
