"""Proof: what is on the paper passes however it was broken; what is not is named."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wvp_docs.engines import pick
from wvp_docs.errors import EngineError, ExitCode
from wvp_docs.pdf.glyphs import Glyphs
from wvp_docs.pdf.proof import Expected, Proof, ProofError, prove
from wvp_docs.printed import Printed

ENGINES = ["rdocx", pytest.param("libreoffice", marks=pytest.mark.engine)]
LONG = "De werknemer kan na re-integratie in het eerste spoor weer acht uur per dag werken. " * 40


def convert(document: docx.document.Document, engine: str = "rdocx") -> bytes:
    target = io.BytesIO()
    document.save(target)
    return pick(engine).convert([target.getvalue()])[0]


def blank() -> docx.document.Document:
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    return document


def printed(*paragraphs: str, engine: str = "rdocx") -> bytes:
    document = blank()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return convert(document, engine)


def expect(*texts: str, on: int = 0, off: int = 0) -> Expected:
    values = tuple(Printed(f"formulier.veld_{index}", text) for index, text in enumerate(texts))
    return Expected("Probleemanalyse", values, on, off)


def dossier_page(value: str, *, in_table: bool) -> docx.document.Document:
    """Return a form whose value runs over a page end, with all that may come between."""
    document = blank()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Koptekst van het formulier"
    section.footer.paragraphs[0].text = "Vertrouwelijk"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.settings.element.insert(0, OxmlElement("w:autoHyphenation"))
    for number in range(14):
        document.add_paragraph(f"Regel {number}")
    if not in_table:
        document.add_paragraph(f"Toelichting: {value} Einde.")
        return document
    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Vraag", "Antwoord"
    cells = table.add_row().cells
    cells[0].text, cells[1].text = "Wat zijn de mogelijkheden? " * 30, value
    return document


def test_what_is_printed_is_proved_and_the_pages_are_counted():
    pdf = printed("Naam: Jan Jansen ☒", "☐ nee", "☐ weet niet")

    assert prove(pdf, expect("Jan Jansen", on=1, off=2)) == Proof(pages=1)


def test_every_missing_path_is_named_and_no_value():
    with pytest.raises(ProofError) as fault:
        prove(printed("Jan Jansen"), expect("Jan Jansen", "Piet Pietersen", "123456782"))

    assert str(fault.value) == (
        "Probleemanalyse: niet of niet volledig op papier: formulier.veld_1, formulier.veld_2."
    )
    assert "Piet" not in str(fault.value) + fault.value.hint
    assert isinstance(fault.value, EngineError)
    assert fault.value.exit_code is ExitCode.ENGINE


def test_one_text_on_paper_serves_two_paths():
    assert prove(printed("Jan Jansen"), expect("Jan Jansen", "Jan Jansen", "Jansen", ""))


@pytest.mark.parametrize(("on", "off"), [(1, 1), (2, 0), (0, 2)])
def test_a_box_in_the_wrong_state_is_noticed(on: int, off: int):
    with pytest.raises(ProofError, match="☒"):
        prove(printed("☒ ja", "☒ deels", "☐ nee"), expect(on=on, off=off))


def test_an_empty_or_broken_pdf_is_no_proof():
    for pdf in (b"", b"geen pdf", b"%PDF-1.7\n"):
        with pytest.raises(ProofError, match="niet te lezen"):
            prove(pdf, expect())


@pytest.mark.parametrize("tag", ["{{ naam }}", "{% if x %}", "{# let op #}"])
def test_a_template_tag_that_was_left_is_noticed(tag: str):
    with pytest.raises(ProofError, match="sjabloontag"):
        prove(printed(f"Naam: {tag}"), expect())


def test_a_tag_that_the_answer_brought_along_is_fine():
    assert prove(
        printed("Hij schreef {{ naam }} in {% x %}."), expect("schreef {{ naam }} in {% x %}")
    )


def test_a_tag_beside_an_answer_with_a_tag_is_still_noticed():
    with pytest.raises(ProofError, match="sjabloontag"):
        prove(printed("{{ naam }} en {{ over }}"), expect("{{ naam }}"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "officiële efficiënte affiches: fi fl ffi ﬁ",
        "vaste\u00a0spatie en zacht\u00adkoppelteken en nul\u200bbreed",
        "met\ttab en\nregel",
        "los accent: e\u0301 i\u0308, niet-afbreekbaar\u2011streepje",
        "pijl → vink ✓ kruis ☒ leeg ☐ en € 12,50 ≥ ½",
        "Ελληνικά Привет łąć ğış ěšč",
        "Mevr. Fātima الزهراء el-Ouafi",
        "محمد العربي",
        "שלום עולם en verder",
    ],
)
def test_text_that_a_font_changes_is_found(engine: str, text: str):
    pdf = printed(f"Antwoord: {text} einde", engine=engine)

    assert prove(pdf, expect(text, on=text.count("☒"), off=text.count("☐")))


@pytest.mark.parametrize("text", ["😀", "Goed gedaan 👍🏽!", "✔ klaar", "\ue000", "a\n☎ b"])
def test_a_character_that_no_font_has_is_named_though_it_can_be_copied(text: str):
    with pytest.raises(ProofError, match=r"papier: formulier\.veld_1\.$"):
        prove(printed("Jan Jansen", text), expect("Jan Jansen", text))


def test_a_lost_character_of_the_template_is_noticed():
    with pytest.raises(ProofError, match="mist een teken uit het sjabloon"):
        prove(printed("✔ Jan Jansen"), expect("Jan Jansen"))


@pytest.mark.engine
def test_a_character_that_libreoffice_draws_as_an_empty_box_is_named():
    with pytest.raises(ProofError, match=r"papier: formulier\.veld_1\.$"):
        prove(printed("Jan", "\ue000", engine="libreoffice"), expect("Jan", "\ue000"))


def test_a_right_to_left_name_that_is_not_there_is_named():
    with pytest.raises(ProofError, match="veld_1"):
        prove(printed("محمد"), expect("محمد", "فاطمة الزهراء"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("in_table", [False, True], ids=["paragraph", "table"])
def test_a_value_over_a_page_end_is_found(engine: str, *, in_table: bool):
    proof = prove(convert(dossier_page(LONG, in_table=in_table), engine), expect(LONG))

    assert proof.pages > 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("in_table", [False, True], ids=["paragraph", "table"])
@pytest.mark.parametrize("kept", [0.3, 0.5, 0.8, 0.95])
def test_a_value_over_a_page_end_that_was_cut_off_is_named(
    engine: str, *, in_table: bool, kept: float
):
    cut = LONG[: int(len(LONG) * kept)]

    with pytest.raises(ProofError, match="veld_0"):
        prove(convert(dossier_page(cut, in_table=in_table), engine), expect(LONG))


def test_glyphs_are_read_in_a_drawing_within_a_page_and_by_ranges_of_codes():
    name = pikepdf.Name
    with pikepdf.new() as pdf:
        cmap = b"1 beginbfrange <41> <5A> <0061> endbfrange 1 beginbfchar <30> <2612> endbfchar"
        font = pikepdf.Dictionary(
            Type=name.Font,
            Subtype=name.Type1,
            BaseFont=name.Helvetica,
            ToUnicode=pdf.make_stream(cmap),
        )
        inner = pdf.make_stream(b"BT /F 9 Tf (ABZ0) Tj [(C) -20 (D)] TJ ET", Subtype=name.Form)
        inner.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page = pdf.add_blank_page()
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        page.obj.Contents = pdf.make_stream(b"/X Do")

        assert Glyphs(pdf).pages() == ["abz☒cd"]


# Text that the fonts inside rdocx can draw.
PRINTABLE = st.characters(
    max_codepoint=0x17F, exclude_categories=["Cc"], include_characters="\n\t€–—‘’“”…•λЖ☒☐→✓"
)


@settings(max_examples=60)
@example("{{ naam }} & <b>")
@example("☒\n☐ x")
@example("0-→A")
@given(st.text(PRINTABLE, min_size=1, max_size=200))
def test_any_text_is_found_again(text: str):
    expected = expect(text, on=text.count("☒"), off=text.count("☐"))

    assert prove(printed(f"Antwoord: {text}"), expected)


@settings(max_examples=60)
@given(st.lists(st.from_regex(r"[a-zé]{3,12}", fullmatch=True), min_size=4, max_size=40), st.data())
def test_a_dropped_tail_is_noticed(words: list[str], data: st.DataObject):
    text = " ".join(words)
    kept = data.draw(st.integers(0, int(len(text.rstrip()) * 0.8)))

    with pytest.raises(ProofError, match="veld_0"):
        prove(printed(f"Antwoord: {text[:kept]}"), expect(text))
