"""A bundle of strange pages reads the same in every reader program."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader

from bundles import bundle, converted_text, part
from wvp_docs.pdf.bundle import Part

pytestmark = pytest.mark.engine

SIZES = {"a4": (595, 842), "liggend": (842, 595), "a3": (842, 1191)}


def strange(word: str, size: tuple[float, float], turn: int) -> bytes:
    """Return a page of this size, turned, with a word on it and a filled field `naam`."""
    target = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[0].obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Rotate = turn
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 20 Tf 100 300 Td ({word}) Tj ET".encode())
        look = pdf.make_stream(
            f"BT /F1 12 Tf 2 5 Td (ingevuld{word}) Tj ET".encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 150, 20],
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("naam"),
                V=String(f"ingevuld{word}"),
                Rect=[100, 200, 250, 220],
                AP=Dictionary(N=look),
                F=4,
            )
        )
        page.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=[field])
        pdf.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    strangers = [
        Part(f"{name}{turn}", f"{name} {turn}", strange(f"{name}{turn}", size, turn))
        for name, size in SIZES.items()
        for turn in (0, 90, 180, 270)
    ]
    sheet = Part("medisch", "Medisch", sheet=converted_text("Tabblad"))
    made = bundle(part("Eerste", pages=2), *strangers, sheet, part("Laatste"))
    path = tmp_path_factory.mktemp("bundel") / "bundel.pdf"
    path.write_bytes(made.pdf.read())
    return path


def signs(text: str) -> list[str]:
    """Return the signs on a page; where words end, and in what order they come, readers differ."""
    return sorted("".join(text.split()))


def test_three_readers_find_the_same_signs_on_the_same_number_of_pages(path: Path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    raw = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    poppler = [signs(page) for page in raw.split("\f")[:-1]]
    with pypdfium2.PdfDocument(path) as document:
        pdfium = [signs(page.get_textpage().get_text_bounded()) for page in document]
    pypdf = [signs(page.extract_text()) for page in PdfReader(path).pages]

    assert "Pages:           17" in told
    assert poppler == pdfium == pypdf
    for page, (name, turn) in enumerate(((n, t) for n in SIZES for t in (0, 90, 180, 270)), 3):
        assert pypdf[page] == signs(f"{page + 1} {name}{turn} ingevuld{name}{turn}")


def test_qpdf_finds_nothing_wrong(path: Path):
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_outline_and_the_labels_are_the_same_to_another_library(path: Path):
    reader = PdfReader(path)

    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[:3] == ["Inhoud", "Eerste", "a4 0"]
    assert reader.page_labels == [str(number) for number in range(1, 18)]
    with pikepdf.open(path) as pdf:
        assert "/AcroForm" not in pdf.Root
