"""Read an edited briefing: its text, the annotations in it, and the numbers that no annotation covers."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from coprod_review.briefing.fingerprint import NUMBER
from coprod_review.briefing.sentences import BLOCK_BREAK, SENTENCE_BREAK
from coprod_review.documents.annotation_syntax import (
    ANY_SPAN_TAG,
    ATTRIBUTE,
    CLOSING_TAG,
    RECORD_NAME,
    AnnotationTag,
    find_record,
    is_added,
    parse_attribute,
    tag_of,
)

CITATION_KINDS = frozenset({"study", "reference"})
"""Kinds of annotation whose numbers belong to a work, such as its year, and not to the base."""

# Markdown
_CITATION = re.compile(r"\[[^\]\n]*@[^\]\n]*\]|(?<![\w\\./])@[a-z][\w-]*\d\w*")
_CITATION_KEY = re.compile(r"(?<![\w\\])@\{?([\w.-]+)\}?")
_NOT_PROSE = re.compile(
    r"<!--.*?-->|\[\^[^\]\n]*\]:?|\[[^\]\n]*(?<!\\)@[^\]\n]*\]|`+[^`\n]*`+|(?<=\])\([^)\n]*\)|<?https?://[^\s>]+>?"
    r"|(?<![\w\\./])@[a-z][\w-]*\d\w*|(?<=^Table: )Table \d+[.:]",
    re.MULTILINE | re.DOTALL,
)
_BACKSLASH_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LIST_NUMBER = re.compile(r"\s*\d+[.)] ")
_BREAK = re.compile(rf"{SENTENCE_BREAK}|{BLOCK_BREAK}|(?<=\S) \| ")

# HTML
_BLOCK_ELEMENTS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "section", "table", "td", "th"}
    | {"tr", "ul"}
)
_SKIPPED_ELEMENTS = frozenset({"script", "style", "svg", "title", "nav", "code", "template", "footer", "sup"})
_VOID_ELEMENTS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation, and the stretch of text that it covers."""

    kind: str
    key: str
    fingerprint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """The text of a briefing, with spaces in place of markup that is not prose."""

    text: str
    lines: Sequence[int]
    """The line of each character; the first line is 1."""
    annotations: tuple[Annotation, ...]
    record: str
    """What made the briefing, as JSON; empty where the record was lost."""
    lines_without_note: tuple[int, ...] = ()
    """Lines that call a footnote which does not exist."""

    def line(self, position: int) -> int:
        """Return the line of a character."""
        return self.lines[min(position, len(self.lines) - 1)] if self.lines else 1

    def inside(self, annotation: Annotation) -> Iterator[Annotation]:
        """Yield other annotations that begin within an annotation."""
        first = bisect_left(self.annotations, annotation.start, key=lambda other: other.start)
        for other in self.annotations[first:]:
            if other.start > annotation.end:
                return
            if other is not annotation:
                yield other

    def words_of(self, annotation: Annotation) -> str:
        """Return the words of an annotation, without those of the works that it cites."""
        start, end = annotation.start, annotation.end
        characters = list(self.text[start:end])
        for inner in self.inside(annotation):
            if inner.kind in CITATION_KINDS and inner.end <= end:
                characters[inner.start - start : inner.end - start] = " " * (inner.end - inner.start)
        return "".join(characters)

    def cited_in(self, annotation: Annotation) -> frozenset[str]:
        """Return the ids of the works that are cited within an annotation."""
        return frozenset(other.key for other in self.inside(annotation) if other.kind == "study")

    def uncovered_numbers(self) -> Iterator[tuple[int, str, str]]:
        """Yield the line, number and sentence of each sentence with a number that no annotation covers."""
        covered = bytearray(len(self.text))
        for annotation in self.annotations:
            covered[annotation.start : annotation.end] = b"\1" * (annotation.end - annotation.start)
        for start, end in _sentences(self.text):
            for number in NUMBER.finditer(self.text, start, end):
                if not covered[number.start()]:
                    yield self.line(number.start()), number[0], " ".join(self.text[start:end].split())
                    break


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _covering(tag: AnnotationTag, start: int, end: int) -> Annotation:
    return Annotation(tag.kind, tag.key, tag.fingerprint, start, end)


def _in_order(annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    return tuple(sorted(annotations, key=lambda annotation: annotation.start))


# --- Markdown -----------------------------------------------------------------------


def read_markdown(markdown: str) -> AnnotatedText:
    """Read a briefing in Markdown."""
    # An escaped character is literal text. Every replacement is as long as the original, so that positions stay.
    text = _BACKSLASH_ESCAPE.sub(" \N{MIDDLE DOT}", markdown).replace("&amp;", "&    ")
    plain = _without_list_numbers(_NOT_PROSE.sub(_spaces, ANY_SPAN_TAG.sub(_spaces, text)))
    lines = _line_numbers(text)
    annotations = _in_order([*_annotations(text), *_citations_by_key(text)])
    return AnnotatedText(plain, lines, annotations, find_record(markdown), _lines_without_note(text, lines))


def _annotations(text: str) -> Iterator[Annotation]:
    open_tags = list[tuple[AnnotationTag | None, int]]()
    for match in ANY_SPAN_TAG.finditer(text):
        if match[0] != CLOSING_TAG:
            open_tags.append((tag_of(match), match.end()))
        elif open_tags:
            tag, start = open_tags.pop()
            if tag:
                yield _covering(tag, start, match.start())
    # An annotation that is never closed covers nothing, so that the check reports it.
    yield from (Annotation(tag.kind, tag.key, "", start, start) for tag, start in open_tags if tag)


def _citations_by_key(text: str) -> Iterator[Annotation]:
    for citation in _CITATION.finditer(text):
        for key in _CITATION_KEY.finditer(citation[0]):
            yield Annotation("study", key[1], "", citation.start(), citation.start())


def _lines_without_note(text: str, lines: Sequence[int]) -> tuple[int, ...]:
    notes = set(re.findall(r"^\[\^([^\]\n]+)\]:", text, re.MULTILINE))
    calls = re.finditer(r"(?<!^)\[\^([^\]\n]+)\]", text, re.MULTILINE)
    return tuple(dict.fromkeys(lines[call.start()] for call in calls if call[1] not in notes))


def _without_list_numbers(text: str) -> str:
    """Replace the numbers of lists with spaces, but not a number that begins a line within a paragraph."""
    lines = text.split("\n")
    for position, (before, line) in enumerate(zip(["", *lines], lines, strict=False)):
        item = _LIST_NUMBER.match(line)
        if item and (not before.strip() or _LIST_NUMBER.match(before)):
            lines[position] = " " * item.end() + line[item.end() :]
    return "\n".join(lines)


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _line_numbers(text: str) -> list[int]:
    numbers, line = [], 1
    for character in text:
        numbers.append(line)
        line += character == "\n"
    return numbers


# --- HTML ---------------------------------------------------------------------------


class _PageReader(HTMLParser):
    """Reads the text of a page, with the line of every character."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.lines: list[int] = []
        self.annotations: list[Annotation] = []
        self.record = ""
        self._open: list[tuple[str, AnnotationTag | None, int]] = []
        self._depth_of_skipped: int | None = None
        """How deep the element is whose text is skipped."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("name") == RECORD_NAME:
            self.record = attributes.get("content", "")
        if tag in _BLOCK_ELEMENTS:
            self._add("\n\n")
        if tag in _VOID_ELEMENTS:
            return
        here = len(self.text)
        cited = attributes.get("data-cites", "").split()  # Pandoc's attribute
        self.annotations += [Annotation("study", key, "", here, here) for key in cited]
        if self._depth_of_skipped is None and (tag in _SKIPPED_ELEMENTS or is_added(attributes)):
            self._depth_of_skipped = len(self._open)
        self._open.append((tag, parse_attribute(attributes.get(ATTRIBUTE, "")), here))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _, _ in self._open):
            return
        while self._open:
            name, annotation, start = self._open.pop()
            if annotation and self._depth_of_skipped is None:
                self.annotations.append(_covering(annotation, start, len(self.text)))
            if self._depth_of_skipped == len(self._open):
                self._depth_of_skipped = None
            if name == tag:
                break
        if tag in _BLOCK_ELEMENTS:
            self._add("\n\n")

    def handle_comment(self, data: str) -> None:
        self.record = self.record or find_record(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if self._depth_of_skipped is None:
            line, _ = self.getpos()
            self._add(data, line)

    def _add(self, data: str, first_line: int = 0) -> None:
        line = first_line or self.getpos()[0]
        for character in data:
            breaks = bool(character == "\n" and first_line)
            self.text.append(" " if breaks else character)
            self.lines.append(line)
            line += breaks


def read_html(text: str) -> AnnotatedText:
    """Read a briefing in HTML, without its appendix."""
    reader = _PageReader()
    reader.feed(text)
    reader.close()
    return AnnotatedText("".join(reader.text), reader.lines, _in_order(reader.annotations), reader.record)
