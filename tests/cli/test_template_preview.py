"""`wvp-docs template preview`, `diff` and `test` as their callers meet them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from altered import PAGE_BREAK, PARAGRAPH, TEMPLATES, altered, put, with_first, with_medical_field
from batches import PATIENCE
from conftest import ROOT
from wvp_docs.cli import (  # noqa: F401  they register
    app,
    template_diff,
    template_preview,
    template_test,
)
from wvp_docs.errors import ExitCode

COMPLETE = ROOT / "examples/compleet/case.toml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["template", *(str(arg) for arg in args)])


def test_a_preview_stands_here_under_the_name_of_the_form(here: Path):
    result = run("preview", "plan_van_aanpak")

    assert result.exit_code == ExitCode.OK, result.output
    assert "plan_van_aanpak-voorbeeld.pdf: " in result.stdout
    assert (here / "plan_van_aanpak-voorbeeld.pdf").read_bytes().startswith(b"%PDF")


def test_a_second_preview_replaces_the_first_with_the_same_bytes(here: Path):
    run("preview", "_brief")
    before = (here / "_brief-voorbeeld.pdf").read_bytes()

    assert run("preview", "_brief").exit_code == ExitCode.OK
    assert (here / "_brief-voorbeeld.pdf").read_bytes() == before


def test_a_preview_never_goes_over_a_file_of_another(here: Path):
    (here / "brief.pdf").write_bytes(b"van iemand anders")

    result = run("preview", "_brief", "-o", "brief.pdf")
    assert result.exit_code == ExitCode.OUTPUT
    assert "--force" in result.stderr
    assert (here / "brief.pdf").read_bytes() == b"van iemand anders"


def test_every_page_becomes_a_picture_and_none_of_a_longer_version_stays(here: Path):
    eigen = put(here / "eigen", "_brief", with_first("_brief", PAGE_BREAK)).parent
    args = ("preview", "_brief", "--png", "--templates", eigen)
    run(*args)
    with Image.open("_brief-voorbeeld-2.png") as picture:
        assert picture.width < picture.height

    put(eigen, "_brief")
    run(*args)
    assert [path.name for path in here.glob("*.png")] == ["_brief-voorbeeld-1.png"]


def test_longer_samples_take_more_pages():
    pages = [
        int(run("preview", "plan_van_aanpak", "--lengte", length).stdout.split()[1])
        for length in ("kort", "lang")
    ]

    assert pages[0] < pages[1]


def test_a_real_case_fills_the_template(here: Path):
    result = run("preview", "voortgangsverslag", "--case", COMPLETE, "--nummer", "2")

    assert result.exit_code == ExitCode.OK, result.output
    assert (here / "voortgangsverslag-voorbeeld.pdf").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("plan_van_anpak",), "Bedoelde u plan_van_aanpak?"),
        (("pva",), "wvp-docs forms"),
        (("_brief", "--case", COMPLETE, "--lengte", "kort"), "--lengte"),
        (("_brief", "-o", "brief.docx"), ".pdf"),
    ],
)
def test_what_cannot_be_asked_is_said_in_dutch(args: tuple[str | Path, ...], said: str):
    result = run("preview", *args)

    assert result.exit_code == ExitCode.USAGE
    assert said in result.stderr


def test_a_case_without_the_form_is_exit_4():
    result = run("preview", "eindevaluatie", "--case", ROOT / "examples/week-9/case.toml")

    assert result.exit_code == ExitCode.CASE
    assert "Wel: " in result.stderr


@pytest.mark.parametrize("tag", ["{{ brief.datun }}", "{% if brief.datum %}", "{{ brief.datum }"])
def test_a_tag_that_is_not_there_is_exit_5_with_its_place_and_leaves_nothing(here: Path, tag: str):
    eigen = put(here / "eigen", "_brief", with_first("_brief", PARAGRAPH.format(tag)))

    result = run("preview", "_brief", "--templates", eigen.parent)
    assert result.exit_code == ExitCode.DEFINITION
    assert f"Alinea 1 (“{tag}”)" in result.stderr
    assert f"template check {eigen}" in result.stderr
    assert not list(here.glob("*.pdf"))


def test_a_file_can_be_named_too_and_is_the_one_that_is_shown(here: Path):
    eigen = put(here / "eigen", "_brief", with_first("_brief", PARAGRAPH.format("van ons")))

    named, asked = run("preview", eigen), run("preview", "_brief", "-o", "onze.pdf")
    assert (named.exit_code, asked.exit_code) == (ExitCode.OK, ExitCode.OK)
    assert "--templates" in asked.stderr
    assert "--templates" not in named.stderr
    assert (here / "_brief-voorbeeld.pdf").read_bytes() != (here / "onze.pdf").read_bytes()


@pytest.mark.parametrize("name", ["_brief", "_envelop"])
def test_a_form_is_shown_in_the_template_that_a_build_in_this_folder_takes(here: Path, name: str):
    text = with_first("_brief", PARAGRAPH.format("{{ brief.datun }}"))
    put(here / "sjablonen", "_brief", text)
    (here / "huisstijl.toml").write_text('sjablonen = "sjablonen"\n', encoding="utf-8")

    result = run("preview", name)
    if name == "_brief":
        assert result.exit_code == ExitCode.DEFINITION
        assert "brief.datun" in result.stderr
        put(here / "sjablonen", "_brief")
        assert f"sjablonen{os.sep}_brief.docx" in run("preview", name).stderr
    else:
        assert (result.exit_code, "ons sjabloon" in result.stderr) == (ExitCode.OK, True)


def test_watching_a_template_of_the_house_asks_for_its_folder(here: Path):
    put(here / "sjablonen", "_brief")
    (here / "huisstijl.toml").write_text('sjablonen = "sjablonen"\n', encoding="utf-8")

    result = run("preview", "_brief", "--huisstijl", "huisstijl.toml", "--watch")
    assert result.exit_code == ExitCode.USAGE
    assert "--templates" in result.stderr


class Watching:
    """The command at work in a process of its own, with what it said so far."""

    def __init__(self, folder: Path) -> None:
        self.said, self.pdf = folder / "gezegd.txt", folder / "_brief-voorbeeld.pdf"
        command = [sys.executable, "-m", "wvp_docs", "template", "preview", "_brief", "--watch"]
        with self.said.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--templates", str(folder / "eigen")],
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            )

    def until(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < end, self.text()
            time.sleep(0.02)

    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")


@pytest.fixture
def watching(here: Path) -> Iterator[Watching]:
    put(here / "eigen", "_brief")
    made = Watching(here)
    yield made
    made.process.kill()
    made.process.wait()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C of a console cannot be sent to one process")
def test_watching_goes_on_after_an_error_and_ends_with_ctrl_c(watching: Watching, here: Path):
    watching.until(watching.pdf.exists)
    first = watching.pdf.read_bytes()

    put(here / "eigen", "_brief", with_first("_brief", PARAGRAPH.format("{{ brief.datun }}")))
    watching.until(lambda: "datun" in watching.text())
    put(here / "eigen", "_brief", b"half bewaard")
    watching.until(lambda: watching.text().count("vorige resultaat blijft staan") == 2)
    put(here / "eigen", "_brief", b"half bewaard, nog eens")
    watching.until(lambda: watching.text().count("vorige resultaat blijft staan") == 3)
    (here / "eigen/_brief.docx").unlink()
    watching.until(lambda: "Zet _brief.docx terug in" in watching.text())
    assert watching.pdf.read_bytes() == first

    put(here / "eigen", "_brief", with_first("_brief", PARAGRAPH.format("Nieuwe regel")))
    watching.until(lambda: watching.pdf.read_bytes() != first)

    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(PATIENCE) == ExitCode.OK
    assert watching.text().endswith("Gestopt.\n")
    assert "Traceback" not in watching.text()


def test_diff_names_the_fields_and_writes_a_page(here: Path):
    new = put(
        here / "nieuw",
        "_brief",
        altered("_brief", "casemanager.telefoon", "casemanager.email"),
    )

    result = run("diff", TEMPLATES / "_brief.docx", new)
    assert result.exit_code == ExitCode.OK, result.output
    assert "  + casemanager.email\n  - casemanager.telefoon\n" in result.stdout
    assert "Bladzijden met verschil: 1." in result.stdout
    assert "<img" in (here / "sjabloon-verschil.html").read_text(encoding="utf-8")


def test_diff_into_a_folder_writes_a_picture_of_each_page_that_differs(here: Path):
    longer = with_first("_brief", PARAGRAPH.format("Voorblad") + PAGE_BREAK)
    new = put(here / "nieuw", "_brief", longer)

    result = run("diff", TEMPLATES / "_brief.docx", new, "-o", "uit", "--format", "json")
    (item,) = json.loads(result.stdout)["templates"]
    assert item["pages"] == [1, 2]
    assert item["differing"] == [1, 2]
    assert sorted(path.name for path in (here / "uit").iterdir()) == [
        "_brief-1.png",
        "_brief-2.png",
        "sjabloon-verschil.html",
    ]


def test_diff_with_a_template_that_cannot_be_filled_is_exit_5_and_says_which(here: Path):
    put(here / "oud", "_brief")
    put(here / "nieuw", "_brief", with_first("_brief", PARAGRAPH.format("{{ brief.datun }}")))

    result = run("diff", "oud", "nieuw")
    assert result.exit_code == ExitCode.DEFINITION
    assert "+ brief.datun" in result.stdout
    assert "{{ datun }} bestaat niet" in result.stdout


def test_diff_of_a_file_and_a_folder_is_refused():
    result = run("diff", TEMPLATES / "_brief.docx", TEMPLATES)

    assert result.exit_code == ExitCode.USAGE
    assert "twee mappen" in result.stderr


@pytest.fixture
def eigen(here: Path) -> Path:
    """Return a folder with one template of one's own, and its goldens."""
    folder = put(here / "eigen", "plan_van_aanpak").parent
    assert run("test", folder, "--case", COMPLETE, "--update").exit_code == ExitCode.OK
    return folder


def test_goldens_stand_beside_the_templates_for_each_length_and_each_case(eigen: Path):
    assert sorted(path.name for path in (eigen / "goldens").iterdir()) == [
        "plan_van_aanpak--compleet.txt",
        "plan_van_aanpak-gewoon.txt",
        "plan_van_aanpak-kort.txt",
        "plan_van_aanpak-lang.txt",
    ]


def test_templates_that_print_the_same_words_pass(eigen: Path):
    result = run("test", eigen)

    assert result.exit_code == ExitCode.OK, result.output
    assert "3 van de 3 teksten zijn gelijk." in result.stdout


def test_another_word_is_shown_and_is_exit_3(eigen: Path):
    put(
        eigen,
        "plan_van_aanpak",
        altered("plan_van_aanpak", "Wet verbetering", "De wet verbetering"),
    )

    result = run("test", eigen)
    assert result.exit_code == ExitCode.FINDINGS
    assert "- Wet verbetering poortwachter" in result.stdout
    assert "+ De wet verbetering poortwachter" in result.stdout
    assert run("test", eigen, "--update").exit_code == ExitCode.OK
    assert run("test", eigen).exit_code == ExitCode.OK


def test_a_first_run_without_goldens_is_exit_3_and_says_how_to_make_them(here: Path):
    folder = put(here / "eigen", "_brief").parent

    result = run("test", folder)
    assert result.exit_code == ExitCode.FINDINGS
    assert "3 teksten zijn nog niet eerder bewaard." in result.stdout
    assert "--update" in result.stderr
    assert not (folder / "goldens").exists()


def test_a_broken_template_is_exit_5_and_does_not_hide_the_others(eigen: Path):
    put(eigen, "_brief", with_first("_brief", PARAGRAPH.format("{{ brief.datun }}")))

    result = run("test", eigen, "--format", "json")
    verdicts = {it["file"]: it["verdict"] for it in json.loads(result.stdout)}
    assert result.exit_code == ExitCode.DEFINITION
    assert verdicts["_brief-kort.txt"] == "kapot"
    assert verdicts["plan_van_aanpak-kort.txt"] == "gelijk"


def test_a_template_that_names_medical_information_is_filled_by_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WVP_DOCS_HOME", str(with_medical_field(here / "thuis")))
    text = COMPLETE.read_text(encoding="utf-8")
    (here / "case.toml").write_text(
        text.replace("[werknemer]", '[werknemer]\ngeheim = "GEHEIMWAARDE"', 1), encoding="utf-8"
    )
    eigen = put(
        here / "eigen",
        "plan_van_aanpak",
        with_first("plan_van_aanpak", PARAGRAPH.format("{{ werknemer.geheim }}")),
    )
    onze = put(here / "onze", "plan_van_aanpak")

    for result in (
        run("preview", eigen, "--case", "case.toml"),
        run("test", eigen.parent, "--case", "case.toml", "--update"),
        run("diff", onze, eigen),
        run("diff", onze.parent, eigen.parent),
    ):
        assert result.exit_code == ExitCode.DEFINITION, result.output
        assert "Alinea 1" in result.output
        assert "medische informatie" in result.output
    assert not [it for it in here.iterdir() if it.suffix == ".pdf"]
    assert not list((eigen.parent / "goldens").glob("*"))


def test_a_folder_without_templates_says_where_to_get_them(here: Path):
    result = run("test", here)

    assert result.exit_code == ExitCode.DEFINITION
    assert "template export" in result.stderr
