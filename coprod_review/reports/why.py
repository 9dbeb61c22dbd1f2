"""The report of ``why``: one number opened into what it counts, with the codes and findings behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from coprod_review.errors import UnknownName
from coprod_review.gaps import ANALYSES, Options
from coprod_review.gaps.claims import WORDS, errata_of, status_of
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.facets import FACETS, matching
from coprod_review.model.quantity import Quantity
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Finding, Study, domain
from coprod_review.phrasing.figures import unknown_of
from coprod_review.reports.analyses import base_payload, beside_in_words, figure_payload, headline, lead
from coprod_review.reports.asked import Asked
from coprod_review.reports.commands import needs_studies, opened_ids, results_of
from coprod_review.reports.studies import place_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.report import Point, Report, Section
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import article, capital, listed, percent, phrase, plural, some
from coprod_review.text.suggestions import did_you_mean

SCHEMA = "coprod-review/why/1"
NUMERATOR, DENOMINATOR, UNKNOWN = "counted", "not counted", "not known"
"""Places of a study in a share."""
BOTH, FIRST, SECOND = "both sides", "first side alone", "second side alone"
"""Places of a study in a ratio of two sides."""


def why_report(base: EvidenceBase, identity: str, asked: Asked) -> Report:
    """One figure or table cell opened; for the id of a table, the list of its cells.

    Raises ``UnknownName`` with the nearest ids where nothing has this one.
    """
    needs_studies(base, asked)
    result = _result(base, identity, asked)
    if identity == result.analysis:
        return _figures_of(base, result, asked)
    table = next((t for t in result.tables if t.id == identity and t.row_ids), None)
    if table is not None:
        return _listing(base, table, asked)
    figure = _figure(result, identity)
    if figure is None:
        raise _unknown(identity, base, asked, result)
    return _opened(base, figure, asked)


def _result(base: EvidenceBase, identity: str, asked: Asked) -> Result:
    """The analysis that holds an id, run with the options that the id itself carries."""
    name = identity.partition(".")[0]
    if name not in ANALYSES:
        raise _unknown(identity, base, asked, None)
    (found,) = results_of(base, (name,), replace(asked, options=_options(identity, asked.options)))
    return found


def _options(identity: str, options: Options) -> Options:
    """Options that a table's id stands for: single outcomes, or two facets that are crossed."""
    table = identity.partition("/")[0].removeprefix("matrix.")
    if table == "outcomes":
        return replace(options, detail=True)
    rows, _, cols = table.partition("-by-")
    return replace(options, rows=rows, cols=cols) if rows in FACETS and cols in FACETS else options


def _figure(result: Result, identity: str) -> Figure | None:
    """A figure by its id, or a table cell as one."""
    figure = next((f for f in result.figures if f.id == identity), None)
    if figure is not None:
        return figure
    for table in result.tables:
        for name, words, count in table.cells() if identity.startswith(f"{table.id}/") else ():
            if name == identity:
                return _as_figure(table, name, words, count)
    return None


def _as_figure(table: Table, identity: str, words: str, count: Count) -> Figure:
    return Figure(
        id=identity,
        label=f"{table.title}: {words}",
        definition=table.note.rstrip(".") or f"what stands in this row and column of {table.id}",
        numerator=count.n,
        denominator=None,
        value=None,
        reason="a count in a table, of which no share is made",
        unit=count.unit,
        counted=count.ids,
        trail=count.trail,
        kind="count",
    )


def _unknown(identity: str, base: EvidenceBase, asked: Asked, result: Result | None) -> UnknownName:
    """What to type instead: an id that is like it; of a table, how to list its cells."""
    results = (result,) if result else results_of(base, tuple(ANALYSES), asked)
    table = next((t for r in results for t in r.tables if t.row_ids and identity.startswith(f"{t.id}/")), None)
    if table is not None:
        near = did_you_mean(identity, [name for name, _, _ in table.cells()])
        more = f"coprod-review why {table.id} lists its cells."
    else:
        every = results_of(base, tuple(ANALYSES), asked) if result else results
        known = [i for i in opened_ids(every) if "/" not in i]
        near = did_you_mean(identity, known)
        more = "coprod-review gaps --all --format csv lists every figure."
    return UnknownName(" ".join(part for part in (f"There is no figure `{identity[:80]}`:", near, more) if part))


def _figures_of(base: EvidenceBase, result: Result, asked: Asked) -> Report:
    """The figures of an analysis, each with the command that opens it."""
    points = tuple(Point(f"{f.label}: {headline(f)}", asked.why(f.id)) for f in result.figures)
    tables = tuple(Point(f"Table: {t.title}", asked.why(t.id)) for t in result.tables if t.row_ids)
    rows = tuple((f.id, f.label, headline(f)) for f in result.figures)
    return Report(
        title=f"{capital(result.analysis)}: what can be opened",
        lead=lead(base, asked.filters),
        sections=(Section("Figures", points=points), Section("Tables", points=tables)),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(asked.filters),
            "figures": [figure_payload(f, asked) for f in result.figures],
        },
        spreadsheet=lambda: Table(result.analysis, ("figure", "label", "number"), rows),
    )


def _listing(base: EvidenceBase, table: Table, asked: Asked) -> Report:
    """The cells of a table, each with the command that opens it."""
    cells = tuple(table.cells())
    rows = tuple((name, words, count.n) for name, words, count in cells)
    return Report(
        title=f"{table.title} [{table.id}]",
        lead=lead(base, asked.filters),
        sections=(Section("Cells", points=tuple(Point(f"{w}: {c.n}", asked.why(n)) for n, w, c in cells)),),
        payload=lambda: {
            "schema": SCHEMA,
            "base": base_payload(base),
            "filters": list(asked.filters),
            "table": table.id,
            "cells": [{"id": n, "label": w, "count": c.n, "why": asked.why(n)} for n, w, c in cells],
        },
        spreadsheet=lambda: Table(table.title, ("cell", "label", "count"), rows),
    )


# --- one study in a figure --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that a figure counts or leaves out, and why it stands where it stands."""

    id: str
    place: str
    words: str
    """What it is, in one line."""
    coded: str = ""
    """How it was coded."""
    codes: tuple[tuple[str, str], ...] = ()
    """Fields that put it there, each with its value and reason."""
    findings: tuple[Finding, ...] = ()
    without: float | None = None
    """The figure without it; ``None`` where it has none."""


def members_of(figure: Figure, base: EvidenceBase) -> tuple[Member, ...]:
    """Everything in a figure: what is counted first, then the rest of the denominator, then what is not known."""
    describe = _DESCRIBED.get(figure.unit, _as_it_is)
    return tuple(describe(i, place, figure, base) for i, place in _places(figure).items())


def _places(figure: Figure) -> dict[str, str]:
    """Where each thing stands in a figure."""
    counted, among = frozenset(figure.counted), frozenset(figure.among)
    known = {i: _place(figure.kind, i in counted, i in among) for i in (*figure.counted, *figure.among)}
    return {**known, **dict.fromkeys(figure.undecided, UNKNOWN)}


def _place(kind: str, counted: bool, among: bool) -> str:
    """Where something stands in a figure of a kind; a ratio has two sides."""
    if kind == "ratio":
        return BOTH if counted and among else FIRST if counted else SECOND
    return NUMERATOR if counted or kind == "median" else DENOMINATOR


def _study(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity)
    if study is None:
        return _as_it_is(identity, place, figure, base)
    book = base.framework.codebook
    once = f"by {plural(len(study.coders), 'person', 'people')}" if study.coders else "once"
    return Member(
        identity,
        place,
        f"{study.citation.title} ({study.year or 'no date'}"
        + (f", reference {study.reference})" if study.reference else ")")
        + (_queries(study, base) if place in (NUMERATOR, BOTH, FIRST) else ""),
        f"coded {once} from {article(book.label('coded_from', study.coded_from).lower())}",
        tuple((path, _value(study, path)) for path in figure.trail.codes),
        matching(study, figure.trail.findings),
        _without(figure, place),
    )


def _queries(study: Study, base: EvidenceBase) -> str:
    """Errata of the review and of the entry that touch a study, which a reader of the figure must know of."""
    errata = base.framework.review.errata if base.framework.review else ()
    held = [e.id for e in errata if study.id in e.studies and e.id]
    own = f"{len(study.errata)} of its own" if study.errata else ""
    told = listed([*held, *([own] if own else [])])
    return f"; errata {told}: coprod-review show {study.id}" if told else ""


def _value(study: Study, path: str) -> str:
    """The value of a field as it is written, with its reason where the entry gives one."""
    value: Any = study
    for step in path.split("."):
        value = value.get(step, "not_coded") if isinstance(value, Mapping) else getattr(value, step, None)
    if isinstance(value, tuple):
        return listed([str(v) for v in value]) or "not_coded"
    if isinstance(value, Mapping):
        return listed([f"{k} {v}" for k, v in value.items()]) or "not_coded"
    reason = f" ({study.focus_reason})" if path == "focus" and study.focus_reason else ""
    return f"{'not recorded' if value is None else value if isinstance(value, str | int) else 'recorded'}{reason}"


def _without(figure: Figure, place: str) -> float | None:
    """A share or ratio without one study that stands at a place."""
    if figure.value is None or place == UNKNOWN or figure.kind not in ("share", "ratio"):
        return None
    above, below = figure.numerator or 0, figure.denominator or 0
    above -= place in (NUMERATOR, BOTH, FIRST)
    below -= place in (NUMERATOR, DENOMINATOR, BOTH, SECOND)
    return above / below if below else None


# --- other things that figures count ----------------------------------------------


def _as_it_is(identity: str, place: str, *_: object) -> Member:
    return Member(identity, place, identity)


def _claim(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    name, _, number = identity.partition("#")
    claim = next(c for c in base.framework.review.claims if c.id == name) if base.framework.review else None
    if claim is None:
        return _as_it_is(identity, place, figure, base)
    seen = [(f"corroboration.{study}", code) for study, code in claim.corroboration.items()]
    via = [(f"cited_via.{s.id}", s.cited_via) for i in claim.cites if (s := base.find(i)) and s.cited_via]
    corrected = errata_of(claim, base.studies, base.framework) if figure.id == "claims.corrected" else ()
    errata = [(f"erratum.{holder}", erratum.about.rstrip(".")) for holder, erratum in corrected]
    given = _quantity(claim.figures[int(number) - 1]) if number else []
    label = claim.figures[int(number) - 1].label if number else claim.claim
    words = f"section {claim.section}: {label}"
    return Member(identity, place, words, f"status {WORDS[status_of(claim)]}", (*given, *seen, *via, *errata))


def _quantity(quantity: Quantity) -> list[tuple[str, str]]:
    """A published number, and whether its source gives the denominator."""
    given = {"n": quantity.n, "N": quantity.N, "percent": quantity.percent, "denominator": quantity.denominator}
    return [(name, f"{value}") for name, value in given.items() if value is not None]


def _finding(identity: str, place: str, _: Figure, base: EvidenceBase) -> Member:
    study = base.find(identity.rpartition(".")[0])
    found = tuple(f for f in study.findings if f.id == identity) if study else ()
    return Member(identity, place, study.citation.title if study else identity, findings=found)


def _statement(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    said = next((s for s in base.framework.statements if s.id == identity), None)
    if said is None:
        return _as_it_is(identity, place, figure, base)
    return Member(
        identity,
        place,
        f"section {said.section}, testimony: {said.statement}",
        codes=(("outcomes", listed(said.outcomes)),),
    )


def _outcome(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    """An outcome or domain, with the statements and the eligible studies on it."""
    vocabulary = "domains" if figure.unit == "domain" else "outcomes"

    def there(outcome: str) -> bool:
        return identity in (outcome, domain(outcome))

    said = [s.id for s in base.framework.statements if any(map(there, s.outcomes))]
    studies = [s.id for s in base.studies if s.is_eligible and any(there(f.outcome) for f in s.findings)]
    codes = (("studies", listed(studies) or "none"), ("statements", listed(said) or "none"))
    return Member(identity, place, base.framework.codebook.label(vocabulary, identity), codes=codes)


def _recommendation(identity: str, place: str, figure: Figure, base: EvidenceBase) -> Member:
    found = next((r for r in base.framework.recommendations if r.id == identity), None)
    if found is None:
        return _as_it_is(identity, place, figure, base)
    why = ("measured_by", listed(found.measured_by))
    if not found.measured_by:
        why = ("not_measurable_because", found.not_measurable_because or "not stated")
    return Member(identity, place, found.statement, codes=(why,))


_DESCRIBED: Mapping[str, Callable[[str, str, Figure, EvidenceBase], Member]] = {
    "study": _study,
    "inclusion": _study,
    "claim": _claim,
    "published share": _claim,
    "finding": _finding,
    "statement": _statement,
    "outcome": _outcome,
    "domain": _outcome,
    "recommendation": _recommendation,
}


# --- the report -------------------------------------------------------------------


def _opened(base: EvidenceBase, figure: Figure, asked: Asked) -> Report:
    members = members_of(figure, base)
    return Report(
        title=figure.label,
        lead=lead(base, asked.filters),
        sections=(
            Section("The number", points=tuple(_number(figure, base.framework))),
            *_groups(members, figure, base.framework),
            Section("What would change it most", points=tuple(_influence(members, figure))),
            Section("", points=(Point("This report again:", asked.why(figure.id)),)),
        ),
        payload=lambda: _payload(base, figure, members, asked),
        spreadsheet=lambda: _spreadsheet(members),
    )


def _number(figure: Figure, framework: Framework) -> Iterator[str]:
    yield f"{figure.id}: {headline(figure)}."
    yield f"Rule: {figure.definition}."
    yield from (f"{capital(text)}." for text in beside_in_words(figure, framework.codebook))
    if figure.interval:
        sides = "two-sided" if figure.interval.sides == 2 else "one-sided"
        yield f"Interval: {percent(figure.interval.level)}, {sides}, {figure.interval.method}."
    for found in figure.comparisons:
        ratio = f", ratio {found.ratio:.2f}" if found.ratio is not None else ""
        verdict = f"{found.verdict}: " if found.verdict else ""
        yield f"Beside {found.benchmark}{ratio}: {verdict}{found.reason.rstrip('.')}."


_HEADINGS = {
    NUMERATOR: "Counted",
    DENOMINATOR: "In the denominator, not counted",
    UNKNOWN: "Not known",
    BOTH: "On both sides",
    FIRST: "On the first side alone (in the numerator)",
    SECOND: "On the second side alone (in the denominator)",
}


def _groups(members: Sequence[Member], figure: Figure, framework: Framework) -> Iterator[Section]:
    for place, heading in _HEADINGS.items():
        inside = [m for m in members if m.place == place]
        if inside:
            brief = place in (DENOMINATOR, UNKNOWN) and figure.unit == "study"
            points = tuple(_in_brief(m) if brief else _told(m, framework) for m in inside)
            yield Section(f"{heading} ({plural(len(inside), figure.unit)})", points=points)


def _told(member: Member, framework: Framework) -> str:
    parts = [f"{member.id}: {member.words}" if member.words != member.id else member.id, member.coded]
    parts += _codes_in_words(member)
    parts += [_finding_in_words(f, framework) for f in member.findings]
    return "; ".join(part.rstrip(".") for part in parts if part) + "."


def _codes_in_words(member: Member) -> list[str]:
    """The codes of a study; a group without one may still be judged not to be in focus, so nothing says unknown."""
    return [
        f"{path}: {'no code of its own' if path.startswith('populations.') and value == NOT_CODED else value}"
        for path, value in member.codes
    ]


def _in_brief(member: Member) -> str:
    """A study that is not counted: its codes, and its findings by id and source; JSON and CSV hold the rest."""
    parts = [f"{member.id}: {member.coded}", *_codes_in_words(member)]
    parts += [
        f"{f.id} ({f.level}; {', '.join(dict.fromkeys(r.source for r in f.reported_in))})" for f in member.findings
    ]
    return "; ".join(part.rstrip(".") for part in parts) + "."


def _finding_in_words(finding: Finding, framework: Framework) -> str:
    book = framework.codebook
    tags = [finding.level, phrase(book.label("directions", finding.direction))]
    if finding.beneficiary != "not_coded":
        tags.append(f"for {phrase(book.label('beneficiaries', finding.beneficiary))}")
    if finding.measurement != "not_coded":
        named = f" ({listed(finding.instruments)})" if finding.instruments else ""
        tags.append(f"measurement: {phrase(book.label('measurements', finding.measurement))}{named}")
    seen = listed([place_in_words(place, book) for place in finding.reported_in])
    return f"{finding.id} on {finding.outcome} ({', '.join(tags)}), seen in {seen}: {finding.summary}"


def _influence(members: Sequence[Member], figure: Figure) -> Iterator[str]:
    """Which studies move the figure most when they are left out, and what coding the unknown could do."""
    moved = [(abs(m.without - figure.value), m) for m in members if m.without is not None and figure.value is not None]
    most = max((change for change, _ in moved), default=0.0)
    if moved and not most:
        yield "Leaving out any one study does not move it."
    elif moved:
        held = [m for change, m in moved if change == most]
        ratio = figure.kind == "ratio"
        now, then = (f"{v:.2f}" if ratio else f"{100 * v:.1f}%" for v in (figure.value or 0.0, held[0].without or 0.0))
        which = f"any one of {len(held)} ({some([m.id for m in held])})" if len(held) > 1 else held[0].id
        yield f"Leaving out {which} moves it from {now} to {then}, more than leaving out any other."
    if unknown_of(figure):
        more = " more" if moved else ""
        yield (
            f"Coding the {unknown_of(figure)} that are not known could move it{more}: {some(figure.undecided)}. "
            "Read their full texts, for an abstract cannot show what is missing."
        )
    if not moved and not unknown_of(figure):
        yield _without_influence(figure)


def _without_influence(figure: Figure) -> str:
    """Why no study moves a figure more than another."""
    if figure.kind == "median":
        return "Which study moves a median most is not computed; one alone seldom does."
    if figure.numerator is None:
        return "It is not assessed, so there is nothing to move."
    return (
        "Every one that is counted adds 1; none weighs more than another." if figure.counted else "Nothing is counted."
    )


def _payload(base: EvidenceBase, figure: Figure, members: Sequence[Member], asked: Asked) -> dict[str, Any]:
    name = "studies" if figure.unit == "study" else "members"
    return {
        "schema": SCHEMA,
        "base": base_payload(base),
        "filters": list(asked.filters),
        "figure": figure_payload(figure, asked),
        "rule": figure.definition,
        name: [_member(m, base) for m in members],
        "most_influential": _most(members, figure),
    }


def _most(members: Sequence[Member], figure: Figure) -> list[str]:
    if figure.value is None:
        return []
    moved = {m.id: abs(m.without - figure.value) for m in members if m.without is not None}
    most = max(moved.values(), default=None)
    return [identity for identity, change in moved.items() if change == most]


def _member(member: Member, base: EvidenceBase) -> dict[str, Any]:
    study = base.find(member.id)
    return {
        "id": member.id,
        "place": member.place,
        "reference": study.reference if study else None,
        "words": member.words,
        "coded_from": study.coded_from if study else None,
        "coding_note": study.coding_note if study else None,
        "coders": list(study.coders) if study else [],
        "codes": dict(member.codes),
        "findings": [_finding_payload(f) for f in member.findings],
        "value_without": member.without,
    }


def _finding_payload(finding: Finding) -> dict[str, Any]:
    kept = (
        "id",
        "outcome",
        "level",
        "direction",
        "beneficiary",
        "measurement",
        "follow_up",
        "evidence_role",
        "summary",
    )
    instruments = list(finding.instruments)
    return {
        **{name: getattr(finding, name) for name in kept},
        "instruments": instruments,
        "reported_in": [asdict(r) for r in finding.reported_in],
    }


_COLUMNS = (
    "place", "id", "what", "coded", "codes", "finding", "outcome", "level", "direction", "beneficiary", "measurement",
    "reported_in", "summary", "value_without",
)  # fmt: skip


def _spreadsheet(members: Sequence[Member]) -> Table:
    """A row for each finding, or one for a member without any."""
    rows: list[tuple[Cell, ...]] = []
    for m in members:
        codes = "; ".join(f"{path}: {value}" for path, value in m.codes)
        head = (m.place, m.id, m.words, m.coded, codes)
        rows += [(*head, *_row(f), m.without) for f in m.findings] or [(*head, *("",) * 8, m.without)]
    return Table("Members", _COLUMNS, tuple(rows))


def _row(finding: Finding) -> tuple[Cell, ...]:
    seen = " ".join(f"{r.source}{f':{r.section}' if r.section else ''}" for r in finding.reported_in)
    return (
        finding.id, finding.outcome, finding.level, finding.direction, finding.beneficiary, finding.measurement, seen,
        finding.summary,
    )  # fmt: skip
