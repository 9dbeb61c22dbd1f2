"""Give Pandoc's reference document the house style, with page numbers at the foot.

Sizes are half points, spaces twentieths of a point, and rules eighths of a point, as Word counts them.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INK, _QUIET, _HEAD, _LINK, _RULE, _GROUND = "17222E", "3F4B58", "123F68", "0B4F8A", "9AA5B1", "EEF1F4"
_FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
_BOLD = "<w:b/><w:bCs/>"
_KEEP_WITH_NEXT = "<w:keepNext/><w:keepLines/>"


def _spacing(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _text_look(size: int, colour: str = _INK) -> str:
    return f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _rule(side: str, size: int = 4, space: int = 0, colour: str = _RULE) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _shading(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _heading_look(level: int, before: int, size: int, colour: str = _HEAD) -> tuple[str, str]:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _KEEP_WITH_NEXT + _spacing(before, 100, 259) + outline, _BOLD + _text_look(size, colour)


def _aside_look(space: int, rest: str) -> str:
    """Return a rule at the left, ``space`` points from the text, and a light background a little beyond the text."""
    sides = (_rule("top", 4, 5, _GROUND), _rule("left", 24, space, _HEAD), _rule("bottom", 4, 5, _GROUND))
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>{_shading(_GROUND)}{rest}"


_STYLES: Mapping[str, tuple[str, str]] = {
    "Normal": (_spacing(0, 100), ""),
    "BodyText": (_spacing(0, 140), ""),
    "Compact": (_spacing(30, 40, 259), ""),
    "Title": (_KEEP_WITH_NEXT + _spacing(0, 120, 252), _BOLD + _text_look(48, _HEAD)),
    "Date": (_spacing(0, 320), '<w:b w:val="0"/><w:bCs w:val="0"/>' + _text_look(22, _QUIET)),
    **{f"Heading{level}": _heading_look(level, 200, 22, _INK) for level in range(4, 10)},
    "Heading1": _heading_look(1, 400, 32),
    "Heading2": _heading_look(2, 320, 26),
    "Heading3": _heading_look(3, 240, 23),
    "Caption": (_spacing(240, 100, 259), _BOLD + _text_look(20)),
    "TableCaption": (_KEEP_WITH_NEXT, ""),
    "Figure": (_spacing(160, 160, 240), ""),
    "Aside": (_aside_look(10, _spacing(60, 60) + '<w:ind w:left="284"/>'), ""),
    "AsideList": (_aside_look(14, _spacing(20, 20)), ""),
    "VerbatimChar": ("", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="20"/>'),
    "Hyperlink": ("", f'<w:color w:val="{_LINK}"/><w:u w:val="single"/>'),
}
"""Paragraph and character properties of each style that the house style changes."""
_ADDED_STYLES = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Aside"><w:name w:val="Aside"/>'
    '<w:basedOn w:val="BodyText"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="AsideList"><w:name w:val="Aside List"/>'
    '<w:basedOn w:val="Aside"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    f'<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr>{_text_look(18, _QUIET)}</w:rPr></w:style>'
)
_DOCUMENT_DEFAULTS = (
    f'<w:rPrDefault><w:rPr>{_FONTS}{_text_look(22)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/>"
)
_CELL_MARGINS = {"top": 40, "left": 80, "bottom": 40, "right": 80}
_CELL_MARGIN_ELEMENTS = "".join(f'<w:{side} w:w="{inset}" w:type="dxa"/>' for side, inset in _CELL_MARGINS.items())
_TABLE_STYLE = (
    f"<w:rPr>{_text_look(18)}</w:rPr>"
    f"<w:tblPr><w:tblBorders>{_rule('top', 8)}{_rule('bottom', 8)}{_rule('insideH')}</w:tblBorders>"
    f"<w:tblCellMar>{_CELL_MARGIN_ELEMENTS}</w:tblCellMar></w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:rPr>{_BOLD}</w:rPr><w:tcPr><w:tcBorders>{_rule("bottom", 8, 0, _HEAD)}'
    f'</w:tcBorders>{_shading(_GROUND)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
)
_PAGE_SETUP = (
    f'<w:sectPr xmlns:r="{_RELATIONSHIPS_NAMESPACE}"><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1417" w:bottom="1361" w:left="1417" w:header="709" w:footer="680" w:gutter="0"/>'
    "</w:sectPr>"
)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER = (
    f'<w:ftr xmlns:w="{_WORD_NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{_field("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
)


def with_house_style(reference: bytes) -> bytes:
    """Return Pandoc's reference document in the house style."""
    out = BytesIO()
    with ZipFile(BytesIO(reference)) as parts, ZipFile(out, "w") as styled:
        for name in parts.namelist():
            styled.writestr(name, _restyled_part(name, parts.read(name).decode()))
        styled.writestr("word/footer1.xml", _FOOTER)
    return out.getvalue()


def _restyled_part(name: str, part: str) -> str:
    match name:
        case "word/styles.xml":
            return _styles_part(part)
        case "word/document.xml":
            return re.sub(r"<w:sectPr>.*</w:sectPr>", _PAGE_SETUP, part, flags=re.DOTALL)
        case "word/_rels/document.xml.rels":
            footer = f'<Relationship Id="rIdFooter" Type="{_RELATIONSHIPS_NAMESPACE}/footer" Target="footer1.xml"/>'
            return part.replace("</Relationships>", f"{footer}</Relationships>")
        case "[Content_Types].xml":
            content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
            return part.replace(
                "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{content_type}"/></Types>'
            )
    return part.replace('w:themeFontLang w:val="en-US"', 'w:themeFontLang w:val="en-GB"')


def _styles_part(part: str) -> str:
    """Return Pandoc's styles with the properties of the house style."""
    ElementTree.register_namespace("w", _WORD_NAMESPACE)
    root = ElementTree.fromstring(part)  # noqa: S314 - it comes with Pandoc
    root.extend(_elements(_ADDED_STYLES))
    for defaults in root.iter(f"{{{_WORD_NAMESPACE}}}docDefaults"):
        _replace_children(defaults, _DOCUMENT_DEFAULTS)
    for style in root.iter(f"{{{_WORD_NAMESPACE}}}style"):
        _replace_children(style, _elements_of_style(style.get(f"{{{_WORD_NAMESPACE}}}styleId", "")))
    return ElementTree.tostring(root, "unicode", xml_declaration=True)


def _elements_of_style(name: str) -> str:
    """Return the properties of a style; the character style of a heading has those of the heading."""
    if name == "Table":
        return _TABLE_STYLE
    paragraph, character = _STYLES.get(name) or _STYLES.get(name.removesuffix("Char")) or ("", "")
    paragraph_properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph and not name.endswith("Char") else ""
    return paragraph_properties + (f"<w:rPr>{character}</w:rPr>" if character else "")


def _elements(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f'<x xmlns:w="{_WORD_NAMESPACE}">{text}</x>'))  # noqa: S314 - the text is written in this module


def _replace_children(element: ElementTree.Element, text: str) -> None:
    """Add children to an element in place of those with the same tags."""
    children = _elements(text)
    for old in [child for child in element if child.tag in {new.tag for new in children}]:
        element.remove(old)
    element.extend(children)
