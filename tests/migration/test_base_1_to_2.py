"""From base/1 to base/2: each code becomes its successor, and what a program cannot decide is left to a person."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review import bundled
from coprod_review.loading import assembly
from coprod_review.loading.conversion import convert
from coprod_review.loading.field_schema import field_schema, term_uses
from coprod_review.migration.base_1_to_2 import STEP
from coprod_review.migration.migrate import Migrated, migrate
from coprod_review.migration.step import BaseTexts
from coprod_review.model.study import Study
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from tests.migration import old_base

Entry = dict[str, Any]
MODEL = YamlText((bundled.DATA / "codebook.yaml").read_text(encoding="utf-8"), "codebook.yaml")


def _migrated(studies: str = old_base.STUDIES, **parts: str) -> Migrated:
    parts = {"base": old_base.ABOUT, **parts}
    texts = {stem: YamlText(text, f"{stem}.yaml") for stem, text in parts.items()}
    return migrate(BaseTexts(texts, (YamlText(studies, "studies.yaml"),)), STEP.source)


def _entries(migrated: Migrated) -> dict[str, Entry]:
    data: Any = yaml.load(migrated.texts.studies[0].original, yaml.CSafeLoader)
    return {entry["id"]: entry for entry in data["studies"]}


def _one(*lines: str, coded_from: str = "abstract") -> tuple[Entry, list[str]]:
    """One migrated entry, and what is left to do apart from the fields that are new."""
    migrated = _migrated("studies:\n" + old_base.entry("kay-2019", *lines, coded_from=coded_from))
    to_dos = [to_do.what for to_do in migrated.to_dos if "new in base/2" not in to_do.what]
    return _entries(migrated)["kay-2019"], to_dos


def _aim(code: str, reason: str | None = "Why.", read_in: str = "aim") -> Entry:
    fields = {"code": code, "reason": reason, "read_in": None if code == "not_coded" else read_in}
    return {name: value for name, value in fields.items() if value}


# --- the two aims ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("focus", "coded_from", "outcome", "process", "to_do"),
    [
        ("outcome", "abstract", _aim("primary"), _aim("not_an_aim"), ""),
        ("outcome", "full_text", _aim("primary"), _aim("not_an_aim"), ""),
        ("process", "abstract", _aim("not_an_aim"), _aim("primary"), ""),
        ("neither", "abstract", _aim("not_an_aim"), _aim("not_an_aim"), ""),
        ("both", "abstract", _aim("not_coded"), _aim("not_coded"), "does not say which aim is primary"),
        ("both", "citation", _aim("not_coded"), _aim("not_coded"), "does not say which aim is primary"),
        ("outcome", "citation", _aim("primary", read_in="title"), _aim("not_coded"), "code the aim for process"),
        ("process", "citation", _aim("not_coded"), _aim("primary", read_in="title"), "code the aim for outcome"),
        ("neither", "citation", _aim("not_coded"), _aim("not_coded"), "code the aim for outcome and process"),
        ("not_coded", "abstract", _aim("not_coded"), _aim("not_coded"), ""),
        ("outcomes", "abstract", _aim("not_coded"), _aim("not_coded"), "`outcomes`, which is not a code of base/1"),
        ("[outcome]", "abstract", _aim("not_coded"), _aim("not_coded"), "which is not a code of base/1"),
    ],
)
def test_focus_becomes_two_aims(focus: str, coded_from: str, outcome: Entry, process: Entry, to_do: str) -> None:
    entry, to_dos = _one(f"focus: {focus}", "focus_reason: Why.", coded_from=coded_from)
    assert entry["aims"] == {"outcome": outcome, "process": process}
    assert not {"focus", "focus_reason"} & set(entry)
    assert len(to_dos) == bool(to_do)
    assert to_do in "".join(to_dos)
    assert all("kay-2019" in what for what in to_dos)


def test_focus_without_reason_gives_aims_without_reason() -> None:
    entry, _ = _one("focus: outcome")
    assert entry["aims"] == {"outcome": _aim("primary", None), "process": _aim("not_an_aim", None)}


@pytest.mark.parametrize("lines", [("focus: not_coded",), ("focus: null",), ()])
def test_focus_that_is_not_coded_leaves_nothing(lines: tuple[str, ...]) -> None:
    entry, to_dos = _one(*lines)
    assert (entry.get("aims"), to_dos) == (None, [])
    assert entry == _one()[0]


def test_reason_without_focus_is_kept() -> None:
    entry, to_dos = _one("focus_reason: Why.")
    assert (entry["aims"], to_dos) == ({"outcome": _aim("not_coded"), "process": _aim("not_coded")}, [])


def test_aims_that_exist_are_kept() -> None:
    entry, to_dos = _one("focus: outcome", "aims: {process: {code: secondary}}", "focus_reason: Why.")
    assert entry["aims"] == {"process": {"code": "secondary"}}
    assert to_dos == ["kay-2019: the old focus `outcome` was deleted, because the entry has `aims`: check the aims."]


REASONS = [
    "Plain.",
    "With a colon: here.",
    'With "quotes", commas, [brackets] and {braces}.',
    "# not a comment",
    "yes",
    "2019",
    " leading and trailing ",
    "two\nlines",
    "Ünïcödé – dash",
    "word " * 60 + "end",
    "- dash " * 40,
    "x" * 300,
    "a\ttab and a \\ backslash",
]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("style", ["block", "braces"])
def test_reason_is_carried_over_unchanged(reason: str, style: str) -> None:
    written = old_base.yaml_string(reason)
    if style == "block":
        text = "studies:\n" + old_base.entry("kay-2019", "focus: outcome", f"focus_reason: {written}")
    else:
        text = f"studies: [{{id: kay-2019, focus: outcome, focus_reason: {written}, role: evidence}}]\n"
    migrated = _migrated(text)
    aims = _entries(migrated)["kay-2019"]["aims"]
    assert (aims["outcome"]["reason"], aims["process"]["reason"]) == (reason, reason)


def test_long_reason_is_folded() -> None:
    text = "studies:\n" + old_base.entry("kay-2019", "focus: outcome", f"focus_reason: {'word ' * 60}end")
    assert max(map(len, _migrated(text).texts.studies[0].lines)) <= 120


# --- who benefited ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "level", "old", "new", "to_do"),
    [
        ("people.health.wellbeing", "outcome", "co_producer", "took_part", ""),
        ("people.health.wellbeing", "impact", "wider_user", "others", ""),
        ("community.connection.cohesion", "outcome", "public", "others", ""),
        ("pupils.health.weight", "outcome", "public", "others", ""),
        ("people.health.wellbeing", "outcome", "not_coded", "not_coded", ""),
        ("people.health.wellbeing", "outcome", "took_part", "took_part", ""),
        ("people.health.wellbeing", "outcome", "staff_involved", None, "code who benefited, or correct the outcome"),
        ("community.connection.cohesion", "outcome", "staff_wider", None, "code who benefited"),
        ("people.health.wellbeing", "outcome", "not_applicable", None, "code who benefited"),
        ("people.self.valued", "experience", "co_producer", None, "1 finding on experiences or outputs"),
        ("people.self.valued", "experience", "not_coded", None, ""),
        ("staff.work.satisfaction", "outcome", "staff_involved", None, ""),
        ("staff.work.satisfaction", "outcome", "staff_wider", None, "findings on staff and organisations"),
        ("staff.work.satisfaction", "experience", "staff_wider", None, "findings on staff and organisations"),
        ("staff.work.satisfaction", "outcome", "co_producer", None, ""),
        ("organisations.capacity.culture", "outcome", "not_applicable", None, ""),
    ],
)
def test_beneficiary_gets_its_new_code(outcome: str, level: str, old: str, new: str | None, to_do: str) -> None:
    entry, to_dos = _one("findings:", *old_base.finding("kay-2019.1", outcome, level, old))
    assert entry["findings"][0].get("beneficiary") == new
    assert len(to_dos) == bool(to_do)
    assert to_do in "".join(to_dos)


def test_levels_of_the_own_codebook_say_what_is_an_outcome() -> None:
    codebook = "vocabularies:\n  levels: {terms: [{id: change, kind: outcome}, {id: outcome, kind: process}]}\n"
    lines = (
        "findings:",
        *old_base.finding("kay-2019.1", "people.health.wellbeing", "change", "public"),
        *old_base.finding("kay-2019.2", "people.health.wellbeing", "outcome", "public"),
    )
    migrated = _migrated("studies:\n" + old_base.entry("kay-2019", *lines), codebook=codebook)
    findings = _entries(migrated)["kay-2019"]["findings"]
    assert [finding.get("beneficiary") for finding in findings] == ["others", None]


# --- the whole base ------------------------------------------------------------------------------


def test_everything_else_stays_as_it_is() -> None:
    migrated = _migrated()
    before = yaml.load(old_base.STUDIES, yaml.CSafeLoader)["studies"]
    after = list(_entries(migrated).values())
    for entry in (*before, *after):
        for field in ("focus", "focus_reason", "aims"):
            entry.pop(field, None)
        for finding in entry.get("findings", ()):
            finding.pop("beneficiary", None)
    assert before == after
    assert [list(entry) for entry in before] == [list(entry) for entry in after]


def test_every_comment_stays_in_its_order() -> None:
    for before, after in zip((old_base.ABOUT, old_base.STUDIES), _migrated().texts.every, strict=True):
        assert re.findall(r"#.*", after.original) == re.findall(r"#.*", before)


def test_base_names_the_new_format() -> None:
    changed = old_base.ABOUT.replace("base/1  #", "base/2  #")
    assert _migrated().texts.parts["base"].original == changed


def test_one_to_do_counts_what_is_new() -> None:
    (to_do,) = [to_do for to_do in _migrated().to_dos if "new in base/2" in to_do.what]
    assert (
        "`aim` in 8 studies, `setting` in 8 studies, `participants` in 8 studies, `asserts` in 9 findings, "
        "`person_role` in 5 findings on people and `staff_role` in 2 findings on staff"
    ) in to_do.what
    assert to_do.codes == 0


def test_to_dos_name_lines_of_the_new_file() -> None:
    migrated = _migrated()
    places = {to_do.what.partition(":")[0]: migrated.line(to_do) for to_do in migrated.to_dos}
    lines = migrated.texts.studies[0].lines
    assert lines[places["dean-2019"] - 1].strip() == "outcome: {code: not_coded, reason: It asks for both.}"
    assert lines[places["able-2019.6"] - 1].strip() == "- id: able-2019.6"
    assert [*places.values()] == sorted(places.values())


def test_lost_codes_are_counted() -> None:
    lost = {to_do.what.partition(":")[0]: to_do.codes for to_do in _migrated().to_dos if to_do.codes}
    assert lost == {
        "able-2019.6": 1,
        "able-2019.8": 1,
        "1 finding on experiences or outputs had a beneficiary, beginning here. These codes were deleted, because "
        "base/2 records who benefited for outcome findings only.": 1,
        "dean-2019": 1,
        "gray-2019": 1,
        "hale-2019": 1,
    }


def test_the_result_has_the_fields_and_codes_of_the_new_format(tmp_path: Path) -> None:
    old_base.write(tmp_path)
    migrated = _migrated()
    codebook = assembly.bundled_codebook()
    for entry in _entries(migrated).values():
        data = {**entry, "provenance": {"entered_from": "hand", "as_of": "2026-01-01"}}
        assert not {"focus", "focus_reason"} & set(data)
        assert isinstance(convert(Study, data), Study)
        uses = list(term_uses(field_schema(Study), data))
        assert uses
        for use in uses:
            assert use.term in {t.id for t in codebook.terms(use.vocabulary)} | use.literals, use
            assert use.vocabulary != "beneficiaries" or use.term in ("took_part", "others", "not_coded")


def test_the_result_has_no_errors_of_the_file_format() -> None:
    texts = _migrated().texts.every
    base = assembly.assemble("base", [YamlText(text.original, f"base/{text.name}") for text in texts])
    assert [problem.message for problem in base.problems] == []
    assert [problem.message for problem in apply_rules.find_errors(base)] == []


def test_windows_line_ends_stay() -> None:
    with_returns = _migrated(old_base.STUDIES.replace("\n", "\r\n"))
    assert with_returns.texts.studies[0].original == _migrated().texts.studies[0].original.replace("\n", "\r\n")


def test_a_byte_order_mark_stays() -> None:
    with_mark = _migrated("\ufeff" + old_base.STUDIES)
    assert with_mark.texts.studies[0].original == "\ufeff" + _migrated().texts.studies[0].original


def test_findings_in_braces_lose_and_change_codes() -> None:
    migrated = _migrated(old_base.IN_BRACES)
    after = migrated.texts.studies[0].original
    assert "direction: benefit, beneficiary: others,\n" in after
    assert "reported_in: [{source: full_text}]}\nprovenance" in after
    assert "# a comment\n" in after
    data = yaml.load(after, yaml.CSafeLoader)
    assert [finding.get("beneficiary") for finding in data["findings"]] == ["others", None]


STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["both", "public", "outcome", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "level"]), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("id", "focus", "focus_reason", "coded_from", "findings", "aims", "reports"), STRANGE),
    ),
    st.lists(st.dictionaries(st.sampled_from(["beneficiary", "outcome", "level", "id"]), STRANGE), max_size=2),
    st.booleans(),
)
def test_data_of_any_shape_are_migrated(entry: Entry, findings: list[Entry], in_braces: bool) -> None:
    entry = {"role": "evidence", **entry, **({"findings": findings} if findings else {})}
    text = yaml.dump({"studies": [entry]}, default_flow_style=in_braces, sort_keys=False)
    migrated = _migrated(text)
    (after,) = yaml.load(migrated.texts.studies[0].original, yaml.CSafeLoader)["studies"]
    assert not {"focus", "focus_reason"} & set(after)
    assert {k: v for k, v in after.items() if k not in ("aims", "findings")} == {
        k: v for k, v in entry.items() if k not in ("aims", "findings", "focus", "focus_reason")
    }


# --- the codebook ------------------------------------------------------------------------------------

CODEBOOK = """\
# Our words.
vocabularies:
    focus:  # old
        label: Focus
        terms: [{id: outcome}, {id: both}]

    # Who gains.
    beneficiaries:
        label: Beneficiaries
        terms:
            - {id: co_producer}  # one
            - {id: funder}
    sectors:
        label: Sectors
        terms: [{id: health}]
# The rules.
gap_rules: []
"""
FIXED = ("aims", "read_in", "asserts", "beneficiaries", "staff_roles", "person_roles")


def _codebook(text: str) -> tuple[Any, str, list[str]]:
    migrated = _migrated(codebook=text)
    after = migrated.texts.parts["codebook"].original
    to_dos = [to_do.what for to_do in migrated.to_dos if to_do.file == "codebook.yaml"]
    return yaml.load(after, yaml.CSafeLoader), after, to_dos


def test_codebook_gets_the_vocabularies_of_the_format() -> None:
    data, after, to_dos = _codebook(CODEBOOK)
    bundled_ones: Any = yaml.load(MODEL.original, yaml.CSafeLoader)["vocabularies"]
    expected = ["aims", "read_in", "settings", "asserts", "person_roles", "staff_roles", "beneficiaries", "sectors"]
    assert list(data["vocabularies"]) == expected
    assert {name: data["vocabularies"][name] for name in (*FIXED, "settings")} == {
        name: bundled_ones[name] for name in (*FIXED, "settings")
    }
    assert data["vocabularies"]["sectors"] == {"label": "Sectors", "terms": [{"id": "health"}]}
    assert re.findall("#.*", after) == ["# Our words.", "# old", "# Who gains.", "# one", "# The rules."]
    assert to_dos == [
        "Base/2 fixes the terms of `beneficiaries`, so your own terms `funder` were deleted: use other codes."
    ]


def test_own_settings_stay() -> None:
    own = CODEBOOK.replace("    sectors:", "    settings: {label: Ours, terms: [{id: kitchen}]}\n    sectors:")
    data, _, _ = _codebook(own)
    assert data["vocabularies"]["settings"] == {"label": "Ours", "terms": [{"id": "kitchen"}]}


def test_codebook_without_focus_gets_them_at_the_end() -> None:
    data, _, _ = _codebook("vocabularies:\n  sectors:\n    label: Sectors\n    terms: []\ngap_rules: []\n")
    assert next(iter(data["vocabularies"])) == "sectors"
    assert set(data["vocabularies"]) == {"sectors", "settings", *FIXED} - {"beneficiaries"}
    assert list(data) == ["vocabularies", "gap_rules"]


def test_codebook_in_braces_stays_in_braces() -> None:
    data, after, _ = _codebook("{vocabularies: {focus: {terms: []}, beneficiaries: {terms: []}}, gap_rules: []}\n")
    assert set(data["vocabularies"]) == {"settings", *FIXED}
    assert after.count("\n") == 1
    data, _, _ = _codebook("vocabularies: {sectors: {terms: []}}\n")
    assert set(data["vocabularies"]) == {"sectors", "settings", *FIXED} - {"beneficiaries"}


@pytest.mark.parametrize("text", ["vocabularies: {}\n", "vocabularies:\n", "gap_rules: []\n", "vocabularies: [1]\n"])
def test_codebook_without_vocabularies_is_left_alone(text: str) -> None:
    assert _codebook(text)[1] == text


def test_current_codebook_loses_nothing_but_the_focus() -> None:
    before: Any = yaml.load(MODEL.original, yaml.CSafeLoader)["vocabularies"]
    data, after, to_dos = _codebook(MODEL.original)
    assert data["vocabularies"] == {name: v for name, v in before.items() if name != "focus"}
    assert [line for line in after.split("\n") if line not in MODEL.lines] == []
    assert to_dos == []


def test_known_terms_get_their_kinds_and_own_ones_are_to_dos() -> None:
    own = (
        "vocabularies:\n"
        "  directions:\n"
        "    label: Directions\n"
        "    terms:\n"
        "      - id: benefit  # better\n"
        "        label: Benefit\n"
        "      - {id: harm, label: Harm}\n"
        "      - id: unclear\n"
        "        label: Unclear\n"
        "  measurements:\n"
        "    terms:\n"
        "      - id: tape\n"
        "        label: Tape\n"
        "      - id: not_coded\n"
        "  levels: {terms: [{id: outcome, kind: outcome}, {id: output, kind: process}]}\n"
        "gap_rules: []\n"
    )
    data, after, to_dos = _codebook(own)
    terms = {name: {t["id"]: t.get("kind") for t in v["terms"]} for name, v in data["vocabularies"].items()}
    assert terms["directions"] == {"benefit": "for", "harm": "against", "unclear": None}
    assert terms["measurements"] == {"tape": None, "not_coded": None}
    assert terms["levels"] == {"outcome": "outcome", "output": "process"}
    assert "- id: benefit  # better\n" in after
    assert to_dos == ["Say for the terms of `measurements` which `kind` they are: figures cannot count them before."]
