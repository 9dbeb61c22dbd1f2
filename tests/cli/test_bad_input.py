"""Broken, hostile and nearly empty files: each ends in a diagnostic or an error of one line, never in a traceback."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review import bundled as package
from coprod_review.files import reading
from coprod_review.gaps.registry import AnalysisResults
from coprod_review.loading import assembly, discovery, texts
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.render import FORMATS
from coprod_review.reports.request import ReportRequest
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules, valid_base
from coprod_review.why.lookup import why_report
from tests.cli.repository import aims_lines
from tests.conftest import base_of, entry
from tests.gaps.worked import figures_of

pytestmark = pytest.mark.slow  # every command runs on many hostile inputs

COMMANDS = [("gaps",), ("gaps", "matrix"), ("list",), ("show", "x-2020"), ("validate",)]

CONTENTS = {
    "empty": b"",
    "comment": b"# nothing here\n",
    "binary": bytes(range(256)) * 50,
    "latin-1": "studies:\n  - id: caf\u00e9\n".encode("latin-1"),
    "utf-16": "studies: []\n".encode("utf-16"),
    "nested": b"studies: " + b"[" * 100_000,
    "nested mappings": b"studies: " + b"{a: " * 100_000,
    "bomb": b"a: &a [x,x]\n" + b"".join(b"k%d: &k%d [*a,*a,*a]\n" % (n, n) for n in range(20)),
    "one line of 50 MB": b"studies: [" + b"1, " * 17_000_000 + b"1]",
    "one word of 50 MB": b"studies: " + b"x" * 50_000_000,
    "a number for studies": b"studies: 7\n",
    "a text": b"just text\n",
    "a list": b"- 1\n- 2\n",
    "keys that are lists": b"? [a, b]\n: c\n",
    "null bytes": b"studies:\n  - id: \x00\n",
    "nulls": b"studies:\n  - null\n  - ~\n",
    "huge number": b"studies:\n  - id: a\n    reference: " + b"9" * 5_000 + b"\n",
    "not a number": b"studies:\n  - id: a\n    reference: .nan\n",
    "surrogate": b'studies:\n  - id: "\\ud800"\n',
    "escapes": b'studies:\n  - id: "\\e[31mred\\u202e"\n',
}


SMALL = {name: content for name, content in CONTENTS.items() if len(content) < 1_000_000}
# Every command reads alike; a large file takes a second, so that two commands read it.
LARGE = [name for name in CONTENTS if name not in SMALL]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", SMALL)
def test_hostile_file_ends_without_traceback(name: str, command: tuple[str, ...], tmp_path: Path, run: Any) -> None:
    _assert_ends_safely(name, command, tmp_path, run)


@pytest.mark.parametrize("command", [("gaps",), ("validate",)], ids=" ".join)
@pytest.mark.parametrize("name", LARGE)
def test_large_hostile_file_ends_without_traceback(
    name: str, command: tuple[str, ...], tmp_path: Path, run: Any
) -> None:
    _assert_ends_safely(name, command, tmp_path, run)


def _assert_ends_safely(name: str, command: tuple[str, ...], tmp_path: Path, run: Any) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(CONTENTS[name])
    done = run(*command, "--base", path)
    assert done.code == (1 if command == ("validate",) else 2)
    assert "Traceback" not in done.out + done.err
    assert len(done.out) < 30_000
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize("name", SMALL)
def test_hostile_file_gives_no_figure_or_claim(name: str, tmp_path: Path, run: Any) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(SMALL[name])
    for command in (("why", "focus.ratio"), ("claims",), ("claims", "--regenerate"), ("gaps", "--all")):
        done = run(*command, "--base", path)
        assert (done.code, done.out) == (2, ""), command
        assert done.err.count("\n") == 1
        assert done.err.rstrip("\n").isprintable()


def test_hostile_earlier_base_is_rejected(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "now", studies="studies:\n" + entry())
    for number, content in enumerate(SMALL.values()):
        then = tmp_path / str(number)
        then.mkdir()
        (then / "studies.yaml").write_bytes(content)
        for more in ((), ("--skip-invalid",)):
            done = run("gaps", "--base", tmp_path / "now", "--since", then, *more)
            assert (done.code, done.out) == (2, "")
            assert done.err.count("\n") == 1
            assert done.err.rstrip("\n").isprintable()


# --- bases with too little in them to count ---------------------------------------------------


ABSENT = f"""\
    reports: {{outcome: absent, process: absent}}
{aims_lines("neither")}"""


def _entries(more: str = "") -> str:
    """Three studies with titles of their own."""
    names = ("Able", "Baker", "Cole")
    return "".join(entry(name, 2020, more).replace("A title", f"A title of {name}") for name in names)


LITTLE = {
    "one study": entry(),
    "one context": entry() + entry("Able", 2020).replace("role: evidence", "role: context"),
    "all unknown": _entries(),
    "no date": entry().replace("kay-2019", "kay-nd").replace(", issued: 2019", ""),
    "all absent": _entries(ABSENT).replace("coded_from: abstract", "coded_from: full_text"),
    "all withdrawn but one": entry() + entry("Able", 2020, more="    status: withdrawn\n"),
}
NOWHERE = re.compile(r"\b(nan|NaN|inf|Infinity|Traceback|ZeroDivisionError)\b")


@pytest.fixture(params=LITTLE)
def little(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A base with hardly anything in it."""
    base_of(tmp_path, studies="studies:\n" + LITTLE[request.param])
    assert [p for p in apply_rules.find_errors(discovery.read_base(tmp_path)) if p.rule.severity.name == "ERROR"] == []
    return tmp_path


@pytest.mark.parametrize(
    "more", [(), ("--all",), ("matrix", "--detail"), ("matrix", "--rows", "sector", "--cols", "year")]
)
def test_sparse_base_gives_complete_reports(more: tuple[str, ...], little: Path, run: Any) -> None:
    for format in ("terminal", "json", "csv", "markdown"):
        done = run("gaps", *more, "--base", little, "--format", format)
        assert (done.code, done.err) == (0, "")
        assert not NOWHERE.search(done.out)


def test_sparse_base_gives_no_invented_numbers(little: Path, run: Any) -> None:
    document = json.loads(run("gaps", "--all", "--base", little, "--format", "json").out)
    for result in document["results"]:
        assert result["statement"].endswith(".")
        assert [t["id"] for t in result["tables"] if not t["rows"]] == [], result["analysis"]
        for figure in result["figures"]:
            # Fewer than ten studies give counts alone.
            if figure["kind"] in ("share", "ratio"):
                assert figure["value"] is figure["interval"] is figure["leave_one_out"] is None, figure["id"]
            assert figure["value"] is not None or figure["reason"], figure["id"]


def test_figures_of_sparse_base_open(little: Path, run: Any) -> None:
    base = valid_base.require_valid(discovery.read_base(little))
    results = AnalysisResults(base.studies, base.framework)
    for figure in list(figures_of(results.all()))[::4]:
        report = why_report(base, figure.id, results, ReportRequest())
        for format in ("terminal", "json", "csv"):
            assert not NOWHERE.search(FORMATS[format].render(report)), figure.id


@pytest.mark.parametrize(("focus", "numbers"), [("outcome", (12, 0)), ("neither", (0, 0)), ("process", (0, 12))])
def test_nothing_is_divided_by_zero(focus: str, numbers: tuple[int, int], tmp_path: Path, run: Any) -> None:
    more = aims_lines(focus)
    names = [chr(ord("a") + number) * 4 for number in range(12)]
    entries = [entry(name, 2020, more).replace("A title", f"A title of {name}") for name in names]
    base_of(tmp_path, studies="studies:\n" + "".join(entries))
    for command in (("gaps",), ("gaps", "--all"), ("why", "focus.ratio")):
        done = run(*command, "--base", tmp_path)
        assert (done.code, done.err) == (0, "")
        assert not NOWHERE.search(done.out)
    (result,) = json.loads(run("gaps", "focus", "--base", tmp_path, "--format", "json").out)["results"]
    (ratio,) = [figure for figure in result["figures"] if figure["id"] == "focus.ratio"]
    assert (ratio["numerator"], ratio["denominator"]) == numbers
    assert ratio["value"] == (0 if numbers[1] else None)
    assert bool(ratio["reason"]) == (ratio["value"] is None)


@pytest.mark.parametrize(
    "studies",
    [entry().replace("role: evidence", "role: context"), entry(more="    status: retracted\n")],
    ids=["context alone", "retracted alone"],
)
def test_base_without_evidence_gives_one_line_error(studies: str, tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + studies)
    for command in (("gaps",), ("gaps", "--all"), ("gaps", "focus", "-o", tmp_path / "x.svg"), ("why", "focus.ratio")):
        done = run(*command, "--base", tmp_path)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            "coprod-review: No study that counts as evidence is left (with a role that is counted, and the status "
            "active), so there is nothing to analyse.\n"
        )
    assert run("list", "--base", tmp_path).code == 0


def test_group_without_benchmark_has_no_ratio(tmp_path: Path, run: Any) -> None:
    names = ("base", "codebook", "review", "studies")
    base_of(tmp_path, **{name: (package.DATA / f"{name}.yaml").read_text(encoding="utf-8") for name in names})
    (result,) = json.loads(run("gaps", "representation", "--base", tmp_path, "--format", "json").out)["results"]
    assert {len(figure["comparisons"]) for figure in result["figures"]} == {0}
    assert [table["id"] for table in result["tables"] if not table["rows"]] == []
    for command in (("gaps",), ("gaps", "representation")):
        text = " ".join(run(*command, "--base", tmp_path).out.split())
        assert "share of the population:" not in text, command
        assert not NOWHERE.search(text)
    assert "There is no usable benchmark." in text


# --- thresholds -----------------------------------------------------------------------------------


CODEBOOK = (package.DATA / "codebook.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{max_studies: 2}", "{max_studies: 0}"),
        ("{max_studies: 2}", "{max_studies: -1}"),
        ("{max_studies: 2}", "{}"),
        ("{max_studies: 2}", "{max_studies: 2, min_studies: 3}"),
        ("{max_studies: 2}", "{max_studies: two}"),
        ("{max_studies: 2}", "{max_studies: 2.5}"),
        ("{max_studies: 2}", "{max_studies: .nan}"),
        ("1 to {max_studies} eligible", "1 to {most} eligible"),
        ("1 to {max_studies} eligible", "1 to {max_studies eligible"),
        ("id: thin", "id: thn"),
        ("{min_primary: 4, max_age_years: 5}", "{min_primary: 4, max_age_years: 0}"),
        ("{max_studies: 2}", "{max_studies: 4}"),
        ("{max_studies: 2}", "{max_studies: 999999999}"),
        ("{min_primary: 4, max_age_years: 5}", "{min_primary: 2, max_age_years: 5}"),
    ],
)
def test_unusable_thresholds_are_rejected(old: str, new: str, tmp_path: Path, run: Any) -> None:
    assert old in CODEBOOK
    base_of(tmp_path, codebook=CODEBOOK.replace(old, new, 1), studies="studies:\n" + entry())
    for command in (("gaps",), ("why", "matrix.map/all/studies"), ("gaps", "--skip-invalid")):
        done = run(*command, "--base", tmp_path)
        assert (done.code, done.out) == (2, ""), command
        assert done.err.count("\n") == 1
        assert "coprod-review validate" in done.err


def test_contradicting_thresholds_are_both_reported(tmp_path: Path, run: Any) -> None:
    text = CODEBOOK.replace("{max_studies: 2}", "{max_studies: 4}")
    base_of(tmp_path, codebook=text, studies="studies:\n" + entry())
    done = run("gaps", "--base", tmp_path)
    assert "`thin` calls 4 studies very little evidence, and `synthesis` calls 4 enough for a review" in done.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{max_studies: 2}", "{max_studies: 3}"),
        ("{min_primary: 4, max_age_years: 5}", "{min_primary: 3, max_age_years: 999999999}"),
        ("{min_primary: 4, max_age_years: 5}", "{min_primary: 999999999, max_age_years: 1}"),
        ("{min_statements: 1}", "{min_statements: 999999999}"),
    ],
)
def test_extreme_thresholds_are_accepted(old: str, new: str, tmp_path: Path, run: Any) -> None:
    assert old in CODEBOOK
    base_of(tmp_path, codebook=CODEBOOK.replace(old, new, 1), studies="studies:\n" + entry())
    for command in (("gaps",), ("gaps", "--all"), ("gaps", "matrix", "--detail")):
        done = run(*command, "--base", tmp_path)
        assert (done.code, done.err) == (0, "")
        assert not NOWHERE.search(done.out)


def test_a_codebook_without_rules_names_no_gap(tmp_path: Path, run: Any) -> None:
    text = CODEBOOK[: CODEBOOK.index("gap_rules:")] + "gap_rules: []\n"
    base_of(tmp_path, codebook=text, studies="studies:\n" + entry())
    document = json.loads(run("gaps", "--all", "--base", tmp_path, "--format", "json").out)
    assert document["rules"] == {}
    assert [gap for result in document["results"] for gap in result["gaps"]] == []
    assert run("gaps", "--base", tmp_path).code == 0


def test_duplicate_rule_counts_gaps_once(tmp_path: Path, run: Any) -> None:
    start = CODEBOOK.index("  - id: thin\n")
    again = CODEBOOK[start : CODEBOOK.index("  - id: single_source\n")]
    base_of(tmp_path, codebook=CODEBOOK.rstrip("\n") + "\n" + again, studies="studies:\n" + entry())
    done = run("gaps", "matrix", "--base", tmp_path, "--format", "json")
    if done.code == 0:
        found = [(g["type"], g["where"]) for g in json.loads(done.out)["results"][0]["gaps"]]
        assert len(found) == len(set(found))
    else:
        assert (done.code, done.err.count("\n")) == (2, 1)


def test_folder_in_place_of_file_is_diagnosed(tmp_path: Path) -> None:
    (tmp_path / "studies.yaml").mkdir()
    assert [d.code for d in apply_rules.diagnose_base(discovery.read_base(tmp_path))] == ["CPR010"]


def test_a_file_without_permission_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    # The superuser may read everything, so the refusal is acted.
    monkeypatch.setattr(reading, "open_regular", _refuse)
    text = texts.read_text(tmp_path / "studies.yaml")
    assert [(m.kind, m.message) for m in text.parse_errors] == [
        ("unreadable", "this cannot be read (permission denied)")
    ]


def _refuse(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_loop_of_links_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "studies" / "b.yaml").symlink_to("a.yaml")
    assert {d.code for d in apply_rules.diagnose_base(discovery.read_base(tmp_path))} == {"CPR010"}


def test_truncated_base_is_diagnosed_completely(tmp_path: Path) -> None:
    text = (package.DATA / "studies.yaml").read_text(encoding="utf-8")
    for cut in random.Random(1).sample(range(len(text)), 12):
        (tmp_path / "studies.yaml").write_text(text[:cut], encoding="utf-8")
        apply_rules.diagnose_base(discovery.read_base(tmp_path))


def test_broken_entry_hides_no_other_entry(tmp_path: Path, bundled: EvidenceBase) -> None:
    text = (package.DATA / "studies.yaml").read_text(encoding="utf-8").replace("- id: kay-2019\n", "- id: [kay-2019\n")
    (tmp_path / "studies.yaml").write_text(text, encoding="utf-8")
    base = discovery.read_base(tmp_path)
    assert len(base.studies) == len(bundled.studies) - 1
    assert {d.code for d in apply_rules.diagnose_base(base)} <= {"CPR001", "CPR501"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(content: bytes) -> None:
    text = YamlText.from_bytes(content, "x.yaml")
    for found in text.parse_errors:
        assert found.span.line >= 1
        assert found.span.column >= 1


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "citation", "findings", "outcome", "studies", "level", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_any_data_can_be_checked(data: object) -> None:
    import json

    text = YamlText(json.dumps({"studies": [data]}, ensure_ascii=True), "x.yaml")
    assert apply_rules.diagnose_base(assembly.assemble("x", [text]))


def test_closed_pipe_is_no_error() -> None:
    code = (
        "import sys; sys.argv=['coprod-review','codebook','outcomes']; from coprod_review.__main__ import main; main()"
    )
    done = subprocess.run(
        f'"{sys.executable}" -c "{code}" | head -1', shell=True, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
