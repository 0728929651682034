"""PDF: what every PDF says about itself, and that nothing else in it changes."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import docx
import pikepdf
import pytest

from wvp_docs.engines import pick
from wvp_docs.errors import EngineError
from wvp_docs.pdf.document import PdfInfo, finish, page_count

INFO = PdfInfo(title="Probleemanalyse", creator="wvp-docs 1.0", author="Jansen & Zn", subject="WIA")
ENGINES = ["rdocx", pytest.param("libreoffice", marks=pytest.mark.engine)]


def converted(engine: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = "wie het sjabloon tekende"
    document.add_heading("Kop een", 1)
    document.add_paragraph("tekst").paragraph_format.page_break_before = True
    document.add_heading("Kop twee", 2)
    target = io.BytesIO()
    document.save(target)
    return pick(engine).convert([target.getvalue()])[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_finished_pdf_says_its_language_title_and_maker(engine: str):
    with pikepdf.open(io.BytesIO(finish(converted(engine), INFO))) as pdf:
        assert pdf.Root.Lang == "nl-NL"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert {key: str(value) for key, value in pdf.docinfo.items() if key != "/Producer"} == {
            "/Title": "Probleemanalyse",
            "/Author": "Jansen & Zn",
            "/Subject": "WIA",
            "/Creator": "wvp-docs 1.0",
        }


@pytest.mark.parametrize("engine", ENGINES)
def test_a_finished_pdf_says_the_same_to_an_archive(engine: str):
    pdf = pikepdf.open(io.BytesIO(finish(converted(engine), INFO)))
    with pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Probleemanalyse"
        assert metadata["dc:creator"] == ["Jansen & Zn"]
        assert metadata["pdf:Producer"] == str(pdf.docinfo.Producer)
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_poppler_finds_no_error_in_a_finished_pdf(engine: str, tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(finish(converted(engine), INFO))
    said = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, check=True)

    assert said.stderr == b""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_finished_pdf_keeps_its_structure_and_outline(engine: str):
    pdf = pikepdf.open(io.BytesIO(finish(converted(engine), INFO)))
    with pdf, pdf.open_outline() as outline:
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert [item.title for item in outline.root] == ["Kop een"]
        assert [item.title for item in outline.root[0].children] == ["Kop twee"]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_conversions_give_the_same_bytes_without_a_date(engine: str):
    first = finish(converted(engine), INFO)
    time.sleep(1.1 if engine == "libreoffice" else 0)  # LibreOffice tells time in seconds

    assert first == finish(converted(engine), INFO)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert b"Date>" not in pdf.Root.Metadata.read_bytes()


def test_the_name_of_who_drew_the_template_is_gone():
    finished = finish(converted("rdocx"), PdfInfo(title="Titel"))

    with pikepdf.open(io.BytesIO(finished)) as pdf:
        assert "/Author" not in pdf.docinfo
        assert b"sjabloon tekende" not in pdf.Root.Metadata.read_bytes()


def test_pages_are_counted():
    assert page_count(converted("rdocx")) == 2


def test_what_is_no_pdf_is_an_engine_error():
    with pytest.raises(EngineError, match="geen leesbare PDF"):
        page_count(b"%PDF-1.7 maar niet heus")


def test_a_pdf_with_a_password_says_so():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(EngineError, match="wachtwoord"):
        page_count(target.getvalue())
