"""The package for the employee: the whole copy, and a letter that is true on its day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pikepdf
import pytest

import hostile_paper as paper
import wvp_docs
from conftest import EXAMPLES, ROOT
from packages import PACKAGES, attach, build, names, one_line, words
from wvp_docs.options import Extras
from wvp_docs.pdf.proof import ProofError
from wvp_docs.pipeline import Result
from wvp_docs.sets.packages import Wishes
from wvp_docs.verify import verify


def test_the_letter_is_one_page_with_the_day_the_way_and_the_right_to_object(
    packaged: Result,
) -> None:
    letter = packaged.out / "werknemer/brief.pdf"
    text = one_line(letter)

    with pikepdf.open(letter) as document:
        assert len(document.pages) == 1
    assert "20 oktober 2025" in text
    assert "Postbus 69254" in text
    assert "Wilt u dat niet? Dat mag." in text
    assert "{" not in text


def test_the_copy_holds_everything_the_employers_bundle_holds(packaged: Result) -> None:
    copy, bundle = (
        words(packaged.out / name) for name in ("werknemer/kopie-dossier.pdf", "wia-bundel.pdf")
    )

    assert copy.replace("Kopie voor de werknemer", "Re-integratieverslag") == bundle


def test_the_copy_can_be_closed_with_a_password(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras(packages=Wishes(password="tafel-én-stoel"))).out  # noqa: S106

    for name in names(out / "werknemer"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(out / "werknemer" / name)
        with pikepdf.open(out / "werknemer" / name, password="tafel-én-stoel") as opened:  # noqa: S106
            assert opened.encryption.R == 6
    assert "tafel" not in (out / "manifest.json").read_text(encoding="utf-8")
    assert not verify(out).differences
    assert verify(out).unread


def letter_and_sheet(name: str, out: Path, day: dt.date, *without: str) -> str:
    """Return what letter and sheet say of an example on a day, without some of its answers."""
    text = (ROOT / "examples" / name / "case.toml").read_text(encoding="utf-8")
    for key in without:
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
    out.mkdir()
    (out / "case.toml").write_text(text, encoding="utf-8")
    case = wvp_docs.load(out / "case.toml")
    made = wvp_docs.build(case, out / "uit", today=day, extras=PACKAGES).out
    return one_line(made / "werknemer/brief.pdf") + one_line(
        made / "medisch/voorblad-gesloten-envelop.pdf"
    )


APPLIED, SENT = "wia_aanvraag", "gesloten_envelop_verzonden"


def test_what_is_sent_is_not_asked_for_again(tmp_path: Path) -> None:
    text = letter_and_sheet("compleet", tmp_path / "a", dt.date(2025, 10, 24))

    assert text.count("op 20 oktober 2025.") == 3
    assert "uiterlijk op" not in text


def test_the_envelope_has_its_day_also_when_the_application_is_made(tmp_path: Path) -> None:
    text = letter_and_sheet("compleet", tmp_path / "a", dt.date(2025, 10, 24), SENT)

    assert text.count("uiterlijk op 26 oktober 2025") == 2


def test_a_day_that_has_passed_is_not_still_to_come(tmp_path: Path) -> None:
    text = letter_and_sheet("compleet", tmp_path / "a", dt.date(2025, 12, 20), SENT, APPLIED)

    assert text.count("zo snel mogelijk") == 3
    assert text.count("dat moest uiterlijk op 26 oktober 2025") == 1


def test_without_a_casemanager_the_letter_names_the_employers_contact(tmp_path: Path) -> None:
    out = tmp_path / "a"
    text = (ROOT / "examples/compleet/case.toml").read_text(encoding="utf-8")
    out.mkdir()
    table = re.compile(r"^\[casemanager\]\n(?:.+\n)+", re.MULTILINE)
    (out / "case.toml").write_text(table.sub("", text), encoding="utf-8")
    case = wvp_docs.load(out / "case.toml")
    made = wvp_docs.build(case, out / "uit", today=EXAMPLES["compleet"], extras=PACKAGES).out

    assert case.get("werkgever.contactpersoon") in one_line(made / "werknemer/brief.pdf")
    assert "aan uw werkgever." in one_line(made / "medisch/voorblad-gesloten-envelop.pdf")


def test_who_leaves_service_reads_who_sends_when_uwv_asks(tmp_path: Path) -> None:
    text = letter_and_sheet("verkort", tmp_path / "a", EXAMPLES["verkort"])

    assert "Vraagt UWV om het re-integratieverslag, dan stuurt uw werkgever het" in text
    assert text.count("uiterlijk op de dag die UWV u noemt") == 2
    assert text.count("stuurt u zelf deze kopie op") == 1


def test_a_title_that_no_font_can_print_is_named_with_its_line(case: Path) -> None:
    attach(case, "stuk.pdf", paper.plain(), titel="Gesprek 😀")
    line = case.read_text(encoding="utf-8").splitlines().index('titel = "Gesprek 😀"') + 1

    with pytest.raises(ProofError, match=rf"bijlage\[0\]\.titel.*case\.toml:{line}"):
        build(case, case.parent / "uit")
