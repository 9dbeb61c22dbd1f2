"""A briefing after a change of its base: each line that rests on the change is reported."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest

from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.check import StalePassage, check
from coprod_review.briefing.context import BriefingContext
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import About
from coprod_review.model.study import Study
from tests.briefing.made import lines_of, messages, with_study, without, words_of
from tests.conftest import aim_codes, aims

pytestmark = pytest.mark.slow

BATCHES = 4
"""Checks that share the changes of all studies between them: a report names its study, so that none hides another."""


def _batches(studies: tuple[Study, ...]) -> list[tuple[Study, ...]]:
    return [studies[number::BATCHES] for number in range(BATCHES)]


def _listed(text: str, base: EvidenceBase) -> tuple[Study, ...]:
    """The studies whose references the briefing lists; a new study that nothing cites is not among them."""
    listed = tuple(s for s in base.studies if f'data-brief="reference {s.id} ' in text)
    assert len(listed) > 30
    return listed


def _reported(text: str, base: EvidenceBase) -> tuple[StalePassage, ...]:
    return check(read_markdown(text), BriefingContext(base))


def _changed(base: EvidenceBase, *studies: Study) -> EvidenceBase:
    for study in studies:
        base = with_study(base, study)
    return base


def test_deleted_study_fails_where_it_is_cited(unstyled: str, bundled: EvidenceBase) -> None:
    for batch in _batches(_listed(unstyled, bundled)):
        fewer = bundled
        for study in batch:
            fewer = without(fewer, study.id)
        reports = _reported(unstyled, fewer)
        for study in batch:
            cited = lines_of(unstyled, rf'data-brief="study {study.id} ')
            listed = lines_of(unstyled, rf'data-brief="reference {study.id} ')
            assert {r.line for r in reports if f"no study `{study.id}`" in r.message} == cited | listed, study.id
            assert len(listed) == 1


def test_changed_study_fails_at_its_reference(unstyled: str, bundled: EvidenceBase) -> None:
    changed = [replace(s, coding_note=f"{s.coding_note} Read again.") for s in _listed(unstyled, bundled)]
    reports = _reported(unstyled, _changed(bundled, *changed))
    assert len(reports) == len(changed)
    for study in changed:
        (line,) = lines_of(unstyled, rf'data-brief="reference {study.id} ')
        assert [r.line for r in reports if f"the entry of {study.id} has changed" in r.message] == [line]


def test_withdrawn_study_fails_where_it_is_cited(unstyled: str, bundled: EvidenceBase) -> None:
    for batch in _batches(bundled.studies):
        reports = _reported(unstyled, _changed(bundled, *(replace(s, status="withdrawn") for s in batch)))
        for study in batch:
            lines = {r.line for r in reports if r.message.startswith(f"{study.id} is withdrawn")}
            assert lines == lines_of(unstyled, rf'data-brief="study {study.id} '), study.id


def test_changed_code_fails_at_its_figures(unstyled: str, bundled: EvidenceBase, context: BriefingContext) -> None:
    figures = r"figure focus\."
    lines = lines_of(unstyled, rf'data-brief="{figures}(?:outcome-share|process-share|ratio)[# ]')
    assert len(lines) >= 4
    # Studies with the same codes count in the same figures, so one study of each pair of codes is enough.
    for study in {aim_codes(s): s for s in context.eligible}.values():
        other = "process" if study.aims.outcome.code in ("primary", "secondary") else "outcome"
        reports = _reported(unstyled, with_study(bundled, replace(study, aims=aims(other))))
        reported = {r.line for r in reports if re.match(figures, r.message)}
        assert lines & reported, study.id
        assert reported <= lines_of(unstyled, r"focus\.")


def test_changed_finding_fails_at_its_lines(unstyled: str, bundled: EvidenceBase, context: BriefingContext) -> None:
    # One finding of each outcome at a time, since an outcome has a sentence of its own that each must change.
    batches: dict[int, list[str]] = defaultdict(list)
    for pairs in context.findings_by_outcome.values():
        for number, (_, finding) in enumerate(pairs):
            batches[number].append(finding.id)
    for batch in batches.values():
        harmed = [
            replace(s, findings=tuple(replace(f, direction="harm") if f.id in batch else f for f in s.findings))
            for s in context.eligible
        ]
        reported = {r.line for r in _reported(unstyled, _changed(bundled, *harmed))}
        for _, finding in (context.findings_by_id[identity] for identity in batch):
            own = lines_of(unstyled, rf'data-brief="finding [^" ]*{re.escape(finding.id)}[, ]')
            sentence = lines_of(unstyled, rf'data-brief="effect {re.escape(finding.outcome)}[# ]')
            assert own <= reported or finding.direction == "harm", finding.id
            assert reported & sentence or finding.direction == "harm", finding.id


def _swapped(base: EvidenceBase, context: BriefingContext) -> EvidenceBase:
    """The base with the codes of two studies exchanged, so that the figures of the focus stay."""
    one = next(s for s in context.eligible if aim_codes(s) == ("primary", "not_an_aim"))
    two = next(s for s in context.eligible if aim_codes(s) == ("not_an_aim", "primary"))
    return _changed(base, replace(one, aims=aims("process")), replace(two, aims=aims("outcome")))


def test_same_number_from_other_studies_fails(summary: str, bundled: EvidenceBase, context: BriefingContext) -> None:
    current = words_of(summary, "figure focus.outcome-share")
    expected = f"figure focus.outcome-share: the evidence behind this has changed; the base gives “{current}"
    assert expected in messages(_reported(summary, _swapped(bundled, context)))


def test_stale_figure_reports_current_value(summary: str, bundled: EvidenceBase, context: BriefingContext) -> None:
    study = next(s for s in context.eligible if s.aims.outcome.code == "primary")
    stale = words_of(summary, "figure focus.outcome-share")
    fewer = int(stale.split()[0]) - 1
    reports = [
        r
        for r in _reported(summary, with_study(bundled, replace(study, aims=aims("process"))))
        if r.message.startswith(f"figure focus.outcome-share: this is out of date: “{stale}")
    ]
    assert [r.line for r in reports] == sorted(lines_of(summary, 'data-brief="figure focus.outcome-share '))
    assert f"the base gives “{fewer} of " in reports[0].message


def test_closed_gap_fails(summary: str, bundled: EvidenceBase, context: BriefingContext) -> None:
    gaps = [gap.where for gap in context.gaps.values() if gap.type == "none"]
    group = next(where for where in gaps if context.codebook.find("groups", where))
    study = context.eligible[0]
    focused = replace(study, populations={**study.populations, group: "focus"})
    reports = _reported(summary, with_study(bundled, focused))
    closed = {r.line for r in reports if f"the gap none/{group} no longer exists" in r.message}
    assert closed == lines_of(summary, rf'data-brief="gap none/{group}[# ]')


def test_other_base_version_is_reported_once(summary: str, bundled: EvidenceBase) -> None:
    about: About = replace(bundled.framework.about, version="2099.01", as_of="2099-01-05")
    reports = _reported(summary, replace(bundled, framework=replace(bundled.framework, about=about)))
    identity = f"base {about.name} {bundled.framework.about.version} ("
    assert reports[0].line == 1
    assert reports[0].message.startswith(f"this briefing was written from {identity}")
    assert f"and the base is now {about.name} 2099.01 (5 January 2099)" in reports[0].message


@pytest.mark.parametrize("field", ["name", "version", "as_of"])
def test_changed_base_identity_is_reported(field: str, summary: str, bundled: EvidenceBase) -> None:
    about = replace(bundled.framework.about, **{field: "2099-01-05"})  # type: ignore[arg-type]
    first, *_ = _reported(summary, replace(bundled, framework=replace(bundled.framework, about=about)))
    assert first.line == 1
    assert first.message.startswith(f"this briefing was written from base {bundled.framework.about.name} ")
