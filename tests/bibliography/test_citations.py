"""Citations and references: facts of the base in the words of a style, and nothing that is not a fact."""

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled as shipped
from coprod_review.bibliography.citations import STYLES, CitationCluster, CitationFormatter, StyleError, TextRun
from coprod_review.errors import UnknownName
from coprod_review.files import reading
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation, Name
from coprod_review.model.study import Study
from coprod_review.text.escaping import visible
from tests.conftest import REPOSITORY, study
from tests.documents.sample import HOSTILE

FROZEN = REPOSITORY / "tests/shipped_data/references.txt"
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


def _text(words: tuple[TextRun, ...]) -> str:
    return "".join(f"*{w.text}*" if w.emphasis else w.text for w in words)


def _plain(words: tuple[TextRun, ...]) -> str:
    return "".join(w.text for w in words)


def _cited(cluster: CitationCluster) -> str:
    return cluster.prefix + cluster.delimiter.join(text for _, text in cluster.items) + cluster.suffix


def _work(
    place: int, title: str = "", *, names: tuple[Name, ...] = (Name(family="Kay", given="Katie"),), **facts: Any
) -> Study:
    """A work by Kay of 2019, unless other facts are given."""
    held = {"type": "report", "title": title or f"Title {place}", "author": names, "issued": 2019, **facts}
    return study(place, id=f"work-{place}", citation=Citation(**held))


def _style(folder: Path, citation: str = TITLE, entry: str = TITLE, macros: str = "") -> Path:
    path = folder / "own.csl"
    path.write_text(STYLE.format(citation=citation, entry=entry, macros=macros), encoding="utf-8")
    return path


def _all(base: EvidenceBase) -> Iterator[str]:
    ids = [s.id for s in base.studies]
    for style in STYLES:
        held = CitationFormatter(base.studies, style)
        cited = dict(held.cite(ids).items)
        told = [f"{i} | {cited[i]}\n{_text(held.reference(i))}\n" for i in held.order(ids)]
        yield "\n".join((f"# {style}\n", *told))


# --- the bundled base -----------------------------------------------------------------


def test_references_match_the_checked_list(bundled: EvidenceBase) -> None:
    assert "\n".join(_all(bundled)) == FROZEN.read_text(encoding="utf-8")


def test_reference_contains_every_citation_field(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies)
    for work in bundled.studies:
        text, facts = _plain(held.reference(work.id)), work.citation
        first = facts.author[0]
        for fact in (facts.title, first.literal or first.family, facts.container_title, facts.volume, facts.doi):
            assert str(fact or "") in text
        assert f"({facts.issued or 'no date'})" in text
        assert all(page in text for page in (facts.page or "").split("-"))


def test_missing_pages_do_not_make_a_preprint(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies)
    assert "Preprint" not in _plain(held.reference("parks-1981"))
    preprint = _work(1, type="article", container_title="medRxiv")
    assert "[Preprint]" in _plain(CitationFormatter([preprint]).reference("work-1"))


def test_formatting_is_fast_and_silent() -> None:
    code = (
        "import time\nfrom coprod_review.loading import discovery\nbase = discovery.read_base(None)\n"
        "began = time.process_time()\nfrom coprod_review.bibliography.citations import CitationFormatter\n"
        "held = CitationFormatter(base.studies)\nfor s in base.studies: held.reference(s.id)\n"
        "assert time.process_time() - began < 1"  # 0.1 on a quiet machine
    )
    made = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")


def test_citeproc_is_imported_on_first_use() -> None:
    code = (
        "import sys, coprod_review.bibliography.citations\n"
        "assert not {'citeproc', 'lxml', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("locale", "seed"), [("C", "0"), ("de_DE.UTF-8", "1"), ("tr_TR.UTF-8", "2")])
def test_locale_and_hash_seed_change_nothing(locale: str, seed: str) -> None:
    code = (
        "import sys\nfrom coprod_review.loading import discovery\nfrom tests.bibliography.test_citations import _all\n"
        "sys.stdout.buffer.write('\\n'.join(_all(discovery.read_base(None))).encode())"
    )
    changed = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=REPOSITORY, env=changed)
    assert made.stdout == FROZEN.read_bytes()


# --- citing -------------------------------------------------------------------------------


def test_cluster_orders_studies_as_the_style_does(bundled: EvidenceBase) -> None:
    cluster = CitationFormatter(bundled.studies).cite(["marshall-2022", "kay-2019", "tlap-nd", "kay-2019"])
    assert cluster == CitationCluster(
        "(",
        (
            ("kay-2019", "Kay and Edgley, 2019"),
            ("marshall-2022", "Marshall and Bamber, 2022"),
            ("tlap-nd", "Think Local Act Personal, no date"),
        ),
        "; ",
        ")",
    )


def test_citing_nothing_gives_nothing(bundled: EvidenceBase) -> None:
    assert CitationFormatter(bundled.studies).cite([]) == CitationCluster()


def test_numbers_follow_first_citation(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies, "vancouver")
    assert held.numbered
    assert _cited(held.cite(["kay-2019"])) == "(1)"
    assert _cited(held.cite(["bester-2022", "aabe-2019"])) == "(2,3)"
    assert _cited(held.cite(["aabe-2019", "kay-2019"])) == "(1,3)"
    assert held.order(["aabe-2019", "fox-2018", "kay-2019", "bester-2022"]) == (
        "kay-2019",
        "bester-2022",
        "aabe-2019",
        "fox-2018",
    )
    assert _plain(held.reference("aabe-2019")).startswith("3. Aabe NO,")


def test_the_harvard_list_is_alphabetical_whatever_was_cited_first() -> None:
    works = [
        _work(n, names=(Name(family=family),)) for n, family in enumerate(("Zoë", "Østby", "Ärling", "Arlow", "arlov"))
    ]
    held = CitationFormatter(works)
    assert not held.numbered
    listed = [works[int(i.removeprefix("work-"))].citation.author[0].family for i in held.order(w.id for w in works)]
    assert listed == ["Ärling", "arlov", "Arlow", "Zoë", "Østby"]


def test_unknown_study_suggests_the_nearest(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies)
    for asked in (held.reference, lambda i: held.cite([i]), lambda i: held.order([i])):
        with pytest.raises(UnknownName, match="There is no study kay-2018: did you mean `kay-2019`"):
            asked("kay-2018")


# --- works known through others ----------------------------------------------------------


def test_secondary_citation_names_both_works(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies)
    said = "Glimmerveen, Nies and Ybema, 2019, cited in Marshall and Bamber, 2022"
    assert _cited(held.cite(["glimmerveen-2019", "kay-2019"])) == f"({said}; Kay and Edgley, 2019)"
    assert _plain(held.reference("glimmerveen-2019")).endswith("ijic.4202. Cited in: Marshall and Bamber, 2022.")
    assert held.order(["glimmerveen-2019"]) == ("glimmerveen-2019", "marshall-2022")


def test_secondary_citation_in_numbered_style(bundled: EvidenceBase) -> None:
    held = CitationFormatter(bundled.studies, "vancouver")
    assert _cited(held.cite(["glimmerveen-2019", "kay-2019"])) == "(1, cited in 2; 3)"
    assert _plain(held.reference("glimmerveen-2019")).endswith("ijic.4202. Cited in: reference 2.")
    assert held.order(["kay-2019", "glimmerveen-2019"]) == ("glimmerveen-2019", "marshall-2022", "kay-2019")


def test_circular_and_missing_cited_via_end() -> None:
    works = [replace(_work(n), cited_via=f"work-{1 - n}") for n in (0, 1)]
    held = CitationFormatter([*works, replace(_work(2), cited_via="lost-2001")])
    assert held.order(["work-1"]) == ("work-0", "work-1")
    assert held.order(["work-2"]) == ("work-2",)
    assert _cited(held.cite(["work-2"])).endswith(", cited in lost-2001)")


def test_a_retracted_work_is_listed_as_retracted() -> None:
    words = CitationFormatter([replace(_work(1), status="retracted")]).reference("work-1")
    assert _text(words) == "Kay, K. (2019) *Title 1*. Retracted by its publisher."


# --- years ----------------------------------------------------------------------------------


def test_same_author_and_year_get_letters_by_title() -> None:
    other = Name(family="Kay", given="Brian")
    held = CitationFormatter([_work(1, "Second"), _work(2, "first", names=(other,)), _work(3, "third", issued=2020)])
    assert _cited(held.cite(["work-1", "work-2", "work-3"])) == "(Kay, 2019a; Kay, 2019b; Kay, 2020)"
    assert dict(held.cite(["work-1"]).items) == {"work-1": "Kay, 2019b"}
    assert _text(held.reference("work-2")) == "Kay, B. (2019a) *first*."
    assert held.order(["work-1", "work-2", "work-3"]) == ("work-2", "work-1", "work-3")


def test_year_letters_ignore_order_and_selection() -> None:
    works = [_work(n, title) for n, title in enumerate("cab")]
    for order in (works, works[::-1]):
        assert _cited(CitationFormatter(order).cite(["work-0"])) == "(Kay, 2019c)"


def test_distinct_citations_get_no_letters() -> None:
    edgley, fox = Name(family="Edgley"), Name(family="Fox")
    kay = Name(family="Kay")
    works = [_work(1, names=(kay, edgley)), _work(2, names=(kay, fox)), _work(3, names=(kay,))]
    cited = _cited(CitationFormatter(works).cite([w.id for w in works]))
    assert cited == "(Kay and Edgley, 2019; Kay and Fox, 2019; Kay, 2019)"


def test_et_al_ambiguity_gets_letters() -> None:
    names = [tuple(Name(family=f) for f in ("Kay", b, "Ash", "Lee")) for b in ("Edgley", "Fox")]
    cited = _cited(CitationFormatter([_work(1, names=names[0]), _work(2, names=names[1])]).cite(["work-1", "work-2"]))
    assert cited == "(Kay et al., 2019a; Kay et al., 2019b)"


def test_undated_works_get_letters() -> None:
    works = [_work(n, names=(Name(literal="Think Local Act Personal"),), issued=None) for n in (1, 2)]
    held = CitationFormatter(works)
    assert _plain(held.reference("work-2")) == "Think Local Act Personal (no date b) Title 2."


def test_after_z_comes_aa() -> None:
    held = CitationFormatter([_work(n, f"Title {n:02}") for n in range(28)])
    assert [_cited(held.cite([f"work-{n}"])) for n in (25, 26, 27)] == [
        "(Kay, 2019z)",
        "(Kay, 2019aa)",
        "(Kay, 2019ab)",
    ]


def test_numbered_styles_have_no_letters() -> None:
    assert "2019a" not in _plain(CitationFormatter([_work(1), _work(2)], "vancouver").reference("work-1"))


# --- names, pages and what is missing ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (Name(literal="Department of Health, Social Services and Public Safety"), None),
        (Name(family="Beethoven", given="Ludwig van"), "Beethoven, L. van"),
        (Name(family="Sartre", given="Jean-Paul Charles"), "Sartre, J.-P.C."),
        (Name(family="王", given="伟"), "王, 伟"),
        (Name(family="Kay"), "Kay"),
        (Name(given="Teresa"), "Teresa"),
        (Name(family="Kay", given="K", literal="Kay Ltd"), "Kay Ltd"),
    ],
)
def test_a_name_has_initials_where_it_has_capitals(name: Name, said: str | None) -> None:
    words = CitationFormatter([_work(1, names=(name,))]).reference("work-1")
    assert _text(words) == f"{said or name.literal} (2019) *Title 1*."


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ("1-12", "1–12"),
        ("1181-1189", "1181–9"),
        ("99-103", "99–103"),
        ("e395-e409", "e395–409"),
        ("877", "877"),
        ("12, 15-17", "12, 15–7"),
        ("<b>1-2</b>", "<b>1-2</b>"),
        ("1 & x--y, z", "1 & x--y, z"),
    ],
)
def test_shortened_page_ranges_lose_nothing(pages: str, said: str) -> None:
    work = _work(1, type="article-journal", container_title="J", volume="3", page=pages)
    assert _plain(CitationFormatter([work], "vancouver").reference("work-1")) == f"1. Kay K. Title 1. J. 2019;3:{said}."


def test_sparse_citation_leaves_no_gaps() -> None:
    nothing = study(1, id="work-1", citation=Citation(type="", title=""))
    held = CitationFormatter([nothing, _work(2, names=(), issued=None), _work(3, names=(Name(),), type="no such type")])
    assert _cited(held.cite(["work-2"])) == "(Title 2, no date)"
    assert _text(held.reference("work-2")) == "*Title 2* (no date)."
    assert _plain(held.reference("work-3")) == "‘Title 3’ (2019)."
    assert _cited(held.cite(["work-1"])) == "(no date)"


def test_ids_that_differ_in_capitals_alone_are_two_works() -> None:
    held = CitationFormatter([replace(_work(1), id="kay"), replace(_work(2), id="Kay")])
    assert [_plain(held.reference(i)) for i in ("kay", "Kay")] == [
        f"Kay, K. (2019{n}) Title {t}." for n, t in ("a1", "b2")
    ]


# --- hostile data ----------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("hostile", [*HOSTILE, '<span class="nocase">a</span>', "\ue000a\ue001", "a\ud800", "a\nb"])
def test_hostile_text_comes_out_as_the_same_text(hostile: str, style: str) -> None:
    shown = visible(" ".join(hostile.split()))
    names = (Name(literal=hostile),)
    journal = _work(1, hostile, names=names, type="article-journal", volume=hostile, page=hostile, doi=hostile)
    report = _work(2, hostile, names=names, publisher=hostile, publisher_place=hostile, number=hostile, url=hostile)
    held = CitationFormatter([journal, report], style)
    assert _plain(held.reference("work-1")).count(shown) == 5
    assert _plain(held.reference("work-2")).count(shown) == 6
    assert all(not w.text.count("\ue000") for i in ("work-1", "work-2") for w in held.reference(i))


def test_markup_in_journal_title_stays_italic() -> None:
    work = _work(1, type="article-journal", container_title="*J* </i> {x}.", volume="1")
    pieces = CitationFormatter([work]).reference("work-1")
    assert [w.text for w in pieces if w.emphasis] == ["*J* </i> {x}."]


def test_full_stop_after_italics_is_not_doubled() -> None:
    assert _text(CitationFormatter([_work(1, "It ends.")]).reference("work-1")) == "Kay, K. (2019) *It ends.*"


def test_five_thousand_authors_are_cut_by_the_style() -> None:
    work = _work(1, names=tuple(Name(family=f"Kay{n}", given="K") for n in range(5_000)))
    assert _text(CitationFormatter([work]).reference("work-1")) == "Kay0, K. *et al.* (2019) *Title 1*."
    assert _plain(CitationFormatter([work], "vancouver").reference("work-1")).startswith(
        "1. Kay0 K, Kay1 K, Kay2 K, Kay3 K, Kay4 K, Kay5 K, et al. Title 1."
    )


# --- styles of one's own ------------------------------------------------------------------------


def test_style_path_equals_style_name(bundled: EvidenceBase) -> None:
    by_path = CitationFormatter(bundled.studies, CSL / "vancouver.csl")
    assert _plain(by_path.reference("kay-2019")) == _plain(
        CitationFormatter(bundled.studies, "vancouver").reference("kay-2019")
    )
    assert (
        _cited(CitationFormatter(bundled.studies, str(CSL / "harvard.csl")).cite(["kay-2019"]))
        == "(Kay and Edgley, 2019)"
    )


def test_brackets_and_separators_are_those_of_the_style(tmp_path: Path) -> None:
    held = CitationFormatter([_work(1), _work(2)], _style(tmp_path))
    assert _cited(held.cite(["work-2", "work-1"])) == "[Title 2 / Title 1]"


def test_raised_numbers_without_brackets_get_brackets(tmp_path: Path) -> None:
    path = _style(tmp_path, '<text variable="citation-number"/>')
    text = path.read_text(encoding="utf-8").replace('prefix="[" suffix="]" delimiter=" / "', 'vertical-align="sup"')
    path.write_text(text, encoding="utf-8")
    assert _cited(CitationFormatter([_work(1), _work(2)], path).cite(["work-1", "work-2"])) == "[1, 2]"


def test_separate_number_is_followed_by_space(tmp_path: Path) -> None:
    number = '<text variable="citation-number" suffix="."/>'
    held = CitationFormatter([_work(1)], _style(tmp_path, number, number + TITLE))
    assert _plain(held.reference("work-1")) == "1. Title 1"


def test_invisible_style_characters_are_escaped(tmp_path: Path) -> None:
    held = CitationFormatter([_work(1)], _style(tmp_path, entry='<text variable="title" prefix="\u202e\u00a0\ue0f0"/>'))
    assert _plain(held.reference("work-1")) == "\\u202e \\ue0f0Title 1"


def test_no_warning_gets_out(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        CitationFormatter([_work(1)], _style(tmp_path, entry='<names variable="author"/>')).reference("work-1")
    assert not told


DOCTYPE = '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PARENT = '<link href="http://www.zotero.org/styles/harvard1" rel="independent-parent"/>'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "is not XML: Document is empty"),
        (b"not xml at all", "is not XML: "),
        (b"<style>", "is not XML: "),
        (b"<html><body/></html>", "is no CSL style: name another CSL file, or one of harvard, vancouver."),
        (b"<style/>", "is no CSL style"),
        (b"\xff\xfe<\x00", "is not UTF-8 text"),
        (b"a" * (2**20 + 1), "is larger than 1 MiB, the limit for a CSL style: use a smaller one"),
        ((DOCTYPE + "<style>&b;</style>").encode(), "declares a document type or entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "declares a document type"),
        (
            STYLE.replace("<info>", f"<info>{PARENT}").encode(),
            "points to http://www.zotero.org/styles/harvard1: name the",
        ),
        (STYLE.replace('"in-text"', '"note"').encode(), "puts citations into footnotes"),
        (STYLE.replace("bibliography", "other").encode(), "has no bibliography"),
        (STYLE.replace("citation", "other").encode(), "has no citation"),
    ],
)
def test_invalid_style_file_is_rejected(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "bad.csl"
    path.write_bytes(content)
    with pytest.raises(StyleError) as told:
        CitationFormatter([], path)
    message = str(told.value)
    assert message.startswith("The citation style ")
    assert found in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (
            "harvrad",
            "There is no citation style harvrad: did you mean `harvard`? Name one of harvard, vancouver, or the",
        ),
        ("", "There is no citation style"),
        ("no/such.csl", "The citation style no/such.csl does not exist: check the path."),
        ("a\x00\u202e.csl", "The citation style a\\u0000\\u202e.csl does not exist: check"),
        ("x" * 5000 + ".csl", "The citation style x"),
        (".", "The citation style . is a folder, not a file: a CSL style is needed here."),
    ],
)
def test_missing_style_is_reported(style: str, found: str) -> None:
    with pytest.raises(StyleError) as told:
        CitationFormatter([], style)
    assert str(told.value).startswith(found)


def test_unreadable_style_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = _style(tmp_path)
    monkeypatch.setattr(reading, "open_regular", refuse)
    with pytest.raises(StyleError, match="cannot be read: permission denied"):
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
        StyleError, match=r"^The citation style .*own.csl (uses something|calls its macros).*: name another"
    ):
        CitationFormatter([_work(1)], _style(tmp_path, entry=entry, macros=macros)).reference("work-1")


def test_nothing_outside_a_style_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    held = CitationFormatter([_work(1)], _style(tmp_path, entry=TITLE, macros=f"<macro name='a'>{include}</macro>"))
    assert _plain(held.reference("work-1")) == "Title 1"
    with pytest.raises(StyleError, match="uses something"):
        CitationFormatter(
            [_work(1)], _style(tmp_path, entry='<text macro="a"/>', macros=f"<macro name='a'>{include}</macro>")
        ).reference("work-1")


@pytest.mark.parametrize("name", STYLES)
def test_bundled_styles_state_licence_and_changes(name: str) -> None:
    text = (CSL / STYLES[name]).read_text(encoding="utf-8")
    assert '<rights license="http://creativecommons.org/licenses/by-sa/3.0/">' in text
    assert "A modified copy of" in text
