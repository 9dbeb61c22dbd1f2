"""R06, R08, R12 to R14 and R24: the works that the review cites for outcomes, by outcome, group, section and scale."""

from collections import Counter
from collections.abc import Sequence

from coprod_review.gaps.study_sets import ids, ids_of_terms
from coprod_review.model.record import NOT_CODED
from coprod_review.model.review import Stated
from coprod_review.replication.queries import MissingDataError, ReviewQueries, require
from coprod_review.replication.sentences import bracketed, compare_numbers, share_with_interval
from coprod_review.replication.verdicts import Answer
from coprod_review.text.grammar import capitalise, listed, plural


def works_by_group(stated: Stated, held: ReviewQueries) -> Answer:
    """R06: works cited for outcomes by group, counted by findings and again by the citations of claims."""
    groups = ids_of_terms(held.framework.codebook.terms("stakeholders"))
    found = {group: set(ids(held.for_group(group))) for group in groups}
    claimed = _claimed(groups, held)
    several = sum(sum(study.id in found[group] for group in groups) > 1 for study in held.cited)
    apart = sorted(study for group in groups for study in found[group] ^ claimed[group])
    counts = listed([f"{held.label('stakeholders', group)} {len(found[group])}" for group in groups])
    gives = (
        f"{capitalise(counts)}; {plural(len(held.cited), 'distinct work')}, {several} of them in more than one group."
    )
    if apart:
        return Answer(gives, "differ", f"Findings and citations of claims do not agree on {listed(apart)}.", apart)
    reason = "The review prints no count; in this base its citations and the findings coded from them give the same."
    return Answer(gives, "agree", reason, ids(held.cited))


def _claimed(groups: Sequence[str], held: ReviewQueries) -> dict[str, set[str]]:
    """For each stakeholder group the ids of the works that claims about it cite."""
    claims = held.review.claims
    claimed = {g: {cited for claim in claims if claim.stakeholder == g for cited in claim.cites} for g in groups}
    if not any(claimed.values()):
        raise MissingDataError("no claim about outcomes is held")
    return claimed


def little_on_community(stated: Stated, held: ReviewQueries) -> Answer:
    """R08: works cited for the community, set beside those for every other group."""
    community = held.for_group("community")
    groups = held.framework.codebook.terms("stakeholders")
    others = require((t.id for t in groups if t.id != "community"), "the codebook has no other group")
    fewest = all(len(community) < len(held.for_group(group)) for group in others)
    share = share_with_interval(len(community), len(held.cited), "works cited for outcomes")
    gives = f"{share} are cited for the community."
    few = "the community has the fewest works of all groups; how few is little, is a judgement"
    reason = f"In this base {few if fewest else 'another group has as few works or fewer'}."
    return Answer(gives, "agree" if fewest else "differ", reason, ids(community))


def works_by_outcome(stated: Stated, held: ReviewQueries) -> Answer:
    """R12: works cited for single outcomes; the outcomes are the names of the numbers."""
    known = ids_of_terms(held.framework.codebook.terms("outcomes"))
    counted = {outcome: len(held.on(outcome)) for outcome in stated.numbers if outcome in known}
    works = Counter(outcome for study in held.cited for outcome in {f.outcome for f in study.findings})
    single = sum(number == 1 for number in works.values())
    told = listed([f"{held.label('outcomes', outcome)} {number}" for outcome, number in counted.items()])
    gives = (
        f"{capitalise(told)}. Of {plural(len(works), 'outcome')} with a work cited for them, {single} rest on one work."
    )
    verdict, reason = compare_numbers(stated, counted, held)
    if verdict == "differ":
        reason = f"{reason[:-1]}; a work counts for every outcome that its findings are coded to."
    return Answer(gives, verdict, reason, ids(held.on(*counted)))


def fourth_benefit(stated: Stated, held: ReviewQueries) -> Answer:
    """R13: outcomes in a list of benefits, and the works that the review cites for them."""
    known = ids_of_terms(held.framework.codebook.terms("outcomes"))
    outcomes = require((o for o in stated.outcomes if o in known), "no outcome of the codebook is named for it")
    cited = {outcome: ids(held.on(outcome)) for outcome in outcomes}
    seen = {o: ids(s for s in held.evidence if any(f.outcome == o for f in s.findings)) for o in outcomes}
    told = [_cited_and_seen(held.label("outcomes", o), cited[o], seen[o]) for o in outcomes]
    bare = listed([held.label("outcomes", o) for o in outcomes if not cited[o]])
    reason = f"Nothing that the review cites stands behind {bare}." if bare else "A work is cited for each part."
    rests_on = dict.fromkeys(study for found in seen.values() for study in found)
    return Answer(f"{capitalise('; '.join(told))}.", "differ" if bare else "agree", reason, rests_on)


def _cited_and_seen(label: str, cited: Sequence[str], seen: Sequence[str]) -> str:
    others = [study for study in seen if study not in cited]
    return (
        f"{label}: {plural(len(cited), 'work')} cited{bracketed(cited)}, "
        f"others seen to report it {len(set(others))}{bracketed(others)}"
    )


def works_by_year(stated: Stated, held: ReviewQueries) -> Answer:
    """R14: works cited in the section by year; a handful of picked works shows no trend."""
    works = require(held.in_sections([stated.section]), "no work is cited in this section")
    years = sorted(Counter(s.year or 0 for s in works).items())
    coded = ids(s for s in works if any(f.outcome in stated.outcomes for f in s.findings))
    told = listed([f"{year or 'no date'} ({number})" for year, number in years])
    labels = listed([held.label("outcomes", outcome) for outcome in stated.outcomes])
    gives = f"{plural(len(works), 'work')} cited in this section, by year: {told}; {len(coded)} coded for {labels}."
    reason = "Works that one review picked cannot show how a literature grows."
    return Answer(gives, "cannot_tell", reason, ids(works))


def published_scales(stated: Stated, held: ReviewQueries) -> Answer:
    """R24: published scales among the findings that the review reports."""
    scaled = [s for s in held.cited if any(f.measurement == "validated_scale" for f in s.findings)]
    scales = sorted({i for s in scaled for f in s.findings for i in f.instruments})
    rest = [s for s in held.cited if s not in scaled]
    unknown = sum(any(f.measurement == NOT_CODED for f in s.findings) for s in rest)
    verdict, reason = compare_numbers(stated, {"scales": len(scales)}, held)
    if verdict == "agree":
        same = all(scale in stated.statement for scale in scales)
        verdict = "agree" if same else "differ"
        reason = f"In this base the scales are {'the same' if same else 'others'}."
    gives = (
        f"At least {len(scaled)} of {plural(len(held.cited), 'work')} cited for outcomes{bracketed(ids(scaled))}, with "
        f"{listed(scales) or 'no scale named'}; how findings were measured is not coded in full for {unknown} more."
    )
    return Answer(gives, verdict, reason, ids(scaled))
