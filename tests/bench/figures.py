"""The figures of the benchmark: how they are reckoned, judged and shown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of all values do not exceed; raises ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("there is nothing to take a percentile of")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def growth(late: Sequence[float], early: Sequence[float]) -> float:
    """How many times longer the median late turn takes than the median early one."""
    return statistics.median(late) / statistics.median(early)


def rates(moments: Iterable[float], begin: float, seconds: float, width: float) -> list[float]:
    """Events per second in each whole window of `width` seconds from `begin` on."""
    counts = [0] * int(seconds / width)
    for moment in moments:
        number = math.floor((moment - begin) / width)
        if 0 <= number < len(counts):
            counts[number] += 1
    return [count / width for count in counts]


@dataclass(frozen=True)
class Figure:
    """One line of the table. `asked` is None for what is only compared."""

    key: str
    name: str
    reached: float | None
    unit: str = ""
    asked: float | None = None
    better: Literal["less", "more"] = "less"
    digits: int = 0

    @property
    def met(self) -> bool | None:
        """Whether the figure is as asked; None where nothing was asked or measured."""
        if self.asked is None or self.reached is None:
            return None
        return self.reached <= self.asked if self.better == "less" else self.reached >= self.asked

    def asked_text(self) -> str:
        """`at most 60 ms`, or nothing."""
        if self.asked is None:
            return ""
        return f"{'at most' if self.better == 'less' else 'at least'} {self.asked:g} {self.unit}".strip()

    def reached_text(self) -> str:
        """`23 ms`."""
        if self.reached is None:
            return "not measured"
        return f"{self.reached:.{self.digits}f} {self.unit}".strip()


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned text."""
    marks = {True: "yes", False: "NO", None: ""}
    rows = [("", "asked", "reached", "met")]
    rows += [(f.name, f.asked_text(), f.reached_text(), marks[f.met]) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "-" * (sum(widths) + 6))
    return "\n".join(lines)


def as_json(figures: Sequence[Figure], **context: Any) -> dict[str, Any]:
    """What var/bench.json holds."""
    rows = {}
    for figure in figures:
        row = asdict(figure)
        row["met"] = figure.met
        rows[row.pop("key")] = row
    return {**context, "figures": rows}
