"""A git repository with a base in it, and the entries that tests write to it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


def aims_lines(focus: str) -> str:
    """The aims of an entry by the sides that it sets out to examine: outcome, process, both or neither."""
    sides = {"outcome": focus in ("outcome", "both"), "process": focus in ("process", "both")}
    return "    aims:\n" + "".join(
        f"      {side}: {{code: {'primary' if aim else 'not_an_aim'}, reason: It says so., read_in: aim}}\n"
        for side, aim in sides.items()
    )


def study(name: str, year: int = 2019, *, focus: str = "outcome", found: str = "people.health.wellbeing") -> str:
    """One sound entry with aims, and with a finding where an outcome is given."""
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
{aims_lines(focus)}{findings}    provenance: {{entered_from: hand, as_of: 2026-01-01}}
"""


def studies(*entries: str) -> str:
    return "studies:\n" + "".join(entries)


REVIEW = """\
id: scie-review-2022
citation: {type: report, title: A review, issued: 2022, publisher: A press}
method: Made up.
claims: []
testimony: []
enablers: []
barriers: []
examples: []
recommendations: []
errata: []
"""
"""A review of the base that says nothing."""
KAY, ABLE, BAKER = study("kay"), study("able", 2020, focus="both"), study("baker", 2021, focus="process", found="")


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


def json_of(run: Any, *arguments: object) -> Entry:
    done = run(*arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    document: Entry = json.loads(done.out)
    return document
