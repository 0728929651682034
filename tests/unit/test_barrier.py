"""The barrier before medical papers: what is called so, and what happens when it cannot be seen."""

from __future__ import annotations

import io
import pickle
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

import hostile_paper as paper
import hostile_word
from conftest import EXAMPLES, ROOT
from wvp_docs import dates
from wvp_docs.attachments import Access, Received, receive
from wvp_docs.barrier import barrier_of
from wvp_docs.batch.orders import order_of
from wvp_docs.case import parse_case
from wvp_docs.casefiles import Found
from wvp_docs.dossier import Dossier
from wvp_docs.examine import examine
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.makeable import makeable
from wvp_docs.pdf.intake import take_in
from wvp_docs.pdf.intake.marks import marks_of
from wvp_docs.sealed import sealed_files

Make = Callable[[str], Dossier]
Change = Callable[[Pdf], None]

TODAY = dates.date(2026, 11, 21)
SENTENCE = "Deze bladzijde gaat over iets dat een werkgever niet mag weten, en zegt dat voluit."
SIGNED = '[plan_van_aanpak]\ndatum = 2024-03-01\nondertekend = "scan.pdf"\n'


def row(name: str, soort: str = "overig") -> str:
    return f'[[bijlage]]\nsoort = "{soort}"\ntitel = "Stuk"\nbestand = "{name}"\n'


def sealed(name: str) -> str:
    return row(name, "medische_informatie")


def page(*sentences: str) -> bytes:
    with Pdf.new() as made:
        for sentence in sentences:
            paper.add_page(made, sentence)
        return paper.written(made)


def received_of(dossier: Dossier, **access: tuple[str, ...]) -> Received:
    return receive(dossier, Access(**access))


def names(received: Received) -> list[str]:
    return [item.name for item in (*received.attachments, *received.signed.values())]


def refusals(received: Received) -> list[str]:
    return [it.path for it in received.findings if it.code == "R081"]


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The folder of the case: a medical paper, also under a harmless name, and two others."""
    for name in ("brief.pdf", "geïnd.pdf", "medisch.pdf"):
        (tmp_path / name).write_bytes(page(SENTENCE))
    (tmp_path / "ander.pdf").write_bytes(page("Een heel ander verhaal over de werkplek van nu."))
    (tmp_path / "scan.pdf").write_bytes(page("Het plan van aanpak, dat beiden ondertekenden."))
    (tmp_path / "stukken").mkdir()
    (tmp_path / "stukken/brief.pdf").write_bytes(page(SENTENCE))
    return tmp_path


# ----------------------------------------------------------- a paper of which no page can be seen


@pytest.mark.parametrize(
    "name",
    [
        "BRIEF.PDF",
        "brief.pdf ",
        unicodedata.normalize("NFD", "geïnd.pdf"),
        "brief",
        "brief.pdf, ander.pdf",
        "file:brief.pdf",
        "stukken",
        "stukken/*.pdf",
        "x" * 400,
        "weg.pdf",
    ],
)
@pytest.mark.usefixtures("beside")
def test_a_medical_paper_that_is_not_found_keeps_every_paper_of_others_back(
    dossier_of: Make, name: str
) -> None:
    received = received_of(dossier_of(row("brief.pdf") + row("ander.pdf") + sealed(name) + SIGNED))

    assert names(received) == []
    assert refusals(received) == [
        "bijlage[2].bestand",
        "bijlage[0].bestand",
        "bijlage[1].bestand",
        "plan_van_aanpak.ondertekend",
    ]
    assert all(it.severity is Severity.ERROR for it in received.findings)
    assert "van regel 13 van de casus" in received.findings[1].message
    assert name.strip() not in " ".join(it.message + it.hint for it in received.findings)


def locked() -> bytes:
    with Pdf.open(io.BytesIO(page(SENTENCE))) as pdf:
        return paper.written(pdf, encryption=pikepdf.Encryption(owner="a", user="geheim12"))


def with_file_inside(pdf: Pdf) -> None:
    pdf.attachments["brief.pdf"] = pikepdf.AttachedFileSpec(pdf, page(SENTENCE))


def as_portfolio(pdf: Pdf) -> None:
    with_file_inside(pdf)
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def with_small_picture(pdf: Pdf) -> None:
    """Add a page that holds a picture of a few words, and nothing else."""
    photo = take_in(paper.saved(paper.photo((300, 200)), "PNG"), "a.png").pdf
    with Pdf.open(io.BytesIO(photo)) as other:
        pdf.pages.append(other.pages[0])


def with_stamp(pdf: Pdf) -> None:
    """Add a page on which only a comment of a reader is seen."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 60, 400, 700])
    note.AP = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form))
    pdf.add_blank_page(page_size=paper.A4).obj.Annots = Array([pdf.make_indirect(note)])


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("brief.pdf", page(SENTENCE))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        locked(),
        paper.changed(with_file_inside),
        paper.changed(as_portfolio),
        paper.changed(with_small_picture),
        paper.changed(with_stamp),
        zipped(),
        hostile_word.word(),
        page(SENTENCE)[:200],
        b"",
        b"Een brief",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
    ids=[
        *("locked", "file inside", "portfolio", "small picture", "stamp", "zip", "docx"),
        *("cut off", "empty", "text", "doc"),
    ],
)
def test_a_medical_file_that_cannot_be_compared_keeps_every_paper_of_others_back(
    dossier_of: Make, beside: Path, content: bytes
) -> None:
    (beside / "geheim").write_bytes(content)

    received = received_of(dossier_of(row("ander.pdf") + sealed("geheim")))
    assert (names(received), refusals(received)) == (
        [],
        ["bijlage[1].bestand", "bijlage[0].bestand"],
    )


def test_a_password_that_fits_opens_it_for_comparison(dossier_of: Make, beside: Path) -> None:
    (beside / "geheim.pdf").write_bytes(locked())
    case = dossier_of(row("ander.pdf") + row("brief.pdf") + sealed("geheim.pdf"))

    assert names(received_of(case)) == []
    assert names(received_of(case, passwords=("geheim12",))) == ["ander.pdf"]


@pytest.mark.usefixtures("beside")
def test_what_we_make_ourselves_goes_on_and_a_logo_does_not(dossier_of: Make, beside: Path) -> None:
    (beside / "logo.png").write_bytes(paper.saved(paper.photo((300, 90)), "PNG"))
    answers = (
        (ROOT / "examples/week-9/case.toml").read_text(encoding="utf-8").split("schema = 1")[1]
    )
    text = answers + '\n[huisstijl]\nlogo = "logo.png"\n'
    whole = examine(dossier_of(text + sealed("medisch.pdf")), TODAY)
    held = examine(dossier_of(text + sealed("weg.pdf")), TODAY)

    assert whole.style is not None
    assert held.style is not None
    assert (whole.style.logo is None, held.style.logo) == (False, None)
    assert ("R081", Severity.ERROR, "huisstijl.logo") in {
        (it.code, it.severity, it.path) for it in held.findings
    }
    made = [len(makeable(dossier_of(text), it.findings)) for it in (whole, held)]
    assert made[0] == made[1] > 0


def test_a_logo_with_a_page_of_a_medical_paper_is_none(dossier_of: Make, beside: Path) -> None:
    picture = paper.saved(paper.photo((700, 900)), "PNG")
    (beside / "logo.png").write_bytes(picture)
    (beside / "geheim.pdf").write_bytes(take_in(picture, "a.png").pdf)

    case = dossier_of('[huisstijl]\nlogo = "logo.png"\n' + sealed("geheim.pdf"))
    style = examine(case, TODAY).style
    assert style is not None
    assert style.logo is None


def test_what_is_unknown_travels_too(library: Library, beside: Path) -> None:
    source = "schema = 1\n" + row("ander.pdf") + sealed("BRIEF.PDF") + SIGNED
    (beside / "case.toml").write_text(source, encoding="utf-8")

    order = pickle.loads(pickle.dumps(order_of(Found("a", beside / "case.toml"), library, (), {})))  # noqa: S301  ours
    there = Dossier(parse_case(order.source, Path(order.file), order.beside), library)
    here = Dossier(parse_case(order.source, beside / "case.toml"), library)
    assert names(received_of(there)) == []
    assert [it.message for it in received_of(there).findings] == [
        it.message for it in received_of(here).findings
    ]


@pytest.mark.usefixtures("beside")
def test_the_files_that_were_compared_are_among_the_inputs(dossier_of: Make) -> None:
    """Another paper under the same name is compared anew: a batch sees it by its digest."""
    found = examine(dossier_of(sealed("medisch.pdf") + sealed("weg.pdf")), TODAY)

    assert found.inputs["medisch.pdf"]
    assert found.inputs["weg.pdf"] == ""


@pytest.mark.usefixtures("beside")
def test_a_text_that_names_no_file_holds_nothing_back(dossier_of: Make) -> None:
    case = '[[bijlage]]\nsoort = "medische_informatie"\ntitel = "Brief van mei"\n'

    assert names(received_of(dossier_of(row("ander.pdf") + case))) == ["ander.pdf"]


# --------------------------------------------------------------------- one picture, other clothes


def scan(*, letters: bool = False, strips: int = 1, turn: int = 0) -> bytes:
    """Return a page that is a scan, in strips, with letters behind it as a scanner puts them."""
    whole = paper.photo((700, 1000))
    high, top = 1000 // strips, paper.A4[1]
    with Pdf.new() as pdf:
        sheet = pdf.add_blank_page(page_size=paper.A4)
        drawn, listed = b"", Dictionary()
        for at in range(strips):
            part = whole.crop((0, at * high, 700, (at + 1) * high))
            listed[f"/I{at}"] = pdf.make_stream(
                part.tobytes(),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=700,
                Height=high,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
            )
            tall = top / strips
            drawn += f"q 595 0 0 {tall} 0 {top - (at + 1) * tall} cm /I{at} Do Q\n".encode()
        if letters:
            drawn += f"BT 3 Tr /F1 12 Tf 60 700 Td ({SENTENCE}) Tj ET".encode()
        sheet.obj.Resources = Dictionary(XObject=listed, Font=Dictionary(F1=paper.helvetica(pdf)))
        sheet.obj.Contents = pdf.make_stream(drawn)
        if turn:
            sheet.obj.Rotate = turn
        return paper.written(pdf)


def resaved(content: bytes) -> bytes:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return paper.written(pdf, linearize=True)


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        (scan(), scan(letters=True)),
        (scan(letters=True), scan()),
        (scan(strips=10), resaved(scan(strips=10))),
        (scan(strips=10), scan(strips=10, letters=True)),
        (scan(strips=10, letters=True), scan(strips=10, turn=90)),
    ],
    ids=["letters", "no letters", "strips", "strips with letters", "strips without"],
)
def test_a_scan_is_known_with_letters_behind_it_and_in_strips(
    dossier_of: Make, beside: Path, original: bytes, copy: bytes
) -> None:
    (beside / "geheim.pdf").write_bytes(original)
    (beside / "rapport.pdf").write_bytes(copy)
    case = row("rapport.pdf") + row("ander.pdf") + sealed("geheim.pdf")

    received = received_of(dossier_of(case))
    assert (names(received), refusals(received)) == (["ander.pdf"], ["bijlage[0].bestand"])


def letter(own: str) -> bytes:
    """Return a letter of a house, with its logo in many dots."""
    with Pdf.new() as pdf:
        sheet = paper.add_page(pdf, own)
        logo = paper.photo((1500, 600))
        sheet.obj.Resources.XObject = Dictionary(
            Logo=pdf.make_stream(
                logo.tobytes(),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=1500,
                Height=600,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        sheet.contents_add(b"q 150 0 0 60 60 770 cm /Logo Do Q")
        return paper.written(pdf)


def test_a_logo_that_is_on_both_papers_is_no_reason(dossier_of: Make, beside: Path) -> None:
    (beside / "geheim.pdf").write_bytes(letter(SENTENCE))
    (beside / "rapport.pdf").write_bytes(letter("Het rapport over de werkplek, van dit huis."))

    case = dossier_of(row("rapport.pdf") + sealed("geheim.pdf"))
    assert names(received_of(case)) == ["rapport.pdf"]


def test_a_form_that_was_filled_in_is_known_when_its_fields_are_text(
    dossier_of: Make, beside: Path
) -> None:
    filled = paper.form("klacht", SENTENCE)
    (beside / "geheim.pdf").write_bytes(filled)
    (beside / "afdruk.pdf").write_bytes(take_in(filled, "a.pdf").pdf)

    assert names(received_of(dossier_of(row("afdruk.pdf") + sealed("geheim.pdf")))) == []


def test_a_photo_is_known_in_a_pdf_that_packs_it_twice(dossier_of: Make, beside: Path) -> None:
    photo = paper.saved(paper.photo((800, 1100)), "JPEG")
    (beside / "geheim.jpg").write_bytes(photo)
    with Pdf.open(io.BytesIO(take_in(photo, "a.jpg").pdf)) as pdf:
        stream = pdf.pages[0].Resources.XObject.Afbeelding
        stream.write(
            stream.read_raw_bytes().hex().encode() + b">",
            filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]),
        )
        (beside / "rapport.pdf").write_bytes(
            paper.written(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        )

    assert names(received_of(dossier_of(row("rapport.pdf") + sealed("geheim.jpg")))) == []


def test_every_page_of_an_ordinary_paper_is_known() -> None:
    for content in (
        page(SENTENCE, SENTENCE),
        scan(),
        paper.saved(paper.photo((800, 1100)), "JPEG"),
    ):
        assert not marks_of(content).unseen


# --------------------------------------------------------------- however the case says it is so


@pytest.mark.parametrize(
    "said",
    [
        '[[werknemer.bijlage]]\nsoort = "medische_informatie"\nbestand = "brief.pdf"\n',
        '[[werknemer.bijlage]]\nsoort = "medische infomatie"\nbestand = "brief.pdf"\n',
        '[plan_van_aanpak]\nondertekend = {soort = "medische_informatie", bestand = "brief.pdf"}\n',
        '[plan_van_aanpak]\nmedische_informatie = "brief.pdf"\n',
        '[plan_van_aanpak]\n"Medische informatie" = ["brief.pdf"]\n',
        '[[medische_informatie]]\nbestand = "brief.pdf"\n',
        '[[Medische-Informatie]]\nstuk = {naam = "brief.pdf"}\n',
        '[[bijlagen]]\ntype = "medische_informatie"\nbestand = "brief.pdf"\n',
        '[[bijlagen]]\nSoort = "Medische Informatie"\nbestand = "brief.pdf"\n',
        '[[bijlagen]]\nSoort = "medisch"\nbestand = "brief.pdf"\n',
        '[x.y.z]\nlijst = ["medische  informatie"]\nhet_bestand = {naam = "brief.pdf"}\n',
    ],
)
@pytest.mark.usefixtures("beside")
def test_a_file_is_held_back_wherever_the_case_calls_it_medical(
    dossier_of: Make, said: str
) -> None:
    received = received_of(dossier_of(row("brief.pdf") + row("ander.pdf") + said))

    assert (names(received), refusals(received)) == (["ander.pdf"], ["bijlage[0].bestand"])


@pytest.mark.parametrize("said", ["medische_informatie = true", "medisch = 1\nSoort = 'Medische'"])
@pytest.mark.usefixtures("beside")
def test_a_row_that_says_so_beside_another_kind_is_held_back(dossier_of: Make, said: str) -> None:
    case = row("brief.pdf") + f"{said}\n" + row("ander.pdf")

    assert names(received_of(dossier_of(case))) == ["ander.pdf"]


@pytest.mark.parametrize(
    "said",
    [
        '[[werknemer.bijlage]]\nsoort = "medische_informatie"\nBestand = "BRIEF.PDF"\n',
        '[[medische_informatie]]\nbestanden = ["ander.pdf", "BRIEF.PDF"]\n',
        'bestand.naam = "BRIEF.PDF"\nmedische_informatie = true\n',
        '[plan_van_aanpak]\nmedische_informatie = "BRIEF.PDF"\n',
    ],
)
@pytest.mark.usefixtures("beside")
def test_a_name_that_is_not_found_there_counts_as_well(dossier_of: Make, said: str) -> None:
    case = row("brief.pdf") + said if said[0] == "[" else "[x]\n" + said + row("brief.pdf")

    assert names(received_of(dossier_of(case))) == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_keys_of_an_ordinary_case_are_no_alarm(
    example: Callable[[str], Dossier], name: str
) -> None:
    assert sealed_files(example(name)) == ()
    assert barrier_of(example(name)).names == ()
