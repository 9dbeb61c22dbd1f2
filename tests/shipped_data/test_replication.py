"""Each row of the review beside what the shipped base gives: its verdict, its reason and its links."""

import re

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.replication.registry import REPLICATIONS, replicate
from tests.replication.rows import IDS, rows
from tests.shipped_data.review_recount import CLAIMS, RECOUNTED, REVIEW, STUDIES

pytestmark = pytest.mark.shipped_data

# Each verdict with the words that give its reason.
VERDICTS = {
    # 24 of 122 rounds to the 20% stated; the abstract has the 122 and not the 24.
    "Q01": ("cannot_tell", "only a part of it was seen"),
    # Nobody gives the numerator.
    "Q02": ("cannot_tell", "Without a numerator"),
    # Percentages of an unknown number of people.
    "Q03": ("cannot_tell", "Without base numbers"),
    # The counts are the review's own; nothing seen of the report holds them.
    "Q04": ("cannot_tell", "it was not seen in what was read"),
    # The page was read whole and holds no studies.
    "Q05": ("differ", "seen not to hold it"),
    # A yearly rate, printed as the growth of 25 years.
    "Q06": ("differ", "a rate for each year"),
    # The abstract says the same.
    "Q07": ("agree", "It was seen in the cited work"),
    "Q08": ("differ", "2022 less 50 is 1972, and the work is from 1981"),
    "R01": ("agree", "the count is the same"),
    "R02": ("agree", "the count is the same"),
    # 1981 and 2015 lie outside the window.
    "R03": ("differ", "2 of 36 dated works are older"),
    "R04": ("differ", "4 studies of 28 hold data from elsewhere"),
    # There is no number of the review to compare.
    "R05": ("cannot_tell", "The review states no number"),
    "R06": ("agree", "give the same"),
    "R07": ("agree", "are fewer"),
    "R08": ("agree", "the fewest works of all groups"),
    # 15 works on health care against 5 on social care.
    "R09": ("agree", "are the more numerous"),
    # 23 of 34 is a majority even if the 11 that are not known were all others.
    "R10": ("agree", "are the more numerous"),
    # 22 studies examine outcomes and 21 process: not fewer.
    "R11": ("cannot_tell", "neither clearly more nor clearly less"),
    # PAM is coded as self-management, so a fourth work counts there.
    "R12": ("differ", "self-management and recovery 4 and not 3"),
    "R13": ("differ", "stands behind satisfaction with services"),
    # Six works show no trend.
    "R14": ("cannot_tell", "cannot show how a literature grows"),
    # 2 of 20 could be 3% to 30%; carers have no benchmark that may divide.
    "R15": ("cannot_tell", "too few to tell silence from under-representation"),
    # The text of the review is not part of the base.
    "R16": ("cannot_tell", "not known to be left out"),
    "R17": ("agree", "the count is the same"),
    # Five barriers in the base stand under the four claims that the review's list makes.
    "R18": ("agree", "the count is the same"),
    "R19": ("agree", "the count is the same"),
    "R20": ("agree", "no finding of a study"),
    # Nine examples, six of them in the list, and no field tells which.
    "R21": ("cannot_tell", "is not coded"),
    "R22": ("agree", "the count of topics is the same"),
    "R23": ("agree", "the principles and the top step of the ladder are the same"),
    "R24": ("agree", "the scales are the same"),
}


def test_all_rows_appear_in_order(bundled: EvidenceBase) -> None:
    found = replicate(bundled.studies, bundled.framework)
    assert [row.id for row in found] == IDS == list(REPLICATIONS) == [s["id"] for s in REVIEW["stated"]]
    assert [row.section for row in found] == [s["section"] for s in REVIEW["stated"]]
    assert [row.states for row in found] == [s["statement"].strip() for s in REVIEW["stated"]]


@pytest.mark.parametrize("row", RECOUNTED)
def test_recounted_values_match_the_files(row: str, bundled: EvidenceBase) -> None:
    gives = rows(bundled)[row].gives
    fragments = RECOUNTED[row]()
    assert fragments
    assert [fragment for fragment in fragments if fragment not in gives] == [], gives


@pytest.mark.parametrize("row", IDS)
def test_verdicts_have_expected_reasons(row: str, bundled: EvidenceBase) -> None:
    found = rows(bundled)[row]
    verdict, reason = VERDICTS[row]
    assert found.verdict == verdict, found
    assert reason in found.reason
    assert found.reason.endswith(".")


def test_rows_cite_existing_ids(bundled: EvidenceBase) -> None:
    parts = ("claims", "testimony", "examples", "enablers", "barriers", "recommendations", "errata")
    known = {s["id"] for s in STUDIES} | {e["id"] for part in parts for e in REVIEW[part]}
    for row in rows(bundled).values():
        assert set(row.rests_on) <= known, row.id
        assert len(row.rests_on) == len(set(row.rests_on)), row.id
    assert [row.id for row in rows(bundled).values() if not row.rests_on] == ["R16"]


def test_stated_rows_link_related_claims_and_errata() -> None:
    errata = {e["id"]: e for e in REVIEW["errata"]}
    for stated in REVIEW["stated"]:
        claims = stated.get("claims", ())
        assert set(claims) <= set(CLAIMS), stated["id"]
        assert set(stated.get("errata", ())) <= set(errata), stated["id"]
        assert all(CLAIMS[c]["section"] == stated["section"] for c in claims), stated["id"]
        for erratum in stated.get("errata", ()) if stated["id"].startswith("Q") else ():
            assert set(errata[erratum]["claims"]) & set(claims), f"{erratum} does not touch {stated['id']}"


def test_wording_makes_no_strong_claims(bundled: EvidenceBase) -> None:
    for row in rows(bundled).values():
        text = f"{row.states} {row.gives} {row.reason}".lower()
        assert not re.search(r"research shows|significant|prove[sdn]|artificial|\bnan\b|\binf\b|none\)", text), row
        assert row.gives.endswith("."), row
        assert "  " not in row.gives
