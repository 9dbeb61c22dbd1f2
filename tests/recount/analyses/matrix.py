"""The evidence map of outcomes, and the gaps of its domains."""

from collections.abc import Iterator

from tests.recount.gap_rules import FIRES, cell
from tests.recount.reading import Base, findings, ids, outcome_findings, statements


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    outcomes = base.terms["outcomes"]
    rows = {
        f"matrix.map/{row}": outcomes_below(base, f"{row}.") for row in (*base.terms["stakeholders"], *base.domains)
    }
    rows |= {f"matrix.outcomes/{outcome}": {outcome} for outcome in outcomes}
    for row, wanted in rows.items():
        for column, content in map_row(base, wanted).items():
            yield f"{row}/{column}", content


def outcomes_below(base: Base, start: str) -> set[str]:
    return {o for o in base.terms["outcomes"] if o.startswith(start)}


def map_row(base: Base, outcomes: set[str]) -> dict[str, list[str]]:
    """What a row of the map holds."""
    studies = [s for s in base.eligible if any(f["outcome"] in outcomes for f in findings(s))]
    return {
        "studies": ids(studies),
        "outcome": ids(s for s in studies if any(f["outcome"] in outcomes for f in outcome_findings(s))),
        "primary": ids(base.primary(studies)),
        "reviews": ids(base.reviews(studies)),
        "said": ids(t for t in statements(base) if outcomes & set(t.get("outcomes") or [])),
    }


def gaps(base: Base) -> dict[str, list[str]]:
    """For every domain the rules that apply, in the order of the codebook."""
    return {
        name: [r["id"] for r in base.rules if FIRES[r["id"]](cell(base, name), r.get("thresholds") or {})]
        for name in base.domains
    }
