"""What a form must print, what it may never print, and a folder of templates."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from altered import with_medical_field
from conftest import ROOT
from hostile_word import OLE, W, p, word
from template_word import MC, r
from wvp_docs import binding
from wvp_docs.contents import Entry
from wvp_docs.context import Contexts
from wvp_docs.dossier import Dossier
from wvp_docs.engines.rdocx import FONTS, RdocxEngine
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.inspection import annotated, inspect_path, inspect_template
from wvp_docs.library import load_library
from wvp_docs.ooxml import read_package, write_package
from wvp_docs.pdf.document import fonts_of
from wvp_docs.sets import employee
from wvp_docs.shown import Node, Shown
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.vocabulary import OTHERS, Shape, vocabulary
from wvp_docs.word import Template

TEMPLATES = ROOT / "templates"
W_ = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def shipped(stem: str, old: str = "", new: str = "") -> bytes:
    """A template that we ship, with something else in place of every `old` in its body."""
    members = read_package((TEMPLATES / f"{stem}.docx").read_bytes())
    body = members["word/document.xml"].decode()
    assert old in body
    changed = body.replace(old, new) if old else body
    return write_package({**members, "word/document.xml": changed.encode()})


def said(library: Library, stem: str, source: bytes) -> list[tuple[str, Severity, str]]:
    findings = inspect_template(source, f"{stem}.docx", stem, library).findings
    return [(finding.code, finding.severity, finding.message) for finding in findings]


@pytest.mark.parametrize(
    ("stem", "tag", "code", "severity", "what"),
    [
        ("plan_van_aanpak", "{{ werknemer.bsn }}", "S030", "error", "Burgerservicenummer"),
        ("plan_van_aanpak", "{{ verzuim.eerste_ziektedag }}", "S030", "error", "Eerste ziektedag"),
        ("plan_van_aanpak", "{{ plan_van_aanpak.datum }}", "S030", "error", "Datum"),
        (
            "plan_van_aanpak",
            "{{ plan_van_aanpak.ondertekening_werknemer.functie }}",
            *("S030", "error", "Ondertekening Werknemer: Functie"),
        ),
        (
            "probleemanalyse",
            "{{ probleemanalyse.ondertekening_bedrijfsarts.naam }}",
            *("S030", "error", "Ondertekening Bedrijfsarts: Naam"),
        ),
        ("eindevaluatie", "{{ werkgever.aard_bedrijf }}", "S030", "error", "Aard van het bedrijf"),
        (
            "plan_van_aanpak",
            "{{ plan_van_aanpak.visie_werknemer }}",
            *("S030", "error", "Welke mogelijkheden ziet de werknemer"),
        ),
        (
            "plan_van_aanpak",
            "{{ plan_van_aanpak.mening_werknemer }}",
            *("S031", "error", "Wat vindt de werknemer"),
        ),
        ("probleemanalyse", "{{ werkgever.contactpersoon }}", "S031", "warning", "contactpersoon"),
        (
            "probleemanalyse",
            "{{ probleemanalyse.werkgerelateerd.nee }}",
            *("S032", "error", "Is er verband met het werk?"),
        ),
        (
            "plan_van_aanpak",
            "{{ plan_van_aanpak.eerste_evaluatie }}",
            *("S033", "warning", "Datum eerste evaluatie"),
        ),
    ],
)
def test_what_a_form_must_print_is_missed_when_it_is_gone_and_not_when_it_moved(
    library: Library, stem: str, tag: str, code: str, severity: str, what: str
) -> None:
    gone = said(library, stem, shipped(stem, tag))
    members = read_package(shipped(stem, tag))
    body = members["word/document.xml"].replace(b"<w:body>", f"<w:body>{p(tag)}".encode())
    moved = write_package({**members, "word/document.xml": body})

    assert [(it[0], str(it[1])) for it in gone] == [(code, severity)]
    assert what in gone[0][2]
    assert said(library, stem, moved) == []


def test_the_day_of_the_document_is_the_day_of_the_form(library: Library) -> None:
    stem = "plan_van_aanpak"
    source = shipped(stem, "{{ plan_van_aanpak.datum }}", "{{ document.datum.voluit }}")

    assert said(library, stem, source) == []


def test_the_answer_itself_is_as_good_as_its_boxes(library: Library) -> None:
    stem, path = "probleemanalyse", "probleemanalyse.werkgerelateerd"
    source = shipped(stem, f"{{{{ {path}.nee }}}}", f"{{{{ {path} }}}}")

    assert said(library, stem, source) == []


def test_what_stands_in_hidden_text_is_not_on_the_paper(library: Library) -> None:
    text = '<w:t xml:space="preserve">{{ werknemer.bsn }}</w:t>'
    source = shipped("voortgangsverslag", text, f"<w:rPr><w:vanish/></w:rPr>{text}")

    assert {it[0] for it in said(library, "voortgangsverslag", source)} == {"S040", "S030"}


DATE = "{{ plan_van_aanpak.datum }}"
BSN = "{{ werknemer.bsn }}"
TOLD = "plan_van_aanpak.einddoel_toelichting"
LAWFUL = [
    pytest.param(DATE, f"{{% if false %}}{DATE}{{% endif %}}", DATE, id="never"),
    pytest.param(
        DATE,
        f"{{% if {TOLD} %}}{DATE}{{% endif %}}",
        f"{{% if plan_van_aanpak.datum %}}{DATE}{{% endif %}}",
        id="a condition",
    ),
    pytest.param(
        DATE,
        f"{{% if {TOLD} %}}x{{% else %}}{DATE}{{% endif %}}",
        f"{{% if {TOLD} %}}{DATE}{{% else %}}{{{{ plan_van_aanpak.datum.voluit }}}}{{% endif %}}",
        id="one branch",
    ),
    pytest.param(
        DATE,
        f"{{% for rij in plan_van_aanpak.arbeidsinhoud %}}{DATE}{{% endfor %}}",
        f"{{% for rij in plan_van_aanpak.arbeidsinhoud %}}x{{% endfor %}}{DATE}",
        id="a row",
    ),
    pytest.param(
        BSN,
        "{{ werknemer.naam or werknemer.bsn }}",
        "{{ werknemer.bsn or werknemer.naam }}",
        id="or",
    ),
    pytest.param(
        "{{ plan_van_aanpak.ondertekening_werknemer.naam }}",
        f"{{% if {TOLD} %}}{{{{ plan_van_aanpak.ondertekening_werknemer.naam }}}}{{% endif %}}",
        "{% set o = plan_van_aanpak.ondertekening_werknemer %}{{ o.naam }}",
        id="a signer",
    ),
    pytest.param(
        "{{ plan_van_aanpak.visie_werknemer }}",
        f"{{% if {TOLD} %}}{{{{ plan_van_aanpak.visie_werknemer }}}}{{% endif %}}",
        "{% set v = plan_van_aanpak.visie_werknemer %}{{ v }}",
        id="since some day",
    ),
]


@pytest.mark.parametrize(("tag", "sometimes", "always"), LAWFUL)
def test_what_the_law_wants_on_a_form_does_not_depend_on_other_answers(
    library: Library, tag: str, sometimes: str, always: str
) -> None:
    stem = "plan_van_aanpak"

    assert {it[:2] for it in said(library, stem, shipped(stem, tag, sometimes))} == {
        ("S030", Severity.ERROR)
    }
    assert said(library, stem, shipped(stem, tag, always)) == []


def test_a_choice_that_is_conditional_by_law_may_be_so_on_the_form(library: Library) -> None:
    stem = "probleemanalyse"
    tag = "{{ probleemanalyse.volledige_hervatting_termijn }}"
    test = "{% if probleemanalyse.volledige_hervatting_verwacht.ja %}"

    assert said(library, stem, shipped(stem, tag, f"{test}{tag}{{% endif %}}")) == []


REASON = "plan_van_aanpak.reden_te_laat"
LEGAL = "bijstelling_plan_van_aanpak.einddoel"
OFTEN = [
    pytest.param("plan_van_aanpak", REASON, "false", REASON, "S033", id="never"),
    pytest.param("plan_van_aanpak", TOLD, f"{TOLD} == 'ja'", TOLD, "S030", id="one answer"),
    pytest.param(
        "plan_van_aanpak", REASON, TOLD, f"{REASON} or {TOLD}", "S033", id="something else"
    ),
    pytest.param(
        "bijstelling_plan_van_aanpak",
        f"{LEGAL}_toelichting",
        f"{LEGAL} == 'eigen functie'",
        f"{LEGAL}.andere_werkgever == '☒'",
        "S030",
        id="not the condition of the law",
    ),
    pytest.param(
        "eindevaluatie",
        "eindevaluatie.spoor_2_reden_niet",
        "eindevaluatie.spoor_2_ingezet",
        "not eindevaluatie.spoor_2_ingezet",
        "S033",
        id="the other side of it",
    ),
    pytest.param(
        "probleemanalyse",
        "probleemanalyse.volledige_hervatting_termijn",
        "probleemanalyse.prognose",
        "probleemanalyse.benutbare_mogelijkheden.ja == '☒'",
        "S033",
        id="what the condition hangs on",
    ),
]


@pytest.mark.parametrize(("stem", "path", "sometimes", "always", "code"), OFTEN)
def test_an_answer_is_on_the_form_whenever_it_was_given(
    library: Library, stem: str, path: str, sometimes: str, always: str, code: str
) -> None:
    tag = f"{{{{ {path} }}}}"

    def found(test: str) -> list[tuple[str, Severity]]:
        source = shipped(stem, tag, f"{{% if {test} %}}{tag}{{% endif %}}")
        return [it[:2] for it in said(library, stem, source)]

    assert found(sometimes) == [(code, Severity.ERROR if code == "S030" else Severity.WARNING)]
    assert found(path) == found(always) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "for rij in plan_van_aanpak.arbeidsinhoud ",
            "for rij in plan_van_aanpak.arbeidsinhoud if rij.wie == 'werknemer' ",
            ["De tabel “Arbeidsinhoud” komt niet altijd"],
        ),
        (
            "{{ rij.wie }}",
            "{% if loop.first %}{{ rij.wie }}{% endif %}",
            ["De kolom “Wie” van “Arbeidsinhoud” komt niet altijd"],
        ),
        ("{{ rij.wie }}", "{% if rij.wie %}{{ rij.wie }}{% endif %}", []),
        (
            "{{ plan_van_aanpak.ondertekening_werknemer.plaats }}",
            "{% if false %}{{ plan_van_aanpak.ondertekening_werknemer.plaats }}{% endif %}",
            ["“Ondertekening Werknemer: Plaats” komt niet altijd"],
        ),
    ],
)
def test_every_row_and_each_part_of_a_signature_is_on_the_form(
    library: Library, old: str, new: str, what: list[str]
) -> None:
    members = read_package(shipped("plan_van_aanpak"))
    body = members["word/document.xml"].decode()
    changed = {**members, "word/document.xml": body.replace(old, new, 1).encode()}

    found = said(library, "plan_van_aanpak", write_package(changed))
    assert [it[2].partition(" op papier")[0] for it in found] == what
    assert {it[:2] for it in found} <= {("S033", Severity.WARNING)}


STYLE = '<w:style w:type="{}" w:styleId="Weg"><w:rPr>{}</w:rPr></w:style></w:styles>'


@pytest.mark.parametrize(
    ("kind", "look", "codes"),
    [
        ("character", "<w:vanish/>", {"S030", "S040"}),
        ("character", '<w:vanish w:val="0"/>', set()),
        ("character", '<w:color w:val="FFFFFF"/>', {"S030", "S040"}),
        ("character", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', set()),
        (
            *("character", '<w:color w:val="FFFFFF"/><w:shd w:fill="1F5C3A"/>'),
            {"S030", "S040", "S046"},
        ),
        ("run", '<w:color w:val="000000"/><w:shd w:fill="000000"/>', {"S030", "S040", "S046"}),
        ("character", '<w:color w:val="FF0000"/>', set()),
        ("run", '<w:vanish w:val="false"/>', set()),
        ("run", '<w:color w:val="ffffff"/>', {"S030", "S040"}),
        ("run", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', set()),
    ],
)
def test_letters_that_nobody_sees_print_nothing(
    library: Library, kind: str, look: str, codes: set[str]
) -> None:
    members = read_package(shipped("voortgangsverslag"))
    text = f'<w:t xml:space="preserve">{BSN}</w:t>'
    look, style = ('<w:rStyle w:val="Weg"/>', look) if kind == "character" else (look, "")
    body = members["word/document.xml"].decode()
    assert text in body
    body = body.replace(text, f"</w:r><w:r><w:rPr>{look}</w:rPr>{text}")
    styles = members["word/styles.xml"].decode()
    styles = styles.replace("</w:styles>", STYLE.format(kind, style))
    source = write_package(
        {**members, "word/document.xml": body.encode(), "word/styles.xml": styles.encode()}
    )

    assert {it[0] for it in said(library, "voortgangsverslag", source)} == codes


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("</w:sectPr>", "</w:sectPr>", []),
        ("<w:headerReference ", "<w:andere ", ["S030", "S034"]),
        ("</w:sectPr>", "<w:titlePg/></w:sectPr>", ["S030", "S034", "S034"]),
        ("</w:sectPr>", '<w:titlePg w:val="0"/></w:sectPr>', []),
    ],
    ids=["every page", "no page", "not the first", "switched off"],
)
def test_a_header_counts_when_there_is_a_page_for_it(
    library: Library, old: str, new: str, codes: list[str]
) -> None:
    stem, part = "voortgangsverslag", "word/header1.xml"
    members = read_package(shipped(stem, BSN, ""))
    header = members[part].decode().replace("</w:hdr>", f"{p(BSN)}</w:hdr>")
    body = members["word/document.xml"].decode()
    assert old in body
    body = body.replace(old, new)
    source = write_package({**members, "word/document.xml": body.encode(), part: header.encode()})

    assert [it[0] for it in said(library, stem, source)] == codes


@pytest.mark.parametrize(
    "stem", ["probleemanalyse", "bijstelling_probleemanalyse", "actueel_oordeel"]
)
@pytest.mark.parametrize("name", ["gedelegeerde_naam", "gedelegeerde_functie"])
def test_who_drew_a_form_up_in_the_place_of_another_is_on_it(
    library: Library, stem: str, name: str
) -> None:
    tag = f"{{{{ arbodienst.{name} }}}}"

    assert [it[:2] for it in said(library, stem, shipped(stem, tag))] == [("S030", Severity.ERROR)]


def test_a_form_that_only_names_who_drew_up_another_may_leave_it_out(library: Library) -> None:
    stem = "re_integratieverslag"

    assert said(library, stem, shipped(stem, "{{ arbodienst.gedelegeerde_naam }}")) == []


@pytest.mark.parametrize("part", ["status", "toelichting", "plaats"])
def test_what_else_is_said_at_a_signature_is_missed(library: Library, part: str) -> None:
    stem = "plan_van_aanpak"
    tag = f"{{{{ plan_van_aanpak.ondertekening_werknemer.{part} }}}}"

    (only,) = said(library, stem, shipped(stem, tag))
    assert only[:2] == ("S033", Severity.WARNING)


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_a_form_without_header_or_footer_is_told_so(library: Library, kind: str) -> None:
    members = read_package(shipped("plan_van_aanpak"))
    body = members["word/document.xml"].decode()
    reference = re.search(f"<w:{kind}Reference [^>]*/>", body)
    assert reference
    cut = body.replace(reference.group(), "")
    both = "".join(re.findall("<w:(?:head|foot)erReference [^>]*/>", body))
    section = f"<w:p><w:pPr><w:sectPr>{both}</w:sectPr></w:pPr></w:p>"
    inherited = cut.replace("<w:body>", f"<w:body>{section}")

    def found(text: str) -> list[tuple[str, Severity, str]]:
        source = write_package({**members, "word/document.xml": text.encode()})
        return [it for it in said(library, "plan_van_aanpak", source) if it[0] == "S034"]

    ((_, severity, message),) = found(cut)
    assert severity is Severity.WARNING
    assert {"header": "koptekst", "footer": "voettekst"}[kind] in message
    assert found(inherited) == found(body) == []


def test_a_header_under_another_name_is_the_header(library: Library) -> None:
    made = read_package(shipped("plan_van_aanpak"))
    made["word/deel/kop.xml"] = made.pop("word/header1.xml")
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        made[name] = made[name].replace(b"header1.xml", b"deel/kop.xml")
    assert said(library, "plan_van_aanpak", write_package(made)) == []

    header = made["word/deel/kop.xml"]
    made["word/deel/kop.xml"] = header.replace(b"werkgever.naam", b"werkgever.naamm")
    ((code, _, message),) = said(library, "plan_van_aanpak", write_package(made))
    assert (code, message[:8]) == ("S020", "Koptekst")


def with_parts(stem: str, **changed: Callable[[str], str]) -> bytes:
    """A template that we ship, with parts of it changed."""
    members = read_package(shipped(stem))
    for name, change in changed.items():
        part = f"word/{name}.xml"
        members[part] = change(members[part].decode()).encode()
    return write_package(members)


def without(*texts: str) -> Callable[[str], str]:
    def change(part: str) -> str:
        for text in texts:
            assert text in part
            part = part.replace(text, "")
        return part

    return change


EMPLOYER, TITLE = "{{ werkgever.naam }}", "{{ document.titel }}"
EVENS = "<w:evenAndOddHeaders/>"


@pytest.mark.parametrize(
    ("changed", "said_of"),
    [
        ({"header1": without(EMPLOYER)}, ["de naam van de werkgever"]),
        ({"footer1": without(TITLE)}, ["de titel"]),
        ({"footer1": lambda part: part.replace(TITLE, "PLAN VAN AANPAK")}, []),
        ({"footer1": lambda part: part.replace(" PAGE ", " DATE ")}, ["het bladzijdenummer"]),
        (
            {
                "header1": without(EMPLOYER),
                "footer1": lambda part: part.replace(TITLE, f"{EMPLOYER} {TITLE}"),
            },
            [],
        ),
        (
            {"document": lambda part: part.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")},
            ["koptekst van de eerste bladzijde", "voettekst van de eerste bladzijde"],
        ),
        (
            {"settings": lambda part: part.replace("</w:settings>", f"{EVENS}</w:settings>")},
            ["koptekst van de even bladzijden", "voettekst van de even bladzijden"],
        ),
        ({"document": lambda part: re.sub("<w:sectPr.*</w:sectPr>", "", part)}, ["kop", "voet"]),
    ],
)
def test_every_page_says_whose_it_is_what_it_is_and_which(
    library: Library, changed: dict[str, Callable[[str], str]], said_of: list[str]
) -> None:
    found = said(library, "plan_van_aanpak", with_parts("plan_van_aanpak", **changed))

    assert [it[:2] for it in found] == [("S034", Severity.WARNING)] * len(said_of)
    assert all(what in it[2] for what, it in zip(said_of, found, strict=True))


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Formulier", ["S030", "S034"]),
        ("PLAN VAN AANPAK Wet verbetering poortwachter", ["S034"]),
        ("Onze zorg: het Plan van aanpak", ["S034"]),
        (TITLE, ["S034"]),
        (f"{{% if {TOLD} %}}{TITLE}{{% endif %}}", ["S030", "S034"]),
    ],
)
def test_a_form_says_what_it_is(library: Library, line: str, codes: list[str]) -> None:
    source = with_parts(
        "plan_van_aanpak",
        document=lambda part: part.replace(TITLE, line),
        footer1=without(TITLE),
    )

    assert [it[0] for it in said(library, "plan_van_aanpak", source)] == codes


def test_a_required_column_is_missed(library: Library) -> None:
    form = library.forms["plan_van_aanpak"]
    (rubriek, at) = next(
        (rubriek, at)
        for rubriek in form.rubrieken
        for at, field in enumerate(rubriek.velden)
        if field.soort == "tabel"
    )
    column = dataclasses.replace(rubriek.velden[at].kolommen[0], verplicht=True)
    table = dataclasses.replace(
        rubriek.velden[at], verplicht=True, kolommen=(column, *rubriek.velden[at].kolommen[1:])
    )
    velden = (*rubriek.velden[:at], table, *rubriek.velden[at + 1 :])
    rubrieken = tuple(
        dataclasses.replace(it, velden=velden) if it is rubriek else it for it in form.rubrieken
    )
    forms = {**library.forms, form.key: dataclasses.replace(form, rubrieken=rubrieken)}
    stricter = dataclasses.replace(library, forms=forms)
    tag = f"{{{{ rij.{column.naam} }}}}"

    assert said(stricter, form.key, shipped(form.key)) == []
    missed = said(stricter, form.key, shipped(form.key, tag))
    assert [it[0] for it in missed if table.label in it[2]] == ["S031"]


def test_a_table_of_which_the_row_with_answers_was_cut_is_missed_once(library: Library) -> None:
    stem = "plan_van_aanpak"
    members = read_package(shipped(stem))
    body = members["word/document.xml"].decode()
    for tag in ("{{ rij.activiteit }}", "{{ rij.wie }}", "{{ rij.planning }}"):
        body = body.replace(tag, "", 1)
    cut = write_package({**members, "word/document.xml": body.encode()})

    (only,) = said(library, stem, cut)
    assert only[:2] == ("S033", Severity.WARNING)
    assert only[2].startswith("De tabel “Arbeidsinhoud”")


@pytest.fixture(scope="module")
def with_medical(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Definitions of one's own in which a shared answer is medical."""
    return load_library(with_medical_field(tmp_path_factory.mktemp("thuis")) / "forms")


@pytest.mark.parametrize(
    "body",
    [
        "{{ werknemer.geheim }}",
        "{{ werknemer['geheim'] }}",
        "{% set w = werknemer %}{{ w.geheim }}",
        "{% set w = werknemer %}{% set v = w %}{% if v['geheim'] %}x{% endif %}",
        (
            "{% if document.concept %}{% set w = werkgever %}{% else %}{% set w = werknemer %}"
            "{% endif %}{{ w.geheim }}"
        ),
        "{{ (werknemer if document.concept else werknemer).geheim }}",
        "{% for rij in bijlage %}{% set w = werknemer %}{{ w.geheim }}{% endfor %}",
        "{{ werknemer.naam or werknemer.geheim }}",
        "{% set g = werknemer.geheim %}{{ g }}",
        "{% if document.concept %}{% set werkgever = werkgever %}{% endif %}{{ werknemer.geheim }}",
        "{% if document.concept %}{% set werkgever = werknemer %}{% endif %}{{ werkgever.geheim }}",
    ],
)
def test_a_medical_answer_is_followed_wherever_it_goes(with_medical: Library, body: str) -> None:
    findings = inspect_template(word(p(body)), "x.docx", "proef", with_medical).findings

    assert "S022" in {finding.code for finding in findings}
    assert "S022" not in {
        finding.code
        for finding in inspect_template(
            word(p(body.replace("geheim", "bsn"))), "x.docx", "proef", with_medical
        ).findings
    }


HIDDEN = {
    "after a remark over paragraphs": (
        p("{# x") + p("{% raw %}") + p("#}") + p("{{ werknemer.geheim }}")
    ),
    "a formula": (
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r>'
        "<m:t>{{ werknemer.geheim }}</m:t></m:r></m:oMath></w:p>"
    ),
    "a picture": (
        '<w:p><w:r><w:drawing><a:b descr="{{ werknemer.geheim }}"/></w:drawing></w:r></w:p>'
    ),
    "an old copy of a text box": (
        f"<w:p><w:r><mc:AlternateContent {MC}><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('{{ werknemer.geheim }}')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ),
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_medical_answer_is_found_where_no_paragraph_is(with_medical: Library, body: str) -> None:
    findings = inspect_template(word(body), "x.docx", "proef", with_medical).findings

    assert "S022" in {finding.code for finding in findings}


def test_a_medical_answer_in_a_tag_over_two_paragraphs_has_a_place(with_medical: Library) -> None:
    body = p("begin") + p("{{ werk") + p("nemer.geheim }}")
    findings = inspect_template(word(body), "x.docx", "proef", with_medical).findings

    (place,) = [it.path for it in findings if it.code == "S022"]
    assert place == "alinea 3"


def shapes(node: object, path: str) -> Iterator[tuple[str, Shape]]:
    """Everything that a context holds, by the name that a template gives it."""
    if isinstance(node, Shown):
        yield path, Shape.TEXT
        for face in node.faces:
            yield f"{path}.{face}", Shape.TEXT
    elif isinstance(node, Node):
        yield path, Shape.GROUP
        for name, child in node._children.items():
            yield from shapes(child, f"{path}.{name}")
    else:
        yield path, Shape.ROWS
        for row in node:  # type: ignore[attr-defined]
            yield from (it for it in shapes(row, f"{path}[]") if it[0] != f"{path}[]")


@pytest.mark.parametrize("name", ["compleet", "verkort"])
def test_the_names_of_a_form_are_what_its_template_finds(
    name: str, library: Library, example: Callable[[str], Dossier]
) -> None:
    dossier = example(name)
    contexts = Contexts(dossier, concept=True)
    for document in dossier.documents:
        known = vocabulary(document.form.key, library)
        found = {it for root, node in contexts.of(document).items() for it in shapes(node, root)}
        declared = {
            (path, Shape.TEXT if it.shape is Shape.BOX else it.shape) for path, it in known.items()
        }
        assert found <= declared
        empty = {path for path, shape in declared - found if "[]" not in path}
        assert empty <= {"document.datum.voluit"}, document.form.key


def test_the_names_of_the_other_papers_are_what_their_code_fills(
    library: Library, example: Callable[[str], Dossier]
) -> None:
    dossier = example("compleet")
    entry = Entry("a", library.parts[0], "1", "Stuk", None)
    mailing = employee.Mailing(dossier, (entry,), timeline_of(dossier, date(2026, 1, 5)), None)  # type: ignore[arg-type]

    assert set(binding._row(entry, {})._children) == set(binding.LINE)
    assert set(binding._sheet(entry)._children) == set(binding.SHEET)
    assert set(mailing._named()) == set(employee.NAMES)


def test_every_template_that_we_ship_has_a_vocabulary(library: Library) -> None:
    stems = {path.stem for path in TEMPLATES.glob("*.docx")}

    assert stems == {*library.forms, *OTHERS}
    for stem in stems:
        tags = Template((TEMPLATES / f"{stem}.docx").read_bytes(), stem).tags()
        assert tags <= set(vocabulary(stem, library)), stem


@pytest.mark.parametrize("font", FONTS)
def test_a_font_that_is_there_gets_letters_of_its_own(font: str) -> None:
    letters = {
        "Calibri": "Carlito",
        "Arial": "LiberationSans",
        "Times New Roman": "LiberationSerif",
        "Courier New": "LiberationMono",
        "Cambria": "Caladea",
        "Georgia": "Gelasio",
        "Segoe UI": "Selawik",
        "Segoe UI Symbol": "NotoSansSymbols2",
    }
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    text = "☒" if "Symbol" in font else "tekst"
    (pdf,) = RdocxEngine().convert([word(f"<w:p>{r(text, look)}</w:p>")])

    assert any(it.startswith(letters.get(font, font.replace(" ", ""))) for it in fonts_of(pdf))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All templates that we ship, in a folder of one's own."""
    return shutil.copytree(TEMPLATES, tmp_path / "sjablonen")


def in_folder(folder: Path, library: Library) -> list[tuple[str, str]]:
    return [
        (finding.code, Path(finding.place.file).name)
        for it in inspect_path(folder, library)
        for finding in it.findings
    ]


def test_a_folder_without_one_template_says_which(folder: Path, library: Library) -> None:
    (folder / "eindevaluatie.docx").unlink()

    (finding,) = [it for one in inspect_path(folder, library) for it in one.findings]
    assert (finding.code, finding.severity) == ("S005", Severity.INFO)
    assert "eindevaluatie.docx" in finding.message


@pytest.mark.parametrize(
    "twin", ["Plan_van_aanpak.docx", "plan_van_aanpak.DOCX", "plan-van-aanpak.docx"]
)
def test_two_templates_for_one_form_are_both_named(
    folder: Path, library: Library, twin: str
) -> None:
    shutil.copy(folder / "plan_van_aanpak.docx", folder / twin)

    assert sorted(in_folder(folder, library)) == sorted(
        [("S004", "plan_van_aanpak.docx"), ("S004", twin)]
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("~$an_van_aanpak.docx", [("S003", "plan_van_aanpak.docx")]),
        ("~$plan_van_aanpak.docx", [("S003", "plan_van_aanpak.docx")]),
        (".~lock.plan_van_aanpak.docx#", [("S003", "plan_van_aanpak.docx")]),
        ("~$ders.docx", []),
        ("velden.docx", [("S006", "velden.docx")]),
        ("plan van aanpak (1).docx", [("S006", "plan van aanpak (1).docx")]),
        ("leesmij.txt", []),
        ("plan_van_aanpak.doc", [("S001", "plan_van_aanpak.doc")]),
        ("plan_van_aanpak.docm", [("S006", "plan_van_aanpak.docm")]),
        ("notitie.odt", []),
    ],
)
def test_what_else_lies_in_the_folder(
    folder: Path, library: Library, name: str, found: list[tuple[str, str]]
) -> None:
    is_sound = name.endswith(("(1).docx", ".docm"))
    (folder / name).write_bytes(shipped("plan_van_aanpak") if is_sound else OLE)
    if name.endswith((".doc", ".docm")):
        (folder / "plan_van_aanpak.docx").unlink()

    assert in_folder(folder, library) == found


def test_a_name_that_only_works_on_windows_is_said(folder: Path, library: Library) -> None:
    (folder / "plan_van_aanpak.docx").rename(folder / "Plan_van_aanpak.docx")

    assert in_folder(folder, library) == [("S006", "Plan_van_aanpak.docx")]


def test_one_file_is_compared_with_what_lies_beside_it(folder: Path, library: Library) -> None:
    (folder / "~$an_van_aanpak.docx").write_bytes(b"")

    assert in_folder(folder / "plan_van_aanpak.docx", library) == [("S003", "plan_van_aanpak.docx")]
    assert in_folder(folder / "eindevaluatie.docx", library) == []


def comments_of(docx: bytes) -> list[str]:
    members = read_package(docx)
    root = etree.fromstring(members["word/comments.xml"])
    return ["".join(it.itertext()) for it in root.iter(f"{W_}comment")]


def test_each_finding_is_a_comment_at_its_place(library: Library) -> None:
    body = p("eerst") + p("{{ werknemer.naamm }}") + p("{{ a.b }}")
    header = {"word/header1.xml": f"<w:hdr {W}>{p('{{ c.d }}')}</w:hdr>"}
    inspected = inspect_template(word(body, extra=header), "x.docx", "proef", library)

    docx = annotated(inspected) or b""

    texts = comments_of(docx)
    assert [text[:4] for text in texts] == ["S020"] * 3
    assert "Koptekst" in texts[0]
    assert texts[1].startswith("S020: {{ werknemer.naamm }} bestaat niet.")
    assert "Bedoelde u werknemer.naam?" in texts[1]
    root = etree.fromstring(read_package(docx)["word/document.xml"])
    marked = [
        [it.get(f"{W_}id") for it in paragraph.iter(f"{W_}commentRangeStart")]
        for paragraph in root.iter(f"{W_}p")
    ]
    assert marked == [["0"], ["1"], ["2"]]
    assert docx == annotated(inspected)


@pytest.mark.parametrize("number", ["7", "abc"])
def test_comments_that_were_there_stay(library: Library, number: str) -> None:
    old = f'<w:comments {W}><w:comment w:id="{number}" w:author="a">{p("oud")}</w:comment>'
    old += "</w:comments>"
    source = word(p("{{ a.b }}"), extra={"word/comments.xml": old})

    texts = comments_of(annotated(inspect_template(source, "x.docx", "proef", library)) or b"")
    assert [text[:4] for text in texts] == ["oud", "S020"]


def test_a_file_that_cannot_be_read_has_no_copy(library: Library) -> None:
    assert annotated(inspect_template(b"PK", "x.docx", "proef", library)) is None


def by_libreoffice(source: Path, out: Path, kind: str) -> Path:
    profile = f"-env:UserInstallation={(out / 'profiel').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", out, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{source.stem}.{kind.partition(':')[0]}"


@pytest.mark.engine
def test_a_template_saved_by_libreoffice_is_sound(
    library: Library, tmp_path: Path, folder: Path
) -> None:
    saved = by_libreoffice(folder / "plan_van_aanpak.docx", tmp_path, "docx")

    findings = inspect_template(saved.read_bytes(), "x.docx", "plan_van_aanpak", library).findings
    assert findings == ()


@pytest.mark.engine
def test_a_copy_with_comments_opens_in_libreoffice_with_every_comment(
    library: Library, tmp_path: Path
) -> None:
    source = shipped("plan_van_aanpak", "{{ werknemer.bsn }}", "{{ werknemer.bsnn }}")
    inspected = inspect_template(source, "x.docx", "plan_van_aanpak", library)
    copy = tmp_path / "plan_van_aanpak.docx"
    copy.write_bytes(annotated(inspected) or b"")

    text = by_libreoffice(copy, tmp_path, "odt")

    with zipfile.ZipFile(text) as package:
        content = package.read("content.xml").decode()
    assert content.count("<office:annotation ") == len(inspected.remarks) >= 2
    assert "Bedoelde u werknemer.bsn?" in content
