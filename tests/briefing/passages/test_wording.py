"""What passages say of numbers, gaps and the review, in words that leave out no caution.

The check of a briefing works a passage out again by the same code, so these tests pin the words themselves.
"""

from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.passages import passage_for
from coprod_review.briefing.passages.passage import CitedStudies
from coprod_review.briefing.passages.review import gap_in_words
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum
from coprod_review.results.intervals import Interval
from tests.briefing.made import source_with, with_study
from tests.conftest import study

# --- numbers --------------------------------------------------------------------------


def test_behind_note_lists_studies_by_place(context: BriefingContext) -> None:
    for figure in context.figures.values():
        if figure.unit != "study":
            continue
        pieces = passage_for(context, "behind", figure.id).pieces
        listed = {
            str(name): ids.ids
            for name, ids in zip(pieces[::3], pieces[1::3], strict=True)
            if isinstance(ids, CitedStudies)
        }
        sides = figure.kind == "ratio"
        rest = tuple(i for i in figure.denominator_ids if i not in figure.numerator_ids)
        assert listed.get("First side: " if sides else "Counted: ", ()) == figure.numerator_ids, figure.id
        assert listed.get("Second side: " if sides else "Not counted: ", ()) == (
            figure.denominator_ids if sides else rest
        )
        assert listed.get("Not known: ", ()) == figure.unknown_ids
    for name, count in context.counts.items():
        cited = passage_for(context, "behind", name).cited
        assert cited == (frozenset(count.ids) if count.unit == "study" else frozenset())
    for name, result in context.results.items():
        counted = {i for f in result.figures if f.unit == "study" for i in f.numerator_ids}
        assert passage_for(context, "behind", name).cited == counted, name


def test_included_passage_says_at_least_if_unknown(context: BriefingContext) -> None:
    figure = context.figures["representation.unpaid-carers.included"]
    unknown = len(context.eligible) - (figure.denominator or 0)
    assert unknown
    assert passage_for(context, "included", "unpaid-carers").text == (
        f"at least {figure.numerator} of {len(context.eligible)} studies; for the other {unknown} this is not known"
    )


def test_group_passage_gives_its_range(context: BriefingContext) -> None:
    for group in context.codebook.terms("groups"):
        if f"representation.{group.id}" in context.figures:
            text = passage_for(context, "on_group", group.id).text
            assert text.endswith(f": {passage_for(context, 'full', f'representation.{group.id}').text}")
            assert "could plausibly be" in text


@pytest.mark.parametrize(
    ("low", "high", "value", "words"),
    [
        (0.77, 1.43, 1.05, "; this cannot tell whether more studies do the one or the other"),
        (0.6, 1.0, 0.8, "; this cannot tell whether more studies do the one or the other"),
        (1.0, None, 3.0, "; this cannot tell whether more studies do the one or the other"),
        (1.2, 3.0, 2.0, ": more studies examine outcomes"),
        (0.2, 0.9, 0.5, ": more studies examine process"),
    ],
)
def test_ratio_takes_a_side_only_if_interval_excludes_one(
    low: float, high: float | None, value: float, words: str, context: BriefingContext
) -> None:
    source = copy(context)
    figure = source.figures["focus.ratio"]
    assert figure.interval is not None
    interval: Interval = replace(figure.interval, low=low, high=high)
    source.__dict__["figures"] = {figure.id: replace(figure, value=value, interval=interval)}
    assert passage_for(source, "ratio", "focus.ratio").text.endswith(words)


def test_benchmark_passage_states_verdict_and_floor(
    context: BriefingContext,
) -> None:
    for figure in context.figures.values():
        for found in (c for c in figure.comparisons if c.source_kind == "benchmark"):
            (share,) = (b for b in context.framework.benchmarks if b.id == found.benchmark)
            text = passage_for(context, "beside", f"{figure.id}#{found.benchmark}").text
            assert (f", at least {share.value}%" in text) == share.floor
            ratio = f"; ratio {found.ratio:.2f}" if found.ratio is not None else ""
            assert f"{share.year}){ratio}: {found.verdict or ''}" in text
            assert found.reason.rstrip(".").replace("the interval", "the interval of the ratio") in text


def test_missing_analysis_hides_coding_instructions(context: BriefingContext) -> None:
    for name, result in context.results.items():
        text = passage_for(context, "answer", name).text
        _, _, work = result.missing.rpartition(": ")
        assert text == (result.statement.replace(f": {work}", "") if work else result.statement), name


@pytest.mark.parametrize("part", ["numerator_ids", "denominator_ids", "unknown_ids"])
def test_study_moved_within_a_figure_changes_evidence(part: str, context: BriefingContext) -> None:
    source = copy(context)
    figure = source.figures["focus.outcome-share"]
    before = passage_for(source, "full", figure.id).evidence
    moved: dict[str, Any] = {part: (*getattr(figure, part), "new-2020")}
    source.__dict__["figures"] = {figure.id: replace(figure, **moved)}
    assert passage_for(source, "full", figure.id).evidence != before


def test_same_answer_other_studies_changes_evidence(bundled: EvidenceBase, context: BriefingContext) -> None:
    one = next(s for s in context.eligible if s.focus == "outcome")
    two = next(s for s in context.eligible if s.focus == "process")
    swapped = with_study(with_study(bundled, replace(one, focus="process")), replace(two, focus="outcome"))
    before, after = (passage_for(BriefingContext(base), "answer", "focus") for base in (bundled, swapped))
    assert before.text == after.text
    assert before.evidence != after.evidence


def test_same_cell_other_studies_changes_evidence(context: BriefingContext) -> None:
    source = copy(context)
    name, count = next((n, c) for n, c in source.counts.items() if c.unit == "study" and len(c.ids) > 1)
    before = {kind: passage_for(source, kind, name).evidence for kind in ("tally", "count")}
    source.__dict__["counts"] = {name: replace(count, ids=("other-2020", *count.ids[1:]))}
    assert all(passage_for(source, kind, name).evidence != evidence for kind, evidence in before.items())


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
            assert cited <= frozenset(gap.studies), key


def test_same_gap_other_studies_changes_evidence(context: BriefingContext) -> None:
    source = copy(context)
    gap = source.gaps["thin/minority-ethnic"]
    before = {kind: passage_for(source, kind, "thin/minority-ethnic").evidence for kind in ("gap", "plain_gap")}
    source.__dict__["gaps"] = {"thin/minority-ethnic": replace(gap, studies=(gap.studies[0], "other-2020"))}
    assert all(
        passage_for(source, kind, "thin/minority-ethnic").evidence != evidence for kind, evidence in before.items()
    )


def test_plain_gap_keeps_its_meaning(context: BriefingContext) -> None:
    begins = {"none": "No study here is about ", "thin": "Only ", "testimony_only": "People spoke of it, but no study"}
    for key, gap in context.gaps.items():
        passage = passage_for(context, "plain_gap", key)
        place = "domains" if gap.type == "testimony_only" else "groups"
        if gap.type in begins and context.codebook.find(place, gap.where):
            assert passage.text.startswith(begins[gap.type]), key
        else:
            assert passage.text == gap_in_words(context, gap)


@pytest.mark.parametrize("kind", ["gap", "plain_gap", "general", "caution", "recommendation", "basis"])
def test_caution_and_gap_wording_is_exact(kind: str, context: BriefingContext) -> None:
    key = {
        "general": "1",
        "caution": "focus",
        "recommendation": context.framework.recommendations[0].id,
        "basis": "caution",
    }.get(kind, next(iter(context.gaps)))
    assert passage_for(context, kind, key).exact


# --- the review -------------------------------------------------------------------------


def reviewed(bundled: EvidenceBase, claim: Claim, *errata: Erratum) -> BriefingContext:
    """A source whose review makes one claim, with errata of its own."""
    review = bundled.framework.review
    assert review is not None
    changed = replace(review, claims=(claim,), errata=errata)
    return BriefingContext(replace(bundled, framework=replace(bundled.framework, review=changed)))


@pytest.mark.parametrize(
    ("seen", "note"),
    [
        (("supported",), "[seen there]"),
        (("partly",), "[seen in part there]"),
        (("not_seen",), "[not seen there]"),
        (("contradicted",), "[contradicted there]"),
        (("not_judged",), "[not compared there]"),
        ((None,), "[not compared there]"),
        (("supported", "not_seen", "not_seen"), "[of 3 works: seen in 1 and not seen in 2]"),
        (("partly", None), "[of 2 works: seen in part in 1 and not compared in 1]"),
    ],
)
def test_claim_states_its_corroboration(seen: tuple[str | None, ...], note: str, bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    cites = tuple(s.id for s in bundled.studies[: len(seen)])
    judged = {i: code for i, code in zip(cites, seen, strict=True) if code}
    source = reviewed(bundled, replace(review.claims[0], cites=cites, corroboration=judged))
    assert passage_for(source, "claim", review.claims[0].id).text.endswith(f" {note}.")


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
    for kind, key in (("claim", claim.id), ("influence", influence.id)):
        assert passage_for(source, kind, key).text.endswith("]. But: It is another.")
    statements = {True: "the original was read", False: "the original was not read"}
    for read, words in statements.items():
        source = reviewed(bundled, claim, replace(wrong, verified_at_original=read))
        assert passage_for(source, "erratum", "er1").text == f"A number. It is another. [How sure: high; {words}]"


def test_caveat_states_corrections(context: BriefingContext) -> None:
    stated = 0
    for coded in context.base.studies:
        text = passage_for(context, "caveat", coded.id).text
        for erratum in coded.errata:
            relevant = not erratum.about.startswith(("citation", "scope"))
            stated += relevant
            assert (f"{erratum.about.rstrip('.')}. {erratum.correction.rstrip('.')}." in text) == relevant
    assert stated


# --- the base ---------------------------------------------------------------------------


def test_basis_counts_studies_that_are_evidence(framework: Framework) -> None:
    studies = (study(1), study(2, design="scoping-review"), study(3, coded_from="citation"), study(4, role="context"))
    source = source_with(framework, *studies)
    assert {key: passage_for(source, "basis", key).text for key in ("evidence", "entries", "coded_from", "kinds")} == {
        "evidence": "3",
        "entries": "4 works",
        "coded_from": "2 from an abstract and 1 from a citation",
        "kinds": "2 primary studies and 1 review",
    }
    assert passage_for(source, "basis", "search").text.startswith("no search is documented")


def test_moved_figure_reads_from_before_to_now(bundled: EvidenceBase, context: BriefingContext) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    then = with_study(bundled, replace(kay, focus="process"))
    source = BriefingContext(bundled, since="before", earlier=then)
    moved = passage_for(source, "moved", "focus.outcome-share").text
    now = context.figures["focus.outcome-share"]
    assert now.numerator
    before = f"{now.numerator - 1} of {now.denominator}"
    assert moved.index(": from ") < moved.index(before) < moved.index(f" to {now.numerator} of {now.denominator}")
