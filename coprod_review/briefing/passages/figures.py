"""Passages on numbers: figures, the groups of people they count, comparisons, and the analyses they belong to."""

from collections.abc import Callable, Iterator, Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import Passage, choose
from coprod_review.errors import UnknownName
from coprod_review.model.benchmarks import Benchmark
from coprod_review.phrasing import base_facts, counts
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.attribution import according_to, attributed_in_few_words, attributed_sentence
from coprod_review.phrasing.changes import figure_change_in_briefing
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import short_label
from coprod_review.phrasing.pieces import CitedStudies, Piece
from coprod_review.phrasing.published_numbers import population_share, published_number
from coprod_review.phrasing.ratios import ratio_with_conclusion
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.table import Count
from coprod_review.text.grammar import plural


def _short(figure: Figure) -> str:
    if figure.kind != "share":
        return headline(figure)
    return "; ".join(filter(None, (short_label(figure), attributed_in_few_words(figure))))


def _ratio(figure: Figure) -> str:
    if figure.kind != "ratio":
        raise UnknownName(f"`{figure.id}` is not a ratio: name a ratio such as focus.ratio, or another form.")
    return ratio_with_conclusion(figure)


_FORMS: Mapping[str, Callable[[Figure], str]] = {
    "share": counts.share_in_count,
    "full": counts.share_with_interval,
    "plain": counts.share_in_tenths,
    "sentence": counts.labelled_share,
    "short": _short,
    "count": counts.numerator_in_words,
    "number": lambda figure: "not known" if figure.numerator is None else str(figure.numerator),
    "ratio": _ratio,
    "attributed": attributed_sentence,
    "label": lambda figure: figure.label,
}
"""Words for a figure by their form; those in ``_SENTENCES`` are a sentence, the others its subject."""
_SENTENCES = frozenset({"sentence", "ratio", "attributed"})
"""Forms that say more than a number, so that an editor may change none of their words."""
_CELL_FORMS: Mapping[str, Callable[[Count], str]] = {
    "count": lambda count: plural(count.n, count.unit),
    "number": lambda count: str(count.n),
}
"""Words for a table cell by their form, without what the review of the base alone adds."""


def _figure(context: BriefingContext, key: str) -> Figure:
    return look_up(context.figures, key, "figure")


def membership(figure: Figure) -> str:
    """Return which studies a figure counts, does not count, and does not know about, as evidence of a passage."""
    return "|".join(
        ",".join(sorted(part))
        for part in (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids, *_attributed_ids(figure))
    )


def _attributed_ids(figure: Figure) -> tuple[tuple[str, ...], ...]:
    added = figure.attributed
    return (added.numerator_ids, added.denominator_ids, added.unknown_ids, added.removed_ids) if added else ()


def _figure_passage(figure: Figure, text: str, *, exact: bool = True) -> Passage:
    return Passage((text,), membership(figure), figure.id, exact=exact)


def figure(context: BriefingContext, key: str, form: str = "share") -> Passage:
    """Return a figure, or the count of a table cell.

    Forms: ``share``, ``full`` (with its confidence interval), ``plain`` (about 8 in 10), ``sentence`` (with its label),
    ``short`` (for a table), ``count`` (the numerator with its unit), ``number`` (the numerator alone), ``ratio`` (a
    ratio as a sentence), ``attributed`` (a sentence on what the review of the base alone adds) and ``label``.
    """
    if key in context.counts:
        count, review = context.counts[key], context.framework.review_name
        added = f" ({according_to(review)}, {len(count.attributed)} more)" if review and count.attributed else ""
        text = choose(_CELL_FORMS, form, "figure")(count) + (added if form == "count" else "")
        return Passage((text,), ",".join((*count.ids, *count.attributed)), key, exact=form == "number")
    figure = _figure(context, key)
    text = choose(_FORMS, form, "figure")(figure)
    return (
        Passage((text,), counted=False) if form == "label" else _figure_passage(figure, text, exact=form in _SENTENCES)
    )


def group(context: BriefingContext, key: str, form: str = "focus") -> Passage:
    """Return how many studies focus on a group of people, or with the form ``included`` how many include it."""
    ids = {"focus": f"representation.{key}", "included": f"representation.{key}.included"}
    figure = _figure(context, choose(ids, form, "group"))
    label = context.codebook.label("groups", key)
    if form == "included":
        return _figure_passage(figure, counts.inclusion_of_group(figure, label, len(context.eligible)))
    return _figure_passage(figure, counts.focus_on_group(figure, label))


def compare(context: BriefingContext, figure: str, number: str) -> Passage:
    """Return a published number to compare a figure with; ``base.comparisons`` lists them."""
    own = _figure(context, figure)
    comparison = look_up({c.benchmark: c for c in own.comparisons}, number, "published number for this figure")
    pieces: tuple[Piece, ...]
    if isinstance(comparison.source, Benchmark):
        pieces = (population_share(comparison, own),)
    else:
        studies = {s.id for s in context.base.studies}
        pieces = published_number(comparison, [i for i in _cited_by(context, comparison) if i in studies])
    return Passage(pieces, f"{membership(own)} {comparison.share}", own.id)


def _cited_by(context: BriefingContext, comparison: Comparison) -> tuple[str, ...]:
    """Return the works that give a published number: its own, or all that its claim cites."""
    if not isinstance(comparison.source, Benchmark) and comparison.source.study:
        return (comparison.source.study,)
    review = context.framework.review
    return next((c.cites for c in review.claims if c.id == comparison.benchmark), ()) if review else ()


def answer(context: BriefingContext, analysis: str) -> Passage:
    """Return what an analysis found, and what the base lacks for it."""
    result = look_up(context.results, analysis, "analysis")
    parts = words.statement(result, context.framework), words.lacks(result, context.framework)
    text = " ".join(part for part in parts if part)
    return Passage((text,), "".join(map(membership, result.figures)), result.analysis)


def caution(context: BriefingContext, analysis: str) -> Passage:
    """Return what may not be concluded from an analysis."""
    result = look_up(context.results, analysis, "analysis")
    return Passage((words.caution(result, context.framework),), counted=False)


def change(context: BriefingContext, key: str) -> Passage:
    """Return what changed since an earlier state: a figure as it was and is, or a study by its title and year."""
    moved = {m.id: m for m in context.changes.figures}.get(key)
    if moved is not None:
        evidence = membership(moved.after) if moved.after else "gone"
        return Passage((figure_change_in_briefing(moved),), evidence, key if moved.after else "")
    studies = {s.id: s for s in (*(context.earlier.studies if context.earlier else ()), *context.base.studies)}
    study = look_up(studies, key, "study or figure that changed")
    now = context.base.find(key)
    status = context.codebook.label("statuses", now.status) if now and now.status != "active" else ""
    text = base_facts.study_that_changed(study.citation.title, study.year, status)
    return Passage((text,), repr(study), counted=False)


# --- footnotes ----------------------------------------------------------------------


def behind(context: BriefingContext, key: str) -> Passage:
    """Return the studies behind a figure, a table cell or an analysis: those counted, not counted and not known."""
    groups = [(name, ids) for name, ids in _groups_of_studies(context, key) if ids]
    pieces: list[Piece] = []
    for name, ids in groups:
        pieces += [f"{name}: ", CitedStudies(ids), ". "]
    return Passage(tuple(pieces), " ".join(f"{name} {','.join(ids)}" for name, ids in groups), counted=False)


def _groups_of_studies(context: BriefingContext, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    attributed = _counted_by_review(context)
    if key in context.results:
        figures = [f for f in context.results[key].figures if f.unit == "study"]
        counted = {i for f in figures for i in f.numerator_ids}
        added = {i for f in figures if f.attributed for i in f.attributed.numerator_ids} - counted
        yield "These studies are counted in its numbers", tuple(s.id for s in context.eligible if s.id in counted)
        yield attributed, tuple(s.id for s in context.eligible if s.id in added)
    elif key in context.counts:
        count = context.counts[key]
        yield "These studies are counted", count.ids if count.unit == "study" else ()
        yield attributed, count.attributed if count.unit == "study" else ()
    elif (figure := _figure(context, key)).unit == "study":
        ratio = figure.kind == "ratio"
        rest = figure.denominator_ids if ratio else _without(figure.denominator_ids, figure.numerator_ids)
        yield "These studies are on the first side" if ratio else "These studies are counted", figure.numerator_ids
        yield "These studies are on the second side" if ratio else "These studies are not counted", rest
        yield "We do not know about these studies", figure.unknown_ids
        yield attributed, figure.attributed.numerator_ids if figure.attributed else ()


def _counted_by_review(context: BriefingContext) -> str:
    review = context.framework.review_name
    return f"These studies are counted only {according_to(review)}" if review else ""


def _without(ids: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(i for i in ids if i not in others)
