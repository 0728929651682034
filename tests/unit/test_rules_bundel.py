"""Rules R080 to R087 and R090: is the dossier whole, does it hang together, can it go to UWV?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.dossier_order import dossier_order
from wvp_docs.checks.dossier_parts import dossier_parts
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
ABLE = 'benutbare_mogelijkheden = "ja"\n'
ANALYSIS = f"[probleemanalyse]\ndatum = 2024-02-20\n{ABLE}"
PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"
YEAR = "[eerstejaarsevaluatie]\ndatum = 2024-12-20\n"
OPINION = f"[actueel_oordeel]\ndatum = 2025-09-26\n{ABLE}"
FINAL = "[eindevaluatie]\ndatum = 2025-10-06\n"
EMPLOYEE = "[oordeel_werknemer]\ndatum = 2025-10-08\n"
WHOLE = D1 + ANALYSIS + PLAN + YEAR + OPINION + FINAL + EMPLOYEE
NOT_ABLE = 'benutbare_mogelijkheden = "nee_blijvend"\n'
AT_END = date(2025, 10, 24)
CHECKS = (dossier_parts, dossier_order)


def found(dossier: Dossier, today: date, profile: str | None = None) -> list[Finding]:
    situation = Situation(dossier, today, profile)
    return [finding for check in CHECKS for finding in check(situation)]


def seen(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(finding.code, finding.path) for finding in findings}


def test_a_whole_dossier_gives_nothing(dossier_of: Make) -> None:
    assert found(dossier_of(WHOLE), AT_END) == []


@pytest.mark.parametrize("part", [ANALYSIS, PLAN, YEAR, OPINION, FINAL])
def test_a_document_that_is_due_and_not_there_is_an_error(dossier_of: Make, part: str) -> None:
    key = part[1 : part.index("]")]
    finding = next(it for it in found(dossier_of(WHOLE.replace(part, "")), AT_END))

    assert (finding.code, finding.path, finding.severity) == ("R080", key, Severity.ERROR)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        ("2024-02-26", set()),
        ("2024-02-27", {"probleemanalyse"}),
        ("2024-03-11", {"probleemanalyse"}),
        ("2024-03-12", {"probleemanalyse", "plan_van_aanpak"}),
        ("2025-01-12", {"probleemanalyse", "plan_van_aanpak"}),
        ("2025-01-13", {"probleemanalyse", "plan_van_aanpak", "eerstejaarsevaluatie"}),
    ],
)
def test_a_document_is_missed_from_the_day_after_its_last(
    dossier_of: Make, today: str, missing: set[str]
) -> None:
    findings = found(dossier_of(D1), date.fromisoformat(today))

    assert {it.path for it in findings if it.code == "R080"} == missing


@pytest.mark.parametrize(
    "more",
    [
        D1 + ANALYSIS.replace(ABLE, NOT_ABLE) + OPINION.replace(ABLE, NOT_ABLE) + EMPLOYEE,
        f"{D1}aow_datum = 2024-02-20\n{ANALYSIS}",
        f"{D1}vrijwillige_verlenging_tot = 2026-04-12\n{ANALYSIS}{PLAN}{YEAR}",
        f"{D1}verkorte_wachttijd = true\n{ANALYSIS}{PLAN}{YEAR}",
        f"{D1}[dienstverband]\neinde = 2024-02-20",
        "[plan_van_aanpak]\nreden_te_laat = 'x'",
        "[verzuim]\neerste_ziektedag = 1924-01-15",
        f"probleemanalyse = 3\nplan_van_aanpak = 3\n{D1}{YEAR}{OPINION}{FINAL}{EMPLOYEE}",
    ],
    ids=[
        "never any possibilities",
        "state pension age",
        "extended by request",
        "shortened waiting time",
        "left within six weeks",
        "no first sick day",
        "a first sick day with a slip in the year",
        "a wrong shape is said elsewhere",
    ],
)
def test_what_the_law_does_not_ask_yet_or_at_all_is_not_missed(dossier_of: Make, more: str) -> None:
    assert [it for it in found(dossier_of(more), AT_END) if it.code in {"R080", "R090"}] == []


def test_what_is_missing_without_a_report_to_make_is_a_warning(dossier_of: Make) -> None:
    findings = found(dossier_of(f"{D1}verkorte_wachttijd = true"), AT_END)

    assert {it.severity for it in findings if it.code == "R080"} == {Severity.WARNING}


@pytest.mark.parametrize(("first", "codes"), [(ABLE, ["R080"]), (NOT_ABLE, [])])
def test_who_once_had_possibilities_is_expected_to_have_a_final_evaluation(
    dossier_of: Make, first: str, codes: list[str]
) -> None:
    text = D1 + ANALYSIS.replace(ABLE, first) + PLAN + YEAR
    findings = found(dossier_of(text + OPINION.replace(ABLE, NOT_ABLE) + EMPLOYEE), AT_END)

    assert [it.code for it in findings if it.path == "eindevaluatie"] == codes
    assert all(it.severity is Severity.WARNING for it in findings)


@pytest.mark.parametrize(
    ("today", "adjusted", "codes"),
    [
        ("2025-12-15", "", ["R080"]),
        ("2025-12-14", "", []),
        ("2025-12-15", "2025-12-09", []),
        ("2025-12-15", "2025-05-01", ["R080"]),
    ],
)
def test_a_sanction_asks_for_a_new_adjustment_of_the_plan(
    dossier_of: Make, today: str, adjusted: str, codes: list[str]
) -> None:
    text = WHOLE.replace(D1, f"{D1}loonsanctie_tot = 2027-01-10\n")
    if adjusted:
        text += f"[[bijstelling_plan_van_aanpak]]\ndatum = {adjusted}\n"

    assert [it.code for it in found(dossier_of(text), date.fromisoformat(today))] == codes


@pytest.mark.parametrize(
    ("today", "more", "codes"),
    [
        ("2025-10-12", "", []),
        ("2025-10-13", "", ["R082"]),
        ("2025-10-10", "[uwv]\nkopie_werknemer = 2025-10-09", ["R082"]),
    ],
    ids=["not yet due", "the report is due", "the report is ready"],
)
def test_the_employee_is_reminded_when_the_report_is_there_or_due(
    dossier_of: Make, today: str, more: str, codes: list[str]
) -> None:
    text = WHOLE.replace(EMPLOYEE, more)

    assert [it.code for it in found(dossier_of(text), date.fromisoformat(today))] == codes


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "14 dagen"),
        ("[uwv]\nontvangstbevestiging = 2025-10-20", "03-11-2025"),
        ("[uwv]\nontvangstbevestiging = 2025-10-20\nhersteltermijn = 2025-11-01", "01-11-2025"),
    ],
)
def test_what_is_missing_names_who_supplies_it_and_until_when(
    dossier_of: Make, more: str, said: str
) -> None:
    text = WHOLE.replace(OPINION, "").replace(FINAL, "") + more
    finding = next(it for it in found(dossier_of(text), AT_END) if it.code == "R090")

    assert "de bedrijfsarts: Actueel oordeel" in finding.message
    assert "de werkgever en de werknemer: Eindevaluatie" in finding.message
    assert said in finding.hint
    assert finding.severity is Severity.INFO


def test_medical_information_is_refused_as_an_attachment(dossier_of: Make) -> None:
    dossier = dossier_of('[[bijlage]]\nsoort = "medische_informatie"')
    codes = {it.code for it in completeness(Situation(dossier, AT_END))}
    allowed = dossier_of('[[bijlage]]\nsoort = "correspondentie"')

    assert "R081" in codes
    assert "R081" not in {it.code for it in completeness(Situation(allowed, AT_END))}


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ([("2024-06-04", "2024-02-20"), ("2024-10-15", "2024-06-04")], ""),
        ([("2024-06-04", "2024-02-20"), ("2024-10-15", "2024-08-01")], "[1].datum_vorige"),
        ([("2024-06-04", "2024-02-20"), ("2024-06-04", "2024-02-20")], "[1].datum"),
        ([("2024-02-01", "2024-02-20")], "[0].datum"),
        ([("2024-06-04", '"vorige maand"')], ""),
    ],
    ids=["in order", "one is left out", "two on a day", "before the first", "no date at all"],
)
def test_adjustments_follow_each_other_without_gaps(
    dossier_of: Make, rows: list[tuple[str, str]], path: str
) -> None:
    key = "bijstelling_probleemanalyse"
    text = "".join(f"[[{key}]]\ndatum = {day}\ndatum_vorige = {was}\n" for day, was in rows)

    expected = {("R084", key + path)} if path else set()
    assert seen(found(dossier_of(WHOLE + text), AT_END)) == expected


@pytest.mark.parametrize(("again", "codes"), [("2024-07-28", []), ("2024-07-29", ["R085"])])
def test_documents_of_before_a_long_recovery_are_of_another_dossier(
    dossier_of: Make, again: str, codes: list[str]
) -> None:
    pause = f"[[verzuim.onderbrekingen]]\nhersteld_vanaf = 2024-07-01\nweer_ziek_vanaf = {again}\n"
    findings = found(dossier_of(D1 + pause + ANALYSIS + PLAN), date(2024, 8, 1))

    assert [it.code for it in findings] == codes
    assert all(it.also for it in findings)


@pytest.mark.parametrize(
    ("size", "day", "codes"),
    [
        (10_000_000, "ondertekend_op = 2024-03-01", []),
        (10_000_001, "ondertekend_op = 2024-03-01", ["R083"]),
        (1, "", ["R086"]),
    ],
)
def test_an_attachment_fits_the_portal(
    dossier_of: Make, tmp_path: Path, size: int, day: str, codes: list[str]
) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"0" * size)
    text = f'[[bijlage]]\nsoort = "correspondentie"\nbestand = "brief.pdf"\n{day}'

    assert [it.code for it in found(dossier_of(text), AT_END)] == codes


def test_a_file_outside_the_folder_of_the_case_is_not_looked_at(dossier_of: Make) -> None:
    row = '[[bijlage]]\nsoort = "overig"\nbestand = "../../../etc/passwd"'

    assert found(dossier_of(f"{row}\nondertekend_op = 2024-03-01"), AT_END) == []


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ("zestigplus = true", ["R087"]),
        ("zestigplus = true\nzestigplus_akkoord = 2025-10-01", []),
        ("zestigplus = true\nzestigplus_akkoord = 'ja'", []),
        ("zestigplus = false", []),
        (
            "zestigplus = true\nzestigplus_akkoord = 2025-10-01\nwia_aanvraag = 2025-09-30",
            ["R087"],
        ),
        (
            "zestigplus = true\nzestigplus_akkoord = 2024-10-01\nwia_aanvraag = 2025-08-31",
            ["R087"],
        ),
    ],
)
def test_the_sixty_plus_route_needs_the_consent_of_both_in_time(
    dossier_of: Make, answers: str, codes: list[str]
) -> None:
    assert [it.code for it in found(dossier_of(f"[uwv]\n{answers}"), AT_END)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "verzuim = 3",
        "bijlage = [1, 2]",
        "[[bijlage]]\nsoort = 1\nbestand = 2",
        '[[bijlage]]\nsoort = "overig"\nbestand = "\\u0000"',
        "[uwv]\nzestigplus = 'ja'\nhersteltermijn = 'morgen'",
        f"{D1}onderbrekingen = [1]\n[dienstverband]\neinde = 'ooit'",
        f"{D1}[[bijstelling_probleemanalyse]]\ndatum = 3\ndatum_vorige = []",
    ],
)
def test_a_malformed_case_never_crashes_a_rule(dossier_of: Make, text: str) -> None:
    assert found(dossier_of(text), AT_END) is not None
