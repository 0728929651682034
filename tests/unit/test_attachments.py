"""The papers of others: which may come along, under what name, and what is said of them."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import ObjectStreamMode, Pdf

import hostile_paper as paper
import hostile_word
from conftest import ROOT
from wvp_docs.attachments import Access, Received, receive
from wvp_docs.batch.orders import order_of
from wvp_docs.case import load_case, parse_case
from wvp_docs.casefiles import Found
from wvp_docs.dossier import Dossier
from wvp_docs.engines import pick
from wvp_docs.examine import examine
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.options import Numbers
from wvp_docs.pdf.intake import take_in

Make = Callable[[str], Dossier]

TODAY = date(2026, 11, 21)


def attachment(name: str, soort: str = "overig", titel: str = "Stuk") -> str:
    return f'[[bijlage]]\nsoort = "{soort}"\ntitel = "{titel}"\nbestand = "{name}"\n'


def read(dossier: Dossier, access: Access | None = None) -> Received:
    return receive(dossier, access or Access())


def allowed(dossier: Dossier) -> str:
    """Return the lines that the report gives to let through what looks medical."""
    (hint,) = (it.hint for it in examine(dossier, TODAY).findings if it.code == "R089")
    return hint[hint.index("[[uitzondering]]") :].replace("…", "De naam van een map.") + "\n"


def page_of(text: str) -> bytes:
    """Return a PDF with the text on its second page; a tab begins the next cell of a table."""
    lines = text.replace("\t", ") Tj 200 0 Td (").replace("\n", ") Tj 0 -20 Td (")
    made = paper.new()
    paper.add_page(made, lines)
    return paper.written(made)


def errors(received: Received) -> list[str]:
    return [it.code for it in received.findings if it.severity is Severity.ERROR]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF of one page beside the case."""
    (tmp_path / "stuk.pdf").write_bytes(paper.plain())
    return tmp_path / "stuk.pdf"


@pytest.mark.usefixtures("pdf")
def test_a_pdf_beside_the_case_is_read(dossier_of: Make) -> None:
    received = read(dossier_of(attachment("stuk.pdf")))

    (found,) = received.attachments
    assert (found.pdf.pages, found.titel, received.findings) == (1, "Stuk", ())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("weg.pdf", "bestaat niet"),
        ("../buiten.pdf", "buiten de map"),
        ("/etc/passwd.pdf", "buiten de map"),
        ("map.pdf", "geen gewoon bestand"),
        ("tekst.pdf", ""),
        ("leeg.pdf", ""),
        ("stuk.exe", ""),
    ],
)
def test_what_cannot_be_used_is_a_finding_at_its_line(
    dossier_of: Make, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "tekst.pdf").write_text("geen pdf", encoding="utf-8")
    (tmp_path / "leeg.pdf").write_bytes(b"")
    (tmp_path / "stuk.exe").write_bytes(b"MZ")
    (tmp_path / "map.pdf").mkdir()
    (tmp_path.parent / "buiten.pdf").write_bytes(paper.plain())

    received = read(dossier_of(attachment(name)))
    (finding,) = received.findings
    assert received.attachments == ()
    assert (finding.code, finding.path, finding.place.line) == ("R083", "bijlage[0].bestand", 5)
    assert said in finding.message
    assert finding.hint


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_does_not_hold_the_run_up(dossier_of: Make, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.pdf")

    assert errors(read(dossier_of(attachment("pijp.pdf")))) == ["R083"]


def test_a_folder_that_a_person_allows_may_hold_attachments(
    library: Library, tmp_path: Path
) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-archief"
    elsewhere.mkdir()
    (elsewhere / "rapport.pdf").write_bytes(paper.plain())

    def reads(name: str) -> Received:
        (tmp_path / "case.toml").write_text(f"schema = 1\n{attachment(name)}", encoding="utf-8")
        return read(Dossier(load_case(tmp_path / "case.toml", (elsewhere,)), library))

    for name in ("rapport.pdf", str(elsewhere / "rapport.pdf")):
        assert len(reads(name).attachments) == 1
    assert errors(reads("../x.pdf")) == ["R083"]


def test_a_password_is_asked_for_and_then_used(dossier_of: Make, pdf: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as made:
        made.save(pdf, encryption=pikepdf.Encryption(owner="x", user="y"))
    dossier = dossier_of(attachment("stuk.pdf"))

    (finding,) = read(dossier).findings
    assert "wachtwoord" in finding.message
    assert "--wachtwoord-bestand" in finding.hint
    assert len(read(dossier, Access(passwords=("z", "y"))).attachments) == 1


def test_a_word_file_becomes_a_pdf(dossier_of: Make, tmp_path: Path) -> None:
    content = (ROOT / "templates/_brief.docx").read_bytes()
    (tmp_path / "brief.docx").write_bytes(content)
    convert = pick("rdocx").convert

    received = read(
        dossier_of(attachment("brief.docx")), Access(convert=lambda docx: convert([docx])[0])
    )
    assert received.findings == ()
    assert b"%PDF-" in received.attachments[0].pdf.read()[:20]
    assert read(dossier_of(attachment("brief.docx"))).attachments == ()


def test_a_word_file_with_a_program_in_it_is_refused(dossier_of: Make, tmp_path: Path) -> None:
    source = io.BytesIO((ROOT / "templates/_brief.docx").read_bytes())
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    (tmp_path / "brief.docx").write_bytes(source.getvalue())

    (finding,) = read(dossier_of(attachment("brief.docx"))).findings
    assert "macro" in finding.message.lower()


def test_a_word_file_of_which_something_would_be_lost_is_refused(
    dossier_of: Make, tmp_path: Path
) -> None:
    box = "<v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>"
    body = f"<w:p><w:r><w:pict>{box.format(hostile_word.p('Alleen hier.'))}</w:pict></w:r></w:p>"
    (tmp_path / "brief.docx").write_bytes(hostile_word.word(body))
    convert = pick("rdocx").convert

    received = read(
        dossier_of(attachment("brief.docx")), Access(convert=lambda docx: convert([docx])[0])
    )
    (finding,) = received.findings
    assert (received.attachments, finding.code) == ((), "R083")
    assert "tekstvak" in finding.message
    assert "bewaar het als PDF" in finding.hint


def test_what_was_changed_is_said(dossier_of: Make, tmp_path: Path) -> None:
    (tmp_path / "kapot.pdf").write_bytes(paper.plain()[:-40])

    received = read(dossier_of(attachment("kapot.pdf")))
    (finding,) = received.findings
    assert (finding.severity, len(received.attachments)) == (Severity.INFO, 1)
    assert "hersteld" in finding.message


def test_a_sealed_file_is_kept_as_it_is(dossier_of: Make, tmp_path: Path) -> None:
    content = paper.signed(paper.plain())
    (tmp_path / "advies.pdf").write_bytes(content)

    (found,) = read(dossier_of(attachment("advies.pdf", "deskundigenoordeel"))).attachments
    assert found.is_sealed
    assert found.pdf.read() == content


def test_a_link_that_leaves_the_folder_is_refused(dossier_of: Make, tmp_path: Path) -> None:
    outside = tmp_path.parent / "geheim.pdf"
    outside.write_bytes(paper.plain())
    (tmp_path / "link.pdf").symlink_to(outside)

    (finding,) = read(dossier_of(attachment("link.pdf"))).findings
    assert "buiten de map" in finding.message


@pytest.mark.usefixtures("pdf")
def test_medical_information_does_not_come_along(dossier_of: Make) -> None:
    assert read(dossier_of(attachment("stuk.pdf", "medische_informatie"))).attachments == ()


def test_the_same_file_under_another_name_and_kind_does_not_either(
    dossier_of: Make, pdf: Path, tmp_path: Path
) -> None:
    (tmp_path / "rapport.pdf").write_bytes(pdf.read_bytes())
    (tmp_path / "ook.pdf").symlink_to(pdf)
    received = read(
        dossier_of(
            attachment("rapport.pdf", "arbeidsdeskundig_rapport")
            + attachment("ook.pdf")
            + attachment("stuk.pdf", "medische_informatie")
            + '[plan_van_aanpak]\ndatum = 2024-03-01\nondertekend = "stuk.pdf"\n'
        )
    )

    assert (received.attachments, received.signed) == ((), {})
    assert errors(received) == ["R081", "R081", "R081"]


@pytest.mark.parametrize(
    "heading",
    [
        "Medische informatie WIA",
        "MEDISCH GEHEIM",
        "Medisch dossier",
        "Medisch vertrouwelijk",
        "Geheim medisch document",
        "Medisch-geheim",
        "MEDISCH\nGEHEIM",
        "Medische-\ninformatie",
    ],
)
def test_a_page_with_the_heading_of_a_medical_paper_is_refused(
    dossier_of: Make, tmp_path: Path, heading: str
) -> None:
    (tmp_path / "stuk.pdf").write_bytes(page_of(heading))

    received = read(dossier_of(attachment("stuk.pdf")))
    assert received.attachments == ()
    assert errors(received) == ["R081"]
    assert "bladzijde 2" in received.findings[0].message


@pytest.mark.parametrize(
    "heading",
    [
        "Medische informatie WIA-aanvraag",
        "Formulier Medische informatie",
        "7. Medische Informatie Re-integratieverslag",
        "Medisch geheim - alleen voor de verzekeringsarts",
        "Medisch geheim: niet openen, dit is voor u",
        "M E D I S C H  G E H E I M  deel B",
        "Diagnose: staat hier voluit",
        "Medische gegevens",
        "Medisch beroepsgeheim - alleen voor de verzekeringsarts",
        "Medisch advies verzekeringsarts",
        "Geheim medisch document voor de verzekeringsarts",
        "Medische-informatie WIA-aanvraag",
        "Formulier Medische\ninformatie",
        "Medische informatie die u zelf naar UWV stuurt",
        "Medische informatie ten behoeve van de beoordeling door de verzekeringsarts van het UWV",
        "Diagnose",
        "2. Huidige medicatie",
        "Voorgeschiedenis\tnaar de werkplek",
        "Hoofddiagnose F32.2",
        "ICD-10",
        "geen\nmedische\ninformatie\ngebruikt",
    ],
)
def test_a_page_with_what_looks_like_that_heading_waits_for_a_person(
    dossier_of: Make, tmp_path: Path, heading: str
) -> None:
    (tmp_path / "stuk.pdf").write_bytes(page_of(heading))
    case = attachment("stuk.pdf")

    held = examine(dossier_of(case), TODAY)
    assert held.attachments == ()
    assert ("R089", "bijlage[0].soort") in {(it.code, it.path) for it in held.findings}
    said = allowed(dossier_of(case))
    assert len(examine(dossier_of(case + said), TODAY).attachments) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Er is geen medische informatie gebruikt.",
        "Een diagnose is hier niet gesteld.",
        "De medische informatie is door de werknemer verstuurd",
        "en de medische informatie van de bedrijfsarts",
        "medische informatie is opgevraagd",
        "Medische gegevens zijn niet opgevraagd en niet gebruikt bij het opstellen van dit rapport",
        "Er zijn geen medische gegevens gebruikt.",
        "Medicatie wordt niet genoemd in dit rapport.",
        "Medicatie is voor dit onderzoek geen onderwerp",
        "Het medisch beroepsgeheim geldt ook voor de arbodienst",
        "Het advies is gebaseerd op de lijst met\nmedische gegevens van de bedrijfsarts",
        "Sociaal-medisch advies van de bedrijfsarts",
        "Paramedische gegevens",
        "De organisatiediagnose van maart B12",
        "het gebruik van\nmedicatie.",
    ],
)
def test_a_sentence_about_medical_information_is_no_heading(
    dossier_of: Make, tmp_path: Path, sentence: str
) -> None:
    (tmp_path / "stuk.pdf").write_bytes(page_of(sentence))

    assert len(read(dossier_of(attachment("stuk.pdf"))).attachments) == 1


@pytest.mark.usefixtures("pdf")
def test_what_looks_medical_goes_nowhere_until_a_person_answers_for_it(dossier_of: Make) -> None:
    case = attachment("stuk.pdf", titel="Brief van de specialist")

    assert examine(dossier_of(case), TODAY).attachments == ()
    said = allowed(dossier_of(case))
    assert len(examine(dossier_of(case + said), TODAY).attachments) == 1


def test_a_signed_copy_that_looks_medical_goes_nowhere_either(
    dossier_of: Make, tmp_path: Path
) -> None:
    (tmp_path / "dossier psychiater.pdf").write_bytes(paper.plain())
    case = '[plan_van_aanpak]\ndatum = 2024-03-01\nondertekend = "dossier psychiater.pdf"\n'

    held = examine(dossier_of(case), TODAY)
    assert held.signed == {}
    assert ("R089", "plan_van_aanpak.ondertekend") in {(it.code, it.path) for it in held.findings}
    said = allowed(dossier_of(case))
    assert list(examine(dossier_of(case + said), TODAY).signed) == ["plan_van_aanpak"]


LOOKS = "Brief van de specialist"


@pytest.mark.parametrize(
    "rows",
    [["ander.pdf"], ["ander.pdf", "stuk.pdf"], ["stuk.pdf", "ander.pdf"]],
    ids=["another file in the row", "a row inserted", "a row added"],
)
def test_what_a_person_answered_for_is_one_file_and_no_place(
    dossier_of: Make, pdf: Path, tmp_path: Path, rows: list[str]
) -> None:
    said = allowed(dossier_of(attachment(pdf.name, titel=LOOKS)))
    (tmp_path / "ander.pdf").write_bytes(paper.plain(2))
    papers = "".join(attachment(name, titel=LOOKS) for name in rows)

    seen = examine(dossier_of(papers + said), TODAY)
    assert "ander.pdf" not in {it.name for it in seen.attachments}
    held = next(it for it in seen.findings if it.code == "R089")
    assert held.hint.startswith("De uitzondering is voor een ander bestand") == (
        rows[0] == "ander.pdf"
    )


def test_a_file_that_changed_is_looked_at_again(dossier_of: Make, pdf: Path) -> None:
    case = attachment(pdf.name, titel=LOOKS)
    said = allowed(dossier_of(case))
    pdf.write_bytes(paper.plain(2))

    seen = examine(dossier_of(case + said), TODAY)
    assert seen.attachments == ()
    assert {"R089", "V005"} <= {it.code for it in seen.findings}
    again = allowed(dossier_of(case + said))
    assert again != said
    assert len(examine(dossier_of(case + again), TODAY).attachments) == 1


@pytest.mark.parametrize("kenmerk", ["", 'kenmerk = ""\n', "kenmerk = 1\n", 'kenmerk = "?"\n'])
@pytest.mark.parametrize("name", ["stuk.pdf", "weg.pdf"])
@pytest.mark.usefixtures("pdf")
def test_an_exception_that_names_no_file_lets_nothing_medical_through(
    dossier_of: Make, kenmerk: str, name: str
) -> None:
    said = f'[[uitzondering]]\npad = "bijlage[0].titel"\nregel = "R089"\nreden = "Zo."\n{kenmerk}'

    seen = examine(dossier_of(attachment(name, titel=LOOKS) + said), TODAY)
    assert seen.attachments == ()
    assert "R089" in {it.code for it in seen.findings}


def test_in_a_batch_too_it_is_one_file(
    library: Library, dossier_of: Make, pdf: Path, tmp_path: Path
) -> None:
    said = allowed(dossier_of(attachment(pdf.name, titel=LOOKS)))
    (tmp_path / "ander.pdf").write_bytes(paper.plain(2))
    names = {}
    for name in ("stuk.pdf", "ander.pdf"):
        case = tmp_path / "case.toml"
        case.write_text(f"schema = 1\n{attachment(name, titel=LOOKS)}{said}")
        order = order_of(Found("x", case), library, (), Numbers())
        dossier = Dossier(parse_case(order.source, case, order.beside), library)
        names[name] = [it.name for it in examine(dossier, TODAY).attachments]

    assert names == {"stuk.pdf": ["stuk.pdf"], "ander.pdf": []}


@pytest.mark.usefixtures("pdf")
def test_one_file_in_two_places_is_said(dossier_of: Make) -> None:
    case = (
        attachment("stuk.pdf") + '[plan_van_aanpak]\ndatum = 2024-03-01\nondertekend = "stuk.pdf"\n'
    )

    (finding,) = read(dossier_of(case)).findings
    assert (finding.severity, finding.path) == (Severity.WARNING, "plan_van_aanpak.ondertekend")
    assert "bijlage[0]" in finding.message


@pytest.mark.usefixtures("pdf")
def test_what_looks_medical_in_one_place_goes_nowhere_in_the_other(dossier_of: Make) -> None:
    case = attachment("stuk.pdf") + attachment("stuk.pdf", titel="Brief van de specialist")

    assert examine(dossier_of(case), TODAY).attachments == ()


# ------------------------------------------------------- what the case names as medical, in any way


SENTENCE = "Deze bladzijde gaat over iets dat een werkgever niet mag weten, en zegt dat voluit."


def secret(pages: int = 1) -> bytes:
    made = paper.new(0)
    paper.add_page(made, SENTENCE)
    for number in range(1, pages):
        paper.add_page(made, f"Bladzijde {number} van een brief die verder gaat met veel woorden.")
    return paper.written(made)


@pytest.mark.parametrize(
    "row",
    [
        '[[bijlage]]\nsoort = "Medische_informatie"\nbestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = "medische informatie"\nbestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = "arbeidsdeskundig raport"\nbestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = ["medische_informatie"]\nbestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = {x = "medische_informatie"}\nbestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = "medische_informatie"\nbestand = ["geheim.pdf"]\n',
        '[[bijlage]]\nsoort = "medische_informatie"\nBestand = "geheim.pdf"\n',
        '[[bijlage]]\nsoort = "medische_informatie"\nbestand = "../geheim-elders.pdf"\n',
        '[[bijlagen]]\nsoort = "medische_informatie"\nbestand = "geheim.pdf"\n',
    ],
)
def test_a_file_is_held_back_however_the_case_says_that_it_is_medical(
    dossier_of: Make, tmp_path: Path, row: str
) -> None:
    (tmp_path / "geheim.pdf").write_bytes(secret())
    (tmp_path.parent / "geheim-elders.pdf").write_bytes(secret())
    (tmp_path / "rapport.pdf").write_bytes(secret())
    (tmp_path / "ander.pdf").write_bytes(paper.plain())

    found = examine(dossier_of(attachment("rapport.pdf") + attachment("ander.pdf") + row), TODAY)
    assert [item.name for item in found.attachments] == ["ander.pdf"]
    assert "R081" in {it.code for it in found.findings if it.path == "bijlage[0].bestand"}


def test_a_table_in_place_of_a_list_of_tables_names_it_too(
    dossier_of: Make, tmp_path: Path
) -> None:
    (tmp_path / "geheim.pdf").write_bytes(secret())
    (tmp_path / "kopie.pdf").write_bytes(secret())
    case = (
        '[bijlage]\nsoort = "medische_informatie"\nbestand = "geheim.pdf"\n'
        '[plan_van_aanpak]\ndatum = 2024-03-01\nondertekend = "kopie.pdf"\n'
    )

    received = read(dossier_of(case))
    assert (received.signed, errors(received)) == ({}, ["R081"])


def scan(pages: int = 1) -> bytes:
    picture = paper.saved(paper.photo((700, 900)), "JPEG")
    with Pdf.new() as made:
        for number in range(pages):
            with Pdf.open(io.BytesIO(take_in(picture, "a.jpg").pdf)) as page:
                made.pages.append(page.pages[0])
            paper.add_page(made, f"Voorblad {number}")
        return paper.written(made)


def resaved(content: bytes) -> bytes:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return paper.written(pdf, linearize=True, object_stream_mode=ObjectStreamMode.generate)


def bound(content: bytes) -> bytes:
    """Return the last page of a file between other pages."""
    with paper.new(2) as pdf, Pdf.open(io.BytesIO(content)) as other:
        pdf.pages.insert(1, other.pages[0])
        return paper.written(pdf)


@pytest.mark.parametrize("original", [secret(3), scan(2)], ids=["text", "scan"])
@pytest.mark.parametrize("copied", [resaved, bound])
def test_one_page_of_a_medical_file_is_known_in_another_file(
    dossier_of: Make, tmp_path: Path, original: bytes, copied: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "geheim.pdf").write_bytes(original)
    (tmp_path / "rapport.pdf").write_bytes(copied(original))
    case = attachment("rapport.pdf") + attachment("geheim.pdf", "medische_informatie")

    received = read(dossier_of(case))
    assert (received.attachments, errors(received)) == ((), ["R081"])


def test_a_photo_is_known_in_a_pdf(dossier_of: Make, tmp_path: Path) -> None:
    picture = paper.saved(paper.photo((700, 900)), "PNG")
    (tmp_path / "geheim.png").write_bytes(picture)
    (tmp_path / "rapport.pdf").write_bytes(resaved(take_in(picture, "a.png").pdf))
    case = attachment("rapport.pdf") + attachment("geheim.png", "medische_informatie")

    assert errors(read(dossier_of(case))) == ["R081"]


def test_what_every_paper_has_is_no_reason_to_hold_another_back(
    dossier_of: Make, tmp_path: Path
) -> None:
    """Both files have an empty page, one with two words, and one with only a frame."""

    def file(own: str) -> bytes:
        with paper.new(1) as pdf:
            paper.add_page(pdf, own)
            pdf.add_blank_page(page_size=paper.A4)
            page = pdf.add_blank_page(page_size=paper.A4)
            page.obj.Contents = pdf.make_stream(b"60 60 400 600 re S")
            pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf 60 60 Td (Blad 1) Tj ET")
            return paper.written(pdf)

    (tmp_path / "geheim.pdf").write_bytes(file(SENTENCE))
    (tmp_path / "rapport.pdf").write_bytes(file("Een heel ander verhaal over de werkplek van nu."))
    case = attachment("rapport.pdf") + attachment("geheim.pdf", "medische_informatie")

    assert len(read(dossier_of(case)).attachments) == 1


def test_a_case_that_travels_takes_the_marks_along_and_not_the_file(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "casus"
    folder.mkdir()
    (tmp_path / "geheim.pdf").write_bytes(secret())
    (folder / "kopie.pdf").write_bytes(secret())
    (folder / "opnieuw.pdf").write_bytes(resaved(secret()))
    case = attachment("../geheim.pdf", "medische_informatie")
    case += attachment("kopie.pdf") + attachment("opnieuw.pdf")
    (folder / "case.toml").write_text(f"schema = 1\n{case}", encoding="utf-8")

    order = order_of(Found("casus", folder / "case.toml"), library, (), {})
    assert secret() not in order.beside.files.values()
    received = read(Dossier(parse_case(order.source, Path(order.file), order.beside), library))
    assert (received.attachments, errors(received)) == ((), ["R081", "R081"])
