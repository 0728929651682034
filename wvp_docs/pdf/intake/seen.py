"""Leaves in a PDF what its pages show, and what a reader program says or opens of them."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from wvp_docs.pdf.intake.drawn import Objects, keep_drawn, shown
from wvp_docs.pdf.intake.listed import keep_listed
from wvp_docs.pdf.intake.structure import keep_marked


def keep_seen(pdf: Pdf) -> None:
    """Take out, in place, all that nobody sees.

    Args:
        pdf: has no form any more, and no layers.

    Raises:
        pikepdf.PikepdfError: what a page draws cannot be read.
    """
    marks = keep_drawn(pdf)
    pages = [page.obj.objgen for page in pdf.pages]
    notes = [note.objgen for page in pdf.pages for note in _notes(page)]
    there = frozenset((*pages, *notes)) - {(0, 0)}
    for page in pdf.pages:
        _keep_looks(page, there)
    there |= keep_marked(pdf, marks, there)
    keep_listed(pdf, there | marks.keys())


def _notes(page: Page) -> list[Object]:
    notes = page.obj.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if notes is not None else []


def _keep_looks(page: Page, there: Objects) -> None:
    """Leave of each annotation the one picture that is seen, and no window of one that is gone."""
    kept = []
    for note in _notes(page):
        parent = note.get("/Parent")
        is_held = isinstance(parent, Dictionary) and parent.objgen in there
        if note.get("/Subtype") == Name.Popup and not is_held:
            continue
        if "/AP" in note:
            look = shown(note)
            note.AP = Dictionary(N=look) if look is not None else Dictionary()
        kept.append(note)
    if "/Annots" in page.obj:
        page.obj.Annots = Array(kept)
