r"""A text contains an invisible character, or letters that were garbled.

Control characters, direction marks, zero-width spaces and soft hyphens come
along when text is copied from a PDF. Two texts then look the same but differ,
and a search finds only one of them. A question mark in a black diamond shows
where a letter was lost.

Fails:

    role_reason: "Reports\u200b outcomes."  # CPR109

Passes:

    role_reason: Reports outcomes.

Fix: delete the character, or type what was meant.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import iter_strings
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR109", "stray-character", Severity.WARNING, __doc__)
_STRAY = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# The replacement character, and UTF-8 that was decoded with another encoding.
_GARBLED = re.compile("\ufffd|â€.|Ã[©¨¶¼±¤]")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report the first stray character of every text that has one."""
    for text in base.texts:
        if not text.text.isascii() or "\\" in text.text:
            yield from _check_text(text)


def _check_text(text: YamlText) -> Iterator[Problem]:
    for path, string in iter_strings(text.data):
        place = f"`{path[-1] if path else text.name}`"
        garbled, stray = _GARBLED.search(string), _STRAY.search(string)
        if garbled:
            message = f"letters were garbled or lost in {place}, which contains `{garbled[0]}`"
            yield Problem(RULE, text, path, message, "type what was meant")
        elif stray:
            message = f"{place} contains the invisible character U+{ord(stray[0]):04X}"
            source = text.text_at(text.locate(path))
            cleaned = _STRAY.sub("", source)
            fix = replacement_fix(cleaned, safe=False) if source != cleaned and cleaned else None
            yield Problem(RULE, text, path, message, "delete it, or type what was meant", fix=fix)
