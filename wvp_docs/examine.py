"""A case under examination: its findings, and the attachments that can be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wvp_docs.attachments import Attachment, read_attachments
from wvp_docs.checks import check
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, in_file_order


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: everything a person must look at, and what is fit for the bundle."""

    findings: tuple[Finding, ...]
    attachments: tuple[Attachment, ...]


def examine(dossier: Dossier, today: date, profile: str | None = None) -> Examination:
    """Return the findings about the case and its attachments, in the order of the file.

    Args:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
    """
    attachments, unusable = read_attachments(dossier)
    return Examination(in_file_order((*check(dossier, today, profile), *unusable)), attachments)
