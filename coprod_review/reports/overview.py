"""The overview that ``gaps`` shows without names: what a policy writer must know first, on one screen."""

from collections.abc import Mapping, Sequence

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.phrasing.base_summary import base_summary_lines
from coprod_review.phrasing.gaps import gap_statement
from coprod_review.phrasing.overview import (
    general_gaps_sentence,
    groups_sentence,
    headline_bars,
    more_gaps_sentence,
    ratio_sentence,
    reported_sentences,
    unanswered_sentence,
)
from coprod_review.phrasing.reliability import reliability_sentence
from coprod_review.reports.analyses import charts_with_caution, figures_spreadsheet
from coprod_review.reports.gaps_payload import gaps_payload
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Gap, Result
from coprod_review.text.grammar import capitalise

_SHOWN_GAPS = 3


def overview_report(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Return outcome against process, groups, and the most important gaps, in about 40 lines of 80 columns."""
    by_analysis = {result.analysis: result for result in results}
    framework = base.framework
    figures = {figure.id: figure for result in results for figure in result.figures}
    facts = by_analysis["focus"].facts
    assert isinstance(facts, FocusFacts)
    return Report(
        title=framework.about.title,
        lead=(*base_summary_lines(base, request.filters), *_reliability(figures, framework, facts)),
        sections=(
            Section(
                "Headline figures, with 95% confidence intervals in brackets",
                bars=tuple(headline_bars(figures, framework, facts)),
                points=_headline_points(figures, framework, facts),
            ),
            Section(
                "Most important gaps, with groups in recommendations first",
                points=(*_gap_points(by_analysis, framework), *_closing_points(results, request)),
            ),
        ),
        payload=lambda: gaps_payload(base, results, request),
        spreadsheet=lambda: figures_spreadsheet(results, request),
        charts=charts_with_caution(base, [by_analysis["focus"]], request),
    )


def _reliability(figures: Mapping[str, Figure], framework: Framework, facts: FocusFacts) -> tuple[str, ...]:
    shown = [bar.id for bar in headline_bars(figures, framework, facts)]
    groups = [f"representation.{group.id}" for group in groups_of(framework)]  # counted in a sentence of the screen
    sentence = reliability_sentence((figures[identity].criteria for identity in (*shown, *groups)), framework.about)
    return (sentence,) if sentence else ()


def _headline_points(figures: Mapping[str, Figure], framework: Framework, facts: FocusFacts) -> tuple[str, ...]:
    groups = [figures[f"representation.{g.id}"] for g in groups_of(framework)]
    points = (
        ratio_sentence(figures),
        reported_sentences(figures, facts),
        groups_sentence(groups),
    )
    return tuple(point for point in points if point)


def _gap_points(by_analysis: Mapping[str, Result], framework: Framework) -> tuple[str, ...]:
    gaps, general = ordered_gaps(by_analysis, framework), by_analysis["matrix"].general_gaps
    points = [f"{capitalise(gap_statement(gap, framework))}." for gap in gaps[:_SHOWN_GAPS]]
    if gaps[_SHOWN_GAPS:]:
        points.append(more_gaps_sentence(gaps[_SHOWN_GAPS:], framework))
    return (*points, general_gaps_sentence(general, framework)) if general else tuple(points)


def ordered_gaps(by_analysis: Mapping[str, Result], framework: Framework) -> tuple[Gap, ...]:
    """Return the gaps of groups and outcomes: groups that recommendations name first, then in declared order."""
    order = {rule.id: number for number, rule in enumerate(framework.codebook.gap_rules)}
    gaps = (*by_analysis["representation"].gaps, *by_analysis["matrix"].gaps)
    return tuple(sorted(gaps, key=lambda gap: (gap.where not in framework.named_groups, order.get(gap.type, 99))))


def _closing_points(results: Sequence[Result], request: ReportRequest) -> tuple[str | Point, ...]:
    missing = [result.analysis for result in results if result.missing]
    unanswered = (unanswered_sentence(missing),) if missing else ()
    more = Point(
        "Every analysis in full: coprod-review gaps --all. One number:", request.why_command("focus.outcome-share")
    )
    return (*unanswered, more)
