"""The syntax of briefing annotations: everything that writes or recognises it is here.

An annotation is ``<span data-brief="KIND KEY FINGERPRINT">words</span>``: it ties words of a briefing to what the
evidence base gives for them, no reader sees it, and it survives editing. Two comments belong to the syntax as well: the
record of what made a briefing, and the place of a chart.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

ATTRIBUTE = "data-brief"
"""The attribute of an annotation, of any element in HTML and of ``span`` in Markdown."""
CLOSING_TAG = "</span>"
RECORD_NAME = "coprod-review"
"""Name of the ``meta`` element that holds the record in HTML."""

ANY_SPAN_TAG = re.compile(
    rf'<span\b(?:\s[\s>]*{ATTRIBUTE}="([^\s"]+)\s[\s>]*([^\s"]+)(?:\s[\s>]*([^\s"]+))?")?[^>]*>|{CLOSING_TAG}'
)
"""A tag of any span in edited Markdown, where an editor may have wrapped the tag, also within a block quotation."""
_OPENING_TAG = re.compile(rf'<span\s+{ATTRIBUTE}="([^\s"]+)\s+([^\s"]+)(?:\s+([^\s"]+))?"\s*>')
_RECORD = re.compile(r"<!-- coprod-review briefing (\{.*\}) -->")
_CHART = re.compile(r"<!-- chart (\S+) -->")

FINISHED_CITATIONS = re.compile(rf"\s*\\?[(\[](?:<span {ATTRIBUTE}=\"study [^>]*>[^<]*</span>[;,]?\s*)+\\?[)\]]")
"""Finished citations with the brackets around them; people who read aloud leave these out."""
INVISIBLE = r"<!--.*?-->|</?span[^>]*>"
"""Pattern of the comments and tags that this syntax adds to Markdown."""

FIGURE_CLASS, LINK_CLASS, BACK_CLASS, HIDDEN_CLASS = "figure", "opens", "back", "hidden"
"""Classes of HTML: a number that is a link; a link beside a number; a link back; text for screen readers alone."""
APPENDIX_PREFIX = "why-"
"""How the ids of the appendix in HTML begin."""
_NOT_PROSE = frozenset({LINK_CLASS, BACK_CLASS, HIDDEN_CLASS})
_NOT_PROSE_IN_PANDOC = frozenset({"footnote-ref", "footnote-back", "citation", "csl-bib-body"})


def escape_key(key: str) -> str:
    """Escape a key for an annotation or a note label: no space, no quotation mark, no two hyphens in a row."""
    return quote(key, safe="/.-_#,").replace("--", "-%2D")


@dataclass(frozen=True, slots=True)
class AnnotationTag:
    """What an annotation says about its words: the passage that gives them, and a fingerprint of what they rest on."""

    kind: str
    key: str
    fingerprint: str = ""
    position: int = 0
    """Tells two equal annotations apart that follow each other."""

    @property
    def attribute_value(self) -> str:
        """The tag as the value of its attribute."""
        return " ".join(part for part in (self.kind, escape_key(self.key), self.fingerprint) if part)

    def annotate(self, words: str) -> str:
        """Return words, which are Markdown or HTML already, in their annotation."""
        return f'<span {ATTRIBUTE}="{self.attribute_value}">{words}{CLOSING_TAG}'


def parse_opening_tag(html: str, position: int = 0) -> AnnotationTag | None:
    """Parse a tag that opens an annotation; ``None`` for anything else."""
    match = _OPENING_TAG.fullmatch(html)
    return tag_of(match, position) if match else None


def tag_of(match: re.Match[str], position: int = 0) -> AnnotationTag | None:
    """Return the annotation that a match of ``ANY_SPAN_TAG`` opens; ``None`` if the span is not an annotation."""
    return AnnotationTag(match[1], unquote(match[2]), match[3] or "", position) if match[1] else None


def parse_attribute(value: str) -> AnnotationTag | None:
    """Parse the value of an annotation's attribute; ``None`` where kind or key is missing."""
    kind, _, rest = value.partition(" ")
    key, _, fingerprint = rest.partition(" ")
    return AnnotationTag(kind, unquote(key), fingerprint) if kind and key else None


def reference_anchor(study: str) -> str:
    """Return the anchor of a study's entry in the list of references."""
    return f"ref-{study}"


def is_added(attributes: Mapping[str, str]) -> bool:
    """Return whether this program or Pandoc added an HTML element around the text of a briefing."""
    classes = attributes.get("class", "").split()
    appendix = attributes.get("id", "").startswith(APPENDIX_PREFIX)
    return appendix or not (_NOT_PROSE | _NOT_PROSE_IN_PANDOC).isdisjoint(classes)


# --- comments -------------------------------------------------------------------------


def record_comment(record: Mapping[str, object]) -> str:
    """Return the comment that records what made a briefing; nothing in it can end the comment early."""
    text = json.dumps(record, ensure_ascii=True)
    escaped = text.replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<!-- coprod-review briefing {escaped} -->"


def find_record(text: str) -> str:
    """Return the record in a text, as JSON; empty if it has no record."""
    match = _RECORD.search(text)
    return match[1] if match else ""


def chart_comment(identity: str) -> str:
    """Return the comment that marks the place of a chart."""
    return f"<!-- chart {escape_key(identity)} -->"


def parse_chart_comment(html: str) -> str:
    """Return the id of the chart whose place a comment marks; empty for any other HTML."""
    match = _CHART.fullmatch(html.strip())
    return unquote(match[1]) if match else ""
