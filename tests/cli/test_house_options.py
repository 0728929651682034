"""`build --huisstijl` and `build --templates`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from altered import PARAGRAPH, altered, put, with_first, with_medical_field
from conftest import EXAMPLES, ROOT
from wvp_docs.batch.orders import How, order_of
from wvp_docs.batch.plan import Plan
from wvp_docs.case import load_case, parse_case
from wvp_docs.casefiles import Found
from wvp_docs.cli import app, batch, build  # noqa: F401  it registers
from wvp_docs.errors import ExitCode
from wvp_docs.filling import Definitions
from wvp_docs.forms import Library
from wvp_docs.housestyle import house_style_of

HOUSE = ROOT / "examples/huisstijl"
CASE = ROOT / "examples/week-9/case.toml"


def made(*options: str, out: Path, case: Path = CASE, command: str = "build") -> Result:
    day = EXAMPLES["week-9"].isoformat()
    return CliRunner().invoke(
        app, [command, str(case), "--peildatum", day, "-o", str(out), *options]
    )


def account(out: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((out / "manifest.json").read_bytes())
    return found


def test_the_house_style_of_an_arbodienst_is_an_input(tmp_path: Path) -> None:
    done = made("--huisstijl", str(HOUSE / "huisstijl.toml"), out=tmp_path / "uit")
    names = {row["file"] for row in account(tmp_path / "uit")["inputs"]}

    assert (done.exit_code, names) == (ExitCode.OK, {"case.toml", "huisstijl.toml", "logo.svg"})


@pytest.mark.parametrize("name", ["weg/huisstijl.toml", "huis.toml"])
def test_a_house_style_that_is_not_there_is_a_wrong_command(tmp_path: Path, name: str) -> None:
    (tmp_path / "huis.toml").write_text("", encoding="utf-8")
    done = made("--huisstijl", str(tmp_path / name), out=tmp_path / "uit")

    assert done.exit_code == ExitCode.USAGE
    assert "is er niet, of heet niet huisstijl.toml" in done.stderr
    assert not (tmp_path / "uit").exists()


def test_a_warning_about_the_house_style_shows_the_line_without_its_value(tmp_path: Path) -> None:
    (tmp_path / "huisstijl.toml").write_text('\nkleur = "#FFCC00"\n', encoding="utf-8")
    done = made("--huisstijl", str(tmp_path / "huisstijl.toml"), out=tmp_path / "uit")

    assert done.exit_code == ExitCode.OK
    assert "V008" in done.stderr
    assert "kleur = …" in done.stderr


def test_own_templates_come_first_and_the_same_ones_give_the_same_account(tmp_path: Path) -> None:
    own = tmp_path / "eigen"
    own.mkdir()
    shutil.copy(ROOT / "templates/plan_van_aanpak.docx", own / "probleemanalyse.docx")
    done = made("--templates", str(own), out=tmp_path / "uit")

    assert done.exit_code == ExitCode.DEFINITION  # that template names what this form has not
    shutil.copy(ROOT / "templates/probleemanalyse.docx", own / "probleemanalyse.docx")
    assert made("--templates", str(own), out=tmp_path / "uit").exit_code == ExitCode.OK
    assert made(out=tmp_path / "gewoon").exit_code == ExitCode.OK
    assert account(tmp_path / "uit") == account(tmp_path / "gewoon")


@pytest.mark.parametrize("folder", ["weg", "leeg"])
def test_a_folder_without_templates_is_a_wrong_command(tmp_path: Path, folder: str) -> None:
    (tmp_path / "leeg").mkdir()
    done = made("--templates", str(tmp_path / folder), out=tmp_path / "uit")

    assert done.exit_code == ExitCode.USAGE
    assert "staat geen Word-sjabloon" in done.stderr


def test_a_house_style_travels_with_a_case(library: Library) -> None:
    file = ROOT / "examples/compleet/case.toml"
    order = order_of(Found("a", file), library, (HOUSE,), {})
    here = house_style_of(load_case(file, (HOUSE,)))
    there = house_style_of(parse_case(order.source, file, order.beside))

    assert (there.style, there.read) == (here.style, here.read)
    assert there.style.accent == "1F5C3A"


def test_a_batch_makes_a_case_again_when_a_house_style_came(
    tmp_path: Path, definitions: Definitions
) -> None:
    case = tmp_path / "case.toml"
    shutil.copy(CASE, case)
    made(case=case, out=tmp_path / "uit/a")
    plan = Plan(tmp_path / "uit", How(EXAMPLES["week-9"]), definitions, (), {})
    before = plan.standing(Found("a", case)).reason
    (tmp_path / "huisstijl.toml").write_text('kleur = "#7A1F4F"\n', encoding="utf-8")
    came = plan.standing(Found("a", case)).reason
    made(case=case, out=tmp_path / "uit/a")

    assert (before, came) == ("", "bestand erbij gekomen")
    assert plan.standing(Found("a", case)).reason == ""


WAYS = pytest.mark.parametrize("way", ["build", "build of a house", "batch", "batch of a house"])


def with_template(template: bytes, way: str, folder: Path) -> Result:
    """Make a dossier with a plan van aanpak of one's own."""
    shutil.copy(CASE, folder / "case.toml")
    put(folder / "eigen", "plan_van_aanpak", template)
    options = ["--templates", str(folder / "eigen")]
    if way.endswith("house"):
        (folder / "huisstijl.toml").write_text('sjablonen = "eigen"\n', encoding="utf-8")
        options = []
    if way.startswith("batch"):
        options += ["--executor", "serial"]
    command = way.split(maxsplit=1)[0]
    return made(*options, command=command, case=folder / "case.toml", out=folder / "uit")


@WAYS
def test_a_template_without_a_legal_element_is_told_when_it_is_used(
    tmp_path: Path, way: str
) -> None:
    done = with_template(altered("plan_van_aanpak", "{{ werknemer.bsn }}", ""), way, tmp_path)
    (manifest,) = (tmp_path / "uit").rglob("manifest.json")
    found = [it["code"] for it in json.loads(manifest.read_bytes())["findings"]]

    assert done.exit_code == ExitCode.FINDINGS
    assert "S030" in found
    assert manifest.with_name("wia-bundel.pdf").exists()


@WAYS
@pytest.mark.parametrize(
    "tag", ["{{ werkgever.xx }}", "{{ werkgever.xx", "{% if werknemer.naam %}"]
)
def test_a_template_that_cannot_be_filled_says_where(tmp_path: Path, way: str, tag: str) -> None:
    unseen = PARAGRAPH.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    first = unseen.format("{{ werknemer.naam }}") + PARAGRAPH.format(tag)
    done = with_template(with_first("plan_van_aanpak", first), way, tmp_path)

    assert done.exit_code == (ExitCode.DEFINITION if way.startswith("build") else ExitCode.PARTIAL)
    assert f"Alinea 2 (“{tag}”): " in " ".join(done.output.split())


@WAYS
def test_a_template_that_names_medical_information_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    home = with_medical_field(tmp_path / "thuis")
    monkeypatch.setenv("WVP_DOCS_HOME", str(home))
    template = with_first("plan_van_aanpak", PARAGRAPH.format("{{ werknemer.geheim }}"))
    done = with_template(template, way, tmp_path)

    if way.startswith("build"):
        assert done.exit_code == ExitCode.DEFINITION
        assert "plan_van_aanpak.docx" in done.stderr
    assert "medische informatie" in done.output
    assert not [it for it in (tmp_path / "uit").rglob("*") if it.suffix in (".pdf", ".docx")]


def test_a_template_beside_definitions_of_ones_own_is_looked_at_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = with_medical_field(tmp_path / "thuis")
    monkeypatch.setenv("WVP_DOCS_HOME", str(home))
    assert made(out=tmp_path / "gewoon").exit_code == ExitCode.OK
    template = with_first("plan_van_aanpak", PARAGRAPH.format("{{ werknemer.geheim }}"))
    put(home / "templates", "plan_van_aanpak", template)
    done = made(out=tmp_path / "uit")

    assert done.exit_code == ExitCode.DEFINITION
    assert "medische informatie" in done.stderr
    assert not (tmp_path / "uit").exists()
