"""The option ``--since`` with states in an older format, which are converted in memory and counted like others."""

from pathlib import Path
from typing import Any

import pytest

from coprod_review.migration.registry import CURRENT
from tests.cli.repository import REVIEW, Repository, json_of, studies
from tests.conftest import base_of, entry
from tests.migration import old_base

pytestmark = pytest.mark.slow
OLD = "coprod-review/base/1"
SENTENCE = f"It was in the older format {OLD} and was converted for this comparison; "


def _printed(run: Any, *arguments: object) -> str:
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    return " ".join(done.out.split())


@pytest.fixture
def migrated(repository: Repository, run: Any) -> Repository:
    """A base whose last commit is in the old format, and which was migrated since."""
    old_base.write(repository.base)
    repository.commit()
    assert run("migrate", repository.base).code == 0
    return repository


def test_state_in_the_old_format_is_compared(migrated: Repository, run: Any) -> None:
    words = _printed(run, "gaps", "--base", migrated.base, "--since", "HEAD")
    assert f"That state has 9 entries; 9 count as evidence. {SENTENCE}6 codes could not be carried over." in words
    document = json_of(run, "gaps", "--base", migrated.base, "--since", "HEAD")
    assert document["since"]["adaptation"] == {"version": OLD, "lost_codes": 6, "left_out": []}
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert (document["since"]["figures"], document["since"]["cells"]) == ([], [])


def test_folder_in_the_old_format_is_compared(repository: Repository, run: Any) -> None:
    then = old_base.write(repository.home / "then")
    old_base.write(repository.base)
    run("migrate", repository.base)
    before = {path: path.read_bytes() for path in then.rglob("*.yaml")}
    words = _printed(run, "gaps", "--base", repository.base, "--since", then)
    assert f"{SENTENCE}6 codes could not be carried over." in words
    assert {path: path.read_bytes() for path in then.rglob("*.yaml")} == before


def test_a_base_without_lost_codes_says_so(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(old_base.entry("kay-2019", "focus: outcome", "focus_reason: Yes.")))
    run("migrate", repository.base)
    assert f"{SENTENCE}every code could be carried over." in _printed(
        run, "gaps", "--base", repository.base, "--since", "HEAD"
    )


def test_state_in_the_current_format_says_nothing_about_it(repository: Repository, run: Any) -> None:
    repository.commit(studies=studies(entry()), base=old_base.ABOUT.replace(OLD, CURRENT))
    words = _printed(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert "older format" not in words
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["adaptation"] is None


def test_filters_apply_to_both_states(migrated: Repository, run: Any) -> None:
    document = json_of(
        run, "gaps", "--base", migrated.base, "--since", "HEAD", "--where", "beneficiary=took_part,others"
    )
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert document["since"]["adaptation"]["lost_codes"] == 6


def test_briefing_says_that_the_earlier_state_was_older(migrated: Repository, run: Any) -> None:
    words = _printed(run, "brief", "whats-new", "--base", migrated.base, "--since", "HEAD")
    assert "it was in an older format, and 6 codes could not be carried over" in words


def test_old_state_that_cannot_be_read_is_refused(repository: Repository, run: Any) -> None:
    old_base.write(repository.base, studies=old_base.STUDIES + "  - id: [\n")
    repository.commit()
    old_base.write(repository.base)
    run("migrate", repository.base)
    for more in ((), ("--skip-invalid",)):
        done = run("gaps", "--base", repository.base, "--since", "HEAD", *more)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert "The base at HEAD is in an older format, and a part of it cannot be read" in done.err
        assert done.err.endswith("Name a later revision.\n")


def test_errors_of_an_old_state_are_reported_as_before(repository: Repository, run: Any) -> None:
    broken = old_base.entry("kay-2019", "focus: outcome", "sector: [NHS]")
    repository.commit(studies=studies(broken, old_base.entry("able-2019", "focus: outcome")))
    repository.write(studies=studies(entry("Able")))
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "The base at HEAD has errors" in done.err
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD", "--skip-invalid")
    assert document["since"]["base"]["skipped"] == ["kay-2019"]


# --- a part of review.yaml that no figure needs, and terms that have been replaced since --------------


@pytest.mark.parametrize("stated", ["stated:\n  - {id: R1, numbers: [1]}\n", "stated: words\n", "stated:\n  R1: {}\n"])
def test_statements_of_another_shape_are_left_out(stated: str, repository: Repository, run: Any) -> None:
    about = old_base.ABOUT.replace(OLD, CURRENT)
    repository.commit(studies=studies(entry()), base=about, review=f"{REVIEW}# A comment.\n{stated}")
    repository.write(review=REVIEW)
    words = _printed(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert (
        "The part `stated` of its review.yaml does not fit the current format and was left out; no figure depends on "
        "it."
    ) in words
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD")
    assert document["since"]["adaptation"] == {"version": "", "lost_codes": 0, "left_out": ["stated"]}


def test_other_parts_of_another_shape_are_errors(repository: Repository, run: Any) -> None:
    about = old_base.ABOUT.replace(OLD, CURRENT)
    review = REVIEW.replace("testimony: []", "testimony: [{said: x}]") + "stated: words\n"
    repository.commit(studies=studies(entry()), base=about, review=review)
    repository.write(review=REVIEW)
    done = run("gaps", "--base", repository.base, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "The base at HEAD has errors" in done.err


def test_term_that_was_replaced_since_is_read_as_its_successor(repository: Repository, run: Any) -> None:
    old = entry(more="    geography: {data: [United Kingdom], authors: []}\n")
    repository.commit(studies=studies(old))
    repository.write(studies=studies(old.replace("United Kingdom", "uk")))
    document = json_of(run, "gaps", "--base", repository.base, "--since", "HEAD", "--where", "place=uk")
    assert document["since"]["studies"] == {"added": [], "removed": [], "changed": []}
    assert document["since"]["adaptation"] is None


# --- validate --changed-since ---------------------------------------------------------------------------


def test_migrated_entries_are_not_reported_as_changed(repository: Repository, run: Any) -> None:
    old = studies(old_base.entry("kay-2019", "focus: outcome"), old_base.entry("able-2020", "focus: outcome"))
    repository.commit(studies=old, base=old_base.ABOUT)
    run("migrate", repository.base)
    done = run("validate", repository.base, "--changed-since", "HEAD", "--format", "json")
    assert '"diagnostics": []' in done.out
    path = repository.base / "studies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: kay-2019", "id: kay"), encoding="utf-8")
    done = run("validate", repository.base, "--changed-since", "HEAD", "--format", "concise")
    assert {line.partition(":")[2].partition(":")[0] for line in done.out.splitlines() if " error " in line} == {"2"}


def test_old_state_that_cannot_be_read_makes_everything_new(repository: Repository, run: Any, tmp_path: Path) -> None:
    base_of(repository.base, studies=old_base.STUDIES + "  - id: [\n", base=old_base.ABOUT)
    repository.commit()
    repository.write(studies=old_base.STUDIES)
    run("migrate", repository.base)
    done = run("validate", repository.base, "--changed-since", "HEAD")
    assert "Checked 8 studies" in done.out
