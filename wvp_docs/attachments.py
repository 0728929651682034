"""The papers that others made: read once, cleaned, and judged before they may go anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wvp_docs.barrier import Barrier, barrier_of, headings_in
from wvp_docs.beside import Trouble
from wvp_docs.dossier import Answers, Dossier
from wvp_docs.errors import WvpError
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import enumerate_nl
from wvp_docs.pdf.spool import Spool, Spooled
from wvp_docs.report import Report

if TYPE_CHECKING:
    from wvp_docs.pdf.intake import Taken

_PORTAL = "UWV: het re-integratieverslag indienen"
_BY_EMPLOYEE = "UWV, pagina WIA-aanvraag door werknemer"
REFUSED = "R081"
UNUSABLE = "R083"
LOOKS_MEDICAL = "R089"
"""The rule about a paper that looks medical: it goes nowhere until a person says it may."""

_AS_MEDICAL = "een bestand dat de casus medisch noemt, of waarvan de soort niet klopt."

_HAND_BACK = (
    "Medische stukken stuurt de werknemer zelf naar UWV, in een gesloten envelop met 'medisch "
    "geheim' erop. Haal het bestand uit de casus."
)
_NOT_COMPARED = (
    "Het is daarom met geen ander bestand te vergelijken: er gaat nu geen bijlage, ondertekend "
    "exemplaar of logo mee."
)
_PUT_RIGHT = (
    "Haal in de regel die het medisch noemt de naam van het bestand weg: dat stuk hoort hier niet. "
    "Is het niet medisch, schrijf dan de soort goed. Anders: schrijf de naam precies goed, geef "
    "het wachtwoord, of bewaar het als PDF."
)

Convert = Callable[[bytes], bytes]
"""Turns a Word file into a PDF."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a person allows when the files of a case are read.

    Attributes:
        passwords: tried on a file that asks for one.
        convert: what turns a Word file into a PDF; None: nothing is made now, only judged.
        spool: where the PDFs are kept.
    """

    passwords: tuple[str, ...] = field(default=(), repr=False)
    convert: Convert | None = None
    spool: Spool = field(default_factory=Spool, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper of another maker, ready for the bundle.

    Attributes:
        base: its table in the case: `bijlage[0]`, or that of the form of which it is a signed copy.
        soort: the kind, as the definitions list them; empty for a signed copy of a form.
        ondertekend_op: the day of signing, if the case says it.
        name: the file as the case names it, for the manifest.
        digest: SHA-256 of that file.
        pdf: clean and fit to be bound in; of a digitally signed file the file itself.
        is_sealed: it is digitally signed: binding it in would break the signature.
    """

    base: str
    soort: str
    titel: str
    datum: date | None
    ondertekend_op: date | None
    door: str
    name: str
    digest: str
    pdf: Spooled
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The papers that can be used, and what a person must know of them and of the others.

    Attributes:
        attachments: in the order of the case.
        signed: the signed copy of a form by the base path of its document.
        findings: in no order.
        barrier: by what is known what may go nowhere.
        digests: SHA-256 of each file that was read, by its name; empty for one that cannot be.
    """

    attachments: tuple[Attachment, ...]
    signed: dict[str, Attachment]
    findings: tuple[Finding, ...]
    barrier: Barrier = field(default_factory=Barrier)
    digests: Mapping[str, str] = field(default_factory=dict)


def receive(dossier: Dossier, access: Access) -> Received:
    """Return the papers of others that the case names, and the findings about them.

    A file that the case calls medical anywhere may go nowhere, under whatever other name it
    stands there too.
    """
    reader = _Reader(dossier, access, Report(dossier))
    attachments = [
        item
        for at, row in enumerate(dossier.rows("bijlage"))
        if (item := reader.attachment(at, row)) is not None
    ]
    signed = {
        doc.base: item
        for doc in dossier.documents
        if (item := reader.signed_copy(doc.base, doc.titel, doc.datum)) is not None
    }
    return Received(
        tuple(attachments), signed, tuple(reader.findings), reader.barrier, reader.digests
    )


class _Reader:
    """Reads the files of one case; gathers what there is to say."""

    def __init__(self, dossier: Dossier, access: Access, report: Report) -> None:
        self.dossier = dossier
        self.access = access
        self.report = report
        self.kinds = dossier.library.shared["bijlage.soort"].opties
        self.findings: list[Finding] = []
        self.digests: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.barrier = barrier_of(dossier, access.passwords)
        for name in self.barrier.names:
            self.digests[name] = dossier.case.beside.digest(name)
        for path, why in self.barrier.unseen.items():
            self._refuse(path, f"Het bestand {why} {_NOT_COMPARED}", _PUT_RIGHT)

    def attachment(self, at: int, row: Answers) -> Attachment | None:
        soort, name = row.get("soort"), row.get("bestand")
        if not isinstance(soort, str) or soort not in self.kinds:
            return None
        if not isinstance(name, str) or not name:
            return None
        base = f"bijlage[{at}]"
        taken = self._take(name, f"{base}.bestand", f"Bijlage {at + 1}")
        if taken is None:
            return None
        digest, pdf, sealed = taken
        titel, door = row.get("titel"), row.get("door")
        return Attachment(
            base,
            soort,
            titel if isinstance(titel, str) and titel else self.kinds[soort],
            _day(row.get("datum")),
            _day(row.get("ondertekend_op")),
            door if isinstance(door, str) else "",
            name,
            digest,
            pdf,
            sealed,
        )

    def signed_copy(self, base: str, titel: str, datum: date | None) -> Attachment | None:
        path = f"{base}.ondertekend"
        name = self.dossier.case.get(path)
        if not isinstance(name, str) or not name:
            return None
        taken = self._take(name, path, f"{titel}, ondertekend exemplaar")
        if taken is None:
            return None
        digest, pdf, sealed = taken
        return Attachment(base, "", titel, datum, None, "", name, digest, pdf, sealed)

    def _take(self, name: str, path: str, where: str) -> tuple[str, Spooled, bool] | None:
        """Return digest and PDF of a file, and whether it is sealed; None when it cannot be used.

        A finding then says why. A Word file is not converted when nothing is made: None too.
        """
        # Most cases name no file.
        from wvp_docs.ooxml import HostileError  # noqa: PLC0415
        from wvp_docs.pdf.intake import UnusableError, take_in  # noqa: PLC0415

        digest = self.digests[name] = self.dossier.case.beside.digest(name)
        if digest in self.barrier.marks:
            self._refuse(path, f"{where}: dit is ook {_AS_MEDICAL}")
            return None
        content = self.dossier.case.beside.read(name)
        if isinstance(content, Trouble):
            self._say(path, f"{where}: het bestand {content.message}", content.hint)
            return None
        if self.barrier.unseen:
            lines = sorted({self.dossier.case.place(it).line for it in self.barrier.unseen})
            said = f"het stuk van regel {enumerate_nl([*map(str, lines)])} van de casus"
            self._refuse(path, f"{where}: dit is niet te vergelijken met {said}.", _PUT_RIGHT)
            return None
        try:
            if _is_word(name):
                content = self._converted(content)
                taken = take_in(content, "omgezet.pdf") if content else None
            else:
                taken = take_in(content, name, self.access.passwords)
            if taken is None or self._is_medical(content, taken, path, where):
                return None
        except (UnusableError, HostileError, WvpError) as error:
            self._say(path, f"{where}: het bestand {error}", error.hint)
            return None
        if digest in self.places:
            self._say(
                path,
                f"{where}: dit is hetzelfde bestand als bij {self.places[digest]}.",
                "Kijk welk bestand hier hoort. Hoort het op beide plaatsen, schrijf dan een "
                "[[uitzondering]] met de reden.",
                Severity.WARNING,
            )
        self.places.setdefault(digest, path.rpartition(".")[0])
        for sentence in taken.said:
            self._say(path, f"{where}: {sentence}", "Kijk het stuk na in de bundel.", Severity.INFO)
        return digest, self.access.spool.keep(taken.pdf, taken.pages), taken.signed

    def _is_medical(self, content: bytes, taken: Taken, path: str, where: str) -> bool:
        """Return whether a page may go nowhere; of one that only looks so a person decides."""
        if page := self.barrier.page_in(content, taken):
            self._refuse(path, f"{where}: bladzijde {page} staat ook in {_AS_MEDICAL}")
            return True
        sure, doubtful = headings_in(taken.pdf)
        if sure:
            self._refuse(path, f"{where}: bladzijde {sure} draagt de kop van een medisch stuk.")
        elif doubtful:
            base, _, field = path.rpartition(".")
            self.findings.append(
                self.report.finding(
                    LOOKS_MEDICAL,
                    # Not the path of the name: who answered for that may not have read the pages.
                    path if field == "ondertekend" else f"{base}.soort",
                    f"{where} lijkt een medisch stuk: een regel op bladzijde {doubtful} lijkt op "
                    "de kop daarvan. Het stuk komt daarom nergens in.",
                    "Lees de bladzijde. Is dit iets anders, zet dan een uitzondering met de reden "
                    "in de casus.",
                    _BY_EMPLOYEE,
                    Severity.WARNING,
                )
            )
        return bool(sure)

    def _converted(self, content: bytes) -> bytes:
        """Return the PDF of a Word file; empty when nothing is made.

        Raises:
            UnusableError: the PDF lacks something of it.
        """
        from wvp_docs.ooxml import accepted, read_package, write_package  # noqa: PLC0415  the same
        from wvp_docs.pdf.intake import UnusableError  # noqa: PLC0415
        from wvp_docs.pdf.intake.converted import lost_in  # noqa: PLC0415

        members = accepted(read_package(content))
        if not self.access.convert:
            return b""
        pdf = self.access.convert(write_package(members))
        lost = lost_in(members, pdf)
        if lost.words or lost.pictures:
            what = "tekst, zoals die in een tekstvak" if lost.words else "een afbeelding"
            raise UnusableError(
                f"verliest {what}, als het van Word naar PDF gaat.",
                "Open het in Word, bewaar het als PDF, en noem die. Of kies een andere omzetter "
                "met --engine, zoals libreoffice.",
            )
        return pdf

    def _say(self, path: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        finding = self.report.finding(UNUSABLE, path, message, hint, _PORTAL, severity)
        self.findings.append(finding)

    def _refuse(self, path: str, message: str, hint: str = _HAND_BACK) -> None:
        self.findings.append(
            self.report.finding(
                REFUSED,
                path,
                f"{message} Het komt nergens in.",
                hint,
                _BY_EMPLOYEE,
            )
        )


def _is_word(name: str) -> bool:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower() == ".docx"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
