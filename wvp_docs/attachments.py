"""Attachments: the papers of others that belong in the dossier, read once and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from wvp_docs.beside import Trouble, read_beside
from wvp_docs.dossier import Dossier
from wvp_docs.errors import WvpError
from wvp_docs.findings import Finding
from wvp_docs.report import Report

_SOURCE = "UWV: het re-integratieverslag indienen"
_REFUSED = "R081"
_UNUSABLE = "R083"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper of another maker, ready for the bundle.

    Attributes:
        base: its table in the case: `bijlage[0]`.
        soort: the kind, as the definitions list them.
        name: the file as the case names it, for the manifest.
        pdf: the bytes as they are on the disk.
    """

    base: str
    soort: str
    titel: str
    datum: date | None
    door: str
    name: str
    pdf: bytes
    pages: int


def read_attachments(dossier: Dossier) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
    """Return the attachments that can be used, and a finding for each one that cannot.

    A kind that is refused, such as medical information, is not even opened.
    """
    report = Report(dossier)
    found: list[Attachment] = []
    findings: list[Finding] = []
    allowed = dossier.library.shared["bijlage.soort"].opties
    for index, row in enumerate(dossier.rows("bijlage")):
        base, name, soort = f"bijlage[{index}]", row.get("bestand"), row.get("soort")
        if soort not in allowed or not isinstance(name, str) or not name:
            continue
        content = _read(dossier.case.folder, name)
        pages = content if isinstance(content, Trouble) else _pages(content)
        if isinstance(content, Trouble) or isinstance(pages, Trouble):
            trouble = pages if isinstance(pages, Trouble) else Trouble("", "")
            message = f"Bijlage {index + 1}: het bestand {trouble.message}"
            path = f"{base}.bestand"
            findings.append(report.finding(_UNUSABLE, path, message, trouble.hint, _SOURCE))
            continue
        titel, day, door = (row.get(key) for key in ("titel", "datum", "door"))
        found.append(
            Attachment(
                base=base,
                soort=str(soort),
                titel=titel if isinstance(titel, str) and titel else allowed[str(soort)],
                datum=day if isinstance(day, date) else None,
                door=door if isinstance(door, str) else "",
                name=name,
                pdf=content,
                pages=pages,
            )
        )
    return tuple(found), tuple(findings)


def _read(folder: Path, name: str) -> bytes | Trouble:
    if PurePosixPath(name.replace("\\", "/")).suffix.lower() != ".pdf":
        return Trouble(
            "is geen PDF; alleen PDF kan nu in de bundel.",
            "Sla het bestand op als PDF en noem die.",
        )
    return read_beside(folder, name)


def _pages(content: bytes) -> int | Trouble:
    from wvp_docs.pdf.document import page_count  # noqa: PLC0415  a case without attachments needs no PDF

    try:
        return page_count(content)
    except WvpError as error:
        return Trouble(f"kan niet in de bundel. {error}", error.hint)
