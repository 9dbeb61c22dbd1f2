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


def works_by_group(stated: Stated, queries: ReviewQueries) -> Answer:
    """R06: Count the works cited for outcomes by group, from findings and again from the citations of claims."""
    groups = ids_of_terms(queries.framework.codebook.terms("stakeholders"))
    by_findings = {group: set(ids(queries.works_for_group(group))) for group in groups}
    by_claims = _works_by_claims(groups, queries)
    several = sum(sum(study.id in by_findings[group] for group in groups) > 1 for study in queries.cited)
    disagreeing = sorted(study for group in groups for study in by_findings[group] ^ by_claims[group])
    counts = listed([f"{queries.label('stakeholders', group)} {len(by_findings[group])}" for group in groups])
    works = plural(len(queries.cited), "distinct work")
    gives = f"{capitalise(counts)}; {works}, {several} of them in more than one group."
    if disagreeing:
        reason = f"Findings and citations of claims do not agree on {listed(disagreeing)}."
        return Answer(gives, "differ", reason, disagreeing)
    reason = "The review prints no count; in this base its citations and the findings coded from them give the same."
    return Answer(gives, "agree", reason, ids(queries.cited))


def _works_by_claims(groups: Sequence[str], queries: ReviewQueries) -> dict[str, set[str]]:
    """Return the ids of the works that claims about each stakeholder group cite."""
    claims = queries.review.claims
    works = {g: {cited for claim in claims if claim.stakeholder == g for cited in claim.cites} for g in groups}
    if not any(works.values()):
        raise MissingDataError("no claim about outcomes is held")
    return works


def little_on_community(stated: Stated, queries: ReviewQueries) -> Answer:
    """R08: Compare the works cited for the community with those for every other group."""
    community = queries.works_for_group("community")
    groups = queries.framework.codebook.terms("stakeholders")
    others = require((t.id for t in groups if t.id != "community"), "the codebook has no other group")
    fewest = all(len(community) < len(queries.works_for_group(group)) for group in others)
    share = share_with_interval(len(community), len(queries.cited), "works cited for outcomes")
    gives = f"{share} are cited for the community."
    judgement = "the community has the fewest works of all groups; how few is little, is a judgement"
    reason = f"In this base {judgement if fewest else 'another group has as few works or fewer'}."
    return Answer(gives, "agree" if fewest else "differ", reason, ids(community))


def works_by_outcome(stated: Stated, queries: ReviewQueries) -> Answer:
    """R12: Count the works cited for the outcomes by which the stated numbers are named."""
    known = ids_of_terms(queries.framework.codebook.terms("outcomes"))
    counts = {outcome: len(queries.works_on(outcome)) for outcome in stated.numbers if outcome in known}
    works = Counter(outcome for study in queries.cited for outcome in {f.outcome for f in study.findings})
    single = sum(number == 1 for number in works.values())
    labelled = listed([f"{queries.label('outcomes', outcome)} {number}" for outcome, number in counts.items()])
    gives = (
        f"{capitalise(labelled)}. Of {plural(len(works), 'outcome')} with a work cited for them, {single} rest on one "
        "work."
    )
    verdict, reason = compare_numbers(stated, counts, queries)
    if verdict == "differ":
        reason = f"{reason[:-1]}; a work counts for every outcome that its findings are coded to."
    return Answer(gives, verdict, reason, ids(queries.works_on(*counts)))


def fourth_benefit(stated: Stated, queries: ReviewQueries) -> Answer:
    """R13: Name the works that the review cites for the outcomes in a list of benefits."""
    known = ids_of_terms(queries.framework.codebook.terms("outcomes"))
    outcomes = require((o for o in stated.outcomes if o in known), "no outcome of the codebook is named for it")
    cited = {outcome: ids(queries.works_on(outcome)) for outcome in outcomes}
    reporting = {o: ids(s for s in queries.evidence if any(f.outcome == o for f in s.findings)) for o in outcomes}
    parts = [_cited_and_others(queries.label("outcomes", o), cited[o], reporting[o]) for o in outcomes]
    uncited = listed([queries.label("outcomes", o) for o in outcomes if not cited[o]])
    reason = f"Nothing that the review cites stands behind {uncited}." if uncited else "A work is cited for each part."
    rests_on = dict.fromkeys(study for studies in reporting.values() for study in studies)
    return Answer(f"{capitalise('; '.join(parts))}.", "differ" if uncited else "agree", reason, rests_on)


def _cited_and_others(label: str, cited: Sequence[str], reporting: Sequence[str]) -> str:
    others = [study for study in reporting if study not in cited]
    return (
        f"{label}: {plural(len(cited), 'work')} cited{bracketed(cited)}, "
        f"others seen to report it {len(set(others))}{bracketed(others)}"
    )


def works_by_year(stated: Stated, queries: ReviewQueries) -> Answer:
    """R14: Count the works cited in the section by year; the few works that one review picked show no trend."""
    works = require(queries.works_in_sections([stated.section]), "no work is cited in this section")
    years = sorted(Counter(s.year or 0 for s in works).items())
    coded = ids(s for s in works if any(f.outcome in stated.outcomes for f in s.findings))
    by_year = listed([f"{year or 'no date'} ({number})" for year, number in years])
    labels = listed([queries.label("outcomes", outcome) for outcome in stated.outcomes])
    gives = f"{plural(len(works), 'work')} cited in this section, by year: {by_year}; {len(coded)} coded for {labels}."
    reason = "Works that one review picked cannot show how a literature grows."
    return Answer(gives, "cannot_tell", reason, ids(works))


def published_scales(stated: Stated, queries: ReviewQueries) -> Answer:
    """R24: Name the published scales among the findings that the review reports."""
    with_scale = [s for s in queries.cited if any(f.measurement == "validated_scale" for f in s.findings)]
    scales = sorted({i for s in with_scale for f in s.findings for i in f.instruments})
    without_scale = [s for s in queries.cited if s not in with_scale]
    unknown = sum(any(f.measurement == NOT_CODED for f in s.findings) for s in without_scale)
    verdict, reason = compare_numbers(stated, {"scales": len(scales)}, queries)
    if verdict == "agree":
        same = all(scale in stated.statement for scale in scales)
        verdict = "agree" if same else "differ"
        reason = f"In this base the scales are {'the same' if same else 'others'}."
    gives = (
        f"At least {len(with_scale)} of {plural(len(queries.cited), 'work')} cited for "
        f"outcomes{bracketed(ids(with_scale))}, with {listed(scales) or 'no scale named'}; how findings were measured "
        f"is not coded in full for {unknown} more."
    )
    return Answer(gives, verdict, reason, ids(with_scale))
