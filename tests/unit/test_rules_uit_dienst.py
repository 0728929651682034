"""Rule R088: who leaves service sick has the right report on the last working day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.dossier_leaving import dossier_leaving
from wvp_docs.checks.dossier_parts import dossier_parts
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
ANALYSIS = '[probleemanalyse]\ndatum = 2024-02-20\nbenutbare_mogelijkheden = "ja"\n'
PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"


def found(dossier: Dossier, today: date, profile: str | None = None) -> list[Finding]:
    situation = Situation(dossier, today, profile)
    return [*dossier_parts(situation), *dossier_leaving(situation)]


def leaving(end: str, more: str = "") -> str:
    return f"{D1}[dienstverband]\neinde = {end}\n{more}"


REPORT = "[re_integratieverslag]\ndatum = 2024-03-15\n"
NATURE = "[werkgever]\naard_bedrijf = 'Drukkerij'\n"


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        (leaving("2024-02-25"), "2024-04-01", {}),
        (leaving("2024-02-25", REPORT), "2024-04-01", {"re_integratieverslag": Severity.INFO}),
        (leaving("2024-02-26"), "2024-04-01", {"re_integratieverslag": Severity.ERROR}),
        (leaving("2024-03-15"), "2024-03-15", {}),
        (leaving("2024-03-15", REPORT + NATURE), "2024-04-01", {}),
        (leaving("2024-03-15", REPORT), "2024-04-01", {"werkgever.aard_bedrijf": Severity.ERROR}),
        (
            leaving("2024-03-08", REPORT + NATURE),
            "2024-04-01",
            {"re_integratieverslag.datum": Severity.WARNING},
        ),
        (leaving("2024-03-15", "[werkgever]\neigenrisicodrager_zw = true"), "2024-04-01", {}),
    ],
    ids=[
        "within six weeks none is asked",
        "within six weeks it is needless",
        "after six weeks it is missing",
        "on the last working day there is still time",
        "ready on the last working day",
        "without the nature of the business",
        "ready too late",
        "an employer who bears the risk",
    ],
)
def test_who_leaves_sick_has_a_report_on_the_last_working_day(
    dossier_of: Make, text: str, today: str, expected: dict[str, Severity]
) -> None:
    findings = found(dossier_of(text), date.fromisoformat(today))

    assert {it.path: it.severity for it in findings if it.code == "R088"} == expected


def test_after_ten_weeks_the_full_report_asks_for_all_its_documents(dossier_of: Make) -> None:
    text = leaving("2024-03-25", REPORT.replace("03-15", "03-25") + ANALYSIS + PLAN)
    full, short = (found(dossier_of(text), date(2024, 4, 1), it) for it in ("zw", "verkort"))

    assert {it.path for it in full if it.code == "R080"} == {"actueel_oordeel", "eindevaluatie"}
    assert [it for it in short if it.code == "R080"] == []


@pytest.mark.parametrize("end", ["'ooit'", "2024-01-01", "0001-01-01", "3"])
def test_an_end_of_service_that_cannot_be_is_no_leaving(dossier_of: Make, end: str) -> None:
    findings = found(dossier_of(leaving(end)), date(2024, 2, 1))

    assert [it for it in findings if it.code == "R088"] == []
