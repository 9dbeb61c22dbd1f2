"""G6: whether studies define the practice, and which of the principles they mention.

To mention a principle is not to act on it, and an abstract can show that one is mentioned but not that it is missing.
Methods: docs/methods/analyses.md#principles.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.shares import countable, share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, ids, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import plural

QUESTION = "Do studies say what {practice} is, and which principles do they mention?"
MENTIONED = "counts mentions, whether or not the study acts on them; out of the eligible studies"
LABELS = ("A definition", "Any principle", "Every principle")


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the shares of studies that define the practice, and that mention any, all or each of the principles."""
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    principles = codebook.terms("principles")
    definition = _definition(studies, framework)
    shares = (definition, *_mention_shares(studies, ids_of_terms(principles), codebook))
    figures = tuple(withhold_share(figure, studies, codebook) for figure in shares)
    general = zip(LABELS, figures[:3], strict=True)
    single = zip((term.label for term in principles), figures[4:], strict=True)
    return Result(
        analysis="principles",
        figures=figures,
        tables=(_table(studies, codebook),),
        charts=(bars("principles", (*general, *single)),),
    )


def _definition(studies: tuple[Study, ...], framework: Framework) -> Figure:
    codebook = framework.codebook
    figure = share(
        "principles.definition",
        f"Studies that define {framework.about.subject.practice}",
        "counts a study if it gives or cites a definition; out of the eligible studies",
        studies,
        lambda s: codebook.answer("definitions", s.definition),
        codebook,
        criteria=Criteria(("definition",)),
    )
    return countable(figure, codebook, "definitions", "present")


def _mention_shares(studies: tuple[Study, ...], principles: tuple[str, ...], codebook: Codebook) -> tuple[Figure, ...]:
    """Return the shares that mention any principle, every one, every one of those with a definition, and each."""
    mentions = tuple(f"principles_mentioned.{p}" for p in principles)
    with_definition = tuple(s for s in studies if codebook.answer("definitions", s.definition))
    every = _mentions_every(principles, codebook)

    def figure(name: str, label: str, pool: tuple[Study, ...], test: StudyTest, *codes: str) -> Figure:
        identity, criteria = f"principles.{name}", Criteria(codes)
        definition = f"{MENTIONED} with a definition" if pool is with_definition else MENTIONED
        figure = share(identity, label, definition, pool, test, codebook, criteria=criteria, headline=name == "any")
        return countable(figure, codebook, "mentions", "present")

    return (
        figure(
            "any",
            "Studies that mention at least one principle",
            studies,
            _mentions_any(principles, codebook),
            *mentions,
        ),
        figure("all", "Studies that mention every principle", studies, every, *mentions),
        figure(
            "all-of-defined",
            "Studies with a definition that mention every principle",
            with_definition,
            every,
            "definition",
            *mentions,
        ),
        *(
            figure(p, f"Studies that mention {p}", studies, _mentions(p, codebook), f"principles_mentioned.{p}")
            for p in principles
        ),
    )


def _mentions(principle: str, codebook: Codebook) -> StudyTest:
    return lambda study: codebook.answer("mentions", study.principles_mentioned.get(principle, NOT_CODED))


def _mentions_any(principles: tuple[str, ...], codebook: Codebook) -> StudyTest:
    def test(study: Study) -> bool | None:
        answers = [_mentions(p, codebook)(study) for p in principles]
        return True if True in answers else None if None in answers else False

    return test


def _mentions_every(principles: tuple[str, ...], codebook: Codebook) -> StudyTest:
    def test(study: Study) -> bool | None:
        answers = [_mentions(p, codebook)(study) for p in principles]
        return False if False in answers else None if None in answers else True

    return test


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    def cell(principle: str, answer: bool | None) -> Cell:
        coded = ids(s for s in studies if _mentions(principle, codebook)(s) is answer)
        return Count(coded, Criteria((f"principles_mentioned.{principle}",)))

    answers = {"mentioned": True, "not_mentioned": False, NOT_CODED: None}
    principles = codebook.terms("principles")
    rows = tuple((t.label, *(cell(t.id, answer) for answer in answers.values())) for t in principles)
    return Table(
        f"Principles in {plural(count_families(studies), 'eligible study', 'eligible studies')}",
        ("Principle", "Mentioned", "Not mentioned", "Not coded"),
        rows,
        id="principles.codes",
        row_ids=ids_of_terms(principles),
        column_ids=tuple(answers),
    )


ANALYSIS = Analysis("principles", QUESTION, analyse, needs=("principles",))
