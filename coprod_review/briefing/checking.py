"""Whether a briefing still holds: every mark in it worked out again from the base, and what no mark holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coprod_review.briefing.marks import Edited, Found, read_html, read_markdown
from coprod_review.briefing.passages import Passage, say
from coprod_review.briefing.seals import numbers, seal
from coprod_review.briefing.source import Source
from coprod_review.errors import CoprodReviewError, UnknownName, UnreadableFile
from coprod_review.wording import day, listed, plural, visible

READERS = {".md": read_markdown, ".markdown": read_markdown, ".html": read_html, ".htm": read_html}
"""How a briefing is read, by the suffix of its file."""
_MOST = 20 * 2**20
"""Bytes of a briefing at most."""


_STANDS = seal((), "active")
"""The seal of a study that stands; a citation by its key alone has none of its own."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that no longer holds, or cannot be checked, at a line."""

    line: int
    message: str


def read(path: Path) -> Edited:
    """A briefing from a file. Raises ``UnreadableFile`` where it is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"{path} cannot be checked: only briefings in Markdown (.md) or HTML (.html) can.")
    found = reader(_text(path))
    if not found.record and not any(mark.seal for mark in found.found):
        raise UnreadableFile(f"{path} holds no mark of a briefing, so there is nothing to check it by.")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST:
            raise UnreadableFile(f"{path} has more than {_MOST // 2**20} MiB, so it is no briefing of this program.")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None


def since_of(briefing: Edited) -> str:
    """The earlier state that a briefing compares with; empty for most."""
    return str(_record(briefing).get("since", ""))


def _record(briefing: Edited) -> dict[str, object]:
    try:
        held = json.loads(briefing.record or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def check(briefing: Edited, source: Source) -> tuple[Doubt, ...]:
    """Everything that no longer holds, in the order of the lines."""
    doubts = [
        *_about_the_base(briefing, source),
        *(Doubt(briefing.line(m.start), told) for m in briefing.found if (told := _doubt(briefing, m, source))),
        *(Doubt(line, _unmarked(number, sentence)) for line, number, sentence in briefing.loose()),
    ]
    return tuple(sorted(doubts, key=lambda doubt: doubt.line))


def _about_the_base(briefing: Edited, source: Source) -> Iterator[Doubt]:
    record, about = _record(briefing), source.framework.about
    if not record:
        yield Doubt(1, "the record of what made this briefing is lost, so its base is not known: write it again.")
        return
    then = (record.get("base"), record.get("version"), record.get("as_of"))
    if then != (about.name, about.version, about.as_of):
        name, version, date = (visible(str(part))[:80] for part in then)
        yield Doubt(
            1,
            f"written from base {name} {version} ({day(date)}), and this is {about.name} {about.version} "
            f"({day(about.as_of)}): read it again, and write it again.",
        )


def _doubt(briefing: Edited, mark: Found, source: Source) -> str:
    """What is wrong with one marked passage; empty where it holds."""
    try:
        passage = say(source, mark.kind, mark.key)
    except UnknownName as error:
        return f"{str(error).rstrip('.')}. What rests on it no longer holds: write it again, or take it out."
    except CoprodReviewError as error:
        return str(error)
    expected = passage.numbers
    written = numbers(briefing.within(mark)) if passage.counted else ()
    same = (mark.seal or _STANDS) == seal(expected, passage.evidence)
    if mark.kind == "study" and not same:
        return f"{mark.key} is {source.study(mark.key).status}: take out what rests on it."
    if mark.kind == "reference" and not same:
        return f"the entry of {mark.key} has changed: read coprod-review show {mark.key}, and write this again."
    return _compared(mark, passage, expected, written, same)


def _compared(mark: Found, passage: Passage, expected: tuple[str, ...], written: tuple[str, ...], same: bool) -> str:
    name = f"{mark.kind} {visible(mark.key)[:80]}"
    gives = f"the base gives {_quoted(passage)}"
    if written == expected:
        return "" if same else f"{name}: the evidence behind this has changed; {gives}. Read it again."
    if same:
        return f"{name}: the numbers here ({_told(written)}) were changed by hand; {gives}."
    return f"{name}: this is out of date ({_told(written)}); {gives}."


def _quoted(passage: Passage) -> str:
    words = visible(" ".join(passage.text.split()))
    return f"“{words if len(words) <= 160 else words[:160] + '…'}”"


def _told(written: tuple[str, ...]) -> str:
    return listed(written[:8]) or "none"


def _unmarked(number: str, sentence: str) -> str:
    told = sentence if len(sentence) <= 120 else f"{sentence[:120]}…"
    return f"no mark holds {number}, so it cannot be checked: “{visible(told)}”"


def told(path: Path, doubts: tuple[Doubt, ...]) -> str:
    """The doubts as text, one line each."""
    return "".join(f"{path}:{doubt.line}: {doubt.message}\n" for doubt in doubts)


def summary(path: Path, doubts: tuple[Doubt, ...], briefing: Edited) -> str:
    """What the check came to, in one sentence."""
    marks = plural(len(briefing.found), "passage")
    if not doubts:
        return f"{path} holds: {marks} checked against the base.\n"
    return f"{path}: {plural(len(doubts), 'line')} to look at; {marks} checked against the base.\n"
