"""Random bases that are the same in every run, with every analysis of each run once."""

import functools
from dataclasses import replace
from random import Random

from coprod_review.gaps.registry import all_results
from coprod_review.model.base import Framework
from coprod_review.model.study import Appraisal, Certainty, Finding, Geography, ReportedIn, Reports, Search, Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from coprod_review.validate import valid_base
from tests.bases import SAMPLE
from tests.conftest import aims, finding, study

FRAMEWORK: Framework = valid_base.load(SAMPLE).framework
BOOK = FRAMEWORK.codebook
assert FRAMEWORK.review is not None
CITED = sorted({i for c in FRAMEWORK.review.claims for i in c.cites})[:4]


SIDES = ("absent", "not_coded")


@functools.cache
def terms(name: str) -> tuple[str, ...]:
    return tuple(term.id for term in BOOK.terms(name))


MOST_STUDIES = 25
BASES = 40


class RandomBase:
    """Studies with random codes, and what every analysis gives for them."""

    def __init__(self, studies: tuple[Study, ...]) -> None:
        self.studies = studies

    @functools.cached_property
    def results(self) -> tuple[Result, ...]:
        return all_results(self.studies, FRAMEWORK)

    @property
    def figures(self) -> list[Figure]:
        return [figure for result in self.results for figure in result.figures]

    @property
    def cells(self) -> list[tuple[str, Count]]:
        """The cells of all tables, each with the id that opens it."""
        tables = [table for result in self.results for table in result.tables]
        return [(name, count) for table in tables for name, _, count in table.cells()]


@functools.cache
def random_base(number: int) -> RandomBase:
    """A base by its number below ``BASES``: the first is empty, and the last has the most studies."""
    draw, size = Random(number), number * MOST_STUDIES // (BASES - 1)
    return RandomBase(tuple(_study(draw, n) for n in range(1, size + 1)))


def _study(draw: Random, number: int) -> Study:
    name = f"author{number}-2020"
    made = study(
        number,
        role=draw.choice(["evidence", "evidence", "evidence", "context"]),
        status=draw.choice(["active"] * 5 + ["retracted"]),
        design=_term(draw, "designs"),
        practice=_some(draw, terms("practices"), 2),
        sector=_some(draw, terms("sectors"), 2),
        aims=aims(draw.choice(["outcome", "process", "both", "neither", "not_coded"])),
        coded_from=draw.choice(["full_text", "full_text", "abstract"]),
        geography=Geography(data=_some(draw, ("England", "Italy", "International"), 2)),
        populations={group: _term(draw, "population_codes") for group in _some(draw, terms("groups"), 3)},
        characteristics={c: _term(draw, "characteristic_codes") for c in _some(draw, terms("characteristics"), 4)},
        principles_mentioned={p: _term(draw, "mentions") for p in _some(draw, terms("principles"), 4)},
        definition=_term(draw, "definitions"),
        reports=Reports(outcome=draw.choice(SIDES), process=draw.choice(SIDES)),
        search=draw.choice([None, _search(draw)]),
        cost_measure=_term(draw, "cost_measures"),
        looked_for_harm=_term(draw, "looked_for_harm"),
        involvement_in_outcomes=_term(draw, "involvement"),
        rung_claimed=_term(draw, "rungs"),
        rung_assessed=_term(draw, "rungs"),
        coders=draw.choice([(), ("A",), ("A", "B")]),
        cited_via=draw.choice([None, None, "author1-2020"]),
        appraisal=draw.choice([None, _appraisal(draw)]),
        findings=tuple(_finding(draw, name, n) for n in range(1, draw.randint(0, 4) + 1)),
        study_family=draw.choice([None] * 6 + ["one", "two"]),
    )
    doi, year = draw.choice([None, f"10.1/{number}"]), draw.choice([None, 2009, 2016, 2021])
    made = replace(made, citation=replace(made.citation, doi=doi, issued=year))
    # Some carry ids that the review cites, so that there are claims to count.
    cited = number <= len(CITED) and draw.random() < 0.5
    return replace(made, id=CITED[number - 1], findings=()) if cited else made


def _term(draw: Random, name: str) -> str:
    return draw.choice(terms(name))


def _some(draw: Random, of: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(draw.sample(of, draw.randint(0, most)))


def _search(draw: Random) -> Search:
    works = ("author1-2020", "AUTHOR2-2020", "10.1/3", "10.9/x", "10.9/X", "10.9/y")
    return Search(end=draw.choice([None, 2015, "2016-03", "2021-04", "2022"]), included_studies=_some(draw, works, 4))


def _appraisal(draw: Random) -> Appraisal:
    items = {item: draw.choice(["yes", "no"]) for item in _some(draw, ("1.1", "1/2"), 2)}
    return Appraisal(
        tool="MMAT 2018",
        items=items,
        serious_concern=_term(draw, "presence"),
        assessor="A",
        date="2026-01-01",
        rationale="r",
    )


SURE = Certainty(
    level="low", methodological_limitations="m", coherence="c", adequacy="a", relevance="r", assessor="A", date="d"
)


READ, BY_REVIEW = ((ReportedIn(source=source),) for source in ("abstract", FRAMEWORK.review.id))
"""Sources of a finding: a text that was read, and the review of the base."""


def _finding(draw: Random, name: str, number: int) -> Finding:
    return finding(
        name,
        number,
        outcome=_term(draw, "outcomes"),
        level=_term(draw, "levels"),
        direction=_term(draw, "directions"),
        beneficiary=_term(draw, "beneficiaries"),
        measurement=_term(draw, "measurements"),
        follow_up=_term(draw, "follow_up"),
        evidence_role=_term(draw, "evidence_roles"),
        instruments=draw.choice([(), ("WEMWBS",), ("PAM", "WEMWBS")]),
        certainty=draw.choice([None, SURE]),
        reported_in=draw.choice([READ, READ, (*READ, *BY_REVIEW), BY_REVIEW]),
    )


NOTHING_CODED = tuple(
    study(n, design="not_coded", findings=(), citation=replace(study(n).citation, issued=None)) for n in range(1, 13)
)
ODD_BASES = {
    "empty": (),
    "one": (study(1, findings=(finding(),)),),
    "nothing coded": NOTHING_CODED,
    "nothing coded, read whole": tuple(replace(s, coded_from="full_text") for s in NOTHING_CODED),
    "context alone": tuple(study(n, role="context", findings=(finding(f"author{n}-2020"),)) for n in range(1, 13)),
    "retracted alone": tuple(study(n, status="retracted", aims=aims("outcome")) for n in range(1, 13)),
    "reviews alone": tuple(
        study(n, design="scoping-review", search=Search(included_studies=("10.9/x",))) for n in range(1, 13)
    ),
}
