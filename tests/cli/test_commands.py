"""The command line as its callers meet it: exit codes, streams, Dutch sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from wvp_docs import pipeline
from wvp_docs.cli import app, build, check, doctor, forms, new, template  # noqa: F401  they register
from wvp_docs.errors import ExitCode

WEEK_9 = ROOT / "examples/week-9/case.toml"
GAPS = ROOT / "examples/met-gaten/case.toml"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_check_of_a_sound_case_says_so_and_exits_0() -> None:
    result = run("check", WEEK_9, "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.OK
    assert "niets gevonden" in result.stdout
    assert result.stderr == ""


def test_check_of_a_case_with_gaps_names_file_line_and_column_and_exits_3() -> None:
    result = run("check", GAPS, "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.FINDINGS
    assert f"{GAPS}:" in result.stdout
    assert "Bedoelde u" in result.stdout
    assert "fouten" in result.stdout


def test_check_in_json_is_a_list_of_findings_in_the_shape_of_the_contract() -> None:
    result = run("check", GAPS, "--format", "json", "--peildatum", "2026-11-20")

    findings = json.loads(result.stdout)
    keys = ["code", "severity", "form", "path", "file", "line", "column"]
    keys += ["message", "hint", "source"]
    assert all(list(finding) == keys for finding in findings)
    assert [f["line"] for f in findings] == sorted(f["line"] for f in findings)


def test_no_message_shows_a_bsn(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        WEEK_9.read_text(encoding="utf-8").replace("999990032", "999990031"), encoding="utf-8"
    )

    result = run("check", case, "--peildatum", "2026-11-20")
    assert "R001" in result.output
    assert "999990031" not in result.output


def test_strict_makes_warnings_count(tmp_path: Path) -> None:
    text = WEEK_9.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("loonheffingennummer")]
    case = tmp_path / "case.toml"
    case.write_text(
        "\n".join(lines).replace("[werkgever]", '[werkgever]\nloonheffingennummer = "1L1"', 1),
        encoding="utf-8",
    )

    relaxed = run("check", case, "--peildatum", "2026-11-20")
    strict = run("check", case, "--peildatum", "2026-11-20", "--strict")
    assert (relaxed.exit_code, strict.exit_code) == (ExitCode.OK, ExitCode.FINDINGS)


def test_build_without_out_makes_a_folder_named_after_the_case(tmp_path: Path) -> None:
    case = tmp_path / "zaak.toml"
    case.write_bytes(WEEK_9.read_bytes())

    result = run("build", case, "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.OK, result.output
    assert (tmp_path / "zaak" / "wia-bundel.pdf").exists()
    assert "Klaar: 2 documenten" in result.stdout


def test_build_in_json_tells_what_was_made(tmp_path: Path) -> None:
    result = run("build", WEEK_9, "-o", tmp_path, "--format", "json", "--peildatum", "2026-11-20")

    made = json.loads(result.stdout)
    assert [item["form"] for item in made["documents"]] == ["probleemanalyse", "plan_van_aanpak"]
    assert made["bundle"]["pages"] > 2


def test_build_with_errors_makes_the_rest_says_what_not_and_exits_3(tmp_path: Path) -> None:
    result = run("build", GAPS, "-o", tmp_path, "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.FINDINGS
    assert "Niet gemaakt" in result.stderr
    assert list(tmp_path.glob("pdf/*.pdf"))


def test_a_missing_engine_names_what_to_install_and_exits_6(tmp_path: Path) -> None:
    result = run("build", WEEK_9, "-o", tmp_path / "uit", "--engine", "word")

    assert result.exit_code == ExitCode.ENGINE
    assert "pywin32" in result.stderr
    assert not (tmp_path / "uit").exists()


def test_a_case_that_cannot_be_read_exits_4_with_its_place(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("schema = 1\nuren = 32,5\n", encoding="utf-8")

    result = run("check", case)

    assert result.exit_code == ExitCode.CASE
    assert f"{case}:2:" in result.stderr
    assert "32.5" in result.stderr
    assert result.stdout == ""


def test_a_broken_definition_exits_5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "forms").mkdir()
    monkeypatch.setenv("WVP_DOCS_HOME", str(tmp_path))

    result = run("check", WEEK_9)

    assert result.exit_code == ExitCode.DEFINITION
    assert "_velden.toml" in result.stderr


def test_a_folder_that_cannot_be_written_exits_7(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("een bestand", encoding="utf-8")

    result = run("build", WEEK_9, "-o", tmp_path / "uit" / "x", "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.OUTPUT
    assert "Fout:" in result.stderr


def test_a_file_that_a_person_changed_is_not_overwritten_without_force(tmp_path: Path) -> None:
    args = ("build", WEEK_9, "-o", tmp_path, "--peildatum", "2026-11-20")
    run(*args)
    edited = next(tmp_path.glob("word/*.docx"))
    edited.write_bytes(b"van mij")

    refused = run(*args)
    assert refused.exit_code == ExitCode.OUTPUT
    assert edited.read_bytes() == b"van mij"
    assert run(*args, "--force").exit_code == ExitCode.OK
    assert edited.read_bytes() != b"van mij"


def test_a_wrong_command_line_exits_2_in_dutch() -> None:
    result = run("chek")

    assert result.exit_code == ExitCode.USAGE
    assert "Gebruik:" in result.stderr
    assert "Usage" not in result.stderr


def test_a_bad_date_on_the_command_line_says_how_to_write_one() -> None:
    result = run("check", WEEK_9, "--peildatum", "20-11-2026")

    assert result.exit_code == ExitCode.USAGE
    assert "jjjj-mm-dd" in result.stderr


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "build", broken)
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(app, ["build", str(WEEK_9), "-o", str(tmp_path)], catch_exceptions=False)


def test_new_writes_a_case_that_check_can_read(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"

    assert run("new", path).exit_code == ExitCode.OK
    assert run("check", path).exit_code == ExitCode.FINDINGS
    assert run("new", path).exit_code == ExitCode.OUTPUT


def test_new_with_an_unknown_form_proposes_one() -> None:
    assert "Bedoelde u plan_van_aanpak?" in run("new", "-", "--form", "plan_van_anpak").stderr


def test_forms_lists_all_and_shows_the_fields_of_one() -> None:
    listed, shown = run("forms"), run("forms", "plan_van_aanpak", "--format", "json")

    assert "bijstelling_probleemanalyse" in listed.stdout
    assert "werknemer.bsn" in [item["pad"] for item in json.loads(shown.stdout)]


def test_a_template_can_be_made_from_a_definition(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"

    assert run("template", "new", "plan_van_aanpak", "-o", path).exit_code == ExitCode.OK
    assert path.read_bytes().startswith(b"PK")


def test_doctor_finds_this_machine_sound() -> None:
    result = run("doctor")

    assert result.exit_code == ExitCode.OK, result.output
    assert "Omzetter rdocx" in result.stdout


@pytest.mark.parametrize("command", sorted(app.commands))
def test_every_command_has_help_in_dutch_and_stands_in_the_handleiding(command: str) -> None:
    shown = run(command, "--help").stdout
    manual = (ROOT / "docs/handleiding.md").read_text(encoding="utf-8") + (
        ROOT / "CHANGELOG.md"
    ).read_text(encoding="utf-8")

    assert "Gebruik:" in shown
    assert not any(word in shown for word in ("Usage", "Options", "Show this"))
    assert f"wvp-docs {command}" in manual


def test_ctrl_c_midway_leaves_nothing_and_exits_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "bind", interrupted)
    result = run("build", WEEK_9, "-o", tmp_path / "uit", "--peildatum", "2026-11-20")

    assert result.exit_code == ExitCode.INTERRUPTED
    assert "Afgebroken" in result.stderr
    assert not (tmp_path / "uit").exists()
