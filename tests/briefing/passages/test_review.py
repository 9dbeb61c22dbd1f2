"""Passages on gaps and on the review: what they cite, and what they rest on."""

from copy import copy
from dataclasses import replace

import pytest

from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.passages import passage_for
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum
from coprod_review.phrasing.corroboration import corroboration_in_words

# --- gaps -----------------------------------------------------------------------------


def test_gap_cites_exactly_its_studies(context: BriefingContext) -> None:
    for key, gap in context.gaps.items():
        cited = passage_for(context, "gap", key).cited
        if gap.type == "single_source":
            designs = {context.codebook.kind("designs", context.study(i).design) for i in cited}
            assert designs <= {"primary"}, key
            assert cited
        elif gap.type in ("thin", "review_only"):
            assert cited == frozenset(gap.studies), key
        else:
            assert cited == (
                frozenset(gap.studies) if gap.type == "mixed" and len(gap.studies) <= 4 else frozenset()
            ), key
        assert passage_for(context, "gap", f"{key}#listed").cited == frozenset()


@pytest.mark.parametrize("form", ["full", "plain", "listed"])
def test_same_gap_other_studies_changes_evidence(form: str, context: BriefingContext) -> None:
    source = copy(context)
    key = f"thin/minority-ethnic#{form}"
    gap = source.gaps["thin/minority-ethnic"]
    before = passage_for(source, "gap", key).evidence
    source.__dict__["gaps"] = {"thin/minority-ethnic": replace(gap, studies=(gap.studies[0], "other-2020"))}
    assert passage_for(source, "gap", key).evidence != before


# --- the review -------------------------------------------------------------------------


def reviewed(bundled: EvidenceBase, claim: Claim, *errata: Erratum) -> BriefingContext:
    """A source whose review makes one claim, with errata of its own."""
    review = bundled.framework.review
    assert review is not None
    changed = replace(review, claims=(claim,), errata=errata)
    return BriefingContext(replace(bundled, framework=replace(bundled.framework, review=changed)))


@pytest.mark.parametrize(
    "seen",
    [("supported",), ("not_judged",), (None,), ("supported", "not_seen", "not_seen"), ("partly", None)],
)
def test_claim_states_the_corroboration_of_each_work(seen: tuple[str | None, ...], bundled: EvidenceBase) -> None:
    bundled = replace(
        bundled,
        entries=tuple(
            replace(e, study=replace(e.study, coded_from="abstract")) if e.study else e for e in bundled.entries
        ),
    )
    review = bundled.framework.review
    assert review is not None
    cites = tuple(s.id for s in bundled.studies[: len(seen)])
    judged = {i: code for i, code in zip(cites, seen, strict=True) if code}
    source = reviewed(bundled, replace(review.claims[0], cites=cites, corroboration=judged))
    passage = passage_for(source, "claim", review.claims[0].id)
    assert passage.text.endswith(corroboration_in_words([code or "not_judged" for code in seen]))
    assert passage.cited == set(cites)


def test_correction_follows_claim_and_its_influences(bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    influence = review.enablers[0]
    (claim,) = (c for c in review.claims if c.id == influence.claim)
    wrong = Erratum(
        id="er1", about="A number.", correction="It is another.", basis="b", confidence="high",
        verified_at_original=True, claims=(claim.id,),
    )  # fmt: skip
    source = reviewed(bundled, claim, wrong)
    for key in (claim.id, influence.id):
        assert passage_for(source, "claim", key).text.endswith(" But note: It is another.")
    of_another = replace(wrong, studies=("other-2020",))
    assert "But note" not in passage_for(reviewed(bundled, claim, of_another), "claim", influence.id).text
    other = replace(wrong, claims=("c99",))
    assert "But note" not in passage_for(reviewed(bundled, claim, other), "claim", claim.id).text
    many = replace(wrong, claims=(claim.id, "c91", "c92", "c93", "c94"))
    assert "But note" not in passage_for(reviewed(bundled, claim, many), "claim", claim.id).text


def test_corrected_claim_always_has_its_correction(context: BriefingContext) -> None:
    touched = {claim for erratum in context.errata.values() for claim in erratum.claims if len(erratum.claims) <= 4}
    assert touched
    for claim in touched:
        assert " But note: " in passage_for(context, "claim", claim).text


def test_work_of_which_only_the_citation_was_read_is_named_so(bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    (coded,) = (s for s in bundled.studies if s.id == "sass-2018")
    assert coded.coded_from == "citation"
    for code, words in (("not_seen", "We could not read the work."), ("partly", "supports this in part.")):
        claim = replace(review.claims[0], cites=(coded.id,), corroboration={coded.id: code})
        assert passage_for(reviewed(bundled, claim), "claim", claim.id).text.endswith(words)


def test_changed_corroboration_changes_evidence(bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    claim = review.claims[0]
    one, two = (
        reviewed(bundled, replace(claim, corroboration=dict.fromkeys(claim.cites, code)))
        for code in ("supported", "not_seen")
    )
    assert passage_for(one, "claim", claim.id).evidence != passage_for(two, "claim", claim.id).evidence


def test_caveat_states_corrections_of_what_a_study_shows(context: BriefingContext) -> None:
    stated = 0
    for coded in context.base.studies:
        text = passage_for(context, "caveat", coded.id).text
        for erratum in coded.errata:
            relevant = not erratum.about.startswith(("citation", "scope"))
            stated += relevant
            assert (erratum.correction in text) == relevant
    assert stated
