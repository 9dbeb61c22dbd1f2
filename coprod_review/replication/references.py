"""R01 to R05: the reference list, by how its works are cited, dated, placed and designed."""

from collections import Counter

from coprod_review.gaps.study_sets import ids, is_review
from coprod_review.model.review import Stated
from coprod_review.replication.queries import MissingDataError, ReviewQueries, require
from coprod_review.replication.sentences import bracketed, compare_numbers
from coprod_review.replication.verdicts import Answer, Verdict
from coprod_review.text.grammar import listed, plural


def references(stated: Stated, held: ReviewQueries) -> Answer:
    """R01: the works with a number, each cited by a claim at least once."""
    cited = {study for claim in require(held.review.claims, "no claim is held") for study in claim.cites}
    uncited = [study.id for study in held.works if study.id not in cited]
    verdict, reason = compare_numbers(stated, {"works": len(held.works)}, held)
    if uncited and verdict == "agree":
        verdict, reason = "differ", f"No claim in this base cites {listed(uncited)}."
    count = f"{plural(len(held.works), 'work')} in this base bear a number of the reference list"
    told = f"no claim cites {listed(uncited)}" if uncited else "each is cited by a claim at least once"
    return Answer(f"{count}; {told}.", verdict, reason, ids(held.works))


def second_hand(stated: Stated, held: ReviewQueries) -> Answer:
    """R02: works cited through another."""
    through = {study.id: study.cited_via for study in held.works if study.cited_via}
    told = listed([f"{study} (through {via})" for study, via in through.items()])
    gives = f"{len(through)} of {plural(len(held.works), 'work')}{f': {told}' if told else ''}."
    return Answer(gives, *compare_numbers(stated, {"second_hand": len(through)}, held), through)


def publication_years(stated: Stated, held: ReviewQueries) -> Answer:
    """R03: works by year of issue; reviews whose search ended before the window say so too."""
    first = stated.numbers.get("first_year")
    if first is None:
        raise MissingDataError("the first year of the window is not held")
    older = [s.id for s in held.works if s.year is not None and s.year < first]
    dated = sum(s.year is not None for s in held.works)
    undated = len(held.works) - dated
    gives = (
        f"Of {plural(len(held.works), 'work')}, {dated - len(older)} are dated {first:g} or later and {len(older)} "
        f"earlier{bracketed(older)}; {undated} without a date. {_ends_of_search(held, first)}"
    )
    exception = f"{len(older)} of {plural(dated, 'dated work')} are older"
    return Answer(gives, *_limit(len(older), undated, exception), older)


def _ends_of_search(held: ReviewQueries, first: float) -> str:
    ends = {s.id: str(s.search.end)[:4] for s in held.works if s.search and is_review(s, held.framework.codebook)}
    known = {study: int(end) for study, end in ends.items() if end.isdecimal()}
    early = [study for study, end in known.items() if end < first]
    reviews = plural(len(known), "review")
    return f"Of {reviews} with a known end of search, {len(early)} stopped before {first:g}{bracketed(early)}."


def within_nations(stated: Stated, held: ReviewQueries) -> Answer:
    """R04: where the data come from, and apart from that where the authors work."""
    home = {term.id for term in held.framework.codebook.terms("places") if term.in_scope}
    abroad = [s.id for s in held.evidence if set(s.geography.data) - home]
    unseen = sum(not s.geography.data for s in held.evidence)
    away = [s.id for s in held.works if set(s.geography.authors) - home]
    total = len(held.evidence)
    gives = (
        f"Of {plural(total, 'study')} that count as evidence, {total - len(abroad) - unseen} have data from the United "
        f"Kingdom alone and {len(abroad)} also or only from elsewhere{bracketed(abroad)}; for {unseen} the place is "
        f"not known. Another matter: {len(away)} of {plural(len(held.works), 'work')} have authors "
        f"elsewhere{bracketed(away)}."
    )
    exception = f"{plural(len(abroad), 'study')} of {total} hold data from elsewhere"
    return Answer(gives, *_limit(len(abroad), unseen, exception), (*abroad, *away))


def _limit(exceptions: int, unknown: int, exception: str) -> tuple[Verdict, str]:
    """The verdict on where attention was, with its reason: read as a limit, one exception is enough."""
    if exceptions:
        return "differ", f"Read as a limit it does not hold in this base: {exception}."
    if unknown:
        return "cannot_tell", "For some works in this base it is not known."
    return "agree", "In this base every work fits."


def designs(stated: Stated, held: ReviewQueries) -> Answer:
    """R05: the mix of designs, of which the review says nothing."""
    kinds = Counter(held.framework.codebook.kind("designs", s.design) or "unknown" for s in held.works)
    gives = (
        f"Of {plural(len(held.works), 'work')}: {plural(kinds['review'], 'review')}, "
        f"{plural(kinds['primary'], 'primary study')}, {kinds['other']} of other kinds (theory, policy, guidance, web "
        f"pages) and {kinds['unknown']} not known."
    )
    return Answer(gives, "cannot_tell", "The review states no number to set beside these.", ids(held.works))
