"""Citations and references: the facts of a base in the words of a style, and nothing else."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from coprod_review.bibliography.citations import CitationCluster, CitationFormatter
from coprod_review.errors import UnknownName
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation, Name
from tests.bibliography.works import cluster_text, make_work, plain_text, references, text_of
from tests.conftest import REPOSITORY, study


def test_reference_contains_every_citation_field(bundled: EvidenceBase) -> None:
    formatter = CitationFormatter(bundled.studies)
    for work in bundled.studies:
        text, facts = plain_text(formatter.reference(work.id)), work.citation
        first = facts.author[0]
        for fact in (facts.title, first.literal or first.family, facts.container_title, facts.volume, facts.doi):
            assert str(fact or "") in text
        assert f"({facts.issued or 'no date'})" in text
        assert all(page in text for page in (facts.page or "").split("-"))


def test_missing_pages_do_not_make_a_preprint(bundled: EvidenceBase) -> None:
    formatter = CitationFormatter(bundled.studies)
    assert "Preprint" not in plain_text(formatter.reference("parks-1981"))
    preprint = make_work(1, type="article", container_title="medRxiv")
    assert "[Preprint]" in plain_text(CitationFormatter([preprint]).reference("work-1"))


@pytest.mark.slow
def test_formatting_is_fast_and_silent() -> None:
    code = (
        "import time\nfrom coprod_review.loading import discovery\nbase = discovery.read_base(None)\n"
        "began = time.process_time()\nfrom coprod_review.bibliography.citations import CitationFormatter\n"
        "formatter = CitationFormatter(base.studies)\nfor s in base.studies: formatter.reference(s.id)\n"
        "assert time.process_time() - began < 1"  # 0.1 on a quiet machine
    )
    made = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")


@pytest.mark.slow
def test_citeproc_is_imported_on_first_use() -> None:
    code = (
        "import sys, coprod_review.bibliography.citations\n"
        "assert not {'citeproc', 'lxml', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "seed"), [("C", "0"), ("tr_TR.UTF-8", "2")])
def test_locale_and_hash_seed_change_nothing(locale: str, seed: str, bundled: EvidenceBase) -> None:
    code = (
        "import sys\nfrom coprod_review import load\nfrom tests.bibliography.works import references\n"
        "sys.stdout.buffer.write(references(load().studies).encode())"
    )
    changed = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=REPOSITORY, env=changed)
    assert done.stdout.decode() == references(bundled.studies)


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
    formatter = CitationFormatter(bundled.studies, "vancouver")
    assert formatter.numbered
    assert cluster_text(formatter.cite(["kay-2019"])) == "(1)"
    assert cluster_text(formatter.cite(["bester-2022", "aabe-2019"])) == "(2,3)"
    assert cluster_text(formatter.cite(["aabe-2019", "kay-2019"])) == "(1,3)"
    assert formatter.order(["aabe-2019", "fox-2018", "kay-2019", "bester-2022"]) == (
        "kay-2019",
        "bester-2022",
        "aabe-2019",
        "fox-2018",
    )
    assert plain_text(formatter.reference("aabe-2019")).startswith("3. Aabe NO,")


def test_the_harvard_list_is_alphabetical_whatever_was_cited_first() -> None:
    works = [
        make_work(n, names=(Name(family=family),))
        for n, family in enumerate(("Zoë", "Østby", "Ärling", "Arlow", "arlov"))
    ]
    formatter = CitationFormatter(works)
    assert not formatter.numbered
    listed = [
        works[int(i.removeprefix("work-"))].citation.author[0].family for i in formatter.order(w.id for w in works)
    ]
    assert listed == ["Ärling", "arlov", "Arlow", "Zoë", "Østby"]


def test_unknown_study_suggests_the_nearest(bundled: EvidenceBase) -> None:
    formatter = CitationFormatter(bundled.studies)
    for asked in (formatter.reference, lambda i: formatter.cite([i]), lambda i: formatter.order([i])):
        with pytest.raises(UnknownName, match="There is no study kay-2018: did you mean `kay-2019`"):
            asked("kay-2018")


def test_secondary_citation_names_both_works(bundled: EvidenceBase) -> None:
    formatter = CitationFormatter(bundled.studies)
    expected = "Glimmerveen, Nies and Ybema, 2019, cited in Marshall and Bamber, 2022"
    assert cluster_text(formatter.cite(["glimmerveen-2019", "kay-2019"])) == f"({expected}; Kay and Edgley, 2019)"
    assert plain_text(formatter.reference("glimmerveen-2019")).endswith(
        "ijic.4202. Cited in: Marshall and Bamber, 2022."
    )
    assert formatter.order(["glimmerveen-2019"]) == ("glimmerveen-2019", "marshall-2022")


def test_secondary_citation_in_numbered_style(bundled: EvidenceBase) -> None:
    formatter = CitationFormatter(bundled.studies, "vancouver")
    assert cluster_text(formatter.cite(["glimmerveen-2019", "kay-2019"])) == "(1, cited in 2; 3)"
    assert plain_text(formatter.reference("glimmerveen-2019")).endswith("ijic.4202. Cited in: reference 2.")
    assert formatter.order(["kay-2019", "glimmerveen-2019"]) == ("glimmerveen-2019", "marshall-2022", "kay-2019")


def test_circular_and_missing_cited_via_end() -> None:
    works = [replace(make_work(n), cited_via=f"work-{1 - n}") for n in (0, 1)]
    formatter = CitationFormatter([*works, replace(make_work(2), cited_via="lost-2001")])
    assert formatter.order(["work-1"]) == ("work-0", "work-1")
    assert formatter.order(["work-2"]) == ("work-2",)
    assert cluster_text(formatter.cite(["work-2"])).endswith(", cited in lost-2001)")


def test_a_retracted_work_is_listed_as_retracted() -> None:
    words = CitationFormatter([replace(make_work(1), status="retracted")]).reference("work-1")
    assert text_of(words) == "Kay, K. (2019) *Title 1*. Retracted by its publisher."


def test_same_author_and_year_get_letters_by_title() -> None:
    other = Name(family="Kay", given="Brian")
    formatter = CitationFormatter(
        [make_work(1, "Second"), make_work(2, "first", names=(other,)), make_work(3, "third", issued=2020)]
    )
    assert cluster_text(formatter.cite(["work-1", "work-2", "work-3"])) == "(Kay, 2019a; Kay, 2019b; Kay, 2020)"
    assert dict(formatter.cite(["work-1"]).items) == {"work-1": "Kay, 2019b"}
    assert text_of(formatter.reference("work-2")) == "Kay, B. (2019a) *first*."
    assert formatter.order(["work-1", "work-2", "work-3"]) == ("work-2", "work-1", "work-3")


def test_year_letters_ignore_order_and_selection() -> None:
    works = [make_work(n, title) for n, title in enumerate("cab")]
    for order in (works, works[::-1]):
        assert cluster_text(CitationFormatter(order).cite(["work-0"])) == "(Kay, 2019c)"


def test_distinct_citations_get_no_letters() -> None:
    edgley, fox = Name(family="Edgley"), Name(family="Fox")
    kay = Name(family="Kay")
    works = [make_work(1, names=(kay, edgley)), make_work(2, names=(kay, fox)), make_work(3, names=(kay,))]
    cited = cluster_text(CitationFormatter(works).cite([w.id for w in works]))
    assert cited == "(Kay and Edgley, 2019; Kay and Fox, 2019; Kay, 2019)"


def test_et_al_ambiguity_gets_letters() -> None:
    names = [tuple(Name(family=f) for f in ("Kay", b, "Ash", "Lee")) for b in ("Edgley", "Fox")]
    cited = cluster_text(
        CitationFormatter([make_work(1, names=names[0]), make_work(2, names=names[1])]).cite(["work-1", "work-2"])
    )
    assert cited == "(Kay et al., 2019a; Kay et al., 2019b)"


def test_undated_works_get_letters() -> None:
    works = [make_work(n, names=(Name(literal="Think Local Act Personal"),), issued=None) for n in (1, 2)]
    formatter = CitationFormatter(works)
    assert plain_text(formatter.reference("work-2")) == "Think Local Act Personal (no date b) Title 2."


def test_after_z_comes_aa() -> None:
    formatter = CitationFormatter([make_work(n, f"Title {n:02}") for n in range(28)])
    assert [cluster_text(formatter.cite([f"work-{n}"])) for n in (25, 26, 27)] == [
        "(Kay, 2019z)",
        "(Kay, 2019aa)",
        "(Kay, 2019ab)",
    ]


def test_numbered_styles_have_no_letters() -> None:
    assert "2019a" not in plain_text(CitationFormatter([make_work(1), make_work(2)], "vancouver").reference("work-1"))


@pytest.mark.parametrize(
    ("name", "expected"),
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
def test_a_name_has_initials_where_it_has_capitals(name: Name, expected: str | None) -> None:
    words = CitationFormatter([make_work(1, names=(name,))]).reference("work-1")
    assert text_of(words) == f"{expected or name.literal} (2019) *Title 1*."


@pytest.mark.parametrize(
    ("pages", "expected"),
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
def test_shortened_page_ranges_lose_nothing(pages: str, expected: str) -> None:
    work = make_work(1, type="article-journal", container_title="J", volume="3", page=pages)
    assert (
        plain_text(CitationFormatter([work], "vancouver").reference("work-1"))
        == f"1. Kay K. Title 1. J. 2019;3:{expected}."
    )


def test_sparse_citation_leaves_no_gaps() -> None:
    nothing = study(1, id="work-1", citation=Citation(type="", title=""))
    formatter = CitationFormatter(
        [nothing, make_work(2, names=(), issued=None), make_work(3, names=(Name(),), type="no such type")]
    )
    assert cluster_text(formatter.cite(["work-2"])) == "(Title 2, no date)"
    assert text_of(formatter.reference("work-2")) == "*Title 2* (no date)."
    assert plain_text(formatter.reference("work-3")) == "‘Title 3’ (2019)."
    assert cluster_text(formatter.cite(["work-1"])) == "(no date)"


def test_ids_that_differ_in_capitals_alone_are_two_works() -> None:
    formatter = CitationFormatter([replace(make_work(1), id="kay"), replace(make_work(2), id="Kay")])
    assert [plain_text(formatter.reference(i)) for i in ("kay", "Kay")] == [
        f"Kay, K. (2019{n}) Title {t}." for n, t in ("a1", "b2")
    ]
