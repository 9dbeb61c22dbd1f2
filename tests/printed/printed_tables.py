"""The tables, gaps and bars that must be shown of a base, from the second count.

Longer than 400 lines, because every analysis has its tables and bars here.
"""

import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from tests.printed.printed import ANY, Bar, Rx, Screen, decimals, joined, many, matched, pat, percent, points_of, small
from tests.printed.printed_figures import (
    Truth,
    divisible,
    label,
    pool,
    published,
    published_share,
    seen,
    unknown,
    whole_primary,
    why_no_ratio,
    years,
)
from tests.printed.printed_statements import lists_of, pairs, periods, rated
from tests.recount import recount
from tests.recount.recount import Entry

# Tables.


@dataclass
class Grid:
    """What a table must hold."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[object]]
    note: str = ""
    key: int = 1
    """The column that is filled in the first line of a row."""


def check_tables(truth: Truth, name: str, printed: list[list[str]]) -> None:
    """Each table of an analysis, whole: its columns, its rows and the note below."""
    expected = list(TABLES[name](truth)) if name in TABLES else []
    titles = [lines[0] for lines in printed]
    assert titles == [grid.title for grid in expected], f"{name}: tables {titles}"
    for grid, lines in zip(expected, printed, strict=True):
        _check_grid(grid, lines[1:], f"{name}: {grid.title}")


def _check_grid(grid: Grid, lines: list[str], where: str) -> None:
    body, tail = _without_note(grid, lines, where)
    assert re.fullmatch(r"(?:Open a cell: coprod-review why \S+/\S+.*)?", tail), f"{where}: {tail}"
    if any(re.fullmatch("─+", line) for line in body):
        columns, rows = _drawn_rows(grid, body, where)
    else:
        columns, rows = list(grid.columns), _listed_rows(grid, body, where)
    assert [_bare(c) for c in columns] == [_bare(c) for c in grid.columns], f"{where}: {columns}"
    assert len(rows) == len(grid.rows), f"{where}: {len(rows)} rows for {len(grid.rows)}"
    for printed, expected in zip(rows, grid.rows, strict=True):
        for column, content, cell in zip(grid.columns, printed, expected, strict=True):
            pattern = Rx(re.sub(r"\\ | ", "", cell)) if isinstance(cell, Rx) else re.escape(_bare(str(cell)))
            matched(pattern, _bare(content), f"{where}, {expected[0]}, {column}")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _without_note(grid: Grid, lines: list[str], where: str) -> tuple[list[str], str]:
    opens = lines.pop() if lines and lines[-1].startswith("Open a cell: ") else ""
    if lines[-2:-1] == ["Open a cell:"]:  # a long command has a line of its own
        opens = f"{lines[-2]} {lines.pop()}"
        lines.pop()
    if not grid.note:
        return lines, opens
    for n in range(len(lines)):
        if " ".join(lines[n:]) == grid.note:
            return lines[:n], opens
    pytest.fail(f"{where}: the note is not {grid.note!r} but ends {lines[-3:]}")


def _drawn_rows(grid: Grid, lines: list[str], where: str) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of a grid; letters over its columns are replaced by the names in its key."""
    keys = points_of(lines[next((n for n, line in enumerate(lines) if line.startswith("- A: ")), len(lines)) :])
    lines = [line for line in lines if not line.startswith("- ")] if keys else lines
    spans = _spans([line for line in lines if not re.fullmatch("─+", line)])
    assert len(spans) == len(grid.columns), f"{where}: {len(spans)} columns"
    rule = next(n for n, line in enumerate(lines) if re.fullmatch("─+", line))
    [columns] = _rows(lines[:rule], spans, None)
    rows = _rows(lines[rule + 1 :], spans, grid.key)
    return [columns[0], *(k.partition(": ")[2] for k in keys)] if keys else columns, rows


def _spans(lines: list[str]) -> list[tuple[int, int]]:
    """Where columns lie: between runs of three blanks that go through every line."""
    wide = max(map(len, lines))
    blank = "".join(" " if all(line[n : n + 1] in ("", " ") for line in lines) else "x" for n in range(wide))
    return [(m.start(), m.end()) for m in re.finditer(r"x+(?: {1,2}x+)*", blank)]


def _rows(lines: list[str], spans: list[tuple[int, int]], key: int | None) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines:
        cells = [line[a:b].strip() for a, b in spans]
        if not rows or (key is not None and cells[key]):
            rows.append(cells)
        else:
            rows[-1] = [f"{one} {other}".strip() for one, other in zip(rows[-1], cells, strict=True)]
    return rows


def _listed_rows(grid: Grid, lines: list[str], where: str) -> list[list[str]]:
    """Rows of a table that is printed as a list, in the order of what is expected; zeros are counted together."""
    by_name: dict[str, dict[str, str]] = {}
    for text in points_of(lines):
        start, _, rest = text.partition(": ")
        if start in ("0 throughout", "0 in every row"):
            names = rest.split("; ")
            by_name |= {name: {} for name in names} if start == "0 throughout" else {}
            continue
        name, _, cells = text.partition(". ")
        by_name[name] = {c: n for c, _, n in (cell.rpartition(": ") for cell in cells.split("; "))}
        zeros = [by_name[name].pop(c) for c in list(by_name[name]) if re.fullmatch(r"the other \d+", c)]
        assert all(z == "0" for z in zeros), where
    assert set(by_name) == {str(row[0]) for row in grid.rows}, f"{where}: {sorted(by_name)}"
    return [[str(r[0]), *(by_name[str(r[0])].get(c, "0") for c in grid.columns[1:])] for r in grid.rows]


def _counts(truth: Truth, table: str, rows: dict[str, str], columns: Iterable[str]) -> list[Sequence[object]]:
    """Rows of counts, by the ids in the cells."""
    wanted = list(columns)
    return [(words, *(len(truth.cells[f"{table}/{row}/{c}"]) for c in wanted)) for row, words in rows.items()]


def labels(truth: Truth, vocabulary: str) -> dict[str, str]:
    return {t: truth.label(vocabulary, t) for t in truth.base.terms[vocabulary]}


STRICT = "an experience of taking part never counts as an outcome"
BROAD = "feeling valued, and giving something back, count as outcomes and no longer as process"
SEVERAL = "A study may stand in several rows."


def tables_focus(truth: Truth) -> Iterator[Grid]:
    yield from tables_published(truth, "focus")
    rows = {"both": "Outcome and process", "outcome": "Outcome alone", "process": "Process alone", "neither": "Neither"}
    rows["unknown"] = "Not known on both sides"
    yield Grid(
        f"The four cells, {many(len(truth.eligible), 'eligible study')}",
        ("Studies", "Declared focus", "Reported, strict", "Reported, broad"),
        _counts(truth, "focus.cells", rows, ("declared", "reported", "reported-broad")),
        f"Strict: {STRICT}; broad: {BROAD}.{_unseen(truth)}",
    )
    yield Grid(
        "Findings by stakeholder group",
        ("Stakeholder group", "With an outcome finding", "With a process finding"),
        _counts(truth, "focus.groups", labels(truth, "stakeholders"), ("outcome", "process")),
        "Distinct studies; a study may stand in several rows and in both columns.",
    )


def _unseen(truth: Truth) -> str:
    """Why rows stay empty where absence is not coded anywhere."""
    views, alone = ("reported", "reported-broad"), ("outcome", "process", "neither")
    if any(truth.cells[f"focus.cells/{cell}/{view}"] for view in views for cell in alone):
        return ""
    if not all(truth.cells[f"focus.cells/unknown/{view}"] for view in views):
        return ""
    return " As reported, no row but the first can fill while absence is not coded for any study."


SHOWN = {
    "Focus": "focus",
    "Included": "included",
    "Excluded": "excluded",
    "None took part": "none_recruited",
    "Not reported": "not_reported",
    "No participants": "not_applicable",
    "Not coded": "not_coded",
}


def tables_representation(truth: Truth) -> Iterator[Grid]:
    yield Grid(
        f"Groups in {many(len(truth.eligible), 'eligible study')}",
        ("Group", *SHOWN),
        _counts(truth, "representation.codes", labels(truth, "groups"), SHOWN.values()),
        "Focus was judged for every study with any group coded. Not coded: whether the group took part could not be "
        "seen. Not reported: the full text is silent.",
    )
    rows: list[Sequence[object]] = [_population_row(truth, b) for b in truth.base.benchmarks]
    for group in truth.named:
        f = truth.f(f"representation.{group}")
        if not divisible(truth, f"representation.{group}"):
            blank = f", not known for {unknown(f)}" if unknown(f) else ""
            counted = f"{f['numerator'] or 0} of {many(f['denominator'], 'study')} focus on this group{blank}"
            rows.append((truth.label("groups", group), "none", "", "", f"no usable benchmark; {counted}"))
    yield Grid(
        "Beside population shares",
        ("Population share", "Share", "Ratio", "Zero tells from", "Reading"),
        rows,
        "Ratio: the share of studies in focus divided by the share of the population. Zero tells from: how many "
        "studies without the group it takes before a zero excludes that share; in a smaller base a zero means nothing.",
    )


def _population_row(truth: Truth, benchmark: Entry) -> Sequence[object]:
    name, expected = f"representation.{benchmark['group']}", benchmark["value"] / 100
    head = (benchmark["label"], f"{benchmark['value']}%")
    if benchmark not in divisible(truth, name):
        return (*head, "", "", Rx("contextonly:.*"))
    f = truth.f(name)
    if f["value"] is None:
        return (*head, "", _zero_tells(expected), Rx(".+"))
    ratio = pat("{} ({} to {})", *(decimals(f[k] / expected) for k in ("value", "low", "high")))
    return (*head, ratio, _zero_tells(expected), Rx(".+"))


def _zero_tells(expected: float) -> int:
    """How many studies without the group make the whole interval of a zero lie below a share."""
    return next(n for n in range(1, 100_000) if recount.share_interval(0, n)[1] < expected)


def _finding_rows(
    truth: Truth, vocabulary: str, field_: str, found: list[tuple[str, Entry]]
) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """For each term its id and label, the findings with it and their studies."""
    for term in truth.base.terms[vocabulary]:
        matching = [(s, f["id"]) for s, f in found if recount.code(f, field_) == term]
        yield term, truth.label(vocabulary, term), [f for _, f in matching], list(dict.fromkeys(s for s, _ in matching))


def tables_beneficiaries(truth: Truth) -> Iterator[Grid]:
    found = _finding_rows(truth, "beneficiaries", "beneficiary", truth.outcome_findings)
    rows = [(words, len(f), len(s)) for _, words, f, s in found]
    yield Grid("Outcome findings by whose they are", ("Whose", "Findings", "Studies"), list(rows), SEVERAL)


def tables_measurement(truth: Truth) -> Iterator[Grid]:
    found = _finding_rows(truth, "measurements", "measurement", truth.outcome_findings)
    rows = [(words, len(f), len(s)) for _, words, f, s in found]
    yield Grid("Outcome findings by measurement", ("Measurement", "Findings", "Studies"), list(rows), SEVERAL)
    used: dict[str, set[str]] = {}
    for study, finding in truth.outcome_findings:
        for name in finding.get("instruments") or []:
            used.setdefault(name, set()).add(study)
    if used:
        note = "Outcome studies with an outcome finding that names the instrument."
        yield Grid("Instruments", ("Instrument", "Studies"), [(n, len(used[n])) for n in sorted(used)], note)


def tables_lasting(truth: Truth) -> Iterator[Grid]:
    yield from tables_published(truth, "lasting")
    found = _finding_rows(truth, "follow_up", "follow_up", truth.outcome_findings)
    rows = [(words, len(s)) for _, words, _, s in found]
    title = "Outcome studies by how long a finding was followed up"
    yield Grid(title, ("Follow-up", "Studies"), list(rows), SEVERAL)


def tables_direction(truth: Truth) -> Iterator[Grid]:
    every = _finding_rows(truth, "directions", "direction", truth.findings)
    outcomes = _finding_rows(truth, "directions", "direction", truth.outcome_findings)
    rows = [(w, len(f), len(s), len(of), len(os)) for (_, w, f, s), (_, _, of, os) in zip(every, outcomes, strict=True)]
    yield Grid(
        "Findings by direction",
        ("Direction", "Findings", "Studies", "Outcome findings", "Outcome studies"),
        list(rows),
        f"{SEVERAL} Outcome findings tell of a change; the others tell of taking part.",
    )


MAP = ("studies", "outcome", "primary", "reviews", "said")


def domain_gaps(truth: Truth) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The gaps named for each domain, and those that hold for most, with the number of domains."""
    fired = recount.gaps_of(truth.base)
    counts = Counter(rule for rules in fired.values() for rule in rules)
    common = {r: n for r, n in counts.items() if 2 * n > len(fired)}
    return {d: [r for r in rules if r not in common] for d, rules in fired.items()}, common


def domain_label(truth: Truth, name: str) -> str:
    return f"{name.partition('.')[0].capitalize()}: {small(truth.label('domains', name))}"


def tables_matrix(truth: Truth) -> Iterator[Grid]:
    named, _ = domain_gaps(truth)
    rows: list[Sequence[object]] = []
    for group in truth.base.terms["stakeholders"]:
        places = {group: f"{group.capitalize()}: all"}
        places |= {d: domain_label(truth, d) for d in truth.base.domains if d.startswith(f"{group}.")}
        counted = _counts(truth, "matrix.map", places, MAP)
        rows += [(*row, "; ".join(named.get(p, ()))) for p, row in zip(places, counted, strict=True)]
    every = recount.map_row(truth.base, set(truth.base.terms["outcomes"]))
    rows.append(("All", *(len(every[c]) for c in MAP), ""))
    yield Grid(
        "The map",
        ("Outcome domain", "Studies", "Outcome", "Primary", "Reviews", "Said", "Gaps"),
        rows,
        "Distinct studies: one may stand in several rows. Outcome: with a finding that tells of a change. Said: "
        "statements and examples by participants. Gaps that hold for most rows are named once, below.",
    )
    rules = [(r["id"], r["label"], _rule(r)) for r in truth.base.rules]
    yield Grid("When a gap is named, in declared order", ("Name", "Gap", "Rule"), list(rules), key=0)


def _rule(rule: Entry) -> str:
    text = str(rule["rule"]).format(**(rule.get("thresholds") or {}))
    return text[:1].upper() + text[1:]


def tables_sector(truth: Truth) -> Iterator[Grid]:
    rows = _counts(truth, "sector.sectors", labels(truth, "sectors"), ("outcome", "eligible"))
    bare = [sum(not s.get("sector") for s in part) for part in (truth.outcome, truth.eligible)]
    rows += [("Not coded", *bare), ("All", len(truth.outcome), len(truth.eligible))]
    studies = many(len(truth.outcome), "outcome study")
    yield Grid(
        f"Sectors of {studies} and of all {len(truth.eligible)} eligible",
        ("Sector", "Outcome studies", "All eligible"),
        rows,
        "A study may have several sectors; All counts each once.",
    )


def tables_principles(truth: Truth) -> Iterator[Grid]:
    yield from tables_published(truth, "principles")
    codes = ("mentioned", "not_mentioned", "not_coded")
    yield Grid(
        f"Principles in {many(len(truth.eligible), 'eligible study')}",
        ("Principle", "Mentioned", "Not mentioned", "Not coded"),
        _counts(truth, "principles.codes", labels(truth, "principles"), codes),
        "Each study stands once in each row.",
    )


def tables_care_act(truth: Truth) -> Iterator[Grid]:
    areas = truth.base.terms["care_act"]
    rows = _counts(truth, "care-act.areas", {a: f"({a}) {truth.label('care_act', a)}" for a in areas}, MAP)
    yield Grid(
        "Areas of section 1(2)",
        ("Area", "Studies", "Outcome", "Primary", "Reviews", "Said", "Evidence"),
        [(*row, _evidence(truth, a)) for a, row in zip(areas, rows, strict=True)],
        "Outcome: with a finding that tells of a change. Said: statements and examples by participants. In part: only "
        "outcomes that fall partly under the area.",
    )
    home = [p for p, t in truth.base.terms["places"].items() if t.get("in_scope")]
    yield Grid(
        "By place of the data",
        ("Area", *(truth.label("places", p) for p in home), "Elsewhere only", "Not seen"),
        [_nations_row(truth, a, home) for a in areas],
        "A study with data from several nations stands in each.",
    )


def _places(study: Entry) -> list[str]:
    return list((study.get("geography") or {}).get("data") or [])


def _nations_row(truth: Truth, area: str, home: list[str]) -> Sequence[object]:
    inside = set(truth.cells[f"care-act.areas/{area}/studies"])
    places = [_places(s) for s in truth.eligible if s["id"] in inside]
    abroad = sum(bool(p) and not set(p) & set(home) for p in places)
    return (f"({area})", *(sum(n in p for p in places) for n in home), abroad, sum(not p for p in places))


def _evidence(truth: Truth, area: str) -> str:
    studies, outcome, testimony = (truth.cells[f"care-act.areas/{area}/{c}"] for c in ("studies", "outcome", "said"))
    if not studies:
        return "testimony only" if testimony else "nothing"
    terms = truth.base.terms["outcomes"]
    outcomes = {f["outcome"] for _, f in truth.findings if area in recount.areas(truth.base, f["outcome"])}
    part = "" if any(not terms[o].get("care_act_part") for o in outcomes) else ", in part"
    return f"studied{part}{'' if outcome else ', no change told'}"


def tables_overlap(truth: Truth) -> Iterator[Grid]:
    reviews: dict[str, set[str]] = {}
    for study in truth.base.reviews(truth.eligible):
        for finding in recount.findings(study):
            reviews.setdefault(finding["outcome"], set()).add(study["id"])
    shared = [o for o in truth.base.terms["outcomes"] if len(reviews.get(o, ())) > 1]
    ordered = sorted(shared, key=lambda o: -len(reviews[o]))
    if ordered:
        yield Grid(
            "Outcomes that two or more reviews report",
            ("Outcome", "Reviews"),
            [(truth.label("outcomes", o), len(reviews[o])) for o in ordered],
            "Whether they count the same studies is known only where both list what they include.",
        )
    lists = list(lists_of(truth).items())
    rows: list[Sequence[object]] = []
    for n, (one, here) in enumerate(lists):
        for other, there in lists[n + 1 :]:
            both, either = len(here & there), len(here | there)
            rows.append((f"{one} and {other}", both, either, pat("{}%", decimals(100 * both / either, 1))))
    if rows:
        yield Grid("Overlap of each pair", ("Reviews", "Works in both", "Works in either", "Covered area"), rows)


def tables_appraisal(truth: Truth) -> Iterator[Grid]:
    answers: Counter[tuple[str, str, str]] = Counter()
    for study in truth.eligible:
        appraisal = study.get("appraisal") or {}
        answers.update((appraisal["tool"], item, answer) for item, answer in (appraisal.get("items") or {}).items())
    rows: list[Sequence[object]] = [(*key, answers[key]) for key in sorted(answers)]
    title, note = "Answers to the items of each tool", "Items are not added up: no tool of its kind allows a total."
    if rows:
        yield Grid(title, ("Tool", "Item", "Answer", "Studies"), rows, note, key=3)


def tables_testimony(truth: Truth) -> Iterator[Grid]:
    statements: dict[str, set[str]] = {}
    for statement in recount.statements(truth.base):
        for outcome in statement.get("outcomes") or []:
            statements.setdefault(outcome, set()).add(statement["id"])
    studies: dict[str, set[str]] = {}
    for study, finding in truth.findings:
        studies.setdefault(finding["outcome"], set()).add(study)
    ordered = sorted((o for o in truth.base.terms["outcomes"] if o in statements), key=lambda o: o in studies)
    rows = [
        (o.partition(".")[0].capitalize(), truth.label("outcomes", o), len(statements[o]), len(studies.get(o, ())))
        for o in ordered
    ]
    columns, note = ("Group", "Outcome", "Statements", "Studies"), "Those without a study come first."
    if rows:
        yield Grid("Outcomes that people named", columns, list(rows), note, key=2)


def tables_involvement(truth: Truth) -> Iterator[Grid]:
    claimed, assessed = (Counter(s[field_] for s in rated(truth)) for field_ in ("rung_claimed", "rung_assessed"))
    rows = [(words, claimed[r], assessed[r]) for r, words in labels(truth, "rungs").items() if r != "not_coded"]
    note = "Studies with both rungs coded, those assessed by one person included."
    if rated(truth):
        yield Grid("Rungs of the ladder, from the lowest", ("Rung", "Claimed", "Assessed"), list(rows), note)


def pair_label(truth: Truth, name: str) -> str:
    return f"{name.partition('.')[0]}, {small(truth.label('domains', name))}"


def tables_intersections(truth: Truth) -> Iterator[Grid]:
    by_pair, domains = pairs(truth), truth.base.domains
    names = [pair_label(truth, d) for d in domains]
    yield Grid(
        "Groups of people by outcome domain",
        ("Group", *(n[:1].upper() + n[1:] for n in names), "All"),
        [(truth.label("groups", g), *(len(by_pair[g, d]) for d in (*domains, "all"))) for g in truth.base.groups],
        "Distinct studies that focus on the group, or include it with a number, and have a finding in the domain.",
    )


def tables_currency(truth: Truth) -> Iterator[Grid]:
    reviews = truth.base.reviews(truth.eligible)
    issued, ends = Counter(map(recount.year, truth.eligible)), Counter(map(recount.search_end_year, reviews))
    years = sorted({y for y in (*issued, *ends) if y is not None})
    rows: list[Sequence[object]] = [(y, issued[y], ends[y]) for y in years]
    rows.append(("Not known", issued[None], ends[None]))
    yield Grid("Years", ("Year", "Published", "Search ended"), rows, "Search ended: reviews alone.")
    used = {p for s in truth.eligible for p in _places(s)}
    places = [p for p, t in truth.base.terms["places"].items() if t.get("in_scope") or p in used]
    by_place = [(truth.label("places", p), [s for s in truth.eligible if p in _places(s)]) for p in places]
    by_place.append(("Not seen", [s for s in truth.eligible if not _places(s)]))
    here = {s["id"] for s in truth.outcome}
    yield Grid(
        "Places of the data",
        ("Place", "Studies", "Outcome studies", "Primary"),
        [(w, len(part), sum(s["id"] in here for s in part), len(truth.base.primary(part))) for w, part in by_place],
        "A study with data from several places stands in each. The base's nations come first, used or not.",
    )


STATUSES = ("supported", "partly", "not_seen", "contradicted", "not_judged")


def tables_claims(truth: Truth) -> Iterator[Grid]:
    claims = recount.claims_of(truth.base)

    def row(words: str, inside: list[Entry]) -> Sequence[object]:
        counts = Counter(map(recount.claim_status, inside))
        return (words, *(counts[s] for s in STATUSES), len(inside))

    columns = ("Supported", "Partly", "Not seen", "Mis-cited", "Not judged", "All")
    sections = dict.fromkeys(str(c["section"]) for c in claims)
    groups = labels(truth, "stakeholders").items()
    if claims:
        rows = [row(s, [c for c in claims if str(c["section"]) == s]) for s in sections]
        note = "Status of each claim over all works that it cites. In full: coprod-review claims."
        yield Grid("Claims by section of the review", ("Section", *columns), [*rows, row("All", claims)], note)
        by_group = [row(words, [c for c in claims if c["stakeholder"] == g]) for g, words in groups]
        yield Grid("Claims about outcomes, by stakeholder group", ("Group", *columns), by_group, note)


def tables_recommendations(truth: Truth) -> Iterator[Grid]:
    rows = [(r["id"], r["statement"], _bearing(truth, r)) for r in truth.base.review.get("recommendations") or []]
    columns = ("No.", "Recommendation, in our words", "What this base says now")
    if rows:
        yield Grid("The recommendations of the review", columns, list(rows), key=0)


def _bearing(truth: Truth, recommendation: Entry) -> Rx:
    names = recommendation.get("measured_by") or []
    if not names:
        return pat("Not measured here. {}", recommendation["not_measurable_because"])
    return pat("{}.", joined([_bears(truth, n) for n in names], "; "))


def _bears(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if not name.endswith(".ratio"):
        return pat("{}: {} [{}]", label(truth, name), seen(f), name)
    value = pat("ratio {}", decimals(f["value"])) if f["value"] is not None else pat("{}", why_no_ratio(truth, name))
    return pat("{}: {} to {} ({}) [{}]", label(truth, name), f["numerator"] or 0, f["denominator"], value, name)


def tables_published(truth: Truth, analysis: str) -> Iterator[Grid]:
    """Figures of an analysis beside published numbers."""
    rows = [
        _published_row(truth, n, holder, q) for n in _in_order(truth, analysis) for holder, q in published(truth, n)
    ]
    note = (
        "Published shares with their own 95% intervals. Other works were chosen in other ways: a difference is not a "
        "change over time."
    )
    if rows:
        yield Grid("Beside published figures", ("Published", "Share", "Here", "What it counts"), rows, note, key=0)


def _in_order(truth: Truth, analysis: str) -> list[str]:
    names = [n for n in truth.figures if n.startswith(f"{analysis}.")]
    names = [n for n in names if not n.startswith("focus.reported-broad")]
    return sorted(names, key=lambda n: n != "reporting.median-items") if analysis == "reporting" else names


def _published_row(truth: Truth, name: str, holder: str, quantity: Entry) -> Sequence[object]:
    if quantity.get("not_comparable_because"):
        return holder, "must not be compared", label(truth, name), ANY
    here = pat("{}: {}", label(truth, name), seen(truth.f(name)))
    value = published_share(quantity)
    if value is None:
        return holder, "no interval", here, ANY
    low, high = recount.share_interval(quantity["n"], quantity["N"])
    return holder, pat("{}% ({} to {})", decimals(100 * value, 1), percent(low), percent(high)), here, ANY


TABLES: dict[str, Callable[[Truth], Iterator[Grid]]] = {
    "focus": tables_focus,
    "representation": tables_representation,
    "beneficiaries": tables_beneficiaries,
    "matrix": tables_matrix,
    "sector": tables_sector,
    "principles": tables_principles,
    "direction": tables_direction,
    "care-act": tables_care_act,
    "measurement": tables_measurement,
    "reporting": lambda truth: tables_published(truth, "reporting"),
    "overlap": tables_overlap,
    "appraisal": tables_appraisal,
    "testimony": tables_testimony,
    "involvement": tables_involvement,
    "lasting": tables_lasting,
    "intersections": tables_intersections,
    "currency": tables_currency,
    "claims": tables_claims,
    "recommendations": tables_recommendations,
}


# Gaps.


@dataclass(frozen=True)
class Gap:
    """One gap that must be named: its type, its place, its sentence and what was observed."""

    type: str
    where: str
    words: str
    observed: str
    opens: str


def order_of(truth: Truth) -> list[str]:
    return [r["id"] for r in truth.base.rules]


def matrix_gaps(truth: Truth) -> list[Gap]:
    named, _ = domain_gaps(truth)
    return [_domain_gap(truth, rule, d) for rule in order_of(truth) for d in named if rule in named[d]]


def _domain_gap(truth: Truth, rule: str, place: str) -> Gap:
    cell = recount.cell(truth.base, place)
    n, reviews = len(cell.studies), len(cell.reviews)
    words = {
        "testimony_only": "named by people, in no study here",
        "none": "seen in no study here",
        "review_only": f"known only through {many(reviews, 'review')}, with no primary study here",
        "thin": f"only {many(n, 'study')} here",
        "single_source": "the primary evidence here comes from one source",
        "mixed": "findings here do not agree",
        "indirect": "no study here is both about social care and from the base's nations",
        "synthesis": "primary studies here that no recent review brings together",
        "quality": "every study here that was appraised has a serious concern",
        "unappraised": "no study here has been appraised, so its quality is not known",
        "not_coded": "more studies are not coded than known",
    }[rule]
    column = "studies" if n else "said"
    sentence = f"{domain_label(truth, place)}: {words}"
    return Gap(rule, place, sentence, _observed(truth, rule, cell), f"matrix.map/{place}/{column}")


def _observed(truth: Truth, rule: str, cell: recount.Cell) -> str:
    n, primary = len(cell.studies), len(cell.primary)
    directions = {f["direction"] for f in cell.findings if f["level"] in recount.OUTCOME_LEVELS} - {"not_stated"}
    at = next((r.get("thresholds") or {} for r in truth.base.rules if r["id"] == "synthesis"), {})
    first, month = recount.recent(truth.base, at)
    since = f"{first}-{month:02}"
    appraised = sum(bool(s.get("appraisal")) for s in cell.studies)
    silent = [s for s in truth.eligible if not recount.findings(s) and not recount.sides_coded(s)]
    return {
        "testimony_only": f"0 studies, {many(cell.said, 'statement')}",
        "none": "0 studies",
        "review_only": f"{many(len(cell.reviews), 'review')}, 0 primary studies",
        "thin": many(n, "study"),
        "single_source": f"{many(primary, 'primary study')}, 1 study family",
        "mixed": f"found: {', '.join(truth.label('directions', d).lower() for d in sorted(directions))}",
        "indirect": f"0 of {many(n, 'study')} in scope",
        "synthesis": f"{primary} primary studies, 0 reviews whose search could have ended in {since} or later",
        "quality": f"{appraised} of {appraised} appraised studies have a serious concern",
        "unappraised": f"0 of {many(n, 'study')} appraised",
        "not_coded": f"{many(len(silent), 'study')} with nothing coded, {n} known",
    }[rule]


def group_gaps(truth: Truth) -> list[Gap]:
    fired = recount.group_gaps_of(truth.base)
    found = [_group_gap(truth, rule, g) for rule in ("none", "thin") for g in fired if rule in fired[g]]
    return sorted(found, key=lambda gap: gap.where not in truth.named)


def _group_gap(truth: Truth, rule: str, group: str) -> Gap:
    name = truth.label("groups", group)
    focus, included = (len(truth.cells[f"representation.codes/{group}/{c}"]) for c in ("focus", "included"))
    coded = "that is coded " if not all(map(recount.groups_coded, truth.eligible)) else ""
    words = f"no study here {coded}focuses on them" + (
        f", though {included} {'includes' if included == 1 else 'include'} them" if included else ""
    )
    if rule == "thin":
        words = f"only {many(focus, 'study')} here"
    return Gap(rule, group, f"{name}: {words}", many(focus, "study"), f"representation.{group}")


def pair_gaps(truth: Truth) -> tuple[list[Gap], dict[str, int], int]:
    """The gaps of pairs that are named, the types that hold for most pairs, and how many pairs there are."""
    fired = recount.pair_gaps_of(truth.base)
    counts = Counter(rule for rules in fired.values() for rule in rules)
    common = {r: n for r, n in counts.items() if 2 * n > len(fired)}
    by_pair = pairs(truth)
    named = []
    for rule in ("none", "thin"):
        for pair in fired if rule not in common else ():
            if rule in fired[pair]:
                group, _, place = pair.partition("/")
                n = len(by_pair[group, place])
                words = "seen in no study here" if rule == "none" else f"only {many(n, 'study')} here"
                sentence = f"{truth.label('groups', group)}: {pair_label(truth, place)}: {words}"
                named.append(Gap(rule, pair, sentence, many(n, "study"), f"intersections.map/{pair}"))
    named.sort(key=lambda gap: gap.where.partition("/")[0] not in truth.named)
    return named, common, len(fired)


MANY = 25


def gap_points(gaps: list[Gap]) -> Iterator[str]:
    """How gaps are listed: of a type with very many only the first three, then how many more."""
    times, so_far = Counter(g.type for g in gaps), Counter[str]()
    for gap in gaps:
        so_far[gap.type] += 1
        if times[gap.type] <= MANY or so_far[gap.type] < 4:
            yield f"{gap.words} [{gap.type}: {gap.observed}]."
        elif so_far[gap.type] == times[gap.type]:
            yield f"{times[gap.type] - 3} more of the kind {gap.type}, all of them in --format json."


def general(truth: Truth, common: dict[str, int], cells: int) -> list[Rx]:
    """The sentences on what holds for most places."""
    rules = [r for r in truth.base.rules if r["id"] in common]
    return [pat("{}: in {} of {} cells {}.", r["label"], common[r["id"]], cells, lower(_rule(r))) for r in rules]


def lower(text: str) -> str:
    """A sentence without its capital."""
    return text[:1].lower() + text[1:]


def general_of_pairs(truth: Truth, common: dict[str, int], cells: int) -> list[Rx]:
    """The same for pairs of a group and a domain, of which no statement is about one: none may be denied there."""
    rules = [r for r in truth.base.rules if r["id"] in common]
    has_testimony = any(truth.cells[f"matrix.map/{d}/said"] for d in truth.base.domains)
    rest = Rx(r"(?:(?!statement).)+") if has_testimony else ANY
    return [pat("{}: in {} of {} cells {}.", r["label"], common[r["id"]], cells, rest) for r in rules]


def check_gaps(truth: Truth, shown: Screen) -> None:
    """Every gap of every analysis that names some, in order, and no other."""
    pair, common_pairs, cells = pair_gaps(truth)
    _, common = domain_gaps(truth)
    expected: dict[str, tuple[list[Gap], list[Rx]]] = {
        "REPRESENTATION": (group_gaps(truth), []),
        "MATRIX": (matrix_gaps(truth), general(truth, common, len(truth.base.domains))),
        "INTERSECTIONS": (pair, general_of_pairs(truth, common_pairs, cells)),
    }
    for name, (gaps, sentences) in expected.items():
        if not gaps and not sentences:
            assert not shown.has(f"{name}: gaps"), name
            continue
        points = shown.of(f"{name}: gaps").points
        opening = ["Open the studies of a gap, here the first:"] if gaps else []
        wanted = [*(pat("{}", text) for text in (*gap_points(gaps), *opening)), *sentences]
        for printed, text in zip((p.text for p in points), wanted, strict=False):
            matched(text, printed, f"a gap of {name}")
        assert len(points) == len(wanted), f"{name}: {len(points)} points, expected {len(wanted)}"
        commands = [shlex.split(p.command)[2] for p in points if p.command]
        assert commands == [g.opens for g in gaps[:1]], name


# Bars.


def short(f: Entry) -> Rx:
    """A share in the few words beside its bar."""
    total, blank = pool(f), unknown(f)
    if f["numerator"] is None:
        return pat("not known for any of {}", total) if total else pat("none to count")
    if f["value"] is None:
        least = f"at least {f['numerator']}" if f["numerator"] else f"none of {f['denominator']} known,"
        return pat("{} of {}; {} not known", least, total, blank) if blank else pat("{} of {}", f["numerator"], total)
    counted = f"{f['numerator']} of {f['denominator']}"
    if not f["numerator"]:
        return pat("{} (up to {})", counted, percent(f["high"]))
    return pat("{}, {} ({} to {})", counted, percent(f["value"]), percent(f["low"]), percent(f["high"]))


def check_bar(f: Entry, drawn: Bar, words: str) -> None:
    matched(re.escape(words), drawn.label, "the label of a bar")
    matched(short(f), drawn.short, f"beside the bar {words}")
    width, total = len(drawn.drawn), pool(f)
    solid, known_to = ((f["numerator"] or 0) / total, ((f["numerator"] or 0) + unknown(f)) / total) if total else (0, 0)
    edges = {"█": (0, solid), "?": (solid, known_to), "·": (known_to, 1)}
    for n, sign in enumerate(drawn.drawn):
        low, high = edges.get(sign, (n / width, (n + 1) / width))
        assert width * low - 1 <= n <= width * high, f"{words}: {drawn.drawn} for {f['numerator']} of {total}"
    for sign, limit in (("[", f["low"] if f["numerator"] else None), ("]", f["high"])):
        at = [n for n, found in enumerate(drawn.drawn) if found == sign]
        if limit is None or unknown(f):
            assert at == [], f"{words}: {drawn.drawn} without an interval"
        elif at or sign == "[":
            assert len(at) == 1, f"{words}: {drawn.drawn}"
            assert abs(at[0] - width * limit) <= 1, f"{words}: {drawn.drawn} for {limit}"


def bars_of(truth: Truth, analysis: str) -> dict[str, str]:
    """The bars of an analysis: label and figure."""
    if analysis in ("representation", "reporting"):
        if analysis == "reporting" and not whole_primary(truth):
            return {}
        return {truth.label("groups", g): f"{analysis}.{g}" for g in truth.base.groups}
    if analysis == "recommendations":
        return {years(truth, y): f"recommendations.outcome-share-{y}" for y in periods(truth)}
    if analysis == "principles":
        named = {words: f"principles.{p}" for p, words in labels(truth, "principles").items()}
        return {**BARS["principles"], **named}
    return BARS.get(analysis, {})


BARS: dict[str, dict[str, str]] = {
    "focus": {
        "Outcomes: say they examine": "focus.outcome-share",
        "Process: say they examine": "focus.process-share",
        "Outcomes: seen to report": "focus.reported.outcome-share",
        "Process: seen to report": "focus.reported.process-share",
    },
    "beneficiaries": {"Did not take part": "beneficiaries.wider", "Took part": "beneficiaries.took-part"},
    "sector": {"About social care alone": "sector.direct", "Including social care": "sector.including"},
    "principles": {
        "A definition": "principles.definition",
        "Any principle": "principles.any",
        "Every principle": "principles.all",
    },
    "direction": {
        "No change, harm or mixed": "direction.against",
        "Harm": "direction.harm",
        "Looked for harm": "direction.looked-for-harm",
    },
    "measurement": {
        "Published scale or records": "measurement.scale-or-records",
        "Published scale": "measurement.scale",
    },
    "overlap": {"Reviews among outcome studies": "overlap.reviews"},
    "appraisal": {"Appraised": "appraisal.appraised", "Serious concern": "appraisal.serious-concern"},
    "involvement": {
        "Chose outcomes": "involvement.chose-outcomes",
        "Co-design or above": "involvement.co-design-or-above",
        "Co-production": "involvement.co-production",
        "Called so, described as less": "involvement.label-gap",
    },
    "lasting": {
        "Any cost": "lasting.cost",
        "Economic evaluation": "lasting.economic-evaluation",
        "Over 6 months": "lasting.over-6-months",
        "Over 24 months": "lasting.over-24-months",
    },
    "currency": {
        "Published 2017+": "currency.in-window",
        "Evidence ends 2017+": "currency.evidence-in-window",
        "Data from home nations": "currency.home-data",
    },
}
