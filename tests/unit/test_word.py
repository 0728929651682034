from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hostile_word import HOSTILE, MAIN, W, field, p, relation, word
from template_word import cell, table
from wvp_docs.errors import TemplateError
from wvp_docs.ooxml import read_package, read_template, write_package
from wvp_docs.shown import Node, Shown
from wvp_docs.word import Template, text_of

W_ = f"{{{W[9:-1]}}}"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def template(body: str, *, extra: dict[str, str] | None = None) -> Template:
    """A smallest Word template around some paragraphs."""
    return Template(word(body, extra=extra), "proef.docx")


def filled(body: str, **context: object) -> str:
    return text_of(template(body).render(context, "Proef").docx)


def test_ampersand_and_angle_brackets_keep_the_rest_of_the_page() -> None:
    text = filled(p("{{ naam }}") + p("slot"), naam=Shown("Jansen & Zn <B.V.>"))

    assert text == "Jansen & Zn <B.V.>\nslot"


def test_a_tag_in_a_value_is_text() -> None:
    assert (
        filled(p("{{ x }}"), x=Shown("{{ y }} {% if %} {_{ z }_}")) == "{{ y }} {% if %} {_{ z }_}"
    )


def test_line_breaks_and_tabs_stay_in_their_paragraph() -> None:
    assert filled(p("{{ x }}"), x=Shown("een\ntwee\tdrie")) == "een\ntwee\tdrie"


@pytest.mark.parametrize("body", ["{{ onbekend }}", "{{ w.onbekend }}", "{{ w.naam.onbekend }}"])
def test_an_unknown_name_is_an_error_that_names_the_template(body: str) -> None:
    made = template(p(body))

    with pytest.raises(TemplateError, match=r"proef\.docx.*onbekend"):
        made.render({"w": Node({"naam": Shown("x")})}, "Proef")


@pytest.mark.parametrize(
    "body",
    [
        *("{{ x.__class__ }}", "{{ x['__class__'] }}", "{{ x.__class__.__mro__ }}"),
        *("{{ w._children }}", "{{ x.upper }}", "{{ x.format }}", "{{ x.faces }}", "{{ w }}"),
        *("{{ _printed }}", "{% set _printed = x %}", "{{ self }}", "{{ x == x }}", "{{ range }}"),
        *("{% if range %}{% endif %}", "{% if x.upper %}{% endif %}", f"{{{{ 0x{'f' * 5000} }}}}"),
        *("{% for c in w %}{{ loop }}{% endfor %}", "{% for a in x %}{{ loop }}{% endfor %}"),
    ],
)
def test_a_template_cannot_reach_into_python(body: str) -> None:
    with pytest.raises(TemplateError):
        template(p(body)).render({"x": Shown("a"), "w": Node({})}, "Proef")


def test_none_never_reaches_the_paper() -> None:
    with pytest.raises(TemplateError):
        template(p("{{ x }}")).render({"x": None}, "Proef")


def test_a_control_character_never_reaches_the_paper() -> None:
    with pytest.raises(TemplateError):
        template(p("{{ x }}")).render({"x": Shown("a\x07b")}, "Proef")


@pytest.mark.parametrize(
    "body", ["{% if x %}", "{% for %}", "{{ x | upper }}", "{{ x", "{% include 'a' %}"]
)
def test_what_is_no_template_of_ours_is_refused(body: str) -> None:
    with pytest.raises(TemplateError):
        template(p(body)).render({"x": Shown("a")}, "Proef")


def test_what_was_printed_is_known_with_its_path_and_what_was_not_is_not() -> None:
    made = template(p("{{ a }}") + p("{% if b %}{{ b }}{% endif %}"))

    rendered = made.render(
        {"a": Shown("x", "w.a"), "b": Shown("n.v.t.", "w.b", answered=False)}, "Proef"
    )
    assert [(item.path, item.text) for item in rendered.printed] == [("w.a", "x")]


def test_headers_footers_and_notes_are_filled_too() -> None:
    story = f"<w:hdr {W}>{p('{{ x }}')}</w:hdr>"
    extra = {f"word/{name}.xml": story for name in ("header1", "footer2", "footnotes")}

    assert (
        text_of(template(p("a"), extra=extra).render({"x": Shown("Y")}, "Proef").docx).count("Y")
        == 3
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (table(cell(p("{%p if x %}") + p("a") + p("{%p endif %}")) + cell(p("b"))), 2),
        (table(cell(p("{%tr for r in f %}")), cell(p("a")), cell(p("{%tr endfor %}"))), 0),
        (table(cell(p("{%tc if x %}")) + cell(p("{%tc endif %}")), cell(p("b"))), 1),
        (table(cell(table(cell(p("{%tr if x %}")), cell(p("{%tr endif %}"))))), 1),
        (table(cell(p("a")), cell(table(cell(p("b"))) + p("{%p if x %}") + p("{%p endif %}"))), 3),
    ],
    ids=["cell", "table", "row", "table in a cell", "last paragraph"],
)
def test_what_a_choice_leaves_empty_is_what_word_opens(body: str, left: int) -> None:
    docx = template(body).render({"x": Shown(""), "f": ()}, "Proef").docx

    root = etree.fromstring(read_package(docx)["word/document.xml"])
    cells, rows, tables = (list(root.iter(f"{W_}{it}")) for it in ("tc", "tr", "tbl"))
    assert len(cells) == left
    assert {it[-1].tag for it in cells} <= {f"{W_}p"}
    assert all(it.find(f"{W_}tc") is not None for it in rows)
    assert all(it.find(f"{W_}tr") is not None for it in tables)


def test_the_same_context_gives_the_same_bytes() -> None:
    made = template(p("{{ x }}"))

    assert (
        made.render({"x": Shown("a")}, "Proef").docx == made.render({"x": Shown("a")}, "Proef").docx
    )


def test_loops_name_their_rows() -> None:
    made = template(p("{% for r in f.rijen %}{{ r.naam }}{% if r.ja.ja %}x{% endif %}{% endfor %}"))

    assert made.tags() == {"f.rijen", "f.rijen[].naam", "f.rijen[].ja.ja"}


@pytest.mark.parametrize("name", ["text", "cut off", "billion laughs", "vba", "remote picture"])
def test_what_is_hostile_is_refused_with_the_name_of_the_template(name: str) -> None:
    with pytest.raises(
        TemplateError, match=r"^Sjabloon proef\.docx (is|bevat|haalt) .+\.$"
    ) as caught:
        Template(HOSTILE[name][1](), "proef.docx")

    assert caught.value.hint


def moved(to: str) -> bytes:
    """A Word file of which the part with the text has another name, and all that names it."""
    part = f"word/{to}.xml"
    return write_package(
        {
            it.replace("document.xml", f"{to}.xml"): content.replace(
                b"word/document.xml", part.encode()
            )
            for it, content in read_package(word(p("{{ x }}"))).items()
        }
    )


def test_a_word_file_as_word_online_names_its_parts_is_filled() -> None:
    made = Template(moved("document2"), "proef.docx").render({"x": Shown("a")}, "Proef")

    assert text_of(made.docx) == "a"


@pytest.mark.parametrize("target", ["kop.xml", "deel/header2.xml", "/deel/kop.xml", "header2.xml"])
def test_a_header_is_found_by_its_relation_whatever_its_part_is_called(target: str) -> None:
    part = target[1:] if target.startswith("/") else f"word/{target}"
    folder, _, name = part.rpartition("/")
    picture = f"<Relationships {RELATIONS}>{relation('image', 'logo.png')}</Relationships>"
    types = read_package(word())["[Content_Types].xml"].decode()
    kind = MAIN.replace("document.main", "header")
    own = '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" '
    own += f'ContentType="a/b"/><Override PartName="/{part}" ContentType="{kind}"/></Types>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", own),
        part: f"<w:hdr {W}>{p('{{ x }}')}</w:hdr>",
        f"{folder}/_rels/{name}.rels": picture,
        f"{folder}/logo.png": "",
        "word/header1.xml": f"<w:hdr {W}>{p('van niemand')}</w:hdr>",
    }
    body = p("a") + '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
    source = word(body, extra=parts, relations=relation("header", target))

    docx = Template(source, "proef.docx").render({"x": Shown("Y")}, "Proef", concept=True).docx
    header = Document(io.BytesIO(docx)).sections[0].header
    assert [it.text for it in header.paragraphs] == ["Y"]
    assert header.part.rels["rId9"].target_part.partname == f"/{folder}/logo.png"
    assert b"CONCEPT" in header.part.blob
    assert text_of(docx).splitlines() == ["van niemand", "Y", "a"]


def test_styles_under_another_name_are_those_of_the_document() -> None:
    source = word(
        p("a"), extra={"word/styles2.xml": "<x/>"}, relations=relation("styles", "styles2.xml")
    )

    members = read_template(source)
    assert members["word/styles.xml"] == b"<x/>"
    assert b"styles2" not in members["word/_rels/document.xml.rels"]


def test_a_word_file_with_its_text_in_another_place_is_no_template() -> None:
    twice = {**read_package(moved("document2")), "word/document.xml": b"<x/>"}

    for source in (moved("deel/document"), write_package(twice)):
        with pytest.raises(TemplateError, match="anders ingepakt"):
            Template(source, "x.docx")


def strict() -> bytes:
    """What Word saves as Strict Open XML: the same words in another dialect."""
    dialect = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    members = read_package(word(p("{{ x }}")))
    space = W.partition('"')[2].rstrip('"').encode()
    return write_package({it: text.replace(space, dialect) for it, text in members.items()})


@pytest.mark.parametrize(
    ("source", "said"),
    [(strict(), "Strict Open XML"), (word("<w:sectPr/>"), "heeft geen tekst")],
    ids=["strict", "empty"],
)
def test_a_word_file_without_text_that_can_be_filled_is_refused_by_name(
    source: bytes, said: str
) -> None:
    with pytest.raises(TemplateError, match=said) as caught:
        Template(source, "x.docx")

    assert caught.value.hint


PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
    | st.sampled_from("\n\t&<>\"'{}%")
)


@settings(max_examples=150)
@given(PRINTABLE)
def test_any_printable_text_comes_out_whole(text: str) -> None:
    assert filled(p("{{ x }}") + p("slot"), x=Shown(text)) == f"{text}\nslot"


def test_only_a_concept_has_a_watermark_and_it_adds_no_line() -> None:
    header = {"word/header1.xml": f"<w:hdr {W}>{p('kop')}</w:hdr>"}
    made = template(p("a"), extra=header)

    plain, concept = (made.render({}, "Proef", concept=it).docx for it in (False, True))
    shown = [zipfile.ZipFile(io.BytesIO(it)).read("word/header1.xml") for it in (plain, concept)]
    assert ['string="CONCEPT"' in it.decode() for it in shown] == [False, True]
    assert [it.count(b"<w:p>") for it in shown] == [1, 1]


TITLE_PAGE = "<w:sectPr><w:titlePg/></w:sectPr>"
EVEN = {"word/settings.xml": f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>"}
LOST = '<w:sectPr><w:headerReference w:type="default" r:id="rId7"/></w:sectPr>'


@pytest.mark.parametrize(
    ("body", "extra", "kinds"),
    [
        (p("a"), {}, {"default"}),
        (p("a") + TITLE_PAGE, {}, {"default", "first"}),
        (p("a"), EVEN, {"default", "even"}),
        (p("a") + LOST, {}, {"default"}),
    ],
    ids=["no section", "title page", "even pages", "a header that is not there"],
)
def test_a_concept_has_its_mark_on_every_page_of_a_template_without_header(
    body: str, extra: dict[str, str], kinds: set[str]
) -> None:
    docx = template(body, extra=extra).render({}, "Proef", concept=True).docx

    document = Document(io.BytesIO(docx))
    (section,) = document.sections
    headers = {
        "default": section.header,
        "first": section.first_page_header,
        "even": section.even_page_header,
    }
    assert {kind for kind, it in headers.items() if not it.is_linked_to_previous} == kinds
    assert all('string="CONCEPT"' in etree.tostring(headers[it]._element).decode() for it in kinds)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ x|upper }}", "een filter"),
        ("{% if x is defined %}{% endif %}", "een test"),
        ("{{ x() }}", "een aanroep"),
        ("{{ x.join(x) }}", "een aanroep"),
        ("{{ 'a' * 10**9 }}", "berekening"),
        ("{{ 9 ** 9 ** 9 }}", "berekening"),
        ("{{ '%1000000000d' % 1 }}", "berekening"),
        ("{{ x ~ x }}", "berekening"),
        ("{{ [x, x] }}", "berekening"),
        ("{{ x[1:] }}", "een naam tussen aanhalingstekens"),
        ("{{ x[y] }}", "een naam tussen aanhalingstekens"),
        ("{{ x[0] }}", "een naam tussen aanhalingstekens"),
        ("{% if x > y %}{% endif %}", "groter of kleiner"),
        ("{{ x if y }}", "een if zonder else"),
        ("{{ x == y }}", "iets anders tussen"),
        ("{{ 3.5 }}", "iets anders tussen"),
        ("{% raw %}x{% endraw %}", "raw %} kan niet"),
        ("{{ 'x' if 'y'.z else 'x' }}", "een vast woord heeft geen namen"),
        ("{%p raw %}x{%p endraw %}", "raw %} kan niet"),
        ("{% set y %}{{ x }}{% endset %}", "opdracht"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "opdracht"),
        ("{% with y = x %}{{ y }}{% endwith %}", "opdracht"),
        ("{% block a %}{% endblock %}", "opdracht"),
        ("{% macro a() %}{{ a() }}{% endmacro %}", "macro"),
        ("{% include 'a' %}", "include"),
        ("{% import 'a' as b %}", "import"),
        ("{% from 'a' import b %}", "from"),
        ("{% extends 'a' %}", "extends"),
        ("{% for r in f recursive %}{{ r.naam }}{% endfor %}", "recursive"),
        ("{% vm %}", "vm %} kan niet"),
        ("{% v</w:t></w:r><w:r><w:t>m %}", "vm %} kan niet"),
        ("{% cellbg x %}", "cellbg %} kan niet"),
        ("{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}", "te diep"),
        ("{{ " + "not " * 5000 + "x }}", "te diep"),
        ("{{ x" + " and x" * 5000 + " }}", "te diep"),
        ("{{ x" + ".a" * 5000 + " }}", "te diep"),
        ("{% if x %}" * 90 + "{% endif %}" * 90, "te diep"),
        ("{% for r in f %}" * 22 + "{% endfor %}" * 22, "te diep"),
        ("{{ " + "9" * 5000 + " }}", "te diep genest of te lang"),
        ("{{ " * 20_000, "te veel tags"),
    ],
)
def test_a_template_prints_chooses_and_repeats_and_does_nothing_else(body: str, said: str) -> None:
    with pytest.raises(TemplateError, match=rf"proef\.docx.*{said}"):
        template(p(body))


def test_what_a_template_needs_still_works() -> None:
    body = (
        "{% set y = x %}{% if not (x == 'b' or y.ja) and x != 'c' %}{{ y }}{% elif x %}{{ x.ja }}"
        "{% else %}2{% endif %}{{ 'p' if x in 'abc' else 'q' }}"
        "{% for r in f if r.naam %}{{ loop.index }}{{ r.naam }}{% if not loop.last %},{% endif %}"
        "{% else %}leeg{% endfor %}{{ x['ja'] }}{# niets #}"
    )
    rows = tuple(Node({"naam": Shown(it)}) for it in "mn")

    shown = filled(p(body), x=Shown("a", faces={"ja": "j"}), f=rows)
    assert shown == "jp1m,2nj"


def loops(depth: int, body: str) -> str:
    return p("{% for r in f %}" * depth + body + "{% endfor %}" * depth)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (loops(10, "."), "herhalen te veel"),
        (loops(10, ""), "herhalen te veel"),
        (loops(2, "{{ x }}"), "het ingevulde document wordt te groot"),
        (loops(2, "x" * 10_000), "het ingevulde document wordt te groot"),
        ("{% for letter in x %}{% endfor %}", "rijen van een tabel"),
    ],
    ids=["deep", "silent", "answer", "text", "letters"],
)
def test_a_template_that_does_not_end_is_stopped(body: str, said: str) -> None:
    context = {"f": (Node({}),) * 100, "x": Shown("x" * 10_000)}

    with pytest.raises(TemplateError, match=said):
        template(p(body)).render(context, "Proef")


@pytest.mark.parametrize(
    "body",
    [
        p("{%p for r in f %}") * 2 + p("x") + p("{%p endfor %}") * 2,
        "<w:p><w:r>" + "<w:br/>" * 8_001 + "</w:r></w:p>",
        p("x" * 100_001),
        p("x" * 90_000) * 9,
        "<w:p>" + "<w:r/>" * 400_000 + "</w:p>",
    ],
    ids=["paragraphs", "breaks", "one paragraph", "text", "runs"],
)
def test_what_would_keep_an_engine_busy_for_minutes_does_not_reach_it(body: str) -> None:
    with pytest.raises(TemplateError, match="het ingevulde document wordt te groot"):
        template(body).render({"f": (Node({}),) * 90}, "Proef")


def test_a_long_document_is_filled() -> None:
    text = filled(p("{%p for r in f %}") + p("x" * 90) + p("{%p endfor %}"), f=(Node({}),) * 7_900)

    assert text.count("\n") == 7_899


@pytest.mark.parametrize(
    "body",
    [
        field("D{{ x }}", "AUTO cmd"),
        field("DD{# #}E cmd"),
        field("{% if x %}LINK x{% endif %}"),
        '<w:fldSimple w:instr="{{ x }}DE cmd"/>',
        '<w:pict><v:imagedata src="{{ y }}/x.png"/></w:pict>',
    ],
)
def test_what_fetches_only_once_it_is_filled_is_refused_then(body: str) -> None:
    context = {"x": Shown("D"), "y": Shown("\\\\server")}
    context["x"] = Shown("DE") if "AUTO" in body else Shown("D")

    with pytest.raises(TemplateError, match=r"proef\.docx (bevat een veld|haalt iets)"):
        template(p("a") + body).render(context, "Proef")
