"""Reading what a terminal shows: patterns for sentences; lines joined to sections, bars, points and tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest

ANALYSES = (
    "focus", "representation", "beneficiaries", "matrix", "sector", "principles", "direction", "care-act",
    "measurement", "reporting", "overlap", "appraisal", "testimony", "involvement", "lasting", "intersections",
    "currency", "claims", "recommendations",
)  # fmt: skip


# Patterns: fixed words with numbers of the recount in them.


class Rx(str):
    """A regular expression; any other text in a pattern matches literally."""

    __slots__ = ()


def pat(template: str, *parts: object) -> Rx:
    """The template with a part for each ``{}``: an expression, or a number or word, which matches literally."""
    texts = template.split("{}")
    assert len(texts) == len(parts) + 1, template
    escaped = [p if isinstance(p, Rx) else re.escape(str(p)) for p in parts]
    return Rx("".join(f"{re.escape(t)}{p}" for t, p in zip(texts, [*escaped, ""], strict=True)))


def joined(parts: Iterable[str], between: str = "") -> Rx:
    return Rx(re.escape(between).join(p if isinstance(p, Rx) else re.escape(p) for p in parts))


def one_of(values: Iterable[str]) -> Rx:
    return Rx(f"(?:{'|'.join(map(re.escape, dict.fromkeys(values)))})")


ANY = Rx(".+")


def near(value: float) -> tuple[float, ...]:
    """A number and the two a rounding error below and above; shares of 0 and 1 are exact."""
    return (value,) if value in (0, 1) else (value - 1e-9, value, value + 1e-9)


def percent(share: float) -> Rx:
    """A share in whole percent; what only rounds to 0 or to 100 says so."""
    return one_of(map(_percent, near(share)))


def _percent(share: float) -> str:
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1%"
    return "over 99%" if whole == 100 and share < 1 else f"{whole}%"


def decimals(value: float, digits: int = 2) -> Rx:
    return one_of(f"{v:.{digits}f}" for v in near(value))


def many(n: int, noun: str, others: str = "") -> str:
    """A number with its noun."""
    if n == 1:
        return f"1 {noun}"
    return f"{n} {others or (noun[:-1] + 'ies' if noun.endswith('y') else noun + 's')}"


def listing(words: Sequence[str]) -> str:
    """Words in a row, with semicolons where one of them holds a comma."""
    if len(words) < 2:
        return "".join(words)
    comma = any("," in w for w in words)
    between, last = ("; ", "; and ") if comma else (", ", " and ")
    return f"{between.join(words[:-1])}{last}{words[-1]}"


def small(label: str) -> str:
    """A label inside a sentence."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def matched(pattern: str, text: str, where: str) -> re.Match[str]:
    """Fail with both, where a text is not wholly what the pattern says."""
    found = re.fullmatch(pattern, text)
    if found is None:
        pytest.fail(
            f"{where} is not true, or is not known\n  printed:  {text}\n  expected: {pattern_in_words(pattern)}"
        )
    return found


def pattern_in_words(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", pattern)


# Reading what was printed.


@dataclass
class Bar:
    """One share drawn as a line of text."""

    label: str
    drawn: str
    short: str
    detail: str = ""


@dataclass
class Point:
    """One point of a list, with the command below it."""

    text: str
    command: str = ""


@dataclass
class Section:
    """A heading with what is printed below it."""

    words: str
    bars: list[Bar] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    tables: list[list[str]] = field(default_factory=list)


@dataclass
class Screen:
    """A whole output."""

    lead: str
    sections: list[Section]

    def of(self, start: str) -> Section:
        """The section whose heading begins so."""
        [found] = [s for s in self.sections if s.words.startswith(start)]
        return found

    def has(self, start: str) -> bool:
        return any(s.words.startswith(start) for s in self.sections)


_NAMES = "|".join(a.upper() for a in ANALYSES)
_HEADING = re.compile(
    rf"(?:{_NAMES}): |MOST IMPORTANT GAPS|[A-Z][A-Z ]+(?:\(|$)|Gap thresholds|No gap rule|c\d+: section "
)
_BAR = re.compile(r"(.{24}) ([█?·\[\]]{18}) (.*)")


def screen(printed: str) -> Screen:
    """Title and lead, then the sections with their tables."""
    lead, *blocks = printed.rstrip("\n").split("\n\n")
    found: list[Section] = []
    for block in blocks:
        lines = block.split("\n")
        if _HEADING.match(lines[0]):
            found.append(_section(lines))
        else:
            found[-1].tables.append(lines)
    return Screen(" ".join(lead.split("\n")), found)


def _section(lines: list[str]) -> Section:
    section = Section("")
    for line in lines:
        drawn = _BAR.fullmatch(line)
        if drawn:
            section.bars.append(Bar(drawn[1].strip(), drawn[2], drawn[3]))
        elif line.startswith("- "):
            section.points.append(Point(line[2:]))
        elif section.points:
            _continue(section.points[-1], line)
        elif section.bars:
            section.bars[-1].label = f"{section.bars[-1].label} {line[:24].strip()}".strip()
            section.bars[-1].detail = f"{section.bars[-1].detail} {line[25:].strip()}".strip()
        else:
            section.words = f"{section.words} {line}".strip()
    return section


def _continue(point: Point, line: str) -> None:
    assert line.startswith("  "), line
    if line.startswith("  coprod-review "):
        point.command = line.strip()
    else:
        point.text += f" {line.strip()}"


def points_of(lines: Iterable[str]) -> list[str]:
    """The points of a list in a table that no grid could hold."""
    return [p.text for p in _section(list(lines)).points]
