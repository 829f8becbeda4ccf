"""The list of all tables: the one source of checks, docs, templates and the generator."""

from optimizer.scenario.columns import Table
from optimizer.scenario.tables import goods, lanes, paths, places, rates, state

TABLES: tuple[Table, ...] = (
    goods.SKUS,
    goods.PRICES,
    goods.SOURCING,
    goods.SUPPLIERS,
    places.COUNTRIES,
    places.LOCATIONS,
    places.REGIONS,
    places.STOCK_TARGETS,
    lanes.LANES,
    lanes.CLOSURES,
    lanes.DELIVERY_LANES,
    lanes.DELIVERY_PATIENCE,
    lanes.LOCKS,
    lanes.LAST_PLAN,
    rates.FREIGHT_RATES,
    rates.CONTAINER_TYPES,
    rates.STORAGE_RATES,
    rates.HANDLING_RATES,
    rates.DUTY_RATES,
    rates.EXCHANGE_RATES,
    state.OPENING_STOCK,
    state.IN_TRANSIT,
    state.DEMAND,
    state.SALES,
    state.EVENTS,
    paths.PATHS,
    paths.PATH_DEMAND,
    paths.PATH_DELAYS,
)

SCHEMA: dict[str, Table] = {table.name: table for table in TABLES}
