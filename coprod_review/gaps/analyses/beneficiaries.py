"""G3: who benefited: the people who took part, or people who did not.

The review contrasts benefits of taking part with effects of what was co-produced. Studies are counted if they have an
outcome finding about people or the community, since only these findings have a beneficiary. A finding that does not
tell the two apart, or does not say, is counted as such. An abstract can only show presence.
Methods: docs/methods/analyses.md#beneficiaries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import count, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, ids, ids_of_terms, outcome_criteria, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, eligible, has_beneficiary, stakeholder
from coprod_review.results.chart import bars
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

QUESTION = "Who benefited: people who took part, or people who did not?"
TOOK_PART = ("took_part", "both")
OTHERS = ("others", "both")
KNOWN = ("took_part", "others", "both")
NOT_SEPARATED = ("not_separated",)
NOT_SAID = ("not_stated", NOT_CODED)
POOL = "out of the studies with an outcome for people or the community"


@dataclass(frozen=True, slots=True)
class BeneficiariesFacts:
    """Numbers of studies that the sentences give and that no figure holds."""

    studies: int
    """Studies with an outcome finding about people or the community."""
    took_part_benefit: int
    """Those of them with a benefit for people who took part."""
    others_benefit: int
    """Those of them with a benefit for people who did not take part."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the studies with an outcome for those who took part and for others, by direction.

    Figures ``beneficiaries.took-part``, ``.wider``, ``.not-separated`` and ``.not-stated`` count studies,
    ``.co-producer-findings`` counts findings about people.
    """
    codebook = framework.codebook
    studies = eligible(studies, framework.codebook)
    benefit = codebook.ids_of_kind("directions", "for")
    pool = tuple(s for s in studies if _findings(s, codebook))
    coded = any(f.beneficiary != NOT_CODED for s in pool for f in _findings(s, codebook))
    wider, took_part = (withhold_share(figure, studies, codebook) for figure in _shares(pool, codebook))
    return Result(
        analysis="beneficiaries",
        facts=BeneficiariesFacts(
            count_families(pool),
            count_families(_having(pool, TOOK_PART, benefit, codebook)),
            count_families(_having(pool, OTHERS, benefit, codebook)),
        ),
        figures=(wider, took_part, *_open(pool, codebook), _co_producer_findings(pool, codebook)),
        tables=(
            _table(pool, codebook),
            findings_by(
                "person-role",
                pool,
                codebook,
                title="Outcome findings about people, by what the people are",
                head="What the people are",
                identity="beneficiaries.people",
            ),
            findings_by(
                "staff-role",
                studies,
                codebook,
                title="Outcome findings about staff, by what the staff are",
                head="What the staff are",
                identity="beneficiaries.staff",
            ),
        ),
        missing=() if coded or not pool else ("beneficiary",),
        charts=(bars("beneficiaries", (("Did not take part", wider), ("Took part", took_part))),),
    )


def _findings(study: Study, codebook: Codebook) -> tuple[Finding, ...]:
    """Return the outcome findings of a study that have a beneficiary."""
    return tuple(f for f in outcome_findings(study, codebook) if has_beneficiary(f.outcome, codebook))


def _groups(codebook: Codebook) -> tuple[str, ...]:
    """Return the stakeholder groups whose outcome findings say who benefited."""
    return codebook.ids_of_kind("stakeholders", "people", "community")


def _having(
    studies: Iterable[Study], beneficiaries: tuple[str, ...], directions: tuple[str, ...], codebook: Codebook
) -> tuple[Study, ...]:
    """Return the studies with a finding for certain people in a certain direction."""
    return tuple(
        s
        for s in studies
        if any(f.beneficiary in beneficiaries and f.direction in directions for f in _findings(s, codebook))
    )


def _shares(pool: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, Figure]:
    """Return the shares of studies with an outcome for others, and for those who took part."""

    def figure(name: str, label: str, condition: str, beneficiaries: tuple[str, ...]) -> Figure:
        return share(
            f"beneficiaries.{name}",
            label,
            f"counts a study if an outcome finding is {condition}; {POOL}",
            pool,
            _has_beneficiary(beneficiaries, codebook),
            codebook,
            criteria=outcome_criteria(codebook, stakeholder=_groups(codebook)),
            headline=True,
        )

    wider = figure(
        "wider", "Studies with an outcome for people who did not take part", "for others or for both", OTHERS
    )
    took_part = figure(
        "took-part",
        "Studies with an outcome for people who took part",
        "for people who took part or for both",
        TOOK_PART,
    )
    return wider, took_part


def _has_beneficiary(beneficiaries: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether a study has an outcome for certain people; absence needs a full text with every code."""

    def test(study: Study) -> bool | None:
        codes = [f.beneficiary for f in _findings(study, codebook)]
        present = any(code in beneficiaries for code in codes)
        return presence(study, codebook, present=present, complete=all(code in KNOWN for code in codes))

    return test


def _open(pool: tuple[Study, ...], codebook: Codebook) -> tuple[Figure, ...]:
    """Return how many studies do not tell the two apart, and how many do not say or are not coded."""
    kinds = (
        ("not-separated", "Studies that do not tell those who took part and others apart", NOT_SEPARATED),
        ("not-stated", "Studies that do not say whether those who benefited took part", NOT_SAID),
    )
    return tuple(
        count(
            f"beneficiaries.{name}",
            label,
            f"counts a study if it has such an outcome finding; {POOL}",
            ids(s for s in pool if any(f.beneficiary in codes for f in _findings(s, codebook))),
            ids(pool),
            "complete_count",
            criteria=outcome_criteria(codebook, stakeholder=_groups(codebook), beneficiary=codes),
        )
        for name, label, codes in kinds
    )


def _co_producer_findings(pool: tuple[Study, ...], codebook: Codebook) -> Figure:
    """Count the outcome findings about people that are about those who took part."""
    people = codebook.of_kind("stakeholders", "people")
    findings = [f for s in pool for f in _findings(s, codebook) if stakeholder(f.outcome) in people]
    known = [f.id for f in findings if f.beneficiary in KNOWN]
    figure = count(
        "beneficiaries.co-producer-findings",
        "Outcome findings about people that are about people who took part",
        "counts a finding coded for people who took part, or for both; out of the outcome findings about people that "
        "say whether the people took part",
        [f.id for f in findings if f.beneficiary in TOOK_PART],
        known,
        "dependent_findings",
        unit="finding",
    )
    return figure if known else replace(figure, numerator=None, reason="no_beneficiary")


def _table(pool: tuple[Study, ...], codebook: Codebook) -> Table:
    """Return the studies by beneficiary and direction; a study can be in several cells."""
    rows, columns = codebook.terms("beneficiaries"), codebook.terms("directions")
    return Table(
        title="Studies with an outcome for people or the community, by who benefited and by direction",
        columns=("Who", "All", *(term.label for term in columns)),
        rows=tuple(_row(term, columns, pool, codebook) for term in rows),
        id="beneficiaries.directions",
        row_ids=ids_of_terms(rows),
        column_ids=("all", *ids_of_terms(columns)),
        total_columns=frozenset({1}),
    )


def _row(term: Term, columns: tuple[Term, ...], pool: tuple[Study, ...], codebook: Codebook) -> tuple[Cell, ...]:
    def cell(**direction: tuple[str, ...]) -> Count:
        directions = direction.get("direction", ids_of_terms(columns))
        criteria = outcome_criteria(codebook, stakeholder=_groups(codebook), beneficiary=(term.id,), **direction)
        return Count(ids(_having(pool, (term.id,), directions, codebook)), criteria)

    return term.label, cell(), *(cell(direction=(column.id,)) for column in columns)


ANALYSIS = Analysis("beneficiaries", QUESTION, analyse)
