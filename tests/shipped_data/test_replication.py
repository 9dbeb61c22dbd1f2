"""The verdict on each statement of the review in the shipped base, and its numbers counted a second time."""

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.phrasing.replication import replication_numbers, replication_reason
from coprod_review.replication.evaluator import replicate
from coprod_review.results.replication import CountComparison, FigureComparison, QuoteComparison, ReplicationRow
from tests.shipped_data.review_recount import CLAIMS, EVIDENCE, RECOUNTED, REVIEW, STUDIES, Numbers

pytestmark = pytest.mark.shipped_data

VERDICTS = {
    # 24 of 122 rounds to the 20% stated; the abstract has the 122 and not the 24.
    "Q01": "cannot_tell",
    # Nobody gives the numerator.
    "Q02": "cannot_tell",
    "Q03": "cannot_tell",
    # The counts are the review's own; nothing that was read of the report has them.
    "Q04": "cannot_tell",
    # The page was read in full and has no studies.
    "Q05": "differ",
    # A yearly rate, printed as the growth of 25 years.
    "Q06": "differ",
    # The abstract says the same.
    "Q07": "agree",
    # 2022 less 50 is 1972, and the work is from 1981.
    "Q08": "differ",
    "R01": "agree",
    "R02": "agree",
    # 1981 and 2015 are before 2017.
    "R03": "differ",
    # Nine works have authors from elsewhere alone.
    "R04": "differ",
    "R05": "cannot_tell",
    "R06": "agree",
    "R07": "agree",
    "R08": "agree",
    # 15 works on health care against 5 on social care.
    "R09": "agree",
    # 23 of 34 is a majority even if the 11 that are not known were all others.
    "R10": "cannot_tell",
    # 22 to 21, and the interval contains 1.
    "R11": "cannot_tell",
    # The review gives no counts by outcome.
    "R12": "cannot_tell",
    # The review lists satisfaction as an outcome and cites no work for it.
    "R13": "differ",
    # Works that one review chose show no trend, and are no sample.
    "R14": "cannot_tell",
    "R15": "cannot_tell",
    # A group without a code may have been included.
    "R16": "cannot_tell",
    "R17": "agree",
    # Five barriers in the base are under the four claims that the review's list makes.
    "R18": "agree",
    "R19": "agree",
    "R20": "agree",
    # Nine examples, six of them in the list, and no field says which.
    "R21": "cannot_tell",
    "R22": "agree",
    "R23": "agree",
    "R24": "agree",
}


@pytest.fixture(scope="module")
def rows(bundled: EvidenceBase) -> dict[str, ReplicationRow]:
    """The rows of the shipped base, by id."""
    return {row.stated.id: row for row in replicate(bundled.studies, bundled.framework)}


def test_verdicts(rows: dict[str, ReplicationRow]) -> None:
    assert {identity: row.verdict for identity, row in rows.items()} == VERDICTS


@pytest.mark.parametrize("row", RECOUNTED)
def test_numbers_match_the_recount(row: str, rows: dict[str, ReplicationRow]) -> None:
    assert [_numbers(c) for c in rows[row].comparisons if isinstance(c, CountComparison)] == RECOUNTED[row]()


def _numbers(comparison: CountComparison) -> Numbers:
    counts = comparison.counts
    return comparison.total, [len(c.passing) for c in counts], max(c.unknown for c in counts)


def test_every_count_is_recounted(rows: dict[str, ReplicationRow]) -> None:
    counted = {i for i, row in rows.items() if any(isinstance(c, CountComparison) for c in row.comparisons)}
    assert counted == set(RECOUNTED)


def test_the_figure_matches_the_recount(rows: dict[str, ReplicationRow]) -> None:
    (comparison,) = rows["R11"].comparisons
    assert isinstance(comparison, FigureComparison)
    codes = [(s["aims"]["outcome"]["code"], s["aims"]["process"]["code"]) for s in EVIDENCE]
    known = [pair for pair in codes if "not_coded" not in pair]
    sides = [sum(pair[side] != "not_an_aim" for pair in known) for side in (0, 1)]
    assert comparison.figure is not None
    assert [comparison.figure.numerator, comparison.figure.denominator] == sides


def test_quotations_have_the_judgements_of_the_file(rows: dict[str, ReplicationRow]) -> None:
    quoted = [c for row in rows.values() for c in row.comparisons if isinstance(c, QuoteComparison)]
    assert len(quoted) == 7
    for comparison in quoted:
        claim = CLAIMS[comparison.stated.claim]
        assert dict(comparison.judgements).items() <= claim["corroboration"].items()
        assert comparison.judgements


def test_rows_rest_on_existing_ids(rows: dict[str, ReplicationRow]) -> None:
    parts = ("claims", "testimony", "examples", "enablers", "barriers", "recommendations", "errata")
    known = {s["id"] for s in STUDIES} | {e["id"] for part in parts for e in REVIEW[part]}
    assert {i for row in rows.values() for i in row.rests_on} <= known
    assert [i for i, row in rows.items() if not row.rests_on] == ["R16"]


def test_every_row_has_sentences(rows: dict[str, ReplicationRow]) -> None:
    for row in rows.values():
        for text in (row.stated.statement, replication_numbers(row), replication_reason(row)):
            assert text[:1].isupper()
            assert text.endswith(".")
            assert "  " not in text
