"""The command ``init``."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from coprod_review.cli.options import app, ask, can_ask
from coprod_review.errors import CoprodReviewError

if TYPE_CHECKING:
    from coprod_review.reports.new_base import BaseRequest

Parsed = TypeVar("Parsed")


class Codebook(StrEnum):
    """Codebooks that a new base can take over."""

    COPROD = "coprod"


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the new base. It is made if it does not exist.")],
    subject: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the studies examine, for example free school meals.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The field that the studies are about, for example education.")
    ] = None,
    stakeholders: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Whose outcomes count, with commas, for example pupils,teachers."),
    ] = None,
    outcomes: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="Outcomes in the form group.domain.outcome, with commas, for example "
            "pupils.learning.reading,teachers.work.workload. An outcome without a group belongs to the first group. "
            "An outcome without a domain belongs to the domain general.",
        ),
    ] = None,
    like: Annotated[
        Codebook | None,
        typer.Option(
            metavar="NAME",
            help="Take over the codebook of the bundled base (coprod), instead of naming stakeholders and outcomes.",
        ),
    ] = None,
) -> None:
    """Start an evidence base of your own.

    The command asks for what the options do not say: subject, field,
    stakeholders and outcomes. It never changes a file.
    """
    from datetime import UTC, datetime

    from coprod_review.files.writing import create_texts
    from coprod_review.reports import new_base

    new_base.require_no_base(folder)
    given = {"subject": subject, "field": field, "stakeholders": stakeholders, "outcomes": outcomes}
    request = _request_like_bundled(given) if like else _request(given)
    texts = new_base.base_texts(folder, request, datetime.now(UTC).date())
    create_texts(texts)
    typer.echo(new_base.new_base_message(folder, request, texts), err=True, nl=False)


def _request(given: dict[str, str | None]) -> BaseRequest:
    from coprod_review.reports.new_base import (
        BaseRequest,
        NewTerms,
        parse_field,
        parse_outcomes,
        parse_stakeholders,
        parse_text,
    )

    _require_terminal(given)
    subject = _answer(given["subject"], "Subject, for example free school meals: ", parse_text)
    field = _answer(given["field"], "Field, for example education: ", parse_field)
    groups = _answer(given["stakeholders"], "Whose outcomes count, for example pupils, teachers: ", parse_stakeholders)
    question = f"Outcomes as group.domain.outcome, for example {groups[0].id}.learning.reading: "
    outcomes = _answer(given["outcomes"], question, lambda answer: parse_outcomes(answer, groups))
    return BaseRequest(subject, field, NewTerms(groups, outcomes))


def _request_like_bundled(given: dict[str, str | None]) -> BaseRequest:
    from coprod_review.reports.new_base import BaseRequest, parse_bundled_field, parse_text

    for name in ("stakeholders", "outcomes"):
        if given.pop(name) is not None:
            raise CoprodReviewError(
                f"--like takes over a codebook that has {name} already: leave out --{name}, or leave out --like."
            )
    _require_terminal(given)
    subject = _answer(given["subject"], "Subject, for example free school meals: ", parse_text)
    field = _answer(
        given["field"], "Field, a sector of the bundled codebook such as social-care: ", parse_bundled_field
    )
    return BaseRequest(subject, field, None)


def _require_terminal(given: dict[str, str | None]) -> None:
    missing = [f"--{name}" for name, value in given.items() if value is None]
    if missing and not can_ask():
        raise CoprodReviewError(f"init can ask questions only in a terminal: add {', '.join(missing)}.")


def _answer(given: str | None, question: str, parse: Callable[[str], Parsed]) -> Parsed:
    """Return what an option says, or the first answer to a question that is right."""
    if given is not None:
        return parse(given)
    while True:
        try:
            return parse(ask(question))
        except CoprodReviewError as error:
            typer.echo(str(error), err=True)
