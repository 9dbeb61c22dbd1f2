"""Rows of any base and of any review, however little there is of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Stated
from coprod_review.replication.registry import replicate
from tests.replication.rows import IDS, review_of, rows


def test_a_base_without_a_review_gives_no_rows(reviewed: EvidenceBase, framework: Framework) -> None:
    assert replicate(reviewed.studies, framework) == ()
    assert replicate((), framework) == ()


def test_empty_base_gives_no_verdict_on_studies(reviewed: EvidenceBase) -> None:
    found = rows(reviewed, ())
    assert list(found) == IDS
    without_studies = {"Q05", "Q06", "Q07", "R17", "R19", "R22", "R23"}
    # The barriers hold two works through another, which no study confirms.
    assert {i for i, row in found.items() if row.verdict != "cannot_tell"} == without_studies | {"R18"}
    assert found["R09"].reason == "No finding that the review reports is held."
    assert found["R01"].reason == "No work of the reference list is held."
    assert found["R11"].reason == "No study that counts as evidence is held."


def test_empty_review_gives_no_verdict_on_claims(reviewed: EvidenceBase) -> None:
    bare = replace(
        review_of(reviewed), claims=(), testimony=(), enablers=(), barriers=(), examples=(), recommendations=()
    )
    bare = replace(bare, errata=(), topics=())
    found = rows(reviewed, review=bare)
    without = [i for i in IDS if i[0] == "Q"] + ["R01", "R06", "R17", "R18", "R19", "R20", "R21", "R22"]
    assert {i for i in without if found[i].verdict != "cannot_tell"} == set()
    assert {found[i].reason for i in IDS if i[0] == "Q" and i != "Q08"} == {"No claim is held for it."}


def test_row_without_recount_is_reported(reviewed: EvidenceBase) -> None:
    stated = (Stated(id="R99", section="9", statement="Something else."),)
    (row,) = replicate(
        reviewed.studies, replace(reviewed.framework, review=replace(review_of(reviewed), stated=stated))
    )
    assert (row.verdict, row.reason) == ("cannot_tell", "No recount is written for this row.")


def test_blank_rows_give_no_verdict(reviewed: EvidenceBase) -> None:
    blank = tuple(Stated(id=s.id, section="", statement="") for s in review_of(reviewed).stated)
    found = rows(reviewed, review=replace(review_of(reviewed), stated=blank))
    counted = {"R04", "R06", "R07", "R08", "R09", "R10"}
    assert {i for i, row in found.items() if row.verdict != "cannot_tell"} == counted
    assert all(row.gives and row.reason for row in found.values())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_subset_gives_complete_rows(data: st.DataObject, reviewed: EvidenceBase) -> None:
    base, review = reviewed, review_of(reviewed)
    studies = data.draw(st.lists(st.sampled_from(base.studies), unique_by=lambda s: s.id, max_size=12))
    thinned = tuple(
        replace(s, findings=s.findings[: data.draw(st.integers(0, 2))], sector=(), populations={}) for s in studies
    )
    claims = data.draw(st.lists(st.sampled_from(review.claims), unique_by=lambda c: c.id, max_size=10))
    odd = data.draw(
        st.sampled_from(
            [{"n": 0, "N": 0}, {"n": 5, "N": 3}, {"n": -1, "N": 9}, {"n": 50, "N": 30}, {"n": 0.5, "N": 20}, {}]
        )
    )
    quantity = Quantity(label="odd", **odd)  # type: ignore[arg-type]
    changed = tuple(replace(c, figures=(quantity,) * 3) for c in claims)
    found = rows(base, thinned, review=replace(review, claims=changed))
    assert list(found) == IDS
    for row in found.values():
        assert row.verdict in ("agree", "differ", "cannot_tell")
        assert not re.search(r"\bnan\b|\binf\b|None", f"{row.gives} {row.reason}"), row
