"""Rules R030 to R044: was everything done in its time, and what is next?

The dates are those of the worked example: first sick day Monday 15 January 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.deadlines import deadlines
from wvp_docs.checks.deadlines_course import deadlines_course
from wvp_docs.checks.deadlines_uwv import deadlines_uwv
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
AT_END = date(2025, 10, 24)
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
ABLE = 'benutbare_mogelijkheden = "ja"\n'
ANALYSIS = f"[probleemanalyse]\ndatum = 2024-02-20\n{ABLE}"
PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"
YEAR = "[eerstejaarsevaluatie]\n"
OPINION, FINAL = "[actueel_oordeel]\ndatum = {}\n", "[eindevaluatie]\ndatum = {}\n"
ADVICE = f"[[bijstelling_probleemanalyse]]\n{ABLE}bijstelling_plan_nodig = true\ndatum = {{}}\n"
UWV = "[uwv]\nmelding_42_weken = 2024-11-04\n"


def found(dossier: Dossier, today: date = AT_END, codes: str = "") -> list[Finding]:
    situation = Situation(dossier, today)
    checks = (deadlines, deadlines_course, deadlines_uwv)
    findings = [finding for check in checks for finding in check(situation)]
    return [it for it in findings if not codes or it.code in codes.split()]


def seen(
    dossier: Dossier, today: date = AT_END, codes: str = ""
) -> list[tuple[str, str, Severity]]:
    return [(it.code, it.path, it.severity) for it in found(dossier, today, codes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[probleemanalyse]\ndatum = 2024-02-26", None),
        ("[probleemanalyse]\ndatum = 2024-02-27", ("R030", "probleemanalyse.reden_te_laat", ERROR)),
        (
            "[probleemanalyse]\ndatum = 2024-02-27\nreden_te_laat = 'Spreekuur is verzet.'",
            ("R030", "probleemanalyse.datum", WARNING),
        ),
        (f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-03-05", None),
        (
            f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-03-06",
            ("R031", "plan_van_aanpak.reden_te_laat", ERROR),
        ),
        (
            f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-03-06\nreden_te_laat = 'Ander rooster.'",
            ("R031", "plan_van_aanpak.datum", WARNING),
        ),
        (f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-02-20", None),
        (
            f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-02-13",
            ("R032", "plan_van_aanpak.datum", WARNING),
        ),
        (
            f"{ANALYSIS}[plan_van_aanpak]\ndatum = 2024-02-12",
            ("R032", "plan_van_aanpak.datum", ERROR),
        ),
        ("[probleemanalyse]\ndatum = 'maart'\n[plan_van_aanpak]\ndatum = 2024-02-12", None),
        ("[probleemanalyse]\ndatum = 2023-02-20", None),  # R011 says so
    ],
)
def test_the_first_documents_come_in_time_and_order(
    dossier_of: Make, text: str, expected: tuple[str, str, Severity] | None
) -> None:
    findings = seen(dossier_of(D1 + text), date(2024, 3, 12), "R030 R031 R032")

    assert findings == ([expected] if expected else [])


def test_a_recovery_moves_the_term_of_a_document(dossier_of: Make) -> None:
    rows = "[[verzuim.onderbrekingen]]\nhersteld_vanaf = 2024-02-01\nweer_ziek_vanaf = 2024-02-02\n"
    text = "[probleemanalyse]\ndatum = 2024-02-27"

    assert seen(dossier_of(D1 + rows + text), date(2024, 3, 1), "R030") == []


@pytest.mark.parametrize(
    ("reported", "today", "severity"),
    [
        ("melding_42_weken = 2024-11-04", "2025-08-02", None),
        ("melding_42_weken = 2024-11-05", "2025-08-02", WARNING),
        ("", "2024-11-04", None),
        ("", "2024-11-05", WARNING),
        ("", "2025-08-01", WARNING),
        ("", "2025-08-02", ERROR),
        ("melding_42_weken = 2025-08-03", "2025-09-02", WARNING),
        ("melding_42_weken = 'november'", "2025-08-02", None),
        ("melding_42_weken = 2062-11-04", "2025-08-02", None),  # R011 says so
    ],
)
def test_the_report_of_42_weeks(
    dossier_of: Make, reported: str, today: str, severity: Severity | None
) -> None:
    findings = seen(dossier_of(f"{D1}[uwv]\n{reported}"), date.fromisoformat(today), "R035")

    assert findings == ([("R035", "uwv.melding_42_weken", severity)] if severity else [])


KIND = 'soort_evaluatie = "{}"\n'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("datum = 2024-11-25", ""),
        ("datum = 2025-01-12", ""),
        ("datum = 2024-11-24", "datum"),
        ("datum = 2025-01-13", "datum"),
        (f"{KIND.format('tussentijdse_evaluatie')}datum = 2024-09-01", "soort_evaluatie"),
        (f"{KIND.format('eerstejaarsevaluatie')}datum = 2024-12-02", ""),
        ("datum = 'januari'", ""),
    ],
)
def test_the_first_year_evaluation_is_in_weeks_46_to_52(
    dossier_of: Make, text: str, path: str
) -> None:
    findings = seen(dossier_of(D1 + ANALYSIS + YEAR + text), AT_END, "R036")

    assert findings == ([("R036", f"eerstejaarsevaluatie.{path}", WARNING)] if path else [])


def test_an_evaluation_in_between_is_no_early_one(dossier_of: Make) -> None:
    text = f"{YEAR}{KIND.format('tussentijdse_evaluatie')}datum = 2024-09-01"

    assert seen(dossier_of(D1 + ANALYSIS + text), date(2025, 1, 12), "R036") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPINION.format("2025-09-26") + FINAL.format("2025-10-06"), None),
        (OPINION.format("2025-10-06") + FINAL.format("2025-10-06"), None),
        (
            OPINION.format("2025-10-07") + FINAL.format("2025-10-06"),
            ("R039", "eindevaluatie.datum", ERROR),
        ),
        (OPINION.format("2025-07-07") + FINAL.format("2025-10-06"), None),
        (
            OPINION.format("2025-07-06") + FINAL.format("2025-10-06"),
            ("R039", "actueel_oordeel.datum", WARNING),
        ),
        (OPINION.format("2025-10-12"), None),
        (OPINION.format("2025-10-13"), ("R039", "actueel_oordeel.datum", WARNING)),
        (OPINION.format("2025-09-26") + FINAL.format("2025-10-12"), None),
        (
            OPINION.format("2025-09-26") + FINAL.format("2025-10-13"),
            ("R040", "eindevaluatie.datum", WARNING),
        ),
        (OPINION.format("'september'") + FINAL.format("2025-10-06"), None),
    ],
)
def test_the_last_documents_come_in_time_and_order(
    dossier_of: Make, text: str, expected: tuple[str, str, Severity] | None
) -> None:
    findings = seen(dossier_of(D1 + ANALYSIS + text), AT_END, "R039 R040")

    assert findings == ([expected] if expected else [])


@pytest.mark.parametrize(("today", "codes"), [("2025-10-12", ["R039"]), ("2025-10-13", [])])
def test_an_eindevaluatie_without_actueel_oordeel_is_said_until_r080_says_it(
    dossier_of: Make, today: str, codes: list[str]
) -> None:
    dossier = dossier_of(D1 + ANALYSIS + FINAL.format("2025-10-06"))

    assert [it.code for it in found(dossier, date.fromisoformat(today), "R039")] == codes


@pytest.mark.parametrize(
    ("code", "line", "in_time", "late"),
    [
        ("R041", "wia_aanvraag = 2025-10-26", "2025-10-27", ""),
        ("R041", "wia_aanvraag = 2025-10-27", "", "2025-10-28"),
        ("R041", "wia_aanvraag = 'oktober'", "2025-10-27", ""),
        ("R041", "", "2025-10-26", "2025-10-27"),
        ("R043", "kopie_werknemer = 2025-10-12", "2025-10-20", ""),
        ("R043", "kopie_werknemer = 2025-10-13", "", "2025-10-20"),
        ("R043", "", "2025-10-12", "2025-10-13"),
        ("R044", "wia_aanvraag = 2025-10-20\nupload = 2025-10-21", "2025-10-24", ""),
        ("R044", "wia_aanvraag = 2025-10-20\nupload = 2025-10-22", "", "2025-10-24"),
        ("R044", "wia_aanvraag = 2025-10-20", "2025-10-21", "2025-10-22"),
        ("R044", "upload = 2025-10-22", "2025-10-24", ""),
    ],
)
def test_what_goes_to_uwv_and_the_employee(
    dossier_of: Make, code: str, line: str, in_time: str, late: str
) -> None:
    for today, codes in ((in_time, []), (late, [code])):
        if today:
            findings = found(dossier_of(D1 + UWV + line), date.fromisoformat(today), code)
            assert [it.code for it in findings] == codes


def test_who_leaves_service_hears_of_copies_from_r088(dossier_of: Make) -> None:
    text = f"{D1}[dienstverband]\neinde = 2024-06-30\n[uwv]\nwia_aanvraag = 2024-09-02"

    assert seen(dossier_of(text), AT_END, "R041 R043 R044") == []


@pytest.mark.parametrize(
    ("today", "path", "said"),
    [
        ("2024-01-14", "", ""),
        ("2024-01-15", "probleemanalyse.datum", "nog 42 dagen"),
        ("2024-02-25", "probleemanalyse.datum", "nog 1 dag)"),
        ("2024-02-26", "probleemanalyse.datum", "dat is vandaag"),
        ("2024-09-22", "", ""),
        ("2024-09-23", "uwv.melding_42_weken", "nog 42 dagen"),
    ],
)
def test_the_next_step_is_told_six_weeks_ahead(
    dossier_of: Make, today: str, path: str, said: str
) -> None:
    findings = found(dossier_of(D1), date.fromisoformat(today), "R042")

    assert [(it.path, it.severity) for it in findings] == ([(path, INFO)] if path else [])
    assert all(said in it.message for it in findings)


@pytest.mark.parametrize("first", ["2062-01-15", "1924-01-15", "'maandag'", "1850-01-15"])
def test_without_a_first_sick_day_that_can_be_no_term_says_anything(
    dossier_of: Make, first: str
) -> None:
    text = D1.replace("2024-01-15", first) + ANALYSIS + PLAN + ADVICE.format("2024-06-04")

    assert seen(dossier_of(text)) == []


def test_the_complete_example_is_in_time(example: Callable[[str], Dossier]) -> None:
    assert seen(example("compleet")) == []


def test_the_example_that_is_late_is_late_in_everything(example: Callable[[str], Dossier]) -> None:
    findings = found(example("te-laat"), date(2026, 10, 23))

    assert {it.code for it in findings} == {f"R03{at}" for at in (0, 1, 3, 4, 5, 6, 7)}
    assert {it.severity for it in findings} == {WARNING}
