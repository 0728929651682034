"""The letters inside an embedded font: which there are, and how wide each is.

TrueType and CFF are read by fontTools; Type 1 here, because fontTools would run the font as the
PostScript program that it is, and a stranger wrote it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.eexec import decrypt
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pikepdf import Object

# A name in Type 1 and in CFF, a number in TrueType and in a font of an Asian kind (CID).
Glyph: TypeAlias = str | int

_EM = 1000
_EEXEC, _CHARSTRING, _NOISE = 55665, 4330, 4
_LETTER = re.compile(rb"/([^\s/]+)\s+(\d+)\s+(?:RD|-\|)\s")
_CODE = re.compile(rb"dup\s+(\d+)\s*/([^\s/]+)\s+put")
_HSBW, _ESCAPE, _SBW, _DIV = 13, 12, 7, 12


@dataclass(frozen=True, slots=True)
class Typeface:
    """An embedded font program.

    Attributes:
        width: gives the width of a glyph in thousandths of the size, None if it is not there.
        codes: its own encoding.
        tables: of TrueType: per platform and encoding, the glyph of each code.
    """

    width: Callable[[Glyph], float | None]
    codes: Mapping[int, Glyph] = field(default_factory=dict)
    tables: Mapping[tuple[int, int], Mapping[int, int]] = field(default_factory=dict)


def typeface_of(descriptor: Object) -> Typeface | None:
    """Return the program inside a font descriptor, None if it is not embedded.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        if "/FontFile" in descriptor:
            return _type1(descriptor.FontFile.read_bytes())
        if "/FontFile2" in descriptor:
            return _truetype(TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True))
        if "/FontFile3" in descriptor:
            program = descriptor.FontFile3.read_bytes()
            if descriptor.FontFile3.get("/Subtype") == "/OpenType":
                font = TTFont(io.BytesIO(program), lazy=True)
                return _cff(font["CFF "].cff) if "CFF " in font else _truetype(font)
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(program), None)
            return _cff(fonts)
    except Exception as fault:  # fontTools raises whatever a broken font makes it stumble on
        raise ValueError(str(fault)) from fault
    return None


def _truetype(font: TTFont) -> Typeface:
    # As bytes: what else these tables hold may be broken, and is not asked.
    head, widths = font.reader["head"], font.reader["hmtx"]
    size, count = _number(head, 18), _number(font.reader["maxp"], 4)
    full = _number(font.reader["hhea"], 34)
    # Names of our own, for the same reason.
    font.setGlyphOrder([str(number) for number in range(count)])

    def width(glyph: Glyph) -> float | None:
        if not isinstance(glyph, int) or glyph >= count:
            return None
        return _number(widths, 4 * min(glyph, full - 1)) * _EM / size

    tables = font["cmap"].tables if "cmap" in font else []
    return Typeface(
        width,
        tables={
            (table.platformID, table.platEncID): {
                code: int(name) for code, name in table.cmap.items()
            }
            for table in tables
        },
    )


def _number(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "big")


def _cff(fonts: CFFFontSet) -> Typeface:
    top = fonts[0]
    letters, scale = top.CharStrings, float(top.FontMatrix[0]) * _EM
    is_cid = hasattr(top, "ROS")

    def width(glyph: Glyph) -> float | None:
        if isinstance(glyph, int):
            name = f"cid{glyph:05d}" if is_cid and glyph else ".notdef"
            if not is_cid and glyph < len(top.charset):
                name = top.charset[glyph]
        else:
            name = glyph
        if name not in letters.charStrings:
            return None
        letter = letters[name]
        letter.draw(NullPen())
        return float(letter.width) * scale

    own = getattr(top, "Encoding", None)
    names = own if isinstance(own, list) else StandardEncoding
    return Typeface(width, codes=dict(enumerate(() if is_cid else names)))


def _type1(program: bytes) -> Typeface:
    clear, _, hidden = program.partition(b"eexec")
    hidden = hidden.lstrip(b" \t\r\n")
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", hidden[:8]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", hidden).decode()
        hidden = bytes.fromhex(digits[: len(digits) & ~1])
    private = decrypt(hidden, _EEXEC)[0]
    noise = re.search(rb"/lenIV\s+(\d+)", private)
    skip = int(noise[1]) if noise else _NOISE
    matrix = re.search(rb"/FontMatrix\s*\[\s*([\d.eE+-]+)", clear)
    scale = float(matrix[1]) * _EM if matrix else 1.0
    letters = dict(_letters(private, skip))
    if not letters:
        raise ValueError("no letters")

    def width(glyph: Glyph) -> float | None:
        letter = letters.get(str(glyph))
        return None if letter is None else _type1_width(letter) * scale

    own = {int(code): name.decode("latin-1") for code, name in _CODE.findall(clear)}
    return Typeface(width, codes=own or dict(enumerate(StandardEncoding)))


def _letters(private: bytes, skip: int) -> Iterator[tuple[str, bytes]]:
    at = private.find(b"/CharStrings")
    while found := _LETTER.search(private, at):
        at = found.end() + int(found[2])
        letter = decrypt(private[found.end() : at], _CHARSTRING)[0]
        yield found[1].decode("latin-1"), letter[skip:]


def _type1_width(letter: bytes) -> float:
    """Return the width with which the letter begins (Type 1 Font Format, chapter 6)."""
    stack: list[float] = []
    rest = iter(letter)
    for byte in rest:
        if byte == _HSBW:
            return stack[1]
        if byte == _ESCAPE:
            operator = next(rest)
            if operator == _SBW:
                return stack[2]
            if operator != _DIV:
                break
            below = stack.pop()
            stack.append(stack.pop() / below)
        elif byte < 32:  # noqa: PLR2004  any other operator
            break
        elif byte <= 246:  # noqa: PLR2004  the four sizes of a number
            stack.append(byte - 139)
        elif byte <= 250:  # noqa: PLR2004
            stack.append((byte - 247) * 256 + next(rest) + 108)
        elif byte <= 254:  # noqa: PLR2004
            stack.append(-(byte - 251) * 256 - next(rest) - 108)
        else:
            stack.append(int.from_bytes(bytes(next(rest) for _ in range(4)), "big", signed=True))
    raise ValueError("no width")
