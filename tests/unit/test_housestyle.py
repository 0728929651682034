"""The style of a house: which value wins, what is refused, and what it does to a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

import wvp_docs
from conftest import EXAMPLES, ROOT
from wvp_docs.beside import InHand
from wvp_docs.case import Case, parse_case
from wvp_docs.dossier import Dossier
from wvp_docs.engines import pick
from wvp_docs.errors import TemplateError
from wvp_docs.examine import examine
from wvp_docs.findings import Finding
from wvp_docs.housestyle import HouseStyle, dressed, house_files, house_style_of
from wvp_docs.housestyle.logo import MAX_HEIGHT, MAX_WIDTH, logo_of
from wvp_docs.housestyle.palette import accent_of, contrast, palette_of
from wvp_docs.housestyle.style import font_of, line_of
from wvp_docs.housestyle.unusable import UnusableError
from wvp_docs.ooxml import read_package, write_package
from wvp_docs.word import text_of

Make = Callable[[str], Dossier]
DAY = date(2026, 11, 20)
NAMED = '[huisstijl]\nlogo = "logo.png"\n'
EMPLOYER = '[werkgever]\nkvk_nummer = "12 34 56 78"\n'
HOUSE = ROOT / "examples/huisstijl"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    made = Image.new(mode, size, 0 if mode == "1" else 60)
    if made.has_transparency_data:
        made.putalpha(255)
    made.save(target, kind)
    return target.getvalue()


def drawing(rectangle: str) -> bytes:
    space = "http://www.w3.org/2000/svg"
    return f'<svg xmlns="{space}" viewBox="0 0 100 100"><rect {rectangle}/></svg>'.encode()


def case_with(text: str, **files: str | bytes) -> Case:
    """Return a case with files beside it; `__` in a name is a slash and `_` before toml a point."""
    named = {name.replace("__", "/").replace("_", "."): content for name, content in files.items()}
    beside = InHand(
        {name: it.encode() if isinstance(it, str) else it for name, it in named.items()}
    )
    return parse_case(f"schema = 1\n{text}".encode(), Path("case.toml"), beside)


def said(case: Case) -> list[Finding]:
    return list(house_style_of(case).findings)


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
        (picture()[:-20], "beschadigd"),
        (picture("JPEG")[:400], "beschadigd"),
        (bytes(30_000_000), r"te groot .*\(30 MB\)"),
        (drawing('x="300" width="9" height="9"'), "niets van te zien"),
        (drawing('width="90" height="90" fill="white"'), "niets van te zien"),
        (picture(size=(6000, 5000), mode="1"), "te veel beeldpunten"),
        (picture(size=(12000, 12000), mode="1"), "te veel beeldpunten"),
        (picture(size=(16000, 16000), mode="1"), "te veel beeldpunten"),
    ],
    ids=[
        "empty",
        "text",
        "gif",
        "cut png",
        "cut jpeg",
        "30 MB",
        "outside",
        "white",
        "many",
        "too many",
        "bomb",
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnusableError, match=said):
        logo_of(content)


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [
        ("PNG", "RGB", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "1", "RGB"),
        ("PNG", "L", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "I;16", "RGB"),
        ("JPEG", "RGB", "RGB"),
        ("JPEG", "CMYK", "RGB"),
    ],
)
def test_a_logo_becomes_a_picture_that_every_engine_draws(
    kind: str, mode: str, becomes: str
) -> None:
    content = picture(kind, mode=mode)
    logo = logo_of(content)
    with Image.open(io.BytesIO(logo.content)) as made:
        assert (made.mode, made.format) == (becomes, logo.kind.upper())

    assert (logo.content == content) == (mode == becomes)


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


@pytest.mark.parametrize(
    ("case", "employer", "house", "wins"),
    [
        ("000001", "000002", "000003", "000001"),
        ("", "000002", "000003", "000002"),
        ("", None, "000003", "000003"),
        ("", "", "000003", ""),
        ("", None, None, ""),
        ("FFFF00", "000002", "000003", "000002"),
    ],
    ids=["case", "employer", "house", "an empty text ends it", "nobody", "a bad one is skipped"],
)
def test_the_nearest_sound_value_wins(
    case: str, employer: str | None, house: str | None, wins: str
) -> None:
    files = {"werkgevers__12345678_toml": employer, "huisstijl_toml": house}
    given = {name: f'kleur = "{it}"\n' for name, it in files.items() if it is not None}
    made = house_style_of(case_with(f'{EMPLOYER}[huisstijl]\nkleur = "{case}"\n', **given))

    assert made.style.accent == wins


def test_each_key_is_inherited_by_itself() -> None:
    made = house_style_of(
        case_with(
            EMPLOYER,
            werkgevers__12345678_toml='lettertype = "georgia"\nvoettekst = ""\n',
            huisstijl_toml='kleur = "#7a1f4f"\nvoettekst = "Het Baken"\nretouradres = "Brug 1"\n',
        )
    )

    assert made.style == HouseStyle(None, "7A1F4F", "Georgia", "", "Brug 1")
    assert made.findings == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('kleur = "#FFCC00"', "te weinig contrast met wit papier (1,5 op 1; 4,5 is nodig)"),
        ('kleur = "#777777"', "te weinig contrast met wit papier (4,4 op 1"),
        ('kleur = "rood"', "de kleur is niet te lezen"),
        ("kleur = 7", "de kleur moet tekst zijn"),
        ('lettertype = "Comic Sans MS"', "het lettertype is er niet bij het maken van de pdf"),
        ('lettertype = "Courier New"', "het lettertype is er niet bij het maken van de pdf"),
        (f'voettekst = "{"x" * 101}"', "de voettekst is 101 tekens lang; er passen er 100"),
        ('retouradres = "Brug 1 😀"', "het retouradres bevat een teken"),
        ('voettekst = "Baken™ BV"', "niet elk lettertype heeft: ™"),
        ('voettekst = "{{ werknemer.bsn }}"', "de voettekst bevat een teken"),
        ('sjablonen = "weg"', "in de map met sjablonen staat geen Word-bestand"),
        ('sjablonen = "."', "in de map met sjablonen staat geen Word-bestand"),
        ("sjablonen = 3", "de map met sjablonen moet tekst zijn"),
        ('kleuren = "#000000"', "heeft een sleutel die niet bestaat: kleuren."),
        ('font = "Arial"', "heeft een sleutel die niet bestaat: font."),
        ('logo = "weg.png"', "het bestand van het logo bestaat niet"),
        ("kleur = ", "is niet te lezen: hier ontbreekt een waarde"),
    ],
)
def test_a_value_that_cannot_be_used_gets_a_sentence_at_its_place(line: str, said: str) -> None:
    made = house_style_of(case_with("", huisstijl_toml=f"# huis\n{line}\n"))
    (finding,) = made.findings

    assert said in finding.message
    assert (finding.place.file, finding.place.line) == ("huisstijl.toml", 2)
    assert finding.code == ("V006" if "logo" in line else "V008")
    assert finding.severity == "warning"
    assert made.style == HouseStyle()


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"kleur = [" * 3000, b"#" * 200_000, b"a = " + b"9" * 5000, b"a." * 99 + b"a=1"],
)
def test_a_file_that_is_no_house_style_stops_nothing(content: bytes) -> None:
    made = house_style_of(case_with("", huisstijl_toml=content))

    assert made.style == HouseStyle()
    assert [finding.code for finding in made.findings] == ["V008"]


def test_a_table_as_in_a_case_is_read_too() -> None:
    made = house_style_of(case_with("", huisstijl_toml='[huisstijl]\nkleur = "#000001"\nx = 1\n'))
    (finding,) = made.findings

    assert made.style.accent == "000001"
    assert finding.place.line == 3


def test_what_a_file_names_is_looked_for_beside_that_file() -> None:
    case = case_with(
        EMPLOYER,
        werkgevers__12345678_toml='logo = "eigen.png"\n',
        huisstijl_toml='logo = "huis.png"\nsjablonen = "sjablonen"\n',
        werkgevers__eigen_png=picture(),
        sjablonen___brief_docx=b"",
    )

    assert said(case) == []
    assert set(house_files(case)) == {
        "werkgevers/12345678.toml",
        "huisstijl.toml",
        "werkgevers/eigen.png",
        "huis.png",
    } | {name for name in house_files(case) if name.startswith("sjablonen/")}
    assert house_style_of(case).read["huis.png"] == ""


def test_a_logo_that_is_not_there_is_looked_for_beside_the_file_that_names_it() -> None:
    case = case_with(EMPLOYER, werkgevers__12345678_toml='logo = "x.png"\n', x_png=picture())

    (finding,) = said(case)
    assert finding.hint == "Zet het naast werkgevers/12345678.toml, of kijk de naam na."


def test_a_case_without_a_house_style_reads_nothing() -> None:
    assert house_files(case_with(EMPLOYER)) == ()


def test_a_medical_file_is_no_logo(dossier_of: Make, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    medical = '[[bijlage]]\nsoort = "medische_informatie"\nbestand = "logo.png"\n'
    examination = examine(dossier_of(NAMED + medical), DAY)

    assert examination.style is not None
    assert examination.style.logo is None
    assert any("medische informatie" in it.message for it in examination.findings)


@pytest.mark.parametrize("colour", ["FFCC00", "FF0000", "00FF7F", "9E9E9E", "FFFFFF"])
def test_the_colour_that_is_proposed_instead_is_dark_enough(colour: str) -> None:
    with pytest.raises(UnusableError) as refused:
        accent_of(colour)

    proposed = refused.value.hint.rpartition("#")[2].removesuffix(".")
    assert accent_of(proposed) == proposed


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000") == pytest.approx(21)
    assert contrast("FFFFFF") == pytest.approx(1)
    assert contrast("767676") == pytest.approx(4.54, abs=0.01)


def test_tints_follow_the_colour() -> None:
    assert palette_of("000000") == {"1B4B5E": "000000", "B7CBD3": "B2B2B2", "D3DADE": "CCCCCC"}


@pytest.mark.parametrize("name", ["Arial", "arial", " Times New Roman ", "Carlito"])
def test_a_font_of_the_engine_may_be_named(name: str) -> None:
    assert font_of(name).casefold() == name.strip().casefold()


def test_a_line_loses_its_breaks_and_keeps_its_accents() -> None:
    assert (
        line_of("  Café ’t Huis\n –  Straße 1, Łódź • €  ") == "Café ’t Huis – Straße 1, Łódź • €"
    )


def members(stem: str) -> dict[str, bytes]:
    return read_package((ROOT / f"templates/{stem}.docx").read_bytes())


def test_an_empty_style_changes_nothing() -> None:
    assert dressed(members("_brief"), HouseStyle()) == members("_brief")


def test_only_what_is_ours_takes_the_colour_and_the_font() -> None:
    own = members("_brief")
    own["word/styles.xml"] = (
        b'<w:color w:val="1b4b5e"/><w:color w:val="FF0000"/><w:rFonts w:ascii="Calibri" '
        b'w:hAnsi="Verdana"/>'
    )
    made = dressed(own, HouseStyle(accent="7A1F4F", font="Georgia"))

    assert made["word/styles.xml"] == (
        b'<w:color w:val="7A1F4F"/><w:color w:val="FF0000"/><w:rFonts w:ascii="Georgia" '
        b'w:hAnsi="Verdana"/>'
    )
    assert made["word/document.xml"] == own["word/document.xml"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").glob("*.docx")), ids=lambda it: it.stem
)
def test_every_template_takes_the_style_of_a_house(path: Path) -> None:
    style = HouseStyle(logo_of(picture()), "7A1F4F", "Arial", "A & B <voet>", "Retour: R & Zn")
    made = dressed(members(path.stem), style)
    styles = made["word/styles.xml"]

    assert not any(ours in styles for ours in (b"1B4B5E", b"B7CBD3", b"D3DADE", b'"Calibri"'))
    assert b"A &amp; B &lt;voet&gt;" in made["word/footer1.xml"]
    assert b"media/logo.png" in made["word/_rels/header1.xml.rels"]
    assert (b"R &amp; Zn" in made["word/document.xml"]) == (path.stem == "_brief")


@pytest.mark.parametrize("engine", ["rdocx", pytest.param("libreoffice", marks=pytest.mark.engine)])
@pytest.mark.parametrize("concept", ["", "Concept"])
def test_a_long_name_stays_beside_a_wide_logo(engine: str, concept: str) -> None:
    own = members("plan_van_aanpak")
    name = "Samenwerkende Timmerfabrieken en Meubelmakerijen van Noordoost-Nederland Holding B.V."
    header = own["word/header1.xml"].replace(b"{{ werkgever.naam }}", name.encode())
    header = header.replace(b"{{ document.concept }}", concept.encode())
    empty = re.sub(rb"<w:body>.*(?=<w:sectPr)", b"<w:body>", own["word/document.xml"])
    parts = {**own, "word/header1.xml": header, "word/document.xml": empty}
    parts = {it: re.sub(rb"\{\{.*?\}\}", b"x", text) for it, text in parts.items()}
    wide = logo_of(picture(size=(1200, 260)))

    (pdf,) = pick(engine).convert([write_package(dressed(parts, HouseStyle(logo=wide)))])

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        (drawn,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, _ = drawn.get_bounds()
        text = page.get_textpage()
        spots = [text.get_rect(at) for at in range(text.count_rects())]
    above = [spot for spot in spots if spot[3] > bottom - 5]
    assert right == pytest.approx(11906 / 20 - 1276 / 20, abs=3)
    assert len(above) >= 2 + bool(concept)
    assert all(spot[2] < left for spot in above)


def test_a_template_without_header_footer_or_styles_stays_as_it_is() -> None:
    bare = {"word/document.xml": b"<w:document/>", "[Content_Types].xml": b"<Types/>"}

    assert (
        dressed(bare, HouseStyle(logo_of(picture()), "7A1F4F", "Arial", "voet", "retour")) == bare
    )


def test_the_return_address_of_an_arbodienst_is_not_on_the_sheet_for_the_medical_envelope() -> None:
    # What cannot be delivered would go back there, and they may not have it.
    made = dressed(members("_envelop"), HouseStyle(sender="Retour"))

    assert made == members("_envelop")


def test_two_templates_for_one_form_are_refused() -> None:
    case = case_with(
        "",
        huisstijl_toml='sjablonen = "eigen"\n',
        eigen__brief_docx=b"a",
        eigen__BRIEF_DOCX=b"b",
    )
    with pytest.raises(TemplateError, match=r"twee sjablonen .*: BRIEF.DOCX en brief.docx"):
        house_style_of(case)


@pytest.mark.parametrize("name", ["week-9", "te-laat"])
def test_a_house_changes_the_looks_and_no_word(tmp_path: Path, name: str) -> None:
    file, day = ROOT / f"examples/{name}/case.toml", EXAMPLES[name]
    plain = wvp_docs.build(wvp_docs.load(file), tmp_path / "a", today=day)
    made = wvp_docs.build(wvp_docs.load(file, [HOUSE]), tmp_path / "b", today=day)
    line = "\nArbodienst Het Baken · Postbus 1500, 1000 ZZ Voorbeeldstad · hetbaken.example"

    assert made.findings == plain.findings
    for ours, theirs in zip(plain.made, made.made, strict=True):
        words = text_of(theirs.rendered.docx).replace(line, "").split()
        assert words == text_of(ours.rendered.docx).split()
        assert theirs.rendered.printed == ours.rendered.printed
        assert theirs.pages in {ours.pages, ours.pages + 1}


def test_own_templates_come_before_ours_and_are_named_in_the_manifest(tmp_path: Path) -> None:
    shipped = (ROOT / "templates/probleemanalyse.docx").read_bytes()
    own = read_package(shipped)
    own["word/footer1.xml"] = own["word/footer1.xml"].replace(b"Pagina ", b"Bladzijde ")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part, content in own.items():
            package.writestr(part, content)
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "Probleemanalyse.DOCX").write_bytes(buffer.getvalue())
    (folder / "~$obleemanalyse.docx").write_bytes(b"open in Word")
    (tmp_path / "huisstijl.toml").write_text('sjablonen = "eigen"\n', encoding="utf-8")
    source = (ROOT / "examples/week-9/case.toml").read_bytes()
    (tmp_path / "case.toml").write_bytes(source)

    made = wvp_docs.build(wvp_docs.load(tmp_path / "case.toml"), tmp_path / "uit", today=DAY)
    first, second = (text_of(item.rendered.docx) for item in made.made)
    manifest = (tmp_path / "uit/manifest.json").read_text(encoding="utf-8")

    assert "Bladzijde " in first
    assert "Bladzijde " not in second
    assert "eigen/Probleemanalyse.DOCX" in manifest
    assert "plan_van_aanpak.docx" in manifest
    assert '"probleemanalyse.docx"' not in manifest
