"""Each page's failing example, planted into every study of the shipped base, is reported at the planted line."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled
from coprod_review.loading import discovery
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULES
from tests.validate.rules.planting import RAW, dumped, in_raw, line_of, marked_line, marked_paths, merged, routed
from tests.validate.rules.test_rule_docs import PAGES, SHOWN, WHOLE_FILE

PARTS = ("base", "codebook", "benchmarks", "review")
SHIPPED = {name: yaml.safe_load((bundled.DATA / f"{name}.yaml").read_text(encoding="utf-8")) for name in PARTS}
STUDIES = yaml.safe_load((bundled.DATA / "studies.yaml").read_text(encoding="utf-8"))["studies"]
UNTOUCHED = {name: dumped(data) for name, data in SHIPPED.items()}
UNTOUCHED |= {f"studies/{study['id']}": dumped(study) for study in STUDIES}
Place = tuple[str, int]

# A rule on studies is planted where its example makes sense; everything else is planted everywhere.
NEEDS: dict[str, Callable[[Any], bool]] = {
    "CPR418": lambda study: study["role"] == "evidence",
    "CPR502": lambda claim: "kay-2019" not in claim["cites"],
    "CPR503": lambda claim: "kay-2019" not in claim["cites"],
}
# One note for the whole base, or one for each group: the first place speaks for all.
ONCE = {code for code, rule in RULES.items() if rule.needs_complete_base}


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _reported(folder: Path, code: str) -> set[Place]:
    found = apply_rules.diagnose_base(discovery.read_base(folder))
    return {(Path(d.file).name, d.span.line) for d in found if d.code == code}


def _untouched(folder: Path) -> None:
    for name, text in UNTOUCHED.items():
        _write(folder, name, text)


def _applies(code: str, item: Any, fragment: Any) -> bool:
    needed = NEEDS.get(code, lambda _: True)
    return needed(item) and (not fragment.get("findings") or bool(item.get("findings")))


def _planted_in_text(folder: Path, code: str) -> set[Place]:
    example = PAGES[code].fails
    places = set()
    for study in STUDIES:
        text = in_raw(study, example)
        _write(folder, f"studies/{study['id']}", text)
        places.add(
            (f"{study['id']}.yaml", len(text.splitlines()) - example.count("\n") - 1 + marked_line(example, code))
        )
    return places


def _lines(text: str, paths: set[KeyPath]) -> set[int]:
    # Some rules speak of the key: for an item of a list, of the list's own.
    keys = {path[:-1] if isinstance(path[-1], int) else path for path in paths}
    return {line_of(text, path) for path in paths} | {line_of(text, path, "key") for path in keys}


def _planted_in_studies(
    folder: Path, code: str, fragments: list[Any], paths: set[KeyPath]
) -> list[tuple[str, set[int]]]:
    """Plant the last of the fragments into every study, the others into the first ones; the lines it may stand on."""
    expected = []
    for number, study in enumerate(sorted(STUDIES, key=lambda one: str(one["id"]))):
        fragment = fragments[min(number, len(fragments) - 1)]
        if _applies(code, study, fragment):
            text = dumped(merged(deepcopy(study), fragment))
            _write(folder, f"studies/{study['id']}", text)
            if number >= len(fragments) - 1:
                expected.append((f"{study['id']}.yaml", _lines(text, paths)))
    return expected


def _planted_in_part(
    folder: Path, code: str, name: str, fragment: Any, paths: set[KeyPath]
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
    _write(folder, name, text)
    return [(f"{name}.yaml", _lines(text, one)) for one in spread]


def _in_order(data: Any, path: KeyPath, ids: dict[str, list[str]]) -> KeyPath:
    """The path of an example's term or rule in the whole codebook."""
    if path[0] == "gap_rules":
        return ("gap_rules", ids["gap_rules"].index("thin"), *path[2:])
    if path[0] == "vocabularies":
        terms = [term["id"] for term in data["vocabularies"]["designs"]["terms"]]
        return (*path[:3], terms.index("case-study"), *path[4:])
    return path


def test_the_untouched_base_shows_its_notes_alone(tmp_path: Path) -> None:
    _untouched(tmp_path)
    found = apply_rules.diagnose_base(discovery.read_base(tmp_path))
    assert {d.severity for d in found} == {Severity.NOTE}
    assert len(found) == 7


@pytest.mark.parametrize("code", [code for code in SHOWN if code in RAW])
def test_planted_text_problem_is_reported_in_every_file(code: str, tmp_path: Path) -> None:
    _untouched(tmp_path)
    places = _planted_in_text(tmp_path, code)
    assert len(places) == len(STUDIES)
    assert places <= _reported(tmp_path, code)


@pytest.mark.parametrize("code", [code for code in SHOWN if code not in RAW | WHOLE_FILE])
def test_planted_error_is_reported_in_every_study(code: str, tmp_path: Path) -> None:
    _untouched(tmp_path)
    example = PAGES[code].fails
    parts = routed(yaml.safe_load(example))
    paths = marked_paths(example, code)
    several = parts.get("studies")
    own = {path[2:] for path in paths} if several else paths
    expected: list[tuple[str, set[int]]] = []
    for name, fragment in parts.items():
        about = {path for path in paths if path[0] in fragment} if name not in ("study", "studies") else own
        if name in ("study", "studies"):
            planted = _planted_in_studies(tmp_path, code, several or [fragment], own if _is_study(own) else set())
        else:
            planted = (
                _planted_in_part(tmp_path, code, name, fragment, about) if about else _merged(tmp_path, name, fragment)
            )
        expected += [one for one in planted if one[1]]
    reported = _reported(tmp_path, code)
    missed = [(name, lines) for name, lines in expected if not any((name, line) in reported for line in lines)]
    assert expected
    assert missed == [] or (code in ONCE and len(missed) < len(expected))


def _is_study(paths: set[KeyPath]) -> bool:
    return "study" in routed({str(path[0]): None for path in paths})


def _merged(folder: Path, name: str, fragment: Any) -> list[tuple[str, set[int]]]:
    _write(folder, name, dumped(merged(deepcopy(SHIPPED[name]), fragment)))
    return []
