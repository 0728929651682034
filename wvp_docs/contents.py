"""What belongs in the dossier, in WIA order: what is there, what is missing, what goes apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wvp_docs import dates
from wvp_docs.attachments import Attachment
from wvp_docs.context import signed_by
from wvp_docs.dossier import Document, Dossier, letter
from wvp_docs.forms import Part
from wvp_docs.pdf.spool import Spooled
from wvp_docs.timeline.steps import Status, Timeline

MISSING = "ontbreekt"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents.

    Attributes:
        key: the same in every run over the case, also when another piece comes before it.
        part: its place in the WIA order.
        pdf: the pages; None: there are none, or none that may be bound in.
        blad: what stands on a sheet of its own, before the pages or in their place; empty on a
            sheet that only announces them. None: there is no such sheet.
        is_missing: the dossier should have it and has not.
        document: the document of the case, if it is one.
        attachment: the paper of another maker, or the signed copy of the document.
        loose: the name of a file that is kept beside the bundle.
    """

    key: str
    part: Part
    nummer: str
    titel: str
    datum: date | None
    ondertekenaars: str = ""
    pdf: Spooled | None = None
    blad: str | None = None
    is_missing: bool = False
    document: Document | None = None
    attachment: Attachment | None = None
    loose: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether the bundle has pages of it, if only a sheet."""
        return self.pdf is not None or self.blad is not None

    @property
    def path(self) -> str:
        """Where the case names it: a form, its signed copy, or the file of an attachment."""
        if self.document:
            return f"{self.document.base}.ondertekend" if self.attachment else self.document.base
        return f"{self.attachment.base}.bestand" if self.attachment else ""

    @property
    def stem(self) -> str:
        """The stem of a file name for it; no name of a person and no BSN in it."""
        if self.document:
            return self.document.stem
        kind = (self.attachment.soort if self.attachment else "stuk").replace("_", "-")
        day = self.datum.isoformat() if self.datum else "zonder-datum"
        return f"{self.part.plaats:02d}{self.nummer.lstrip('0123456789')}-{kind}_{day}"


@dataclass(frozen=True, slots=True)
class Papers:
    """The finished papers of a case.

    Attributes:
        made: the PDF of each document that was made, by its base path.
        signed: the signed copies, by the base path of their document; they go before `made`.
        attachments: the papers of others.
        numbers: those that the papers of others keep, by the key of their entry.
    """

    made: Mapping[str, Spooled]
    signed: Mapping[str, Attachment]
    attachments: Sequence[Attachment]
    numbers: Mapping[str, str] = field(default_factory=dict)


def contents(dossier: Dossier, papers: Papers, timeline: Timeline) -> tuple[Entry, ...]:
    """Return every line of the contents in WIA order.

    A document that the case holds but that was not made, and a part that UWV expects and the
    case does not hold, both stand there as missing, as does an attachment that cannot be used:
    nobody may take the bundle for complete.
    """
    entries = [
        entry
        for part in dossier.library.parts
        for entry in _entries(dossier, part, papers, timeline)
    ]
    return tuple(_with_own_keys(entries))


def _with_own_keys(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries; of two with the same key, such as two of one day, the later is counted."""
    seen: dict[str, int] = {}
    for entry in entries:
        seen[entry.key] = seen.get(entry.key, 0) + 1
        times = seen[entry.key]
        yield entry if times == 1 else replace(entry, key=f"{entry.key}:{times}")


def _entries(dossier: Dossier, part: Part, papers: Papers, timeline: Timeline) -> Iterator[Entry]:
    documents = [doc for doc in dossier.documents if doc.part is part]
    for document in documents:
        yield _of_document(document, papers)
    lines = (
        *_of_attachments(part, papers.attachments),
        *_lacking(dossier, part, papers.attachments),
    )
    for entry in _numbered(part, sorted(lines, key=_place), papers.numbers):
        yield _with_copy(entry, entry.attachment) if entry.attachment else entry
    if documents or part.bijlagen:
        return
    if part.blad:
        if _is_for(part, timeline):
            sheet = f"{part.blad}\n{_when(dossier, part, timeline)}".strip()
            yield Entry(f"deel:{part.plaats}", part, part.nummer, part.titel, None, blad=sheet)
    elif part.is_required(dossier.case.get) and _is_asked(part, timeline):
        titel = dossier.library.forms[part.formulier].titel
        key = f"{part.formulier}:"
        yield Entry(key, part, part.nummer, titel, None, is_missing=True)


def _is_asked(part: Part, timeline: Timeline) -> bool:
    """Return whether the law asks the step of this part here; one without a step always is."""
    step = timeline.step(part.formulier)
    return _is_for(part, timeline) and (step is None or step.status is not Status.NOT_NEEDED)


def _is_for(part: Part, timeline: Timeline) -> bool:
    return not part.profielen or timeline.profiel in part.profielen


def _when(dossier: Dossier, part: Part, timeline: Timeline) -> str:
    """Return the sentence on when the part that goes another way was, or must be, sent."""
    sent = dates.day_in(dossier.case.get(part.verzonden)) if part.verzonden else None
    if sent:
        return f"Verstuurd op {dates.spell_date(sent)}."
    step = timeline.step(part.uiterlijk_stap)
    if step and step.uiterlijk and timeline.profiel in part.uiterlijk_profielen:
        return f"Nog te versturen, uiterlijk op {dates.spell_date(step.uiterlijk)}."
    return "Nog te versturen."


def _of_document(document: Document, papers: Papers) -> Entry:
    copy = papers.signed.get(document.base)
    day = document.datum.isoformat() if document.datum else ""
    entry = Entry(
        f"{document.form.key}:{day}",
        document.part,
        document.nummer,
        document.titel,
        document.datum,
        signed_by(document),
        document=document,
        attachment=copy,
    )
    if copy:
        return _with_copy(entry, copy)
    made = papers.made.get(document.base)
    return replace(entry, pdf=made, is_missing=made is None)


def _of_attachments(part: Part, attachments: Sequence[Attachment]) -> Iterator[Entry]:
    for item in attachments:
        if item.soort in part.bijlagen:
            key = f"bijlage:{item.soort}:{item.name}"
            yield Entry(key, part, "", item.titel, item.datum, item.door, blad="", attachment=item)


def _lacking(dossier: Dossier, part: Part, attachments: Sequence[Attachment]) -> Iterator[Entry]:
    """Yield the attachments that the case names and that cannot be used, by their kind alone.

    What the case calls them may be medical.
    """
    there = {item.base for item in attachments}
    kinds = dossier.library.shared["bijlage.soort"].opties
    for at, row in enumerate(dossier.rows("bijlage")):
        soort, base = row.get("soort"), f"bijlage[{at}]"
        if isinstance(soort, str) and soort in part.bijlagen and base not in there:
            day = dates.day_in(row.get("datum"))
            yield Entry(f"bijlage:{soort}:{base}", part, "", kinds[soort], day, is_missing=True)


def _place(entry: Entry) -> tuple[int, date]:
    """Return by what attachments are put in order: the kind, and the day."""
    soort = entry.key.split(":")[1]
    return entry.part.bijlagen.index(soort), entry.datum or date.max


def _numbered(part: Part, lines: Sequence[Entry], numbers: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the lines numbered; one that had a number keeps it, and nothing else gets that."""
    ours = re.compile(f"{part.nummer}[a-z]{{1,3}}")
    kept = {key: number for key, number in numbers.items() if ours.fullmatch(number)}
    taken = {*kept.values()}
    counted = (part.nummer + letter(index) for index in itertools.count())
    free = (number for number in counted if number not in taken)
    for entry in lines:
        yield replace(entry, nummer=kept.pop(entry.key, "") or next(free))


def _with_copy(entry: Entry, item: Attachment) -> Entry:
    """Return the entry with the pages of a file, or with a sheet in their place."""
    if not item.is_sealed:
        return replace(entry, pdf=item.pdf)
    loose = f"{entry.stem}.pdf"
    said = (
        f"Dit stuk is digitaal ondertekend. Het staat als los bestand bij deze bundel: {loose}. "
        "In de bundel zou de handtekening niet geldig blijven."
    )
    return replace(entry, blad=said, loose=loose)
