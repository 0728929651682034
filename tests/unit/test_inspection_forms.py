"""What a form must print: elements of the law, required and other answers, whatever is answered."""

from __future__ import annotations

import dataclasses

import pytest

from altered import altered, said
from hostile_word import p
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.ooxml import read_package, write_package


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
    gone = said(library, stem, altered(stem, tag))
    members = read_package(altered(stem, tag))
    body = members["word/document.xml"].replace(b"<w:body>", f"<w:body>{p(tag)}".encode())
    moved = write_package({**members, "word/document.xml": body})

    assert [(it[0], str(it[1])) for it in gone] == [(code, severity)]
    assert what in gone[0][2]
    assert said(library, stem, moved) == []


def test_the_day_of_the_document_is_the_day_of_the_form(library: Library) -> None:
    stem = "plan_van_aanpak"
    source = altered(stem, "{{ plan_van_aanpak.datum }}", "{{ document.datum.voluit }}")

    assert said(library, stem, source) == []


def test_the_answer_itself_is_as_good_as_its_boxes(library: Library) -> None:
    stem, path = "probleemanalyse", "probleemanalyse.werkgerelateerd"
    source = altered(stem, f"{{{{ {path}.nee }}}}", f"{{{{ {path} }}}}")

    assert said(library, stem, source) == []


def test_what_stands_in_hidden_text_is_not_on_the_paper(library: Library) -> None:
    text = '<w:t xml:space="preserve">{{ werknemer.bsn }}</w:t>'
    source = altered("voortgangsverslag", text, f"<w:rPr><w:vanish/></w:rPr>{text}")

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

    assert {it[:2] for it in said(library, stem, altered(stem, tag, sometimes))} == {
        ("S030", Severity.ERROR)
    }
    assert said(library, stem, altered(stem, tag, always)) == []


def test_a_choice_that_is_conditional_by_law_may_be_so_on_the_form(library: Library) -> None:
    stem = "probleemanalyse"
    tag = "{{ probleemanalyse.volledige_hervatting_termijn }}"
    test = "{% if probleemanalyse.volledige_hervatting_verwacht.ja %}"

    assert said(library, stem, altered(stem, tag, f"{test}{tag}{{% endif %}}")) == []


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
        source = altered(stem, tag, f"{{% if {test} %}}{tag}{{% endif %}}")
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
    members = read_package(altered("plan_van_aanpak"))
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
    members = read_package(altered("voortgangsverslag"))
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
    "stem", ["probleemanalyse", "bijstelling_probleemanalyse", "actueel_oordeel"]
)
@pytest.mark.parametrize("name", ["gedelegeerde_naam", "gedelegeerde_functie"])
def test_who_drew_a_form_up_in_the_place_of_another_is_on_it(
    library: Library, stem: str, name: str
) -> None:
    tag = f"{{{{ arbodienst.{name} }}}}"

    assert [it[:2] for it in said(library, stem, altered(stem, tag))] == [("S030", Severity.ERROR)]


def test_a_form_that_only_names_who_drew_up_another_may_leave_it_out(library: Library) -> None:
    stem = "re_integratieverslag"

    assert said(library, stem, altered(stem, "{{ arbodienst.gedelegeerde_naam }}")) == []


@pytest.mark.parametrize("part", ["status", "toelichting", "plaats"])
def test_what_else_is_said_at_a_signature_is_missed(library: Library, part: str) -> None:
    stem = "plan_van_aanpak"
    tag = f"{{{{ plan_van_aanpak.ondertekening_werknemer.{part} }}}}"

    (only,) = said(library, stem, altered(stem, tag))
    assert only[:2] == ("S033", Severity.WARNING)


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

    assert said(stricter, form.key, altered(form.key)) == []
    missed = said(stricter, form.key, altered(form.key, tag))
    assert [it[0] for it in missed if table.label in it[2]] == ["S031"]


def test_a_table_of_which_the_row_with_answers_was_cut_is_missed_once(library: Library) -> None:
    stem = "plan_van_aanpak"
    members = read_package(altered(stem))
    body = members["word/document.xml"].decode()
    for tag in ("{{ rij.activiteit }}", "{{ rij.wie }}", "{{ rij.planning }}"):
        body = body.replace(tag, "", 1)
    cut = write_package({**members, "word/document.xml": body.encode()})

    (only,) = said(library, stem, cut)
    assert only[:2] == ("S033", Severity.WARNING)
    assert only[2].startswith("De tabel “Arbeidsinhoud”")
