"""A draft is sound as it stands, says what it was made from exactly, and marks what a person must decide."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.bibliography.drafts import Draft, draft, draft_all, studies_file
from coprod_review.bibliography.reference import Concern, Reference, expected_id
from coprod_review.errors import InvalidBase
from coprod_review.loading import assembly
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation, Name
from coprod_review.model.study import Study, is_eligible
from coprod_review.source.problems import Severity
from coprod_review.source.scalars import yaml_scalar
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from tests.conftest import base_of, entry

KAY = Reference(
    "kay",
    3,
    Citation(
        type="article-journal",
        title="Evaluation: a new recovery college",
        author=(Name(family="Kay", given="Katie"), Name(literal="NHS, England")),
        issued=2019,
        volume="23",
        doi="10.1108/MHSI-10-2018-0035",
    ),
)


def _work(**changes: Any) -> Reference:
    plain = Citation(type="report", title="A title", author=(Name(family="Able"),), issued=2020)
    return Reference("able", 1, replace(plain, **changes))


def _read(text: str) -> EvidenceBase:
    return assembly.assemble("drafts", [YamlText(text, "drafts.yaml")])


def _errors(base: EvidenceBase) -> list[str]:
    return [p.message for p in apply_rules.find_problems(base) if p.rule.severity is Severity.ERROR]


# --- the text ---------------------------------------------------------------------


def test_a_draft_as_it_is_written() -> None:
    lines = draft(KAY, "kay-2019", "2026-11-23").text.splitlines()
    assert [line.split("  # ")[0] for line in lines] == [
        "id: kay-2019",
        "citation:",
        "  type: article-journal",
        '  title: "Evaluation: a new recovery college"',
        "  author:",
        "    - {family: Kay, given: Katie}",
        '    - {literal: "NHS, England"}',
        "  issued: 2019",
        '  volume: "23"',
        "  DOI: 10.1108/MHSI-10-2018-0035",
        "role: context",
        "role_reason: Not read yet.",
        "design: not_coded",
        "practice: []",
        "setting: []",
        "sector: []",
        "geography: {data: [], authors: []}",
        "coded_from: citation",
        "aim: null",
        "aims: {outcome: {code: not_coded}, process: {code: not_coded}}",
        "participants: not_coded",
        "# reports: {outcome: not_coded, process: not_coded}",
        "# definition: not_coded",
        "# principles_mentioned: {}",
        "populations: {}",
        "# characteristics: {}",
        "findings: []",
        "# findings:",
        "#   - id: kay-2019.1",
        "#     outcome:",
        "#     level:",
        "#     direction:",
        "#     evidence_role:",
        "#     summary:",
        "#     reported_in: [{source: abstract}]",
        "provenance: {entered_from: hand, as_of: 2026-11-23}",
    ]


def test_every_code_of_a_draft_has_a_marker_and_vocabularies_are_named(bundled: EvidenceBase) -> None:
    lines = draft(KAY, "kay-2019", "2026-11-23").text.splitlines()
    marked = {line.split(":")[0] for line in lines if "  # TODO: " in line}
    assert marked == {
        "role", "role_reason", "design", "practice", "sector", "geography", "coded_from", "aim", "aims",
        "participants", "setting", "populations", "findings", "provenance",
    }  # fmt: skip
    named = re.findall(r"coprod-review codebook (\w+)$", "\n".join(lines), re.MULTILINE)
    assert named == [
        "designs",
        "practices",
        "settings",
        "sectors",
        "places",
        "aims",
        "principles",
        "groups",
        "characteristics",
        "outcomes",
        "sources",
    ]
    assert set(named) <= set(bundled.framework.codebook.vocabularies)


def test_concern_is_written_at_its_field() -> None:
    doubted = replace(
        KAY,
        citation=replace(KAY.citation, author=(), issued=None),
        concerns=(Concern("issued", "no year"), Concern("author", "one"), Concern("author", "two"),
                Concern("status", "note"),
                Concern("container-title", "look"), Concern("title", "line\nbreak")),
    )  # fmt: skip
    text = draft(doubted, "unknown-nd", "2026-11-23").text
    for line in (
        "  issued: null  # TODO: no year\n",
        "  author: []  # TODO: one\n  # TODO: two\n",
        "  container-title: null  # TODO: look\n",
        '  title: "Evaluation: a new recovery college"  # TODO: line\\u000abreak\n',
        "status: active  # TODO: note\nprovenance:",
    ):
        assert line in text
    assert _errors(_read(text)) == []


def test_every_line_reads_well_at_120_columns(bundled: EvidenceBase) -> None:
    drafts, _ = draft_all([_work(author=(Name(literal="A body with quite a long name for an id " * 3),))], bundled)
    text = studies_file(drafts)
    assert drafts[0].id == "a-body-with-quite-a-long-name-for-an-id-a-body-with-quite-a-2020"
    assert [line for line in text.split("\n") if len(line) > 120 and "literal" not in line] == []


def test_uncommented_template_lines_are_valid() -> None:
    text = draft(KAY, "kay-2019", "2026-11-23").text
    options = re.sub(r"^# (reports|definition|principles_mentioned)", r"\1", text, flags=re.MULTILINE)
    assert _errors(_read(options)) == []
    started = re.sub(r"^# ", "", re.sub(r"^findings: \[\].*\n", "", options, flags=re.MULTILINE), flags=re.MULTILINE)
    assert [p.path[-1] for p in _read(started).problems] == [
        "outcome",
        "level",
        "direction",
        "evidence_role",
        "summary",
    ]


def test_a_draft_counts_only_when_its_design_is_known() -> None:
    text = draft(KAY, "kay-2019", "2026-11-23").text
    (study,) = _read(text).studies
    assert not is_eligible(study, assembly.bundled_codebook())
    assert _errors(_read(text.replace("role: context", "role: evidence"))) == [
        "the role is `evidence`, but a work with the design `not_coded` has no data"
    ]


def test_every_term_and_command_that_a_marker_names_exists(bundled: EvidenceBase) -> None:
    book = bundled.framework.codebook
    text = draft(KAY, "kay-2019", "2026-11-23").text
    for vocabulary in re.findall(r"coprod-review codebook (\w+)", text):
        assert book.terms(vocabulary), vocabulary
    named = """
        practices co-production; sectors social-care health; places England; coded_from abstract full_text citation;
        aims primary secondary not_an_aim; read_in title abstract; settings service;
        groups unpaid-carers women; population_codes focus included;
        roles evidence context; levels experience output outcome impact; principles equality; mentions mentioned;
        directions benefit mixed no_change harm not_stated; definitions given cited none;
        evidence_roles original reported_by_review; sources hand abstract; statuses retracted; designs not_coded
    """
    for vocabulary, *terms in map(str.split, named.split(";")):
        assert [t for t in terms if book.find(vocabulary, t) is None] == []


# --- YAML that is read back --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Plain words, with a comma", "Plain words, with a comma"),
        ("NO", '"NO"'),
        ("null", '"null"'),
        ("1e3", '"1e3"'),
        ("23", '"23"'),
        ("2019-01-01", '"2019-01-01"'),
        ("12:30", '"12:30"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("*a", '"*a"'),
        (" a", '" a"'),
        ("", '""'),
        ('say "x" \\', 'say "x" \\'),
        ('"x" \\', '"\\"x\\" \\\\"'),
        ("a\nb\u2028c\x85\x1b\u202e", '"a\\x0ab\\u2028c\\x85\\x1b\\u202e"'),
        ("\U000e0001", '"\\U000e0001"'),
        ("10.1/x", "10.1/x"),
        ("10.1", '"10.1"'),
        ("https://a.b/c#d?e=f", "https://a.b/c#d?e=f"),
    ],
)
def test_text_is_quoted_where_it_needs_it(text: str, written: str) -> None:
    assert yaml_scalar(text) == written


def test_text_within_braces_is_quoted_more_often() -> None:
    assert [yaml_scalar(t, "flow") for t in ("Kay", "a, b", "a]", "{a", "a:b")] == [
        "Kay", '"a, b"', '"a]"', '"{a"', '"a:b"',
    ]  # fmt: skip


traps = st.sampled_from(
    ["NO", "yes", "1e3", "0x1F", "2019-01-01", "12:30", "~", "null", "true", ".inf", "<<", "=", "a: b", "a #b", "- a",
     "? a", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "{a}", "[a]", "'a", '"a', "a:", "1_000", "0o7", "---", "...",
     "\ufeff", "a\tb", "a\r\nb", "\u2028", "1.10", "# TODO: x"]
)  # fmt: skip
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | traps
maybe = st.none() | texts
names = st.builds(lambda f, g: Name(family=f, given=g), texts, maybe) | st.builds(lambda t: Name(literal=t), texts)
types = st.sampled_from(["article-journal", "report", "webpage", "book", "chapter", "thesis", "document"])
citations = st.builds(
    Citation,
    type=types,
    title=texts,
    author=st.lists(names, max_size=3).map(tuple),
    issued=st.none() | st.integers(1000, 2999),
    **{f.name: maybe for f in fields(Citation) if f.name not in ("type", "title", "author", "issued")},
)
doubts = st.builds(Concern, st.sampled_from(["type", "title", "author", "issued", "DOI", "status", "URL"]), texts)
references = st.builds(Reference, texts, st.integers(1, 99), citations, st.lists(doubts, max_size=3).map(tuple))


_IN_RECORD = {"blank-text", "bad-url", "bad-doi", "bad-identifier", "author-name", "impossible-year"}


def _sound_copy(drafted: Draft, text: str) -> Study:
    source = YamlText(text, "drafts.yaml")
    assert [(m.kind, m.path[-1]) for m in source.parse_errors] == [("date", "as_of")]
    base = assembly.assemble("drafts", [source])
    # What is wrong in the record itself, such as its address, stays for a person to correct.
    assert {problem.rule.name for problem in apply_rules.find_errors(base)} <= _IN_RECORD
    (study,) = base.studies
    assert study.citation == drafted.reference.citation
    return study


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(references)
def test_any_reference_round_trips_through_a_draft(reference: Reference) -> None:
    drafted = draft(reference, expected_id(reference.citation), "2026-11-23")
    assert _sound_copy(drafted, drafted.text) == _sound_copy(drafted, studies_file([drafted]))


# --- which works, and under which id -----------------------------------------------


def _base_with(tmp_path: Path, *entries: str) -> EvidenceBase:
    return base_of(tmp_path, studies="studies:\n" + "".join(entries))


def _citing(citation: str, id: str = "able-2020") -> str:
    text = entry("Able", 2020).replace("id: able-2020", f"id: {id}")
    return re.sub(r"citation: .*", f"citation: {citation}", text)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"doi": "10.1/ABC"}, True),
        ({"doi": "10.1/abcd"}, False),
        ({"title": "THE “first”—title!"}, True),
        ({"title": "The first title", "issued": 2021}, False),
        ({"title": "The first title", "issued": None}, False),
        ({"title": "Another"}, False),
    ],
)
def test_work_already_in_the_base_is_rejected(changes: dict[str, Any], same: bool, tmp_path: Path) -> None:
    base = _base_with(
        tmp_path, _citing("{type: report, title: The first title, issued: 2020, DOI: https://doi.org/10.1/abc}")
    )
    drafts, refused = draft_all([_work(**changes)], base)
    assert [r.reason for r in refused] == (["the base already contains it as able-2020"] if same else [])
    assert len(drafts) == (not same)


def test_doi_does_not_make_a_work_new_whose_entry_has_none(tmp_path: Path) -> None:
    base = _base_with(tmp_path, _citing("{type: report, title: A title, issued: 2020}"))
    drafts, refused = draft_all([_work(doi="10.1/abc")], base)
    assert (drafts, [r.reason for r in refused]) == ([], ["the base already contains it as able-2020"])


def test_the_bundled_base_refuses_all_of_its_own(bundled: EvidenceBase) -> None:
    drafts, refused = draft_all([Reference(s.id, n, s.citation) for n, s in enumerate(bundled.studies)], bundled)
    assert drafts == []
    assert [r.reason for r in refused] == [f"the base already contains it as {s.id}" for s in bundled.studies]


def test_the_same_work_twice_is_drafted_once(bundled: EvidenceBase) -> None:
    one, two = replace(KAY, citation=replace(KAY.citation, doi=None, issued=2024)), _work()
    drafts, refused = draft_all([one, two, replace(one, key="again", line=9)], bundled)
    assert [d.id for d in drafts] == ["kay-2024", "able-2020"]
    assert [(r.key, r.line, r.reason) for r in refused] == [
        ("again", 9, "it is the same work as the record on line 3, which was drafted as kay-2024")
    ]


def test_titles_without_letters_are_never_the_same(bundled: EvidenceBase) -> None:
    drafts, refused = draft_all([_work(title="!"), _work(title="?")], bundled)
    assert [d.id for d in drafts] == ["able-2020", "able-2020b"]
    assert refused == []


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ((), "able-2020"),
        (("able-2020",), "able-2020b"),
        (("able-2020a", "able-2020b"), "able-2020c"),
        (("able-2020", "able-2020d"), "able-2020e"),
        (("able-2020z",), None),
    ],
)
def test_same_author_and_year_gets_next_letter(taken: tuple[str, ...], free: str | None, tmp_path: Path) -> None:
    entries = [_citing(f"{{type: report, title: T{n}, author: [{{family: Able}}], issued: 2020}}", i)
               for n, i in enumerate(taken)] or [entry("Kay")]  # fmt: skip
    drafts, refused = draft_all([_work()], _base_with(tmp_path, *entries))
    assert [d.id for d in drafts] == ([free] if free else [])
    if not free:
        assert refused[0].reason == "every id from able-2020 to able-2020z is taken: write its entry by hand"


def test_unfinished_entry_still_identifies_its_work(tmp_path: Path) -> None:
    base = _base_with(
        tmp_path, "  - id: able-2020\n    citation: {title: A title, issued: 2020}\n", "  - id: x\n    citation: 3\n"
    )
    assert base.studies == ()
    assert [r.reason for r in draft_all([_work()], base)[1]] == ["the base already contains it as able-2020"]


def test_partly_unreadable_base_is_rejected(tmp_path: Path) -> None:
    base = _base_with(tmp_path, entry("Kay"), "  - id: [broken\n")
    with pytest.raises(InvalidBase, match="cannot tell which works the base already contains"):
        draft_all([_work()], base)


@pytest.mark.parametrize(
    ("as_of", "written"), [("2020-01-02", "2020-01-02"), ("2020-1-2", "not_found"), ("20200102", "not_found")]
)
def test_draft_date_comes_from_the_base(as_of: str, written: str, bundled: EvidenceBase) -> None:
    framework = replace(bundled.framework, about=replace(bundled.framework.about, as_of=as_of))
    drafts, _ = draft_all([_work()], replace(bundled, framework=framework))
    assert f"as_of: {written}}}" in drafts[0].text
    assert _errors(_read(drafts[0].text)) == []
