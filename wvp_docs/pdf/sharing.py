"""One copy of what several parts of a bundle bring along: a logo, a font."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream


def share_streams(target: Pdf) -> None:
    """Keep one copy of pictures and font files that are the same to the byte."""
    seen = _Seen()
    done: set[tuple[int, int]] = set()
    for page in target.pages:
        resources = page.obj.get("/Resources", Dictionary())
        if resources.is_indirect:
            if resources.objgen in done:
                continue
            done.add(resources.objgen)
        for holder in (resources.get("/XObject", Dictionary()), *_font_files(resources)):
            for key, value in holder.items():
                if isinstance(value, Stream) and value.get("/Subtype") != Name.Form:
                    holder[key] = seen.first(value)


def _font_files(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for font in resources.get("/Font", Dictionary()).values():
        for part in (font, *font.get("/DescendantFonts", ())):
            if "/FontDescriptor" in part:
                yield part.FontDescriptor


class _Seen:
    """The streams met so far; their bytes are read only when two say the same of themselves."""

    def __init__(self) -> None:
        self._alike: dict[bytes, dict[bytes, pikepdf.Object]] = {}
        self._done: dict[tuple[int, int], pikepdf.Object] = {}

    def first(self, stream: pikepdf.Object) -> pikepdf.Object:
        """Return the first stream with these bytes and properties: a logo, its mask, a font."""
        if stream.objgen not in self._done:
            self._done[stream.objgen] = self._first(stream)
        return self._done[stream.objgen]

    def _first(self, stream: pikepdf.Object) -> pikepdf.Object:
        if "/SMask" in stream:
            stream.SMask = self.first(stream.SMask)
        alike = self._alike.setdefault(stream.stream_dict.unparse(), {})
        if not alike:
            alike[b""] = stream
            return stream
        if b"" in alike:
            alone = alike.pop(b"")
            alike[_hash(alone)] = alone
        return alike.setdefault(_hash(stream), stream)


def _hash(stream: pikepdf.Object) -> bytes:
    return sha256(stream.read_raw_bytes()).digest()
