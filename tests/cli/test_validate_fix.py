"""The command ``validate --fix``: what it changes, and what it leaves alone."""

import subprocess
from pathlib import Path

import pytest

from coprod_review.errors import CoprodReviewError
from coprod_review.files.patches import Rewrite
from coprod_review.files.writing import UnwritableFile, replace_texts
from coprod_review.source.edits import apply_edits
from coprod_review.source.yaml_text import YamlText
from tests.cli.validating import MISTAKES, Command, codes_of, written
from tests.conftest import REPOSITORY, entry

pytestmark = pytest.mark.usefixtures("empty_folder")


FIXED = """\
studies:
  - id: kay-2019  # kept as it is
    citation: {type: document, title: A title, author: [{family: Kay}], issued: 2019, DOI: 10.1000/x}
    role: evidence
    role_reason: Reports its own data.
    design: qualitativ
    practice: [co-design,   'co-research']
    populations: {minority-ethnic: focus}
    coded_from: abstract
    coding_note: "NO"
    provenance: {entered_from: hand, as_of: 2026-01-01}
"""


def test_fix_applies_safe_fixes_only(run: Command) -> None:
    path = written(MISTAKES)
    done = run("validate", "base", "--fix")
    assert path.read_text(encoding="utf-8") == FIXED
    assert done.code == 1
    assert done.out.endswith(
        "Fixed 4 problems. Checked 1 study in 1 file: 1 error. "
        "1 problem can be fixed with --fix --unsafe-fixes: check the result. "
        "Run `coprod-review explain CPR201` to see why it matters.\n"
    )
    assert run("validate", "base", "--fix").out.startswith("base/studies.yaml:6:13: CPR201")
    assert path.read_text(encoding="utf-8") == FIXED


def test_unsafe_fixes_apply_the_rest(run: Command) -> None:
    path = written(MISTAKES)
    done = run("validate", "base", "--fix", "--unsafe-fixes")
    assert path.read_text(encoding="utf-8") == FIXED.replace("qualitativ", "qualitative")
    assert (done.code, done.out) == (0, "Fixed 5 problems. Checked 1 study in 1 file: no errors, warnings or notes.\n")


def test_diff_shows_what_fix_would_change_and_changes_nothing(run: Command) -> None:
    path = written(MISTAKES.rstrip("\n"))
    done = run("validate", "base", "--diff", "--select", "CPR013,CPR003")
    assert done.code == 1
    assert path.read_text(encoding="utf-8") == MISTAKES.rstrip("\n")
    assert done.out == (
        "--- a/base/studies.yaml\n+++ b/base/studies.yaml\n@@ -7,5 +7,5 @@\n"
        "     practice: [codesign,   'co-research']\n     populations: {BAME: focus}\n     coded_from: abstract\n"
        "-    coding_note: NO\n-    provenance: {entered_from: hand, as_of: 2026-01-01}\n\\ No newline at end of file\n"
        '+    coding_note: "NO"\n+    provenance: {entered_from: hand, as_of: 2026-01-01}\n'
    )
    assert done.err.startswith("Checked 1 study")
    Path("fix.diff").write_text(done.out, encoding="utf-8")
    subprocess.run(["git", "apply", "fix.diff"], check=True)
    assert path.read_text(encoding="utf-8") == MISTAKES.replace("NO", '"NO"')


SAFE_FIXES = {
    "a mark": ("\ufeff" + FIXED, FIXED, "CPR011"),
    "carriage returns": (FIXED.replace("\n", "\r\n"), FIXED, "CPR012"),
    "blanks": (FIXED.replace("\n", " \t\n"), FIXED, "CPR013"),
    "a tab": (FIXED.replace("coded_from: ", "coded_from:\t"), FIXED, "CPR013"),
    "no end": (FIXED.rstrip("\n"), FIXED, "CPR013"),
    "a mark, blanks and carriage returns": ("\ufeff" + FIXED.replace("\n", "  \r\n"), FIXED, "CPR0"),
    "a number for text": (FIXED.replace("title: A title", "volume: 1.10"), None, "CPR101"),
    "text for a number": (FIXED.replace("issued: 2019", 'issued: "2019"'), FIXED, "CPR101"),
    "text for a list": (FIXED.replace("practice: [co-design,   'co-research']", "practice: co-design"), None, "CPR101"),
    "a needless ignore": (FIXED.replace("search']", "search']  # coprod: ignore[CPR107] why"), FIXED, "CPR904"),
    "a needless line": (FIXED.replace("    role:", "    # coprod: ignore[CPR107] why\n    role:"), FIXED, "CPR904"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAFE_FIXES)
def test_safe_fix_changes_nothing_else(name: str, run: Command) -> None:
    text, expected, code = SAFE_FIXES[name]
    path = written(text)
    run("validate", "base", "--fix", "--select", code)
    fixed = path.read_bytes().decode()
    assert codes_of(run("validate", "base", "--select", code)) <= {"CPR103"}
    assert expected is None or fixed == expected
    if name == "a number for text":
        assert 'volume: "1.10"' in fixed
    if name == "text for a list":
        assert "practice: [co-design]\n" in fixed


def test_a_superseded_term_is_replaced(run: Command) -> None:
    codebook = (REPOSITORY / "data" / "codebook.yaml").read_text(encoding="utf-8")
    (_, old, _after) = codebook.partition("      - id: case-study\n")
    assert old
    written(codebook.replace(old, f"{old}        superseded_by: qualitative\n"), "base/codebook.yaml")
    path = written("studies:\n" + entry().replace("design: qualitative", "design: case-study"))
    assert codes_of(run("validate", "base")) == {"CPR203"}
    assert run("validate", "base", "--fix").code == 0
    assert path.read_text(encoding="utf-8") == "studies:\n" + entry()


def test_only_named_files_are_fixed(run: Command) -> None:
    one = written(MISTAKES)
    alone = "\n".join(line[4:] for line in entry("Able", 2020).split("\n"))
    two = written(alone + "sector: [NHS]\n", "base/studies/able-2020.yaml")
    run("validate", two, "--fix")
    assert one.read_text(encoding="utf-8") == MISTAKES
    assert "sector: [health]" in two.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--fix",), ("--diff",), ("base", "--unsafe-fixes"), ("base", "--fix", "--diff")])
def test_fixing_reports_missing_arguments(options: tuple[str, ...], run: Command) -> None:
    written(MISTAKES)
    done = run("validate", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("changed meanwhile", encoding="utf-8")
    with pytest.raises(UnwritableFile, match="changed while the program was working on it"):
        replace_texts([Rewrite(path, "before", "after")])
    assert path.read_text(encoding="utf-8") == "changed meanwhile"


def test_symlink_is_fixed_at_its_target(run: Command) -> None:
    target = written(MISTAKES, "elsewhere.yaml")
    Path("base").mkdir()
    Path("base/studies.yaml").symlink_to(target.resolve())
    run("validate", "base", "--fix")
    assert Path("base/studies.yaml").is_symlink()
    assert target.read_text(encoding="utf-8") == FIXED


def test_two_fixes_of_one_place_both_apply(run: Command) -> None:
    path = written("studies:\n" + entry(more="    sector: NHS\n"))
    run("validate", "base", "--fix")
    assert path.read_text(encoding="utf-8") == "studies:\n" + entry(more="    sector: [health]\n")


def test_earlier_of_overlapping_edits_wins() -> None:
    from coprod_review.source.positions import Span
    from coprod_review.source.problems import Edit

    text = YamlText("abcdef\n", "x.yaml")
    edits = [Edit("X", Span(1, 2, 1, 4)), Edit("Y", Span(1, 3, 1, 5)), Edit("Z", Span(1, 5, 1, 6))]
    assert apply_edits(text, edits) == "aXdZf\n"
    assert issubclass(UnwritableFile, CoprodReviewError)


def _fixed_to(run: Command, more: str, *options: str) -> str:
    path = written("studies:\n" + entry(more=more))
    run("validate", "base", "--fix", *options)
    return path.read_text(encoding="utf-8").removeprefix("studies:\n" + entry())


@pytest.mark.parametrize(
    "more",
    [
        "    populations: {minority-ethnic: included, BAME: focus}\n",
        "    study_family: &v 12\n",
        "    coders: Smith, Jo\n",
        "    findings: none\n",
        '    sector: [health]\n    sectors: [x]\n',
        "    coding_note: |\n      a  \n      b:\tc\n",
        "    errata: &lt;\n",
    ],
)  # fmt: skip
def test_unfixable_text_stays_unchanged(more: str, run: Command) -> None:
    more = more.replace("    coding_note", "    aim")
    assert _fixed_to(run, more) == more


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ('    reference: "017"\n', "    reference: 17\n"),
        ("    sector: [NHS]\n    populations: {minority-ethnic: focus, BAME: focus}\n",
         "    sector: [health]\n    populations: {minority-ethnic: focus, BAME: focus}\n"),
        ("    aim: Two aims: health and cost\n", '    aim: "Two aims: health and cost"\n'),
    ],
)  # fmt: skip
def test_breaking_fix_does_not_block_others(more: str, fixed: str, run: Command) -> None:
    assert _fixed_to(run, more) == fixed


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ("    aim: Item &#35;1 of the list\n", "    aim: Item &#35;1 of the list\n"),
        ("    aim: Staff &amp; <i>carers</i>\n", "    aim: Staff & carers\n"),
        ("    aim: n<N and p>0.05\n", "    aim: n<N and p>0.05\n"),
        ("    aim: <b>[x]</b>\n", "    aim: <b>[x]</b>\n"),
    ],
)
def test_html_is_removed_only_if_text_stays(more: str, fixed: str, run: Command) -> None:
    assert _fixed_to(run, more, "--unsafe-fixes") == fixed


def test_invalid_codebook_prevents_fixes(run: Command) -> None:
    codebook = (REPOSITORY / "data" / "codebook.yaml").read_text(encoding="utf-8")
    written(codebook.replace("      - id: health\n", "      - id: heatlh\n", 1), "base/codebook.yaml")
    (_, old, _after) = codebook.partition("      - id: case-study\n")
    wrong = codebook.replace(old, f"{old}        superseded_by: nothing\n")
    path = written("studies:\n" + entry(more="    sector: [NHS]\n").replace("qualitative", "case-study"))
    written(wrong, "base/codebook.yaml")
    run("validate", "base", "--fix", "--unsafe-fixes")
    assert "sector: [NHS]" in path.read_text(encoding="utf-8")
    assert "case-study" in path.read_text(encoding="utf-8")


def test_patch_with_odd_line_breaks_applies(run: Command) -> None:
    path = written("studies:\n" + entry(more='    aim: "a\u2028b"\n    study_family: NO\n'))
    done = run("validate", "base", "--diff")
    Path("fix.diff").write_text(done.out, encoding="utf-8", newline="")
    subprocess.run(["git", "apply", "fix.diff"], check=True)
    assert path.read_text(encoding="utf-8").endswith('"a\u2028b"\n    study_family: "NO"\n')
