"""The words that a figure of a base must have, with every number taken from the second count.

Longer than 400 lines, because every kind of figure has its sentences here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.printed.printed import Rx, decimals, joined, listing, many, matched, near, one_of, pat, percent, small
from tests.recount import recount
from tests.recount.recount import Base, Entry

# What is true of a base.


@dataclass(frozen=True)
class Truth:
    """A base as the second count sees it, and what may be asked of it."""

    base: Base
    filters: tuple[str, ...] = ()
    whole: int | None = None
    """Entries of the base before a filter."""

    @cached_property
    def figures(self) -> dict[str, Entry]:
        """Every figure by its id."""
        return recount.figures_of(self.base)

    @cached_property
    def cells(self) -> dict[str, list[str]]:
        """Cells of tables by their id."""
        return recount.cells_of(self.base)

    def f(self, name: str) -> Entry:
        return self.figures[name]

    def label(self, vocabulary: str, term: str) -> str:
        return str(self.base.terms[vocabulary][term]["label"])

    @cached_property
    def eligible(self) -> list[Entry]:
        """Studies that count."""
        return self.base.eligible

    @cached_property
    def outcome(self) -> list[Entry]:
        """Outcome studies."""
        return self.base.outcome_studies

    @cached_property
    def named(self) -> list[str]:
        """Groups that a recommendation names, in the order of the codebook."""
        recommended = {g for r in self.base.review.get("recommendations") or [] for g in r.get("groups") or []}
        return [g for g in self.base.groups if g in recommended]

    @cached_property
    def outcome_findings(self) -> list[tuple[str, Entry]]:
        """Outcome findings with the study of each."""
        return [(s["id"], f) for s in self.outcome for f in recount.outcome_findings(s)]

    @cached_property
    def findings(self) -> list[tuple[str, Entry]]:
        """Findings of any level with the study of each."""
        return [(s["id"], f) for s in self.eligible for f in recount.findings(s)]


# A share, a ratio, a median and a count in words.


def share(f: Entry, noun: str = "study") -> Rx:
    """Of how many, with value and interval where there is one."""
    counted = f"{f['numerator'] or 0} of {many(f['denominator'] or 0, noun)}"
    if f["value"] is None:
        return pat("{}", counted)
    if not f["numerator"]:
        return pat("{} (could plausibly be up to {})", counted, percent(f["high"]))
    return pat(
        "{} ({}; could plausibly be {} to {})", counted, percent(f["value"]), percent(f["low"]), percent(f["high"])
    )


def unknown(f: Entry) -> int:
    return int(f["unknown"] or 0)


def pool(f: Entry) -> int:
    """Known and not known together."""
    return int(f["denominator"]) + unknown(f)


def seen(f: Entry) -> Rx:
    """A share with what is not known."""
    blank, total = unknown(f), many(pool(f), "study")
    if f["numerator"] is None:
        return pat("not known for any of {}", total) if blank else pat("no study to count")
    if not blank:
        return share(f)
    if f["value"] is not None:
        return pat("{}, and not known for {} more", share(f), blank)
    if not f["numerator"]:
        return pat("none of the {} for which it is known (not known for {} of {})", f["denominator"], blank, total)
    return pat("at least {} of {} (not known for {})", f["numerator"], total, blank)


NOT_ENOUGH = "fewer than 10 studies are known, so counts only"
ONE_SIDED = "absence could not be coded for any study, so no share is given"
FEW_READ = "fewer than 10 studies were read in full text, so absence is hardly known and no share is given"
NOTHING = "it is not known for any study"
NO_STUDY = "there is no study to count"


def why_no_share(truth: Truth, name: str) -> str:
    f = truth.f(name)
    if name.endswith(".included") and not _any_whole(truth, name.split(".")[1]):
        return "only presence could be coded, so no share is given"
    if not f["denominator"]:
        return NOTHING if unknown(f) else NO_STUDY
    if unknown(f) and f["numerator"] == f["denominator"]:
        return ONE_SIDED
    if f["denominator"] < recount.FEWEST:
        return NOT_ENOUGH
    assert unknown(f)
    assert truth.base.full_texts < recount.FEWEST
    return FEW_READ


def _any_whole(truth: Truth, group: str) -> bool:
    studies = [s for s in truth.eligible if recount.population(s, group) in recount.REPORTED]
    return any(map(recount.whole, studies))


def _cells(truth: Truth, name: str) -> Iterator[int]:
    """The four cells behind a ratio, and how many are not known."""
    view = {"focus": "declared", "focus.scope": "declared"}.get(name.rpartition(".")[0], name.split(".")[1])
    inside = {s["id"] for s in truth.eligible if truth.base.sector in (s.get("sector") or [])}
    for cell in ("both", "outcome", "process", "neither", "unknown"):
        members = truth.cells[f"focus.cells/{cell}/{view}"]
        yield len(inside & set(members) if name.startswith("focus.scope") else members)


def why_no_ratio(truth: Truth, name: str) -> str:
    a, b, c, d, blank = _cells(truth, name)
    if not a + b + c + d:
        return NOTHING if blank else NO_STUDY
    if not a + c:
        return "no study is known on the second side, and nothing is divided by zero"
    if blank and not b + c:
        return ONE_SIDED
    return NOT_ENOUGH if a + b + c < recount.FEWEST else FEW_READ


def tens(f: Entry) -> Rx:
    found = {round(10 * v) for v in near(f["value"])}
    return one_of(f"about {n}" if n else "fewer than one" for n in found)


def ratio_sentence(truth: Truth, name: str, first: str, second: str) -> Rx:
    f = truth.f(name)
    if f["value"] is None:
        return pat("No ratio is given: {}.", why_no_ratio(truth, name))
    return pat(
        "For every 10 studies that {}, {} {} (ratio {}; could plausibly be {} to {}).",
        second, tens(f), first, decimals(f["value"]), decimals(f["low"]), decimals(f["high"]),
    )  # fmt: skip


def bounds(f: Entry) -> Rx:
    least = f["numerator"] or 0
    return pat("not known for {}; between {} and {} of {}", unknown(f), least, least + unknown(f), pool(f))


# One figure in full.

HEADLINES = (
    "focus.outcome-share", "focus.process-share", "focus.scope.outcome-share", "focus.scope.process-share",
    "focus.reported.outcome-share", "focus.reported.process-share",
    "focus.reported-broad.outcome-share", "focus.reported-broad.process-share", "beneficiaries.wider",
    "beneficiaries.took-part", "sector.direct", "sector.including", "principles.any", "direction.against",
    "direction.harm", "direction.looked-for-harm", "measurement.scale-or-records", "measurement.scale",
    "overlap.reviews", "involvement.chose-outcomes", "lasting.cost", "lasting.economic-evaluation",
    "lasting.over-6-months", "lasting.over-24-months", "currency.home-data",
)  # fmt: skip

LABELS = {
    "focus.outcome-share": "Studies that say they examine outcomes",
    "focus.process-share": "Studies that say they examine process",
    "focus.process-only-share": "Studies that say they examine process alone",
    "focus.ratio": "Outcome to process among studies that say they examine either",
    **{
        f"focus.{view}.{name}": f"{words}{kind}"
        for view, kind in (("reported", ""), ("reported-broad", ", broad definition"))
        for name, words in {
            "outcome-share": "Studies that report outcomes",
            "process-share": "Studies that report process",
            "process-only-share": "Studies that report process alone",
            "ratio": "Outcome to process among studies that report either",
        }.items()
    },
    "focus.reported.review-alone": "Studies whose outcomes were seen in the review alone",
    "focus.scope.outcome-share": "Studies that include social care and say they examine outcomes",
    "focus.scope.process-share": "Studies that include social care and say they examine process",
    "focus.scope.ratio": "Outcome to process among studies that include social care",
    "beneficiaries.wider": "Studies with an outcome for anyone who did not take part",
    "beneficiaries.took-part": "Studies with an outcome for those who took part",
    "beneficiaries.co-producer-findings": "Outcome findings about people that are about those who took part",
    "sector.direct": "Outcome studies about social care alone",
    "sector.including": "Outcome studies that include social care",
    "principles.definition": "Studies that define co-production",
    "principles.any": "Studies that mention at least one principle",
    "principles.all": "Studies that mention every principle",
    "principles.all-of-defined": "Of studies with a definition, those that mention every principle",
    **{
        f"principles.{p}": f"Studies that mention {p}"
        for p in ("equality", "diversity", "accessibility", "reciprocity")
    },
    "direction.against": "Studies with a finding of no change, harm or a mixed result",
    "direction.harm": "Studies with a finding of harm",
    "direction.looked-for-harm": "Studies that looked for harm",
    "measurement.scale-or-records": "Outcome studies with a published scale or administrative records",
    "measurement.scale": "Outcome studies with a published scale",
    "reporting.median-items": "Median number of the 24 characteristics that a study reports",
    "overlap.reviews": "Outcome studies that are reviews",
    "overlap.review-only-domains": "Outcome domains that rest on reviews alone",
    "overlap.held-twice": "Primary studies that a review of this base includes too",
    "overlap.cca": "Corrected covered area of the reviews' lists",
    "appraisal.appraised": "Studies with a recorded appraisal",
    "appraisal.serious-concern": "Studies with a serious concern",
    "appraisal.certainty": "Outcome findings with a recorded certainty",
    "testimony.not-studied": "Outcomes that participants named and that were seen in no study",
    "involvement.chose-outcomes": "Studies where people with lived experience helped to choose what to measure",
    "involvement.co-design-or-above": "Studies assessed as co-design or above",
    "involvement.co-production": "Studies assessed as co-production",
    "involvement.label-gap": "Studies called co-production and described as less than co-design",
    "lasting.cost": "Outcome studies that measure cost in any way",
    "lasting.economic-evaluation": "Outcome studies with an economic evaluation",
    "lasting.over-6-months": "Outcome studies that follow up for over six months",
    "lasting.over-24-months": "Outcome studies that follow up for over 24 months",
    "currency.in-window": "Studies published in 2017 or later",
    "currency.evidence-in-window": "Studies whose evidence ends in 2017 or later",
    "currency.home-data": "Studies with data from the base's nations",
    "currency.median-year": "Median year of publication",
    "currency.median-search-end": "Median year in which a review's search ended",
    "claims.supported": "Claims supported",
    "claims.partly": "Claims partly",
    "claims.not-seen": "Claims not seen",
    "claims.contradicted": "Claims that are mis-cited",
    "claims.not-judged": "Claims not judged",
    "claims.second-hand": "Claims that cite a work second-hand",
    "claims.corrected": "Claims that an erratum held here corrects or questions",
    "claims.without-denominator": "Published shares without a denominator",
    "recommendations.measurable": "Recommendations that figures of this base bear on",
}


def label(truth: Truth, name: str) -> str:
    """The words that a figure must go by."""
    analysis, _, rest = name.partition(".")
    if name.startswith("care-act."):
        return f"Studies with a finding on {small(truth.label('care_act', rest))}"
    if analysis in ("representation", "reporting") and rest in truth.base.groups:
        verb = "focus on" if analysis == "representation" else "say something of"
        return f"Studies that {verb} {small(truth.label('groups', rest))}"
    if name.startswith("recommendations.outcome-share-"):
        first = int(name[-4:])
        return f"Studies of {years(truth, first)} that say they examine outcomes"
    return LABELS[name]


def years(truth: Truth, first: int) -> str:
    """A period of five years, which does not run beyond the newest study."""
    newest = max(y for y in map(recount.year, truth.eligible) if y is not None)
    return str(first) if newest == first else f"{first} to {min(first + 4, newest)}"


def headline(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if f["kind"] == "share":
        return _share_headline(truth, name)
    if name.endswith(".ratio"):
        return _ratio_headline(truth, name)
    if f["kind"] == "median":
        return _median_headline(truth, name)
    return _count_headline(truth, name)


def _share_headline(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if f["value"] is not None:
        return share(f)
    text = seen(f)
    if f["numerator"] and unknown(f):
        text = pat("at least {} of {}", f["numerator"], pool(f))
    return pat("{}; {}", text, why_no_share(truth, name)) if f["denominator"] else text


def _ratio_headline(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if f["numerator"] is None:
        return pat("not known on both sides for any of {}", many(unknown(f), "study"))
    counted = f"{f['numerator']} to {f['denominator']}"
    if f["value"] is None:
        return pat("{} among those known on both sides; no ratio, because {}", counted, why_no_ratio(truth, name))
    limits = (decimals(f["value"]), decimals(f["low"]), decimals(f["high"]))
    return pat("{} (ratio {}; could plausibly be {} to {})", counted, *limits)


def median_pool(truth: Truth, name: str) -> list[Entry]:
    """The studies of which a median could be taken."""
    base = truth.base
    if name == "currency.median-year":
        return base.eligible
    return base.reviews(base.eligible) if name == "currency.median-search-end" else whole_primary(truth)


def whole_primary(truth: Truth) -> list[Entry]:
    """Primary studies read whole."""
    return [s for s in truth.base.primary(truth.eligible) if recount.whole(s)]


def _median_headline(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if f["value"] is None:
        return pat("none, because {}", NOTHING)
    blank = len(median_pool(truth, name)) - f["denominator"]
    rest = f"; not known for {blank} more" if blank else ""
    return pat("{} over {}{}", f"{f['value']:g}", many(f["denominator"], "study"), rest)


def _count_headline(truth: Truth, name: str) -> Rx:
    f = truth.f(name)
    if f["numerator"] is None:
        blank = "no beneficiary of an outcome finding is coded"
        return pat("not assessed, because {}", blank if name.startswith("beneficiaries") else no_overlap(truth))
    whole = f" of {f['denominator']}" if f["denominator"] is not None else ""
    value = pat(" ({})", percent(f["value"])) if f["value"] is not None else Rx("")
    return pat("{}{}{}; {}", f["numerator"], whole, value, _count_reason(truth, name))


def no_overlap(truth: Truth) -> str:
    reviews = truth.base.reviews(truth.eligible)
    listing_ = sum(bool(recount.works(s)) for s in reviews)
    return f"{listing_} of {len(reviews)} reviews list what they include, and it takes 2"


def _count_reason(truth: Truth, name: str) -> Rx:
    if name == "beneficiaries.co-producer-findings":
        people = sum(f["outcome"].startswith("people.") for _, f in truth.outcome_findings)
        return pat(
            "findings of one study hang together, so there are counts and no interval; the beneficiary of {} more is "
            "not coded",
            people - truth.f(name)["denominator"],
        )
    return Rx("[a-z][^;0-9]+")


def beside(truth: Truth, name: str) -> Iterator[Rx]:
    """What must accompany a figure: bounds, leave-one-out range, primary studies, practices."""
    f = truth.f(name)
    ratio = name.endswith(".ratio")
    if f["kind"] in ("share", "ratio") and unknown(f):
        yield _open(f) if ratio else bounds(f)
    show = decimals if ratio else percent
    if f["leave_one_out_high"] and name != "overlap.cca":
        low, high = show(f["leave_one_out_low"]), show(f["leave_one_out_high"])
        yield pat("leaving out any one study: {} to {}", low, high)
    if f["value"] is not None and f["primary_denominator"] is not None:
        value = pat(" ({})", show(f["primary_value"])) if f["primary_value"] else Rx("")
        between = "to" if ratio else "of"
        yield pat(
            "primary studies alone: {} {} {}{}", f["primary_numerator"] or 0, between, f["primary_denominator"], value
        )
    if f["practices"] and (name in HEADLINES or name in {f"representation.{g}" for g in truth.named}):
        yield pat("by what they call the practice: {}", listing(list(_practices(truth, f))))


def _open(f: Entry) -> Rx:
    low = "0" if f["unknown_low"] is None else decimals(f["unknown_low"])
    high = "no upper limit" if f["unknown_high"] is None else decimals(f["unknown_high"])
    return pat("not known for {}, which leaves {} to {}", unknown(f), low, high)


def _practices(truth: Truth, f: Entry) -> Iterator[str]:
    for practice in truth.base.terms["practices"]:
        if practice in f["practices"]:
            yes, known, blank = f["practices"][practice]
            counts = f"{yes} of {known}"
            if blank:
                counts = f"at least {yes} of {known + blank}" if yes else f"not known for {blank} of {known + blank}"
            yield f"{small(truth.label('practices', practice))} {counts}"


def check_figure(truth: Truth, name: str, text: str) -> None:
    """The sentence that reports a figure in full."""
    parts = joined([headline(truth, name), *beside(truth, name)], "; ")
    pattern = rf"{re.escape(label(truth, name))}: {parts}(?P<beside>(?:; beside .*?)?)\.(?: Definition: [^.]+\.)?"
    found = matched(pattern, text, name)
    _check_comparisons(truth, name, [c for c in found["beside"].split("; beside ") if c])


# A figure beside what others published.

_OWN = re.compile(r"(?:claim )?([cp]\d+) of review\.yaml(?: \((\d+\.\d)%\))?(: must not be compared)?")
_POPULATION = re.compile(r"([\w-]+) \((\d+\.\d)%\)(?:, ratio (\d+\.\d\d))?(?:: (.*))?")
BAND = (0.8, 1.2)
LOWER, HIGHER, TOO_FEW = "lower than the benchmark", "higher than the benchmark", "too few studies to say"


def published(truth: Truth, name: str) -> list[tuple[str, Entry]]:
    """Published numbers that the review sets beside a figure, each with what holds it."""
    review = truth.base.review
    quantities = [(c["id"], q) for c in review.get("claims") or [] for q in c.get("figures") or []]
    quantities += [(p["id"], p) for p in review.get("published") or []]
    return [(i, q) for i, q in quantities if q.get("beside") == name]


def divisible(truth: Truth, name: str) -> list[Entry]:
    """Population shares by which the share of a group may be divided."""
    uses = {"people", "older-people", "community"}
    return [
        b
        for b in truth.base.benchmarks
        if f"representation.{b['group']}" == name and uses & set(b["suitable_for"]) and b["standardised"] is False
    ]


def _check_comparisons(truth: Truth, name: str, texts: list[str]) -> None:
    given = [i for i, _ in published(truth, name)]
    expected = given + [b["id"] for b in divisible(truth, name)]
    found = []
    for text in texts:
        own, population = _OWN.fullmatch(text), _POPULATION.fullmatch(text)
        if own:
            found.append(own[1])
            _check_published(truth, name, own)
        else:
            assert population, f"{name}: not known: {text}"
            found.append(population[1])
            _check_population(truth, name, population)
    assert sorted(found) == sorted(expected), name


def _check_published(truth: Truth, name: str, printed: re.Match[str]) -> None:
    quantities = [q for i, q in published(truth, name) if i == printed[1]]
    if printed[2] is None:
        apart = any(q.get("not_comparable_because") for q in quantities)
        assert apart if printed[3] else None in map(published_share, quantities), printed[0]
    else:
        shares = [s for s in map(published_share, quantities) if s is not None]
        assert any(re.fullmatch(decimals(100 * s, 1), printed[2]) for s in shares), printed[0]


def published_share(quantity: Entry) -> float | None:
    if quantity.get("not_comparable_because") or not isinstance(quantity.get("n"), int) or not quantity.get("N"):
        return None
    return float(quantity["n"] / quantity["N"])


def _check_population(truth: Truth, name: str, printed: re.Match[str]) -> None:
    f, [benchmark] = truth.f(name), [b for b in divisible(truth, name) if b["id"] == printed[1]]
    expected = benchmark["value"] / 100
    matched(decimals(benchmark["value"], 1), printed[2], printed[0])
    assert (printed[3] is None) == (f["value"] is None), printed[0]
    if f["value"] is not None:
        matched(decimals(f["value"] / expected), printed[3], printed[0])
    assert printed[4] == agreed(truth, name, benchmark), printed[0]


def verdict(truth: Truth, name: str, benchmark: Entry) -> str | None:
    """Lower or higher where the whole interval says so, none found at zero, else nothing."""
    f, expected = truth.f(name), benchmark["value"] / 100
    if f["value"] is None or len(divisible(truth, name)) < 2:
        return None
    if f["high"] / expected < BAND[0]:
        return LOWER
    if not f["numerator"]:
        return "none found"
    return HIGHER if f["low"] / expected > BAND[1] and not benchmark.get("floor") else None


def agreed(truth: Truth, name: str, benchmark: Entry) -> str | None:
    """The verdict printed with one population share: lower or higher only where all of them say the same."""
    found = divisible(truth, name)
    if truth.f(name)["value"] is None or len(found) < 2:
        return None
    reading = verdict(truth, name, benchmark) or TOO_FEW
    alone = {verdict(truth, name, b) for b in found} == {reading}
    return TOO_FEW if reading in (LOWER, HIGHER) and not alone else reading
