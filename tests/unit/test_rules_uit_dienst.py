"""Rule R088: who leaves service sick has the right report on the last working day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.completeness import completeness
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
SHORT_REPORT = f"[verkort_{REPORT[1:]}"
NATURE = "[werkgever]\naard_bedrijf = 'Drukkerij'\n"


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        (leaving("2024-02-25"), "2024-04-01", {}),
        (leaving("2024-02-25", REPORT), "2024-04-01", {"re_integratieverslag": Severity.INFO}),
        (
            leaving("2024-02-25", SHORT_REPORT),
            "2024-04-01",
            {"verkort_re_integratieverslag": Severity.INFO},
        ),
        (leaving("2024-02-26"), "2024-04-01", {"verkort_re_integratieverslag": Severity.ERROR}),
        (leaving("2024-03-25"), "2024-04-01", {"re_integratieverslag": Severity.ERROR}),
        (leaving("2024-03-15"), "2024-03-15", {}),
        (leaving("2024-03-15", SHORT_REPORT + NATURE), "2024-04-01", {}),
        (
            leaving("2024-03-15", SHORT_REPORT),
            "2024-04-01",
            {"werkgever.aard_bedrijf": Severity.ERROR},
        ),
        (
            leaving("2024-03-08", SHORT_REPORT + NATURE),
            "2024-04-01",
            {"verkort_re_integratieverslag.datum": Severity.WARNING},
        ),
        (
            leaving("2024-03-08", "[uwv]\nkopie_werknemer = 2024-03-11"),
            "2024-04-01",
            {"uwv.kopie_werknemer": Severity.WARNING},
        ),
        (leaving("2024-03-15", "[werkgever]\neigenrisicodrager_zw = true"), "2024-04-01", {}),
        (
            leaving("2024-03-25", f"{SHORT_REPORT}{NATURE}eigenrisicodrager_zw = true"),
            "2024-04-01",
            {},
        ),
    ],
    ids=[
        "within six weeks none is asked",
        "within six weeks it is needless",
        "within six weeks the short one is needless too",
        "after six weeks the short one is missing",
        "after ten weeks the full one is missing",
        "on the last working day there is still time",
        "ready on the last working day",
        "without the nature of the business",
        "ready too late",
        "only the copy is on record, and it was too late",
        "an employer who bears the risk",
        "an employer who bears the risk may make any report",
    ],
)
def test_who_leaves_sick_has_a_report_on_the_last_working_day(
    dossier_of: Make, text: str, today: str, expected: dict[str, Severity]
) -> None:
    findings = found(dossier_of(text), date.fromisoformat(today))

    assert {it.path: it.severity for it in findings if it.code == "R088"} == expected


@pytest.mark.parametrize(
    ("end", "profile", "report", "expected"),
    [
        ("2024-03-15", None, REPORT, {"re_integratieverslag": Severity.WARNING}),
        ("2024-03-15", None, REPORT + SHORT_REPORT, {}),
        ("2024-03-25", None, SHORT_REPORT, {"verkort_re_integratieverslag": Severity.WARNING}),
        ("2024-03-25", None, REPORT + SHORT_REPORT, {}),
        ("2024-03-25", "verkort", SHORT_REPORT, {}),
    ],
)
def test_the_other_report_counts_as_made_but_is_named_with_the_way_out(
    dossier_of: Make, end: str, profile: str | None, report: str, expected: dict[str, Severity]
) -> None:
    findings = found(dossier_of(leaving(end, report + NATURE)), date(2024, 4, 1), profile)
    named = [it for it in findings if it.code == "R088"]

    assert {it.path: it.severity for it in named} == expected
    assert all("verkort" in it.hint for it in named)


@pytest.mark.parametrize(
    ("report", "expected"), [(SHORT_REPORT, {Severity.ERROR}), (REPORT, set())]
)
def test_a_short_report_is_not_made_without_the_last_day_of_service(
    dossier_of: Make, report: str, expected: set[Severity]
) -> None:
    findings = completeness(Situation(dossier_of(D1 + report), date(2024, 4, 1)))

    assert {it.severity for it in findings if it.path == "dienstverband.einde"} == expected


def test_after_ten_weeks_the_full_report_asks_for_all_its_documents(dossier_of: Make) -> None:
    text = leaving("2024-03-25", REPORT.replace("03-15", "03-25") + ANALYSIS + PLAN)
    full, short = (found(dossier_of(text), date(2024, 4, 1), it) for it in ("zw", "verkort"))

    assert {it.path for it in full if it.code == "R080"} == {"actueel_oordeel", "eindevaluatie"}
    assert [it for it in short if it.code == "R080"] == []


@pytest.mark.parametrize("end", ["'ooit'", "2024-01-01", "0001-01-01", "3"])
def test_an_end_of_service_that_cannot_be_is_no_leaving(dossier_of: Make, end: str) -> None:
    findings = found(dossier_of(leaving(end)), date(2024, 2, 1))

    assert [it for it in findings if it.code == "R088"] == []
