"""What a measurement came to: both sides of it, their ratio, the target it is held to; as a Markdown table and JSON."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

T = TypeVar("T")

HEADINGS: Final = ("", "n", "Parley", "beside it", "", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Target:
    """The bound on a ratio, or where `absolute` on the figure itself; `number` is that of the list of targets."""

    number: str
    sign: Literal["<=", ">="]
    limit: float
    absolute: bool = False

    def __str__(self) -> str:
        return f"{self.number}: {self.sign} {self.limit:g}"

    def met_by(self, value: float) -> bool:
        """True when the value keeps the bound."""
        return value <= self.limit if self.sign == "<=" else value >= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; the samples of both sides were taken in turn."""

    group: str
    what: str
    unit: str
    ours: Sequence[float]
    beside: str = ""
    """What it is measured beside; nothing where nothing compares."""
    theirs: Sequence[float] = ()
    target: Target | None = None
    paired: bool = True
    """True when the n-th sample of one side belongs to the n-th of the other: then the ratio is that of the pairs."""
    percent: int = 50
    """The percentile that is told; 50 is the median."""

    @property
    def value(self) -> float:
        """The median, or the percentile asked for."""
        return percentile(self.ours, self.percent)

    @property
    def ratios(self) -> list[float]:
        """The ratios of the pairs, or the one of the two values."""
        if not self.theirs:
            return []
        if self.paired:
            return [our / their for our, their in zip(self.ours, self.theirs, strict=True) if their]
        base = percentile(self.theirs, self.percent)
        return [self.value / base] if base else []

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one, or where nothing could be compared."""
        if self.target is None:
            return None
        if self.target.absolute:
            return self.target.met_by(self.value)
        return self.target.met_by(statistics.median(self.ratios)) if self.ratios else None

    def cells(self) -> tuple[str, ...]:
        """The cells of the line under HEADINGS."""
        ratios = self.ratios
        return (
            self.what,
            str(len(self.ours)),
            f"{_spread(self.ours, self.percent)} {self.unit}",
            self.beside,
            _spread(self.theirs, self.percent) if self.theirs else "",
            f"{statistics.median(ratios):.2f}{_range(ratios, 2)}" if ratios else "",
            str(self.target or ""),
            {True: "yes", False: "NO", None: ""}[self.met],
        )

    def as_json(self) -> Mapping[str, object]:
        """Everything that is known of it, the samples included."""
        return {
            "group": self.group,
            "what": self.what,
            "unit": self.unit,
            "value": self.value,
            "percentile": self.percent,
            "samples": list(self.ours),
            "beside": self.beside,
            "beside_samples": list(self.theirs),
            "ratios": self.ratios,
            "target": str(self.target or ""),
            "met": self.met,
        }


def percentile(samples: Sequence[float], percent: int) -> float:
    """The value that so many percent of the samples do not exceed."""
    if percent == 50:
        return statistics.median(samples)
    return sorted(samples)[min(len(samples) * percent // 100, len(samples) - 1)]


def in_turn(rounds: int, sides: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """What every side gives, A B A B ..., so that whatever else the machine does meets all alike."""
    found: dict[str, list[T]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            found[name].append(side())
    return found


def table(figures: Iterable[Figure]) -> str:
    """The figures as Markdown, a table for each group."""
    groups: dict[str, list[Figure]] = {}
    for each in figures:
        groups.setdefault(each.group, []).append(each)
    return "\n\n".join(f"### {name}\n\n{_markdown(each)}" for name, each in groups.items())


def _markdown(figures: Sequence[Figure]) -> str:
    lines = [
        HEADINGS,
        ("---", *("---:",) * 2, "---", *("---:",) * 2, "---", "---"),
        *(each.cells() for each in figures),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _spread(samples: Sequence[float], percent: int) -> str:
    value = percentile(samples, percent)
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}{_range(samples, places) if percent == 50 else ''}"


def _range(samples: Sequence[float], places: int) -> str:
    """From the least to the greatest, where there is more than one."""
    low, high = min(samples), max(samples)
    return f" ({low:,.{places}f}–{high:,.{places}f})" if len(samples) > 1 else ""
