"""The statement of each analysis, and what it lacks, with every number taken from the second count.

Longer than 400 lines, because every analysis has its statement here.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from tests.printed.printed import Rx, decimals, joined, listing, many, pat, small
from tests.printed.printed_figures import (
    HIGHER,
    LOWER,
    Truth,
    bounds,
    divisible,
    median_pool,
    pool,
    ratio_sentence,
    seen,
    share,
    unknown,
    verdict,
    whole_primary,
    years,
)
from tests.recount import recount
from tests.recount.recount import Entry, ids

# What each analysis states.


def state_focus(truth: Truth) -> Rx:
    return joined([_declared(truth), _reported(truth), _other_definition(truth)], " ")


def _declared(truth: Truth) -> Rx:
    outcome, process, alone = (truth.f(f"focus.{n}-share") for n in ("outcome", "process", "process-only"))
    if outcome["numerator"] is None:
        blank = many(unknown(outcome), "study")
        return pat("What the studies say they examine is not coded for any of {}.", blank)
    rest = pat(" As for outcomes, focus is {}.", bounds(outcome)) if unknown(outcome) else Rx("")
    ratio = ratio_sentence(truth, "focus.ratio", "examine outcomes", "examine process")
    says, does = ("say", "examine") if outcome["denominator"] != 1 else ("says", "examines")
    return pat(
        "{} {} they examine outcomes, and {} {} they examine process; {} {} process alone. {}{}",
        share(outcome), says, share(process), says, alone["numerator"], does, ratio, rest,
    )  # fmt: skip


def _reported(truth: Truth) -> Rx:
    stem = "focus.reported."
    outcome, process, f = (truth.f(f"{stem}{n}") for n in ("outcome-share", "process-share", "ratio"))
    ratio = ratio_sentence(truth, f"{stem}ratio", "report outcomes", "report process")
    total, blank = len(truth.eligible), unknown(f)
    if not blank:
        parts = (share(outcome), share(process), ratio)
        return pat("As for what they report: {} report outcomes, {} process. {}", *parts)
    alone = truth.f("focus.reported.review-alone")["numerator"]
    lead = pat(
        "What they report is not known on both sides for {} of {}: {}. Seen to report an outcome: {}{}; process: {}.",
        blank, total, why_unknown(truth, f), _at_least(outcome, total),
        f", {alone} of them on the review's word alone" if alone else "", _at_least(process, total),
    )  # fmt: skip
    return lead if 2 * blank > total or f["value"] is None else pat("{} {}", lead, ratio)


def why_unknown(truth: Truth, ratio: Entry) -> str:
    """Why works are not known on both sides: what was read could not show it, or nobody coded what it shows."""
    known = {
        i for name in ("both", "outcome", "process", "neither") for i in truth.cells[f"focus.cells/{name}/reported"]
    }
    silent = [s for s in truth.eligible if s["id"] not in known]
    assert len(silent) == unknown(ratio)
    whole = all(map(recount.whole, silent))
    return "the code for absence was not made" if whole else "an abstract cannot show what is missing"


def _at_least(figure: Entry, total: int) -> str:
    seen_ = figure["numerator"] or 0
    if seen_ == total:
        return f"all {total} studies" if total > 1 else "the 1 study"
    return f"at least {seen_} of {many(total, 'study')}" if seen_ else f"none of {many(total, 'study')} so far"


def definitions_differ(truth: Truth) -> bool:
    """Whether the broad definition moves a share by more than five points."""
    return any(
        abs(_least_share(truth, "reported", n) - _least_share(truth, "reported-broad", n)) > 0.05 for n in recount.SIDES
    )


def _least_share(truth: Truth, view: str, side: str) -> float:
    return float(truth.f(f"focus.{view}.{side}-share")["unknown_low"] or 0)


def _other_definition(truth: Truth) -> Rx:
    if not definitions_differ(truth):
        return pat("Under the broad definition neither differs by more than five points.")
    counts = (truth.f(f"focus.reported-broad.{n}-share")["numerator"] or 0 for n in ("outcome", "process"))
    return pat("Under the broad definition outcomes were seen in {} and process in {}.", *counts)


def state_representation(truth: Truth) -> Rx:
    base = truth.base
    counts = [(small(truth.label("groups", g)), truth.f(f"representation.{g}")["numerator"] or 0) for g in base.groups]
    in_focus = sorted((c for c in counts if c[1]), key=lambda c: -c[1])
    leading = listing([f"{name} ({n})" for name, n in in_focus[:4]])
    blank = sum(not recount.groups_coded(s) for s in truth.eligible)
    return pat(
        "{} of {} groups are in focus of at least one of {}{}; {} are in focus of none.{} {}",
        len(in_focus), len(counts), many(len(truth.eligible), "study"), f", most often {leading}" if leading else "",
        len(counts) - len(in_focus), f" Groups are not coded for {many(blank, 'study')}." if blank else "",
        _verdicts(truth),
    )  # fmt: skip


def _verdicts(truth: Truth) -> str:
    verdicts = []
    for group in truth.base.groups:
        found = {verdict(truth, f"representation.{group}", b) for b in divisible(truth, f"representation.{group}")}
        if len(found) == 1 and found <= {LOWER, HIGHER}:
            verdicts.append(f"{truth.label('groups', group)}: {found.pop()}")
    return (
        "; ".join(verdicts) + "." if verdicts else "For no group do the numbers allow a verdict against a population."
    )


NO_OUTCOME = "No study here was seen to report an outcome."


def state_beneficiaries(truth: Truth) -> Rx:
    wider, took_part, total = truth.f("beneficiaries.wider"), truth.f("beneficiaries.took-part"), len(truth.outcome)
    if not total:
        return pat(NO_OUTCOME)
    if not pool(wider):
        return pat("Not assessed: {}.", _whose_missing(truth))
    return pat(
        "Of {}, {} for at least one outcome whose it is. An outcome for anyone who did not take part: {}. An "
        "outcome for those who took part: {}.{}",
        many(total, "outcome study"), f"{pool(wider)} {'says' if pool(wider) == 1 else 'say'}", seen(wider),
        seen(took_part), " What was read cannot show that it was nobody else." if unknown(wider) else "",
    )  # fmt: skip


def _whose_missing(truth: Truth) -> Rx:
    studies = many(len(truth.outcome), "outcome study")
    return pat("no outcome finding of {} says whose it is: code beneficiary of each finding", studies)


def domains_studied(truth: Truth) -> list[str]:
    return [d for d in truth.base.domains if truth.cells[f"matrix.map/{d}/studies"]]


def state_matrix(truth: Truth) -> Rx:
    studied, every = domains_studied(truth), truth.base.domains
    silent = [d for d in every if d not in studied]
    return pat(
        "{} of {} outcome domains have a finding of any level in at least one of {}; {} have one that tells of a "
        "change. In {} no finding was seen{}.",
        len(studied), len(every), many(len(truth.eligible), "eligible study"),
        sum(bool(truth.cells[f"matrix.map/{d}/outcome"]) for d in studied),
        len(silent),
        f", and participants named {sum(bool(truth.cells[f'matrix.map/{d}/said']) for d in silent)} of those"
        if any(truth.cells[f"matrix.map/{d}/said"] for d in every)
        else "",
    )  # fmt: skip


def state_sector(truth: Truth) -> Rx:
    direct, including = truth.f("sector.direct"), truth.f("sector.including")
    here = {s["id"] for s in truth.outcome}
    silent = [s for s in truth.eligible if s["id"] not in here]
    may = sum(recount.code(s.get("reports") or {}, "outcome") != "absent" for s in silent)
    every = len(truth.cells["sector.sectors/social-care/eligible"])
    lead = pat(
        "Of {} seen to report an outcome: about social care alone, {}; including it, {}.",
        many(len(truth.outcome), "study"), seen(direct), seen(including),
    )  # fmt: skip
    return pat(
        "{} Of all {}, {} {} it.{}",
        lead if truth.outcome else pat(NO_OUTCOME), many(len(truth.eligible), "eligible study"), every,
        "includes" if every == 1 else "include",
        f" Whether {may} more report an outcome is not known." if may else "",
    )  # fmt: skip


def state_principles(truth: Truth) -> Rx:
    named = list(truth.base.terms["principles"])
    most = sorted(named, key=lambda p: -len(truth.cells[f"principles.codes/{p}/mentioned"]))
    counted = listing([f"{p} {len(truth.cells[f'principles.codes/{p}/mentioned'])}" for p in most])
    verbs = {
        "definition": "define co-production",
        "any": "mention one or more of the principles",
        "all": "mention all of them",
    }
    parts = joined([_least(truth.f(f"principles.{n}"), v) for n, v in verbs.items()], "; ")
    if not truth.eligible:
        return pat("There is no study to count.")
    return pat(
        "Of {}, {}. Mentions that were seen, by principle: {}.", many(len(truth.eligible), "study"), parts, counted
    )


def _least(f: Entry, verb: str) -> Rx:
    if f["numerator"] is None:
        return pat("it is not known for any whether they {}", verb)
    if not unknown(f):
        return pat("{} {}", f["numerator"] or 0, verb)
    text = f"at least {f['numerator']} {verb}" if f["numerator"] else f"none was seen to {verb}"
    return pat("{} (not known for {})", text, unknown(f))


def state_direction(truth: Truth) -> Rx:
    against, harm, looked = (truth.f(f"direction.{n}") for n in ("against", "harm", "looked-for-harm"))
    studies = many(len(truth.eligible), "study")
    if not pool(against):
        return pat("Not assessed: no finding of {} states a direction.", studies)
    changes = {s for s, f in truth.outcome_findings if f.get("direction") in ("mixed", "no_change", "harm")}
    return pat(
        "Of {}, {} for at least one finding which way it points. A finding of no change, harm or a mixed result: "
        "{}, in {} of them about a change and not about taking part; of harm or burden: {}. Whether they looked for "
        "harm: {}.{}",
        studies, f"{pool(against)} {'states' if pool(against) == 1 else 'state'}", seen(against), len(changes),
        seen(harm), seen(looked),
        " This is not evidence of no harm." if unknown(looked) or not harm["numerator"] else "",
    )  # fmt: skip


def state_care_act(truth: Truth) -> Rx:
    areas = {
        a: {c: truth.cells[f"care-act.areas/{a}/{c}"] for c in ("studies", "outcome", "said")}
        for a in truth.base.terms["care_act"]
    }
    england = {s["id"] for s in truth.eligible if "England" in ((s.get("geography") or {}).get("data") or [])}

    def named(chosen: Iterable[str]) -> str:
        return listing([f"{small(truth.label('care_act', a))} ({a})" for a in chosen])

    spoken = named(a for a, c in areas.items() if not c["studies"] and c["said"])
    nothing = named(a for a, c in areas.items() if not c["studies"] and not c["said"])
    return pat(
        "{} of {} areas of wellbeing are touched by a finding in at least one study here, {} by one that tells of a "
        "change.{}{} Data from England stand behind {} of {} areas.",
        sum(bool(c["studies"]) for c in areas.values()), len(areas), sum(bool(c["outcome"]) for c in areas.values()),
        f" Seen in testimony alone: {spoken}." if spoken else "", f" Nothing was seen on {nothing}." if nothing else "",
        sum(bool(england & set(c["studies"])) for c in areas.values()), len(areas),
    )  # fmt: skip


def measured(truth: Truth) -> list[Entry]:
    """Outcome findings of which it is known how they were measured."""
    return [f for _, f in truth.outcome_findings if recount.code(f, "measurement") not in ("not_coded", "not_reported")]


def state_measurement(truth: Truth) -> Rx:
    total, known = len(truth.outcome_findings), measured(truth)
    if not truth.outcome:
        return pat(NO_OUTCOME)
    if not known:
        return pat("Not assessed: how it was measured is coded for none of {}.", many(total, "outcome finding"))
    kinds = Counter(f["measurement"] for f in known)
    labels = {k: small(truth.label("measurements", k)) for k in truth.base.terms["measurements"] if kinds[k]}
    counts = listing([f"{words} {kinds[k]}" for k, words in labels.items()])
    return pat(
        "A published scale or records: {}. How it was measured was seen for {} of {} ({}); for the other {} it is not "
        "coded or not reported.",
        seen(truth.f("measurement.scale-or-records")), len(known), many(total, "outcome finding"), counts,
        total - len(known),
    )  # fmt: skip


NO_FULL_TEXT = (
    "no primary study was coded from its full text, and an abstract cannot show what a work leaves out: read full "
    "texts, set coded_from to full_text and code every group under populations, not_reported included"
)


def state_reporting(truth: Truth) -> Rx:
    primary = whole_primary(truth)
    if not primary:
        return pat("Not assessed: {}.", NO_FULL_TEXT)
    if not any(map(recount.groups_coded, primary)):
        return pat("Not assessed: {}.", NO_GROUP_CODED)
    shares = [(g, truth.f(f"reporting.{g}")) for g in truth.base.groups]
    silent = [(small(truth.label("groups", g)), f["denominator"] - (f["numerator"] or 0)) for g, f in shares]
    worst = listing([f"{name} ({n})" for name, n in sorted(silent, key=lambda p: -p[1])[:3] if n])
    middle = truth.f("reporting.median-items")["value"]
    return pat(
        "{} can show what they leave out. {}{}",
        many(len(primary), "primary study"),
        f"Most often silent on: {worst}." if worst else "None is known to be silent on a group.",
        f" The median study reports {middle:g} of {len(shares)}." if middle is not None else "",
    )


def lists_of(truth: Truth) -> dict[str, set[str]]:
    """Works that each review lists, by id where the base holds them."""
    dois = {s["citation"]["DOI"].lower(): s["id"] for s in truth.eligible if s["citation"].get("DOI")}
    own = {s["id"].lower(): s["id"] for s in truth.eligible}
    named = {s["id"]: recount.works(s) for s in truth.base.reviews(truth.eligible)}
    return {i: {own.get(w, dois.get(w, w)) for w in listed} for i, listed in named.items() if listed}


def _overlap_missing(truth: Truth) -> Rx | None:
    reviews, lists = len(truth.base.reviews(truth.eligible)), len(lists_of(truth))
    if reviews < 2 or lists > 1:
        return None
    return pat(
        "verlap is not assessed, because {} its included studies ({} of {}): write their DOIs, or ids of this base, in "
        "search.included_studies of at least 2 reviews",
        "only 1 review lists" if lists else "no review lists", lists, reviews,
    )  # fmt: skip


def state_overlap(truth: Truth) -> Rx:
    domains, area = truth.f("overlap.review-only-domains"), truth.f("overlap.cca")
    alone = domains["numerator"]
    lead = pat(
        "Reviews among the outcome studies: {}. Of {} outcome domains with any evidence, {} on reviews alone.",
        seen(truth.f("overlap.reviews")), domains["denominator"], f"{alone} {'rests' if alone == 1 else 'rest'}",
    )  # fmt: skip
    needed = _overlap_missing(truth)
    if needed:
        return pat("{} O{}.", lead, needed)
    if area["value"] is None:
        return pat("{} Fewer than two reviews are held, so none can overlap.", lead)
    return pat(
        "{} Corrected covered area of the {} reviews with a list: {} of {}, {}%.",
        lead, len(lists_of(truth)), area["numerator"], area["denominator"], decimals(100 * area["value"], 1),
    )  # fmt: skip


def state_appraisal(truth: Truth) -> Rx:
    appraised, certain = truth.f("appraisal.appraised"), truth.f("appraisal.certainty")
    total, done = len(truth.eligible), appraised["numerator"] or 0
    concern = pat("A serious concern: {}.", seen(truth.f("appraisal.serious-concern")))
    return pat(
        "Not appraised: {} of {}. {} Certainty is recorded for {} of {}.",
        total - done, many(total, "study"), concern if done else "Nothing here speaks to quality.",
        certain["numerator"], many(certain["denominator"], "outcome finding"),
    )  # fmt: skip


def state_testimony(truth: Truth) -> Rx:
    statements = [t for t in recount.statements(truth.base) if t.get("outcomes")]
    outcomes = {o for t in statements for o in t["outcomes"]}
    if not outcomes:
        return pat("This base holds no testimony.")
    lead = f"People named {many(len(outcomes), 'outcome')} in {many(len(statements), 'statement')} and examples."
    here = {f["outcome"] for _, f in truth.findings}
    silent = [small(truth.label("outcomes", o)) for o in truth.base.terms["outcomes"] if o in outcomes - here]
    if not silent:
        return pat("{} Each of them was seen in at least one study here.", lead)
    return pat("{} {} of them were seen in no study here: {}.", lead, len(silent), listing(silent))


def rated(truth: Truth) -> list[Entry]:
    """Studies with both rungs coded."""
    fields = ("rung_claimed", "rung_assessed")
    return [s for s in truth.eligible if all(recount.code(s, field_) != "not_coded" for field_ in fields)]


def state_involvement(truth: Truth) -> Rx:
    chose = seen(truth.f("involvement.chose-outcomes"))
    first = pat("People with lived experience helped to choose what to measure: {}.", chose)
    if not truth.base.primary(truth.outcome):
        first = pat("No primary study here was seen to report an outcome.")
    if not rated(truth):
        rest = "How far people were involved is not assessed: no study has both rungs of the ladder coded."
        return pat("{} {}", first, rest)
    single = sum(len(set(s.get("coders") or [])) < 2 for s in rated(truth))
    shares = (seen(truth.f(f"involvement.{n}")) for n in ("co-design-or-above", "co-production", "label-gap"))
    return pat(
        "{} Assessed as co-design or above: {}; as co-production: {}. Called co-production and described as engagement "
        "or less: {}.{}",
        first, *shares, f" {many(single, 'study')} assessed by fewer than two people, left out." if single else "",
    )  # fmt: skip


def state_lasting(truth: Truth) -> Rx:
    if not truth.outcome:
        return pat(NO_OUTCOME)
    names = ("cost", "economic-evaluation", "over-6-months", "over-24-months")
    return pat(
        "Of {}: any measure of cost, {}; an economic evaluation, {}; follow-up over six months, {}; over 24 months, "
        "{}.",
        many(len(truth.outcome), "outcome study"), *(seen(truth.f(f"lasting.{n}")) for n in names),
    )  # fmt: skip


def pairs(truth: Truth) -> dict[tuple[str, str], list[str]]:
    """Studies about a group, in each domain and in ``all``."""
    studies: dict[tuple[str, str], list[str]] = {}
    for group in truth.base.groups:
        about = [s for s in truth.eligible if recount.population(s, group) in recount.COUNTED_FOR]
        studies |= {(group, d): ids(recount.with_domain(about, d)) for d in truth.base.domains}
        studies[group, "all"] = ids(s for s in about if recount.findings(s))
    return studies


def state_intersections(truth: Truth) -> Rx:
    by_pair, groups, domains = pairs(truth), truth.base.groups, truth.base.domains
    parts = [
        f"{small(truth.label('groups', g))} {sum(bool(by_pair[g, d]) for d in domains)}{_included(truth, g)}"
        for g in truth.named
    ]
    rest = f" Of {len(domains)} domains, groups named in recommendations have: {listing(parts)}." if parts else ""
    return pat(
        "{} of {} pairs of a group and an outcome domain hold a study; {} of {} groups have any finding.{}",
        sum(bool(by_pair[g, d]) for g in groups for d in domains), len(groups) * len(domains),
        sum(bool(by_pair[g, "all"]) for g in groups), len(groups), rest,
    )  # fmt: skip


def _included(truth: Truth, group: str) -> str:
    """Studies that include a group without a number, so that their findings may be about others."""
    n = sum(recount.population(s, group) == "included" and bool(recount.findings(s)) for s in truth.eligible)
    return f" ({n} more {'includes' if n == 1 else 'include'} them; whose the findings are is not said)" if n else ""


def state_currency(truth: Truth) -> Rx:
    published_, evidence, home, year, end = (
        truth.f(f"currency.{n}")
        for n in ("in-window", "evidence-in-window", "home-data", "median-year", "median-search-end")
    )
    middle = f" The median study is of {year['value']:g}" if year["value"] is not None else ""
    if middle and end["value"] is not None:
        blank = len(median_pool(truth, "currency.median-search-end")) - end["denominator"]
        searched = f"{many(end['denominator'], 'review')} ended in {end['value']:g} (not known for {blank} more)"
        middle += f"; the median search of {searched}"
    return pat(
        "Published in {} or later: {}. Evidence gathered in {} or later: {}.{} Data from the base's nations: {}.",
        truth.base.published_from, seen(published_), truth.base.published_from, seen(evidence),
        f"{middle}." if middle else "", seen(home),
    )  # fmt: skip


def claims_line(claims: list[Entry]) -> Rx:
    """The line that counts some claims."""
    found = Counter(map(recount.claim_status, claims))
    shares = [q for c in claims for q in c.get("figures") or [] if recount.is_share(q)]
    bare = sum(map(recount.lacks_denominator, shares))
    have = f"{bare} {'has' if bare == 1 else 'have'}"
    rest = f" Of {many(len(shares), 'published share')} in them, {have} no denominator." if shares else ""
    open_ = sum(code == "not_judged" for c in claims for code in (c.get("corroboration") or {}).values())
    rest = f" Citations that nobody has compared: {open_}.{rest}" if open_ else rest
    return pat(
        "Of {}: {} supported, {} seen in part, {} not seen and {} not judged; {} mis-cited.{}",
        many(len(claims), "claim"), found["supported"], found["partly"], found["not_seen"], found["not_judged"],
        found["contradicted"], rest,
    )  # fmt: skip


def state_claims(truth: Truth) -> Rx:
    claims = recount.claims_of(truth.base)
    if claims:
        return claims_line(claims)
    if truth.base.review.get("claims"):
        return pat("No claim cites a study here.")
    return pat("This base holds no review and so no claims.")


def periods(truth: Truth) -> list[int]:
    return sorted(int(n[-4:]) for n in truth.figures if n.startswith("recommendations.outcome-share-"))


def state_recommendations(truth: Truth) -> Rx:
    f, total = truth.f("recommendations.measurable"), len(truth.eligible)
    some, every = f["numerator"], f["denominator"]
    lead = (
        f"Figures of this base bear on {some} of {many(every, 'recommendation')}; for the other {every - some} the "
        "table says why nothing here can."
        if every
        else "This base holds no recommendations."
    )
    if not periods(truth):
        return pat("{}", lead)
    trend = joined([_period(truth, first) for first in periods(truth)], "; ")
    few = f" {total} {'study is' if total == 1 else 'studies are'} too few to speak of a trend." if total < 30 else ""
    return pat(
        "{} Examining outcomes, by year of publication: {}.{} Works were not sampled by period, so a difference "
        "between periods is no trend.",
        lead, trend, few,
    )  # fmt: skip


def _period(truth: Truth, first: int) -> Rx:
    f = truth.f(f"recommendations.outcome-share-{first}")
    return pat("{}, {}", years(truth, first), seen(f))


STATEMENTS: dict[str, Callable[[Truth], Rx]] = {
    "focus": state_focus,
    "representation": state_representation,
    "beneficiaries": state_beneficiaries,
    "matrix": state_matrix,
    "sector": state_sector,
    "principles": state_principles,
    "direction": state_direction,
    "care-act": state_care_act,
    "measurement": state_measurement,
    "reporting": state_reporting,
    "overlap": state_overlap,
    "appraisal": state_appraisal,
    "testimony": state_testimony,
    "involvement": state_involvement,
    "lasting": state_lasting,
    "intersections": state_intersections,
    "currency": state_currency,
    "claims": state_claims,
    "recommendations": state_recommendations,
}


# What an analysis lacks.

NO_APPRAISAL = (
    "no study has a recorded appraisal: record under appraisal the tool, the answer to each item, whether there is a "
    "serious concern, the assessor, the date and why"
)
NO_GROUP_CODED = (
    "no group is coded for any primary study that was read in full text: code every group under populations, "
    "not_reported included"
)
NO_RUNGS = (
    "no study has both rungs of the ladder coded: code rung_claimed and rung_assessed, by two people, and name them "
    "under coders"
)


def missing(truth: Truth) -> dict[str, Rx]:
    """What the program reports as missing, for the analyses that lack something."""
    some, review = bool(truth.eligible), truth.base.review
    silent = {
        "beneficiaries": pat("{}", _whose_missing(truth)) if truth.outcome else None,
        "direction": pat("no finding of {} states a direction: code findings", many(len(truth.eligible), "study")),
        "measurement": pat("no outcome finding says how it was measured: code measurement of each finding"),
    }
    sentences: dict[str, Rx | None] = {
        "beneficiaries": silent["beneficiaries"] if not pool(truth.f("beneficiaries.wider")) else None,
        "direction": silent["direction"] if some and not pool(truth.f("direction.against")) else None,
        "measurement": silent["measurement"] if truth.outcome and not measured(truth) else None,
        "reporting": _reporting_missing(truth),
        "intersections": None
        if not some or any(map(recount.groups_coded, truth.eligible))
        else pat("no study is coded for any group of people: code populations"),
        "overlap": pat("o{}", found) if (found := _overlap_missing(truth)) else None,
        "appraisal": pat(NO_APPRAISAL) if some and not truth.f("appraisal.appraised")["numerator"] else None,
        "testimony": None
        if truth.f("testimony.not-studied")["denominator"]
        else pat("no statement by participants is held: add testimony to review.yaml"),
        "involvement": _involvement_missing(truth),
        "lasting": _lasting_missing(truth),
        "currency": _currency_missing(truth) if some else None,
        "claims": None if review.get("claims") else pat("the base holds no claims: add them to review.yaml"),
        "recommendations": None
        if review.get("recommendations")
        else pat("the base holds no recommendations: add them to review.yaml"),
    }
    return {name: words for name, words in sentences.items() if words is not None}


def _currency_missing(truth: Truth) -> Rx | None:
    fields = {
        "in-window": "citation.issued",
        "evidence-in-window": "search.end of reviews",
        "home-data": "geography.data",
    }
    blank = [words for name, words in fields.items() if truth.f(f"currency.{name}")["numerator"] is None]
    pronoun = "it" if len(blank) == 1 else "them"
    return pat("nothing is known of {} for any study: code {}", listing(blank), pronoun) if blank else None


def _reporting_missing(truth: Truth) -> Rx | None:
    primary = whole_primary(truth)
    if not primary:
        return pat(NO_FULL_TEXT)
    return None if any(map(recount.groups_coded, primary)) else pat(NO_GROUP_CODED)


def _involvement_missing(truth: Truth) -> Rx | None:
    studies = truth.base.primary(truth.outcome)
    primary = many(len(studies), "primary outcome study")
    parts = []
    if studies and truth.f("involvement.chose-outcomes")["numerator"] is None:
        parts.append(
            f"for none of {primary} is it coded whether people helped to choose outcomes: read full texts and code "
            "involvement_in_outcomes"
        )
    parts += [] if rated(truth) else [NO_RUNGS]
    return pat("; and ".join(parts)) if parts else None


def _lasting_missing(truth: Truth) -> Rx | None:
    names = {"cost": "cost", "over-6-months": "follow-up"}
    blank = [words for n, words in names.items() if truth.f(f"lasting.{n}")["numerator"] is None]
    if not truth.outcome or not blank:
        return None
    return pat(
        "{} {} not known for any outcome study: code follow_up of each finding, or cost_measure of each study, from "
        "full texts",
        " and ".join(blank), "is" if len(blank) == 1 else "are",
    )  # fmt: skip
