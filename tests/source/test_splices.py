"""Entries of a mapping are deleted, replaced and added, and every comment and every other value stays."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.source.edits import apply_edits
from coprod_review.source.positions import KeyPath, value_at
from coprod_review.source.splices import (
    add_entries,
    delete_entries,
    entry_lines,
    is_flow,
    replace_entry,
    replace_value,
)
from coprod_review.source.yaml_text import YamlText

BLOCK = """\
list:
  - first: 1  # one
    # above
    second: >-
      text # no comment
      more

    third: "a # b"  # three
    fourth: {x: [1,
      2]}  # four
    fifth:
"""


def _text(written: str) -> YamlText:
    text = YamlText(written, "a.yaml")
    assert text.parse_errors == []
    return text


def _without(written: str, *keys: str, path: KeyPath = ("list", 0)) -> str:
    text = _text(written)
    return _text(apply_edits(text, delete_entries(text, path, keys))).original


@pytest.mark.parametrize(
    ("keys", "gone", "instead"),
    [
        (["third"], '    third: "a # b"  # three\n', "    # three\n"),
        (["second"], "    second: >-\n      text # no comment\n      more\n", ""),
        (["fourth"], "    fourth: {x: [1,\n      2]}  # four\n", "    # four\n"),
        (["fifth"], "    fifth:\n", ""),
        (["fourth", "fifth"], "    fourth: {x: [1,\n      2]}  # four\n    fifth:\n", "    # four\n"),
        (["first"], "first: 1  # one\n    # above\n    second", "# one\n    # above\n    second"),
        (["first", "second", "third", "fourth", "fifth"], BLOCK[10:-1], "{}"),
    ],
)
def test_deleted_entries_take_their_lines_and_leave_comments(keys: list[str], gone: str, instead: str) -> None:
    assert BLOCK.count(gone) == 1
    assert _without(BLOCK, *keys) == BLOCK.replace(gone, instead)


@pytest.mark.parametrize(
    ("written", "keys", "left"),
    [
        ("list: [{a: 1, b: 2, c: 3}]\n", ["b"], "list: [{a: 1, c: 3}]\n"),
        ("list: [{a: 1, b: 2, c: 3}]\n", ["a"], "list: [{b: 2, c: 3}]\n"),
        ("list: [{a: 1, b: 2, c: 3}]\n", ["c"], "list: [{a: 1, b: 2}]\n"),
        ("list: [{a: 1, b: 2, c: 3}]\n", ["b", "c"], "list: [{a: 1}]\n"),
        ("list: [{a: 1, b: 2, c: 3}]\n", ["a", "b", "c"], "list: [{}]\n"),
        ("list: [{a: 1,\n  b: 2, # two\n  c: 3}]\n", ["b"], "list: [{a: 1,\n   # two\n  c: 3}]\n"),
        ("list: [{a: 1, # one\n  b: 2}]\n", ["b"], "list: [{a: 1, # one\n  }]\n"),
        ("list: [{a: 1, b: 2,}]\n", ["b"], "list: [{a: 1,}]\n"),
    ],
)
def test_deleted_entries_in_braces_take_one_comma(written: str, keys: list[str], left: str) -> None:
    assert _without(written, *keys) == left


def test_windows_line_ends_stay() -> None:
    written = BLOCK.replace("\n", "\r\n")
    assert _without(written, "third", "second") == _without(BLOCK, "third", "second").replace("\n", "\r\n")


def test_a_file_without_line_end_stays_without_one() -> None:
    assert _without("list:\n  - a: 1\n    b: 2", "b") == "list:\n  - a: 1\n"


def test_replaced_entry_keeps_comments_inside_and_behind_it() -> None:
    text = _text("one: 1\ntwo:\n  # inside\n  three: 3  # also\n  four: 4  # behind\nfive: 5\n")
    edited = apply_edits(text, [replace_entry(text, ("two",), ["new:", "  six: 6"])])
    assert edited == "one: 1\nnew:\n  six: 6\n# inside\n# also  # behind\nfive: 5\n"


def test_replaced_value_keeps_its_place() -> None:
    text = _text("a: {b: 'old', c: 2}  # comment\n")
    assert apply_edits(text, [replace_value(text, ("a", "b"), "new")]) == "a: {b: new, c: 2}  # comment\n"


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("a:\n  b: 1  # one\nc: 2\n", "a:\n  b: 1  # one\n  new:\n    x: 1\nc: 2\n"),
        (
            "a:\n  b:\n    - c: >-\n        text\n\n# end\n",
            "a:\n  b:\n    - c: >-\n        text\n  new:\n    x: 1\n\n# end\n",
        ),
        ("a:\n    b: 1", "a:\n    b: 1\n    new:\n      x: 1"),
    ],
)
def test_new_entries_follow_the_last_one(written: str, added: str) -> None:
    text = _text(written)
    assert apply_edits(text, [add_entries(text, ("a",), ["new:", "  x: 1"])]) == added


def test_new_entries_inside_braces_follow_a_comma() -> None:
    text = _text("a: {b: 1}\n")
    assert apply_edits(text, [add_entries(text, ("a",), ["new: {x: 1}"])]) == "a: {b: 1, new: {x: 1}}\n"


def test_lines_of_an_entry_begin_at_the_margin() -> None:
    text = _text("a:\n    b:\n        c: >-\n            d\n            e\n\n    f: 1\n")
    assert entry_lines(text, ("a", "b")) == ["b:", "    c: >-", "        d", "        e"]


# --- properties ---------------------------------------------------------------------------

VALUES = st.sampled_from(
    [
        ("1", 1),
        ("plain text", "plain text"),
        ('"quoted # no comment"', "quoted # no comment"),
        ("[1, {a: b}]", [1, {"a": "b"}]),
        ("", None),
        (">-\n{}  folded # text\n{}  twice", "folded # text twice"),
        ("|\n{}  literal\n", "literal\n"),
        ("\n{}  inner: 1\n{}  other: [x]", {"inner": 1, "other": ["x"]}),
    ]
)
KEYS = ("alpha", "beta", "gamma", "delta")


@st.composite
def mappings(draw: st.DrawFn) -> tuple[str, dict[str, Any], set[str]]:
    """A mapping in a list, with comments; its values, and the keys to delete."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    lines, values = [], {}
    for number, key in enumerate(keys):
        written, value = draw(VALUES)
        one_line = "\n" not in written
        if draw(st.booleans()) and number:
            lines.append(f"    # above {key}")
        behind = f"  # behind {key}" if one_line and draw(st.booleans()) else ""
        indented = written.replace("{}", "    ").rstrip("\n")
        lines.append(f"{'  - ' if number == 0 else '    '}{key}: {indented}{behind}")
        values[key] = value
    text = "list:\n" + "\n".join(lines) + "\n# end\n"
    return text, values, draw(st.sets(st.sampled_from(keys)))


@settings(max_examples=300, deadline=None)
@given(mappings(), st.booleans())
def test_deleting_leaves_the_rest_and_every_comment(
    mapping: tuple[str, dict[str, Any], set[str]], with_returns: bool
) -> None:
    written, values, deleted = mapping
    written = written.replace("\n", "\r\n") if with_returns else written
    text = _text(written)
    assert value_at(text.data, ("list", 0)) == values
    assert not is_flow(text, ("list", 0))
    after = apply_edits(text, delete_entries(text, ("list", 0), deleted)) if deleted else written
    assert value_at(_text(after).data, ("list", 0)) == {k: v for k, v in values.items() if k not in deleted}
    if deleted != set(values):
        assert re.findall(r"# (?:above|behind|end)[ \w]*", after) == re.findall(
            r"# (?:above|behind|end)[ \w]*", written
        )
    assert ("\r\n" in after) == with_returns
    assert after.replace("\r\n", "").count("\r") == 0
