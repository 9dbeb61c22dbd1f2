"""BibTeX out: what is written is read back as the same citation."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.bibliography.readers import bibtex as reader
from coprod_review.bibliography.writers import bibtex
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation, Name
from tests.conftest import study


def _citation(**changes: Any) -> Citation:
    return replace(Citation(type="report", title="A title", author=(Name(family="Kay"),), issued=2019), **changes)


def _back(*citations: Citation) -> list[Citation]:
    text = bibtex.write(study(n, citation=one) for n, one in enumerate(citations))
    result = reader.read(text)
    assert result.rejected == ()
    return [reference.citation for reference in result.references]


def test_bundled_studies_round_trip(bundled: EvidenceBase) -> None:
    result = reader.read(bibtex.write(bundled.studies))
    assert result.rejected == ()
    assert len(result) == len(bundled.studies)
    assert [r.key for r in result.references] == [s.id for s in bundled.studies]
    assert [r.citation for r in result.references] == [s.citation for s in bundled.studies]


def test_one_record_as_it_is_written(bundled: EvidenceBase) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    assert bibtex.write([kay]) == (
        "@article{kay-2019,\n"
        "  author = {Kay, Katie and Edgley, George},\n"
        "  title = {Evaluation of a new recovery college: delivering health outcomes and cost efficiencies via an "
        "educational approach},\n"
        "  year = {2019},\n"
        "  journal = {Mental Health and Social Inclusion},\n"
        "  volume = {23},\n"
        "  number = {1},\n"
        "  pages = {36--46},\n"
        "  doi = {10.1108/MHSI-10-2018-0035},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Care in the NHS and the UK", "Care in the {NHS} and the {UK}"),
        ("NHS care: 'What' next?", "{NHS} care: '{What}' next?"),
        ("McKenzie & 50% of #1 in $5_{x} \\ ~ ^", None),
        ("Élan ``quoted'' -- and --- dashes – — “q” ’s", None),
        ("O'Brien's ' '' ''' ` a", None),
        ("[Title not given in the review]", "[{Title} not given in the review]"),
        ("{", None),
        ('Costs of $5 and $6 <i>x</i> @article{x, y = "z"}', None),
        ("日本語 Ångström ﬁ", None),
    ],
)
def test_capitals_and_special_characters_survive(title: str, written: str | None) -> None:
    title = f"a {title}" if title == "{" else title
    assert [c.title for c in _back(_citation(title=title))] == [title]
    if written is not None:
        assert f"title = {{{written}}}" in bibtex.write([study(citation=_citation(title=title))])


@pytest.mark.parametrize(
    "author",
    [
        Name(literal="Social Care Institute for Excellence"),
        Name(literal="Health and Care, Research & Co"),
        Name(family="Mc Laughlin"),
        Name(family="Mc Laughlin", given="Leah"),
        Name(family="van der Berg", given="J. P."),
        Name(family="O'Cathain", given="Alicia"),
        Name(family="others"),
        Name(family="Rock and Roll", given="A, B"),
        Name(family="Strøm", given="Zoë"),
    ],
    ids=str,
)
def test_names_of_every_kind_survive(author: Name) -> None:
    both = (author, Name(family="Kay", given="Katie"))
    assert [c.author for c in _back(_citation(author=both), _citation(author=both[::-1]))] == [both, both[::-1]]


def test_corporate_author_gets_double_braces() -> None:
    written = bibtex.write([study(citation=_citation(author=(Name(literal="Department of Health"),)))])
    assert "author = {{Department of Health}}," in written


TYPES = ("article-journal", "report", "webpage", "book", "chapter", "thesis", "paper-conference", "document")


@pytest.mark.parametrize("type_", TYPES)
def test_every_field_of_every_type_survives(type_: str) -> None:
    whole = Citation(
        type=type_, title="A title", author=(Name(family="Kay", given="K."),), issued=2019, container_title="Held in",
        collection_title="Series", volume="1", issue="2", number="3", page="e4-e9", publisher="House",
        publisher_place="Leeds", doi="10.1/A_b(c)<d>;2-#", pmid="12", pmcid="PMC12", isbn="978-1", url="http://a.b/%20_c#d?e=1&f={g}",
    )  # fmt: skip
    assert _back(whole) == [whole]


def test_retracted_study_has_a_status_note() -> None:
    written = bibtex.write([study(1, status="retracted"), study(2, status="withdrawn"), study(3)])
    assert [line for line in written.split("\n") if "note" in line] == [
        "  note = {Retracted by its publisher},",
        "  note = {Withdrawn from the evidence base by its curators},",
    ]
    doubts = [[d.field for d in r.concerns if d.field == "status"] for r in reader.read(written).references]
    assert doubts == [["status"], ["status"], []]


texts = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(c.isalnum() for c in text) and not re.search("&[#\\w]+;", text))
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(title=texts, container=texts, body=texts, family=texts)
def test_any_text_survives(title: str, container: str, body: str, family: str) -> None:
    names = (Name(literal=body), Name(family=family, given="A."))
    one = _citation(title=title, container_title=container, author=names)
    assert _back(one) == [one]
