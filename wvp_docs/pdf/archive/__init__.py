"""The bundle as an archive keeps it: PDF/A-2b (ISO 19005-2), made when all else is done.

What can be repaired without a change to what is seen is repaired. What cannot is an obstacle, and
then nothing in the file claims to be PDF/A.
"""

from __future__ import annotations

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.pdf.archive.colours import Colours, srgb_intent
from wvp_docs.pdf.archive.content import canvases, drawn
from wvp_docs.pdf.archive.fonts import Fonts
from wvp_docs.pdf.archive.notes import settle_actions, settle_notes
from wvp_docs.pdf.archive.obstacles import DAMAGED, MALFORMED, Obstacle, Obstacles
from wvp_docs.pdf.document import PdfInfo, describe

__all__ = ["Obstacle", "to_archive"]

_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
# In points (ISO 32000-1, annex C): 1 mm and 5 m.
_SMALLEST, _LARGEST = 3, 14400


def to_archive(document: Pdf, info: PdfInfo) -> tuple[Obstacle, ...]:
    """Make PDF/A-2b of the document, in place, and return what stands in the way.

    With an obstacle the document makes no claim; it is a good PDF all the same.

    Args:
        document: bound together and stamped; without password and without files inside.
        info: what it says about itself, as in `describe`.
    """
    obstacles = Obstacles()
    settle_actions(document)
    settle_notes(document, obstacles)
    _settle_streams(document)
    _settle_layers(document)
    _settle_drawing(document, obstacles)
    _measure(document, obstacles)
    _claim(document, info, valid=not obstacles.sorted())
    return obstacles.sorted()


def _settle_drawing(document: Pdf, obstacles: Obstacles) -> None:
    colours, fonts = Colours(document, obstacles), Fonts(document, obstacles)
    page = 1
    try:
        for canvas in canvases(document):
            page = canvas.page
            made = drawn(canvas)
            for fault in made.faults:
                obstacles.add(page, fault)
            colours.settle(canvas, has_inks=made.has_inks)
            fonts.note(canvas, made)
    except MALFORMED:
        # The rest of the pages goes unread: there is no archive before this one is mended.
        obstacles.add(page, DAMAGED)
    fonts.settle()


def _settle_streams(document: Pdf) -> None:
    """Pack streams in a way that lasts, and drop what programs noted about parts of a page."""
    for item in document.objects:
        if not isinstance(item, Dictionary | Stream):
            continue
        if isinstance(item.get("/Metadata"), Stream):
            del item.Metadata
        if not isinstance(item, Stream):
            continue
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            if key in item:
                del item[key]
        filters = item.get("/Filter", Array())
        if "/LZWDecode" in map(str, filters if isinstance(filters, Array) else [filters]):
            item.write(zlib.compress(item.read_bytes()), filter=Name.FlateDecode)


def _settle_layers(document: Pdf) -> None:
    """Name the views on the layers, and have each list all of them (6.9)."""
    layers = document.Root.get("/OCProperties")
    if layers is None:
        return
    groups = list(layers.get("/OCGs", ()))
    views = [layers.get("/D", Dictionary()), *layers.get("/Configs", ())]
    for number, view in enumerate(views, start=1):
        view.Name = pikepdf.String(f"Weergave {number}")
        if "/AS" in view:
            del view.AS
        if "/Order" in view:
            view.Order = Array(groups)


def _measure(document: Pdf, obstacles: Obstacles) -> None:
    for number, page in enumerate(document.pages, start=1):
        for box in (page.obj[key] for key in _BOXES if key in page.obj):
            left, bottom, right, top = (float(edge) for edge in box)
            sides = sorted((abs(right - left), abs(top - bottom)))
            if sides[0] < _SMALLEST or sides[1] > _LARGEST:
                obstacles.add(number, "het papier is te klein of te groot om te bewaren")


def _claim(document: Pdf, info: PdfInfo, *, valid: bool) -> None:
    """Say what the document is: anew, so that no old claim is left."""
    for key in ("/Metadata", "/OutputIntents"):
        if key in document.Root:
            del document.Root[key]
    describe(document, info)
    if not valid:
        return
    document.Root.OutputIntents = Array([srgb_intent(document)])
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
