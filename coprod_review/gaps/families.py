"""Study families: entries on the same study, which count once where studies are counted.

Entries share a family if their ``study_family`` is the same. A family has what any of its entries has; that is not
known if no entry is known to have it and one of them is not known. Figures name the family by the id of its first
entry.
Method: docs/methods/figures.md#two-entries-on-one-study.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from coprod_review.gaps.study_sets import StudyTest, ids
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible
from coprod_review.results.chart import ChartData
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

Family = tuple[Study, ...]
"""The entries on one study, in their order; for most studies there is one."""
_FAMILY = attrgetter("study_family")
FirstEntries = Mapping[str, str]
"""For every entry of a family with several entries, the id of its first."""


def families(studies: Iterable[Study]) -> tuple[Family, ...]:
    """Return the studies by family, in the order of the first entries."""
    by_name: dict[tuple[str, str], list[Study]] = {}
    for study in studies:
        by_name.setdefault(_name(study), []).append(study)
    return tuple(map(tuple, by_name.values()))


def have_families(studies: Iterable[Study]) -> bool:
    """Return whether any entry names a family; in most bases none does, and then each entry is a study of its own."""
    return any(map(_FAMILY, studies))


def first_ids(studies: Sequence[Study]) -> tuple[str, ...]:
    """Return the id of the first entry of each family, in their order."""
    return tuple(family[0].id for family in families(studies)) if have_families(studies) else ids(studies)


def count_families(studies: Iterable[Study]) -> int:
    """Return the number of studies, in which entries of one family count once."""
    studies = tuple(studies)
    return len(families(studies)) if have_families(studies) else len(studies)


def _name(study: Study) -> tuple[str, str]:
    """Return what is the same for the entries of one family, and what no entry without a family can share."""
    return ("family", study.study_family) if study.study_family else ("entry", study.id)


def answers_of(studies: Sequence[Study], test: StudyTest) -> list[bool | None]:
    """Return the answers of the families of some studies to a test of their entries."""
    if not have_families(studies):
        return list(map(test, studies))
    return [_answer([test(study) for study in family]) for family in families(studies)]


def _answer(answers: Sequence[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def first_entries(studies: Iterable[Study], codebook: Codebook) -> FirstEntries:
    """Return the id of the first eligible entry of its family for each entry that shares its family."""
    shared = (family for family in families(eligible(studies, codebook)) if len(family) > 1)
    return {study.id: family[0].id for family in shared for study in family}


def with_first_entries(result: Result, first: FirstEntries) -> Result:
    """Return a result whose figures and tables name each family by its first entry, and count it once."""
    if not first:
        return result
    return replace(
        result,
        figures=tuple(_figure(figure, first) for figure in result.figures),
        tables=tuple(_table(table, first) for table in result.tables),
        charts=tuple(_chart(chart, first) for chart in result.charts),
        gaps=tuple(replace(gap, studies=_ids_once(gap.studies, first)) for gap in result.gaps),
    )


def _ids_once(ids: Sequence[str], first: FirstEntries) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first.get(identity, identity) for identity in ids))


def _figure(figure: Figure, first: FirstEntries) -> Figure:
    """Return a figure with the ids of first entries; a median is of the numbers of entries."""
    if figure.unit != "study" or figure.kind == "median":
        return figure
    numerator, denominator = (_ids_once(ids, first) for ids in (figure.numerator_ids, figure.denominator_ids))
    if figure.kind == "count":  # shares and ratios count families already
        figure = replace(
            figure,
            numerator=None if figure.numerator is None else len(numerator),
            denominator=None if figure.denominator is None else len(denominator),
        )
    unknown = _ids_once(figure.unknown_ids, first)
    return replace(figure, numerator_ids=numerator, denominator_ids=denominator, unknown_ids=unknown)


def _table(table: Table, first: FirstEntries) -> Table:
    return replace(table, rows=tuple(tuple(_cell(cell, first) for cell in row) for row in table.rows))


def _cell(cell: Cell, first: FirstEntries) -> Cell:
    if isinstance(cell, Count) and cell.unit == "study":
        return replace(cell, ids=_ids_once(cell.ids, first))
    return cell


def _chart(chart: ChartData, first: FirstEntries) -> ChartData:
    return replace(
        chart,
        figures=tuple((label, _figure(figure, first)) for label, figure in chart.figures),
        table=_table(chart.table, first) if chart.table else None,
    )
