"""Pieces of Word templates for the tests: what triggers a finding, and what nearly does."""

from __future__ import annotations

from hostile_word import field, p

MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
NAAM = "{{ werknemer.naam }}"
TABEL = "plan_van_aanpak.arbeidsinhoud"
LOOP = f"{{%tr for rij in {TABEL} %}}"


def r(text: str, look: str = "") -> str:
    """A run with a look of its own: `<w:b/>`."""
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def runs(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def cell(content: str) -> str:
    return f"<w:tc>{content}</w:tc>"


def table(*rows: str, height: str = "") -> str:
    """A table; a row is given as its cells."""
    made = "".join(f"<w:tr>{height}{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<w:p><w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps">'
        f"<wps:txbx>{inside}</wps:txbx></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def shaded(run: str, fill: str) -> str:
    """A paragraph with a colour behind all of it."""
    return f'<w:p><w:pPr><w:shd w:val="clear" w:fill="{fill}"/></w:pPr>{run}</w:p>'


def deleted(text: str) -> str:
    run = f"<w:r><w:delText>{text}</w:delText></w:r>"
    return f'<w:p><w:del w:id="1" w:author="a">{run}</w:del></w:p>'


def height(rule: str) -> str:
    return f'<w:trPr><w:trHeight w:val="300" w:hRule="{rule}"/></w:trPr>'


def drawn(kind: str) -> str:
    uri = f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"
    return f'<w:p><w:r><w:drawing><a:graphicData uri="{uri}"/></w:drawing></w:r></w:p>'


def font(name: str, text: str = "tekst") -> str:
    return runs(r(text, f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'))


ROWS = table(cell(p(LOOP)), cell(p("{{ rij.activiteit }}")), cell(p("{%tr endfor %}")))

WHITE = '<w:color w:val="FFFFFF"/>'
LETTERS = [
    ('<w:color w:val="FEFEFE"/>', '<w:color w:val="7F7F7F"/>'),
    ('<w:color w:val="D9D9D9"/>', '<w:color w:val="BFBFBF"/>'),
    (
        '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:color w:val="auto" w:themeColor="text1"/>',
    ),
    (
        '<w:color w:val="000000" w:themeColor="background1" w:themeShade="F2"/>',
        '<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="7F"/>',
    ),
    (f'{WHITE}<w:highlight w:val="none"/>', f'{WHITE}<w:highlight w:val="darkBlue"/>'),
    (f'{WHITE}<w:highlight w:val="white"/>', f'{WHITE}<w:highlight w:val="black"/>'),
    ('<w:highlight w:val="black"/>', '<w:highlight w:val="yellow"/>'),
    ('<w:sz w:val="2"/>', '<w:sz w:val="12"/>'),
    ('<w:sz w:val="9"/>', '<w:sz w:val="x"/>'),
]
"""Letters that cannot be read, each with some that can."""

NEIGHBOURS: dict[str, list[tuple[str, str]]] = {
    "S010": [
        ("{{ werknemer.naam|upper }}", NAAM),
        ("{% fi werknemer.naam %}", "{% if werknemer.naam %}x{% endif %}"),
        ("{{ werknemer naam }}", "{{werknemer.naam}}"),
        ("{{ }}", "{# niets #}"),
        ("{{p werknemer.naam }}", NAAM),
        ("{% if %}x{% endif %}", "{% if not werknemer.naam %}x{% endif %}"),
        (
            "{% if werknemer.naam = 'a' %}x{% endif %}",
            "{% if werknemer.naam == ‘a’ %}x{% endif %}",
        ),
        ("{% for rij %}{% endfor %}", f"{{% for rij in {TABEL} %}}x{{% endfor %}}"),
        (
            "{% if werknemer.naam %}x{% endif werknemer %}",
            "{% if werknemer.naam %}x{% else %}y{% endif %}",
        ),
        ("{{ werknemer[werknemer.naam] }}", "{{ werknemer['naam'] }}"),
        (f"{{{{ {TABEL}[0].wie }}}}", f"{{% for rij in {TABEL} %}}{{{{ rij.wie }}}}{{% endfor %}}"),
        ("{% raw %}a{% endraw %}", "rauw"),
        ("{{ true }}", "{{ 'ja' }}"),
        ("{{ 3.5 }}", "3.5"),
        (
            "{{ werknemer.naam == werknemer.bsn }}",
            "{% if werknemer.naam == werknemer.bsn %}x{% endif %}",
        ),
        (
            "{% if werkgever.aantal_werknemers > 10 %}x{% endif %}",
            "{% if werkgever.aantal_werknemers != '10' %}x{% endif %}",
        ),
        (
            "{{ werknemer.naam if werknemer.bsn }}",
            "{{ werknemer.naam if werknemer.bsn else werknemer.bsn }}",
        ),
        (
            "{% if werknemer.naam %}x{% else if werknemer.bsn %}y{% endif %}",
            "{% if werknemer.naam %}x{% elif werknemer.bsn %}y{% endif %}",
        ),
        (
            "{% if 'x' in werknemer %}x{% endif %}",
            "{% if 'x' in werknemer.naam %}x{% endif %}",
        ),
        (
            "{% set w = werknemer.naam == 'a' %}{{ w }}",
            "{% set w = werknemer.naam == 'a' %}{% if w %}x{% endif %}",
        ),
    ],
    "S011": [
        ("{{ werknemer.naam }", NAAM),
        ("{{ werknemer.naam", "{ … }"),
        ("{ werknemer.naam }", "{werknemer}"),
        ("werknemer.naam }}", NAAM),
        ("{% if werknemer.naam", "100 % }"),
        (p("{# over") + p(NAAM) + p("dit stuk #}"), p("{# over dit stuk #}") + p(NAAM)),
        ("over dit stuk #}", "over dit stuk #"),
        ("{ % if werknemer.naam % }", "100 %"),
        ("{{ werknemer.naam }}}", NAAM),
        ("{% if werknemer.naam %}}x{% endif %}", "{% if werknemer.naam %}x{% endif %}"),
        ("{werknemer.naam)", "(werknemer.naam)"),
        ("(werknemer.naam}", "(werknemer.naam)"),
        (
            field(" MERGEFIELD  Achternaam \\* MERGEFORMAT ", result="«Achternaam»"),
            p("De werknemer zei «ja» en tekende «hier»."),
        ),
        (
            runs(f"<w:fldSimple w:instr=' MERGEFIELD \"Naam\" '>{r('«Naam»')}</w:fldSimple>"),
            runs(f"<w:fldSimple w:instr=' PAGE '>{r('«1»')}</w:fldSimple>"),
        ),
    ],
    "S012": [
        ("{% if werknemer.naam %}x", "{% if werknemer.naam %}x{% endif %}"),
        ("x{% endif %}", "{% set naam = werknemer.naam %}{{ naam }}"),
        ("{% else %}x", "{% if werknemer.naam %}{% elif werknemer.bsn %}x{% endif %}"),
        (
            f"{{% for rij in {TABEL} %}}{{% if rij.wie %}}x{{% endfor %}}",
            f"{{% for rij in {TABEL} %}}{{% if rij.wie %}}x{{% endif %}}{{% endfor %}}",
        ),
    ],
    "S013": [
        (
            table(cell(p("{% if werknemer.naam %}a")) + cell(p("b{% endif %}"))),
            table(cell(p("{% if werknemer.naam %}a") + p("b{% endif %}")) + cell(p("c"))),
        ),
        (table(cell(p(LOOP)), cell(p("x"))) + table(cell(p("{%tr endfor %}"))), ROWS),
        (
            p("{%p if werknemer.naam %}") + p("x{% endif %}"),
            p("{%p if werknemer.naam %}") + p("x") + p("{%p endif %}"),
        ),
        (p(LOOP) + p("{%tr endfor %}"), ROWS),
        (
            runs(r("{{ werknemer"), f"<w:hyperlink>{r('.naam }}')}</w:hyperlink>"),
            runs(r("x"), f"<w:hyperlink>{r(NAAM)}</w:hyperlink>"),
        ),
        (
            runs(f"<w:smartTag>{r('{{ werknemer')}</w:smartTag>", r(".naam }}")),
            runs(r("{{ werknemer."), f"<w:smartTag>{r('naam')}</w:smartTag>", r(" }}")),
        ),
        (
            runs(f"<w:ins>{r('{{ werknemer')}</w:ins>", r(".naam }}")),
            runs(r("{{ werknemer"), f"<w:ins>{r('.naam')}</w:ins>", r(" }}")),
        ),
    ],
    "S014": [
        (
            p("{%p if werknemer.naam %}{{ werknemer.bsn }}") + p("{%p endif %}"),
            p("{%p if werknemer.naam %}") + p("{{ werknemer.bsn }}") + p("{%p endif %}"),
        ),
        (table(cell(p(LOOP)) + cell(p("{{ rij.wie }}")), cell(p("{%tr endfor %}"))), ROWS),
        (table(cell(p(LOOP)) + cell(p("Wie")), cell(p("{%tr endfor %}"))), ROWS),
        (table(cell(p(LOOP)) + cell(p("{%tr endfor %}"))), ROWS),
    ],
    "S015": [
        (
            runs(r("{{ "), r("werknemer.naam", "<w:b/>"), r(" }}")),
            runs(r("{{ ", "<w:b/>"), "<w:proofErr/>", r("werknemer.naam }}", "<w:b/>")),
        ),
        (
            runs(r("{{ "), r("werknemer.naam }}", '<w:color w:val="FF0000"/>')),
            runs(r("{{ "), r("werknemer.naam }}", '<w:noProof/><w:lang w:val="en-US"/>')),
        ),
        (
            runs(r("{{ ", "<w:b/>"), r("werknemer.naam }}", '<w:b w:val="0"/>')),
            runs(
                r("{{ ", '<w:b/><w:i w:val="0"/>'),
                r("werknemer", '<w:b w:val="true"/><w:kern w:val="2"/>'),
                r(".naam }}", '<w:rFonts w:eastAsia="Aptos"/><w:b w:val="1"/>'),
            ),
        ),
    ],
    "S020": [
        ("{{ werknemer.naamm }}", NAAM),
        ("{{ werknemerr.naam }}", "{{ document.titel }}"),
        (
            "{{ plan_van_aanpak.datum.volluit }}",
            "{{ plan_van_aanpak.datum.voluit }}{{ werknemer.naam.met_aanhef }}",
        ),
        (ROWS.replace("activiteit", "activitiet"), ROWS.replace("activiteit", "wie")),
        ("{% if werknemer.naamm %}x{% endif %}", "{% if werknemer.naam %}x{% endif %}"),
        (
            "{% set w = werknemer %}{{ w['naamm'] }}",
            "{% set w = werknemer %}{{ w['naam'] }}",
        ),
        (
            f"{{% for rij in {TABEL} %}}{{{{ loop.nummer }}}}{{% endfor %}}",
            f"{{% for rij in {TABEL} %}}{{{{ loop.index }}}}{{% endfor %}}",
        ),
        (
            f"{{% for rij in {TABEL} %}}{{% endfor %}}{{{{ rij.wie }}}}",
            f"{{% for rij in {TABEL} %}}{{{{ rij.wie }}}}{{% endfor %}}",
        ),
        (
            "{% if werknemer.bsn %}{% set w = werknemer %}{% endif %}{{ w.naam }}",
            (
                "{% if werknemer.bsn %}{% set w = werknemer %}{% elif werknemer.adres %}"
                "{% set w = werknemer %}{% else %}{% set w = werkgever %}{% endif %}{{ w.naam }}"
            ),
        ),
        (
            (
                "{% if werknemer.bsn %}{% set werknemer = functie %}{% endif %}"
                "{{ werknemer.omschrijving }}"
            ),
            "{% set werknemer = functie %}{{ werknemer.omschrijving }}",
        ),
        ("{{ loop.index }}", f"{{% for rij in {TABEL} %}}{{{{ loop.index }}}}{{% endfor %}}"),
        ("{{ verzuim.kenmrk }}", "{{ verzuim.kenmerk }}"),
    ],
    "S021": [
        ("{{ werknemer }}", NAAM),
        (f"{{{{ {TABEL} }}}}", f"{{% if {TABEL} %}}x{{% endif %}}"),
        (f"{{{{ {TABEL}.wie }}}}", f"{{% for r in {TABEL} %}}{{{{ r.wie }}}}{{% endfor %}}"),
        (
            f"{{% for rij in {TABEL} %}}{{{{ loop.first }}}}{{% endfor %}}",
            f"{{% for rij in {TABEL} %}}{{% if loop.first %}}x{{% endif %}}{{% endfor %}}",
        ),
        ("{% for rij in werknemer.naam %}x{% endfor %}", "{% for rij in bijlage %}x{% endfor %}"),
    ],
    "S022": [
        ("{{ probleemanalyse.diagnose }}", "{{ probleemanalyse.relevante_factoren }}"),
        ("{{ werknemer.medicatie }}", "{{ werknemer.geboortedatum }}"),
        ("{{ werknemer.diagnose.naam }}", NAAM),
    ],
    "S023": [
        ("Diagnose: ....................", "Mogelijkheden: ...................."),
        (p("Aard van de ziekte") + p(NAAM), p("Eerste dag van de ziekte") + p(NAAM)),
        (table(cell(p("Medicatie")) + cell(p(NAAM))), table(cell(p("HR-specialist")))),
        (f"{NAAM} Huisarts {NAAM}", f"Volgens {NAAM} komt dat door de huisarts."),
        ("☐ Behandeling", "☐ Arbeidstherapie"),
        ("Medische gegevens", "Medische gegevens horen hier niet"),
        ("Welke medicijnen heeft de werknemer?", "Er zijn medicijnen"),
        ("Klachten…", "Geen diagnose of medicatie noteren: …"),
    ],
    "S040": [
        (box(NAAM), box("{# niets #}")),
        (field(f" QUOTE {NAAM} "), field(" PAGE ", result="1")),
        (
            runs(r(NAAM, "<w:vanish/>")),
            runs(r("{% if werknemer.naam %}{% endif %}", "<w:vanish/>")),
        ),
        (runs(r(NAAM, "<w:vanish/>")), runs(r(NAAM, '<w:vanish w:val="0"/>'))),
        (
            runs(r(NAAM, '<w:color w:val="FFFFFF"/>')),
            shaded(r(NAAM, '<w:color w:val="FFFFFF"/>'), "1F4E79"),
        ),
        *((runs(r(NAAM, wrong)), runs(r(NAAM, right))) for wrong, right in LETTERS),
        (shaded(r(NAAM), "000000"), shaded(r(NAAM), "D9E2F3")),
        (
            table(cell(f'<w:tcPr><w:shd w:fill="FEFEFE"/></w:tcPr>{runs(r(NAAM, WHITE))}')),
            table(cell(f'<w:tcPr><w:shd w:fill="1B4B5E"/></w:tcPr>{runs(r(NAAM, WHITE))}')),
        ),
        (deleted(NAAM), deleted("werknemer.naam")),
    ],
    "S041": [(box("tekst"), table(cell(p("tekst"))))],
    "S042": [
        (p("verzuim\u00adverslag"), p("verzuim-verslag")),
        ("<w:p><w:r><w:softHyphen/></w:r></w:p>", "<w:p><w:r><w:noBreakHyphen/></w:r></w:p>"),
    ],
    "S043": [
        ('<w:p><w:r><w:br w:type="page"/></w:r></w:p>', "<w:p><w:r><w:br/></w:r></w:p>"),
        (
            f'<w:p><w:r><w:t>a</w:t><w:br w:type="page"/></w:r></w:p>{p("b")}',
            "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>",
        ),
    ],
    "S044": [
        (table(cell(p("x")), height=height("exact")), table(cell(p("x")), height=height("atLeast")))
    ],
    "S045": [(drawn("chart"), drawn("picture")), (drawn("diagram"), drawn("picture"))],
    "S046": [
        (runs(r("x", '<w:shd w:fill="FFE699"/>')), runs(r("x", '<w:highlight w:val="yellow"/>'))),
        (runs(r("x", '<w:shd w:fill="FFE699"/>')), shaded(r("x"), "FFE699")),
        (runs(r("x", '<w:shd w:fill="FFE699"/>')), runs(r(" ", '<w:shd w:fill="FFE699"/>'))),
        (runs(r("x", '<w:shd w:fill="FFE699"/>')), runs(r("x", '<w:shd w:fill="auto"/>'))),
        (runs(r("x", '<w:shd w:fill="FFE699"/>')), runs(r("x", '<w:shd w:fill="FFFFFF"/>'))),
    ],
    "S050": [
        (font("Aptos"), font("Calibri")),
        (font("Verdana"), font("ARIAL")),
        (font("MS Gothic"), font("MS Gothic", "☐ ")),
    ],
    "S060": [
        (deleted("x"), p("x")),
        ('<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>', p("x")),
        ("<w:p><w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr></w:p>", "<w:p><w:pPr/></w:p>"),
        (
            table(cell(f"<w:tcPr><w:cellIns/></w:tcPr>{p('x')}")),
            table(cell(f"<w:tcPr/>{p('x')}")),
        ),
    ],
    "S061": [
        (
            '<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>',
            '<w:p><w:bookmarkStart w:id="0"/></w:p>',
        )
    ],
}
"""Per code of a finding bodies that trigger it, each with one that nearly does."""
