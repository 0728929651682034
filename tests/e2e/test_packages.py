"""Three packages from one case: what each reader gets, and what nobody may get."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, PngImagePlugin

import hostile_paper as paper
import wvp_docs
from conftest import EXAMPLES, ROOT
from wvp_docs.errors import OutputError
from wvp_docs.options import Extras
from wvp_docs.pdf.proof import ProofError
from wvp_docs.pipeline import Result
from wvp_docs.sets.packages import Wishes
from wvp_docs.verify import verify

SECRET = "Geheimewoordvandearts"  # noqa: S105  what must never come out
PACKAGES = Extras(packages=Wishes())


def build(case: Path, out: Path, extras: Extras = PACKAGES, *, concept: bool = False) -> Result:
    day = EXAMPLES.get(case.parent.name, EXAMPLES["week-9"])
    return wvp_docs.build(
        wvp_docs.load(case), out, today=day, extras=extras, concept=concept, force=True
    )


def of_example(name: str, out: Path, extras: Extras = PACKAGES) -> Result:
    return build(ROOT / "examples" / name / "case.toml", out, extras)


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The complete example with its packages, built once; not to be changed."""
    return of_example("compleet", tmp_path_factory.mktemp("compleet"))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case file of one's own in an empty folder: week 9, to which a test may add."""
    shutil.copy(ROOT / "examples/week-9/case.toml", tmp_path / "case.toml")
    return tmp_path / "case.toml"


def add(case: Path, text: str) -> None:
    case.write_text(f"{case.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def attach(
    case: Path, name: str, content: bytes, soort: str = "overig", titel: str = "Stuk"
) -> None:
    (case.parent / name).write_bytes(content)
    add(
        case,
        f'[[bijlage]]\nsoort = "{soort}"\ntitel = "{titel}"\nbestand = "{name}"\n'
        "datum = 2026-11-01\nondertekend_op = 2026-11-02",
    )


def words(pdf: Path, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def one_line(pdf: Path) -> str:
    return " ".join(words(pdf).split())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------------------ UWV


def test_uwv_gets_every_document_by_itself_in_order_under_the_limit(complete: Result) -> None:
    pdfs = [name for name in names(complete.out / "uwv") if name.endswith(".pdf")]

    assert all(re.fullmatch(r"\d\d_[a-z0-9-]+_\d{4}-\d\d-\d\d\.pdf", name) for name in pdfs)
    assert [int(name[:2]) for name in pdfs] == list(range(1, len(pdfs) + 1))
    assert pdfs[0].startswith("01_probleemanalyse_")
    assert pdfs[-1].endswith("spoor-2-rapport_2025-09-23.pdf")
    sizes = [(complete.out / "uwv" / name).stat().st_size for name in pdfs]
    assert max(sizes) <= 10_000_000


def test_what_the_employee_sends_is_not_among_it(complete: Result) -> None:
    pdfs = names(complete.out / "uwv")

    assert not [name for name in pdfs if "oordeel-werknemer" in name or "medisch" in name]
    assert not [name for name in pdfs if "re-integratieverslag" in name]


def test_the_list_says_of_each_file_what_the_portal_asks(complete: Result) -> None:
    content = (complete.out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    by_title = {row["titel"]: row for row in rows}

    assert [row["bestand"] for row in rows] == [
        name for name in names(complete.out / "uwv") if name.endswith(".pdf")
    ]
    plan = by_title["Plan van aanpak"]
    assert (plan["soort_in_portaal"], plan["datum_ondertekening"]) == (
        "Plan van aanpak",
        "2024-03-04",
    )
    assert "ondertekende exemplaar" in plan["nog_nodig"]
    manifest = json.loads((complete.out / "manifest.json").read_bytes())
    known = {row["file"]: row["sha256"] for row in manifest["outputs"]}
    assert {row["sha256"] for row in rows} == {known[f"uwv/{row['bestand']}"] for row in rows}


def test_the_list_claims_no_day_of_signing_that_the_case_does_not_give(complete: Result) -> None:
    content = (complete.out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    unsigned = [row for row in rows if not row["datum_ondertekening"]]

    assert unsigned
    for row in rows:
        assert ("datum van ondertekening" in row["nog_nodig"]) == (row in unsigned), row
    assert not [row for row in unsigned if row["titel"] == "Plan van aanpak"]


def test_the_list_names_the_report_as_the_portal_does_and_asks_for_the_bsn(
    complete: Result, tmp_path: Path
) -> None:
    page = (complete.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    leaving = of_example("ziek-uit-dienst", tmp_path / "uit").out / "uwv/uploadlijst.html"

    assert "<b>Re-integratieverslag (RIV)</b>" in page
    assert "(RIV) ZW (ziek uit dienst)" in leaving.read_text(encoding="utf-8")
    assert page.count("kijk of het BSN op dit stuk staat") == 2
    assert page.count("<tbody>") == page.count("</tbody>") == page.count("SHA-256")


def test_a_sealed_file_that_is_too_large_is_not_to_be_cut_up(case: Path) -> None:
    attach(case, "dik.pdf", paper.signed(paper.plain(300)))
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=60_000)))
    (finding,) = (f for f in result.findings if f.message.startswith("Stuk is te groot"))

    assert "opnieuw ondertekend" in finding.hint
    assert "Verdeel" not in finding.hint


def test_no_title_in_the_outline_holds_a_tab(complete: Result) -> None:
    with pikepdf.open(complete.out / "wia-bundel.pdf") as pdf, pdf.open_outline() as outline:
        todo = [*outline.root]
        while todo:
            item = todo.pop()
            todo += item.children
            assert "\t" not in item.title


def test_the_list_masks_the_bsn_and_fetches_nothing(complete: Result) -> None:
    page = (complete.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")

    assert "*****0019" in page
    assert "999990019" not in page
    assert not re.search(r"https?://|<script|src=|@import", page)


def test_hostile_titles_stay_text_in_the_list(case: Path) -> None:
    attach(case, "stuk.pdf", paper.plain(), titel="=1+1<script>alert(1)</script>")
    out = build(case, case.parent / "uit").out

    assert "<script>" not in (out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    rows = (out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    assert "'=1+1" in rows


def test_a_scan_is_scaled_down_just_for_uwv_and_that_is_said(case: Path) -> None:
    noise = Image.effect_noise((2480, 3508), 90).convert("RGB")
    scan = io.BytesIO()
    noise.save(scan, "JPEG", quality=92, dpi=(300, 300))
    attach(case, "scan.jpg", scan.getvalue())
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=900_000)))

    (file,) = (result.out / "uwv").glob("*overig*")
    assert file.stat().st_size <= 900_000
    assert (result.out / "wia-bundel.pdf").stat().st_size > 3_000_000
    assert [f.severity for f in result.findings if "verkleind" in f.message] == ["info"]
    assert "verkleind" in (result.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")


def test_what_cannot_be_made_small_enough_is_an_error_and_not_there(case: Path) -> None:
    attach(case, "dik.pdf", paper.signed(paper.plain(300)))
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=50_000)))
    small = [f for f in result.findings if "te groot" in f.message]

    assert {f.code for f in small} == {"R083"}
    assert not list((result.out / "uwv").glob("*overig*"))
    assert "niet klaargezet" in (result.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("ziek-uit-dienst", ["probleemanalyse", "plan-van-aanpak", "actueel-oordeel"]),
        ("verkort", ["verkort-re-integratieverslag"]),
    ],
)
def test_who_leaves_service_has_a_set_of_its_own(
    tmp_path: Path, example: str, expected: list[str]
) -> None:
    out = of_example(example, tmp_path / "uit").out

    uploads = " ".join(names(out / "uwv"))
    assert all(f"_{name}_" in uploads for name in expected)
    assert "eerstejaarsevaluatie" not in uploads
    assert "Ziektewet" in words(out / "werknemer/brief.pdf") or "UWV" in words(
        out / "werknemer/brief.pdf"
    )


@pytest.mark.engine
def test_qpdf_finds_nothing_wrong_with_any_pdf(complete: Result) -> None:
    pdfs = [*complete.out.rglob("*.pdf")]

    assert len(pdfs) > 40
    for pdf in pdfs:
        done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (pdf.name, done.stdout, done.stderr)


@pytest.mark.parametrize("example", ["iva", "geen"])
def test_where_no_report_is_asked_there_is_nothing_for_uwv(tmp_path: Path, example: str) -> None:
    result = of_example(example, tmp_path / "uit")

    assert not (result.out / "uwv").exists()
    assert not (result.out / "medisch").exists()
    assert (result.out / "werknemer/kopie-dossier.pdf").exists()
    assert "geen re-integratieverslag" in result.notes[0]


def test_a_concept_cannot_be_uploaded_by_mistake(case: Path) -> None:
    result = build(case, case.parent / "uit", concept=True)

    assert not (result.out / "uwv").exists()
    assert "concept" in result.notes[0]


def test_packages_that_are_no_longer_asked_are_taken_away(case: Path) -> None:
    out = build(case, case.parent / "uit").out
    build(case, out, Extras())

    assert not list((out / "uwv").glob("*")) if (out / "uwv").exists() else True
    assert not (out / "werknemer/kopie-dossier.pdf").exists()


# ------------------------------------------------------------------------------- the employee


def test_the_letter_is_one_page_with_the_day_the_way_and_the_right_to_object(
    complete: Result,
) -> None:
    letter = complete.out / "werknemer/brief.pdf"
    text = one_line(letter)

    with pikepdf.open(letter) as document:
        assert len(document.pages) == 1
    assert "20 oktober 2025" in text
    assert "Postbus 69254" in text
    assert "Wilt u dat niet? Dat mag." in text
    assert "{" not in text


def test_the_copy_holds_everything_the_employers_bundle_holds(complete: Result) -> None:
    copy, bundle = (
        words(complete.out / name) for name in ("werknemer/kopie-dossier.pdf", "wia-bundel.pdf")
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


# ------------------------------------------------------------------------------ medical secrets


def test_the_place_of_the_medical_information_says_who_sends_it_and_when(complete: Result) -> None:
    text = one_line(complete.out / "wia-bundel.pdf")

    assert "de werknemer stuurt haar zelf naar UWV" in text
    assert "Verstuurd op 20 oktober 2025." in text
    assert names(complete.out / "medisch") == ["voorblad-gesloten-envelop.pdf"]


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


# ------------------------------------------------------------------- signed copies, loose files


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


# ------------------------------------------------------------------------- the letter, by its day


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

    assert "Vraagt UWV u om het re-integratieverslag" in text
    assert "Vraagt UWV uw werkgever om het verslag" in text


def test_a_title_that_no_font_can_print_is_named_with_its_line(case: Path) -> None:
    attach(case, "stuk.pdf", paper.plain(), titel="Gesprek 😀")
    line = case.read_text(encoding="utf-8").splitlines().index('titel = "Gesprek 😀"') + 1

    with pytest.raises(ProofError, match=rf"bijlage\[0\]\.titel.*case\.toml:{line}"):
        build(case, case.parent / "uit")


# --------------------------------------------------------------------- the bundle as one wants it


def labels(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as document:
        return [str(page.label) for page in document.pages]


def starts(out: Path) -> dict[str, str]:
    """Return the page on which each part of the bundle starts, by its title."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    return {row["title"]: row["pages"][0] for row in manifest["bundles"]["wia-bundel.pdf"]}


def test_what_comes_late_is_numbered_between_and_the_rest_stays(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    before, old = starts(out), labels(out / "wia-bundel.pdf")
    attach(case, "rapport.pdf", paper.plain(2), soort="arbeidsdeskundig_rapport", titel="Rapport")
    attach(case, "brief.pdf", paper.plain(), soort="correspondentie", titel="Brief")
    build(case, out, Extras(keeps_numbers=True))
    after = starts(out)

    assert {title: after[title] for title in before} == before
    new = [label for label in labels(out / "wia-bundel.pdf") if label not in old]
    assert new[0] == f"{old[-1]}A"
    assert len(set(labels(out / "wia-bundel.pdf"))) == len(old) + 5
    assert after["Rapport"] in one_line(out / "wia-bundel.pdf")
    assert not verify(out).differences


def test_a_paper_of_others_keeps_its_number_and_name_when_an_older_one_comes_late(
    case: Path,
) -> None:
    attach(case, "advies.pdf", paper.signed(paper.plain()), titel="Advies")
    out = build(case, case.parent / "uit").out
    (loose,) = names(out / "bijlagen")
    attach(case, "ouder.pdf", paper.signed(paper.plain(2)), titel="Ouder")
    text = case.read_text(encoding="utf-8")
    case.write_text(
        text[: text.rindex("datum = 2026-11-01")]
        + text[text.rindex("datum = 2026-11-01") :].replace("2026-11-01", "2026-10-20"),
        encoding="utf-8",
    )
    build(case, out, Extras(packages=Wishes(), keeps_numbers=True))

    rows = json.loads((out / "manifest.json").read_bytes())["bundles"]["wia-bundel.pdf"]
    numbers = {row["title"]: row["number"] for row in rows}
    assert (numbers["Advies"], numbers["Ouder"]) == ("9a", "9b")
    assert names(out / "bijlagen") == [loose, "11b-overig_2026-10-20.pdf"]
    assert not verify(out).differences


def test_a_number_in_a_manifest_that_is_none_of_ours_names_no_file(case: Path) -> None:
    attach(case, "advies.pdf", paper.signed(paper.plain()), titel="Advies")
    out = build(case, case.parent / "uit").out
    account = (out / "manifest.json").read_text(encoding="utf-8")
    (out / "manifest.json").write_text(account.replace('"9a"', '"9/../../x"'), encoding="utf-8")
    build(case, out, Extras(packages=Wishes(), keeps_numbers=True))

    assert names(out / "bijlagen") == ["11a-overig_2026-11-01.pdf"]


def test_bundle_and_copy_bear_the_same_numbers_whatever_was_made_between(case: Path) -> None:
    keeping = Extras(packages=Wishes(), keeps_numbers=True)
    out = build(case, case.parent / "uit").out
    attach(case, "rapport.pdf", paper.plain(2), soort="arbeidsdeskundig_rapport", titel="Rapport")
    build(case, out, Extras(keeps_numbers=True))
    build(case, out, keeping)
    bundle, copy = (
        labels(out / name) for name in ("wia-bundel.pdf", "werknemer/kopie-dossier.pdf")
    )

    assert bundle == copy
    assert not all(label.isdigit() for label in copy)


def test_who_numbers_anew_is_told_how_to_keep_the_numbers(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    attach(case, "rapport.pdf", paper.plain(), titel="Rapport")
    assert not build(case, out, Extras(keeps_numbers=True)).notes

    assert "--vaste-nummers" in build(case, out, Extras()).notes[0]
    assert not build(case, out, Extras()).notes


def test_a_manifest_that_was_spoilt_gives_no_wrong_numbers(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    (out / "manifest.json").write_text("{}", encoding="utf-8")

    with pytest.raises(OutputError, match=r"manifest\.json") as refused:
        build(case, out, Extras(keeps_numbers=True))
    assert "zonder --vaste-nummers" in refused.value.hint


def test_double_sided_every_part_starts_on_a_right_hand_page(case: Path) -> None:
    attach(case, "rapport.pdf", paper.plain(2), titel="Rapport")
    out = build(case, case.parent / "uit", Extras(double_sided=True)).out

    assert all(int(label) % 2 for label in starts(out).values())


def test_the_same_case_gives_the_same_bytes(case: Path) -> None:
    attach(case, "rapport.pdf", paper.plain(2), titel="Rapport")
    one, two = (build(case, case.parent / name).out for name in ("een", "twee"))

    for path in one.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name


def test_the_bundle_can_be_made_for_an_archive(case: Path) -> None:
    attach(case, "scan.jpg", paper.saved(paper.photo(), "JPEG"))
    out = build(case, case.parent / "uit", Extras(archive=True)).out

    with pikepdf.open(out / "wia-bundel.pdf") as bundle, bundle.open_metadata() as said:
        assert said.pdfa_status == "2B"
    assert not verify(out).differences


def test_what_no_archive_takes_is_named_with_its_page_and_nothing_is_claimed(case: Path) -> None:
    attach(case, "stuk.pdf", paper.plain())  # its font is not in the file
    result = build(case, case.parent / "uit", Extras(archive=True))
    (finding,) = (f for f in result.findings if f.code == "V007")

    assert finding.path == "bijlage[0].bestand"
    assert f"bladzijde {result.pages}: " in finding.message
    with pikepdf.open(result.out / "wia-bundel.pdf") as bundle, bundle.open_metadata() as said:
        assert said.pdfa_status == ""


# ------------------------------------------------------------------------------------- verify


@pytest.fixture
def made(complete: Result, tmp_path: Path) -> Path:
    """A finished dossier to spoil."""
    return Path(shutil.copytree(complete.out, tmp_path / "uit"))


def kinds(out: Path) -> set[tuple[str, str]]:
    return {(item.file, item.kind) for item in verify(out).differences}


def test_what_was_made_is_unchanged(made: Path) -> None:
    verdict = verify(made)

    assert not verdict.differences
    assert verdict.pages > 100


@pytest.mark.parametrize("at", [0, 500, -1])
def test_one_other_byte_is_found(made: Path, at: int) -> None:
    for name in ("wia-bundel.pdf", "uwv/uploadlijst.csv", "werknemer/brief.pdf"):
        content = bytearray((made / name).read_bytes())
        content[at] ^= 1
        (made / name).write_bytes(content)

        assert (name, "veranderd") in kinds(made)


def test_a_file_that_went_or_came_is_found(made: Path) -> None:
    (gone,) = (made / "word").glob("01-*")
    gone.unlink()
    (made / "uwv/brief-specialist.pdf").write_bytes(b"x")
    (made / "notities.txt").write_bytes(b"mine")

    assert kinds(made) == {
        (f"word/{gone.name}", "weg"),
        ("uwv/brief-specialist.pdf", "onbekend"),
    }


def test_a_link_in_a_folder_that_goes_to_somebody_is_found(made: Path) -> None:
    (made / "uwv/map").symlink_to(made.parent, target_is_directory=True)
    (made / "uwv/weg.pdf").symlink_to(made / "niets")

    assert kinds(made) == {("uwv/map", "onbekend"), ("uwv/weg.pdf", "onbekend")}


@pytest.mark.parametrize("bundles", [5, [5], {"wia-bundel.pdf": [{}]}, {"wia-bundel.pdf": 5}])
def test_an_account_that_is_none_of_ours_is_said_to_be_so(made: Path, bundles: object) -> None:
    account = json.loads((made / "manifest.json").read_bytes())
    (made / "manifest.json").write_text(json.dumps({**account, "bundles": bundles}))

    with pytest.raises(OutputError, match="beschadigd of niet door wvp-docs"):
        verify(made)


@pytest.mark.parametrize("change", ['"concept": true', '"concept":false', '"concept": false '])
def test_a_manifest_that_was_changed_is_found(made: Path, change: str) -> None:
    path = made / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"concept": false', change), encoding="utf-8")

    assert text != path.read_text(encoding="utf-8")
    assert kinds(made) == {("manifest.json", "veranderd")}


def rewrite(made: Path, name: str, content: bytes) -> None:
    """Put something else in the folder, and an account that agrees with it."""
    from wvp_docs.manifest import _written, own_sum  # noqa: PLC0415
    from wvp_docs.output import digest  # noqa: PLC0415

    (made / name).write_bytes(content)
    account = json.loads((made / "manifest.json").read_bytes())
    for row in account["outputs"]:
        if row["file"] == name:
            row["sha256"] = digest(content)
    account["sha256"] = own_sum(account)
    (made / "manifest.json").write_bytes(_written(account))


def test_a_page_less_is_found_though_the_account_agrees(made: Path) -> None:
    with pikepdf.open(made / "wia-bundel.pdf") as bundle:
        del bundle.pages[30]
        rewrite(made, "wia-bundel.pdf", paper.written(bundle))

    assert ("wia-bundel.pdf", "bladzijden") in kinds(made)


def test_a_value_less_is_found_though_the_account_agrees(made: Path) -> None:
    (name,) = (path.name for path in (made / "pdf").glob("*actueel-oordeel*"))
    (other,) = (made / "pdf").glob("*eindevaluatie*")
    rewrite(made, f"pdf/{name}", other.read_bytes())

    assert (f"pdf/{name}", "inhoud") in kinds(made)


def test_a_folder_without_account_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"manifest\.json"):
        verify(tmp_path)
