"""The one style set of every template: small enough to open fast, complete enough to edit in Word.

Line heights are exact, close to the natural height of the font: then a box from a fallback font
makes no line higher, and LibreOffice cannot round a multiple of a line so that its page breaks
move. Only header, footer and Normal are single-spaced, so that a logo in them is not cut off.
"""

from __future__ import annotations

from dataclasses import dataclass

from wvp_docs.housestyle.palette import ACCENT, LINE, RULE
from wvp_docs.housestyle.style import FONT
from wvp_docs.templates.markup import NAMESPACES, twips

SYMBOL_FONT = "Segoe UI Symbol"

TEXT = "22292E"
QUIET = "5B6770"
ALARM = "9A3412"

GUTTER = twips(0.9)
TEXT_WIDTH = twips(16.5)


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph or character style, in the words of a typographer.

    Attributes:
        name: as Word shows it; the names of built-in styles are English and lower-case in the file.
        based: the style it builds on.
        size: in points; 0 keeps that of `based`.
        line: exact line height in points; 0 keeps that of `based`.
        before: space above in points.
        after: space below in points.
        left: indent in twips.
        hanging: how far the first line starts before the indent, in twips.
        right: indent on the right in twips.
        new_page: it starts a page.
    """

    name: str
    based: str = "Normal"
    next: str = ""
    size: float = 0
    line: float = 0
    before: float | None = None
    after: float | None = None
    left: int = 0
    hanging: int = 0
    right: int = 0
    bold: bool = False
    colour: str = ""
    keep: bool = False
    keep_lines: bool = False
    new_page: bool = False
    level: int = -1
    borders: str = ""
    tabs: str = ""
    font: str = ""
    align: str = ""


def _border(side: str, colour: str, eighths: int = 4, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def _tab(position: int, kind: str = "left") -> str:
    return f'<w:tab w:val="{kind}" w:pos="{position}"/>'


_GUTTER_TAB = _tab(GUTTER)
_HANG = GUTTER

PARAGRAPHS: tuple[Look, ...] = (
    Look("header", size=9, colour=QUIET, tabs=_tab(TEXT_WIDTH, "right")),
    Look(
        "footer",
        size=8.5,
        colour=QUIET,
        tabs=_tab(TEXT_WIDTH, "right"),
        borders=_border("top", LINE, 4, 6),
    ),
    Look("Bovenregel", size=9.5, line=12, after=1, colour=QUIET, keep=True),
    Look("Title", next="Normal", size=24, line=29, after=9, bold=True, colour=ACCENT, keep=True),
    Look(
        "heading 1",
        next="Normal",
        size=14,
        line=17.5,
        before=18,
        after=5,
        left=GUTTER,
        hanging=GUTTER,
        bold=True,
        colour=ACCENT,
        keep=True,
        keep_lines=True,
        level=0,
        tabs=_GUTTER_TAB,
    ),
    Look(
        "heading 2",
        next="Antwoord",
        line=13.5,
        before=9.5,
        after=3,
        bold=True,
        keep=True,
        keep_lines=True,
        level=1,
    ),
    Look(
        "Vraag", based="heading 2", next="Antwoord", left=GUTTER, hanging=GUTTER, tabs=_GUTTER_TAB
    ),
    Look("Toelichting", size=9.5, line=12.5, after=4, right=twips(1), colour=QUIET, keep=True),
    Look(
        "Antwoord",
        line=14.5,
        after=6,
        left=GUTTER,
        right=twips(1),
        borders=_border("left", RULE, 8, 9),
    ),
    Look("Label", size=10, line=12.5, before=4, after=4, colour=QUIET),
    Look("Labelnummer", based="Label", left=GUTTER, hanging=GUTTER, tabs=_GUTTER_TAB),
    Look("Waarde", line=12.5, before=4, after=4),
    Look("Keuze", line=12.5, before=4, after=3, left=twips(0.55), hanging=twips(0.55)),
    Look("Keuzeregel", based="Keuze", left=GUTTER + twips(0.55), hanging=twips(0.55)),
    Look("Keuzerij", based="Waarde", left=GUTTER),
    Look("Kopje", size=8.5, line=10.5, before=4, colour=QUIET),
    Look("Kopwaarde", line=12.5, after=4.5),
    Look("Tabelkop", size=9.5, line=12, before=3, after=3, bold=True, colour=ACCENT, keep=True),
    Look("Tabelcel", size=10, line=12.5, before=3, after=3),
    Look("Tabelgetal", based="Tabelcel", align="right"),
    Look("Tabelgetalkop", based="Tabelkop", align="right"),
    Look("Leeg", line=13, after=4, left=GUTTER, colour=QUIET),
    Look("Partij", line=13, before=3, after=4, bold=True, colour=ACCENT, keep=True),
    Look("Tekenregel", line=12.5, before=2, after=2, left=twips(2.2), hanging=twips(2.2)),
    Look(
        "Handtekening", line=12.5, before=44, colour=QUIET, borders=_border("bottom", QUIET, 4, 2)
    ),
    # A line and no space above: at the top of a page engines leave that out.
    Look("Bladruimte", line=150, keep=True, new_page=True),
    Look(
        "Bladnummer",
        size=40,
        line=48,
        after=2,
        bold=True,
        colour=RULE,
        keep=True,
    ),
    Look(
        "Bladtitel",
        size=26,
        line=32,
        after=10,
        right=twips(1.5),
        bold=True,
        colour=ACCENT,
        keep=True,
        borders=_border("bottom", ACCENT, 12, 12),
    ),
    Look("Bladfeit", size=11.5, line=17, right=twips(1.5), colour=QUIET),
    Look("Bladuitleg", size=12, line=18, before=12, right=twips(1.5)),
    Look("Adres", size=11, line=15),
    Look("Brief", size=11, line=15.5, after=7, right=twips(0.8)),
    Look("Briefkop", based="Brief", next="Brief", before=7, after=2, bold=True, keep=True),
    Look(
        "Stap", based="Brief", after=4, left=twips(0.7), hanging=twips(0.7), tabs=_tab(twips(0.7))
    ),
    Look("Geheim", size=40, line=50, after=14, bold=True, colour=ACCENT, keep=True),
    Look("Sturing", size=8, colour="A0529B"),
    Look("Scheiding", size=2, line=6),
    Look("Slot", size=1, line=1),
)

CHARACTERS: tuple[Look, ...] = (
    Look("Nummer", based="", colour=QUIET),
    Look("Vakje", based="", size=9, font=SYMBOL_FONT),
    Look("Zacht", based="", colour=QUIET),
    Look("Concept", based="", bold=True, colour=ALARM),
    Look("Ontbreekt", based="", bold=True, colour=ALARM),
    Look("Hyperlink", based="", colour=ACCENT),
)

# Row lines only: no boxes. The cells start flush with the text, so that a table needs no indent,
# which engines reckon differently. A line above the first row belongs to that row: rdocx draws
# the top line of a table above every row.
_ROW_LINES = _border("bottom", LINE) + _border("insideH", LINE)
_TABLES = {
    "Kop": (_ROW_LINES, _border("top", ACCENT, 12)),
    "Gegevens": (_ROW_LINES, ""),
    "Overzicht": (_ROW_LINES, _border("top", ACCENT, 8) + _border("bottom", ACCENT, 4)),
    "Ondertekening": ("", ""),
}
_MARGINS = {
    "Ondertekening": '<w:tblCellMar><w:right w:w="0" w:type="dxa"/></w:tblCellMar>',
}
_ENGLISH = {"header", "footer", "Title", "heading 1", "heading 2", "Hyperlink"}


def styles_part() -> str:
    """Return the whole of word/styles.xml."""
    paragraphs = "".join(_style(look, "paragraph") for look in PARAGRAPHS)
    characters = "".join(_style(look, "character") for look in CHARACTERS)
    tables = "".join(_table_style(name) for name in _TABLES)
    # Size and colour stand in Normal: LibreOffice lets those of docDefaults win over a character
    # style inside a table. With kerning on it breaks lines where rdocx and Word do.
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:rPr><w:color w:val="{TEXT}"/><w:kern w:val="2"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{paragraphs}{characters}{tables}</w:styles>"
    )


def style_id(name: str) -> str:
    """Return the id by which paragraphs refer to a style: its name as Word writes ids."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _style(look: Look, kind: str) -> str:
    custom = "" if look.name in _ENGLISH else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{style_id(look.based)}"/>' if look.based else ""
    following = f'<w:next w:val="{style_id(look.next)}"/>' if look.next else ""
    paragraph = f"<w:pPr>{_paragraph_look(look)}</w:pPr>" if kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(look.name)}">'
        f'<w:name w:val="{look.name}"/>{based}{following}<w:qFormat/>'
        f"{paragraph}<w:rPr>{_text_look(look)}</w:rPr></w:style>"
    )


def _paragraph_look(look: Look) -> str:
    parts = [
        "<w:keepNext/>" if look.keep else "",
        "<w:keepLines/>" if look.keep_lines else "",
        "<w:pageBreakBefore/>" if look.new_page else "",
        f"<w:pBdr>{look.borders}</w:pBdr>" if look.borders else "",
        f"<w:tabs>{look.tabs}</w:tabs>" if look.tabs else "",
        _spacing(look),
        _indent(look),
        f'<w:jc w:val="{look.align}"/>' if look.align else "",
        f'<w:outlineLvl w:val="{look.level}"/>' if look.level >= 0 else "",
    ]
    return "".join(parts)


def _spacing(look: Look) -> str:
    marks = ""
    if look.before is not None:
        marks += f' w:before="{round(look.before * 20)}"'
    if look.after is not None:
        marks += f' w:after="{round(look.after * 20)}"'
    if look.line:
        marks += f' w:line="{round(look.line * 20)}" w:lineRule="exact"'
    return f"<w:spacing{marks}/>" if marks else ""


def _indent(look: Look) -> str:
    marks = f' w:left="{look.left}"' if look.left else ""
    marks += f' w:right="{look.right}"' if look.right else ""
    marks += f' w:hanging="{look.hanging}"' if look.hanging else ""
    return f"<w:ind{marks}/>" if marks else ""


def _text_look(look: Look) -> str:
    font = look.font
    size = round(look.size * 2)
    parts = [
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        if font
        else "",
        "<w:b/>" if look.bold else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
    ]
    return "".join(parts)


def _table_style(name: str) -> str:
    lines, first = _TABLES[name]
    margins = _MARGINS.get(name, "")
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if lines else ""
    first_row = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{first}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr>"
        if first
        else ""
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>{borders}{margins}</w:tblPr>'
        f"{first_row}</w:style>"
    )
