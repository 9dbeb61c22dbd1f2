"""The sector of the evidence in words."""

from coprod_review.gaps.analyses.sector import SectorFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.result import Result
from tests.phrasing.made import share


def _statement(framework: Framework, direct: int, including: int, known: int, unknown: int, facts: SectorFacts) -> str:
    figures = share("sector.direct", direct, known, unknown), share("sector.including", including, known, unknown)
    return words.statement(Result("sector", figures, facts=facts), framework)


def test_shares_are_of_the_studies_known_to_report_an_outcome(framework: Framework) -> None:
    facts = SectorFacts(studies=9, of_sector=4, outcome_not_known=3)
    assert _statement(framework, 1, 3, 6, 0, facts) == (
        "Among the studies known to report an outcome, 1 of 6 studies is about social care alone. "
        "3 of 6 studies include social care. Of 9 studies in all, 4 include social care. "
        "We do not know whether 3 more studies report an outcome."
    )


def test_uncoded_sectors_are_not_counted_as_others(framework: Framework) -> None:
    facts = SectorFacts(studies=6, of_sector=1, outcome_not_known=1)
    assert _statement(framework, 0, 1, 2, 3, facts) == (
        "Among the studies known to report an outcome, 0 of 2 studies are about social "
        "care alone; this is not known for 3 more studies. At least 1 of 5 studies includes social care; this is not "
        "known for 3 studies. Of 6 studies in all, 1 includes social care. We do not know whether 1 more study "
        "reports an outcome."
    )


def test_nothing_coded(framework: Framework) -> None:
    assert _statement(framework, 0, 0, 0, 4, SectorFacts(4, 0, 0)) == (
        "Among the studies known to report an outcome, we do not know whether any of 4 studies is about social care "
        "alone. We do not know whether any of 4 studies includes social care. Of 4 studies in all, 0 include social "
        "care."
    )


def test_base_without_outcome_studies(framework: Framework) -> None:
    assert _statement(framework, 0, 0, 0, 0, SectorFacts(5, 2, 2)) == (
        "No study here is known to report an outcome. Of 5 studies in all, 2 include social care. "
        "We do not know whether 2 studies report an outcome."
    )
