"""A shop with history: one SKU, a home, a warehouse in the west that ships of two speeds lead to, and customers."""

import datetime as dt

from optimizer.scenario.scenario import Scenario
from tests.formulation.toys import MONDAY, toy

#: Days that nine of ten ships keep.
P90_SEA, P90_AIR = {"lead_time_p90_days": 30}, {"lead_time_p90_days": 9}


def shop(units=None, weeks: int = 30, skus: str = "A", late: bool = True) -> Scenario:
    """Sales of so many weeks that end the day before the first one; 12 units a week, more in every fourth. `late`:
    ships may be, and the lanes say how much.
    """
    units = units or [12 + 6 * (week % 4 == 0) for week in range(weeks)]
    first = MONDAY - dt.timedelta(weeks=len(units))
    lane = {"origin": "home", "destination": "west", "duty_included": True}
    return toy(
        periods=(7,) * 6,
        demand=[],
        skus=[{"sku": sku} for sku in skus],
        prices=[{"sku": sku, "region": "W", "price": 20} for sku in skus],
        locations=[
            {"location": "maker", "kind": "supplier", "country": "CN"},
            {"location": "home", "kind": "domestic", "country": "CN"},
            {"location": "west", "kind": "overseas", "country": "US"},
        ],
        sourcing=[{"sku": sku, "supplier": "maker", "unit_cost": 5, "production_days": 7} for sku in skus],
        suppliers=[{"supplier": "maker"}],
        lanes=[
            {"lane": "truck", "origin": "maker", "destination": "home", "lead_time_days": 2},
            {"lane": "sea", "lead_time_days": 21, **lane, **(P90_SEA if late else {})},
            {"lane": "air", "lead_time_days": 7, **lane, **(P90_AIR if late else {})},
        ],
        freight_rates=[{"lane": "sea", "basis": "m3", "rate": 50}, {"lane": "air", "basis": "m3", "rate": 300}],
        storage_rates=[{"location": "west", "from_age_days": 0, "per_m3_day": 0.5}],
        opening_stock=[
            stock
            for sku in skus
            for stock in (
                {"location": "home", "sku": sku, "units": 60},
                {"location": "west", "sku": sku, "units": 40, "received_on": MONDAY - dt.timedelta(days=20)},
            )
        ],
        sales=[
            {"sku": sku, "region": "W", "date": first + dt.timedelta(weeks=week), "days": 7, "units": amount}
            for sku in skus
            for week, amount in enumerate(units)
        ],
    )
