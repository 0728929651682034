"""`wvp-docs import` as its callers meet it: from a spreadsheet to cases that can be checked."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from conftest import ROOT
from wvp_docs.cli import app, check, export, import_  # noqa: F401  they register
from wvp_docs.errors import ExitCode

EXAMPLE = ROOT / "examples/import"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def case(path: Path) -> dict[str, Any]:
    return tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "in")
    return tmp_path / "in/verzuim.csv"


def test_the_example_becomes_cases_that_check_can_read(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    result = run("import", example, "-o", out)

    assert result.exit_code == ExitCode.OK, result.output
    assert result.stdout == "3 casussen: 3 nieuw.\n"
    assert case(out / "1023") == {
        "schema": 1,
        "werknemer": {
            "voorletters": "C.",
            "tussenvoegsel": "van den",
            "achternaam": "Testman",
            "bsn": "999990056",
            "geboortedatum": date(1990, 10, 12),
            "telefoon": "0612345679",
        },
        "dienstverband": {"in_dienst": date(2019, 2, 1), "contracturen": 32.5},
        "functie": {"naam": "medewerker planning"},
        "verzuim": {
            "eerste_ziektedag": date(2026, 4, 6),
            "onderbrekingen": [
                {"hersteld_vanaf": date(2026, 5, 18), "weer_ziek_vanaf": date(2026, 6, 8)},
                {"hersteld_vanaf": date(2026, 7, 20), "weer_ziek_vanaf": date(2026, 8, 3)},
            ],
        },
    }
    checked = run("check", out, "--peildatum", "2026-11-20", "--format", "json")
    found = {it["code"] for it in json.loads(checked.stdout) if it["severity"] == "error"}
    assert found == {"R006", "R080"}, "only what the spreadsheet does not hold is missing"


def test_a_second_import_changes_nothing_at_all(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    run("import", example, "-o", out)
    before = {path: path.read_bytes() for path in out.rglob("*.toml")}
    again = run("import", example, "-o", out)

    assert again.stdout == "3 casussen: 3 ongewijzigd.\n"
    assert {path: path.read_bytes() for path in out.rglob("*.toml")} == before


def test_a_first_import_takes_what_is_sure_and_writes_the_rest_down(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "BSN;Eerste ziektedag;Telefoon;Diagnose",
        "999990019;15-01-2024;0612345678;griep",
    )
    result = run("import", file, "-o", tmp_path / "uit")
    mapping = tmp_path / "a.kolommen.toml"

    assert result.exit_code == ExitCode.OK
    assert "is dit werknemer.telefoon of werkgever.telefoon" in result.stderr
    assert "deze kolom lijkt medisch en is niet overgenomen" in result.stderr
    assert case(tmp_path / "uit/wvp-2024-01-15") == {
        "schema": 1,
        "werknemer": {"bsn": "999990019"},
        "verzuim": {"eerste_ziektedag": date(2024, 1, 15)},
    }

    text = mapping.read_text(encoding="utf-8")
    text = text.replace('Telefoon = ""', 'Telefoon = "werknemer.telefoon"')
    mapping.write_text(text.replace('Diagnose = ""', 'Diagnose = "functie.omschrijving"'))
    second = run("import", file, "-o", tmp_path / "uit")

    assert f"Gelezen volgens de koppeling {mapping}" in second.stderr
    assert case(tmp_path / "uit/wvp-2024-01-15")["werknemer"]["telefoon"] == "0612345678"
    assert "lijkt medisch" in second.stderr
    assert "griep" not in second.output + (tmp_path / "uit/wvp-2024-01-15/case.toml").read_text()


def test_a_dry_run_tells_per_case_and_writes_nothing(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "BSN;Eerste ziektedag;Woonplaats",
        "999990019;15-01-2024;Sneek",
        "999990020;16-01-2024;Joure",
    )
    out = tmp_path / "uit"
    (out / "oud").mkdir(parents=True)
    (out / "oud/case.toml").write_text(
        'schema = 1\n[werknemer]\nbsn = "999990020"\nplaats = "Leek"', encoding="utf-8"
    )
    before = sorted(tmp_path.rglob("*"))
    result = run("import", file, "-o", out, "--dry-run")

    assert sorted(tmp_path.rglob("*")) == before
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["nieuw", str(out / "wvp-2024-01-15/case.toml")]
    assert lines[1].strip() == "+ werknemer.bsn, werknemer.plaats, verzuim.eerste_ziektedag"
    assert lines[2].split() == ["bijgewerkt", str(out / "oud/case.toml")]
    assert lines[4].strip() == "! werknemer.plaats"
    assert "Er is niets geschreven. Het zou worden: 2 casussen" in lines[-1]
    assert result.exit_code == ExitCode.FINDINGS


def test_what_differs_is_named_without_its_value_and_overwritten_only_when_asked(
    tmp_path: Path,
) -> None:
    file = csv(tmp_path / "a.csv", "BSN;Woonplaats", "999990019;Sneek")
    out = tmp_path / "uit"
    (out / "oud").mkdir(parents=True)
    old = out / "oud/case.toml"
    old.write_text('schema = 1\nwerknemer = { bsn = "999990019", plaats = "Leek" } # van mij\n')

    result = run("import", file, "-o", out)
    assert result.exit_code == ExitCode.FINDINGS
    assert f"Blad a, cel B2: werknemer.plaats is anders dan in {old}" in result.stderr
    assert not any(word in result.output for word in ("Sneek", "Leek", "999990019"))
    assert "Leek" in old.read_text()

    forced = run("import", file, "-o", out, "--overschrijf")
    assert forced.exit_code == ExitCode.OK
    assert [line.split() for line in forced.stdout.splitlines()[:-1]] == [
        ["bijgewerkt", str(old)],
        ["≠", "werknemer.plaats"],
    ]
    assert old.read_text() == (
        'schema = 1\nwerknemer = { bsn = "999990019", plaats = "Sneek" } # van mij\n'
    )


def test_all_that_is_wrong_is_said_at_once_with_its_cell_and_never_its_value(
    tmp_path: Path,
) -> None:
    made = Workbook()
    made.active.title = "Verzuim"
    for row in (
        ["BSN", "Eerste ziektedag", "Contracturen", "Functie", "Werkzaamheden", "Achternaam"],
        [999990019, "31-31-2024", "veel", "planner", "zit veel", "Proef"],
        [999990018, "15-01-2024", 36, "planner", None, "Proef"],
        [None, "15-01-2024", 36, "planner", None, "Proef"],
        [999990020, "=TODAY()", 36, "#N/B", "heeft last van een hernia", "=1"],
        ["BSN", "Eerste ziektedag", "Contracturen", "Functie", "Werkzaamheden", "Achternaam"],
    ):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    (tmp_path / "a.kolommen.toml").write_text(
        'sleutel = "werknemer.bsn"\n[[blad]]\nnaam = "Verzuim"\n[blad.kolommen]\n'
        'BSN = "werknemer.bsn"\n"Eerste ziektedag" = "verzuim.eerste_ziektedag"\n'
        'Contracturen = "dienstverband.contracturen"\nFunctie = "functie.naam"\n'
        'Werkzaamheden = "plan_van_aanpak.visie_werknemer"\nWeg = "werknemer.plaats"\n'
    )
    result = run("import", tmp_path / "a.xlsx", "-o", tmp_path / "uit", "--format", "json")
    found = json.loads(result.stdout)["bevindingen"]

    assert result.exit_code == ExitCode.FINDINGS
    assert [(it["code"], it["message"].partition(":")[0]) for it in found] == [
        ("I004", "Blad Verzuim, cel F1"),
        ("I016", "Blad Verzuim"),
        ("I001", "Blad Verzuim, cel B2"),
        ("I001", "Blad Verzuim, cel C2"),
        ("I008", "Blad Verzuim, cel A3"),
        ("I008", "Blad Verzuim, cel A4"),
        ("I007", "Blad Verzuim, cel B5"),
        ("I007", "Blad Verzuim, cel D5"),
        ("I003", "Blad Verzuim, cel E5"),
    ]
    for value in ("31-31", "veel", "hernia", "99999001", "Proef", "planner"):
        assert value not in result.output
    assert found[2]["path"] == "verzuim.eerste_ziektedag"
    assert (found[2]["line"], found[2]["column"]) == (2, 2)


def test_sheets_of_one_workbook_become_the_lists_of_one_case(tmp_path: Path) -> None:
    made = Workbook()
    made.active.title = "Verzuim"
    made.active.append(["BSN", "Dossiernummer", "Eerste ziektedag"])
    made.active.append(["999990019", "2024-017", date(2024, 1, 15)])
    talks = made.create_sheet("Voortgang")
    talks.append(["Dossiernummer", "Datum", "Soort contact", "Werkt de werknemer op dit moment?"])
    talks.append(["2024-017", date(2024, 5, 13), "gesprek", "x"])
    talks.append(["2024-017", date(2024, 6, 24), "Telefoon", "nee"])
    made.create_sheet("Bijlagen").append(["Titel", "Datum"])
    made.save(tmp_path / "a.xlsx")
    result = run("import", tmp_path / "a.xlsx", "-o", tmp_path / "uit")

    assert "Blad Bijlagen: geen kolom is gekoppeld aan de sleutel" in result.stderr
    assert case(tmp_path / "uit/2024-017")["voortgangsverslag"] == [
        {"datum": date(2024, 5, 13), "soort_contact": "gesprek", "werkt_nu": True},
        {"datum": date(2024, 6, 24), "soort_contact": "telefoon", "werkt_nu": False},
    ]


def test_merged_headings_a_total_and_a_key_without_outcome_are_understood_or_named(
    tmp_path: Path,
) -> None:
    made = Workbook()
    sheet = made.active
    sheet.title = "Verzuim"
    sheet.append(["Werknemer", None, "Werkgever"])
    sheet.append(["BSN", "Postcode", "Postcode"])
    sheet.append(["999990019", "1234ab", "5678 cd"])
    sheet.append(["=A3", "1234 AB", None])
    sheet.append([None, "Totaal", 1])
    sheet.merge_cells("A1:B1")
    made.save(tmp_path / "a.xlsx")
    result = run("import", tmp_path / "a.xlsx", "-o", tmp_path / "uit")

    assert "cel A4: dit komt uit een formule zonder uitkomst" in result.stderr
    assert "rij 5: een rij die optelt" in result.stderr
    assert case(tmp_path / "uit/wvp-zonder-ziektedag")["werknemer"]["postcode"] == "1234 AB"


def test_a_folder_that_cannot_be_made_exits_7(tmp_path: Path) -> None:
    file = csv(tmp_path / "a.csv", "BSN;Eerste ziektedag", "999990019;15-01-2024")
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit/wvp-2024-01-15").mkdir()
    (tmp_path / "uit/wvp-2024-01-15-2").write_text("een bestand")
    assert run("import", file, "-o", tmp_path / "uit").exit_code == ExitCode.OK
    (tmp_path / "bestand").write_text("x")
    result = run("import", file, "-o", tmp_path / "bestand/uit")

    assert result.exit_code == ExitCode.OUTPUT
    assert "kan niet worden gemaakt" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xlsx", "BSN\n", "geen Excel-bestand"),
        ("a.xlsm", "BSN\n", "werkmap met macro's"),
        ("a.doc", "BSN\n", "geen spreadsheet"),
        ("a.csv", "", "is leeg"),
    ],
)
def test_a_spreadsheet_that_cannot_be_used_exits_4_with_a_way_out(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    result = run("import", csv(tmp_path / name, text), "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.CASE, result.output
    assert message in result.stderr
    assert len(result.stderr.splitlines()) > 1
    assert not (tmp_path / "uit").exists()


def test_without_a_column_that_says_who_a_row_is_about_a_person_points_it_out(
    tmp_path: Path,
) -> None:
    file = csv(tmp_path / "a.csv", "Functie;Nummer", "planner;2024-017")
    first = run("import", file, "-o", tmp_path / "uit")
    mapping = tmp_path / "a.kolommen.toml"

    assert first.exit_code == ExitCode.FINDINGS
    assert "Geen kolom zegt over wie een rij gaat" in first.stderr
    assert not (tmp_path / "uit").exists()

    text = mapping.read_text().replace('Nummer = ""', 'Nummer = "verzuim.dossiernummer"')
    mapping.write_text(text.replace('sleutel = ""', 'sleutel = "verzuim.dossiernummer"'))
    assert run("import", file, "-o", tmp_path / "uit").exit_code == ExitCode.OK
    assert (tmp_path / "uit/2024-017/case.toml").exists()


def test_while_a_case_cannot_be_read_nobody_gets_a_second_one(tmp_path: Path) -> None:
    file = csv(tmp_path / "a.csv", "BSN;Eerste ziektedag", "999990019;15-01-2024")
    (tmp_path / "uit/oud").mkdir(parents=True)
    (tmp_path / "uit/oud/case.toml").write_text("[kapot")
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    assert "is er niets overgenomen" in result.stderr
    assert [it.name for it in (tmp_path / "uit").iterdir()] == ["oud"]


def test_a_mapping_that_is_not_there_or_wrong_imports_nothing(
    example: Path, tmp_path: Path
) -> None:
    gone = run("import", example, "-o", tmp_path / "uit", "--mapping", tmp_path / "weg.toml")
    mapping = example.with_name("verzuim.kolommen.toml")
    mapping.write_text(mapping.read_text().replace("werknemer.bsn", "werknemer.bnsn"))
    wrong = run("import", example, "-o", tmp_path / "uit")

    assert gone.exit_code == ExitCode.DEFINITION
    assert "Laat --mapping weg" in gone.stderr
    assert wrong.exit_code == ExitCode.FINDINGS
    assert "Bedoelde u werknemer.bsn?" in wrong.stderr
    assert not (tmp_path / "uit").exists()


def test_text_that_looks_like_toml_is_only_text(tmp_path: Path) -> None:
    nasty = 'x"\n[werkgever]\nnaam = "kwaad'
    file = tmp_path / "a.csv"
    doubled = nasty.replace('"', '""')
    file.write_text(f'BSN;Omschrijving van de werkzaamheden\n999990019;"{doubled}"\n')
    run("import", file, "-o", tmp_path / "uit")

    assert case(tmp_path / "uit/wvp-zonder-ziektedag") == {
        "schema": 1,
        "werknemer": {"bsn": "999990019"},
        "functie": {"omschrijving": nasty},
    }


def test_rows_of_a_large_file_are_gathered_without_holding_them(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("BSN;Eerste ziektedag;Functie;Hersteld vanaf;Plaats\n")
        row = "999990019;15-01-2024;orderbegeleider;;een plaats met een lange naam aan de kust\n"
        stream.write(row * 30_000)
    tracemalloc.start()
    result = run("import", file, "-o", tmp_path / "uit", "--dry-run")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "1 nieuw" in result.stdout
    assert peak < 60_000_000


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("options", [[], ["--bsn"]])
def test_our_own_overview_comes_back_without_what_was_worked_out(
    tmp_path: Path, ending: str, options: list[str]
) -> None:
    out = tmp_path / "uit"
    for name in ("compleet", "week-9"):
        (out / name).mkdir(parents=True)
        shutil.copy(ROOT / "examples" / name / "case.toml", out / name)
    (out / "streep").mkdir()
    (out / "streep/case.toml").write_text('schema = 1\nverzuim = { dossiernummer = "-5" }')
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    run("export", out, "-o", tmp_path / f"a{ending}", "--peildatum", "2026-11-20", *options)
    result = run("import", tmp_path / f"a{ending}", "-o", out)

    assert result.exit_code == ExitCode.OK, result.output
    assert result.stdout == "3 casussen: 3 ongewijzigd.\n"
    assert "waarschuwing" not in result.stderr
    assert result.stderr.count("dit is een overzicht van wvp-docs") == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_what_we_call_a_case_without_a_number_is_no_number(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "Dossiernummer;BSN;Woonplaats",
        "WVP-2024-01-15;999990019;Sneek",
        "2024-1;999990020;Joure",
    )
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    assert "Blad a, cel A2: dit is geen dossiernummer" in result.stderr
    assert [it.name for it in (tmp_path / "uit").iterdir()] == ["2024-1"]


def test_of_a_column_with_the_month_in_front_no_day_is_taken_that_may_be_another(
    tmp_path: Path,
) -> None:
    made = Workbook()
    made.active.title = "Verzuim"
    for row in (
        ["Dossiernr", "Eerste ziektedag", "In dienst"],
        ["P1", "01/02/2025", "01/02/2020"],
        ["P2", "02/13/2025", "01/02/2020"],
        ["P3", date(2025, 4, 3), "01/02/2020"],
        ["P4", "04/04/2025", None],
        ["P5", date(2025, 4, 30), None],
    ):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    result = run("import", tmp_path / "a.xlsx", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    for cell in ("B2", "B3", "B4"):
        assert f"cel {cell}: Eerste ziektedag" in result.stderr
    days = {
        it.name: case(it)["verzuim"].get("eerste_ziektedag") for it in (tmp_path / "uit").iterdir()
    }
    assert days == {
        "P1": None,
        "P2": None,
        "P3": None,
        "P4": date(2025, 4, 4),
        "P5": date(2025, 4, 30),
    }
    assert case(tmp_path / "uit/P1")["dienstverband"]["in_dienst"] == date(2020, 2, 1)


def test_a_cell_in_other_letters_than_the_file_is_named_and_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    lines = ["Dossiernr;Achternaam;Woonplaats", "P1;M\u00fcller;Sneek", "P\u00fc;Testman;Joure"]
    file.write_bytes("\n".join(lines).encode() + "\nP3;M\u00fcller;Leek".encode("cp1252"))
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    assert "Blad a, cel B2: Achternaam heeft andere lettertekens" in result.stderr
    assert "Blad a, cel A3: dit heeft andere lettertekens" in result.stderr
    assert case(tmp_path / "uit/P1")["werknemer"] == {"plaats": "Sneek"}
    assert case(tmp_path / "uit/P3")["werknemer"]["achternaam"] == "Müller"
    assert len(list((tmp_path / "uit").iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows goes by the rights of the folder")
def test_a_case_that_was_there_keeps_its_rights_and_stays_behind_its_link(tmp_path: Path) -> None:
    file = csv(tmp_path / "a.csv", "BSN;Woonplaats", "999990019;Sneek", "999990020;Joure")
    real = tmp_path / "elders.toml"
    real.write_text('schema = 1\nwerknemer = { bsn = "999990019" }')
    real.chmod(0o664)
    (tmp_path / "uit/oud").mkdir(parents=True)
    (tmp_path / "uit/oud/case.toml").symlink_to(real)
    run("import", file, "-o", tmp_path / "uit")
    made = tmp_path / "uit/wvp-zonder-ziektedag/case.toml"

    assert (tmp_path / "uit/oud/case.toml").is_symlink()
    assert "Sneek" in real.read_text()
    assert [it.stat().st_mode & 0o777 for it in (real, made)] == [0o664, 0o600]


def test_a_second_case_of_one_illness_is_named_with_both_places(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "Dossiernr;BSN;Eerste ziektedag",
        "D-1;999990019;1-1-2026",
        "d-1;999990019;1-1-2026",
        "E-2;999990020;1-1-2026",
        "D-3;999990019;1-2-2026",
    )
    (tmp_path / "uit/oud").mkdir(parents=True)
    old = tmp_path / "uit/oud/case.toml"
    old.write_text(
        'schema = 1\nwerknemer = { bsn = "999990020" }\nverzuim = { eerste_ziektedag = 2026-01-01 }'
    )
    result = run("import", file, "-o", tmp_path / "uit")
    again = run("import", file, "-o", tmp_path / "uit")

    said = "het BSN en de eerste ziektedag zijn die van"
    assert f"Blad a, rij 3: {said} rij 2 van blad a" in result.stderr
    assert f"Blad a, rij 4: {said} {old}" in result.stderr
    assert result.stderr.count(said) == 2
    assert said not in again.stderr


@pytest.mark.parametrize("key", ["BSN", "Dossiernummer", "Personeelsnummer"])
def test_a_number_that_excel_shortened_is_nobody(tmp_path: Path, key: str) -> None:
    file = csv(tmp_path / "a.csv", f"{key};Woonplaats", "1,23E+08;Sneek", "1,23E+08;Joure")
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    assert result.stderr.count("is door Excel ingekort") == 2
    assert not (tmp_path / "uit").exists()


def test_several_rows_of_a_plain_list_become_the_rows_of_one_case(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "Dossiernr;Datum voortgangsverslag",
        "P1;13-05-2024",
        "P1;24-06-2024",
    )
    run("import", file, "-o", tmp_path / "uit")

    assert case(tmp_path / "uit/P1")["voortgangsverslag"] == [
        {"datum": date(2024, 5, 13)},
        {"datum": date(2024, 6, 24)},
    ]


def test_an_illness_in_a_column_of_something_else_is_not_taken(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "a.csv",
        "Dossiernr;Achternaam;Functie;functie.omschrijving;Plaats werknemer",
        "P1;Griep;burn-out;Zorg voor mensen met dementie;depressie",
        "P2;Testman;diabetesverpleegkundige;hernia;Sneek",
        "P3;Testman;fysiotherapeut;Begeleidt jongeren met autisme;Pijnacker",
    )
    result = run("import", file, "-o", tmp_path / "uit")

    cells = [line.split(":")[1] for line in result.stderr.splitlines() if "een woord over" in line]
    assert cells == [" Blad a, cel C2", " Blad a, cel E2", " Blad a, cel D3"]
    assert not any(it in result.output for it in ("burn-out", "depressie", "hernia"))
    first, second, third = (case(tmp_path / f"uit/{it}") for it in ("P1", "P2", "P3"))
    assert first["werknemer"] == {"achternaam": "Griep"}
    assert first["functie"] == {"omschrijving": "Zorg voor mensen met dementie"}
    assert second["functie"] == {"naam": "diabetesverpleegkundige"}
    assert third["functie"]["naam"] == "fysiotherapeut"
    assert third["werknemer"]["plaats"] == "Pijnacker"


def test_a_row_of_a_list_waits_for_its_day_and_comes_in_once(tmp_path: Path) -> None:
    lines = ["Dossiernr;Voortgangsverslag datum;Voortgangsverslag soort contact"]
    lines += ["P1;01/02/2025;gesprek", "P1;02/13/2025;telefoon", "P1;30/04/2025;gesprek"]
    file = csv(tmp_path / "a.csv", *lines)
    first = run("import", file, "-o", tmp_path / "uit")
    talks = [{"datum": date(2025, 4, 30), "soort_contact": "gesprek"}]

    assert "cel B2: Datum" in first.stderr
    assert case(tmp_path / "uit/P1")["voortgangsverslag"][-1:] == talks
    csv(file, *(it.replace("02/13", "13/02") for it in lines))
    run("import", file, "-o", tmp_path / "uit")
    days = [it.get("datum") for it in case(tmp_path / "uit/P1")["voortgangsverslag"]]
    assert days.count(date(2025, 2, 1)) == 1
    assert None not in days


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("BSN", "999990019", "999990020"),
        ("Geb. datum", "3-4-1981", "4-4-1981"),
        ("Eerste ziektedag", "14-9-2026", "15-9-2026"),
    ],
)
@pytest.mark.parametrize("mode", [(), ("--overschrijf",), ("--dry-run",)])
def test_of_rows_with_one_key_about_more_than_one_nothing_is_written(
    tmp_path: Path, column: str, first: str, second: str, mode: tuple[str, ...]
) -> None:
    file = csv(
        tmp_path / "a.csv",
        f"Dossiernr;{column};Achternaam;Functie;Hersteld vanaf;Weer ziek vanaf",
        "A-1;;Een;;;",
        f"A-1;{first};Een;;;",
        f"A-1;{second};Twee;kok;1-10-2026;8-10-2026",
        "B-2;;Drie;kok;;",
    )
    result = run("import", file, "-o", tmp_path / "uit", *mode)

    assert result.exit_code == ExitCode.FINDINGS
    assert "Blad a, cel B4: " in result.stderr
    assert "is hier anders dan in rij 3 van blad a, en de sleutel is dezelfde" in result.stderr
    assert not any(it in result.output for it in (first, second, "Twee", "kok"))
    written = [] if "--dry-run" in mode else [tmp_path / "uit/B-2/case.toml"]
    assert list(tmp_path.rglob("case.toml")) == written


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ('bsn = "999990019"', "A-1;999990020;;kok;Utrecht"),
        ("geboortedatum = 1981-04-03", "A-1;;4-4-1981;kok;Utrecht"),
        ('bsn = "999990019"\ngeboortedatum = 1981-04-03', "A-1;999990019;4-4-1981;kok;Utrecht"),
    ],
)
@pytest.mark.parametrize("mode", [(), ("--overschrijf",)])
def test_a_case_of_somebody_else_gets_no_answer(
    tmp_path: Path, known: str, row: str, mode: tuple[str, ...]
) -> None:
    old = tmp_path / "uit/A-1/case.toml"
    old.parent.mkdir(parents=True)
    source = f'schema = 1\n[verzuim]\ndossiernummer = "A-1"\n[werknemer]\n{known}\n'
    old.write_text(source, encoding="utf-8")
    file = csv(tmp_path / "a.csv", "Dossiernr;BSN;Geb. datum;Functie;Woonplaats", row)
    result = run("import", file, "-o", tmp_path / "uit", *mode)

    assert result.exit_code == ExitCode.FINDINGS
    assert f"is anders dan in {old}; niets van deze werknemer is overgenomen" in result.stderr
    assert old.read_text(encoding="utf-8") == source


def test_a_row_that_comes_behind_others_of_its_list_is_named(tmp_path: Path) -> None:
    head = "Dossiernr;Datum voortgangsverslag"
    file = csv(tmp_path / "a.csv", head, "A-1;1-3-2026", "A-1;1-4-2026")
    first = run("import", file, "-o", tmp_path / "uit")
    csv(file, head, "A-1;1-3-2026", "A-1;2-4-2026")
    second = run("import", file, "-o", tmp_path / "uit")
    third = run("import", file, "-o", tmp_path / "uit")

    said = f"komt bij de lijst die {tmp_path / 'uit/A-1/case.toml'} al had"
    assert f"Blad a, cel B3: voortgangsverslag[2] {said}" in second.stderr
    assert said not in first.stderr + third.stderr
    assert second.exit_code == ExitCode.OK


@pytest.mark.parametrize("name", ["Müller", "André", "Jäger"])
def test_a_csv_of_an_old_mac_is_not_read_as_of_windows(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.csv"
    text = f"Dossiernr;Achternaam\nA-1;Köhler\n{'A-2;Een;' * 140_000}\nA-3;{name}\n"
    file.write_bytes(text.encode("mac_roman"))
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.CASE
    assert "Bewaar het in Excel als CSV UTF-8" in result.stderr
    assert not (tmp_path / "uit").exists()


def test_capitals_with_a_hook_are_letters_of_windows_too(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("Dossiernr;Achternaam;Plaats werknemer\nA-1;Žižek;NIŠ\n".encode("cp1252"))
    result = run("import", file, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.OK, result.output
    assert case(tmp_path / "uit/A-1")["werknemer"] == {"achternaam": "Žižek", "plaats": "NIŠ"}
