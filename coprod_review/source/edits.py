"""Edits put into a text: every other byte, comment and key order stays."""

from collections.abc import Iterable

from coprod_review.source.positions import START, Span
from coprod_review.source.problems import Edit
from coprod_review.source.yaml_text import YamlText

_MARK = "\ufeff"


def apply_edits(text: YamlText, edits: Iterable[Edit]) -> str:
    """The text of a file with edits put in; of two edits that overlap, the earlier one."""
    settled = sorted((edit for edit in edits if edit.span), key=_start)
    # An edit of nothing at the very start stands for the mark, which has no column of its own.
    drop_mark = any(edit.span == START and not edit.content for edit in settled)
    mark = _MARK if text.has_mark and not drop_mark else ""
    body = text.original.removeprefix(_MARK)
    starts = _line_starts(body)
    pieces, done = [mark], 0
    for edit in settled:
        begin, end = _offsets(edit.span or START, starts, len(body))
        if begin >= done:
            pieces += [body[done:begin], edit.content]
            done = end
    return "".join((*pieces, body[done:]))


def _start(edit: Edit) -> Span:
    return edit.span or START


def _line_starts(body: str) -> list[int]:
    starts = [0]
    for line in body.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _offsets(span: Span, starts: list[int], length: int) -> tuple[int, int]:
    last = len(starts) - 1
    begin = starts[min(span.line - 1, last)] + span.column - 1
    end = starts[min(span.end_line - 1, last)] + span.end_column - 1
    return min(begin, length), min(end, length)
