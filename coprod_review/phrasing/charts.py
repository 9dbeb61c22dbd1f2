"""Charts in words: the words next to each bar, and the description for readers who cannot see the chart."""

from coprod_review.phrasing.attribution import attributed_in_few_words
from coprod_review.phrasing.figures import figure_in_words, short_label, unknown_count
from coprod_review.results.chart import Bar, Chart, ChartData
from coprod_review.results.figure import Figure
from coprod_review.results.table import Table


def bar(label: str, figure: Figure) -> Bar:
    """Return the bar of one share, with its unknown part and its interval."""
    interval = figure.interval if figure.kind == "share" else None
    return Bar(
        label=label,
        n=figure.numerator or 0,
        total=(figure.denominator or 0) + unknown_count(figure),
        words=figure_in_words(figure),
        low=interval.low if interval and not unknown_count(figure) else None,
        high=interval.high if interval and not unknown_count(figure) else None,
        unknown=unknown_count(figure),
        id=figure.id,
        short=short_label(figure),
        detail="; ".join(filter(None, (_not_known(figure), attributed_in_few_words(figure)))),
    )


def _not_known(figure: Figure) -> str:
    """Return for how many items a share is not known, where its short words do not say so."""
    unknown = unknown_count(figure)
    return f"not known for {unknown} more" if figure.kind == "share" and figure.value is not None and unknown else ""


def chart_in_words(data: ChartData, question: str, caution: str) -> Chart:
    """Return a chart with its title, its description and the words beside its bars; ``question`` is a title too."""
    title = data.title or question
    if data.table is not None:
        return Chart(data.id, data.kind, title, _matrix_description(data.table), table=data.table, caution=caution)
    bars = tuple(bar(label, figure) for label, figure in data.figures)
    description = " ".join(f"{b.label}: {b.words}." for b in bars)
    return Chart(data.id, data.kind, title, description, bars=bars, caution=caution, series=data.series)


def _matrix_description(table: Table) -> str:
    filled = sum(count.n > 0 for _, _, count in table.cells())
    total = sum(1 for _ in table.cells())
    note = f" {table.note}" if table.note else ""
    # A cell can count statements or claims instead of studies.
    return f"{table.title}: {filled} of {total} cells {'is' if filled == 1 else 'are'} not empty.{note}"
