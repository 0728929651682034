"""What `check` writes: for people, for programs, for many cases at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from wvp_docs import __version__, api
from wvp_docs.cli import app, check  # noqa: F401  it registers
from wvp_docs.cli.excerpt import without_answer
from wvp_docs.cli.formats import Names, github, sarif
from wvp_docs.errors import CaseError, ExitCode
from wvp_docs.findings import Finding, Place, Severity

WEEK_9 = ROOT / "examples/week-9/case.toml"
GAPS = ROOT / "examples/met-gaten/case.toml"
DAY = ("--peildatum", "2026-11-20")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *(str(arg) for arg in args), *DAY])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound case, one with gaps, a broken one, and files that are no case."""
    for name, content in {
        "a/case.toml": WEEK_9.read_bytes(),
        "b/zaak.toml": GAPS.read_bytes(),
        "c/stuk.toml": b"schema = 1\nuren = 32,5\n",
        "c/pyproject.toml": b"[tool]\nname = 'x'\n",
        "c/lees.txt": b"geen casus",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_a_finding_shows_its_line_with_a_caret_under_the_column() -> None:
    lines = run(GAPS).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith("fout V003"))

    number, shown, caret = lines[at].split(":")[-3], lines[at + 1], lines[at + 2]
    assert shown.strip().startswith(f"{number} | visie_werknmer = …")
    assert caret.index("^") == shown.index("visie_werknmer")


def test_two_answers_that_clash_are_both_shown() -> None:
    out = run(GAPS).stdout

    assert "fout R011" in out
    assert re.search(r"zie ook \S+case\.toml:\d+:1:\n\s+\d+ \| eerste_ziektedag = …\n", out)


@pytest.mark.parametrize("style", ["text", "json", "sarif", "github"])
def test_no_format_shows_an_answer_of_the_employee(tmp_path: Path, style: str) -> None:
    case = tmp_path / "case.toml"
    text = WEEK_9.read_text(encoding="utf-8")
    text = text.replace('"999990032"', '"999990031"')
    case.write_text(
        text.replace("[werknemer]", "[werknemer]\npartner_achternaam = 1974", 1), "utf-8"
    )

    out = run(case, "--format", style).output
    assert "R001" in out
    assert not [word for word in ("999990031", "999990032", "1974") if word in out]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('bsn = "999990031"', "bsn = …"),
        ("  naam='Jan' # Jan", "  naam = …"),
        ('a . "b c" = 1', 'a . "b c" = …'),
        ("[werknemer] # Jan", "[werknemer]"),
        ("[[plan_van_aanpak.arbeidsinhoud]]", "[[plan_van_aanpak.arbeidsinhoud]]"),
        ('  "Jan Jansen",', "  …"),
        ('  ["Jan Jansen"],', "  …"),
        ('  { naam = "Jan" },', "  …"),
        ("999990031 = 1", "*****0031 = …"),
        ("", ""),
    ],
)
def test_a_line_is_shown_without_what_stands_behind_the_key(line: str, shown: str) -> None:
    assert without_answer(line) == shown


def test_a_place_in_a_list_still_has_its_caret(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("schema = 1\nbijlage = [1, 2]\n", encoding="utf-8")

    assert "bijlage = …\n      | ^^^^^^^" in run(case).stdout


def test_every_case_in_a_folder_is_checked_and_a_broken_one_does_not_stop_it(folder: Path) -> None:
    result = run(folder)

    assert result.exit_code == ExitCode.FINDINGS
    assert "niets gevonden" in result.stdout
    assert "2 casussen: 6 fouten" in result.stdout
    assert "stuk.toml:2:" in result.stderr
    assert "pyproject" not in result.output


def test_broken_ones_among_sound_ones_exit_8_and_broken_ones_alone_4(folder: Path) -> None:
    assert run(folder / "a", folder / "c").exit_code == ExitCode.PARTIAL
    assert run(folder / "c").exit_code == ExitCode.CASE
    assert run(folder / "c", folder / "c/stuk.toml").exit_code == ExitCode.CASE


def test_an_empty_folder_says_so_and_exits_4(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == ExitCode.CASE
    assert "staat geen casus" in result.stderr


def test_an_unknown_profile_is_a_wrong_command_line_with_a_proposal() -> None:
    result = run(WEEK_9, "--profiel", "wiaa")

    assert result.exit_code == ExitCode.USAGE
    assert "Bedoelde u wia?" in result.stderr
    assert run(WEEK_9, "--profiel", "wia").exit_code == ExitCode.OK


def test_json_of_many_cases_is_one_list_with_the_file_in_each_finding(folder: Path) -> None:
    findings = json.loads(run(folder, "--format", "json").stdout)

    assert {Path(finding["file"]).name for finding in findings} == {"zaak.toml"}


def results(*args: str | Path) -> tuple[dict[str, Any], str]:
    out = run(*args, "--format", "sarif").stdout
    (only,) = json.loads(out)["runs"]
    return only, out


def test_sarif_has_a_version_a_rule_for_every_result_and_lines_from_1(folder: Path) -> None:
    log, _ = results(folder)
    driver = log["tool"]["driver"]

    assert driver["version"] == __version__
    for result in log["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert min(region["startLine"], region["startColumn"]) >= 1
        assert result["message"]["text"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])


def test_sarif_names_no_folder_of_this_machine(folder: Path) -> None:
    log, out = results(folder)

    assert str(folder) not in out
    uri = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "b/zaak.toml"
    notes = log["invocations"][0]["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["error"]
    assert log["invocations"][0]["executionSuccessful"] is False


def test_sarif_shows_the_second_place_of_a_clash() -> None:
    related = [
        it["relatedLocations"] for it in results(GAPS)[0]["results"] if it["ruleId"] == "R011"
    ]

    assert related[0][0]["physicalLocation"]["region"]["startLine"] > 1
    assert related[0][0]["message"]["text"]


NAMES = Names(Path("/werk"), Path("/elders"))
FINDING = Finding(
    "X9", Severity.INFO, "", "a", Place("/werk/a b,c.toml"), "50% is: te\nveel,", "Doe wat."
)


def test_github_commands_are_escaped() -> None:
    (line,) = github([FINDING], NAMES)

    assert line == (
        "::notice file=a b%2Cc.toml,line=1,col=1,title=X9::50%25 is: te%0Aveel, Doe wat."
    )


def test_github_gives_a_command_per_finding_with_a_relative_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    lines = run(GAPS, "--format", "github").stdout.splitlines()

    pattern = r"::(error|warning|notice) file=examples/met-gaten/case\.toml,line=\d+,col=\d+,"
    assert lines
    assert all(re.match(pattern, line) for line in lines)


def test_a_code_without_an_explanation_and_a_place_without_a_line_are_still_valid_sarif() -> None:
    log = sarif([FINDING], [CaseError("/elders/x.toml: stuk.")], {}, NAMES)["runs"][0]

    assert log["tool"]["driver"]["rules"] == [{"id": "X9", "shortDescription": {"text": "X9"}}]
    place = log["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b%2Cc.toml"
    assert place["region"] == {"startLine": 1, "startColumn": 1}
    note = log["invocations"][0]["toolExecutionNotifications"][0]
    assert note["message"]["text"] == "x.toml: stuk."


def test_a_file_elsewhere_keeps_only_its_name() -> None:
    assert NAMES.of_file("/geheim/map/case.toml") == "case.toml"


def test_the_definitions_can_be_read_once_for_many_checks() -> None:
    library, today = api.definitions(), api.date(2026, 11, 20)
    case = api.load(WEEK_9)

    with_library = api.check(case, today=today, profile="wia", library=library)
    assert with_library == api.check(case, today=today)
