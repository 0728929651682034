"""A case under examination: its findings, and the attachments that can be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wvp_docs.attachments import LOOKS_MEDICAL, Access, Attachment, receive
from wvp_docs.barrier import Barrier
from wvp_docs.checks import check
from wvp_docs.checks.exceptions import SetAside, without_exceptions
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, in_file_order
from wvp_docs.housestyle import Barred, HouseStyle, house_style_of
from wvp_docs.lexicon import OWN_WORDS_FILE, allowed_in_vain, lexicon_beside


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: what a person must look at, what is fit for the bundle, what was set aside.

    Attributes:
        findings: in the order of the file.
        attachments: those that can be used.
        signed: the signed copies that can be used, by the base path of their document.
        set_aside: the warnings that the case itself says are no matter, with the reason.
        style: of the house; None: as the templates are.
        templates: the house's own, by the stem of their definition.
        inputs: SHA-256 of each file that was read, by its name; empty for one that cannot be.
        barrier: by what is known what may go nowhere.
    """

    findings: tuple[Finding, ...]
    attachments: tuple[Attachment, ...]
    signed: Mapping[str, Attachment] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    style: HouseStyle | None = None
    templates: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    barrier: Barrier = field(default_factory=Barrier)


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
    barrier = received.barrier
    house = house_style_of(dossier.case, Barred(barrier.marks, barrier.holds, bool(barrier.unseen)))
    findings = (*check(dossier, today, profile, lexicon), *received.findings, *house.findings)
    kept, set_aside = without_exceptions(
        (*findings, *allowed_in_vain(dossier.case.beside)), dossier
    )
    # What looks medical goes nowhere until a person answers for it, whatever else it is called.
    doubtful = {it.path.rpartition(".")[0] for it in kept if it.code == LOOKS_MEDICAL}
    read_ones = (*received.attachments, *received.signed.values())
    held = {item.digest for item in read_ones if item.base in doubtful}
    beside, read = dossier.case.beside, dict(received.digests)
    if beside.size(OWN_WORDS_FILE):
        read[OWN_WORDS_FILE] = beside.digest(OWN_WORDS_FILE)
    return Examination(
        in_file_order(kept),
        tuple(item for item in received.attachments if item.digest not in held),
        {base: item for base, item in received.signed.items() if item.digest not in held},
        set_aside,
        house.style,
        house.templates,
        {**read, **house.read},
        barrier,
    )
