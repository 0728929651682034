from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wvp_docs.errors import TemplateError
from wvp_docs.shown import Node, Shown
from wvp_docs.word import Template, text_of

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def template(body: str, *, extra: dict[str, str] | None = None) -> Template:
    """A smallest Word template around some paragraphs."""
    return Template(package(body, extra=extra), "proef.docx")


def package(body: str, *, extra: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr(
            "word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>"
        )
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return buffer.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


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
    "body", ["{{ x.__class__ }}", "{{ x.__class__.__mro__ }}", "{{ w._children }}"]
)
def test_a_template_cannot_reach_into_python(body: str) -> None:
    made = template(p(body))

    with pytest.raises(TemplateError):
        made.render({"x": Shown("a"), "w": Node({})}, "Proef")


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
    story = f"<w:hdr {NS}>{p('{{ x }}')}</w:hdr>"
    extra = {f"word/{name}.xml": story for name in ("header1", "footer2", "footnotes")}

    assert (
        text_of(template(p("a"), extra=extra).render({"x": Shown("Y")}, "Proef").docx).count("Y")
        == 3
    )


def test_the_same_context_gives_the_same_bytes() -> None:
    made = template(p("{{ x }}"))

    assert (
        made.render({"x": Shown("a")}, "Proef").docx == made.render({"x": Shown("a")}, "Proef").docx
    )


def test_loops_name_their_rows() -> None:
    made = template(p("{% for r in f.rijen %}{{ r.naam }}{% if r.ja.ja %}x{% endif %}{% endfor %}"))

    assert made.tags() == {"f.rijen", "f.rijen[].naam", "f.rijen[].ja.ja"}


@pytest.mark.parametrize(
    "source", [b"", b"geen zip", package("")[:60]], ids=["empty", "text", "cut off"]
)
def test_what_is_no_word_file_is_refused(source: bytes) -> None:
    with pytest.raises(TemplateError, match="geen Word-bestand"):
        Template(source, "proef.docx")


def test_a_dtd_is_refused() -> None:
    bomb = f'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document {NS}><w:body>&a;</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("word/document.xml", bomb)

    with pytest.raises(TemplateError):
        Template(buffer.getvalue(), "proef.docx")


PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
    | st.sampled_from("\n\t&<>\"'{}%")
)


@settings(max_examples=150, deadline=None)
@given(PRINTABLE)
def test_any_printable_text_comes_out_whole(text: str) -> None:
    assert filled(p("{{ x }}") + p("slot"), x=Shown(text)) == f"{text}\nslot"


def test_only_a_concept_has_a_watermark_and_it_adds_no_line() -> None:
    header = {"word/header1.xml": f"<w:hdr {NS}>{p('kop')}</w:hdr>"}
    made = template(p("a"), extra=header)

    plain, concept = (made.render({}, "Proef", concept=it).docx for it in (False, True))
    shown = [zipfile.ZipFile(io.BytesIO(it)).read("word/header1.xml") for it in (plain, concept)]
    assert ['string="CONCEPT"' in it.decode() for it in shown] == [False, True]
    assert [it.count(b"<w:p>") for it in shown] == [1, 1]
