"""What a template is tried with: a sample case or a real one, and what it can name of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from wvp_docs.attachments import Attachment
from wvp_docs.beside import OnDisk
from wvp_docs.binding import FRONT, SHEETS, TITLE, front_context, sheets_context
from wvp_docs.case import Case, parse_case, read_source
from wvp_docs.contents import Entry, Papers, contents
from wvp_docs.context import Contexts
from wvp_docs.dossier import Document, Dossier
from wvp_docs.engines import pick
from wvp_docs.errors import CaseError
from wvp_docs.examine import examine
from wvp_docs.filling import Definitions, Filling
from wvp_docs.findings import Finding
from wvp_docs.forms import Library
from wvp_docs.housestyle import NO_LOGO, UNUSABLE, HouseStyle, house_style_of
from wvp_docs.pdf.bundle import Part, page_labels
from wvp_docs.pdf.spool import Spool, Spooled
from wvp_docs.resources import templates_folder
from wvp_docs.samples import ATTACHMENTS, NO_FILES, Length, sample_case
from wvp_docs.sets.employee import Mailing
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.vocabulary import OTHERS

_SAMPLE_PAGES = 3
"""How long a paper of which only the place in the contents matters is said to be."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one template is filled with."""

    context: Mapping[str, object]
    titel: str
    style: HouseStyle | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A case as the templates meet it.

    Attributes:
        attachments: the papers of others, for the contents.
        today: the day on which a letter is written.
        style: of the house; None: as the templates are.
        templates: the house's own, by stem.
        findings: what is wrong with the house style.
    """

    contexts: Contexts
    attachments: Sequence[Attachment]
    today: date
    style: HouseStyle | None = None
    templates: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def documents(self, stem: str) -> tuple[Document, ...]:
        """Return the documents of the case that the template with this stem prints."""
        return tuple(doc for doc in self.contexts.dossier.documents if doc.form.key == stem)

    def subject(self, stem: str, number: int = 1) -> Subject:
        """Return what the template with this stem is filled with.

        Args:
            stem: of a form, or of one of the other templates.
            number: which document it is, of a form that the case holds more than once.

        Raises:
            CaseError: the case does not hold that document.
        """
        if stem in OTHERS:
            titel = TITLE if stem in (FRONT, SHEETS) else OTHERS[stem]
            return Subject(self._other(stem, titel), titel, self.style)
        documents = self.documents(stem)
        if not documents:
            there = dict.fromkeys(doc.form.key for doc in self.contexts.dossier.documents)
            raise CaseError(
                f"In de casus staat geen {stem}.",
                hint=f"Wel: {', '.join(there)}."
                if there
                else "Zonder --case komt er een voorbeeld.",
            )
        if number > len(documents):
            raise CaseError(
                f"In de casus staat {stem} {len(documents)} keer.",
                hint="Kies met --nummer een lager nummer.",
            )
        document = documents[number - 1]
        return Subject(self.contexts.of(document), document.titel, self.style)

    def _other(self, stem: str, titel: str) -> dict[str, object]:
        """Return what one of the templates can name that are about all papers together."""
        dossier, paper = self.contexts.dossier, _paper(_SAMPLE_PAGES)
        timeline = timeline_of(dossier, self.today)
        papers = Papers({doc.base: paper for doc in dossier.documents}, {}, self.attachments)
        entries = contents(dossier, papers, timeline)
        if stem == FRONT:
            return front_context(entries, _starts(entries), self.contexts, titel)
        if stem == SHEETS:
            sheets = [entry for entry in entries if entry.blad is not None]
            return sheets_context(sheets, self.contexts, titel)
        definitions = Definitions(dossier.library, templates_folder())
        filling = Filling(definitions, self.contexts, pick("rdocx"))
        return Mailing(dossier, entries, timeline, filling).context(titel)


def sample_scene(library: Library, length: Length, house: Path | None = None) -> Scene:
    """Return the scene of a case made from the definitions, the same on every day.

    Args:
        library: the definitions.
        length: how much the answers say.
        house: the folder with a house style; None: the papers are as the templates are.
    """
    case = sample_case(library, length, OnDisk(house) if house else NO_FILES)
    dossier, found = Dossier(case, library), house_style_of(case)
    last = max(document.datum for document in dossier.documents if document.datum)
    contexts = Contexts(dossier, concept=False)
    attachments = tuple(_attachments(dossier))
    return Scene(contexts, attachments, last, found.style, found.templates, found.findings)


def scene_of(case: Case, library: Library, today: date) -> Scene:
    """Return the scene of a real case; what it names besides is read."""
    dossier = Dossier(case, library)
    found = examine(dossier, today)
    contexts = Contexts(dossier, concept=False)
    wrong = tuple(it for it in found.findings if it.code in (NO_LOGO, UNUSABLE))
    return Scene(contexts, found.attachments, today, found.style, found.templates, wrong)


class CaseOnDisk:
    """A real case that may be saved while it is looked at: made anew only when it was.

    Args:
        file: the case.
        library: the definitions.
        today: the day on which a letter is written.
        also: other folders where a file that it names may stand.
    """

    def __init__(
        self, file: Path, library: Library, today: date, also: tuple[Path, ...] = ()
    ) -> None:
        self._file, self._library, self._today = file, library, today
        self._beside = OnDisk(file.parent, also)
        self._made: tuple[bytes, Scene] | None = None

    def scene(self) -> Scene:
        """Return the scene of the case as it is on the disk now.

        Raises:
            CaseError: it cannot be read, or is no case of this schema.
        """
        source = read_source(self._file)
        if self._made is None or self._made[0] != source:
            case = parse_case(source, self._file, self._beside)
            self._made = source, scene_of(case, self._library, self._today)
        return self._made[1]


def _attachments(dossier: Dossier) -> Iterator[Attachment]:
    """Yield the papers of others that a sample case names: there are no files of them."""
    for at, row in enumerate(dossier.rows(ATTACHMENTS)):
        yield Attachment(
            f"{ATTACHMENTS}[{at}]",
            str(row["soort"]),
            str(row["titel"]),
            cast("date", row["datum"]),
            cast("date | None", row.get("ondertekend_op")),
            str(row.get("door", "")),
            str(row["bestand"]),
            "",
            _paper(_SAMPLE_PAGES),
        )


def _starts(entries: Sequence[Entry]) -> Mapping[str, str]:
    """Return on which page of the bundle each entry begins, after contents of one page."""
    sheet = _paper(1)
    parts = [
        Part(entry.key, entry.titel, entry.pdf, sheet=None if entry.blad is None else sheet)
        for entry in entries
        if entry.is_bound
    ]
    labels = page_labels(1, parts)
    return {part.key: own[0] for part, own in zip(parts, labels[1:], strict=True)}


def _paper(pages: int) -> Spooled:
    """Return a paper of which nothing is known but its length."""
    return Spool().keep(b"", pages)
