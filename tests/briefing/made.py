"""What the tests of briefings share: a base of invented studies, and the source that a briefing is written from."""

from collections.abc import Iterable
from dataclasses import replace

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
