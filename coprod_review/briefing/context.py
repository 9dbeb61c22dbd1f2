"""What a briefing is written from: a base, the results of its analyses, and what changed since an earlier state."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from coprod_review.errors import UnknownName
from coprod_review.gaps.changes import Changes, compare
from coprod_review.gaps.registry import AnalysisResults, all_results
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Erratum, Finding, Study, eligible
from coprod_review.phrasing.analyses import registry as words
from coprod_review.reports.gaps import require_studies
from coprod_review.reports.overview import ordered_gaps
from coprod_review.results.chart import Chart
from coprod_review.results.figure import Figure
from coprod_review.results.result import Gap, Result
from coprod_review.results.table import Count, Table
from coprod_review.text.suggestions import did_you_mean

T = TypeVar("T")


class BriefingContext:
    """A base with its results, each computed once and only when a passage needs it."""

    def __init__(self, base: EvidenceBase, *, since: str = "", earlier: EvidenceBase | None = None) -> None:
        """Take a base, and for a comparison its earlier state and the name of that state.

        Raises ``InvalidBase`` where no study of the base counts as evidence.
        """
        require_studies(base)
        self.base, self.since, self.earlier = base, since, earlier

    @property
    def framework(self) -> Framework:
        """The framework of the base: its codebook, review and benchmarks."""
        return self.base.framework

    @property
    def codebook(self) -> Codebook:
        """The codebook of the base."""
        return self.base.framework.codebook

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """The result of every analysis, by its name."""
        return {result.analysis: result for result in self.analyses.all()}

    @cached_property
    def analyses(self) -> AnalysisResults:
        """The analyses of the base, each run once."""
        return AnalysisResults(self.base.studies, self.framework)

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
        tables = (table for result in self.results.values() for table in words.tables(result, self.framework))
        return {table.id: table for table in tables if table.row_ids}

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """Every chart by its id."""
        return {c.id: c for result in self.results.values() for c in words.charts(result, self.framework)}

    @cached_property
    def gaps(self) -> Mapping[str, Gap]:
        """Every gap by type and place: groups that recommendations name first, then the order of the codebook."""
        return {f"{gap.type}/{gap.where}": gap for gap in ordered_gaps(self.results, self.framework)}

    @cached_property
    def eligible(self) -> tuple[Study, ...]:
        """The studies that count as evidence."""
        return eligible(self.base.studies, self.codebook)

    @cached_property
    def findings_by_outcome(self) -> Mapping[str, tuple[tuple[Study, Finding], ...]]:
        """Findings of the eligible studies by their outcome, in the order of the studies."""
        findings: dict[str, list[tuple[Study, Finding]]] = {}
        for study in self.eligible:
            for finding in study.findings:
                findings.setdefault(finding.outcome, []).append((study, finding))
        return {outcome: tuple(pairs) for outcome, pairs in findings.items()}

    @cached_property
    def findings_by_id(self) -> Mapping[str, tuple[Study, Finding]]:
        """Findings of the eligible studies by their id."""
        return {f.id: (study, f) for pairs in self.findings_by_outcome.values() for study, f in pairs}

    @cached_property
    def errata(self) -> Mapping[str, Erratum]:
        """Errata of the review by their id."""
        errata = self.framework.review.errata if self.framework.review else ()
        return {erratum.id: erratum for erratum in errata if erratum.id}

    @cached_property
    def changes(self) -> Changes:
        """What changed since the earlier state. Raises ``UnknownName`` without an earlier state."""
        if self.earlier is None:
            raise UnknownName("This briefing has no earlier state to compare with: name one with --since.")
        before = (self.earlier.studies, all_results(self.earlier.studies, self.earlier.framework))
        return compare(before, (self.base.studies, tuple(self.results.values())))

    def work(self, identity: str) -> Study:
        """Return a work that can be cited, by its id. Raises ``UnknownName``."""
        return look_up(self.base.works, identity, "study")

    def study(self, identity: str) -> Study:
        """Return a study by its id. Raises ``UnknownName``."""
        return look_up(self._studies_by_id, identity, "study")

    @cached_property
    def _studies_by_id(self) -> Mapping[str, Study]:
        return {study.id: study for study in self.base.studies}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Stakeholder groups, domains and outcomes by their id, each with its label."""
        return {t.id: t.label for name in ("stakeholders", "domains", "outcomes") for t in self.codebook.terms(name)}

    def require_place(self, identity: str) -> None:
        """Raise ``UnknownName`` unless an id names a stakeholder group, domain or outcome."""
        look_up(self.places, identity, "stakeholder group, domain or outcome")

    def findings_on(self, outcome: str, *, of_change: bool) -> tuple[tuple[Study, Finding], ...]:
        """Return findings on an outcome: those of a change, or those on taking part and on what was made."""
        changes = self.codebook.of_kind("levels", "outcome")
        pairs = self.findings_by_outcome.get(outcome, ())
        return tuple(pair for pair in pairs if (pair[1].level in changes) == of_change)

    def outcomes(self, within: str, *, of_change: bool) -> tuple[str, ...]:
        """Return the outcomes within a stakeholder group, domain or outcome that have findings, as in ``findings_on``.

        They are in the order of the codebook. Raises ``UnknownName``.
        """
        self.require_place(within)
        return tuple(
            term.id
            for term in self.codebook.terms("outcomes")
            if f"{term.id}.".startswith(f"{within}.") and self.findings_on(term.id, of_change=of_change)
        )


def context_for(base: EvidenceBase, path: Path | None, since: str, *, skip_invalid: bool = False) -> BriefingContext:
    """Return the context of a briefing on the base at a path; ``since`` is a git revision or a folder, or empty."""
    if not since:
        return BriefingContext(base)
    from coprod_review.reports.changes import earlier_base  # it imports everything that reads and checks a base

    return BriefingContext(base, since=since, earlier=earlier_base(since, path, skip_invalid=skip_invalid))


def look_up(entries: Mapping[str, T], identity: str, noun: str) -> T:
    """Return the entry with an id. Raises ``UnknownName`` with the nearest id."""
    if identity in entries:
        return entries[identity]
    near = did_you_mean(identity, entries)
    raise UnknownName(f"This base has no {noun} `{identity[:80]}`{': ' + near if near else '.'}")
