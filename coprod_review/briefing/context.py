"""What a briefing is written from: a base, what every analysis found in it, and what changed since an earlier state."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from coprod_review.errors import UnknownName
from coprod_review.gaps.changes import Changes, compare
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Erratum, Finding, Study, eligible, stakeholder
from coprod_review.reports.gaps import require_studies, results_of
from coprod_review.reports.overview import ordered_gaps
from coprod_review.results.figure import Figure
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Chart, Count, Table
from coprod_review.text.suggestions import did_you_mean


class BriefingContext:
    """A base with its results, each worked out once and only when a passage needs it."""

    def __init__(self, base: EvidenceBase, *, since: str = "", then: EvidenceBase | None = None) -> None:
        """Take a base, and for a comparison the earlier state with the name it was asked by.

        Raises ``InvalidBase`` where no study of the base counts as evidence.
        """
        require_studies(base)
        self.base, self.since, self.then = base, since, then

    @property
    def framework(self) -> Framework:
        """What the studies are read against."""
        return self.base.framework

    @property
    def codebook(self) -> Codebook:
        """The vocabularies."""
        return self.base.framework.codebook

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """What every analysis found, by its name."""
        return {result.analysis: result for result in results_of(self.base, tuple(ANALYSES))}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by its id."""
        return {figure.id: figure for result in self.results.values() for figure in result.figures}

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """Every cell of a table by its id."""
        return {name: count for table in self.tables.values() for name, _, count in table.cells()}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every table that can be opened, by its id."""
        return {table.id: table for result in self.results.values() for table in result.tables if table.row_ids}

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """Every chart by its id."""
        return {chart.id: chart for result in self.results.values() for chart in result.charts}

    @cached_property
    def gaps(self) -> Mapping[str, Gap]:
        """Every gap by type and place, groups named in recommendations first, then the declared order."""
        return {f"{gap.type}/{gap.where}": gap for gap in ordered_gaps(self.results, self.framework)}

    @cached_property
    def eligible(self) -> tuple[Study, ...]:
        """The studies that count as evidence."""
        return eligible(self.base.studies)

    @cached_property
    def found(self) -> Mapping[str, tuple[tuple[Study, Finding], ...]]:
        """Findings of the eligible studies by their outcome, in the order of the studies."""
        held: dict[str, list[tuple[Study, Finding]]] = {}
        for study in self.eligible:
            for finding in study.findings:
                held.setdefault(finding.outcome, []).append((study, finding))
        return {outcome: tuple(found) for outcome, found in held.items()}

    @cached_property
    def finding(self) -> Mapping[str, tuple[Study, Finding]]:
        """Findings of the eligible studies by their id."""
        return {finding.id: (study, finding) for found in self.found.values() for study, finding in found}

    @cached_property
    def errata(self) -> Mapping[str, Erratum]:
        """Errata of the review by their id."""
        held = self.framework.review.errata if self.framework.review else ()
        return {erratum.id: erratum for erratum in held if erratum.id}

    @cached_property
    def changes(self) -> Changes:
        """What changed since the earlier state. Raises ``UnknownName`` where there is none."""
        if self.then is None:
            raise UnknownName("Nothing is known of an earlier state: name one with --since.")
        before = (self.then.studies, results_of(self.then, tuple(ANALYSES)))
        return compare(before, (self.base.studies, tuple(self.results.values())))

    def work(self, identity: str) -> Study:
        """One work that can be cited, by its id. Raises ``UnknownName``."""
        return look_up(self.base.works, identity, "study")

    def study(self, identity: str) -> Study:
        """One study by its id. Raises ``UnknownName``."""
        return look_up({s.id: s for s in self.base.studies}, identity, "study")

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Stakeholder groups, domains and outcomes by their id, each with its label."""
        return {t.id: t.label for name in ("stakeholders", "domains", "outcomes") for t in self.codebook.terms(name)}

    def place(self, identity: str) -> str:
        """The id of a stakeholder group, domain or outcome, if there is one. Raises ``UnknownName``."""
        look_up(self.places, identity, "stakeholder group, domain or outcome")
        return identity

    def on_side(self, outcome: str, *, of_change: bool) -> tuple[tuple[Study, Finding], ...]:
        """Findings on an outcome that tell of a change, or those that tell of taking part and of what was made."""
        changes = self.codebook.of_kind("levels", "outcome")
        return tuple(pair for pair in self.found.get(outcome, ()) if (pair[1].level in changes) == of_change)

    def outcomes(self, within: str, *, of_change: bool) -> tuple[str, ...]:
        """Outcomes that have findings of one side, within a stakeholder group, domain or outcome; in declared order."""
        self.place(within)
        return tuple(
            term.id
            for term in self.codebook.terms("outcomes")
            if f"{term.id}.".startswith(f"{within}.") and self.on_side(term.id, of_change=of_change)
        )

    def said_of(self, group: str) -> Iterator[str]:
        """Ids of what participants said, by the group whose outcome comes first in it; "" for what names none."""
        for statement in self.framework.statements:
            if (stakeholder(statement.outcomes[0]) if statement.outcomes else "") == group:
                yield statement.id

    def said_on(self, within: str) -> Iterator[str]:
        """Ids of what participants said on a stakeholder group, domain or outcome."""
        self.place(within)
        for statement in self.framework.statements:
            if any(f"{outcome}.".startswith(f"{within}.") for outcome in statement.outcomes):
                yield statement.id


def context_for(base: EvidenceBase, path: Path | None, since: str, *, skip_invalid: bool = False) -> BriefingContext:
    """The source of a briefing on the base at a path; with a git revision or a folder, the earlier state beside it."""
    if not since:
        return BriefingContext(base)
    from coprod_review.reports.changes import earlier_base  # it brings all that reads and checks a base

    return BriefingContext(base, since=since, then=earlier_base(since, path, skip_invalid=skip_invalid))


T = TypeVar("T")


def look_up(held: Mapping[str, T], identity: str, noun: str) -> T:
    """What an id stands for. Raises ``UnknownName`` with the nearest id."""
    if identity in held:
        return held[identity]
    near = did_you_mean(identity, held)
    raise UnknownName(f"This base has no {noun} `{identity[:80]}`{': ' + near if near else '.'}")
