"""The report of ``codebook``: all vocabularies, one vocabulary, or the meanings of one word."""

from typing import Any

from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Codebook, GapRule, Term, Vocabulary
from coprod_review.results.report import Report, Section
from coprod_review.results.table import Table
from coprod_review.text.grammar import capitalise, plural
from coprod_review.text.suggestions import not_found_message


def codebook_report(codebook: Codebook, word: str | None) -> Report:
    """Return all vocabularies, or what a word names: a vocabulary, terms or a gap type.

    Raises ``UnknownName`` with the nearest word.
    """
    if word is None:
        return _all_vocabularies_report(codebook)
    if word in codebook.vocabularies:
        return _vocabulary_report(word, codebook.vocabularies[word])
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
    return _word_report(word, matches, rule)


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


def _spreadsheet(codebook: Codebook) -> Table:
    rows = tuple(
        (name, t.id, t.label, t.definition, t.source) for name, v in codebook.vocabularies.items() for t in v.terms
    )
    return Table("Terms", ("vocabulary", "id", "label", "definition", "source"), rows)


def _vocabulary_report(name: str, vocabulary: Vocabulary) -> Report:
    rows = tuple((t.id, t.definition + _term_notes(t)) for t in vocabulary.terms)
    table = Table("", ("Term", "Meaning"), rows)
    return Report(
        title=f"{vocabulary.label} ({name}): {plural(len(vocabulary.terms), 'term')}",
        lead=(vocabulary.description,),
        sections=(Section("", tables=(table,)),),
        payload=lambda: {
            "vocabulary": name,
            "label": vocabulary.label,
            "terms": [_term_payload(t) for t in vocabulary.terms],
        },
        spreadsheet=lambda: Table(
            "",
            ("id", "label", "definition", "source"),
            tuple((t.id, t.label, t.definition, t.source) for t in vocabulary.terms),
        ),
    )


def _term_notes(term: Term) -> str:
    notes = []
    if term.care_act:
        areas = ", ".join(f"({area})" for area in term.care_act)
        notes.append(f"Care Act: {areas}{', in part' if term.care_act_part else ''}")
    if term.kind:
        notes.append(f"class: {term.kind}")
    if term.part_of:
        notes.append(f"part of {term.part_of}")
    if term.superseded_by:
        notes.append(f"use {term.superseded_by} instead")
    return f" [{'; '.join(notes)}]" if notes else ""


def _word_report(word: str, matches: list[tuple[str, Term]], rule: GapRule | None) -> Report:
    points = tuple(
        f"Term {t.id} ({t.label}) in {name}: {t.definition}.{_term_notes(t)}{_synonyms(t)} Source: {t.source}."
        for name, t in matches
    )
    if rule is not None:
        points += (f"Type of gap {rule.id} ({rule.label}). Rule: {rule.text}. Source: {rule.source}.",)
    payload: dict[str, Any] = {"word": word, "terms": [{"vocabulary": name, **_term_payload(t)} for name, t in matches]}
    if rule is not None:
        payload["gap_rule"] = _rule_payload(rule)
    rows = tuple((name, t.id, t.label, t.definition, t.source) for name, t in matches)
    if rule is not None:
        rows += (("gap_rules", rule.id, rule.label, rule.text, rule.source),)
    return Report(
        title=word,
        sections=(Section("", points=points),),
        payload=lambda: payload,
        spreadsheet=lambda: Table("", ("vocabulary", "id", "label", "definition", "source"), rows),
    )


def _synonyms(term: Term) -> str:
    return f" Also called: {', '.join(term.synonyms)}." if term.synonyms else ""


def _term_payload(term: Term) -> dict[str, Any]:
    return {
        "id": term.id,
        "label": term.label,
        "definition": term.definition,
        "source": term.source,
        "synonyms": list(term.synonyms),
        "superseded_by": term.superseded_by,
        "kind": term.kind,
        "care_act": list(term.care_act),
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
