"""The world of the generated catalogues: countries, warehouses and regions, all illustrative."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.scenario.generator.spec import WAREHOUSES, Spec

#: Written into the notes of tables with rates.
SOURCE = "illustrative, modelled on 2025-26 price lists"


@dataclass(frozen=True)
class Warehouse:
    """A warehouse: what it is called, where it stands and in which currency it bills."""

    code: str
    name: str
    kind: str
    country: str
    currency: str


@dataclass(frozen=True)
class Region:
    """Customers of one zone and channel: `weight` is the market's share of demand, `presence` the share of SKUs sold
    there.

    `warehouses` serve it locally, the nearest first; with none of them it gets parcels from home.
    """

    code: str
    name: str
    country: str
    channel: str
    weight: float
    presence: float
    price_level: float
    return_rate: float
    platform_fee_rate: float
    warehouses: tuple[str, ...]


#: country -> (customs territory, currency)
COUNTRIES = {
    "CN": ("CN", "CNY"),
    "VN": ("VN", "USD"),
    "US": ("US", "USD"),
    "GB": ("UK", "GBP"),
    "DE": ("EU", "EUR"),
    "FR": ("EU", "EUR"),
    "IE": ("EU", "EUR"),
    "ES": ("EU", "EUR"),
    "JP": ("JP", "JPY"),
    "CA": ("CA", "CAD"),
    "AU": ("AU", "AUD"),
    "XX": ("XX", "USD"),  # all other countries together
}

DOMESTIC = (
    Warehouse("CN-S", "Shenzhen", "domestic", "CN", "CNY"),
    Warehouse("CN-E", "Ningbo", "domestic", "CN", "CNY"),
)

OVERSEAS = (
    Warehouse("US-W", "Los Angeles", "overseas", "US", "USD"),
    Warehouse("US-E", "New Jersey", "overseas", "US", "USD"),
    Warehouse("UK", "Birmingham", "overseas", "GB", "GBP"),
    Warehouse("DE", "Duisburg", "overseas", "DE", "EUR"),
    Warehouse("JP", "Chiba", "overseas", "JP", "JPY"),
    Warehouse("US-FBA", "marketplace fulfilment, US", "marketplace", "US", "USD"),
    Warehouse("CA", "Toronto", "overseas", "CA", "CAD"),
    Warehouse("AU", "Melbourne", "overseas", "AU", "AUD"),
)

REGIONS = (
    Region(
        "US-West-temu", "US west, Temu semi-managed", "US", "temu-semi", 0.20, 0.90, 1.00, 0.04, 0.08, ("US-W", "US-E")
    ),
    Region(
        "US-East-temu", "US east, Temu semi-managed", "US", "temu-semi", 0.26, 0.90, 1.00, 0.04, 0.08, ("US-E", "US-W")
    ),
    Region("US-amazon", "US, Amazon", "US", "amazon", 0.18, 0.40, 1.12, 0.06, 0.15, ("US-FBA", "US-W", "US-E")),
    Region("US-shop", "US, own shop", "US", "own shop", 0.06, 0.30, 1.08, 0.05, 0.04, ("US-W", "US-E")),
    Region("UK-temu", "UK, Temu semi-managed", "GB", "temu-semi", 0.10, 0.45, 0.95, 0.05, 0.08, ("UK",)),
    Region("DE-temu", "Germany, Temu semi-managed", "DE", "temu-semi", 0.10, 0.45, 0.96, 0.09, 0.08, ("DE",)),
    Region("DE-amazon", "Germany, Amazon", "DE", "amazon", 0.07, 0.30, 1.08, 0.11, 0.15, ("DE",)),
    Region("FR-temu", "France, Temu semi-managed", "FR", "temu-semi", 0.06, 0.35, 0.94, 0.07, 0.08, ("DE",)),
    Region("JP-amazon", "Japan, Amazon", "JP", "amazon", 0.06, 0.30, 0.85, 0.03, 0.15, ("JP",)),
    Region("CA-temu", "Canada, Temu semi-managed", "CA", "temu-semi", 0.05, 0.35, 0.95, 0.05, 0.08, ("CA",)),
    Region("AU-shop", "Australia, own shop", "AU", "own shop", 0.04, 0.30, 1.00, 0.04, 0.04, ("AU",)),
    Region("UK-web", "UK, web shop", "GB", "web shop", 0.84, 1.00, 1.00, 0.03, 0.03, ("UK",)),
    Region("IE-web", "Ireland, web shop", "IE", "web shop", 0.03, 0.60, 1.00, 0.03, 0.03, ("DE",)),
    Region("DE-web", "central EU, web shop", "DE", "web shop", 0.08, 0.80, 1.00, 0.05, 0.03, ("DE",)),
    Region("FR-web", "France, web shop", "FR", "web shop", 0.02, 0.60, 1.00, 0.04, 0.03, ("DE",)),
    Region("ES-web", "south and north of the EU, web shop", "ES", "web shop", 0.02, 0.60, 1.00, 0.04, 0.03, ("DE",)),
    Region("World-web", "other countries, web shop", "XX", "web shop", 0.01, 0.50, 1.00, 0.02, 0.03, ()),
)


def domestic(spec: Spec) -> tuple[Warehouse, ...]:
    """The warehouses at home; the first one also sends direct mail."""
    return DOMESTIC[: spec.domestic]


def overseas(spec: Spec) -> tuple[Warehouse, ...]:
    """The warehouses near customers."""
    wanted = spec.warehouses or WAREHOUSES[: spec.overseas]
    return tuple(place for place in OVERSEAS if place.code in wanted)


def regions(spec: Spec) -> tuple[Region, ...]:
    """The customers that at least one of the warehouses serves locally, or that have none anywhere."""
    there = {warehouse.code for warehouse in overseas(spec)}
    sold = [region for region in REGIONS if region.channel in spec.channels]
    return tuple(region for region in sold if not region.warehouses or there.intersection(region.warehouses))


def nearest(spec: Spec, region: Region) -> str:
    """The warehouse that is nearest to a region among those that there are; empty where none serves it."""
    there = {warehouse.code for warehouse in overseas(spec)}
    return next((code for code in region.warehouses if code in there), "")


def territories(spec: Spec) -> list[str]:
    """Customs territories abroad where stock stands or customers are."""
    countries = [place.country for place in overseas(spec)] + [region.country for region in regions(spec)]
    return list(dict.fromkeys(COUNTRIES[country][0] for country in countries))
