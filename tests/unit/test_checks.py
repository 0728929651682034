from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks import check
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
TODAY = date(2026, 11, 20)
PERSON = """
[werknemer]
voorletters = "J.A."
achternaam = "Jansen"
bsn = "999990019"
"""


def found(dossier: Dossier) -> dict[str, Finding]:
    return {finding.path: finding for finding in check(dossier, TODAY)}


def test_an_unknown_table_is_an_error_with_a_suggestion(dossier_of: Make) -> None:
    finding = found(dossier_of("[werknemr]\nbsn = 1"))["werknemr"]

    assert (finding.code, finding.hint) == ("V003", "Bedoelde u werknemer?")


def test_a_misspelt_required_key_gives_one_finding_not_two(dossier_of: Make) -> None:
    findings = check(dossier_of(PERSON.replace("achternaam", "achternaaam")), TODAY)

    assert [f.path for f in findings if "achter" in f.path] == ["werknemer.achternaaam"]


@pytest.mark.parametrize(
    ("line", "path", "said"),
    [
        ('datum = "20-02-2024"', "probleemanalyse.datum", "moet een datum zijn"),
        (
            "maximaal_uren_per_dag = '4'",
            "probleemanalyse.maximaal_uren_per_dag",
            "moet een getal zijn",
        ),
        (
            'benutbare_mogelijkheden = "misschien"',
            "probleemanalyse.benutbare_mogelijkheden",
            "geen keuze",
        ),
        ("advies_werkhervatting = 3", "probleemanalyse.advies_werkhervatting", "moet tekst zijn"),
        ('advies_werkhervatting = "a\\u0007b"', "probleemanalyse.advies_werkhervatting", "U+0007"),
        (
            "ondertekening_bedrijfsarts = 1",
            "probleemanalyse.ondertekening_bedrijfsarts",
            "niet de goede vorm",
        ),
    ],
)
def test_a_wrong_kind_is_an_error_at_its_own_line(
    dossier_of: Make, line: str, path: str, said: str
) -> None:
    finding = found(dossier_of(f"[probleemanalyse]\n{line}"))[path]

    assert said in finding.message
    assert finding.severity is Severity.ERROR
    assert finding.place.line == 3
    assert finding.form == "probleemanalyse"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[voortgangsverslag]\ndatum = 2024-03-01", "voortgangsverslag"),
        ("[[plan_van_aanpak]]\ndatum = 2024-03-01", "plan_van_aanpak"),
        ("werknemer = 'Jansen'", "werknemer"),
        ("voortgangsverslag = [1, 2]", "voortgangsverslag"),
        ("[plan_van_aanpak]\narbeidsinhoud = 'x'", "plan_van_aanpak.arbeidsinhoud"),
    ],
)
def test_a_wrong_shape_is_an_error_and_no_crash(dossier_of: Make, text: str, path: str) -> None:
    assert found(dossier_of(text))[path].code == "V004"


def test_a_bsn_that_fails_the_proof_is_masked(dossier_of: Make) -> None:
    finding = found(dossier_of(PERSON.replace("999990019", "999990018")))["werknemer.bsn"]

    assert finding.code == "R001"
    assert "999990018" not in finding.message + finding.hint


def test_what_a_default_supplies_is_not_missing(dossier_of: Make) -> None:
    dossier = dossier_of(
        '[arbodienst]\nbedrijfsarts = "A. Arts"\n[probleemanalyse]\ndatum = 2024-02-20'
    )

    assert not [path for path in found(dossier) if "ondertekening_bedrijfsarts" in path]


def test_a_refused_value_says_who_sends_it(dossier_of: Make) -> None:
    finding = found(dossier_of('[[bijlage]]\nsoort = "medische_informatie"\nbestand = "x.pdf"'))[
        "bijlage[0].soort"
    ]

    assert finding.code == "R081"
    assert "werknemer" in finding.message


@pytest.mark.parametrize(
    ("first", "day", "code"),
    [("2024-01-15", "2024-01-14", "R011"), ("2024-01-15", "2027-01-01", "R011")],
    ids=["before the first sick day", "in the future"],
)
def test_a_document_on_an_impossible_day_is_an_error(
    dossier_of: Make, first: str, day: str, code: str
) -> None:
    dossier = dossier_of(f"[verzuim]\neerste_ziektedag = {first}\n[probleemanalyse]\ndatum = {day}")

    assert found(dossier)["probleemanalyse.datum"].code == code


def test_a_first_sick_day_in_the_future_gives_one_finding(dossier_of: Make) -> None:
    dossier = dossier_of(
        "[verzuim]\neerste_ziektedag = 2027-01-01\n[probleemanalyse]\ndatum = 2024-02-20"
    )

    codes = [f.code for f in check(dossier, TODAY) if "datum" in f.path or "ziektedag" in f.path]
    assert codes.count("R002") == 1
    assert "R011" not in codes


@pytest.mark.parametrize("key", ["werknemer.achternaam", "werkgever.naam", "functie.naam"])
def test_removing_a_required_answer_gives_exactly_one_new_finding(
    key: str, example: Callable[[str], Dossier], dossier_of: Make
) -> None:
    source = example("week-9").case.source.decode().removeprefix("schema = 1\n")
    group, name = key.split(".")
    before = {f.path for f in check(dossier_of(source), TODAY)}
    head, _, tail = source.partition(f"[{group}]\n")
    lines = tail.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{name} ="))
    del lines[at]

    after = {f.path for f in check(dossier_of(f"{head}[{group}]\n" + "\n".join(lines)), TODAY)}
    assert after - before == {key}


def test_an_unknown_key_with_a_point_or_a_space_in_it_is_found_at_its_own_line(
    dossier_of: Make,
) -> None:
    findings = found(dossier_of('[werknemer]\n"e.mail adres" = "x"\n'))

    assert findings['werknemer."e.mail adres"'].place.line == 3


def test_of_two_findings_about_the_same_answer_the_better_one_stays(dossier_of: Make) -> None:
    opinion = "[actueel_oordeel]\ndatum = 2025-09-26\n"
    said = [f.code for f in check(dossier_of(opinion), TODAY) if f.path == "functie.bekwaamheden"]
    medical = check(dossier_of('[werknemer]\ndiagnose = "x"\n'), TODAY)

    assert said == ["R057"]
    assert [f.code for f in medical if f.path == "werknemer.diagnose"] == ["R025"]
