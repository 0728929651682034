"""Warnings that the user has looked at and set aside, each with a reason that stays on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from wvp_docs.case import Key, key_of
from wvp_docs.checks.answers import text
from wvp_docs.checks.privacy import MEDICAL_PAPER
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity
from wvp_docs.report import Report

GROUP = "uitzondering"
NEEDLESS = "V005"
_OTHER_FILE = (
    "De uitzondering is voor een ander bestand, of het bestand is veranderd: het kenmerk ontbreekt "
    "of klopt niet."
)
_KENMERK = 8
"""Hexadecimal digits of the SHA-256 of a file, by which an exception is of that file alone."""

Mark = tuple[Key, str, str | None]
"""What an exception is for: an answer, a rule, and of what looks medical the file."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One warning that is not shown.

    Attributes:
        path: the answer it is about, as the user wrote it.
        code: its rule.
        reason: why it is no matter here, in the words of the user.
        kenmerk: of the file that looks medical: that one may go along, and no other.
    """

    path: str
    code: str
    reason: str
    kenmerk: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the public JSON shape, for the manifest."""
        return asdict(self)


def without_exceptions(
    findings: Iterable[Finding], dossier: Dossier
) -> tuple[tuple[Finding, ...], tuple[SetAside, ...]]:
    """Return the findings that stay, and the warnings that the case sets aside.

    An error is never set aside. An exception that sets nothing aside is a finding itself: what it
    was for is solved, or its path or rule is not right. What looks medical goes on to wait for a
    person when another file came in its place, or when the rows were moved.

    Args:
        findings: everything that was found, in any order.
        dossier: the case, with its table `uitzondering`.
    """
    asked = [(base, it, _wanted(it)) for base, it in _asked(dossier)]
    marked = [(it, _mark(dossier, it)) for it in findings]
    wanted = {mark for *_, mark in asked}
    met = {mark[:2]: it for it, mark in marked}
    gone = {mark for it, mark in marked if _is_warning(it)} & wanted
    tried = {mark[:2] for mark in wanted}
    kept = (
        _with_way_out(it, mark, tried)
        for it, mark in marked
        if not (_is_warning(it) and mark in gone)
    )
    report = Report(dossier)
    needless = (
        _needless(report, base, met.get(mark[:2])) for base, _, mark in asked if mark not in gone
    )
    return (*kept, *needless), tuple(it for _, it, mark in asked if mark in gone)


def _wanted(exception: SetAside) -> Mark:
    kenmerk = exception.kenmerk if exception.code == MEDICAL_PAPER else ""
    return key_of(exception.path), exception.code, kenmerk


def _mark(dossier: Dossier, finding: Finding) -> Mark:
    """Return what an exception for this finding says; a file that is not there has none."""
    if finding.code != MEDICAL_PAPER:
        return key_of(finding.path), finding.code, ""
    base, _, field = finding.path.rpartition(".")
    name = dossier.case.get(finding.path if field == "ondertekend" else f"{base}.bestand")
    digest = dossier.case.beside.digest(name) if isinstance(name, str) else ""
    return key_of(finding.path), finding.code, digest[:_KENMERK] or None


def _with_way_out(finding: Finding, mark: Mark, tried: Collection[tuple[Key, str]]) -> Finding:
    """Return the finding, of what looks medical with the lines by which it may go along."""
    kenmerk = mark[2]
    if not kenmerk:
        return finding
    lines = (
        f"[[{GROUP}]]",
        f'pad = "{finding.path}"',
        f'regel = "{finding.code}"',
        f'kenmerk = "{kenmerk}"',
        'reden = "…"',
    )
    said = f"{_OTHER_FILE} {finding.hint}" if mark[:2] in tried else finding.hint
    return replace(finding, hint="\n".join((said, *lines)))


def _is_warning(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


def _asked(dossier: Dossier) -> Iterator[tuple[str, SetAside]]:
    """Yield the exceptions that are whole; completeness says what another lacks."""
    value = dossier.case.get(GROUP)
    for at in range(len(value) if isinstance(value, tuple) else 0):
        base = f"{GROUP}[{at}]"
        path, code, reason, kenmerk = (
            text(dossier.case.get(f"{base}.{name}"))
            for name in ("pad", "regel", "reden", "kenmerk")
        )
        if path and code and reason:
            yield base, SetAside(path, code.upper(), reason, kenmerk.lower())


def _needless(report: Report, base: str, met: Finding | None) -> Finding:
    if met and met.severity is Severity.ERROR:
        message = "Deze uitzondering gaat over een fout. Een fout kunt u niet wegzetten."
        hint = "Herstel de fout, en haal de uitzondering weg."
    elif met and _is_warning(met):
        message = _OTHER_FILE
        hint = "Bekijk het bestand. Is het niet medisch, neem dan het kenmerk uit de melding over."
    elif met:
        message = "Deze uitzondering gaat over een mededeling. Alleen een waarschuwing gaat weg."
        hint = "Haal de uitzondering weg."
    else:
        message = "Deze uitzondering doet niets: op dit pad is er geen melding van deze regel."
        hint = "Haal haar weg, of kijk het pad en de code na met wvp-docs check."
    return report.finding(NEEDLESS, f"{base}.pad", message, hint, "", Severity.INFO)
