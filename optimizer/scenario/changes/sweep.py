"""The values of a sweep: `from:to:step`, both ends included, or a list such as `0,0.5,1`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

#: More plans than these are no question of a morning.
MOST_STEPS = 100


class NoSweep(ValueError):
    """Values that are none: rule and remedy."""

    def __init__(self, rule: str, remedy: str) -> None:
        self.rule, self.remedy = rule, remedy
        super().__init__(rule)


def sweep_values(text: str) -> list[str]:
    """The values, as texts with no more digits than were written: 0:1:0.1 has 0.3, not 0.30000000000000004.

    Raises NoSweep.
    """
    parts = text.split(":")
    if len(parts) == 1:
        values = [_number(part) for part in text.split(",")]
    elif len(parts) == 3:
        values = _steps(*(_number(part) for part in parts))
    else:
        raise NoSweep(f"{text!r} is neither from:to:step nor a list", "Write it as in 0:1:0.1, or 0,0.5,1")
    if len(values) > MOST_STEPS:
        raise NoSweep(f"it has {len(values)} steps, and at most {MOST_STEPS} are planned", "Take larger steps")
    return list(dict.fromkeys(f"{value.normalize():f}" for value in values))


def _steps(first: Decimal, last: Decimal, step: Decimal) -> list[Decimal]:
    if not step:
        raise NoSweep("the step is 0, which leads nowhere", "Write a step other than 0")
    if (last - first) / step < 0:
        raise NoSweep(f"steps of {step} do not lead from {first} to {last}", "Turn the sign of the step")
    count = int((last - first) / step) + 1
    return [first + step * place for place in range(min(count, MOST_STEPS + 1))]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise NoSweep(f"{text.strip()!r} is not a number", "Write digits, with a point before the decimals") from error
    if not number.is_finite() or abs(number) > 10**12:
        raise NoSweep(f"{text.strip()!r} is no number to plan with", "Write a smaller number")
    return number
