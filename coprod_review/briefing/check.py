"""Whether a briefing still holds: every mark in it worked out again from the base, and what no mark holds."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coprod_review.bibliography.citations import STYLES, CitationFormatter
from coprod_review.briefing.annotations import CITATION_KINDS, AnnotatedText, Annotation, read_html, read_markdown
from coprod_review.briefing.builder import REQUIRED_FACTS
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.fingerprint import fingerprint, numbers, turns, words
from coprod_review.briefing.passages import passage_for
from coprod_review.briefing.passages.passage import Passage
from coprod_review.errors import CoprodReviewError, UnknownName, UnreadableFile
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import listed, long_date, plural

READERS = {".md": read_markdown, ".markdown": read_markdown, ".html": read_html, ".htm": read_html}
"""How a briefing is read, by the suffix of its file."""
_MOST = 20 * 2**20
"""Bytes of a briefing at most."""

_STANDS = fingerprint((), "active")
"""The seal of a study that stands; a citation by its key alone has none of its own."""


@dataclass(frozen=True, slots=True)
class StalePassage:
    """One thing that no longer holds, or cannot be checked, at a line."""

    line: int
    message: str


def read(path: Path) -> AnnotatedText:
    """A briefing from a file. Raises ``UnreadableFile`` where it is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(
            f"{path} cannot be checked: only Markdown (.md) and HTML (.html) can. Edit the Markdown, then make it Word."
        )
    found = reader(_text(path))
    if not found.record and not any(mark.fingerprint for mark in found.annotations):
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


def earlier_revision(briefing: AnnotatedText) -> str:
    """The earlier state that a briefing compares with; empty for most."""
    return str(_record(briefing).get("since", ""))


def _record(briefing: AnnotatedText) -> dict[str, object]:
    try:
        held = json.loads(briefing.record or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def check(briefing: AnnotatedText, source: BriefingContext) -> tuple[StalePassage, ...]:
    """Everything that no longer holds, in the order of the lines."""
    if not any(mark.fingerprint for mark in briefing.annotations):
        lost = "no mark is left in it: a program that removes them has saved it. Write it again, and edit that."
        return (StalePassage(1, lost),)
    references = _references(briefing, source)
    doubts = [
        *_about_the_base(briefing, source),
        *_no_longer_stated(briefing),
        *(
            StalePassage(briefing.line(m.start), t)
            for m in briefing.annotations
            if (t := _doubt(briefing, m, source, references))
        ),
        *(StalePassage(line, _unmarked(number, sentence)) for line, number, sentence in briefing.loose()),
        *_without_reference(briefing, source),
        *(
            StalePassage(line, "a note is called here that is not there any more: put it back.")
            for line in briefing.orphans
        ),
    ]
    return tuple(sorted(dict.fromkeys(doubts), key=lambda doubt: doubt.line))


def _about_the_base(briefing: AnnotatedText, source: BriefingContext) -> Iterator[StalePassage]:
    record, about = _record(briefing), source.framework.about
    if not record:
        held = f"{about.name} {about.version} ({long_date(about.as_of)})"
        yield StalePassage(1, f"no record says from which base this was written; it was compared with {held}.")
        return
    then = (record.get("base"), record.get("version"), record.get("as_of"))
    if then != (about.name, about.version, about.as_of):
        name, version, date = (visible(str(part))[:80] for part in then)
        yield StalePassage(
            1,
            f"written from base {name} {version} ({long_date(date)}), and this is {about.name} {about.version} "
            f"({long_date(about.as_of)}): read it again, and write it again.",
        )


def _without_reference(briefing: AnnotatedText, source: BriefingContext) -> Iterator[StalePassage]:
    """Works that are cited and have no entry in the references, if there are any references."""
    listed_there = {mark.key for mark in briefing.annotations if mark.kind == "reference"}
    held = source.base.works
    cited = {mark.key: mark for mark in reversed(briefing.annotations) if mark.kind == "study" and mark.key in held}
    for key in sorted(cited.keys() - listed_there) if listed_there else ():
        yield StalePassage(
            briefing.line(cited[key].start), f"{visible(key)[:80]} is cited and has no reference: put it back."
        )


def _no_longer_stated(briefing: AnnotatedText) -> Iterator[StalePassage]:
    """Facts that every briefing states, and this one no longer does; of a part of one, without its record, none."""
    there = {mark.key for mark in briefing.annotations if mark.kind == "basis"}
    gone = sorted(REQUIRED_FACTS - there) if _record(briefing) else []
    if gone:
        names = listed([_NAMES.get(name, name) for name in gone])
        yield StalePassage(1, f"it no longer states {names} of its base: put that back.")


_NAMES = {
    "as_of": "the date",
    "evidence": "how many studies count",
    "coding": "the coding",
    "search": "the search",
    "caution": "the caution",
    "version": "the version",
}


def _references(briefing: AnnotatedText, source: BriefingContext) -> CitationFormatter | None:
    """What references have to read like, where the style is one that does not number them."""
    style = str(_record(briefing).get("style", ""))
    made = CitationFormatter(tuple(source.base.works.values()), style) if style in STYLES else None
    return made if made is not None and not made.numbered else None


def _doubt(
    briefing: AnnotatedText, mark: Annotation, source: BriefingContext, references: CitationFormatter | None
) -> str:
    """What is wrong with one marked passage; empty where it holds."""
    try:
        passage = passage_for(source, mark.kind, mark.key)
    except UnknownName as error:
        said = str(error)
        if mark.kind in ("gap", "plain_gap", "listed_gap"):
            return f"the gap {visible(mark.key)[:80]} is no gap any more: take it out."
        return f"{said}{'' if said.endswith(('.', '?')) else '.'} What rests on it no longer holds: take it out."
    except CoprodReviewError as error:
        return str(error)
    same = (mark.fingerprint or _STANDS) == fingerprint(passage.numbers, passage.evidence)
    if mark.kind in CITATION_KINDS:
        return _cited(briefing, mark, source, references, same=same)
    return _compared(briefing, mark, passage, same=same)


def _cited(
    briefing: AnnotatedText,
    mark: Annotation,
    source: BriefingContext,
    references: CitationFormatter | None,
    *,
    same: bool,
) -> str:
    """What is wrong with a citation or a reference."""
    status = source.work(mark.key).status
    if mark.kind == "study" and not same:
        return f"{mark.key} is {status}: take out what rests on it."
    if mark.kind == "study":
        return _named_right(briefing, mark, references)
    if not same:
        return f"the entry of {mark.key} has changed: read coprod-review show {mark.key}, and write this again."
    if references is None:
        return ""
    expected = "".join(piece.text for piece in references.reference(mark.key))
    expected_words = words(expected.partition("http")[0])  # an address is no text, and is blank here
    if words(briefing.text[mark.start : mark.end])[: len(expected_words)] == expected_words:
        return ""
    return f"the reference to {mark.key} was changed by hand; it is “{visible(expected)}”"


def _named_right(briefing: AnnotatedText, mark: Annotation, references: CitationFormatter | None) -> str:
    """Whether a citation names its work: by what the style has for it, or by its id."""
    text = words(briefing.text[mark.start : mark.end])
    if references is None or not text or text == words(mark.key):
        return ""
    ((_, expected),) = references.cite((mark.key,)).items
    return "" if text == words(expected) else f"the citation of {mark.key} was changed by hand; it is “{expected}”."


def _compared(briefing: AnnotatedText, mark: Annotation, passage: Passage, *, same: bool) -> str:
    name, text = f"{mark.kind} {visible(mark.key)[:80]}", briefing.within(mark)
    written = numbers(text) if passage.counted else ()
    here, gives = f"“{_short(text)}”", f"the base gives “{_short(passage.text)}”"
    if mark.start == mark.end:
        return f"{name}: this mark is empty, or is not closed; {gives}."
    if not same and written != passage.numbers:
        return f"{name}: this is out of date: {here}; {gives}."
    if not same:
        more = "" if mark.kind == "behind" else f"; {gives}"
        return f"{name}: the evidence behind this has changed{more}. Read it again."
    if written != passage.numbers:
        return f"{name}: a number was changed by hand: {here}; {gives}."
    if briefing.cited_in(mark) != passage.cited:
        return f"{name}: other studies are cited here than {listed(sorted(passage.cited)) or 'none'}."
    changed = words(text) != words(visible(passage.text)) if passage.exact else turns(text) != turns(passage.text)
    return f"{name}: the words were changed by hand: {here}; {gives}." if changed else ""


def _short(text: str) -> str:
    plain = re.sub(r"\s+([;,.:)])", r"\1", visible(" ".join(text.split())))
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


_LONGEST = 160


def _unmarked(number: str, sentence: str) -> str:
    shown = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
    return f"no mark holds {number}, so it cannot be checked: “{visible(shown)}”"


def problem_lines(path: Path, doubts: tuple[StalePassage, ...]) -> str:
    """The doubts as text, one line each."""
    return "".join(f"{path}:{doubt.line}: {doubt.message}\n" for doubt in doubts)


def summary(path: Path, doubts: tuple[StalePassage, ...], briefing: AnnotatedText) -> str:
    """What the check came to, and what it did not look at."""
    marks = plural(len(briefing.annotations), "marked passage")
    pictures = ", nor are pictures and what why prints" if path.suffix.lower() in (".html", ".htm") else ""
    rest = f"The words around them are not checked{pictures}.\n"
    if not doubts:
        return f"{path} holds: {marks} {'agrees' if len(briefing.annotations) == 1 else 'agree'} with the base. {rest}"
    return f"{path}: {plural(len(doubts), 'thing')} to look at; {marks} compared with the base. {rest}"
