"""The text of a PDF as its glyphs draw it, with a mark where a font draws nothing it knows.

A reader program copies a character out of a PDF even where the page shows the empty box of a font
that lacks it: the file says which character was meant. Here the drawing itself counts.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator

import pikepdf

LOST = "\ufffd"
"""Stands for a character that was asked for and not drawn."""

_WIDE = 2


class Glyphs:
    """The drawn text of one document."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._fonts: dict[tuple[int, int], _Font] = {}

    def has_lost(self) -> bool:
        """Return whether some font of the document draws a character as its empty box."""
        return any(
            self._font(font).lost
            for page in self._document.pages
            for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
        )

    def pages(self) -> list[str]:
        """Return the text of each page in the order in which it is drawn."""
        return ["".join(self._shown(page.obj, page.resources)) for page in self._document.pages]

    def _font(self, font: pikepdf.Object) -> _Font:
        if not font.is_indirect:
            return _Font(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font(font)
        return self._fonts[font.objgen]

    def _shown(self, content: pikepdf.Object, resources: pikepdf.Object) -> Iterator[str]:
        font: _Font | None = None
        for step in pikepdf.parse_content_stream(content, "Tf Tj TJ ' \" Do"):
            operands, operator = step.operands, str(step.operator)
            if operator == "Tf":
                font = self._font(resources.Font[str(operands[0])])
            elif operator == "Do":
                inner = resources.XObject[str(operands[0])]
                if inner.get("/Subtype") == pikepdf.Name.Form:
                    yield from self._shown(inner, inner.get("/Resources", resources))
            elif font is not None:
                for item in operands[0] if operator == "TJ" else operands[-1:]:
                    if isinstance(item, pikepdf.String):
                        yield font.read(bytes(item))


class _Font:
    """How the codes of one font in a PDF read; a code without a drawing reads as lost."""

    def __init__(self, font: pikepdf.Object) -> None:
        self._width = _WIDE if font.get("/Subtype") == pikepdf.Name.Type0 else 1
        self._signs: dict[int, str] = {}
        if "/ToUnicode" in font:
            self._signs = dict(_to_unicode(font.ToUnicode.read_bytes()))
        bare = font.DescendantFonts[0] if self._width == _WIDE else font
        descriptor = bare.get("/FontDescriptor", pikepdf.Dictionary())
        lost = {0} if self._width == _WIDE else set()
        if "/FontFile2" in descriptor:
            lost |= _undrawn(descriptor.FontFile2.read_bytes(), self._width)
        # A blank is nothing to lose.
        self.lost = {code for code in lost if not self._signs.get(code, " ").isspace()}
        self._signs |= dict.fromkeys(self.lost, LOST)

    def read(self, codes: bytes) -> str:
        numbers = (
            int.from_bytes(codes[at : at + self._width], "big")
            for at in range(0, len(codes), self._width)
        )
        return "".join(self._signs.get(number, "") for number in numbers)


def _to_unicode(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Yield what each code of a font stands for."""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            yield int(code, 16), _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = _utf16(text)
            for step in range(int(last, 16) - int(first, 16) + 1):
                yield int(first, 16) + step, start[:-1] + chr(ord(start[-1]) + step)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _undrawn(font: bytes, width: int) -> set[int]:
    """Return the codes that a TrueType font draws as its glyph 0: the box for what it lacks."""
    tables = {
        font[at : at + 4]: font[slice(*_span(font, at))]
        for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16)
    }
    is_long = tables[b"head"][51]
    size, factor = (4, 1) if is_long else (2, 2)
    loca, glyf = tables[b"loca"], tables[b"glyf"]
    edges = [
        factor * int.from_bytes(loca[at : at + size], "big") for at in range(0, len(loca), size)
    ]
    glyphs = [glyf[first:last] for first, last in itertools.pairwise(edges)]
    same = {number for number, glyph in enumerate(glyphs) if glyph and glyph == glyphs[0]}
    if width == _WIDE:
        return same
    return {code for code, glyph in enumerate(_codes(tables.get(b"cmap", b""))) if glyph in same}


def _span(font: bytes, at: int) -> tuple[int, int]:
    start, length = struct.unpack(">II", font[at + 8 : at + 16])
    return start, start + length


def _codes(cmap: bytes) -> bytes:
    """Return the glyph of each code, from the only kind of table LibreOffice writes (format 0)."""
    start = int.from_bytes(cmap[8:12], "big")
    return cmap[start + 6 : start + 262] if cmap[start : start + 2] == b"\0\0" else b""
