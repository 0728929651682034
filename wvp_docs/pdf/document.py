"""What every PDF gets before it leaves the house: language, title, and bytes without a date.

Works with pikepdf and not pypdf: measured on a form of three pages 5 ms against 38 ms, and half
the file size, with the structure tree, the outline and the links left as they were.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

import pikepdf

from wvp_docs.errors import EngineError
from wvp_docs.pdf.spool import Spool, Spooled

# Dates and random numbers by which two runs over the same case would differ.
_PASSING_XMP = (
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:InstanceID",
)
# 1 January 2000 as an ICC profile writes it: six numbers of two bytes.
_SOME_DATE = bytes.fromhex("07d0 0001 0001 0000 0000 0000")


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What a PDF says about itself.

    Attributes:
        title: shown in the title bar instead of the file name; holds no name and no BSN.
        creator: the program and its version.
        author: who made the document, empty when that is not said.
        subject: what it is about, empty when that is not said.
        language: BCP 47 tag that a screen reader goes by.
    """

    title: str
    creator: str = "wvp-docs"
    author: str = ""
    subject: str = ""
    language: str = "nl-NL"


def finish(pdf: bytes, info: PdfInfo) -> bytes:
    """Return the PDF with `info` in it and nothing that differs between two runs.

    Raises:
        EngineError: if the bytes are no PDF.
    """
    with open_pdf(pdf) as document:
        describe(document, info)
        return to_bytes(document)


def page_count(pdf: bytes | Spooled) -> int:
    """Return the number of pages, as they are found in the PDF.

    Raises:
        EngineError: if it is no PDF.
    """
    with open_pdf(pdf) as document:
        return len(document.pages)


def fonts_of(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the fonts that the pages use, in alphabetical order.

    Raises:
        EngineError: if the bytes are no PDF.
    """
    with open_pdf(pdf) as document:
        fonts = [
            font for page in document.pages for _, font in page.resources.get("/Font", {}).items()
        ]
        names = {
            str(font.get("/BaseFont", "")).removeprefix("/").rpartition("+")[2] for font in fonts
        }
    return tuple(sorted(names))


def open_pdf(pdf: bytes | Spooled) -> pikepdf.Pdf:
    """Return the PDF as an object to work on; its caller closes it.

    Raises:
        EngineError: if it is no PDF, or it has a password.
    """
    return open_file(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf.open())


def open_file(file: BinaryIO) -> pikepdf.Pdf:
    """Return the PDF in a file as an object to work on, which reads the file when it must.

    Raises:
        EngineError: if it is no PDF, or it has a password.
    """
    try:
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError as fault:
        raise EngineError(
            "De PDF is met een wachtwoord beveiligd.",
            hint="Sla het bestand op zonder wachtwoord.",
        ) from fault
    except pikepdf.PdfError as fault:
        raise EngineError(
            "Het bestand is geen leesbare PDF.", hint="Maak of bewaar het bestand opnieuw als PDF."
        ) from fault


def describe(document: pikepdf.Pdf, info: PdfInfo) -> None:
    """Write `info` into the document, where a reader and where an archive look for it."""
    root = document.Root
    root.Lang = pikepdf.String(info.language)
    root.ViewerPreferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
    root.ViewerPreferences.DisplayDocTitle = True
    # The default, written out: poppler 22 calls that an error in every file that it opens.
    marked = root.get("/MarkInfo")
    if isinstance(marked, pikepdf.Dictionary) and not marked.get("/Suspects", True):
        del marked["/Suspects"]
    producer = str(document.docinfo.get("/Producer", ""))
    said = {
        "/Title": info.title,
        "/Author": info.author,
        "/Subject": info.subject,
        "/Creator": info.creator,
        "/Producer": producer,
    }
    # A new dictionary: the old one has dates, and the name of whoever drew the template.
    document.trailer.Info = document.make_indirect(
        pikepdf.Dictionary({key: pikepdf.String(text) for key, text in said.items() if text})
    )
    _describe_for_archive(document, info, producer)


def _describe_for_archive(document: pikepdf.Pdf, info: PdfInfo, producer: str) -> None:
    """Say the same in XMP: PDF/A asks that both places agree, so its claim survives."""
    there = document.Root.get("/Metadata")
    said = there.read_bytes() if isinstance(there, pikepdf.Stream) else b""
    document.Root.Metadata = document.make_stream(
        _xmp(said, info, producer), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )


@lru_cache(maxsize=256)
def _xmp(said: bytes, info: PdfInfo, producer: str) -> bytes:
    """Return XMP with `info` in it.

    To take it apart costs as much as to save a short document, and an engine says the same of
    every document with one title.
    """
    with pikepdf.new() as scratch:
        if said:
            scratch.Root.Metadata = scratch.make_stream(said)
        with scratch.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for key in _PASSING_XMP:
                metadata.pop(key, None)
            wanted = {
                "dc:title": info.title,
                "dc:creator": [info.author] if info.author else None,
                "dc:description": info.subject,
                "dc:language": {info.language},
                "xmp:CreatorTool": info.creator,
                "pdf:Producer": producer,
            }
            for key, value in wanted.items():
                metadata.pop(key, None)
                if value:
                    metadata[key] = value
        return bytes(scratch.Root.Metadata.read_bytes())


def to_bytes(document: pikepdf.Pdf) -> bytes:
    """Return the document as bytes that depend on nothing but its content."""
    target = io.BytesIO()
    _save(document, target)
    return target.getvalue()


def to_spool(document: pikepdf.Pdf) -> Spooled:
    """Return what `to_bytes` does, kept off the memory in a file of its own."""
    return Spool().write(lambda target: _save(document, target), len(document.pages))


def _save(document: pikepdf.Pdf, target: BinaryIO) -> None:
    _forget_the_hour(document)
    # The first half of an old /ID would be kept, and LibreOffice draws it at random.
    for key in ("/ID", "/DocChecksum"):
        if key in document.trailer:
            del document.trailer[key]
    document.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )


def _forget_the_hour(document: pikepdf.Pdf) -> None:
    """Fix the date in the colour profile, which LibreOffice makes anew every time."""
    for intent in document.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None:
            colours = profile.read_bytes()
            profile.write(colours[:24] + _SOME_DATE + colours[36:])
