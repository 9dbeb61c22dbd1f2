"""Links of outcomes to other frameworks lead to a term of the codebook, or are reported at their place."""

from pathlib import Path

import pytest
import yaml

from coprod_review import bundled
from coprod_review.loading import discovery
from coprod_review.source.problems import Diagnostic
from coprod_review.validate import apply_rules
from tests.conftest import entry

HOME = "people.living.home"
TERMS = [{"id": n, "label": n, "definition": n, "source": "own"} for n in ("independence", "connection")]


def _reported(folder: Path, crosswalk: str, links: list[str], terms: list[dict[str, str]] | None) -> list[Diagnostic]:
    codebook = yaml.safe_load((bundled.DATA / "codebook.yaml").read_text(encoding="utf-8"))
    vocabularies = codebook["vocabularies"]
    if terms is not None:
        vocabularies[crosswalk] = {"label": "l", "description": "d", "terms": terms}
    else:
        vocabularies.pop(crosswalk, None)
        for term in vocabularies["outcomes"]["terms"]:
            term.pop(crosswalk, None)
    (home,) = (term for term in vocabularies["outcomes"]["terms"] if term["id"] == HOME)
    vocabularies["outcomes"]["terms"] = [{**home, crosswalk: links}]
    (folder / "codebook.yaml").write_text(yaml.safe_dump(codebook, sort_keys=False), encoding="utf-8")
    (folder / "studies.yaml").write_text("studies:\n" + entry(), encoding="utf-8")
    return [d for d in apply_rules.diagnose_base(discovery.read_base(folder)) if d.code == "CPR204"]


@pytest.mark.parametrize("crosswalk", ["care_act", "ascof", "ascot"])
def test_a_link_to_a_term_is_accepted(crosswalk: str, tmp_path: Path) -> None:
    assert _reported(tmp_path, crosswalk, ["independence", "connection"], TERMS) == []


@pytest.mark.parametrize("crosswalk", ["care_act", "ascof", "ascot"])
def test_a_link_to_no_term_is_reported_with_the_nearest_one(crosswalk: str, tmp_path: Path) -> None:
    (found,) = _reported(tmp_path, crosswalk, ["connection", "independance"], TERMS)
    assert found.pointer == f"/vocabularies/outcomes/terms/0/{crosswalk}"
    assert found.message == f"`independance` is not a term of `{crosswalk}`"
    assert found.hint == "did you mean `independence`?"


def test_a_link_that_resembles_no_term_gets_the_list(tmp_path: Path) -> None:
    (found,) = _reported(tmp_path, "ascof", ["x9"], TERMS)
    assert found.hint == "write one of: independence, connection"


def test_a_link_needs_its_vocabulary(tmp_path: Path) -> None:
    (found,) = _reported(tmp_path, "ascot", ["control"], None)
    assert found.hint == "add the vocabulary `ascot` to the codebook, or delete the link"
