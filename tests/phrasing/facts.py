"""A small framework, and facts of other kinds than shares, to test what is written about them."""

from dataclasses import replace
from typing import Any

from coprod_review.model.base import About, Framework, Scope
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook, GapRule, Term, Vocabulary
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.results.figure import Comparison, Figure, Reason, Unknown
from coprod_review.results.intervals import Interval
from coprod_review.results.result import Gap, GapCounts, PlaceKind

LABELS = {
    "practices": {"co-design": "Co-design", "ppi": "PPI", "co-research": "Co-research"},
    "sectors": {"social-care": "Social care"},
    "groups": {
        "dementia": "People living with dementia",
        "women": "Women",
        "rural": "People in rural places",
        "no-particular-group": "No particular group",
    },
    "directions": {"benefit": "Benefit", "harm": "Harm", "no_change": "No change"},
    "beneficiaries": {"took_part": "People who took part"},
    "measurements": {"validated_scale": "Published scale"},
    "sources": {"abstract": "Abstract", "review": "SCIE review"},
    "coded_from": {"abstract": "Abstract", "full_text": "Full text"},
}
"""The terms of the codebook, by vocabulary."""
RULES = {
    "testimony_only": ("Named by people, not studied", "no study and at least {least} statement", {"least": 1}),
    "none": ("No evidence", "no study and no statement", {}),
    "review_only": ("Reviews alone", "at least {least} review and no primary study", {"least": 1}),
    "thin": ("Very little evidence", "1 to {most} studies", {"most": 2}),
    "single_source": ("One team", "all primary studies share one family", {}),
    "mixed": ("Findings disagree", "benefit and harm", {}),
    "indirect": ("From elsewhere", "every study is from elsewhere", {}),
    "synthesis": ("Not brought together", "no search within {max_age_years} years", {"max_age_years": 5}),
    "quality": ("Weak studies", "every appraised study has a serious concern", {}),
    "unappraised": ("Quality not known", "no study is appraised", {}),
    "not_coded": ("Not yet coded", "more studies are uncoded than coded", {}),
}
"""Label, rule and thresholds of every gap type."""


KINDS = {
    "no-particular-group": "general",
    "validated_scale": "scale",
    "administrative": "records",
    "not_reported": "not_reported",
}
"""Kinds of the terms that the sentences tell apart."""


def _vocabulary(labels: dict[str, str]) -> Vocabulary:
    terms = tuple(
        Term(id=name, label=label, definition="d", source="s", kind=KINDS.get(name)) for name, label in labels.items()
    )
    return Vocabulary(label="l", description="d", terms=terms)


CODEBOOK = Codebook(
    vocabularies={name: _vocabulary(labels) for name, labels in LABELS.items()},
    gap_rules=tuple(
        GapRule(id=name, label=label, rule=rule, source="s", robinson="none", thresholds=thresholds)
        for name, (label, rule, thresholds) in RULES.items()
    ),
)
FRAMEWORK = Framework(
    about=About(
        name="base",
        title="A base",
        version="1",
        as_of="2026-11-23",
        licence="CC0",
        schema="s",
        eligibility="e",
        search="none documented",
        coding="Coded once.",
        caution="These studies are not a sample of all research.",
        sources=(),
        scope=Scope(sector="social-care"),
    ),
    codebook=CODEBOOK,
)


def ratio(
    numerator: int | None,
    denominator: int,
    value: float | None = None,
    limits: tuple[float, float | None] = (0.0, None),
    unknown: Unknown | None = None,
    reason: Reason | None = None,
    identity: str = "x.ratio",
) -> Figure:
    """A ratio of two sides; without a value, the reason says why."""
    return Figure(
        id=identity,
        label="Outcome to process",
        definition="counts both sides",
        numerator=numerator,
        denominator=denominator,
        value=value,
        interval=None if value is None else Interval(*limits, 0.95, 2, "Bonett-Price"),
        unknown=unknown,
        reason=reason,
        kind="ratio",
    )


def median(value: float | None, known: int, unknown: int = 0) -> Figure:
    """A median of numbers that are known for some studies."""
    return Figure(
        id="x.median",
        label="Median year",
        definition="is the median of the years",
        numerator=None,
        denominator=known,
        value=value,
        unknown=Unknown(unknown, None, None),
        reason=None if known else "nothing_known",
        kind="median",
    )


def benchmark(value: float, **changes: Any) -> Benchmark:
    """The share of a group in a population."""
    plain = Benchmark(
        id="b1",
        group="women",
        label="Women in England",
        value=value,
        unit="percent",
        numerator="not_found",
        denominator_population="Residents",
        age_range="not_found",
        year=2021,
        geography=("England",),
        standardised=False,
        publisher="P",
        address="https://example.org",
        retrieved="not_found",
        caveat="c",
        suitable_for=("people",),
    )
    return replace(plain, **changes)


def compared(source: Benchmark, **changes: Any) -> Comparison:
    """The comparison of a share with that of a population."""
    interval = Interval(0.15, 1.64, 0.95, 2, "Wilson, divided by the share")
    plain = Comparison(source.id, source, source.value / 100, 0.55, interval, "too_few", "into_band")
    return replace(plain, **changes)


def published(source: Quantity | Published, **changes: Any) -> Comparison:
    """The comparison of a figure with a published number."""
    parts = source.fraction
    share = parts[0] / parts[1] if parts else None
    identity = source.id if isinstance(source, Published) else "c09"
    return replace(Comparison(identity, source, share, None, None, None, "published"), **changes)


def entry(**changes: Any) -> Published:
    """An entry of the published numbers."""
    plain = {"id": "p1", "label": "Projects with outcomes", "source": "A and others 2015", "beside": "x.share"}
    return Published(**{**plain, **changes})


NOTHING = GapCounts(
    studies=0, primary=0, reviews=0, statements=0, directions=(), uncoded=0, included=0, appraised=0
)  # fmt: skip


def gap(gap_type: str, kind: PlaceKind = "outcome", where: str = "people.health", **counts: Any) -> Gap:
    """A gap at a place where nothing was counted but what is given."""
    label = {"outcome": "People: health", "group": "Women", "pair": "Women, health"}[kind]
    return Gap(gap_type, where, label, kind, replace(NOTHING, **counts), ())
