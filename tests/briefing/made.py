"""What the tests of briefings share: bases with other studies, and edits of a briefing."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from coprod_review.briefing.check import StalePassage
from coprod_review.briefing.context import BriefingContext
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.source.yaml_text import YamlText


def base_with(framework: Framework, studies: Iterable[Study]) -> EvidenceBase:
    """A base of some studies under a framework."""
    text = YamlText("", "studies.yaml")
    entries = tuple(Entry(text, (), {"id": s.id}, s) for s in studies)
    return EvidenceBase("made", framework, entries, (), {}, ())


def source_with(framework: Framework, *studies: Study) -> BriefingContext:
    """A source of some studies under a framework."""
    return BriefingContext(base_with(framework, studies))


def without(base: EvidenceBase, identity: str) -> EvidenceBase:
    """The base without one study."""
    return replace(base, entries=tuple(e for e in base.entries if e.id != identity))


def with_study(base: EvidenceBase, changed: Study) -> EvidenceBase:
    """The base with another state of one of its studies."""
    return replace(base, entries=tuple(replace(e, study=changed) if e.id == changed.id else e for e in base.entries))


def lines_of(text: str, pattern: str) -> set[int]:
    """The numbers of the lines that a pattern matches."""
    return {n for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)}


def messages(reports: Iterable[StalePassage]) -> str:
    """What a check reports, one line each."""
    return "\n".join(f"{report.line}: {report.message}" for report in reports)


def words_of(text: str, annotation: str) -> str:
    """The words of the first passage of a kind and key, such as ``figure focus.outcome-share#full``."""
    return _passage(text, annotation)["words"]


def reworded(text: str, annotation: str, change: Callable[[str], str]) -> str:
    """The briefing with other words in the first passage of a kind and key."""
    passage = _passage(text, annotation)
    changed = change(passage["words"])
    assert changed != passage["words"]
    return text[: passage.start("words")] + changed + text[passage.end("words") :]


def recounted(words: str) -> str:
    """Words with another number at their beginning."""
    return re.sub(r"^\d+", "99", words)


def _passage(text: str, annotation: str) -> re.Match[str]:
    pattern = rf'<span data-brief="{re.escape(annotation)} [0-9a-f]{{8}}">(?P<words>.*?)</span>'
    found = re.search(pattern, text, re.DOTALL)
    assert found, annotation
    return found
