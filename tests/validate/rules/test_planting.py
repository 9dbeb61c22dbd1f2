"""Each page's failing example, planted into every study of the bundled base, is reported at the planted line."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled
from coprod_review.loading import assembly
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Severity
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULES
from tests.validate.rules.planting import RAW, dumped, in_raw, line_of, marked_line, marked_paths, merged, routed
from tests.validate.rules.test_rule_docs import PAGES, SHOWN, WHOLE_FILE

pytestmark = pytest.mark.slow


def _load(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


PARTS = ("base", "codebook", "benchmarks", "review")
SHIPPED = {name: _load((bundled.DATA / f"{name}.yaml").read_text(encoding="utf-8")) for name in PARTS}
STUDIES = _load((bundled.DATA / "studies.yaml").read_text(encoding="utf-8"))["studies"]
UNTOUCHED = {name: dumped(data) for name, data in SHIPPED.items()}
UNTOUCHED |= {f"studies/{study['id']}": dumped(study) for study in STUDIES}
Files = dict[str, str]
Place = tuple[str, int]

# A rule on studies is planted where its example makes sense; everything else is planted everywhere.
NEEDS: dict[str, Callable[[Any], bool]] = {
    "CPR418": lambda study: study["role"] == "evidence",
    "CPR502": lambda claim: "kay-2019" not in claim["cites"],
    "CPR503": lambda claim: "kay-2019" not in claim["cites"],
    "CPR511": lambda claim_or_study: claim_or_study["id"] in ("c01", "kay-2019"),
}
# One note for the whole base, or one for each group: the first place speaks for all.
ONCE = {code for code, rule in RULES.items() if rule.needs_complete_base}


@cache
def _untouched(name: str) -> YamlText:
    """A file that a planting leaves as it is, parsed once."""
    return YamlText(UNTOUCHED[name], f"{name}.yaml")


def _parsed(name: str, text: str) -> YamlText:
    return _untouched(name) if text is UNTOUCHED[name] else YamlText(text, f"{name}.yaml")


def _reported(files: Files, code: str) -> set[Place]:
    base = assembly.assemble("base", [_parsed(name, files[name]) for name in sorted(files)])
    return {(Path(d.file).name, d.span.line) for d in apply_rules.diagnose_base(base) if d.code == code}


def _applies(code: str, item: Any, fragment: Any) -> bool:
    needed = NEEDS.get(code, lambda _: True)
    return needed(item) and (not fragment.get("findings") or bool(item.get("findings")))


def _planted_in_text(files: Files, code: str) -> set[Place]:
    example = PAGES[code].fails
    places = set()
    for study in STUDIES:
        text = in_raw(study, example)
        files[f"studies/{study['id']}"] = text
        places.add(
            (f"{study['id']}.yaml", len(text.splitlines()) - example.count("\n") - 1 + marked_line(example, code))
        )
    return places


def _lines(text: str, paths: set[KeyPath]) -> set[int]:
    # Some rules speak of the key: for an item of a list, of the list's own.
    keys = {path[:-1] if isinstance(path[-1], int) else path for path in paths}
    return {line_of(text, path) for path in paths} | {line_of(text, path, "key") for path in keys}


def _planted_in_studies(
    files: Files, code: str, fragments: list[Any], paths: set[KeyPath]
) -> list[tuple[str, set[int]]]:
    """Plant the last of the fragments into every study, the others into the first ones; the lines it may stand on."""
    expected = []
    for number, study in enumerate(sorted(STUDIES, key=lambda one: str(one["id"]))):
        fragment = fragments[min(number, len(fragments) - 1)]
        if _applies(code, study, fragment):
            text = dumped(merged(deepcopy(study), fragment))
            files[f"studies/{study['id']}"] = text
            if number >= len(fragments) - 1:
                expected.append((f"{study['id']}.yaml", _lines(text, paths)))
    return expected


def _planted_in_part(
    files: Files, code: str, name: str, fragment: Any, paths: set[KeyPath]
) -> list[tuple[str, set[int]]]:
    data = deepcopy(SHIPPED[name])
    (field,) = {path[0] for path in paths}
    if isinstance(fragment[field], list) and name != "codebook":
        changes = fragment[field][-1]
        items = [n for n, item in enumerate(data[field]) if _applies(code, item, changes)]
        data[field] = [merged(item, changes) if n in items else item for n, item in enumerate(data[field])]
        text = dumped(data)
        start = len(fragment[field]) - 1
        spread = [{(field, n, *path[2:]) for path in paths} for n in items[start:]]
    else:
        data = merged(data, fragment)
        text = dumped(data)
        ids = {"gap_rules": [r["id"] for r in data["gap_rules"]]} if field == "gap_rules" else {}
        spread = [{_in_order(data, path, ids) for path in paths}]
    files[name] = text
    return [(f"{name}.yaml", _lines(text, one)) for one in spread]


def _in_order(data: Any, path: KeyPath, ids: dict[str, list[str]]) -> KeyPath:
    """The path of an example's term or rule in the whole codebook."""
    if path[0] == "gap_rules":
        return ("gap_rules", ids["gap_rules"].index("thin"), *path[2:])
    if path[0] == "vocabularies":
        terms = [term["id"] for term in data["vocabularies"]["designs"]["terms"]]
        return (*path[:3], terms.index("case-study"), *path[4:])
    return path


def test_the_untouched_base_shows_its_notes_alone() -> None:
    base = assembly.assemble("base", [_untouched(name) for name in UNTOUCHED])
    assert {d.severity for d in apply_rules.diagnose_base(base)} == {Severity.NOTE}


@pytest.mark.parametrize("code", [code for code in SHOWN if code in RAW])
def test_planted_text_problem_is_reported_in_every_file(code: str) -> None:
    files = dict(UNTOUCHED)
    places = _planted_in_text(files, code)
    assert len(places) == len(STUDIES)
    assert places <= _reported(files, code)


@pytest.mark.parametrize("code", [code for code in SHOWN if code not in RAW | WHOLE_FILE])
def test_planted_error_is_reported_in_every_study(code: str) -> None:
    files = dict(UNTOUCHED)
    example = PAGES[code].fails
    parts = routed(_load(example))
    paths = marked_paths(example, code)
    several = parts.get("studies")
    own = {path[2:] for path in paths} if several else paths
    expected: list[tuple[str, set[int]]] = []
    for name, fragment in parts.items():
        about = {path for path in paths if path[0] in fragment} if name not in ("study", "studies") else own
        if name in ("study", "studies"):
            planted = _planted_in_studies(files, code, several or [fragment], own if _is_study(own) else set())
        else:
            planted = _planted_in_part(files, code, name, fragment, about) if about else _merged(files, name, fragment)
        expected += [one for one in planted if one[1]]
    reported = _reported(files, code)
    missed = [(name, lines) for name, lines in expected if not any((name, line) in reported for line in lines)]
    assert expected
    assert missed == [] or (code in ONCE and len(missed) < len(expected))


def _is_study(paths: set[KeyPath]) -> bool:
    return "study" in routed({str(path[0]): None for path in paths})


def _merged(files: Files, name: str, fragment: Any) -> list[tuple[str, set[int]]]:
    files[name] = dumped(merged(deepcopy(SHIPPED[name]), fragment))
    return []
