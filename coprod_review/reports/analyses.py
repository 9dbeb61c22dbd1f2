"""The report of ``gaps``: analyses in full, with the JSON contract of design.md section 5."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from coprod_review.evidence import EvidenceBase
from coprod_review.facets import Filter
from coprod_review.models import About, Framework, eligible, outcome_studies
from coprod_review.results import Cell, Count, Figure, Report, Result, Section, Table
from coprod_review.wording import agree, article, bounds_in_words, day, percent, plural, share_in_words

SCHEMA = "coprod-review/gaps/1"


def report(base: EvidenceBase, results: Sequence[Result], filters: Sequence[str] = ()) -> Report:
    """Every result in full: statement, figures with what stands beside them, gaps, tables, caution."""
    about = base.framework.about
    return Report(
        title=about.title,
        lead=(*lead(base, filters), seen_in(base), *((about.selection,) if about.selection else ())),
        sections=tuple(section for result in results for section in _sections(result)),
        payload=lambda: payload(base, results, filters),
        spreadsheet=lambda: spreadsheet(results),
    )


def lead(base: EvidenceBase, filters: Sequence[str] = ()) -> tuple[str, ...]:
    """What the figures rest on: the base, how it was coded, what was left out, and the caution."""
    about, studies = base.framework.about, base.studies
    codebook = base.framework.codebook
    held = eligible(studies)
    kinds = [codebook.kind("designs", s.design) for s in held]
    others = len(held) - kinds.count("primary") - kinds.count("review")
    split = f"{plural(kinds.count('primary'), 'primary study')}, {plural(kinds.count('review'), 'review')}"
    kind = ", a curated collection and not a systematic map" if about.search == "none documented" else ""
    rest = f", {others} other" if others else ""
    of_all = f" of {base.whole}" if base.whole is not None else ""
    outcome = outcome_studies(held, codebook)
    held_here = (
        f"Base {about.name}{_edition(about)}{kind}: {plural(len(studies), 'entry')}{of_all}, of which "
        f"{agree(len(held), 'counts', 'count')} as evidence ({split}{rest}); "
        f"{agree(len(outcome), 'was', 'were')} seen to report an outcome."
    )
    lines = [held_here, f"{about.coding} {_how_coded(base)}".strip(), f"Caution: {about.caution}"]
    if filters:
        lines.append(f"Only what passes: {'; '.join(filters)}.")
    if base.skipped:
        more = ", and more" if len(base.skipped) > 5 else ""
        named = ", ".join(base.skipped[:5])
        lines.append(f"Left out for their errors: {plural(len(base.skipped), 'entry')} ({named}{more}).")
    if base.borrowed:
        lines.append("The base has no codebook.yaml of its own: the bundled codebook is used.")
    return tuple(lines)


def seen_in(base: EvidenceBase) -> str:
    """How many findings come from the works themselves, from the review, or from both."""
    review = base.framework.review.id if base.framework.review else None
    findings = [finding for study in base.studies for finding in study.findings]
    relayed = [f for f in findings if any(seen.source == review for seen in f.reported_in)]
    both = [f for f in relayed if any(seen.source != review for seen in f.reported_in)]
    if review is None:
        return f"{plural(len(findings), 'finding')} in all."
    return (
        f"{plural(len(findings), 'finding')}: {len(relayed) - len(both)} seen in the review alone, "
        f"{len(findings) - len(relayed)} in the works alone, {len(both)} in both."
    )


def _edition(about: About) -> str:
    return "" if about.version == "not stated" else f" {about.version} ({day(about.as_of)})"


def _how_coded(base: EvidenceBase) -> str:
    held = eligible(base.studies)
    terms = base.framework.codebook.terms("coded_from")
    counts = [(sum(s.coded_from == t.id for s in held), t.label.lower()) for t in terms]
    said = ", ".join(f"{n} from {article(name)}" for n, name in counts if n)
    return f"Of the {len(held)}: {said}." if said else ""


def payload(base: EvidenceBase, results: Sequence[Result], filters: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON of ``gaps``: keys as in design.md section 5."""
    about, studies = base.framework.about, base.studies
    return {
        "schema": SCHEMA,
        "base": {
            "name": about.name,
            "version": about.version,
            "as_of": about.as_of,
            "studies": len(studies),
            "eligible": len(eligible(studies)),
            "outcome_studies": len(outcome_studies(studies, base.framework.codebook)),
            "skipped": list(base.skipped),
            "coding": about.coding,
            "caution": about.caution,
        },
        "filters": list(filters),
        "rules": _rules(base.framework),
        "results": [_result(result) for result in results],
    }


def _rules(framework: Framework) -> dict[str, Any]:
    return {
        rule.id: {"label": rule.label, "rule": rule.text, "thresholds": dict(rule.thresholds)}
        for rule in framework.codebook.gap_rules
    }


def _result(result: Result) -> dict[str, Any]:
    plain = asdict(result)
    plain["tables"] = [_table(table) for table in result.tables]
    return plain


def _table(table: Table) -> dict[str, Any]:
    rows = [{name: _plain(cell) for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    return {"title": table.title, "columns": list(table.columns), "rows": rows, "note": table.note}


def _plain(cell: Cell) -> Any:
    return {"count": cell.n, "studies": list(cell.studies)} if isinstance(cell, Count) else cell


def _sections(result: Result) -> tuple[Section, ...]:
    gaps = tuple(f"{gap.statement} [{gap.type}: {gap.observed}]." for gap in result.gaps)
    told = [figure for figure in result.figures if _is_told(result, figure)]
    shared = told[0].definition if len(told) > 1 and len({figure.definition for figure in told}) == 1 else None
    points = [figure_in_full(figure, with_definition=shared is None) for figure in told]
    main = Section(
        heading=f"{result.analysis}: {result.question}",
        paragraphs=(result.statement, f"Caution: {result.caution}"),
        points=(*points, *((f"Definition of these figures: {shared}.",) if shared else ())),
        tables=result.tables,
    )
    named = Section(heading=f"{result.analysis}: gaps, in declared order", points=(*gaps, *result.general))
    return (main, named) if named.points else (main,)


def _is_told(result: Result, figure: Figure) -> bool:
    """Areas, groups with a zero, and lower bounds of zero stand in their tables alone; the rest is told in full."""
    if result.analysis == "care-act" or (figure.value is None and not figure.numerator):
        return False
    return bool(figure.numerator) or result.analysis != "representation"


def label_of(gap: str, framework: Framework) -> str:
    """The reader's word for a gap type."""
    rule = framework.codebook.rule(gap)
    return rule.label if rule else gap


def figure_in_full(figure: Figure, *, with_definition: bool = True) -> str:
    """A figure with its definition, unknowns, leave-one-out range, primary value and comparisons, in words."""
    parts = [f"{figure.label}: {_headline(figure)}"]
    bounds = bounds_in_words(figure) if not _is_ratio(figure) else _ratio_bounds(figure)
    parts += [bounds] if bounds else []
    if figure.leave_one_out:
        low, high = figure.leave_one_out.low, figure.leave_one_out.high
        shown = (f"{low:.2f}", f"{high:.2f}") if _is_ratio(figure) else (percent(low), percent(high))
        parts.append(f"leaving out any one study: {shown[0]} to {shown[1]}")
    if figure.primary_only and figure.value is not None:
        value = figure.primary_only.value
        said = "" if value is None else f" ({value:.2f})" if _is_ratio(figure) else f" ({percent(value)})"
        between = "to" if _is_ratio(figure) else "of"
        parts.append(
            f"primary studies alone: {figure.primary_only.numerator} {between} {figure.primary_only.denominator}{said}"
        )
    parts += [_comparison(c.benchmark, c.share, c.ratio, c.reason, c.verdict) for c in figure.comparisons]
    definition = f" Definition: {figure.definition}." if with_definition else ""
    return f"{'; '.join(parts)}.{definition} [{figure.id}]"


def _is_ratio(figure: Figure) -> bool:
    return figure.id.endswith("ratio")


def _headline(figure: Figure) -> str:
    if _is_ratio(figure):
        known = " among those known on both sides" if figure.value is None else ""
        return f"{figure.numerator} to {figure.denominator}{known}{_ratio(figure)}"
    if figure.denominator is None:
        return f"{figure.numerator} ({figure.reason})"
    if figure.interval is not None:
        return share_in_words(figure)
    unknown = figure.unknown.count if figure.unknown else 0
    counted = f"{'at least ' if unknown else ''}{figure.numerator} of {figure.denominator + unknown}"
    share = f" ({percent(figure.value)})" if figure.value is not None else ""
    return f"{counted}{share}; {figure.reason}" if figure.reason else f"{counted}{share}"


def _ratio(figure: Figure) -> str:
    if figure.value is None or figure.interval is None:
        return f"; no ratio, because {figure.reason}"
    high = f"{figure.interval.high:.2f}" if figure.interval.high is not None else "no upper limit"
    return f" (ratio {figure.value:.2f}; could plausibly be {figure.interval.low:.2f} to {high})"


def _ratio_bounds(figure: Figure) -> str:
    if figure.unknown is None or not figure.unknown.count:
        return ""
    low = "0" if figure.unknown.low is None else f"{figure.unknown.low:.2f}"
    high = "no upper limit" if figure.unknown.high is None else f"{figure.unknown.high:.2f}"
    return f"not known for {figure.unknown.count}, which leaves {low} to {high}"


def _comparison(name: str, share: float | None, ratio: float | None, reason: str, verdict: str | None) -> str:
    said = f"beside claim {name} of the review" if ratio is None and name[1:].isdecimal() else f"beside {name}"
    said += f" ({100 * share:.1f}%)" if share is not None else ""
    said += f", ratio {ratio:.2f}" if ratio is not None else ""
    return f"{said}: {verdict + ': ' if verdict else ''}{reason.rstrip('.')}"


def spreadsheet(results: Sequence[Result]) -> Table:
    """One table: every figure a row; where there is no figure, the first table."""
    figures = [(result.analysis, figure) for result in results for figure in result.figures]
    tables = [table for result in results for table in result.tables]
    if not figures and tables:
        return tables[0]
    return Table("Figures", _COLUMNS, tuple(_row(analysis, figure) for analysis, figure in figures))


_COLUMNS = (
    "analysis", "figure", "label", "definition", "numerator", "denominator", "value", "interval_low",
    "interval_high", "interval_level", "interval_sides", "interval_method", "unknown", "unknown_low", "unknown_high",
    "leave_one_out_low",
    "leave_one_out_high", "primary_numerator", "primary_denominator", "primary_value", "studies", "reason",
)  # fmt: skip


def _row(analysis: str, f: Figure) -> tuple[Cell, ...]:
    i, u, o, p = f.interval, f.unknown, f.leave_one_out, f.primary_only
    return (
        analysis, f.id, f.label, f.definition, f.numerator, f.denominator, f.value,
        *((i.low, i.high, i.level, i.sides, i.method) if i else (None,) * 5),
        *((u.count, u.low, u.high) if u else (None,) * 3),
        *((o.low, o.high) if o else (None,) * 2),
        *((p.numerator, p.denominator, p.value) if p else (None,) * 3),
        " ".join(f.studies), f.reason,
    )  # fmt: skip


def filters_in_words(filters: Sequence[Filter], source: str | None) -> tuple[str, ...]:
    """The filters of a report, as they were typed."""
    return (*map(str, filters), *((f"findings seen in {source}",) if source else ()))
