"""A text contains HTML.

Tags and entities come along when a record is copied from a web page. A briefing
would print them as they are.

Fails:

    citation: {title: Staff &amp; carers in <i>co-production</i>}  # CPR108

Passes:

    citation: {title: Staff & carers in co-production}

Fix: write plain words. `--fix --unsafe-fixes` deletes tags and replaces each
entity by the character that it means.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import KeyPath, iter_strings
from coprod_review.source.problems import Fix, Problem, Rule, Severity, replacement_fix
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR108", "html-in-text", Severity.WARNING, __doc__)
_HTML = re.compile(
    r"</?(?:jats:\w+|abbr|article|blockquote|body|br|b|cite|code|div|em|font|h[1-6]|html|img|i|li|ol|p|pre|script"
    r"|section|small|span|strong|sub|sup|table|tbody|td|th|tr|title|u|ul|a)(?:\s[^<>]*)?/?>|&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"
)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every text with a tag or an entity of HTML."""
    for text in base.texts:
        if ("<" in text.text or "&" in text.text) and _HTML.search(text.text):
            for path, string in iter_strings(text.data):
                match = _HTML.search(string)
                # An address can contain an ampersand and a semicolon.
                if match and path[-1:] not in (("URL",), ("address",)):
                    message = f"`{match[0][:40]}` is HTML, not plain text"
                    yield Problem(
                        RULE, text, path, message, "write plain words", fix=_plain_text_fix(text, path, string)
                    )


def _plain_text_fix(text: YamlText, path: KeyPath, string: str) -> Fix | None:
    """Return the fix that writes plain words, if YAML then reads exactly these words."""
    source = text.text_at(text.locate(path))
    better = _without_html(source)
    read = YamlText(better + "\n", text.name) if source and better else None
    return (
        replacement_fix(better, safe=False)
        if read and not read.parse_errors and read.data == _without_html(string)
        else None
    )


def _without_html(text: str) -> str:
    from html import unescape

    return _HTML.sub(lambda m: unescape(m[0]) if m[0].startswith("&") else "", text)
