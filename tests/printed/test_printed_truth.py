"""Every statement printed about a base is true of its own figures.

Longer than 400 lines, because every kind of output is read with the same functions.

Random bases are written to a folder, the commands run as a person would run them, and what the terminal shows is read
back: lines joined, sentences, bars, tables and gaps matched whole against what the second count of the raw YAML says
should be printed. Nothing is imported of the code that words it.
"""

import random
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bases import SAMPLE
from tests.conftest import Run
from tests.printed.printed import (
    ANALYSES,
    ANY,
    Bar,
    Point,
    Rx,
    Screen,
    decimals,
    joined,
    listing,
    many,
    matched,
    pat,
    pattern_in_words,
    percent,
    screen,
    small,
)
from tests.printed.printed_figures import (
    Truth,
    agreed,
    beside,
    check_figure,
    divisible,
    headline,
    median_pool,
    pool,
    unknown,
    why_no_ratio,
)
from tests.printed.printed_statements import STATEMENTS, claims_line, definitions_differ, missing, why_unknown
from tests.printed.printed_tables import (
    bars_of,
    check_bar,
    check_gaps,
    check_tables,
    domain_gaps,
    group_gaps,
    labels,
    lower,
    matrix_gaps,
    order_of,
)
from tests.recount import recount
from tests.recount.invented import Odds, invent, invent_alone
from tests.recount.recount import Entry, ids, read

pytestmark = pytest.mark.slow

WIDTH = 80
Command = Callable[..., Run]
SECTORS = ("social-care", "health", "voluntary", "criminal-justice", "public-services", "research")


# Whole outputs.


def day(date: Any) -> str:
    return f"{date.day} {date:%B %Y}"


def lead_of(truth: Truth) -> Rx:
    """What a base is, before any figure."""
    about, base, eligible = truth.base.about, truth.base, truth.eligible
    primary, reviews = len(base.primary(eligible)), len(base.reviews(eligible))
    others, n = len(eligible) - primary - reviews, len(truth.outcome)
    curated = about.get("search") == "none documented"
    opening = " is a curated collection, not a systematic map. It has" if curated else " has"
    alone = truth.f("focus.reported.review-alone")["numerator"]
    return pat(
        "Base {} {} ({}){} {}{}; {} as evidence ({}, {}{}). Of these, {} an outcome{}. {}{} Caution: {}{}",
        about["name"], about["version"], day(base.as_of), opening,
        f"{len(base.studies)} of " if truth.whole is not None else "",
        many(len(base.studies) if truth.whole is None else truth.whole, "entry"),
        f"{len(eligible)} {'counts' if len(eligible) == 1 else 'count'}", many(primary, "primary study"),
        many(reviews, "review"), f", {others} other" if others else "", f"{n} {'reports' if n == 1 else 'report'}",
        f", {alone} only according to the review" if alone else "",
        about["coding"], _how_coded(truth), about["caution"],
        f" Filters: {'; '.join(truth.filters)}. {many(len(eligible), 'eligible study')} remain"
        f"{'s' if len(eligible) == 1 else ''}."
        if truth.filters else "",
    )  # fmt: skip


def _how_coded(truth: Truth) -> str:
    names = {t: w.lower() for t, w in labels(truth, "coded_from").items()}
    counts = Counter(s["coded_from"] for s in truth.eligible)
    used = [(counts[t], f"from {'an' if w[0] in 'aeiou' else 'a'} {w}") for t, w in names.items() if counts[t]]
    (most, source), *others = used
    parts = [f"{most} {'was' if most == 1 else 'were'} coded {source}", *(f"{n} {name}" for n, name in others)]
    return f" Of the {len(truth.eligible)}, {listing(parts)}."


def _seen_in(truth: Truth) -> str:
    """How many findings were seen in the review, in the works, or in both."""
    found = [f for s in truth.base.studies for f in recount.findings(s)]
    review = truth.base.review.get("id")
    if review is None:
        return f"The base has {many(len(found), 'finding')}."
    sources = [{r["source"] for r in f["reported_in"]} for f in found]
    alone, both = sum(s == {review} for s in sources), sum(review in s and len(s) > 1 for s in sources)
    apart = len(found) - alone - both
    return (
        f"Of {many(len(found), 'finding')}, {alone} are reported by the review only, {apart} by the works themselves "
        f"only, and {both} by both."
    )


def figures_in_full(truth: Truth, analysis: str) -> list[str]:
    """The figures that an analysis reports in full; its tables have the others."""
    names = [n for n in truth.figures if n.startswith(f"{analysis}.")]
    if analysis == "care-act":
        return []
    if analysis == "representation":
        return [n for n in names if n.count(".") == 1 and _with_companions(truth, n)]
    if analysis == "reporting":
        return [n for n in names if truth.f(n)["numerator"]]
    broad = ("outcome-share", "process-share") if definitions_differ(truth) else ()
    return [n for n in names if not _is_left_out(truth, n, broad)]


def _is_left_out(truth: Truth, name: str, broad: tuple[str, ...]) -> bool:
    """Shares under a definition that makes no difference, and what can only be equal or zero while absence is open."""
    f, last = truth.f(name), name.rpartition(".")[2]
    if f["kind"] != "count" and last in ("process-only-share", "ratio") and f["value"] is None and unknown(f):
        return name.startswith("focus.reported")
    return name.startswith("focus.reported-broad.") and last not in broad


def _with_companions(truth: Truth, name: str) -> bool:
    """Whether practices or a benchmark accompany a group."""
    named = name.partition(".")[2] in truth.named and bool(truth.f(name)["practices"])
    return named or bool(divisible(truth, name))


def check_analysis(truth: Truth, name: str, shown: Screen) -> None:
    """The statement of an analysis, its bars, its figures and its tables."""
    section = shown.of(f"{name.upper()}: {QUESTION[name]}")
    lacking = missing(truth).get(name)
    words = rf"{name.upper()}: [^?]+\? (?P<statement>.+?)(?: Missing: (?P<missing>.+?)\.)? Caution: (?P<caution>.+\.)"
    found = matched(words, section.words, f"the statement of {name}")
    matched(STATEMENTS[name](truth), found["statement"], f"the statement of {name}")
    assert (found["missing"] is not None) <= (lacking is not None), f"{name} lacks nothing: {found['missing']}"
    if lacking is not None:
        _check_missing(name, lacking, found)
    _check_bars(truth, name, section.bars)
    _check_points(truth, name, section.points)
    check_tables(truth, name, section.tables)


def _check_missing(name: str, lacking: Rx, found: re.Match[str]) -> None:
    if found["missing"] is not None:
        matched(lacking, found["missing"], f"what {name} lacks")
    else:
        named = re.search(lacking, found["statement"], re.IGNORECASE)
        assert named, f"{name} does not say what it lacks: {found['statement']}"


def _check_bars(truth: Truth, name: str, bars: list[Bar]) -> None:
    expected = {words: truth.f(f) for words, f in bars_of(truth, name).items() if pool(truth.f(f))}
    assert [b.label for b in bars] == list(expected), name
    for drawn in bars:
        check_bar(expected[drawn.label], drawn, drawn.label)
        assert drawn.detail == "", name


def _check_points(truth: Truth, name: str, points: list[Point]) -> None:
    opened = [(shlex.split(p.command)[2], p.text) for p in points if p.command]
    assert sorted(i for i, _ in opened) == sorted(figures_in_full(truth, name)), name
    for identity, text in opened:
        check_figure(truth, identity, text)
    rest = [p.text for p in points if not p.command]
    assert all(text.startswith("Definition of these figures: ") for text in rest), rest


QUESTION = {
    "focus": "Do the studies look",
    "representation": "Which groups of people",
    "beneficiaries": "Whose are the outcomes",
    "matrix": "Which outcomes",
    "sector": "How much of the evidence",
    "principles": "Do studies say",
    "direction": "Do studies report",
    "care-act": "Which areas of wellbeing",
    "measurement": "How were outcomes measured",
    "reporting": "Do primary studies say",
    "overlap": "How much rests on reviews",
    "appraisal": "Is an appraisal of the studies recorded",
    "testimony": "What do people say",
    "involvement": "Did people with lived experience",
    "lasting": "Do studies of outcomes",
    "intersections": "For which groups",
    "currency": "How recent",
    "claims": "Were the review",
    "recommendations": "What does this base say",
}


def check_all(truth: Truth, printed: str) -> None:
    """Everything that ``gaps --all`` shows."""
    plain(printed)
    shown = screen(printed)
    about = truth.base.about
    rest = f" {about['selection']}" if about.get("selection") else ""
    matched(pat("{} {} {}{}", about["title"], lead_of(truth), _seen_in(truth), rest), shown.lead, "the lead")
    for name in ANALYSES:
        check_analysis(truth, name, shown)
    check_gaps(truth, shown)


def check_overview(truth: Truth, printed: str) -> None:
    """Everything that the first screen shows."""
    plain(printed)
    shown = screen(printed)
    matched(pat("{} {}", truth.base.about["title"], lead_of(truth)), shown.lead, "the lead")
    figures, gaps = shown.sections
    assert figures.words.startswith("HEADLINE FIGURES Bars: "), figures.words
    _check_headlines(truth, figures.bars)
    _check_list([p.text for p in figures.points], list(_headline_points(truth)))
    expected = [*_first_gaps(truth), *_closing(truth)]
    _check_list([p.text for p in gaps.points], expected)
    _check_thresholds(truth, next(p.text for p in gaps.points if p.text.startswith("Gap thresholds")))
    assert gaps.points[-1].command.startswith("coprod-review why focus.outcome-share")


def _check_list(printed: list[str], expected: list[Rx]) -> None:
    for text, pattern in zip(printed, expected, strict=False):
        matched(pattern, text, "a point of the first screen")
    assert len(printed) == len(expected), printed


def _check_headlines(truth: Truth, bars: list[Bar]) -> None:
    shown = {
        "Say they examine outcomes": "focus.outcome-share",
        "Say they examine process": "focus.process-share",
        "Seen to report outcomes": "focus.reported.outcome-share",
        "Seen to report process": "focus.reported.process-share",
        "Outcomes: social care alone": "sector.direct",
        **{f"On {small(truth.label('groups', g))}": f"representation.{g}" for g in truth.named},
    }
    assert [b.label for b in bars] == list(shown)
    for drawn, (words, name) in zip(bars, shown.items(), strict=True):
        check_bar(truth.f(name), drawn, words)
        matched(joined(_detail(truth, name), ", "), drawn.detail, f"beside {words}")


def _detail(truth: Truth, name: str) -> Iterator[Rx]:
    f = truth.f(name)
    if f["value"] is not None:
        if f["numerator"]:
            yield pat("one out {} to {}", percent(f["leave_one_out_low"]), percent(f["leave_one_out_high"]))
            yield pat("primary {} of {}", f["primary_numerator"] or 0, f["primary_denominator"])
        yes, known, blank = f["practices"].get("co-production", (0, 0, 1))
        if not blank:
            yield pat("co-prod. {} of {}", yes, known)
        if unknown(f):
            yield pat("not known for {}", unknown(f))
    if name.startswith("representation."):
        yield pat("{}", _populations(truth, name))


def _populations(truth: Truth, name: str) -> str:
    found = divisible(truth, name)
    if not found:
        return "no usable benchmark"
    shares = ", ".join(f"{'at least ' if b.get('floor') else ''}{b['value']:.1f}%" for b in found)
    return f"populations {shares}: {(agreed(truth, name, found[0]) or 'no verdict').replace(' studies', '')}"


def _headline_points(truth: Truth) -> Iterator[Rx]:
    f, reported = truth.f("focus.ratio"), truth.f("focus.reported.ratio")
    if f["value"] is None:
        reason = why_no_ratio(truth, "focus.ratio")
        first = pat("Outcomes to process, as they say: no ratio, because {}.", reason)
    else:
        first = pat("Ratio {} ({} to {}).", *(decimals(f[key]) for key in ("value", "low", "high")))
    outcome, process = (truth.f(f"focus.scope.{n}-share") for n in ("outcome", "process"))
    scope = pat(
        " With {}: outcomes {} of {}, process {}.",
        small(truth.label("sectors", str(truth.base.sector))), outcome["numerator"] or 0, outcome["denominator"],
        process["numerator"] or 0,
    )  # fmt: skip
    yield Rx(f"{first}{scope}") if outcome["denominator"] else first
    if unknown(reported):
        counts = (truth.f(f"focus.reported-broad.{n}-share")["numerator"] or 0 for n in ("outcome", "process"))
        broad = pat(" Broad definition: outcomes {}, process {}.", *counts) if definitions_differ(truth) else Rx("")
        yield pat(
            "What they report is not known on both sides for {} of {}: {}.{}",
            unknown(reported), len(truth.eligible), why_unknown(truth, reported), broad,
        )  # fmt: skip
    silent = sum(not truth.f(f"representation.{g}")["numerator"] for g in truth.base.groups)
    if silent:
        yield pat("Not the focus of any study: {} of {} groups of people.", silent, len(truth.base.groups))


def _first_gaps(truth: Truth) -> Iterator[Rx]:
    rank = {rule: n for n, rule in enumerate(order_of(truth))}
    gaps = sorted([*group_gaps(truth), *matrix_gaps(truth)], key=lambda g: (g.where not in truth.named, rank[g.type]))
    yield from (pat("{}.", g.words[:1].upper() + g.words[1:]) for g in gaps[:3])
    labels = {r["id"]: small(r["label"]) for r in truth.base.rules}
    rest = Counter(g.type for g in gaps[3:])
    if rest:
        remaining = "; ".join(f"{labels[kind]}, {n}" for kind, n in rest.items())
        yield pat("{} more: {}.", sum(rest.values()), remaining)
    _, common = domain_gaps(truth)
    most = [f"{labels[r]}, {common[r]} of {len(truth.base.domains)}" for r in rank if r in common]
    if most:
        yield pat("In most domains: {}.", listing(most))


def _closing(truth: Truth) -> Iterator[Rx]:
    yield pat("Gap thresholds: {}.", Rx("[^.]+"))
    unfed = [n for n in ANALYSES if n in missing(truth)]
    if unfed:
        yield pat("Cannot be answered yet: {}.", ", ".join(unfed))
    yield pat("Every analysis in full: coprod-review gaps --all. One number:")


def _check_thresholds(truth: Truth, line: str) -> None:
    usual = "the others 1" if "the others 1" in line else "all 1"
    for rule in truth.base.rules:
        numbers = " and ".join(map(str, (rule.get("thresholds") or {}).values()))
        listed = f"{rule['id']} {numbers}" in line or (numbers == "1" and usual in line)
        assert not numbers or listed, rule["id"]


def check_why(truth: Truth, name: str, printed: str) -> None:
    """One number opened: what it is, and the studies that it counts."""
    plain(printed, titles=True)
    shown = screen(printed)
    first, *rest = (p.text for p in shown.of("THE NUMBER").points)
    matched(pat("{}: {}.", name, headline(truth, name)), first, f"why {name}")
    for part in beside(truth, name):
        assert any(re.fullmatch(rf"{part}\.", lower(text)) for text in rest), (
            f"why {name}: {pattern_in_words(part)} in {rest}"
        )
    f, counted = truth.f(name), []
    for heading in ("COUNTED (", "ON BOTH SIDES (", "ON THE FIRST SIDE ALONE ("):
        if shown.has(heading):
            section = shown.of(heading)
            assert int(re.findall(r"\((\d+) ", section.words)[-1]) == len(section.points), name
            counted += [p.text.partition(":")[0] for p in section.points]
    if f["kind"] != "median" and f["unit"] == "study" and name != "overlap.cca":
        assert sorted(counted) == sorted(f["studies"]), name
    _check_influence(truth, name, [p.text for p in shown.of("WHAT WOULD CHANGE IT MOST").points])


def _check_influence(truth: Truth, name: str, points: list[str]) -> None:
    f = truth.f(name)
    for text in points:
        moved = re.search(r"moves it from (\d+\.\d+)(%?) to (\d+\.\d+)%?", text)
        if moved:
            scale, digits = (100, 1) if moved[2] else (1, 2)
            matched(decimals(scale * f["value"], digits), moved[1], f"why {name}")
            ends = [decimals(scale * f[f"leave_one_out_{end}"], digits) for end in ("low", "high")]
            assert any(re.fullmatch(end, moved[3]) for end in ends), f"why {name}: {text}"
        coding = re.match(r"Coding the (\d+) that are not known", text)
        blank = len(median_pool(truth, name)) - f["denominator"] if f["kind"] == "median" else unknown(f)
        assert not coding or int(coding[1]) == blank, f"why {name}: {text}"


def check_cell(truth: Truth, name: str, printed: str) -> None:
    """One cell of a table opened."""
    shown = screen(printed)
    members, noun = truth.cells[name], "STATEMENT" if name.endswith("/said") else "STUD"
    matched(pat("{}: {}; {}.", name, len(members), ANY), shown.of("THE NUMBER").points[0].text, f"why {name}")
    section = shown.of("COUNTED (") if members else None
    assert section is None or noun in section.words, name
    assert {p.text.partition(":")[0] for p in section.points} == set(members) if section else not members, name


def check_claims(truth: Truth, printed: str) -> None:
    """Every claim of the review with its status and its numbers."""
    shown = screen(printed)
    claims = truth.base.review["claims"]
    assert re.search(rf" {claims_line(claims)} Claims are in our own words\.", shown.lead), shown.lead
    assert [s.words.partition(":")[0] for s in shown.sections] == ids(claims)
    for claim, section in zip(claims, shown.sections, strict=True):
        status = recount.claim_status(claim).replace("_", " ").replace("contradicted", "mis-cited")
        who = claim["stakeholder"]
        group = "" if who == "none" else f", {small(truth.label('stakeholders', who))}"
        head = pat("{}: section {}{}; {} {}", claim["id"], claim["section"], group, status, claim["claim"])
        matched(head, section.words, f"the claim {claim['id']}")
        texts = [p.text for p in section.points if p.text.startswith("Figure: ")]
        for quantity, text in zip(claim.get("figures") or [], texts, strict=True):
            matched(pat("Figure: {}: {}{}", quantity["label"], _claimed(quantity), ANY), text, claim["id"])


def _claimed(quantity: Entry) -> Rx:
    n, total, stated = (quantity.get(k) for k in ("n", "N", "percent"))
    if not isinstance(n, int) or not total:
        return Rx("")
    low, high = recount.share_interval(n, total)
    percent = f", stated as {stated:g}%" if stated is not None else ""
    return pat(
        "{} of {}{}, is {}% ({} to {})", n, total, percent,
        decimals(100 * n / total, 1), decimals(100 * low, 1), decimals(100 * high, 1),
    )  # fmt: skip


FORBIDDEN = re.compile(
    r"\bsignifican\w*|\bproves?\b|research shows|\b(?:nan|inf)\b|(?-i:\bNone\b)(?! took part| is known to be silent)",
    re.IGNORECASE,
)


def plain(printed: str, *, titles: bool = False) -> None:
    """No word claims more than a count can, no number is broken, no line is too long for a terminal."""
    found = FORBIDDEN.search(re.sub(r"\s+", " ", printed))
    assert titles or found is None, printed[max(0, found.start() - 60) : found.end() + 60]
    long = [line for line in printed.split("\n") if len(line) > WIDTH]
    assert [line for line in long if "coprod-review" not in line and "--base" not in line] == []


# The tests.

BASES = 6


def write_base(folder: Path, seed: int) -> Path:
    """A random base: large or small, read whole or hardly, with the bundled entries or without."""
    chance = random.Random(seed)
    odds = Odds(
        read=chance.choice((0.0, 0.3, 0.7, 0.95, 1.0)),
        coded=chance.choice((0.1, 0.5, 0.8, 1.0)),
        weak=chance.random(),
        listing=chance.choice((0.0, 0.1, 0.6, 1.0)),
        telling=chance.choice((0.1, 0.8, 0.9)),
    )
    if seed % 3 == 2:
        return invent_alone(folder, seed, odds, new=chance.choice((1, 3, 9, 14, 30)))
    if seed % 3 == 1:
        return invent(folder, seed, odds, new=chance.randint(0, 8), active=chance.choice((0, 1, 4, 12)))
    return invent(folder, seed, odds, new=chance.randint(0, 50))


def output_of(run: Command, *arguments: object) -> str:
    done = run(*arguments)
    assert (done.code, done.err) == (0, ""), done.err
    return str(done.out)


def in_sector(sector: str) -> Callable[[Entry], bool]:
    return lambda study: sector in (study.get("sector") or [])


@pytest.mark.parametrize("seed", range(BASES))
def test_every_printed_statement_is_true(seed: int, tmp_path: Path, run: Command) -> None:
    folder = write_base(tmp_path / "base", seed)
    truth = Truth(read(folder))
    check_overview(truth, output_of(run, "gaps", "--base", folder))
    whole = output_of(run, "gaps", "--all", "--base", folder)
    check_all(truth, whole)
    for name in ANALYSES[seed % BASES :: BASES]:
        alone = output_of(run, "gaps", name, "--base", folder)
        assert alone[alone.index(f"\n\n{name.upper()}: ") : alone.index("\n\nGap thresholds")] in whole
    chance = random.Random(seed)
    for identity in chance.sample(sorted(truth.figures), 2):
        check_why(truth, identity, output_of(run, "why", identity, "--base", folder))
    opened = chance.choice(sorted(truth.cells))
    check_cell(truth, opened, output_of(run, "why", opened, "--base", folder))


@pytest.mark.parametrize("seed", range(BASES))
def test_every_statement_about_a_selection_is_true(seed: int, tmp_path: Path, run: Command) -> None:
    folder = write_base(tmp_path / "base", seed)
    sector = SECTORS[seed % len(SECTORS)]
    entries = len(read(folder).studies)
    truth = Truth(read(folder, in_sector(sector)), (f"sector={sector}",), entries)
    only = ("--base", folder, "--where", f"sector={sector}")
    if not truth.eligible:
        assert run("gaps", *only).code == 2
        return
    check_overview(truth, output_of(run, "gaps", *only))
    check_all(truth, output_of(run, "gaps", "--all", *only))


def test_selection_without_claims_is_not_a_base_without(tmp_path: Path, run: Command) -> None:
    folder = write_base(tmp_path / "base", 0)
    truth = Truth(read(folder, lambda study: recount.year(study) == 2026), ("year=2026",), len(read(folder).studies))
    assert not recount.claims_of(truth.base)
    shown = output_of(run, "gaps", "claims", "--base", folder, "--where", "year=2026")
    assert "holds no review" not in shown
    assert "the base holds no claims" not in shown


def test_every_statement_about_the_bundled_base_is_true(run: Command) -> None:
    truth = Truth(read(SAMPLE))
    check_overview(truth, output_of(run, "gaps", "--base", SAMPLE))
    check_all(truth, output_of(run, "gaps", "--all", "--base", SAMPLE))
    for identity in sorted(truth.figures)[::6]:
        check_why(truth, identity, output_of(run, "why", identity, "--base", SAMPLE))


@pytest.mark.parametrize("seed", [0, 1])
def test_every_claim_has_status_and_numbers(seed: int, tmp_path: Path, run: Command) -> None:
    folder = write_base(tmp_path / "base", seed)
    check_claims(Truth(read(folder)), output_of(run, "claims", "--base", folder))
