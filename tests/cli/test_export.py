"""`wvp-docs export`: cases as one table that people open in Excel."""

from __future__ import annotations

import csv
import io
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from conftest import ROOT
from wvp_docs.cli import app, export  # noqa: F401  it registers
from wvp_docs.errors import ExitCode

CASES = (ROOT / "examples/compleet/case.toml", ROOT / "examples/te-laat/case.toml")
DAY = ("--peildatum", "2025-10-24")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *(str(arg) for arg in args)])


def test_a_workbook_has_a_row_per_case_with_real_dates_and_words_for_each_status(
    tmp_path: Path,
) -> None:
    out = tmp_path / "overzicht.xlsx"
    result = run(*CASES, "-o", out, *DAY)
    sheet = load_workbook(out)["Overzicht"]
    titles = [cell.value for cell in sheet[2]]
    row = [cell.value for cell in sheet[3]]

    assert result.exit_code == ExitCode.OK, result.output
    assert (sheet.freeze_panes, sheet.max_row) == ("B3", 4)
    assert sheet.auto_filter.ref.startswith("A2:")
    assert row[0] == "2024-017"
    assert row[titles.index("eerste ziektedag")] == datetime(2024, 1, 15)  # noqa: DTZ001
    steps = [cell.value for cell in sheet[1] if cell.value]
    assert steps[:3] == ["casus", "Probleemanalyse", "Plan van aanpak"]
    at = next(cell.column for cell in sheet[1] if cell.value == "Probleemanalyse") - 1
    assert titles[at : at + 4] == ["uiterlijk", "advies", "gedaan", "status"]
    assert row[at + 2 : at + 4] == [datetime(2024, 2, 20), "gedaan"]  # noqa: DTZ001
    assert sheet.cell(3, at + 1).number_format == "dd-mm-yyyy"


def test_the_same_cases_give_the_same_bytes_and_no_name_and_no_bsn(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    run(*CASES, "-o", first, *DAY)
    run(*CASES, "-o", second, *DAY)
    plain = tmp_path / "c.csv"
    run(*CASES, "-o", plain, *DAY)

    assert first.read_bytes() == second.read_bytes()
    text = plain.read_text(encoding="utf-8-sig")
    assert "999990019" not in text
    assert "Daniëls" not in text


def test_the_bsn_comes_only_when_asked(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    run(CASES[0], "-o", out, "--bsn", *DAY)
    head, row = csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")), delimiter=";")

    assert row[head.index("BSN")] == "999990019"
    assert row[head.index("Probleemanalyse: gedaan")] == "2024-02-20"


def test_a_number_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        'schema = 1\nverzuim = { dossiernummer = "=1+1\\u0007", eerste_ziektedag = 2024-01-15 }',
        encoding="utf-8",
    )
    run(case, "-o", tmp_path / "a.xlsx", *DAY)
    run(case, "-o", tmp_path / "a.csv", *DAY)
    cell = load_workbook(tmp_path / "a.xlsx")["Overzicht"]["A3"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "\n'=1+1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_case_without_a_first_sick_day_has_a_row_and_a_broken_one_is_named(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "d"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    (folder / "a/case.toml").write_text("schema = 1\n")
    (folder / "b/case.toml").write_text("schema = [\n")
    (folder / "verzuim.kolommen.toml").write_text('sleutel = "werknemer.bsn"\n')
    out = tmp_path / "a.csv"
    result = run(folder, "-o", out, *DAY)

    assert result.exit_code == ExitCode.PARTIAL
    assert str(folder / "b/case.toml") in result.stderr
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 2


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("van mij")

    assert run(CASES[0], "-o", out, *DAY).exit_code == ExitCode.OUTPUT
    assert out.read_text() == "van mij"
    assert run(CASES[0], "-o", out, "--force", *DAY).exit_code == ExitCode.OK


def test_a_wrong_ending_an_empty_folder_and_a_missing_library_each_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "leeg").mkdir()
    assert run(CASES[0], "-o", tmp_path / "a.pdf").exit_code == ExitCode.USAGE
    assert run(tmp_path / "leeg", "-o", tmp_path / "a.csv").exit_code == ExitCode.CASE
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    missing = run(CASES[0], "-o", tmp_path / "a.xlsx", *DAY)

    assert missing.exit_code == ExitCode.CASE
    assert 'pip install "wvp-docs[tabel]"' in missing.stderr


@pytest.mark.skipif(os.name == "nt", reason="names of Windows are always letters")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_folder_whose_name_is_no_text_has_a_row(tmp_path: Path, ending: str) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d/\xff"))
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text("schema = 1\n")
    result = run(tmp_path / "d", "-o", tmp_path / f"a.{ending}", *DAY)

    assert result.exit_code == ExitCode.OK, result.output
