"""A base in the format coprod-review/base/1, with comments, in the styles in which people write YAML."""

import json
from pathlib import Path

ABOUT = """\
# About this base.
name: old
title: An old base
version: "1"
as_of: 2026-01-01
licence: CC0
schema: coprod-review/base/1  # the format
eligibility: Everything.
search: none documented
coding: By hand.
caution: None.
sources: [hand]
scope: {sector: social-care}
"""


def entry(identity: str, *lines: str, coded_from: str = "abstract") -> str:
    """One entry with more lines, each at the left margin."""
    family = identity.partition("-")[0].title()
    more = "".join(f"    {line}\n" for line in lines)
    return f"""\
  - id: {identity}
    citation: {{type: document, title: A title of {family}, author: [{{family: {family}}}], issued: 2019}}
    role: evidence
    role_reason: Reports its own data.
    design: qualitative
    coded_from: {coded_from}
    coding_note: Read once.
{more}    provenance: {{entered_from: hand, as_of: 2026-01-01}}
"""


def finding(identity: str, outcome: str, level: str, beneficiary: str) -> tuple[str, ...]:
    """The lines of one finding in block style, without ``findings:``."""
    return (
        f"  - id: {identity}",
        f"    outcome: {outcome}",
        f"    level: {level}",
        "    direction: benefit",
        f"    beneficiary: {beneficiary}  # who gained",
        "    evidence_role: original",
        "    summary: Something changed.",
        "    reported_in: [{source: abstract}]",
    )


STUDIES = "# Studies.\nstudies:\n" + "\n".join(
    (
        entry(
            "able-2019",
            "focus: outcome  # read twice",
            "# What decided it:",
            "focus_reason: It says so.  # see page 1",
            "reports: {outcome: present, process: present}",
            "findings:",
            *finding("able-2019.1", "people.health.wellbeing", "outcome", "co_producer"),
            *finding("able-2019.2", "people.health.wellbeing", "impact", "wider_user"),
            *finding("able-2019.3", "community.connection.cohesion", "outcome", "public"),
            *finding("able-2019.4", "people.self.valued", "experience", "co_producer"),
            *finding("able-2019.5", "staff.work.satisfaction", "outcome", "staff_involved"),
            *finding("able-2019.6", "staff.work.satisfaction", "outcome", "staff_wider"),
            *finding("able-2019.7", "organisations.capacity.culture", "outcome", "not_applicable"),
            *finding("able-2019.8", "people.health.wellbeing", "outcome", "staff_wider"),
            *finding("able-2019.9", "people.health.wellbeing", "outcome", "not_coded"),
        ),
        entry("baker-2019", "focus: process", "focus_reason: >-", "  It asks how,", "  and why."),
        entry("cole-2019", "focus: neither", 'focus_reason: "A theory: nothing is examined."'),
        entry("dean-2019", "focus: both", "focus_reason: It asks for both."),
        entry("eden-2019", "focus: not_coded"),
        entry("ford-2019"),
        entry("gray-2019", "focus: outcome", "focus_reason: In the title.", coded_from="citation"),
        entry("hale-2019", "focus: neither", "focus_reason: In the title.", coded_from="citation"),
    )
)

IN_BRACES = (
    "id: iris-2019\n"
    "citation: {type: document, title: A title of Iris, author: [{family: Iris}], issued: 2019}\n"
    "role: evidence\nrole_reason: Reports its own data.\ndesign: qualitative\ncoded_from: full_text\n"
    "focus: process\nfocus_reason: Yes.\nreports: {outcome: present}\n"
    "findings:\n"
    "  - {id: iris-2019.1, outcome: people.health.wellbeing, level: outcome, direction: benefit, beneficiary: public,\n"
    "     evidence_role: original, summary: Something changed., reported_in: [{source: full_text}]}\n"
    "  - {id: iris-2019.2, outcome: staff.work.satisfaction, level: outcome, direction: benefit,  # a comment\n"
    "     evidence_role: original, summary: It changed., reported_in: [{source: full_text}], beneficiary: public}\n"
    "provenance: {entered_from: hand, as_of: 2026-01-01}\n"
)


def yaml_string(text: str) -> str:
    """A text in quotation marks, which every YAML parser reads as the same text."""
    return json.dumps(text, ensure_ascii=False)


def write(folder: Path, **more: str) -> Path:
    """Write the base to a folder, and return it; a file that is empty is left out."""
    files = {"base": ABOUT, "studies": STUDIES, "studies__iris-2019": IN_BRACES, **more}
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_bytes(text.encode())
    return folder
