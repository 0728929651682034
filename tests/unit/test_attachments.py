from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from wvp_docs.attachments import read_attachments
from wvp_docs.dossier import Dossier

Make = Callable[[str], Dossier]


def attachment(name: str, soort: str = "overig") -> str:
    return f'[[bijlage]]\nsoort = "{soort}"\ntitel = "Stuk"\nbestand = "{name}"\n'


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF of one page beside the case."""
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "stuk.pdf")
    return tmp_path / "stuk.pdf"


@pytest.mark.usefixtures("pdf")
def test_a_pdf_beside_the_case_is_read(dossier_of: Make) -> None:
    (found,), findings = read_attachments(dossier_of(attachment("stuk.pdf")))

    assert (found.pages, found.titel, findings) == (1, "Stuk", ())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("weg.pdf", "bestaat niet"),
        ("../buiten.pdf", "buiten de map"),
        ("/etc/passwd.pdf", "buiten de map"),
        ("stuk.docx", "alleen PDF"),
        ("tekst.pdf", "geen leesbare PDF"),
        ("leeg.pdf", "geen leesbare PDF"),
    ],
)
def test_what_cannot_be_used_is_a_finding_at_its_line(
    dossier_of: Make, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "tekst.pdf").write_text("geen pdf", encoding="utf-8")
    (tmp_path / "leeg.pdf").write_bytes(b"")
    (tmp_path.parent / "buiten.pdf").write_bytes(b"%PDF-1.4")

    found, (finding,) = read_attachments(dossier_of(attachment(name)))
    assert found == ()
    assert (finding.code, finding.path, finding.place.line) == ("R083", "bijlage[0].bestand", 5)
    assert said in finding.message


def test_a_pdf_with_a_password_is_refused_with_the_way_out(dossier_of: Make, pdf: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as made:
        made.save(pdf, encryption=pikepdf.Encryption(owner="x", user="y"))

    _, (finding,) = read_attachments(dossier_of(attachment("stuk.pdf")))
    assert "wachtwoord" in finding.message
    assert "zonder wachtwoord" in finding.hint


@pytest.mark.usefixtures("pdf")
def test_medical_information_is_not_even_opened(dossier_of: Make) -> None:
    found, _ = read_attachments(dossier_of(attachment("stuk.pdf", "medische_informatie")))

    assert found == ()


def test_a_link_that_leaves_the_folder_is_refused(dossier_of: Make, tmp_path: Path) -> None:
    outside = tmp_path.parent / "geheim.pdf"
    outside.write_bytes(b"%PDF-1.4")
    (tmp_path / "link.pdf").symlink_to(outside)

    _, (finding,) = read_attachments(dossier_of(attachment("link.pdf")))
    assert "buiten de map" in finding.message
