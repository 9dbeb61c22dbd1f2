"""Coverage of the areas of wellbeing in the Care Act, in words."""

from coprod_review.gaps.analyses.care_act import CareActFacts, Coverage
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural


def _statement(facts: CareActFacts, result: Result, framework: Framework) -> str:
    areas = framework.codebook.terms("care_act")

    def labels(kind: Coverage) -> list[str]:
        return [f"{lower_first(area.label)} ({area.id})" for area in areas if facts.coverage[area.id] == kind]

    nothing, testimony = labels("nothing"), labels("testimony only")
    touched = f"{len(labels('studied'))} of {plural(len(areas), 'area')} of wellbeing"
    changed = f"{facts.with_outcome} by one that tells of a change."
    parts = [f"{touched} are touched by a finding in at least one study here, {changed}"]
    if testimony:
        parts.append(f"Seen in testimony alone: {listed(testimony)}.")
    if nothing:
        parts.append(f"Nothing was seen on {listed(nothing)}.")
    return " ".join([*parts, f"Data from England stand behind {facts.from_england} of {len(areas)} areas."])


WORDING = Wording(
    statement=_statement,
    caution=(
        "The Care Act 2014 is English law; studies from every nation are counted here. A study counts where it has "
        "a finding in the area at any level, whatever it found and however strong it is."
    ),
    notes={
        "care-act.areas": (
            "Outcome: with a finding that tells of a change. Said: statements and examples by participants. In part: "
            "only outcomes that fall partly under the area."
        ),
        "care-act.nations": "A study with data from several nations stands in each.",
    },
)
