"""The option ``--since``: revisions, folders and earlier bases that it takes, and those that it refuses."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading import git_revisions
from coprod_review.loading.git_revisions import base_texts_at
from tests.cli.repository import ABLE, KAY, Repository, json_of, studies
from tests.conftest import base_of

pytestmark = pytest.mark.slow


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


def test_branch_tag_commit_and_folder_are_accepted(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.git("tag", "first")
    kept = repository.was("kept")
    repository.commit(studies=studies(KAY, ABLE))
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD~1"], cwd=repository.home, capture_output=True, text=True, check=True
    ).stdout.strip()
    reports = [
        json_of(run, "gaps", "--base", repository.base, "--since", reference)["since"]
        for reference in ("first", "HEAD~1", commit, commit[:8], "main~1", str(kept))
    ]
    assert {json.dumps(r["studies"]) for r in reports} == {'{"added": ["able-2020"], "removed": [], "changed": []}'}
    assert len({json.dumps([(f["id"], f["before"], f["after"]) for f in r["figures"]]) for r in reports}) == 1


def test_a_folder_needs_no_repository(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "then", studies=studies(KAY))
    base_of(tmp_path / "now", studies=studies(KAY, ABLE))
    document = json_of(run, "gaps", "--base", tmp_path / "now", "--since", tmp_path / "then")
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
    assert "this clone is shallow, so it has no earlier commits" in done.err
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
    assert "has neither studies.yaml nor" in done.err


def test_invalid_earlier_revision_needs_skip_invalid(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE.replace("code: primary", "code: wrong", 1)))
    repository.write(studies=studies(KAY, ABLE))
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "The base at HEAD has errors" in done.err
    assert "--skip-invalid" in done.err
    assert "wrong" in done.err
    assert done.err.count("\n") == 1
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD", "--skip-invalid")
    assert document["since"]["base"]["skipped"] == ["able-2020"]
    assert document["since"]["studies"]["added"] == ["able-2020"]
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD", "--skip-invalid").out.split())
    assert re.search(r"[Ll]eft out[^.]*able-2020", text), "who was left out of the earlier state is not said"


def test_invalid_earlier_folder_needs_skip_invalid(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "then", studies=studies(KAY, ABLE.replace("code: primary", "code: wrong", 1)))
    base_of(tmp_path / "now", studies=studies(KAY, ABLE))
    asked = ("gaps", "--base", tmp_path / "now", "--since", tmp_path / "then")
    done = run(*asked)
    assert (done.code, done.out) == (2, "")
    assert "then has 1 error" in done.err
    assert json_of(run, *asked, "--skip-invalid")["since"]["studies"]["added"] == ["able-2020"]


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
    assert "from no studies to count to 1 of 1 study [focus.outcome-share]" in " ".join(done.out.split())


def test_the_repository_is_left_as_it_was(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    before = {p: p.read_bytes() for p in repository.home.rglob("*") if p.is_file()}
    assert run("gaps", "--base", repository.base, "--since", "HEAD").code == 0
    assert {p: p.read_bytes() for p in repository.home.rglob("*") if p.is_file()} == before
