"""The option ``--since``: figures that changed, gaps that opened or closed, and its use with other options."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled as package
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.validate import valid_base
from tests.cli.repository import ABLE, BAKER, KAY, REVIEW, Entry, Repository, json_of, studies, study

pytestmark = pytest.mark.slow

FORMATS = ("terminal", "json", "csv", "markdown")

FILLED = {
    "abel": "people.self.confidence", "boyd": "people.health.wellbeing", "cole": "people.services.trust",
    "dunn": "people.living.home", "egan": "people.relationships.peer_learning", "ford": "people.opportunity.skills",
    "gray": "people.harm.burden", "hale": "staff.work.motivation", "iqbal": "staff.practice.change",
    "jones": "staff.relationships.power", "kent": "organisations.use.uptake", "lowe": "organisations.quality.pathway",
    "moss": "community.connection.cohesion",
}  # fmt: skip
"""One study in each of more than half of the domains, so that each empty domain is listed separately."""

LOST = "community.connection"


def _changed(run: Any, before: Path, now: Path, *asked: str) -> tuple[dict[str, Any], set[str], set[str]]:
    """The same difference from two plain runs: figures before and after, gaps opened, gaps closed."""
    states = [json_of(run, "gaps", "--all", "--base", base, *asked)["results"] for base in (before, now)]
    old, new = ({f["id"]: _number(f) for r in results for f in r["figures"]} for results in states)
    figures = {i: (old.get(i), new.get(i)) for i in {**old, **new} if old.get(i) != new.get(i)}
    gone, come = ({f"{r['analysis']} {g['type']} {g['where']}" for r in s for g in r["gaps"]} for s in states)
    return figures, come - gone, gone - come


def _number(figure: Entry | None) -> tuple[Any, ...] | None:
    if figure is None:
        return None
    return figure["numerator"], figure["denominator"], figure["value"], (figure["unknown"] or {"count": 0})["count"]


def _reported_changes(document: Entry) -> tuple[dict[str, Any], list[str], list[str]]:
    since = document["since"]
    figures = {f["id"]: (_number(f["before"]), _number(f["after"])) for f in since["figures"]}
    opened, closed = ([f"{g['type']} {g['where']}" for g in since[word]] for word in ("opened", "closed"))
    return figures, opened, closed


def _without_analysis(gaps: set[str]) -> list[str]:
    return sorted(gap.partition(" ")[2] for gap in gaps)


def _agrees(run: Any, repository: Repository, before: Path, *asked: str) -> Entry:
    """The report since the last commit, which has to be what two plain runs differ by."""
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD", *asked)
    figures, opened, closed = _reported_changes(document)
    wanted, come, gone = _changed(run, before, repository.base, *asked)
    assert figures == wanted
    assert sorted(opened) == _without_analysis(come)
    assert sorted(closed) == _without_analysis(gone)
    return document


def test_nothing_changed(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    document = _agrees(run, repository, repository.base)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _reported_changes(document) == ({}, [], [])
    text = run("gaps", "--base", repository.base, "--since", "HEAD").out
    for nothing in (
        "No study was added, removed or changed.",
        "No figure changed.",
        "No gap opened.",
        "No gap closed.",
    ):
        assert f"- {nothing}\n" in text
    assert re.search(r"FIGURES THAT CHANGED \(0 OF \d+\)", text)


def test_added_study_changes_figures(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    before = repository.was("before")
    repository.write(studies=studies(KAY, ABLE, BAKER))
    document = _agrees(run, repository, before)
    assert document["since"]["studies"] == {"added": ["baker-2021"], "removed": [], "changed": []}
    figures = _reported_changes(document)[0]
    assert figures["focus.process-share"] == ((1, 2, None, 0), (2, 3, None, 0))
    assert document["base"]["studies"] == 3
    assert document["since"]["base"]["studies"] == 2
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split())
    assert "1 study was added: baker-2021." in text
    assert "from 1 of 2 studies to 2 of 3 studies [focus.process-share]" in text


def test_a_changed_code_changes_only_what_reads_it(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE, BAKER))
    before = repository.was("before")
    repository.write(
        studies=studies(KAY.replace("process: {code: not_an_aim", "process: {code: secondary"), ABLE, BAKER)
    )
    document = _agrees(run, repository, before)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": ["kay-2019"]}
    assert set(_reported_changes(document)[0]) == {"focus.process-share", "focus.ratio"}


def test_prose_that_changes_changes_no_figure(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY.replace("Something changed.", "Something else changed.")))
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["studies"]["changed"] == ["kay-2019"]
    assert _reported_changes(document) == ({}, [], [])


def test_findings_open_and_close_gaps(repository: Repository, run: Any) -> None:
    full = [study(f"{name}", 2019, found=outcome) for name, outcome in FILLED.items()]
    repository.commit(studies=studies(*full))
    before = repository.was("before")
    repository.write(studies=studies(*full[:-1], study(list(FILLED)[-1], 2019, found="")))
    document = _agrees(run, repository, before)
    _, opened, _ = _reported_changes(document)
    assert f"none {LOST}" in opened
    gaps = {(g["type"], g["where"]): g["statement"] for g in document["since"]["opened"]}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split()).casefold()
    assert all(statement.casefold() in text for statement in gaps.values())
    repository.git("commit", "-qam", "Without the finding")
    without = repository.was("without")
    repository.write(studies=studies(*full))
    back = _agrees(run, repository, without)
    assert _reported_changes(back)[2] == opened


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
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _reported_changes(document)[0] == {}


def test_single_file_is_compared_with_itself(repository: Repository, run: Any) -> None:
    alone = "\n".join(line[4:] for line in BAKER.split("\n"))
    repository.commit(studies=studies(KAY, ABLE), **{"studies__baker-2021": alone})
    document = json_of(run, "gaps", "--base", repository.base / "studies.yaml", "--since", "HEAD")
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
    assert json_of(run, "gaps", "--base", link, "--since", "HEAD")["since"]["studies"]["added"] == ["able-2020"]


def test_each_state_uses_its_own_thresholds(repository: Repository, run: Any) -> None:
    codebook = (package.DATA / "codebook.yaml").read_text(encoding="utf-8")
    repository.commit(studies=studies(KAY, ABLE, BAKER), codebook=codebook)
    before = repository.was("before")
    repository.write(codebook=_stricter(codebook))
    document = _agrees(run, repository, before)
    assert "thin people.health" in _reported_changes(document)[2]
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD").out.split())
    assert "The gap rules changed in between" in text


def test_earlier_state_keeps_its_removed_codebook(repository: Repository, run: Any) -> None:
    codebook = (package.DATA / "codebook.yaml").read_text(encoding="utf-8")
    repository.commit(studies=studies(KAY, ABLE, BAKER), codebook=_stricter(codebook))
    before = repository.was("before")
    (repository.base / "codebook.yaml").unlink()
    document = _agrees(run, repository, before)
    assert "thin people.health" in _reported_changes(document)[1]


def test_filter_applies_to_both_states(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY, ABLE))
    before = repository.was("before")
    repository.write(
        studies=studies(KAY.replace("process: {code: not_an_aim", "process: {code: secondary"), ABLE, BAKER)
    )
    document = _agrees(run, repository, before, "--where", "year>=2020")
    assert document["filters"] == ["year>=2020"]
    assert document["base"]["eligible"] == 2
    assert document["since"]["studies"] == {"added": ["baker-2021"], "removed": [], "changed": []}
    text = " ".join(run("gaps", "--base", repository.base, "--since", "HEAD", "--where", "year>=2020").out.split())
    assert "--where 'year>=2020'" in text


def test_filter_without_matches_is_reported(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    done = run("gaps", "--base", repository.base, "--since", "HEAD", "--where", "year>=2030")
    assert (done.code, done.out) == (2, "")
    assert "No study that counts as evidence passes year>=2030" in done.err


def test_only_named_analyses_are_compared(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(KAY))
    repository.write(studies=studies(KAY, ABLE))
    document = json_of(run, "gaps", "measurement", "focus", "--base", repository.base, "--since", "HEAD")
    assert [r["analysis"] for r in document["results"]] == ["measurement", "focus"]
    assert {f["id"].partition(".")[0] for f in document["since"]["figures"]} == {"measurement", "focus"}
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
    figures, opened, closed = _reported_changes(document)
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
    moved = json_of(run, "gaps", "focus", "--base", repository.base, "--since", "HEAD")["since"]["figures"]
    for figure in moved:
        _, *arguments = shlex.split(figure["after"]["why"])
        assert json_of(run, *arguments)["figure"] == figure["after"]


def test_removed_figure_has_no_why_command(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(study("kay", 2019), study("able", 2011)), review=REVIEW)
    repository.write(studies=studies(study("kay", 2019)))
    asked = ("gaps", "recommendations", "--base", repository.base, "--since", "HEAD")
    moved = json_of(run, *asked)["since"]["figures"]
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
    monkeypatch.setattr(valid_base, "read_base", counted)
    assert run("gaps", "--base", repository.base, "--since", "HEAD").code == 0
    assert len(seen) == 1


def test_changes_are_written_to_text_files_only(repository: Repository, run: Any, tmp_path: Path) -> None:
    repository.commit(studies=studies(KAY))
    asked = ("gaps", "focus", "--base", repository.base, "--since", "HEAD")
    assert run(*asked, "-o", tmp_path / "x.md") == (0, "", "")
    assert "No study was added, removed or changed." in (tmp_path / "x.md").read_text(encoding="utf-8")
    done = run(*asked, "-o", tmp_path / "x.svg")
    assert (done.code, done.out) == (2, "")
    assert not (tmp_path / "x.svg").exists()


def test_the_bundled_base_is_compared_with_itself(run: Any) -> None:
    document = json_of(run, "gaps", "--since", package.DATA)
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert _reported_changes(document) == ({}, [], [])
