"""Rules R020 to R027: whose document is it, who signed it, and was something really written?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.authorship import authorship
from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.situation import Situation
from wvp_docs.checks.wording import wording
from wvp_docs.dossier import Document, Dossier
from wvp_docs.findings import Finding, Severity
from wvp_docs.makeable import is_blocked

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BSN = '[werknemer]\nbsn = "999990019"\n'


def found(dossier: Dossier, today: date = TODAY) -> list[Finding]:
    situation = Situation(dossier, today)
    return [*authorship(situation), *wording(situation)]


def seen(dossier: Dossier, today: date = TODAY) -> list[tuple[str, str, Severity]]:
    return [(it.code, it.path, it.severity) for it in found(dossier, today)]


def plan(*, employer: str = 'status = "ondertekend"', employee: str = "", day: str = "") -> str:
    return (
        f"{D1}[plan_van_aanpak]\ndatum = {day or '2024-03-01'}\n"
        f"[plan_van_aanpak.ondertekening_werkgever]\n{employer}\ndatum = {day or '2024-03-01'}\n"
        f"[plan_van_aanpak.ondertekening_werknemer]\n{employee}\n"
    )


SIGNED = 'status = "ondertekend"\ndatum = 2024-03-15'
EMPLOYEE = "plan_van_aanpak.ondertekening_werknemer"


def test_a_document_without_date_is_an_error_of_r020(dossier_of: Make) -> None:
    findings = completeness(Situation(dossier_of("[plan_van_aanpak]\neinddoel = []"), TODAY))

    assert [it.path for it in findings if it.code == "R020" and "datum" in it.path] == [
        "plan_van_aanpak.datum"
    ]


def test_every_form_has_a_place_for_the_bsn(dossier_of: Make) -> None:
    dossier = dossier_of("")
    tables = "".join(
        f"[[{key}]]\n" if form.meervoud else f"[{key}]\n"
        for key, form in dossier.library.forms.items()
    )
    whole = dossier_of(tables)

    assert len(whole.documents) == len(dossier.library.forms)
    assert "R021" not in {it.code for it in found(whole)}


def test_a_form_that_forgets_the_bsn_is_an_error(
    dossier_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "reads", lambda _: frozenset({"werkgever.naam"}))

    assert seen(dossier_of("[probleemanalyse]")) == [("R021", "probleemanalyse", ERROR)]


@pytest.mark.parametrize("number", ["999990032", "9999.90.032"])
def test_a_number_of_somebody_else_in_a_text_is_a_warning(dossier_of: Make, number: str) -> None:
    (finding,) = found(dossier_of(f'{BSN}[functie]\nomschrijving = "Zelfde werk als {number}."'))

    assert (finding.code, finding.path, finding.severity) == (
        "R021",
        "functie.omschrijving",
        WARNING,
    )
    assert "90032" not in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Zelfde werk als in dossier 999990019, op de planning.",
        "Ordernummers zoals 999990033 nakijken en invoeren.",  # fails the proof
        "Belt met 0999990032 en 9999900321 over leveringen.",
    ],
)
def test_the_own_number_and_other_digits_are_fine(dossier_of: Make, text: str) -> None:
    assert seen(dossier_of(f'{BSN}[functie]\nomschrijving = "{text}"')) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[verzuim]\ndossiernummer = "WVP-999990019"', "verzuim.dossiernummer"),
        ('[[bijlage]]\nbestand = "rapport_999990019.pdf"', "bijlage[0].bestand"),
        ('[[bijlage]]\ntitel = "Rapport 999990032"', "bijlage[0].titel"),
    ],
)
def test_a_bsn_in_a_name_is_a_warning(dossier_of: Make, text: str, path: str) -> None:
    assert seen(dossier_of(BSN + text)) == [("R021", path, WARNING)]


@pytest.mark.parametrize(
    "employee",
    [
        SIGNED,
        "datum = 2024-03-04",
        'status = "geweigerd"',  # without a reason: said by completeness
        'status = "misschien"',
        "status = [1]",
    ],
)
def test_what_is_signed_or_said_already_gives_nothing(dossier_of: Make, employee: str) -> None:
    assert seen(dossier_of(plan(employee=employee))) == []


@pytest.mark.parametrize(
    ("employee", "today", "severity"),
    [
        ("", "2024-03-15", INFO),
        ("", "2024-03-16", WARNING),
        ('status = "nog_te_ondertekenen"', "2024-03-16", WARNING),
        ('status = "geweigerd"\ntoelichting = "Wil eerst advies."', "2024-03-02", WARNING),
        ('status = "verzonden"\ntoelichting = "Per post op 2 maart."', "2024-03-02", WARNING),
    ],
)
def test_an_unsigned_plan_weighs_more_as_it_gets_later(
    dossier_of: Make, employee: str, today: str, severity: Severity
) -> None:
    findings = seen(dossier_of(plan(employee=employee)), date.fromisoformat(today))

    assert findings == [("R022", f"{EMPLOYEE}.status", severity)]


def test_unsigned_with_a_report_that_is_ready_is_an_error_and_can_still_be_printed(
    dossier_of: Make,
) -> None:
    dossier = dossier_of(plan() + "[uwv]\nkopie_werknemer = 2025-10-09")
    (finding,) = found(dossier)

    assert (finding.code, finding.path, finding.severity) == ("R022", "uwv.kopie_werknemer", ERROR)
    assert not is_blocked(dossier.documents[0], [finding])


def test_a_report_of_a_conversation_need_not_be_signed(dossier_of: Make) -> None:
    assert seen(dossier_of(f"{D1}[[voortgangsverslag]]\ndatum = 2024-04-08")) == []


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2024-03-15", []), ("2024-03-16", ["R023"]), ("2024-02-16", []), ("2024-02-15", ["R023"])],
)
def test_fourteen_days_between_document_and_signature_is_the_limit(
    dossier_of: Make, day: str, codes: list[str]
) -> None:
    dossier = dossier_of(plan(employee=f'status = "ondertekend"\ndatum = {day}'))

    assert [it.code for it in found(dossier)] == codes


@pytest.mark.parametrize(("day", "codes"), [("2024-11-15", []), ("2024-11-16", ["R023"])])
def test_an_attachment_signed_on_another_day_is_a_warning(
    dossier_of: Make, day: str, codes: list[str]
) -> None:
    dossier = dossier_of(f"{D1}[[bijlage]]\ndatum = 2024-11-01\nondertekend_op = {day}")

    assert [it.code for it in found(dossier)] == codes


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("TODO", ERROR),
        ("xxx", ERROR),
        ("...", ERROR),
        ("…", ERROR),
        ("[nog invullen]", ERROR),
        ("{{ functie.omschrijving }}", ERROR),
        ("«Omschrijving»", ERROR),
        ("TODO: navragen bij de leidinggevende", ERROR),
        ("Lorem ipsum dolor sit amet, consectetur", ERROR),
        ("Plant de orders voor {{ werkgever.naam }} en belt klanten.", WARNING),
        ("Werkt sinds ____ op de planning en aan de balie.", WARNING),
        ("Werkt met collega xxx op de planning en aan de balie.", WARNING),
    ],
)
def test_what_was_left_over_is_found(dossier_of: Make, text: str, severity: Severity) -> None:
    dossier = dossier_of(f'[functie]\nomschrijving = "{text}"')

    assert seen(dossier) == [("R024", "functie.omschrijving", severity)]


@pytest.mark.parametrize(
    "text",
    [
        "Werkt met een todo-lijst en drie vaste klanten…",
        "Tilt kleding tot maat XXXL. Wat past? Dat staat in bijlage 2.",
        "Geen.",
        "x" * 200,
    ],
)
def test_real_words_are_no_leftover(dossier_of: Make, text: str) -> None:
    assert seen(dossier_of(f'[functie]\nomschrijving = "{text}"')) == []


def test_a_leftover_in_a_row_has_the_path_of_its_cell(dossier_of: Make) -> None:
    text = '[[plan_van_aanpak.arbeidsinhoud]]\nactiviteit = "TODO"\n'

    assert ("R024", "plan_van_aanpak.arbeidsinhoud[0].activiteit", ERROR) in seen(dossier_of(text))


def views(employee: str, employer: str, day: str = "2024-03-01") -> str:
    return (
        f"[[bijstelling_plan_van_aanpak]]\ndatum = {day}\nvisie_werknemer = '{employee}'\n"
        f"visie_werkgever = '{employer}'\n"
    )


VIEW = "Terug naar de planning, met korte dagen."
BASE = "bijstelling_plan_van_aanpak[0]"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (views(VIEW, "terug naar de planning  met korte dagen"), {"R026"}),
        (views(VIEW, f"{VIEW} Daar is genoeg werk voor."), set()),
        (views("Akkoord.", VIEW), {"R027"}),
        (views("Akkoord.", "Akkoord."), {"R027"}),
        (views("Akkoord.", VIEW, "2023-06-30"), set()),  # a view was not yet asked
        (views("xxx", VIEW), {"R024"}),
        (views("precies twintig tek.", VIEW), set()),
    ],
)
def test_views_are_of_each_and_say_something(dossier_of: Make, text: str, codes: set[str]) -> None:
    assert {it.code for it in found(dossier_of(text)) if "visie" in it.path} == codes


@pytest.mark.parametrize(("able", "codes"), [("ja", ["R027"]), ("tijdelijk_niet", [])])
def test_advice_is_weighed_when_it_is_asked(dossier_of: Make, able: str, codes: list[str]) -> None:
    text = f'[probleemanalyse]\nbenutbare_mogelijkheden = "{able}"\nadvies_werkhervatting = "Ja."'

    assert [it.code for it in found(dossier_of(text))] == codes


def test_no_finding_shows_what_somebody_wrote(dossier_of: Make) -> None:
    text = views("Geheim!", "Geheim!") + '[functie]\nnaam = "TODO geheim"'

    assert not [it for it in found(dossier_of(text)) if "eheim" in it.message + it.hint]
