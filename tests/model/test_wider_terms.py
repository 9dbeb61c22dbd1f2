"""Wider terms: a filter and a count for a country include its nations, and each study counts once."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coprod_review.errors import UnknownName
from coprod_review.gaps.analyses import currency, matrix
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook, Term, Vocabulary
from coprod_review.model.facets import parse_filter
from coprod_review.model.study import Geography
from coprod_review.phrasing.studies import code_points
from coprod_review.results.table import Count
from coprod_review.validate.rules.vocabulary import codebook_link
from tests.conftest import base_of, entry, study


def _from(number: int, *places: str) -> Any:
    return study(number, geography=Geography(data=places, authors=places))


STUDIES = (_from(1, "England", "Wales"), _from(2, "uk"), _from(3, "Italy"), _from(4), _from(5, "Scotland", "uk"))


def _codebook(**wider: str | None) -> Codebook:
    """A codebook with places that are part of others."""
    terms = tuple(
        Term(id=place, label=place.upper(), definition="A place.", source="own", part_of=part_of)
        for place, part_of in wider.items()
    )
    places = Vocabulary(label="Places", description="Places.", terms=terms)
    return Codebook(vocabularies={"places": places}, gap_rules=())


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("place=uk", [1, 2, 5]),
        ("author-place=uk", [1, 2, 5]),
        ("place!=uk", [3, 4]),
        ("place=uk,Italy", [1, 2, 3, 5]),
        ("place=England", [1]),
        ("place!=England", [2, 3, 4, 5]),
    ],
)
def test_filter_for_a_country_finds_its_nations(text: str, passing: list[int], framework: Framework) -> None:
    condition = parse_filter(text, framework.codebook)
    assert [n for n, one in enumerate(STUDIES, 1) if condition.passes(one, framework.codebook)] == passing
    assert str(condition) == text


def test_parts_are_found_through_other_parts() -> None:
    codebook = _codebook(europe=None, uk="europe", wales="uk", italy="europe")
    assert codebook.parts("places", ["europe"]) == {"uk", "wales", "italy"}
    assert codebook.parts("places", ["uk", "italy"]) == {"wales"}
    assert codebook.with_wider("places", ["wales", "italy", "wales"]) == ("wales", "uk", "europe", "italy")
    assert codebook.with_wider("places", ["elsewhere"]) == ("elsewhere",)


def test_terms_that_are_part_of_each_other_end_nowhere_else() -> None:
    codebook = _codebook(a="b", b="a")
    assert codebook.parts("places", ["a"]) == {"a", "b"}
    assert codebook.with_wider("places", ["a"]) == ("a", "b")


def test_counts_by_place_include_the_parts_once(framework: Framework) -> None:
    table = next(t for t in currency.analyse(STUDIES, framework).tables if t.id == "currency.places")
    counts = {row[0]: row[1].n for row in table.rows if isinstance(row[1], Count)}
    assert counts["United Kingdom (all parts)"] == 3
    assert (counts["England"], counts["Scotland"], counts["Wales"], counts["Not known"]) == (1, 1, 1, 1)


def test_a_crossing_by_place_includes_the_parts_once(framework: Framework) -> None:
    table = matrix.cross_table(STUDIES, framework, "place", "design")
    counts = {name: count.n for name, _, count in table.cells()}
    assert counts["matrix.place-by-design/uk/qualitative"] == 3
    assert counts["matrix.place-by-design/England/qualitative"] == 1
    assert counts["matrix.place-by-design/all/all"] == 4
    assert "United Kingdom (all parts)" in [row[0] for row in table.rows]


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("uk",), "United Kingdom (no part of it is named)"),
        (("uk", "Wales"), "United Kingdom and Wales"),
        (("England",), "England"),
        ((), "not coded"),
    ],
)
def test_one_study_shows_whether_a_nation_is_named(places: tuple[str, ...], words: str, framework: Framework) -> None:
    assert f"Origin of the data: {words}" in code_points(_from(1, *places), framework)


def test_message_for_an_unknown_place_names_the_wider_one(framework: Framework) -> None:
    with pytest.raises(UnknownName) as raised:
        parse_filter("place=Brittain", framework.codebook)
    assert str(raised.value) == (
        "`Brittain` is not one of the terms for place: did you mean `uk`? To find England, Wales, Scotland and "
        "Northern Ireland together, use `uk`. To list all terms, type: coprod-review codebook places"
    )


@pytest.mark.parametrize("text", ["place=wlaes", "sector=helth"])
def test_message_is_silent_where_no_term_is_wider(text: str, framework: Framework) -> None:
    flat = replace(
        framework.codebook, vocabularies={**framework.codebook.vocabularies, **_codebook(wales=None).vocabularies}
    )
    with pytest.raises(UnknownName) as raised:
        parse_filter(text, flat)
    assert "together" not in str(raised.value)
    assert "did you mean" in str(raised.value)


@pytest.mark.parametrize(
    ("places", "messages"),
    [
        ("{id: wales, part_of: uk}, {id: uk}", []),
        (
            "{id: wales, part_of: ku}, {id: uk}",
            ["`wales` is part of `ku`, but that is not another current term of `places`"],
        ),
        (
            "{id: wales, part_of: wales}",
            ["`wales` is part of `wales`, but that is not another current term of `places`"],
        ),
        (
            "{id: wales, part_of: uk}, {id: uk, part_of: wales}",
            ["`wales` is part of `uk`, which is part of `wales`", "`uk` is part of `wales`, which is part of `uk`"],
        ),
    ],
)
def test_wider_terms_must_exist(places: str, messages: list[str], tmp_path: Path) -> None:
    terms = places.replace("}", ", label: A place, definition: A place., source: own}")
    codebook = f"vocabularies:\n  places: {{label: Places, description: Places., terms: [{terms}]}}\ngap_rules: []\n"
    base = base_of(tmp_path, studies="studies:\n" + entry(), codebook=codebook)
    assert [p.message for p in codebook_link.check(base)] == messages


def test_old_code_is_corrected(tmp_path: Path, run: Any) -> None:
    old = entry(more="    geography: {data: [United Kingdom], authors: [Wales, United Kingdom]}  # a comment\n")
    base_of(tmp_path, studies="studies:\n" + old)
    run("validate", tmp_path, "--fix")
    fixed = (tmp_path / "studies.yaml").read_text(encoding="utf-8")
    assert fixed == "studies:\n" + old.replace("United Kingdom", "uk")
    done = run("list", "--base", tmp_path, "--where", "place=uk", "--format", "json")
    assert [one["id"] for one in json.loads(done.out)] == ["kay-2019"]
