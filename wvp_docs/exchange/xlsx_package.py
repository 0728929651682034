"""The zip around a workbook: looked at before anything is unpacked, and read within bounds."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from wvp_docs.errors import reason
from wvp_docs.exchange.tables import TableError

MAX_MEMBERS = 5_000
MAX_SHEET = 4_000_000_000
"""Bytes unpacked of one sheet: a million rows of forty columns."""
MAX_PART = 400_000_000
"""Bytes unpacked of any other part: these are held in memory, the texts of the cells above all."""
MAX_RATIO = 400
"""A sheet of numbers packs ten to sixty times; deflate can do a thousand."""
_SURELY_SMALL = 20_000_000
_CHUNK = 1 << 16

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AS_XLSX = "Open het in Excel en bewaar het als Excel-werkmap (.xlsx)."
_DISTRUST = "Open dit bestand niet. Vraag de maker om een nieuw bestand."
_MACRO_PARTS = ("vbaproject.bin", "/activex/", "macrosheets/")

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError, RuntimeError),
    *(KeyError, ValueError, IndexError, TypeError, AttributeError, NotImplementedError),
)
"""What the readers of zips, of XML and of workbooks raise when a file is not what it says."""


def require_harmless(path: Path) -> None:
    """Return when the file is a workbook that can be opened within bounds.

    Raises:
        TableError: naming what it is instead, or what in it may not be.
    """
    try:
        with path.open("rb") as stream:
            _require_zip(path, stream.read(1 << 16))
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            _require_plain(path, {info.filename.lower() for info in infos})
            _require_bounded(path, infos)
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels")):
                    with package.open(info) as part:
                        _require_no_dtd(path, part)
    except OSError as error:
        raise TableError(
            f"{path} is niet te lezen: {reason(error)}.", hint="Kijk de naam en de rechten na."
        ) from error
    except BROKEN as error:
        raise broken(path) from error


def broken(path: Path) -> TableError:
    """Return the fault of a workbook that is not whole."""
    return TableError(
        f"{path} is beschadigd of geen Excel-bestand.",
        hint="Open het in Excel, bewaar het opnieuw als .xlsx en probeer het dan nog eens.",
    )


def _require_zip(path: Path, start: bytes) -> None:
    if start.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in start:
            raise TableError(
                f"{path} heeft een wachtwoord.", hint="Haal het wachtwoord weg in Excel."
            )
        raise TableError(f"{path} is een Excel-bestand van de oude soort (.xls).", hint=_AS_XLSX)
    if not start:
        raise TableError(f"{path} is leeg.", hint="Kies een ander bestand.")
    if not start.startswith(_ZIP):
        raise TableError(f"{path} is geen Excel-bestand.", hint=_AS_XLSX)
    if b"application/vnd.oasis.opendocument" in start[:200]:
        raise TableError(f"{path} is een OpenDocument-bestand (.ods).", hint=_AS_XLSX)


def _require_plain(path: Path, names: set[str]) -> None:
    if any(part in name for name in names for part in _MACRO_PARTS):
        raise TableError(f"{path} bevat macro's, en kan dus een programma starten.", hint=_AS_XLSX)
    if "xl/workbook.xml" not in names and "[content_types].xml" not in names:
        raise broken(path)


def _require_bounded(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse by the sizes that are promised; `zipfile` reads no byte more than those."""
    if len(infos) > MAX_MEMBERS:
        raise TableError(f"{path} bestaat uit veel te veel delen.", hint=_DISTRUST)
    for info in infos:
        is_sheet = info.filename.lower().startswith("xl/worksheets/")
        if info.file_size > max(_SURELY_SMALL, MAX_RATIO * info.compress_size):
            raise TableError(f"{path} zou uitpakken tot veel meer dan erin hoort.", hint=_DISTRUST)
        if info.file_size > (MAX_SHEET if is_sheet else MAX_PART):
            raise TableError(
                f"{path} is van binnen te groot om te lezen.",
                hint="Verdeel het over een paar bestanden, of bewaar het als csv.",
            )


def _require_no_dtd(path: Path, part: IO[bytes]) -> None:
    """Refuse a part with a DTD, which can expand to anything; it stands before the first tag."""
    started: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: started.append(name)
    parser.StartDoctypeDeclHandler = refuse_dtd(path)
    while not started and (chunk := part.read(_CHUNK)):
        parser.Parse(chunk)


def refuse_dtd(path: Path) -> Callable[..., None]:
    """Return what expat calls when it meets a DTD: it never comes to an entity."""

    def refuse(*_: object) -> None:
        raise TableError(
            f"{path} bevat een DTD; dat mag niet in een Excel-bestand.", hint=_DISTRUST
        )

    return refuse
