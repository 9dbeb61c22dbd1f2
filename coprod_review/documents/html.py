"""HTML: one page that needs nothing else, from ``templates/briefing.html.j2`` and ``templates/briefing.css``.

What is not ``Markup`` is escaped wherever it lands, in the template and in ``Markup.format`` alike; only this module
and the pictures make ``Markup``.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import chain, count, groupby
from operator import attrgetter
from urllib.parse import quote

from markupsafe import Markup

from coprod_review import bundled
from coprod_review.documents.document_model import (
    AnnotationTag,
    Aside,
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    TableBlock,
    plain_text,
)
from coprod_review.render.svg import chart_svg
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import long_date
from coprod_review.text.templates import render_template

_OUTWARD = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
_NOT_IN_ADDRESSES = re.compile(r"[\\^`{|}\[\]]")
_KEPT = "\n\t\u00a0\u00ad\u2009\u200b\u200c\u200d\u202f\u2060"
"""Signs without ink that do no harm: breaks, spaces, and what joins letters or keeps them apart."""
_STYLES = ("strong", "strong"), ("emphasis", "em"), ("code", "code")
"""Styles of a run, the outermost first, with their elements."""
_OURS = "main", "contents", "notes", "appendix"
"""Ids that the template gives."""
_NARROW = 32
"""Letters that stand beside each other on a screen of 320 CSS pixels."""
_LONGEST = 14
"""Letters of the title, which are larger, that do."""
_GUTTER = 2
"""Letters that would fit between two columns."""


def write(document: Document) -> bytes:
    """The document as one HTML page in UTF-8, which holds no script and asks for no other file."""
    page, title = _Page(document), document.title or "Briefing"
    body = page.blocks(document.blocks)
    sections = [page.section(label, blocks) for label, blocks in document.opened.items()]
    notes = page.notes()
    style = (bundled.TEMPLATES / "briefing.css").read_text(encoding="utf-8").strip()
    text = render_template(
        "briefing.html.j2",
        language=document.language,
        title=_shown(title),
        heading=_unbroken(title),
        description=_shown(document.description),
        record=_shown(document.record),
        date=_shown(long_date(document.date)),
        style=Markup(style),  # noqa: S704 - a file of ours
        policy=_policy(style),
        contents=page.contents(bool(notes), bool(sections)),
        body=body,
        notes=notes,
        sections=sections,
    )
    return text.encode("utf-8")


class _Page:
    """Writes the parts of a page in their order, and keeps which ids are taken and what was called where."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._taken = set(_OURS)
        self._sections = {label: self._fresh(f"why-{label}") for label in document.opened}
        self._anchors = {anchor: self._fresh(anchor) for anchor in dict.fromkeys(_anchors(document.blocks))}
        self._unplaced = dict(self._anchors)
        self._titles = {label: _title(blocks) for label, blocks in document.opened.items()}
        self._first: dict[str, str] = {}
        self._calls: dict[str, list[str]] = {}
        self._captions = Counter[str]()

    def _fresh(self, wanted: str) -> str:
        """An id that HTML allows and nothing else has."""
        stem = re.sub(r"[^\w./-]", "_", wanted)
        name = next(n for n in chain((stem,), (f"{stem}-{i}" for i in count(2))) if n not in self._taken)
        self._taken.add(name)
        return name

    def _placed(self, anchor: str) -> str:
        """The id of an anchor where it is first met; a link leads to the first place."""
        return self._unplaced.pop(anchor, "")

    # --- parts of the page ------------------------------------------------------------

    def contents(self, notes: bool, sections: bool) -> list[tuple[str, str]]:
        """Id and text of each heading of level 2."""
        headings = [b for b in self._document.blocks if isinstance(b, Heading) and b.level == 2 and b.anchor]
        return [
            *((self._anchors[heading.anchor], _shown(plain_text(heading.runs))) for heading in headings),
            *([("notes", "Notes")] if notes else []),
            *([("appendix", "Where the numbers come from")] if sections else []),
        ]

    def section(self, label: str, blocks: tuple[Block, ...]) -> Markup:
        """What a number rests on, with a way back to where the text first gives it."""
        title, first = self._titles[label], self._first.get(label, "")
        rest = blocks[1:] if _leading(blocks) else blocks
        levels = [block.level for block in rest if isinstance(block, Heading)]
        return _element(
            "section",
            _lines(
                _element("h3", self.inline(title or (Run(label),))),
                self._back(first, f"Back to “{plain_text(title)}” in the text") if first else Markup(),
                self.blocks(rest, 4 - min(levels, default=4)),
            ),
            class_="opened",
            id=self._sections[label],
        )

    def notes(self) -> list[Markup]:
        """The notes that are called, in the order of their calls; a note may call another."""
        written: dict[str, Markup] = {}
        while waiting := [label for label in self._calls if label not in written]:
            written[waiting[0]] = self.inline(self._document.notes[waiting[0]])
        return [self._note(number, label, text) for number, (label, text) in enumerate(written.items(), 1)]

    def _note(self, number: int, label: str, text: Markup) -> Markup:
        backs = (
            self._back(call, f"Back to note {number} in the text" + (f", place {place}" if place > 1 else ""))
            for place, call in enumerate(self._calls[label], 1)
        )
        return _element("li", _lines(text, *backs), id=f"note_{number}")

    def _back(self, to: str, words: str) -> Markup:
        return _element("p", _element("a", _text(words), class_="back", href=f"#{to}"))

    # --- blocks -----------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], deeper: int = 0) -> Markup:
        """Blocks one after the other, their headings ``deeper`` by so many levels."""
        return _lines(*(self._block(block, deeper) for block in blocks))

    def _block(self, block: Block, deeper: int) -> Markup:
        match block:
            case Heading():
                level = min(block.level + deeper, 6)
                return _element(f"h{level}", self.inline(block.runs), id=self._placed(block.anchor))
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                items = (_element("li", self._item(item, deeper)) for item in block.items)
                return _element("ol" if block.ordered else "ul", _lines(*items))
            case TableBlock():
                return self._grid(block)
            case Picture():
                return self._picture(block)
            case Aside():
                return _element("div", self.blocks(block.blocks, deeper), class_="aside")

    def _paragraph(self, block: Paragraph) -> Markup:
        text = self.inline(block.runs)
        broken = any(run.code and "\n" in run.text for run in block.runs)
        return _element("pre" if broken else "p", text, id=self._placed(block.anchor))

    def _item(self, blocks: tuple[Block, ...], deeper: int) -> Markup:
        """What a list item holds: one line of text stands bare, alone or before a list that continues it."""
        first, *rest = blocks or (Paragraph(()),)
        if isinstance(first, Paragraph) and not first.anchor and all(isinstance(block, ListBlock) for block in rest):
            return _lines(self.inline(first.runs), self.blocks(rest, deeper))
        return self.blocks(blocks, deeper)

    def _picture(self, block: Picture) -> Markup:
        chart = replace(block.chart, id=self._fresh(f"chart_{block.chart.id}"))
        return _element("figure", Markup(chart_svg(chart, block.source)))  # noqa: S704 - escaped by its template

    def _grid(self, grid: TableBlock) -> Markup:
        caption = self._fresh(f"table_{self._captions.total() + 1}")
        words = (self.inline(grid.caption) or _text("Table")) + self._again(plain_text(grid.caption))
        table = _element(
            "table",
            _lines(
                _element("caption", _element("span", words), id=caption),
                _element("thead", self._row(grid.columns, grid.numeric, head=True)),
                _element("tbody", _lines(*(self._row(row, grid.numeric) for row in grid.rows))),
            ),
        )
        if _is_wide(grid):
            return _element("div", table, class_="scroll", role="region", tabindex="0", aria_labelledby=caption)
        return _element("div", table, class_="table")

    def _again(self, caption: str) -> Markup:
        """What tells a table from others of the same caption in a list of regions."""
        self._captions[caption] += 1
        times = self._captions[caption]
        return _hidden(f" ({times})") if times > 1 else Markup()

    def _row(self, cells: tuple[Runs, ...], numeric: tuple[bool, ...], head: bool = False) -> Markup:
        """A row of a table; a heading without text is an empty cell."""
        made = []
        for place, (cell, right) in enumerate(zip(cells, numeric, strict=True)):
            heads = "col" if head else "row" if place == 0 else ""
            text = self.inline(cell, cell=True)
            tag, scope = ("th", heads) if heads and text else ("td", "")
            made.append(_element(tag, text, scope=scope, class_="number" if right else ""))
        return _element("tr", Markup().join(made))

    # --- text -------------------------------------------------------------------------

    def inline(self, runs: Runs, depth: int = 0, *, cell: bool = False) -> Markup:
        """Runs that ``depth`` marks hold; a note that opens the number before it becomes the link of that number.

        In the cell of a table, where no note is called, a number is opened by its own key.
        """
        by_mark = groupby(runs, lambda run: next(iter(run.marks[depth:]), None))
        groups = [(mark, tuple(group)) for mark, group in by_mark]
        parts, taken = [], False
        for (mark, group), (_, after) in zip(groups, [*groups[1:], (None, ())], strict=False):
            label = after[0].note if mark and after and len(after[0].marks) == depth else ""
            label = label if label in self._sections else ""
            opens = label or (mark.key if mark and cell and mark.key in self._sections else "")
            parts.append(self._marked(mark, group, depth, opens) if mark else self._unmarked(group[taken:]))
            taken = bool(label)
        return Markup().join(parts)

    def _marked(self, mark: AnnotationTag, runs: Runs, depth: int, label: str) -> Markup:
        words = self.inline(runs, depth + 1)
        if not label:
            return _element("span", words, data_brief=mark.words)
        id = self._first_use(label, runs)
        to = f"#{self._sections[label]}"
        if not any(run.note or self._address(run) or len(run.marks) > depth + 1 for run in runs):
            return _element("a", words, class_="figure", id=id, href=to, data_brief=mark.words)
        behind = _hidden(f" behind “{plain_text(self._titles[label])}”")
        link = _element("a", Markup("[studies{}]").format(behind), class_="opens", id=id, href=to)
        return _element("span", words, data_brief=mark.words) + link

    def _first_use(self, label: str, runs: Runs) -> str:
        """The id of a number where the text first gives it, and nothing after that."""
        if label in self._first:
            return ""
        self._titles[label] = self._titles[label] or (Run(plain_text(runs)),)
        self._first[label] = self._fresh(f"first_{len(self._first) + 1}")
        return self._first[label]

    def _unmarked(self, runs: Runs) -> Markup:
        return Markup().join(
            Markup().join(map(self._call, group)) if note else self._linked(tuple(group))
            for note, group in groupby(runs, attrgetter("note"))
        )

    def _call(self, run: Run) -> Markup:
        """The call of a note that stands at the end; a label without a note calls nothing."""
        if run.note not in self._document.notes:
            return Markup()
        calls = self._calls.setdefault(run.note, [])
        number = list(self._calls).index(run.note) + 1
        calls.append(self._fresh(f"call_{number}"))
        words = Markup("[{}{}]").format(_hidden("Note "), number)
        return _element("sup", _element("a", words, id=calls[-1], href=f"#note_{number}"))

    def _linked(self, runs: Runs) -> Markup:
        parts = []
        for address, group in groupby(runs, self._address):
            words = _styled(tuple(group))
            parts.append(_element("a", words, href=address) if address else words)
        return Markup().join(parts)

    def _address(self, run: Run) -> str:
        """Where a run leads: out, to a place of this page that exists, or nowhere."""
        mark = run.marks[-1] if run.marks else None
        address = run.link or (f"#ref-{mark.key}" if mark and mark.kind == "study" else "")
        if address.startswith("#"):
            found = self._anchors.get(address[1:])
            return f"#{found}" if found else ""
        allowed = _OUTWARD.fullmatch(address)
        return _NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), address) if allowed else ""


def _unbroken(title: str) -> Markup:
    """A title whose words with a hyphen stay on one line, unless they are longer than a narrow screen is wide."""
    return Markup(" ").join(
        _element("span", _text(word), class_="whole") if "-" in word and len(word) <= _LONGEST else _text(word)
        for word in title.split(" ")
    )


def _styled(runs: Runs, styles: tuple[tuple[str, str], ...] = _STYLES) -> Markup:
    """Runs in the elements of their styles."""
    if not styles:
        return _text(plain_text(runs))
    (style, tag), *inner = styles
    parts = []
    for set_so, group in groupby(runs, attrgetter(style)):
        words = _styled(tuple(group), tuple(inner))
        parts.append(_element(tag, words) if set_so else words)
    return Markup().join(parts)


def _element(tag: str, content: Markup, **attributes: str) -> Markup:
    """An element; attributes without a value are left out."""
    written = Markup().join(
        Markup(' {}="{}"').format(name.strip("_").replace("_", "-"), _shown(value))
        for name, value in attributes.items()
        if value
    )
    return Markup("<{tag}{}>{}</{tag}>").format(written, content, tag=tag)


def _text(text: str) -> Markup:
    return Markup("{}").format(_shown(text))


def _hidden(text: str) -> Markup:
    """Text for those who hear the page."""
    return _element("span", _text(text), class_="hidden")


def _shown(text: str) -> str:
    """Text with control and direction signs as their codes."""
    return re.sub("[^ -~]", lambda sign: sign[0] if sign[0] in _KEPT else visible(sign[0]), text)


def _lines(*parts: Markup) -> Markup:
    return Markup("\n").join(part for part in parts if part)


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Anchors of blocks, at any depth."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor) | Paragraph(anchor=anchor) if anchor:
                yield anchor
            case Aside(blocks=within):
                yield from _anchors(within)
            case ListBlock(items=items):
                yield from _anchors(chain.from_iterable(items))


def _leading(blocks: tuple[Block, ...]) -> Heading | None:
    """The heading that opens blocks and stands above all others in them."""
    first, *rest = blocks or (None,)
    if not isinstance(first, Heading):
        return None
    return None if any(isinstance(block, Heading) and block.level <= first.level for block in rest) else first


def _title(blocks: tuple[Block, ...]) -> Runs:
    leading = _leading(blocks)
    return leading.runs if leading else ()


def _is_wide(grid: TableBlock) -> bool:
    """Whether the longest words of the columns, side by side, are wider than a narrow screen."""
    columns = zip(*(grid.columns, *grid.rows), strict=True)
    longest = (
        max((len(word) for cell in column for word in _shown(plain_text(cell)).split()), default=0)
        for column in columns
    )
    return sum(letters + _GUTTER for letters in longest) > _NARROW


def _policy(style: str) -> str:
    """What the page may do: show its own style sheet, and nothing else at all."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
