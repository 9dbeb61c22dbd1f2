"""Write HTML: one page that needs no other file, from ``templates/briefing.html.j2`` and ``templates/briefing.css``.

The template and ``Markup.format`` escape everything that is not ``Markup``; only this module and the charts make
``Markup``.
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

from markupsafe import Markup, escape

from coprod_review import bundled
from coprod_review.documents.annotation_syntax import (
    APPENDIX_PREFIX,
    ATTRIBUTE,
    BACK_CLASS,
    FIGURE_CLASS,
    HIDDEN_CLASS,
    LINK_CLASS,
    AnnotationTag,
    reference_anchor,
)
from coprod_review.documents.document_format import DocumentFormat
from coprod_review.documents.document_model import (
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
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import long_date
from coprod_review.text.templates import render_template

_WEB_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
_CHARACTERS_TO_QUOTE = re.compile(r"[\\^`{|}\[\]]")
_HARMLESS_INVISIBLE = "\n\t\u00a0\u00ad\u2009\u200b\u200c\u200d\u202f\u2060"
"""Invisible characters that do no harm: line breaks, spaces, and those that join letters or keep them apart."""
_STYLE_ELEMENTS = ("strong", "strong"), ("emphasis", "em"), ("code", "code")
"""Styles of a run with their elements, the outermost first."""
_TEMPLATE_IDS = "main", "contents", "notes", "appendix"
"""Ids in the template."""
_NARROW_SCREEN = 32
"""Letters that fit on one line of a screen that is 320 CSS pixels wide."""
_LONGEST_TITLE_WORD = 14
"""Letters of the title, which is larger, that fit on such a line."""
_COLUMN_GAP = 2
"""Space between two columns, in letters."""


def write(document: Document) -> bytes:
    """Return the document as one HTML page in UTF-8, without scripts and without other files."""
    page, title = _Page(document), document.title or "Briefing"
    body = page.blocks(document.blocks)
    sections = [page.section(label, blocks) for label, blocks in document.appendix.items()]
    notes = page.notes()
    style = (bundled.TEMPLATES / "briefing.css").read_text(encoding="utf-8").strip()
    text = render_template(
        "briefing.html.j2",
        language=document.language,
        title=_printable(title),
        heading=_title_markup(title),
        description=_printable(document.description),
        record=_printable(document.record),
        date=_printable(long_date(document.date)),
        style=Markup(style),  # noqa: S704 - this style sheet comes with the package
        policy=_content_security_policy(style),
        contents=page.contents(bool(notes), bool(sections)),
        body=body,
        notes=notes,
        sections=sections,
    )
    return text.encode("utf-8")


class _Page:
    """Writes the parts of a page in order, and records which ids are in use and where notes are called."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._used_ids = set(_TEMPLATE_IDS)
        self._appendix_ids = {label: self._unique_id(f"{APPENDIX_PREFIX}{label}") for label in document.appendix}
        self._anchor_ids = {anchor: self._unique_id(anchor) for anchor in dict.fromkeys(_anchors(document.blocks))}
        self._unused_anchor_ids = dict(self._anchor_ids)
        self._appendix_titles = {label: _leading_title(blocks) for label, blocks in document.appendix.items()}
        self._first_uses: dict[str, str] = {}
        self._note_calls: dict[str, list[str]] = {}
        self._captions = Counter[str]()

    def _unique_id(self, wanted: str) -> str:
        """Return an id that HTML allows and that nothing else on the page has."""
        stem = re.sub(r"[^\w./-]", "_", wanted)
        name = next(n for n in chain((stem,), (f"{stem}-{i}" for i in count(2))) if n not in self._used_ids)
        self._used_ids.add(name)
        return name

    def _id_at_first_place(self, anchor: str) -> str:
        """Return the id of an anchor the first time it occurs, and nothing after that; links lead to the first."""
        return self._unused_anchor_ids.pop(anchor, "")

    # --- parts of the page ------------------------------------------------------------

    def contents(self, notes: bool, sections: bool) -> list[tuple[str, str]]:
        """Return the id and text of each heading of level 2."""
        headings = [b for b in self._document.blocks if isinstance(b, Heading) and b.level == 2 and b.anchor]
        return [
            *((self._anchor_ids[heading.anchor], _printable(plain_text(heading.runs))) for heading in headings),
            *([("notes", "Notes")] if notes else []),
            *([("appendix", "Where the numbers come from")] if sections else []),
        ]

    def section(self, label: str, blocks: tuple[Block, ...]) -> Markup:
        """Return the section on what a number rests on, with a link back to where the text first gives it."""
        title, first = self._appendix_titles[label], self._first_uses.get(label, "")
        rest = blocks[1:] if _leading_heading(blocks) else blocks
        levels = [block.level for block in rest if isinstance(block, Heading)]
        return _element(
            "section",
            _lines(
                _element("h3", self.inline(title or (Run(label),))),
                self._back_link(first, f"Back to “{plain_text(title)}” in the text") if first else Markup(),
                self.blocks(rest, 4 - min(levels, default=4)),
            ),
            class_="opened",
            id=self._appendix_ids[label],
        )

    def notes(self) -> list[Markup]:
        """Return the notes that are called, in the order of their calls; a note may call another."""
        texts: dict[str, Markup] = {}
        while waiting := [label for label in self._note_calls if label not in texts]:
            texts[waiting[0]] = self.inline(self._document.notes[waiting[0]])
        return [self._note(number, label, text) for number, (label, text) in enumerate(texts.items(), 1)]

    def _note(self, number: int, label: str, text: Markup) -> Markup:
        backs = (
            self._back_link(call, f"Back to note {number} in the text" + (f", place {place}" if place > 1 else ""))
            for place, call in enumerate(self._note_calls[label], 1)
        )
        return _element("li", _lines(text, *backs), id=f"note_{number}")

    def _back_link(self, to: str, words: str) -> Markup:
        return _element("p", _element("a", _text(words), class_=BACK_CLASS, href=f"#{to}"))

    # --- blocks -----------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], deeper: int = 0) -> Markup:
        """Return blocks one after the other, with their headings ``deeper`` by so many levels."""
        return _lines(*(self._block(block, deeper) for block in blocks))

    def _block(self, block: Block, deeper: int) -> Markup:
        match block:
            case Heading():
                level = min(block.level + deeper, 6)
                return _element(f"h{level}", self.inline(block.runs), id=self._id_at_first_place(block.anchor))
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                items = (_element("li", self._item(item, deeper)) for item in block.items)
                return _element("ol" if block.ordered else "ul", _lines(*items))
            case TableBlock():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Aside():
                return _element("div", self.blocks(block.blocks, deeper), class_="aside")

    def _paragraph(self, block: Paragraph) -> Markup:
        text = self.inline(block.runs)
        broken = any(run.code and "\n" in run.text for run in block.runs)
        return _element("pre" if broken else "p", text, id=self._id_at_first_place(block.anchor))

    def _item(self, blocks: tuple[Block, ...], deeper: int) -> Markup:
        """Return the content of a list item; text has no paragraph if it is alone or only lists follow it."""
        first, *rest = blocks or (Paragraph(()),)
        if isinstance(first, Paragraph) and not first.anchor and all(isinstance(block, ListBlock) for block in rest):
            return _lines(self.inline(first.runs), self.blocks(rest, deeper))
        return self.blocks(blocks, deeper)

    def _picture(self, block: Picture) -> Markup:
        # Drawing is imported here, because the help of brief lists this module's format.
        from coprod_review.render.drawing.chart import chart_svg

        chart = replace(block.chart, id=self._unique_id(f"chart_{block.chart.id}"))
        return _element("figure", Markup(chart_svg(chart, block.source)))  # noqa: S704 - escaped by its template

    def _table(self, block: TableBlock) -> Markup:
        caption = self._unique_id(f"table_{self._captions.total() + 1}")
        words = (self.inline(block.caption) or _text("Table")) + self._repeat_number(plain_text(block.caption))
        element = _element(
            "table",
            _lines(
                _element("caption", _element("span", words), id=caption),
                _element("thead", self._row(block.columns, block.numeric, head=True)),
                _element("tbody", _lines(*(self._row(row, block.numeric) for row in block.rows))),
            ),
        )
        if _is_wide(block):
            return _element("div", element, class_="scroll", role="region", tabindex="0", aria_labelledby=caption)
        return _element("div", element, class_="table")

    def _repeat_number(self, caption: str) -> Markup:
        """Return a hidden number that tells tables with the same caption apart in a list of regions."""
        self._captions[caption] += 1
        times = self._captions[caption]
        return _hidden_text(f" ({times})") if times > 1 else Markup()

    def _row(self, cells: tuple[Runs, ...], numeric: tuple[bool, ...], head: bool = False) -> Markup:
        """Return a row of a table; a heading without text is an empty cell."""
        elements = []
        for place, (cell, right) in enumerate(zip(cells, numeric, strict=True)):
            heads = "col" if head else "row" if place == 0 else ""
            text = self.inline(cell, cell=True)
            tag, scope = ("th", heads) if heads and text else ("td", "")
            elements.append(_element(tag, text, scope=scope, class_="number" if right else ""))
        return _element("tr", Markup().join(elements))

    # --- text -------------------------------------------------------------------------

    def inline(self, runs: Runs, depth: int = 0, *, cell: bool = False) -> Markup:
        """Return runs that are within ``depth`` annotations.

        A number becomes a link to the appendix, in place of the note that is called behind it. No note is called in
        the cell of a table, so the number becomes a link by its own key.
        """
        by_tag = groupby(runs, lambda run: next(iter(run.annotations[depth:]), None))
        groups = [(tag, tuple(group)) for tag, group in by_tag]
        parts, note_replaced = [], False
        for (tag, group), (_, after) in zip(groups, [*groups[1:], (None, ())], strict=False):
            note = after[0].note if tag and after and len(after[0].annotations) == depth else ""
            note = note if note in self._appendix_ids else ""
            label = note or (tag.key if tag and cell and tag.key in self._appendix_ids else "")
            unannotated = group[note_replaced:]
            parts.append(self._annotated(tag, group, depth, label) if tag else self._unannotated(unannotated))
            note_replaced = bool(note)
        return Markup().join(parts)

    def _annotated(self, tag: AnnotationTag, runs: Runs, depth: int, label: str) -> Markup:
        words, annotation = self.inline(runs, depth + 1), {ATTRIBUTE: tag.attribute_value}
        if not label:
            return _element("span", words, **annotation)
        id = self._id_of_first_use(label, runs)
        to = f"#{self._appendix_ids[label]}"
        if not any(run.note or self._address(run) or len(run.annotations) > depth + 1 for run in runs):
            return _element("a", words, class_=FIGURE_CLASS, id=id, href=to, **annotation)
        behind = _hidden_text(f" behind “{plain_text(self._appendix_titles[label])}”")
        link = _element("a", Markup("[studies{}]").format(behind), class_=LINK_CLASS, id=id, href=to)
        return _element("span", words, **annotation) + link

    def _id_of_first_use(self, label: str, runs: Runs) -> str:
        """Return an id for a number where the text first gives it, and nothing after that."""
        if label in self._first_uses:
            return ""
        self._appendix_titles[label] = self._appendix_titles[label] or (Run(plain_text(runs)),)
        self._first_uses[label] = self._unique_id(f"first_{len(self._first_uses) + 1}")
        return self._first_uses[label]

    def _unannotated(self, runs: Runs) -> Markup:
        return Markup().join(
            Markup().join(map(self._note_call, group)) if note else self._with_links(tuple(group))
            for note, group in groupby(runs, attrgetter("note"))
        )

    def _note_call(self, run: Run) -> Markup:
        """Return the call of a note; nothing for a label without a note."""
        if run.note not in self._document.notes:
            return Markup()
        calls = self._note_calls.setdefault(run.note, [])
        number = list(self._note_calls).index(run.note) + 1
        calls.append(self._unique_id(f"call_{number}"))
        words = Markup("[{}{}]").format(_hidden_text("Note "), number)
        return _element("sup", _element("a", words, id=calls[-1], href=f"#note_{number}"))

    def _with_links(self, runs: Runs) -> Markup:
        parts = []
        for address, group in groupby(runs, self._address):
            words = _with_styles(tuple(group))
            parts.append(_element("a", words, href=address) if address else words)
        return Markup().join(parts)

    def _address(self, run: Run) -> str:
        """Return where a run leads: to a web or mail address, to a place on this page, or nowhere."""
        tag = run.annotations[-1] if run.annotations else None
        address = run.link or (f"#{reference_anchor(tag.key)}" if tag and tag.kind == "study" else "")
        if address.startswith("#"):
            anchor = self._anchor_ids.get(address[1:])
            return f"#{anchor}" if anchor else ""
        allowed = _WEB_ADDRESS.fullmatch(address)
        return _CHARACTERS_TO_QUOTE.sub(lambda match: quote(match[0]), address) if allowed else ""


def _title_markup(title: str) -> Markup:
    """Return a title whose hyphenated words stay on one line, unless they are wider than a narrow screen."""
    return Markup(" ").join(
        _element("span", _text(word), class_="whole")
        if "-" in word and len(word) <= _LONGEST_TITLE_WORD
        else _text(word)
        for word in title.split(" ")
    )


def _with_styles(runs: Runs, styles: tuple[tuple[str, str], ...] = _STYLE_ELEMENTS) -> Markup:
    """Return runs in the elements of their styles."""
    if not styles:
        return _text(plain_text(runs))
    (style, tag), *inner = styles
    parts = []
    for has_style, group in groupby(runs, attrgetter(style)):
        words = _with_styles(tuple(group), tuple(inner))
        parts.append(_element(tag, words) if has_style else words)
    return Markup().join(parts)


def _element(tag: str, content: Markup, **attributes: str) -> Markup:
    """Return an element; attributes without a value are left out."""
    # Escaping one by one is much faster than ``Markup.format``, and a long page has some 5,000 elements.
    pairs = "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(_printable(value))}"'
        for name, value in attributes.items()
        if value
    )
    return Markup(f"<{tag}{pairs}>{escape(content)}</{tag}>")  # noqa: S704 - every part is escaped


def _text(text: str) -> Markup:
    return escape(_printable(text))


def _hidden_text(text: str) -> Markup:
    """Return text that is not visible, for people who use a screen reader."""
    return _element("span", _text(text), class_=HIDDEN_CLASS)


def _printable(text: str) -> str:
    """Return text with codes in place of control characters and characters that change direction."""
    return re.sub("[^ -~]", lambda match: match[0] if match[0] in _HARMLESS_INVISIBLE else visible(match[0]), text)


def _lines(*parts: Markup) -> Markup:
    return Markup("\n").join(part for part in parts if part)


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the anchors of blocks, at any depth."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor) | Paragraph(anchor=anchor) if anchor:
                yield anchor
            case Aside(blocks=within):
                yield from _anchors(within)
            case ListBlock(items=items):
                yield from _anchors(chain.from_iterable(items))


def _leading_heading(blocks: tuple[Block, ...]) -> Heading | None:
    """Return the heading that begins blocks, if its level is above that of all others in them."""
    first, *rest = blocks or (None,)
    if not isinstance(first, Heading):
        return None
    return None if any(isinstance(block, Heading) and block.level <= first.level for block in rest) else first


def _leading_title(blocks: tuple[Block, ...]) -> Runs:
    heading = _leading_heading(blocks)
    return heading.runs if heading else ()


def _is_wide(table: TableBlock) -> bool:
    """Return whether the longest words of the columns, side by side, are wider than a narrow screen."""
    columns = zip(*(table.columns, *table.rows), strict=True)
    longest = (
        max((len(word) for cell in column for word in _printable(plain_text(cell)).split()), default=0)
        for column in columns
    )
    return sum(letters + _COLUMN_GAP for letters in longest) > _NARROW_SCREEN


def _content_security_policy(style: str) -> str:
    """Return a content security policy that allows the page's own style sheet and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


FORMAT = DocumentFormat(".html", lambda document, _: write(document))
