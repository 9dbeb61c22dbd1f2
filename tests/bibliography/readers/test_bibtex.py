"""BibTeX in: every record becomes a reference or is rejected by line, and what is doubtful is reported."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.bibliography.readers import bibtex
from coprod_review.bibliography.reference import Reference, RejectedRecord
from coprod_review.model.citation import Citation, Name
from tests.conftest import REPOSITORY


def _only(text: str) -> Reference:
    result = bibtex.read(text)
    assert result.rejected == ()
    (reference,) = result.references
    return reference


def _with(fields: str, kind: str = "article") -> Reference:
    return _only(f"@{kind}{{key, title = {{A title}}, author = {{Kay, Katie}}, year = 2019, {fields}}}")


def _doubts(reference: Reference) -> list[str]:
    return [doubt.field for doubt in reference.concerns]


def test_a_complete_record() -> None:
    text = """
% a remark
@string{mhsi = "Mental Health " # {and Social Inclusion}}
@preamble{"\\newcommand"}
@comment{jabref-meta: databaseType:bibtex;}
@Article{kay2019,
  Title = {Evaluation of a new {Recovery} College: 50% of {NHS} costs},
  author = "Kay, Katie and Edgley, George",
  journal = mhsi, year = 2019, month = jan, volume = 23, number = {1}, pages = {36--46},
  doi = {https://doi.org/10.1108/MHSI-10-2018-0035}, PMID = {123}, pmcid = {456}, keywords = {a, b},
}
"""
    assert bibtex.read(text).references == (
        Reference(
            "kay2019",
            6,
            Citation(
                type="article-journal",
                title="Evaluation of a new Recovery College: 50% of NHS costs",
                author=(Name(family="Kay", given="Katie"), Name(family="Edgley", given="George")),
                issued=2019,
                container_title="Mental Health and Social Inclusion",
                volume="23",
                issue="1",
                page="36-46",
                doi="10.1108/MHSI-10-2018-0035",
                pmid="123",
                pmcid="PMC456",
            ),
        ),
    )


def test_a_record_of_biblatex() -> None:
    text = (
        "@online(x, title = {Main}, subtitle = {Second part}, author = {{NHS England}}, date = {2019-05-01}, "
        "organization = {NHS website}, url = {https://a.org/x%20y_z?a=1\\&b={2}})"
    )
    assert _only(text) == Reference(
        "x",
        1,
        Citation(
            type="webpage",
            title="Main: Second part",
            author=(Name(literal="NHS England"),),
            issued=2019,
            container_title="NHS website",
            url="https://a.org/x%20y_z?a=1&b=2",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("article", "article-journal"),
        ("TechReport", "report"),
        ("report", "report"),
        ("online", "webpage"),
        ("book", "book"),
        ("incollection", "chapter"),
        ("inbook", "chapter"),
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("inproceedings", "paper-conference"),
    ],
)
def test_types_become_those_of_the_codebook(kind: str, type_: str) -> None:
    reference = _with("", kind)
    assert (reference.citation.type, reference.concerns) == (type_, ())


@pytest.mark.parametrize("kind", ["misc", "unpublished", "podcast"])
def test_vague_type_becomes_document_with_concern(kind: str) -> None:
    reference = _with("", kind)
    assert reference.citation.type == "document"
    (concern,) = reference.concerns
    assert concern.field == "type"
    assert f"`@{kind}`" in concern.remark
    assert "coprod-review codebook citation_types" in concern.remark


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("techreport", "institution = {A}, address = {Leeds}, number = {7}", ("A", "Leeds", "7", None)),
        ("thesis", "school = {B}, location = {York}", ("B", "York", None, None)),
        ("book", "publisher = {C}, series = {S}, number = {3}", ("C", None, "3", "S")),
        ("manual", "organization = {D}", ("D", None, None, None)),
        ("article", "publisher = {E}, eid = {e7}", ("E", None, "e7", None)),
    ],
)
def test_fields_that_depend_on_the_type(kind: str, fields: str, found: tuple[str | None, ...]) -> None:
    c = _with(fields, kind).citation
    assert (c.publisher, c.publisher_place, c.number, c.collection_title) == found


def test_a_booktitle_is_the_container() -> None:
    assert _with("booktitle = {Held {In}}", "incollection").citation.container_title == "Held In"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Caf{\\'e} \\o{} {\\\"U}ber \\c{c}", "Café ø Über ç"),
        ("50% of {NHS} costs & 20\\% #1", "50% of NHS costs & 20% #1"),
        ("Costs of $5 to $10 in the {UK}", "Costs of $5 to $10 in the UK"),
        ("A $\\beta$ of $x_1$", "A β of x_1"),
        ("2010--2015 --- O'Cathain's ``word''", "2010–2015 — O'Cathain's “word”"),
        ("Research &amp; care &#39;x&#39; \\&amp; y", "Research & care 'x' & y"),
        ("A\n   title~on {two}\r\nlines", "A title on two lines"),
        ("{{All of it}}", "All of it"),
        ("It is \\today", "It is today"),
        ("{\\textless}i{\\textgreater}In{\\textless}/i{\\textgreater}", "<i>In</i>"),
        ("a\x00b\x9bc", "abc"),
    ],
)
def test_latex_and_entities_become_plain_text(written: str, read: str) -> None:
    assert _only(f"@article{{k, title = {{{written}}}, author = {{Kay, K.}}, year = 2019}}").citation.title == read


@pytest.mark.parametrize(
    ("field", "doi", "url"),
    [
        ("doi = {doi:10.1/A_b}", "10.1/A_b", None),
        ("doi = {http://dx.doi.org/10.1/a\\_b}", "10.1/a_b", None),
        ("doi = {10.1/50%_x{y}}", "10.1/50%_xy", None),
        ("url = {https://doi.org/10.1/x}", "10.1/x", None),
        ("url = {https://a.b/%20x\\_y~z}", None, "https://a.b/%20x_y~z"),
        ("howpublished = {\\url{https://a.b/c}}", None, "https://a.b/c"),
        ("howpublished = {A pamphlet}", None, None),
    ],
)
def test_addresses_are_not_decoded(field: str, doi: str | None, url: str | None) -> None:
    citation = _with(field).citation
    assert (citation.doi, citation.url) == (doi, url)


def test_invalid_doi_raises_a_concern() -> None:
    assert _doubts(_with("doi = {abc}")) == ["DOI"]


@pytest.mark.parametrize(
    ("year", "found", "doubted"),
    [
        ("year = 2019", 2019, False),
        ("date = {2019-05}", 2019, False),
        ("year = {}, date = {2018-05-01}", 2018, False),
        ("year = {2019/2020}", 2019, True),
        ("year = {[c. 2019]}", 2019, True),
        ("year = {in press}", None, True),
        ("year = {12019}", None, True),
        ("month = jan", None, True),
        ("year = {in press}, date = {2020}", 2020, False),
    ],
)
def test_years(year: str, found: int | None, doubted: bool) -> None:
    reference = _only(f"@article{{k, title = {{T}}, author = {{Kay, K.}}, {year}}}")
    assert reference.citation.issued == found
    assert ("issued" in _doubts(reference)) is doubted


@pytest.mark.parametrize(
    ("written", "names", "doubted"),
    [
        ("Kay, Katie", (Name(family="Kay", given="Katie"),), False),
        (
            "Katie Kay AND George Edgley",
            (Name(family="Kay", given="Katie"), Name(family="Edgley", given="George")),
            False,
        ),
        ("Jan van der Berg", (Name(family="van der Berg", given="Jan"),), False),
        ("King, Jr., Martin Luther", (Name(family="King", given="Martin Luther Jr."),), False),
        ("{Health and Care Board}", (Name(literal="Health and Care Board"),), False),
        ("{NHS} and Kay, K.", (Name(literal="NHS"), Name(family="Kay", given="K.")), False),
        (
            "Kay, K. and \\'Etienne, A.~B.",
            (Name(family="Kay", given="K."), Name(family="Étienne", given="A. B.")),
            False,
        ),
        ('G{\\"o}del, Kurt', (Name(family="Gödel", given="Kurt"),), False),
        ("Kay, K. and others", (Name(family="Kay", given="K."),), True),
        ("Department of Health", (Name(literal="Department of Health"),), True),
        ("Kay, K., Edgley, G.", (Name(literal="Kay, K., Edgley, G."),), True),
        ("Kay, Katie, Edgley", (Name(family="Kay", given="Edgley Katie"),), True),
        ("{Kay, Katie and Edgley, George}", (Name(literal="Kay, Katie and Edgley, George"),), True),
        ("x" * 80, (Name(literal="x" * 80),), True),
        (" and ", (), True),
        ("", (), True),
    ],
)
def test_authors(written: str, names: tuple[Name, ...], doubted: bool) -> None:
    reference = _only(f"@article{{k, title = {{T}}, author = {{{written}}}, year = 2019}}")
    assert reference.citation.author == names
    assert ("author" in _doubts(reference)) is bool(doubted)


def test_editors_replace_a_missing_author() -> None:
    reference = _only("@book{k, title = {T}, editor = {Kay, Katie}, year = 2019}")
    (concern,) = reference.concerns
    assert concern.field == "author"
    assert concern.remark.startswith("the record has editors (Kay, Katie) and no author")


@pytest.mark.parametrize(
    ("fields", "doubted"),
    [
        ("journal = nature", "container-title"),
        ("crossref = {whole}", "container-title"),
        ("note = {Retracted in 2020}", "status"),
        ("title = {Another title}", "title"),
        ("TITLE = {Another title}", "title"),
    ],
)
def test_what_a_person_must_look_at(fields: str, doubted: str) -> None:
    assert _doubts(_with(fields)) == [doubted]


def test_unused_field_may_be_repeated() -> None:
    assert _doubts(_with("keywords = {a}, keywords = {b}, title = {A title}")) == []


def test_text_after_an_extra_brace_raises_a_concern() -> None:
    assert _doubts(_only("@article{k, title = {T}}, author = {Kay, K.}, year = 2019}"))[-1] == "title"


def test_no_record_is_lost() -> None:
    text = "\n".join(
        (
            "@article{a, title = {One}}",
            "@article{a, title = {Two}}",
            "@misc{, title = {Three}}",
            "@misc{, title = {Four}}",
            "@article{b, author = {Kay, K.}}",
            "@article{c, title = {...}}",
            "@article",
            "{d, title = {Five}}",
            "@article{e, title = {Six,",
            "@article{f, title = {Seven}}",
            "@article{g title = {Eight}}",
            "@article{h, title = {Nine}, title = {Ten}}",
            "@book{i, title = {" + "x" * 30_000 + "}}",
            "@article{j, title = {Last",
        )
    )
    result = bibtex.read(text)
    assert [(r.key, r.line, r.citation.title) for r in result.references] == [
        ("a", 1, "One"), ("", 3, "Three"), ("", 4, "Four"), ("f", 10, "Seven"), ("h", 12, "Nine"),
    ]  # fmt: skip
    broken = "it cannot be read: look for a missing brace, quotation mark or comma in it"
    assert result.rejected == (
        RejectedRecord("a", 2, "the record on line 1 has the same key: change one of the two keys"),
        RejectedRecord("b", 5, "it has no title: add one"),
        RejectedRecord("c", 6, "it has no title: add one"),
        RejectedRecord("", 7, "`@article` has no opening brace on its line: add the brace"),
        RejectedRecord("e", 9, broken),
        RejectedRecord("g", 11, broken),
        RejectedRecord("i", 13, "its field `title` is too long to be right: correct it"),
        RejectedRecord("j", 14, broken),
    )
    assert len(result) == 13


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_the_breaks(breaks: str) -> None:
    result = bibtex.read(breaks.join(("remark", "", "@article{a,", "title = {One}}", "@article{b,}")))
    assert ([r.line for r in result.references], [r.line for r in result.rejected]) == ([3], [5])


HOSTILE = {
    "braces": "{" * 1_000_000,
    "an open record of braces": "@a{x, title = {" + "{" * 1_000_000,
    "unclosed records": "@a{x\n" * 20_000,
    "signs": "@" * 1_000_000,
    "abbreviations of abbreviations": '@string{a0 = "xxxxxxxxxx"}\n'
    + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 60))
    + "@misc{b, title = a59}",
    "backslashes": "@a{b, title = {" + "\\" * 19_000 + "x}}",
    "dollars": "@a{b, title = {" + "$" * 19_001 + "x}}",
    "nested": "@a{b, title = {" + "{" * 9_000 + "\\'e" + "}" * 9_000 + "}}",
    "accents": "@a{b, title = {" + "\\'e" * 6_000 + "}}",
    "many names": "@a{b, title = {x}, author = {" + " and" * 40_000 + "}}",
    "null": "\x00" * 1_000_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_ends_soon(name: str) -> None:
    began = time.perf_counter()
    bibtex.read(HOSTILE[name])
    assert time.perf_counter() - began < 10


@pytest.mark.slow
def test_a_thousand_records_in_reasonable_time() -> None:
    record = (
        "@article{{k{n}, title = {{A title of {{NHS}} care \\'etude {n}}}, author = {{Kay{n}, Katie and Edgley, "
        'Ge{{\\"o}}rge}}, journal = {{Care \\& Health}}, year = 2019, doi = {{10.1/x{n}}}, abstract = {{{words}}}}}\n'
    )
    text = "".join(record.format(n=n, words="words " * 100) for n in range(1_000))
    began = time.perf_counter()
    result = bibtex.read(text)
    assert (len(result.references), len(result.rejected)) == (1_000, 0)
    assert time.perf_counter() - began < 12


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["@article{", "@misc(", "k,", "title=", "author=", "year=", "{", "}", '"', "#", "\\'", "$", ",",
                         "\n", "and ", "Kay", "2019", "=", ")", "%", "\\", "x"]),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_any_text_can_be_read(text: str) -> None:
    result = bibtex.read(text)
    lines = text.count("\n") + 1
    assert all(1 <= reference.line <= lines for reference in result.references)
    assert all(1 <= record.line <= lines for record in result.rejected)


def test_parsers_print_and_log_nothing() -> None:
    code = (
        "from coprod_review.bibliography.readers import bibtex; "
        "bibtex.read('@article{a, title = {One,\\n@article{b, title = {\\\\begin{x} {}}}')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
