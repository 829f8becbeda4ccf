"""Dated tables: exchange, freight, rent, handling. Amounts come out in the scenario's currency."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.errors import OptimizerError
from tests.oracle.facts import Facts, Row

ALWAYS = 0


class Dated:
    """Rows with equal key and `valid_from` form a table; the latest that has begun is in force, whole."""

    def __init__(self, rows: list[Row], *key: str) -> None:
        self._tables: dict[tuple[str, ...], dict[int, list[Row]]] = {}
        for row in rows:
            tables = self._tables.setdefault(tuple(row[column] for column in key), {})
            tables.setdefault(row["valid_from"] or ALWAYS, []).append(row)

    def in_force(self, day: int, *key: str) -> list[Row]:
        """The rows of the table in force; none if there is none."""
        tables = self._tables.get(key, {})
        begun = [first for first in tables if first <= day]
        return tables[max(begun)] if begun else []


class Exchange:
    """What foreign money is worth."""

    def __init__(self, facts: Facts, home: str) -> None:
        self._home = home
        self._rates = Dated(facts.rows["exchange_rates"], "currency")

    def rate(self, currency: str, day: int) -> float:
        """Money of the scenario for one unit of a currency."""
        if currency in ("", self._home):
            return 1.0
        rows = self._rates.in_force(day, currency)
        if not rows:
            raise OptimizerError(f"There is no exchange rate of {currency} on that day.")
        return rows[0]["rate"]


@dataclass(frozen=True)
class Bracket:
    """A bracket of a table per kg or m3; `least` is what is charged at least when it is used."""

    from_quantity: float
    rate: float
    least: float


@dataclass(frozen=True)
class Tariff:
    """What a departure costs: brackets per basis, the divisor of basis kg, rates per case, container and departure."""

    brackets: dict[str, list[Bracket]]
    divisor: float | None
    per_case: float
    per_container: dict[str, float]
    per_departure: float

    def switched(self, basis: str) -> bool:
        """Whether a table has breaks or a minimum."""
        brackets = self.brackets[basis]
        return len(brackets) > 1 or brackets[0].least > 0


class Freight:
    """Tariffs by lane and day."""

    def __init__(self, facts: Facts, exchange: Exchange) -> None:
        self._rates = Dated(facts.rows["freight_rates"], "lane", "basis", "container_type")
        self._types = [row["container_type"] for row in facts.rows["container_types"]]
        self._exchange = exchange

    def tariff(self, lane: str, day: int) -> Tariff:
        """What is in force on a lane on a day."""
        brackets = {basis: self._brackets(lane, basis, day) for basis in ("kg", "m3")}
        divisors = [row["volumetric_divisor"] for row in self._rates.in_force(day, lane, "kg", "")]
        containers = {kind: self._flat(lane, "container", kind, day) for kind in self._types}
        return Tariff(
            brackets={basis: table for basis, table in brackets.items() if table},
            divisor=divisors[0] if divisors else None,
            per_case=self._flat(lane, "case", "", day) or 0.0,
            per_container={kind: rate for kind, rate in containers.items() if rate is not None},
            per_departure=self._flat(lane, "departure", "", day) or 0.0,
        )

    def _flat(self, lane: str, basis: str, container_type: str, day: int) -> float | None:
        rows = self._rates.in_force(day, lane, basis, container_type)
        return rows[0]["rate"] * self._exchange.rate(rows[0]["currency"], day) if rows else None

    def _brackets(self, lane: str, basis: str, day: int) -> list[Bracket]:
        found = []
        for row in sorted(self._rates.in_force(day, lane, basis, ""), key=lambda row: row["from_quantity"]):
            least = max(row["from_quantity"], row["minimum_charge"] / row["rate"] if row["minimum_charge"] else 0.0)
            rate = row["rate"] * self._exchange.rate(row["currency"], day)
            found.append(Bracket(row["from_quantity"], rate, least))
        return found


class Rent:
    """Rent by location, day and age."""

    def __init__(self, facts: Facts, exchange: Exchange) -> None:
        self._rates = Dated(facts.rows["storage_rates"], "location")
        self._exchange = exchange

    def tiers(self, location: str, day: int) -> list[tuple[int, float]]:
        """Ages from which a rent per m3 and day holds, from age 0 on; empty where there is no rent."""
        rows = self._rates.in_force(day, location)
        tiers = sorted(
            (row["from_age_days"], row["per_m3_day"] * self._exchange.rate(row["currency"], day)) for row in rows
        )
        return [(0, 0.0), *tiers] if tiers and tiers[0][0] > 0 else tiers

    def of_a_wait(self, location: str, day: int, days: float) -> float:
        """Rent of a m3 that is received on a day and waits, at the tiers of that day."""
        tiers = self.tiers(location, day)
        rent = 0.0
        for number, (age, rate) in enumerate(tiers):
            until = tiers[number + 1][0] if number + 1 < len(tiers) else days
            rent += rate * max(0.0, min(until, days) - age)
        return rent


class Handling:
    """What receiving costs, by location and day."""

    def __init__(self, facts: Facts, exchange: Exchange) -> None:
        self._rates = Dated(facts.rows["handling_rates"], "location", "basis", "container_type")
        self._by_container = {row["location"] for row in facts.rows["handling_rates"] if row["basis"] == "container"}
        self._exchange = exchange

    def by_container(self, location: str, tariff: Tariff) -> bool:
        """Whether goods on a lane with that tariff are received by the container."""
        return bool(tariff.per_container) and location in self._by_container

    def per_container(self, location: str, container_type: str, day: int) -> float:
        """Rate of that type, else of any type, else nothing."""
        rows = self._rates.in_force(day, location, "container", container_type)
        return self._money(rows or self._rates.in_force(day, location, "container", ""), day)

    def per_unit(self, location: str, sku: Row, day: int) -> float:
        """Rates per case and per m3 on a loose unit."""
        per_case = self._money(self._rates.in_force(day, location, "case", ""), day)
        per_m3 = self._money(self._rates.in_force(day, location, "m3", ""), day)
        return (per_case / sku["case_pack"] if per_case else 0.0) + per_m3 * sku["unit_volume_m3"]

    def _money(self, rows: list[Row], day: int) -> float:
        return rows[0]["rate"] * self._exchange.rate(rows[0]["currency"], day) if rows else 0.0
