"""Rules R001 to R012: are the facts that all documents share plausible, and do they agree?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.answers import day, number, rows, text
from wvp_docs.checks.case_data import case_data
from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.order import order_of_dates
from wvp_docs.checks.periods import periods
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def found(dossier: Dossier, today: date = TODAY) -> list[Finding]:
    situation = Situation(dossier, today)
    checks = (case_data, periods, order_of_dates)
    return [finding for check in checks for finding in check(situation)]


def seen(dossier: Dossier, today: date = TODAY) -> list[tuple[str, str, Severity]]:
    return [(it.code, it.path, it.severity) for it in found(dossier, today)]


def recoveries(*pairs: tuple[str, str]) -> str:
    row = "[[verzuim.onderbrekingen]]\nhersteld_vanaf = {}\nweer_ziek_vanaf = {}\n"
    return D1 + "".join(row.format(*pair) for pair in pairs)


def leave(first: str, last: str, same: str = "true") -> str:
    return (
        f'[[verzuim.verlof]]\nsoort = "zwangerschap_bevalling"\nvan = {first}\n'
        f"tot_en_met = {last}\nzelfde_oorzaak = {same}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        D1,
        D1 + "[dienstverband]\nin_dienst = 2024-01-15\n",
        D1 + "[dienstverband]\neinde = 2026-01-11\n",  # the last day of the waiting time
        recoveries(("2024-07-01", "2024-07-28")),
        recoveries(("2024-07-01", "2024-07-22"), ("2024-07-23", "2024-07-30")),
        recoveries(("2024-07-01", "2024-07-22")) + leave("2024-07-22", "2024-11-10"),
        D1 + leave("2025-10-20", "2026-02-08"),  # leave may still go on
        f"{D1}[[verzuim.onderbrekingen]]\nhersteld_vanaf = 2024-07-01\n",
        '[werkgever]\nloonheffingennummer = "123456782L01"\n',
        "[verzuim]\neerste_ziektedag = '15 januari'\n[dienstverband]\neinde = 2024-06-30\n",
        "[verzuim]\neerste_ziektedag = 1850-01-15\n[probleemanalyse]\ndatum = 2024-02-20\n",
        "[verzuim]\neerste_ziektedag = 2024-01-15T08:00:00\n",
    ],
)
def test_what_is_in_order_or_for_completeness_gives_nothing(dossier_of: Make, text: str) -> None:
    assert seen(dossier_of(text)) == []


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("2024-01-13", "een zaterdag"),
        ("2024-01-14", "een zondag"),
        ("2015-10-23", "meer dan tien jaar geleden"),
        ("1900-01-01", "meer dan tien jaar geleden"),
    ],
)
def test_a_strange_first_sick_day_is_a_warning(dossier_of: Make, first: str, said: str) -> None:
    (finding,) = found(dossier_of(f"[verzuim]\neerste_ziektedag = {first}"))

    assert (finding.code, finding.severity) == ("R002", WARNING)
    assert said in finding.message


@pytest.mark.parametrize("first", ["2025-10-25", "2100-12-31"])
def test_a_first_sick_day_in_the_future_is_one_error(dossier_of: Make, first: str) -> None:
    text = recoveries(("2024-07-01", "2024-06-01")).replace("2024-01-15", first)

    assert seen(dossier_of(text)) == [("R002", "verzuim.eerste_ziektedag", ERROR)]


@pytest.mark.parametrize("line", ["in_dienst = 2024-01-16", "einde = 2024-01-14"])
def test_a_first_sick_day_outside_service_points_at_both_days(dossier_of: Make, line: str) -> None:
    (finding,) = found(dossier_of(f"{D1}[dienstverband]\n{line}"))

    assert (finding.code, finding.severity, finding.place.line) == ("R002", WARNING, 3)
    assert finding.also
    assert finding.also.line == 5


def test_a_payroll_number_that_fails_the_proof_is_a_warning(dossier_of: Make) -> None:
    dossier = dossier_of('[werkgever]\nloonheffingennummer = "123456789L01"')

    assert seen(dossier) == [("R003", "werkgever.loonheffingennummer", WARNING)]


def test_a_payroll_number_of_a_wrong_shape_is_said_once(dossier_of: Make) -> None:
    dossier = dossier_of('[werkgever]\nloonheffingennummer = "123456789"')

    assert seen(dossier) == []
    codes = [it.code for it in completeness(Situation(dossier, TODAY)) if "loonh" in it.path]
    assert codes == ["R003"]


@pytest.mark.parametrize(
    ("end", "road"),
    [
        ("2024-02-25", "binnen 6 weken"),
        ("2024-03-01", "na 6 tot 10 weken"),
        ("2026-01-10", "na 10 weken of meer"),
    ],
)
def test_a_service_that_ends_names_its_road(dossier_of: Make, end: str, road: str) -> None:
    (finding,) = found(dossier_of(f"{D1}[dienstverband]\neinde = {end}"))

    assert (finding.code, finding.severity) == ("R012", INFO)
    assert road in finding.message


@pytest.mark.parametrize(
    ("text", "path", "severity"),
    [
        (
            recoveries(("2024-07-22", "2024-07-22")),
            "verzuim.onderbrekingen[0].weer_ziek_vanaf",
            ERROR,
        ),
        (D1 + leave("2024-06-03", "2024-06-02"), "verzuim.verlof[0].tot_en_met", ERROR),
        (
            recoveries(("2024-01-15", "2024-01-22")),
            "verzuim.onderbrekingen[0].hersteld_vanaf",
            ERROR,
        ),
        (
            recoveries(("2024-09-02", "2024-09-09"), ("2024-07-01", "2024-07-22")),
            "verzuim.onderbrekingen[1].hersteld_vanaf",
            ERROR,
        ),
        (
            recoveries(("2024-07-01", "2024-07-22"), ("2024-07-21", "2024-07-29")),
            "verzuim.onderbrekingen[1].hersteld_vanaf",
            ERROR,
        ),
        (
            recoveries(("2024-07-01", "2024-07-08"), ("2024-07-08", "2024-07-15")),
            "verzuim.onderbrekingen[1].hersteld_vanaf",
            ERROR,
        ),
        (
            recoveries(("2024-07-01", "2024-07-22")) + leave("2024-07-21", "2024-11-10"),
            "verzuim.verlof[0].van",
            ERROR,
        ),
        (
            recoveries(("2024-07-01", "2024-07-22"), ("2024-07-08", "2024-07-15")),
            "verzuim.onderbrekingen[1].hersteld_vanaf",
            ERROR,
        ),
        (
            recoveries(("2024-07-01", "2024-07-29")),
            "verzuim.onderbrekingen[0].hersteld_vanaf",
            WARNING,
        ),
        (
            recoveries(("2025-10-20", "2025-10-25")),
            "verzuim.onderbrekingen[0].weer_ziek_vanaf",
            WARNING,
        ),
    ],
    ids=[
        "no day recovered",
        "leave ends before it begins",
        "recovered on the first sick day",
        "not in order",
        "overlap",
        "no sick day between",
        "leave begins in a recovery",
        "one within the other",
        "four weeks: a new case",
        "ill again in the future",
    ],
)
def test_periods_that_do_not_fit_give_one_finding(
    dossier_of: Make, text: str, path: str, severity: Severity
) -> None:
    assert seen(dossier_of(text)) == [("R009", path, severity)]


def test_a_new_case_with_documents_of_before_is_left_to_r085(dossier_of: Make) -> None:
    text = recoveries(("2024-07-01", "2024-07-29")) + "[probleemanalyse]\ndatum = 2024-02-20"

    assert seen(dossier_of(text)) == []


def test_leave_with_another_cause_says_from_when_the_terms_run(dossier_of: Make) -> None:
    (finding,) = found(dossier_of(D1 + leave("2024-06-03", "2024-09-22", "false")))

    assert (finding.code, finding.severity) == ("R010", INFO)
    assert "23-09-2024" in finding.message


PLAN = f"{D1}[plan_van_aanpak]\ndatum = 2024-03-01\n"
SIGNED = PLAN + "[plan_van_aanpak.ondertekening_werkgever]\n"
PAPER = D1 + "[[bijlage]]\n"


@pytest.mark.parametrize(
    ("text", "path", "severity"),
    [
        (f"{D1}[plan_van_aanpak]\ndatum = 2024-01-14", "plan_van_aanpak.datum", ERROR),
        (f"{D1}[plan_van_aanpak]\ndatum = 2025-10-25", "plan_van_aanpak.datum", ERROR),
        (
            f'{SIGNED}status = "ondertekend"\ndatum = 2026-03-01',
            "plan_van_aanpak.ondertekening_werkgever.datum",
            ERROR,
        ),
        (
            f"{SIGNED}datum = 2023-03-01",
            "plan_van_aanpak.ondertekening_werkgever.datum",
            ERROR,
        ),
        (
            f"{D1}[probleemanalyse]\ndatum = 2024-02-20\ndatum_spreekuur = 2024-02-21",
            "probleemanalyse.datum_spreekuur",
            WARNING,
        ),
        (
            f"{D1}[probleemanalyse]\ndatum = 2024-02-20\ndatum_spreekuur = 2023-02-19",
            "probleemanalyse.datum_spreekuur",
            WARNING,
        ),
        (f"{PAPER}datum = 2025-11-01\nondertekend_op = 2025-11-01", "bijlage[0].datum", ERROR),
        (f"{PAPER}datum = 2023-11-01", "bijlage[0].datum", WARNING),
        (f"{D1}[uwv]\nwia_aanvraag = 2025-10-25", "uwv.wia_aanvraag", WARNING),
        (f"{D1}[uwv]\nupload = 2023-10-21", "uwv.upload", WARNING),
    ],
)
def test_a_day_that_cannot_be_gives_one_finding(
    dossier_of: Make, text: str, path: str, severity: Severity
) -> None:
    assert seen(dossier_of(text)) == [("R011", path, severity)]


@pytest.mark.parametrize(
    "text",
    [
        f"{D1}[plan_van_aanpak]\ndatum = 2024-01-15",
        f"{D1}[plan_van_aanpak]\ndatum = 2025-10-24",
        f'{SIGNED}status = "nog_te_ondertekenen"\ndatum = 2026-03-01',
        f"{D1}[probleemanalyse]\ndatum = 2024-02-20\ndatum_spreekuur = 2024-02-20",
        f"{PAPER}datum = 2024-11-01\nondertekend_op = 2024-11-01",
        f"{D1}[uwv]\nhersteltermijn = 2025-11-13\nupload = 2025-10-21",
        f"{SIGNED}datum = 2024-03-04",
        f"{D1}[plan_van_aanpak]\ndatum = '1 maart'",
        f"{SIGNED}status = ['ondertekend']\ndatum = 2026-03-01",
    ],
)
def test_a_day_that_can_be_gives_nothing(dossier_of: Make, text: str) -> None:
    assert seen(dossier_of(text)) == []


def test_readers_take_what_is_sound_and_nothing_else() -> None:
    assert [day(it) for it in (TODAY, "x", date(1899, 12, 31), date(2101, 1, 1))] == [
        TODAY,
        *3 * [None],
    ]
    assert [number(it) for it in (2, 2.5, True, "2", float("nan"))] == [2, 2.5, None, None, None]
    assert [text(it) for it in (" a ", 1, None)] == ["a", "", ""]
    assert rows(({"a": 1}, 2)) == ({"a": 1},)
    assert rows("x") == ()
