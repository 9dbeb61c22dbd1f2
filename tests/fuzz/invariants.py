"""What must hold when a file of any bytes is read, checked, reported in every format, fixed or drafted from."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from coprod_review.bibliography import drafts, readers
from coprod_review.errors import CoprodReviewError
from coprod_review.files.writing import replace_texts
from coprod_review.loading import assembly
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules, check_paths, fixing
from coprod_review.validate.formats import FORMATS
from coprod_review.validate.validation_report import ValidationReport

SOUND = """studies:
  - id: kay-2019
    citation: {type: document, title: A title, author: [{family: Kay}], issued: 2019}
    role: evidence
    role_reason: Reports its own data.
    design: qualitative
    coded_from: abstract
    coding_note: No finding in the abstract.
    provenance: {entered_from: hand, as_of: 2026-01-01}
"""
STEMS = ("studies", "study", "base", "codebook", "benchmarks", "review")
"""The kinds of files, by the name that each has in a base."""


def place(folder: Path, stem: str) -> Path:
    """The path of a file of a kind in a base of its own, with a sound study where the file has none itself."""
    home = folder / f"of-{stem}"
    if stem == "studies":
        home.mkdir(exist_ok=True)
        return home / "studies.yaml"
    (home / "studies").mkdir(parents=True, exist_ok=True)
    if stem == "study":
        return home / "studies" / "x.yaml"
    (home / "studies" / "kay-2019.yaml").write_text(SOUND, encoding="utf-8")
    return home / f"{stem}.yaml"


def hold(content: bytes, stem: str, folder: Path) -> None:
    """Write bytes to the path of a file of a kind and raise ``AssertionError`` where an invariant fails."""
    path = place(folder, stem)
    path.write_bytes(content)
    checked = check_paths.check_paths([path], None)
    _places_are_real(checked, path, content)
    report_safely(checked)
    for unsafe in (False, True):
        path.write_bytes(content)
        _fixed_once(path, unsafe=unsafe)


def _places_are_real(checked: ValidationReport, path: Path, content: bytes) -> None:
    lines = content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    for d in checked.diagnostics:
        assert Path(d.file).name == path.name
        assert 1 <= d.span.line <= len(lines) + 1, d
        assert 1 <= d.span.column <= len(lines[min(d.span.line, len(lines)) - 1]) + 2, d
        assert d.span.end_line >= d.span.line, d
        assert len(d.message) + len(d.hint) < 3_000, d
    assert len({d.fingerprint for d in checked.diagnostics}) == len(checked.diagnostics)


def report_safely(checked: ValidationReport) -> None:
    """Check that programs can read every format, and that no character from data controls a terminal or a log."""
    for name, format in FORMATS.items():
        output = format.render(checked)
        assert unprintable(output) == "", (name, unprintable(output))
        readable(name, output)
        if format.statistics:
            assert unprintable(format.statistics(checked)) == ""


def unprintable(text: str) -> str:
    """The characters of a text, line breaks apart, that a terminal may obey instead of showing."""
    return "".join(sorted({s for s in text if unicodedata.category(s) in ("Cc", "Cf", "Cs", "Zl", "Zp") and s != "\n"}))


def readable(name: str, output: str) -> None:
    """Raise where a program that knows the format could not read it, or where data became a workflow command."""
    if name in ("json", "sarif"):
        json.loads(output)
    elif name == "junit":
        ElementTree.fromstring(output)
    elif name == "github":
        assert [line for line in commands(output) if not _OURS.match(line)] == []


_OURS = re.compile(r"::(?:error|warning|notice) file=[^,]*,line=\d+,endLine=\d+,.*?title=coprod-review CPR\d{3} ")


def commands(log: str) -> Iterator[str]:
    """The lines of a log that GitHub obeys as commands, but for the pair that stops and resumes obeying."""
    token = None
    for line in log.split("\n"):
        started = re.match(r"::stop-commands::(.+)", line.strip())
        if token is None and started:
            token = f"::{started[1]}::"
        elif token is not None:
            token = None if line.strip() == token else token
        elif line.lstrip().startswith("::") or "##[" in line:
            yield line


def _fixed_once(path: Path, *, unsafe: bool) -> None:
    before = path.read_bytes()
    left, rewrites = fixing.apply_fixes([path], None, check_paths.DiagnosticSelection(), unsafe=unsafe)
    report_safely(left)
    assert {one.path.resolve() for one in rewrites} <= {path.resolve()}
    replace_texts(rewrites)
    if not rewrites:
        assert path.read_bytes() == before
        return
    old, new = YamlText.from_bytes(before, "old"), YamlText.from_bytes(path.read_bytes(), "new")
    assert new.lost_entries <= old.lost_entries, "a fix made an entry unreadable"
    _, again = fixing.apply_fixes([path], None, check_paths.DiagnosticSelection(), unsafe=unsafe)
    assert again == [], "fixing twice changes more than fixing once"


def drafted(content: bytes, folder: Path) -> None:
    """Draft entries from the bytes of a bibliography: each is sound YAML and every record is accounted for."""
    source = folder / "records.bib"
    source.write_bytes(content)
    base = assembly.assemble("base", [YamlText(SOUND, "studies.yaml")])
    try:
        found = readers.read(source)
        drafted, refused = drafts.draft_all(found.references, base)
    except CoprodReviewError:
        return
    assert len(drafted) + len(refused) == len(found.references)
    text = YamlText(drafts.studies_file(drafted), "drafts.yaml")
    assert not drafted or text.parse_errors == [m for m in text.parse_errors if m.kind == "date"]
    found_in_them = apply_rules.diagnose_base(assembly.assemble("drafts", [text])) if drafted else []
    assert [d for d in found_in_them if d.rule in PARSE_RULES.values() or d.rule.name == "unknown-term"] == []
