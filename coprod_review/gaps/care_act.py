"""G8: coverage of the nine areas of wellbeing in the Care Act 2014, through the outcome taxonomy.

The Act is English law, so studies are shown by nation too. Counts only: there
is no denominator for a law. Methods: methods.md 9.4 and 10 (G8); design.md decision 12.
"""

from collections.abc import Iterable

from coprod_review.gaps.figures import ids, is_primary, is_review
from coprod_review.models import Framework, Study, Term, eligible
from coprod_review.results import Count, Figure, Result, Table
from coprod_review.wording import listed, phrase, plural

NOTE = (
    "Outcome: with a finding that tells of a change. Said: statements and examples by participants. In part: only "
    "outcomes that fall partly under the area."
)
QUESTION = "Which areas of wellbeing in the Care Act 2014 does any study touch?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """For each area: distinct eligible studies with a finding on one of its outcomes, reviews, and statements.

    Figures are named ``care-act.<area>`` and have no denominator.
    """
    held = eligible(studies)
    areas = framework.codebook.terms("care_act")
    covered = {area.id: _studies(area, held, framework) for area in areas}
    said = {area.id: _statements(area, framework) for area in areas}
    england = [area for area in areas if any("England" in s.geography.data for s in covered[area.id])]
    return Result(
        analysis="care-act",
        question=QUESTION,
        statement=(
            f"{_statement(areas, covered, said, framework)} "
            f"Data from England stand behind {len(england)} of {len(areas)} areas."
        ),
        caution=(
            "The Care Act 2014 is English law; studies from every nation are counted here. A study counts where it has "
            "a finding in the area at any level, whatever it found and however strong it is."
        ),
        figures=tuple(_figure(area, covered[area.id]) for area in areas),
        tables=(_table(areas, covered, said, framework), _nations(areas, covered, framework)),
    )


def _outcomes(area: Term, framework: Framework) -> frozenset[str]:
    return frozenset(term.id for term in framework.codebook.terms("outcomes") if area.id in term.care_act)


def _studies(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    outcomes = _outcomes(area, framework)
    return tuple(s for s in studies if any(f.outcome in outcomes for f in s.findings))


def _statements(area: Term, framework: Framework) -> int:
    outcomes = _outcomes(area, framework)
    return sum(not outcomes.isdisjoint(said.outcomes) for said in framework.statements)


def _figure(area: Term, studies: tuple[Study, ...]) -> Figure:
    return Figure(
        id=f"care-act.{area.id}",
        label=f"Studies with a finding on {phrase(area.label)}",
        definition=f"at least one finding on an outcome of area ({area.id}), at any level",
        numerator=len(studies),
        denominator=None,
        value=None,
        studies=ids(studies),
        reason="a count: the Act gives no number to divide by",
    )


def verdict(studies: int, statements: int) -> str:
    """Studied, testimony only, or nothing."""
    return "studied" if studies else "testimony only" if statements else "nothing"


def _statement(
    areas: tuple[Term, ...], covered: dict[str, tuple[Study, ...]], said: dict[str, int], framework: Framework
) -> str:
    def named(kind: str) -> list[str]:
        found = [a for a in areas if verdict(len(covered[a.id]), said[a.id]) == kind]
        return [f"{phrase(a.label)} ({a.id})" for a in found]

    nothing, told = named("nothing"), named("testimony only")
    changed = sum(bool(_with_outcome(a, covered[a.id], framework)) for a in areas)
    touched = f"{len(named('studied'))} of {plural(len(areas), 'area')} of wellbeing"
    parts = [f"{touched} are touched by a finding in at least one study here, {changed} by one that tells of a change."]
    if told:
        parts.append(f"Seen in testimony alone: {listed(told)}.")
    if nothing:
        parts.append(f"Nothing was seen on {listed(nothing)}.")
    return " ".join(parts)


def _with_outcome(area: Term, studies: tuple[Study, ...], framework: Framework) -> tuple[Study, ...]:
    """The studies with a finding at level outcome or impact on an outcome of the area."""
    book, outcomes = framework.codebook, _outcomes(area, framework)
    return tuple(
        s
        for s in studies
        if any(f.outcome in outcomes and book.kind("levels", f.level) == "outcome" for f in s.findings)
    )


def _table(
    areas: tuple[Term, ...], covered: dict[str, tuple[Study, ...]], said: dict[str, int], framework: Framework
) -> Table:
    codebook = framework.codebook
    rows = []
    for area in areas:
        held = covered[area.id]
        whole = {t.id for t in codebook.terms("outcomes") if area.id in t.care_act and not t.care_act_part}
        in_part = bool(held) and not any(f.outcome in whole for s in held for f in s.findings)
        rows.append(
            (
                f"({area.id}) {area.label}",
                Count(ids(held)),
                Count(ids(_with_outcome(area, held, framework))),
                Count(ids(s for s in held if is_primary(s, codebook))),
                Count(ids(s for s in held if is_review(s, codebook))),
                said[area.id],
                verdict(len(held), said[area.id])
                + (", in part" if in_part else "")
                + (", no change told" if held and not _with_outcome(area, held, framework) else ""),
            )
        )  # fmt: skip
    columns = ("Area", "Studies", "Outcome", "Primary", "Reviews", "Said", "Evidence")
    return Table(
        "Areas of section 1(2)",
        columns,
        tuple(rows),
        NOTE,
    )


def _nations(areas: tuple[Term, ...], covered: dict[str, tuple[Study, ...]], framework: Framework) -> Table:
    inside = [term.id for term in framework.codebook.terms("places") if term.in_scope]

    def row(area: Term) -> tuple[str | Count, ...]:
        held = covered[area.id]
        home = [Count(ids(s for s in held if nation in s.geography.data)) for nation in inside]
        abroad = Count(ids(s for s in held if s.geography.data and not set(s.geography.data) & set(inside)))
        unseen = Count(ids(s for s in held if not s.geography.data))
        return f"({area.id})", *home, abroad, unseen

    names = [framework.codebook.label("places", nation) for nation in inside]
    columns = ("Area", *names, "Elsewhere only", "Not seen")
    return Table(
        "By place of the data",
        columns,
        tuple(map(row, areas)),
        "A study with data from several nations stands in each.",
    )
