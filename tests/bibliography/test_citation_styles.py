"""Hostile texts in citations, and styles of one's own."""

import warnings
from pathlib import Path

import pytest

from coprod_review import bundled as shipped
from coprod_review.bibliography.citations import STYLES, CitationFormatter, StyleError
from coprod_review.files import reading
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Name
from coprod_review.text.escaping import visible
from tests.bibliography.works import cluster_text, make_work, plain_text, text_of
from tests.documents.sample import HOSTILE

CSL = shipped.TEMPLATES / "csl"

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout prefix="[" suffix="]" delimiter=" / ">{citation}</layout></citation>
  <bibliography><layout>{entry}</layout></bibliography>
</style>
"""

TITLE = '<text variable="title"/>'


def _style(folder: Path, citation: str = TITLE, entry: str = TITLE, macros: str = "") -> Path:
    path = folder / "own.csl"
    path.write_text(STYLE.format(citation=citation, entry=entry, macros=macros), encoding="utf-8")
    return path


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("hostile", [*HOSTILE, '<span class="nocase">a</span>', "\ue000a\ue001", "a\ud800", "a\nb"])
def test_hostile_text_comes_out_as_the_same_text(hostile: str, style: str) -> None:
    shown = visible(" ".join(hostile.split()))
    names = (Name(literal=hostile),)
    journal = make_work(1, hostile, names=names, type="article-journal", volume=hostile, page=hostile, doi=hostile)
    report = make_work(2, hostile, names=names, publisher=hostile, publisher_place=hostile, number=hostile, url=hostile)
    formatter = CitationFormatter([journal, report], style)
    assert plain_text(formatter.reference("work-1")).count(shown) == 5
    assert plain_text(formatter.reference("work-2")).count(shown) == 6
    assert all(not w.text.count("\ue000") for i in ("work-1", "work-2") for w in formatter.reference(i))


def test_markup_in_journal_title_stays_italic() -> None:
    work = make_work(1, type="article-journal", container_title="*J* </i> {x}.", volume="1")
    pieces = CitationFormatter([work]).reference("work-1")
    assert [w.text for w in pieces if w.emphasis] == ["*J* </i> {x}."]


def test_full_stop_after_italics_is_not_doubled() -> None:
    assert text_of(CitationFormatter([make_work(1, "It ends.")]).reference("work-1")) == "Kay, K. (2019) *It ends.*"


def test_five_thousand_authors_are_cut_by_the_style() -> None:
    work = make_work(1, names=tuple(Name(family=f"Kay{n}", given="K") for n in range(5_000)))
    assert text_of(CitationFormatter([work]).reference("work-1")) == "Kay0, K. *et al.* (2019) *Title 1*."
    assert plain_text(CitationFormatter([work], "vancouver").reference("work-1")).startswith(
        "1. Kay0 K, Kay1 K, Kay2 K, Kay3 K, Kay4 K, Kay5 K, et al. Title 1."
    )


def test_style_path_equals_style_name(bundled: EvidenceBase) -> None:
    by_path = CitationFormatter(bundled.studies, CSL / "vancouver.csl")
    assert plain_text(by_path.reference("kay-2019")) == plain_text(
        CitationFormatter(bundled.studies, "vancouver").reference("kay-2019")
    )
    assert (
        cluster_text(CitationFormatter(bundled.studies, str(CSL / "harvard.csl")).cite(["kay-2019"]))
        == "(Kay and Edgley, 2019)"
    )


def test_brackets_and_separators_are_those_of_the_style(tmp_path: Path) -> None:
    formatter = CitationFormatter([make_work(1), make_work(2)], _style(tmp_path))
    assert cluster_text(formatter.cite(["work-2", "work-1"])) == "[Title 2 / Title 1]"


def test_raised_numbers_without_brackets_get_brackets(tmp_path: Path) -> None:
    path = _style(tmp_path, '<text variable="citation-number"/>')
    text = path.read_text(encoding="utf-8").replace('prefix="[" suffix="]" delimiter=" / "', 'vertical-align="sup"')
    path.write_text(text, encoding="utf-8")
    assert cluster_text(CitationFormatter([make_work(1), make_work(2)], path).cite(["work-1", "work-2"])) == "[1, 2]"


def test_separate_number_is_followed_by_space(tmp_path: Path) -> None:
    number = '<text variable="citation-number" suffix="."/>'
    formatter = CitationFormatter([make_work(1)], _style(tmp_path, number, number + TITLE))
    assert plain_text(formatter.reference("work-1")) == "1. Title 1"


def test_invisible_style_characters_are_escaped(tmp_path: Path) -> None:
    formatter = CitationFormatter(
        [make_work(1)], _style(tmp_path, entry='<text variable="title" prefix="\u202e\u00a0\ue0f0"/>')
    )
    assert plain_text(formatter.reference("work-1")) == "\\u202e \\ue0f0Title 1"


def test_no_warning_gets_out(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        CitationFormatter([make_work(1)], _style(tmp_path, entry='<names variable="author"/>')).reference("work-1")
    assert not raised


DOCTYPE = '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

PARENT = '<link href="http://www.zotero.org/styles/harvard1" rel="independent-parent"/>'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "is not XML (Document is empty"),
        (b"not xml at all", "is not XML ("),
        (b"<style>", "is not XML ("),
        (
            b"<html><body/></html>",
            "is not a CSL style: name another CSL file, or one of these styles: harvard, vancouver.",
        ),
        (b"<style/>", "is not a CSL style"),
        (b"\xff\xfe<\x00", "is not text in UTF-8"),
        (b"a" * (2**20 + 1), "is larger than 1 MiB, the limit for a CSL style: use a smaller file"),
        ((DOCTYPE + "<style>&b;</style>").encode(), "declares a document type or entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "declares a document type"),
        (
            STYLE.replace("<info>", f"<info>{PARENT}").encode(),
            "refers to the style http://www.zotero.org/styles/harvard1: name the",
        ),
        (STYLE.replace('"in-text"', '"note"').encode(), "puts citations into footnotes"),
        (STYLE.replace("bibliography", "other").encode(), "has no layout for `bibliography`"),
        (STYLE.replace("citation", "other").encode(), "has no layout for `citation`"),
    ],
)
def test_invalid_style_file_is_rejected(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "bad.csl"
    path.write_bytes(content)
    with pytest.raises(StyleError) as raised:
        CitationFormatter([], path)
    message = str(raised.value)
    assert message.startswith("The citation style ")
    assert found in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (
            "harvrad",
            "There is no citation style harvrad: did you mean `harvard`? Name a CSL file, or one",
        ),
        ("", "There is no citation style"),
        ("no/such.csl", "The citation style no/such.csl does not exist: check the path."),
        ("a\x00\u202e.csl", "The citation style a\\u0000\\u202e.csl does not exist: check"),
        ("x" * 5000 + ".csl", "The citation style x"),
        (".", "The citation style . is a folder, not a file: a CSL style is needed here."),
    ],
)
def test_missing_style_is_reported(style: str, found: str) -> None:
    with pytest.raises(StyleError) as raised:
        CitationFormatter([], style)
    assert str(raised.value).startswith(found)


def test_unreadable_style_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = _style(tmp_path)
    monkeypatch.setattr(reading, "open_regular", refuse)
    with pytest.raises(StyleError, match=r"cannot be read \(permission denied\)"):
        CitationFormatter([], path)


MANY = "".join("<macro name='m{}'>{}</macro>".format(n, f"<text macro='m{n + 1}'/>" * 10) for n in range(9))


@pytest.mark.parametrize(
    ("macros", "entry"),
    [
        ("", '<text macro="nowhere"/>'),
        ("<macro name='a'><text macro='a'/></macro>", '<text macro="a"/>'),
        ("<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>", '<text macro="a"/>'),
        ("", '<text variable="title" font-style="sideways"/>'),
        (MANY + "<macro name='m9'/>", '<text macro="m0"/>'),
    ],
)
def test_unusable_macros_are_reported(tmp_path: Path, macros: str, entry: str) -> None:
    with pytest.raises(
        StyleError, match=r"^The citation style .*own.csl (uses a feature|calls its macros).*: name another"
    ):
        CitationFormatter([make_work(1)], _style(tmp_path, entry=entry, macros=macros)).reference("work-1")


def test_nothing_outside_a_style_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    formatter = CitationFormatter(
        [make_work(1)], _style(tmp_path, entry=TITLE, macros=f"<macro name='a'>{include}</macro>")
    )
    assert plain_text(formatter.reference("work-1")) == "Title 1"
    with pytest.raises(StyleError, match="uses a feature"):
        CitationFormatter(
            [make_work(1)], _style(tmp_path, entry='<text macro="a"/>', macros=f"<macro name='a'>{include}</macro>")
        ).reference("work-1")


@pytest.mark.parametrize("name", STYLES)
def test_bundled_styles_state_licence_and_changes(name: str) -> None:
    text = (CSL / STYLES[name]).read_text(encoding="utf-8")
    assert '<rights license="http://creativecommons.org/licenses/by-sa/3.0/">' in text
    assert "A modified copy of" in text
