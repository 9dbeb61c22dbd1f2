"""Checks on what nobody sees in a file, and on the files themselves: their examples cannot stand on a page."""

from pathlib import Path

import pytest

from coprod_review import bundled
from coprod_review.loading import assembly, discovery
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from tests.conftest import base_of, entry

STUDIES = (bundled.DATA / "studies.yaml").read_text(encoding="utf-8")


def _found(text: str) -> list[tuple[str, int, int]]:
    base = assembly.assemble("base", [YamlText.from_bytes(text.encode(), "studies.yaml")])
    return [
        (d.code, d.span.line, d.span.column)
        for d in apply_rules.diagnose_base(base)
        if d.code in ("CPR011", "CPR012", "CPR013")
    ]


def test_bundled_studies_have_no_invisible_problems() -> None:
    assert _found(STUDIES) == []


def test_byte_order_mark_is_reported_once() -> None:
    assert _found("\ufeff" + STUDIES) == [("CPR011", 1, 1)]


def test_carriage_returns_are_reported_once() -> None:
    text = STUDIES.replace("\n", "\r\n")
    assert _found(text) == [("CPR012", 1, text.index("\r") + 1)]
    base = assembly.assemble("base", [YamlText(text, "studies.yaml")])
    (problem,) = [p for p in apply_rules.find_problems(base) if p.rule.code == "CPR012"]
    assert problem.message == f"{STUDIES.count(chr(10))} lines end with a carriage return"


def test_trailing_blanks_are_reported_on_every_line() -> None:
    lines = STUDIES.split("\n")
    text = "\n".join(f"{line} \t" if line else line for line in lines)
    expected = [("CPR013", n, len(line) + 1) for n, line in enumerate(lines, 1) if line]
    assert _found(text) == expected
    assert [found for found in _found(text.replace("\n", "\r\n")) if found[0] == "CPR013"] == expected


def test_tab_before_value_is_reported() -> None:
    text = "studies:\n" + entry(more='    sector:\t[health]\n    study_family: "a\tb"\n')
    assert _found(text) == [("CPR013", 10, 12)]


@pytest.mark.parametrize(("text", "place"), [("studies: []", (1, 12)), ("studies:\n" + entry().rstrip("\n"), (9, 56))])
def test_missing_final_newline_is_reported(text: str, place: tuple[int, int]) -> None:
    assert _found(text) == [("CPR013", *place)]


def test_study_file_name_must_match_its_id(tmp_path: Path) -> None:
    alone = "\n".join(line[4:] for line in entry("Kay").split("\n"))
    base = base_of(tmp_path, **{"studies__kay-2019": alone, "studies__able": alone.replace("ay", "ing")})
    found = [d for d in apply_rules.diagnose_base(base) if d.code == "CPR307"]
    assert [(Path(d.file).name, d.hint) for d in found] == [("able.yaml", "rename the file to king-2019.yaml")]


def test_unread_files_are_reported(tmp_path: Path) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay"))
    (tmp_path / "studies" / "old").mkdir(parents=True)
    for name in ("benchmark.yaml", "reveiw.yml", "studies/able-2020.yml", "studies/old/best-2021.yaml", "notes.txt"):
        (tmp_path / name).write_text("studies: []\n", encoding="utf-8")
    found = [d for d in apply_rules.diagnose_base(discovery.read_base(tmp_path)) if d.code == "CPR901"]
    assert [(Path(d.file).relative_to(tmp_path).as_posix(), d.hint) for d in found] == [
        ("benchmark.yaml", "rename it to benchmarks.yaml"),
        ("reveiw.yml", "rename it to review.yaml"),
        ("studies/able-2020.yml", "rename it to able-2020.yaml"),
        ("studies/old/best-2021.yaml", "move it to studies/<id>.yaml, or out of the folder"),
    ]


def test_very_little_evidence_cannot_be_enough_for_a_review(tmp_path: Path) -> None:
    codebook = (bundled.DATA / "codebook.yaml").read_text(encoding="utf-8")
    contradicting = codebook.replace("{max_studies: 2}", "{max_studies: 4}")
    base = base_of(tmp_path, studies="studies:\n" + entry(), codebook=contradicting)
    line = contradicting[: contradicting.index("- id: synthesis")].count("\n") + 1
    found = [(d.code, d.span.line, d.message) for d in apply_rules.diagnose_base(base) if d.code == "CPR202"]
    message = "`thin` calls 4 studies very little evidence, and `synthesis` calls 4 enough for a review"
    assert found == [("CPR202", line, message)]
    allowed = base_of(tmp_path, codebook=codebook.replace("{max_studies: 2}", "{max_studies: 3}"))
    assert not [d for d in apply_rules.diagnose_base(allowed) if d.code == "CPR202"]
