"""A Word file as its editor sees it: paragraphs with a place in words, and the tags in them.

Knows WordprocessingML and where docxtpl looks for tags; what a tag says is for `word`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from lxml import etree

from wvp_docs.formats import mask_bsn
from wvp_docs.inspection.pages import by_kind, on_paper
from wvp_docs.inspection.styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Word's second copy of a text box, for old programs."""
BODY = "word/document.xml"
_STORY = re.compile(r"word/(?:(document)|(header|footer)\d*|(footnotes|endnotes))\.xml")
_NAMES = {"header": "koptekst", "footer": "voettekst", "footnotes": "voetnoot"}
_ON_PAGES = ("header", "footer")
PAGES = {"first": " van de eerste bladzijde", "even": " van de even bladzijden"}
_BOX, _ROW, _CELL, _TABLE, _P = (f"{W}{it}" for it in ("txbxContent", "tr", "tc", "tbl", "p"))
IN_CODE = "in een veldcode"
_PIECES = {f"{W}t": "", f"{W}delText": "doorgehaald", f"{W}instrText": IN_CODE}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_QUOTED = 50
_COLUMNS = re.compile("[0-9]{1,3}")
_NUMBER = re.compile(r"\d{8,9}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a paragraph, in one run.

    Attributes:
        unseen: why a reader does not see it: `doorgehaald`, `verborgen`, `in witte letters`,
            `in een veldcode`.
    """

    start: int
    text: str
    element: etree._Element
    run: etree._Element
    unseen: str


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph and where it is.

    Attributes:
        part: name of the part of the package.
        at: its number among all paragraphs of the part, from 0.
        place: where it is, as who works in Word would say it; the text is not in it.
        in_box: it is in a text box.
        styles: of the document.
        is_on_paper: whether there is a page that it stands on, however short the document is.
        heading: the text of the heading above it; empty: there is none.
    """

    part: str
    at: int
    place: str
    element: etree._Element
    in_box: bool
    styles: Styles
    is_on_paper: bool = True
    heading: str = ""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text, run by run."""
        pieces, length = [], 0
        for run in _own(self.element, f"{W}r"):
            hidden = self.styles.unseen(self.element, run)
            for child in run:
                tag = str(child.tag)
                if tag not in _PIECES and tag not in _SIGNS:
                    continue
                text = _SIGNS.get(tag) or child.text or ""
                pieces.append(Piece(length, text, child, run, _PIECES.get(tag) or hidden))
                length += len(text)
        return tuple(pieces)

    @cached_property
    def text(self) -> str:
        """All of it, what is hidden included."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def said(self) -> str:
        """Where it is, with its first words: nobody counts paragraphs in Word."""
        seen = (piece.text for piece in self.pieces if piece.unseen != IN_CODE)
        words, heading = _first_words("".join(seen)), _first_words(self.heading)
        under = f", onder “{heading}”" if heading not in ("", words) else ""
        return f"{self.place}{under}{f' (“{words}”)' if words else ''}"

    def around(self, tag: str) -> etree._Element | None:
        """Return the nearest element of this kind that it is in: `tr`, `tc`, `tbl`."""
        return next(self.element.iterancestors(f"{W}{tag}"), None)


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"
    return _NUMBER.sub(lambda found: mask_bsn(found.group()), shown)


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the package with text: body, header, footer or notes."""

    part: str
    root: etree._Element
    paragraphs: tuple[Paragraph, ...]


def stories_of(members: Mapping[str, bytes]) -> tuple[Story, ...]:
    """Return the stories in reading order: headers, body, footers, notes.

    The members are those that `ooxml.read_package` found harmless.
    """
    found = []
    order = ("header", "document", "footer", "footnotes", "endnotes")
    roots = {name: etree.fromstring(members[name]) for name in members if _STORY.fullmatch(name)}
    body = roots.get(BODY, etree.Element("none"))
    pages, shown = by_kind(members, body), on_paper(members, body)
    headings, styles = _headings(members), Styles(members)
    for name, root in roots.items():
        match = _STORY.fullmatch(name)
        kind = next(filter(None, match.groups())) if match else ""
        place = _NAMES.get(kind, "eindnoot" if kind == "endnotes" else "")
        is_shown = kind not in _ON_PAGES or name in shown
        walker = _Walker(name, root, headings, styles, is_on_paper=is_shown)
        place += PAGES.get(pages.get(name, ""), "")
        paragraphs = walker.story(place, is_notes=kind.endswith("notes"))
        found.append((order.index(kind), name, Story(name, root, tuple(paragraphs))))
    return tuple(story for _, _, story in sorted(found, key=lambda item: item[:2]))


def _headings(members: Mapping[str, bytes]) -> frozenset[str]:
    """Return the ids of the styles that Word lists in its navigation pane."""
    if "word/styles.xml" not in members:
        return frozenset()
    styles = etree.fromstring(members["word/styles.xml"]).iter(f"{W}style")
    return frozenset(
        it.get(f"{W}styleId", "") for it in styles if it.find(f"{W}pPr/{W}outlineLvl") is not None
    )


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield what is inside, but not in a text box: that has paragraphs of its own."""
    for child in element:
        if child.tag == tag:
            yield child
        if child.tag not in (_BOX, _FALLBACK):
            yield from _own(child, tag)


class _Walker:
    """Names the place of every paragraph of one part."""

    def __init__(
        self,
        part: str,
        root: etree._Element,
        headings: frozenset[str],
        styles: Styles,
        *,
        is_on_paper: bool,
    ) -> None:
        self.part, self.root, self.styles, self.is_on_paper = part, root, styles, is_on_paper
        self.headings, self.heading = headings, ""
        self.numbers = {paragraph: at for at, paragraph in enumerate(root.iter(_P))}

    def story(self, place: str, *, is_notes: bool) -> Iterator[Paragraph]:
        if not is_notes:
            yield from self.block(self.root, place, in_box=False)
            return
        # The first ones are the lines between text and notes.
        notes = [note for note in self.root if note.get(f"{W}type") is None]
        for number, note in enumerate(notes, 1):
            yield from self.block(note, f"{place} {number}", in_box=False)

    def block(self, parent: etree._Element, place: str, *, in_box: bool) -> Iterator[Paragraph]:
        """Yield the paragraphs of a story, a cell or a text box, tables included."""
        paragraphs, tables = count(1), count(1)
        for child in _blocks(parent):
            if child.tag == _TABLE:
                yield from self.table(child, _joined(place, f"tabel {next(tables)}"), in_box=in_box)
                continue
            at = next(paragraphs)
            # In a cell, a header or a note there is mostly one: then the number says nothing.
            here = place if place and at == 1 else _joined(place, f"alinea {at}")
            number = self.numbers[child]
            found = Paragraph(self.part, number, here, child, in_box, self.styles, self.is_on_paper)
            style = child.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") in self.headings:
                self.heading = found.text
            yield replace(found, heading=self.heading)
            for box in _own(child, _BOX):
                yield from self.block(box, _joined(here, "tekstvak"), in_box=True)

    def table(self, table: etree._Element, place: str, *, in_box: bool) -> Iterator[Paragraph]:
        for number, row in enumerate(_within(table, _ROW), 1):
            column = 1
            for cell in _within(row, _CELL):
                here = f"{place}, rij {number}, kolom {column}"
                yield from self.block(cell, here, in_box=in_box)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = span.get(f"{W}val", "") if span is not None else ""
                # Only the name of the place hangs on it.
                column += int(wide) if _COLUMNS.fullmatch(wide) else 1


def _joined(place: str, detail: str) -> str:
    return f"{place}, {detail}" if place else detail


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also those in a content control or a tracked change."""
    for child in parent:
        if child.tag in (_P, _TABLE):
            yield child
        elif child.tag != _FALLBACK:
            yield from _blocks(child)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows of a table or cells of a row, also those in a content control."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag != _P:
            yield from _within(child, tag)
