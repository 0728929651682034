"""A medical answer that a template names is found wherever it goes, and has a place."""

from __future__ import annotations

import pytest

from altered import with_medical_field
from hostile_word import p, word
from template_word import MC
from wvp_docs.forms import Library
from wvp_docs.inspection import inspect_template
from wvp_docs.library import load_library


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
