"""`wvp-docs timeline` as its callers meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from wvp_docs.cli import app, timeline  # noqa: F401  it registers
from wvp_docs.errors import ExitCode

TOO_LATE = ROOT / "examples/te-laat/case.toml"
DAY = "2024-02-20"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["timeline", *(str(arg) for arg in args)])


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a case with no more than a first sick day."""
    return written(tmp_path / "bare.toml", "verzuim.eerste_ziektedag = 2024-01-15")


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(f"schema = 1\n{text}\n", encoding="utf-8")
    return file


def test_a_first_sick_day_is_enough_for_a_table(bare: Path):
    result = run(bare, "--peildatum", DAY)

    assert result.exit_code == ExitCode.OK, result.output
    assert "Tijdlijn van dossier WVP-2024-01-15" in result.stdout
    assert "» binnenkort" in result.stdout
    assert "26-02-2024" in result.stdout
    assert result.stderr == ""


def test_every_status_has_a_word_and_a_sign_beside_its_colour():
    shown = run(TOO_LATE, "--peildatum", "2026-10-23").stdout

    assert "± te laat gedaan" in shown
    assert "! te laat" in shown
    assert "· open" in shown


def test_the_explanation_tells_how_a_date_was_counted_and_where_it_stands(bare: Path):
    shown = run(bare, "--peildatum", DAY, "--uitleg").stdout

    assert "15-01-2024 + 91 weken − 1 dag" in shown
    assert "Bron: Regeling procesgang art. 2" in shown


def test_json_is_the_shape_of_the_contract(bare: Path):
    shape = json.loads(run(bare, "--peildatum", DAY, "--format", "json").stdout)

    assert list(shape) == ["eerste_ziektedag", "dagen_verschoven", "profiel", "stappen"]
    assert (shape["eerste_ziektedag"], shape["profiel"]) == ("2024-01-15", "wia")
    assert shape["stappen"][0] == {
        "key": "probleemanalyse",
        "titel": "Probleemanalyse",
        "vanaf": None,
        "uiterlijk": "2024-02-26",
        "advies": "2024-02-23",
        "gedaan": None,
        "status": "binnenkort",
        "bron": "Regeling procesgang art. 2",
        "berekening": "15-01-2024 + 6 weken",
    }


def test_a_profile_by_name_overrides_the_case(tmp_path: Path):
    case = written(
        tmp_path / "c.toml",
        "verzuim = { eerste_ziektedag = 2024-01-15, "
        "onderbrekingen = [{ hersteld_vanaf = 2024-02-01, weer_ziek_vanaf = 2024-02-02 }] }",
    )
    shown = run(case, "--profiel", "iva", "--peildatum", DAY).stdout

    assert "profiel iva: verkorte wachttijd" in shown
    assert "1 dag opgeschoven" in shown
    assert "vervroegde IVA-uitkering" in shown


def test_an_unknown_profile_is_a_wrong_command_line_that_names_the_profiles(bare: Path):
    result = run(bare, "--profiel", "wai")

    assert result.exit_code == ExitCode.USAGE
    assert "Bedoelde u wia? Kies uit: iva, geen, verkort, zw en wia." in result.stderr


@pytest.mark.parametrize("text", ["", 'verzuim.eerste_ziektedag = "maart"', "verzuim = 3"])
def test_a_case_without_a_first_sick_day_is_unusable(tmp_path: Path, text: str):
    result = run(written(tmp_path / "c.toml", text))

    assert result.exit_code == ExitCode.CASE
    assert "verzuim.eerste_ziektedag ontbreekt" in result.stderr


@pytest.mark.parametrize(
    ("name", "start"),
    [("t.svg", b"<svg"), ("t.png", b"\x89PNG"), ("t.PNG", b"\x89PNG"), ("t.ics", b"BEGIN:VCAL")],
)
def test_files_are_written_and_written_anew_the_same(bare: Path, name: str, start: bytes):
    file = bare.with_name(name)
    option = "--ics" if name.endswith("ics") else "--picture"

    first = run(bare, option, file, "--peildatum", DAY)
    content = file.read_bytes()
    again = run(bare, option, file, "--peildatum", DAY)

    assert (first.exit_code, again.exit_code) == (ExitCode.OK, ExitCode.OK), again.output
    assert content.startswith(start)
    assert file.read_bytes() == content
    assert str(file) in first.stderr


def test_a_file_that_we_did_not_make_stays_unless_forced(bare: Path):
    file = bare.with_name("t.svg")
    file.write_text("van mij", encoding="utf-8")

    assert run(bare, "--picture", file).exit_code == ExitCode.OUTPUT
    assert file.read_text(encoding="utf-8") == "van mij"
    assert run(bare, "--picture", file, "--force").exit_code == ExitCode.OK


def test_a_picture_of_another_kind_or_of_a_folder_is_a_wrong_command_line(bare: Path):
    assert run(bare, "--picture", "t.pdf").exit_code == ExitCode.USAGE
    assert run(bare.parent, "--picture", "t.svg").exit_code == ExitCode.USAGE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two sound cases and a broken one."""
    cases = tmp_path / "dossiers"
    written(cases / "a.toml", "verzuim.eerste_ziektedag = 2024-01-15")
    written(cases / "b/case.toml", "verzuim.eerste_ziektedag = 2024-01-08")
    written(cases / "c.toml", "[verzuim")
    return cases


def test_a_folder_lists_what_is_due_by_date_with_file_and_reference(folder: Path):
    result = run(folder, "--peildatum", DAY)
    lines = result.stdout.splitlines()

    assert result.exit_code == ExitCode.FINDINGS
    assert "19-02-2024" in lines[1]
    assert "! te laat" in lines[1]
    assert "WVP-2024-01-08" in lines[1]
    assert str(folder / "b/case.toml") in lines[1]
    assert "26-02-2024" in lines[2]
    assert lines[-1] == "2 casussen: 1 stap te laat, 3 in de komende 6 weken."


def test_a_broken_case_in_a_folder_is_named_and_does_not_stop_the_rest(folder: Path):
    result = run(folder, "--peildatum", "2024-01-20")

    assert result.exit_code == ExitCode.PARTIAL
    assert f"{folder / 'c.toml'}:" in result.stderr
    assert "26-02-2024" in result.stdout


def test_nothing_late_and_nothing_broken_exits_0(folder: Path):
    result = run(folder / "a.toml", folder / "b", "--peildatum", "2024-01-20", "--weken", "1")

    assert result.exit_code == ExitCode.OK
    assert result.stdout == (
        "In 2 casussen is niets te laat, en er moet niets in de komende week.\n"
    )


def test_a_folder_in_json_has_a_row_a_step_and_the_faults(folder: Path):
    shape = json.loads(run(folder, "--peildatum", DAY, "--format", "json").stdout)

    assert (shape["peildatum"], shape["weken"], shape["casussen"]) == (DAY, 6, 2)
    assert [row["uiterlijk"] for row in shape["stappen"]] == sorted(
        row["uiterlijk"] for row in shape["stappen"]
    )
    assert shape["stappen"][0]["kenmerk"] == "WVP-2024-01-08"
    assert len(shape["fouten"]) == 1


def test_one_calendar_holds_the_steps_of_a_whole_folder(folder: Path):
    file = folder.with_name("agenda.ics")
    run(folder, "--peildatum", DAY, "--ics", file)
    ids = [line for line in file.read_text().splitlines() if line.startswith("UID:")]

    assert len(ids) == len(set(ids)) == 26


def test_an_empty_folder_says_so_and_exits_4(tmp_path: Path):
    result = run(tmp_path)

    assert result.exit_code == ExitCode.CASE
    assert f"In de map {tmp_path} staat geen casus" in result.stderr
    assert "wvp-docs new" in result.stderr


def test_a_file_that_is_not_there_exits_4(tmp_path: Path):
    assert run(tmp_path / "weg.toml").exit_code == ExitCode.CASE


def test_without_a_path_the_command_line_is_wrong():
    assert run().exit_code == ExitCode.USAGE
