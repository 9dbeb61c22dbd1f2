"""The page on templates of briefings names every word that a template may use.

``python -m tests.documentation.test_template_words`` writes its tables again.
"""

import inspect
import re
from collections.abc import Mapping
from pathlib import Path

from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.builder import BriefingBuilder, printer_signature
from coprod_review.briefing.check import check
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.passages import ANNOTATION_ONLY, PASSAGE_KINDS
from coprod_review.briefing.passages.basis import FACTS
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.template_context import Base
from coprod_review.loading.evidence_base import EvidenceBase
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
PASSAGES = {kind: function for kind, function in PASSAGE_KINDS.items() if kind not in ANNOTATION_ONLY}
BASE = {name: member for name, member in vars(Base).items() if not name.startswith("_")}


def _description(function: object) -> str:
    """The docstring of a function without its `Return`, as Markdown on one line."""
    text = " ".join((inspect.getdoc(function) or "").split()).removeprefix("Return ")
    return capitalise(text).replace("``", "`").replace("|", "\\|")


def _called(signature: inspect.Signature) -> str:
    """The brackets of a call, as a template writes them."""
    plain = [p.replace(annotation=p.empty) for p in signature.parameters.values() if p.name not in ("self", "start")]
    text = re.sub(r"'(.*?)'", r'"\1"', str(inspect.Signature(plain)))
    return text.replace("*, ", "").replace("False", "false").replace("*ids", "ids")


def _brackets(name: str, member: object) -> str:
    if isinstance(member, property):
        return ""
    assert callable(member)
    return _called(printer_signature(name) if name in PASSAGES else inspect.signature(member))


def _rows(members: Mapping[str, object], owner: str = "") -> str:
    rows = "\n".join(
        f"| `{owner}{name}{_brackets(name, member)}` | {_description(member)} |" for name, member in members.items()
    )
    return f"\n| write | what it gives |\n| --- | --- |\n{rows}\n"


def tables() -> Mapping[str, str]:
    """Each table of the page by its name."""
    return {
        "passages": _rows(PASSAGES),
        "own": _rows(OWN),
        "base": _rows(BASE, "base."),
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


def test_template_words_have_descriptions() -> None:
    for name, member in {**PASSAGES, **OWN, **BASE}.items():
        assert _description(member).endswith((".", "`")), name


def test_example_makes_a_sound_briefing(tmp_path: Path, bundled: EvidenceBase) -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "board.md.j2").write_text(example, encoding="utf-8")
    context = BriefingContext(bundled)
    briefing = write_briefing(context, BriefingRequest("board", templates=tmp_path))
    assert check(read_markdown(briefing.text), context) == ()


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
