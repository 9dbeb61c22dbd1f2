"""Coverage of the areas of wellbeing in the Care Act, in words."""

from coprod_review.gaps.analyses.care_act import CareActFacts, Coverage
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import more_places
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.attribution import according_to
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, number_with_verb, plural


def _statement(facts: CareActFacts, result: Result, framework: Framework) -> str:
    areas = framework.codebook.terms("care_act")

    every = result.all_findings.facts if result.all_findings else facts
    assert isinstance(every, CareActFacts)

    def labels(kind: Coverage) -> list[str]:
        return [f"{lower_first(area.label)} ({area.id})" for area in areas if every.coverage[area.id] == kind]

    testimony, nothing = labels("testimony only"), labels("nothing")
    studied = _studied(facts)
    with_finding = number_with_verb(studied, "has", "have")
    with_outcome = number_with_verb(facts.with_outcome, "has", "have")
    counts = f"{with_finding} a finding in at least one study, and {with_outcome} a finding about a change"
    sentences = [f"Of {plural(len(areas), 'area')} of wellbeing, {counts}."]
    review = according_to(framework.review_name) if framework.review else ""
    more = _studied(every) - studied, every.with_outcome - facts.with_outcome
    if any(more):
        sentences.append(more_places(*more, review))
    if testimony:
        sentences.append(f"Only participants of the review speak of {listed(testimony)}.")
    if nothing:
        sentences.append(f"This base has no evidence on {listed(nothing)}.")
    sentences.append("The Act is English law.")
    more_from_england = every.from_england - facts.from_england
    added = f"; {review}, on {more_from_england} more" if more_from_england else ""
    england = f"{facts.from_england} of {plural(len(areas), 'area')}"
    sentences.append(f"Studies with data from England report on {england}{added}.")
    return " ".join(sentences)


def _studied(facts: CareActFacts) -> int:
    return sum(kind == "studied" for kind in facts.coverage.values())


_COLUMNS = (
    "Outcome counts the studies with a finding about a change. Testimony counts statements and examples by "
    "participants of the review."
)

WORDING = Wording(
    statement=_statement,
    caution=(
        "Studies from every nation are counted, not only those from England. A study counts whatever it found and "
        "however strong it is."
    ),
    notes={
        "care-act.areas": (
            f"{_COLUMNS} In part means that every outcome with a finding belongs only in part to the area."
        ),
        "care-act.ascof": f"ASCOF is a framework of England, just as the Care Act is English law. {_COLUMNS}",
        "care-act.ascot": f"ASCOT describes domains of quality of life, for use in any nation. {_COLUMNS}",
        "care-act.nations": (
            "A study with data from several nations is in several columns. A column with all parts of a place also "
            "counts the studies of these parts, each study once."
        ),
    },
)
