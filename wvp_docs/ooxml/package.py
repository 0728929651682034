"""The zip around a Word file: what it is when it is none, and unpacking it within bounds."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

from wvp_docs.ooxml.dangers import Danger, HostileError
from wvp_docs.ooxml.parts import inspect

MAX_MEMBERS = 5_000
MAX_TOTAL = 300_000_000
"""Bytes unpacked: as much as the largest attachment that is read at all."""
MAX_RATIO = 200
"""XML of Word packs ten to fifty times; deflate can do a thousand."""
_SURELY_SMALL = 20_000_000
"""Bytes: a page that repeats itself packs very well too, and does no harm below this."""

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""Every member carries the oldest date a zip can hold: same input, same bytes."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = 30
_HIDDEN_BY_PASSWORD = 0x1
_STRANGE_NAME = re.compile(r"[\x00-\x1f\x7f:\\]|(?:^|/)(?:\.{0,2})(?:/|$)")


def read_package(source: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file in their order, once they were all found harmless.

    Raises:
        HostileError: naming what it is instead, or what in it may not be.
    """
    _require_zip(source)
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            infos = [it for it in package.infolist() if not (it.is_dir() and it.file_size == 0)]
            _require_plain(infos)
            _require_bounded(infos, package.start_dir)
            members = {info.filename: package.read(info) for info in infos}
    except (
        *(zipfile.BadZipFile, zlib.error, struct.error),
        *(OSError, EOFError, ValueError, NotImplementedError),
    ) as error:
        raise HostileError(Danger.TRUNCATED) from error
    if any(len(members[info.filename]) != info.file_size for info in infos):
        raise HostileError(Danger.TRUNCATED)
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise HostileError(Danger.ODT)
    inspect(members)
    return members


def write_package(members: Mapping[str, bytes]) -> bytes:
    """Return the parts as a Word file; the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            package.writestr(info, content)
    return buffer.getvalue()


def _require_zip(source: bytes) -> None:
    """Refuse what is no zip, by the name of what it is."""
    start = source[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not source:
        raise HostileError(Danger.NO_DOCX, "is leeg.", "Kies een ander bestand.")
    if source.startswith(_OLE):
        names = {name: name.encode("utf-16-le") in source for name in _STREAMS}
        raise HostileError(next((_STREAMS[it] for it in names if names[it]), Danger.NO_DOCX))
    for begin, what in _OTHERS.items():
        if start.startswith(begin):
            raise HostileError(Danger.NO_DOCX, f"is {what} en geen Word-bestand.")
    if not source.startswith(_ZIP):
        raise HostileError(Danger.NO_DOCX)


_STREAMS = {"EncryptedPackage": Danger.ENCRYPTED, "WordDocument": Danger.OLD_DOC}
"""What Word keeps in a compound file, by the name of the stream."""

_OTHERS = {
    b"%pdf-": "een PDF",
    b"{\\rtf": "een RTF-bestand",
    b"<!doctype html": "een webpagina",
    b"<html": "een webpagina",
    b"mime-version:": "een webpagina",
    b"<?xml": "een XML-bestand",
    b"\xff\xd8\xff": "een foto",
    b"\x89png": "een afbeelding",
}


def _require_plain(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse names that a package cannot have, and members packed as Word never does."""
    if any(info.flag_bits & _HIDDEN_BY_PASSWORD for info in infos):
        raise HostileError(Danger.ENCRYPTED)
    # The names of parts do not know capitals: two that differ in nothing else are one part twice.
    names = {info.filename.lower() for info in infos}
    plain = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if (
        len(names) != len(infos)
        or any(_STRANGE_NAME.search(info.filename) for info in infos)
        or any(info.compress_type not in plain for info in infos)
    ):
        raise HostileError(Danger.STRANGE_ZIP)


def _require_bounded(infos: list[zipfile.ZipInfo], end: int) -> None:
    """Refuse by the sizes that are promised; `zipfile` reads no byte more than those."""
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_TOTAL:
        packed = sum(info.compress_size for info in infos)
        is_bomb = sum(info.file_size for info in infos) > MAX_RATIO * packed
        raise HostileError(Danger.ZIP_BOMB if is_bomb else Danger.TOO_BIG)
    if any(it.file_size > max(_SURELY_SMALL, MAX_RATIO * it.compress_size) for it in infos):
        raise HostileError(Danger.ZIP_BOMB)
    # Members that lie over each other let a few bytes count many times.
    for info in sorted(infos, key=lambda info: info.header_offset, reverse=True):
        size = _LOCAL_HEADER + len(info.filename) + info.compress_size
        if info.header_offset + size > end:
            raise HostileError(Danger.ZIP_BOMB)
        end = info.header_offset
