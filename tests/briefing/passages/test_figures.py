"""Numbers as people say them, and the seal over what lies behind them."""

import re
from dataclasses import replace

import pytest

from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.fingerprint import fingerprint, numbers
from coprod_review.briefing.passages import PASSAGE_KINDS, passage_for
from coprod_review.briefing.passages.figures import in_tens, membership, range_in_words, share_in_tens
from coprod_review.briefing.passages.review import caveats
from coprod_review.errors import UnknownName
from coprod_review.gaps.registry import ANALYSES
from coprod_review.gaps.shares import share
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.reports.gaps import openable_ids
from coprod_review.results.figure import Figure
from tests.briefing.made import without
from tests.conftest import study


def of(counted: int, total: int, framework: Framework, *, unknown: int = 0) -> Figure:
    """A share of some studies, the first of which are counted and the last not known."""
    studies = [study(n) for n in range(1, total + unknown + 1)]
    codes = {s.id: None if n > total else n <= counted for n, s in enumerate(studies, 1)}
    return share("a.b", "Label", "rule", studies, lambda s: codes[s.id], framework.codebook)


@pytest.mark.parametrize(
    ("counted", "total", "words"),
    [
        (6, 20, "6 of 20 studies, about 3 in 10"),  # methods.md 8.4
        (22, 28, "22 of 28 studies, about 8 in 10"),
        (21, 28, "21 of 28 studies, about 3 in 4"),
        (2, 28, "2 of 28 studies, about 1 in 14"),
        (1, 21, "1 of 21 studies"),
        (0, 28, "none of 28 studies"),
        (28, 28, "28 of 28 studies, all of them"),
        (27, 28, "27 of 28 studies, nearly all"),
        (3, 9, "3 of 9 studies"),
    ],
)
def test_shares_in_everyday_words(counted: int, total: int, words: str, framework: Framework) -> None:
    assert share_in_tens(of(counted, total, framework)) == words


@pytest.mark.parametrize(
    ("counted", "total", "words"),
    [
        (6, 20, "could plausibly be between about 3 and 10 of 20"),  # methods.md 8.4
        (22, 28, "could plausibly be between about 17 and 25 of 28"),
        (1, 21, "could plausibly be between about 0 and 5 of 21"),
        (0, 28, "could plausibly be up to 3 of 28"),
        (3, 9, ""),
    ],
)
def test_ranges_in_counts_of_studies(counted: int, total: int, words: str, framework: Framework) -> None:
    assert range_in_words(of(counted, total, framework)) == words


def test_unknown_codes_give_at_least_without_range(framework: Framework) -> None:
    figure = replace(of(21, 21, framework, unknown=7), value=None, interval=None)
    assert share_in_tens(figure) == "at least 21 of 28 studies (not known for 7)"
    assert range_in_words(figure) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "about 5 in 10"),
        (0.149, "about 1 in 7"),
        (0.199, "about 1 in 5"),
        (0.25, "about 1 in 4"),
        (0.76, "about 3 in 4"),
        (0.35, "about 4 in 10"),
        (0.45, "about 5 in 10"),
    ],
)
def test_tenths_are_used_where_they_are_fine_enough(value: float, words: str) -> None:
    assert in_tens(value) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22 of 28 studies, 79%", ("22", "28", "79%")),
        ("None of the two, one in 25; 1,000 and 1.02", ("0", "2", "25", "1,000", "1.02")),
        ("half of a third", ("1/2", "1/3")),
        ("Nonesuch tension", ()),
    ],
)
def test_numbers_are_parsed_from_digits_and_words(text: str, found: tuple[str, ...]) -> None:
    assert numbers(text) == found


def test_fingerprint_separates_numbers_from_evidence() -> None:
    assert fingerprint(("1", "2"), "a") != fingerprint(("1",), "2a")
    assert fingerprint(("1",), "a") != fingerprint(("1",), "b")
    assert fingerprint((), "") != fingerprint(("",), "")


def test_other_studies_change_the_fingerprint(framework: Framework) -> None:
    one, two = of(1, 10, framework), of(1, 10, framework)
    other = replace(two, numerator_ids=("author2-2020",))
    assert membership(one) == membership(two) != membership(other)


def test_every_passage_kind_renders_for_every_key(bundled: EvidenceBase, context: BriefingContext) -> None:
    review = bundled.framework.review
    assert review is not None
    groups = tuple(t.id for t in context.codebook.terms("groups"))
    keys = {
        **dict.fromkeys(("share", "full", "limits", "short", "count", "label"), tuple(context.figures)),
        "tally": tuple(context.counts),
        "ratio": tuple(i for i, f in context.figures.items() if f.kind == "ratio"),
        **dict.fromkeys(("answer", "caution"), tuple(context.results)),
        **dict.fromkeys(("effect", "part"), tuple(t.id for t in context.codebook.terms("outcomes"))),
        **dict.fromkeys(
            ("overall", "in_brief"),
            tuple(t.id for name in ("stakeholders", "domains", "outcomes") for t in context.codebook.terms(name)),
        ),
        "included": tuple(g for g in groups if f"representation.{g}.included" in context.figures),
        "on_group": tuple(g for g in groups if f"representation.{g}" in context.figures),
        "behind": (*context.figures, *context.counts, *context.results),
        "caveat": tuple(s.id for s in bundled.studies if caveats(s)),
        "finding": tuple(context.findings_by_id),
        **dict.fromkeys(("gap", "plain_gap", "listed_gap"), tuple(context.gaps)),
        "general": ("1", "2"),
        "testimony": tuple(s.id for s in bundled.framework.statements),
        "influence": tuple(i.id for i in (*review.enablers, *review.barriers)),
        **dict.fromkeys(("recommendation", "unmeasured"), tuple(r.id for r in review.recommendations)),
        "claim": tuple(c.id for c in review.claims),
        "erratum": tuple(context.errata),
        "basis": ("version", "as_of", "entries", "evidence", "coding", "coded_from", "search", "caution", "gaps"),
        **dict.fromkeys(("study", "reference", "title"), tuple(s.id for s in bundled.studies)),
        "beside": tuple(f"{f.id}#{c.benchmark}" for f in context.figures.values() for c in f.comparisons),
    }  # fmt: skip
    assert set(PASSAGE_KINDS) - set(keys) == {"moved", "changed", "closed"}
    openable = {*openable_ids(tuple(context.results.values())), *ANALYSES, ""}
    for kind, listed in keys.items():
        assert listed
        for key in listed:
            passage = passage_for(context, kind, key)
            assert not re.search(r"\bNone\b(?! of)", passage.text), (kind, key)
            assert kind in ("study", "reference", "behind") or passage.text.strip()
            assert passage.opens in openable


def test_missing_keys_suggest_the_nearest(bundled: EvidenceBase, context: BriefingContext) -> None:
    with pytest.raises(UnknownName, match=r"no figure `focus.outcome-shar`: did you mean `?focus\.outcome-share"):
        passage_for(context, "share", "focus.outcome-shar")
    with pytest.raises(UnknownName, match="kind of passage"):
        passage_for(context, "shares", "focus.outcome-share")
    with pytest.raises(UnknownName, match="study"):
        passage_for(BriefingContext(without(bundled, "kay-2019")), "study", "kay-2019")


def test_corrected_claim_always_has_its_correction(context: BriefingContext) -> None:
    touched = {claim for erratum in context.errata.values() for claim in erratum.claims if len(erratum.claims) <= 4}
    assert touched
    for claim in touched:
        assert " But: " in passage_for(context, "claim", claim).text
