"""Who leaves service sick: is the right report there on the last working day?"""

from __future__ import annotations

from collections.abc import Iterator

from wvp_docs.checks.answers import first_sick_day
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.timeline.steps import Status, Step

REPORT = "re_integratieverslag"
SHORT_REPORT = "verkort_re_integratieverslag"
REPORTS = (SHORT_REPORT, REPORT)
SHORT = "verkort"
"""The profile of who leaves after six to ten weeks."""

COPY = "uwv.kopie_werknemer"
END = "dienstverband.einde"
NATURE = "werkgever.aard_bedrijf"


def dossier_leaving(situation: Situation) -> Iterator[Finding]:
    """Yield what the report of who leaves service sick lacks (R088)."""
    if first_sick_day(situation) is None:
        return
    yield from report_when_leaving(situation)
    yield from other_report_than_asked(situation)
    yield from nature_of_business_in_short_report(situation)


def report_when_leaving(situation: Situation) -> Iterator[Finding]:
    """R088: no report within six weeks, a short one within ten, a full one after that.

    It is ready on the last working day (Ziektewet art. 38 lid 2; Beleidsregels vorm- en
    herkenbaarheidsvereisten art. 2a). An employer who bears the risk of the Ziektewet makes none
    at that moment.
    """
    case, step = situation.dossier.case, situation.timeline.step(REPORT)
    given, asked = _given(situation), _asked(situation)
    if not asked or not step:
        return
    if not step.uiterlijk:
        yield from _needless(situation, step)
    elif step.status is Status.LATE and not given:
        yield situation.report.finding(
            "R088",
            asked,
            f"Het {_titel(situation, asked)} ontbreekt: op de laatste werkdag "
            f"({show_date(step.uiterlijk)}) moest het klaar zijn.",
            "Maak het verslag alsnog, en geef de werknemer een kopie van alle stukken.",
            step.bron,
        )
    elif step.status is Status.DONE_LATE:
        yield situation.report.finding(
            "R088",
            COPY if case.has(COPY) else f"{given}.datum",
            f"Het {_titel(situation, given or asked)} was pas klaar na de laatste werkdag "
            f"({show_date(step.uiterlijk)}).",
            "Schrijf bij de opmerkingen waarom het later was.",
            step.bron,
            Severity.WARNING,
            END,
        )


def _needless(situation: Situation, step: Step) -> Iterator[Finding]:
    leaves, given = situation.timeline.profile.leaves_from == 0, _given(situation)
    if leaves and given:
        yield situation.report.finding(
            "R088",
            given,
            "Een re-integratieverslag is niet nodig: het dienstverband eindigt binnen zes weken.",
            "Meld de werknemer op de laatste werkdag ziek bij UWV. Dat is genoeg.",
            step.bron,
            Severity.INFO,
            END,
        )


def other_report_than_asked(situation: Situation) -> Iterator[Finding]:
    """R088: the short report is for six to ten weeks, or when no long absence was expected.

    Beleidsregels vorm- en herkenbaarheidsvereisten art. 2a. The other report counts as made, so
    this is a warning: older cases wrote the short one on the front of the full one.
    """
    given, asked = _given(situation), _asked(situation)
    profile = situation.timeline.profile
    if not given or not asked or given == asked or not profile.leaves_from:
        return
    if asked == SHORT_REPORT:
        message = (
            "Bij uit dienst na zes tot tien weken hoort een verkort re-integratieverslag. In de "
            "casus staat het gewone, en dat vraagt niet naar de actuele stand van zaken."
        )
        hint = f"Vul in plaats daarvan [{asked}] in: wvp-docs forms {asked} toont de vragen."
    else:
        message = (
            "Na tien weken of meer is een verkort re-integratieverslag alleen genoeg als de "
            "bedrijfsarts geen langdurig verzuim verwachtte en er daarom geen plan van aanpak is."
        )
        hint = f"Is dat zo, kijk dan na met --profiel {SHORT}. Maak anders het volledige verslag."
    yield situation.report.finding(
        "R088", given, message, hint, profile.bron, Severity.WARNING, END
    )


def nature_of_business_in_short_report(situation: Situation) -> Iterator[Finding]:
    """R088: a report without a final evaluation names the nature of the business itself.

    Beleidsregels vorm- en herkenbaarheidsvereisten art. 2a.
    """
    case, timeline = situation.dossier.case, situation.timeline
    report, evaluation = timeline.step(REPORT), timeline.step("eindevaluatie")
    is_short = bool(report and report.uiterlijk and not (evaluation and evaluation.uiterlijk))
    if timeline.profile.leaves_before is None or not is_short or not _given(situation):
        return
    if not case.has("eindevaluatie.datum") and not case.has(NATURE):
        yield situation.report.finding(
            "R088",
            NATURE,
            "De aard van het bedrijf ontbreekt in het re-integratieverslag.",
            "Schrijf in één zin wat het bedrijf doet.",
            timeline.profile.bron,
        )


def _given(situation: Situation) -> str:
    """Return which report the case holds, the one that is asked first; empty when none."""
    asked = _asked(situation)
    held = [key for key in REPORTS if key in situation.dossier.case.data]
    return asked if asked in held else next(iter(held), "")


def _asked(situation: Situation) -> str:
    """Return which report is asked of this employer for who leaves; empty when none is."""
    profile = situation.timeline.profile
    exempt = situation.dossier.case.get("werkgever.eigenrisicodrager_zw") is True
    if profile.leaves_before is None or exempt:
        return ""
    return SHORT_REPORT if profile.key == SHORT else REPORT


def _titel(situation: Situation, form: str) -> str:
    return situation.dossier.library.forms[form].titel.lower()
