from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import wvp_docs
from conftest import ROOT
from wvp_docs.dossier import Dossier
from wvp_docs.examine import examine
from wvp_docs.letterhead import MAX_HEIGHT, MAX_WIDTH, NoLogoError, logo_of

Make = Callable[[str], Dossier]
DAY = date(2026, 11, 20)
NAMED = '[huisstijl]\nlogo = "logo.png"\n'


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#1b4b5e").save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (4000, 10), (1, 1)])
def test_a_logo_is_scaled_to_fit_and_keeps_its_shape(size: tuple[int, int]) -> None:
    logo = logo_of(picture(size=size))

    assert logo.height <= MAX_HEIGHT
    assert logo.width <= MAX_WIDTH
    assert logo.width / logo.height == pytest.approx(size[0] / size[1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen PNG"),
        (b"tekst", "geen PNG"),
        (picture("GIF"), "geen PNG"),
        (bytes(3_000_000), "te groot"),
    ],
    ids=["empty", "text", "gif", "3 MB"],
)
def test_what_is_no_logo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(NoLogoError, match=said):
        logo_of(content)


@pytest.mark.parametrize("name", ["weg.png", "../logo.png"])
def test_a_logo_that_cannot_be_used_is_a_warning_at_its_line(dossier_of: Make, name: str) -> None:
    examination = examine(dossier_of(NAMED.replace("logo.png", name)), DAY)
    (finding,) = [it for it in examination.findings if it.path == "huisstijl.logo"]

    assert (finding.code, finding.severity, finding.place.line) == ("V006", "warning", 3)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_logo_stands_on_every_page_in_word_and_pdf(tmp_path: Path, kind: str) -> None:
    source = (ROOT / "examples/week-9/case.toml").read_text(encoding="utf-8")
    (tmp_path / "case.toml").write_text(source + "\n" + NAMED, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(picture(kind))
    without = wvp_docs.build(
        wvp_docs.load(ROOT / "examples/week-9/case.toml"), tmp_path / "a", today=DAY
    )

    made = wvp_docs.build(wvp_docs.load(tmp_path / "case.toml"), tmp_path / "b", today=DAY)
    with zipfile.ZipFile(next((tmp_path / "b/word").iterdir())) as word:
        assert f"word/media/logo.{kind.lower()}" in word.namelist()
    with pikepdf.open(tmp_path / "b/wia-bundel.pdf") as pdf:
        assert all(list(page.get_images()) for page in pdf.pages)
    assert made.pages == without.pages
    assert "logo.png" in (tmp_path / "b/manifest.json").read_text(encoding="utf-8")
