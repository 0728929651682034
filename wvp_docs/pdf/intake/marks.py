"""Tells a page again after it was saved anew or bound into another file, without keeping it.

A mark is a digest of what a reader sees: the letters of a page in whatever order a program put
them, and the pictures that cover it, whether or not a scanner put letters behind them. What every
paper may have gives no mark: a page with a few words, a small picture such as a logo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.beside import Marks
from wvp_docs.pdf.document import to_bytes
from wvp_docs.pdf.intake import ODD, Taken, UnusableError, take_in
from wvp_docs.pdf.intake.jpeg import bare
from wvp_docs.pdf.intake.opening import filters_of, open_stranger, reachable, word
from wvp_docs.pdf.intake.placed import placed_on
from wvp_docs.pdf.paper import Paper, compact

_LETTERS, _FEW = 40, 10
"""Characters: fewer say nothing by themselves; even fewer say nothing at all."""

_DOTS, _COVERING_DOTS = 250_000, 20_000
"""A scan of a sheet at 50 dpi; what covers a sheet with fewer than the second nobody can read."""

_COVERED = 0.5
"""Of the page: a logo is smaller."""

_DRAWN = 1_000
"""Bytes: what is drawn without letters or pictures, and is more than a frame."""

_PHOTO = b"\xff\xd8\xff"
_DRAWS = re.compile(rb"(?:^|\s)(?:Do|BI|sh)\s")
_UNSEEN_NOTES = frozenset({"/Link", "/Popup"})
_PICTURES = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"})


@dataclass(frozen=True, slots=True)
class _Look:
    """The marks of one page, and whether there is anything on it."""

    marks: frozenset[str]
    is_blank: bool


def marks_of(content: bytes, passwords: Sequence[str] = ()) -> Marks:
    """Return the marks of a file: its own SHA-256, those of its pages, and what they leave out."""
    own = frozenset((sha256(content).hexdigest(),))
    try:
        taken = take_in(content, "stuk.pdf", passwords)
        pages = list(zip(*_looks(content, taken, passwords), strict=True))
        own |= _of_photo(content)
        unseen = _besides_pages(content, passwords) if _is_pdf(content) else _given_up(taken)
    except (UnusableError, *ODD) as error:
        if _is_pdf(content) and isinstance(error, UnusableError):
            return Marks(own, str(error))
        return Marks(own, "is geen PDF, foto of scan die wvp-docs kan lezen.")
    for number, looks in enumerate(pages, 1):
        own = own.union(*(look.marks for look in looks))
        if not any(look.marks for look in looks) and not all(look.is_blank for look in looks):
            unseen = unseen or f"heeft een bladzijde ({number}) waaraan het niet is te herkennen."
    return Marks(own, unseen)


def marks_of_pages(
    content: bytes, taken: Taken, passwords: Sequence[str] = ()
) -> list[frozenset[str]]:
    """Return the marks of each page of a file, as it is and as it was taken in.

    Raises:
        UnusableError: they cannot be had.
    """
    try:
        pages = zip(*_looks(content, taken, passwords), strict=True)
        return [frozenset[str]().union(*(look.marks for look in page)) for page in pages]
    except ODD as fault:
        raise UnusableError(
            "is niet te vergelijken met de stukken die nergens in mogen.",
            "Open het in het programma waarmee het is gemaakt, en druk het af naar PDF.",
        ) from fault


def _looks(content: bytes, taken: Taken, passwords: Sequence[str]) -> Iterator[list[_Look]]:
    """Yield the looks of all pages, for each state of the file: fields are text in one of them."""
    yield _pages(taken.pdf, passwords)
    if _is_pdf(content) and content != taken.pdf:
        yield _pages(content, passwords)


def _pages(content: bytes, passwords: Sequence[str]) -> list[_Look]:
    with open_stranger(content, passwords).pdf as pdf:
        texts = map(compact, Paper(to_bytes(pdf)).pages)
        return [_look(*both) for both in zip(pdf.pages, texts, strict=True)]


def _besides_pages(content: bytes, passwords: Sequence[str]) -> str:
    """Return in a clause what may hold other pages than those of a PDF; empty if nothing does."""
    opened = open_stranger(content, passwords)
    with opened.pdf as pdf:
        if opened.damaged or opened.torn:
            return "is beschadigd."
        held = any(map(_holds_file, (*reachable(pdf.Root), *pdf.objects)))
        return "is een bestand waar een ander bestand in zit." if held else ""


def _holds_file(node: object) -> bool:
    if not isinstance(node, Dictionary | Stream):
        return False
    files = node.get("/EF")  # a font may be called so too
    is_named = isinstance(files, Dictionary) and "/Type" not in files
    return is_named or word(node.get("/Type")) == "/EmbeddedFile"


def _given_up(taken: Taken) -> str:
    """Return in a clause that a picture lost dots on the way to paper; empty if it did not."""
    lost = any("verkleind" in sentence for sentence in taken.said)
    return "is een scan met meer beeldpunten dan papier toont." if lost else ""


def _of_photo(content: bytes) -> frozenset[str]:
    same = bare(content) if content.startswith(_PHOTO) else None
    return frozenset((sha256(same).hexdigest(),)) if same else frozenset()


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _look(page: pikepdf.Page, text: str) -> _Look:
    drawn = b" ".join(b" ".join(_drawn(page)).split()) + b" "
    marks = frozenset(_marks(page, text, drawn))
    notes = page.obj.get("/Annots")
    seen = [note for note in notes if _is_seen(note)] if isinstance(notes, Array) else []
    return _Look(marks, not seen and not _DRAWS.search(drawn))


def _marks(page: pikepdf.Page, text: str, drawn: bytes) -> Iterator[str]:
    if len(text) >= _LETTERS:
        yield sha256("".join(sorted(text)).encode("utf-8", "surrogatepass")).hexdigest()
        yield from _covering(page)
        return
    large = {_of_picture(node) for node in reachable(page.resources) if _is_large(node)}
    pictures = large | _covering(page)
    yield from pictures
    if not pictures and (len(text) >= _FEW or len(drawn) >= _DRAWN):
        yield sha256(drawn).hexdigest()


def _covering(page: pikepdf.Page) -> set[str]:
    """Return the marks of the pictures that cover a page, alone or as the strips of one scan."""
    left, bottom, right, top = map(float, page.cropbox)
    most = abs((right - left) * (top - bottom)) * _COVERED
    placed = [it for it in placed_on(page) if _dots(it.picture)]
    whole = [it for it in placed if it.area >= most and _dots(it.picture) >= _COVERING_DOTS]
    strips = [it for it in placed if it.area < most]
    found = {_of_picture(it.picture) for it in whole}
    dots = sum(_dots(it.picture) for it in strips)
    if sum(it.area for it in strips) >= most and dots >= _COVERING_DOTS:
        together = sorted(_of_picture(it.picture) for it in strips)
        found.add(sha256("".join(together).encode()).hexdigest())
    return found


def _drawn(page: pikepdf.Page) -> Iterator[bytes]:
    """Yield what draws the page, and what the forms draw that it may use."""
    page.contents_coalesce()
    streams = (it for it in reachable(page.resources) if isinstance(it, Stream))
    forms = (it for it in streams if it.get("/Subtype") == Name.Form)
    yield from (_unpacked(it) for it in (page.obj.get("/Contents"), *forms) if it is not None)


def _is_seen(note: object) -> bool:
    return not isinstance(note, Dictionary) or word(note.get("/Subtype")) not in _UNSEEN_NOTES


def _is_large(node: pikepdf.Object) -> bool:
    is_picture = isinstance(node, Stream) and node.get("/Subtype") == Name.Image
    return is_picture and _dots(node) >= _DOTS


def _dots(picture: pikepdf.Object) -> int:
    wide, high = picture.get("/Width"), picture.get("/Height")
    return wide * high if isinstance(wide, int) and isinstance(high, int) else 0


def _of_picture(picture: pikepdf.Object) -> str:
    content = _unpacked(picture)
    is_photo = content.startswith(_PHOTO)
    return sha256((bare(content) if is_photo else None) or content).hexdigest()


def _unpacked(stream: pikepdf.Object) -> bytes:
    """Return the content without what another program may pack anew; a JPEG as it is."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PikepdfError:
        return _as_it_was(stream)


def _as_it_was(stream: pikepdf.Object) -> bytes:
    """Return a picture in its own packing, without another around it."""
    content, filters = bytes(stream.read_raw_bytes()), filters_of(stream)
    if len(filters) < 2 or filters[-1] not in _PICTURES:  # noqa: PLR2004  one around another
        return content
    try:
        with Pdf.new() as pdf:
            inner = pdf.make_stream(content)
            inner.Filter = Array([Name(name) for name in filters[:-1]])
            return bytes(inner.read_bytes())
    except pikepdf.PikepdfError:
        return content
