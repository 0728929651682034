"""Are the facts that all documents share plausible, and do they agree?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wvp_docs.checks.answers import FIRST_SICK_DAY, day_at, is_long_ago, text
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_digits
from wvp_docs.kinds import KINDS
from wvp_docs.profiles import END_OF_SERVICE

START_OF_SERVICE = "dienstverband.in_dienst"
PAYROLL_NUMBER = "werkgever.loonheffingennummer"
_SATURDAY = 5
_LAW = "Wet WIA art. 23"


def case_data(situation: Situation) -> Iterator[Finding]:
    """Yield what is strange about the first sick day, the service and the payroll number."""
    first_day = day_at(situation, FIRST_SICK_DAY)
    if first_day and first_day <= situation.today:
        if is_long_ago(situation, first_day):
            yield _long_ago(situation, first_day)
        else:
            yield from _no_working_day(situation, first_day)
            yield from _outside_service(situation, first_day)
            yield from _leaves_service(situation, first_day)
    yield from _payroll_number(situation)


def _long_ago(situation: Situation, first_day: date) -> Finding:
    """R002: a dossier lasts two years, three with a loonsanctie; ten is a slip of the pen."""
    return situation.report.finding(
        "R002",
        FIRST_SICK_DAY,
        f"De eerste ziektedag ({show_date(first_day)}) is meer dan tien jaar geleden. De termijnen "
        "zijn daarom niet nagekeken.",
        "Kijk het jaar na.",
        _LAW,
        Severity.WARNING,
    )


def _no_working_day(situation: Situation, first_day: date) -> Iterator[Finding]:
    """R002: the waiting time begins on the first working day (Wet WIA art. 23 lid 2)."""
    if first_day.weekday() >= _SATURDAY:
        name = "zaterdag" if first_day.weekday() == _SATURDAY else "zondag"
        yield situation.report.finding(
            "R002",
            FIRST_SICK_DAY,
            f"De eerste ziektedag ({show_date(first_day)}) is een {name}.",
            "De wet telt vanaf de eerste werkdag waarop de werknemer door ziekte niet werkte. "
            "Werkte de werknemer niet in het weekend, vul dan de eerste werkdag daarna in.",
            _LAW,
            Severity.WARNING,
        )


def _outside_service(situation: Situation, first_day: date) -> Iterator[Finding]:
    """R002: who is not in service on the first sick day is not ill with this employer."""
    start, end = day_at(situation, START_OF_SERVICE), day_at(situation, END_OF_SERVICE)
    if start and first_day < start:
        said, path = f"voor de datum in dienst ({show_date(start)})", START_OF_SERVICE
    elif end and end < first_day:
        said, path = f"na het einde van het dienstverband ({show_date(end)})", END_OF_SERVICE
    else:
        return
    yield situation.report.finding(
        "R002",
        FIRST_SICK_DAY,
        f"De eerste ziektedag ({show_date(first_day)}) ligt {said}.",
        "Kijk beide datums na.",
        _LAW,
        Severity.WARNING,
        also=path,
    )


def _leaves_service(situation: Situation, first_day: date) -> Iterator[Finding]:
    """R012: who leaves before the waiting time ends takes another road (Ziektewet art. 38)."""
    end, profile = day_at(situation, END_OF_SERVICE), situation.timeline.profile
    if end and end >= first_day and profile.leaves_before is not None:
        yield situation.report.finding(
            "R012",
            END_OF_SERVICE,
            f"Het dienstverband eindigt op {show_date(end)}: dit dossier volgt de weg "
            f"'{profile.titel}'.",
            profile.toelichting,
            profile.bron,
            Severity.INFO,
        )


def _payroll_number(situation: Situation) -> Iterator[Finding]:
    """R003: the nine digits before the L are a BSN or RSIN, and pass the same proof."""
    typed = text(situation.dossier.case.get(PAYROLL_NUMBER))
    if not typed or KINDS["loonheffingennummer"].problem(typed, {}):
        return
    if KINDS["bsn"].problem(show_digits(typed)[:9], {}):
        yield situation.report.finding(
            "R003",
            PAYROLL_NUMBER,
            "Het loonheffingennummer lijkt niet te kloppen: de eerste negen cijfers voldoen niet "
            "aan de 11-proef.",
            "Neem het nummer over van een brief van de Belastingdienst.",
            "UWV, pagina Plan van aanpak maken; de 11-proef: waarschijnlijk",
            Severity.WARNING,
        )
