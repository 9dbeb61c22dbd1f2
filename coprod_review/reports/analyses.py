"""The report of ``gaps``: analyses in full, with the JSON contract of design.md section 5."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from coprod_review.gaps.focus import relayed_alone
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import About, Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import eligible, outcome_studies
from coprod_review.phrasing.figures import bounds_in_words, seen_in_words, unknown_of
from coprod_review.reports.asked import PLAIN, Asked
from coprod_review.results.figure import Comparison, Figure, Practice
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Chart, Count, Table
from coprod_review.text.grammar import agree, article, day, listed, percent, phrase, plural

SCHEMA = "coprod-review/gaps/1"


def report(base: EvidenceBase, results: Sequence[Result], asked: Asked = PLAIN) -> Report:
    """Every result in full: statement, figures with what stands beside them, gaps, tables, caution."""
    about = base.framework.about
    codebook = base.framework.codebook
    return Report(
        title=about.title,
        lead=(*lead(base, asked.filters), seen_in(base), *((about.selection,) if about.selection else ())),
        sections=(
            *(section for result in results for section in _sections(result, asked, codebook)),
            Section("", paragraphs=(thresholds(base.framework),)),
        ),
        payload=lambda: payload(base, results, asked),
        spreadsheet=lambda: spreadsheet(results, asked),
        charts=cautioned(base, results, asked),
    )


def cautioned(base: EvidenceBase, results: Sequence[Result], asked: Asked) -> tuple[Chart, ...]:
    """The pictures of some analyses with the caution of the base, and the filters: a picture travels alone."""
    about = base.framework.about
    part = f" Only what passes: {'; '.join(asked.filters)}." if asked.filters else ""
    return tuple(
        replace(chart, caution=f"{about.caution}{part} {chart.caution or r.caution}".strip())
        for r in results
        for chart in r.charts
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
        f"{agree(len(outcome), 'was', 'were')} seen to report an outcome{_on_its_word(base)}."
    )
    lines = [held_here, f"{about.coding} {_how_coded(base)}".strip(), f"Caution: {about.caution}"]
    if filters:
        lines.append(
            f"Only what passes: {'; '.join(filters)}; {plural(len(held), 'eligible study', 'eligible studies')}."
        )
    if base.skipped:
        more = ", and more" if len(base.skipped) > 5 else ""
        named = ", ".join(base.skipped[:5])
        lines.append(f"Left out for their errors: {plural(len(base.skipped), 'entry')} ({named}{more}).")
    if base.borrowed:
        lines.append("The base has no codebook.yaml of its own: the bundled codebook is used.")
    return tuple(lines)


def _on_its_word(base: EvidenceBase) -> str:
    alone = len(relayed_alone(eligible(base.studies), base.framework, "strict"))
    return f", {alone} of them in the review alone" if alone else ""


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


def payload(base: EvidenceBase, results: Sequence[Result], asked: Asked = PLAIN) -> dict[str, Any]:
    """The JSON of ``gaps``: keys as in design.md section 5."""
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(asked.filters),
        "rules": _rules(base.framework),
        "results": [_result(result, asked) for result in results],
    }


def base_payload(base: EvidenceBase) -> dict[str, Any]:
    """What a base is, for programs."""
    about, studies = base.framework.about, base.studies
    return {
        "name": about.name,
        "version": about.version,
        "as_of": about.as_of,
        "studies": len(studies),
        "eligible": len(eligible(studies)),
        "outcome_studies": len(outcome_studies(studies, base.framework.codebook)),
        "skipped": list(base.skipped),
        "coding": about.coding,
        "caution": about.caution,
    }


def _rules(framework: Framework) -> dict[str, Any]:
    return {
        rule.id: {"label": rule.label, "rule": rule.text, "thresholds": dict(rule.thresholds)}
        for rule in framework.codebook.gap_rules
    }


def thresholds(framework: Framework) -> str:
    """The thresholds of the gap rules in one sentence; rules that share one number are told together, last."""
    rules = {r.id: " and ".join(map(str, r.thresholds.values())) for r in framework.codebook.gap_rules if r.thresholds}
    if not rules:
        return "No gap rule has a threshold."
    (usual, times), *_ = Counter(rules.values()).most_common(1)
    own = [f"{name} {numbers}" for name, numbers in rules.items() if numbers != usual or times == 1]
    rest = [f"{'the others' if own else 'all'} {usual}"] if times > 1 else []
    return f"Gap thresholds: {', '.join([*own, *rest])}."


def _result(result: Result, asked: Asked) -> dict[str, Any]:
    return {
        "analysis": result.analysis,
        "question": result.question,
        "statement": result.statement,
        "caution": result.caution,
        "missing": result.missing,
        "figures": [figure_payload(figure, asked) for figure in result.figures],
        "gaps": [{**asdict(gap), "why": asked.why(gap.opens) if gap.opens else None} for gap in result.gaps],
        "general": list(result.general),
        "tables": [_table(table) for table in result.tables],
    }


def figure_payload(figure: Figure, asked: Asked) -> dict[str, Any]:
    """One figure for programs; ids of the denominator are given by ``why``."""
    plain = asdict(figure)
    for inner in ("among", "undecided", "trail", "counted"):
        del plain[inner]
    for compared in plain["comparisons"]:
        del compared["of"]  # the keys of the JSON contract are fixed
    counted = {} if figure.unit == "study" else {"counted": list(figure.counted)}
    pool = None if figure.denominator is None else figure.denominator + unknown_of(figure)
    return {**plain, "pool": pool, "studies": list(figure.studies), **counted, "why": asked.why(figure.id)}


def _table(table: Table) -> dict[str, Any]:
    rows = [{name: _plain(cell) for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    return {
        "id": table.id,
        "title": table.title,
        "columns": list(table.columns),
        "rows": rows,
        "row_ids": list(table.row_ids),
        "column_ids": list(table.column_ids),
        "note": table.note,
    }


def _plain(cell: Cell) -> Any:
    """A cell for programs: what it counts under the name of its unit."""
    if not isinstance(cell, Count):
        return cell
    name = "studies" if cell.unit == "study" else f"{cell.unit}s"
    return {"count": cell.n, name: list(cell.ids)}


def _sections(result: Result, asked: Asked, codebook: Codebook) -> Iterator[Section]:
    told = [f for f in result.figures if result.told is None or f.id in result.told]
    points = [
        Point(
            figure_in_full(f, codebook, with_definition=not n or told[n - 1].definition != f.definition),
            asked.why(f.id),
        )
        for n, f in enumerate(told)
    ]
    bars = result.charts[0].bars if result.charts else ()
    said = result.missing.casefold() in result.statement.casefold()
    missing = () if said else (f"Missing: {result.missing}.",)
    yield Section(
        heading=f"{result.analysis}: {result.question}",
        paragraphs=(result.statement, *missing, f"Caution: {result.caution}"),
        bars=tuple(bar for bar in bars if bar.total),
        points=tuple(points),
        tables=tuple(_openable(table, asked) for table in result.tables),
    )
    gaps = tuple(_gap_points(result, asked))
    if gaps or result.general:
        yield Section(heading=f"{result.analysis}: gaps, in declared order", points=(*gaps, *result.general))


MANY_GAPS = 25
"""Gaps of one type that are told one by one; of more, the first few."""


def _gap_points(result: Result, asked: Asked) -> Iterator[Point]:
    """Gaps in the order of the result; a type that fires very often is told by its count and its first places."""
    times = Counter(gap.type for gap in result.gaps)
    told: Counter[str] = Counter()
    for gap in result.gaps:
        told[gap.type] += 1
        if times[gap.type] <= MANY_GAPS or told[gap.type] < 4:
            yield Point(f"{gap.statement} [{gap.type}: {gap.observed}].")
        elif told[gap.type] == times[gap.type]:
            yield Point(f"{times[gap.type] - 3} more of the kind {gap.type}, all of them in --format json.")
    if result.gaps:
        yield Point("Open the studies of a gap, here the first:", asked.why(result.gaps[0].opens))


def _openable(table: Table, asked: Asked) -> Table:
    """The table with the command that opens one of its cells, the first that counts anything."""
    cells = [(name, count.n) for name, _, count in table.cells()]
    first = next((name for name, n in cells if n), cells[0][0] if cells else "")
    return replace(table, opens=asked.why(first)) if first else table


def label_of(gap: str, framework: Framework) -> str:
    """The reader's word for a gap type."""
    rule = framework.codebook.rule(gap)
    return rule.label if rule else gap


def figure_in_full(figure: Figure, codebook: Codebook, *, with_definition: bool = True) -> str:
    """A figure with its definition, unknowns, leave-one-out range, primary value and comparisons, in words."""
    parts = [f"{figure.label}: {headline(figure)}", *beside_in_words(figure, codebook)]
    parts += map(_comparison, figure.comparisons)
    definition = f" Definition: {figure.definition}." if with_definition else ""
    return f"{'; '.join(parts)}.{definition}"


def beside_in_words(figure: Figure, codebook: Codebook) -> list[str]:
    """What stands beside a figure: bounds of the unknown, leave-one-out range, primary studies, practices."""
    ratio = figure.kind == "ratio"
    bounds = _ratio_bounds(figure) if ratio else bounds_in_words(figure) if figure.kind == "share" else ""
    parts = [bounds] if bounds else []
    if figure.leave_one_out and figure.leave_one_out.high:
        low, high = figure.leave_one_out.low, figure.leave_one_out.high
        shown = (f"{low:.2f}", f"{high:.2f}") if ratio else (percent(low), percent(high))
        parts.append(f"leaving out any one study: {shown[0]} to {shown[1]}")
    if figure.primary_only and figure.value is not None:
        value = figure.primary_only.value
        said = "" if not value else f" ({value:.2f})" if ratio else f" ({percent(value)})"
        between = "to" if ratio else "of"
        parts.append(
            f"primary studies alone: {figure.primary_only.numerator} {between} {figure.primary_only.denominator}{said}"
        )
    if figure.practices:
        told = [f"{phrase(codebook.label('practices', p.practice))} {_of_practice(p)}" for p in figure.practices]
        parts.append(f"by what they call the practice: {listed(told)}")
    return parts


def _of_practice(part: Practice) -> str:
    """The count of one practice; where some are not known it is a least one."""
    if not part.unknown:
        return f"{part.numerator} of {part.denominator}"
    if not part.numerator:
        return f"not known for {part.unknown} of {part.denominator + part.unknown}"
    return f"at least {part.numerator} of {part.denominator + part.unknown}"


def headline(figure: Figure) -> str:
    """The number of a figure in words, with its interval or the reason why there is none."""
    match figure.kind:
        case "ratio":
            return _ratio_headline(figure)
        case "median":
            return _median_headline(figure)
        case "count":
            return _count_headline(figure)
        case _:
            withheld = f"; {figure.reason}" if figure.reason and figure.denominator else ""
            return f"{_share_headline(figure)}{withheld}"


def _share_headline(figure: Figure) -> str:
    """A share; what is not known is said by its bounds."""
    if not figure.numerator or figure.value is not None or not unknown_of(figure):
        return seen_in_words(replace(figure, unknown=None) if figure.value is not None else figure)
    return f"at least {figure.numerator} of {(figure.denominator or 0) + unknown_of(figure)}"


def _ratio_headline(figure: Figure) -> str:
    if figure.numerator is None:
        return f"not known on both sides for any of {plural(unknown_of(figure), 'study')}"
    known = " among those known on both sides" if figure.value is None else ""
    return f"{figure.numerator} to {figure.denominator}{known}{_ratio(figure)}"


def _median_headline(figure: Figure) -> str:
    if figure.value is None:
        return f"none, because {figure.reason}"
    unknown = f"; not known for {unknown_of(figure)} more" if unknown_of(figure) else ""
    return f"{figure.value:g} over {plural(figure.denominator or 0, 'study')}{unknown}"


def _count_headline(figure: Figure) -> str:
    if figure.numerator is None:
        return f"not assessed, because {figure.reason}"
    whole = f" of {figure.denominator}" if figure.denominator is not None else ""
    share = f" ({percent(figure.value)})" if figure.value is not None else ""
    return f"{figure.numerator}{whole}{share}; {figure.reason}"


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


_HELD_IN: Mapping[str, str] = {"benchmark": "{}", "claim": "claim {} of review.yaml", "published": "{} of review.yaml"}


def _comparison(found: Comparison) -> str:
    """A share of others beside a figure; the table below the figures says what it counts."""
    said = f"beside {_HELD_IN[found.of].format(found.benchmark)}"
    said += f" ({100 * found.share:.1f}%)" if found.share is not None else ""
    said += f", ratio {found.ratio:.2f}" if found.ratio is not None else ""
    return f"{said}: {found.verdict}" if found.verdict else said


def spreadsheet(results: Sequence[Result], asked: Asked = PLAIN) -> Table:
    """One table: every figure a row; where there is no figure, the first table."""
    figures = [(result.analysis, figure) for result in results for figure in result.figures]
    tables = [table for result in results for table in result.tables]
    if not figures and tables:
        return tables[0]
    return Table("Figures", _COLUMNS, tuple(_row(analysis, figure, asked) for analysis, figure in figures))


_COLUMNS = (
    "analysis", "figure", "label", "definition", "unit", "numerator", "denominator", "pool", "value", "interval_low",
    "interval_high", "interval_level", "interval_sides", "interval_method", "unknown", "unknown_low", "unknown_high",
    "leave_one_out_low", "leave_one_out_high", "primary_numerator", "primary_denominator", "primary_value", "practices",
    "counted", "reason", "why",
)  # fmt: skip


def _row(analysis: str, f: Figure, asked: Asked) -> tuple[Cell, ...]:
    i, u, o, p = f.interval, f.unknown, f.leave_one_out, f.primary_only
    return (
        analysis, f.id, f.label, f.definition, f.unit, f.numerator, f.denominator,
        None if f.denominator is None else f.denominator + unknown_of(f), f.value,
        *((i.low, i.high, i.level, i.sides, i.method) if i else (None,) * 5),
        *((u.count, u.low, u.high) if u else (None,) * 3),
        *((o.low, o.high) if o else (None,) * 2),
        *((p.numerator, p.denominator, p.value) if p else (None,) * 3),
        " ".join(f"{part.practice}={part.numerator}/{part.denominator}/{part.unknown}" for part in f.practices),
        " ".join(f.counted), f.reason, asked.why(f.id),
    )  # fmt: skip
