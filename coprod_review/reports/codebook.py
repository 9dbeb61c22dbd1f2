"""The report of ``codebook``: all vocabularies, one vocabulary, or the meanings of one word."""

from collections.abc import Iterator
from typing import Any

from coprod_review.errors import UnknownName
from coprod_review.model.codebook import CROSSWALKS, Codebook, GapRule, Term, Vocabulary
from coprod_review.phrasing.texts import sentence
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import capitalise, listed, lower_first, plural
from coprod_review.text.suggestions import not_found_message


def codebook_report(codebook: Codebook, word: str | None) -> Report:
    """Return all vocabularies, or what a word names: a vocabulary, terms or a gap type.

    Raises ``UnknownName`` with the nearest word.
    """
    if word is None:
        return _all_vocabularies_report(codebook)
    if word in codebook.vocabularies:
        return _vocabulary_report(word, codebook.vocabularies[word], codebook)
    matches = [
        (name, t) for name, v in codebook.vocabularies.items() for t in v.terms if t.id == word or word in t.synonyms
    ]
    rule = codebook.rule(word)
    if not matches and rule is None:
        terms = [term for v in codebook.vocabularies.values() for term in v.terms]
        ids, synonyms = [term.id for term in terms], [word for term in terms for word in term.synonyms]
        words = [*codebook.vocabularies, *ids, *synonyms, *(r.id for r in codebook.gap_rules)]
        more = "To list all vocabularies, type: coprod-review codebook"
        raise UnknownName(not_found_message(f"The codebook has no term `{word}`", word, words, more))
    return _word_report(word, matches, rule, codebook)


def _all_vocabularies_report(codebook: Codebook) -> Report:
    rows = tuple((name, v.label, len(v.terms)) for name, v in codebook.vocabularies.items())
    rules = tuple((r.id, r.label, capitalise(r.text)) for r in codebook.gap_rules)
    table = Table(
        "Vocabularies",
        ("Name", "Content", "Terms"),
        rows,
        "To list the terms of a vocabulary, type: coprod-review codebook NAME",
    )
    return Report(
        title="Codebook",
        sections=(
            Section(
                "",
                tables=(
                    table,
                    Table("Types of gap, in the order in which reports list them", ("Name", "Label", "Rule"), rules),
                ),
            ),
        ),
        payload=lambda: {
            "vocabularies": {
                n: {"label": v.label, "terms": [_term_payload(t) for t in v.terms]}
                for n, v in codebook.vocabularies.items()
            },
            "gap_rules": [_rule_payload(r) for r in codebook.gap_rules],
        },
        spreadsheet=lambda: _spreadsheet(codebook),
    )


_TERM_COLUMNS = ("id", "label", "definition", "source", "include", "exclude", "example", *CROSSWALKS)


def _term_row(term: Term) -> tuple[Cell, ...]:
    links = (" ".join(term.links(crosswalk)) for crosswalk in CROSSWALKS)
    return term.id, term.label, term.definition, term.source, term.include, term.exclude, term.example, *links


def _spreadsheet(codebook: Codebook) -> Table:
    rows = tuple((name, *_term_row(t)) for name, v in codebook.vocabularies.items() for t in v.terms)
    return Table("Terms", ("vocabulary", *_TERM_COLUMNS), rows)


def _vocabulary_report(name: str, vocabulary: Vocabulary, codebook: Codebook) -> Report:
    return Report(
        title=f"{vocabulary.label} ({name}): {plural(len(vocabulary.terms), 'term')}",
        lead=(vocabulary.description,),
        sections=tuple(_listed_term(term, codebook) for term in vocabulary.terms),
        payload=lambda: {
            "vocabulary": name,
            "label": vocabulary.label,
            "terms": [_term_payload(t) for t in vocabulary.terms],
        },
        spreadsheet=lambda: Table("", _TERM_COLUMNS, tuple(map(_term_row, vocabulary.terms))),
    )


def _listed_term(term: Term, codebook: Codebook) -> Section:
    text = f"{term.id} ({term.label}): {sentence(term.definition)}"
    return Section("", paragraphs=(text,), points=tuple(_notes(term, codebook)))


def _notes(term: Term, codebook: Codebook) -> Iterator[str]:
    """Yield what helps to apply a term: its limits, an example, and its place among other terms and frameworks."""
    notes = {
        "It covers": term.include,
        "It does not cover": term.exclude,
        "Example": term.example,
        **{_name(crosswalk, codebook): _areas(term, crosswalk, codebook) for crosswalk in CROSSWALKS},
        "Class": term.kind,
        "Part of": term.part_of,
        "Use instead": term.superseded_by,
    }
    yield from (f"{name}: {sentence(text)}" for name, text in notes.items() if text)


def _name(vocabulary: str, codebook: Codebook) -> str:
    known = codebook.vocabularies.get(vocabulary)
    return known.label if known else vocabulary


def _areas(term: Term, crosswalk: str, codebook: Codebook) -> str:
    """Return the areas of another framework that an outcome belongs to."""
    areas = [f"{link} ({lower_first(codebook.label(crosswalk, link))})" for link in term.links(crosswalk)]
    in_part = ", in part" if crosswalk == "care_act" and term.care_act_part else ""
    return f"{listed(areas)}{in_part}" if areas else ""


def _word_report(word: str, matches: list[tuple[str, Term]], rule: GapRule | None, codebook: Codebook) -> Report:
    sections = [_term_section(name, term, codebook) for name, term in matches]
    payload: dict[str, Any] = {"word": word, "terms": [{"vocabulary": name, **_term_payload(t)} for name, t in matches]}
    rows = tuple((name, *_term_row(t)) for name, t in matches)
    if rule is not None:
        text = f"Type of gap {rule.id} ({rule.label}). Rule: {rule.text}. Source: {rule.source}."
        sections.append(Section("", paragraphs=(text,)))
        payload["gap_rule"] = _rule_payload(rule)
        cells = rule.id, rule.label, rule.text, rule.source
        rows += (("gap_rules", *cells, *[None] * (len(_TERM_COLUMNS) - len(cells))),)
    return Report(
        title=word,
        sections=tuple(sections),
        payload=lambda: payload,
        spreadsheet=lambda: Table("", ("vocabulary", *_TERM_COLUMNS), rows),
    )


def _term_section(vocabulary: str, term: Term, codebook: Codebook) -> Section:
    also_called = (f"Also called: {sentence(', '.join(term.synonyms))}",) if term.synonyms else ()
    return Section(
        "",
        paragraphs=(f"Term {term.id} ({term.label}) in {vocabulary}: {sentence(term.definition)}",),
        points=(*_notes(term, codebook), *also_called, f"Source: {sentence(term.source)}"),
    )


def _term_payload(term: Term) -> dict[str, Any]:
    return {
        "id": term.id,
        "label": term.label,
        "definition": term.definition,
        "include": term.include,
        "exclude": term.exclude,
        "example": term.example,
        "source": term.source,
        "synonyms": list(term.synonyms),
        "superseded_by": term.superseded_by,
        "kind": term.kind,
        **{crosswalk: list(term.links(crosswalk)) for crosswalk in CROSSWALKS},
        "part_of": term.part_of,
    }


def _rule_payload(rule: GapRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "label": rule.label,
        "rule": rule.text,
        "thresholds": dict(rule.thresholds),
        "source": rule.source,
    }
