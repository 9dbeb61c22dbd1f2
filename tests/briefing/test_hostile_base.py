"""A base whose every text is hostile: in a briefing each of these texts is literal."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.as_document import appendix, as_document
from coprod_review.briefing.check import check
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.documents.registry import FORMATS
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Name
from tests.briefing.made import with_study
from tests.documents.sample import HOSTILE

pytestmark = pytest.mark.slow

TEXTS = frozenset(
    {"title", "family", "given", "literal", "container_title", "publisher", "publisher_place", "summary", "statement"}
    | {"about", "correction", "basis", "claim", "note", "label", "caution", "coding", "eligibility", "search", "name"}
    | {"selection", "method", "focus_reason", "coding_note", "not_measurable_because", "caveat"}
    | {"denominator_population"}
)


def spoilt(value: Any, text: str, field: str = "") -> Any:
    """A value with another text in every field that holds words for people."""
    if isinstance(value, str):
        return text if field in TEXTS else value
    if isinstance(value, tuple):
        return tuple(spoilt(v, text, field) for v in value)
    if isinstance(value, dict):
        return {k: spoilt(v, text) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: spoilt(getattr(value, f.name), text, f.name) for f in fields(value)}
        return replace(value, **changes)
    return value


def base_of(bundled: EvidenceBase, text: str) -> EvidenceBase:
    entries = tuple(replace(e, study=spoilt(e.study, text)) for e in bundled.entries)
    framework = spoilt(bundled.framework, text)
    book = replace(framework.codebook, gap_rules=bundled.framework.codebook.gap_rules)
    return replace(bundled, entries=entries, framework=replace(framework, codebook=book))


def made(bundled: EvidenceBase, text: str, name: str, about: str = "") -> Any:
    source = BriefingContext(base_of(bundled, text))
    return source, write_briefing(source, BriefingRequest(name, about, "finished"))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.seen.update(f"{tag}@{name}" for name, _ in attrs)


def tags(page: bytes) -> Counter[str]:
    reader = _Tags()
    reader.feed(page.decode())
    return Counter({key: n for key, n in reader.seen.items() if not key.startswith(("tspan", "text", "rect"))})


def _page(bundled: EvidenceBase, words: str) -> bytes:
    source, briefing = made(bundled, words, "group", "minority-ethnic")
    document = replace(as_document(briefing, source), appendix=appendix(briefing, source))
    return FORMATS[".html"].write(document, None)


@pytest.fixture(scope="module")
def harmless(bundled: EvidenceBase) -> Counter[str]:
    """The elements of a page whose texts are harmless."""
    return tags(_page(bundled, "Harmless words"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_html_element(text: str, bundled: EvidenceBase, harmless: Counter[str]) -> None:
    hostile = tags(_page(bundled, text))
    assert set(hostile) == set(harmless)
    assert "script" not in hostile
    assert not [name for name in hostile if "@on" in name]


# The review has every kind of passage, and takes long: it gets all texts at once.
TEXTS_OF_BRIEFINGS = (*((text, "group", "minority-ethnic") for text in HOSTILE), (" ".join(HOSTILE), "review", ""))


@pytest.mark.parametrize(("text", "name", "about"), TEXTS_OF_BRIEFINGS)
def test_hostile_text_is_literal_in_markdown(text: str, name: str, about: str, bundled: EvidenceBase) -> None:
    source, briefing = made(bundled, text, name, about)
    reports = check(read_markdown(briefing.text), source)
    assert [report for report in reports if "is not from the base" not in report.message] == []
    body = re.sub(r"`[^`\n]*`", "", briefing.text.partition("\n")[2])
    for active in ("<script", "<img", "](javascript", "{{", "{=html}", "$x^2$"):
        assert not re.search(rf"(?<!\\){re.escape(active)}", body)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_hostile_text_converts_to_word_and_pdf(suffix: str, bundled: EvidenceBase) -> None:
    pytest.importorskip(
        "pypandoc" if suffix == ".docx" else "typst", reason="the extras word and pdf are not installed"
    )
    source, briefing = made(bundled, " ".join(HOSTILE), "group", "minority-ethnic")
    assert len(FORMATS[suffix].write(as_document(briefing, source), None)) > 10_000


def test_five_thousand_authors_are_shortened(bundled: EvidenceBase) -> None:
    aabe = bundled.find("aabe-2019")
    assert aabe is not None
    many = tuple(Name(family=f"Kay{n}", given="K") for n in range(5000))
    base = with_study(bundled, replace(aabe, citation=replace(aabe.citation, author=many)))
    order = BriefingRequest("group", "minority-ethnic", citations="finished")
    text = write_briefing(BriefingContext(base), order).text
    assert "Kay0, K. *et al.* (2019)" in text
    assert "Kay4999" not in text
