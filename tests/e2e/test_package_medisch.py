"""The closed envelope: nothing of a medical paper reaches anybody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image, PngImagePlugin

import hostile_paper as paper
from conftest import ROOT
from packages import attach, build, names, one_line, words
from wvp_docs.pipeline import Result

SECRET = "Geheimewoordvandearts"  # noqa: S105  what must never come out


def test_the_place_of_the_medical_information_says_who_sends_it_and_when(packaged: Result) -> None:
    text = one_line(packaged.out / "wia-bundel.pdf")

    assert "de werknemer stuurt haar zelf naar UWV" in text
    assert "Verstuurd op 20 oktober 2025." in text
    assert names(packaged.out / "medisch") == ["voorblad-gesloten-envelop.pdf"]


def medical_paper() -> bytes:
    made = paper.new(0)
    paper.add_page(made, SECRET)
    return paper.written(made)


def hidden_inside() -> bytes:
    """Return a harmless PDF with the medical paper attached to it."""
    with paper.new() as pdf:
        pdf.attachments["bijlage.pdf"] = pikepdf.AttachedFileSpec(pdf, medical_paper())
        return paper.written(pdf)


def in_a_picture() -> bytes:
    """Return a PNG that says the secret in what a viewer does not show."""
    info, target = PngImagePlugin.PngInfo(), io.BytesIO()
    info.add_text("Comment", SECRET)
    Image.new("RGB", (300, 300), "white").save(target, "PNG", pnginfo=info)
    return target.getvalue()


def as_an_object_in_word() -> bytes:
    source = io.BytesIO((ROOT / "templates/_envelop.docx").read_bytes())
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("word/embeddings/oleObject1.bin", medical_paper())
    return source.getvalue()


def under_a_heading() -> bytes:
    made = paper.new(3)
    paper.add_page(made, "Medische informatie")
    paper.add_page(made, SECRET)
    return paper.written(made)


def every_byte(out: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every stretch of bytes in the results: files, zip members, streams unpacked, text."""
    for path in out.rglob("*"):
        if path.is_file():
            yield from ((path.name, content) for content in unpacked(path.read_bytes()))
        if path.suffix == ".pdf":
            yield path.name, words(path).encode()


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the bytes, and those of everything packed in them, however deep."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield from unpacked(package.read(name))
    if b"%PDF-" in content[:1024]:
        with pikepdf.open(io.BytesIO(content)) as document:
            for item in document.objects:
                yield repr(item).encode()
                if isinstance(item, pikepdf.Stream):
                    yield item.read_raw_bytes()
                    if item.get("/Filter") not in ("/DCTDecode", "/CCITTFaxDecode"):
                        yield from unpacked(item.read_bytes())


def test_no_byte_of_a_medical_paper_reaches_anybody(case: Path) -> None:
    secret = medical_paper()
    attach(case, "medisch.pdf", secret, soort="medische_informatie", titel="Brief")
    attach(case, "rapport.pdf", secret, soort="arbeidsdeskundig_rapport")
    attach(case, "scan.pdf", secret, titel="Medische informatie")
    attach(case, "dossier.pdf", hidden_inside())
    attach(case, "plaatje.png", in_a_picture())
    attach(case, "brief.docx", as_an_object_in_word())
    attach(case, "bundel.pdf", under_a_heading())
    attach(case, "onbekend.pdf", secret, soort="Medische Informatie")
    (case.parent / "link.pdf").symlink_to(case.parent / "medisch.pdf")
    text = case.read_text(encoding="utf-8")
    text = text.replace("[plan_van_aanpak]\n", '[plan_van_aanpak]\nondertekend = "link.pdf"\n')
    case.write_text(text, encoding="utf-8")
    result = build(case, case.parent / "uit")

    assert "R081" in {f.code for f in result.findings}
    assert [name for name, content in every_byte(result.out) if SECRET.encode() in content] == []
    found = " ".join(names(result.out / "uwv"))
    assert found.count("overig") == 2  # the PDF without what was in it, and the picture


def test_the_search_for_the_secret_can_find_one(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(medical_paper())
    (tmp_path / "b.pdf").write_bytes(hidden_inside())

    found = {name for name, content in every_byte(tmp_path) if SECRET.encode() in content}
    assert found == {"a.pdf", "b.pdf"}
