"""Fonts of which everything is in the file: what an archive asks of letters that are seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from fontTools.agl import UV2AGL, toUnicode
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from wvp_docs.pdf.archive.codemap import CodeMap
from wvp_docs.pdf.archive.content import Canvas, Drawn
from wvp_docs.pdf.archive.obstacles import MALFORMED, Obstacles
from wvp_docs.pdf.archive.typeface import Glyph, Typeface, typeface_of

_SYMBOLIC, _PLAIN = 4, 32
_WINDOWS, _SYMBOLS, _MACINTOSH = (3, 1), (3, 0), (1, 0)
_LEEWAY = 1
_LAST = 0xFFFF
_NAME = 60
_WIN_ANSI = [
    UV2AGL.get(ord(bytes([code]).decode("cp1252", "replace")), "bullet") for code in range(256)
]
_WIN_ANSI[160], _WIN_ANSI[173] = "space", "hyphen"
_NAMED = {
    "/WinAnsiEncoding": _WIN_ANSI,
    "/MacRomanEncoding": MacRoman,
    "/StandardEncoding": StandardEncoding,
}
_LACKS = "mist een teken dat is gebruikt"
_WIDTH = "geeft een letter een andere breedte dan hij heeft"
_FILES = {"/Type1C", "/CIDFontType0C", "/OpenType"}


@dataclass(slots=True)
class _Use:
    """Where a font is used first, and the texts in it: in sight, or for searching only."""

    page: int
    font: Object
    seen: set[bytes] = field(default_factory=set)
    unseen: set[bytes] = field(default_factory=set)


class _FaultError(Exception):
    """A font that cannot stay as it is; says why in a Dutch clause about it."""


class Fonts:
    """The fonts of one document and what is drawn with them."""

    def __init__(self, document: Pdf, obstacles: Obstacles) -> None:
        self._document = document
        self._obstacles = obstacles
        self._uses: dict[tuple[int, int], _Use] = {}

    def note(self, canvas: Canvas, made: Drawn) -> None:
        """Remember which fonts this canvas draws with."""
        for name, texts in made.seen.items():
            if use := self._use(canvas, name):
                use.seen |= texts
        for name, texts in made.unseen.items():
            if use := self._use(canvas, name):
                use.unseen |= texts

    def _use(self, canvas: Canvas, name: str) -> _Use | None:
        fonts = canvas.resources.get("/Font", Dictionary())
        if name not in fonts:
            self._obstacles.add(canvas.page, "er staat tekst op zonder lettertype")
            return None
        if not fonts[name].is_indirect:
            fonts[name] = self._document.make_indirect(fonts[name])
        return self._uses.setdefault(fonts[name].objgen, _Use(canvas.page, fonts[name]))

    def settle(self) -> None:
        """Repair the fonts that are used, and note those that cannot be."""
        for use in self._uses.values():
            try:
                _settle_name(use.font)
                _settle(use.font, use)
            except _FaultError as fault:
                self._obstacles.add(use.page, f"{_title(use.font)} {fault}")
            except MALFORMED:
                self._obstacles.add(use.page, f"{_title(use.font)} is niet te controleren")
            if "/FontDescriptor" in use.font and not use.font.FontDescriptor.is_indirect:
                use.font.FontDescriptor = self._document.make_indirect(use.font.FontDescriptor)


def _title(font: Object) -> str:
    """Return how a message names the font; a stranger chose the name."""
    name = str(font.get("/BaseFont", "/")).removeprefix("/").rpartition("+")[2]
    return f"het lettertype {''.join(filter(str.isprintable, name))[:_NAME]}".rstrip()


def _settle_name(font: Object) -> None:
    """Leave out of its name what is not ASCII: old programs wrote it in no known way (6.1.8)."""
    parts = [font, *font.get("/DescendantFonts", ())]
    parts += [part.FontDescriptor for part in parts if "/FontDescriptor" in part]
    for part in parts:
        for key in ("/BaseFont", "/FontName"):
            name = bytes(part.get(key, Name.Naamloos))
            if not name.isascii():
                part[key] = Name(name.decode("ascii", "ignore"))


def _settle(font: Object, use: _Use) -> None:
    font.Type = Name.Font
    if font.get("/Subtype") == Name.Type0:
        _settle_wide(font, use)
    elif use.seen and font.get("/Subtype") == Name.Type3:
        _settle_drawn(font, set(b"".join(use.seen)))
    elif use.seen:
        _settle_simple(font, set(b"".join(use.seen)))


def _settle_simple(font: Object, codes: set[int]) -> None:
    """Settle a font of one byte for each letter."""
    descriptor, face = _embedded(font)
    if "/CharSet" in descriptor:
        del descriptor.CharSet
    if not {"/FirstChar", "/LastChar", "/Widths"} <= set(font.keys()):
        raise _FaultError("zegt niet hoe breed zijn letters zijn")
    is_truetype = font.get("/Subtype") == Name.TrueType
    glyphs = _truetype_glyphs(font, descriptor, face, codes) if is_truetype else _names(font, face)
    widths, first = [float(width) for width in font.Widths], int(font.FirstChar)
    if len(widths) != int(font.LastChar) - first + 1:
        raise _FaultError("zegt niet hoe breed zijn letters zijn")
    missing = float(descriptor.get("/MissingWidth", 0))
    for code in codes:
        inside = 0 <= code - first < len(widths)
        _compare(face, glyphs.get(code), widths[code - first] if inside else missing)


def _settle_wide(font: Object, use: _Use) -> None:
    """Settle a font of more bytes for each letter, each of which stands for a number (CID)."""
    bare = font.DescendantFonts[0]
    bare.Type = Name.Font
    codes = CodeMap(font.Encoding, bare.get("/CIDSystemInfo", Dictionary()))
    seen = {code for text in use.seen for code in codes.read(text)}
    if 0 in seen or any(0 in codes.read(text) for text in use.unseen):
        raise _FaultError(_LACKS)
    if not seen:
        return
    descriptor, face = _embedded(bare)
    if "/CIDSet" in descriptor:
        del descriptor.CIDSet
    glyphs = {code: code for code in seen}
    if bare.Subtype == Name.CIDFontType2:
        if "/CIDToGIDMap" not in bare:
            bare.CIDToGIDMap = Name.Identity
        if isinstance(bare.CIDToGIDMap, Stream):
            table = bare.CIDToGIDMap.read_bytes()
            glyphs = {c: int.from_bytes(table[2 * c : 2 * c + 2], "big") for c in seen}
    widths, usual = dict(_wide_widths(bare.get("/W", Array()))), float(bare.get("/DW", 1000))
    for code in seen:
        _compare(face, glyphs[code], widths.get(code, usual))


def _settle_drawn(font: Object, codes: set[int]) -> None:
    """Settle a font whose letters are drawn in the PDF itself (Type 3)."""
    names = _names(font, Typeface(lambda _: None))
    for code in codes:
        letter = font.CharProcs.get(f"/{names.get(code)}")
        if letter is None:
            raise _FaultError(_LACKS)
        step = pikepdf.parse_content_stream(letter, "d0 d1")[0]
        width = float(font.Widths[code - int(font.FirstChar)])
        if abs(float(step.operands[0]) - width) > _LEEWAY:
            raise _FaultError(_WIDTH)


def _embedded(font: Object) -> tuple[Object, Typeface]:
    descriptor = font.get("/FontDescriptor", Dictionary())
    face = typeface_of(descriptor)
    if face is None:
        raise _FaultError("zit niet in het bestand")
    if "/FontFile3" in descriptor and str(descriptor.FontFile3.get("/Subtype")) not in _FILES:
        raise _FaultError("heeft een onbekende vorm")
    return descriptor, face


def _compare(face: Typeface, glyph: Glyph | None, width: float) -> None:
    """See that a letter is there, and as wide as the PDF says."""
    own = None if glyph in {None, 0, ".notdef"} else face.width(glyph)
    if own is None:
        raise _FaultError(_LACKS)
    if abs(own - width) > _LEEWAY:
        raise _FaultError(_WIDTH)


def _names(font: Object, face: Typeface) -> dict[int, Glyph]:
    """Return what each code of a simple font is called."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    names = dict(face.codes) if base is None else dict(enumerate(_NAMED[str(base)]))
    return names | _differences(font)


def _differences(font: Object) -> dict[int, str]:
    encoding, code = font.get("/Encoding"), 0
    found = {}
    if isinstance(encoding, Dictionary):
        for item in encoding.get("/Differences", ()):
            if isinstance(item, Name):
                found[code] = str(item).removeprefix("/")
                code += 1
            else:
                code = int(item)
    return found


def _truetype_glyphs(
    font: Object, descriptor: Object, face: Typeface, codes: set[int]
) -> dict[int, Glyph]:
    """Return the glyph of each code, by the rules for TrueType (ISO 19005-2, 6.2.11.6).

    A font of letters that says it has symbols, or the other way round, gets the right mark when
    the drawing stays the same: that is how reader programs already take it.
    """
    flags = int(descriptor.get("/Flags", 0))
    is_symbolic = bool(flags & _SYMBOLIC)
    by_name, by_code = _by_name(font, face), _by_code(face)
    if is_symbolic and "/Encoding" in font:
        if by_name and all(code in by_name for code in codes):
            is_symbolic = False
        elif all(by_name.get(code, by_code.get(code)) == by_code.get(code) for code in codes):
            del font.Encoding
    elif not is_symbolic and "/Encoding" not in font:
        is_symbolic = True
    if is_symbolic and len(face.tables) != 1 and _SYMBOLS not in face.tables:
        raise _FaultError("heeft letters die ieder programma anders kan kiezen")
    if not is_symbolic and not by_name:
        raise _FaultError("heeft letters die ieder programma anders kan kiezen")
    # A descriptor of its own: another font may share this one and keep the other mark.
    font.FontDescriptor = Dictionary(dict(descriptor.items()))
    marked = flags & ~(_SYMBOLIC | _PLAIN)
    font.FontDescriptor.Flags = marked | (_SYMBOLIC if is_symbolic else _PLAIN)
    return dict(by_code if is_symbolic else by_name)


def _by_name(font: Object, face: Typeface) -> dict[int, Glyph]:
    """Return the glyphs by the names of an encoding; empty where PDF/A does not allow that."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if str(base) not in {"/WinAnsiEncoding", "/MacRomanEncoding"}:
        return {}
    differences = _differences(font)
    windows, macintosh = face.tables.get(_WINDOWS, {}), face.tables.get(_MACINTOSH, {})
    if differences and not (windows and all(toUnicode(name) for name in differences.values())):
        return {}
    found: dict[int, Glyph] = {}
    for code, name in {**dict(enumerate(_NAMED[str(base)])), **differences}.items():
        sign = toUnicode(name)
        if sign and ord(sign[0]) in windows:
            found[code] = windows[ord(sign[0])]
        elif name in MacRoman and MacRoman.index(name) in macintosh:
            found[code] = macintosh[MacRoman.index(name)]
    return found


def _by_code(face: Typeface) -> dict[int, Glyph]:
    """Return the glyphs by the codes themselves, which symbols have at 0xF000 and on."""
    if _SYMBOLS in face.tables:
        return {code & 0xFF: glyph for code, glyph in face.tables[_SYMBOLS].items()}
    table = face.tables.get(_MACINTOSH) or next(iter(face.tables.values()), {})
    return dict(table)


def _wide_widths(table: Object) -> Iterator[tuple[int, float]]:
    """Yield the width of each code; a table says `first [widths]` or `first last width`."""
    items = list(table)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, Array):
            yield from ((first + step, float(width)) for step, width in enumerate(second))
        else:
            width = float(items.pop(0))
            yield from ((code, width) for code in range(first, min(int(second), _LAST) + 1))
