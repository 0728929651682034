"""The main job on real input with the built-in engine: a case in, the whole dossier out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import wvp_docs
from batches import PATIENCE, wait_until
from conftest import EXAMPLES, ROOT
from wvp_docs.errors import ExitCode
from wvp_docs.pipeline import Result


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The complete example, built once."""
    return build("compleet", tmp_path_factory.mktemp("compleet"))


def build(name: str, out: Path, *, concept: bool = False) -> Result:
    case = wvp_docs.load(ROOT / "examples" / name / "case.toml")
    return wvp_docs.build(case, out, today=EXAMPLES[name], concept=concept)


def tree(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def words(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_complete_example_has_no_errors_and_every_document(complete: Result) -> None:
    assert [f for f in complete.findings if f.severity == "error"] == []
    assert complete.not_made == ()
    assert len(complete.made) >= 15


def test_every_document_is_there_in_word_and_in_pdf_under_the_names_of_the_contract(
    complete: Result,
) -> None:
    word = sorted(path.stem for path in (complete.out / "word").iterdir())
    pdf = sorted(path.stem for path in (complete.out / "pdf").iterdir())

    assert word == pdf
    assert all(re.fullmatch(r"\d\d-[a-z-]+(-\d+)?_\d{4}-\d\d-\d\d", stem) for stem in word)
    assert word == [item.document.stem for item in complete.made]


def test_no_file_name_holds_a_name_or_a_bsn(complete: Result) -> None:
    case = wvp_docs.load(ROOT / "examples/compleet/case.toml")
    surname, bsn = str(case.get("werknemer.achternaam")).lower(), str(case.get("werknemer.bsn"))

    assert not [name for name in tree(complete.out) if surname in name.lower() or bsn in name]


def test_the_bundle_has_every_page_of_every_part(complete: Result) -> None:
    with pikepdf.open(complete.out / "wia-bundel.pdf") as bundle:
        assert len(bundle.pages) == complete.pages
        assert str(bundle.Root.Lang) == "nl-NL"
        assert bundle.docinfo["/Title"] == "Re-integratieverslag"
        with bundle.open_outline() as outline:
            assert len(outline.root) > len(complete.made)
    assert complete.pages > sum(item.pages for item in complete.made)


def test_every_pdf_says_its_language_and_title(complete: Result) -> None:
    for item in complete.made:
        with pikepdf.open(complete.out / "pdf" / f"{item.document.stem}.pdf") as pdf:
            assert str(pdf.Root.Lang) == "nl-NL"
            assert pdf.docinfo["/Title"] == item.document.titel
            assert "/CreationDate" not in pdf.docinfo


def test_every_line_of_the_contents_leads_to_the_page_it_names(complete: Result) -> None:
    with pikepdf.open(complete.out / "wia-bundel.pdf") as bundle:
        numbers = {page.obj.objgen: at for at, page in enumerate(bundle.pages, 1)}
        links = [
            numbers[annotation.Dest[0].objgen]
            for page in bundle.pages[:3]
            for annotation in page.obj.get("/Annots", ())
            if "/Dest" in annotation
        ]
        uris = [
            a
            for p in bundle.pages
            for a in p.obj.get("/Annots", ())
            if "/A" in a and "/URI" in a.A and "invalid" in str(a.A.URI)
        ]
    assert uris == []
    assert len(set(links)) >= len(complete.made)
    assert links == sorted(links)


def test_the_same_input_gives_the_same_bytes(complete: Result, tmp_path: Path) -> None:
    again = build("compleet", tmp_path / "again")

    assert tree(again.out) == tree(complete.out)


def test_the_manifest_accounts_for_every_file(complete: Result) -> None:
    manifest = json.loads((complete.out / "manifest.json").read_bytes())
    files = tree(complete.out)
    del files["manifest.json"]

    assert {item["file"]: item["sha256"] for item in manifest["outputs"]} == files
    assert {"case.toml"} < {item["file"] for item in manifest["inputs"]}
    assert str(ROOT) not in json.dumps(manifest)


def test_what_is_missing_stands_in_the_contents(tmp_path: Path) -> None:
    build("week-9", tmp_path / "uit")

    text = words(tmp_path / "uit/wia-bundel.pdf")
    assert "ontbreekt" in text
    assert "Eindevaluatie" in text


def test_a_document_with_errors_is_not_made_and_the_others_are(tmp_path: Path) -> None:
    result = build("met-gaten", tmp_path / "uit")

    assert result.made
    assert result.not_made
    assert any(finding.severity == "error" for finding in result.findings)


def test_a_concept_makes_everything_and_marks_each_gap(tmp_path: Path) -> None:
    result = build("met-gaten", tmp_path / "uit", concept=True)

    assert result.not_made == ()
    text = words(result.out / "wia-bundel.pdf")
    assert "[ontbreekt:" in text
    assert "CONCEPT" in text


def test_a_second_build_removes_what_is_no_longer_made(tmp_path: Path) -> None:
    build("compleet", tmp_path)
    build("week-9", tmp_path)

    assert not list(tmp_path.glob("pdf/*eindevaluatie*"))
    assert not list(tmp_path.glob(".wvp*"))


@pytest.mark.engine
@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_build_that_is_stopped_leaves_nothing_behind(tmp_path: Path, sign: str) -> None:
    scratch, out = tmp_path / "tmp", tmp_path / "uit"
    scratch.mkdir()
    case = ROOT / "examples/week-9/case.toml"
    process = subprocess.Popen(
        [sys.executable, "-m", "wvp_docs", "build", case, "-o", out, "--engine", "libreoffice"],
        env={**os.environ, "TMPDIR": str(scratch)},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: process.poll() is not None or bool(list(scratch.rglob("profiel"))))
    process.send_signal(getattr(signal, sign))
    _, stderr = process.communicate(timeout=PATIENCE)

    assert process.returncode == ExitCode.INTERRUPTED
    assert stderr.strip() == "Afgebroken. Wat er al stond, is niet veranderd."
    assert not list(scratch.iterdir())
    assert not out.exists()
