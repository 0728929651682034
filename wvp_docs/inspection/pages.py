"""On which pages a header or footer stands, and whether there is such a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from wvp_docs.inspection.styles import is_on

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = (f"{_W}headerReference", f"{_W}footerReference")


def on_paper(members: Mapping[str, bytes], body: etree._Element) -> frozenset[str]:
    """Return the headers and footers that are on the first page of some section.

    Only those are on the paper however short it is: not those of even pages, nor those of the
    other pages where the first has its own.
    """
    return frozenset(
        part
        for is_apart, current in _sections(members, body)
        for (_, kind), part in current.items()
        if kind == ("first" if is_apart else "default")
    )


def in_use(members: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield for each kind of page (`default`, `first`, `even`) its header and its footer.

    Once for each section; a part that is not there is empty.
    """
    body = etree.fromstring(members["word/document.xml"])
    settings = etree.fromstring(members.get("word/settings.xml", b"<none/>"))
    has_even = is_on(settings.find(f"{_W}evenAndOddHeaders"))
    for is_apart, current in (*_sections(members, body),) or ((False, {}),):
        kinds = ("default", *(["first"] if is_apart else []), *(["even"] if has_even else []))
        for kind in kinds:
            found = (current.get((reference, kind), "") for reference in _KINDS)
            header, footer = (part if part in members else "" for part in found)
            yield kind, header, footer


def _sections(
    members: Mapping[str, bytes], body: etree._Element
) -> Iterator[tuple[bool, Mapping[tuple[str, str], str]]]:
    """Yield of each section whether its first page is another, and its headers and footers."""
    current: dict[tuple[str, str], str] = {}
    parts = dict(references(members, body))
    for section in body.iter(f"{_W}sectPr"):
        # What a section does not name is that of the section before it.
        for reference in section.iterchildren(*_KINDS):
            kind = str(reference.tag), reference.get(f"{_W}type", "default")
            current[kind] = parts[reference]
        yield is_on(section.find(f"{_W}titlePg")), dict(current)


def by_kind(members: Mapping[str, bytes], body: etree._Element) -> dict[str, str]:
    """Return of each header and footer for which pages it is: `default`, `first`, `even`."""
    return {part: it.get(f"{_W}type", "default") for it, part in references(members, body)}


def references(
    members: Mapping[str, bytes], body: etree._Element
) -> Iterator[tuple[etree._Element, str]]:
    """Yield each reference to a header or footer below an element, with the part that it means."""
    relations = members.get("word/_rels/document.xml.rels")
    listed = etree.fromstring(relations) if relations else ()
    targets = {it.get("Id"): it.get("Target", "") for it in listed}
    for reference in body.iter(*_KINDS):
        yield reference, f"word/{targets.get(reference.get(_ID), '').rpartition('/')[2]}"
