"""R17 to R23: what stands in the review itself: its points, recommendations, statements, examples, topics and terms."""

from collections import Counter
from collections.abc import Collection
from typing import Literal

from coprod_review.gaps.study_sets import ids
from coprod_review.model.record import NOT_CODED
from coprod_review.model.review import Influence, Stated
from coprod_review.replication.queries import ReviewQueries, require
from coprod_review.replication.sentences import bracketed, compare_numbers
from coprod_review.replication.verdicts import JUDGEMENTS, Answer
from coprod_review.text.grammar import listed, lower_first, plural


def influences(stated: Stated, held: ReviewQueries, *, kind: Literal["enablers", "barriers"]) -> Answer:
    """R17, R18: points of a list, the distinct works cited for them, and how far those works bear them out."""
    points: tuple[Influence, ...] = require(getattr(held.review, kind), f"no {kind} are held")
    works = dict.fromkeys(study for point in points for study in point.cites)
    through = [s.id for s in held.studies if s.id in works and s.cited_via]
    claims = dict.fromkeys(point.claim for point in points)
    gives = (
        f"{plural(len(points), kind[:-1])} held under {plural(len(claims), 'claim')}, with "
        f"{plural(len(works), 'distinct work')}, {len(through)} of them through another{bracketed(through)}. "
        f"{_borne_out(claims, held)}"
    )
    counted = {"points": len(claims), "works": len(works)}
    if "second_hand" in stated.numbers:
        counted["second_hand"] = len(through)
    return Answer(gives, *compare_numbers(stated, counted, held), (*(point.id for point in points), *claims, *works))


def _borne_out(claims: Collection[str], held: ReviewQueries) -> str:
    codes = Counter(code for claim in held.review.claims if claim.id in claims for code in claim.corroboration.values())
    judged = [f"{held.label('corroboration', code)} {codes[code]}" for code in reversed(JUDGEMENTS) if codes[code]]
    citations = plural(codes.total(), "citation")
    return f"Of {citations}, by whether the work was seen to say it: {listed(judged) or 'none judged'}."


def recommendations(stated: Stated, held: ReviewQueries) -> Answer:
    """R19: recommendations, and how many of them a figure of this base can follow."""
    held_here = require(held.review.recommendations, "no recommendation is held")
    measured = [r.id for r in held_here if r.measured_by]
    gives = (
        f"{plural(len(held_here), 'recommendation')}, each held once; {len(measured)} of them can be followed by a "
        f"figure of this base{bracketed(measured)}."
    )
    verdict, reason = compare_numbers(stated, {"recommendations": len(held_here)}, held)
    if verdict == "agree":
        reason = "In this base the count is the same; how they are divided is not held as a field."
    return Answer(gives, verdict, reason, [r.id for r in held_here])


def testimony_apart(stated: Stated, held: ReviewQueries) -> Answer:
    """R20: statements of the sections that belong to participants, and findings of studies that stand there."""
    sections = stated.section.split(", ")
    said = require((s for s in held.framework.statements if s.section in sections), "no statement is held")
    everything = len(held.framework.statements)
    astray = ids(held.in_sections(sections))
    gives = (
        f"{plural(len(said), 'statement')} in these sections, of {everything} held with examples; {len(astray)} "
        f"studies have a finding that is reported there{bracketed(astray)}."
    )
    if astray:
        return Answer(gives, "differ", "In this base a finding of a study stands among what participants said.", astray)
    reason = "In this base no finding of a study stands among what participants said."
    return Answer(gives, "agree", reason, [s.id for s in said])


def examples(stated: Stated, held: ReviewQueries) -> Answer:
    """R21: examples as held; which of them stand in the review's list is not coded."""
    found = require(held.review.examples, "no example is held")
    verdict, reason = compare_numbers(stated, {"listed": len(found)}, held)
    if verdict == "differ" and len(found) > stated.numbers["listed"]:
        verdict, reason = "cannot_tell", "Which of the examples in this base stand in the list is not coded."
    return Answer(f"{plural(len(found), 'example')} held.", verdict, reason, [e.id for e in found])


def topics(stated: Stated, held: ReviewQueries) -> Answer:
    """R22: topics of the sessions; the sessions themselves are told in words."""
    found = require(held.review.topics, "no topic is held")
    verdict, reason = compare_numbers(stated, {"topics": len(found)}, held)
    if verdict == "agree":
        reason = "In this base the count of topics is the same; sessions, dates and nations are held in words alone."
    return Answer(f"{plural(len(found), 'topic')} held, the last: {lower_first(found[-1])}.", verdict, reason)


def vocabularies(stated: Stated, held: ReviewQueries) -> Answer:
    """R23: principles that the statement names, and the top step of the ladder, against the codebook."""
    book = held.framework.codebook
    principles = require((t.id for t in book.terms("principles")), "the codebook has no principles")
    steps = require((t.id for t in book.terms("rungs") if t.id != NOT_CODED), "the codebook has no steps of a ladder")
    verdict, reason = compare_numbers(stated, {"principles": len(principles)}, held)
    strange = [p for p in principles if p not in stated.statement.lower()]
    if verdict == "agree" and (strange or steps[-1] != "co-production"):
        verdict, reason = "differ", "In this base a principle, or the top step of the ladder, is another."
    elif verdict == "agree":
        reason = "In this base the principles and the top step of the ladder are the same."
    labels = listed([held.label("principles", p) for p in principles])
    count = f"{plural(len(principles), 'principle')} in the codebook: {labels}"
    gives = f"{count}; {len(steps)} steps of a ladder, {held.label('rungs', steps[-1])} on top."
    return Answer(gives, verdict, reason, dict.fromkeys(c for claim in held.claims(stated) for c in claim.cites))
