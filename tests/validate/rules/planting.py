"""Put the examples of the rules' pages into studies: into a valid sample, or into every study of a base."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from coprod_review import bundled
from coprod_review.model.base import About
from coprod_review.model.review import Review
from coprod_review.model.study import Study
from coprod_review.source.positions import KeyPath

RAW = {"CPR001", "CPR002", "CPR003", "CPR006", "CPR007", "CPR014", "CPR417", "CPR903", "CPR904", "CPR905"}
"""Codes whose examples are about signs and comments, so that they are planted as text."""

SAMPLE: dict[str, Any] = yaml.safe_load("""
study:
  id: kay-2019
  citation:
    type: article-journal
    title: A title
    author: [{family: Kay, given: Katie}]
    issued: 2019
    container-title: A journal
  role: evidence
  role_reason: Reports its own data.
  design: service-evaluation
  search: {start: 2006, end: 2018, included: 9}
  coded_from: abstract
  aims:
    outcome: {code: primary, reason: Evaluates wellbeing., read_in: aim}
    process: {code: not_an_aim, reason: Names outcomes alone., read_in: aim}
  reports: {outcome: present}
  findings:
    - id: kay-2019.1
      outcome: people.health.wellbeing
      level: outcome
      direction: benefit
      measurement: author_assertion
      evidence_role: original
      summary: Wellbeing rose.
      reported_in: [{source: abstract}]
  provenance: {entered_from: hand, as_of: "2026-01-01"}
base:
  name: sample
  title: A sample
  version: "1"
  as_of: "2026-11-23"
  licence: CC BY 4.0
  schema: coprod-review/base/2
  eligibility: every one
  search: none documented
  coding: Made up.
  caution: Made up.
  sources: [hand]
  scope: {sector: social-care, published_from: 2017}
review:
  id: scie-review-2022
  citation: {type: report, title: A review, issued: 2022, publisher: A press}
  method: Made up.
  claims: [{id: c01, section: "3.1", stakeholder: none, claim: A claim., cites: [], corroboration: {}}]
  testimony: []
  enablers: []
  barriers: []
  examples: []
  recommendations: [{id: r1, statement: Do it., groups: [], not_measurable_because: Nothing is about it.}]
  errata: []
benchmarks:
  benchmarks:
    - id: share-2021
      group: older-people
      label: Aged 65 or more
      value: 18.6
      unit: percent
      numerator: not_found
      denominator_population: residents
      age_range: all
      year: 2021
      geography: [England]
      standardised: false
      publisher: ONS
      address: https://www.ons.gov.uk/x
      retrieved: "2026-01-01"
      caveat: none
      suitable_for: [people]
""")

_OF_REVIEW = {f.name for f in fields(Review)} - {"id", "citation", "errata"}
_OF_BASE = {f.name for f in fields(About)} - {"search"}


_ITEM_BY_ITEM = {"findings", "reported_in", "claims", "recommendations", "benchmarks", "terms", "gap_rules"}


def merged(old: Any, new: Any, key: str = "") -> Any:
    """Old data with new data put over it: mappings by key, the lists that hold entries item by item."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{k: merged(old.get(k), v, k) for k, v in new.items()}}
    if isinstance(old, list) and isinstance(new, list) and new and key in _ITEM_BY_ITEM:
        if key in ("terms", "gap_rules"):
            ids = {item["id"]: item for item in old}
            return list({**ids, **{item["id"]: merged(ids.get(item["id"]), item) for item in new}}.values())
        # What an example has beyond the old list is put over the last of the old.
        grown = old + [deepcopy(old[-1]) for _ in new[len(old) :]] if old else new
        return [merged(item, new[n]) if n < len(new) else item for n, item in enumerate(grown)]
    return new


def routed(fragment: dict[str, Any]) -> dict[str, Any]:
    """An example by the file that each of its keys belongs to; a study's own keys under ``studies``."""
    parts: dict[str, Any] = {}
    for key, value in fragment.items():
        if key == "studies":
            parts["studies"] = value
        elif key in ("vocabularies", "gap_rules"):
            parts.setdefault("codebook", {})[key] = value
        elif key == "benchmarks":
            parts.setdefault("benchmarks", {})[key] = value
        elif key in _OF_REVIEW:
            parts.setdefault("review", {})[key] = value
        elif key in _OF_BASE and key not in {f.name for f in fields(Study)}:
            parts.setdefault("base", {})[key] = value
        else:
            parts.setdefault("study", {})[key] = value
    return parts


class _Plain(yaml.CSafeDumper):
    """A dumper that writes every value in full, however often it occurs in the data."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """Data as YAML, one field on a line."""
    text: str = yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100_000)
    return text


def written(folder: Path, study: Any, parts: dict[str, Any]) -> None:
    """A base in a folder: its studies one file each, and the parts that an example needs."""
    (folder / "studies").mkdir(parents=True)
    # An example of several studies is about the studies: its samples differ, and hold no findings.
    bare = {"findings": [], "reports": {"outcome": "not_coded"}, "coding_note": "No finding in the abstract."}
    others = [{**bare, "id": f"kay-2019{'abcd'[n]}", "citation": {"title": f"Title {n}"}} for n in range(4)]
    studies = [merged(old, new) for old, new in zip(others, parts.get("studies", ()), strict=False)]
    for number, changes in enumerate(studies or [parts.get("study", {})]):
        one = merged(deepcopy(study), changes)
        (folder / "studies" / f"{number}-{one.get('id')}.yaml").write_text(dumped(one), encoding="utf-8")
    for name in ("base", "review", "benchmarks"):
        if name in parts:
            whole = merged(deepcopy(SAMPLE[name]), parts[name])
            (folder / f"{name}.yaml").write_text(dumped(whole), encoding="utf-8")
    if "codebook" in parts:
        codebook = yaml.safe_load((bundled.DATA / "codebook.yaml").read_text(encoding="utf-8"))
        (folder / "codebook.yaml").write_text(dumped(merged(codebook, parts["codebook"])), encoding="utf-8")


def in_raw(study: dict[str, Any], fragment: str) -> str:
    """A study as text with the lines of an example in the place of its own keys."""
    keys = set(re.findall(r"^([\w-]+):", fragment, re.MULTILINE))
    return dumped({key: value for key, value in study.items() if key not in keys}) + fragment + "\n"


def marked_line(fragment: str, code: str) -> int:
    """The line of an example that is reported, counted from 1."""
    lines = fragment.split("\n")
    return next(n for n, line in enumerate(lines, 1) if f"# {code}" in line or "TODO" in line or "coprod:" in line)


def marked_paths(fragment: str, code: str) -> set[KeyPath]:
    """The key paths of the first and the last value on the reported line of an example."""
    line = marked_line(fragment, code)
    node = yaml.compose(fragment, Loader=yaml.CSafeLoader)
    paths = [path for path, place in _leaves(node, ()) if place.start_mark.line + 1 == line]
    return {paths[0], paths[-1]}


def line_of(text: str, path: KeyPath, at: str = "value") -> int:
    """The line of a key path by the nodes of PyYAML, which the program itself does not use."""
    key = node = _composed(text)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == str(step))
        elif isinstance(node, yaml.SequenceNode):
            key = node = node.value[step]
    place: Any = key if at == "key" else node
    return int(place.start_mark.line) + 1


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """The nodes of a text, which is asked for many lines in turn."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _leaves(node: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(node, yaml.MappingNode) and node.value:
        for key, value in node.value:
            yield from _leaves(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode) and node.value:
        for number, value in enumerate(node.value):
            yield from _leaves(value, (*path, number))
    else:
        yield path, node
