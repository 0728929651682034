"""Whatever a person can type comes out whole, or is refused with its place and a way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wvp_docs
from conftest import EXAMPLES, ROOT
from wvp_docs.pdf.proof import ProofError

SOUND = {
    "markup": "Jansen & Zn <test> {{ x }} {% y %} {# z #} ]]> &amp; </w:t>",
    "5,000 words": " ".join(f"woord{number}" for number in range(5000)),
    "200 letters without a space": "x" * 200,
    "right to left": "שלום עולם مرحبا بالعالم gemengd",
    "combining marks": "e\u0301 n\u0303 en \u00e9",
    "odd spaces": "a\u00a0b\u2009c",
    "300 lines": "\n".join(f"regel {number}" for number in range(300)),
    "signs": "• “x” ‘y’ … € ½ ² °C ≥ → ✓ ☒",
    "tabs": "a\tb\tc",
}
REFUSED = {"emoji": "Goed bezig 😀", "private use": "\uf0b7 punt"}


def case_with(text: str, folder: Path) -> wvp_docs.Case:
    """The case of week 9 with this text as description of the work."""
    source = (ROOT / "examples/week-9/case.toml").read_text(encoding="utf-8")
    found = re.search(r'\[functie\].*?\nomschrijving = (""".*?"""|"[^"\n]*")', source, re.DOTALL)
    assert found
    toml = '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
    path = folder / "case.toml"
    path.write_text(source[: found.start(1)] + toml + source[found.end(1) :], encoding="utf-8")
    return wvp_docs.load(path)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_any_text_comes_out_whole(text: str, tmp_path: Path) -> None:
    result = wvp_docs.build(case_with(text, tmp_path), tmp_path / "uit", today=EXAMPLES["week-9"])

    assert result.not_made == ()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_no_font_can_print_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    with pytest.raises(ProofError, match=r"functie\.omschrijving.*case\.toml:\d+") as caught:
        wvp_docs.build(case_with(text, tmp_path), tmp_path / "uit", today=EXAMPLES["week-9"])

    assert "in woorden" in caught.value.hint
    assert not (tmp_path / "uit").exists()


@pytest.mark.engine
@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_libreoffice_keeps_it_too(text: str, tmp_path: Path) -> None:
    case = case_with(text, tmp_path)
    result = wvp_docs.build(case, tmp_path / "uit", today=EXAMPLES["week-9"], engine="libreoffice")

    assert result.not_made == ()
