"""Every finding about a template: what triggers it, and what nearly does."""

from __future__ import annotations

import pytest

from conftest import ROOT
from hostile_word import HOSTILE, W, field, like_google_docs, like_word_online, p, word
from template_word import LOOP, NAAM, NEIGHBOURS, ROWS, TABEL, box, cell, r, runs, table
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.inspection import inspect_path, inspect_template
from wvp_docs.ooxml import Danger
from wvp_docs.rules import load_rules

RULES = {code: it for code, it in load_rules(ROOT / "forms/regels").items() if code[0] == "S"}
OF_FILES = {"S001", "S002", "S003", "S004", "S005", "S006"}
OF_FORMS = {"S030", "S031", "S032", "S033", "S034"}
UNREADABLE = {
    *(Danger.NO_DOCX, Danger.OLD_DOC, Danger.ODT, Danger.ENCRYPTED, Danger.TRUNCATED),
    *(Danger.STRANGE_ZIP, Danger.BROKEN_XML),
}
PAIRS = [
    pytest.param(code, *pair, id=f"{code}-{at}")
    for code, pairs in NEIGHBOURS.items()
    for at, pair in enumerate(pairs)
]


def found(library: Library, body: str, **parts: str) -> tuple[Finding, ...]:
    """What is said of a template that is of no form, so that nothing can lack."""
    extra = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    source = word(body if body.startswith("<") else p(body), extra=extra)
    return inspect_template(source, "proef.docx", "proef", library).findings


def codes(library: Library, body: str) -> set[str]:
    return {finding.code for finding in found(library, body)}


def test_every_code_has_an_explanation_and_a_template_that_triggers_it() -> None:
    assert set(RULES) == {*NEIGHBOURS, *OF_FILES, *OF_FORMS}


@pytest.mark.parametrize(("code", "wrong", "right"), PAIRS)
def test_a_finding_is_triggered_and_what_is_nearly_the_same_is_sound(
    library: Library, code: str, wrong: str, right: str
) -> None:
    assert code in codes(library, wrong)
    assert code not in codes(library, right)
    assert codes(library, right) <= {"S041", "S060"}


@pytest.mark.parametrize("code", sorted(set(NEIGHBOURS) - {"S014"}))
def test_a_finding_weighs_what_its_explanation_says(library: Library, code: str) -> None:
    weights = {
        finding.severity
        for wrong, _ in NEIGHBOURS[code]
        for finding in found(library, wrong)
        if finding.code == code
    }

    assert weights == {RULES[code].severity}


def test_nothing_is_found_in_what_we_ship(library: Library) -> None:
    inspected = list(inspect_path(ROOT / "templates", library))

    assert [finding for it in inspected for finding in it.findings] == []
    assert sum(bool(it.members) for it in inspected) >= 15


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_finding_that_names_it(library: Library, name: str) -> None:
    danger, make = HOSTILE[name]

    (finding,) = inspect_template(make(), "x.docx", "plan_van_aanpak", library).findings

    assert finding.code == ("S001" if danger in UNREADABLE else "S002")
    assert finding.message.startswith("Dit bestand ")
    assert finding.hint


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (p("a") + p("Naam: {{ x.y }}"), "alinea 2"),
        (table(cell(p("a")), cell(p("b")) + cell(p("{{ x.y }}"))), "tabel 1, rij 2, kolom 2"),
        (
            table(cell(f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("a")}') + cell(p("{{ x.y }}"))),
            "tabel 1, rij 1, kolom 3",
        ),
        (
            table(cell(f'<w:tcPr><w:gridSpan w:val="x"/></w:tcPr>{p("a")}') + cell(p("{{ x.y }}"))),
            "tabel 1, rij 1, kolom 2",
        ),
        (
            table(cell(p("a") + table(cell(p("{{ x.y }}"))) + p("c"))),
            "tabel 1, rij 1, kolom 1, tabel 1, rij 1, kolom 1",
        ),
        (table(cell(p("a") + p("{{ x.y }}"))), "tabel 1, rij 1, kolom 1, alinea 2"),
        (f"<w:sdt><w:sdtContent>{p('a')}{p('{{ x.y }}')}</w:sdtContent></w:sdt>", "alinea 2"),
        (box("{{ x.y }}"), "alinea 1, tekstvak"),
    ],
    ids=[
        "paragraph",
        "cell",
        "merged cell",
        "no number",
        "nested",
        "in a cell",
        "content control",
        "text box",
    ],
)
def test_a_place_is_named_as_who_works_in_word_would(
    library: Library, body: str, place: str
) -> None:
    finding = next(it for it in found(library, body) if it.code == "S020")

    assert finding.path == place
    assert finding.message.startswith(f"{place[0].upper()}{place[1:]} (“")
    assert "{{ x.y }} bestaat niet" in finding.message


@pytest.mark.parametrize(
    ("part", "root", "place"),
    [
        ("header1", f"<w:hdr {W}>{p('{{ x.y }}')}</w:hdr>", "koptekst"),
        ("footer2", f"<w:ftr {W}>{p('a')}{p('{{ x.y }}')}</w:ftr>", "voettekst, alinea 2"),
        (
            "footnotes",
            (
                f'<w:footnotes {W}><w:footnote w:type="separator">{p("")}</w:footnote>'
                f"<w:footnote>{p('{{ x.y }}')}</w:footnote></w:footnotes>"
            ),
            "voetnoot 1",
        ),
    ],
)
def test_headers_footers_and_notes_are_looked_at_too(
    library: Library, part: str, root: str, place: str
) -> None:
    finding = next(iter(found(library, p("a"), **{f"word__{part}": root})))

    assert (finding.code, finding.path) == ("S020", place)


def test_a_place_is_named_with_the_heading_above_it(library: Library) -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Kop1"><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    kop = '<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    rows = table(cell(p("{{ a.b }}")))
    body = p("{{ a.b }}") + kop.format("7A Inhoud") + rows + kop.format("{{ a.b }}")

    assert [it.message.partition(" (“")[0] for it in found(library, body, word__styles=styles)] == [
        "Alinea 1",
        "Tabel 1, rij 1, kolom 1, onder “7A Inhoud”",
        "Alinea 3",
    ]


def test_all_findings_come_at_once_in_reading_order(library: Library) -> None:
    body = p("{{ a.b }}") + table(*(cell(p(f"{{{{ c.d{at} }}}}")) for at in range(11))) + p("{{ e")

    places = [finding.path for finding in found(library, body)]

    assert places == [
        "alinea 1",
        *(f"tabel 1, rij {at}, kolom 1" for at in range(1, 12)),
        "alinea 2",
    ]


def test_one_mistake_is_said_once(library: Library) -> None:
    rows = "{{ rij.wie }}{% if rij.wie %}x{% endif %}"
    loop = f"{{% for rij in {TABEL}n %}}{rows}{{% endfor %}}"

    assert len(found(library, loop)) == 1
    assert len(found(library, "{% for rij in %}{{ rij.wie }}{% endfor %}")) == 1
    assert len(found(library, "{{ werknemer.naamm }}{{ werknemer.naamm }}")) == 1


def test_a_forgotten_end_in_a_table_is_not_also_said_of_the_else_below_it(
    library: Library,
) -> None:
    rows = table(cell(p(LOOP)), cell(p("{{ rij.wie }}")))
    body = p(f"{{%p if {TABEL} %}}") + rows + p("{%p else %}") + p("geen") + p("{%p endif %}")

    (only,) = found(library, body)
    assert (only.code, only.path) == ("S012", "tabel 1, rij 1, kolom 1")


@pytest.mark.parametrize(
    ("opens", "closes", "meant"),
    [
        ("{%P if werknemer.adres %}", "{%p endif %}", "{%p if werknemer.adres %}"),
        ("{%p If werknemer.adres %}", "{%p endif %}", "{%p if werknemer.adres %}"),
        ("{% p if werknemer.adres %}", "{%p endif %}", "{%p if werknemer.adres %}"),
        ("{%pif werknemer.adres %}", "{%p endif %}", "{%p if werknemer.adres %}"),
        ("{%p if werknemer.adres %}", "{%p end if %}", "{%p endif %}"),
        ("{%p if(werknemer.adres) %}", "{%p endif %}", "{%p if (werknemer.adres) %}"),
    ],
)
def test_what_word_makes_of_a_tag_gets_a_proposal_and_nothing_follows_from_it(
    library: Library, opens: str, closes: str, meant: str
) -> None:
    (only,) = found(library, p(opens) + p("adres") + p(closes))

    assert (only.code, only.hint) == ("S010", f"Bedoelde u {meant}?")


def test_a_column_of_which_the_loop_is_gone_says_which_row_to_put_above_it(
    library: Library,
) -> None:
    (only,) = found(library, table(cell(p("{{ rij.activiteit }}"))))

    assert only.code == "S020"
    assert "{%tr for rij in " in only.hint


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{{ werknemer.naamm }}", "werknemer.naam"),
        ("{{ werknemr.bsn }}", "werknemer.bsn"),
        ("{{ probleemanalyse.bsn }}", "werknemer.bsn"),
        ("{{ plan_van_aanpak.datum.voluti }}", "plan_van_aanpak.datum.voluit"),
        (f"{{% for r in {TABEL} %}}{{{{ r.activitiet }}}}{{% endfor %}}", "r.activiteit"),
        ("{% endfr %}", "endfor"),
    ],
)
def test_a_slip_of_the_pen_gets_a_proposal(library: Library, tag: str, meant: str) -> None:
    assert found(library, tag)[0].hint == f"Bedoelde u {meant}?"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("nemer.naam }}", "nemer.naam }} zonder"),
        ("nemer.naam }", "nemer.naam } zonder"),
        (field(' MERGEFIELD "Naam" \\* Upper ', result="«NAAM»"), "«Naam»"),
        (field(" ADDRESSBLOCK ", result="«Adresblok»"), "«ADDRESSBLOCK»"),
    ],
)
def test_what_stands_loose_is_shown_whole(library: Library, body: str, shown: str) -> None:
    (message,) = [it.message for it in found(library, body) if it.code == "S011"]

    assert f"hier staat {shown}" in message


def test_the_first_words_are_shown_without_a_bsn(library: Library) -> None:
    (finding,) = found(
        library, "BSN 999990019 van {{ werknemer.naamm }} en nog veel meer tekst erachter"
    )

    assert "999990019" not in finding.message
    assert "BSN" in finding.message
    assert "…”" in finding.message


def test_a_tag_in_a_comment_of_a_reviewer_is_never_filled(library: Library) -> None:
    note = f'<w:comments {W}><w:comment w:id="0">{p(NAAM)}</w:comment></w:comments>'

    assert [it.code for it in found(library, p("a"), word__comments=note)] == ["S040"]
    assert found(library, p("a"), word__comments=note.replace("{{", "")) == ()


def test_a_tag_in_the_description_of_a_picture_is_found_too(library: Library) -> None:
    picture = '<w:p><w:r><w:drawing><a:b descr="{}"/></w:drawing></w:r></w:p>'

    (finding,) = found(library, picture.format("{{ x.y }}"))
    assert finding.code == "S020"
    assert "x.y" in finding.message
    assert [it.code for it in found(library, picture.format("{{ werknemer.medicatie }}"))] == [
        "S022"
    ]
    assert [it.code for it in found(library, picture.format(NAAM))] == ["S040"]
    assert found(library, p(NAAM) + picture.format(NAAM)) == ()


def test_what_a_tag_elsewhere_leaves_out_is_told(library: Library) -> None:
    opened, closed = (
        f'<w:p><w:r><w:drawing><a:b descr="{it}"/></w:drawing></w:r></w:p>' for it in ("{#", "#}")
    )

    (only,) = found(library, opened + p(NAAM) + closed)
    assert only.code == "S011"
    assert "werknemer.naam" in only.message


def test_a_name_of_another_form_says_of_which(library: Library) -> None:
    source = word(p("{{ eindevaluatie.datum }}"))
    said = inspect_template(source, "x.docx", "plan_van_aanpak", library).findings

    (only,) = [it for it in said if it.code == "S020"]
    assert "hoort bij een ander formulier: eindevaluatie" in only.message


def test_a_name_that_looks_like_none_gets_no_proposal(library: Library) -> None:
    (only,) = found(library, "{{ werknemer.vergaderverslag }}")

    assert (only.code, "Bedoelde u" in only.hint) == ("S020", False)


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("{{ werknemer.xyzzy }}", "Kies uit: naam, aanhef, "),
        ("{{ plan_van_aanpak.foto }}", ", … Alle namen staan in: wvp-docs template fields."),
        (
            f"{{% for rij in {TABEL} %}}{{{{ rij.foto }}}}{{% endfor %}}",
            "Kies uit: activiteit, wie, planning.",
        ),
        ("{{ wrknemer }}", "Alle namen staan in: wvp-docs template fields."),
        ("{{ xyzzy.foto }}", "Alle namen staan in: wvp-docs template fields."),
    ],
)
def test_a_group_is_never_proposed_but_what_stands_in_it(
    library: Library, tag: str, hint: str
) -> None:
    (finding,) = [it for it in found(library, tag) if it.code == "S020"]

    assert hint in finding.hint
    assert "Bedoelde u" not in finding.hint


def test_an_else_with_a_condition_gets_the_right_word(library: Library) -> None:
    body = "{% if werknemer.naam %}x{% else if werknemer.bsn %}y{% endif %}"

    assert found(library, body)[0].hint == "Schrijf: {% elif werknemer.bsn %}"


@pytest.mark.parametrize("tag", ["{{casemanager.email}}", "%7B%7Bcasemanager.email%7D%7D"])
def test_a_tag_in_the_address_of_a_hyperlink_is_never_filled(library: Library, tag: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}" Target="mailto:{tag}" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = {"word/_rels/document.xml.rels": relations}

    def said(parts: dict[str, str]) -> list[str]:
        findings = inspect_template(word(p("a"), extra=parts), "x.docx", "proef", library).findings
        return [it.code for it in findings]

    assert said(parts) == ["S040"]
    assert said({name: text.replace(tag, "a@b.example") for name, text in parts.items()}) == []


def test_what_is_long_or_cannot_be_seen_is_shown_all_the_same(library: Library) -> None:
    (long,) = found(library, f"{{{{ {'9' * 4_000} }}}}")
    (unseen,) = found(library, "{{ werknemer.\u200bnaam }}")

    assert len(long.message) < 300
    assert "U+200B" in unseen.message


def test_fonts_are_looked_up_in_styles_and_the_theme(library: Library) -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        '<a:latin typeface="{}"/></a:minorFont></a:theme>'
    )
    styles = (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/>'
        '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="Kop">'
        '<w:rPr><w:rFonts w:ascii="Garamond"/></w:rPr></w:style><w:style w:styleId="Ander">'
        '<w:basedOn w:val="Kop"/></w:style></w:styles>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="Ander"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'

    def missing(body: str, font: str) -> list[str]:
        parts = {"word__styles": styles, "word__theme__theme1": theme.format(font)}
        return [it.message.split("lettertype ")[1][:8] for it in found(library, body, **parts)]

    assert missing(p("x"), "Calibri") == []
    assert missing(p("x"), "Aptos") == ["Aptos is"]
    assert missing(styled, "Calibri") == ["Garamond"]
    assert missing(styled.replace("x", " "), "Calibri") == []


@pytest.mark.parametrize(
    "body",
    [
        runs(
            "<w:proofErr/>",
            r("{{ wer", "<w:lang/>"),
            r("knemer.na"),
            "<w:bookmarkStart/>",
            r("am }}"),
        ),
        runs(*(r(letter, '<w:rFonts w:hint="cs"/>') for letter in NAAM)),
        ROWS.replace("{{", "{</w:t></w:r><w:r><w:t>{"),
        f"<w:sdt><w:sdtContent>{p(NAAM)}</w:sdtContent></w:sdt>",
    ],
    ids=["proofing marks", "letter by letter", "between the braces", "content control"],
)
def test_the_split_runs_of_word_online_and_google_docs_are_normal(
    library: Library, body: str
) -> None:
    assert found(library, body) == ()


def test_what_word_online_and_google_docs_leave_in_a_file_is_normal(library: Library) -> None:
    tracked, plain = (
        inspect_template(make(), "x.docx", "proef", library).findings
        for make in (like_word_online, like_google_docs)
    )

    assert [it.code for it in tracked] == ["S060"]
    assert plain == ()


def test_a_broken_block_does_not_hide_what_is_wrong_inside(library: Library) -> None:
    body = p("{%p if werknemer naam %}") + p("{{ werknemer.bsnn }}") + p("{{ a.b }}")

    assert [it.code for it in found(library, body)] == ["S010", "S012", "S020", "S020"]


def test_what_would_take_hours_to_read_is_refused(library: Library) -> None:
    assert [it.code for it in found(library, "{{ " * 20_000)] == ["S002"]
    assert "S011" in {it.code for it in found(library, "{{ " * 200)}


def test_a_warning_alone_is_no_error(library: Library) -> None:
    body = table(cell(p(LOOP)) + cell(p("Wie")), cell(p("{%tr endfor %}")))

    assert [it.severity for it in found(library, body)] == [Severity.WARNING]
