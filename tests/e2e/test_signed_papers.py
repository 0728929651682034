"""Signed copies of our forms, and files that a signature keeps closed."""

from __future__ import annotations

from pathlib import Path

import hostile_paper as paper
from packages import add, attach, build, words
from wvp_docs.options import Extras
from wvp_docs.sets.packages import Wishes
from wvp_docs.verify import verify


def test_a_signed_copy_stands_in_the_place_of_our_own_pdf(case: Path) -> None:
    made = paper.new(0)
    paper.add_page(made, "Getekend met pen")
    (case.parent / "getekend.pdf").write_bytes(paper.written(made))
    text = case.read_text(encoding="utf-8")
    case.write_text(
        text.replace("[plan_van_aanpak]\n", '[plan_van_aanpak]\nondertekend = "getekend.pdf"\n'),
        encoding="utf-8",
    )
    out = build(case, case.parent / "uit").out

    (pdf,) = (out / "pdf").glob("*plan-van-aanpak*")
    (upload,) = (out / "uwv").glob("*plan-van-aanpak*")
    assert "Getekend met pen" in words(pdf)
    assert upload.read_bytes() == pdf.read_bytes()
    assert "Getekend met pen" in words(out / "wia-bundel.pdf")
    assert "Getekend met pen" in words(out / "werknemer/kopie-dossier.pdf")
    assert list((out / "word").glob("*plan-van-aanpak*"))
    assert not verify(out).differences


def test_a_form_of_which_only_the_signed_copy_is_known_comes_along(case: Path) -> None:
    made = paper.new(0)
    paper.add_page(made, "Oordeel met pen")
    (case.parent / "oordeel.pdf").write_bytes(paper.written(made))
    for form in ("[oordeel_werknemer]", "[[bijstelling_probleemanalyse]]"):
        add(case, f'{form}\ndatum = 2026-11-19\nondertekend = "oordeel.pdf"')
    result = build(case, case.parent / "uit")
    about = [f for f in result.findings if "bijstelling_probleemanalyse" in f.path]

    assert "Oordeel met pen" in words(result.out / "wia-bundel.pdf")
    for form in ("oordeel-werknemer", "bijstelling-probleemanalyse"):
        assert list((result.out / "pdf").glob(f"*{form}*"))
        assert not list((result.out / "word").glob(f"*{form}*"))
    assert about
    assert not [f for f in about if f.severity == "error"]
    assert result.not_made == ()


def test_a_copy_that_cannot_be_read_is_not_replaced_by_our_own_in_silence(case: Path) -> None:
    add(case, '[oordeel_werknemer]\ndatum = 2026-11-19\nondertekend = "weg.pdf"')
    result = build(case, case.parent / "uit")

    assert result.not_made == ("Oordeel van de werknemer",)
    assert not list((result.out / "pdf").glob("*oordeel-werknemer*"))


def test_a_sealed_file_goes_along_untouched_with_a_sheet_in_its_place(case: Path) -> None:
    sealed = paper.signed(paper.plain())
    attach(case, "advies.pdf", sealed, soort="deskundigenoordeel", titel="Oordeel van UWV")
    out = build(case, case.parent / "uit").out

    (loose,) = (out / "bijlagen").iterdir()
    (upload,) = (out / "uwv").glob("*deskundigenoordeel*")
    (own,) = (out / "werknemer/bijlagen").iterdir()
    assert loose.read_bytes() == upload.read_bytes() == own.read_bytes() == sealed
    for pdf in ("wia-bundel.pdf", "werknemer/kopie-dossier.pdf", "werknemer/brief.pdf"):
        assert loose.name in "".join(words(out / pdf).replace("\x02", "-").split())


def test_a_password_does_not_break_a_digital_signature(case: Path) -> None:
    sealed = paper.signed(paper.plain())
    attach(case, "advies.pdf", sealed, soort="deskundigenoordeel", titel="Oordeel van UWV")
    word = "tafel-én-stoel"
    result = build(case, case.parent / "uit", Extras(packages=Wishes(password=word)))

    (own,) = (result.out / "werknemer/bijlagen").iterdir()
    assert own.read_bytes() == sealed
    assert any("Zonder wachtwoord" in note and own.name in note for note in result.notes)
    letter = " ".join(words(result.out / "werknemer/brief.pdf", word).split())
    assert "een wachtwoord nodig" in letter
    assert not verify(result.out).differences
