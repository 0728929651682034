"""What a PDF lacks of the Word file that it was made of, and what was taken out of that before."""

from __future__ import annotations

import io

import pikepdf
import pytest

from hostile_paper import photo, saved
from hostile_word import R, field, p, relation, word
from wvp_docs.engines import pick
from wvp_docs.ooxml import accepted, read_package, write_package
from wvp_docs.pdf.intake.converted import Lost, lost_in
from wvp_docs.pdf.paper import Paper

NOTHING = Lost(words=False, pictures=0)
BOX = "<v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def by(*paragraphs: str) -> bytes:
    """Return the PDF that a converter makes that leaves all else out."""
    return pick("rdocx").convert([word("".join(map(p, paragraphs)))])[0]


def lost(body: str, pdf: bytes, **parts: str | bytes) -> Lost:
    extra = {name.replace("__", "/").replace("_xml", ".xml"): it for name, it in parts.items()}
    return lost_in(accepted(read_package(word(body, extra=extra))), pdf)


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:p><w:r><w:pict>{BOX.format(p('Alleen hier.'))}</w:pict></w:r></w:p>",
        f'<w:p><w:smartTag w:element="e">{r("Alleen hier.")}</w:smartTag></w:p>',
        f'<w:customXml w:element="e">{p("Alleen hier.")}</w:customXml>',
        f"<w:tbl><w:tr><w:tc>{p('Alleen hier.')}</w:tc></w:tr></w:tbl>",
    ],
    ids=["text box", "smart tag", "custom XML", "table"],
)
def test_words_are_compared_wherever_they_stand(inside: str) -> None:
    body = p("De rest.") + inside

    assert lost(body, by("De rest.", "Alleen hier.")) == NOTHING
    assert lost(body, by("De rest.")).words


def test_a_text_that_stands_there_twice_must_be_on_paper_twice() -> None:
    box = f"<w:p><w:r><w:pict>{BOX.format(p('uren per week'))}</w:pict></w:r></w:p>"
    body = p("Het aantal uren.") + p("per week") + box

    assert lost(body, by("Het aantal uren.", "per week")).words
    assert lost(body, by("Het aantal uren.", "per week", "uren per week")) == NOTHING


@pytest.mark.parametrize(
    "unseen",
    [
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Verborgen</w:t></w:r></w:p>",
        field(" DATE ", result="1 januari 2020"),
        '<w:p><w:del w:id="1"><w:r><w:delText>Weg</w:delText></w:r></w:del></w:p>',
        f'<w:p><w:moveFrom w:id="1">{r("Elders")}</w:moveFrom></w:p>',
    ],
    ids=["hidden", "a date", "deleted", "moved"],
)
def test_what_is_not_printed_is_not_missed(unseen: str) -> None:
    assert lost(p("De rest.") + unseen, by("De rest.")) == NOTHING


def test_columns_and_frames_may_break_a_text_up() -> None:
    body = p("een twee, in- en uit: re-integratie van wie") + p("een-heel-lang-woord.voorbeeld.nl")
    broken = (
        "re-integratie van wie",
        "een-heel-lang",
        "een twee, in- en uit:",
        "-woord.voorbeeld.nl",
    )

    assert lost(body, by(*broken)) == NOTHING


def test_letters_from_right_to_left_are_counted() -> None:
    assert lost(p("Naam: שלום עולם"), by("עולם :Naam שלום")) == NOTHING
    assert lost(p("Naam: שלום עולם"), by("Naam: שלום")).words


def test_a_header_and_a_note_are_compared_too() -> None:
    body = (
        f'{p("De rest.")}<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    source = word(
        body,
        relations=relation("header", "header1.xml"),
        extra={
            "word/header1.xml": f"<w:hdr {space}>{p('Bovenaan')}</w:hdr>",
            "word/footnotes.xml": f'<w:footnotes {space}><w:footnote w:id="2">{p("Onderaan")}'
            f'</w:footnote><w:footnote w:id="3">{p("Vervallen")}</w:footnote></w:footnotes>',
        },
    )

    members = accepted(read_package(source))
    assert lost_in(members, by("Bovenaan", "De rest.", "Onderaan")) == NOTHING
    assert lost_in(members, by("De rest.", "Onderaan")).words
    assert lost_in(members, by("Bovenaan", "De rest.")).words


def test_pictures_are_counted() -> None:
    picture = saved(photo((60, 40)), "PNG")
    source = word(
        f'<w:p><w:r><w:drawing {R}><a:blip r:embed="rId9"/></w:drawing></w:r></w:p>',
        relations=relation("image", "media/image1.png"),
        extra={"word/media/image1.png": picture},
    )
    members = accepted(read_package(source))
    with pikepdf.open(io.BytesIO(by("Tekst"))) as pdf:
        drawn = pdf.make_stream(b"x", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        pdf.pages[0].resources.XObject = pikepdf.Dictionary(A=drawn)
        target = io.BytesIO()
        pdf.save(target)

    assert lost_in(members, by("Tekst")).pictures == 1
    assert lost_in(members, target.getvalue()).pictures == 0


def test_tracked_changes_are_accepted() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    body = (
        f'<w:p>{mark}{r("Voor")}<w:del w:id="1"><w:r><w:delText>WEG</w:delText></w:r></w:del></w:p>'
        f'<w:p><w:ins w:id="2">{r(" na")}</w:ins></w:p>'
        f'<w:tbl><w:tr><w:trPr><w:del w:id="4"/></w:trPr><w:tc>{p("RIJ")}</w:tc></w:tr></w:tbl>'
        f'<w:p><w:moveFrom w:id="5">{r("HIER")}</w:moveFrom></w:p>'
    )
    members = accepted(read_package(word(body)))
    made = members["word/document.xml"].decode()

    assert not [it for it in ("WEG", "RIJ", "HIER", "w:del", "w:ins", "w:tbl") if it in made]
    (page,) = Paper(pick("rdocx").convert([write_package(members)])[0]).pages
    assert page.split() == ["Voor", "na"]
    plain = read_package(word(p("Niets gevolgd")))
    assert accepted(plain) == plain
