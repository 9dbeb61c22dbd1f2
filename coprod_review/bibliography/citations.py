"""Citations and references, formatted once, so that they are the same in every format of a document.

A style is one of ``STYLES`` or any CSL file. Letters after the year tell works apart that would read the same. They
depend on the whole base, so that a work has the same citation in every document. A work that is known only through
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
"""Files of the styles by their names; the first is the default."""


class StyleError(CoprodReviewError):
    """A citation style is unknown, or its file cannot be used."""


class TextRun(NamedTuple):
    """A piece of a formatted reference; the text is plain and holds no markup."""

    text: str
    emphasis: bool = False


class CitationCluster(NamedTuple):
    """Several works cited in one place, each with its own text so that each can be a link."""

    prefix: str = ""
    items: tuple[tuple[str, str], ...] = ()
    """Ids of studies with their texts, in the order of the style."""
    delimiter: str = ""
    suffix: str = ""


def style_file(style: str | Path) -> Path:
    """Return the file of a style by name or path. Raises ``StyleError`` for what is neither a name nor like a path."""
    name = str(style)
    if name in STYLES:
        return bundled.TEMPLATES / "csl" / STYLES[name]
    if name != Path(name).stem or os.path.lexists(name):
        return Path(name)
    more = f"Name a CSL file, or one of these styles: {', '.join(STYLES)}."
    raise StyleError(not_found_message(f"There is no citation style {visible(name)}", name, STYLES, more))


class CitationFormatter:
    """Formats the studies of a base in one style."""

    def __init__(self, studies: Iterable[Study], style: str | Path = "harvard") -> None:
        """Take every study of a base, and the name or CSL file of a style. Raises ``StyleError``."""
        from coprod_review.bibliography.citeproc import Style  # slow to import

        self._studies = {study.id: study for study in studies}
        self._positions = {identity: position for position, identity in enumerate(self._studies)}
        self._numbers: dict[str, int] = {}
        self._works: dict[str, Work] = {}
        self._shorts: dict[str, str] = {}
        self._style = Style(style_file(style))
        self.numbered: bool = self._style.numbered
        """Whether works are cited by number."""

    def cite(self, ids: Sequence[str]) -> CitationCluster:
        """Cite studies in one place, each once. Raises ``UnknownName`` and ``StyleError``."""
        texts = {identity: self._citation_text(self._study(identity)) for identity in ids}
        if not texts:
            return CitationCluster()
        ordered = self._style.in_citation(map(self._work, texts))
        second_hand = any(self._studies[identity].cited_via for identity in texts)
        items = tuple((work.key, texts[work.key]) for work in ordered)
        return CitationCluster(self._style.prefix, items, self._style.delimiter(within=second_hand), self._style.suffix)

    def reference(self, identity: str) -> tuple[TextRun, ...]:
        """Return the entry of a study in the list of references. Raises ``UnknownName`` and ``StyleError``."""
        study = self._study(identity)
        runs = [TextRun(text, emphasis) for text, emphasis in self._style.entry(self._work(identity))]
        for note in self._notes_for_readers(study):
            ends_sentence = not runs or runs[-1].text.endswith((".", "?", "!"))
            runs.append(TextRun(f"{' ' if ends_sentence else '. '}{note}."))
        return tuple(runs)

    def order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return studies in the order of the list of references, with those through which they are known.

        A numbered style orders them by number; a study without a number gets the next.
        """
        identities = dict.fromkeys(source for identity in ids for source in self._with_citing_works(identity))
        works = [self._work(identity) for identity in identities]
        if self.numbered:
            return tuple(sorted(identities, key=self._numbers.__getitem__))
        works.sort(key=lambda work: self._positions[work.key])
        return tuple(work.key for work in self._style.in_list(works))

    # --- one study ------------------------------------------------------------------

    def _study(self, identity: str) -> Study:
        if identity not in self._studies:
            more = "Run `coprod-review list` to see every study."
            raise UnknownName(
                not_found_message(f"There is no study {visible(identity)}", identity, self._studies, more)
            )
        return self._studies[identity]

    def _work(self, identity: str) -> "Work":
        """Return a study as the style needs it; in a numbered style this gives the study its number."""
        if identity not in self._works:
            number = self._numbers.setdefault(identity, len(self._numbers) + 1)
            self._works[identity] = self._style.work(
                self._study(identity), number, self._year_letters.get(identity, "")
            )
        return self._works[identity]

    def _citation_text(self, study: Study) -> str:
        text = self._short(study.id)
        return f"{text}, cited in {self._short(study.cited_via)}" if study.cited_via else text

    def _short(self, identity: str) -> str:
        """Return the text of a study in a citation; its id where the style gives no text."""
        if identity not in self._studies:
            return visible(identity)
        if identity not in self._shorts:
            self._shorts[identity] = self._style.short(self._work(identity)) or visible(identity)
        return self._shorts[identity]

    def _notes_for_readers(self, study: Study) -> Iterator[str]:
        """Yield what readers must know about a work, besides where to find it."""
        if study.cited_via:
            yield f"Cited in: {'reference ' * self.numbered}{self._short(study.cited_via)}"
        if status_notes.status_note(study):
            yield visible(status_notes.status_note(study))

    def _with_citing_works(self, identity: str) -> Iterator[str]:
        """Yield a study, the study that it is cited through, and so on."""
        chain: dict[str, None] = {}
        while identity not in chain:
            chain[identity] = None
            via = self._study(identity).cited_via
            identity = via if via in self._studies else identity
        yield from chain

    # --- letters ----------------------------------------------------------------------

    @cached_property
    def _year_letters(self) -> Mapping[str, str]:
        """Letters after the year for studies that would read the same without them, in the order of their titles."""
        if self.numbered:
            return {}
        studies = sorted(self._studies.values(), key=_first_author_and_year)
        groups = [list(group) for _, group in groupby(studies, key=_first_author_and_year)]
        return {i: letter for group in groups if len(group) > 1 for i, letter in self._letters_of_group(group)}

    def _letters_of_group(self, studies: Sequence[Study]) -> Iterator[tuple[str, str]]:
        texts = {s.id: self._style.short(self._style.work(s, 0, "")).casefold() for s in studies}
        ordered = sorted(studies, key=lambda s: (texts[s.id], s.citation.title.casefold(), s.id))
        for _, group in groupby(ordered, key=lambda s: texts[s.id]):
            same = list(group)
            yield from ((s.id, _letter(n)) for n, s in enumerate(same) if len(same) > 1)


def _first_author_and_year(study: Study) -> tuple[str, int]:
    """Return the first author and the year, which works that read the same have in common."""
    first = next(iter(study.citation.author), None)
    name = (first.literal or first.family or first.given or "") if first else ""
    return " ".join(name.split()).casefold(), study.year if study.year is not None else -1


def _letter(position: int) -> str:
    """Return a letter from a to z, then aa, ab and so on."""
    more, rest = divmod(position, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + rest)
