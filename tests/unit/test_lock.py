"""Lock: opens with the password in every reader program, and not without it."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from wvp_docs.errors import EngineError, OutputError
from wvp_docs.pdf.document import PdfInfo, finish, open_pdf
from wvp_docs.pdf.lock import lock


def plain(pages: int = 2) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(target)
    return finish(target.getvalue(), PdfInfo(title="Afschrift dossier"))


def test_without_the_password_it_does_not_open_and_says_nothing_of_itself():
    locked = lock(plain(), "geheim")

    with pytest.raises(EngineError, match="wachtwoord"):
        open_pdf(locked)
    assert b"Afschrift" not in locked.read()


def test_who_has_the_password_may_print_and_copy():
    locked = lock(plain(), "geheim")

    with pikepdf.open(locked.open(), password="geheim") as pdf:  # noqa: S106  of this test
        assert all(pdf.allow)
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert str(pdf.docinfo.Title) == "Afschrift dossier"
    assert locked.pages == 2


@pytest.mark.engine
def test_poppler_and_pdfium_open_it_too(tmp_path: Path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(lock(plain(), "geheim met é").read())

    told = subprocess.run(
        ["pdfinfo", "-upw", "geheim met é", path], capture_output=True, text=True, check=True
    ).stdout
    assert "AES-256" in told
    assert "print:yes copy:yes change:yes addNotes:yes" in told
    with pypdfium2.PdfDocument(path, password="geheim met é") as pdf:  # noqa: S106  of this test
        assert len(pdf) == 2


def test_an_accent_is_the_same_however_it_was_typed():
    locked = lock(plain(), "cafe\u0301\u00a0ﬁets")

    with pikepdf.open(locked.open(), password="café fiets") as pdf:  # noqa: S106  of this test
        assert len(pdf.pages) == 2


def test_the_longest_password_opens_and_a_longer_one_is_refused():
    with pikepdf.open(lock(plain(), "é" * 63 + "a").open(), password="é" * 63 + "a") as pdf:
        assert len(pdf.pages) == 2
    with pytest.raises(OutputError, match="te lang"):
        lock(plain(), "é" * 64)


@pytest.mark.parametrize("password", ["", "\u00ad"])
def test_an_empty_password_is_refused(password: str):
    with pytest.raises(OutputError, match="leeg"):
        lock(plain(), password)


@pytest.mark.parametrize("password", ["a\tb", "a\n", "sleutel🔑", "\ue000", "\ud800"])
def test_a_sign_that_programs_read_differently_is_refused(password: str):
    with pytest.raises(OutputError, match="een teken"):
        lock(plain(), password)


def test_what_is_locked_already_is_refused():
    with pytest.raises(EngineError, match="wachtwoord"):
        lock(lock(plain(), "een"), "twee")
