"""Notes on a page (annotations) and what a click does, as an archive wants them.

What is on the screen is printed and the other way round. It looks as it is drawn in the file, not
as a reader program thinks, and it starts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from wvp_docs.pdf.archive.obstacles import DAMAGED, MALFORMED, Obstacles

# ISO 19005-2, 6.3.1; FileAttachment is left out: a bundle carries no other files.
_KINDS = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
    "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup",
    "/Widget", "/PrinterMark", "/TrapNet", "/Watermark", "/Redact",
}  # fmt: skip
_WITHOUT_LOOK = {"/Link", "/Popup"}
_ACTIONS = {"/GoTo", "/GoToR", "/Thread", "/URI", "/Named"}
_NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE = 1, 2, 4, 32, 256


def settle_notes(document: Pdf, obstacles: Obstacles) -> None:
    """Repair the notes on every page, and note those that cannot be."""
    for number, page in enumerate(document.pages, start=1):
        for key in ("/AA", "/PresSteps"):
            if key in page.obj:
                del page.obj[key]
        try:
            _settle_page(page.obj, number, obstacles)
        except MALFORMED:
            obstacles.add(number, DAMAGED)


def _settle_page(page: Object, number: int, obstacles: Obstacles) -> None:
    if "/Annots" not in page:
        return
    # What is hidden was on no screen and no paper.
    seen = [note for note in page.Annots if not int(note.get("/F", 0)) & _HIDDEN]
    for note in seen:
        _settle(note, number, obstacles)
    page.Annots = Array(seen)


def settle_actions(document: Pdf) -> None:
    """Take out what the document does by itself."""
    for key in ("/AA", "/Requirements", "/NeedsRendering", "/Perms", "/Collection"):
        if key in document.Root:
            del document.Root[key]
    opens = document.Root.get("/OpenAction")
    if isinstance(opens, Dictionary) and not _is_harmless(opens):
        del document.Root.OpenAction
    names = document.Root.get("/Names", Dictionary())
    for key in ("/AlternatePresentations", "/JavaScript", "/EmbeddedFiles"):
        if key in names:
            del names[key]
    form = document.Root.get("/AcroForm", Dictionary())
    for key in ("/NeedAppearances", "/XFA"):
        if key in form:
            del form[key]


def _settle(note: Object, page: int, obstacles: Obstacles) -> None:
    kind = str(note.get("/Subtype", ""))
    if kind not in _KINDS:
        obstacles.add(page, "er zit geluid, film of een ander bestand in")
    unwanted = _INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE
    note.F = (int(note.get("/F", 0)) & ~unwanted) | _PRINT
    for key in ("/AA",) + (("/A",) if kind == "/Widget" else ()):
        if key in note:
            del note[key]
    if "/A" in note and not _is_harmless(note.A):
        del note.A
    if "/AP" in note:
        _settle_look(note)
    left, bottom, right, top = (float(edge) for edge in note.get("/Rect", [0, 0, 0, 0]))
    if "/AP" not in note and kind not in _WITHOUT_LOOK and (left, bottom) != (right, top):
        obstacles.add(
            page,
            "er staat een opmerking of invulveld op dat niet vast op het papier staat",
            "Open het bestand, druk het af naar PDF met de opmerkingen erbij en gebruik die PDF.",
        )


def _settle_look(note: Object) -> None:
    """Leave one look: that of rest, in the state in which the note is."""
    look = note.AP.get("/N")
    is_button = note.get("/Subtype") == Name.Widget and note.get("/FT") == Name.Btn
    if isinstance(look, Dictionary) and not isinstance(look, Stream) and not is_button:
        look = look.get(str(note.get("/AS", "/Off")))
    if look is None:
        del note.AP
    else:
        note.AP = Dictionary(N=look)


def _is_harmless(action: Object) -> bool:
    """Return whether the action only goes somewhere; all that follow it must do so too."""
    kind = str(action.get("/S", ""))
    if kind not in _ACTIONS or (kind == "/Named" and str(action.get("/N")) not in _NAMED):
        return False
    following: Sequence[Object] = ()
    if "/Next" in action:
        following = list(action.Next) if isinstance(action.Next, Array) else [action.Next]
        del action.Next
    kept = [one for one in following if _is_harmless(one)]
    if kept:
        action.Next = Array(kept)
    return True
