"""Apply edits to a text: every other byte, and so every comment and the order of keys, stays as it is."""

from collections.abc import Iterable

from coprod_review.source.positions import START, Span
from coprod_review.source.problems import Edit
from coprod_review.source.yaml_text import BYTE_ORDER_MARK, YamlText


def apply_edits(text: YamlText, edits: Iterable[Edit]) -> str:
    """Return the text of a file with edits applied; of two edits that overlap, only the earlier one."""
    located = sorted(((edit.span, edit.content) for edit in edits if edit.span), key=lambda edit: edit[0])
    # The byte order mark has no column, so an edit that deletes nothing at the start of the file deletes the mark.
    keeps_mark = text.has_byte_order_mark and (START, "") not in located
    body = text.original.removeprefix(BYTE_ORDER_MARK)
    starts = _line_starts(body)
    pieces, position = [BYTE_ORDER_MARK if keeps_mark else ""], 0
    for span, content in located:
        begin, end = _offsets(span, starts, len(body))
        if begin >= position:
            pieces += [body[position:begin], content]
            position = end
    return "".join((*pieces, body[position:]))


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
