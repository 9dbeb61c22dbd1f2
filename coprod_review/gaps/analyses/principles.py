"""G6: whether studies define co-production, and which of the principles they mention.

Mention is not enactment, and an abstract can show a mention but not its
absence. Methods: docs/methods/analyses.md#principles.
"""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, ids, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import unknown_of
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, plural

MENTIONED = "mentioned, which is not the same as enacted; of all eligible studies"
LABELS = ("A definition", "Any principle", "Every principle")
QUESTION = "Do studies say what co-production is, and which principles do they mention?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Shares of eligible studies that define co-production, and that mention one, all or each of the principles."""
    held, codebook = eligible(studies), framework.codebook
    principles = tuple(term.id for term in codebook.terms("principles"))
    defined = tuple(s for s in held if s.definition in ("given", "cited"))
    mentions = Criteria(tuple(f"principles_mentioned.{p}" for p in principles))

    def made(name: str, label: str, words: str, pool: tuple[Study, ...], code: StudyTest, trail: Criteria) -> Figure:
        figure = share(f"principles.{name}", label, words, pool, code, codebook, trail=trail, headline=name == "any")
        return withhold_share(figure, held)

    figures = (
        made(
            "definition",
            "Studies that define co-production",
            "a definition given or cited; of all eligible studies",
            held,
            _defines,
            Criteria(("definition",)),
        ),
        made("any", "Studies that mention at least one principle", MENTIONED, held, _any(principles), mentions),
        made("all", "Studies that mention every principle", MENTIONED, held, _every(principles), mentions),
        made(
            "all-of-defined",
            "Of studies with a definition, those that mention every principle",
            MENTIONED,
            defined,
            _every(principles),
            replace(mentions, codes=("definition", *mentions.codes)),
        ),
        *(
            made(
                p, f"Studies that mention {p}", MENTIONED, held, _mentions(p), Criteria((f"principles_mentioned.{p}",))
            )
            for p in principles
        ),
    )
    names = [codebook.label("principles", p) for p in principles]
    return Result(
        analysis="principles",
        question=QUESTION,
        statement=_statement(held, figures),
        caution="A study that mentions a principle need not act on it; one coded from an abstract may mention more.",
        figures=figures,
        tables=(_table(held, codebook),),
        charts=(
            bars(
                "principles", QUESTION, [*zip(LABELS, figures[:3], strict=True), *zip(names, figures[4:], strict=True)]
            ),
        ),
    )


def _defines(study: Study) -> bool | None:
    return None if study.definition == NOT_CODED else study.definition != "none"


def _mentions(principle: str) -> StudyTest:
    known = {"mentioned": True, "not_mentioned": False}
    return lambda study: known.get(study.principles_mentioned.get(principle, NOT_CODED))


def _any(principles: tuple[str, ...]) -> StudyTest:
    def code(study: Study) -> bool | None:
        codes = [_mentions(p)(study) for p in principles]
        return True if True in codes else None if None in codes else False

    return code


def _every(principles: tuple[str, ...]) -> StudyTest:
    def code(study: Study) -> bool | None:
        codes = [_mentions(p)(study) for p in principles]
        return False if False in codes else None if None in codes else True

    return code


def _statement(studies: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    if not studies:
        return "There is no study to count."
    definition, some, every = figures[:3]
    most = sorted(figures[4:], key=lambda f: -(f.numerator or 0))
    counted = listed([f"{f.id.removeprefix('principles.')} {f.numerator or 0}" for f in most])

    def least(figure: Figure, verb: str) -> str:
        if figure.numerator is None:
            return f"it is not known for any whether they {verb}"
        unknown = unknown_of(figure)
        if not unknown:
            return f"{figure.numerator} {verb}"
        seen = f"at least {figure.numerator} {verb}" if figure.numerator else f"none was seen to {verb}"
        return f"{seen} (not known for {unknown})"

    return (
        f"Of {plural(len(studies), 'study')}, {least(definition, 'define co-production')}; "
        f"{least(some, 'mention one or more of the principles')}; {least(every, 'mention all of them')}. "
        f"Mentions that were seen, by principle: {counted}."
    )


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    def coded(principle: str, code: str) -> Cell:
        found = ids(s for s in studies if s.principles_mentioned.get(principle, NOT_CODED) == code)
        return Count(found, Criteria((f"principles_mentioned.{principle}",)))

    codes = ("mentioned", "not_mentioned", NOT_CODED)
    principles = codebook.terms("principles")
    rows = tuple((t.label, *(coded(t.id, code) for code in codes)) for t in principles)
    return Table(
        f"Principles in {plural(len(studies), 'eligible study', 'eligible studies')}",
        ("Principle", "Mentioned", "Not mentioned", "Not coded"),
        rows,
        "Each study stands once in each row.",
        id="principles.codes",
        row_ids=ids_of_terms(principles),
        column_ids=codes,
    )
