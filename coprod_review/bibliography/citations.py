"""Citations and references, formatted once, so that they are the same in every format of a document.

A style is one of ``STYLES`` or any CSL file. Works that would read the same are told apart by letters after the year,
over the whole base, so that a work reads the same in every document made from it. A work that is known only through
another is cited as such.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coprod_review import bundled
from coprod_review.bibliography import status_notes
from coprod_review.errors import CoprodReviewError, UnknownName
from coprod_review.model.study import Study
from coprod_review.text.escaping import visible
from coprod_review.text.suggestions import not_found_message

if TYPE_CHECKING:
    from coprod_review.bibliography.citeproc import Work

STYLES: Mapping[str, str] = {"harvard": "harvard.csl", "vancouver": "vancouver.csl"}
"""Styles by name, with their files; the first is used where none is named."""


class StyleError(CoprodReviewError):
    """A citation style is unknown, or its file is none that can be used."""


class TextRun(NamedTuple):
    """A piece of a formatted reference; text alone, never markup."""

    text: str
    emphasis: bool = False


class CitationCluster(NamedTuple):
    """Several works cited in one place, each with its own text, so that each can be a link."""

    prefix: str = ""
    items: tuple[tuple[str, str], ...] = ()
    """Ids of studies, each with its text, in the order of the style."""
    delimiter: str = ""
    suffix: str = ""


def style_file(style: str | Path) -> Path:
    """Return the file of a style by name or path. Raises ``StyleError`` for what is neither a name nor like a path."""
    name = str(style)
    if name in STYLES:
        return bundled.TEMPLATES / "csl" / STYLES[name]
    if name != Path(name).stem or os.path.lexists(name):
        return Path(name)
    more = f"Name one of {', '.join(STYLES)}, or the path of a CSL file."
    raise StyleError(not_found_message(f"There is no citation style {visible(name)}", name, STYLES, more))


class CitationFormatter:
    """The studies of a base as one style has them."""

    def __init__(self, studies: Iterable[Study], style: str | Path = "harvard") -> None:
        """Take every study of a base, and the name or CSL file of a style. Raises ``StyleError``."""
        from coprod_review.bibliography.citeproc import Style  # slow to import

        self._studies = {study.id: study for study in studies}
        self._places = {identity: place for place, identity in enumerate(self._studies)}
        self._numbers: dict[str, int] = {}
        self._works: dict[str, Work] = {}
        self._shorts: dict[str, str] = {}
        self._style = Style(style_file(style))
        self.numbered: bool = self._style.numbered
        """Whether works are cited by number."""

    def cite(self, ids: Sequence[str]) -> CitationCluster:
        """Studies cited in one place, each once. Raises ``UnknownName`` and ``StyleError``."""
        texts = {identity: self._cited(self._study(identity)) for identity in ids}
        if not texts:
            return CitationCluster()
        ordered = self._style.in_citation(map(self._work, texts))
        second_hand = any(self._studies[identity].cited_via for identity in texts)
        items = tuple((work.key, texts[work.key]) for work in ordered)
        return CitationCluster(self._style.prefix, items, self._style.delimiter(within=second_hand), self._style.suffix)

    def reference(self, identity: str) -> tuple[TextRun, ...]:
        """The entry of a study in the list of references. Raises ``UnknownName`` and ``StyleError``."""
        study = self._study(identity)
        pieces = [TextRun(text, emphasis) for text, emphasis in self._style.entry(self._work(identity))]
        for more in self._said_of(study):
            ended = not pieces or pieces[-1].text.endswith((".", "?", "!"))
            pieces.append(TextRun(f"{' ' if ended else '. '}{more}."))
        return tuple(pieces)

    def order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Studies in the order of the list of references, with those through which they are known.

        By number in a numbered style; a study without one is given the next.
        """
        held = dict.fromkeys(source for identity in ids for source in self._with_sources(identity))
        works = [self._work(identity) for identity in held]
        if self.numbered:
            return tuple(sorted(held, key=self._numbers.__getitem__))
        works.sort(key=lambda work: self._places[work.key])
        return tuple(work.key for work in self._style.in_list(works))

    # --- one study ------------------------------------------------------------------

    def _study(self, identity: str) -> Study:
        if identity not in self._studies:
            more = "coprod-review list shows every study."
            raise UnknownName(
                not_found_message(f"There is no study {visible(identity)}", identity, self._studies, more)
            )
        return self._studies[identity]

    def _work(self, identity: str) -> "Work":
        """A study as the style takes it; in a numbered style it has its number from now on."""
        if identity not in self._works:
            number = self._numbers.setdefault(identity, len(self._numbers) + 1)
            self._works[identity] = self._style.work(self._study(identity), number, self._letters.get(identity, ""))
        return self._works[identity]

    def _cited(self, study: Study) -> str:
        text = self._short(study.id)
        return f"{text}, cited in {self._short(study.cited_via)}" if study.cited_via else text

    def _short(self, identity: str) -> str:
        """A study in a citation; its id where the style has nothing to say of it."""
        if identity not in self._studies:
            return visible(identity)
        if identity not in self._shorts:
            self._shorts[identity] = self._style.short(self._work(identity)) or visible(identity)
        return self._shorts[identity]

    def _said_of(self, study: Study) -> Iterator[str]:
        """What a reader must know of a work beside where it is found."""
        if study.cited_via:
            yield f"Cited in: {'reference ' * self.numbered}{self._short(study.cited_via)}"
        if status_notes.status_note(study):
            yield visible(status_notes.status_note(study))

    def _with_sources(self, identity: str) -> Iterator[str]:
        """A study, and the one that it is cited through, and so on."""
        seen: dict[str, None] = {}
        while identity not in seen:
            seen[identity] = None
            via = self._study(identity).cited_via
            identity = via if via in self._studies else identity
        yield from seen

    # --- letters ----------------------------------------------------------------------

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        """Letters after the year, by study, for works that read the same without them, in the order of titles."""
        if self.numbered:
            return {}
        likely = sorted(self._studies.values(), key=_alike)
        groups = [list(group) for _, group in groupby(likely, key=_alike)]
        return {i: letter for group in groups if len(group) > 1 for i, letter in self._told_apart(group)}

    def _told_apart(self, studies: Sequence[Study]) -> Iterator[tuple[str, str]]:
        reads = {s.id: self._style.short(self._style.work(s, 0, "")).casefold() for s in studies}
        ordered = sorted(studies, key=lambda s: (reads[s.id], s.citation.title.casefold(), s.id))
        for _, group in groupby(ordered, key=lambda s: reads[s.id]):
            same = list(group)
            yield from ((s.id, _letter(n)) for n, s in enumerate(same) if len(same) > 1)


def _alike(study: Study) -> tuple[str, int]:
    """What works that read the same have in common: the first author and the year."""
    first = next(iter(study.citation.author), None)
    name = (first.literal or first.family or first.given or "") if first else ""
    return " ".join(name.split()).casefold(), study.year if study.year is not None else -1


def _letter(place: int) -> str:
    """From a to z, then aa, ab and so on."""
    more, rest = divmod(place, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + rest)
