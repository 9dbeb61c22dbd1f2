"""Write a synthetic evidence base of any size: valid, about 1.5 KB per entry, and about no real work.

The same count and codebook always give the same bytes, and a larger base begins with the entries of a smaller one. Ids
are unique up to two million entries.
"""

import argparse
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from coprod_review import bundled
from coprod_review.loading.assembly import bundled_codebook
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import stakeholder

SEED = 2022

NOTICE = "# Synthetic: written by benchmarks/generate.py to measure speed. No person, work or result in here is real.\n"

BASE = """\
name: synthetic
title: "Synthetic base of {count:,} invented studies"
version: "1"
as_of: 2026-01-01
licence: CC0 1.0
schema: coprod-review/base/2
eligibility: Every entry is invented by a program.
search: none documented
coding: Drawn at random, by nobody.
caution: "Synthetic: no figure of this base says anything about research."
sources: [hand]
scope: {{sector: social-care, published_from: 1998}}
"""

CITATION = """\
id: {id}
reference: {reference}
citation:
  type: article-journal
  title: "Synthetic study {reference}: {practice} and {outcome} in {sector}"
  author: [{authors}]
  issued: {year}
  container-title: Journal of Invented Results
  volume: "{volume}"
  page: "{page}-{last_page}"
  DOI: 10.5555/synthetic.{reference}
"""

CODES = """\
role: {role}
role_reason: Invented.
design: {design}
practice: [{practice}]
sector: [{sector}]
geography: {{data: [{data}], authors: [{place}]}}
{search}coded_from: {coded_from}
coding_note: Invented, so nothing was read.
aims:
  outcome: {{code: {outcome_aim}, reason: Drawn at random., read_in: aim}}
  process: {{code: {process_aim}, reason: Drawn at random., read_in: aim}}
reports: {{outcome: {outcome}, process: {process}}}
definition: {definition}
principles_mentioned: {{{principle}: mentioned}}
populations: {{{group}: focus, {other_group}: included}}
"""

SEARCH = "search: {{start: {start}, end: {end}, included: {included}, included_as: studies, screened: {screened}}}\n"

FINDING = """\
  - id: {study}.{number}
    outcome: {outcome}
    level: {level}
    direction: {direction}
    asserts: {asserts}
{about}    measurement: {measurement}
    evidence_role: {role}
    summary: {summary}
{figures}    reported_in: [{{source: {source}}}]
"""

FIGURES = "    figures: [{{label: people who said so, n: {n}, N: {total}, percent: {percent}, unit: people}}]\n"

PROVENANCE = "provenance: {entered_from: hand, as_of: 2026-01-01}\n"

ERRATUM = """\
  - about: {about}
    correction: {correction}
    basis: Nothing but the seed of the generator
    confidence: {confidence}
    verified_at_original: false
"""

FAULTS_OF_ENTRIES = {
    "CPR002": (r"^sector: (.*)", r"sector: \1\nsector: \1"),
    "CPR003": (r"^coding_note: .*", "coding_note: NO"),
    "CPR101": (r"^  issued: (.*)", r'  issued: "\1"'),
    "CPR102": (r"^definition: ", "defnition: "),
    "CPR103": (r"^coded_from: .*\n", ""),
    "CPR105": (r"^provenance: .*", "provenance: {entered_from: hand, as_of: 2026-13-45}"),
    "CPR106": (r"^coding_note: .*", 'coding_note: ""'),
    "CPR201": (r"^design: .*", "design: unheard-of"),
    "CPR306": (r"^  DOI: ", "  DOI: https://doi.org/"),
    "CPR501": (r"^definition: ", "cited_via: nobody-1999\ndefinition: "),
}
"""One error of each kind, by its code: what it replaces, and with what."""

SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwxyz" for vowel in "aeiou"]
SOURCES = {"full_text": "full_text", "abstract": "abstract", "citation": "landing_page"}
ROLES = {"review": "reported_by_review", "primary": "original"}
DIRECTIONS = ("benefit", "benefit", "benefit", "benefit", "mixed", "no_change", "harm", "not_stated")
MEASUREMENTS = ("validated_scale", "administrative", "study_specific", "qualitative", "author_assertion")
STRENGTHS = ("states", "states", "suggests", "hints")
FIELDS_OF_GROUPS = {
    "people": {"beneficiary": "beneficiaries", "whose": "whose", "person_role": "person_roles"},
    "staff": {"staff_role": "staff_roles"},
    "organisations": {},
    "community": {"beneficiary": "beneficiaries"},
}
"""Fields that only findings about one stakeholder group have, with their vocabularies."""
SUBJECTS = (
    "Those who took part",
    "Most of those asked",
    "A few of those who stayed to the end",
    "People at two of three sites",
)
VERBS = (
    "reported a change that lasted",
    "saw no clear difference",
    "gained something at first",
    "spoke of gains and of costs",
)
ENDINGS = (
    "after the first year",
    "when the sessions were over",
    "though not at every site",
    "compared with the year before",
)
SUBJECTS_OF_ERRATA = ("citation.issued", "citation.page", "The invented review counts this work twice", "scope")
CORRECTIONS = (
    "The year of the issue holds.",
    "The pages are those of the journal.",
    "It counts once.",
    "Nothing could be found to settle it.",
)


def write(count: int, folder: Path, *, split: bool = False, faults: int = 0) -> None:
    """Write a base into a new folder, with one studies file or one file per study; some entries with one error each."""
    folder.mkdir(parents=True)
    write_text(folder / "base.yaml", [NOTICE, BASE.format(count=count)])
    shutil.copyfile(bundled.DATA / "codebook.yaml", folder / "codebook.yaml")
    if split:
        (folder / "studies").mkdir()
        for identity, text in studies(count, faults):
            write_text(folder / "studies" / f"{identity}.yaml", [NOTICE, text])
    else:
        listed = ("  - " + text.rstrip().replace("\n", "\n    ") + "\n\n" for _, text in studies(count, faults))
        write_text(folder / "studies.yaml", chain([NOTICE, "studies:\n"], listed))


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write text with the same line ends on every system."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def studies(count: int, faults: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the id and text of each entry, with ``faults`` errors spread evenly over them."""
    rng = random.Random(SEED)
    interval = count // faults if faults else 0
    kinds = tuple(FAULTS_OF_ENTRIES.values())
    for number in range(count):
        identity, text = study(number, rng)
        if interval and number % interval == 0 and number // interval < faults:
            pattern, wrong = kinds[number // interval % len(kinds)]
            text = re.sub(pattern, wrong, text, count=1, flags=re.MULTILINE)
        yield identity, text


def study(number: int, rng: random.Random) -> tuple[str, str]:
    """Return one entry: a review, a primary study, or a context work without findings."""
    year = rng.randrange(1998, 2026)
    identity = f"{family(number // 2).lower()}-{year}{'ab'[number % 2]}"
    kind = rng.choice(("review", "primary", "primary", "primary", "other"))
    coded_from = rng.choice(tuple(SOURCES))
    levels = [rng.choice(term_ids("levels")) for _ in range(0 if kind == "other" else rng.randint(1, 2))]
    findings = [finding(identity, n, level, kind, coded_from, rng) for n, level in enumerate(levels, 1)]
    errata = [erratum(rng) for _ in range(rng.randint(0, 1) if findings else 2)]
    parts = (
        citation(identity, number, year, rng),
        codes(kind, year, coded_from, reports(levels, coded_from), rng),
        section("findings", findings),
        PROVENANCE,
        section("errata", errata),
    )
    return identity, "".join(parts)


def section(name: str, items: list[str]) -> str:
    """Return a list of items under its key; nothing where there are no items."""
    return f"{name}:\n{''.join(items)}" if items else ""


def citation(identity: str, number: int, year: int, rng: random.Random) -> str:
    """Return the head of an entry, up to its DOI."""
    families = [family(number // 2), *(family(rng.randrange(1_000_000)) for _ in range(rng.randint(0, 3)))]
    page = rng.randrange(1, 900)
    return CITATION.format(
        id=identity,
        reference=number + 1,
        authors=", ".join(f"{{family: {name}, given: {rng.choice('ABCDEFGHJKLM')}.}}" for name in families),
        year=year,
        volume=rng.randrange(1, 60),
        page=page,
        last_page=page + rng.randrange(4, 30),
        practice=rng.choice(term_ids("practices")),
        outcome=rng.choice(term_ids("outcomes")).rpartition(".")[2].replace("_", " "),
        sector=rng.choice(term_ids("sectors")),
    )


def codes(kind: str, year: int, coded_from: str, sides: tuple[str, str], rng: random.Random) -> str:
    """Return the codes of an entry, between its citation and its findings."""
    group, other_group = rng.sample(term_ids("groups"), 2)
    place = rng.choice(term_ids("places"))
    return CODES.format(
        role="context" if kind == "other" else "evidence",
        design=rng.choice(term_ids("designs", kind)),
        practice=rng.choice(term_ids("practices")),
        sector=", ".join(rng.sample(term_ids("sectors"), rng.randint(1, 2))),
        data=place if kind == "primary" else "",
        place=place,
        search=search(year, rng) if kind == "review" else "",
        coded_from=coded_from,
        outcome_aim=rng.choice(aims(sides[0], kind)),
        process_aim=rng.choice(aims(sides[1], kind)),
        outcome=sides[0],
        process=sides[1],
        definition=rng.choice(("given", "cited", "not_coded")),
        principle=rng.choice(term_ids("principles")),
        group=group,
        other_group=other_group,
    )


def aims(side: str, kind: str) -> tuple[str, ...]:
    """Return the codes that an aim may have: a work sets out to examine nothing that its full text does not report."""
    return ("not_an_aim",) if side == "absent" or kind == "other" else ("primary", "secondary", "not_an_aim")


def search(year: int, rng: random.Random) -> str:
    """Return the search of a review."""
    included = rng.randrange(5, 90)
    return SEARCH.format(
        start=year - rng.randrange(5, 20), end=year - 1, included=included, screened=included * rng.randrange(8, 60)
    )


def reports(levels: list[str], coded_from: str) -> tuple[str, str]:
    """Return whether an entry with findings at these levels reports outcomes, and process."""
    missing = "absent" if coded_from == "full_text" else "not_coded"
    outcome, process = (
        "present" if set(levels) & set(codebook().levels_of(side)) else missing for side in ("outcome", "process")
    )
    return outcome, process


def finding(identity: str, number: int, level: str, kind: str, coded_from: str, rng: random.Random) -> str:
    """Return one finding, whose codes fit its outcome and the design of its study."""
    outcome = rng.choice(term_ids("outcomes"))
    group = stakeholder(outcome)
    return FINDING.format(
        study=identity,
        number=number,
        outcome=outcome,
        level=level,
        direction="harm" if ".harm." in outcome else rng.choice(DIRECTIONS),
        asserts=rng.choice(STRENGTHS),
        about="".join(
            f"    {field}: {rng.choice(term_ids(name))}\n" for field, name in FIELDS_OF_GROUPS[group].items()
        ),
        measurement=rng.choice(MEASUREMENTS),
        role=ROLES[kind],
        summary=f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(ENDINGS)}.",
        figures=figures(rng) if rng.random() < 0.3 else "",
        source=SOURCES[coded_from],
    )


def figures(rng: random.Random) -> str:
    """Return a percentage with its denominator."""
    total = rng.randrange(12, 400)
    n = rng.randrange(1, total)
    return FIGURES.format(n=n, total=total, percent=round(100 * n / total))


def erratum(rng: random.Random) -> str:
    """Return an invented correction."""
    return ERRATUM.format(
        about=rng.choice(SUBJECTS_OF_ERRATA),
        correction=rng.choice(CORRECTIONS),
        confidence=rng.choice(term_ids("confidence")),
    )


def family(number: int) -> str:
    """Return an invented family name; a million numbers give a million names."""
    scattered = number * 382_903 % 1_000_000
    return "".join(SYLLABLES[scattered // step % 100] for step in (1, 100, 10_000)).capitalize()


@cache
def term_ids(vocabulary: str, kind: str | None = None) -> tuple[str, ...]:
    """Return the ids of the terms of a vocabulary, or of one kind, without ``not_coded``."""
    return tuple(t.id for t in codebook().terms(vocabulary) if t.id != "not_coded" and kind in (None, t.kind))


@cache
def codebook() -> Codebook:
    """Return the codebook whose terms the entries use."""
    return bundled_codebook()


def main() -> None:
    """Read the arguments and write the base."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generate", description="Write a synthetic evidence base."
    )
    parser.add_argument("count", type=int, metavar="N", help="number of entries")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--split", action="store_true", help="one file per study instead of one file")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="number of errors, one to an entry")
    arguments = parser.parse_args()
    if arguments.folder.exists():
        parser.error(f"{arguments.folder} exists already")
    write(arguments.count, arguments.folder, split=arguments.split, faults=arguments.faults)


if __name__ == "__main__":
    main()
