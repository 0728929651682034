"""The contents of the bundle: what is in it, what is missing, and on which page it starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wvp_docs import dates
from wvp_docs.attachments import Attachment
from wvp_docs.context import Contexts, signed_by
from wvp_docs.dossier import Document, Dossier, letter
from wvp_docs.forms import Part
from wvp_docs.shown import Node, Shown
from wvp_docs.timeline.steps import Status, Timeline

TITLE = "Re-integratieverslag"
MISSING = "ontbreekt"
APART = "apart"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents.

    Attributes:
        pdf: the pages that follow, or None when there are none.
        status: why there are none: `ontbreekt`, or `apart` for what goes another way.
    """

    nummer: str
    titel: str
    datum: date | None
    ondertekenaars: str
    pdf: bytes | None = None
    status: str = ""


def contents(
    dossier: Dossier,
    made: Mapping[str, bytes],
    attachments: Sequence[Attachment],
    timeline: Timeline,
) -> tuple[Entry, ...]:
    """Return every line of the contents in WIA order.

    A document that the case holds but that was not made, and a part that UWV expects and the
    case does not hold, both stand there as missing: nobody may take the bundle for complete.

    Args:
        dossier: the case.
        made: the PDF of each document by its base path.
        attachments: the papers of others.
        timeline: which steps the law asks of this case.
    """
    return tuple(
        entry
        for part in dossier.library.parts
        for entry in _entries(dossier, part, made, attachments, timeline)
    )


def _entries(
    dossier: Dossier,
    part: Part,
    made: Mapping[str, bytes],
    attachments: Sequence[Attachment],
    timeline: Timeline,
) -> Iterator[Entry]:
    documents = [doc for doc in dossier.documents if doc.part is part]
    for document in documents:
        yield _of_document(document, made.get(document.base))
    for index, attachment in enumerate(_in_order(part, attachments)):
        nummer = part.nummer + letter(index)
        yield Entry(nummer, attachment.titel, attachment.datum, attachment.door, attachment.pdf)
    if documents or part.bijlagen:
        return
    if part.blad:
        yield Entry(part.nummer, f"{part.titel}\n{part.blad}", None, "", status=APART)
    elif part.is_required(dossier.case.get) and _is_asked(part, timeline):
        titel = dossier.library.forms[part.formulier].titel
        yield Entry(part.nummer, titel, None, "", status=MISSING)


def _is_asked(part: Part, timeline: Timeline) -> bool:
    """Return whether the law asks the step of this part here; one without a step always is."""
    step = timeline.step(part.formulier)
    return step is None or step.status is not Status.NOT_NEEDED


def _of_document(document: Document, pdf: bytes | None) -> Entry:
    status = MISSING if pdf is None else ""
    return Entry(document.nummer, document.titel, document.datum, signed_by(document), pdf, status)


def _in_order(part: Part, attachments: Sequence[Attachment]) -> list[Attachment]:
    mine = [item for item in attachments if item.soort in part.bijlagen]
    return sorted(mine, key=lambda item: (part.bijlagen.index(item.soort), item.datum or date.max))


def contents_context(
    contexts: Contexts, entries: Sequence[Entry], pages: Sequence[int]
) -> dict[str, object]:
    """Return what the template of the front page can name.

    Args:
        contexts: what the templates of the case can name.
        entries: the lines, as `contents` gives them.
        pages: the first page of each entry that has pages, in the same order.
    """
    starts = iter(pages)
    rows = tuple(
        _row(index, entry, 0 if entry.pdf is None else next(starts))
        for index, entry in enumerate(entries)
    )
    return {**contexts.shared(TITLE), "dossier": Node({"inhoud": rows})}


def _row(index: int, entry: Entry, page: int) -> Node:
    path = f"inhoud[{index}]"
    exists = entry.pdf is not None
    return Node(
        {
            "nummer": Shown(entry.nummer, path),
            "titel": Shown(entry.titel, path),
            "datum": Shown(dates.show_date(entry.datum) if entry.datum else "", path),
            "ondertekenaars": Shown(
                entry.ondertekenaars, path, answered=bool(entry.ondertekenaars)
            ),
            "pagina": Shown(str(page) if exists else entry.status, path),
            "bestaat": Shown("", answered=exists),
            "ontbreekt": Shown("", answered=entry.status == MISSING),
            "apart": Shown("", answered=entry.status == APART),
        }
    )
