"""Passages on what studies report: effects by the table of wording, findings in their own words, who tells them."""

from collections.abc import Iterator, Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.effects import AGAINST, clauses
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.model.study import Finding, Study
from coprod_review.text.grammar import capitalise, listed, lower_first, plural


def effect(source: BriefingContext, key: str) -> Passage:
    """What studies report of one outcome, benefits and what speaks against them in one sentence."""
    return _sentence(source, key, of_change=True)


def part(source: BriefingContext, key: str) -> Passage:
    """What studies say of taking part, or of what was made, that bears on one outcome; no change is told of."""
    return _sentence(source, key, of_change=False)


def _sentence(source: BriefingContext, outcome: str, *, of_change: bool) -> Passage:
    known = {t.id: t for t in source.codebook.terms("outcomes")}
    look_up(known, outcome, "outcome")
    said = source.on_side(outcome, of_change=of_change)
    if not said:
        return Passage(("no study in this base reports on it",), f"{outcome}: none")
    first, *rest = _clauses(source, said)
    begun = capitalise(first) if isinstance(first, str) else first
    return Passage((begun, *rest), " ".join(_traits(f) for _, f in said), _cell_of(source, outcome))


def _clauses(source: BriefingContext, said: Sequence[tuple[Study, Finding]]) -> Iterator[Piece]:
    against = alone = False
    for number, clause in enumerate(clauses(said, source.codebook, lambda finding: relayed(source, finding))):
        if number:
            yield "; but " if clause.against and not against else "; and "
        if clause.second_hand:
            yield "also by it alone, " if alone else f"by {_review(source)} alone, "
        elif alone and not clause.second_hand:
            yield "as was seen in the work itself, "
        against, alone = against or clause.against, clause.second_hand
        yield f"{kinds_of(source, clause.studies)} {clause.words.format(s='s' if len(clause.studies) == 1 else '')} "
        yield CitedStudies(clause.studies)


def kinds_of(source: BriefingContext, ids: Sequence[str]) -> str:
    """Studies by their kind: ``2 primary studies and 1 review``."""
    kinds = [source.codebook.kind("designs", source.study(i).design) for i in ids]
    primary, reviews = kinds.count("primary"), kinds.count("review")
    other = len(ids) - primary - reviews
    named = ((primary, "primary study"), (reviews, "review"), (other, "other study"))
    return listed([plural(n, noun) for n, noun in named if n])


def _review(source: BriefingContext) -> str:
    review = source.framework.review
    return f"the {phrase_of(review.id)}" if review else "a review"


def phrase_of(identity: str) -> str:
    """The name of a review in running text, from its id: ``SCIE review``."""
    return f"{identity.partition('-')[0].upper()} review"


def relayed(source: BriefingContext, finding: Finding) -> bool:
    """Whether a finding was seen in the review of this base alone, and in nothing that was read of the work."""
    review = source.framework.review.id if source.framework.review else None
    return all(place.source == review for place in finding.reported_in)


def _traits(finding: Finding) -> str:
    """What a sentence on a finding rests on."""
    certainty = finding.certainty.level if finding.certainty else "not assessed"
    seen = ",".join(place.source for place in finding.reported_in)
    return ":".join(
        (finding.id, finding.outcome, finding.level, finding.direction, finding.evidence_role, certainty, seen)
    )


def _cell_of(source: BriefingContext, outcome: str) -> str:
    """The cell of the map that holds the studies of an outcome's domain."""
    cell = f"matrix.map/{'.'.join(outcome.split('.')[:2])}/studies"
    return cell if cell in source.counts else ""


def finding(source: BriefingContext, key: str) -> Passage:
    """One finding in its own words; several ids with commas are findings told in the same words."""
    pairs = [look_up(source.finding, identity, "finding") for identity in key.split(",")]
    finding = pairs[0][1]
    if any(other.summary != finding.summary for _, other in pairs):
        raise UnknownName(f"The findings {key} are not told in the same words: tell each by itself.")
    tags = [tag for tag in (_direction(source, finding), _base_of(finding), *_unseen(source, pairs)) if tag]
    tail = f" [{'; '.join(tags)}]" if tags else ""
    words = f"{_teller(source, pairs)}: {finding.summary.rstrip('.')} "
    evidence = " ".join(f"{_traits(f)} {f.summary}" for _, f in pairs)
    return Passage((words, CitedStudies(tuple(dict.fromkeys(s.id for s, _ in pairs))), tail), evidence)


def _teller(source: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> str:
    """Who tells a finding: the work itself, a review that passes it on, or the review of this base alone."""
    if all(relayed(source, finding) for _, finding in pairs):
        return capitalise(f"{_review(source)} says")
    return "Reported" if any(f.evidence_role == "original" for _, f in pairs) else "Relayed"


def _direction(source: BriefingContext, finding: Finding) -> str:
    """A direction that speaks against a benefit."""
    told = source.codebook.label("directions", finding.direction)
    return lower_first(told) if finding.direction in AGAINST else ""


def _base_of(finding: Finding) -> str:
    """The numbers that a finding gives, or that it gives a share of an unknown number."""
    told = [f"{q.n} of {q.N}" for q in finding.figures if q.fraction]
    hidden = any(q.denominator == "not_reported" for q in finding.figures)
    return listed(told) or ("of how many people is not said" if hidden else "")


def _unseen(source: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> Iterator[str]:
    """Where only the review says so: whether what was read of the works says nothing of it, or nobody compared."""
    if not all(relayed(source, finding) for _, finding in pairs):
        return
    review = source.framework.review
    claims = {c.id: c.corroboration for c in review.claims} if review else {}
    found = {
        claims.get(place.claim, {}).get(study.id, "not_judged")
        for study, finding in pairs
        for place in finding.reported_in
        if place.claim
    }
    if found and found <= {"not_seen"}:
        yield "not seen in what was read of the work" if len(pairs) == 1 else "not seen in what was read of the works"
    elif "partly" in found or "supported" in found:
        yield "what was read of it fits in part" if len(pairs) == 1 else "what was read of some fits in part"
    elif found:
        yield "not compared with the work"


def overall(source: BriefingContext, key: str) -> Passage:
    """How many studies report an outcome within a group, domain or outcome, which way it went, and who says so."""
    changes = _studies_in(source, key, of_change=True)
    taking = _studies_in(source, key, of_change=False)
    every = tuple(dict.fromkeys((*changes, *taking)))
    whole = plural(len(source.eligible), "study")
    if not every:
        return Passage((f"None of {whole} was seen to report on this",), "none")
    kinds = f" ({kinds_of(source, changes)})" if changes else ""
    are = "are" if len(changes) > 1 else "is"
    words = f"{len(changes) or 'none'} of {whole}{kinds} {are} said to report an outcome of this kind"
    more = len(set(taking) - set(changes))
    also = f"; {more} more {'speaks' if more == 1 else 'speak'} only of taking part or of what was made" if more else ""
    told = f"{words}{_ways(source, key, changes)}{_on_word(source, key, changes)}{also}"
    return Passage((capitalise(told),), f"{_rests_on(source, key, changes)}|{taking}", _opened_by(source, key))


def _rests_on(source: BriefingContext, within: str, ids: Sequence[str]) -> str:
    return " ".join(_traits(finding) for i in ids for finding in _of_study(source, i, within))


def _ways(source: BriefingContext, within: str, ids: Sequence[str]) -> str:
    """Which way outcomes went, by studies; one with several findings may stand in several."""
    held = [{f.direction for f in _of_study(source, i, within)} for i in ids]
    terms = [t for t in source.codebook.terms("directions") if any(t.id in found for found in held)]
    told = [f"{lower_first(t.label)} {sum(t.id in found for found in held)}" for t in terms]
    return f": {listed(told)}" if told else ""


def _on_word(source: BriefingContext, within: str, ids: Sequence[str]) -> str:
    """Of how many studies it is known from the review of this base alone which way it went."""
    alone = [i for i in ids if _second_hand(source, _of_study(source, i, within))]
    if not alone:
        return ""
    of_them = f" for {len(alone)} of these {len(ids)}" if len(alone) < len(ids) else ""
    return f"; which way it went is known from {_review(source)} alone{of_them}"


def _second_hand(source: BriefingContext, findings: Sequence[Finding]) -> bool:
    """Whether every finding that says which way it went was seen in the review of this base alone."""
    directed = [f for f in findings if f.direction != "not_stated"]
    return bool(directed) and all(relayed(source, f) for f in directed)


def in_brief(source: BriefingContext, key: str) -> Passage:
    """How many studies are said to report an outcome, and of how many that was seen in the review alone."""
    changes = _studies_in(source, key, of_change=True)
    alone = [i for i in changes if all(relayed(source, f) for f in _of_study(source, i, key))]
    which = "all" if len(alone) == len(changes) else f"{len(alone)} of them"
    by = f" ({which} by {_review(source)} alone)" if alone else ""
    words = f"{len(changes) or 'none'} of {plural(len(source.eligible), 'study')}{by}"
    return Passage((words,), _rests_on(source, key, changes), _opened_by(source, key))


def _studies_in(source: BriefingContext, within: str, *, of_change: bool) -> tuple[str, ...]:
    outcomes = source.outcomes(within, of_change=of_change)
    ids = {study.id for outcome in outcomes for study, _ in source.on_side(outcome, of_change=of_change)}
    return tuple(study.id for study in source.eligible if study.id in ids)


def _of_study(source: BriefingContext, identity: str, within: str) -> list[Finding]:
    outcomes = source.outcomes(within, of_change=True)
    return [f for o in outcomes for s, f in source.on_side(o, of_change=True) if s.id == identity]


def _opened_by(source: BriefingContext, within: str) -> str:
    cell = f"focus.groups/{within}/outcome" if "." not in within else _cell_of(source, within)
    return cell if cell in source.counts else ""
