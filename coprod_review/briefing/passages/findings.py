"""Passages on what studies report: effects, findings in their own words, and how many studies report on a subject."""

from collections.abc import Iterable, Mapping, Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import Passage, choose
from coprod_review.briefing.passages.review import match_of_work
from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, domain
from coprod_review.phrasing import base_facts
from coprod_review.phrasing.effects import (
    CERTAINTY_LEVELS,
    DIRECTIONS,
    ROLES,
    STRENGTHS,
    Effect,
    ReportingStudies,
    effects_in_words,
)
from coprod_review.phrasing.findings import (
    Match,
    ReportedFinding,
    ReportingCounts,
    Source,
    finding_in_words,
    reporting_in_brief,
    reporting_in_full,
    reporting_in_plain_words,
    roles_in_brief,
    roles_in_words,
)
from coprod_review.results.table import Cell, Count, Table

SIDES = {"change": True, "taking_part": False}
"""Whether a side has the findings of a change, or those on taking part and on what was made."""


def studies_by_kind(context: BriefingContext, ids: Sequence[str]) -> str:
    """Return the number of studies of each kind: ``2 primary studies and 1 review``."""
    kinds = [context.codebook.kind("designs", context.study(i).design) for i in ids]
    primary, reviews = kinds.count("primary"), kinds.count("review")
    return base_facts.studies_by_kind(primary, reviews, len(ids) - primary - reviews)


def _review_name(context: BriefingContext) -> str:
    return context.framework.review_name or "review of this base"


def _direction(finding: Finding, codebook: Codebook) -> str:
    """Return the kind of a finding's direction; one without a kind has no words here, so it counts as not stated."""
    kind = codebook.kind("directions", finding.direction)
    return kind if kind in DIRECTIONS else "not_stated"


def _strength(finding: Finding) -> str:
    """Return how strongly the source puts a finding; what says nothing of its words counts as a plain statement."""
    return finding.asserts if finding.asserts in STRENGTHS else STRENGTHS[0]


def _evidence_of(finding: Finding) -> str:
    """Return what a sentence on a finding rests on."""
    certainty = finding.certainty.level if finding.certainty else "not assessed"
    sources = ",".join(place.source for place in finding.reported_in)
    return ":".join(
        (
            finding.id,
            finding.outcome,
            finding.level,
            finding.direction,
            finding.asserts,
            finding.evidence_role,
            certainty,
            sources,
        )
    )


# --- effects --------------------------------------------------------------------------


def effect(context: BriefingContext, outcome: str, side: str = "change") -> Passage:
    """Return what studies report on one outcome, benefits together with everything else.

    Sides: ``change``, and ``taking_part`` for findings on taking part or on what was made.
    """
    look_up({t.id: t for t in context.codebook.terms("outcomes")}, outcome, "outcome")
    findings = context.findings_on(outcome, of_change=choose(SIDES, side, "effect"))
    grouped: dict[Effect, list[str]] = {}
    for study, finding in findings:
        grouped.setdefault(effect_of(context, finding), []).append(study.id)
    effects = {effect: _reporting(context, ids) for effect, ids in grouped.items()}
    evidence = " ".join(_evidence_of(f) for _, f in findings) or f"{outcome}: none"
    opens = _cell_of(context, outcome) if findings else ""
    return Passage(effects_in_words(effects, _review_name(context)), evidence, opens)


def _reporting(context: BriefingContext, ids: Sequence[str]) -> ReportingStudies:
    studies = tuple(dict.fromkeys(ids))
    return ReportingStudies(studies, studies_by_kind(context, studies))


def effect_of(context: BriefingContext, finding: Finding) -> Effect:
    """Return how a finding is put into words; an unknown role or certainty claims the least."""
    codebook = context.codebook
    direction, second_hand = _direction(finding, codebook), context.framework.is_attributed(finding)
    if codebook.side(finding.level) != "outcome":
        what = "output" if codebook.has_kind("levels", finding.level, "output") else "experience"
        strength = "hints" if finding.asserts == "hints" else STRENGTHS[0]
        return Effect(direction, what, second_hand=second_hand, strength=strength)
    role = codebook.kind("evidence_roles", finding.evidence_role) or ROLES[-1]
    level = finding.certainty.level if finding.certainty else None
    certainty = level if level in CERTAINTY_LEVELS else None
    return Effect(direction, "change", role, certainty, second_hand, _strength(finding))


def _cell_of(context: BriefingContext, outcome: str) -> str:
    """Return the cell of the map that has the studies of an outcome's domain."""
    cell = f"matrix.map/{domain(outcome)}/studies"
    return cell if cell in context.counts else ""


# --- single findings ------------------------------------------------------------------


def finding(context: BriefingContext, keys: str) -> Passage:
    """Return one finding in its own words, with who reports it; several ids with commas share their words."""
    pairs = [look_up(context.findings_by_id, identity, "finding") for identity in keys.split(",")]
    first = pairs[0][1]
    if any(other.summary != first.summary for _, other in pairs):
        raise UnknownName(f"The findings {keys} do not have the same words: write one passage for each.")
    source = _source(context, pairs)
    kinds = {context.codebook.kind("designs", study.design) for study, _ in pairs}
    reported = ReportedFinding(
        summary=first.summary,
        studies=tuple(dict.fromkeys(study.id for study, _ in pairs)),
        source=source,
        noun="review" if kinds == {"review"} else "study",
        direction=_direction(first, context.codebook),
        strength=_strength(first),
        counts=tuple(q.fraction for q in first.figures if q.fraction),
        hidden_count=any(q.denominator == "not_reported" for q in first.figures),
        match=_match(context, pairs) if source == "review of the base" else "",
        corrections=_corrections(context, pairs) if source == "review of the base" else (),
    )
    evidence = "|".join((*(f"{_evidence_of(f)} {f.summary}" for _, f in pairs), *reported.corrections))
    return Passage(finding_in_words(reported, _review_name(context)), evidence)


def _source(context: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> Source:
    if all(context.framework.is_attributed(finding) for _, finding in pairs):
        return "review of the base"
    original = context.codebook.of_kind("evidence_roles", "original")
    return "study" if any(f.evidence_role in original for _, f in pairs) else "studies cited"


def _match(context: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> Match:
    """Return what the works show of something that only the review reports; empty where no claim carries it."""
    review = context.framework.review
    claims = {c.id: c.corroboration for c in review.claims} if review else {}
    codes = {
        match_of_work(context, study, claims.get(place.claim, {}).get(study.id, "not_judged"))
        for study, finding in pairs
        for place in finding.reported_in
        if place.claim
    }
    if not codes:
        return ""
    if codes == {"not_read"}:
        return "not_read"
    if codes <= {"not_seen", "not_read"}:
        return "not_seen"
    return "partly" if codes & {"partly", "supported"} else "not_compared"


def _corrections(context: BriefingContext, pairs: Sequence[tuple[Study, Finding]]) -> tuple[str, ...]:
    """Return the errata of the review that deny a claim from which one of these findings comes, for one of its studies.

    An erratum of the study itself says what its text lacks; how far the text supports the finding says that already.
    """
    claims = {place.claim for _, finding in pairs for place in finding.reported_in if place.claim}
    studies = {study.id for study, _ in pairs}
    denying = (e for e in context.errata.values() if claims & set(e.denies))
    return tuple(e.correction for e in denying if not e.studies or studies & set(e.studies))


# --- how many studies report on a subject ---------------------------------------------


def reported(context: BriefingContext, place: str, form: str = "full") -> Passage:
    """Return how many studies report an outcome on a stakeholder group, domain or outcome.

    Forms: ``full`` (with the direction of the findings), ``brief`` and ``plain``.
    """
    ids = _studies_in(context, place, of_change=True)
    changes = {i: _findings_of_study(context, i, place, of_change=True) for i in ids}
    taking_part = _studies_in(context, place, of_change=False)
    counts = _counts(context, changes, _taking_part_alone(context, place, changes))
    evidence = " ".join(_evidence_of(finding) for findings in changes.values() for finding in findings)
    words = choose(_REPORTING_FORMS, form, "reported")(counts, _review_name(context), "." not in place)
    opens = _openable_cell(context, place) if changes or taking_part else ""
    return Passage((words,), f"{evidence}|{','.join(taking_part)}", opens)


def roles_table(context: BriefingContext, group: str) -> Table | None:
    """Return the table of what the members of a stakeholder group are; ``None`` if no study says so."""
    kind = context.codebook.kind("stakeholders", group)
    table = context.tables.get(f"beneficiaries.{kind}")
    cells = (cell for row in _coded_rows(table) for cell in row[-1:]) if table else ()
    return table if any(isinstance(cell, Count) and (cell.ids or cell.attributed) for cell in cells) else None


def _coded_rows(table: Table) -> list[tuple[Cell, ...]]:
    """Return the rows without the one of findings for which nobody has decided."""
    return [row for name, row in zip(table.row_ids, table.rows, strict=True) if name != NOT_CODED]


def roles(context: BriefingContext, group: str, form: str = "full") -> Passage:
    """Return what the people or the staff of outcome findings are, such as patients, with the number of studies.

    Forms: ``full`` (with what the review alone says) and ``brief``.
    """
    table = roles_table(context, group)
    if table is None:
        raise UnknownName(f"No study in this base says what the {group[:80]} are: ask `base.has_roles` first.")
    cells = [(str(row[0]), cell) for row in _coded_rows(table) for cell in row[-1:] if isinstance(cell, Count)]
    read = [(label, len(cell.ids)) for label, cell in cells]
    attributed = [(label, len(cell.attributed)) for label, cell in cells]
    evidence = "|".join(f"{label}:{','.join(cell.ids)}:{','.join(cell.attributed)}" for label, cell in cells)
    in_words = choose({"full": roles_in_words, "brief": roles_in_brief}, form, "roles")
    label = context.codebook.label("stakeholders", group).lower()
    return Passage((in_words(label, read, attributed, _review_name(context)),), evidence, "beneficiaries")


_REPORTING_FORMS = {"full": reporting_in_full, "brief": reporting_in_brief, "plain": reporting_in_plain_words}


def _counts(
    context: BriefingContext, changes: dict[str, list[Finding]], taking_part: dict[str, list[Finding]]
) -> ReportingCounts:
    read, attributed = _read_and_attributed(context, changes)
    codebook = context.codebook
    directed_by_review = {i: f for i, f in attributed.items() if not _is_directed(read.get(i, ()), codebook)}
    taking_part_read, _ = _read_and_attributed(context, taking_part)
    return ReportingCounts(
        studies=len(context.eligible),
        read=len(read),
        second_hand=len(changes) - len(read),
        by_kind=studies_by_kind(context, tuple(changes)),
        directions=_directions(read, codebook),
        second_hand_directions=_directions(directed_by_review, codebook),
        taking_part=len(taking_part_read),
        second_hand_taking_part=len(taking_part) - len(taking_part_read),
    )


def _read_and_attributed(
    context: BriefingContext, by_study: dict[str, list[Finding]]
) -> tuple[dict[str, list[Finding]], dict[str, list[Finding]]]:
    """Return the findings of each study that were read, and those of the review alone."""
    parts = (
        {i: [f for f in findings if context.framework.is_attributed(f) == wanted] for i, findings in by_study.items()}
        for wanted in (False, True)
    )
    read, attributed = ({i: findings for i, findings in part.items() if findings} for part in parts)
    return read, attributed


def _directions(by_study: Mapping[str, Sequence[Finding]], codebook: Codebook) -> tuple[tuple[str, str, int], ...]:
    """Return the number of studies for each direction and strength."""
    strongest = [_strongest(findings, codebook) for findings in by_study.values()]
    return tuple(
        (direction, strength, sum(of_study.get(direction) == strength for of_study in strongest))
        for direction in DIRECTIONS
        for strength in STRENGTHS
    )


def _strongest(findings: Sequence[Finding], codebook: Codebook) -> dict[str, str]:
    """Return the strongest statement of a study in each direction."""
    strengths: dict[str, list[str]] = {}
    for one in findings:
        strengths.setdefault(_direction(one, codebook), []).append(_strength(one))
    return {direction: min(found, key=STRENGTHS.index) for direction, found in strengths.items()}


def _is_directed(findings: Iterable[Finding], codebook: Codebook) -> bool:
    return any(_direction(finding, codebook) != "not_stated" for finding in findings)


def _taking_part_alone(
    context: BriefingContext, place: str, changes: dict[str, list[Finding]]
) -> dict[str, list[Finding]]:
    """Return the findings of the studies that report on taking part, or on what was made, and on no change."""
    ids = _studies_in(context, place, of_change=False)
    return {i: _findings_of_study(context, i, place, of_change=False) for i in ids if i not in changes}


def _studies_in(context: BriefingContext, within: str, *, of_change: bool) -> tuple[str, ...]:
    outcomes = context.outcomes(within, of_change=of_change)
    ids = {study.id for outcome in outcomes for study, _ in context.findings_on(outcome, of_change=of_change)}
    return tuple(study.id for study in context.eligible if study.id in ids)


def _findings_of_study(context: BriefingContext, identity: str, within: str, *, of_change: bool) -> list[Finding]:
    outcomes = context.outcomes(within, of_change=of_change)
    return [f for o in outcomes for s, f in context.findings_on(o, of_change=of_change) if s.id == identity]


def _openable_cell(context: BriefingContext, within: str) -> str:
    cell = f"focus.groups/{within}/outcome" if "." not in within else _cell_of(context, within)
    return cell if cell in context.counts else ""
