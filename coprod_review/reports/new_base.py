"""The files of a new evidence base that ``init`` writes, and its message about them."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coprod_review import bundled
from coprod_review.bibliography.readers.latex import one_line
from coprod_review.errors import CoprodReviewError
from coprod_review.loading.assembly import bundled_codebook
from coprod_review.loading.files import display_path
from coprod_review.loading.texts import read_text
from coprod_review.migration.registry import CURRENT
from coprod_review.model.codebook import as_term_id, is_term_id
from coprod_review.source.scalars import yaml_scalar
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import capitalise, listed
from coprod_review.text.suggestions import did_you_mean
from coprod_review.text.templates import environment

_TEMPLATES: Mapping[str, str] = {
    "base.yaml": "base/base.yaml.j2",
    "codebook.yaml": "base/codebook.yaml.j2",
    "studies.yaml": "base/studies.yaml.j2",
    "README.md": "base/README.md.j2",
    ".github/workflows/evidence.yml": "base/evidence.yml.j2",
    ".pre-commit-config.yaml": "base/pre-commit-config.yaml.j2",
}
"""The files of a new base, each with its template."""
_GENERAL_DOMAIN = "general"


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term of the new codebook."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class NewTerms:
    """The terms that a person named for a new codebook."""

    stakeholders: tuple[NewTerm, ...]
    outcomes: tuple[NewTerm, ...]

    @property
    def domains(self) -> tuple[NewTerm, ...]:
        """The domains to which the outcomes belong, each once."""
        ids = dict.fromkeys(outcome.id.rpartition(".")[0] for outcome in self.outcomes)
        return tuple(NewTerm(domain, _domain_label(domain.rpartition(".")[2])) for domain in ids)


@dataclass(frozen=True, slots=True)
class BaseRequest:
    """What a new base is to be about."""

    subject: str
    field: NewTerm
    terms: NewTerms | None
    """The terms of its codebook; ``None`` for a copy of the bundled codebook."""


# --- answers --------------------------------------------------------------------------


def parse_text(answer: str) -> str:
    """Return a subject on one line. Raises ``CoprodReviewError`` where it contains no word."""
    text = one_line(answer)
    if not any(character.isalnum() for character in text):
        raise CoprodReviewError("The subject is empty: write it in a few words, for example free school meals.")
    return text


def parse_field(answer: str) -> NewTerm:
    """Return a field as a term. Raises ``CoprodReviewError`` where no id can be made of it."""
    return _term(one_line(answer), "field", "education")


def parse_bundled_field(answer: str) -> NewTerm:
    """Return a field that the bundled codebook has among its sectors. Raises ``CoprodReviewError`` for another one."""
    words, sectors = one_line(answer), bundled_codebook().terms("sectors")
    for sector in sectors:
        if words.casefold() in (word.casefold() for word in (sector.id, sector.label, *sector.synonyms)):
            return NewTerm(sector.id, sector.label)
    near = did_you_mean(words, [sector.id for sector in sectors])
    raise CoprodReviewError(
        f"`{visible(words[:80])}` is not a sector of the bundled codebook: {f'{near} ' if near else ''}"
        f"Choose one of {', '.join(sector.id for sector in sectors)}."
    )


def parse_stakeholders(answer: str) -> tuple[NewTerm, ...]:
    """Return stakeholder groups as terms, each once. Raises ``CoprodReviewError`` for an empty list."""
    groups = [_term(words, "stakeholder group", "pupils") for words in _listed_words(answer)]
    return _each_once(groups, "Name at least one stakeholder group, for example pupils, teachers.")


def parse_outcomes(answer: str, stakeholders: Sequence[NewTerm]) -> tuple[NewTerm, ...]:
    """Return outcomes as terms with ids of the form group.domain.outcome, each once.

    An outcome without a group belongs to the first group, and one without a domain to a domain ``general``. Raises
    ``CoprodReviewError`` for an empty list, or for an outcome of a group that was not named.
    """
    outcomes = [_outcome(words, stakeholders) for words in _listed_words(answer)]
    example = f"{stakeholders[0].id}.learning.reading"
    return _each_once(outcomes, f"Name at least one outcome, for example {example}.")


def _outcome(words: str, stakeholders: Sequence[NewTerm]) -> NewTerm:
    parts = [_term(part, "part of an outcome", "reading") for part in words.split(".")]
    if len(parts) > 3:
        raise CoprodReviewError(f"`{words}` has {len(parts)} parts: write an outcome as group.domain.outcome.")
    *above, outcome = parts
    group = above[0] if above else stakeholders[0]
    domain = above[1].id if len(above) > 1 else _GENERAL_DOMAIN
    groups = [stakeholder.id for stakeholder in stakeholders]
    if group.id not in groups:
        near = did_you_mean(group.id, groups)
        advice = f"{near} " if near else ""
        raise CoprodReviewError(
            f"`{words}` begins with `{group.id}`, which is not a stakeholder group: {advice}"
            f"The groups are {', '.join(groups)}."
        )
    return NewTerm(f"{group.id}.{domain}.{outcome.id}", outcome.label)


def _listed_words(answer: str) -> list[str]:
    return [words.strip() for words in one_line(answer).split(",") if words.strip()]


def _each_once(terms: Iterable[NewTerm], advice: str) -> tuple[NewTerm, ...]:
    by_id: dict[str, NewTerm] = {}
    for term in terms:
        by_id.setdefault(term.id, term)
    if not by_id:
        raise CoprodReviewError(advice)
    return tuple(by_id.values())


def _term(words: str, kind: str, example: str) -> NewTerm:
    """Return words as a term: ``Unpaid carers`` gets the id ``unpaid-carers``."""
    identity = as_term_id(words)
    if not is_term_id(identity):
        raise CoprodReviewError(
            f"`{visible(words[:80])}` cannot be the id of a {kind}: write it with letters from a to z and digits, "
            f"for example {example}. You can change its label afterwards."
        )
    return NewTerm(identity, _label(words))


def _domain_label(domain: str) -> str:
    return "General outcomes" if domain == _GENERAL_DOMAIN else _label(domain)


def _label(words: str) -> str:
    return capitalise(words.replace("-", " ").replace("_", " "))


# --- files ----------------------------------------------------------------------------


def require_no_base(folder: Path) -> None:
    """Raise ``CoprodReviewError`` where a folder has a base, or a file that ``init`` would write."""
    name = display_path(folder)
    for part in ("base.yaml", "studies.yaml", "studies"):
        if _exists(folder / part):
            raise CoprodReviewError(f"{name} already holds a base, because it has {part}: choose another folder.")
    for file in _TEMPLATES:
        if _exists(folder / file):
            raise CoprodReviewError(
                f"{display_path(folder / file)} exists already, and init never overwrites a file: "
                "choose another folder."
            )
    if _exists(folder) and not folder.is_dir():
        raise CoprodReviewError(f"{name} is not a folder: choose another name.")


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError as error:
        reason = (error.strerror or "no such place").lower()
        raise CoprodReviewError(f"{display_path(path)} cannot be used: {reason}.") from None


def base_texts(folder: Path, request: BaseRequest, today: date) -> Mapping[Path, str]:
    """Return the texts of the files of a new base, by their paths."""
    jinja = environment()
    jinja.filters["yaml"] = yaml_scalar
    values = _values(request, today)
    texts = {file: jinja.get_template(template).render(**values) for file, template in _TEMPLATES.items()}
    if request.terms is None:
        texts["codebook.yaml"] = _bundled_codebook_text()
    return {folder / file: text for file, text in texts.items()}


def _values(request: BaseRequest, today: date) -> Mapping[str, object]:
    """Return what the templates print."""
    terms = request.terms
    subject = NewTerm(as_term_id(request.subject), capitalise(request.subject))
    practice = subject if is_term_id(subject.id) else NewTerm("subject", subject.label)
    return {
        "name": practice.id,
        "subject": request.subject,
        "subject_label": subject.label,
        "field": request.field.label,
        "sector": request.field,
        "practice": practice if terms else NewTerm(bundled_codebook().terms("practices")[0].id, ""),
        "stakeholders": terms.stakeholders if terms else (),
        "domains": terms.domains if terms else (),
        "outcomes": terms.outcomes if terms else (),
        "outcome": terms.outcomes[0].id if terms else bundled_codebook().terms("outcomes")[0].id,
        "schema": CURRENT,
        "today": today.isoformat(),
        "year": today.year,
    }


def _bundled_codebook_text() -> str:
    """Return the bundled codebook without the comment that leads an editor to a schema beside the bundled base."""
    text = read_text(bundled.DATA / "codebook.yaml").original
    first, _, others = text.partition("\n")
    return others if first.startswith("# yaml-language-server:") else text


def new_base_message(folder: Path, request: BaseRequest, files: Iterable[Path]) -> str:
    """Return what was written, what was decided for outcomes without a group or domain, and the next steps."""
    place = shlex.quote(display_path(folder))
    names = listed([file.relative_to(folder).as_posix() for file in files])
    steps = f"coprod-review validate {place}\n  coprod-review gaps --base {place}"
    outcomes = f"Outcomes: {listed([o.id for o in request.terms.outcomes])}.\n" if request.terms else ""
    return visible(
        f"{display_path(folder)} is now an evidence base with one invented example study. Written: {names}.\n"
        f"{outcomes}Read README.md in it first. To check the base and to see its gaps, type:\n  {steps}\n",
        breaks=True,
    )
