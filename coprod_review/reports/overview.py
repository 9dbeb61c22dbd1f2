"""The overview that ``gaps`` shows without names: what a policy writer must know first, on one screen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.phrasing.analyses.focus import STEMS, unknown_sides
from coprod_review.phrasing.charts import bar
from coprod_review.phrasing.comparisons import VERDICTS
from coprod_review.phrasing.figures import reason_in_words, unknown_count
from coprod_review.phrasing.gaps import gap_name, gap_statement
from coprod_review.reports.analyses import charts_with_caution, figures_spreadsheet, thresholds_sentence
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.gaps_payload import gaps_payload
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.chart import Bar
from coprod_review.results.figure import Comparison, Figure, Verdict
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Gap, Result
from coprod_review.text.grammar import capitalise, listed, lower_first, percent, plural

_SHOWN_GAPS = 3
_BRIEF_VERDICTS: Mapping[Verdict, str] = {**VERDICTS, "too_few": "too few to say"}
"""Verdicts in the few words that fit beside a bar."""
_LEGEND = "Bars: [ ] could plausibly be, ? not known. One out: with any one study left out."


def overview_report(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Return outcome against process, groups, and the most important gaps, in about 40 lines of 80 columns."""
    by_analysis = {result.analysis: result for result in results}
    framework = base.framework
    figures = {figure.id: figure for result in results for figure in result.figures}
    return Report(
        title=framework.about.title,
        lead=base_summary_lines(base, request.filters),
        sections=(
            Section(
                "Headline figures",
                paragraphs=(_LEGEND,),
                bars=tuple(_bars(figures, framework, request)),
                points=_headline_points(by_analysis, figures, framework),
            ),
            Section(
                "Most important gaps, groups named in recommendations first",
                points=(*_gap_points(by_analysis, framework), *_closing_points(results, framework, request)),
            ),
        ),
        payload=lambda: gaps_payload(base, results, request),
        spreadsheet=lambda: figures_spreadsheet(results, request),
        charts=charts_with_caution(base, [by_analysis["focus"]], request),
    )


def _bars(figures: Mapping[str, Figure], framework: Framework, request: ReportRequest) -> list[Bar]:
    """Return the headline figures as bars, the most important first."""
    sector = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    labelled = [
        ("Say they examine outcomes", figures["focus.outcome-share"]),
        ("Say they examine process", figures["focus.process-share"]),
        ("Seen to report outcomes", figures[f"{STEMS[request.options.definition]}.outcome-share"]),
        ("Seen to report process", figures[f"{STEMS[request.options.definition]}.process-share"]),
        (f"Outcomes: {sector} alone", figures["sector.direct"]),
    ]
    named = [g for g in framework.codebook.terms("groups") if g.id in framework.named_groups]
    labelled += [(f"On {lower_first(g.label)}", figures[f"representation.{g.id}"]) for g in named]
    return [replace(bar(label, figure), detail=_detail(figure)) for label, figure in labelled]


def _detail(figure: Figure) -> str:
    """Return the sensitivity of a figure and its share of the population, in few words."""
    parts = []
    if figure.value is not None:
        parts += _sensitivity_in_brief(figure)
    if figure.id.startswith("representation."):
        parts.append(_population_shares([c for c in figure.comparisons if isinstance(c.source, Benchmark)]))
    return ", ".join(parts)


def _sensitivity_in_brief(figure: Figure) -> list[str]:
    """Return the leave-one-out range, and the counts for primary studies, co-production and unknown answers."""
    extremes = figure.leave_one_out
    parts = []
    if extremes and figure.numerator:
        parts.append(f"one out {percent(extremes.low)} to {percent(extremes.high)}")
    if figure.primary_only and figure.numerator:
        parts.append(f"primary {figure.primary_only.numerator} of {figure.primary_only.denominator}")
    parts += [
        f"co-prod. {p.numerator} of {p.denominator}"
        for p in figure.practices
        if p.practice == "co-production" and not p.unknown
    ]
    return [*parts, f"not known for {unknown_count(figure)}"] if unknown_count(figure) else parts


def _population_shares(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return "no usable benchmark"
    shares = [_population_share(comparison) for comparison in comparisons]
    verdict = comparisons[0].verdict
    return f"populations {', '.join(shares)}: {_BRIEF_VERDICTS[verdict] if verdict else 'no verdict'}"


def _population_share(comparison: Comparison) -> str:
    floor = isinstance(comparison.source, Benchmark) and comparison.source.floor
    return f"{'at least ' if floor else ''}{100 * (comparison.share or 0):.1f}%"


def _headline_points(
    by_analysis: Mapping[str, Result],
    figures: Mapping[str, Figure],
    framework: Framework,
) -> tuple[str, ...]:
    facts = by_analysis["focus"].facts
    assert isinstance(facts, FocusFacts)
    points = [f"{_ratio_sentence(figures['focus.ratio'])} {_in_scope(figures, framework)}".strip()]
    if unknown_count(figures[f"{STEMS[facts.definition]}.ratio"]):
        points.append(f"{unknown_sides(figures, facts)}{_other_definition(figures, facts)}")
    without_focus = _groups_without_focus(by_analysis["representation"], framework)
    return (*points, *((without_focus,) if without_focus else ()))


def _ratio_sentence(ratio: Figure) -> str:
    if ratio.value is None or ratio.interval is None:
        return f"Outcomes to process, as they say: no ratio, because {reason_in_words(ratio)}."
    high = f"{ratio.interval.high:.2f}" if ratio.interval.high is not None else "no upper limit"
    return f"Ratio {ratio.value:.2f} ({ratio.interval.low:.2f} to {high})."


def _in_scope(figures: Mapping[str, Figure], framework: Framework) -> str:
    """Return the declared focus of the studies that include the sector of the base, in one sentence."""
    outcome, process = figures["focus.scope.outcome-share"], figures["focus.scope.process-share"]
    if not outcome.denominator:
        return ""
    name = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    of_all = f"{outcome.numerator or 0} of {outcome.denominator}"
    return f"With {name}: outcomes {of_all}, process {process.numerator or 0}."


def _other_definition(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return what the other definition of an outcome gives, where it changes a share by more than five points."""
    if not facts.definitions_differ:
        return ""
    other = "broad" if facts.definition == "strict" else "strict"
    outcome, process = (figures[f"{STEMS[other]}.{side}-share"].numerator or 0 for side in ("outcome", "process"))
    return f" {capitalise(other)} definition: outcomes {outcome}, process {process}."


def _groups_without_focus(result: Result, framework: Framework) -> str:
    """Return on how many groups no study focuses, in one sentence; empty where every group has a study."""
    ids = {f"representation.{term.id}" for term in framework.codebook.terms("groups")}
    figures = [figure for figure in result.figures if figure.id in ids]
    without = sum(not figure.numerator for figure in figures)
    if not without:
        return ""
    return f"Not the focus of any study: {without} of {plural(len(figures), 'group')} of people."


def _gap_points(by_analysis: Mapping[str, Result], framework: Framework) -> tuple[str, ...]:
    gaps = ordered_gaps(by_analysis, framework)
    points = [f"{capitalise(gap_statement(gap, framework))}." for gap in gaps[:_SHOWN_GAPS]]
    others = Counter(gap.type for gap in gaps[_SHOWN_GAPS:])
    if others:
        counts = "; ".join(f"{lower_first(gap_name(kind, framework))}, {n}" for kind, n in others.items())
        points.append(f"{others.total()} more: {counts}.")
    general = [f"{gap_name(g.type, framework)}, {g.places} of {g.cells}" for g in by_analysis["matrix"].general_gaps]
    if general:
        points.append(f"In most domains: {listed([lower_first(part) for part in general])}.")
    return tuple(points)


def ordered_gaps(by_analysis: Mapping[str, Result], framework: Framework) -> tuple[Gap, ...]:
    """Return the gaps of groups and outcomes: groups that recommendations name first, then in declared order."""
    order = {rule.id: number for number, rule in enumerate(framework.codebook.gap_rules)}
    gaps = (*by_analysis["representation"].gaps, *by_analysis["matrix"].gaps)
    return tuple(sorted(gaps, key=lambda gap: (gap.where not in framework.named_groups, order.get(gap.type, 99))))


def _closing_points(results: Sequence[Result], framework: Framework, request: ReportRequest) -> tuple[str | Point, ...]:
    missing = [result.analysis for result in results if result.missing]
    unanswered = (f"Cannot be answered yet: {', '.join(missing)}.",) if missing else ()
    more = Point(
        "Every analysis in full: coprod-review gaps --all. One number:", request.why_command("focus.outcome-share")
    )
    return (thresholds_sentence(framework), *unanswered, more)
