"""Dataclasses as JSON: the same data back, and nothing that the annotations do not name."""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, Literal

import pytest

from coprod_review.loading.dataclass_json import dumps, loads
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.record import Coded
from coprod_review.model.study import StudiesFile


@dataclass(frozen=True, slots=True)
class Inner:
    """A record inside another."""

    name: str
    weight: int | float | None = None


@dataclass(frozen=True)
class Outer:
    """Every kind of field that a model has."""

    text: Annotated[str, Coded("roles")]
    unit: Literal["percent"] = "percent"
    share: bool | Literal["not_found"] = True
    word: Annotated[str, Coded("roles")] | Literal["none"] = "none"
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    numbers: dict[str, int | float] = field(default_factory=dict)
    by_name: dict[str, Inner] = field(default_factory=dict)


FULL = Outer(
    "é\n\ud800", share="not_found", inner=Inner("a", 1.5), many=(Inner("b"), Inner("c", 2)), words=("x", ""),
    numbers={"n": 1, "m": 2.5}, by_name={"d": Inner("d")},
)  # fmt: skip


def test_round_trip_leaves_defaults_out() -> None:
    assert loads(Outer, dumps(FULL)) == FULL
    assert dumps(Outer("x")) == b'{"text":"x"}'


@pytest.mark.parametrize("kind", [Framework, StudiesFile])
def test_the_bundled_base_is_read_back_with_its_types(kind: type, bundled: EvidenceBase) -> None:
    record = bundled.framework if kind is Framework else StudiesFile(studies=bundled.studies)
    again: object = loads(kind, dumps(record))
    assert again == record
    assert _types(again) == _types(record)


def _types(value: Any) -> Any:
    if is_dataclass(value):
        return type(value), [_types(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, dict):
        return {key: _types(item) for key, item in value.items()}
    return [_types(item) for item in value] if isinstance(value, tuple) else type(value)


def test_equal_terms_are_one_object() -> None:
    first, second = (loads(Outer, b'{"text":"a-term"}') for _ in range(2))
    assert first.text is second.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"1",
        b'"text"',
        b"{}",
        b'{"text": "x"',
        b'{"text": "\xc3\xa9"}',
        b'{"text": 1}',
        b'{"text": null}',
        b'{"text": "x", "other": 1}',
        b'{"text": "x", "unit": "share"}',
        b'{"text": "x", "unit": ["percent"]}',
        b'{"text": "x", "share": 1}',
        b'{"text": "x", "share": "found"}',
        b'{"text": "x", "word": 1}',
        b'{"text": "x", "inner": 1}',
        b'{"text": "x", "inner": []}',
        b'{"text": "x", "inner": {}}',
        b'{"text": "x", "inner": {"name": "a", "weight": true}}',
        b'{"text": "x", "inner": {"name": "a", "weight": "1"}}',
        b'{"text": "x", "many": {"name": "a"}}',
        b'{"text": "x", "many": "ab"}',
        b'{"text": "x", "many": [null]}',
        b'{"text": "x", "words": "ab"}',
        b'{"text": "x", "words": ["a", 1]}',
        b'{"text": "x", "words": [["a"]]}',
        b'{"text": "x", "numbers": []}',
        b'{"text": "x", "numbers": {"n": "1"}}',
        b'{"text": "x", "numbers": {"n": null}}',
        b'{"text": "x", "by_name": {"d": 1}}',
    ],
    ids=str,
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own errors are ValueErrors too
        loads(Outer, content)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps(Inner("a", float("nan")))


def test_unsupported_field_type_raises() -> None:
    @dataclass
    class Odd:
        places: set[str]

    with pytest.raises(TypeError, match="set"):
        loads(Odd, b"{}")
