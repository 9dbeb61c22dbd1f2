"""The page on templates of briefings names every word that a template may use.

``python -m tests.documentation.test_template_words`` writes its tables again.
"""

import inspect
import re
from collections.abc import Callable, Mapping

from coprod_review.briefing.builder import BriefingBuilder
from coprod_review.briefing.passages import ANNOTATION_ONLY, PASSAGE_KINDS
from coprod_review.briefing.passages.basis import FACTS
from coprod_review.briefing.template_context import FUNCTIONS, VALUES
from coprod_review.text.grammar import capitalise
from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "briefings.md"
OWN = {
    f.__name__: f
    for f in (
        BriefingBuilder.chart,
        BriefingBuilder.table,
        BriefingBuilder.cite,
        BriefingBuilder.references,
        BriefingBuilder.stop,
        BriefingBuilder.at_most,
    )
}


def _description(function: Callable[..., object]) -> str:
    """The first sentence of a docstring without its `Return`, as Markdown."""
    sentence = (inspect.getdoc(function) or "").split("\n")[0].removeprefix("Return ")
    return capitalise(sentence).replace("``", "`").replace("|", "\\|")


def _called(name: str, function: Callable[..., object]) -> str:
    """How a template writes a call: what a source or pen brings is left out."""
    given = list(inspect.signature(function).parameters.values())[1:]
    plain = [p.replace(annotation=p.empty) for p in given]
    signs = re.sub(r"'(.*?)'", r'"\1"', str(inspect.Signature(plain))).replace("*, ", "").replace("True", "true")
    return f"`{name}{signs}`"


def _rows(functions: Mapping[str, Callable[..., object]], call: Callable[[str, Callable[..., object]], str]) -> str:
    rows = "\n".join(f"| {call(name, function)} | {_description(function)} |" for name, function in functions.items())
    return f"\n| write | what it gives |\n| --- | --- |\n{rows}\n"


def tables() -> Mapping[str, str]:
    """Each table of the page by its name."""
    return {
        "passages": _rows(
            {k: f for k, f in PASSAGE_KINDS.items() if k not in ANNOTATION_ONLY}, lambda name, _: f"`{name}(key)`"
        ),
        "lists": _rows({**VALUES, **FUNCTIONS}, lambda name, f: f"`{name}`" if name in VALUES else _called(name, f)),
        "own": _rows(OWN, _called),
        "facts": ", ".join(f"`{name}`" for name in FACTS),
    }


def filled(text: str) -> str:
    """The page with its tables written again."""
    for name, table in tables().items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        text = f"{before}{mark}{table}\n<!-- / -->{rest.partition('<!-- / -->')[2]}"
    return text


def test_template_reference_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in text for name in tables())
    assert text == filled(text), "write it again: python -m tests.documentation.test_template_words"


def test_template_names_have_descriptions() -> None:
    for name, function in {**PASSAGE_KINDS, **VALUES, **FUNCTIONS, **OWN}.items():
        assert _description(function).endswith((".", "`")), name


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
