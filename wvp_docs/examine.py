"""A case under examination: its findings, and the attachments that can be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wvp_docs.attachments import Attachment, read_attachments
from wvp_docs.checks import check
from wvp_docs.checks.exceptions import SetAside, without_exceptions
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, in_file_order
from wvp_docs.lexicon import lexicon_beside


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: what a person must look at, what is fit for the bundle, what was set aside.

    Attributes:
        findings: in the order of the file.
        attachments: those that can be used.
        set_aside: the warnings that the case itself says are no matter, with the reason.
    """

    findings: tuple[Finding, ...]
    attachments: tuple[Attachment, ...]
    set_aside: tuple[SetAside, ...] = ()


def examine(dossier: Dossier, today: date, profile: str | None = None) -> Examination:
    """Return the findings about the case and its attachments, in the order of the file.

    Args:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
    """
    attachments, unusable = read_attachments(dossier)
    lexicon = lexicon_beside(dossier.case.folder)
    findings = (*check(dossier, today, profile, lexicon), *unusable)
    kept, set_aside = without_exceptions(findings, dossier)
    return Examination(in_file_order(kept), attachments, set_aside)
