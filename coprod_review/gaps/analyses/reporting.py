"""G10: whether primary studies say who took part.

Only studies coded from their full text can show that something was left out.
Methods: docs/methods/analyses.md#reporting; docs/methods/coding.md#groups-of-people.
"""

from collections.abc import Iterable

from coprod_review.gaps.analyses.representation import REPORTED, groups_of, reported_share
from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import median_figure
from coprod_review.gaps.study_sets import ids, is_primary
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result

QUESTION = "Do primary studies say who took part?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of primary studies, coded from full text, that mention each group, and the median of mentions.

    Figures ``reporting.<group>`` and ``reporting.median-items``.
    """
    codebook = framework.codebook
    studies = tuple(s for s in eligible(studies) if is_primary(s, codebook) and s.coded_from == "full_text")
    groups = groups_of(framework)
    shares = tuple(reported_share(term, studies, framework, "reporting.{}") for term in groups)
    items = _median_items(groups, studies)
    labels = (group.label for group in groups)
    return Result(
        analysis="reporting",
        figures=(items, *shares),
        missing=("full_texts",) if not studies else () if any(f.denominator_ids for f in shares) else ("groups",),
        charts=(bars("reporting", zip(labels, shares, strict=True)),) if studies else (),
        figures_in_full=frozenset(f.id for f in (items, *shares) if f.numerator),
    )


def _median_items(groups: tuple[Term, ...], studies: tuple[Study, ...]) -> Figure:
    """Return the median number of groups that a study mentions, over the studies with all of them coded."""
    coded = (s for s in studies if all(s.populations.get(term.id, NOT_CODED) != NOT_CODED for term in groups))
    numbers = [(s.id, sum(s.populations.get(term.id) in REPORTED for term in groups)) for s in coded]
    return median_figure(
        "reporting.median-items",
        f"Median number of groups that a study mentions, out of {len(groups)}",
        "the median over the primary studies that were coded from their full text, with a code for every group",
        numbers,
        ids(studies),
        Criteria(tuple(f"populations.{term.id}" for term in groups)),
    )


ANALYSIS = Analysis("reporting", QUESTION, analyse)
