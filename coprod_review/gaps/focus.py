"""G1: outcome against process, in two views that are always shown together.

Declared focus says what a work sets out to examine, which an abstract shows.
The reported view says what findings a work was seen to hold; studies known on
one side only are unknown there. Methods: methods.md 4.2, 4.3 and 10 (G1).
"""

from collections.abc import Iterable
from typing import Literal

from coprod_review.errors import UnknownName
from coprod_review.gaps.charts import pairs
from coprod_review.gaps.figures import Code, FourCells, four_cells, guarded, ids_of_terms, paired_ratio, share
from coprod_review.gaps.published import beside, published_table
from coprod_review.models import NOT_CODED, Codebook, Finding, Framework, Study, eligible, stakeholder
from coprod_review.results import Conditions, Count, Figure, Result, Table, Trail
from coprod_review.wording import bounds_in_words, plural, ratio_in_words, share_in_words, unknown_of

QUESTION = "Do the studies look at what co-production changes, or at how it is done?"
Definition = Literal["strict", "broad"]
Side = Literal["outcome", "process"]
DEFINITIONS: tuple[Definition, ...] = ("strict", "broad")
STRICT = "strict: an experience of taking part never counts as an outcome"
BROAD = "broad: feeling valued, and giving something back, count as outcomes and no longer as process"
DECLARED = "declared focus: what the work says it examines; of all eligible studies"
_SENSITIVE = 0.05
_DECLARED = Trail(codes=("focus",))


def focus_on(side: str) -> Code:
    """Whether a study says that it examines a side; ``None`` where its focus is not coded."""
    return lambda study: None if study.focus == NOT_CODED else study.focus in (side, "both")


def side_of(finding: Finding, codebook: Codebook, definition: Definition) -> str | None:
    """The side, outcome or process, on which a finding counts."""
    if definition == "broad" and finding.outcome in codebook.broad_outcomes:
        return "outcome"
    return codebook.kind("levels", finding.level)


def reports(side: Side, codebook: Codebook, definition: Definition) -> Code:
    """Whether a study reports a side: true by a finding, false only where absence is coded, else ``None``."""
    levels = codebook.of_kind("levels", side)
    broad = codebook.broad_outcomes if definition == "broad" else frozenset()

    def counts(finding: Finding) -> bool:
        return side == "outcome" if finding.outcome in broad else finding.level in levels

    def code(study: Study) -> bool | None:
        if any(map(counts, study.findings)):
            return True
        return False if getattr(study.reports, side) == "absent" else None

    return code


def _findings_on(side: Side, codebook: Codebook, definition: Definition) -> tuple[Conditions, ...]:
    """Which findings count on a side, as conditions that ``why`` can apply."""
    levels = tuple(t.id for t in codebook.terms("levels") if t.kind == side)
    if definition == "strict":
        return ({"level": levels},)
    broad = tuple(t.id for t in codebook.terms("outcomes") if t.broad)
    others = tuple(t.id for t in codebook.terms("outcomes") if not t.broad)
    return ({"level": levels}, {"outcome": broad}) if side == "outcome" else ({"level": levels, "outcome": others},)


def _trail(codebook: Codebook, definition: Definition, *sides: Side) -> Trail:
    conditions = tuple(c for side in sides for c in _findings_on(side, codebook, definition))
    return Trail(tuple(f"reports.{side}" for side in sides), conditions)


def analyse(studies: Iterable[Study], framework: Framework, *, definition: Definition = "strict") -> Result:
    """Shares and ratio of outcome and process over eligible studies, as declared and as reported.

    Returns figures ``focus.*`` (declared), ``focus.reported.*`` (strict) and
    ``focus.reported-broad.*``; shares from 0 to 1. ``definition`` chooses the
    one that the statement leads with. An empty base gives figures without
    values. Raises ``UnknownName`` for another definition.
    """
    if definition not in DEFINITIONS:
        raise UnknownName(f"There is no definition `{definition}`: use strict or broad.")
    held, codebook = eligible(studies), framework.codebook
    declared = tuple(beside(f, framework) for f in _declared(held, codebook))
    seen = {d: tuple(beside(f, framework) for f in _reported(held, codebook, d)) for d in DEFINITIONS}
    other: Definition = "broad" if definition == "strict" else "strict"
    tables = (*published_table((*declared, *seen["strict"]), "focus.published"), _cells_table(held, codebook))
    return Result(
        analysis="focus",
        question=QUESTION,
        statement=" ".join(
            (
                _declared_statement(declared),
                _reported_statement(held, seen[definition]),
                sensitivity(seen[definition], seen[other], other),
            )
        ),
        caution="What a work says it examines is not what it found, and how works were chosen tilts both.",
        figures=(*declared, *seen[definition], *seen[other]),
        tables=(*tables, _group_table(held, codebook, definition)),
        charts=(pairs("focus", QUESTION, _drawn(declared, seen[definition])),),
    )


def _drawn(declared: tuple[Figure, ...], seen: tuple[Figure, ...]) -> tuple[tuple[str, Figure], ...]:
    return (
        ("Outcomes: say they examine", declared[0]),
        ("Process: say they examine", declared[1]),
        ("Outcomes: seen to report", seen[0]),
        ("Process: seen to report", seen[1]),
    )


def _declared(studies: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    sides = (focus_on("outcome"), focus_on("process"))
    return _figures("focus", "say they examine", DECLARED, studies, sides, codebook, (_DECLARED,) * 3)


def _reported(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> tuple[Figure, ...]:
    sides = (reports("outcome", codebook, definition), reports("process", codebook, definition))
    stem = "focus.reported" if definition == "strict" else "focus.reported-broad"
    words = STRICT if definition == "strict" else BROAD
    trails = (
        _trail(codebook, definition, "outcome"),
        _trail(codebook, definition, "process"),
        _trail(codebook, definition, "outcome", "process"),
    )
    return tuple(guarded(f, studies) for f in _figures(stem, "report", words, studies, sides, codebook, trails))


def _figures(
    stem: str,
    verb: str,
    definition: str,
    studies: tuple[Study, ...],
    sides: tuple[Code, Code],
    codebook: Codebook,
    trails: tuple[Trail, Trail, Trail],
) -> tuple[Figure, ...]:
    """Both shares, the share of process alone, and the ratio."""
    outcome, process = sides

    def alone(study: Study) -> bool | None:
        one, two = outcome(study), process(study)
        if one is True or two is False:
            return False
        return None if one is None or two is None else True

    def made(name: str, label: str, code: Code, trail: Trail, *, headline: bool) -> Figure:
        return share(f"{stem}.{name}", label, definition, studies, code, codebook, trail=trail, headline=headline)

    return (
        made("outcome-share", f"Studies that {verb} outcomes", outcome, trails[0], headline=True),
        made("process-share", f"Studies that {verb} process", process, trails[1], headline=True),
        made("process-only-share", f"Studies that {verb} process alone", alone, trails[2], headline=False),
        paired_ratio(
            f"{stem}.ratio",
            f"Outcome to process among studies that {verb} either",
            definition,
            studies,
            outcome,
            process,
            codebook,
            trail=trails[2],
        ),
    )


def _declared_statement(figures: tuple[Figure, ...]) -> str:
    outcome, process, only, ratio = figures
    if outcome.numerator is None:
        return f"What the studies say they examine is not coded for any of {plural(unknown_of(outcome), 'study')}."
    unknown = bounds_in_words(outcome)
    return (
        f"{share_in_words(outcome)} say they examine outcomes, and {share_in_words(process)} say they examine process; "
        f"{only.numerator} examine process alone. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine process')}"
        + (f" As for outcomes, focus is {unknown}." if unknown else "")
    )


def _reported_statement(studies: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    outcome, process, _, ratio = figures
    unknown = unknown_of(ratio)
    if not unknown:
        return (
            f"As for what they report: {share_in_words(outcome)} report outcomes, {share_in_words(process)} process. "
            + ratio_in_words(ratio, "report outcomes", "report process")
        )
    total = len(studies)
    lead = (
        f"What they report is not known on both sides for {unknown} of {total}: {why_unknown(studies, ratio)}. Seen to "
        f"report an outcome: {_least(outcome, total)}; process: {_least(process, total)}."
    )
    if 2 * unknown > total or ratio.value is None:
        return lead
    return f"{lead} {ratio_in_words(ratio, 'report outcomes', 'report process')}"


def why_unknown(studies: Iterable[Study], figure: Figure) -> str:
    """Why studies are not known on both sides: what was read could not show it, or nobody coded it."""
    unknown = set(figure.undecided)
    whole = all(study.coded_from == "full_text" for study in studies if study.id in unknown)
    return "the code for absence was not made" if whole else "an abstract cannot show what is missing"


def _least(figure: Figure, total: int) -> str:
    """A lowest count in words."""
    seen = figure.numerator or 0
    if seen == total:
        return f"all {total} studies" if total > 1 else "the 1 study"
    return f"at least {seen} of {plural(total, 'study')}" if seen else f"none of {plural(total, 'study')} so far"


def _lowest(figure: Figure) -> float:
    return figure.unknown.low or 0.0 if figure.unknown else 0.0


def differ(one: tuple[Figure, ...], other: tuple[Figure, ...]) -> bool:
    """Whether the definition of an outcome moves either share by more than five points."""
    return any(abs(_lowest(a) - _lowest(b)) > _SENSITIVE for a, b in zip(one[:2], other[:2], strict=True))


def sensitivity(seen: tuple[Figure, ...], alternative: tuple[Figure, ...], other: str) -> str:
    """What the other definition would give, in a sentence."""
    if not differ(seen, alternative):
        return f"The {other} definition of an outcome moves neither share by more than five points."
    outcome, process = alternative[:2]
    return (
        f"Under the {other} definition outcomes were seen in {outcome.numerator or 0} and process in "
        f"{process.numerator or 0}."
    )


def _cells_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    views = (
        (four_cells(studies, focus_on("outcome"), focus_on("process")), _DECLARED),
        *(
            (
                four_cells(studies, reports("outcome", codebook, d), reports("process", codebook, d)),
                _trail(codebook, d, "outcome", "process"),
            )
            for d in DEFINITIONS
        ),
    )
    names = ("both", "first_only", "second_only", "neither", "unknown")
    labels = ("Outcome and process", "Outcome alone", "Process alone", "Neither", "Not known on both sides")
    return Table(
        title=f"The four cells, {plural(len(studies), 'eligible study', 'eligible studies')}",
        columns=("Studies", "Declared focus", "Reported, strict", "Reported, broad"),
        rows=tuple(
            (text, *(Count(_cell(view, name), trail) for view, trail in views))
            for text, name in zip(labels, names, strict=True)
        ),
        note=f"{STRICT[0].upper()}{STRICT[1:]}; {BROAD}.",
        id="focus.cells",
        row_ids=("both", "outcome", "process", "neither", "unknown"),
        column_ids=("declared", "reported", "reported-broad"),
    )


def _cell(cells: FourCells, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(cells, name)
    return found


def _group_table(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> Table:
    groups = codebook.terms("stakeholders")
    having: dict[tuple[str, str | None], list[str]] = {}
    for study in studies:
        for key in {(stakeholder(f.outcome), side_of(f, codebook, definition)) for f in study.findings}:
            having.setdefault(key, []).append(study.id)

    def cell(group: str, side: Side) -> Count:
        conditions = tuple({**c, "stakeholder": (group,)} for c in _findings_on(side, codebook, definition))
        return Count(tuple(having.get((group, side), ())), Trail(findings=conditions))

    return Table(
        title="Findings by stakeholder group",
        columns=("Stakeholder group", "With an outcome finding", "With a process finding"),
        rows=tuple((t.label, cell(t.id, "outcome"), cell(t.id, "process")) for t in groups),
        note="Distinct studies; a study may stand in several rows and in both columns.",
        id="focus.groups",
        row_ids=ids_of_terms(groups),
        column_ids=("outcome", "process"),
    )
