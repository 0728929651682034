"""Which file goes into which package, so that none of them can be taken for another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from wvp_docs.binding import bind
from wvp_docs.contents import Entry
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import mask_bsn
from wvp_docs.output import Content
from wvp_docs.pdf.bundle import Bundle
from wvp_docs.pdf.labels import Layout
from wvp_docs.pdf.lock import lock
from wvp_docs.pdf.spool import Spool, Spooled
from wvp_docs.report import Report
from wvp_docs.sets.employee import COPY, COPY_TITLE, Mailing
from wvp_docs.sets.upload_list import UploadList
from wvp_docs.sets.uwv import Upload, uploads_of
from wvp_docs.timeline.steps import Status

UWV, EMPLOYEE, MEDICAL = "uwv", "werknemer", "medisch"
PACKAGES = (UWV, EMPLOYEE, MEDICAL)
"""The folders of the packages; what is in one of them is in it for one reader."""

_REPORT = "re_integratieverslag"
_TOO_LARGE = "R083"
_PORTAL = "UWV, pagina re-integratieverslag indienen"


_SMALLER = "Verdeel het stuk over meer bestanden, of scan het opnieuw in grijs."
_SMALLER_SEALED = (
    "Vraag de maker om een kleiner bestand, opnieuw ondertekend: wie dit verdeelt of "
    "opnieuw scant, verbreekt de digitale handtekening."
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the packages are made.

    Attributes:
        limit: the most bytes of a file for UWV; 0: what the definitions say of its portal.
        password: closes the PDFs for the employee; empty: they are open.
    """

    limit: int = 0
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages of a case.

    Attributes:
        files: by path, with the folder of their package.
        bundles: the bound PDFs among them, by path.
        scaled: the paths of files whose pictures were scaled down, with the dots an inch left.
        locked: the paths of files that ask for the password.
        findings: what a person must know of them.
        notes: Dutch sentences on packages that were not made.
    """

    files: dict[str, Content]
    bundles: dict[str, Bundle]
    scaled: dict[str, int]
    locked: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def packages_of(mailing: Mailing, layout: Layout, wishes: Wishes, spool: Spool) -> Packages:
    """Return the packages that this case asks for.

    Args:
        mailing: the case and its contents.
        layout: of the copy for the employee.
        wishes: how they are made.
        spool: where PDFs are kept.

    Raises:
        WvpError: a template is broken, or something got lost.
    """
    copy = bind(mailing.entries, mailing.filling, layout, COPY_TITLE)
    own: dict[str, Content] = {f"{EMPLOYEE}/{COPY}": copy.pdf}
    # A password would break their digital signature.
    sealed = {f"{EMPLOYEE}/bijlagen/{name}": pdf for name, pdf in loose_files(mailing.entries)}
    files: dict[str, Content] = {**sealed}
    uploads: tuple[Upload, ...] = ()
    notes = []
    if not _is_report_asked(mailing):
        notes.append("Dit dossier vraagt geen re-integratieverslag: er is niets voor UWV.")
    else:
        own[f"{EMPLOYEE}/brief.pdf"] = mailing.letter()
        files[f"{MEDICAL}/voorblad-gesloten-envelop.pdf"] = mailing.envelope()
        if mailing.filling.concept:
            notes.append("Dit is een concept: er is geen pakket voor UWV gemaakt.")
        else:
            limit = wishes.limit or mailing.dossier.library.delivery.maximaal_bytes
            uploads = uploads_of([*_for_portal(mailing)], limit, spool)
            files |= _for_uwv(mailing, uploads, limit)
    if wishes.password:
        own = {name: _locked(content, wishes.password) for name, content in own.items()}
        notes += _on_password(sealed)
    return Packages(
        {**files, **own},
        {f"{EMPLOYEE}/{COPY}": copy},
        {f"{UWV}/{item.file}": item.dpi for item in uploads if item.dpi and item.file},
        tuple(own) if wishes.password else (),
        tuple(_findings(uploads, Report(mailing.dossier))),
        tuple(notes),
    )


def loose_files(entries: Sequence[Entry]) -> Iterator[tuple[str, Spooled]]:
    """Yield name and content of what may not be bound in, untouched."""
    for entry in entries:
        if entry.loose and entry.attachment:
            yield entry.loose, entry.attachment.pdf


def _on_password(sealed: Collection[str]) -> Iterator[str]:
    yield "Vertel de werknemer het wachtwoord niet in hetzelfde bericht als de bestanden."
    if sealed:
        yield (
            f"Zonder wachtwoord, omdat het digitaal is ondertekend: {', '.join(sealed)}. Stuur dat "
            "niet met gewone e-mail."
        )


def _locked(content: Content, password: str) -> Content:
    if not isinstance(content, bytes | Spooled):
        raise TypeError(type(content))
    return lock(content, password)


def _is_report_asked(mailing: Mailing) -> bool:
    """Return whether the profile asks a report, and the case makes it no needless one."""
    step = mailing.timeline.step(_REPORT)
    terms = (
        term
        for duty in mailing.dossier.library.terms.duties
        if duty.key == _REPORT
        for term in duty.termijnen
    )
    asks = any(mailing.timeline.profiel in term.profielen for term in terms)
    return asks and step is not None and step.status is not Status.NOT_NEEDED


def _for_portal(mailing: Mailing) -> Iterator[Entry]:
    """Yield what the employer uploads, or should: by its place, and by what the profile asks."""
    only = mailing.dossier.library.delivery.alleen.get(mailing.timeline.profiel)
    for entry in mailing.entries:
        if entry.part.uploaden and (only is None or entry.part.formulier in only):
            yield entry


def _for_uwv(mailing: Mailing, uploads: Sequence[Upload], limit: int) -> dict[str, Content]:
    dossier, asked = mailing.dossier, [*_for_portal(mailing)]
    others = (it for it in mailing.entries if it not in asked and not it.is_missing)
    bsn = dossier.case.get("werknemer.bsn")
    page = UploadList(
        dossier.kenmerk,
        mask_bsn(bsn) if isinstance(bsn, str) else "",
        uploads,
        [entry for entry in asked if entry.is_missing],
        [(entry.titel, _why_not(entry)) for entry in others],
        limit,
        dossier.library.delivery.soorten.get(mailing.timeline.profiel, ""),
    )
    files: dict[str, Content] = {f"{UWV}/{item.file}": item.pdf for item in uploads if item.file}
    return {**files, f"{UWV}/uploadlijst.html": page.html(), f"{UWV}/uploadlijst.csv": page.csv()}


def _why_not(entry: Entry) -> str:
    if entry.part.uploaden:
        return "Hoort niet bij dit re-integratieverslag."
    return entry.part.niet_uploaden or entry.blad or ""


def _findings(uploads: Sequence[Upload], report: Report) -> Iterator[Finding]:
    for item in uploads:
        path = item.entry.path
        if not item.file:
            yield report.finding(
                _TOO_LARGE,
                path,
                f"{item.entry.titel} is te groot voor het portaal van UWV, en niet kleiner te "
                "maken zonder dat het slecht te lezen wordt.",
                _SMALLER_SEALED if item.entry.loose else _SMALLER,
                _PORTAL,
            )
        elif item.dpi:
            yield report.finding(
                _TOO_LARGE,
                path,
                f"{item.entry.titel}: de scans zijn voor UWV verkleind tot {item.dpi} punten per "
                "inch.",
                "Kijk of het bestand in de map uwv goed te lezen is.",
                _PORTAL,
                Severity.INFO,
            )
