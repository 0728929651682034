"""What goes wrong because of where a tag stands: half in a link, or beside other things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import Story, W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import PRINT, REMARK, Tag, without_tags

_WHERE = {"tr": "een rij van een tabel", "tc": "een cel van een tabel"}
_TAKEN = {"tr": "rij", "tc": "cel", "p": "alinea"}
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{\s*[a-z_]+(?:\.[a-z_]+)+\s*\}")


def edges(story: Story, tags: Sequence[Tag]) -> Iterator[Remark]:
    """Yield what is wrong with the places of the tags of a story."""
    yield from _loose_braces(story)
    inside: dict[etree._Element, list[Tag]] = {}
    for tag in tags:
        paragraph = tag.paragraph.element
        for element in (paragraph, *paragraph.iterancestors(f"{W}tr", f"{W}tc")):
            inside.setdefault(element, []).append(tag)
    for tag in tags:
        yield from _looks(tag)
        if tag.scope in _WHERE and tag.paragraph.around(tag.scope) is None:
            yield Remark(
                "S013",
                f"{tag.shown} hoort in {_WHERE[tag.scope]}, en hier is die er niet.",
                f"Schrijf {{%p in plaats van {{%{tag.scope}, of zet de tag in een tabel.",
                tag.paragraph,
            )
        elif tag.scope in _TAKEN:
            yield from _swallowed(tag, inside)


def _loose_braces(story: Story) -> Iterator[Remark]:
    for paragraph in story.paragraphs:
        if found := _LOOSE.search(without_tags(paragraph.text)):
            yield Remark(
                "S011",
                f"hier staat {found.group()} zonder de rest van een tag.",
                "Een tag begint met {{ en eindigt met }}, in dezelfde alinea: "
                "{{ werknemer.naam }}. Een opdracht staat tussen {% en %}.",
                paragraph,
            )


def _looks(tag: Tag) -> Iterator[Remark]:
    """Say what goes wrong because the tag is spread over runs."""
    if len({piece.run.getparent() for piece in tag.pieces}) > 1:
        yield Remark(
            "S013",
            f"{tag.shown} loopt over de rand van een hyperlink of een ander onderdeel heen.",
            "Typ de tag opnieuw, helemaal binnen of helemaal buiten dat onderdeel.",
            tag.paragraph,
        )
    if tag.opens == PRINT and tag.has_mixed_looks:
        yield Remark(
            "S015",
            f"{tag.shown} is niet helemaal hetzelfde opgemaakt; het antwoord krijgt de opmaak "
            "van de eerste accolade.",
            "Geef de hele tag dezelfde opmaak, met de accolades erbij.",
            tag.paragraph,
            Severity.WARNING,
        )


def _swallowed(tag: Tag, inside: Mapping[etree._Element, Sequence[Tag]]) -> Iterator[Remark]:
    """Say what disappears with the row, cell or paragraph that docxtpl takes away."""
    taken = tag.paragraph.element if tag.scope == "p" else tag.paragraph.around(tag.scope)
    what = _TAKEN[tag.scope]
    if taken is None:
        return
    others = [it for it in inside[taken] if it.opens != REMARK]
    # Of two tags that each take the same row away the last one stays.
    later = others[others.index(tag) + 1 :] if tag in others else []
    others = [it for it in others if it is not tag]
    lost = [it for it in others if it.scope != tag.scope or it not in later]
    if lost:
        yield Remark(
            "S014",
            f"{lost[0].shown} staat in dezelfde {what} als {tag.shown} en verdwijnt daarmee.",
            f"Geef {tag.shown} een eigen {what}.",
            tag.paragraph,
        )
    elif not others and _text(taken).replace(tag.typed, "").strip():
        yield Remark(
            "S014",
            f"de andere tekst in de {what} van {tag.shown} verdwijnt bij het invullen.",
            f"Zet die tekst in een andere {what}.",
            tag.paragraph,
            Severity.WARNING,
        )


def _text(element: etree._Element) -> str:
    return "".join(it.text or "" for it in element.iter(f"{W}t"))
