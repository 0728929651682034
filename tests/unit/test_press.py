from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO

import docx
import pytest

from conftest import ROOT
from wvp_docs import press as module
from wvp_docs.engines import pick
from wvp_docs.pdf.document import PdfInfo
from wvp_docs.pdf.proof import Expected, ProofError
from wvp_docs.press import Pressed, Sheet, crew, press
from wvp_docs.printed import Printed
from wvp_docs.templates.scaffold import scaffold_bundle


def sheet(title: str, *values: Printed) -> Sheet:
    """A page that still shows its tags, which these tests allow by printing one as a value."""
    shown = Printed("proef", "{{ document.titel }} {% {#")
    expected = Expected(title, (shown, *values) if values else (), 0, 0)
    return Sheet(plain_page(), expected, PdfInfo(title))


def plain_page() -> bytes:
    """A Word file without any tag in it."""
    document = docx.Document()
    document.add_paragraph("Een gewone zin.")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def pressed(sheets: list[Sheet], processes: int) -> list[Pressed]:
    with crew(pick("rdocx"), processes) as helpers:
        return press(sheets, pick("rdocx"), helpers)


def test_two_processes_give_the_same_bytes_in_the_same_order_as_one() -> None:
    sheets = [sheet(f"Stuk {number}") for number in range(7)]

    assert pressed(sheets, 2) == pressed(sheets, 1)


def test_a_proof_that_fails_in_a_helper_arrives_whole() -> None:
    sheets = [sheet("Stuk", Printed("werknemer.naam", "staat er niet"))] * 3

    with pytest.raises(ProofError) as caught:
        pressed(sheets, 2)
    assert "werknemer.naam" in caught.value.paths
    assert caught.value.hint


def dies() -> None:
    os._exit(9)


def test_a_helper_that_is_taken_away_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = [sheet(f"Stuk {number}") for number in range(4)]
    wanted = pressed(sheets, 1)

    monkeypatch.setattr(module, "_leave_ctrl_c_to_parent", dies)
    assert pressed(sheets, 2) == wanted


def test_other_engines_get_all_documents_in_one_call() -> None:
    calls: list[int] = []

    class Once:
        name = "once"

        def available(self) -> bool:
            return True

        def convert(self, documents: Sequence[bytes]) -> list[bytes]:
            calls.append(len(documents))
            return pick("rdocx").convert(documents)

    with crew(Once(), 4) as helpers:
        press([sheet(f"Stuk {number}") for number in range(3)], Once(), helpers)
    assert helpers is None
    assert calls == [3]


def test_the_front_page_of_the_bundle_is_a_word_file() -> None:
    assert scaffold_bundle() == scaffold_bundle()
    assert (ROOT / "templates/_bundel.docx").exists()
