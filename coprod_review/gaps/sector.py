"""G5: how much of the outcome evidence is about social care itself.

Strict counts studies of the base's sector alone, broad those that include it.
Methods: methods.md 10 (G5); the set is the outcome studies of design.md decision 1.
"""

from collections.abc import Iterable

from coprod_review.gaps.figures import ids, share
from coprod_review.models import Framework, Study, eligible, outcome_studies
from coprod_review.results import Count, Figure, Result, Table
from coprod_review.wording import plural, share_in_words

QUESTION = "How much of the evidence on outcomes is about social care?"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Shares of outcome studies in the base's sector alone, and including it; a table of every sector."""
    held, codebook = eligible(studies), framework.codebook
    with_outcomes = outcome_studies(held, codebook)
    sector = framework.about.scope.sector
    name = codebook.label("sectors", sector).lower()
    direct = share(
        "sector.direct",
        f"Outcome studies about {name} alone",
        "strict: no other sector is coded",
        with_outcomes,
        lambda s: s.sector == (sector,) if s.sector else None,
        codebook,
    )
    including = share(
        "sector.including",
        f"Outcome studies that include {name}",
        "broad: other sectors may be coded too",
        with_outcomes,
        lambda s: sector in s.sector if s.sector else None,
        codebook,
    )
    return Result(
        analysis="sector",
        question=QUESTION,
        statement=_statement(direct, including, held, with_outcomes, framework),
        caution="Evidence from health care may or may not carry over to social care.",
        figures=(direct, including),
        tables=(_table(held, with_outcomes, framework),),
    )


def _statement(
    direct: Figure, including: Figure, held: tuple[Study, ...], with_outcomes: tuple[Study, ...], framework: Framework
) -> str:
    sector = framework.about.scope.sector
    name = framework.codebook.label("sectors", sector).lower()
    every = sum(sector in s.sector for s in held)
    open_ = sum(s.reports.outcome != "absent" for s in held) - len(with_outcomes)
    return (
        f"Of the studies seen to report an outcome, {share_in_words(direct)} "
        f"{'is' if direct.numerator == 1 else 'are'} about {name} alone, and {share_in_words(including)} include it. "
        f"Of all {plural(len(held), 'eligible study')}, {every} include it."
        + (f" Whether {open_} more report an outcome is not known." if open_ else "")
    )


def _table(held: tuple[Study, ...], with_outcomes: tuple[Study, ...], framework: Framework) -> Table:
    def within(studies: tuple[Study, ...], sector: str) -> Count:
        return Count(ids(s for s in studies if sector in s.sector))

    rows = [(t.label, within(with_outcomes, t.id), within(held, t.id)) for t in framework.codebook.terms("sectors")]
    rows.append(
        ("Not coded", Count(ids(s for s in with_outcomes if not s.sector)), Count(ids(s for s in held if not s.sector)))
    )
    rows.append(("All", Count(ids(with_outcomes)), Count(ids(held))))
    title = (
        f"Sectors of {plural(len(with_outcomes), 'outcome study', 'outcome studies')} and of all {len(held)} eligible"
    )
    return Table(
        title,
        ("Sector", "Outcome studies", "All eligible"),
        tuple(rows),
        "A study may have several sectors; All counts each once.",
    )
