"""Lines break between words, and never within a command that somebody copies."""

from coprod_review.text.wrapping import wrap_lines


def test_lines_break_between_words() -> None:
    assert wrap_lines("one two three-four five", 10) == ["one two", "three-four", "five"]


def test_a_code_span_is_never_broken() -> None:
    assert wrap_lines("run `a long command` now", 12) == ["run", "`a long command`", "now"]


def test_a_single_backtick_opens_no_span() -> None:
    assert wrap_lines("one ` two three", 6) == ["one `", "two", "three"]


def test_nothing_has_no_lines() -> None:
    assert wrap_lines("", 10) == []
