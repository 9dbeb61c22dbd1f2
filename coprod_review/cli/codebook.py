"""The command ``codebook``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coprod_review.cli.options import (
    BaseOption,
    FormatOption,
    OutputOption,
    app,
    ask,
    can_ask,
    emit_report,
)
from coprod_review.cli.registered import ListingCommand
from coprod_review.errors import CoprodReviewError

_ADD = "add"
_HOW_TO_ADD = "coprod-review codebook add VOCABULARY ID --label TEXT --definition TEXT"


@app.command(cls=ListingCommand)
def codebook(
    term: Annotated[
        str | None,
        typer.Argument(
            metavar="[TERM]",
            help="The name of a vocabulary, a term or a type of gap, for example designs, trust or thin. With a "
            "vocabulary and an id behind it, the word add adds a term.",
            show_default="a list of all vocabularies",
        ),
    ] = None,
    vocabulary: Annotated[
        str | None, typer.Argument(metavar="[VOCABULARY]", help="After add: the vocabulary that gets a new term.")
    ] = None,
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="After add: the id of the new term.")] = None,
    label: Annotated[str | None, typer.Option(metavar="TEXT", help="After add: the term as reports print it.")] = None,
    definition: Annotated[str | None, typer.Option(metavar="TEXT", help="After add: what the term means.")] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="After add: where the term comes from.", show_default="this base"),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="After add: the class of the term, where all terms of the vocabulary have one, as in designs.",
        ),
    ] = None,
    base: BaseOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Explain terms and types of gap, or add a term to a base.

    One word is explained, also the word add. To add a term at the end of its
    vocabulary, type: codebook add VOCABULARY ID. In a terminal the command asks
    for what the options do not say.
    """
    texts = {"label": label, "definition": definition, "source": source, "kind": kind}
    if vocabulary is None:
        _explain(term, texts, base, format, output)
    elif term == _ADD:
        if format is not None or output is not None:
            raise CoprodReviewError("codebook add writes to the codebook itself: leave out --format and --output.")
        _add(vocabulary, id, texts, base)
    else:
        raise CoprodReviewError(f"codebook explains one word at a time. To add a term, type: {_HOW_TO_ADD}")


def _explain(
    term: str | None, texts: dict[str, str | None], base: Path | None, format: str | None, output: Path | None
) -> None:
    from coprod_review.loading.discovery import read_codebook
    from coprod_review.reports.codebook import codebook_report

    if any(text is not None for text in texts.values()):
        options = ", ".join(f"--{name}" for name, text in texts.items() if text is not None)
        raise CoprodReviewError(f"{options} describes a new term. To add one, type: {_HOW_TO_ADD}")
    emit_report(codebook_report(read_codebook(base), term), format, output)


def _add(vocabulary: str, id: str | None, texts: dict[str, str | None], base: Path | None) -> None:
    from coprod_review.files.writing import replace_texts
    from coprod_review.model.record import NOT_CODED
    from coprod_review.reports import new_term

    own = new_term.read_own_codebook(base)
    identity = _text(id, "ID", f"Id of the new term of {vocabulary}: ")
    new_term.check_id(own, vocabulary, identity)
    kinds = new_term.kinds(own.codebook, vocabulary)
    needs_kind = bool(kinds) and identity != NOT_CODED
    _require_options(texts, ("label", "definition", "kind") if needs_kind else ("label", "definition"))
    label = _text(texts["label"], "--label", "Label, as reports print it: ")
    definition = _text(texts["definition"], "--definition", "Definition: ")
    source = _source(texts["source"])
    kind = texts["kind"]
    if needs_kind or kind is not None:
        kind = new_term.check_kind(own.codebook, vocabulary, _text(kind, "--kind", f"Class ({', '.join(kinds)}): "))
    term = new_term.NewTerm(vocabulary, identity, label, definition, source, kind)
    rewrites = new_term.plan_addition(own, term)
    replace_texts(rewrites)
    typer.echo(new_term.addition_message(own, term, rewrites), err=True, nl=False)


def _require_options(texts: dict[str, str | None], required: tuple[str, ...]) -> None:
    missing = [f"--{name}" for name in required if texts[name] is None]
    if missing and not can_ask():
        raise CoprodReviewError(f"codebook add can ask questions only in a terminal: add {', '.join(missing)}.")


def _source(given: str | None) -> str:
    """Return where the term comes from; without an option or an answer it comes from the base itself."""
    from coprod_review.bibliography.readers.latex import one_line

    if given is not None or not can_ask():
        return _text(given or "this base", "--source", "")
    return one_line(ask("Source (press Enter for this base): ")) or "this base"


def _text(given: str | None, name: str, question: str) -> str:
    """Return a text on one line: what was typed, or the first answer that is not empty."""
    from coprod_review.bibliography.readers.latex import one_line

    if given is None and not can_ask():
        raise CoprodReviewError(f"codebook add can ask questions only in a terminal: add {name}.")
    text = one_line(ask(question) if given is None else given)
    while not text and given is None:
        text = one_line(ask(question))
    if not text:
        raise CoprodReviewError(f"{name} is empty: write a text for it.")
    return text
