"""Draws the fields of a form into the pages: what was filled in is seen, and can no longer change.

A field may come without a picture of its value, and leave that to the reader program. Text is then
drawn by pdfium, as Chrome does; a tick is drawn here, because pdfium forgets which state is on.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from wvp_docs.pdf.document import to_bytes
from wvp_docs.pdf.intake.opening import word

_PUSH_BUTTON, _COMBO = 1 << 16, 1 << 17
_PRINT = 1 << 2
_DEEPEST = 50
# Ticks by the character of the ZapfDingbats font that the maker of the form chose.
_CROSS, _DISC = {"8", "5", "6", "7"}, {"l", "n", "H", "u"}


def flatten(pdf: Pdf) -> bool:
    """Draw all fields into the pages, in place, and take the form itself away.

    Returns:
        Whether there was a field, but for one to sign.
    """
    widgets = [widget for page in pdf.pages for widget in _widgets(page)]
    was_to_fill = any(_inherited(widget, "/FT") != Name.Sig for widget in widgets)
    form = pdf.Root.get("/AcroForm")
    form = form if isinstance(form, Dictionary) else Dictionary()
    if widgets:
        _draw(pdf, widgets, needs_texts=bool(form.get("/NeedAppearances")))
        form.NeedAppearances = False
        others = [_without_widgets(pdf, page) for page in pdf.pages]
        pdf.flatten_annotations("all")
        for page, notes in zip(pdf.pages, others, strict=True):
            page.obj.Annots = Array(notes)
    for page in pdf.pages:
        if not _notes(page) and "/Annots" in page.obj:
            del page.obj.Annots
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
    return was_to_fill


def _draw(pdf: Pdf, widgets: list[pikepdf.Object], *, needs_texts: bool) -> None:
    """Give every field a picture of its value, if it has none or says that it is out of date."""
    for widget in widgets:
        if _inherited(widget, "/FT") == Name.Btn:
            _draw_tick(pdf, widget)
    if needs_texts or any(map(_lacks_text, widgets)):
        _draw_texts(pdf, widgets)


def _notes(page: pikepdf.Page) -> list[pikepdf.Object]:
    notes = page.obj.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if notes is not None else []


def _widgets(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    for note in _notes(page):
        if note.get("/Subtype") == Name.Widget:
            yield note


def _without_widgets(pdf: Pdf, page: pikepdf.Page) -> list[pikepdf.Object]:
    """Leave only fields on the page, but for buttons that are not printed; return the others."""
    others = [note for note in _notes(page) if note.get("/Subtype") != Name.Widget]
    page.obj.Annots = Array(
        # qpdf passes over a field that is written out in the list itself.
        pdf.make_indirect(widget)
        for widget in _widgets(page)
        if not _flags(widget) & _PUSH_BUTTON or _number(widget.get("/F")) & _PRINT
    )
    return others


def _inherited(widget: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return what a field says, or the group that it is in."""
    node: object = widget
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            break
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _flags(widget: pikepdf.Object) -> int:
    kind = _inherited(widget, "/FT")
    return _number(_inherited(widget, "/Ff")) if kind in {Name.Btn, Name.Ch} else 0


def _picture(widget: pikepdf.Object) -> pikepdf.Object | None:
    found = widget.get("/AP")
    return found.get("/N") if isinstance(found, Dictionary) else None


def _lacks_text(widget: pikepdf.Object) -> bool:
    return (
        _inherited(widget, "/FT") in {Name.Tx, Name.Ch}
        and _inherited(widget, "/V") is not None
        and not isinstance(_picture(widget), Stream)
    )


def _draw_tick(pdf: Pdf, widget: pikepdf.Object) -> None:
    """Give a box that is on a picture, and every box the state that its value says."""
    states = _picture(widget)
    value = _inherited(widget, "/V")
    state = widget.get("/AS", value)
    if _flags(widget) & _PUSH_BUTTON or not isinstance(state, Name):
        return
    if isinstance(states, Dictionary) and states.keys():
        if "/AS" not in widget and state in states:
            widget.AS = state
        return
    if state == Name.Off:
        return
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    wide, high = abs(right - left), abs(top - bottom)
    side = min(wide, high) * 0.7
    signs = widget.get("/MK")
    sign = str(signs.get("/CA", "")) if isinstance(signs, Dictionary) else ""
    lines = "0 0 m 1 1 l 0 1 m 1 0 l" if sign in _CROSS else "0 .5 m .35 .1 l 1 .9 l"
    drawn = "0 0 1 1 re f" if sign in _DISC else f"{lines} S"
    stream = pdf.make_stream(
        f"q {side:.2f} 0 0 {side:.2f} {(wide - side) / 2:.2f} {(high - side) / 2:.2f} cm "
        f".12 w 1 J 1 j {drawn} Q".encode()
    )
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, wide, high]))
    widget.AS = state
    widget.AP = Dictionary(N=Dictionary({word(state): stream}))


def _draw_texts(pdf: Pdf, widgets: list[pikepdf.Object]) -> None:
    """Give every text field the picture that pdfium makes of its value."""
    for widget in widgets:
        if _flags(widget) & _COMBO and _inherited(widget, "/FT") == Name.Ch:
            _becomes_text(widget)
    with warnings.catch_warnings():
        # Of fields that the form does not list: pdfium and we go by the pages.
        warnings.simplefilter("ignore", pikepdf.PikepdfWarning)
        content = to_bytes(pdf)
    drawn = io.BytesIO()
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        for page in document:
            page.close()
        document.save(drawn)
    with pikepdf.open(drawn) as made:
        theirs = [widget for page in made.pages for widget in _widgets(page)]
        for widget, shown in zip(widgets, theirs, strict=True):
            picture = _picture(shown)
            if _inherited(widget, "/FT") in {Name.Tx, Name.Ch} and isinstance(picture, Stream):
                widget.AP = Dictionary(N=pdf.copy_foreign(picture))


def _becomes_text(widget: pikepdf.Object) -> None:
    """Make a choice a plain text: pdfium would draw the arrow of its list, and paper has none."""
    value = _inherited(widget, "/V")
    options = _inherited(widget, "/Opt")
    for option in options if isinstance(options, Array) else ():
        if isinstance(option, Array) and len(option) > 1 and option[0] == value:
            value = option[1]
    if isinstance(value, String):
        widget.FT, widget.Ff, widget.V = Name.Tx, 0, value
