"""G1: outcome against process, in two views that are always shown together.

Declared focus says what a work sets out to examine, which an abstract shows.
The reported view says what findings a work was seen to hold; studies known on
one side only are unknown there. Methods: docs/methods/analyses.md#focus.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from coprod_review.errors import UnknownName
from coprod_review.gaps.charts import paired_bars
from coprod_review.gaps.ratios import FourCells, four_cells, paired_ratio
from coprod_review.gaps.shares import count, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, ids, ids_of_terms, outcome_trail
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, eligible, outcome_studies, stakeholder
from coprod_review.phrasing.figures import bounds_in_words, ratio_in_words, share_in_words, unknown_of
from coprod_review.results.figure import Conditions, Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import plural

QUESTION = "Do the studies look at what co-production changes, or at how it is done?"
Definition = Literal["strict", "broad"]
Side = Literal["outcome", "process"]
DEFINITIONS: tuple[Definition, ...] = ("strict", "broad")
STRICT = "strict: an experience of taking part never counts as an outcome"
BROAD = "broad: feeling valued, and giving something back, count as outcomes and no longer as process"
DECLARED = "declared focus: what the work says it examines; of all eligible studies"
_SENSITIVE = 0.05
_DECLARED = Criteria(codes=("focus",))


def focus_on(side: str) -> StudyTest:
    """Whether a study says that it examines a side; ``None`` where its focus is not coded."""
    return lambda study: None if study.focus == NOT_CODED else study.focus in (side, "both")


def side_of(finding: Finding, codebook: Codebook, definition: Definition) -> str | None:
    """The side, outcome or process, on which a finding counts."""
    if definition == "broad" and finding.outcome in codebook.broad_outcomes:
        return "outcome"
    return codebook.kind("levels", finding.level)


def reports(side: Side, codebook: Codebook, definition: Definition) -> StudyTest:
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


def _trail(codebook: Codebook, definition: Definition, *sides: Side) -> Criteria:
    conditions = tuple(c for side in sides for c in _findings_on(side, codebook, definition))
    return Criteria(tuple(f"reports.{side}" for side in sides), conditions)


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
    declared = _declared(held, codebook)
    seen = {d: _reported(held, codebook, d) for d in DEFINITIONS}
    other: Definition = "broad" if definition == "strict" else "strict"
    more = (_relayed(held, framework), *_in_scope(held, framework))
    return Result(
        analysis="focus",
        question=QUESTION,
        statement=" ".join(
            (
                _declared_statement(declared),
                _reported_statement(held, seen[definition], _on_its_word(held, framework, definition)),
                sensitivity(seen[definition], seen[other], other),
            )
        ),
        caution="What a work says it examines is not what it found, and how works were chosen tilts both.",
        figures=(*declared, *seen[definition], *seen[other], *more),
        tables=(_cells_table(held, codebook), _group_table(held, codebook, definition)),
        charts=(paired_bars("focus", QUESTION, _drawn(declared, seen[definition])),),
        figures_in_full=frozenset(f.id for f in (*declared, *_told(seen[definition], seen[other]), *more)),
    )


def _told(seen: tuple[Figure, ...], alternative: tuple[Figure, ...]) -> Iterator[Figure]:
    """What is told of reported focus: the definition that was asked for; of the other one the shares, if it matters."""
    yield from seen[:2]
    # While absence is coded for no study these two cannot be but zero, and equal.
    yield from (figure for figure in seen[2:] if figure.value is not None or not unknown_of(figure))
    if differ(seen, alternative):
        yield from alternative[:2]


def _relayed(studies: tuple[Study, ...], framework: Framework) -> Figure:
    """Of the studies seen to report an outcome, those of which nothing that was read of the work shows one."""
    codebook = framework.codebook
    return count(
        "focus.reported.review-alone",
        "Studies whose outcomes were seen in the review alone",
        "every outcome finding was seen in the review and in nothing that was read of the work; of the outcome studies",
        ids(relayed_alone(studies, framework, "strict")),
        ids(outcome_studies(studies, codebook)),
        "a count of where findings were seen, so there is no interval",
        trail=outcome_trail(codebook),
    )


def _in_scope(studies: tuple[Study, ...], framework: Framework) -> tuple[Figure, ...]:
    """Declared focus of the studies that include the base's own sector."""
    scope, codebook = framework.about.scope.sector, framework.codebook
    name = codebook.label("sectors", scope).lower()
    inside = tuple(s for s in studies if scope in s.sector)
    words = f"declared focus; of the eligible studies that include {name}"
    sides = (focus_on("outcome"), focus_on("process"))
    trail = Criteria(("focus", "sector"))

    def made(side: str, what: str, code: StudyTest) -> Figure:
        label = f"Studies that include {name} and say they examine {what}"
        return share(f"focus.scope.{side}-share", label, words, inside, code, codebook, trail=trail, headline=True)

    ratio = paired_ratio(
        "focus.scope.ratio",
        f"Outcome to process among studies that include {name}",
        words,
        inside,
        *sides,
        codebook,
        trail=trail,
    )
    return made("outcome", "outcomes", sides[0]), made("process", "process", sides[1]), ratio


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
    kind = "" if definition == "strict" else ", broad definition"
    made = _figures(stem, "report", words, studies, sides, codebook, trails, kind)
    return tuple(withhold_share(figure, studies) for figure in made)


def _figures(
    stem: str,
    verb: str,
    definition: str,
    studies: tuple[Study, ...],
    sides: tuple[StudyTest, StudyTest],
    codebook: Codebook,
    trails: tuple[Criteria, Criteria, Criteria],
    kind: str = "",
) -> tuple[Figure, ...]:
    """Both shares, the share of process alone, and the ratio."""
    outcome, process = sides

    def alone(study: Study) -> bool | None:
        one, two = outcome(study), process(study)
        if one is True or two is False:
            return False
        return None if one is None or two is None else True

    def made(name: str, label: str, code: StudyTest, trail: Criteria, *, headline: bool) -> Figure:
        return share(
            f"{stem}.{name}", f"{label}{kind}", definition, studies, code, codebook, trail=trail, headline=headline
        )

    return (
        made("outcome-share", f"Studies that {verb} outcomes", outcome, trails[0], headline=True),
        made("process-share", f"Studies that {verb} process", process, trails[1], headline=True),
        made("process-only-share", f"Studies that {verb} process alone", alone, trails[2], headline=False),
        paired_ratio(
            f"{stem}.ratio",
            f"Outcome to process among studies that {verb} either{kind}",
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
    says, does = ("say", "examine") if (outcome.denominator or 0) > 1 else ("says", "examines")
    if outcome.numerator is None:
        return f"What the studies say they examine is not coded for any of {plural(unknown_of(outcome), 'study')}."
    unknown = bounds_in_words(outcome)
    return (
        f"{share_in_words(outcome)} {says} they examine outcomes, and {share_in_words(process)} {says} they examine "
        f"process; {only.numerator} {does} process alone. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine process')}"
        + (f" As for outcomes, focus is {unknown}." if unknown else "")
    )


def _reported_statement(studies: tuple[Study, ...], figures: tuple[Figure, ...], relayed: str) -> str:
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
        f"report an outcome: {_least(outcome, total)}{relayed}; process: {_least(process, total)}."
    )
    if 2 * unknown > total or ratio.value is None:
        return lead
    return f"{lead} {ratio_in_words(ratio, 'report outcomes', 'report process')}"


def relayed_alone(studies: Iterable[Study], framework: Framework, definition: Definition) -> tuple[Study, ...]:
    """The studies whose outcome findings were seen in the review alone, and in nothing that was read of the works."""
    review = framework.review.id if framework.review else None

    def outcomes(study: Study) -> list[Finding]:
        return [f for f in study.findings if side_of(f, framework.codebook, definition) == "outcome"]

    def relayed(finding: Finding) -> bool:
        return all(place.source == review for place in finding.reported_in)

    return tuple(s for s in studies if (found := outcomes(s)) and all(map(relayed, found)))


def _on_its_word(studies: tuple[Study, ...], framework: Framework, definition: Definition) -> str:
    number = len(relayed_alone(studies, framework, definition))
    return f", {number} of them on the review's word alone" if number else ""


def why_unknown(studies: Iterable[Study], figure: Figure) -> str:
    """Why studies are not known on both sides: what was read could not show it, or nobody coded it."""
    unknown = set(figure.unknown_ids)
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
        return f"Under the {other} definition neither differs by more than five points."
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
        note=f"{STRICT[0].upper()}{STRICT[1:]}; {BROAD}.{_unseen(views)}",
        id="focus.cells",
        row_ids=("both", "outcome", "process", "neither", "unknown"),
        column_ids=("declared", "reported", "reported-broad"),
    )


def _unseen(views: tuple[tuple[FourCells, Criteria], ...]) -> str:
    """Why the cells of one side alone are empty where absence was never coded."""
    bare = all(not (v.first_only or v.second_only or v.neither) and v.unknown for v, _ in views[1:])
    return " As reported, no row but the first can fill while absence is not coded for any study." if bare else ""


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
        return Count(tuple(having.get((group, side), ())), Criteria(findings=conditions))

    return Table(
        title="Findings by stakeholder group",
        columns=("Stakeholder group", "With an outcome finding", "With a process finding"),
        rows=tuple((t.label, cell(t.id, "outcome"), cell(t.id, "process")) for t in groups),
        note="Distinct studies; a study may stand in several rows and in both columns.",
        id="focus.groups",
        row_ids=ids_of_terms(groups),
        column_ids=("outcome", "process"),
    )
