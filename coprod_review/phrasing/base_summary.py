"""The lines that begin every report: what the base is, how it was coded, and the caution."""

from collections.abc import Sequence

from coprod_review.gaps.attribution import read_studies
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import NOT_STATED, About, Framework
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.attribution import according_to
from coprod_review.phrasing.filters import filters_sentence
from coprod_review.text.grammar import listed, long_date, number_with_verb, plural, with_article

_MAX_NAMED = 5
"""Skipped entries that the summary names."""


def base_summary_lines(base: EvidenceBase, filters: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what a reader must know before any figure: the base, its coding, the caution, and what was left out."""
    about = base.framework.about
    studies = eligible(base.studies, base.framework.codebook)
    lines = [
        _contents_line(base, studies),
        " ".join(text for text in (about.coding, coding_sources(base, studies)) if text),
        f"Caution: {about.caution}",
    ]
    if filters:
        remaining = "eligible study remains" if len(studies) == 1 else "eligible studies remain"
        lines.append(f"{filters_sentence(filters)} {len(studies)} {remaining}.")
    if base.skipped:
        more = " and others" if len(base.skipped) > _MAX_NAMED else ""
        named = ", ".join(base.skipped[:_MAX_NAMED])
        lines.append(f"Left out because of errors: {plural(len(base.skipped), 'entry')} ({named}{more}).")
    if base.uses_bundled_codebook:
        lines.append("The base has no codebook.yaml, so the bundled codebook is used.")
    return tuple(lines)


def _contents_line(base: EvidenceBase, studies: Sequence[Study]) -> str:
    """Return how many entries the base has, and how many of them are evidence and report an outcome."""
    about, codebook = base.framework.about, base.framework.codebook
    name = f"Base {about.name}{edition(about)}"
    curated = about.search == "none documented"
    opening = f"{name} is a curated collection, not a systematic map. It has" if curated else f"{name} has"
    entries = f"{len(base.studies)} of " if base.unfiltered_count is not None else ""
    entries += plural(len(base.studies) if base.unfiltered_count is None else base.unfiltered_count, "entry")
    kinds = [codebook.kind("designs", study.design) for study in studies]
    primary, reviews = kinds.count("primary"), kinds.count("review")
    others = len(studies) - primary - reviews
    split = f"{plural(primary, 'primary study')}, {plural(reviews, 'review')}{f', {others} other' if others else ''}"
    return (
        f"{opening} {entries}; {number_with_verb(len(studies), 'counts', 'count')} as evidence ({split}). "
        f"Of these, {_reporting_an_outcome(studies, base.framework)}."
    )


def _reporting_an_outcome(studies: Sequence[Study], framework: Framework) -> str:
    """Return how many studies report an outcome in what was read, and how many more according to the review alone."""
    read, every = (
        len(outcome_studies(some, framework.codebook)) for some in (read_studies(studies, framework), studies)
    )
    report = number_with_verb(read, "reports", "report")
    if framework.review is None or read == every:
        return f"{report} an outcome"
    more = f"{every - read} more" if read else f"{every - read}"
    does = "does" if every - read == 1 else "do"
    return f"{report} an outcome in the text that was read; {according_to(framework.review_name)}, {more} {does}"


def edition(about: About) -> str:
    """Return the version and date of a base, with a space before them; empty where the base states no version."""
    return "" if about.version == NOT_STATED else f" {about.version} ({long_date(about.as_of)})"


def coding_sources(base: EvidenceBase, studies: Sequence[Study]) -> str:
    """Return how many studies were coded from what, such as abstracts or full texts, as a sentence."""
    terms = base.framework.codebook.terms("coded_from")
    counts = [(sum(study.coded_from == term.id for study in studies), term.label.lower()) for term in terms]
    used = [(n, with_article(label)) for n, label in counts if n]
    if not used:
        return ""
    (most, source), *others = used
    parts = [
        f"{number_with_verb(most, 'was', 'were')} coded from {source}",
        *(f"{n} from {name}" for n, name in others),
    ]
    return f"Of the {len(studies)}, {listed(parts)}."


def finding_sources(base: EvidenceBase) -> str:
    """Return how many findings come from the works themselves, from the review, or from both."""
    review = base.framework.review.id if base.framework.review else None
    findings = [finding for study in base.studies for finding in study.findings]
    if review is None:
        return f"The base has {plural(len(findings), 'finding')}."
    relayed = sum(any(place.source == review for place in f.reported_in) for f in findings)
    attributed = sum(map(base.framework.is_attributed, findings))
    return (
        f"Of {plural(len(findings), 'finding')}, the review alone reports {attributed}, "
        f"the works alone report {len(findings) - relayed}, and both report {relayed - attributed}."
    )
