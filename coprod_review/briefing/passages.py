"""What a briefing may say of a base: passages, each worked out from the base alone by its kind and key.

A template asks for a passage; ``brief --check`` works the same passage out again and compares. So a number can only
stand in a briefing as the base gives it, and a passage that the base no longer gives is found.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.briefing.effects import AGAINST, clauses
from coprod_review.briefing.seals import numbers
from coprod_review.briefing.source import Source, look_up
from coprod_review.errors import UnknownName
from coprod_review.gaps.charts import short
from coprod_review.models import Erratum, Finding, Study
from coprod_review.reports.analyses import headline
from coprod_review.results import Comparison, Figure, Gap
from coprod_review.wording import (
    capital,
    day,
    listed,
    phrase,
    plural,
    ratio_in_words,
    seen_in_words,
    unknown_of,
    visible,
)

FEWEST = 10
"""Of fewer studies counts alone are given (methods.md 10)."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place where studies are cited."""

    ids: tuple[str, ...]


Piece = str | Cited


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the base gives, and what they rest on."""

    pieces: tuple[Piece, ...]
    evidence: str = ""
    """What lies behind it; another state of the base that gives the same words from other studies has another."""
    opens: str = ""
    """What ``why`` opens to show it."""
    counted: bool = True
    """Whether the numbers in it are of the base, so that a change of one by hand is an error."""
    exact: bool = False
    """Whether its words have to stand as they are, as those of a caution or a gap do."""

    @property
    def text(self) -> str:
        """Its words without what it cites."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def cited(self) -> frozenset[str]:
        """Ids of what it cites."""
        return frozenset(i for piece in self.pieces if isinstance(piece, Cited) for i in piece.ids)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers as they are printed, where they are of the base."""
        return numbers(visible(" ".join(self.text.split()))) if self.counted else ()


# --- figures ------------------------------------------------------------------------


def _figure(source: Source, key: str) -> Figure:
    return look_up(source.figures, key, "figure")


def _behind(figure: Figure) -> str:
    """Which studies stand where in a figure."""
    return "|".join(",".join(sorted(part)) for part in (figure.counted, figure.among, figure.undecided))


def _said(figure: Figure, words: str) -> Passage:
    return Passage((words,), _behind(figure), figure.id)


def in_tens(value: float) -> str:
    """A share from 0 to 1 in words people use: ``about 3 in 10``, ``about 3 in 4``, ``about 1 in 14``."""
    if value == 1:
        return "all of them"
    near = next((words for quarter, words in _QUARTERS if abs(value - quarter) < _NEAR), "")
    if near or value < _SMALL:
        return near or f"about 1 in {int(1 / value + 0.5)}"
    tens = int(10 * value + 0.5)
    return "nearly all" if tens == 10 else f"about {tens} in 10"


_SMALL = 0.2
"""Below it tenths are too coarse: 2 of 28 is about 1 in 14 and not 1 in 10."""
_QUARTERS = ((0.25, "about 1 in 4"), (0.75, "about 3 in 4"))
_NEAR = 0.02


def share_in_tens(figure: Figure) -> str:
    """A share with what it is about in 10; counts alone where it is of few, or where some are not known."""
    if figure.value is None or unknown_of(figure) or not figure.numerator or (figure.denominator or 0) < FEWEST:
        return seen_in_words(figure) if unknown_of(figure) else _counted(figure)
    return f"{_counted(figure)}, {in_tens(figure.value)}" if figure.numerator > 1 else _counted(figure)


def _counted(figure: Figure) -> str:
    return f"{figure.numerator or 'none'} of {plural(figure.denominator or 0, figure.unit)}"


def range_in_words(figure: Figure) -> str:
    """How far a share could move, in the things that it counts; empty where no interval may be given."""
    if figure.value is None or figure.interval is None or figure.kind != "share" or unknown_of(figure):
        return ""
    total = figure.denominator or 0
    high = round((figure.interval.high or 0) * total)
    if figure.interval.sides == 1:
        return f"could plausibly be up to {high} of {total}"
    return f"could plausibly be between about {round(figure.interval.low * total)} and {high} of {total}"


def _share(source: Source, key: str) -> Passage:
    """A figure with what it is about in 10: ``22 of 28 studies, about 8 in 10``."""
    return _said(figure := _figure(source, key), _number(figure))


def _number(figure: Figure) -> str:
    """A figure of any kind in words."""
    if figure.kind == "share":
        return share_in_tens(figure)
    return _counted(figure) if figure.kind == "count" and figure.denominator else headline(figure)


def _limits(source: Source, key: str) -> Passage:
    """How far a share could plausibly move, in what it counts."""
    figure = _figure(source, key)
    return _said(figure, range_in_words(figure) or "no range can be given")


def _full(source: Source, key: str) -> Passage:
    """A figure with how far it could move."""
    figure = _figure(source, key)
    limits = range_in_words(figure)
    return _said(figure, f"{_number(figure)}{f' ({limits})' if limits else ''}")


def _short(source: Source, key: str) -> Passage:
    """A figure in as few words as a table holds."""
    figure = _figure(source, key)
    return _said(figure, short(figure) if figure.kind == "share" else headline(figure))


def _count(source: Source, key: str) -> Passage:
    """A figure's numerator, or the count of a table cell, with what is counted."""
    if key in source.counts:
        count = source.counts[key]
        return Passage((plural(count.n, count.unit),), ",".join(count.ids), key)
    figure = _figure(source, key)
    return _said(figure, plural(figure.numerator or 0, figure.unit))


def _tally(source: Source, key: str) -> Passage:
    """The count of a table cell, alone as it stands in a table."""
    count = look_up(source.counts, key, "table cell")
    return Passage((str(count.n),), ",".join(count.ids), key)


def _included(source: Source, key: str) -> Passage:
    """How many of all studies include a group of people, which is a least number where some do not say."""
    figure = _figure(source, f"representation.{key}.included")
    unknown = len(source.eligible) - (figure.denominator or 0)
    least = "at least " if unknown and figure.numerator else ""
    rest = f"; for the other {unknown} this is not known" if unknown else ""
    return _said(figure, f"{least}{figure.numerator or 'none'} of {plural(len(source.eligible), 'study')}{rest}")


def _ratio(source: Source, key: str) -> Passage:
    """A ratio in words, and whether it tells the two sides apart."""
    figure = _figure(source, key)
    if figure.kind != "ratio":
        raise UnknownName(f"`{key}` is no ratio: write share or full, or name a ratio such as focus.ratio.")
    return _said(figure, f"{ratio_in_words(figure, *_SIDES).rstrip('.')}{_apart(figure)}")


_SIDES = ("examine outcomes", "examine process")


def _apart(figure: Figure) -> str:
    if figure.interval is None or figure.value is None:
        return ""
    if figure.interval.low <= 1 and (figure.interval.high is None or figure.interval.high >= 1):
        return "; this cannot tell whether more studies do the one or the other"
    return f": more studies {_SIDES[0] if figure.value > 1 else _SIDES[1]}"


def _beside(source: Source, key: str) -> Passage:
    """A published number beside a figure: ``FIGURE#BENCHMARK``, or the claim or work that gives it."""
    name, _, identity = key.partition("#")
    figure = _figure(source, name)
    found = look_up({c.benchmark: c for c in figure.comparisons}, identity, "comparison")
    words = found.reason.rstrip(".") if found.of != "benchmark" else _population(source, found)
    held = {s.id for s in source.base.studies}
    cites = tuple(i for i in _cited_by(source, identity) if i in held)
    pieces: tuple[Piece, ...] = (f"{words} ", Cited(cites)) if cites else (words,)
    return Passage(pieces, f"{_behind(figure)} {found.share}", figure.id)


def _population(source: Source, found: Comparison) -> str:
    """A population share with its verdict."""
    share = next(b for b in source.framework.benchmarks if b.id == found.benchmark)
    least = "at least " if share.floor else ""
    verdict = (found.verdict or "no verdict").replace("to say", "to say whether that is a fair share")
    return (
        f"Beside {phrase(share.label)}, {least}{share.value}% ({share.publisher}, {share.year}): {verdict}; "
        f"{found.reason.rstrip('.')}"
    )


def _cited_by(source: Source, identity: str) -> tuple[str, ...]:
    """The works that give a published number."""
    review = source.framework.review
    claims = {c.id: c.cites for c in review.claims} if review else {}
    published = {p.id: p.study for p in review.published if p.study} if review else {}
    return claims.get(identity) or ((published[identity],) if identity in published else ())


def _on_group(source: Source, key: str) -> Passage:
    """How many studies focus on a group of people, with the name of the group, so that the two stay together."""
    figure = _figure(source, f"representation.{key}")
    limits = range_in_words(figure)
    number = f"{_number(figure)}{f' ({limits})' if limits else ''}"
    return _said(figure, f"On {phrase(source.codebook.label('groups', key))}: {number}")


def _behind_it(source: Source, key: str) -> Passage:
    """The studies behind a figure, a table cell or an analysis, by where they stand in it."""
    pieces: list[Piece] = []
    for name, ids in _members(source, key):
        if ids:
            pieces += [f"{name}: ", Cited(ids), ". "]
    return Passage(tuple(pieces), " ".join(str(p) for p in pieces), counted=False)


def _members(source: Source, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if key in source.results:
        held = {i for f in source.results[key].figures if f.unit == "study" for i in f.counted}
        return (("Counted in any of its numbers", tuple(s.id for s in source.eligible if s.id in held)),)
    if key in source.counts:
        count = source.counts[key]
        return (("Studies", count.ids if count.unit == "study" else ()),)
    figure = _figure(source, key)
    if figure.unit != "study":
        return ()
    rest = tuple(i for i in figure.among if i not in figure.counted)
    if figure.kind == "ratio":
        return (("First side", figure.counted), ("Second side", figure.among), ("Not known", figure.undecided))
    return (("Counted", figure.counted), ("Not counted", rest), ("Not known", figure.undecided))


def _label(source: Source, key: str) -> Passage:
    """What a figure is called."""
    return Passage((_figure(source, key).label,), counted=False)


def _answer(source: Source, key: str) -> Passage:
    """What an analysis found, in its own sentences; what a coder should do about it is left out."""
    result = look_up(source.results, key, "analysis")
    told, _, _ = result.missing.rpartition(": ")
    begins = (lambda text: text), capital
    words = result.statement
    for begin in begins:
        words = words.replace(begin(result.missing), begin(told)) if result.missing and told else words
    return Passage((words,), "".join(map(_behind, result.figures)), result.analysis)


def _caution(source: Source, key: str) -> Passage:
    """What an analysis may not be taken for."""
    return Passage((look_up(source.results, key, "analysis").caution,), counted=False, exact=True)


# --- findings -----------------------------------------------------------------------


def _effect(source: Source, key: str) -> Passage:
    """What studies report of one outcome, benefits and what speaks against them in one sentence."""
    return _sentence(source, key, of_change=True)


def _part(source: Source, key: str) -> Passage:
    """What studies say of taking part, or of what was made, that bears on one outcome; no change is told of."""
    return _sentence(source, key, of_change=False)


def _sentence(source: Source, outcome: str, *, of_change: bool) -> Passage:
    said = source.on_side(outcome, of_change=of_change)
    if not said:
        return Passage(("no study in this base reports on it",), f"{outcome}: none")
    first, *rest = _clauses(source, said)
    begun = capital(first) if isinstance(first, str) else first
    return Passage((begun, *rest), " ".join(_traits(f) for _, f in said), _cell_of(source, outcome))


def _clauses(source: Source, said: Sequence[tuple[Study, Finding]]) -> Iterator[Piece]:
    against = alone = False
    for number, clause in enumerate(clauses(said, source.codebook, lambda finding: relayed(source, finding))):
        if number:
            yield "; but " if clause.against and not against else "; and "
        if clause.second_hand and not alone:
            yield f"by {_review(source)} alone, "
        elif alone and not clause.second_hand:
            yield "as was seen in the work itself, "
        against, alone = against or clause.against, clause.second_hand
        yield f"{_kinds(source, clause.studies)} {clause.words.format(s='s' if len(clause.studies) == 1 else '')} "
        yield Cited(clause.studies)


def _kinds(source: Source, ids: Sequence[str]) -> str:
    """Studies by their kind: ``2 primary studies and 1 review``."""
    kinds = [source.codebook.kind("designs", source.study(i).design) for i in ids]
    primary, reviews = kinds.count("primary"), kinds.count("review")
    other = len(ids) - primary - reviews
    named = ((primary, "primary study"), (reviews, "review"), (other, "other study"))
    return listed([plural(n, noun) for n, noun in named if n])


def _review(source: Source) -> str:
    review = source.framework.review
    return f"the {phrase_of(review.id)}" if review else "a review"


def phrase_of(identity: str) -> str:
    """The name of a review in running text, from its id: ``SCIE review``."""
    return f"{identity.partition('-')[0].upper()} review"


def relayed(source: Source, finding: Finding) -> bool:
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


def _cell_of(source: Source, outcome: str) -> str:
    """The cell of the map that holds the studies of an outcome's domain."""
    cell = f"matrix.map/{'.'.join(outcome.split('.')[:2])}/studies"
    return cell if cell in source.counts else ""


def _finding(source: Source, key: str) -> Passage:
    """One finding in its own words; several ids with commas are findings told in the same words."""
    pairs = [look_up(source.finding, identity, "finding") for identity in key.split(",")]
    finding = pairs[0][1]
    tags = [tag for tag in (_direction(source, finding), _base_of(finding), *_unseen(source, pairs)) if tag]
    tail = f" [{'; '.join(tags)}]" if tags else ""
    words = f"{_teller(source, pairs)}: {finding.summary.rstrip('.')} "
    evidence = " ".join(f"{_traits(f)} {f.summary}" for _, f in pairs)
    return Passage((words, Cited(tuple(dict.fromkeys(s.id for s, _ in pairs))), tail), evidence)


def _teller(source: Source, pairs: Sequence[tuple[Study, Finding]]) -> str:
    """Who tells a finding: the work itself, a review that passes it on, or the review of this base alone."""
    if all(relayed(source, finding) for _, finding in pairs):
        return capital(f"{_review(source)} says")
    return "Reported" if any(f.evidence_role == "original" for _, f in pairs) else "Relayed"


def _direction(source: Source, finding: Finding) -> str:
    """A direction that speaks against a benefit."""
    told = source.codebook.label("directions", finding.direction)
    return phrase(told) if finding.direction in AGAINST else ""


def _base_of(finding: Finding) -> str:
    """The numbers that a finding gives, or that it gives a share of an unknown number."""
    told = [f"{q.n} of {q.N}" for q in finding.figures if q.fraction]
    hidden = any(q.denominator == "not_reported" for q in finding.figures)
    return listed(told) or ("of how many people is not said" if hidden else "")


def _unseen(source: Source, pairs: Sequence[tuple[Study, Finding]]) -> Iterator[str]:
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


def _overall(source: Source, key: str) -> Passage:
    """How many studies report an outcome within a group, domain or outcome, which way it went, and who says so."""
    changes = _studies_in(source, key, of_change=True)
    taking = _studies_in(source, key, of_change=False)
    every = tuple(dict.fromkeys((*changes, *taking)))
    whole = plural(len(source.eligible), "study")
    if not every:
        return Passage((f"None of {whole} was seen to report on this",), "none")
    kinds = f" ({_kinds(source, changes)})" if changes else ""
    were = "were" if len(changes) > 1 else "was"
    words = f"{len(changes) or 'none'} of {whole}{kinds} {were} seen to report an outcome of this kind"
    more = len(set(taking) - set(changes))
    also = f"; {more} more {'speaks' if more == 1 else 'speak'} only of taking part or of what was made" if more else ""
    told = f"{words}{_ways(source, key, changes)}{_on_word(source, key, changes)}{also}"
    evidence = " ".join(_traits(f) for i in every for f in source.study(i).findings)
    return Passage((capital(told),), evidence, _opened_by(source, key))


def _ways(source: Source, within: str, ids: Sequence[str]) -> str:
    """Which way outcomes went, by studies; one with several findings may stand in several."""
    held = [{f.direction for f in _of_study(source, i, within)} for i in ids]
    terms = [t for t in source.codebook.terms("directions") if any(t.id in found for found in held)]
    told = [f"{phrase(t.label)} {sum(t.id in found for found in held)}" for t in terms]
    return f": {listed(told)}" if told else ""


def _on_word(source: Source, within: str, ids: Sequence[str]) -> str:
    """Of how many studies a direction is known from the review of this base alone."""
    alone = [i for i in ids if _second_hand(source, _of_study(source, i, within))]
    if not alone:
        return ""
    which = "this" if len(ids) == 1 else f"{len(alone)} of these {len(ids)}"
    return f"; {which} by {_review(source)} alone"


def _second_hand(source: Source, findings: Sequence[Finding]) -> bool:
    """Whether every finding that says which way it went was seen in the review of this base alone."""
    directed = [f for f in findings if f.direction != "not_stated"] or findings
    return all(relayed(source, f) for f in directed)


def _in_brief(source: Source, key: str) -> Passage:
    """The same in a few words, for a list."""
    changes = _studies_in(source, key, of_change=True)
    alone = [i for i in changes if _second_hand(source, _of_study(source, i, key))]
    by = f" ({len(alone)} of them by {_review(source)} alone)" if alone else ""
    evidence = " ".join(_traits(f) for i in changes for f in source.study(i).findings)
    return Passage((f"{plural(len(changes), 'study')}{by}",), evidence, _opened_by(source, key))


def _studies_in(source: Source, within: str, *, of_change: bool) -> tuple[str, ...]:
    outcomes = source.outcomes(within, of_change=of_change)
    ids = {study.id for outcome in outcomes for study, _ in source.on_side(outcome, of_change=of_change)}
    return tuple(study.id for study in source.eligible if study.id in ids)


def _of_study(source: Source, identity: str, within: str) -> list[Finding]:
    outcomes = source.outcomes(within, of_change=True)
    return [f for o in outcomes for s, f in source.on_side(o, of_change=True) if s.id == identity]


def _opened_by(source: Source, within: str) -> str:
    cell = f"focus.groups/{within}/outcome" if "." not in within else _cell_of(source, within)
    return cell if cell in source.counts else ""


# --- gaps, claims and what people said ----------------------------------------------


def _gap(source: Source, key: str) -> Passage:
    """A gap that fired, in the words of its rule."""
    gap = look_up(source.gaps, key, "gap")
    words = capital(gap.statement)
    if source.codebook.find("domains", gap.where):
        words = words.replace(": ", ", ", 1)
    for short_words, longer in _FULLER:
        words = words.replace(short_words, longer)
    shown = _shown_by(source, gap)
    cited: tuple[Piece, ...] = (" ", Cited(shown)) if 0 < len(shown) <= _FEW else ()
    return Passage((words, *cited), f"{key} {','.join(gap.studies)}", gap.opens, exact=True)


_FULLER = (
    ("named by people, in no study here", "named by participants of the review, and in no study here"),
    ("seen in no study here", "no study here reports on it"),
)
_FEW = 4
"""Studies that are cited in a line; of more, the note names them."""


def _shown_by(source: Source, gap: Gap) -> tuple[str, ...]:
    """The studies that a gap speaks of; where it tells of none of a kind, those of another kind prove nothing."""
    if gap.type == "single_source":
        kind = source.codebook.kind
        return tuple(i for i in gap.studies if kind("designs", source.study(i).design) == "primary")
    return gap.studies if gap.type in ("thin", "review_only", "mixed") else ()


def _plain_gap(source: Source, key: str) -> Passage:
    """A gap in the shortest words; what has none of its own is told as ever."""
    gap = look_up(source.gaps, key, "gap")
    group = source.codebook.find("groups", gap.where)
    place = source.codebook.find("domains", gap.where)
    words = ""
    if group and gap.type == "none":
        words = f"No study here is about {phrase(group.label)}"
    elif group and gap.type == "thin":
        words = f"Only {plural(len(gap.studies), 'study')} here {'is' if len(gap.studies) == 1 else 'are'} about "
        words += phrase(group.label)
    elif place and gap.type == "testimony_only":
        words = f"People spoke of it, but no study here does: {phrase(place.label)}"
    words = words or capital(gap.statement)
    return Passage((words,), f"{key} {','.join(gap.studies)}", gap.opens, exact=True)


def _general(source: Source, key: str) -> Passage:
    """A gap of one type that is found in more than half of the cells."""
    told = {str(number): sentence for number, sentence in enumerate(source.results["matrix"].general, 1)}
    words = look_up(told, key, "general gap").rstrip(".").replace("cells at", "domains there is at")
    return Passage((words.replace("cells", "domains").replace("the cell", "the domain"),), key, "matrix", exact=True)


def _testimony(source: Source, key: str) -> Passage:
    """What a participant of the review said, or an example that one gave."""
    said = look_up({s.id: s for s in source.framework.statements}, key, "statement")
    return Passage((said.statement,), said.statement, counted=False)


def _influence(source: Source, key: str) -> Passage:
    """What the review holds to help or hinder measuring, with what was seen of it, and what corrects it."""
    review = source.framework.review
    held = {i.id: i for i in (*review.enablers, *review.barriers)} if review else {}
    found = look_up(held, key, "enabler or barrier")
    tail = f"{_seen(source, found.claim, found.cites)}.{_but(source, found.claim)}"
    return Passage(
        (f"{found.statement.rstrip('.')} ", Cited(found.cites), tail), f"{found.statement}{tail}", counted=False
    )


def _seen(source: Source, claim: str, cites: Sequence[str]) -> str:
    """How far a claim was seen in the works that it cites, in a few words; not compared is not the same as not seen."""
    review = source.framework.review
    held = next((c for c in review.claims if c.id == claim), None) if review else None
    found = [held.corroboration.get(i, "not_judged") if held else "not_judged" for i in cites]
    if len(found) == 1:
        return f" [{_SEEN[found[0]]} there]"
    told = [f"{words} in {found.count(code)}" for code, words in _SEEN.items() if code in found]
    return f" [of {len(found)} works: {listed(told)}]"


_SEEN = {
    "supported": "seen",
    "partly": "seen in part",
    "not_seen": "not seen",
    "contradicted": "contradicted",
    "not_judged": "not compared",
}


def _but(source: Source, claim: str) -> str:
    """What errata of the review hold against a claim; those that bear on many claims are told by themselves."""
    found = [e for e in source.errata.values() if claim in e.claims and len(e.claims) <= _FEW]
    return "".join(f" But: {e.correction.rstrip('.')}." for e in found)


def _recommendation(source: Source, key: str) -> Passage:
    """A recommendation of the review, in other words."""
    found = look_up({r.id: r for r in source.framework.recommendations}, key, "recommendation")
    return Passage((found.statement,), found.statement, counted=False, exact=True)


def _unmeasured(source: Source, key: str) -> Passage:
    """Why nothing in the base can measure a recommendation."""
    found = look_up({r.id: r for r in source.framework.recommendations}, key, "recommendation")
    return Passage((found.not_measurable_because or "No reason is given.",), counted=False)


def _claim(source: Source, key: str) -> Passage:
    """A claim of the review in corrected words, with how far it was seen in the works it cites."""
    review = source.framework.review
    found = look_up({c.id: c for c in review.claims} if review else {}, key, "claim")
    seen = _seen(source, found.id, found.cites)
    tail = f"{seen}.{_but(source, found.id)}"
    return Passage((f"{found.claim.rstrip('.')} ", Cited(found.cites), tail), f"{found.claim}{tail}", counted=False)


def _erratum(source: Source, key: str) -> Passage:
    """What the review has wrong or leaves open, always with what holds instead, and how sure that is."""
    found = look_up(source.errata, key, "erratum")
    cites: tuple[Piece, ...] = (" ", Cited(found.studies)) if 0 < len(found.studies) <= _FEW else ()
    words = f"{found.about.rstrip('.')}. {found.correction.rstrip('.')}"
    return Passage((words, *cites, f". {_sureness(found)}"), f"{found.about}{found.correction}", counted=False)


def _sureness(erratum: Erratum) -> str:
    """How sure an erratum is, and whether the original was read for it."""
    read = "the original was read" if erratum.verified_at_original else "the original was not read"
    return f"[How sure: {erratum.confidence}; {read}]"


def _caveat(source: Source, key: str) -> Passage:
    """What was seen of a study that the review leaves out or has otherwise; errors of citation are left out."""
    told = [f"{e.about.rstrip('.')}. {e.correction.rstrip('.')}." for e in caveats(source.study(key))]
    return Passage((" ".join(told),), " ".join(told), counted=False)


def caveats(study: Study) -> tuple[Erratum, ...]:
    """Errata of a study that bear on what it shows."""
    return tuple(e for e in study.errata if not e.about.startswith(("citation", "scope")))


# --- the base and its studies -------------------------------------------------------


def _basis(source: Source, key: str) -> Passage:
    """Facts of the base itself, each by its name."""
    told = look_up(FACTS, key, "fact of the base")(source)
    review = source.framework.review
    cites: tuple[Piece, ...] = (" ", Cited((review.id,))) if review and key == "search" else ()
    return Passage((told, *cites), told, exact=True)


_HASH = re.compile("[0-9a-f]{40}")
"""A git revision in full, of which the beginning tells enough."""


def _kinds_held(source: Source) -> str:
    return _kinds(source, [s.id for s in source.eligible])


def _coded(source: Source) -> str:
    terms = source.codebook.terms("coded_from")
    counts = [(sum(s.coded_from == t.id for s in source.eligible), phrase(t.label)) for t in terms]
    return listed([f"{n} from {'an' if name[0] in 'aeiou' else 'a'} {name}" for n, name in counts if n])


def _search(source: Source) -> str:
    """Where the works come from, as the base and the review tell it."""
    about = source.framework.about
    if about.search != "none documented":
        return about.search.rstrip(".")
    review = source.framework.review
    return (
        f"no search is documented; the works are those that the {phrase_of(review.id)} cites"
        if review
        else ("no search is documented")
    )


FACTS: Mapping[str, Callable[[Source], str]] = {
    "name": lambda s: s.framework.about.name,
    "title": lambda s: s.framework.about.title,
    "version": lambda s: s.framework.about.version,
    "as_of": lambda s: day(s.framework.about.as_of),
    "entries": lambda s: plural(len(s.base.studies), "work"),
    "evidence": lambda s: str(len(s.eligible)),
    "kinds": _kinds_held,
    "coding": lambda s: s.framework.about.coding.rstrip("."),
    "coded_from": _coded,
    "search": _search,
    "caution": lambda s: s.framework.about.caution.rstrip("."),
    "selection": lambda s: (s.framework.about.selection or "").rstrip("."),
    "eligibility": lambda s: s.framework.about.eligibility.rstrip("."),
    "method": lambda s: s.framework.review.method.rstrip(".") if s.framework.review else "",
    "reviewed": lambda s: str(s.framework.review.citation.issued or "a year not stated") if s.framework.review else "",
    "since": lambda s: s.since[:12] if _HASH.fullmatch(s.since) else s.since,
    "gaps": lambda s: plural(len(s.gaps), "gap"),
    "skipped": lambda s: listed(s.base.skipped),
    "then": lambda s: _state(s),
}  # fmt: skip


def _state(source: Source) -> str:
    then = source.then
    if then is None:
        return "nothing"
    about = then.framework.about
    return f"{plural(len(then.studies), 'work')}, base {about.name} {about.version} ({day(about.as_of)})"


def _study(source: Source, key: str) -> Passage:
    """A citation; the study has to be there, and to stand."""
    study = source.work(key)
    return Passage((), study.status, counted=False)


def _title(source: Source, key: str) -> Passage:
    """The title of a study with its year."""
    citation = source.study(key).citation
    return Passage((f"{citation.title.rstrip('.')} ({citation.issued or 'no date'}).",), counted=False)


def _reference(source: Source, key: str) -> Passage:
    """An entry of the references, tied to every code of the study."""
    return Passage((), repr(source.work(key)), counted=False)


# --- changes ------------------------------------------------------------------------


def _moved(source: Source, key: str) -> Passage:
    """A figure as it was and as it is."""
    moved = look_up({m.id: m for m in source.changes.figures}, key, "figure that moved")
    before, after = (share_or_none(figure) for figure in (moved.before, moved.after))
    figure = moved.after or moved.before
    assert figure is not None
    behind = _behind(moved.after) if moved.after else "gone"
    return Passage((f"{figure.label}: from {before} to {after}",), behind, key if moved.after else "")


def share_or_none(figure: Figure | None) -> str:
    """A figure in few words, or that there was none."""
    if figure is None:
        return "no such figure"
    return seen_in_words(figure) if figure.kind == "share" else headline(figure)


def _changed(source: Source, key: str) -> Passage:
    """A study that was added, removed or changed, by its title and year."""
    held = {s.id: s for s in (*(source.then.studies if source.then else ()), *source.base.studies)}
    study = look_up(held, key, "study")
    return Passage((f"{study.citation.title} ({study.year or 'no date'})",), repr(study), counted=False)


def _closed(source: Source, key: str) -> Passage:
    """A gap that was there in the earlier state and is no more."""
    gap = look_up({f"{g.type}/{g.where}": g for g in source.changes.closed}, key, "gap that closed")
    return Passage((capital(gap.statement),), key)


SAYS: Mapping[str, Callable[[Source, str], Passage]] = {
    "share": _share,
    "limits": _limits,
    "full": _full,
    "short": _short,
    "count": _count,
    "tally": _tally,
    "ratio": _ratio,
    "beside": _beside,
    "included": _included,
    "on_group": _on_group,
    "behind": _behind_it,
    "label": _label,
    "answer": _answer,
    "caution": _caution,
    "effect": _effect,
    "part": _part,
    "finding": _finding,
    "overall": _overall,
    "in_brief": _in_brief,
    "gap": _gap,
    "plain_gap": _plain_gap,
    "general": _general,
    "testimony": _testimony,
    "influence": _influence,
    "recommendation": _recommendation,
    "unmeasured": _unmeasured,
    "claim": _claim,
    "erratum": _erratum,
    "caveat": _caveat,
    "basis": _basis,
    "study": _study,
    "title": _title,
    "reference": _reference,
    "moved": _moved,
    "changed": _changed,
    "closed": _closed,
}
"""Every kind of passage by the name that templates and marks use."""


MARKS = frozenset({"study", "reference", "behind"})
"""Kinds that marks alone use: a template cites, and the program writes references and notes."""


def say(source: Source, kind: str, key: str) -> Passage:
    """A passage by its kind and key. Raises ``UnknownName`` where the base has no such thing."""
    return look_up(SAYS, kind, "kind of passage")(source, key)
