"""G1: outcome against process, in two views that are always shown together.

The aims are what a work sets out to examine, which an abstract shows: any aim, and primary aims alone. The reported
view is what its findings are about; studies that are known on one side only count as unknown there.
Methods: docs/methods/analyses.md#focus.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from coprod_review.errors import UnknownName
from coprod_review.gaps.analysis import Analysis, Definition
from coprod_review.gaps.families import count_families
from coprod_review.gaps.ratios import four_cells, paired_ratio
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, eligible, read_in_full, stakeholder
from coprod_review.results.chart import pairs
from coprod_review.results.figure import Conditions, Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import plural

QUESTION = "Do the studies examine what {practice} changes, or {process}?"
Side = Literal["outcome", "process"]
DEFINITIONS: tuple[Definition, ...] = ("strict", "broad")
SIDES: tuple[Side, ...] = ("outcome", "process")
STRICT = "under the strict definition, an experience of taking part never counts as an outcome"
BROAD = "under the broad definition, feeling valued and giving something back count as outcomes and not as process"
ANY_AIM = "counts a study with a primary or secondary aim on this side; out of the eligible studies whose aim is known"
PRIMARY_AIM = "counts a study with a primary aim on this side; out of the eligible studies whose aim is known"
_SENSITIVE = 0.05 + 1e-9
"""Difference between shares, from 0 to 1, over which the definition of an outcome is said to matter."""
_AIMS: Mapping[str, Criteria] = {side: Criteria(codes=(f"aims.{side}",)) for side in SIDES}
_BOTH_AIMS = Criteria(codes=tuple(f"aims.{side}" for side in SIDES))


@dataclass(frozen=True, slots=True)
class FocusFacts:
    """What the sentences say that no figure holds."""

    studies: int
    """Number of eligible studies."""
    definition: Definition
    """The definition of an outcome that the report leads with."""
    definitions_differ: bool
    """Whether the definition changes either share by more than five percentage points."""
    unknown_read_in_full: bool
    """Whether every study that is not known on both sides was read in full."""
    absence_coded: bool
    """Whether any study is known not to report one of the sides."""


def examines(side: Side, *, primary_alone: bool = False) -> StudyTest:
    """Return a test of whether a study sets out to examine a side; ``None`` if that aim is not coded.

    A secondary aim counts as well, except with ``primary_alone``.
    """
    counted = ("primary",) if primary_alone else ("primary", "secondary")

    def test(study: Study) -> bool | None:
        code = study.aims.outcome.code if side == "outcome" else study.aims.process.code
        return None if code == NOT_CODED else code in counted

    return test


def side_of(finding: Finding, codebook: Codebook, definition: Definition) -> str | None:
    """Return the side, outcome or process, on which a finding counts."""
    if definition == "broad" and finding.outcome in codebook.broad_outcomes:
        return "outcome"
    return codebook.side(finding.level)


def reports(side: Side, codebook: Codebook, definition: Definition) -> StudyTest:
    """Return a test of whether a study reports a side: true for a finding, false for coded absence, else ``None``."""
    levels = codebook.levels_of(side)
    broad = codebook.broad_outcomes if definition == "broad" else frozenset()

    def on_side(finding: Finding) -> bool:
        return side == "outcome" if finding.outcome in broad else finding.level in levels

    def test(study: Study) -> bool | None:
        if any(map(on_side, study.findings)):
            return True
        return False if getattr(study.reports, side) == "absent" else None

    return test


def _findings_on(side: Side, codebook: Codebook, definition: Definition) -> tuple[Conditions, ...]:
    """Return the conditions for a finding to count on a side, which ``why`` applies."""
    levels = codebook.levels_of(side)
    if definition == "strict":
        return ({"level": levels},)
    broad = tuple(t.id for t in codebook.terms("outcomes") if t.broad)
    others = tuple(t.id for t in codebook.terms("outcomes") if not t.broad)
    return ({"level": levels}, {"outcome": broad}) if side == "outcome" else ({"level": levels, "outcome": others},)


def _criteria(codebook: Codebook, definition: Definition, *sides: Side) -> Criteria:
    conditions = tuple(c for side in sides for c in _findings_on(side, codebook, definition))
    return Criteria(tuple(f"reports.{side}" for side in sides), conditions)


def analyse(studies: Iterable[Study], framework: Framework, *, definition: Definition = "strict") -> Result:
    """Report the shares and ratios of outcome and process over eligible studies, as aimed at and as reported.

    Figures ``focus.*`` (any aim), ``focus.primary.*`` (primary aims alone), ``focus.reported.*`` (strict) and
    ``focus.reported-broad.*``.
    ``definition`` is the one that the statement leads with. An empty base gives figures without values.
    Raises ``UnknownName`` for another definition.
    """
    if definition not in DEFINITIONS:
        raise UnknownName(f"There is no definition `{definition}`: use strict or broad.")
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    aimed = _aim_figures(studies, codebook)
    primary = _aim_figures(studies, codebook, primary_alone=True)
    other: Definition = "broad" if definition == "strict" else "strict"
    reported, alternative = (_reported_figures(studies, codebook, d) for d in (definition, other))
    more = _scope_figures(studies, framework)
    return Result(
        analysis="focus",
        figures=(*aimed, *primary, *reported, *alternative, *more),
        tables=(_cells_table(studies, codebook), _group_table(studies, codebook, definition)),
        charts=(pairs("focus", _labelled(aimed, reported), ("Outcomes", "Process")),),
        figures_in_full=frozenset(f.id for f in (*aimed, *primary, *_reported_in_full(reported, alternative), *more)),
        facts=FocusFacts(
            studies=count_families(studies),
            definition=definition,
            definitions_differ=definitions_differ(reported, alternative),
            unknown_read_in_full=_all_read_in_full(studies, reported[3].unknown_ids, codebook),
            absence_coded=_absence_coded(studies, codebook),
        ),
    )


def _reported_in_full(reported: tuple[Figure, ...], alternative: tuple[Figure, ...]) -> Iterator[Figure]:
    """Yield the figures of the requested definition, and the shares of the other one if they differ enough."""
    yield from reported[:2]
    # If absence is not coded for any study, the share of process alone can only be 0, and the ratio 1.
    yield from (figure for figure in reported[2:] if figure.value is not None or not figure.unknown_ids)
    if definitions_differ(reported, alternative):
        yield from alternative[:2]


def _scope_figures(studies: tuple[Study, ...], framework: Framework) -> tuple[Figure, ...]:
    """Return shares and ratio of the aims, for the studies that include the base's own sector, if it has one."""
    sector, codebook = framework.about.scope.sector, framework.codebook
    if sector is None:
        return ()
    name = codebook.label("sectors", sector).lower()
    of_sector = tuple(s for s in studies if sector in s.sector)
    definition = f"{ANY_AIM}, and that include {name}"
    outcome, process = examines("outcome"), examines("process")

    def figure(side: Side, subject: str, test: StudyTest) -> Figure:
        criteria = _AIMS[side] & Criteria(("sector",))
        label = f"Studies that include {name} and set out to examine {subject}"
        identity = f"focus.scope.{side}-share"
        return share(identity, label, definition, of_sector, test, codebook, criteria=criteria, headline=True)

    ratio = paired_ratio(
        "focus.scope.ratio",
        f"Outcome to process among studies that include {name}",
        definition,
        of_sector,
        outcome,
        process,
        codebook,
        criteria=_BOTH_AIMS & Criteria(("sector",)),
    )
    return figure("outcome", "outcomes", outcome), figure("process", "process", process), ratio


def _labelled(aimed: tuple[Figure, ...], reported: tuple[Figure, ...]) -> tuple[tuple[str, Figure], ...]:
    return (
        ("Set out to examine outcomes", aimed[0]),
        ("Set out to examine process", aimed[1]),
        ("Report outcomes", reported[0]),
        ("Report process", reported[1]),
    )


def _aim_figures(studies: tuple[Study, ...], codebook: Codebook, *, primary_alone: bool = False) -> tuple[Figure, ...]:
    sides = (examines("outcome", primary_alone=primary_alone), examines("process", primary_alone=primary_alone))
    criteria = (_AIMS["outcome"], _AIMS["process"], _BOTH_AIMS)
    if primary_alone:
        verb, suffix = "set out to examine", ", primary aims alone"
        return _figures("focus.primary", verb, PRIMARY_AIM, studies, sides, codebook, criteria, suffix)
    return _figures("focus", "set out to examine", ANY_AIM, studies, sides, codebook, criteria)


def _reported_figures(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> tuple[Figure, ...]:
    sides = (reports("outcome", codebook, definition), reports("process", codebook, definition))
    stem = "focus.reported" if definition == "strict" else "focus.reported-broad"
    words = STRICT if definition == "strict" else BROAD
    criteria = (
        _criteria(codebook, definition, "outcome"),
        _criteria(codebook, definition, "process"),
        _criteria(codebook, definition, "outcome", "process"),
    )
    suffix = "" if definition == "strict" else ", broad definition"
    figures = _figures(stem, "report", words, studies, sides, codebook, criteria, suffix)
    return tuple(withhold_share(figure, studies, codebook) for figure in figures)


def _figures(
    stem: str,
    verb: str,
    definition: str,
    studies: tuple[Study, ...],
    sides: tuple[StudyTest, StudyTest],
    codebook: Codebook,
    criteria: tuple[Criteria, Criteria, Criteria],
    suffix: str = "",
) -> tuple[Figure, ...]:
    """Return both shares, the share of process alone, and the ratio; ``criteria`` is of outcome, process and both."""
    outcome, process = sides
    of_outcome, of_process, of_both = criteria

    def figure(name: str, subject: str, test: StudyTest, read: Criteria, *, headline: bool) -> Figure:
        label = f"Studies that {verb} {subject}{suffix}"
        return share(f"{stem}.{name}", label, definition, studies, test, codebook, criteria=read, headline=headline)

    return (
        figure("outcome-share", "outcomes", outcome, of_outcome, headline=True),
        figure("process-share", "process", process, of_process, headline=True),
        figure("process-only-share", "process alone", _process_alone(outcome, process), of_both, headline=False),
        paired_ratio(
            f"{stem}.ratio",
            f"Outcome to process among studies that {verb} either{suffix}",
            definition,
            studies,
            outcome,
            process,
            codebook,
            criteria=of_both,
        ),
    )


def _process_alone(outcome: StudyTest, process: StudyTest) -> StudyTest:
    def test(study: Study) -> bool | None:
        has_outcome, has_process = outcome(study), process(study)
        if has_outcome is True or has_process is False:
            return False
        return None if has_outcome is None or has_process is None else True

    return test


def _all_read_in_full(studies: tuple[Study, ...], ids: tuple[str, ...], codebook: Codebook) -> bool:
    """Return whether all of these studies were coded from their full text."""
    return all(read_in_full(study, codebook) for study in studies if study.id in ids)


def _absence_coded(studies: tuple[Study, ...], codebook: Codebook) -> bool:
    """Return whether a study is known, under some definition, not to report one of the sides."""
    return any(
        reports(side, codebook, definition)(study) is False
        for study in studies
        for side in SIDES
        for definition in DEFINITIONS
    )


def _lower_bound(figure: Figure) -> float:
    return figure.unknown.low or 0.0 if figure.unknown else 0.0


def definitions_differ(one: tuple[Figure, ...], other: tuple[Figure, ...]) -> bool:
    """Return whether the definition of an outcome changes either share by more than five percentage points."""
    return any(abs(_lower_bound(a) - _lower_bound(b)) > _SENSITIVE for a, b in zip(one[:2], other[:2], strict=True))


def _cells_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    views = (
        *(
            (
                four_cells(studies, examines("outcome", primary_alone=alone), examines("process", primary_alone=alone)),
                _BOTH_AIMS,
            )
            for alone in (False, True)
        ),
        *(
            (
                four_cells(studies, reports("outcome", codebook, d), reports("process", codebook, d)),
                _criteria(codebook, d, "outcome", "process"),
            )
            for d in DEFINITIONS
        ),
    )
    names = ("both", "first_only", "second_only", "neither", "unknown")
    labels = ("Outcome and process", "Outcome alone", "Process alone", "Neither", "Not known on both sides")
    return Table(
        title=f"Outcome and process in {plural(count_families(studies), 'eligible study', 'eligible studies')}",
        columns=("Studies", "Any aim", "Primary aim", "Reported, strict", "Reported, broad"),
        rows=tuple(
            (label, *(Count(getattr(cells, name), criteria) for cells, criteria in views))
            for label, name in zip(labels, names, strict=True)
        ),
        id="focus.cells",
        row_ids=("both", "outcome", "process", "neither", "unknown"),
        column_ids=("any-aim", "primary-aim", "reported", "reported-broad"),
    )


def _group_table(studies: tuple[Study, ...], codebook: Codebook, definition: Definition) -> Table:
    groups = codebook.terms("stakeholders")
    by_group_and_side: dict[tuple[str, str | None], list[str]] = {}
    for study in studies:
        for key in {(stakeholder(f.outcome), side_of(f, codebook, definition)) for f in study.findings}:
            by_group_and_side.setdefault(key, []).append(study.id)

    def cell(group: str, side: Side) -> Count:
        conditions = tuple({**c, "stakeholder": (group,)} for c in _findings_on(side, codebook, definition))
        return Count(tuple(by_group_and_side.get((group, side), ())), Criteria(findings=conditions))

    return Table(
        title="Findings by stakeholder group",
        columns=("Stakeholder group", "With an outcome finding", "With a process finding"),
        rows=tuple((t.label, cell(t.id, "outcome"), cell(t.id, "process")) for t in groups),
        id="focus.groups",
        row_ids=ids_of_terms(groups),
        column_ids=("outcome", "process"),
    )


ANALYSIS = Analysis("focus", QUESTION, analyse, options=("definition",))
