"""What belongs above and below every page of a form, and its title."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from altered import altered, said
from hostile_word import p
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.ooxml import read_package, write_package

BSN = "{{ werknemer.bsn }}"
TOLD = "plan_van_aanpak.einddoel_toelichting"


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
    members = read_package(altered(stem, BSN, ""))
    header = members[part].decode().replace("</w:hdr>", f"{p(BSN)}</w:hdr>")
    body = members["word/document.xml"].decode()
    assert old in body
    body = body.replace(old, new)
    source = write_package({**members, "word/document.xml": body.encode(), part: header.encode()})

    assert [it[0] for it in said(library, stem, source)] == codes


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_a_form_without_header_or_footer_is_told_so(library: Library, kind: str) -> None:
    members = read_package(altered("plan_van_aanpak"))
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
    made = read_package(altered("plan_van_aanpak"))
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
    members = read_package(altered(stem))
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
