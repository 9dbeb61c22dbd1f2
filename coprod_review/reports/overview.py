"""The one screen of ``gaps``: what a policy writer must know first, each figure whole."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from coprod_review.evidence import EvidenceBase
from coprod_review.models import Framework
from coprod_review.reports.analyses import label_of, lead, payload, spreadsheet
from coprod_review.results import Figure, Gap, Report, Result, Section
from coprod_review.wording import capital, listed, phrase, plural, ratio_in_words, share_in_words

SHOWN_GAPS = 5
NEXT = (
    "Next: coprod-review list; or one of these in full: coprod-review gaps focus (representation, matrix, sector, "
    "principles, care-act, testimony)."
)
_SILENT_SHOWN = 2


SHOWN = ("focus", "representation", "matrix", "sector")
"""The analyses that the first screen tells of."""


def overview(
    base: EvidenceBase,
    results: Sequence[Result],
    every: Callable[[], Sequence[Result]],
    filters: Sequence[str] = (),
) -> Report:
    """Outcome against process, groups, and the most important gaps, in at most 40 lines of 80 columns.

    ``results`` are those of ``SHOWN``; ``every`` gives the results of all analyses, for JSON and CSV.
    """
    found = {result.analysis: result for result in results}
    framework = base.framework
    return Report(
        title=framework.about.title,
        lead=lead(base, filters),
        sections=(
            Section("Outcome against process", points=_focus(found["focus"])),
            Section("Social care and groups of people", points=_people(found, framework)),
            Section("Most important gaps, in the declared order", points=_gaps(found, framework)),
            Section("", paragraphs=(NEXT,)),
        ),
        payload=lambda: payload(base, every(), filters),
        spreadsheet=lambda: spreadsheet(every()),
    )


def _figures(result: Result) -> Mapping[str, Figure]:
    return {figure.id: figure for figure in result.figures}


def _focus(result: Result) -> tuple[str, ...]:
    figures = _figures(result)
    outcome, process = figures["focus.outcome-share"], figures["focus.process-share"]
    ratio = figures["focus.ratio"]
    return (
        f"What they say they examine: {_declared(outcome, process, ratio)}",
        f"What they report: {_reported(figures)}",
    )


def _declared(outcome: Figure, process: Figure, ratio: Figure) -> str:
    if not outcome.denominator:
        return "not coded for any study."
    unknown = f" Not known for {outcome.unknown.count} more." if outcome.unknown and outcome.unknown.count else ""
    return (
        f"outcomes in {share_in_words(outcome)}, process in {share_in_words(process)}. "
        f"{ratio_in_words(ratio, 'examine outcomes', 'examine process')}{unknown}"
    )


def _reported(figures: Mapping[str, Figure]) -> str:
    """The reported view under whichever definition was asked for; unknowns lead."""
    stem = next(name.rpartition(".")[0] for name in figures if name.startswith("focus.reported"))
    outcome, process, ratio = (figures[f"{stem}.{name}"] for name in ("outcome-share", "process-share", "ratio"))
    unknown = ratio.unknown.count if ratio.unknown else 0
    total = (outcome.denominator or 0) + (outcome.unknown.count if outcome.unknown else 0)
    least = f"outcomes in at least {outcome.numerator} of {total}, process in at least {process.numerator}"
    if not unknown:
        return f"outcomes in {share_in_words(outcome)}, process in {share_in_words(process)}."
    return f"not known on both sides for {unknown} of {total}; {least}. An abstract cannot show what is missing."


def _people(found: Mapping[str, Result], framework: Framework) -> tuple[str, ...]:
    sector = _figures(found["sector"])["sector.direct"]
    name = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    figures = _figures(found["representation"])
    points = [f"About {name} alone, of those seen to report an outcome: {share_in_words(sector)}."]
    named = [g for g in framework.codebook.terms("groups") if g.id in framework.named_groups]
    points += [
        _named_group(term.label, figure) for term in named if (figure := figures.get(f"representation.{term.id}"))
    ]
    silent = [
        g.label
        for g in framework.codebook.terms("groups")
        if (f := figures.get(f"representation.{g.id}")) and not f.numerator
    ]
    others = [phrase(label) for label in silent if label not in [g.label for g in named]]
    shown = listed(others[:_SILENT_SHOWN])
    if others:
        points.append(f"Not the focus of any study: {len(silent)} of {plural(len(figures), 'group')}, such as {shown}.")
    return tuple(points)


def _named_group(label: str, figure: Figure) -> str:
    said = f"{label}: the focus of {share_in_words(figure)}"
    unknown = f", not known for {figure.unknown.count}" if figure.unknown and figure.unknown.count else ""
    divided = [c for c in figure.comparisons if c.share is not None]
    if not divided:
        return f"{said}{unknown}; no usable benchmark."
    shares = listed([f"{'at least ' if 'floor' in c.reason else ''}{100 * (c.share or 0):.1f}%" for c in divided])
    populations = f"{plural(len(divided), 'population')}"
    return f"{said}{unknown}; in {populations} {shares}: {divided[0].verdict or 'no verdict'}."


def _gaps(found: Mapping[str, Result], framework: Framework) -> tuple[str, ...]:
    gaps = ordered_gaps(found, framework)
    first = gaps[:SHOWN_GAPS]
    rest = Counter(gap.type for gap in gaps[SHOWN_GAPS:])
    points = [f"{capital(gap.statement)}." for gap in first]
    if rest:
        counted = "; ".join(f"{phrase(label_of(kind, framework))}, {n}" for kind, n in rest.items())
        points.append(f"{sum(rest.values())} more (a domain can have several): {counted}.")
    general = found["matrix"].general
    if general:
        told = [sentence.split(" cells")[0].replace(": in ", ", ") for sentence in general]
        points.append(f"In most domains: {listed([phrase(t) for t in told])}.")
    return tuple(points)


def ordered_gaps(found: Mapping[str, Result], framework: Framework) -> tuple[Gap, ...]:
    """Gaps of groups and outcomes together: groups named in recommendations first, then the declared order."""
    order = {rule.id: number for number, rule in enumerate(framework.codebook.gap_rules)}
    both = (*found["representation"].gaps, *found["matrix"].gaps)
    return tuple(sorted(both, key=lambda gap: (gap.where not in framework.named_groups, order.get(gap.type, 99))))
