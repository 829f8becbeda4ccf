"""What a check found: the first violations of a rule in words, the rest as a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Violations of one rule that are told one by one.
TOLD = 10


@dataclass(frozen=True)
class Finding:
    """`count` violations of a rule; `told` has the first ones, each with its place in the order of all."""

    rule: str
    count: int
    told: tuple[tuple[tuple, str], ...] = ()

    def sentences(self) -> list[str]:
        """A sentence for each of the first violations, and one for all others."""
        rest = self.count - len(self.told)
        return [sentence for _, sentence in self.told] + ([f"{self.rule}: and {rest} more."] if rest else [])


def said(rule: str, sentences: Sequence[str]) -> Finding:
    """A finding in ready sentences, all of which are told."""
    return Finding(rule, len(sentences), tuple(((place,), text) for place, text in enumerate(sentences)))


def together(parts: Iterable[Finding]) -> Finding:
    """What was found in several slices, told as if they had been looked at as one."""
    found = [part for part in parts if part.count]
    if len(found) < 2:
        return found[0] if found else Finding("", 0)
    told = sorted((one for part in found for one in part.told), key=lambda one: one[0])
    return Finding(found[0].rule, sum(part.count for part in found), tuple(told[:TOLD]))


def all_together(parts: Sequence[Sequence[Finding]]) -> list[str]:
    """The sentences of lists of equal length, one of each slice, whose findings are of the same checks."""
    return [sentence for findings in zip(*parts, strict=True) for sentence in together(findings).sentences()]
