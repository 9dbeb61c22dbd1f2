"""What changed since an earlier state: figures that moved, gaps that opened or closed; and what to do without one."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled as package
from coprod_review.loading import discovery, git_revisions
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.git_revisions import base_texts_at
from coprod_review.validate import sound_base
from tests.conftest import base_of

FORMATS = ("terminal", "json", "csv", "markdown")

Entry = dict[str, Any]


def study(name: str, year: int = 2019, *, focus: str = "outcome", found: str = "people.health.wellbeing") -> str:
    """One sound entry with a declared focus, and with a finding where an outcome is given."""
    identity = f"{name}-{year}"
    findings = (
        "    reports: {outcome: present}\n    findings:\n"
        f"      - {{id: {identity}.1, outcome: {found}, level: outcome, direction: benefit, evidence_role: original,\n"
        "         summary: Something changed., reported_in: [{source: abstract}]}\n"
        if found
        else "    coding_note: No finding in the abstract.\n"
    )
    return f"""\
  - id: {identity}
    citation: {{type: document, title: A title of {name}, author: [{{family: {name.title()}}}], issued: {year}}}
    role: evidence
    role_reason: Reports its own data.
    design: qualitative
    coded_from: abstract
    focus: {focus}
    focus_reason: It says so.
{findings}    provenance: {{entered_from: hand, as_of: 2026-01-01}}
"""


def studies(*entries: str) -> str:
    return "studies:\n" + "".join(entries)


KAY, ABLE, BAKER = study("kay"), study("able", 2020, focus="both"), study("baker", 2021, focus="process", found="")


FILLED = {
    "abel": "people.self.confidence", "boyd": "people.health.wellbeing", "cole": "people.services.trust",
    "dunn": "people.living.home", "egan": "people.relationships.peer_learning", "ford": "people.opportunity.skills",
    "gray": "people.harm.burden", "hale": "staff.work.motivation", "iqbal": "staff.practice.change",
    "jones": "staff.relationships.power", "kent": "organisations.use.uptake", "lowe": "organisations.quality.pathway",
    "moss": "community.connection.cohesion",
}  # fmt: skip
"""One study in each of more than half of the domains, so that an empty one is told by itself."""
LOST = "community.connection"


class Repository:
    """A git repository with a base in a folder, and the folders of its earlier states."""

    def __init__(self, home: Path) -> None:
        self.home, self.base = home / "work", home / "work" / "base"
        self.base.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        command = ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run([*command, *arguments], cwd=self.home, check=True, capture_output=True)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.base / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, **files: str) -> None:
        self.write(**files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "A state of the base")

    def was(self, name: str) -> Path:
        """The base as it is now, kept beside the repository."""
        kept = self.home.parent / name
        shutil.copytree(self.base, kept)
        return kept


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository that no setting of the person who runs the tests reaches."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Repository(tmp_path)


def _json(run: Any, *arguments: object) -> Entry:
    done = run(*arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    document: Entry = json.loads(done.out)
    return document


def _moved(run: Any, before: Path, now: Path, *asked: str) -> tuple[dict[str, Any], set[str], set[str]]:
    """The same difference from two plain runs: figures before and after, gaps opened, gaps closed."""
    states = [_json(run, "gaps", "--all", "--base", base, *asked)["results"] for base in (before, now)]
    old, new = ({f["id"]: _number(f) for r in results for f in r["figures"]} for results in states)
    figures = {i: (old.get(i), new.get(i)) for i in {**old, **new} if old.get(i) != new.get(i)}
    gone, come = ({f"{r['analysis']} {g['type']} {g['where']}" for r in s for g in r["gaps"]} for s in states)
    return figures, come - gone, gone - come


def _number(figure: Entry | None) -> tuple[Any, ...] | None:
    if figure is None:
        return None
    return figure["numerator"], figure["denominator"], figure["value"], (figure["unknown"] or {"count": 0})["count"]


def _told(document: Entry) -> tuple[dict[str, Any], list[str], list[str]]:
    since = document["since"]
    figures = {f["id"]: (_number(f["before"]), _number(f["after"])) for f in since["figures"]}
    opened, closed = ([f"{g['type']} {g['where']}" for g in since[word]] for word in ("opened", "closed"))
    return figures, opened, closed


def _without_analysis(gaps: set[str]) -> list[str]:
    return sorted(gap.partition(" ")[2] for gap in gaps)


def _agrees(run: Any, repository: Repository, before: Path, *asked: str) -> Entry:
    """The report since the last commit, which has to be what two plain runs differ by."""
    document = _json(run, "gaps", "--base", repository.base, "--since", "HEAD", *asked)
    figures, opened, closed = _told(document)
    wanted, come, gone = _moved(run, before, repository.base, *asked)
    assert figures == wanted
    assert sorted(opened) == _without_analysis(come)
    assert sorted(closed) == _without_analysis(gone)
    return document


# --- what changed ------------------------------------------------------------------------


def test_nothing_changed(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    document = _agrees(run, repository, repository.base)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _told(document) == ({}, [], [])
    text = run("gaps", "--base", repository.base, "--since", "HEAD").out
    assert "None was added, removed or changed." in text
    assert re.search(r"FIGURES THAT MOVED:? \(?0 OF \d+", text.upper())
    assert text.count("- None.") == 3


def test_added_study_moves_figures(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    before = repository.was("before")
    repository.write(studies=studies(KAY, ABLE, BAKER))
    document = _agrees(run, repository, before)
    assert document["since"]["studies"] == {"added": ["baker-2021"], "removed": [], "changed": []}
    figures = _told(document)[0]
    assert figures["focus.process-share"] == ((1, 2, None, 0), (2, 3, None, 0))
    assert document["base"]["studies"] == 3
    assert document["since"]["base"]["studies"] == 2
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split())
    assert "Added: baker-2021." in text
    assert "from 1 of 2 studies to 2 of 3 studies [focus.process-share]" in text


def test_a_changed_code_moves_only_what_reads_it(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE, BAKER))
    before = repository.was("before")
    repository.write(studies=studies(KAY.replace("focus: outcome", "focus: both"), ABLE, BAKER))
    document = _agrees(run, repository, before)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": ["kay-2019"]}
    assert set(_told(document)[0]) == {"focus.process-share", "focus.ratio"}


def test_prose_that_changes_moves_no_figure(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY.replace("Something changed.", "Something else changed.")))
    document = _json(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["studies"]["changed"] == ["kay-2019"]
    assert _told(document) == ({}, [], [])


def test_findings_open_and_close_gaps(repository: Repository, run: Any) -> None:
    full = [study(f"{name}", 2019, found=outcome) for name, outcome in FILLED.items()]
    repository.commit(studies=studies(*full))
    before = repository.was("before")
    repository.write(studies=studies(*full[:-1], study(list(FILLED)[-1], 2019, found="")))
    document = _agrees(run, repository, before)
    _, opened, _ = _told(document)
    assert f"none {LOST}" in opened
    gaps = {(g["type"], g["where"]): g["statement"] for g in document["since"]["opened"]}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split()).casefold()
    assert all(statement.casefold() in text for statement in gaps.values())
    repository.git("commit", "-qam", "Without the finding")
    without = repository.was("without")
    repository.write(studies=studies(*full))
    back = _agrees(run, repository, without)
    assert _told(back)[2] == opened


def test_removed_study_file_is_listed(repository: Repository, run: Any) -> None:
    alone = "\n".join(line[4:] for line in BAKER.split("\n"))
    repository.commit(studies=studies(KAY, ABLE), **{"studies__baker-2021": alone})
    before = repository.was("before")
    (repository.base / "studies" / "baker-2021.yaml").unlink()
    document = _agrees(run, repository, before)
    assert document["since"]["studies"]["removed"] == ["baker-2021"]


def test_splitting_a_file_is_no_change(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    (repository.base / "studies.yaml").unlink()
    for name, text in (("kay-2019", KAY), ("able-2020", ABLE)):
        repository.write(**{f"studies__{name}": "\n".join(line[4:] for line in text.split("\n"))})
    document = _json(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _told(document)[0] == {}


def test_single_file_is_compared_with_itself(repository: Repository, run: Any) -> None:
    alone = "\n".join(line[4:] for line in BAKER.split("\n"))
    repository.commit(studies=studies(KAY, ABLE), **{"studies__baker-2021": alone})
    document = _json(run, "gaps", "--base", repository.base / "studies.yaml", "--since", "HEAD")
    assert document["base"]["studies"] == document["since"]["base"]["studies"] == 2
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}


def _stricter(codebook: str) -> str:
    """The codebook with one study, and no longer two, as very little evidence."""
    changed = codebook.replace("{max_studies: 2}", "{max_studies: 1}")
    assert changed != codebook
    return changed


def test_symlinked_file_is_compared_as_its_target(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    link = repository.home.parent / "link.yaml"
    link.symlink_to(repository.base / "studies.yaml")
    assert _json(run, "gaps", "--base", link, "--since", "HEAD")["since"]["studies"]["added"] == ["able-2020"]


def test_line_break_in_file_name_is_harmless(repository: Repository) -> None:
    files = {f"studies/{name}": f"# {name!r}\n" for name in ("a.yaml", "b\nc.yaml", "d.yaml", "tab\t.yaml", "é.yaml")}
    (repository.base / "studies").mkdir()
    for name, text in files.items():
        (repository.base / name).write_text(text, encoding="utf-8")
    repository.commit(studies=studies(KAY))
    found = {text.name: text.text for text in base_texts_at("HEAD", repository.base)}
    wanted = {**files, "studies.yaml": studies(KAY)}
    assert found == {(repository.base / name).as_posix(): text for name, text in wanted.items()}


def test_git_reads_contents_by_object_id(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(studies=studies(KAY), base="x: 1\n", studies__able=ABLE)
    asked: list[bytes] = []
    ask = git_revisions._git

    def heard(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        asked.append(stdin)
        return ask(folder, *arguments, stdin=stdin)

    monkeypatch.setattr(git_revisions, "_git", heard)
    assert len(base_texts_at("HEAD", repository.base)) == 3
    assert re.fullmatch(rb"([0-9a-f]{40,64}\n){3}", b"".join(asked))


def test_each_state_uses_its_own_thresholds(repository: Repository, run: Any) -> None:
    codebook = (package.DATA / "codebook.yaml").read_text(encoding="utf-8")
    repository.commit(studies=studies(KAY, ABLE, BAKER), codebook=codebook)
    before = repository.was("before")
    repository.write(codebook=_stricter(codebook))
    document = _agrees(run, repository, before)
    assert "thin people.health" in _told(document)[2]
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split())
    assert "The gap rules changed in between" in text


def test_earlier_state_keeps_its_removed_codebook(repository: Repository, run: Any) -> None:
    codebook = (package.DATA / "codebook.yaml").read_text(encoding="utf-8")
    repository.commit(studies=studies(KAY, ABLE, BAKER), codebook=_stricter(codebook))
    before = repository.was("before")
    (repository.base / "codebook.yaml").unlink()
    document = _agrees(run, repository, before)
    assert "thin people.health" in _told(document)[1]


# --- references ----------------------------------------------------------------------------


def test_branch_tag_commit_and_folder_are_accepted(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.git("tag", "first")
    kept = repository.was("kept")
    repository.commit(studies=studies(KAY, ABLE))
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD~1"], cwd=repository.home, capture_output=True, text=True, check=True
    ).stdout.strip()
    reports = [
        _json(run, "gaps", "--base", repository.base, "--since", reference)["since"]
        for reference in ("first", "HEAD~1", commit, commit[:8], "main~1", str(kept))
    ]
    assert {json.dumps(r["studies"]) for r in reports} == {'{"added": ["able-2020"], "removed": [], "changed": []}'}
    assert len({json.dumps([(f["id"], f["before"], f["after"]) for f in r["figures"]]) for r in reports}) == 1


def test_a_folder_needs_no_repository(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "then", studies=studies(KAY))
    base_of(tmp_path / "now", studies=studies(KAY, ABLE))
    document = _json(run, "gaps", "--base", tmp_path / "now", "--since", tmp_path / "then")
    assert document["since"]["studies"]["added"] == ["able-2020"]


@pytest.mark.parametrize(
    "reference", ["nope", "HEAD~9", "-x", "--help", "a b", "", "x" * 5000, "a\x1b[31mb", "HEAD:base"]
)
def test_unknown_revision_is_reported(
    reference: str, repository: Repository, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    repository.commit(studies=studies(KAY))
    done = run("gaps", "--base", repository.base, "--since", reference)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert done.err.rstrip("\n").isprintable()
    assert len(done.err) < 1000
    if reference:
        assert "Name a revision, such as main" in done.err


def test_empty_reference_is_not_the_working_folder(
    repository: Repository, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(studies=studies(KAY))
    monkeypatch.chdir(repository.base)
    done = run("gaps", "--base", ".", "--since", "")
    assert (done.code, done.out) == (2, "")


def test_outside_a_repository_is_reported(tmp_path: Path, run: Any, repository: Repository) -> None:
    base_of(tmp_path / "elsewhere", studies=studies(KAY))
    done = run("gaps", "--base", tmp_path / "elsewhere", "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "this is not a git repository. Work in a clone; --since also takes a folder" in done.err
    assert done.err.count("\n") == 1


def test_shallow_clone_advises_to_fetch(repository: Repository, run: Any, tmp_path: Path) -> None:
    repository.commit(studies=studies(KAY))
    repository.commit(studies=studies(KAY, ABLE))
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.home}", str(clone))
    assert run("gaps", "--base", clone / "base", "--since", "HEAD").code == 0
    done = run("gaps", "--base", clone / "base", "--since", "HEAD~1")
    assert (done.code, done.out) == (2, "")
    assert "this clone is shallow and holds no earlier commits" in done.err
    assert "git fetch --unshallow" in done.err


def test_missing_git_is_reported(repository: Repository, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(studies=studies(KAY))
    monkeypatch.setenv("PATH", "")
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "install git" in done.err


def test_revision_before_the_base_is_reported(repository: Repository, run: Any) -> None:
    (repository.home / "other.txt").write_text("Nothing yet.\n", encoding="utf-8")
    repository.commit()
    repository.commit(studies=studies(KAY))
    done = run("gaps", "--base", repository.base, "--since", "HEAD~1")
    assert (done.code, done.out) == (2, "")
    assert "is not in `HEAD~1`: name a later revision, or a folder with a base" in done.err


def test_folder_without_base_is_reported(repository: Repository, run: Any, tmp_path: Path) -> None:
    repository.commit(studies=studies(KAY))
    (tmp_path / "empty").mkdir()
    done = run("gaps", "--base", repository.base, "--since", tmp_path / "empty")
    assert (done.code, done.out) == (2, "")
    assert "holds no studies.yaml" in done.err


# --- an earlier base with errors ----------------------------------------------------------


def test_invalid_earlier_revision_needs_skip_invalid(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE.replace("focus: both", "focus: wrong")))
    repository.write(studies=studies(KAY, ABLE))
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "The base at HEAD has errors" in done.err
    assert "--skip-invalid" in done.err
    assert "wrong" in done.err
    assert done.err.count("\n") == 1
    document = _json(run, "gaps", "--base", repository.base, "--since", "HEAD", "--skip-invalid")
    assert document["since"]["base"]["skipped"] == ["able-2020"]
    assert document["since"]["studies"]["added"] == ["able-2020"]
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD", "--skip-invalid").out.split())
    assert re.search(r"[Ll]eft out[^.]*able-2020", text), "who was left out of the earlier state is not said"


def test_invalid_earlier_folder_needs_skip_invalid(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "then", studies=studies(KAY, ABLE.replace("focus: both", "focus: wrong")))
    base_of(tmp_path / "now", studies=studies(KAY, ABLE))
    asked = ("gaps", "--base", tmp_path / "now", "--since", tmp_path / "then")
    done = run(*asked)
    assert (done.code, done.out) == (2, "")
    assert "then has 1 error" in done.err
    assert _json(run, *asked, "--skip-invalid")["since"]["studies"]["added"] == ["able-2020"]


def test_unreadable_earlier_base_is_reported(repository: Repository, run: Any) -> None:
    repository.commit(studies="studies: [\n")
    repository.write(studies=studies(KAY))
    for more in ((), ("--skip-invalid",)):
        done = run("gaps", "--base", repository.base, "--since", "HEAD", *more)
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1
        assert "(first: )" not in done.err


def test_an_earlier_base_without_an_eligible_study_is_compared(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY.replace("role: evidence", "role: context")))
    repository.write(studies=studies(KAY))
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert done.code == 0
    assert not re.search(r"\bnan\b|\binf\b", done.out)
    assert "from no study to count to 1 of 1 study [focus.outcome-share]" in " ".join(done.out.split())


# --- with other options, in every format -----------------------------------------------------


def test_filter_applies_to_both_states(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    before = repository.was("before")
    repository.write(studies=studies(KAY.replace("focus: outcome", "focus: both"), ABLE, BAKER))
    document = _agrees(run, repository, before, "--where", "year>=2020")
    assert document["filters"] == ["year>=2020"]
    assert document["since"]["studies"] == {"added": ["baker-2021"], "removed": [], "changed": []}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD", "--where", "year>=2020").out.split())
    assert "Only what passes: year>=2020; 2 eligible studies" in text
    assert "--where 'year>=2020'" in text


def test_filter_without_matches_is_reported(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    done = run("gaps", "--base", repository.base, "--since", "HEAD", "--where", "year>=2030")
    assert (done.code, done.out) == (2, "")
    assert "No study that counts as evidence passes year>=2030" in done.err


def test_only_named_analyses_are_compared(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    document = _json(run, "gaps", "sector", "focus", "--base", repository.base, "--since", "HEAD")
    assert [r["analysis"] for r in document["results"]] == ["sector", "focus"]
    assert {f["id"].partition(".")[0] for f in document["since"]["figures"]} == {"sector", "focus"}
    done = run("gaps", "focsu", "--base", repository.base, "--since", "HEAD")
    assert done.code == 2
    assert "did you mean `focus`?" in done.err


def test_every_format_shows_the_same_changes(repository: Repository, run: Any) -> None:
    full = [study(name, 2019, found=outcome) for name, outcome in FILLED.items()]
    repository.commit(studies=studies(*full))
    repository.write(studies=studies(*full[:-1], BAKER))
    done = {f: run("gaps", "--base", repository.base, "--since", "HEAD", "--format", f) for f in FORMATS}
    assert {(d.code, d.err) for d in done.values()} == {(0, "")}
    document = json.loads(done["json"].out)
    figures, opened, closed = _told(document)
    assert figures
    assert opened
    rows = list(csv.DictReader(io.StringIO(done["csv"].out)))
    assert [r["id"] for r in rows if r["kind"] == "figure"] == list(figures)
    assert [r["id"] for r in rows if r["kind"] == "gap opened"] == opened
    assert [r["id"] for r in rows if r["kind"] == "gap closed"] == closed
    assert [r["why"] for r in rows if r["kind"] == "figure"] == [
        f["after"]["why"] if f["after"] else "" for f in document["since"]["figures"]
    ]
    for format in ("terminal", "markdown"):
        text = " ".join(done[format].out.replace("\\", "").split())
        assert [i for i in figures if f"[{i}]" not in text] == []
        assert f"{len(figures)} of " in text.casefold()
        for gap in (*document["since"]["opened"], *document["since"]["closed"]):
            assert gap["statement"].casefold() in text.casefold()
    lines = [line for line in done["terminal"].out.split("\n") if str(repository.base) not in line]
    assert max(map(len, lines)) <= 80


def test_why_command_opens_the_current_figure(repository: Repository, run: Any) -> None:
    import shlex

    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    moved = _json(run, "gaps", "focus", "--base", repository.base, "--since", "HEAD")["since"]["figures"]
    for figure in moved:
        _, *arguments = shlex.split(figure["after"]["why"])
        assert _json(run, *arguments)["figure"] == figure["after"]


def test_removed_figure_has_no_why_command(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(study("kay", 2019), study("able", 2011)))
    repository.write(studies=studies(study("kay", 2019)))
    asked = ("gaps", "recommendations", "--base", repository.base, "--since", "HEAD")
    moved = _json(run, *asked)["since"]["figures"]
    gone = [f["id"] for f in moved if f["after"] is None]
    assert gone
    assert not any("why" in (f["before"] or {}) for f in moved)
    rows = {row["id"]: row["why"] for row in csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out))}
    assert {rows[identity] for identity in gone} == {""}
    assert all(rows[f["id"]] == f["after"]["why"] for f in moved if f["after"])


def test_current_base_is_read_once(repository: Repository, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(studies=studies(KAY))
    seen: list[Any] = []
    read = discovery.read_base

    def counted(path: Any = None) -> EvidenceBase:
        seen.append(path)
        return read(path)

    monkeypatch.setattr(discovery, "read_base", counted)
    monkeypatch.setattr(sound_base, "read_base", counted)
    assert run("gaps", "--base", repository.base, "--since", "HEAD").code == 0
    assert len(seen) == 1


def test_changes_are_written_to_text_files_only(repository: Repository, run: Any, tmp_path: Path) -> None:
    repository.commit(studies=studies(KAY))
    asked = ("gaps", "focus", "--base", repository.base, "--since", "HEAD")
    assert run(*asked, "-o", tmp_path / "x.md") == (0, "", "")
    assert "None was added" in (tmp_path / "x.md").read_text(encoding="utf-8")
    done = run(*asked, "-o", tmp_path / "x.svg")
    assert (done.code, done.out) == (2, "")
    assert not (tmp_path / "x.svg").exists()


def test_the_repository_is_left_as_it_was(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    before = {p: p.read_bytes() for p in repository.home.rglob("*") if p.is_file()}
    assert run("gaps", "--base", repository.base, "--since", "HEAD").code == 0
    assert {p: p.read_bytes() for p in repository.home.rglob("*") if p.is_file()} == before


def test_the_bundled_base_is_compared_with_itself(run: Any) -> None:
    document = _json(run, "gaps", "--since", package.DATA)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _told(document) == ({}, [], [])
