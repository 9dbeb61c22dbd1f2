"""Rules that several rooms lean on: which share may divide, which terms are of a kind, and what a row is called."""

from dataclasses import replace

from coprod_review.evidence import EvidenceBase
from coprod_review.gaps import appraisal
from coprod_review.gaps.representation import divisors
from coprod_review.models import Appraisal, Framework
from tests.conftest import study


def test_a_share_divides_only_for_its_own_group_as_a_crude_one_and_where_it_is_suitable(bundled: EvidenceBase) -> None:
    crude = next(b for b in bundled.framework.benchmarks if b.standardised is False and "people" in b.suitable_for)
    held = [
        crude,
        replace(crude, id="b", group="women" if crude.group != "women" else "dementia"),
        replace(crude, id="c", standardised=True),
        replace(crude, id="d", standardised="not_found"),
        replace(crude, id="e", suitable_for=()),
        replace(crude, id="f", suitable_for=("older-people",)),
    ]
    found = divisors(crude.group, replace(bundled.framework, benchmarks=tuple(held)))
    assert [b.id for b in found] == [crude.id, "f"]


def test_the_terms_of_a_kind_are_those_of_one_vocabulary(framework: Framework) -> None:
    book = framework.codebook
    assert book.of_kind("levels", "outcome") == {"outcome", "impact"}
    assert book.of_kind("levels", "process") == {"experience", "output"}
    assert book.of_kind("designs", "outcome") == book.of_kind("nothing", "outcome") == frozenset()


def test_a_tool_with_a_stroke_in_its_name_keeps_it(framework: Framework) -> None:
    made = Appraisal(tool="A/B", items={"1": "yes"}, serious_concern="absent", assessor="A", date="x", rationale="r")
    result = appraisal.analyse([study(1, appraisal=made)], framework)
    cells = {name: count.ids for table in result.tables for name, _, count in table.cells()}
    assert cells["appraisal.items/A/B:1:yes/studies"] == ("author1-2020",)
