"""R01 to R05: the reference list: how its works are cited, and their dates, places and designs."""

from collections import Counter

from coprod_review.gaps.study_sets import ids, is_review
from coprod_review.model.review import Stated
from coprod_review.replication.queries import MissingDataError, ReviewQueries, require
from coprod_review.replication.sentences import bracketed, compare_numbers
from coprod_review.replication.verdicts import Answer, Verdict
from coprod_review.text.grammar import listed, plural


def references(stated: Stated, queries: ReviewQueries) -> Answer:
    """R01: Count the works with a number in the reference list, and check that a claim cites each."""
    cited = {study for claim in require(queries.review.claims, "no claim is held") for study in claim.cites}
    uncited = [study.id for study in queries.works if study.id not in cited]
    verdict, reason = compare_numbers(stated, {"works": len(queries.works)}, queries)
    if uncited and verdict == "agree":
        verdict, reason = "differ", f"No claim in this base cites {listed(uncited)}."
    count = f"{plural(len(queries.works), 'work')} in this base bear a number of the reference list"
    citing = f"no claim cites {listed(uncited)}" if uncited else "each is cited by a claim at least once"
    return Answer(f"{count}; {citing}.", verdict, reason, ids(queries.works))


def second_hand(stated: Stated, queries: ReviewQueries) -> Answer:
    """R02: Count the works that are cited through another."""
    through = {study.id: study.cited_via for study in queries.works if study.cited_via}
    names = listed([f"{study} (through {via})" for study, via in through.items()])
    gives = f"{len(through)} of {plural(len(queries.works), 'work')}{f': {names}' if names else ''}."
    return Answer(gives, *compare_numbers(stated, {"second_hand": len(through)}, queries), through)


def publication_years(stated: Stated, queries: ReviewQueries) -> Answer:
    """R03: Count the works older than the window by their year of issue, and the reviews by the end of their search."""
    first = stated.numbers.get("first_year")
    if first is None:
        raise MissingDataError("the first year of the window is not held")
    older = [s.id for s in queries.works if s.year is not None and s.year < first]
    dated = sum(s.year is not None for s in queries.works)
    undated = len(queries.works) - dated
    gives = (
        f"Of {plural(len(queries.works), 'work')}, {dated - len(older)} are dated {first:g} or later and {len(older)} "
        f"earlier{bracketed(older)}; {undated} without a date. {_ends_of_search(queries, first)}"
    )
    exception = f"{len(older)} of {plural(dated, 'dated work')} are older"
    return Answer(gives, *_limit_verdict(len(older), undated, exception), older)


def _ends_of_search(queries: ReviewQueries, first: float) -> str:
    """Return how many reviews stopped searching before the window, in words."""
    ends = {s.id: str(s.search.end)[:4] for s in queries.works if s.search and is_review(s, queries.framework.codebook)}
    known = {study: int(end) for study, end in ends.items() if end.isdecimal()}
    early = [study for study, end in known.items() if end < first]
    reviews = plural(len(known), "review")
    return f"Of {reviews} with a known end of search, {len(early)} stopped before {first:g}{bracketed(early)}."


def within_nations(stated: Stated, queries: ReviewQueries) -> Answer:
    """R04: Count the studies by where their data come from, and the works by where their authors are."""
    nations = queries.framework.codebook.nations
    data_elsewhere = [s.id for s in queries.evidence if not nations.issuperset(s.geography.data)]
    unknown = sum(not s.geography.data for s in queries.evidence)
    authors_elsewhere = [s.id for s in queries.works if not nations.issuperset(s.geography.authors)]
    total = len(queries.evidence)
    gives = (
        f"Of {plural(total, 'study')} that count as evidence, {total - len(data_elsewhere) - unknown} have data from "
        f"the United Kingdom alone and {len(data_elsewhere)} also or only from elsewhere{bracketed(data_elsewhere)}; "
        f"for {unknown} the place is not known. Another matter: {len(authors_elsewhere)} of "
        f"{plural(len(queries.works), 'work')} have authors elsewhere{bracketed(authors_elsewhere)}."
    )
    exception = f"{plural(len(data_elsewhere), 'study')} of {total} hold data from elsewhere"
    verdict, reason = _limit_verdict(len(data_elsewhere), unknown, exception)
    return Answer(gives, verdict, reason, (*data_elsewhere, *authors_elsewhere))


def _limit_verdict(exceptions: int, unknown: int, exception: str) -> tuple[Verdict, str]:
    """Return the verdict on a limit that the review states, with its reason; one exception is enough to differ."""
    if exceptions:
        return "differ", f"Read as a limit it does not hold in this base: {exception}."
    if unknown:
        return "cannot_tell", "For some works in this base it is not known."
    return "agree", "In this base every work fits."


def designs(stated: Stated, queries: ReviewQueries) -> Answer:
    """R05: Count the works by design, of which the review states no number."""
    kinds = Counter(queries.framework.codebook.kind("designs", s.design) or "unknown" for s in queries.works)
    gives = (
        f"Of {plural(len(queries.works), 'work')}: {plural(kinds['review'], 'review')}, "
        f"{plural(kinds['primary'], 'primary study')}, {kinds['other']} of other kinds (theory, policy, guidance, web "
        f"pages) and {kinds['unknown']} not known."
    )
    return Answer(gives, "cannot_tell", "The review states no number to set beside these.", ids(queries.works))
