"""A document with every kind of block, for the tests of the writers."""

from functools import cache

from coprod_review.documents.document_model import Document, Picture
from coprod_review.documents.markdown_parser import parse_document
from coprod_review.gaps.registry import run_analyses
from coprod_review.phrasing.analyses import registry as words
from coprod_review.validate import valid_base
from tests.bases import SAMPLE

MARKDOWN = """<!-- coprod-review briefing {"schema": "coprod-review/briefing/2", "base": "coprod-review"} -->

# Co-production in social care: *a sample*

> **What this rests on.** Base coprod-review, <span data-brief="basis version">2026.11</span>.
>
> Caution: Hand-picked, no random sample.

## In short

<span data-brief="share focus.outcome-share ab12cd34">22 of 28 studies, about 8 in 10</span>[^focus.outcome-share], say
that they examine outcomes. <span data-brief="effect people.health.wellbeing 11112222">1 primary study reports a benefit
(<span data-brief="study kay-2019">Kay and Edgley, 2019</span>)</span>[^matrix.outcomes/people/wellbeing]. **Strong**,
*emphasis*, `coprod-review why focus.outcome-share` and [a site](https://example.org/a?b=1&c=2).

<!-- chart focus -->

Table: What studies say they examine, and what they were seen to report

| Share | Number |
| --- | ---: |
| Say they examine outcomes | <span data-brief="cell focus.outcome-share ab12cd34">22 of 28</span> |
| Say they examine process | 21 of 28 |

### Deeper

- one
- two, with **two** blocks

  the second of them
- three
  - three and a half

1. first
2. second

## References

<span data-brief="reference kay-2019 99990000">Kay, K. and Edgley, G. (2019) ‘Evaluation of a new recovery college’,
*Mental Health and Social Inclusion*, 23(1), pp. 36–46. Available at:
<https://doi.org/10.1108/MHSI-10-2018-0035>.</span>

[^focus.outcome-share]: Counted: <span data-brief="study kay-2019">Kay and Edgley, 2019</span>.
[^matrix.outcomes/people/wellbeing]: Counted: <span data-brief="study kay-2019">Kay and Edgley, 2019</span>.
"""

HOSTILE = (
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% for x in y %}",
    "\\input{/etc/passwd} $x^2$ \\def\\a{\\a}",
    '#read("/etc/passwd") #{panic()} $ x $ _a_ *b* <label> @ref',
    "[a](javascript:alert(1)) ![b](file:///etc/passwd) `c` ~~d~~ ^e^ | f |",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "]]> --> &lt;b&gt; &#60; \x07\x1b[31m",
    '=HYPERLINK("http://x") {=html}',
    "\u4e2d\u6587 \U0001f600 A\u0301",
)
"""Texts that some format would take for more than text."""


@cache
def pictures(identity: str) -> Picture | None:
    """The first chart of an analysis of the bundled base."""
    base = valid_base.load(SAMPLE)
    (result,) = run_analyses((identity,), base.studies, base.framework)
    charts = words.charts(result, base.framework)
    return Picture(charts[0], "Co-production in social care. Base coprod-review.") if charts else None


def sample(markdown: str = MARKDOWN) -> Document:
    """The document."""
    return parse_document(markdown, pictures, date="2026-11-23")
