"""From coprod-review/base/1 to coprod-review/base/2: two aims in place of the focus, and new codes of beneficiaries.

The step works on texts and raw data, not on the models, so that it does not depend on the fields of a later format.
docs/contracts/files.md#from-base1-to-base2 describes it for users.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Any, NamedTuple

from coprod_review import bundled
from coprod_review.files import reading
from coprod_review.migration.step import BaseTexts, Changes, RawEntry, Step, ToDo
from coprod_review.model.codebook import KINDS
from coprod_review.source.positions import KeyPath, Value, value_at
from coprod_review.source.problems import Edit
from coprod_review.source.scalars import yaml_scalar
from coprod_review.source.splices import (
    add_entries,
    delete_entries,
    entry_lines,
    is_flow,
    replace_entry,
    replace_value,
)
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.grammar import listed, plural

SOURCE, TARGET = "coprod-review/base/1", "coprod-review/base/2"
_OLD_FIELDS = ("focus", "focus_reason")
_LINE_LENGTH = 120

_Aims = tuple[str, str]
"""Codes of the outcome aim and of the process aim."""

_AIMS: Mapping[str, _Aims] = {
    "outcome": ("primary", "not_an_aim"),
    "process": ("not_an_aim", "primary"),
    "neither": ("not_an_aim", "not_an_aim"),
}
"""The two aims by the old focus, where it decides both."""

_BENEFICIARIES = {"co_producer": "took_part", "wider_user": "others", "public": "others"}
"""New codes of beneficiaries by the old ones that have a successor."""
_STAFF = frozenset({"staff_involved", "staff_wider", "not_applicable"})
"""Old codes of beneficiaries that no finding has in the new format."""
_WITHOUT_BENEFICIARY = frozenset({"staff", "organisations"})
"""Stakeholder groups whose findings have no beneficiary."""

_FIXED_VOCABULARIES = ("beneficiaries", "aims", "read_in", "asserts", "person_roles", "staff_roles")
"""Vocabularies whose codes the format fixes, so that every base has those of the bundled codebook."""
_NEW_VOCABULARIES = ("aims", "read_in", "settings", "asserts", "person_roles", "staff_roles")
"""Vocabularies that a base gets if it does not have them, in the order of the bundled codebook."""
_NEEDED_KINDS = frozenset(KINDS) - {"groups", "places", "sources", "whose", "benchmark_uses"}
"""Vocabularies some of whose terms must have a kind before figures count them."""
_OLD_TERMS = frozenset({*_BENEFICIARIES, *_STAFF, "not_coded"})


class _Part(NamedTuple):
    """What one text or one entry needs."""

    edits: tuple[Edit, ...] = ()
    to_dos: tuple[ToDo, ...] = ()


class _Finding(NamedTuple):
    """One finding as it is written."""

    text: YamlText
    path: KeyPath
    data: dict[str, Value]

    @property
    def group(self) -> str:
        """The stakeholder group, which is the first part of the outcome."""
        return self.code("outcome").partition(".")[0]

    def code(self, field: str) -> str:
        """Return what is written in a field; empty where it is not text."""
        value = self.data.get(field)
        return value if isinstance(value, str) else ""


def changes(texts: BaseTexts) -> Changes:
    """Return the edits and to-dos of a base."""
    outcome_levels = _outcome_levels(texts.parts.get("codebook"))
    entries = list(texts.entries())
    findings = [finding for entry in entries for finding in _findings(entry)]
    edits: dict[str, tuple[Edit, ...]] = {}
    to_dos = [*_process_findings(findings, outcome_levels), *_new_fields(entries, findings)]
    for text, part in (
        *((text, _PARTS[stem](text)) for stem, text in texts.parts.items() if stem in _PARTS),
        *((entry.text, _focus(entry)) for entry in entries),
        *((finding.text, _beneficiary(finding, outcome_levels)) for finding in findings),
    ):
        edits[text.name] = (*edits.get(text.name, ()), *part.edits)
        to_dos += part.to_dos
    return Changes(edits, tuple(to_dos))


def _about(text: YamlText) -> _Part:
    """Return what base.yaml needs: the new version of the format."""
    if value_at(text.data, ("schema",)) != SOURCE:
        return _Part()
    return _Part((replace_value(text, ("schema",), TARGET),))


# --- entries --------------------------------------------------------------------------


def _findings(entry: RawEntry) -> Iterator[_Finding]:
    items = entry.data.get("findings")
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield _Finding(entry.text, (*entry.path, "findings", number), item)


def _focus(entry: RawEntry) -> _Part:
    """Return the two aims in place of the focus and its reason."""
    text, path, data = entry.text, entry.path, entry.data
    written = [field for field in _OLD_FIELDS if field in data]
    if not written:
        return _Part()
    focus, reason = data.get("focus", "not_coded"), data.get("focus_reason")
    if "aims" in data:
        what = f"{entry.name}: the old focus `{focus}` was deleted, because the entry has `aims`: check the aims."
        return _Part(tuple(delete_entries(text, path, written)), (ToDo(text.name, (*path, "aims"), what, 1),))
    if focus in ("not_coded", None) and not reason:
        return _Part(tuple(delete_entries(text, path, written)))
    aims, what = _aims(entry, focus)
    lines = _aims_lines(aims, data, in_braces=is_flow(text, path))
    replaced, *deleted = written
    edits = (replace_entry(text, (*path, replaced), lines), *(delete_entries(text, path, deleted) if deleted else ()))
    return _Part(edits, (ToDo(text.name, (*path, "aims"), what, 1),) if what else ())


def _aims(entry: RawEntry, focus: Value) -> tuple[_Aims, str]:
    """Return the codes of the two aims, and what is left to do."""
    if focus in ("not_coded", None):
        return ("not_coded", "not_coded"), ""
    if not isinstance(focus, str) or focus not in _AIMS:
        why = "which does not say which aim is primary" if focus == "both" else "which is not a code of base/1"
        what = f"{entry.name}: the focus was `{focus}`, {why}: read the stated aim, and code both aims."
        return ("not_coded", "not_coded"), what
    aims = _AIMS[focus]
    if entry.data.get("coded_from") != "citation":
        return aims, ""
    open_sides = [side for side, code in zip(("outcome", "process"), aims, strict=True) if code == "not_an_aim"]
    outcome, process = ("not_coded" if code == "not_an_aim" else code for code in aims)
    what = (
        f"{entry.name}: the focus was `{focus}`, but only the citation was read, and a title cannot show what is not "
        f"an aim: read the stated aim, and code the aim for {listed(open_sides)}."
    )
    return (outcome, process), what


def _aims_lines(aims: _Aims, data: Mapping[str, Value], *, in_braces: bool) -> list[str]:
    """Return the two aims as lines, or as one line inside braces."""
    reason = data.get("focus_reason")
    read_in = "title" if data.get("coded_from") == "citation" else "aim"
    sides = [
        _side(code, reason if isinstance(reason, str) else "", "" if code == "not_coded" else read_in) for code in aims
    ]
    flow = [f"{side}: {{{_in_braces(fields)}}}" for side, fields in zip(("outcome", "process"), sides, strict=True)]
    if in_braces:
        return [f"aims: {{{', '.join(flow)}}}"]
    if all(len(line) < _LINE_LENGTH - 10 for line in flow):
        return ["aims:", *(f"  {line}" for line in flow)]
    lines = ["aims:"]
    for side, fields in zip(("outcome", "process"), sides, strict=True):
        lines += [f"  {side}:", *(f"    {line}" for name, value in fields.items() for line in _field(name, value))]
    return lines


def _side(code: str, reason: str, read_in: str) -> dict[str, str]:
    fields = {"code": code, "reason": reason, "read_in": read_in}
    return {name: value for name, value in fields.items() if value}


def _in_braces(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {yaml_scalar(value, 'flow')}" for name, value in fields.items())


def _field(name: str, value: str) -> list[str]:
    """Return a field with text as lines, folded where it is too long for one."""
    line = f"{name}: {yaml_scalar(value)}"
    is_plain = value.isprintable() and " ".join(value.split()) == value
    if len(line) < _LINE_LENGTH - 10 or not is_plain:
        return [line]
    folded = wrap(value, _LINE_LENGTH - 12, break_long_words=False, break_on_hyphens=False)
    return [f"{name}: >-", *(f"  {part}" for part in folded)]


def _beneficiary(finding: _Finding, outcome_levels: frozenset[str]) -> _Part:
    """Return the new code of who benefited; the line is deleted where the new format has no such code."""
    text, path, data = finding
    if "beneficiary" not in data:
        return _Part()
    name, code = finding.code("id") or "The finding", finding.code("beneficiary")
    has_beneficiary = finding.group not in _WITHOUT_BENEFICIARY and finding.code("level") in outcome_levels
    if has_beneficiary and code in _BENEFICIARIES:
        return _Part((replace_value(text, (*path, "beneficiary"), _BENEFICIARIES[code]),))
    if has_beneficiary and code not in _STAFF:
        return _Part()
    what = f"{name}: `beneficiary: {code}` was deleted, because "
    if has_beneficiary:
        what += "the finding is about people or the community: code who benefited, or correct the outcome."
    elif finding.group in _WITHOUT_BENEFICIARY and code == "staff_wider":
        what += (
            "findings on staff and organisations have no beneficiary in base/2. If readers must know that these staff "
            "did not take part, write it into the summary."
        )
    else:
        what = ""
    deleted = tuple(delete_entries(text, path, ["beneficiary"]))
    return _Part(deleted, (ToDo(text.name, path, what, 1),) if what else ())


def _process_findings(findings: list[_Finding], outcome_levels: frozenset[str]) -> Iterator[ToDo]:
    """Yield one to-do for the findings at other levels, which had a beneficiary in the old format only."""
    deleted = [
        finding
        for finding in findings
        if finding.code("beneficiary") in _BENEFICIARIES
        and finding.code("level") not in outcome_levels
        and finding.group not in _WITHOUT_BENEFICIARY
    ]
    if deleted:
        what = (
            f"{plural(len(deleted), 'finding')} on experiences or outputs had a beneficiary, beginning here. These "
            "codes were deleted, because base/2 records who benefited for outcome findings only."
        )
        yield ToDo(deleted[0].text.name, deleted[0].path, what, len(deleted))


def _new_fields(entries: list[RawEntry], findings: list[_Finding]) -> Iterator[ToDo]:
    """Yield one to-do that says which fields are new, and how many studies and findings lack them."""
    studies, every = [entry.data for entry in entries], [finding.data for finding in findings]
    on_people, on_staff = ([f.data for f in findings if f.group == group] for group in ("people", "staff"))
    places = (
        *((field, ("study", "studies"), studies) for field in ("aim", "setting", "participants")),
        ("asserts", ("finding", "findings"), every),
        ("person_role", ("finding on people", "findings on people"), on_people),
        ("staff_role", ("finding on staff", "findings on staff"), on_staff),
    )
    lacking = [(field, nouns, sum(field not in item for item in items)) for field, nouns, items in places]
    counts = [f"`{field}` in {plural(n, *nouns)}" for field, nouns, n in lacking if n]
    if counts:
        what = (
            f"These fields are new in base/2 and not yet coded: {listed(counts)}. Code them when you read the works "
            "again; until then reports say that they are not known."
        )
        yield ToDo(entries[0].text.name, entries[0].path, what)


# --- the codebook -----------------------------------------------------------------------


def _codebook(text: YamlText) -> _Part:
    """Return the vocabularies that the new format fixes, and those that it adds."""
    vocabularies = value_at(text.data, ("vocabularies",))
    if not isinstance(vocabularies, dict) or not vocabularies:
        return _Part()
    model = _bundled_codebook()
    present = [name for name in _FIXED_VOCABULARIES if name in vocabularies]
    missing = [name for name in _NEW_VOCABULARIES if name not in vocabularies]
    edits: list[Edit] = [
        replace_entry(text, ("vocabularies", name), _vocabulary(text, model, name))
        for name in present
        if vocabularies[name] != value_at(model.data, ("vocabularies", name))
    ]
    if "focus" in vocabularies and missing:
        edits.append(replace_entry(text, ("vocabularies", "focus"), _joined(text, model, missing)))
    elif missing:
        edits.append(add_entries(text, ("vocabularies",), _joined(text, model, missing)))
    elif "focus" in vocabularies:
        edits += delete_entries(text, ("vocabularies",), ["focus"])
    edits += _kinds(text, vocabularies, model)
    to_dos = (*_replaced_terms(text, present, vocabularies, model), *_without_kinds(text, vocabularies, model))
    return _Part(tuple(edits), to_dos)


def _kinds(text: YamlText, vocabularies: Mapping[str, Value], model: YamlText) -> Iterator[Edit]:
    """Yield the kind of each term that has the id of a bundled term with a kind, and none of its own."""
    for name in _vocabularies_with_kinds(vocabularies):
        kinds = _kinds_of(value_at(model.data, ("vocabularies", name)))
        for number, term in enumerate(_terms(vocabularies[name])):
            if "kind" not in term and term.get("id") in kinds:
                yield add_entries(text, ("vocabularies", name, "terms", number), [f"kind: {kinds[term['id']]}"])


def _without_kinds(text: YamlText, vocabularies: Mapping[str, Value], model: YamlText) -> Iterator[ToDo]:
    """Yield a to-do for each vocabulary of which the migration does not know the kind of any term."""
    for name in _vocabularies_with_kinds(vocabularies):
        terms = [term for term in _terms(vocabularies[name]) if term.get("id") != "not_coded"]
        kinds = _kinds_of(value_at(model.data, ("vocabularies", name)))
        if terms and name in _NEEDED_KINDS and not any("kind" in term or term.get("id") in kinds for term in terms):
            what = f"Say for the terms of `{name}` which `kind` they are: figures cannot count them before."
            yield ToDo(text.name, ("vocabularies", name), what, len(terms))


def _vocabularies_with_kinds(vocabularies: Mapping[str, Value]) -> list[str]:
    return [name for name in KINDS if name in vocabularies and name not in _FIXED_VOCABULARIES]


def _terms(vocabulary: Value) -> list[dict[str, Any]]:
    terms: Any = vocabulary.get("terms") if isinstance(vocabulary, dict) else None
    return [term for term in terms if isinstance(term, dict)] if isinstance(terms, list) else []


def _kinds_of(vocabulary: Value) -> dict[str, str]:
    return {term["id"]: term["kind"] for term in _terms(vocabulary) if "kind" in term}


def _joined(text: YamlText, model: YamlText, names: list[str]) -> list[str]:
    vocabularies = [_vocabulary(text, model, name) for name in names]
    if is_flow(text, ("vocabularies",)):
        return [", ".join(line for lines in vocabularies for line in lines)]
    return [line for lines in vocabularies for line in lines]


def _vocabulary(text: YamlText, model: YamlText, name: str) -> list[str]:
    """Return a vocabulary of the bundled codebook as lines, or as one line inside braces."""
    if is_flow(text, ("vocabularies",)):
        return [f"{name}: {json.dumps(value_at(model.data, ('vocabularies', name)), ensure_ascii=False)}"]
    return entry_lines(model, ("vocabularies", name))


def _replaced_terms(
    text: YamlText, names: list[str], vocabularies: Mapping[str, Value], model: YamlText
) -> Iterator[ToDo]:
    """Yield a to-do for each vocabulary that had terms of its own."""
    for name in names:
        own = _term_ids(vocabularies[name]) - _term_ids(value_at(model.data, ("vocabularies", name))) - _OLD_TERMS
        if own:
            terms = listed([f"`{term}`" for term in sorted(own)])
            what = f"Base/2 fixes the terms of `{name}`, so your own terms {terms} were deleted: use other codes."
            yield ToDo(text.name, ("vocabularies", name), what, len(own))


def _term_ids(vocabulary: Value) -> set[str]:
    terms: Any = vocabulary.get("terms") if isinstance(vocabulary, dict) else None
    items = terms if isinstance(terms, list) else []
    return {term["id"] for term in items if isinstance(term, dict) and isinstance(term.get("id"), str)}


def _outcome_levels(codebook: YamlText | None) -> frozenset[str]:
    """Return the levels at which a finding reports an outcome, by the base's own codebook or the bundled one."""
    path = ("vocabularies", "levels", "terms")
    terms: Any = (value_at(codebook.data, path) if codebook else None) or value_at(_bundled_codebook().data, path)
    return frozenset(term["id"] for term in terms if isinstance(term, dict) and term.get("kind") == "outcome")


def _bundled_codebook() -> YamlText:
    path = bundled.DATA / "codebook.yaml"
    return YamlText.from_bytes(reading.read(path, reading.DATA), path.name)


_PARTS: Mapping[str, Callable[[YamlText], _Part]] = {"base": _about, "codebook": _codebook}
"""What the parts of a base need, by the stems of their files."""

STEP = Step(SOURCE, TARGET, frozenset(_OLD_FIELDS), changes)
