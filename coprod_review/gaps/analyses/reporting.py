"""G10: which characteristics of the people who took part primary studies report.

Whether a study reports a characteristic is another question than whether it is about a group of people. Only studies
coded from their full text count, because an abstract cannot show that something is left out.
Methods: docs/methods/analyses.md#reporting; docs/methods/coding.md#characteristics.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import median_figure, share
from coprod_review.gaps.study_sets import ids, is_primary
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, read_in_full
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import lower_first

QUESTION = "Do primary studies say who took part?"
"""Whether a study reports a characteristic, by its code; any other code leaves that unknown."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of primary studies, coded from full text, that report each characteristic, and the median.

    Figures ``reporting.<characteristic>`` and ``reporting.median-items``. Studies without participants are left out.
    """
    codebook = framework.codebook
    pool = tuple(s for s in eligible(studies, codebook) if _may_report(s, codebook))
    terms = codebook.terms("characteristics")
    shares = tuple(_reported_share(term, pool, codebook) for term in terms)
    items = _median_items(terms, pool, codebook)
    is_coded = any(figure.denominator_ids for figure in shares)
    return Result(
        analysis="reporting",
        figures=(items, *shares),
        missing=() if is_coded else ("characteristics",),
        charts=(bars("reporting", zip((t.label for t in terms), shares, strict=True)),) if is_coded else (),
        figures_in_full=frozenset(f.id for f in (items, *shares) if f.numerator),
    )


def _may_report(study: Study, codebook: Codebook) -> bool:
    """Return whether a study is primary, was coded from its full text and has participants."""
    without_participants = codebook.of_kind("characteristic_codes", "not_applicable")
    has_participants = without_participants.isdisjoint(study.characteristics.values())
    return is_primary(study, codebook) and read_in_full(study, codebook) and has_participants


def _reported_share(term: Term, studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        f"reporting.{term.id}",
        f"Studies that report the {lower_first(term.label)} of the people who took part",
        "counts a study if it gives the characteristic for the people who took part; out of the primary studies with "
        "participants that were coded from their full text",
        studies,
        lambda study: _reports(study, term, codebook),
        codebook,
        criteria=Criteria((f"characteristics.{term.id}",)),
    )


def _reports(study: Study, term: Term, codebook: Codebook) -> bool | None:
    return codebook.answer("characteristic_codes", study.characteristics.get(term.id, NOT_CODED))


def _median_items(terms: tuple[Term, ...], studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    """Return the median number of characteristics that a study reports, over the studies with all of them coded."""
    answers = {study.id: [_reports(study, term, codebook) for term in terms] for study in studies if terms}
    return median_figure(
        "reporting.median-items",
        f"Median number of characteristics that a study reports, out of {len(terms)}",
        "the median over the primary studies with participants that were coded from their full text, with a code for "
        "every characteristic",
        [(identity, sum(map(bool, known))) for identity, known in answers.items() if None not in known],
        ids(studies),
        Criteria(tuple(f"characteristics.{term.id}" for term in terms)),
    )


ANALYSIS = Analysis("reporting", QUESTION, analyse, needs=("characteristics",))
