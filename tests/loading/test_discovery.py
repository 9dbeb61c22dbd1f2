"""Bases of every layout are read alike, and what is wrong is a value and never a crash."""

from pathlib import Path
from typing import Any

import pytest

import coprod_review
from coprod_review import bundled
from coprod_review.errors import InvalidBase, UnreadableFile
from coprod_review.loading import discovery
from coprod_review.validate import apply_rules, valid_base
from tests.conftest import base_of, entry

STUDIES = "studies:\n" + entry("Kay") + entry("Able", 2020)


def test_python_users_load_a_base_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "studies.yaml").write_text(STUDIES, encoding="utf-8")
    assert [s.id for s in coprod_review.load(tmp_path).studies] == ["kay-2019", "able-2020"]
    assert coprod_review.load().find("kay-2019")


def test_both_layouts_give_the_same_studies(tmp_path: Path) -> None:
    one = base_of(tmp_path / "one", studies=STUDIES)
    single = {f"studies__{n}": _alone(text) for n, text in enumerate((entry("Kay"), entry("Able", 2020)))}
    many = base_of(tmp_path / "many", **single)
    both = base_of(tmp_path / "both", studies="studies:\n" + entry("Kay"), studies__b=_alone(entry("Able", 2020)))
    assert one.studies == many.studies == both.studies


def _alone(text: str) -> str:
    return "\n".join(line[4:] for line in text.split("\n"))


def test_single_file_uses_the_bundled_codebook(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STUDIES, encoding="utf-8")
    base = valid_base.load(path)
    assert base.uses_bundled_codebook
    assert base.framework.codebook.find("levels", "outcome")
    assert "bundled codebook" in run("gaps", "--base", path).out.replace("\n", " ")


def test_invalid_base_points_to_validate(tmp_path: Path) -> None:
    base_of(tmp_path, studies=STUDIES + "  - id: x\n")
    with pytest.raises(InvalidBase, match="coprod-review validate"):
        valid_base.load(tmp_path)


def test_skip_invalid_counts_skipped_entries(tmp_path: Path) -> None:
    broken = "  - id: [\n"
    wrong = entry("Able", 2020, more="    status: activ\n")
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + wrong + broken + entry("Cole", 2021))
    base = valid_base.load(tmp_path, skip_invalid=True)
    assert [s.id for s in base.studies] == ["kay-2019", "cole-2021"]
    assert len(base.skipped) == 2
    assert base.skipped[0] == "able-2020"


def test_leaving_out_a_study_makes_no_new_errors(tmp_path: Path) -> None:
    for part in bundled.DATA.glob("*.yaml"):
        text = part.read_text(encoding="utf-8")
        wrong = text.replace("design: narrative-review", "design: narrativ").replace(
            "id: marshall-2022\n", "id: [marshall-2022\n"
        )
        (tmp_path / part.name).write_text(wrong if part.name == "studies.yaml" else text, encoding="utf-8")
    base = valid_base.load(tmp_path, skip_invalid=True)
    assert len(base.studies) == len(valid_base.load().studies) - 2
    assert set(base.skipped) == {"bester-2022", "marshall-2022"}


def test_a_wrong_codebook_cannot_be_skipped(tmp_path: Path) -> None:
    base_of(tmp_path, studies=STUDIES, codebook="vocabularies: {}\n")
    for skip in (False, True):
        with pytest.raises(InvalidBase) as refused:
            valid_base.load(tmp_path, skip_invalid=skip)
        # Where leaving out entries cannot help, nobody is sent to try it.
        assert "--skip-invalid" not in str(refused.value)


def test_no_skip_advice_if_nothing_remains(tmp_path: Path) -> None:
    base_of(tmp_path, studies="studies: []\n")
    with pytest.raises(InvalidBase, match=r"coprod-review validate [^;]+\.$"):
        valid_base.load(tmp_path)


def test_no_skip_advice_for_other_files(tmp_path: Path) -> None:
    benchmarks = (bundled.DATA / "benchmarks.yaml").read_text(encoding="utf-8").replace("value: 18.3", "value: nine", 1)
    base_of(tmp_path, studies=STUDIES, benchmarks=benchmarks)
    with pytest.raises(InvalidBase, match=r"coprod-review validate [^;]+\.$"):
        valid_base.load(tmp_path)


def test_missing_term_is_reported_at_each_use(tmp_path: Path) -> None:
    text = (
        (bundled.DATA / "codebook.yaml")
        .read_text(encoding="utf-8")
        .replace("- id: qualitative\n", "- id: other-word\n")
    )
    base = base_of(tmp_path, studies=STUDIES, codebook=text)
    found = [d for d in apply_rules.diagnose_base(base) if d.code == "CPR201"]
    assert [d.value for d in found] == ["qualitative", "qualitative"]


def test_missing_vocabulary_is_reported(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies=STUDIES, codebook="vocabularies: {}\ngap_rules: []\n")
    assert any("has no vocabulary `designs`" in d.hint for d in apply_rules.diagnose_base(base))


@pytest.mark.parametrize("name", ["absent", "empty"])
def test_a_path_without_studies_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile):
        discovery.read_base(tmp_path / name)


def test_a_base_of_no_studies_is_refused(tmp_path: Path) -> None:
    base_of(tmp_path, studies="studies: []\n")
    with pytest.raises(InvalidBase, match="no studies"):
        valid_base.load(tmp_path)


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    texts = {f"studies__{f.lower()}": _alone(entry(f)) for f in ("Zed", "Able", "Mill")}
    forward = base_of(tmp_path / "a", **texts)
    backward = base_of(tmp_path / "b", **dict(reversed(texts.items())))
    assert forward.studies == backward.studies


def test_bare_dates_are_allowed_in_date_fields_only(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies=STUDIES + entry("Day", 2021, more="    study_family: 2026-01-01\n"))
    assert [d.code for d in apply_rules.diagnose_base(base)] == ["CPR003"]


def test_every_skipped_entry_is_listed(tmp_path: Path) -> None:
    text = "studies:\n" + entry("Kay") + "  - just text\n" + "studies:\n" + entry("Able", 2020)
    base_of(tmp_path, studies=text, studies__x="title: no study\n")
    base = valid_base.load(tmp_path, skip_invalid=True)
    assert [s.id for s in base.studies] == ["kay-2019"]
    places = [name.rpartition("/")[2] for name in base.skipped]
    assert places == ["studies.yaml:11", "studies.yaml:10", "x.yaml:1"]


def test_skipped_study_in_a_file_of_its_own_is_named_once(tmp_path: Path) -> None:
    wrong = entry("Day", 2021, more="    status: activ\n")
    base_of(tmp_path, studies=STUDIES, studies__x=_alone(wrong))
    assert valid_base.load(tmp_path, skip_invalid=True).skipped == ("day-2021",)


def test_symlinked_part_has_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text((bundled.DATA / "codebook.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    base = base_of(tmp_path / "base", studies=STUDIES)
    (tmp_path / "base" / "codebook.yaml").symlink_to("../words.yaml")
    linked = discovery.read_base(tmp_path / "base")
    assert (base.uses_bundled_codebook, linked.uses_bundled_codebook) == (True, False)
    assert apply_rules.diagnose_base(linked) == []


def test_a_study_named_like_a_part_is_a_study(tmp_path: Path) -> None:
    base = base_of(tmp_path, studies="studies:\n" + entry("Kay"), studies__review=_alone(entry("Able", 2020)))
    assert [s.id for s in base.studies] == ["kay-2019", "able-2020"]


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ('issued: "2019"', ["CPR101", "CPR309"]),
        ("issued: 2019, volum: x", ["CPR102", "CPR309"]),
        ("issued: [2019]", ["CPR101"]),
        ("isued: 2019", ["CPR102", "CPR309"]),
    ],
)
def test_obvious_mistakes_do_not_hide_other_checks(wrong: str, codes: list[str], tmp_path: Path) -> None:
    text = "studies:\n" + entry(more="    cited_via: kay-2019\n")
    base = base_of(tmp_path, studies=text.replace("issued: 2019", wrong))
    assert [d.code for d in apply_rules.diagnose_base(base)] == codes
    assert base.studies == ()


@pytest.mark.parametrize(("field", "term"), [("definition", "bth"), ("status", "gone")])
def test_unknown_term_message_names_term_and_field(field: str, term: str, tmp_path: Path) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(more=f"    {field}: {term}\n"))
    with pytest.raises(InvalidBase, match=f"`{term}` is not a term for `{field}`"):
        valid_base.load(tmp_path)
