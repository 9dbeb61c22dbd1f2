"""What changed between two states of a base, in words."""

from collections.abc import Iterator

from coprod_review.gaps.changes import CellChange, Changes, FigureChange
from coprod_review.loading.evidence_base import Adaptation, EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.phrasing.base_summary import edition
from coprod_review.phrasing.counts import share_in_count
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import listed, listed_at_most, number_with_verb, plural


def comparison_sentence(earlier: EvidenceBase, current: EvidenceBase, reference: str, *, is_folder: bool) -> str:
    """Return which earlier state the base is compared with, and what a reader must know about it."""
    about = earlier.framework.about
    kind = "the folder" if is_folder else "the revision"
    name = f", {about.name}{edition(about)}" if about.name != reference else ""
    evidence = number_with_verb(len(eligible(earlier.studies, earlier.framework.codebook)), "counts", "count")
    entries = plural(len(earlier.studies), "entry")
    sentences = [f"It is compared with {kind} {reference}{name}. That state has {entries}; {evidence} as evidence."]
    if earlier.adaptation:
        sentences += adaptation_sentences(earlier.adaptation)
    if earlier.skipped:
        sentences.append(f"These entries were left out because of errors: {listed_at_most(earlier.skipped)}.")
    if earlier.framework.codebook.gap_rules != current.framework.codebook.gap_rules:
        sentences.append("The gap rules changed in between, so each state is read by its own rules.")
    return " ".join(sentences)


def adaptation_sentences(adaptation: Adaptation) -> Iterator[str]:
    """Yield what was done with an earlier state before it was compared."""
    if adaptation.version:
        yield (
            f"It was in the older format {adaptation.version} and was converted for this comparison; "
            f"{lost_codes(adaptation)}."
        )
    for field in adaptation.left_out:
        yield (
            f"The part `{field}` of its review.yaml does not fit the current format and was left out; no figure "
            "depends on it."
        )


def lost_codes(adaptation: Adaptation) -> str:
    """Return how many codes of an older format have no equivalent, as a clause."""
    n = adaptation.lost_codes
    return f"{plural(n, 'code')} could not be carried over" if n else "every code could be carried over"


def studies_changed(changes: Changes) -> tuple[str, ...]:
    """Return which studies were added, removed or changed, a sentence for each."""
    kinds = (("added", changes.added), ("removed", changes.removed), ("changed", changes.changed))
    sentences = tuple(
        f"{plural(len(ids), 'study was', 'studies were')} {word}: {listed(ids)}." for word, ids in kinds if ids
    )
    return sentences or ("No study was added, removed or changed.",)


def figure_change(change: FigureChange) -> str:
    """Return how a figure changed, as a sentence with its id."""
    figure = change.after or change.before
    assert figure is not None
    return f"{figure.label}: from {figure_then(change.before)} to {figure_then(change.after)} [{change.id}]."


def figure_change_in_briefing(change: FigureChange) -> str:
    """Return how a figure changed, as a sentence of a briefing, which gives no id and no interval."""
    before, after = change.before, change.after
    if before is None or after is None:
        figure = after or before
        assert figure is not None
        return f"“{figure.label}” is {f'new: {_in_briefing(figure)}' if after else 'no longer counted'}."
    return f"“{after.label}” was {_in_briefing(before)} and is now {_in_briefing(after)}."


def _in_briefing(figure: Figure) -> str:
    return share_in_count(figure) if figure.kind == "share" else figure_then(figure)


def figure_then(figure: Figure | None) -> str:
    """Return a figure as it is in one state of the base, or that the state has no such figure."""
    if figure is None:
        return "no such figure"
    if figure.kind == "share":
        return figure_in_words(figure)
    if figure.kind != "ratio" or figure.numerator is None:
        return headline(figure)
    unknown = f", not known for {unknown_count(figure)}" if unknown_count(figure) else ""
    counts = f"{figure.numerator} to {figure.denominator}"
    read = f"{counts} (ratio {figure.value:.2f}){unknown}" if figure.value is not None else f"{counts}{unknown}"
    return "; ".join(filter(None, (read, attributed_in_words(figure))))


def cell_change(change: CellChange) -> str:
    """Return how the count in a table changed, as a sentence with the id of its cell."""
    before = count_then(change.before, change.attributed_before)
    after = count_then(change.after, change.attributed_after)
    return f"{change.label}: from {before} to {after} [{change.id}]."


def count_then(count: int | None, attributed: int) -> str:
    """Return a count as it is in one state of the base, as in ``14 (+7)``, or that the state has no such cell."""
    if count is None:
        return "no such cell"
    return f"{count} (+{attributed})" if attributed else str(count)
