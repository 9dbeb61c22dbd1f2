"""A changed study or finding changes the counts and the verdict of the rows that rest on it."""

from dataclasses import replace
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.study import ReportedIn, Study
from coprod_review.replication.registry import ReplicationRow
from tests.conftest import finding, study
from tests.replication.rows import SCIE, review_of, rows, with_changed, with_claim


def _without_finding(base: EvidenceBase, *lost: str) -> tuple[Study, ...]:
    return tuple(replace(s, findings=tuple(f for f in s.findings if f.id not in lost)) for s in base.studies)


def test_missing_work_changes_reference_counts(reviewed: EvidenceBase) -> None:
    fewer = rows(reviewed, tuple(s for s in reviewed.studies if s.id != "kaehne-2018"))
    assert fewer["R01"].verdict == "differ"
    assert "works 36 and not 37" in fewer["R01"].reason.replace("_", " ")
    assert fewer["R02"].verdict == "differ"
    uncited = rows(reviewed, review=with_claim(reviewed, "c33", lambda claim: replace(claim, cites=())))
    assert uncited["R01"].verdict == "differ"
    assert "cites nihr-2021" in uncited["R01"].reason
    more = rows(reviewed, (*reviewed.studies, study(1)))
    assert (more["R01"].verdict, more["R05"]) == ("agree", rows(reviewed)["R05"])
    assert rows(reviewed, with_changed(reviewed, "kaehne-2018", cited_via=None))["R18"].verdict == "differ"
    assert rows(reviewed, tuple(replace(s, cited_via=None) for s in reviewed.studies))["R18"].verdict == "differ"


def test_unknown_dates_and_places_give_no_verdict(reviewed: EvidenceBase) -> None:
    old = {"parks-1981", "voorberg-2015"}
    inside = tuple(s for s in reviewed.studies if s.id not in old)
    assert rows(reviewed, inside)["R03"].verdict == "cannot_tell"
    unsearched = tuple(replace(s, search=None) for s in reviewed.studies)
    assert "Of 0 reviews with a known end of search, 0 stopped" in rows(reviewed, unsearched)["R03"].gives
    dated = tuple(s for s in inside if s.year)
    assert rows(reviewed, dated)["R03"].verdict == "agree"

    def placed(*places: str) -> tuple[Study, ...]:
        return tuple(replace(s, geography=replace(s.geography, data=places)) for s in reviewed.studies)

    assert rows(reviewed, placed("Wales", "England"))["R04"].verdict == "agree"
    assert rows(reviewed, placed("Wales", "Norway"))["R04"].verdict == "differ"
    assert rows(reviewed, placed())["R04"].verdict == "cannot_tell"
    assert "10 of 37 works have authors elsewhere" in rows(reviewed, placed())["R04"].gives


def test_missing_finding_changes_group_and_outcome_counts(reviewed: EvidenceBase) -> None:
    lost = rows(reviewed, _without_finding(reviewed, "mccarron-2019.1"))
    assert lost["R06"].verdict == "differ"
    assert "mccarron-2019" in lost["R06"].reason
    assert "support 12" in lost["R06"].gives
    # Three works for self-management remain, as the review counts them; without PAM the same.
    assert lost["R12"].verdict == "agree"
    assert rows(reviewed, _without_finding(reviewed, "kay-2019.2"))["R12"].verdict == "agree"
    assert rows(reviewed, _without_finding(reviewed, "kay-2019.2", "lim-2020.4"))["R12"].verdict == "differ"
    # A finding that was seen in an abstract alone is not cited, so nothing changes for these rows.
    kept = rows(reviewed, _without_finding(reviewed, "clarke-2017.9"))
    assert kept["R06"] == rows(reviewed)["R06"]
    assert "others seen to report it 0; awareness" in kept["R13"].gives


def test_claim_for_another_group_changes_counts(reviewed: EvidenceBase) -> None:
    moved = with_claim(reviewed, "c24", lambda claim: replace(claim, stakeholder="people"))
    assert rows(reviewed, review=moved)["R06"].verdict == "differ"
    uncited = rows(reviewed, review=with_claim(reviewed, "c34", lambda claim: replace(claim, cites=())))["R06"]
    assert (uncited.verdict, uncited.rests_on) == ("differ", ("haldane-2019",))


def test_context_and_retracted_works_are_not_counted(reviewed: EvidenceBase) -> None:
    for change in ({"role": "context"}, {"status": "retracted"}):
        found = rows(reviewed, with_changed(reviewed, "callanan-2020", **change))
        assert "of 19 in all" in found["R07"].gives
        assert "no other sector: 0." in found["R09"].gives


def test_more_staff_or_community_works_change_the_verdict(reviewed: EvidenceBase) -> None:
    def for_all(outcome: str) -> tuple[Study, ...]:
        return tuple(
            replace(s, findings=tuple(replace(f, outcome=outcome) for f in s.findings)) for s in reviewed.studies
        )

    staff = rows(reviewed, for_all("staff.practice.change"))
    assert (staff["R07"].verdict, staff["R08"].verdict) == ("differ", "differ")
    assert "20 works cited for staff, 0 for people" in staff["R07"].gives
    # One work for each: not fewer.
    even = tuple(s for s in reviewed.studies if s.id in ("kay-2019", "marsilio-2021"))
    assert "1 work cited for staff, 1 for people, of 2 in all" in rows(reviewed, even)["R07"].gives
    assert rows(reviewed, even)["R07"].verdict == "differ"
    # With as many works as the organisations have, the community no longer has the fewest.
    assert rows(reviewed, for_all("community.knowledge.awareness"))["R08"].verdict == "differ"


def test_sectors_change_or_withhold_the_verdict(reviewed: EvidenceBase) -> None:
    def in_sector(*sectors: str) -> tuple[Study, ...]:
        return tuple(replace(s, sector=sectors if "health" in s.sector else s.sector) for s in reviewed.studies)

    assert rows(reviewed, in_sector("social-care"))["R09"].verdict == "differ"
    assert rows(reviewed, in_sector())["R09"].verdict == "cannot_tell"
    one = rows(reviewed, with_changed(reviewed, "kay-2019", sector=("social-care",)))["R09"]
    assert "14 are about health care and 6 about social care" in one.gives
    assert "no other sector: 2 (callanan-2020 and kay-2019)" in one.gives
    # 15 to 5: the lead of ten holds while nine are not known, and no longer with ten.
    cited = {s.id for s in reviewed.studies if any(r.source == SCIE for f in s.findings for r in f.reported_in)}
    health = [s.id for s in reviewed.studies if "health" in s.sector and "social-care" not in s.sector]
    for blank, verdict in ((4, "agree"), (5, "cannot_tell")):
        lost = set([i for i in health if i in cited][:blank])
        studies = tuple(replace(s, sector=()) if s.id in lost else s for s in reviewed.studies)
        assert rows(reviewed, studies)["R09"].verdict == verdict


def test_beneficiaries_change_or_withhold_the_verdict(reviewed: EvidenceBase) -> None:
    def gained(who: str) -> tuple[Study, ...]:
        return tuple(
            replace(
                s,
                findings=tuple(
                    replace(f, beneficiary=who) if f.beneficiary == "co_producer" else f for f in s.findings
                ),
            )
            for s in reviewed.studies
        )

    assert rows(reviewed, gained("wider_user"))["R10"].verdict == "differ"
    assert rows(reviewed, gained("not_coded"))["R10"].verdict == "cannot_tell"
    harmed = tuple(
        replace(s, findings=tuple(replace(f, direction="harm") for f in s.findings)) for s in reviewed.studies
    )
    assert rows(reviewed, harmed)["R10"].reason == "No benefit to people is held among what the review reports."


def test_declared_focus_changes_or_withholds_the_verdict(reviewed: EvidenceBase) -> None:
    def focused(**codes: str) -> tuple[Study, ...]:
        return tuple(replace(s, focus=codes.get(s.focus, s.focus)) for s in reviewed.studies)

    assert rows(reviewed, focused(outcome="process"))["R11"].verdict == "agree"
    assert rows(reviewed, focused(outcome="not_coded"))["R11"].verdict == "cannot_tell"
    # Under ten studies no ratio is given.
    assert "(ratio 1.05;" in rows(reviewed)["R11"].gives
    assert "ratio" not in rows(reviewed, tuple(s for s in reviewed.studies if s.is_eligible)[:9])["R11"].gives
    # 12 more on outcomes than on process: the whole interval lies above 1.
    assert rows(reviewed, focused(process="outcome"))["R11"].verdict == "differ"
    # 22 to 21: the interval contains 1, so neither side is reported to lead.
    assert rows(reviewed)["R11"].verdict == "cannot_tell"
    read = with_changed(
        reviewed, "masterson-2022", reports=replace(reviewed.studies[0].reports, outcome="absent", process="absent")
    )
    assert "neither 1; not known on both sides for 11" in rows(reviewed, read)["R11"].gives


def test_a_cited_finding_on_satisfaction_fills_the_fourth_benefit(reviewed: EvidenceBase) -> None:
    seen = (ReportedIn(source=SCIE, section="3.1"),)
    clarke = next(s for s in reviewed.studies if s.id == "clarke-2017")
    cited = tuple(replace(f, reported_in=seen) if f.id == "clarke-2017.9" else f for f in clarke.findings)
    assert rows(reviewed, with_changed(reviewed, clarke.id, findings=cited))["R13"].verdict == "agree"
    without = rows(reviewed, _without_finding(reviewed, "duffy-2017.3"))["R13"]
    assert without.reason.endswith("satisfaction with services and awareness of services.")


def test_many_works_show_under_representation(reviewed: EvidenceBase) -> None:
    def base_of(n: int, focused: int, *groups: str, **framework: Any) -> ReplicationRow:
        groups = groups or ("minority-ethnic",)
        made = [
            study(
                number,
                populations={groups[0] if number <= focused else "mental-health": "focus"},
                findings=(finding(f"author{number}-2020", reported_in=(ReportedIn(source=SCIE, section="3.1"),)),),
            )
            for number in range(1, n + 1)
        ]
        stated = tuple(replace(s, groups=groups) if s.id == "R15" else s for s in review_of(reviewed).stated)
        uncoded = (
            study(n + 1, findings=made[0].findings),
            study(n + 2, findings=made[0].findings, populations={groups[0]: "not_coded", "dementia": "not_coded"}),
        )
        review = replace(review_of(reviewed), stated=stated)
        return rows(reviewed, (*made, *uncoded), review=review, **framework)["R15"]

    expected = {(9, 0): "cannot_tell", (30, 1): "cannot_tell", (400, 2): "agree", (400, 40): "cannot_tell"}
    assert {pair: base_of(*pair).verdict for pair in expected} == expected
    # A share that is a floor can show that the studies are fewer, and never that they are more.
    exact = tuple(replace(b, floor=False) for b in reviewed.framework.benchmarks)
    assert base_of(400, 160).verdict == "cannot_tell"
    assert base_of(400, 160, benchmarks=exact).verdict == "differ"
    assert base_of(400, 84, benchmarks=exact).verdict == "cannot_tell"
    assert base_of(9, 9, benchmarks=exact).verdict == "cannot_tell"
    # A work without any code for groups is not known, so it is no part of the whole.
    assert "in focus of 2 of 400 works" in base_of(400, 2).gives
    assert "18.3%, 6.4% and at least 9.6%" in base_of(400, 2).gives
    # One share of the population alone decides nothing.
    assert base_of(400, 0, "older-people").verdict == "cannot_tell"
    # With two groups, an agreement needs both; one that is not under-represented is enough to differ.
    assert base_of(400, 2, "minority-ethnic", "unpaid-carers").verdict == "cannot_tell"
    assert base_of(400, 160, "minority-ethnic", "unpaid-carers", benchmarks=exact).verdict == "differ"
    # No usable share of the population: no verdict, however many works.
    assert base_of(400, 0, "unpaid-carers").verdict == "cannot_tell"
    assert "none that may be used" in base_of(400, 0, "unpaid-carers").gives
    # Under ten works counts alone.
    assert "%" not in base_of(9, 1).gives.partition("shares of a population")[0]


def test_an_age_standardised_share_never_decides(reviewed: EvidenceBase) -> None:
    shares: tuple[Benchmark, ...] = tuple(replace(b, standardised=True) for b in reviewed.framework.benchmarks)
    assert "18.3%" in rows(reviewed)["R15"].gives
    assert "18.3%" not in rows(reviewed, benchmarks=shares)["R15"].gives


def test_a_study_of_a_silent_group_differs(reviewed: EvidenceBase) -> None:
    for code in ("focus", "included", "included_n"):
        found = rows(reviewed, with_changed(reviewed, "kay-2019", populations={"dementia": code}))["R16"]
        assert (found.verdict, found.rests_on) == ("differ", ("kay-2019",))
        assert "Of 7 groups not found in the review's text, 6 are among them" in found.gives
    for code in ("excluded", "not_reported", "not_coded"):
        assert (
            rows(reviewed, with_changed(reviewed, "kay-2019", populations={"dementia": code}))["R16"].verdict
            == "cannot_tell"
        )


def test_study_finding_in_testimony_sections_differs(reviewed: EvidenceBase) -> None:
    kay = next(s for s in reviewed.studies if s.id == "kay-2019")
    there = (ReportedIn(source=SCIE, section="3.4"),)
    moved = (replace(kay.findings[0], reported_in=there), *kay.findings[1:])
    found = rows(reviewed, with_changed(reviewed, kay.id, findings=moved))["R20"]
    assert (found.verdict, found.rests_on) == ("differ", ("kay-2019",))
    both = (ReportedIn(source="abstract", section="3.4"), ReportedIn(source=SCIE, section="3.1.2"))
    elsewhere = (replace(kay.findings[0], reported_in=both), *kay.findings[1:])
    assert rows(reviewed, with_changed(reviewed, kay.id, findings=elsewhere))["R20"].verdict == "agree"
