"""Passages on what studies report: effects, findings in their own words, and who reports them."""

from collections.abc import Iterator, Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.effects import AGAINST, clauses
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.model.study import Finding, Study
from coprod_review.text.grammar import capitalise, listed, lower_first, plural


def effect(context: BriefingContext, key: str) -> Passage:
    """Return what studies report on one outcome, benefits and what is against them in one sentence."""
    return _sentence(context, key, of_change=True)


def part(context: BriefingContext, key: str) -> Passage:
    """Return what studies say about taking part, or about what was made, that bears on one outcome but is no change."""
    return _sentence(context, key, of_change=False)


def _sentence(context: BriefingContext, outcome: str, *, of_change: bool) -> Passage:
    known = {t.id: t for t in context.codebook.terms("outcomes")}
    look_up(known, outcome, "outcome")
    findings = context.findings_on(outcome, of_change=of_change)
    if not findings:
        return Passage(("no study in this base reports on it",), f"{outcome}: none")
    first, *rest = _clauses(context, findings)
    beginning = capitalise(first) if isinstance(first, str) else first
    return Passage((beginning, *rest), " ".join(_evidence_of(f) for _, f in findings), _cell_of(context, outcome))


def _clauses(context: BriefingContext, findings: Sequence[tuple[Study, Finding]]) -> Iterator[Piece]:
    against = second_hand = False
    for number, clause in enumerate(
        clauses(findings, context.codebook, lambda finding: is_second_hand(context, finding))
    ):
        if number:
            yield "; but " if clause.against and not against else "; and "
        if clause.second_hand:
            yield "also by it alone, " if second_hand else f"by {_name_of_review(context)} alone, "
        elif second_hand and not clause.second_hand:
            yield "as was seen in the work itself, "
        against, second_hand = against or clause.against, clause.second_hand
        words = clause.words.format(s="s" if len(clause.studies) == 1 else "")
        yield f"{studies_by_kind(context, clause.studies)} {words} "
        yield CitedStudies(clause.studies)


def studies_by_kind(context: BriefingContext, ids: Sequence[str]) -> str:
    """Return the number of studies of each kind: ``2 primary studies and 1 review``."""
    kinds = [context.codebook.kind("designs", context.study(i).design) for i in ids]
    primary, reviews = kinds.count("primary"), kinds.count("review")
    other = len(ids) - primary - reviews
    named = ((primary, "primary study"), (reviews, "review"), (other, "other study"))
    return listed([plural(n, noun) for n, noun in named if n])


def _name_of_review(context: BriefingContext) -> str:
    review = context.framework.review
    return f"the {review_name(review.id)}" if review else "a review"


def review_name(identity: str) -> str:
    """Return the name of a review in running text, from its id: ``SCIE review``."""
    return f"{identity.partition('-')[0].upper()} review"


def is_second_hand(context: BriefingContext, finding: Finding) -> bool:
    """Return whether only the review of this base reports a finding, and nothing that was read of the work does."""
    review = context.framework.review.id if context.framework.review else None
    return all(place.source == review for place in finding.reported_in)


def _evidence_of(finding: Finding) -> str:
    """Return what a sentence on a finding rests on."""
    certainty = finding.certainty.level if finding.certainty else "not assessed"
    sources = ",".join(place.source for place in finding.reported_in)
    return ":".join(
        (finding.id, finding.outcome, finding.level, finding.direction, finding.evidence_role, certainty, sources)
    )


def _cell_of(context: BriefingContext, outcome: str) -> str:
    """Return the cell of the map that has the studies of an outcome's domain."""
    cell = f"matrix.map/{'.'.join(outcome.split('.')[:2])}/studies"
    return cell if cell in context.counts else ""


def finding(context: BriefingContext, key: str) -> Passage:
    """Return one finding in its own words; several ids with commas are findings with the same words."""
    pairs = [look_up(context.findings_by_id, identity, "finding") for identity in key.split(",")]
    finding = pairs[0][1]
    if any(other.summary != finding.summary for _, other in pairs):
        raise UnknownName(f"The findings {key} are not told in the same words: tell each by itself.")
    tags = [
        tag
        for tag in (_contrary_direction(context, finding), _counts_of(finding), *_corroboration_notes(context, pairs))
        if tag
    ]
    tail = f" [{'; '.join(tags)}]" if tags else ""
    words = f"{_attribution(context, pairs)}: {finding.summary.rstrip('.')} "
    evidence = " ".join(f"{_evidence_of(f)} {f.summary}" for _, f in pairs)
    return Passage((words, CitedStudies(tuple(dict.fromkeys(s.id for s, _ in pairs))), tail), evidence)


def _attribution(context: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> str:
    """Return who reports a finding: the work itself, a review that relays it, or only the review of this base."""
    if all(is_second_hand(context, finding) for _, finding in pairs):
        return capitalise(f"{_name_of_review(context)} says")
    return "Reported" if any(f.evidence_role == "original" for _, f in pairs) else "Relayed"


def _contrary_direction(context: BriefingContext, finding: Finding) -> str:
    """Return a direction that is against a benefit; empty for any other."""
    label = context.codebook.label("directions", finding.direction)
    return lower_first(label) if finding.direction in AGAINST else ""


def _counts_of(finding: Finding) -> str:
    """Return the numbers that a finding gives, or that it gives a share of an unknown number."""
    counts = [f"{q.n} of {q.N}" for q in finding.figures if q.fraction]
    hidden = any(q.denominator == "not_reported" for q in finding.figures)
    return listed(counts) or ("of how many people is not said" if hidden else "")


def _corroboration_notes(context: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> Iterator[str]:
    """Yield whether the works confirm what only the review reports, or that nobody compared the two."""
    if not all(is_second_hand(context, finding) for _, finding in pairs):
        return
    review = context.framework.review
    claims = {c.id: c.corroboration for c in review.claims} if review else {}
    codes = {
        claims.get(place.claim, {}).get(study.id, "not_judged")
        for study, finding in pairs
        for place in finding.reported_in
        if place.claim
    }
    if codes and codes <= {"not_seen"}:
        yield "not seen in what was read of the work" if len(pairs) == 1 else "not seen in what was read of the works"
    elif "partly" in codes or "supported" in codes:
        yield "what was read of it fits in part" if len(pairs) == 1 else "what was read of some fits in part"
    elif codes:
        yield "not compared with the work"


def overall(context: BriefingContext, key: str) -> Passage:
    """Return how many studies report an outcome within a group, domain or outcome, its direction, and who says so."""
    changes = _studies_in(context, key, of_change=True)
    taking = _studies_in(context, key, of_change=False)
    studies = tuple(dict.fromkeys((*changes, *taking)))
    all_studies = plural(len(context.eligible), "study")
    if not studies:
        return Passage((f"None of {all_studies} was seen to report on this",), "none")
    kinds = f" ({studies_by_kind(context, changes)})" if changes else ""
    are = "are" if len(changes) > 1 else "is"
    words = f"{len(changes) or 'none'} of {all_studies}{kinds} {are} said to report an outcome of this kind"
    more = len(set(taking) - set(changes))
    also = f"; {more} more {'speaks' if more == 1 else 'speak'} only of taking part or of what was made" if more else ""
    sentence = f"{words}{_directions_in_words(context, key, changes)}{_second_hand_note(context, key, changes)}{also}"
    return Passage(
        (capitalise(sentence),), f"{_evidence_within(context, key, changes)}|{taking}", _openable_cell(context, key)
    )


def _evidence_within(context: BriefingContext, within: str, ids: Sequence[str]) -> str:
    return " ".join(_evidence_of(finding) for i in ids for finding in _findings_of_study(context, i, within))


def _directions_in_words(context: BriefingContext, within: str, ids: Sequence[str]) -> str:
    """Return how many studies report each direction; a study with several findings can count in several."""
    directions = [{f.direction for f in _findings_of_study(context, i, within)} for i in ids]
    terms = [t for t in context.codebook.terms("directions") if any(t.id in of_study for of_study in directions)]
    counts = [f"{lower_first(t.label)} {sum(t.id in of_study for of_study in directions)}" for t in terms]
    return f": {listed(counts)}" if counts else ""


def _second_hand_note(context: BriefingContext, within: str, ids: Sequence[str]) -> str:
    """Return for how many studies only the review of this base gives the direction."""
    second_hand = [i for i in ids if _is_direction_second_hand(context, _findings_of_study(context, i, within))]
    if not second_hand:
        return ""
    of_them = f" for {len(second_hand)} of these {len(ids)}" if len(second_hand) < len(ids) else ""
    return f"; which way it went is known from {_name_of_review(context)} alone{of_them}"


def _is_direction_second_hand(context: BriefingContext, findings: Sequence[Finding]) -> bool:
    """Return whether only the review of this base reports the findings that have a direction."""
    directed = [f for f in findings if f.direction != "not_stated"]
    return bool(directed) and all(is_second_hand(context, f) for f in directed)


def in_brief(context: BriefingContext, key: str) -> Passage:
    """Return how many studies are said to report an outcome, and for how many only the review says so."""
    changes = _studies_in(context, key, of_change=True)
    second_hand = [i for i in changes if all(is_second_hand(context, f) for f in _findings_of_study(context, i, key))]
    which = "all" if len(second_hand) == len(changes) else f"{len(second_hand)} of them"
    by = f" ({which} by {_name_of_review(context)} alone)" if second_hand else ""
    words = f"{len(changes) or 'none'} of {plural(len(context.eligible), 'study')}{by}"
    return Passage((words,), _evidence_within(context, key, changes), _openable_cell(context, key))


def _studies_in(context: BriefingContext, within: str, *, of_change: bool) -> tuple[str, ...]:
    outcomes = context.outcomes(within, of_change=of_change)
    ids = {study.id for outcome in outcomes for study, _ in context.findings_on(outcome, of_change=of_change)}
    return tuple(study.id for study in context.eligible if study.id in ids)


def _findings_of_study(context: BriefingContext, identity: str, within: str) -> list[Finding]:
    outcomes = context.outcomes(within, of_change=True)
    return [f for o in outcomes for s, f in context.findings_on(o, of_change=True) if s.id == identity]


def _openable_cell(context: BriefingContext, within: str) -> str:
    cell = f"focus.groups/{within}/outcome" if "." not in within else _cell_of(context, within)
    return cell if cell in context.counts else ""
