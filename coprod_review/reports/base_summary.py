"""What a base is and how it was coded, in the lines that begin every report."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.focus import relayed_alone
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import About
from coprod_review.model.study import eligible, outcome_studies
from coprod_review.text.grammar import long_date, number_with_verb, plural, with_article


def base_summary_lines(base: EvidenceBase, filters: Sequence[str] = ()) -> tuple[str, ...]:
    """What the figures rest on: the base, how it was coded, what was left out, and the caution."""
    about, studies = base.framework.about, base.studies
    codebook = base.framework.codebook
    held = eligible(studies)
    kinds = [codebook.kind("designs", s.design) for s in held]
    others = len(held) - kinds.count("primary") - kinds.count("review")
    split = f"{plural(kinds.count('primary'), 'primary study')}, {plural(kinds.count('review'), 'review')}"
    kind = ", a curated collection and not a systematic map" if about.search == "none documented" else ""
    rest = f", {others} other" if others else ""
    of_all = f" of {base.unfiltered_count}" if base.unfiltered_count is not None else ""
    outcome = outcome_studies(held, codebook)
    held_here = (
        f"Base {about.name}{_edition(about)}{kind}: {plural(len(studies), 'entry')}{of_all}, of which "
        f"{number_with_verb(len(held), 'counts', 'count')} as evidence ({split}{rest}); "
        f"{number_with_verb(len(outcome), 'was', 'were')} seen to report an outcome{_on_its_word(base)}."
    )
    lines = [held_here, f"{about.coding} {_how_coded(base)}".strip(), f"Caution: {about.caution}"]
    if filters:
        lines.append(
            f"Only what passes: {'; '.join(filters)}; {plural(len(held), 'eligible study', 'eligible studies')}."
        )
    if base.skipped:
        more = ", and more" if len(base.skipped) > 5 else ""
        named = ", ".join(base.skipped[:5])
        lines.append(f"Left out for their errors: {plural(len(base.skipped), 'entry')} ({named}{more}).")
    if base.uses_bundled_codebook:
        lines.append("The base has no codebook.yaml of its own: the bundled codebook is used.")
    return tuple(lines)


def _on_its_word(base: EvidenceBase) -> str:
    alone = len(relayed_alone(eligible(base.studies), base.framework, "strict"))
    return f", {alone} of them in the review alone" if alone else ""


def finding_sources(base: EvidenceBase) -> str:
    """How many findings come from the works themselves, from the review, or from both."""
    review = base.framework.review.id if base.framework.review else None
    findings = [finding for study in base.studies for finding in study.findings]
    relayed = [f for f in findings if any(seen.source == review for seen in f.reported_in)]
    both = [f for f in relayed if any(seen.source != review for seen in f.reported_in)]
    if review is None:
        return f"{plural(len(findings), 'finding')} in all."
    return (
        f"{plural(len(findings), 'finding')}: {len(relayed) - len(both)} seen in the review alone, "
        f"{len(findings) - len(relayed)} in the works alone, {len(both)} in both."
    )


def _edition(about: About) -> str:
    return "" if about.version == "not stated" else f" {about.version} ({long_date(about.as_of)})"


def _how_coded(base: EvidenceBase) -> str:
    held = eligible(base.studies)
    terms = base.framework.codebook.terms("coded_from")
    counts = [(sum(s.coded_from == t.id for s in held), t.label.lower()) for t in terms]
    said = ", ".join(f"{n} from {with_article(name)}" for n, name in counts if n)
    return f"Of the {len(held)}: {said}." if said else ""
