"""Rules R050 to R058: what the bedrijfsarts writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.medical_advice import medical_advice
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
ANALYSIS = "[probleemanalyse]\ndatum = 2024-02-20\n"
SIGNED = "[probleemanalyse.ondertekening_bedrijfsarts]\nfunctie = "
LIST = 'benutbare_mogelijkheden = "ja"\nbelastbaarheid_bijlage = "inzetbaarheidsprofiel"\n'
TWELVE = f"{ANALYSIS}maximaal_uren_per_week = 12\n"
LAST = "[actueel_oordeel]\ndatum = 2025-09-26\n"
OPINION = f'[functie]\nbekwaamheden = "Mbo logistiek."\n{LAST}'
NOT_NOW = f'{ANALYSIS}benutbare_mogelijkheden = "tijdelijk_niet"\n'
AGAIN = "[[bijstelling_probleemanalyse]]\ndatum = "


def found(dossier: Dossier, today: date = TODAY) -> list[Finding]:
    return [*medical_advice(Situation(dossier, today))]


def marks(dossier: Dossier, today: date = TODAY) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in found(dossier, today)]


def test_a_list_that_is_not_in_the_dossier_is_asked_for(dossier_of: Make) -> None:
    path = "probleemanalyse.belastbaarheid_bijlage"

    assert marks(dossier_of(ANALYSIS + LIST)) == [("R052", path)]


@pytest.mark.parametrize(
    "more",
    ['werktijden = "Alleen overdag."', '[[bijlage]]\nsoort = "inzetbaarheidsprofiel"'],
    ids=["a heading is filled in", "the list is in the dossier"],
)
def test_possibilities_that_are_written_down_are_enough(dossier_of: Make, more: str) -> None:
    assert marks(dossier_of(ANALYSIS + LIST + more)) == []


@pytest.mark.parametrize(
    "role",
    [
        "praktijkondersteuner bedrijfsarts",
        "verpleegkundige",
        "casemanager",
        "bedrijfsarts in opleiding",
    ],
)
def test_a_document_of_somebody_else_names_the_doctor(dossier_of: Make, role: str) -> None:
    dossier = dossier_of(f'{ANALYSIS}{SIGNED}"{role}"\nnaam = "B. Janse"')

    path = "probleemanalyse.ondertekening_bedrijfsarts.functie"
    assert marks(dossier) == [("R054", path)]


@pytest.mark.parametrize(
    "role",
    [
        "bedrijfsarts",
        "Zelfstandig bedrijfsarts",
        "arts, bedrijfsarts",
        "praktijkondersteuner, onder verantwoordelijkheid van E.C. Talsma, bedrijfsarts",
    ],
)
def test_a_doctor_or_who_names_one_may_sign(dossier_of: Make, role: str) -> None:
    assert marks(dossier_of(f'{ANALYSIS}{SIGNED}"{role}"\nnaam = "B. Janse"')) == []


def test_a_delegate_in_the_case_is_enough(dossier_of: Make) -> None:
    delegate = '[arbodienst]\ngedelegeerde_naam = "B. Janse"\n'

    assert marks(dossier_of(f'{delegate}{ANALYSIS}{SIGNED}"verpleegkundige"\nnaam = "x"')) == []


def test_a_signature_that_nobody_typed_is_of_the_bedrijfsarts(dossier_of: Make) -> None:
    assert marks(dossier_of(f'[arbodienst]\nbedrijfsarts = "A. Arts"\n{ANALYSIS}')) == []


@pytest.mark.parametrize("unit", ["week", "dag"])
def test_other_hours_in_the_opinion_need_an_explanation(dossier_of: Make, unit: str) -> None:
    name = f"maximaal_uren_per_{unit}"
    dossier = dossier_of(f"{ANALYSIS}{name} = 4\n{OPINION}{name} = 6")

    (finding,) = found(dossier)
    assert (finding.code, finding.path) == ("R056", f"actueel_oordeel.{name}")
    assert "6 uur" in finding.message
    assert finding.also is not None
    assert finding.also.line == 4


@pytest.mark.parametrize(
    "more",
    [
        "maximaal_uren_per_week = 12",
        'maximaal_uren_per_week = 16.5\nverloop = "Sinds mei kan 16,5 uur per week."',
        'maximaal_uren_per_week = 16\nverloop = "Dat waren er 12."',
        'maximaal_uren_per_week = "16"',
    ],
    ids=["the same hours", "the new hours told", "the old hours told", "of a wrong kind"],
)
def test_hours_that_are_explained_are_no_matter(dossier_of: Make, more: str) -> None:
    assert marks(dossier_of(f"{TWELVE}{OPINION}{more}")) == []


def test_another_number_is_no_explanation(dossier_of: Make) -> None:
    dossier = dossier_of(f'{TWELVE}{OPINION}maximaal_uren_per_week = 16\nverloop = "Kan 160 m."')

    assert marks(dossier) == [("R056", "actueel_oordeel.maximaal_uren_per_week")]


@pytest.mark.parametrize(
    ("more", "today", "path"),
    [
        ("", TODAY, "probleemanalyse.volgend_contact"),
        ("volgend_contact = 2024-06-20", date(2024, 3, 1), "probleemanalyse.volgend_contact"),
        (f"{AGAIN}2024-05-23", TODAY, "bijstelling_probleemanalyse[0].datum"),
        (OPINION, TODAY, "actueel_oordeel.datum"),
    ],
    ids=["no new judgement", "planned too late", "judged too late", "only the last opinion"],
)
def test_for_the_time_being_lasts_three_months(
    dossier_of: Make, more: str, today: date, path: str
) -> None:
    assert marks(dossier_of(NOT_NOW + more), today) == [("R058", path)]


@pytest.mark.parametrize(
    ("more", "today"),
    [
        ("volgend_contact = 2024-05-20", date(2024, 5, 22)),
        ("", date(2024, 5, 22)),
        (f"{AGAIN}2024-05-22", TODAY),
        ('volgend_contact = "mei"', date(2024, 5, 22)),
    ],
    ids=["planned in time", "not yet due", "judged in time", "a wrong kind"],
)
def test_a_judgement_in_time_is_no_matter(dossier_of: Make, more: str, today: date) -> None:
    assert marks(dossier_of(NOT_NOW + more), today) == []


def test_lasting_impossibility_is_judged_at_its_own_pace(dossier_of: Make) -> None:
    assert marks(dossier_of(f'{ANALYSIS}benutbare_mogelijkheden = "nee_blijvend"')) == []


@pytest.mark.parametrize(
    "text",
    [
        "probleemanalyse = 3",
        f'{ANALYSIS}belastbaarheid_bijlage = {{}}\nbenutbare_mogelijkheden = "ja"',
        f"{ANALYSIS}ondertekening_bedrijfsarts = 'x'",
        f"{ANALYSIS}benutbare_mogelijkheden = []\nmaximaal_uren_per_week = nan",
        "bijlage = [1]\n[actueel_oordeel]\ndatum = 'x'\nverloop = []",
    ],
)
def test_a_malformed_case_gives_no_finding_and_no_crash(dossier_of: Make, text: str) -> None:
    assert found(dossier_of(text)) == []


def test_all_of_them_are_warnings(dossier_of: Make) -> None:
    dossier = dossier_of(f'{NOT_NOW}{SIGNED}"verpleegkundige"\nnaam = "x"')

    assert {finding.severity for finding in found(dossier)} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAST, [("R057", "functie.bekwaamheden")]),
        (f'{LAST}[functie]\nbekwaamheden = ""', [("R057", "functie.bekwaamheden")]),
        (f'{LAST}[functie]\nbekwaamheden = "Mbo logistiek."', []),
        (ANALYSIS, []),
    ],
    ids=["never written", "empty", "written", "not yet the last paper"],
)
def test_skills_stand_in_the_last_paper_that_can_hold_them(
    dossier_of: Make, text: str, expected: list[tuple[str, str]]
) -> None:
    assert marks(dossier_of(text)) == expected
