"""`template check`, `fields` and `export` as their callers meet them."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from altered import put, with_medical_field
from conftest import ROOT
from hostile_word import p, word
from wvp_docs.cli import (  # noqa: F401  they register
    app,
    template_check,
    template_export,
    template_fields,
)
from wvp_docs.errors import ExitCode
from wvp_docs.ooxml import read_package
from wvp_docs.word import Template, text_of

SHIPPED = {path.name: path.read_bytes() for path in (ROOT / "templates").glob("*.docx")}


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["template", *(str(arg) for arg in args)])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A template of the plan van aanpak with two mistakes, and without nearly everything."""
    path = tmp_path / "plan_van_aanpak.docx"
    path.write_bytes(word(p("Naam: {{ werknemer.naamm }}") + p("{% if werknemer.naam %}")))
    return path


def test_what_we_ship_is_sound_and_exits_0() -> None:
    result = run("check")

    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    assert result.stdout == f"{len(SHIPPED)} sjablonen van wvp-docs nagekeken: niets gevonden.\n"


def test_without_a_folder_those_that_a_build_here_takes_are_checked(
    wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(wrong.parent)
    house = Path("huisstijl.toml")
    house.write_text('sjablonen = "eigen"\n', encoding="utf-8")
    assert (run("check").exit_code, "noemt de map eigen" in run("check").stderr) == (2, True)

    own = wrong.rename(put(Path("eigen"), "plan_van_aanpak"))
    result = run("check")
    assert result.exit_code == ExitCode.FINDINGS
    assert f"{own}: fout S020" in result.stdout

    for name, content in SHIPPED.items():
        (own.parent / name).write_bytes(content)
    assert run("check").stdout == f"{len(SHIPPED)} sjablonen in eigen nagekeken: niets gevonden.\n"
    house.write_text("sjablonen = ", encoding="utf-8")
    assert (run("check").exit_code, "is niet te lezen" in run("check").stderr) == (2, True)


def test_findings_exit_3_and_say_place_code_and_proposal(wrong: Path) -> None:
    result = run("check", wrong)

    assert result.exit_code == ExitCode.FINDINGS
    assert f"{wrong}: fout S020" in result.stdout
    assert "Alinea 1 (“Naam: {{ werknemer.naamm }}”)" in result.stdout
    assert "→ Bedoelde u werknemer.naam?" in result.stdout
    assert "fout S012" in result.stdout
    assert "fout S030" in result.stdout
    assert "Bron: Beleidsregels vorm- en herkenbaarheidsvereisten" in result.stdout


def test_a_pipe_with_few_signs_gets_all_words(wrong: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wvp_docs", "template", "check", wrong],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, b"")
    assert "? Bedoelde u werknemer.naam?" in done.stdout.decode("cp1252")


def test_only_strict_makes_a_warning_count(tmp_path: Path) -> None:
    path = tmp_path / "plan_van_aanpak.docx"
    path.write_bytes(SHIPPED["plan_van_aanpak.docx"])
    (tmp_path / "~$an_van_aanpak.docx").write_bytes(b"")

    assert run("check", path).exit_code == ExitCode.OK
    assert run("check", path, "--strict").exit_code == ExitCode.FINDINGS
    assert "waarschuwing S003" in run("check", path).stdout


def test_json_has_the_shape_of_the_contract(wrong: Path) -> None:
    findings = json.loads(run("check", wrong, "--format", "json").stdout)

    keys = ["code", "severity", "form", "path", "file", "line", "column"]
    assert list(findings[0]) == [*keys, "message", "hint", "source"]
    assert findings[0]["form"] == "plan_van_aanpak"
    assert findings[0]["path"] == "alinea 1"
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_sarif_says_the_place_in_words_and_explains_every_code(wrong: Path) -> None:
    (log,) = json.loads(run("check", wrong, "--format", "sarif").stdout)["runs"]

    first = log["results"][0]
    places = first["locations"][0]
    assert places["physicalLocation"]["artifactLocation"]["uri"] == "plan_van_aanpak.docx"
    assert places["logicalLocations"] == [{"fullyQualifiedName": "alinea 1"}]
    assert all("help" in rule for rule in log["tool"]["driver"]["rules"])


def test_github_gets_a_line_for_each_finding(wrong: Path) -> None:
    lines = run("check", wrong, "--format", "github").stdout.splitlines()

    assert all(line.startswith(("::error ", "::warning ")) for line in lines)
    assert "file=plan_van_aanpak.docx" in lines[0]
    assert "werknemer.naamm" in lines[0]


def test_a_folder_is_checked_file_by_file_and_as_a_whole(wrong: Path) -> None:
    result = run("check", wrong.parent)

    assert result.stdout.count("ter informatie S005") == 1
    assert all((name in result.stdout) for name in SHIPPED)


def test_what_is_not_there_is_a_wrong_command_line(tmp_path: Path) -> None:
    assert run("check", tmp_path / "nergens").exit_code == ExitCode.USAGE


def test_annotate_writes_copies_and_never_over_the_template(wrong: Path, tmp_path: Path) -> None:
    before, copies = wrong.read_bytes(), tmp_path / "kopie"

    assert run("check", wrong, "--annotate", copies).exit_code == ExitCode.FINDINGS
    made = (copies / wrong.name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert "Bedoelde u werknemer.naam?" in package.read("word/comments.xml").decode()

    assert run("check", wrong, "--annotate", copies).exit_code == ExitCode.FINDINGS
    (copies / wrong.name).write_bytes(b"van mij")
    assert run("check", wrong, "--annotate", copies).exit_code == ExitCode.OUTPUT
    assert run("check", wrong, "--annotate", copies, "--force").exit_code == ExitCode.FINDINGS
    assert run("check", wrong, "--annotate", tmp_path, "--force").exit_code == ExitCode.OUTPUT
    assert wrong.read_bytes() == before


def test_export_copies_every_template_and_says_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "van" / "mij"

    result = run("export", folder)

    assert result.exit_code == ExitCode.OK
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == SHIPPED
    assert f"wvp-docs template check {folder}" in result.stdout
    assert run("check", folder).exit_code == ExitCode.OK


def test_export_overwrites_what_was_changed_only_when_forced(tmp_path: Path) -> None:
    run("export", tmp_path)
    mine = tmp_path / "_brief.docx"
    mine.write_bytes(b"van mij")

    refused = run("export", tmp_path)
    assert refused.exit_code == ExitCode.OUTPUT
    assert "_brief.docx" in refused.stderr
    assert "eindevaluatie.docx" not in refused.stderr
    assert mine.read_bytes() == b"van mij"
    assert run("export", tmp_path, "--force").exit_code == ExitCode.OK
    assert mine.read_bytes() == SHIPPED["_brief.docx"]


def test_fields_lists_tag_label_kind_and_example() -> None:
    result = run("fields", "plan_van_aanpak")

    assert result.exit_code == ExitCode.OK
    for text in (
        "{{ plan_van_aanpak.datum }}",
        "20-02-2024",
        "{{ plan_van_aanpak.datum.voluit }}",
        "20 februari 2024",
        "{%tr for rij in plan_van_aanpak.arbeidsinhoud %}",
        "{{ rij.activiteit }} | {{ rij.wie }}",
        "{{ werknemer.bsn }}",
    ):
        assert text in result.stdout
    assert "{{ probleemanalyse." not in result.stdout
    assert "{{ rij.pagina }}" in run("fields", "_bundel").stdout


def test_fields_of_an_unknown_form_gets_a_proposal() -> None:
    result = run("fields", "plan_van_anpak")

    assert result.exit_code == ExitCode.USAGE
    assert "Bedoelde u plan_van_aanpak?" in result.stderr


def test_the_field_book_is_written_as_word_html_or_json(tmp_path: Path) -> None:
    files = {suffix: tmp_path / f"velden{suffix}" for suffix in (".docx", ".html", ".json")}
    for file in files.values():
        assert run("fields", "-o", file).exit_code == ExitCode.OK

    listed = json.loads(files[".json"].read_text(encoding="utf-8"))
    keys = ["rubriek", "tag", "label", "soort", "voorbeeld", "verplicht", "formulieren"]
    assert list(listed[0]) == keys
    entry = next(it for it in listed if it["tag"] == "{{ werknemer.bsn }}")
    assert entry["verplicht"] == "ja"
    assert "plan_van_aanpak" in entry["formulieren"]
    book, page = text_of(files[".docx"].read_bytes()), files[".html"].read_text(encoding="utf-8")
    for item in listed:
        first = item["tag"].split("\n")[0]
        assert first in book
        assert first.replace("&", "&amp;").replace("'", "&#x27;") in page
    assert '<tr><td colspan="3"><code>{%tr for rij in plan_van_aanpak.arbeidsinhoud' in page
    assert "</code></td><td" in page
    assert run("fields", "-o", files[".docx"]).exit_code == ExitCode.OUTPUT
    assert run("fields", "-o", tmp_path / "velden.pdf").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("suffix", [".docx", ".html", ".json"])
def test_the_same_definitions_give_the_same_field_book(tmp_path: Path, suffix: str) -> None:
    first, second = (tmp_path / f"{name}{suffix}" for name in "ab")
    run("fields", "-o", first)
    run("fields", "-o", second)

    assert first.read_bytes() == second.read_bytes()


def test_a_table_of_the_field_book_is_ready_to_be_copied(tmp_path: Path) -> None:
    run("fields", "plan_van_aanpak", "-o", tmp_path / "velden.docx")
    body = read_package((tmp_path / "velden.docx").read_bytes())["word/document.xml"].decode()
    tables = re.findall("<w:tbl>.*?</w:tbl>", body)
    made = tmp_path / "proef.docx"
    made.write_bytes(word(p("").join(tables) + p("")))

    result = run("check", made, "--format", "json")

    assert len(tables) > 5
    assert {finding["code"] for finding in json.loads(result.stdout)} == {"S006"}


def test_the_field_book_offers_nothing_medical(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WVP_DOCS_HOME", str(with_medical_field(tmp_path / "thuis")))

    for form in ([], ["plan_van_aanpak"], ["_brief"]):
        shown = run("fields", *form).stdout
        assert "{{ werknemer.naam }}" in shown
        assert "geheim" not in shown


def test_every_tag_of_the_field_book_can_be_put_into_a_template(tmp_path: Path) -> None:
    run("fields", "-o", tmp_path / "velden.json")
    tags = [it["tag"] for it in json.loads((tmp_path / "velden.json").read_text(encoding="utf-8"))]
    lines = "\n".join(tags).replace("{%tr ", "{% ").split("\n")
    made = tmp_path / "proef.docx"
    made.write_bytes(word("".join(p(line) for line in lines)))

    result = run("check", made, "--format", "json")

    assert {finding["code"] for finding in json.loads(result.stdout)} == {"S006"}
    assert Template(made.read_bytes(), "proef").tags()
