"""Check an edited briefing: build every annotated passage again from the base, and report what differs.

It also reports numbers that no annotation covers.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coprod_review.bibliography.citations import STYLES, CitationFormatter
from coprod_review.briefing.annotations import CITATION_KINDS, AnnotatedText, Annotation, read_html, read_markdown
from coprod_review.briefing.builder import REQUIRED_FACTS, SCHEMA
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.fingerprint import fingerprint, numbers, turning_words, words
from coprod_review.briefing.passages import SEPARATOR, passage_for
from coprod_review.briefing.passages.passage import Passage
from coprod_review.errors import CoprodReviewError, UnknownName, UnreadableFile
from coprod_review.files import reading
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import listed, long_date, plural

READERS = {".md": read_markdown, ".markdown": read_markdown, ".html": read_html, ".htm": read_html}
"""Functions that read a briefing, by the suffix of its file."""
_ACTIVE_STUDY = fingerprint((), "active")
"""The fingerprint of a study that is neither retracted nor withdrawn; a citation by key has none of its own."""
_NAMES_OF_FACTS = {
    "as_of": "the date",
    "evidence": "how many studies count",
    "coding": "the coding",
    "search": "the search",
    "caution": "the caution",
    "version": "the version",
}
_LONGEST_QUOTE = 160
"""Characters of a passage that a message quotes."""


@dataclass(frozen=True, slots=True)
class StalePassage:
    """Something in a briefing that the base no longer gives, or that cannot be checked."""

    line: int
    message: str


def read(path: Path) -> AnnotatedText:
    """Read a briefing from a file. Raises ``UnreadableFile`` where it is not one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(
            f"{path} cannot be checked: only Markdown (.md) and HTML (.html) can be. Write the briefing in one of them."
        )
    briefing = reader(_text(path))
    if not briefing.record and not any(annotation.fingerprint for annotation in briefing.annotations):
        raise UnreadableFile(f"{path} has no annotation of a briefing, so it cannot be checked.")
    return briefing


def _text(path: Path) -> str:
    try:
        return reading.read(path, reading.BRIEFING).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path} is not UTF-8 text: save it as UTF-8.") from None


def earlier_revision(briefing: AnnotatedText) -> str:
    """Return the earlier state that a briefing compares with; empty for most briefings."""
    return str(_record(briefing).get("since", ""))


def _record(briefing: AnnotatedText) -> dict[str, object]:
    try:
        record = json.loads(briefing.record or "{}")
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def check(briefing: AnnotatedText, context: BriefingContext) -> tuple[StalePassage, ...]:
    """Return everything that differs from the base, in the order of the lines."""
    if not any(annotation.fingerprint for annotation in briefing.annotations):
        lost = "no annotation is left: a program removed them all. Write the briefing again, and edit that copy."
        return (StalePassage(1, lost),)
    if _record(briefing).get("schema", SCHEMA) != SCHEMA:
        return (StalePassage(1, "an earlier version of the program wrote this briefing. Write it again."),)
    problems = [
        *_differences_of_base(briefing, context),
        *_missing_facts(briefing),
        *_stale_annotations(briefing, context),
        *(StalePassage(line, _uncovered(number, sentence)) for line, number, sentence in briefing.uncovered_numbers()),
        *_missing_references(briefing, context),
        *(
            StalePassage(line, "the footnote that this line refers to is missing: put it back.")
            for line in briefing.lines_without_note
        ),
    ]
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line))


def _stale_annotations(briefing: AnnotatedText, context: BriefingContext) -> Iterator[StalePassage]:
    references = _reference_formatter(briefing, context)
    for annotation in briefing.annotations:
        message = _problem_with(briefing, annotation, context, references)
        if message:
            yield StalePassage(briefing.line(annotation.start), message)


def _differences_of_base(briefing: AnnotatedText, context: BriefingContext) -> Iterator[StalePassage]:
    record, about = _record(briefing), context.framework.about
    if not record:
        this = f"{about.name} {about.version} ({long_date(about.as_of)})"
        yield StalePassage(1, f"the record of the base is missing; this briefing was compared with {this}.")
        return
    then = (record.get("base"), record.get("version"), record.get("as_of"))
    if then != (about.name, about.version, about.as_of):
        name, version, date = (visible(str(part))[:80] for part in then)
        yield StalePassage(
            1,
            f"this briefing was written from base {name} {version} ({long_date(date)}), and the base is now "
            f"{about.name} {about.version} ({long_date(about.as_of)}). Read it again, or write it again.",
        )


def _missing_references(briefing: AnnotatedText, context: BriefingContext) -> Iterator[StalePassage]:
    """Report works that are cited and have no entry in the references, if there are any references."""
    with_reference = {annotation.key for annotation in briefing.annotations if annotation.kind == "reference"}
    works = context.base.works
    cited = {a.key: a for a in reversed(briefing.annotations) if a.kind == "study" and a.key in works}
    for key in sorted(cited.keys() - with_reference) if with_reference else ():
        yield StalePassage(
            briefing.line(cited[key].start), f"{visible(key)[:80]} is cited and has no reference: put it back."
        )


def _missing_facts(briefing: AnnotatedText) -> Iterator[StalePassage]:
    """Report facts that every briefing states and this one no longer does; part of a briefing has no record."""
    stated = {annotation.key for annotation in briefing.annotations if annotation.kind == "basis"}
    missing = sorted(REQUIRED_FACTS - stated) if _record(briefing) else []
    if missing:
        names = listed([_NAMES_OF_FACTS.get(name, name) for name in missing])
        yield StalePassage(1, f"this briefing no longer states {names} of its base: put the words back.")


def _reference_formatter(briefing: AnnotatedText, context: BriefingContext) -> CitationFormatter | None:
    """Return what formats the references of a briefing again; ``None`` for a style that is unknown or numbers them."""
    style = str(_record(briefing).get("style", ""))
    formatter = CitationFormatter(tuple(context.base.works.values()), style) if style in STYLES else None
    return formatter if formatter is not None and not formatter.numbered else None


def _problem_with(
    briefing: AnnotatedText, annotation: Annotation, context: BriefingContext, references: CitationFormatter | None
) -> str:
    """Return what is wrong with one annotated passage; empty where nothing is."""
    try:
        passage = passage_for(context, annotation.kind, annotation.key)
    except UnknownName as error:
        key, _, form = annotation.key.partition(SEPARATOR)
        if annotation.kind == "gap" and form not in ("closed", "general"):
            return f"the gap {visible(key)[:80]} no longer exists: take the passage out."
        return f"{error} Take out this passage, and what rests on it."
    except CoprodReviewError as error:
        return str(error)
    same_evidence = (annotation.fingerprint or _ACTIVE_STUDY) == fingerprint(passage.numbers, passage.evidence)
    if annotation.kind in CITATION_KINDS:
        return _problem_with_citation(briefing, annotation, context, references, same_evidence=same_evidence)
    return _problem_with_words(briefing, annotation, passage, same_evidence=same_evidence)


def _problem_with_citation(
    briefing: AnnotatedText,
    annotation: Annotation,
    context: BriefingContext,
    references: CitationFormatter | None,
    *,
    same_evidence: bool,
) -> str:
    """Return what is wrong with a citation or a reference."""
    key = annotation.key
    if annotation.kind == "study" and not same_evidence:
        return f"{key} is {context.work(key).status}: take out what rests on this study."
    if annotation.kind == "study":
        return _problem_with_name(briefing, annotation, references)
    if not same_evidence:
        return f"the entry of {key} has changed: read `coprod-review show {key}`, and write the briefing again."
    if references is None:
        return ""
    expected = "".join(piece.text for piece in references.reference(key))
    expected_words = words(expected.partition("http")[0])  # addresses are blank in the text
    if words(briefing.text[annotation.start : annotation.end])[: len(expected_words)] == expected_words:
        return ""
    return f"the reference to {key} was changed by hand; it is “{visible(expected)}”"


def _problem_with_name(briefing: AnnotatedText, annotation: Annotation, references: CitationFormatter | None) -> str:
    """Return what is wrong with the words of a citation, which are those of the style or the id of the work."""
    key, text = annotation.key, words(briefing.text[annotation.start : annotation.end])
    if references is None or not text or text == words(key):
        return ""
    ((_, expected),) = references.cite((key,)).items
    return "" if text == words(expected) else f"the citation of {key} was changed by hand; it is “{expected}”."


def _problem_with_words(
    briefing: AnnotatedText, annotation: Annotation, passage: Passage, *, same_evidence: bool
) -> str:
    name, text = f"{annotation.kind} {visible(annotation.key)[:80]}", briefing.words_of(annotation)
    numbers_here = numbers(text) if passage.counted else ()
    quote, expected = f"“{_shortened(text)}”", f"the base gives “{_shortened(passage.text)}”"
    if annotation.start == annotation.end:
        return f"{name}: this passage is empty, or its annotation is not closed; {expected}."
    if not same_evidence and numbers_here != passage.numbers:
        return f"{name}: this is out of date: {quote}; {expected}."
    if not same_evidence:
        more = "" if annotation.kind == "behind" else f"; {expected}"
        return f"{name}: the evidence behind this has changed{more}. Read it again."
    if numbers_here != passage.numbers:
        return f"{name}: a number was changed by hand: {quote}; {expected}."
    if briefing.cited_in(annotation) != passage.cited:
        return (
            f"{name}: the citations were changed by hand; the base cites {listed(sorted(passage.cited)) or 'no study'}."
        )
    if passage.exact:
        changed = words(text) != words(visible(passage.text))
    else:
        changed = turning_words(text) != turning_words(passage.text)
    return f"{name}: the words were changed by hand: {quote}; {expected}." if changed else ""


def _shortened(text: str) -> str:
    plain = re.sub(r"\s+([;,.:)])", r"\1", visible(" ".join(text.split())))
    return plain if len(plain) <= _LONGEST_QUOTE else f"{plain[:_LONGEST_QUOTE]}…"


def _uncovered(number: str, sentence: str) -> str:
    quote = sentence if len(sentence) <= _LONGEST_QUOTE else f"{sentence[:_LONGEST_QUOTE]}…"
    return f"{number} is not from the base, so it cannot be checked: “{visible(quote)}”"


def problem_lines(path: Path, problems: tuple[StalePassage, ...]) -> str:
    """Return the problems as text, one line each."""
    return "".join(visible(f"{path}:{problem.line}: {problem.message}") + "\n" for problem in problems)


def summary(path: Path, problems: tuple[StalePassage, ...], briefing: AnnotatedText) -> str:
    """Return the result of the check in a sentence, and what it did not look at."""
    passages = plural(len(briefing.annotations), "passage")
    not_checked = ", nor are pictures and the appendix" if path.suffix.lower() in (".html", ".htm") else ""
    name, rest = visible(str(path)), f"The words around the passages are not checked{not_checked}.\n"
    if not problems:
        verb = "agrees" if len(briefing.annotations) == 1 else "agree"
        return f"{name}: {passages} {verb} with the base. {rest}"
    were = "was" if len(briefing.annotations) == 1 else "were"
    return f"{name}: {plural(len(problems), 'problem')} found; {passages} {were} compared with the base. {rest}"
