from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from wvp_docs.fields import Field
from wvp_docs.forms import Form, Library, Rubriek
from wvp_docs.inspection.template import inspect_template
from wvp_docs.templates.markup import twips
from wvp_docs.templates.scaffold import OTHERS, scaffold, scaffold_bundle
from wvp_docs.templates.styles import TEXT_WIDTH, styles_part
from wvp_docs.word import Template, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = (
    "re_integratieverslag",
    "verkort_re_integratieverslag",
    "probleemanalyse",
    "bijstelling_probleemanalyse",
    "plan_van_aanpak",
    "bijstelling_plan_van_aanpak",
    "voortgangsverslag",
    "eerstejaarsevaluatie",
    "actueel_oordeel",
    "eindevaluatie",
    "oordeel_werknemer",
)
every_form = pytest.mark.parametrize("key", FORMS)


def field(naam: str, soort: str = "alinea", **changes: object) -> Field:
    made = Field(path=f"proef.{naam}", naam=naam, soort=soort, label=naam.capitalize())
    return replace(made, **changes)  # type: ignore[arg-type]


def form(*velden: Field, nummer: str = "1", titel: str = "Rubriek") -> Form:
    rubriek = Rubriek(nummer, titel, "", velden)
    return Form("proef", "Proef", "1", False, "", (), "", (), (rubriek,))  # noqa: FBT003


def part(source: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def runs_of(source: bytes) -> list[tuple[str, str]]:
    """Return style and text of every run in the body."""
    found = []
    for run in part(source, "document").iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        text = "".join(node.text or "" for node in run.iter(f"{W}t"))
        found.append(("" if style is None else style.get(f"{W}val", ""), text))
    return found


@every_form
def test_the_same_definition_gives_the_same_bytes(library: Library, key: str) -> None:
    assert scaffold(library.forms[key]) == scaffold(library.forms[key])


@every_form
def test_every_question_of_the_form_has_its_tag(library: Library, key: str) -> None:
    tags = Template(scaffold(library.forms[key]), key).tags()

    missing = [
        item.path
        for item in library.forms[key].fields()
        if not any(
            tag == item.path or tag.startswith((f"{item.path}.", f"{item.path}[")) for tag in tags
        )
    ]
    assert not missing


@every_form
def test_name_bsn_employer_date_and_week_stand_on_every_form(library: Library, key: str) -> None:
    tags = Template(scaffold(library.forms[key]), key).tags()

    assert {"werknemer.naam", "werknemer.bsn", "werkgever.naam", f"{key}.datum"} <= tags
    assert {"document.kenmerk", "document.titel", "document.concept"} <= tags
    assert any(tag.endswith(".ziekteweek") for tag in tags)


@every_form
def test_a_tag_never_runs_over_the_edge_of_a_run(library: Library, key: str) -> None:
    for _, text in runs_of(scaffold(library.forms[key])):
        assert text.count("{{") == text.count("}}")
        assert text.count("{%") == text.count("%}")


@every_form
def test_every_box_has_a_run_of_its_own(library: Library, key: str) -> None:
    boxes = {
        f"{{{{ {item.path}.{option} }}}}"
        for item in library.forms[key].fields()
        for option in item.opties or (("ja", "nee") if item.soort == "ja_nee" else ())
    }
    printed = {text for style, text in runs_of(scaffold(library.forms[key])) if style == "Vakje"}

    assert printed == boxes


@every_form
def test_help_for_the_casemanager_stays_off_the_paper(library: Library, key: str) -> None:
    text = text_of(scaffold(library.forms[key]))

    assert not [
        item.path for item in library.forms[key].fields() if item.hulp and item.hulp in text
    ]


@every_form
def test_looks_come_from_styles_alone(library: Library, key: str) -> None:
    root = part(scaffold(library.forms[key]), "document")
    defined = set(re.findall(r'w:styleId="(\w+)"', styles_part()))

    direct = {str(node.tag) for node in root.iter(f"{W}pPr", f"{W}rPr") for node in node}
    assert direct == {f"{W}pStyle", f"{W}rStyle", f"{W}keepNext"}
    used = {node.get(f"{W}val") for node in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= defined


@every_form
def test_nothing_has_a_fixed_height_and_no_row_splits(library: Library, key: str) -> None:
    root = part(scaffold(library.forms[key]), "document")

    assert not list(root.iter(f"{W}trHeight", f"{W}framePr", f"{W}pict", f"{W}br"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in root.iter(f"{W}tr"))


@every_form
def test_tables_of_rows_repeat_their_header(library: Library, key: str) -> None:
    for table in part(scaffold(library.forms[key]), "document").iter(f"{W}tbl"):
        style = table.find(f"{W}tblPr/{W}tblStyle")
        header = table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None

        assert style is not None
        assert header == (style.get(f"{W}val") == "Overzicht")


@every_form
def test_columns_fit_between_the_margins(library: Library, key: str) -> None:
    for grid in part(scaffold(library.forms[key]), "document").iter(f"{W}tblGrid"):
        widths = [int(column.get(f"{W}w", "0")) for column in grid]

        assert sum(widths) <= TEXT_WIDTH + len(widths)
        assert min(widths) >= twips(0.7)


@pytest.mark.parametrize("source", [scaffold(form(field("a"))), scaffold_bundle()])
def test_a_template_is_dutch_on_a4_with_page_numbers(source: bytes) -> None:
    page = part(source, "document").find(f"{W}body/{W}sectPr/{W}pgSz")
    language = part(source, "styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    fields = [node.text for node in part(source, "footer1").iter(f"{W}instrText")]

    assert page is not None
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("11906", "16838")
    assert language is not None
    assert language.get(f"{W}val") == "nl-NL"
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_style_set_stays_small_because_every_document_reads_it() -> None:
    assert len(styles_part()) < 16_000


def test_an_optional_question_without_a_number_disappears_when_empty() -> None:
    text = text_of(scaffold(form(field("eerst", verplicht=True), field("reden"))))

    assert "{%p if proef.reden %}" in text
    assert "{%p if proef.eerst %}" not in text


def test_an_optional_question_with_a_number_stays() -> None:
    assert "{%p if" not in text_of(scaffold(form(field("reden", nummer="1.1"))))


def test_a_numbered_section_never_stands_empty() -> None:
    assert "{%p if" not in text_of(scaffold(form(field("reden"))))


def test_a_section_without_number_in_which_nothing_is_required_disappears() -> None:
    text = text_of(scaffold(form(field("een"), field("twee"), nummer="")))

    assert "{%p if proef.een or proef.twee %}" in text


def test_a_label_that_repeats_the_title_is_printed_once() -> None:
    text = text_of(scaffold(form(field("einddoel", verplicht=True), titel="Einddoel")))

    assert text.count("Einddoel") == 1


def test_a_table_without_rows_says_so() -> None:
    kolom = Field(path="wie", naam="wie", soort="tekst", label="Wie")
    text = text_of(scaffold(form(field("acties", "tabel", kolommen=(kolom,)))))

    assert "{%tr for rij in proef.acties %}" in text
    assert "{{ rij.wie }}" in text
    assert "Niets vastgelegd." in text


def test_short_options_stand_side_by_side_and_long_ones_below_each_other() -> None:
    short = field("kort", "keuze", opties={"a": "fysiek", "b": "telefoon"})
    long = field("lang", "keuze", opties=dict.fromkeys("abc", "een zin van dertig tekens lang"))
    lines = text_of(scaffold(form(short, long))).splitlines()

    assert sum("proef.kort" in line for line in lines) == 1
    assert sum("proef.lang" in line for line in lines) == 3


def test_two_signatures_stand_side_by_side_in_a_row_that_does_not_split() -> None:
    source = scaffold(
        form(field("werkgever", "ondertekening"), field("werknemer", "ondertekening"))
    )
    row = list(part(source, "document").iter(f"{W}tr"))[-1]
    text = "".join(node.text or "" for node in row.iter(f"{W}t"))
    assert all(
        f"{{{{ proef.{who}.{what} }}}}" in text
        for who in ("werkgever", "werknemer")
        for what in ("naam", "functie", "plaats", "datum")
    )
    assert text.count("Handtekening") == 2


def test_text_between_angle_brackets_is_text() -> None:
    source = scaffold(form(field("a", label="Loon < 65% & meer")))

    assert "Loon < 65% & meer" in text_of(source)


def test_the_bundle_marks_what_is_missing() -> None:
    tags = Template(scaffold_bundle(), "_bundel").tags()
    styles = {style for style, text in runs_of(scaffold_bundle()) if "rij.ontbreekt" in text}

    assert {"dossier.inhoud[].titel", "dossier.inhoud[].pagina", "werknemer.bsn"} <= tags
    assert styles == {"Ontbreekt"}


@pytest.mark.parametrize("stem", OTHERS)
def test_the_papers_around_the_forms_are_sound_and_the_same_every_time(
    library: Library, stem: str
) -> None:
    made = OTHERS[stem]()

    assert made == OTHERS[stem]()
    assert inspect_template(made, f"{stem}.docx", stem, library).findings == ()
