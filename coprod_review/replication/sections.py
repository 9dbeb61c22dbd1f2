"""R17 to R23: the content of the review: its points, recommendations, statements, examples, topics and terms."""

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


def influences(stated: Stated, queries: ReviewQueries, *, kind: Literal["enablers", "barriers"]) -> Answer:
    """R17, R18: Count the points of a list, the works cited for them, and how many of these works bear them out."""
    points: tuple[Influence, ...] = require(getattr(queries.review, kind), f"no {kind} are held")
    works = dict.fromkeys(study for point in points for study in point.cites)
    through = [s.id for s in queries.studies if s.id in works and s.cited_via]
    claims = dict.fromkeys(point.claim for point in points)
    gives = (
        f"{plural(len(points), kind[:-1])} held under {plural(len(claims), 'claim')}, with "
        f"{plural(len(works), 'distinct work')}, {len(through)} of them through another{bracketed(through)}. "
        f"{_corroboration(claims, queries)}"
    )
    counts = {"points": len(claims), "works": len(works)}
    if "second_hand" in stated.numbers:
        counts["second_hand"] = len(through)
    return Answer(gives, *compare_numbers(stated, counts, queries), (*(point.id for point in points), *claims, *works))


def _corroboration(claims: Collection[str], queries: ReviewQueries) -> str:
    codes = Counter(
        code for claim in queries.review.claims if claim.id in claims for code in claim.corroboration.values()
    )
    judged = [f"{queries.label('corroboration', code)} {codes[code]}" for code in reversed(JUDGEMENTS) if codes[code]]
    citations = plural(codes.total(), "citation")
    return f"Of {citations}, by whether the work was seen to say it: {listed(judged) or 'none judged'}."


def recommendations(stated: Stated, queries: ReviewQueries) -> Answer:
    """R19: Count the recommendations, and those that a figure of this base measures."""
    recorded = require(queries.review.recommendations, "no recommendation is held")
    measured = [r.id for r in recorded if r.measured_by]
    gives = (
        f"{plural(len(recorded), 'recommendation')}, each held once; {len(measured)} of them can be followed by a "
        f"figure of this base{bracketed(measured)}."
    )
    verdict, reason = compare_numbers(stated, {"recommendations": len(recorded)}, queries)
    if verdict == "agree":
        reason = "In this base the count is the same; how they are divided is not held as a field."
    return Answer(gives, verdict, reason, [r.id for r in recorded])


def testimony_apart(stated: Stated, queries: ReviewQueries) -> Answer:
    """R20: Count the statements in the sections for participants, and the studies with a finding reported there."""
    sections = stated.section.split(", ")
    statements = require((s for s in queries.framework.statements if s.section in sections), "no statement is held")
    total = len(queries.framework.statements)
    studies = ids(queries.works_in_sections(sections))
    gives = (
        f"{plural(len(statements), 'statement')} in these sections, of {total} held with examples; {len(studies)} "
        f"studies have a finding that is reported there{bracketed(studies)}."
    )
    if studies:
        reason = "In this base a finding of a study stands among what participants said."
        return Answer(gives, "differ", reason, studies)
    reason = "In this base no finding of a study stands among what participants said."
    return Answer(gives, "agree", reason, [s.id for s in statements])


def examples(stated: Stated, queries: ReviewQueries) -> Answer:
    """R21: Count the examples; which of them are in the review's list is not coded."""
    recorded = require(queries.review.examples, "no example is held")
    verdict, reason = compare_numbers(stated, {"listed": len(recorded)}, queries)
    if verdict == "differ" and len(recorded) > stated.numbers["listed"]:
        verdict, reason = "cannot_tell", "Which of the examples in this base stand in the list is not coded."
    return Answer(f"{plural(len(recorded), 'example')} held.", verdict, reason, [e.id for e in recorded])


def topics(stated: Stated, queries: ReviewQueries) -> Answer:
    """R22: Count the topics of the sessions; the sessions themselves are not data."""
    recorded = require(queries.review.topics, "no topic is held")
    verdict, reason = compare_numbers(stated, {"topics": len(recorded)}, queries)
    if verdict == "agree":
        reason = "In this base the count of topics is the same; sessions, dates and nations are held in words alone."
    return Answer(f"{plural(len(recorded), 'topic')} held, the last: {lower_first(recorded[-1])}.", verdict, reason)


def vocabularies(stated: Stated, queries: ReviewQueries) -> Answer:
    """R23: Compare the principles that the statement names, and the top step of the ladder, with the codebook."""
    codebook = queries.framework.codebook
    principles = require((t.id for t in codebook.terms("principles")), "the codebook has no principles")
    rungs = (t.id for t in codebook.terms("rungs") if t.id != NOT_CODED)
    steps = require(rungs, "the codebook has no steps of a ladder")
    verdict, reason = compare_numbers(stated, {"principles": len(principles)}, queries)
    not_named = [p for p in principles if p not in stated.statement.lower()]
    if verdict == "agree" and (not_named or steps[-1] != "co-production"):
        verdict, reason = "differ", "In this base a principle, or the top step of the ladder, is another."
    elif verdict == "agree":
        reason = "In this base the principles and the top step of the ladder are the same."
    labels = listed([queries.label("principles", p) for p in principles])
    count = f"{plural(len(principles), 'principle')} in the codebook: {labels}"
    gives = f"{count}; {len(steps)} steps of a ladder, {queries.label('rungs', steps[-1])} on top."
    return Answer(gives, verdict, reason, dict.fromkeys(c for claim in queries.claims(stated) for c in claim.cites))
