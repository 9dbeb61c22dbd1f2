"""No character that a terminal obeys is printed: not from data, not from arguments, not from the names of files."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled
from coprod_review.bibliography import readers
from coprod_review.bibliography.writers import bibtex
from coprod_review.loading import discovery
from coprod_review.model import base as base_model
from coprod_review.model import benchmarks, citation, codebook, quantity, review
from coprod_review.model import study as study_model
from coprod_review.model.citation import Citation
from coprod_review.source.positions import iter_strings
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules
from tests.conftest import Run, base_of, entry, study

pytestmark = pytest.mark.slow  # every command runs on many hostile inputs

OBEYED = "".join(
    map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)))
)
"""Control characters, and those that turn the direction of text or break a line."""
STRUCTURE = "\t\n"
HOSTILE = f"<{''.join(c for c in OBEYED if c not in STRUCTURE)}>"
IN_NAME = HOSTILE.replace("\0", "")
"""The same without the one that no name and no argument can hold."""

Command = Callable[[str], Run]


def obeyed(text: str) -> str:
    """The characters of an output that a terminal would obey."""
    return "".join(sorted(set(text) & set(OBEYED) - set(STRUCTURE)))


# --- a base with hostile text wherever text is free -----------------------------------------

_CODED = {
    field.name
    for module in (base_model, benchmarks, citation, codebook, quantity, review, study_model)
    for model in vars(module).values()
    if is_dataclass(model)
    for field in fields(model)
    if "Coded(" in str(field.type)
}
_EXACT = _CODED | {
    "beside", "care_act", "cited_via", "cites", "claim", "claims", "comparator", "count", "figure", "id", "kind",
    "measured_by", "named_by", "of", "vocabulary", "where",
    "standardised", "study", "superseded_by", "unit",
}  # fmt: skip
"""Fields whose values are terms and ids, of which a base can hold no others."""


def _planted(value: Any) -> Any:
    """Data with hostile text inside every text but those of exact fields."""
    if isinstance(value, dict):
        return {key: item if key in _EXACT else _planted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_planted(item) for item in value]
    return value[:1] + HOSTILE + value[1:] if isinstance(value, str) else value


def _write(folder: Path, data: dict[str, Any]) -> None:
    for name, content in data.items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**9)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def _restore(data: Any, plain: Any, path: tuple[Any, ...]) -> None:
    """Give one field its plain value again."""
    for step in path[:-1]:
        data, plain = data[step], plain[step]
    data[path[-1]] = deepcopy(plain[path[-1]])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled base, sound, with hostile text in every field that takes it, in a folder with a hostile name."""
    folder = tmp_path_factory.mktemp("home") / f"base{IN_NAME}"
    folder.mkdir()
    plain = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in bundled.DATA.glob("*.yaml")}
    data = {name: _planted(content) for name, content in plain.items()}
    _write(folder, data)
    for problem in apply_rules.find_problems(discovery.read_base(folder)):
        if problem.rule.severity is Severity.ERROR:  # a date, an address: whatever has a form of its own
            stem = Path(problem.text.name).stem
            _restore(data[stem], plain[stem], problem.path)
    _write(folder, data)
    assert apply_rules.find_errors(discovery.read_base(folder)) == []
    assert sum(HOSTILE in text for _, text in iter_strings(data)) > 1_000
    return folder


@pytest.fixture(scope="module")
def paths(base: Path) -> dict[str, Path]:
    """The words for paths in the commands of this module, and the paths."""
    home = base.parent
    earlier, templates = home / f"earlier{IN_NAME}", home / f"templates{IN_NAME}"
    for folder in (earlier, templates):
        folder.mkdir()
    for path in base.iterdir():
        text = path.read_text(encoding="utf-8").replace("direction: benefit", "direction: mixed", 9)
        (earlier / path.name).write_text(text, encoding="utf-8")
    summary = (bundled.TEMPLATES / "briefings" / "summary.md.j2").read_text(encoding="utf-8")
    own = f"{{# About {HOSTILE} #}}\n{HOSTILE}{{{{ '{HOSTILE}' }}}}\n{summary}"
    (templates / "own.md.j2").write_text(own, encoding="utf-8")
    records = home / f"records{IN_NAME}.bib"
    record = f"@article{{kay,\n  author = {{Kay{HOSTILE}, Ann}},\n  title = {{A title{HOSTILE}}},\n  year = 2019\n}}\n"
    records.write_text(record + record.replace("kay,", "abe,").replace("year", "yaer"), encoding="utf-8")
    edited = home / f"edited{IN_NAME}.md"
    return {"BASE": base, "EARLIER": earlier, "TEMPLATES": templates, "RECORDS": records, "EDITED": edited}


@pytest.fixture
def printed(paths: dict[str, Path], run: Any) -> Command:
    """Run a command on the hostile base."""

    def command(line: str) -> Run:
        if "EDITED" in line and not paths["EDITED"].exists():
            text: str = run("brief", "--base", paths["BASE"]).out
            edited = text.replace("studies", f"stu{HOSTILE}dies", 9) + f"\n99 of 100 {HOSTILE}\n"
            paths["EDITED"].write_text(edited, encoding="utf-8")
        done: Run = run(*(paths.get(part, part) for part in f"{line} --base BASE".split()))
        assert done.code in (0, 1), done.err
        return done

    return command


SHOWN = ("terminal", "csv", "markdown")
OPENED = ("focus.outcome-share", "matrix.map/people/studies")
TEXT = (
    *(f"gaps --format {shown}" for shown in SHOWN),
    *(f"gaps --all --format {shown}" for shown in SHOWN),
    *(f"gaps --since EARLIER --format {shown}" for shown in SHOWN),
    *(f"gaps {name} --format svg" for name in ("focus", "representation", "matrix")),
    *(f"why {name} --format {shown}" for name in OPENED for shown in SHOWN),
    *(f"claims --format {shown}" for shown in SHOWN),
    *(f"claims --regenerate --format {shown}" for shown in SHOWN),
    *(f"list --format {shown}" for shown in SHOWN),
    *(f"show kay-2019 --format {shown}" for shown in SHOWN),
    *(f"codebook --format {shown}" for shown in SHOWN),
    *(f"codebook {term} --format {shown}" for term in ("outcomes", "thin") for shown in SHOWN),
    "export --format bibtex",
    *(f"brief {name}" for name in ("summary", "review", "group --about people", "whats-new --since EARLIER")),
    *(f"brief {name} --citations finished" for name in ("summary", "review --csl vancouver")),
    "brief own --templates TEMPLATES",
    "brief own --show-template --templates TEMPLATES",
    "brief --list --templates TEMPLATES",
    "brief --check EDITED",
    "new --from RECORDS",
    *(f"validate --format {shown}" for shown in ("text", "concise", "github", "junit", "markdown")),
    "validate --statistics",
)  # fmt: skip
JSON = (
    *(f"{command} --format json" for command in ("gaps", "gaps --all", "gaps --since EARLIER")),
    *(f"why {name} --format json" for name in OPENED),
    *(f"{command} --format json" for command in ("claims", "claims --regenerate", "list", "show kay-2019", "codebook")),
    *("schema study", "schema review"),
    "export --format csl-json",
    *("validate --format json", "validate --format sarif"),
)


@pytest.mark.parametrize("line", TEXT)
def test_no_text_that_is_printed_is_obeyed(line: str, printed: Command) -> None:
    done = printed(line)
    assert done.out
    assert obeyed(done.out + done.err) == ""


@pytest.mark.parametrize("line", JSON)
def test_in_json_they_are_escaped_and_nothing_is_lost(line: str, printed: Command) -> None:
    done = printed(line)
    assert obeyed(done.out + done.err) == ""
    assert HOSTILE in "".join(_strings(json.loads(done.out))) or line.startswith("schema") or "sarif" in line


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(
    "line",
    [
        *("gaps X", "why X", "show X", "codebook X", "explain X", "brief X", "schema X", "validate X", "X"),
        *("list --where X=X", "list --where sector=X", "list --reported-in X", "claims --section X"),
        *("claims --status X", "gaps --since X", "gaps --base X", "gaps --format X", "gaps -o X"),
        *("gaps matrix --rows X",),
        *("brief group --about X", "brief --csl X", "brief --csl X.csl", "brief --check X.md", "brief --templates X"),
        *("brief -o x.docx --reference-doc X", "new --from X.bib", "validate --select X", "export --format X"),
    ],
)  # fmt: skip
def test_control_characters_in_arguments_are_escaped(line: str, run: Any) -> None:
    done = run(*(part.replace("X", IN_NAME) for part in line.split()))
    assert done.code in (0, 2)
    assert obeyed(done.out + done.err) == ""


def test_names_in_messages_are_escaped(tmp_path: Path, run: Any) -> None:
    folder = tmp_path / f"base{IN_NAME}"
    base_of(folder, studies="studies:\n" + entry() + entry("Able").replace("id: able-2019", "id: 5"))
    done = run("export", "--format", "bibtex", "--base", folder, "--skip-invalid")
    assert "studies.yaml:10" in done.err
    assert obeyed(done.out + done.err) == ""


def test_line_break_in_a_file_name_is_escaped(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "a\nb.md"
    path.write_text(f"{run('brief').out}\n99 of 100.\n", encoding="utf-8")
    done = run("brief", "--check", path)
    assert [line for line in (done.out + done.err).splitlines() if "a\\u000ab.md:" not in line] == []


# --- what another program applies, or reads back --------------------------------------------


@pytest.mark.parametrize("terminal", [True, False])
def test_patch_is_exact_in_a_pipe(terminal: bool, tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(more="    # \u202e\n    sector: [social care]  \n"))
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: terminal)
    done = run("validate", "--diff", "--unsafe-fixes", tmp_path / "studies.yaml")
    assert obeyed(done.out) == ("" if terminal else "\u202e")
    if not terminal:
        (tmp_path / "fix.patch").write_text(done.out, encoding="utf-8")
        subprocess.run(["git", "apply", "--unsafe-paths", "-p1", tmp_path / "fix.patch"], cwd="/", check=True)
        assert "sector: [social-care]" in (tmp_path / "studies.yaml").read_text(encoding="utf-8")


def test_a_fix_changes_nothing_else_in_a_file(tmp_path: Path, run: Any) -> None:
    hidden = "    # \u202e \u200e \u2066\n"
    base_of(tmp_path, studies="studies:\n" + entry(more=f"{hidden}    sector: [social care]  \n"))
    run("validate", "--fix", "--unsafe-fixes", tmp_path / "studies.yaml")
    assert f"{hidden}    sector: [social-care]\n" in (tmp_path / "studies.yaml").read_text(encoding="utf-8")


def test_bibtex_escapes_text_and_encodes_addresses(tmp_path: Path) -> None:
    work = Citation(
        type="webpage", title="A \u202eti\x1btle", issued=2019, url="https://x.org/\u202ea", doi="10.1/\x9bb"
    )
    (tmp_path / "x.bib").write_text(bibtex.write([study(citation=work)]), encoding="utf-8")
    (record,) = readers.read(tmp_path / "x.bib").references
    assert record.citation.title == "A \\u202eti\\u001btle"
    assert (record.citation.url, record.citation.doi) == ("https://x.org/%E2%80%AEa", "10.1/%C2%9Bb")


def test_draft_keeps_direction_marks_escaped(printed: Command) -> None:
    drafted, _ = yaml.safe_load(printed("new --from RECORDS").out)["studies"]
    assert {"\u061c", "\u200e", "\u202e", "\u2069"} <= set(drafted["citation"]["title"])


@pytest.mark.parametrize("text", ["می\u200cخواهم", "\U0001f469\u200d\U0001f52c", "so\u00adcial", "e\u0301"])
@pytest.mark.parametrize("shown", ["list --format csv", "export --format bibtex", "export --format csl-json"])
def test_joiners_and_soft_hyphens_are_kept(text: str, shown: str, tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry().replace("A title", f'"A {text} title"'))
    out = run(*shown.split(), "--base", tmp_path).out
    assert f"A {text} title" in (json.loads(out)[0]["title"] if "json" in shown else out)


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["gaps -o OUT.csv", "list -o OUT.md", "export -o OUT.bib", "brief own -o OUT.md"])
def test_a_file_is_treated_as_what_is_printed(line: str, paths: dict[str, Path], tmp_path: Path, run: Any) -> None:
    parts = line.replace("OUT", str(tmp_path / "x")).split()
    own = ("--templates", paths["TEMPLATES"]) if "own" in parts else ()
    assert run(*parts, "--base", paths["BASE"], *own).code == 0
    (made,) = tmp_path.iterdir()
    text = made.read_text(encoding="utf-8")
    assert text
    assert obeyed(text) == ""


def test_folder_name_that_is_not_utf8_is_escaped(tmp_path: Path, run: Any) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    base_of(folder, studies="studies:\n" + entry())
    assert run("gaps", "--base", folder, "-o", tmp_path / "x.csv").code == 0
    assert "/\\udcff" in (tmp_path / "x.csv").read_text(encoding="utf-8")


def test_template_line_ends_are_normalised(tmp_path: Path, run: Any) -> None:
    own = "{# About #}\r\nOne.\rTwo.\r\n"
    (tmp_path / "own.md.j2").write_bytes(own.encode())
    shown = run("brief", "own", "--show-template", "--templates", tmp_path)
    assert shown.out == "{# About #}\nOne.\nTwo.\n"
    written = run("brief", "own", "--templates", tmp_path)
    assert "One.\nTwo.\n" in written.out
    assert not re.search(r"\r|\\u000d", written.out)
