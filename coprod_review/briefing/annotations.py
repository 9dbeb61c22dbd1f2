"""A briefing as it was edited: its text, the marks in it, and which of its numbers no mark holds."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

from coprod_review.briefing.fingerprint import NUMBER

CITATION_KINDS = frozenset({"study", "reference"})
"""Marks whose numbers are those of a work and not of the base."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One mark with the stretch of text that it holds."""

    kind: str
    key: str
    fingerprint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """The text of a briefing; markup that says nothing is blank in it."""

    text: str
    lines: Sequence[int]
    """The line of each character, the first being 1."""
    annotations: tuple[Annotation, ...]
    record: str
    """What made it, as JSON; empty where that was lost."""
    orphans: tuple[int, ...] = ()
    """Lines that call a note which is not there."""

    def line(self, place: int) -> int:
        """The line at a place of the text."""
        return self.lines[min(place, len(self.lines) - 1)] if self.lines else 1

    def inside(self, mark: Annotation) -> Iterator[Annotation]:
        """Other marks that begin within a mark."""
        first = bisect_left(self.annotations, mark.start, key=lambda other: other.start)
        for other in self.annotations[first:]:
            if other.start > mark.end:
                return
            if other is not mark:
                yield other

    def within(self, mark: Annotation) -> str:
        """The words of a mark, those of works that are cited in it left out."""
        kept = list(self.text[mark.start : mark.end])
        for inner in self.inside(mark):
            if inner.kind in CITATION_KINDS and inner.end <= mark.end:
                kept[inner.start - mark.start : inner.end - mark.start] = " " * (inner.end - inner.start)
        return "".join(kept)

    def cited_in(self, mark: Annotation) -> frozenset[str]:
        """Ids of the works that are cited within a mark."""
        return frozenset(other.key for other in self.inside(mark) if other.kind == "study")

    def loose(self) -> Iterator[tuple[int, str, str]]:
        """Sentences with a number that no mark holds: the line, the number and the sentence."""
        covered = bytearray(len(self.text))
        for mark in self.annotations:
            covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        for start, end in _sentences(self.text):
            for number in NUMBER.finditer(self.text, start, end):
                if not covered[number.start()]:
                    yield self.line(number.start()), number[0], " ".join(self.text[start:end].split())
                    break


_BREAK = re.compile(r"(?<=[.!?])[\])’”]*\s+(?=[\[(‘“]*[A-Z0-9])|\n\s*\n|\n(?=\s*(?:[-+*>]|\d+[.)]|#+|\|))|(?<=\S) \| ")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


# --- Markdown -----------------------------------------------------------------------

_RECORD = re.compile(r"<!-- coprod-review briefing (\{.*\}) -->")
_SPAN = re.compile(r'<span\b(?:\s[\s>]*data-brief="([^\s"]+)\s[\s>]*([^\s"]+)(?:\s[\s>]*([^\s"]+))?")?[^>]*>|</span>')
_CITED = re.compile(r"\[[^\]\n]*@[^\]\n]*\]|(?<![\w\\./])@[a-z][\w-]*\d\w*")
_KEY = re.compile(r"(?<![\w\\])@\{?([\w.-]+)\}?")
_BLANK = re.compile(
    r"<!--.*?-->|\[\^[^\]\n]*\]:?|\[[^\]\n]*(?<!\\)@[^\]\n]*\]|`+[^`\n]*`+|(?<=\])\([^)\n]*\)|<?https?://[^\s>]+>?"
    r"|(?<![\w\\./])@[a-z][\w-]*\d\w*|(?<=^Table: )Table \d+[.:]",
    re.MULTILINE | re.DOTALL,
)

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(text: str) -> AnnotatedText:
    """A briefing in Markdown."""
    record = _RECORD.search(text)
    text = _ESCAPED.sub(" \N{MIDDLE DOT}", text)  # a sign that stands for itself is no markup
    text = text.replace("&amp;", "&    ")
    found, open_marks = [], list[tuple[re.Match[str], int]]()
    for tag in _SPAN.finditer(text):
        if tag[0] != "</span>":
            open_marks.append((tag, tag.end()))
        elif open_marks:
            opened, start = open_marks.pop()
            if opened[1]:
                found.append(Annotation(opened[1], unquote(opened[2]), opened[3] or "", start, tag.start()))
    found += [Annotation(tag[1], unquote(tag[2]), "", start, start) for tag, start in open_marks if tag[1]]
    found += [
        Annotation("study", key[1], "", cited.start(), cited.start())
        for cited in _CITED.finditer(text)
        for key in _KEY.finditer(cited[0])
    ]
    plain = _unnumbered(_BLANK.sub(_blanked, _SPAN.sub(_blanked, text)))
    lines = _lines(text)
    return AnnotatedText(
        plain, lines, tuple(sorted(found, key=lambda m: m.start)), record[1] if record else "", _orphans(text, lines)
    )


def _orphans(text: str, lines: Sequence[int]) -> tuple[int, ...]:
    """Lines that call a note of which nothing stands at the end."""
    there = set(re.findall(r"^\[\^([^\]\n]+)\]:", text, re.MULTILINE))
    called = re.finditer(r"(?<!^)\[\^([^\]\n]+)\]", text, re.MULTILINE)
    return tuple(dict.fromkeys(lines[call.start()] for call in called if call[1] not in there))


_ITEM = re.compile(r"\s*\d+[.)] ")


def _unnumbered(text: str) -> str:
    """The text without the numbers of its lists; a number that begins a line within a paragraph is none of them."""
    lines = text.split("\n")
    for place, (before, line) in enumerate(zip(["", *lines], lines, strict=False)):
        item = _ITEM.match(line)
        if item and (not before.strip() or _ITEM.match(before)):
            lines[place] = " " * item.end() + line[item.end() :]
    return "\n".join(lines)


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _lines(text: str) -> list[int]:
    numbers, line = [], 1
    for sign in text:
        numbers.append(line)
        line += sign == "\n"
    return numbers


# --- HTML ---------------------------------------------------------------------------

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "section", "table", "td", "th"}
    | {"tr", "ul"}
)
_UNREAD = frozenset({"script", "style", "svg", "title", "nav", "code", "template", "footer", "sup"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class _Reader(HTMLParser):
    """Reads the text of a page, with the line of every character."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.lines: list[int] = []
        self.found: list[Annotation] = []
        self.record = ""
        self._open: list[tuple[str, tuple[str, str, str] | None, int]] = []
        self._passed_over: int | None = None
        """How deep the element lies whose text is not read."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "meta" and held.get("name") == "coprod-review":
            self.record = held.get("content", "")
        if tag in _BLOCKS:
            self._add("\n\n")
        if tag in _VOID:
            return
        here = len(self.text)
        self.found += [Annotation("study", key, "", here, here) for key in held.get("data-cites", "").split()]
        if self._passed_over is None and (tag in _UNREAD or _is_ours(held)):
            self._passed_over = len(self._open)
        self._open.append((tag, _mark(held.get("data-brief", "")), len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _, _ in self._open):
            return
        while self._open:
            name, mark, start = self._open.pop()
            if mark and self._passed_over is None:
                self.found.append(Annotation(*mark, start, len(self.text)))
            if self._passed_over == len(self._open):
                self._passed_over = None
            if name == tag:
                break
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_comment(self, data: str) -> None:
        record = _RECORD.search(f"<!--{data}-->")
        self.record = self.record or (record[1] if record else "")

    def handle_data(self, data: str) -> None:
        if self._passed_over is None:
            line, _ = self.getpos()
            self._add(data, line)

    def _add(self, data: str, line: int = 0) -> None:
        place = line or self.getpos()[0]
        for sign in data:
            self.text.append(" " if sign == "\n" and line else sign)
            self.lines.append(place)
            place += bool(sign == "\n" and line)


def _is_ours(attributes: dict[str, str]) -> bool:
    """Whether an element is one that this program, or Pandoc, adds around the text: a way to what is behind it."""
    added = {"opens", "back", "hidden", "footnote-ref", "footnote-back", "citation", "csl-bib-body"}
    return attributes.get("id", "").startswith("why-") or not added.isdisjoint(attributes.get("class", "").split())


def _mark(text: str) -> tuple[str, str, str] | None:
    kind, _, rest = text.partition(" ")
    key, _, seal = rest.partition(" ")
    return (kind, unquote(key), seal) if kind and key else None


def read_html(text: str) -> AnnotatedText:
    """A briefing in HTML; what ``why`` prints in its appendix is passed over."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = tuple(sorted(reader.found, key=lambda m: m.start))
    return AnnotatedText("".join(reader.text), reader.lines, found, reader.record)
