"""What ``gaps`` and ``validate`` do, as functions that a test or another program can call."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from coprod_review import checks, evidence
from coprod_review.errors import InvalidBase, UnknownName, UnreadableFile
from coprod_review.evidence import EvidenceBase
from coprod_review.gaps import ANALYSES, focus, matrix
from coprod_review.models import eligible
from coprod_review.problems import reading_order
from coprod_review.render.diagnostics import Checked
from coprod_review.reports import analyses
from coprod_review.reports.overview import SHOWN, overview
from coprod_review.results import Report, Result
from coprod_review.suggestions import did_you_mean


def gaps_report(
    base: EvidenceBase,
    names: Sequence[str],
    definition: Literal["strict", "broad"],
    options: dict[str, object],
    filters: Sequence[str],
) -> Report:
    """The report of ``gaps``: one screen without names, else the named analyses in full.

    Raises ``UnknownName`` for an analysis or facet that does not exist.
    """
    for name in names:
        if name not in ANALYSES:
            near = did_you_mean(name, ANALYSES)
            raise UnknownName(
                f"There is no analysis `{name}`: {near + ' ' if near else ''}Analyses: {', '.join(ANALYSES)}."
            )
    if not eligible(base.studies):
        raise InvalidBase(
            "No study that counts as evidence is left (role evidence, status active), so there is nothing to analyse."
        )

    def results(chosen: Iterable[str]) -> list[Result]:
        return [_result(name, base, definition, options) for name in chosen]

    if names:
        return analyses.report(base, results(dict.fromkeys(names)), filters)
    return overview(base, results(SHOWN), lambda: results(ANALYSES), filters)


def _result(
    name: str, base: EvidenceBase, definition: Literal["strict", "broad"], options: dict[str, object]
) -> Result:
    if name == "focus":
        return focus.analyse(base.studies, base.framework, definition=definition)
    if name == "matrix":
        return matrix.analyse(
            base.studies,
            base.framework,
            rows=str(options["rows"]),
            cols=str(options["cols"]),
            detail=bool(options["detail"]),
        )
    return ANALYSES[name](base.studies, base.framework)


def check(paths: Sequence[Path], base: Path | None) -> Checked:
    """Check paths, each as part of its base, or a whole base; only the paths' own diagnostics are kept.

    Raises ``UnreadableFile`` where a named path is missing or cannot be opened.
    """
    if not paths:
        held = evidence.read(base)
        name = "" if base else "the bundled base"
        return Checked(tuple(t.name for t in held.texts), _entries(held, None), tuple(checks.run(held)), name)
    if base is not None and any(path.is_dir() for path in paths):
        raise UnreadableFile("--base goes with files: a folder is a base of its own, so leave out one of the two.")
    found = [_check_around(held, names) for held, names in evidence.read_around(list(dict.fromkeys(paths)), base)]
    unique = {(d.file, d.span, d.code, d.message): d for one in found for d in one.diagnostics}
    return Checked(
        files=tuple(dict.fromkeys(name for one in found for name in one.files)),
        studies=sum(one.studies for one in found),
        diagnostics=tuple(sorted(unique.values(), key=reading_order)),
    )


def _check_around(held: EvidenceBase, names: frozenset[str]) -> Checked:
    own = tuple(d for d in checks.run(held) if d.file in names)
    return Checked(tuple(t.name for t in held.texts if t.name in names), _entries(held, names), own)


def _entries(base: EvidenceBase, names: frozenset[str] | None) -> int:
    return sum(names is None or entry.text.name in names for entry in base.entries)
