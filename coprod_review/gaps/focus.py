"""G1: outcome against process, in two views that are always shown together.

Declared focus says what a work sets out to examine, which an abstract shows.
The reported view says what findings a work was seen to hold; studies known on
one side only are unknown there. Methods: methods.md 4.2, 4.3 and 10 (G1).
"""

from collections.abc import Iterable
from typing import Literal

from coprod_review.errors import UnknownName
from coprod_review.gaps.figures import Code, FourCells, four_cells, guarded, ids, paired_ratio, share
from coprod_review.gaps.published import beside
from coprod_review.models import NOT_CODED, Codebook, Finding, Framework, Study, eligible
from coprod_review.results import Count, Figure, Result, Table
from coprod_review.wording import bounds_in_words, plural, ratio_in_words, share_in_words

QUESTION = "Do the studies look at what co-production changes, or at how it is done?"
Definition = Literal["strict", "broad"]
STRICT = "strict: an experience of taking part never counts as an outcome"
BROAD = "broad: feeling valued, and giving something back, count as outcomes and no longer as process"
_SENSITIVE = 0.05


def focus_on(side: str) -> Code:
    """Whether a study says that it examines a side; ``None`` where its focus is not coded."""
    return lambda study: None if study.focus == NOT_CODED else study.focus in (side, "both")


def counts_as(finding: Finding, codebook: Codebook, definition: Definition) -> str | None:
    """The side, outcome or process, on which a finding counts."""
    term = codebook.find("outcomes", finding.outcome)
    if definition == "broad" and term is not None and term.broad:
        return "outcome"
    return codebook.kind("levels", finding.level)


def reports(side: Literal["outcome", "process"], codebook: Codebook, definition: Definition) -> Code:
    """Whether a study reports a side: true by a finding, false only where absence is coded, else ``None``."""

    def code(study: Study) -> bool | None:
        if any(counts_as(finding, codebook, definition) == side for finding in study.findings):
            return True
        return False if getattr(study.reports, side) == "absent" else None

    return code


def analyse(studies: Iterable[Study], framework: Framework, *, definition: Definition = "strict") -> Result:
    """Shares and ratio of outcome and process over eligible studies, as declared and as reported.

    Returns figures ``focus.*`` (declared) and ``focus.reported.*``; shares from
    0 to 1. An empty base gives figures without values. Raises ``UnknownName``
    for another definition.
    """
    if definition not in ("strict", "broad"):
        raise UnknownName(f"There is no definition `{definition}`: use strict or broad.")
    held, codebook = eligible(studies), framework.codebook
    declared = _figures(
        "focus", "say they examine", held, focus_on("outcome"), focus_on("process"), codebook, "declared focus"
    )
    seen = _reported(held, codebook, definition)
    other: Definition = "broad" if definition == "strict" else "strict"
    alternative = _reported(held, codebook, other)
    shown = (*seen, *alternative) if _differ(seen, alternative) else seen
    return Result(
        analysis="focus",
        question=QUESTION,
        statement=" ".join(
            (_declared_statement(declared), _reported_statement(held, seen), _sensitivity(seen, alternative, other))
        ),
        caution=("What a work says it examines is not what it found, and how works were chosen tilts both."),
        figures=tuple(beside(figure, framework) for figure in (*declared, *shown)),
        tables=(_cells_table(held, codebook), _group_table(held, codebook, definition)),
    )


def _figures(
    stem: str, verb: str, studies: tuple[Study, ...], outcome: Code, process: Code, codebook: Codebook, definition: str
) -> tuple[Figure, ...]:
    def only_process(study: Study) -> bool | None:
        one, two = outcome(study), process(study)
        if one is True or two is False:
            return False
        return None if one is None or two is None else True

    alone = share(
        f"{stem}.process-only-share", f"Studies that {verb} process alone", definition, studies, only_process, codebook
    )
    return (
        share(f"{stem}.outcome-share", f"Studies that {verb} outcomes", definition, studies, outcome, codebook),
        share(f"{stem}.process-share", f"Studies that {verb} process", definition, studies, process, codebook),
        alone,
        paired_ratio(
            f"{stem}.ratio",
            f"Outcome to process among studies that {verb} either",
            definition,
            studies,
            outcome,
            process,
            codebook,
        ),
    )


def _reported(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> tuple[Figure, ...]:
    outcome, process = reports("outcome", codebook, definition), reports("process", codebook, definition)
    stem = "focus.reported" if definition == "strict" else "focus.reported-broad"
    words = STRICT if definition == "strict" else BROAD
    figures = _figures(stem, "report", studies, outcome, process, codebook, words)
    return tuple(guarded(figure, studies) for figure in figures)


def _declared_statement(figures: tuple[Figure, ...]) -> str:
    outcome, process, only, ratio = figures
    unknown = bounds_in_words(outcome)
    return (
        f"{share_in_words(outcome)} say they examine outcomes, and {share_in_words(process)} say they examine process; "
        f"{only.numerator} examine process alone. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine process')}" + (f" Focus is {unknown}." if unknown else "")
    )


def _reported_statement(studies: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    outcome, process, _, ratio = figures
    total, unknown = len(studies), ratio.unknown.count if ratio.unknown else 0
    least = (
        f"At least {outcome.numerator} of {plural(total, 'study')} were seen to report an outcome, and at least "
        f"{process.numerator} process."
    )
    if not unknown:
        return (
            f"As for what they report: {share_in_words(outcome)} report outcomes, {share_in_words(process)} process. "
            + (ratio_in_words(ratio, "report outcomes", "report process"))
        )
    lead = (
        f"What they report is not known on both sides for {unknown} of {total}, since an abstract cannot show what is "
        "missing."
    )
    if 2 * unknown > total or ratio.value is None:
        return f"{lead} {least}"
    return f"{lead} {least} {ratio_in_words(ratio, 'report outcomes', 'report process')}"


def _lowest(figure: Figure) -> float:
    return figure.unknown.low or 0.0 if figure.unknown else 0.0


def _differ(one: tuple[Figure, ...], other: tuple[Figure, ...]) -> bool:
    return any(abs(_lowest(a) - _lowest(b)) > _SENSITIVE for a, b in zip(one[:2], other[:2], strict=True))


def _sensitivity(seen: tuple[Figure, ...], alternative: tuple[Figure, ...], other: Definition) -> str:
    if not _differ(seen, alternative):
        return f"The {other} definition of an outcome moves neither share by more than five points."
    outcome, process = alternative[:2]
    return (
        f"Under the {other} definition at least {outcome.numerator} report an outcome and {process.numerator} process."
    )


def _cells_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    views = (
        four_cells(studies, focus_on("outcome"), focus_on("process")),
        *(
            four_cells(studies, reports("outcome", codebook, d), reports("process", codebook, d))
            for d in ("strict", "broad")
        ),
    )
    names = ("both", "first_only", "second_only", "neither", "unknown")
    labels = ("Outcome and process", "Outcome alone", "Process alone", "Neither", "Not known on both sides")
    return Table(
        title=f"The four cells, {plural(len(studies), 'eligible study')}",
        columns=("Studies", "Declared focus", "Reported, strict", "Reported, broad"),
        rows=tuple((text, *(Count(_cell(v, name)) for v in views)) for text, name in zip(labels, names, strict=True)),
        note=f"{STRICT[0].upper()}{STRICT[1:]}; {BROAD}.",
    )


def _cell(cells: FourCells, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(cells, name)
    return found


def _group_table(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> Table:
    def having(group: str, side: str) -> Count:
        return Count(
            ids(
                s
                for s in studies
                if any(
                    f.outcome.startswith(f"{group}.") and counts_as(f, codebook, definition) == side for f in s.findings
                )
            )
        )

    return Table(
        title="Findings by stakeholder group",
        columns=("Stakeholder group", "With an outcome finding", "With a process finding"),
        rows=tuple((t.label, having(t.id, "outcome"), having(t.id, "process")) for t in codebook.terms("stakeholders")),
        note="Distinct studies; a study may stand in several rows and in both columns.",
    )
