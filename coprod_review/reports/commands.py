"""What ``gaps`` does, as a function that a test or another program can call."""

from collections.abc import Iterable, Sequence
from typing import Literal

from coprod_review.errors import InvalidBase, UnknownName
from coprod_review.evidence import EvidenceBase
from coprod_review.gaps import ANALYSES, focus, matrix
from coprod_review.models import eligible
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
