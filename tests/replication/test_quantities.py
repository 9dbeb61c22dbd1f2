"""A changed number or judgement of the review changes the verdict of its row."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.review import Claim, Stated
from coprod_review.replication.registry import ReplicationRow
from tests.replication.rows import review_of, rows, with_changed, with_claim


def _figures(*changes: dict[str, Any]) -> Callable[[Claim], Claim]:
    def change(claim: Claim) -> Claim:
        rest = claim.figures[len(changes) :]
        return replace(claim, figures=(*(replace(q, **c) for q, c in zip(claim.figures, changes, strict=False)), *rest))

    return change


def _judged(code: str, *then: Callable[[Claim], Claim]) -> Callable[[Claim], Claim]:
    def change(claim: Claim) -> Claim:
        for step in then:
            claim = step(claim)
        return replace(claim, corroboration=dict.fromkeys(claim.cites, code))

    return change


QUANTITIES = [
    ("Q01", "c09", _figures({"n": 30}), "differ", "30 and not 24"),
    ("Q01", "c09", _figures({"N": 110}), "differ", "percent 22 and not 20"),
    ("Q01", "c09", _figures({"n": None}), "cannot_tell", "not both held"),
    ("Q01", "c09", _figures({"N": 0}), "cannot_tell", "not both held"),
    ("Q01", "c09", _figures({"n": 124}), "cannot_tell", "not both held"),
    ("Q01", "c09", _judged("a word of its own"), "cannot_tell", "nobody has compared"),
    ("Q01", "c09", _judged("supported"), "agree", "it was seen in the cited work"),
    ("Q01", "c09", _judged("not_seen"), "cannot_tell", "it was not seen"),
    ("Q01", "c09", _judged("contradicted"), "differ", "seen not to hold it"),
    ("Q02", "c09", _figures({}, {"n": 9}), "cannot_tell", "states no number"),
    ("Q03", "c13", _figures({"percent": 48}), "differ", "heard 48 and not 84"),
    ("Q03", "c13", _figures({"percent": 0}), "differ", "heard 0 and not 84"),
    (
        "Q03",
        "c13",
        _judged("supported", _figures({"n": 84, "N": 100}, {"n": 44, "N": 100}, {"n": 52, "N": 100})),
        "agree",
        "The arithmetic fits",
    ),
    (
        "Q03",
        "c13",
        _judged("supported", _figures({"n": 84, "N": 100}, {"n": 44, "N": 100})),
        "cannot_tell",
        "Without base numbers",
    ),
    ("Q04", "c36", _judged("supported"), "agree", "it was seen in the cited work"),
    ("Q04", "c36", _judged("not_judged"), "cannot_tell", "nobody has compared"),
    ("Q04", "c36", _figures({"n": 17}), "differ", "some 17 and not 18"),
    ("Q05", "c38", _judged("supported"), "agree", "It was seen"),
    ("Q05", "c38", _judged("supported", _figures({"percent": 30})), "differ", "30 and not 35"),
    ("Q05", "c38", _judged("not_seen"), "cannot_tell", "It was not seen"),
    ("Q06", "c38", _figures({}, {"unit": "percent"}), "cannot_tell", "Only a part of it"),
    ("Q06", "c38", _figures({}, {"unit": "percent", "percent": 20}), "differ", "20 and not 25"),
    ("Q07", "c37", _judged("contradicted"), "differ", "seen not to hold it"),
    ("Q07", "c37", _judged("not_seen"), "cannot_tell", "not seen"),
]


@pytest.mark.parametrize(("row", "claim", "change", "verdict", "reason"), QUANTITIES)
def test_a_changed_claim_turns_the_verdict(
    row: str, claim: str, change: Callable[[Claim], Claim], verdict: str, reason: str, reviewed: EvidenceBase
) -> None:
    before, after = rows(reviewed), rows(reviewed, review=with_claim(reviewed, claim, change))
    assert (after[row].verdict, reason in after[row].reason) == (verdict, True), after[row]
    assert after[row] != before[row]
    assert {i: r for i, r in after.items() if i[0] == "R"} == {i: r for i, r in before.items() if i[0] == "R"}


def test_the_weakest_judgement_of_a_claim_counts(reviewed: EvidenceBase) -> None:
    two = {"voorberg-2015": "supported", "fox-2018": "not_seen"}
    for judged in (two, dict(reversed(two.items()))):
        review = with_claim(reviewed, "c09", lambda c, j=judged: replace(c, cites=tuple(j), corroboration=j))  # type: ignore[misc]
        assert rows(reviewed, review=review)["Q01"].verdict == "cannot_tell"
    # The same work, judged by two claims of one row.
    review = review_of(reviewed)
    stated = tuple(replace(s, claims=("c07", "c37")) if s.id == "Q07" else s for s in review.stated)
    for weak in ("c07", "c37"):
        claims = tuple(_judged("not_seen" if c.id == weak else "partly")(c) for c in review.claims)
        row = rows(reviewed, review=replace(review, stated=stated, claims=claims))["Q07"]
        assert (row.verdict, "not seen (masterson-2022)" in row.gives) == ("cannot_tell", True)


def test_missing_erratum_is_not_cited(reviewed: EvidenceBase) -> None:
    review = review_of(reviewed)
    kept = rows(reviewed, review=replace(review, errata=review.errata[:1]))
    named = {i for row in kept.values() for i in row.rests_on if re.fullmatch(r"e\d\d", i)}
    assert named == {"e01"}


def test_cited_year_is_compared_with_stated_years(reviewed: EvidenceBase) -> None:
    parks = next(s for s in reviewed.studies if s.id == "parks-1981")

    def dated(year: int | None) -> ReplicationRow:
        return rows(reviewed, with_changed(reviewed, parks.id, citation=replace(parks.citation, issued=year)))["Q08"]

    assert [dated(year).verdict for year in (1972, 1977, 1978, 1966, None)] == [
        "agree", "agree", "differ", "differ", "cannot_tell",
    ]  # fmt: skip


def test_review_parts_change_their_counts(reviewed: EvidenceBase) -> None:
    review = review_of(reviewed)
    fewer = replace(
        review,
        enablers=review.enablers[1:],
        barriers=review.barriers[:-2],
        recommendations=review.recommendations[:10],
        examples=review.examples[:5],
        topics=review.topics[:4],
    )
    found = rows(reviewed, review=fewer)
    assert {i: found[i].verdict for i in ("R17", "R18", "R19", "R21", "R22")} == dict.fromkeys(
        ("R17", "R18", "R19", "R21", "R22"), "differ"
    )
    assert rows(reviewed, review=replace(review, examples=review.examples[:6]))["R21"].verdict == "agree"


def test_another_codebook_turns_the_vocabularies(reviewed: EvidenceBase) -> None:
    book = reviewed.framework.codebook

    def having(name: str, *lost: str) -> ReplicationRow:
        old = book.vocabularies[name]
        new = replace(old, terms=tuple(t for t in old.terms if t.id not in lost))
        return rows(reviewed, codebook=replace(book, vocabularies={**book.vocabularies, name: new}))["R23"]

    assert having("principles", "reciprocity").verdict == "differ"
    assert having("rungs", "co-production").verdict == "differ"
    assert having("rungs", "coercion").verdict == "agree"
    renamed = replace(book.vocabularies["principles"].terms[0], id="justice")
    terms = (renamed, *book.vocabularies["principles"].terms[1:])
    other = {**book.vocabularies, "principles": replace(book.vocabularies["principles"], terms=terms)}
    assert rows(reviewed, codebook=replace(book, vocabularies=other))["R23"].verdict == "differ"


def test_other_scales_turn_the_verdict(reviewed: EvidenceBase) -> None:
    kay = next(s for s in reviewed.studies if s.id == "kay-2019")

    def named(*scales: str) -> ReplicationRow:
        found = (kay.findings[0], replace(kay.findings[1], instruments=scales), *kay.findings[2:])
        return rows(reviewed, with_changed(reviewed, kay.id, findings=found))["R24"]

    assert named("PAM").verdict == "agree"
    assert named("EQ-5D").reason == "In this base the scales are others."
    assert named().verdict == "differ"


def test_every_stated_number_is_compared(reviewed: EvidenceBase) -> None:
    """A number changed in the data turns an agreement into a difference: no number is written in the code."""
    review = review_of(reviewed)
    supported = tuple(replace(c, corroboration=dict.fromkeys(c.cites, "supported")) for c in review.claims)
    trusted = replace(review, claims=supported)
    compared = 0
    for number, stated in enumerate(review.stated):
        before = rows(reviewed, review=trusted)[stated.id]
        for name in stated.numbers if before.verdict == "agree" else ():
            if name == "sessions":  # recorded in words alone, as the reason states
                continue
            other: Stated = replace(stated, numbers={**stated.numbers, name: stated.numbers[name] + 100})
            changed = replace(trusted, stated=(*review.stated[:number], other, *review.stated[number + 1 :]))
            assert rows(reviewed, review=changed)[stated.id].verdict == "differ", (stated.id, name)
            compared += 1
    assert compared >= 15
