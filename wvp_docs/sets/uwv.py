"""The package for UWV: one file for each document, as its portal takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wvp_docs.contents import Entry
from wvp_docs.dates import day_in, show_date
from wvp_docs.dossier import Document
from wvp_docs.pdf.shrinking import shrink
from wvp_docs.pdf.spool import Spool, Spooled

SIGNED, REFUSED = "ondertekend", "geweigerd"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file to upload, and what the portal asks about it.

    Attributes:
        file: its name in the folder; empty when it is too large and so is not there.
        soort: what the portal calls it; empty where that is not known for sure.
        ondertekend_op: the day to type in, None when the case does not say it.
        ondertekenaars: who signs, a line each.
        ontbreekt: what a person must still see to, as Dutch clauses.
        dpi: to how many dots an inch its pictures were scaled down; 0: they were not.
    """

    file: str
    entry: Entry
    soort: str
    ondertekend_op: date | None
    ondertekenaars: str
    ontbreekt: tuple[str, ...]
    pdf: Spooled
    dpi: int = 0


def uploads_of(entries: Sequence[Entry], limit: int, spool: Spool) -> tuple[Upload, ...]:
    """Return the files that the employer uploads, in the order of the bundle.

    Args:
        entries: what the employer uploads; one that has no pages is left out.
        limit: the most bytes that the portal takes for one file. Scans are scaled down just
            enough; what is larger still has no `file`.
        spool: where the scaled PDFs are kept.
    """
    chosen = [entry for entry in entries if _paper(entry) is not None]
    return tuple(_upload(number, entry, limit, spool) for number, entry in enumerate(chosen, 1))


def _paper(entry: Entry) -> Spooled | None:
    """Return the pages as UWV gets them: of what is sealed the file itself."""
    return entry.attachment.pdf if entry.attachment else entry.pdf


def _upload(number: int, entry: Entry, limit: int, spool: Spool) -> Upload:
    pdf, dpi = _paper(entry), 0
    if pdf is None:
        raise ValueError(entry.key)
    if pdf.size > limit:
        is_sealed = entry.attachment is not None and entry.attachment.is_sealed
        smaller = None if is_sealed else shrink(pdf.read(), limit)
        if smaller:
            pdf, dpi = spool.keep(smaller.pdf, pdf.pages), smaller.dpi
    day = _day_of_signing(entry)
    return Upload(
        f"{number:02d}_{_what(entry)}.pdf" if pdf.size <= limit else "",
        entry,
        entry.part.portaal,
        day,
        entry.ondertekenaars,
        tuple(_lacking(entry, day)),
        pdf,
        dpi,
    )


def _what(entry: Entry) -> str:
    """Return what the file is and of which day, without the number of its place."""
    return entry.stem.partition("-")[2]


def _day_of_signing(entry: Entry) -> date | None:
    """Return the last day on which somebody signed; None when the case does not say it."""
    signers = entry.document.signers() if entry.document else ()
    if signers:
        days = [day_in(answers.get("datum")) for _, answers in signers]
        return max((day for day in days if day), default=None)
    return entry.attachment.ondertekend_op if entry.attachment else None


def _lacking(entry: Entry, day: date | None) -> Iterator[str]:
    if entry.document:
        yield from _unsigned(entry.document, has_copy=entry.attachment is not None)
    if day is None:
        own = f"; het stuk zelf is van {show_date(entry.datum)}" if entry.datum else ""
        yield f"de datum van ondertekening: die staat niet in de casus{own}"


def _unsigned(document: Document, *, has_copy: bool) -> Iterator[str]:
    """Yield which signatures are not there; a signed copy counts unless the case says otherwise."""
    only_on_paper = False
    for field, answers in document.signers():
        status, who = answers.get("status"), field.label.lower()
        if status == REFUSED:
            yield f"niets van de {who}: die tekende niet, de reden staat op het stuk"
        elif status not in (None, "", SIGNED) or not (status or has_copy):
            yield f"de handtekening van de {who}"
        else:
            only_on_paper |= not has_copy
    if only_on_paper:
        yield "het ondertekende exemplaar"
