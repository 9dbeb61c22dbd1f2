"""Coverage of the areas of another framework, such as a law, in words."""

from coprod_review.gaps.analyses.care_act import CareActFacts, Coverage
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import more_places
from coprod_review.phrasing.analyses.wording import Sentence, Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, number_with_verb, plural


def _statement(facts: CareActFacts, result: Result, framework: Framework) -> str:
    areas, words = framework.codebook.terms("care_act"), framework.about.subject.crosswalks.care_act
    every = result.all_findings.facts if result.all_findings else facts
    assert isinstance(every, CareActFacts)

    def labels(kind: Coverage) -> list[str]:
        return [f"{lower_first(area.label)} ({area.id})" for area in areas if every.coverage[area.id] == kind]

    testimony, nothing = labels("testimony only"), labels("nothing")
    studied = _studied(facts)
    with_finding = number_with_verb(studied, "has", "have")
    with_outcome = number_with_verb(facts.with_outcome, "has", "have")
    counts = f"{with_finding} a finding in at least one study, and {with_outcome} a finding about a change"
    sentences = [f"Of {plural(len(areas), words.term, words.terms)}, {counts}."]
    review = according_to(framework.review_name) if framework.review else ""
    more = _studied(every) - studied, every.with_outcome - facts.with_outcome
    if any(more):
        sentences.append(more_places(*more, review))
    if testimony:
        sentences.append(f"Only participants of the review speak of {listed(testimony)}.")
    if nothing:
        sentences.append(f"This base has no evidence on {listed(nothing)}.")
    if words.law:
        sentences.append(words.law)
    if words.nations:
        more_from_nations = every.from_nations - facts.from_nations
        added = f"; {review}, on {more_from_nations} more" if more_from_nations else ""
        reported = f"{facts.from_nations} of {plural(len(areas), words.term)}"
        sentences.append(f"Studies with data from {_nations(framework)} report on {reported}{added}.")
    return " ".join(sentences)


def _nations(framework: Framework) -> str:
    nations = framework.about.subject.crosswalks.care_act.nations
    return listed([framework.codebook.label("places", nation) for nation in nations])


def _studied(facts: CareActFacts) -> int:
    return sum(kind == "studied" for kind in facts.coverage.values())


_COLUMNS = (
    "Outcome counts the studies with a finding about a change. Testimony counts statements and examples by "
    "participants of the review."
)


def _note(vocabulary: str) -> Sentence:
    """Return the note below the table of another framework."""

    def note(facts: CareActFacts, result: Result, framework: Framework) -> str:
        return " ".join(filter(None, (framework.about.subject.crosswalk(vocabulary).law, _COLUMNS)))

    return note


def _caution(facts: CareActFacts, result: Result, framework: Framework) -> str:
    nations = _nations(framework)
    every = f"Studies from every nation are counted{f', not only those from {nations}' if nations else ''}."
    return f"{every} A study counts whatever it found and however strong it is."


WORDING = Wording(
    statement=_statement,
    caution=_caution,
    notes={
        "care-act.areas": (
            f"{_COLUMNS} In part means that every outcome with a finding belongs only in part to the area."
        ),
        "care-act.ascof": _note("ascof"),
        "care-act.ascot": _note("ascot"),
        "care-act.nations": (
            "A study with data from several nations is in several columns. A column with all parts of a place also "
            "counts the studies of these parts, each study once."
        ),
    },
)
