"""The trail of a review's claims, worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses import claims
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum, Study
from coprod_review.results.result import Result
from tests.conftest import study
from tests.gaps.worked import figures, filled, named, reviewed


def _claim(number: int, judged: dict[int, str], *quantities: Quantity, **changes: Any) -> Claim:
    corroboration = {named(n)[0]: status for n, status in judged.items()}
    plain = Claim(
        id=f"c{number}",
        section="3.1",
        stakeholder="people",
        claim="Own words.",
        cites=tuple(corroboration),
        figures=quantities,
        corroboration=corroboration,
    )
    return replace(plain, **changes)


def _erratum(*touched: str, **changes: Any) -> Erratum:
    plain = Erratum(
        about="a", correction="c", basis="b", confidence="high", verified_at_original=False, claims=touched
    )  # fmt: skip
    return replace(plain, **changes)


def _framework(framework: Framework) -> Framework:
    return reviewed(
        framework,
        claims=[
            # Supported: every work bears it out. A share with its base number.
            _claim(1, {1: "supported"}, Quantity(label="n of N", n=24, N=122, denominator="reported")),
            # Supported. A percentage whose base the source hides, and a count, which needs none.
            _claim(
                2,
                {1: "supported", 2: "supported"},
                Quantity(label="a percentage", percent=35, denominator="not_reported"),
                Quantity(label="a count", n=5),
                stakeholder="staff",
            ),
            # In part: one of two. A share of which the source gives N and not n.
            _claim(
                3,
                {2: "supported", 3: "not_seen"},
                Quantity(label="N alone", percent=44, N=50, denominator="not_reported"),
            ),
            # In part.
            _claim(4, {4: "partly"}, Quantity(label="all three", percent=20, n=1, N=5), section="3.3"),
            # Not seen: one was looked at, and nobody compared the other.
            _claim(5, {5: "not_seen", 6: "not_judged"}, section="3.3"),
            _claim(6, {7: "not_judged"}, stakeholder="none"),
            # Mis-cited: one work says otherwise, whatever the other says.
            _claim(7, {8: "supported", 9: "contradicted"}, stakeholder="community"),
            _claim(8, {10: "not_judged", 11: "not_judged"}),
            _claim(9, {12: "not_seen"}, section="4"),
            # Cites no study of the base that is asked.
            _claim(10, {99: "supported"}, Quantity(label="elsewhere", percent=84, denominator="not_reported")),
        ],
        errata=[_erratum("c1", id="e1"), _erratum(id="e2")],
    )


def _studies() -> list[Study]:
    """Twelve cited works: context and retracted ones are cited like others."""
    plain = [study(n) for n in range(1, 13)]
    changed: dict[int, dict[str, Any]] = {
        1: {"role": "context"},
        3: {"cited_via": "author4-2020"},
        7: {"errata": (_erratum("c6"), _erratum("c6"))},
        8: {"errata": (_erratum(),)},
        9: {"cited_via": "author4-2020", "status": "retracted"},
    }
    return [replace(s, **changed.get(n, {})) for n, s in enumerate(plain, 1)]


def _result(framework: Framework) -> Result:
    return claims.analyse(_studies(), _framework(framework))


def test_every_claim_has_one_status(framework: Framework) -> None:
    by_id = figures(_result(framework))
    assert {
        name: by_id[name].numerator_ids for name in ("supported", "partly", "not-seen", "contradicted", "not-judged")
    } == {
        "supported": ("c1", "c2"),
        "partly": ("c3", "c4"),
        "not-seen": ("c5", "c9"),
        "contradicted": ("c7",),
        "not-judged": ("c6", "c8"),
    }


def test_a_census_has_no_share_and_no_interval(framework: Framework) -> None:
    for figure in _result(framework).figures:
        assert (figure.value, figure.interval, figure.unknown) == (None, None, None)
        assert (figure.numerator, figure.denominator) == (len(figure.numerator_ids), len(figure.denominator_ids))
        assert figure.studies == ()
    assert {f.denominator for f in _result(framework).figures if f.unit == "claim"} == {9}  # c10 cites none of them


def test_claims_that_lean_on_a_work_used_through_another(framework: Framework) -> None:
    # 3 and 9 were cited through another work: c3 and c7.
    assert figures(_result(framework))["second-hand"].numerator_ids == ("c3", "c7")


def test_claims_that_an_erratum_names(framework: Framework) -> None:
    # One of the review names c1, two of study 7 name c6; the others name no claim.
    assert figures(_result(framework))["corrected"].numerator_ids == ("c1", "c6")


def test_shares_without_a_denominator(framework: Framework) -> None:
    bare = figures(_result(framework))["without-denominator"]
    # Shares: 24 of 122, 35%, 44% of 50, 20% of 5. The count of five is no share. Hidden: 35%, and the n of 44%.
    assert (bare.unit, bare.denominator_ids) == ("published share", ("c1#1", "c2#1", "c3#1", "c4#1"))
    assert (bare.numerator, bare.denominator, bare.numerator_ids) == (2, 4, ("c2#1", "c3#1"))


def test_facts_count_claims_citations_and_shares(framework: Framework) -> None:
    statuses = {"supported": 2, "partly": 2, "not_seen": 2, "contradicted": 1, "not_judged": 2}
    # Nobody compared one citation of c5, one of c6 and two of c8.
    counts = claims.ClaimCounts(9, statuses, citations_not_compared=4, shares=4, shares_without_denominator=2)
    assert _result(framework).facts == counts


def test_the_tables_place_claims_by_section_and_by_group(framework: Framework) -> None:
    result = _result(framework)
    assert filled(result, "claims.sections") == {
        "3.1/supported": ("c1", "c2"),
        "3.1/partly": ("c3",),
        "3.1/contradicted": ("c7",),
        "3.1/not-judged": ("c6", "c8"),
        "3.1/all": ("c1", "c2", "c3", "c6", "c7", "c8"),
        "3.3/partly": ("c4",),
        "3.3/not-seen": ("c5",),
        "3.3/all": ("c4", "c5"),
        "4/not-seen": ("c9",),
        "4/all": ("c9",),
        "all/supported": ("c1", "c2"),
        "all/partly": ("c3", "c4"),
        "all/not-seen": ("c5", "c9"),
        "all/contradicted": ("c7",),
        "all/not-judged": ("c6", "c8"),
        "all/all": tuple(f"c{n}" for n in range(1, 10)),
    }
    groups = filled(result, "claims.groups")
    assert {name: ids for name, ids in groups.items() if name.endswith("/all")} == {
        "people/all": ("c1", "c3", "c4", "c5", "c8", "c9"),
        "staff/all": ("c2",),
        "community/all": ("c7",),
    }
    assert {count.unit for table in result.tables for _, _, count in table.cells()} == {"claim"}


@pytest.mark.parametrize(
    ("judged", "status"),
    [
        (("supported", "supported"), "supported"),
        (("supported", "partly"), "partly"),
        (("supported", "not_seen"), "partly"),
        (("supported", "not_judged"), "partly"),
        (("partly", "not_judged"), "partly"),
        (("not_seen", "not_judged"), "not_seen"),
        (("not_seen", "not_seen"), "not_seen"),
        (("not_judged", "not_judged"), "not_judged"),
        (("supported", "contradicted"), "contradicted"),
        (("not_judged", "contradicted"), "contradicted"),
    ],
)
def test_status_depends_on_cited_works(judged: tuple[str, str], status: str) -> None:
    assert claims.status_of(_claim(1, dict(enumerate(judged, 1)))) == status
    assert claims.status_of(_claim(1, dict(enumerate(reversed(judged), 1)))) == status


def test_base_without_review_lacks_claims(framework: Framework) -> None:
    for given in (framework, reviewed(framework)):
        result = claims.analyse([study(1)], given)
        assert (result.missing, result.tables) == (("claims",), ())
        assert {(f.denominator, f.value, f.interval) for f in result.figures} == {(0, None, None)}


def test_filtered_claims_are_not_reported_missing(framework: Framework) -> None:
    result = claims.analyse([study(50)], _framework(framework))
    assert (result.facts, result.missing, result.tables) == (claims.count_claims(()), (), ())
