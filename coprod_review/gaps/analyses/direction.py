"""G7: which way the findings point, and whether anyone looked for harm.

Mixed, null and negative findings are counted beside positive ones. A study that reports no harm is no evidence of no
harm. Methods: docs/methods/analyses.md#direction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.findings_table import FINDINGS, STUDIES, findings_by
from coprod_review.gaps.shares import countable, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table

QUESTION = "Do studies report results other than benefit, and did they look for harm?"
AGAINST = ("mixed", "no_change", "against")
STATED = ("for", *AGAINST)
COLUMNS = (
    FINDINGS._replace(outcome_only=False),
    STUDIES._replace(outcome_only=False),
    FINDINGS._replace(id="outcome-findings", label="Outcome findings"),
    STUDIES._replace(id="outcome-studies", label="Outcome studies"),
)
"""Findings at any level, then those that report a change."""
POOL = "out of the studies that state the direction of at least one finding"


@dataclass(frozen=True, slots=True)
class DirectionFacts:
    """What the sentences say that no figure holds."""

    against_about_change: int
    """Number of studies in ``direction.against`` with such a finding at level outcome or impact."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the studies with a mixed, null or harmful finding, with a harmful one, and those that looked for harm.

    Figures ``direction.against``, ``.harm`` and ``.looked-for-harm``.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    stated = codebook.of_kind("directions", *STATED)
    pool = tuple(s for s in studies if any(f.direction in stated for f in s.findings))
    figures = tuple(withhold_share(figure, studies, codebook) for figure in _shares(studies, pool, codebook))
    labels = ("No change, harm or mixed", "Harm", "Looked for harm")
    return Result(
        analysis="direction",
        facts=DirectionFacts(count_families(study for study in pool if _is_against_about_change(study, codebook))),
        figures=figures,
        tables=(_table(studies, codebook), _strength_table(studies, codebook)),
        missing=() if pool or not studies else ("direction",),
        charts=(bars("direction", zip(labels, figures, strict=True)),),
    )


def _shares(studies: tuple[Study, ...], pool: tuple[Study, ...], codebook: Codebook) -> Iterator[Figure]:
    def finding_share(name: str, label: str, condition: str, *kinds: str) -> Figure:
        directions = codebook.ids_of_kind("directions", *kinds)
        figure = share(
            f"direction.{name}",
            label,
            f"{condition}; {POOL}",
            pool,
            _points(directions, codebook),
            codebook,
            criteria=Criteria(findings=({"direction": directions},)),
            headline=True,
        )
        return countable(figure, codebook, "directions", *kinds)

    yield finding_share(
        "against",
        "Studies that report no change, harm or a mixed result",
        "counts a study if any of its findings is of no change, of harm or mixed",
        *AGAINST,
    )
    yield finding_share(
        "harm",
        "Studies that report harm",
        "counts a study if any of its findings is of harm, which includes burdens of taking part",
        "against",
    )
    looked = share(
        "direction.looked-for-harm",
        "Studies that looked for harm",
        "counts a study if it looked for harm; out of the eligible studies",
        studies,
        lambda s: codebook.answer("looked_for_harm", s.looked_for_harm),
        codebook,
        criteria=Criteria(("looked_for_harm",)),
        headline=True,
    )
    yield countable(looked, codebook, "looked_for_harm", "present")


def _points(directions: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Return a test of whether a study has a finding in a direction; absence needs a full text with all directions."""
    not_stated = codebook.of_kind("directions", "not_stated")

    def test(study: Study) -> bool | None:
        stated = [f.direction for f in study.findings]
        return presence(
            study, codebook, present=any(d in directions for d in stated), complete=not_stated.isdisjoint(stated)
        )

    return test


def _is_against_about_change(study: Study, codebook: Codebook) -> bool:
    against = codebook.of_kind("directions", *AGAINST)
    return any(finding.direction in against for finding in outcome_findings(study, codebook))


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "direction",
        studies,
        codebook,
        columns=COLUMNS,
        title="Findings by direction of effect",
        head="Direction",
        identity="direction.findings",
    )


def _strength_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "asserts",
        studies,
        codebook,
        columns=COLUMNS,
        title="Findings by how strongly the source puts them",
        head="Strength",
        identity="direction.strength",
    )


ANALYSIS = Analysis("direction", QUESTION, analyse, needs=("directions",))
