"""G3: whose the outcomes are: of those who took part, or of anyone who did not.

Benefit to those who took part is not benefit to those who use the result. The
set is the outcome studies with at least one coded beneficiary; from an abstract
only presence is known. Methods: docs/methods/analyses.md#beneficiaries.
"""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.gaps.charts import bars
from coprod_review.gaps.findings_table import findings_by
from coprod_review.gaps.shares import count, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_findings, outcome_trail, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, outcome_studies, stakeholder
from coprod_review.phrasing.figures import seen_in_words, unknown_of
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "Whose are the outcomes: of those who took part, or of anyone who did not?"
TOOK_PART = ("co_producer", "staff_involved")
OTHERS = ("wider_user", "staff_wider", "public")
CODED = (*TOOK_PART, *OTHERS)
POOL = "of the outcome studies with at least one outcome finding whose beneficiary is coded"
HANG_TOGETHER = "findings of one study hang together, so there are counts and no interval"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Studies with an outcome for those who took part, and for others; findings by beneficiary.

    Figures ``beneficiaries.wider`` and ``.took-part`` count studies,
    ``.co-producer-findings`` counts findings about people.
    """
    codebook = framework.codebook
    whole = eligible(studies)
    held = outcome_studies(studies, codebook)
    pool = tuple(s for s in held if any(f.beneficiary in CODED for f in outcome_findings(s, codebook)))

    def made(name: str, label: str, whose: str, terms: tuple[str, ...]) -> Figure:
        figure = share(
            f"beneficiaries.{name}",
            label,
            f"at least one outcome finding {whose}; {POOL}",
            pool,
            _for(terms, codebook),
            codebook,
            trail=outcome_trail(codebook, beneficiary=CODED),
            headline=True,
        )
        return withhold_share(figure, whole)

    wider = made(
        "wider",
        "Studies with an outcome for anyone who did not take part",
        "for wider users, other staff or the public",
        OTHERS,
    )
    took_part = made(
        "took-part",
        "Studies with an outcome for those who took part",
        "for co-producers or staff who took part",
        TOOK_PART,
    )
    return Result(
        analysis="beneficiaries",
        question=QUESTION,
        statement=_statement(held, pool, wider, took_part),
        caution="An outcome for those who took part says nothing about others; most sources do not say whose it is.",
        figures=(wider, took_part, _of_people(held, codebook)),
        tables=(_table(held, codebook),),
        missing="" if pool or not held else _missing(held),
        charts=(bars("beneficiaries", QUESTION, (("Did not take part", wider), ("Took part", took_part))),),
    )


def _missing(held: tuple[Study, ...]) -> str:
    return (
        f"no outcome finding of {plural(len(held), 'outcome study', 'outcome studies')} says whose it is: code "
        "beneficiary of each finding"
    )


def _for(terms: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Whether a study has an outcome for certain people; that it has none takes a full text with every code made."""

    def code(study: Study) -> bool | None:
        found = [f.beneficiary for f in outcome_findings(study, codebook)]
        return presence(study, found=any(b in terms for b in found), complete=NOT_CODED not in found)

    return code


def _of_people(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    """Outcome findings about people that are about those who took part."""
    about = [f for s in studies for f in outcome_findings(s, codebook) if stakeholder(f.outcome) == "people"]
    coded = [f.id for f in about if f.beneficiary in CODED]
    mine = [f.id for f in about if f.beneficiary == "co_producer"]
    figure = count(
        "beneficiaries.co-producer-findings",
        "Outcome findings about people that are about those who took part",
        "beneficiary co_producer; of the outcome findings about people whose beneficiary is coded",
        mine,
        coded,
        f"{HANG_TOGETHER}; the beneficiary of {len(about) - len(coded)} more is not coded",
        unit="finding",
    )
    return figure if coded else replace(figure, numerator=None, reason="no beneficiary of an outcome finding is coded")


def _statement(held: tuple[Study, ...], pool: tuple[Study, ...], wider: Figure, took_part: Figure) -> str:
    if not pool:
        return f"Not assessed: {_missing(held)}." if held else "No study here was seen to report an outcome."
    say = number_with_verb(len(pool), "says", "say")
    return (
        f"Of {plural(len(held), 'outcome study', 'outcome studies')}, {say} for at least one outcome whose it is. "
        f"An outcome for anyone who did not take part: {seen_in_words(wider)}. "
        f"An outcome for those who took part: {seen_in_words(took_part)}."
        + (" What was read cannot show that it was nobody else." if unknown_of(wider) else "")
    )


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "beneficiary",
        studies,
        codebook,
        title="Outcome findings by whose they are",
        head="Whose",
        note="A study may stand in several rows.",
        identity="beneficiaries.findings",
    )
