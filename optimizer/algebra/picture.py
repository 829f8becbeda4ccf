"""A program as a picture of its blocks."""

from __future__ import annotations

import numpy as np

from optimizer.algebra.program import Program


def picture(program: Program) -> str:
    """Bands down, families of variables across, the number of non-zeros where a block stands; sizes at the margins."""
    families = [family for family in program.variables if len(family)]
    width = max([len(name) for name in (*program.bands, *program.costs)], default=8) + 2
    head = [_line("", [f"[{number}]" for number in range(1, len(families) + 1)], "rows", width)]
    body = [
        _line(
            ("* " if name in program.linking else "  ") + name,
            _counts(band.expression.terms, families),
            f"{len(band):,}",
            width + 2,
        )
        for name, band in program.bands.items()
        if len(band)
    ]
    costs = [
        _line("  " + line, ["$" if count else "" for count in _counts(linear.terms, families)], "", width + 2)
        for line, linear in program.costs.items()
    ]
    legend = [
        f"[{number}] {family.name}: {len(family):,} {'whole ' if np.any(family.integer) else ''}variables"
        for number, family in enumerate(families, 1)
    ]
    head[0] = "  " + head[0]
    return "\n".join(
        [
            *head,
            *body,
            "",
            "cost lines ($)",
            *costs,
            "",
            *legend,
            "",
            _totals(program),
            "* ties SKUs together (linking rows)",
        ]
    )


def _counts(terms, families) -> list[str]:
    sizes: dict[str, int] = {}
    for name, block in terms:
        values = block if isinstance(block, np.ndarray) else block.data
        sizes[name] = sizes.get(name, 0) + int(np.count_nonzero(values))
    return [_short(sizes.get(family.name, 0)) for family in families]


def _short(count: int) -> str:
    if count == 0:
        return ""
    return str(count) if count < 10_000 else f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1e6:.1f}M"


def _line(name: str, cells: list[str], size: str, width: int) -> str:
    return name.ljust(width) + "".join(cell.rjust(6) for cell in cells) + size.rjust(10)


def _totals(program: Program) -> str:
    form = program.standard_form()
    return (
        f"{form.matrix.shape[0]:,} rows, {form.matrix.shape[1]:,} columns ({int(form.integer.sum()):,} whole), "
        f"{form.matrix.nnz:,} non-zeros"
    )
