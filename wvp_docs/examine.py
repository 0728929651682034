"""A case under examination: its findings, and the attachments that can be used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wvp_docs.attachments import LOOKS_MEDICAL, Access, Attachment, receive
from wvp_docs.beside import Trouble
from wvp_docs.checks import check
from wvp_docs.checks.exceptions import SetAside, without_exceptions
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity, in_file_order
from wvp_docs.letterhead import Logo, NoLogoError, logo_of
from wvp_docs.lexicon import OWN_WORDS_FILE, lexicon_beside
from wvp_docs.report import Report

LOGO = "huisstijl.logo"
UNUSABLE = "V006"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: what a person must look at, what is fit for the bundle, what was set aside.

    Attributes:
        findings: in the order of the file.
        attachments: those that can be used.
        signed: the signed copies that can be used, by the base path of their document.
        set_aside: the warnings that the case itself says are no matter, with the reason.
        logo: the picture for the top of every page, if the case names one that can be used.
        inputs: SHA-256 of each file that was read, by its name; empty for one that cannot be.
    """

    findings: tuple[Finding, ...]
    attachments: tuple[Attachment, ...]
    signed: Mapping[str, Attachment] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    logo: Logo | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)


def examine(
    dossier: Dossier, today: date, profile: str | None = None, access: Access | None = None
) -> Examination:
    """Return the findings about the case and its attachments, in the order of the file.

    Args:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
        access: which files may be read, and how; None: those in the folder of the case, to judge.
    """
    received = receive(dossier, access or Access())
    lexicon = lexicon_beside(dossier.case.beside)
    logo, no_logo = _logo(dossier, received.refused)
    findings = (*check(dossier, today, profile, lexicon), *received.findings, *no_logo)
    kept, set_aside = without_exceptions(findings, dossier)
    beside, read = dossier.case.beside, dict(received.digests)
    others = (OWN_WORDS_FILE,) if beside.size(OWN_WORDS_FILE) else ()
    for name in (*others, *([str(dossier.case.get(LOGO))] if dossier.case.get(LOGO) else ())):
        read[name] = beside.digest(name)
    return Examination(
        in_file_order(kept),
        _not_medical(received.attachments, kept),
        received.signed,
        set_aside,
        logo,
        read,
    )


def _not_medical(
    attachments: Iterable[Attachment], findings: Sequence[Finding]
) -> tuple[Attachment, ...]:
    """Return the attachments without those that look medical and that nobody answered for."""
    doubtful = {
        finding.path.rpartition(".")[0] for finding in findings if finding.code == LOOKS_MEDICAL
    }
    return tuple(item for item in attachments if item.base not in doubtful)


def _logo(dossier: Dossier, refused: Collection[str]) -> tuple[Logo | None, tuple[Finding, ...]]:
    """Return the logo that the case names, or the warning that it cannot be used."""
    name = dossier.case.get(LOGO)
    if not isinstance(name, str) or not name:
        return None, ()
    content = dossier.case.beside.read(name)
    try:
        if not isinstance(content, Trouble):
            if dossier.case.beside.digest(name) in refused:
                raise NoLogoError("staat ook als medische informatie genoemd.")  # noqa: TRY301
            return logo_of(content), ()
        message, hint = content.message, content.hint
    except NoLogoError as error:
        message, hint = str(error), "Kies een PNG of JPEG van ten hoogste 2 MB."
    sentence = f"Huisstijl: het bestand van het logo {message}"
    report = Report(dossier)
    return None, (report.finding(UNUSABLE, LOGO, sentence, hint, severity=Severity.WARNING),)
