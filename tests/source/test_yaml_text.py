"""Reading YAML: values, traps, places, and what a hostile file can do."""

import pytest

from coprod_review.source.parser import MAX_DEPTH
from coprod_review.source.positions import Span
from coprod_review.source.scalars import resolve
from coprod_review.source.yaml_text import YamlText

TRAPS = ["NO", "yes", "On", "off", "12:30", "0123", "0x1F", "1_000", ".inf", "2019-5-1 10:00", "=", "0b11", "12."]


@pytest.mark.parametrize("word", TRAPS)
def test_ambiguous_words_are_traps(word: str) -> None:
    text = YamlText(f"a: {word}\n", "x.yaml")
    assert text.data == {"a": word}
    assert [(m.kind, m.span.line, m.span.column) for m in text.parse_errors] == [("trap", 1, 4)]


@pytest.mark.parametrize("word", TRAPS)
def test_quoted_words_are_no_traps(word: str) -> None:
    assert not YamlText(f'a: "{word}"\n', "x.yaml").parse_errors


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("true", True),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("~", None),
        ("", None),
        ("Kay", "Kay"),
        ("123456789012345", 123456789012345),
    ],
)
def test_plain_scalars_follow_yaml_1_2(raw: str, value: object) -> None:
    assert resolve(raw) == (value, None)


def test_bare_dates_are_marked_as_dates() -> None:
    assert [m.kind for m in YamlText("as_of: 2026-11-23\n", "x.yaml").parse_errors] == ["date"]


def test_duplicate_key_keeps_the_first() -> None:
    text = YamlText("a: 1\nb:\n  c: 1\n  c: 2\n", "x.yaml")
    assert text.data == {"a": 1, "b": {"c": 1}}
    (found,) = text.parse_errors
    assert (found.kind, found.span, found.path) == ("duplicate-key", Span(4, 3, 4, 4), ("b", "c"))
    assert "line 3" in found.message


def test_places_of_keys_values_items_and_what_is_missing() -> None:
    text = YamlText("studies:\n  - id: a\n    list: [x, yy]\n", "x.yaml")
    assert text.locate(("studies", 0, "list", 1)) == Span(3, 15, 3, 17)
    assert text.locate(("studies", 0, "list"), "key") == Span(3, 5, 3, 9)
    assert text.locate(("studies", 0, "role")) == Span(2, 5, 2, 6)


def test_columns_count_characters_and_not_bytes() -> None:
    text = YamlText('ø: {a: "é", b: NO}\n', "x.yaml")
    assert text.parse_errors[0].span == Span(1, 16, 1, 18)


@pytest.mark.parametrize(
    ("content", "kind", "line"),
    [
        (b"", "empty", 1),
        (b"# nothing\n", "empty", 1),
        (b"\xff\xfe\x00", "encoding", 1),
        (b"a: 1\nb: caf\xe9\n", "encoding", 2),
        (b"a: 1\nb: \x00\n", "syntax", 2),
        (b"a: 1\nb: 'open\nc: 2\n", "syntax", 2),
        (b"a: [1\n", "syntax", 2),
        (b"a: b: c\n", "syntax", 1),
        (b"a:\n\t- b\n", "syntax", 2),
        (b"? [a]\n: b\n", "syntax", 1),
        (b"a: &x 1\nb: *x\n", "alias", 2),
        (b"a: !!python/object:os.system x\n", "tag", 1),
        (b"a: 1\n---\nb: 2\n", "syntax", 2),
        (b"a: " + b"x" * 1_000_100, "long-line", 1),
        (b"a: " + b"[" * 5_000, "too-deep", 1),
    ],
)
def test_parse_errors_name_their_line(content: bytes, kind: str, line: int) -> None:
    text = YamlText.from_bytes(content, "x.yaml")
    assert (kind, line) in [(m.kind, m.span.line) for m in text.parse_errors]


def test_a_bomb_of_aliases_costs_nothing() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    text = YamlText(f"a0: &a0 [x]\n{levels}\n", "x.yaml")
    assert {m.kind for m in text.parse_errors} == {"alias"}


def test_depth_is_bounded_before_python_is() -> None:
    deep = "".join(f"{' ' * n}k:\n" for n in range(MAX_DEPTH + 5))
    assert [m.kind for m in YamlText(deep, "x.yaml").parse_errors] == ["too-deep"]


def test_one_broken_entry_does_not_hide_the_others() -> None:
    text = YamlText("studies:\n  - id: a\n  - id: [b\n  - id: c\n    x: NO\n", "x.yaml")
    assert text.data == {"studies": [{"id": "a"}, None, {"id": "c", "x": "NO"}]}
    assert [(m.kind, m.span.line, m.path) for m in text.parse_errors] == [
        ("syntax", 4, ("studies", 1)),
        ("trap", 5, ("studies", 2, "x")),
    ]
    assert text.lost_entries == 1
    assert text.locate(("studies", 2, "x")) == Span(5, 8, 5, 10)


def test_byte_order_mark_is_not_in_first_key() -> None:
    assert YamlText.from_bytes(b"\xef\xbb\xbfa: 1\n", "x.yaml").data == {"a": 1}


def test_windows_line_ends_read_as_any_other() -> None:
    text = YamlText("a: 1\r\nb: NO\r\n", "x.yaml")
    assert text.data == {"a": 1, "b": "NO"}
    assert text.parse_errors[0].span.line == 2


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r"])
def test_invisible_line_breaks_are_reported(sign: str) -> None:
    text = YamlText(f"a: one{sign}two\nb: NO\n", "x.yaml")
    assert [(m.kind, m.span.line, m.span.column) for m in text.parse_errors] == [("trap", 1, 7), ("trap", 2, 4)]
    assert text.line(2) == "b: NO"


def test_what_is_broken_outside_the_list_loses_no_entry() -> None:
    before = YamlText("name: [\nstudies:\n  - id: a\n", "x.yaml")
    assert before.data == {"studies": [{"id": "a"}]}
    assert [m.kind for m in before.parse_errors] == ["syntax"]
    after = YamlText("studies:\n  - id: a\nother: [\n", "x.yaml")
    assert after.data == {"studies": [{"id": "a"}]}


def test_many_problems_are_found_in_linear_time() -> None:
    bad = "".join(f"      - {{id: x, outcome: NO{n}}}\n" for n in range(3000))
    text = YamlText(f"studies:\n  - id: a\n    findings:\n{bad}  - id: [b\n", "x.yaml")
    spans = {text.locate(("studies", 0, "findings", n, "outcome")).line for n in range(3000)}
    assert spans == set(range(4, 3004))
