"""Tells a page again after it was saved anew or bound into another file, without keeping it.

A mark is a digest of what a reader sees: the letters of a page in whatever order a program put
them, or, on a page that is a picture, the picture. What every paper may have gives no mark: a page
with a few words, a small picture such as a logo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

import pikepdf
from pikepdf import Name, Stream

from wvp_docs.pdf.document import to_bytes
from wvp_docs.pdf.intake import ODD, UnusableError, take_in
from wvp_docs.pdf.intake.opening import open_stranger, reachable
from wvp_docs.pdf.paper import Paper, compact

_LETTERS, _FEW = 40, 10
"""Characters: fewer say nothing by themselves; even fewer say nothing at all."""

_DOTS = 250_000
"""A scan of a sheet at 50 dpi; a logo has fewer."""

_DRAWN = 1_000
"""Bytes: what is drawn without letters or pictures, and is more than a frame."""


def marks_of(content: bytes, passwords: Sequence[str] = ()) -> frozenset[str]:
    """Return the marks of a file: its own SHA-256 and those of its pages, if it can be read."""
    own = sha256(content).hexdigest()
    return frozenset((own,)).union(*marks_of_pages(content, passwords))


def marks_of_pages(content: bytes, passwords: Sequence[str] = ()) -> list[frozenset[str]]:
    """Return the marks of each page; nothing of a file that has no pages we can read."""
    try:
        if b"%PDF-" not in content[:1024]:
            content = take_in(content, "beeld.jpg").pdf
        with open_stranger(content, passwords).pdf as pdf:
            texts = map(compact, Paper(to_bytes(pdf)).pages)
            return [frozenset(_marks(*both)) for both in zip(pdf.pages, texts, strict=True)]
    except (UnusableError, *ODD):
        return []


def _marks(page: pikepdf.Page, text: str) -> Iterator[str]:
    if len(text) >= _LETTERS:
        yield sha256("".join(sorted(text)).encode("utf-8", "surrogatepass")).hexdigest()
        return
    pictures = [node for node in reachable(page.resources) if _is_large(node)]
    for picture in pictures:
        yield sha256(_unpacked(picture)).hexdigest()
    drawn = b" ".join(b" ".join(map(_unpacked, _contents(page))).split())
    if not pictures and (len(text) >= _FEW or len(drawn) >= _DRAWN):
        yield sha256(drawn).hexdigest()


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    page.contents_coalesce()
    content = page.obj.get("/Contents")
    return [content] if isinstance(content, Stream) else []


def _is_large(node: pikepdf.Object) -> bool:
    if not isinstance(node, Stream) or node.get("/Subtype") != Name.Image:
        return False
    wide, high = node.get("/Width"), node.get("/Height")
    return isinstance(wide, int) and isinstance(high, int) and wide * high >= _DOTS


def _unpacked(stream: pikepdf.Object) -> bytes:
    """Return the content without what another program may pack anew; a JPEG as it is."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PikepdfError:
        return bytes(stream.read_raw_bytes())
