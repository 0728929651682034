"""`wvp-docs batch` as its callers meet it: exit codes, streams, the report and the plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from batches import DAY, SMALL, WEEK_9, benchmark, put_case, put_cases, tree
from conftest import EXAMPLES, ROOT
from wvp_docs.cli import app, batch, batch_run  # noqa: F401  they register
from wvp_docs.errors import ExitCode, OutputError
from wvp_docs.output import STAGE

WEEK_9_DAY = str(EXAMPLES["week-9"])
GAPS = (ROOT / "examples/met-gaten/case.toml").read_text(encoding="utf-8")


def run(
    *args: object, given: str | None = None, day: str = str(DAY), executor: str = "serial"
) -> Result:
    command = ["batch", *map(str, args), "--executor", executor]
    return CliRunner().invoke(app, command + (["--peildatum", day] if day else []), input=given)


def said(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "report.json").read_bytes())
    return found


def statuses(out: Path) -> dict[str, str]:
    return {row["name"]: row["status"] for row in said(out)["cases"]}


def test_a_folder_of_sound_cases_exits_0_and_leaves_four_reports(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 3)
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.OK
    assert "3 dossiers in" in result.stdout
    assert result.stderr == ""
    assert {path.name for path in (tmp_path / "uit").glob("report.*")} == {
        *("report.json", "report.csv", "report.html", "report.xml")
    }
    assert set(statuses(tmp_path / "uit").values()) == {"gemaakt"}


def test_on_a_narrow_terminal_no_heading_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    put_case(tmp_path / "in", "a", GAPS)
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert "gemaakt met fouten" in result.stdout
    assert "…" not in result.stdout


def test_failed_cases_exit_8_and_are_named_on_stderr(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    put_case(tmp_path / "in", "kapot", "geen toml")
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.PARTIAL
    assert "Mislukt: kapot (casus)" in result.stderr
    assert "--only-failed" in result.stdout
    assert said(tmp_path / "uit")["totals"]["mislukt"] == 1


def test_more_failures_than_a_screen_holds_are_counted(tmp_path: Path) -> None:
    for at in range(23):
        put_case(tmp_path / "in", f"kapot-{at}", "")
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert result.stderr.count("Mislukt:") == 20
    assert "En nog 3: zie het verslag." in result.stderr


def test_errors_in_a_case_that_was_made_exit_3(tmp_path: Path) -> None:
    put_case(tmp_path / "in", "a", GAPS)
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.FINDINGS
    assert "1 casus heeft fouten" in result.stdout


def test_a_second_run_makes_nothing_and_force_makes_it_all(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    run(tmp_path / "in", "-o", tmp_path / "uit")
    before = tree(tmp_path / "uit")

    assert run(tmp_path / "in", "-o", tmp_path / "uit").exit_code == ExitCode.OK
    assert set(statuses(tmp_path / "uit").values()) == {"ongewijzigd"}
    run(tmp_path / "in", "-o", tmp_path / "uit", "--force")
    assert set(statuses(tmp_path / "uit").values()) == {"gemaakt"}
    assert tree(tmp_path / "uit") == before


def test_a_dry_run_tells_why_and_makes_nothing(tmp_path: Path) -> None:
    old, *_ = put_cases(tmp_path / "in", 2)
    run(tmp_path / "in", "-o", tmp_path / "uit")
    put_case(tmp_path / "in", "nieuw")
    old.write_text(SMALL + "\n# ander\n", encoding="utf-8")
    before = tree(tmp_path)
    result = run(tmp_path / "in", "-o", tmp_path / "uit", "--dry-run")

    assert result.exit_code == ExitCode.OK
    assert "casus veranderd" in result.stdout
    assert "2 maken, 0 nakijken, 1 overslaan" in result.stdout
    assert tree(tmp_path) == before


def test_a_dry_run_of_another_day_says_what_must_be_looked_at(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    run(tmp_path / "in", "-o", tmp_path / "uit")
    next_day = str(DAY + timedelta(1))
    result = run(tmp_path / "in", "-o", tmp_path / "uit", "--dry-run", day=next_day)

    assert "0 maken, 2 nakijken, 0 overslaan" in result.stdout


def test_only_failed_makes_what_was_mended_and_keeps_the_rest_of_the_report(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    broken = put_case(tmp_path / "in", "kapot", "geen toml")
    run(tmp_path / "in", "-o", tmp_path / "uit")
    broken.write_text(SMALL, encoding="utf-8")
    put_case(tmp_path / "in", "later")
    result = run("-o", tmp_path / "uit", "--only-failed")

    assert result.exit_code == ExitCode.OK
    assert statuses(tmp_path / "uit") == dict.fromkeys(("casus-00", "casus-01", "kapot"), "gemaakt")
    assert "1 dossier in" in result.stdout


def test_only_failed_keeps_the_name_of_a_case_that_shared_it(tmp_path: Path) -> None:
    put_case(tmp_path / "in/noord", "jan")
    broken = put_case(tmp_path / "in/zuid", "jan", "geen toml")
    run(tmp_path / "in", "-o", tmp_path / "uit")
    names = set(statuses(tmp_path / "uit"))
    broken.write_text(SMALL, encoding="utf-8")
    run("-o", tmp_path / "uit", "--only-failed")

    assert set(statuses(tmp_path / "uit")) == names
    assert {path.name for path in (tmp_path / "uit").iterdir() if path.is_dir()} == names


def test_resume_needs_no_list_and_goes_by_the_day_of_the_run_before(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 3)
    run(tmp_path / "in", "-o", tmp_path / "uit")
    (tmp_path / "uit/casus-01/manifest.json").unlink()
    result = run("-o", tmp_path / "uit", "--resume", day="")

    assert result.exit_code == ExitCode.OK
    assert said(tmp_path / "uit")["peildatum"] == str(DAY)
    assert statuses(tmp_path / "uit") == {
        "casus-00": "ongewijzigd",
        "casus-01": "gemaakt",
        "casus-02": "ongewijzigd",
    }


@pytest.mark.parametrize("option", ["--resume", "--only-failed"])
@pytest.mark.parametrize("report", [None, "{}"], ids=["weg", "kapot"])
def test_without_a_report_there_is_nothing_to_go_on_with(
    tmp_path: Path, option: str, report: str | None
) -> None:
    if report:
        (tmp_path / "report.json").write_text(report, encoding="utf-8")
    result = run("-o", tmp_path, option)

    assert result.exit_code == ExitCode.CASE
    assert "geen verslag van een eerdere run" in result.stderr


@pytest.mark.parametrize("option", ["--resume", "--only-failed"])
def test_what_goes_on_goes_on_with_the_options_of_that_run(tmp_path: Path, option: str) -> None:
    put_cases(tmp_path / "in", 2)
    broken = put_case(tmp_path / "in", "kapot", "geen toml")
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen/_bundel.docx").write_bytes((ROOT / "templates/_bundel.docx").read_bytes())
    asked = ("--dossier", "--dubbelzijdig", "--templates", tmp_path / "eigen")
    run(tmp_path / "in", "-o", tmp_path / "uit", *asked)
    before = tree(tmp_path / "uit")
    broken.write_text(SMALL, encoding="utf-8")
    planned = run("-o", tmp_path / "uit", option, "--dry-run")
    run("-o", tmp_path / "uit", option)

    assert "1 maken, 0 nakijken" in planned.stdout
    assert tree(tmp_path / "uit").items() > before.items()
    assert {row["status"] for row in said(tmp_path / "uit")["cases"]} <= {"gemaakt", "ongewijzigd"}
    account = json.loads((tmp_path / "uit/kapot/manifest.json").read_bytes())
    assert account["options"]["dossier"]
    assert account["options"]["dubbelzijdig"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--dossier",), "--dossier was in de vorige run anders: niet gegeven."),
        (("--engine", "libreoffice"), "--engine was in de vorige run anders: rdocx."),
        (("--peildatum", "2030-01-01"), f"--peildatum was in de vorige run anders: {DAY}."),
    ],
)
def test_another_option_than_the_run_had_is_refused(
    tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    put_case(tmp_path / "in", "a")
    run(tmp_path / "in", "-o", tmp_path / "uit")
    before = said(tmp_path / "uit")
    result = run("-o", tmp_path / "uit", "--resume", *options, day="")

    assert result.exit_code == ExitCode.USAGE
    assert named in result.stderr
    assert said(tmp_path / "uit") == before


def test_what_a_run_had_is_said_as_a_person_says_it(tmp_path: Path) -> None:
    put_case(tmp_path / "in", "a")
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
    folders = [tmp_path / "een", tmp_path / "twee"]
    own = ("--bijlagen-map", folders[0], "--bijlagen-map", folders[1], "--concept")
    run(tmp_path / "in", "-o", tmp_path / "uit", *own)
    result = run("-o", tmp_path / "uit", "--resume", "--bijlagen-map", folders[0])

    assert result.exit_code == ExitCode.USAGE
    assert f"--bijlagen-map was in de vorige run anders: {folders[0]} en {folders[1]}." in (
        result.stderr
    )


def test_a_run_goes_on_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_cases(tmp_path / "in", 2)
    (tmp_path / "anders").mkdir()
    monkeypatch.chdir(tmp_path)
    run("in", "-o", "uit")
    monkeypatch.chdir(tmp_path / "anders")
    result = run("-o", "../uit", "--resume")

    assert result.exit_code == ExitCode.OK
    assert set(statuses(tmp_path / "uit").values()) == {"ongewijzigd"}


def test_a_case_does_not_take_the_folder_of_another_one(tmp_path: Path) -> None:
    put_case(tmp_path / "kA", "2026-001")
    other = put_case(tmp_path / "kB", "2026-001", SMALL.replace("R. Kuiper", "A. Ander"))
    put_case(tmp_path / "kC", "2026-009")
    out = tmp_path / "uit"
    run(tmp_path / "kA", "-o", out)
    before = tree(out)
    run(tmp_path / "kC", "-o", out)
    planned, result = (run(tmp_path / "kB", "-o", out, *it) for it in (("--dry-run",), ()))

    assert "1 weigeren" in planned.stdout
    assert result.exit_code == ExitCode.PARTIAL
    assert "van een andere casus" in result.stderr
    assert "  → Noem beide in een opdracht" in result.stderr
    assert before.items() < tree(out).items()
    assert run(tmp_path / "kB", "-o", out).exit_code == ExitCode.PARTIAL
    assert run(tmp_path / "kB", "-o", out, "--force").exit_code == ExitCode.PARTIAL
    assert before.items() < tree(out).items()
    assert run("-o", out, "--only-failed", "--force").exit_code == ExitCode.OK
    assert run(other, "-o", out).exit_code == ExitCode.OK
    assert run(tmp_path / "kA", "-o", out).exit_code == ExitCode.PARTIAL


@pytest.mark.parametrize("report", [None, "{kapot"], ids=["weg", "kapot"])
def test_without_a_report_a_folder_is_of_nobody_known(tmp_path: Path, report: str | None) -> None:
    mine = put_case(tmp_path / "kA", "2026-001")
    put_case(tmp_path / "kB", "2026-001", SMALL.replace("R. Kuiper", "A. Ander"))
    out = tmp_path / "uit"
    run(mine, "-o", out)
    before = tree(out)

    def lose() -> None:
        (out / "report.json").unlink()
        if report:
            (out / "report.json").write_text(report, encoding="utf-8")

    lose()
    run(put_case(tmp_path / "kC", "2026-009"), "-o", out)
    assert run(tmp_path / "kB", "-o", out).exit_code == ExitCode.PARTIAL
    lose()
    for force in ((), ("--force",), ()):
        result = run(tmp_path / "kB", "-o", out, *force)
        assert result.exit_code == ExitCode.PARTIAL
        assert "De map 2026-001 is van een casus die niet bekend is." in result.stderr
    assert before.items() < tree(out).items()
    lose()
    assert run(mine, "-o", out).exit_code == ExitCode.OK
    lose()
    run(tmp_path / "kB", "-o", out)
    assert run("-o", out, "--only-failed", "--force").exit_code == ExitCode.OK
    assert run(tmp_path / "kB", "-o", out).exit_code == ExitCode.OK


@pytest.mark.parametrize("spoil", ["afgebroken", "manifest"])
def test_a_folder_that_is_spoiled_is_still_of_its_case(tmp_path: Path, spoil: str) -> None:
    put_case(tmp_path / "kA", "a")
    put_case(tmp_path / "kB", "a", SMALL.replace("R. Kuiper", "A. Ander"))
    out = tmp_path / "uit"
    run(tmp_path / "kA", "-o", out)
    if spoil == "manifest":
        (out / "a/manifest.json").write_text("{", encoding="utf-8")
    else:
        (out / "a" / STAGE).mkdir()
    before = tree(out)

    assert "van een andere casus" in run(tmp_path / "kB", "-o", out, "--force").stderr
    assert tree(out) == before


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights there")
def test_a_case_by_another_way_to_it_is_the_same_case(tmp_path: Path) -> None:
    case = put_case(tmp_path / "kA", "a")
    (tmp_path / "link").symlink_to(tmp_path / "kA")
    run(tmp_path / "kA", "-o", tmp_path / "uit")
    case.write_text(f"{SMALL}\n# anders\n", encoding="utf-8")

    assert run(tmp_path / "link", "-o", tmp_path / "uit").exit_code == ExitCode.OK


def test_only_failed_finds_a_case_by_its_path_under_the_name_that_it_had(tmp_path: Path) -> None:
    put_case(tmp_path / "in/x", "zaak")
    broken = put_case(tmp_path / "in/y", "zaak", "geen toml")
    run(tmp_path / "in", "-o", tmp_path / "uit")
    names = set(statuses(tmp_path / "uit"))
    broken.write_text(SMALL, encoding="utf-8")
    result = run(tmp_path / "in/y", "-o", tmp_path / "uit", "--only-failed")

    assert "1 dossier in" in result.stdout
    assert statuses(tmp_path / "uit") == dict.fromkeys(names, "gemaakt")


def test_what_does_not_belong_in_a_package_is_said_until_it_is_gone(tmp_path: Path) -> None:
    case, out, today = put_case(tmp_path / "in", "a", WEEK_9), tmp_path / "uit", WEEK_9_DAY
    run(case, "-o", out, "--dossier", day=today)
    made = said(out)["cases"][0]
    left = out / "a/uwv/oud.pdf"
    left.write_bytes(b"van een ander")
    again = (case, "-o", out, "--dossier")
    sentence = f"{out / 'a'}: uwv/oud.pdf is niet van deze keer"
    assert made["documents"]
    for options in ((), ("--force",), ("--only-failed",), ("--resume",), ()):
        result = run(*again, *options, day="" if options == ("--resume",) else today)
        row = said(out)["cases"][0]
        assert (result.exit_code, row["status"]) == (ExitCode.PARTIAL, "mislukt"), options
        assert sentence in result.stderr
        assert (row["documents"], row["pages"]) == (made["documents"], made["pages"])
        planned = run(*again, "--dry-run", day=today)
        assert ("1 weigeren" in planned.stdout, sentence in planned.stderr) == (True, True)
    left.unlink()

    assert run(*again, "--only-failed", day=today).exit_code == ExitCode.OK
    assert statuses(out) == {"a": "ongewijzigd"}


def test_another_day_does_not_silence_what_does_not_belong_in_a_package(tmp_path: Path) -> None:
    case, out = put_case(tmp_path / "in", "a"), tmp_path / "uit"
    run(case, "-o", out)
    (out / "a/medisch").mkdir()
    (out / "a/medisch/oud.pdf").write_bytes(b"van een ander")
    next_day = str(DAY + timedelta(1))
    planned, result = (run(case, "-o", out, *it, day=next_day) for it in (("--dry-run",), ()))

    assert "1 nakijken" in planned.stdout
    assert "medisch/oud.pdf is niet van deze keer" in planned.stderr
    assert "medisch/oud.pdf is niet van deze keer" in result.stderr


def test_cases_that_moved_keep_their_folders(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    run(tmp_path / "in", "-o", tmp_path / "uit")
    (tmp_path / "in").rename(tmp_path / "verhuisd")
    run(tmp_path / "verhuisd", "-o", tmp_path / "uit")
    assert set(statuses(tmp_path / "uit").values()) == {"ongewijzigd"}

    (tmp_path / "verhuisd/casus-00/case.toml").write_text(SMALL, encoding="utf-8")
    assert run(tmp_path / "verhuisd", "-o", tmp_path / "uit").exit_code == ExitCode.OK

    (tmp_path / "verhuisd").rename(tmp_path / "nieuw")
    (tmp_path / "nieuw/casus-00/case.toml").write_text(f"{SMALL}\n# nieuw\n", encoding="utf-8")
    refused = run(tmp_path / "nieuw", "-o", tmp_path / "uit")
    assert "1 casus is mislukt" in refused.stdout
    assert run("-o", tmp_path / "uit", "--only-failed", "--force").exit_code == ExitCode.OK
    assert run(tmp_path / "nieuw", "-o", tmp_path / "uit").exit_code == ExitCode.OK


def test_folders_of_no_case_are_named(tmp_path: Path) -> None:
    put_case(tmp_path / "kA", "jan")
    put_case(tmp_path / "kB", "jan")
    out = tmp_path / "uit"
    run(tmp_path / "kA", "-o", out)
    result = run(tmp_path / "kA", tmp_path / "kB", "-o", out)

    assert "Van geen casus meer: jan." in result.stdout
    assert said(out)["strays"] == ["jan"]


def test_a_start_that_fails_leaves_the_report_of_the_run_before(tmp_path: Path) -> None:
    case = put_case(tmp_path / "in", "a")
    run(case, "-o", tmp_path / "uit")
    before = said(tmp_path / "uit")
    empty = run("-", "-o", tmp_path / "uit", given="\n")
    engine = run(case, "-o", tmp_path / "uit", "--engine", "pen")

    assert (empty.exit_code, engine.exit_code) == (ExitCode.CASE, ExitCode.ENGINE)
    assert "De lijst met casussen is leeg" in empty.stderr
    assert said(tmp_path / "uit") == before


def test_a_closed_stdin_is_an_empty_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wvp_docs.cli.batch_cases.sys", SimpleNamespace(stdin=None))
    result = run("-", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.CASE


def test_a_folder_without_cases_among_others_is_a_line(tmp_path: Path) -> None:
    put_case(tmp_path / "kA", "a")
    put_case(tmp_path / "kB", "b")
    (tmp_path / "leeg").mkdir()
    (tmp_path / "leeg2").mkdir()
    listed = f"{tmp_path / 'kA'}\n{tmp_path / 'leeg'}\n"
    named = ("-", tmp_path / "leeg2", tmp_path / "kB")
    result = run(*named, "-o", tmp_path / "uit", given=listed)

    assert result.exit_code == ExitCode.PARTIAL
    made = dict.fromkeys(("a", "b"), "gemaakt") | dict.fromkeys(("leeg", "leeg2"), "mislukt")
    assert statuses(tmp_path / "uit") == made


def test_a_scheduler_is_of_a_cluster(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    args = ["batch", str(put_case(tmp_path / "in", "a")), "-o", str(tmp_path / "uit")]
    args += ["--scheduler", "tcp://10.255.255.1:8786"]
    meant = CliRunner().invoke(app, args)
    wrong = CliRunner().invoke(app, [*args, "--executor", "processes"])

    assert (meant.exit_code, wrong.exit_code) == (ExitCode.ENGINE, ExitCode.USAGE)
    assert "niet versleuteld" in meant.stderr
    assert "--scheduler" in wrong.stderr


def test_nothing_named_is_said(tmp_path: Path) -> None:
    result = run("-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.CASE
    assert "geen casus genoemd" in result.stderr
    assert not (tmp_path / "uit").exists()


def test_a_list_of_notepad_with_the_quotes_of_explorer_is_read(tmp_path: Path) -> None:
    one, two, three, four = put_cases(tmp_path / "in", 4)
    quoted = three.parent.with_name('"echt"')
    three.parent.rename(quoted)
    given = f'\ufeff{one}\r\n"{two}"\n{quoted}\n"{four.parents[1]}/*-03"\n""\n'
    empty = run("-", "-o", tmp_path / "uit", given="\ufeff\n")
    result = run("-", "-o", tmp_path / "uit", given=given)

    assert (empty.exit_code, result.exit_code) == (ExitCode.CASE, ExitCode.OK)
    assert set(statuses(tmp_path / "uit")) == {"casus-00", "casus-01", "casus-03", "echt"}


def test_a_list_on_stdin_may_name_files_and_folders(tmp_path: Path) -> None:
    one, two, _ = put_cases(tmp_path / "in", 3)
    given = f"{one}\n\n{two.parent}\r\n{tmp_path / 'weg.toml'}\n"
    result = run("-", "-o", tmp_path / "uit", given=given)

    assert result.exit_code == ExitCode.PARTIAL
    assert statuses(tmp_path / "uit") == {
        "casus-00": "gemaakt",
        "casus-01": "gemaakt",
        "weg": "mislukt",
    }


def test_a_pattern_passes_over_folders_without_a_case(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    (tmp_path / "in/leeg").mkdir()
    result = run(tmp_path / "in/*", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.OK
    assert len(statuses(tmp_path / "uit")) == 2


def test_a_folder_that_looks_like_a_pattern_is_a_folder(tmp_path: Path) -> None:
    put_case(tmp_path / "[2025]", "a")

    assert run(tmp_path / "[2025]", "-o", tmp_path / "uit").exit_code == ExitCode.OK


@pytest.mark.parametrize("named", ["leeg", "leeg*"])
def test_a_folder_without_cases_is_said_before_anything_is_made(tmp_path: Path, named: str) -> None:
    (tmp_path / "leeg").mkdir()
    result = run(tmp_path / named, "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.CASE
    assert "staat geen casus" in result.stderr
    assert not (tmp_path / "uit").exists()


def test_results_among_the_cases_are_not_taken_for_cases(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    run(tmp_path / "in", "-o", tmp_path / "in/uit")
    again = run(tmp_path / "in", "-o", tmp_path / "in/uit")

    assert "2 dossiers" in again.stdout
    assert run(tmp_path / "in/uit", "-o", tmp_path / "x").exit_code == ExitCode.CASE


def test_a_folder_that_cannot_be_made_stops_before_the_work(tmp_path: Path) -> None:
    case = put_case(tmp_path / "in", "a")
    (tmp_path / "bestand").touch()
    result = run(case, "-o", tmp_path / "bestand/uit")

    assert result.exit_code == ExitCode.OUTPUT


def test_a_report_that_does_not_fit_on_the_disk_still_shows_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    (tmp_path / "uit").mkdir()

    def full(*_: object, **__: object) -> None:
        written.append(1)
        if len(written) > 1:
            raise OutputError("De schijf is vol.")

    monkeypatch.setattr(batch_run, "write_files", full)
    for at in range(23):
        put_case(tmp_path / "in", f"kapot-{at}", "")
    result = run(tmp_path / "in", "-o", tmp_path / "uit")

    assert result.exit_code == ExitCode.OUTPUT
    assert "23 dossiers in" in result.stdout
    assert "Verslag:" not in result.stdout
    assert result.stderr.count("Mislukt:") == 23
    assert "De schijf is vol." in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted")
def test_on_a_full_disk_the_run_ends_and_the_report_is_there(tmp_path: Path) -> None:
    disk = tmp_path / "uit"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        put_cases(tmp_path / "in", 60)
        result = run(tmp_path / "in", "-o", disk)
        totals = said(disk)["totals"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)

    assert result.exit_code == ExitCode.OUTPUT
    assert "verder met --resume" in result.stderr
    assert totals["mislukt"] >= 5  # a few more may have been under way
    assert totals["gemaakt"] > 0
    assert totals["te_doen"] > 0


def test_strict_counts_warnings(tmp_path: Path) -> None:
    late = (ROOT / "examples/week-9/case.toml").read_text(encoding="utf-8")
    put_case(tmp_path / "in", "a", late)
    args = (tmp_path / "in", "-o", tmp_path / "uit")

    assert run(*args, day="2027-02-28").exit_code == ExitCode.OK
    assert run(*args, "--strict", day="2027-02-28").exit_code == ExitCode.FINDINGS


def test_own_templates_and_a_house_style_go_along(tmp_path: Path) -> None:
    case = put_case(tmp_path / "in", "a")
    (tmp_path / "huisstijl.toml").write_text('kleur = "#1F5C3A"\n', encoding="utf-8")
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen/_bundel.docx").write_bytes((ROOT / "templates/_bundel.docx").read_bytes())
    args = ("--huisstijl", tmp_path / "huisstijl.toml", "--templates", tmp_path / "eigen")
    assert run(case, "-o", tmp_path / "uit", *args).exit_code == ExitCode.OK

    account = json.loads((tmp_path / "uit/a/manifest.json").read_bytes())
    assert "huisstijl.toml" in {row["file"] for row in account["inputs"]}
    run(case, "-o", tmp_path / "uit", *args)
    assert statuses(tmp_path / "uit") == {"a": "ongewijzigd"}


def test_the_report_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    run(put_case(tmp_path / "in", "a"), "-o", tmp_path / "uit")

    assert os.name == "nt" or (tmp_path / "uit/report.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheduler", "tcp://10.255.255.1:8786"), "niet versleuteld"),
        (("--scheduler", "tls://10.255.255.1:8786"), "drie bestanden"),
    ],
)
def test_a_cluster_that_is_not_private_is_refused_before_anything_is_sent(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    pytest.importorskip("distributed")
    case = put_case(tmp_path / "in", "a")
    result = run(case, "-o", tmp_path / "uit", *options, executor="dask")

    assert result.exit_code == ExitCode.ENGINE
    assert said in result.stderr
    assert not (tmp_path / "uit").exists()


def test_an_engine_that_does_not_exist_is_said_before_the_work(tmp_path: Path) -> None:
    result = run(put_case(tmp_path / "in", "a"), "-o", tmp_path / "uit", "--engine", "pen")

    assert result.exit_code == ExitCode.ENGINE
    assert "Omzetter 'pen' bestaat niet" in result.stderr


def test_ten_kinds_of_faults_among_sound_cases_report_exactly_those(tmp_path: Path) -> None:
    generated, faults = benchmark("cases"), benchmark("faults")
    cases = generated.write_cases(tmp_path / "in", 15, seed=11)
    planted = faults.plant(cases, tmp_path / "uit", 10)
    result = run(tmp_path / "in", "-o", tmp_path / "uit", day=str(generated.DAY))

    assert result.exit_code == ExitCode.PARTIAL
    assert faults.told_in(tmp_path / "uit") == planted
    assert len(set(planted)) == 10


def test_generated_cases_are_the_same_every_time_and_for_any_number(tmp_path: Path) -> None:
    generated = benchmark("cases")
    generated.write_cases(tmp_path / "een", 5)
    generated.write_cases(tmp_path / "twee", 8)
    one, two = tree(tmp_path / "een"), tree(tmp_path / "twee")

    assert one == {path: content for path, content in two.items() if path in one}
    assert len(set(two.values())) > 8
