"""`dossier`, `build --dossier` and `verify`: what a person types, and what comes of it."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from contextlib import suppress
from getpass import GetPassWarning
from pathlib import Path
from typing import Any

import click
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

import hostile_paper as paper
from conftest import EXAMPLES, ROOT
from wvp_docs.cli import app, batch, build, check, verify  # noqa: F401  they register
from wvp_docs.dates import spell_date
from wvp_docs.errors import ExitCode, OutputError
from wvp_docs.options import Extras
from wvp_docs.pipeline import numbers_in

CASE = ROOT / "examples/week-9/case.toml"
DAY = EXAMPLES["week-9"].isoformat()
FIXED = Extras(keeps_numbers=True)
_TEXT = {".json", ".csv", ".html", ".xml"}


def run(*args: object, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=given)


def dossier(out: Path, *options: object, given: str | None = None) -> Result:
    return run("dossier", CASE, "-o", out, "--peildatum", DAY, *options, given=given)


def test_dossier_is_build_with_its_packages(tmp_path: Path) -> None:
    one = dossier(tmp_path / "een")
    two = run("build", CASE, "-o", tmp_path / "twee", "--peildatum", DAY, "--dossier")

    assert one.exit_code == two.exit_code == ExitCode.OK
    assert one.stdout.replace(str(tmp_path / "een"), str(tmp_path / "twee")) == two.stdout
    for name in ("UWV", "Werknemer", "Envelop"):
        assert name in one.stdout


def test_the_password_is_asked_twice_and_never_shown(tmp_path: Path) -> None:
    done = dossier(tmp_path / "uit", "--versleutel", given="geheim-woord\ngeheim-woord\n")

    assert done.exit_code == ExitCode.OK
    assert "geheim" not in done.output
    with pikepdf.open(tmp_path / "uit/werknemer/brief.pdf", password="geheim-woord") as letter:  # noqa: S106
        assert letter.is_encrypted


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen wachtwoord"),
        (b"x", "te kort"),
        (b"x" * 200, "te lang"),
        (b"\xff\xfe", "geen tekst in UTF-8"),
    ],
)
def test_a_password_file_that_is_no_use_is_a_wrong_command(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "ww.txt").write_bytes(content)
    done = dossier(tmp_path / "uit", "--versleutel-met", tmp_path / "ww.txt")

    assert done.exit_code == ExitCode.USAGE
    assert said in done.stderr
    assert not (tmp_path / "uit").exists()


def test_a_password_is_typed_or_stands_in_a_file_not_both(tmp_path: Path) -> None:
    (tmp_path / "ww.txt").write_text("geheim-woord", encoding="utf-8")
    done = dossier(tmp_path / "uit", "--versleutel", "--versleutel-met", tmp_path / "ww.txt")

    assert done.exit_code == ExitCode.USAGE
    assert "gaan niet samen" in done.stderr


def test_a_password_that_would_show_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(*_: object, **__: object) -> str:
        warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
        return "geheim-woord"

    monkeypatch.setattr(click, "prompt", shown)
    done = dossier(tmp_path / "uit", "--versleutel")

    assert done.exit_code == ExitCode.USAGE
    assert "--versleutel-met" in done.stderr


def test_the_dossier_is_made_by_the_profile_that_is_asked(tmp_path: Path) -> None:
    """After ten weeks it is a person who says that the short report will do."""
    text = (ROOT / "examples/verkort/case.toml").read_text(encoding="utf-8")
    (tmp_path / "case.toml").write_text(
        text.replace("einde = 2026-11-13", "einde = 2026-12-31"), encoding="utf-8"
    )
    arguments = ("dossier", tmp_path / "case.toml", "--peildatum", "2026-11-13", "-o")
    full = run(*arguments, tmp_path / "vol")
    short = run(*arguments, tmp_path / "kort", "--profiel", "verkort")

    assert full.exit_code == ExitCode.FINDINGS
    assert short.exit_code == ExitCode.OK, short.stderr
    manifest = json.loads((tmp_path / "kort/manifest.json").read_bytes())
    assert manifest["options"]["profiel"] == "verkort"
    front = "".join(
        pypdfium2.PdfDocument(tmp_path / "kort/wia-bundel.pdf")[0].get_textpage().get_text_bounded()
    )
    assert "ontbreekt" not in front


def test_a_batch_is_made_by_the_profile_that_is_asked(tmp_path: Path) -> None:
    done = run("batch", CASE, "-o", tmp_path, "--executor", "serial", "--profiel", "zw")
    (manifest,) = tmp_path.glob("*/manifest.json")

    assert done.exit_code in (ExitCode.OK, ExitCode.FINDINGS), done.output
    assert json.loads(manifest.read_bytes())["options"]["profiel"] == "zw"


def test_a_profile_that_is_not_there_is_a_wrong_command(tmp_path: Path) -> None:
    done = dossier(tmp_path / "uit", "--profiel", "wai")

    assert done.exit_code == ExitCode.USAGE
    assert "Er is geen profiel wai" in done.stderr


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A case with an attachment that has a password, which is in a file beside it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "stuk.pdf", encryption=pikepdf.Encryption(owner="x", user="appel"))
    (tmp_path / "ww.txt").write_text("peer\nappel\n", encoding="utf-8")
    row = '[[bijlage]]\nsoort = "overig"\ntitel = "Stuk"\nbestand = "stuk.pdf"\n'
    row += "datum = 2026-11-01\nondertekend_op = 2026-11-01\n"
    case = tmp_path / "case.toml"
    case.write_text(f"{CASE.read_text(encoding='utf-8')}\n{row}", encoding="utf-8")
    return case


def test_the_passwords_of_attachments_come_from_a_file(closed: Path, tmp_path: Path) -> None:
    case = closed
    arguments = ("build", case, "-o", tmp_path / "uit", "--peildatum", DAY)

    assert run(*arguments).exit_code == ExitCode.FINDINGS
    assert run(*arguments, "--wachtwoord-bestand", tmp_path / "ww.txt").exit_code == ExitCode.OK
    look = ("check", case, "--peildatum", DAY)
    assert run(*look).exit_code == ExitCode.FINDINGS
    assert run(*look, "--wachtwoord-bestand", tmp_path / "ww.txt").exit_code == ExitCode.OK


def test_a_batch_makes_again_what_a_password_may_open(closed: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    arguments = ("batch", closed, "-o", out, "--peildatum", DAY, "--executor", "serial")
    with_passwords = (*arguments, "--wachtwoord-bestand", tmp_path / "ww.txt")

    assert run(*arguments).exit_code == ExitCode.FINDINGS
    assert "wachtwoorden gegeven" in run(*with_passwords, "--dry-run").stdout
    assert run(*with_passwords).exit_code == ExitCode.OK
    assert "1 overslaan" in run(*with_passwords, "--dry-run").stdout
    assert "1 overslaan" in run(*arguments, "--dry-run").stdout
    assert "appel" not in "".join(
        path.read_text(encoding="utf-8") for path in out.rglob("*") if path.suffix in _TEXT
    )


@pytest.mark.parametrize("option", ["--resume", "--only-failed"])
def test_a_batch_goes_on_when_the_file_with_passwords_is_elsewhere_or_gone(
    closed: Path, tmp_path: Path, option: str
) -> None:
    out, passwords, moved = tmp_path / "uit", tmp_path / "ww.txt", tmp_path / "kluis.txt"
    (tmp_path / "kapot").mkdir()
    broken = tmp_path / "kapot/case.toml"
    broken.write_text("geen toml", encoding="utf-8")
    asked = ("-o", out, "--executor", "serial")
    first = run(
        *("batch", closed, broken, *asked, "--peildatum", DAY, "--wachtwoord-bestand", passwords)
    )
    before = (out / "report.json").read_text(encoding="utf-8")
    passwords.rename(moved)
    again = run("batch", *asked, option, "--wachtwoord-bestand", moved)
    without = run("batch", *asked, option)

    said = "Geef --wachtwoord-bestand dan weer mee."
    assert "ww.txt" not in before
    assert said in first.stdout
    assert {it.exit_code for it in (again, without)} == {ExitCode.PARTIAL}
    assert (said in again.stdout, said in without.stdout) == (True, False)


def test_who_may_lack_a_password_is_told_how_to_give_it(closed: Path, tmp_path: Path) -> None:
    asked = ("batch", "-o", tmp_path / "uit", "--executor", "serial")
    passwords = ("--wachtwoord-bestand", tmp_path / "ww.txt")
    first = run(*asked, closed, "--peildatum", DAY)
    second = run(*asked, "--resume", *passwords)

    assert "opnieuw met --resume --wachtwoord-bestand" in first.stdout
    assert second.exit_code == ExitCode.OK
    assert "1 dossier in" in second.stdout
    assert "opnieuw" not in second.stdout


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", ExitCode.USAGE, "geen wachtwoord"),
        (b" \r\n\n", ExitCode.USAGE, "geen wachtwoord"),
        ("appel".encode("utf-16"), ExitCode.USAGE, "Bewaar het opnieuw met de codering UTF-8"),
        pytest.param(
            *(None, ExitCode.USAGE, "is geen gewoon bestand"),
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders"),
        ),
        (b" appel \r\n", ExitCode.OK, ""),
    ],
)
def test_a_file_with_passwords_is_read_as_it_was_meant_or_refused(
    closed: Path, tmp_path: Path, command: str, content: bytes | None, code: ExitCode, said: str
) -> None:
    file = tmp_path / "lijst.txt"
    os.mkfifo(file) if content is None else file.write_bytes(content)
    named = (
        "--wachtwoord-bestand",
        file,
        *(("-o", tmp_path / "uit") if command == "build" else ()),
    )
    done = run(command, closed, "--peildatum", DAY, *named)

    assert done.exit_code == code, done.output
    assert said in done.stderr


def test_a_password_may_have_spaces_around_it(closed: Path, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "stuk.pdf", encryption=pikepdf.Encryption(owner="x", user=" appel "))
    (tmp_path / "ww.txt").write_text(" appel \n", encoding="utf-8")
    done = run("check", closed, "--peildatum", DAY, "--wachtwoord-bestand", tmp_path / "ww.txt")

    assert done.exit_code == ExitCode.OK, done.output


def test_a_batch_keeps_the_numbers_and_the_limit_that_are_asked(tmp_path: Path) -> None:
    arguments = ("batch", CASE, "-o", tmp_path, "--peildatum", DAY, "--executor", "serial")
    refused = run(*arguments, "--grens", 200_000)
    done = run(*arguments, "--dossier", "--grens", 200_000, "--vaste-nummers")
    (manifest,) = tmp_path.glob("*/manifest.json")
    asked = json.loads(manifest.read_bytes())["options"]

    assert (refused.exit_code, done.exit_code) == (ExitCode.USAGE, ExitCode.OK), done.output
    assert "--dossier" in refused.stderr
    assert (asked["grens"], asked["vaste_nummers"]) == (200_000, True)


def test_a_profile_that_is_not_there_stops_a_batch_before_it_begins(tmp_path: Path) -> None:
    done = run("batch", CASE, "-o", tmp_path / "uit", "--executor", "serial", "--profiel", "wai")

    assert done.exit_code == ExitCode.USAGE
    assert "Er is geen profiel wai" in done.stderr
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("command", [("check",), ("build", "-o", "uit"), ("batch", "-o", "uit")])
def test_a_folder_for_attachments_that_is_not_there_is_a_wrong_command(
    command: tuple[str, ...],
) -> None:
    done = run(*command, CASE, "--bijlagen-map", "/niet/hier")

    assert done.exit_code == ExitCode.USAGE
    assert "/niet/hier" in done.stderr


@pytest.mark.parametrize("option", [("--grens", "60000"), ("--versleutel",)])
def test_options_of_packages_are_not_for_a_build_without_them(
    tmp_path: Path, option: tuple[str, ...]
) -> None:
    done = run("build", CASE, "-o", tmp_path / "uit", *option)

    assert done.exit_code == ExitCode.USAGE
    assert "dossier" in done.stderr


def test_a_form_that_is_held_back_for_its_signed_copy_is_a_finding(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    copy = '[plan_van_aanpak]\nondertekend = "medisch dossier.pdf"\n'
    case.write_text(CASE.read_text(encoding="utf-8").replace("[plan_van_aanpak]\n", copy), "utf-8")
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(tmp_path / "medisch dossier.pdf")
    done = run("build", case, "-o", tmp_path / "uit", "--peildatum", DAY)

    assert done.exit_code == ExitCode.FINDINGS
    assert "Niet gemaakt: Plan van aanpak." in done.stderr


def test_verify_says_that_nothing_changed_or_what_did(tmp_path: Path) -> None:
    dossier(tmp_path / "uit")
    sound = run("verify", tmp_path / "uit")
    (tmp_path / "uit/uwv/uploadlijst.csv").write_bytes(b"anders")
    spoilt = run("verify", tmp_path / "uit")
    told = json.loads(run("verify", tmp_path / "uit", "--format", "json").stdout)

    assert (sound.exit_code, spoilt.exit_code) == (ExitCode.OK, ExitCode.FINDINGS)
    day = spell_date(EXAMPLES["week-9"])
    assert sound.stdout.startswith(f"Ongewijzigd sinds het is gemaakt (peildatum {day}): ")
    assert "uwv/uploadlijst.csv is veranderd" in spoilt.stdout
    assert [row["file"] for row in told["differences"]] == ["uwv/uploadlijst.csv"]


def test_what_is_in_a_package_and_not_of_this_run_is_named(tmp_path: Path) -> None:
    """An older paper that somebody opened and saved stays: it may go to UWV with the rest."""
    dossier(tmp_path)
    old = tmp_path / "werknemer/oud.pdf"
    old.write_bytes((tmp_path / "wia-bundel.pdf").read_bytes())

    for _ in range(2):
        done = dossier(tmp_path)
        assert done.exit_code == ExitCode.FINDINGS
        assert f"{old} is niet van deze keer" in done.stderr
    assert json.loads(dossier(tmp_path, "--format", "json").stdout)["strangers"] == [
        "werknemer/oud.pdf"
    ]


def test_a_medical_paper_that_stayed_in_a_package_is_named_as_such(tmp_path: Path) -> None:
    """Of results without their account nothing is removed: it may be somebody's own."""
    case, out = tmp_path / "case.toml", tmp_path / "uit"
    with paper.new(0) as made:
        paper.add_page(made, "Deze brief gaat over iets dat een werkgever niet mag weten.")
        made.save(tmp_path / "brief.pdf")
    row = '\n[[bijlage]]\nsoort = "overig"\ntitel = "Brief"\nbestand = "brief.pdf"\n'
    case.write_text(CASE.read_text(encoding="utf-8") + row + "datum = 2025-01-01\n", "utf-8")
    order = ("dossier", case, "-o", out, "--peildatum", DAY, "--force")
    run(*order)
    (old,) = (out / "uwv").glob("*overig*")
    (out / "werknemer/oud.pdf").write_bytes(paper.plain())
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace('"overig"', '"medische_informatie"'), "utf-8")
    (out / "manifest.json").unlink()

    said = {line.split(" is niet ")[0]: line for line in run(*order).stderr.splitlines()}
    assert "Er staat medische informatie in" in said[f"Let op: {old}"]
    assert "medische" not in said[f"Let op: {out / 'werknemer/oud.pdf'}"]
    told = json.loads(run(*order, "--format", "json").stdout)
    assert told["medical"] == [f"uwv/{old.name}"]


def test_verify_needs_a_folder_of_ours(tmp_path: Path) -> None:
    done = run("verify", tmp_path)

    assert done.exit_code == ExitCode.OUTPUT
    assert "manifest.json" in done.stderr


def without_one(value: object) -> Iterator[object]:
    """Yield the value with each value in it, and itself, replaced by one of another kind."""
    yield from ([], {}, 5, "", None)
    if not isinstance(value, dict | list):
        return
    for key in value if isinstance(value, dict) else range(len(value)):
        for other in without_one(value[key]):
            copy: Any = value.copy()
            copy[key] = other
            yield copy


def test_a_manifest_with_any_value_of_another_kind_is_no_crash(tmp_path: Path) -> None:
    case, out = ROOT / "examples/geen/case.toml", tmp_path / "uit"
    again = ("build", case, "-o", out, "--peildatum", EXAMPLES["geen"].isoformat())
    assert run(*again).exit_code == ExitCode.OK
    account = json.loads((out / "manifest.json").read_bytes())
    known = numbers_in(out, FIXED)

    for spoiled in without_one(account):
        (out / "manifest.json").write_text(json.dumps(spoiled))
        assert run("verify", out).exit_code in {ExitCode.FINDINGS, ExitCode.OUTPUT}, spoiled
        with suppress(OutputError):
            if numbers_in(out, FIXED) != known:
                done = run(*again, "--vaste-nummers")
                assert done.exit_code in {ExitCode.OK, ExitCode.OUTPUT}, spoiled
