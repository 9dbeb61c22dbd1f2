"""G6: whether studies define co-production, and which of the principles they mention.

Mention is not enactment, and an abstract can show a mention but not its
absence. Methods: methods.md 10 (G6).
"""

from collections.abc import Iterable

from coprod_review.gaps.figures import Code, guarded, ids, share
from coprod_review.gaps.published import beside
from coprod_review.models import NOT_CODED, Codebook, Framework, Study, eligible
from coprod_review.results import Cell, Count, Figure, Result, Table
from coprod_review.wording import listed, plural

QUESTION = "Do studies say what co-production is, and which principles do they mention?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Shares of eligible studies that define co-production, and that mention one, all or each of the principles."""
    held, codebook = eligible(studies), framework.codebook
    principles = tuple(term.id for term in codebook.terms("principles"))
    defined = tuple(s for s in held if s.definition in ("given", "cited"))
    words = "mentioned, which is not the same as enacted"
    figures = (
        share("principles.definition", "Studies that define co-production", "given or cited", held, _defines, codebook),
        share("principles.any", "Studies that mention at least one principle", words, held, _any(principles), codebook),
        share("principles.all", "Studies that mention every principle", words, held, _every(principles), codebook),
        share(
            "principles.all-of-defined",
            "Of studies with a definition, those that mention every principle",
            words,
            defined,
            _every(principles),
            codebook,
        ),
        *(
            share(f"principles.{p}", f"Studies that mention {p}", words, held, _mentions(p), codebook)
            for p in principles
        ),
    )
    return Result(
        analysis="principles",
        question=QUESTION,
        statement=_statement(held, figures),
        caution="A study that mentions a principle need not act on it; one coded from an abstract may mention more.",
        figures=tuple(beside(guarded(figure, held), framework) for figure in figures),
        tables=(_table(held, codebook),),
    )


def _defines(study: Study) -> bool | None:
    return None if study.definition == NOT_CODED else study.definition != "none"


def _mentions(principle: str) -> Code:
    known = {"mentioned": True, "not_mentioned": False}
    return lambda study: known.get(study.principles_mentioned.get(principle, NOT_CODED))


def _any(principles: tuple[str, ...]) -> Code:
    def code(study: Study) -> bool | None:
        codes = [_mentions(p)(study) for p in principles]
        return True if True in codes else None if None in codes else False

    return code


def _every(principles: tuple[str, ...]) -> Code:
    def code(study: Study) -> bool | None:
        codes = [_mentions(p)(study) for p in principles]
        return False if False in codes else None if None in codes else True

    return code


def _statement(studies: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    definition, some, every = figures[:3]
    most = sorted(figures[4:], key=lambda f: -f.numerator)
    counted = listed([f"{f.id.removeprefix('principles.')} {f.numerator}" for f in most])

    def least(figure: Figure, verb: str) -> str:
        unknown = figure.unknown.count if figure.unknown else 0
        if not unknown:
            return f"{figure.numerator} {verb}"
        seen = f"at least {figure.numerator} {verb}" if figure.numerator else f"none was seen to {verb}"
        return f"{seen} (not known for {unknown})"

    return (
        f"Of {plural(len(studies), 'study')}, {least(definition, 'define co-production')}; "
        f"{least(some, 'mention one or more of the principles')}; {least(every, 'mention all of them')}. "
        f"Mentions by principle: {counted}."
    )


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    def coded(principle: str, code: str) -> Cell:
        return Count(ids(s for s in studies if s.principles_mentioned.get(principle, NOT_CODED) == code))

    codes = ("mentioned", "not_mentioned", NOT_CODED)
    rows = tuple((t.label, *(coded(t.id, code) for code in codes)) for t in codebook.terms("principles"))
    return Table(
        f"Principles in {plural(len(studies), 'eligible study')}",
        ("Principle", "Mentioned", "Not mentioned", "Not coded"),
        rows,
    )
