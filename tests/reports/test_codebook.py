"""What ``codebook`` prints of a term: its limits, an example, and its place in other frameworks."""

from typing import Any

from coprod_review.model.codebook import Codebook, GapRule, Term, Vocabulary
from coprod_review.render import terminal
from coprod_review.reports.codebook import codebook_report

WIDTH = 80


def _vocabulary(label: str, *terms: Term) -> Vocabulary:
    return Vocabulary(label=label, description="What they describe.", terms=terms)


def _term(name: str, label: str, **changes: Any) -> Term:
    return Term(**{"id": name, "label": label, "definition": f"About {label.lower()}", "source": "own", **changes})


HOME = _term(
    "people.living.home",
    "Suitable home",
    definition="Where someone lives suits them better.",
    include="Staying in the own home, where a move to a care home was the only other way of getting enough support",
    exclude="A new job; use people.opportunity.work",
    example="Three people moved into flats that they had chosen",
    synonyms=("housing", "accommodation"),
    care_act=("a", "h"),
    care_act_part=True,
    ascof=("independence",),
    ascot=("accommodation", "control"),
)
PLAIN = _term("people.living.travel", "Travel", kind="outcome")
OLD = _term("people.living.flat", "Flat", superseded_by="people.living.home")
CODEBOOK = Codebook(
    vocabularies={
        "outcomes": _vocabulary("Outcomes", HOME, PLAIN, OLD),
        "care_act": _vocabulary("Areas of wellbeing", _term("a", "Personal dignity"), _term("h", "Living places")),
        "ascof": _vocabulary("ASCOF objectives", _term("independence", "Independence")),
        "ascot": _vocabulary("ASCOT domains", _term("accommodation", "Accommodation"), _term("control", "Control")),
    },
    gap_rules=(GapRule(id="none", label="No evidence", rule="no study", source="own", robinson="none"),),
)


def _printed(word: str) -> str:
    text = terminal.render(codebook_report(CODEBOOK, word))
    assert max(map(len, text.splitlines())) <= WIDTH
    return text


def test_one_term_is_explained_in_full() -> None:
    assert _printed("people.living.home") == (
        "people.living.home\n"
        "\n"
        "Term people.living.home (Suitable home) in outcomes: Where someone lives suits\n"
        "them better.\n"
        "- It covers: Staying in the own home, where a move to a care home was the only\n"
        "  other way of getting enough support.\n"
        "- It does not cover: A new job; use people.opportunity.work.\n"
        "- Example: Three people moved into flats that they had chosen.\n"
        "- Areas of wellbeing: a (personal dignity) and h (living places), in part.\n"
        "- ASCOF objectives: independence (independence).\n"
        "- ASCOT domains: accommodation (accommodation) and control (control).\n"
        "- Also called: housing, accommodation.\n"
        "- Source: own.\n"
    )


def test_a_vocabulary_lists_each_term_with_its_limits_and_links() -> None:
    text = _printed("outcomes")
    assert text.startswith("Outcomes (outcomes): 3 terms\nWhat they describe.\n\npeople.living.home (Suitable home): ")
    assert "\n- It does not cover: A new job; use people.opportunity.work.\n" in text
    assert "\n- ASCOT domains: accommodation (accommodation) and control (control).\n" in text
    assert "\n\npeople.living.travel (Travel): About travel.\n- Class: outcome.\n" in text
    assert text.endswith("people.living.flat (Flat): About flat.\n- Use instead: people.living.home.\n")
    assert "Also called" not in text


def test_programs_get_the_limits_and_links_of_a_term() -> None:
    (term,) = codebook_report(CODEBOOK, "people.living.home").payload()["terms"]
    assert (term["include"], term["exclude"], term["example"]) == (HOME.include, HOME.exclude, HOME.example)
    assert (term["care_act"], term["ascof"], term["ascot"]) == (
        ["a", "h"], ["independence"], ["accommodation", "control"],
    )  # fmt: skip


def test_every_spreadsheet_has_a_cell_in_every_column() -> None:
    for word in (None, "outcomes", "people.living.home", "none"):
        table = codebook_report(CODEBOOK, word).spreadsheet()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
    row = codebook_report(CODEBOOK, "people.living.home").spreadsheet().rows[0]
    assert row[-3:] == ("a h", "independence", "accommodation control")


def test_a_type_of_gap_is_explained() -> None:
    assert _printed("none") == "none\n\nType of gap none (No evidence). Rule: no study. Source: own.\n"
