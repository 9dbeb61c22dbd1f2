"""One figure in full: the number, its bounds, and what it is compared with."""

from collections.abc import Mapping
from dataclasses import replace

from coprod_review.model.codebook import Codebook
from coprod_review.phrasing.figures import bounds_in_words, seen_in_words, unknown_of
from coprod_review.results.figure import Comparison, Figure, PracticeCount
from coprod_review.text.grammar import listed, lower_first, percent, plural


def figure_in_full(figure: Figure, codebook: Codebook, *, with_definition: bool = True) -> str:
    """A figure with its definition, unknowns, leave-one-out range, primary value and comparisons, in words."""
    parts = [f"{figure.label}: {headline(figure)}", *comparisons_in_words(figure, codebook)]
    parts += map(_comparison, figure.comparisons)
    definition = f" Definition: {figure.definition}." if with_definition else ""
    return f"{'; '.join(parts)}.{definition}"


def comparisons_in_words(figure: Figure, codebook: Codebook) -> list[str]:
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
        told = [f"{lower_first(codebook.label('practices', p.practice))} {_of_practice(p)}" for p in figure.practices]
        parts.append(f"by what they call the practice: {listed(told)}")
    return parts


def _of_practice(part: PracticeCount) -> str:
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
    said = f"beside {_HELD_IN[found.source_kind].format(found.benchmark)}"
    said += f" ({100 * found.share:.1f}%)" if found.share is not None else ""
    said += f", ratio {found.ratio:.2f}" if found.ratio is not None else ""
    return f"{said}: {found.verdict}" if found.verdict else said
