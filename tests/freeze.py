"""Record what every command prints, and compare a later program with the record.

Usage::

    python -m tests.freeze record FOLDER     # run every command and write FOLDER/outputs.json
    python -m tests.freeze compare FOLDER    # run every command again and show what differs
    python -m tests.freeze facts FOLDER      # the same, but exit codes, JSON keys, ids and numbers alone, without texts

Keep FOLDER outside the repository. The commands run on the bundled base, on part of it, on a fictional base about
another subject and on three broken ones. Each runs in a process of its own, forked from one that has imported the
program, so Linux and macOS only.
"""

import difflib
import hashlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLES = REPOSITORY / "tests" / "examples"
COPIED = ("linked", "first.yaml", "traps.yaml", "broken.yaml", "reference.bib")
"""Examples that are copied into the folder in which the commands run."""
FORMATS = ("terminal", "json", "csv", "markdown")
DIAGNOSTIC_FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "markdown")
ANALYSES = (
    "focus", "representation", "beneficiaries", "matrix", "sector", "principles", "direction", "care-act",
    "measurement", "reporting", "overlap", "appraisal", "testimony", "involvement", "lasting", "intersections",
    "currency", "claims", "recommendations",
)  # fmt: skip
BRIEFINGS = ("summary", "review", "plain", "group --about people", "group --about unpaid-carers", "whats-new")
COMMANDS = (
    "gaps",
    "why",
    "claims",
    "list",
    "show",
    "codebook",
    "schema",
    "brief",
    "validate",
    "explain",
    "new",
    "export",
)
OUT = "{out}"
"""In a command: a file of this command alone, whose content is recorded."""
DIFFERENCES_SHOWN = 12
LINES_SHOWN = 14

Command = tuple[str, ...]


def commands() -> list[Command]:
    """Every command that is recorded, in order."""
    lines = [
        *_help(),
        *_reading("", ""),
        *_reading(" --base foreign", " --where sector=primary-schools"),
        *_identifiers(),
        *_writing(),
        *_validating(),
        *_mistakes(),
    ]
    return [tuple(line.split()) for line in dict.fromkeys(lines)]


def _help() -> Iterator[str]:
    yield from ("", "--help", "--version", *(f"{name} --help" for name in COMMANDS))
    yield from ("codebook", "codebook --format json", "codebook outcomes", "codebook thin", "codebook --base foreign")
    yield from (f"schema {name}" for name in ("base", "benchmarks", "codebook", "review", "studies", "study"))
    yield "schema study --base foreign"


def _reading(base: str, where: str) -> Iterator[str]:
    where = where or " --where sector=social-care --where year>=2015"
    for filters in ("", where):
        for shown in FORMATS:
            yield f"gaps{base}{filters} --format {shown}"
            yield f"gaps --all{base}{filters} --format {shown}"
            yield f"list{base}{filters} --format {shown}"
        yield from (f"gaps {name}{base}{filters}" for name in ANALYSES)
    for name in ("focus", "representation", "matrix", "direction", "care-act"):
        yield from (f"gaps {name}{base} --format {shown}" for shown in (*FORMATS, "svg"))
    yield f"gaps focus --definition broad{base}"
    yield f"gaps matrix --detail{base}"
    yield f"gaps matrix --rows sector --cols place{base} --format markdown"
    for command in ("claims", "claims --regenerate", "claims --section 3.1", "claims --status not-seen"):
        yield from (f"{command}{base} --format {shown}" for shown in FORMATS)
    yield from (f"export{base} --format {kind}" for kind in ("bibtex", "csl-json"))
    yield f"export{base}{where} --format bibtex"
    if not base:
        yield from (f"gaps --reported-in abstract --format {shown}" for shown in FORMATS)
        yield "list --reported-in scie-review-2022 --format json"
        yield "gaps --since foreign"
        yield "gaps focus representation matrix --since foreign --format json"


def _identifiers() -> Iterator[str]:
    """One command for every study and every figure, and for a cell of every table."""
    for base in ("", " --base foreign"):
        results = json.loads(_stdout(f"gaps --all{base} --format json"))["results"]
        studies = json.loads(_stdout(f"list{base} --format json"))
        for study in studies:
            yield f"show {study['id']}{base}"
        yield from (f"show {studies[0]['id']}{base} --format {shown}" for shown in FORMATS)
        figures = [figure["id"] for result in results for figure in result["figures"]]
        yield from (f"why {figure}{base}" for figure in figures)
        yield from (f"why {figure}{base} --format {shown}" for figure in figures[::9] for shown in FORMATS[1:])
        yield from (f"why {result['analysis']}{base}" for result in results)
        opened = [gap["opens"] for result in results for gap in result["gaps"] if gap.get("opens")]
        yield from (f"why {identity}{base} --format {shown}" for identity in opened[::7] for shown in FORMATS)
    yield "why matrix.cells/people/people.health --where year>=2015"
    yield "why focus.outcome-share --definition broad"


def _writing() -> Iterator[str]:
    for briefing in BRIEFINGS:
        since = " --since foreign" if briefing == "whats-new" else ""
        for suffix in (".md", ".html", ".docx", ".pdf"):
            yield f"brief {briefing}{since} -o {OUT}{suffix}"
        yield f"brief {briefing}{since} --citations finished"
        yield f"brief {briefing}{since} --show-template".replace(" --about people", "").replace(since, "")
    yield from (
        "brief summary --base foreign",
        "brief review --base foreign",
        "brief group --about pupils --base foreign",
    )
    yield from ("brief summary --base foreign -o {out}.html", "brief summary --csl vancouver -o {out}.md")
    yield from ("brief --list", "brief --check edited.md", "brief --check edited.html", "brief --check sound.md")
    yield from (
        "new --from reference.bib",
        "new --from reference.bib -o {out}.yaml",
        "new --from reference.bib --base foreign",
    )
    yield from (
        "gaps -o {out}.csv",
        "gaps -o {out}.json",
        "gaps -o {out}.svg",
        "export -o {out}.bib",
        "list -o {out}.md",
    )


def _validating() -> Iterator[str]:
    for target in ("", "foreign", "first.yaml", "linked", "traps.yaml", "broken.yaml"):
        yield from (f"validate {target} --format {shown}" for shown in DIAGNOSTIC_FORMATS)
        yield f"validate {target} --statistics"
    for target in ("first.yaml", "linked", "traps.yaml", "broken.yaml"):
        yield f"validate {target} --diff"
        yield f"validate {target} --diff --unsafe-fixes"
        yield f"gaps --base {target}"
        yield f"list --base {target} --skip-invalid --format json"
        yield f"brief --base {target} --skip-invalid"
    yield from (
        "validate --list",
        "validate --list --format json",
        "explain",
        "explain --format json",
        "explain -o {out}.md",
    )
    yield "validate linked --select CPR5 --severity error --fail-on warning"
    for listed in json.loads(_stdout("validate --list --format json"))["checks"]:
        yield f"explain {listed['code']}"
        yield f"explain {listed['name']} --format markdown"


def _mistakes() -> Iterator[str]:
    yield from (
        "gaps fokus",
        "why focus.outcome-shar",
        "show kay-2091",
        "codebook outcoms",
        "explain CPR999",
        "nothing",
    )
    yield from ("gaps --where sektor=health", "gaps --where sector=helth", "gaps --where sector", "gaps -o {out}.xyz")
    yield from ("gaps --base nowhere", "gaps --detail", "gaps focus --rows sector", "claims --status x", "export")
    yield from (
        "brief nothing",
        "brief group",
        "brief group --about nothing",
        "brief -o {out}.xyz",
        "brief --check no.md",
    )
    yield from ("brief --csl nothing", "brief --csl no.csl", "brief --reference-doc no.docx -o {out}.docx", "new")
    yield from (
        "new --from no.bib",
        "validate no.yaml",
        "validate --fix",
        "gaps --since nothing",
        "list --format json -o {out}.csv",
    )
    yield from (
        "brief --templates nowhere",
        "brief --check first.yaml",
        "list --reported-in a,b",
        "list --where year>=x",
    )


def prepare(folder: Path) -> None:
    """Copy the examples, and write the briefings that are checked, into the folder in which the commands run."""
    shutil.copytree(REPOSITORY / "tests" / "bases" / "foreign", folder / "foreign")
    for name in COPIED:
        source = EXAMPLES / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)


def _write_briefings(folder: Path) -> None:
    """A sound briefing, and two that were edited by hand: one with every digit 2 changed, one without its notes."""
    sound = _stdout("brief summary")
    (folder / "sound.md").write_text(sound, encoding="utf-8")
    (folder / "edited.md").write_text(sound.replace(" of 28", " of 27"), encoding="utf-8")
    _stdout("brief summary -o page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    (folder / "edited.html").write_text(page.replace(" of 28", " of 27"), encoding="utf-8")


def _stdout(line: str) -> str:
    done = subprocess.run([sys.executable, "-m", "coprod_review", *line.split()], capture_output=True, check=False)
    return done.stdout.decode("utf-8")


def run(command: Command) -> dict[str, Any]:
    """Run one command in this process, which must be a fork, and return what it printed and wrote."""
    name = "out-" + hashlib.sha256(" ".join(command).encode()).hexdigest()[:10]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        code = _leave([part.replace(OUT, name) for part in command])
        sys.stdout.flush()
        sys.stderr.flush()
        out.seek(0)
        err.seek(0)
        shown = {"out": _normal(out.read(), name), "err": _normal(err.read(), name)}
    files = {path.suffix: path for path in Path().glob(f"{name}*")}
    written = {suffix: _normal(path.read_bytes(), name) for suffix, path in files.items()}
    for path in files.values():
        path.unlink()
    return {"command": " ".join(command), "code": code, **shown, "files": written}


def _leave(arguments: list[str]) -> int:
    from coprod_review.__main__ import main

    sys.argv = ["coprod-review", *arguments]
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    except Exception:  # a defect of the program is recorded like anything else that it prints
        traceback.print_exc()
        return -1
    return 0


def _normal(content: bytes, name: str) -> str:
    """Text with the repository's own place taken out of it; the digest of anything that is not text."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return hashlib.sha256(content).hexdigest()
    for place in (os.path.relpath(REPOSITORY), str(REPOSITORY)):
        text = text.replace(place, "{repository}")
    # The token that GitHub's log needs is a digest of the text around it, which holds the repository's own place.
    return re.sub(r"report-[0-9a-f]{32}", "report-{token}", text.replace(name, OUT))


def record(folder: Path) -> None:
    """Run every command and write what each printed to ``folder/outputs.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "outputs.json").write_text(json.dumps(_run_all(), indent=1, ensure_ascii=False), encoding="utf-8")


def compare(folder: Path, *, facts: bool = False) -> int:
    """Run every command again and print what differs from the record. Returns how many commands differ.

    With ``facts``, a wording that changed is no difference.
    """
    before = {entry["command"]: entry for entry in json.loads((folder / "outputs.json").read_text(encoding="utf-8"))}
    after = {entry["command"]: entry for entry in _run_all()}
    (folder / "latest.json").write_text(json.dumps([*after.values()], indent=1, ensure_ascii=False), encoding="utf-8")
    if facts:
        before, after = ({name: _facts_of(entry) for name, entry in side.items()} for side in (before, after))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in changed[:DIFFERENCES_SHOWN]:
        _show(name, before.get(name), after.get(name))
    print(f"{len(after)} commands compared with {len(before)} recorded: {len(changed)} differ")
    for name in changed:
        print(f"  {name}")
    return len(changed)


def _facts_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what another wording may not change: the exit code, and the keys, ids and numbers of every JSON output."""
    files = {name: _facts_of_text(text) for name, text in entry.get("files", {}).items() if isinstance(text, str)}
    return {**entry, "out": _facts_of_text(entry["out"]), "err": "", "files": files}


def _facts_of_text(text: str) -> str:
    try:
        document = json.loads(text)
    except ValueError:
        return ""
    return json.dumps(_without_texts(document), indent=1, ensure_ascii=False)


def _without_texts(value: Any) -> Any:
    """Return JSON data with ``...`` for every string of several words; ids and codes have one."""
    if isinstance(value, dict):
        return {key: _without_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_texts(item) for item in value]
    return "..." if isinstance(value, str) and len(value.split()) > 1 else value


def _show(name: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    print(f"=== coprod-review {name}")
    recorded, now = _lines(before), _lines(after)
    differences = difflib.unified_diff(recorded, now, "recorded", "now", n=0, lineterm="")
    print("\n".join(line[:300] for line in list(differences)[:LINES_SHOWN]))


def _lines(entry: dict[str, Any] | None) -> list[str]:
    return json.dumps(entry, indent=1, ensure_ascii=False).replace("\\n", "\n").splitlines()


def _run_all() -> list[dict[str, Any]]:
    os.environ.update(COLUMNS="80", NO_COLOR="1", LC_ALL="C.UTF-8", TZ="UTC", PYTHONPATH=str(REPOSITORY))
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        os.environ.pop(name, None)
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        work = Path(place, "work")
        work.mkdir()
        prepare(work)
        os.chdir(work)
        try:
            _write_briefings(work)
            _leave(["--version"])  # every fork finds the program imported
            with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
                return list(pool.imap(run, commands(), chunksize=1))
        finally:
            os.chdir(home)


def main() -> int:
    """Record or compare, as the first argument says."""
    match sys.argv[1:]:
        case ["record", folder]:
            record(Path(folder).resolve())
            return 0
        case ["compare" | "facts" as mode, folder]:
            return 1 if compare(Path(folder).resolve(), facts=mode == "facts") else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
