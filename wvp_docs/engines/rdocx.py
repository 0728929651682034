"""The built-in engine: rdocx, a Rust library that pip installs with its fonts inside.

One document costs 20 to 60 ms, nearly all of it in reading the Word file. rdocx holds Python's
lock meanwhile (measured: two threads are as slow as one, two processes 1.9 times as fast), so
this engine works through its documents one by one and leaves dividing to its caller.
"""

from __future__ import annotations

import copy
import importlib.util
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from wvp_docs.engines.base import place_of, require_pdf, require_word
from wvp_docs.engines.keep import keep_together
from wvp_docs.errors import EngineError, EngineMissingError

FONTS = (
    *("Calibri", "Carlito", "Arial", "Liberation Sans", "Times New Roman", "Liberation Serif"),
    *("Courier New", "Liberation Mono", "Cambria", "Caladea", "Georgia", "Gelasio"),
    *("Segoe UI", "Selawik", "Segoe UI Symbol"),
)
"""Fonts that are inside it, or whose letters are as wide as those of one that is."""

# Characters the text fonts lack. rdocx picks one font for a whole run, so a single one of these
# would print the words around it in a symbol font that has no letters: as empty boxes.
_SYMBOLS = "\u00ad\u200b-\u200d\u2011\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_SYMBOL = re.compile(f"[{_SYMBOLS}]")
_ALONE = re.compile(
    f"(?:<w:r(?: [^>]*)?>|</w:rPr>)<w:t(?: [^>]*)?>[{_SYMBOLS}]</w:t></w:r>"  # as a template should
)
# Each symbol alone: no symbol font has them all either.
_PIECES = re.compile(f"[{_SYMBOLS}]|[^{_SYMBOLS}]+")
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# LibreOffice and Google Docs say of every style that it is not written from right to left. rdocx
# then writes each word apart, and a program that copies the text finds most of a line twice.
_FORWARD = re.compile(rb'<w:bidi w:val="(?:0|false|off)" ?/>')
_BACKWARD = re.compile(rb'<w:bidi(?: w:val="(?:1|true|on)")? ?/>')
_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class RdocxEngine:
    """Converts inside this process; gives the same bytes on every machine."""

    name = "rdocx"

    def available(self) -> bool:
        """Return whether the rdocx package is installed."""
        return importlib.util.find_spec("rdocx") is not None

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return one PDF/A-2b for each Word document, in the same order."""
        if not self.available():
            raise EngineMissingError("rdocx is niet geïnstalleerd.", hint="pip install rdocx")
        require_word(documents, self.name)
        return [
            self._one(document, place_of(index, documents))
            for index, document in enumerate(documents)
        ]

    def _one(self, document: bytes, where: str) -> bytes:
        import rdocx

        try:
            # Not to_pdf(): that prefers the fonts of the machine to its own, and its pages differ
            # from one machine to the next. This one never looks outside the package.
            source = own_runs(forward(document))
            opened = rdocx.Document.from_bytes(source)
            keep_together(opened, source)
            pdf = opened.to_pdfa_deterministic()
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as fault:  # a Rust panic is no Exception
            raise EngineError(
                f"rdocx kan {where} niet omzetten: {fault}",
                hint="Probeer het met LibreOffice: --engine libreoffice.",
            ) from fault
        require_pdf(pdf, where, self.name)
        return pdf


def own_runs(document: bytes) -> bytes:
    """Return the document with every symbol in a run of its own, or as it was if it has none."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        stories = {
            name: package.read(name) for name in package.namelist() if _STORIES.fullmatch(name)
        }
    split = {name: _split(xml) for name, xml in stories.items() if _has_mixed_run(xml)}
    return _replaced(document, split)


def forward(document: bytes) -> bytes:
    """Return the document without what says that it is not written from right to left."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        names = (it for it in package.namelist() if _STORIES.fullmatch(it) or it == _STYLES)
        parts = {name: package.read(name) for name in names}
    if any(map(_BACKWARD.search, parts.values())):
        return document  # there it may be what a style says the other way round
    said = {name: _FORWARD.sub(b"", xml) for name, xml in parts.items() if _FORWARD.search(xml)}
    return _replaced(document, said)


def _replaced(document: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the document with other parts, or as it was without any."""
    if not parts:
        return document
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as package,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for entry in package.infolist():
            target.writestr(entry, parts.get(entry.filename) or package.read(entry))
    return result.getvalue()


def _has_mixed_run(xml: bytes) -> bool:
    text = xml.decode("utf-8", "replace")
    return len(_SYMBOL.findall(text)) > len(_ALONE.findall(text))


def _split(xml: bytes) -> bytes:
    """Return the story with each run that holds a symbol cut into runs of one thing each."""
    root = etree.fromstring(xml)
    for run in list(root.iter(f"{_W}r")):
        content = [child for child in run if child.tag != f"{_W}rPr"]
        if not any(_SYMBOL.search(child.text or "") for child in content if child.tag == f"{_W}t"):
            continue
        for child in reversed(content):
            for piece in reversed(_pieces(child)):
                part = etree.Element(run.tag, run.attrib)
                part.extend(copy.deepcopy(run.findall(f"{_W}rPr")))
                part.append(piece)
                run.addnext(part)
        for child in run.findall(f"{_W}t"):
            run.remove(child)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _pieces(child: etree._Element) -> list[etree._Element]:
    """Return the text cut before and after every symbol; anything but text stays whole."""
    if child.tag != f"{_W}t":
        return [child]
    pieces = []
    for part in _PIECES.findall(child.text or ""):
        piece = etree.Element(child.tag, {_SPACE: "preserve"})
        piece.text = part
        pieces.append(piece)
    return pieces
