"""Warnings that the user has looked at and set aside, each with a reason that stays on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from wvp_docs.case import Key, key_of
from wvp_docs.checks.answers import text
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity
from wvp_docs.report import Report

GROUP = "uitzondering"
NEEDLESS = "V005"


@dataclass(frozen=True, slots=True)
class SetAside:
    """One warning that is not shown.

    Attributes:
        path: the answer it is about, as the user wrote it.
        code: its rule.
        reason: why it is no matter here, in the words of the user.
    """

    path: str
    code: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """Return the public JSON shape, for the manifest."""
        return asdict(self)


def without_exceptions(
    findings: Iterable[Finding], dossier: Dossier
) -> tuple[tuple[Finding, ...], tuple[SetAside, ...]]:
    """Return the findings that stay, and the warnings that the case sets aside.

    An error is never set aside. An exception that sets nothing aside is a finding itself: what it
    was for is solved, or its path or rule is not right.

    Args:
        findings: everything that was found, in any order.
        dossier: the case, with its table `uitzondering`.
    """
    asked = tuple(_asked(dossier))
    if not asked:
        return tuple(findings), ()
    found = tuple(findings)
    wanted = {(key_of(it.path), it.code) for _, it in asked}
    met = {mark: it for it in found if (mark := _mark(it)) in wanted}
    gone = {_mark(it) for it in found if _is_warning(it)} & wanted
    kept = tuple(it for it in found if not (_is_warning(it) and _mark(it) in gone))
    report = Report(dossier)
    used, needless = [], []
    for base, it in asked:
        mark = key_of(it.path), it.code
        if mark in gone:
            used.append(it)
        else:
            needless.append(_needless(report, base, met.get(mark)))
    return (*kept, *needless), tuple(used)


def _mark(finding: Finding) -> tuple[Key, str]:
    return key_of(finding.path), finding.code


def _is_warning(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


def _asked(dossier: Dossier) -> Iterator[tuple[str, SetAside]]:
    """Yield the exceptions that are whole; completeness says what another lacks."""
    value = dossier.case.get(GROUP)
    for at in range(len(value) if isinstance(value, tuple) else 0):
        base = f"{GROUP}[{at}]"
        path, code, reason = (
            text(dossier.case.get(f"{base}.{name}")) for name in ("pad", "regel", "reden")
        )
        if path and code and reason:
            yield base, SetAside(path, code.upper(), reason)


def _needless(report: Report, base: str, met: Finding | None) -> Finding:
    if met and met.severity is Severity.ERROR:
        message = "Deze uitzondering gaat over een fout. Een fout kunt u niet wegzetten."
        hint = "Herstel de fout, en haal de uitzondering weg."
    elif met:
        message = "Deze uitzondering gaat over een mededeling. Alleen een waarschuwing gaat weg."
        hint = "Haal de uitzondering weg."
    else:
        message = "Deze uitzondering doet niets: op dit pad is er geen melding van deze regel."
        hint = "Haal haar weg, of kijk het pad en de code na met wvp-docs check."
    return report.finding(NEEDLESS, f"{base}.pad", message, hint, "", Severity.INFO)
