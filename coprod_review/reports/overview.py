"""The one screen of ``gaps``: what a policy writer must know first, each figure whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coprod_review.gaps.analyses.focus import differ, why_unknown
from coprod_review.gaps.charts import bar
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.phrasing.figures import unknown_of
from coprod_review.reports.analyses import charts_with_caution, gap_label, spreadsheet, thresholds
from coprod_review.reports.base_summary import base_summary_lines
from coprod_review.reports.gaps_payload import payload
from coprod_review.reports.request import DEFAULT_REQUEST, ReportRequest
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Bar
from coprod_review.text.grammar import capitalise, listed, lower_first, percent, plural

SHOWN_GAPS = 3
LEGEND = "Bars: [ ] could plausibly be, ? not known. One out: with any one study left out."


def overview(base: EvidenceBase, results: Sequence[Result], request: ReportRequest = DEFAULT_REQUEST) -> Report:
    """Outcome against process, groups, and the most important gaps, in at most 40 lines of 80 columns."""
    found = {result.analysis: result for result in results}
    framework = base.framework
    figures = {figure.id: figure for result in results for figure in result.figures}
    return Report(
        title=framework.about.title,
        lead=base_summary_lines(base, request.filters),
        sections=(
            Section(
                "Headline figures",
                paragraphs=(LEGEND,),
                bars=tuple(_bars(figures, framework, request)),
                points=_in_words(found, figures, base.studies, framework, request),
            ),
            Section(
                "Most important gaps, groups named in recommendations first",
                points=(*_gaps(found, framework), *_closing(results, framework, request)),
            ),
        ),
        payload=lambda: payload(base, results, request),
        spreadsheet=lambda: spreadsheet(results, request),
        charts=charts_with_caution(base, [found["focus"]], request),
    )


def _stem(request: ReportRequest) -> str:
    return "focus.reported" if request.options.definition == "strict" else "focus.reported-broad"


def _bars(figures: Mapping[str, Figure], framework: Framework, request: ReportRequest) -> list[Bar]:
    """The headline figures, most important first, each with what must stand beside it."""
    sector = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    shown = [
        ("Say they examine outcomes", figures["focus.outcome-share"]),
        ("Say they examine process", figures["focus.process-share"]),
        ("Seen to report outcomes", figures[f"{_stem(request)}.outcome-share"]),
        ("Seen to report process", figures[f"{_stem(request)}.process-share"]),
        (f"Outcomes: {sector} alone", figures["sector.direct"]),
    ]
    named = [g for g in framework.codebook.terms("groups") if g.id in framework.named_groups]
    shown += [(f"On {lower_first(g.label)}", figures[f"representation.{g.id}"]) for g in named]
    return [replace(bar(label, figure), detail=_detail(figure, framework)) for label, figure in shown]


def _detail(figure: Figure, framework: Framework) -> str:
    """Leave-one-out range, primary studies, co-production alone, and what populations say, in few words."""
    parts = []
    if figure.value is not None:
        parts += _companions(figure)
    if figure.id.startswith("representation."):
        parts.append(_populations([c for c in figure.comparisons if c.source_kind == "benchmark"], framework))
    return ", ".join(parts)


def _companions(figure: Figure) -> list[str]:
    out = figure.leave_one_out
    parts = [f"one out {percent(out.low)} to {percent(out.high)}"] if out and figure.numerator else []
    if figure.primary_only and figure.numerator:
        parts.append(f"primary {figure.primary_only.numerator} of {figure.primary_only.denominator}")
    parts += [
        f"co-prod. {p.numerator} of {p.denominator}"
        for p in figure.practices
        if p.practice == "co-production" and not p.unknown
    ]
    return [*parts, f"not known for {unknown_of(figure)}"] if unknown_of(figure) else parts


def _populations(compared: Sequence[Comparison], framework: Framework) -> str:
    if not compared:
        return "no usable benchmark"
    floors = {b.id for b in framework.benchmarks if b.floor}
    shares = [f"{'at least ' if c.benchmark in floors else ''}{100 * (c.share or 0):.1f}%" for c in compared]
    return f"populations {', '.join(shares)}: {(compared[0].verdict or 'no verdict').replace(' studies', '')}"


def _in_words(
    found: Mapping[str, Result],
    figures: Mapping[str, Figure],
    studies: Sequence[Study],
    framework: Framework,
    request: ReportRequest,
) -> tuple[str, ...]:
    ratio, reported = figures["focus.ratio"], figures[f"{_stem(request)}.ratio"]
    share = figures[f"{_stem(request)}.outcome-share"]
    points = [f"{_ratio(ratio)} {_in_scope(figures, framework)}".strip()]
    if unknown_of(reported):
        every = (share.denominator or 0) + unknown_of(share)
        points.append(
            f"What they report is not known on both sides for {unknown_of(reported)} of {every}: "
            f"{why_unknown(studies, reported)}.{_other_definition(figures, request)}"
        )
    silent = _silent(found["representation"], framework)
    return (*points, *((silent,) if silent else ()))


def _ratio(ratio: Figure) -> str:
    """The ratio in one line."""
    if ratio.value is None or ratio.interval is None:
        return f"Outcomes to process, as they say: no ratio, because {ratio.reason}."
    high = f"{ratio.interval.high:.2f}" if ratio.interval.high is not None else "no upper limit"
    return f"Ratio {ratio.value:.2f} ({ratio.interval.low:.2f} to {high})."


def _in_scope(figures: Mapping[str, Figure], framework: Framework) -> str:
    """Declared focus of the studies that include the base's sector, in one sentence."""
    outcome, process = figures["focus.scope.outcome-share"], figures["focus.scope.process-share"]
    if not outcome.denominator:
        return ""
    name = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    of_all = f"{outcome.numerator or 0} of {outcome.denominator}"
    return f"With {name}: outcomes {of_all}, process {process.numerator or 0}."


def _other_definition(figures: Mapping[str, Figure], request: ReportRequest) -> str:
    """What the other definition of an outcome gives, where it moves a share by more than five points."""
    names = ("outcome-share", "process-share")
    strict = tuple(figures[f"focus.reported.{name}"] for name in names)
    broad = tuple(figures[f"focus.reported-broad.{name}"] for name in names)
    if not differ(strict, broad):
        return ""
    other, (outcome, process) = ("broad", broad) if request.options.definition == "strict" else ("strict", strict)
    return f" {capitalise(other)} definition: outcomes {outcome.numerator or 0}, process {process.numerator or 0}."


def _silent(result: Result, framework: Framework) -> str:
    """How many groups no study focuses on."""
    terms = {f"representation.{g.id}": g for g in framework.codebook.terms("groups")}
    silent = [terms[f.id] for f in result.figures if f.id in terms and not f.numerator]
    groups = sum(f.id in terms for f in result.figures)
    return f"Not the focus of any study: {len(silent)} of {plural(groups, 'group')} of people." if silent else ""


def _gaps(found: Mapping[str, Result], framework: Framework) -> tuple[str, ...]:
    gaps = ordered_gaps(found, framework)
    first = gaps[:SHOWN_GAPS]
    rest = Counter(gap.type for gap in gaps[SHOWN_GAPS:])
    points = [f"{capitalise(gap.statement)}." for gap in first]
    if rest:
        counted = "; ".join(f"{lower_first(gap_label(kind, framework))}, {n}" for kind, n in rest.items())
        points.append(f"{sum(rest.values())} more: {counted}.")
    general = found["matrix"].general_gaps
    if general:
        told = [sentence.split(" cells")[0].replace(": in ", ", ") for sentence in general]
        points.append(f"In most domains: {listed([lower_first(t) for t in told])}.")
    return tuple(points)


def ordered_gaps(found: Mapping[str, Result], framework: Framework) -> tuple[Gap, ...]:
    """Gaps of groups and outcomes together: groups named in recommendations first, then the declared order."""
    order = {rule.id: number for number, rule in enumerate(framework.codebook.gap_rules)}
    both = (*found["representation"].gaps, *found["matrix"].gaps)
    return tuple(sorted(both, key=lambda gap: (gap.where not in framework.named_groups, order.get(gap.type, 99))))


def _closing(results: Sequence[Result], framework: Framework, request: ReportRequest) -> tuple[str | Point, ...]:
    unfed = [result.analysis for result in results if result.missing]
    told = (f"Cannot be answered yet: {', '.join(unfed)}.",) if unfed else ()
    more = Point(
        "Every analysis in full: coprod-review gaps --all. One number:", request.why_command("focus.outcome-share")
    )
    return (thresholds(framework), *told, more)
