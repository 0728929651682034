"""Documents one after the other in one file, with no more than one of them in memory.

The library copies whole pages into memory. Here each object goes straight from its own file into
the joined one, under a new number; the library then reads it there only as far as it must.
"""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.pdf.document import open_file
from wvp_docs.pdf.outline import destination
from wvp_docs.pdf.spool import Spool

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _TREE = 1, 2
# Digits in a text are no reference to an object.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) (\d+) R\b", re.DOTALL)


class Joined:
    """A PDF that grows by the pages of documents, with all that can be seen and followed on them.

    What belongs to a document and not to its pages stays behind: form, outline, structure.
    """

    def __init__(self) -> None:
        self._spool = Spool()
        self._end = self._spool.append(_HEADER)
        self._places: dict[int, int] = {}
        self._pages: list[int] = []
        self._last = _TREE
        self._blank = b""

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def add(self, source: Pdf) -> None:
        """Add all pages of a document, which may be closed after that."""
        _loosen(source)
        numbers = _Numbers(self._last)
        for page in source.pages:
            self._pages.append(numbers.of(*page.obj.objgen))
            self._blank = b"/MediaBox %b /Rotate %d" % (
                Array(page.cropbox).unparse(),
                int(page.obj.get("/Rotate", 0)),
            )
        for new, old in enumerate(numbers.found, start=self._last + 1):
            self._write(new, _content(source.get_object(old), numbers))
        self._last += len(numbers.found)

    def add_blank(self) -> None:
        """Add an empty page of the size of the last one."""
        self._last += 1
        self._pages.append(self._last)
        self._write(self._last, b"<< /Type /Page /Parent %d 0 R %b >>" % (_TREE, self._blank))

    def open(self) -> Pdf:
        """Return the whole as a PDF to work on; nothing can be added to it after that."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._write(_TREE, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (len(self), kids))
        self._write(_CATALOG, b"<< /Type /Catalog /Pages %d 0 R >>" % _TREE)
        start, size = self._end, self._last + 1
        entries = (b"%010d 00000 n \n" % self._places[number] for number in range(1, size))
        self._append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, b"".join(entries)))
        self._append(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (size, _CATALOG))
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)
        return open_file(self._spool.open(0, self._end))

    def _write(self, number: int, content: bytes) -> None:
        self._places[number] = self._end
        self._append(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _append(self, content: bytes) -> None:
        self._end += self._spool.append(content)


class _Numbers:
    """The new numbers of the objects of one document, in the order in which they are met."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._new: dict[tuple[int, int], int] = {}
        self.found: list[tuple[int, int]] = []

    def of(self, number: int, generation: int) -> int:
        old = (number, generation)
        if old not in self._new:
            self.found.append(old)
            self._new[old] = self._last + len(self.found)
        return self._new[old]

    def renew(self, text: bytes) -> bytes:
        """Return the written object with new numbers in its references."""

        def renewed(found: re.Match[bytes]) -> bytes:
            if found[1] is None:
                return found[0]
            return b"%d 0 R" % self.of(int(found[1]), int(found[2]))

        return _REFERENCE.sub(renewed, text)


def _content(found: pikepdf.Object | float | None, numbers: _Numbers) -> bytes:
    """Return what an object holds, in the way it is written in a file."""
    if isinstance(found, Stream):
        data, says = found.read_raw_bytes(), found.stream_dict
        says.Length = len(data)
        return b"%b\nstream\n%b\nendstream" % (numbers.renew(says.unparse()), data)
    if found is None:
        return b"null"
    if not isinstance(found, pikepdf.Object):
        # A number may be an object of its own; the library hands it over as one of Python's.
        return Array([found]).unparse().strip(b"[ ]")
    if not isinstance(found, Dictionary) or found.get("/Type") != Name.Page:
        return numbers.renew(found.unparse(resolved=True))
    # The old tree of pages, and keys into a structure tree.
    for key in ("/Parent", "/StructParents"):
        if key in found:
            del found[key]
    text = numbers.renew(found.unparse(resolved=True))
    return b"<< /Parent %d 0 R%b" % (_TREE, text.removeprefix(b"<<"))


def _loosen(source: Pdf) -> None:
    """Cut the pages loose from what stays behind, in such a way that nothing on them changes."""
    if "/AcroForm" in source.Root:
        # The fields of a form do not survive the move; what was filled in must.
        source.flatten_annotations("all")
    for page in source.pages:
        if "/Annots" in page.obj:
            notes = [note for note in page.obj.Annots if isinstance(note, Dictionary)]
            page.obj.Annots = Array([note for note in notes if _can_move(source, note)])


def _can_move(source: Pdf, note: pikepdf.Object) -> bool:
    """Return whether something on a page still means something in the whole.

    A link comes to lead to its page at once, for the names of places stay behind; one that leads
    to no page is dropped, and so is what is left of a form.
    """
    if note.get("/Subtype") != Name.Link:
        return bool(note.get("/Subtype") != Name.Widget)
    action = note.get("/A")
    jumps = isinstance(action, Dictionary) and action.get("/S") == Name.GoTo
    if not jumps and "/Dest" not in note:
        return True
    found = destination(source, note)
    for key in ("/A", "/Dest"):
        if key in note:
            del note[key]
    if found is not None:
        note.Dest = found
    return found is not None
