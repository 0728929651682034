"""What goes wrong because of where a tag stands: half in a link, or beside other things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import IN_CODE, Paragraph, Story, W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import PRINT, REMARK, Tag, without_tags

_WHERE = {"tr": "een rij van een tabel", "tc": "een cel van een tabel"}
_TAKEN = {"tr": "rij", "tc": "cel", "p": "alinea"}
_NAME = r"[a-z_]+(?:\.[a-z_]+)+"
_LOOSE = re.compile(rf"\{{[{{%#]|[}}%#]\}}|\{{\s+[%{{]|\{{\s*{_NAME}(?:\s*\}})?|{_NAME}\s*\}}+")
_ONE_TOO_MANY = re.compile(r"[}%#]\}\}|\{\{[{%#]")
_OF_WORD = re.compile(r"\b(MERGEFIELD|ADDRESSBLOCK|GREETINGLINE)\b(?:\s+\"?([^\s\"«\\]+))?")
"""The code of a field of Word for a mailing, and its name."""

_WHOLE = (
    "Een tag begint met {{ en eindigt met }}, in dezelfde alinea: {{ werknemer.naam }}. "
    "Een opdracht staat tussen {% en %}, en wat weg mag blijven tussen {# en #}."
)


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
        beside = without_tags(paragraph.text)
        if found := _LOOSE.search(beside):
            message = f"hier staat {found.group()} zonder de rest van een tag."
            if found.group() == "{#":
                message = "hier staat {# zonder #}: alles tot de eerste #} erna verdwijnt."
            yield Remark("S011", message, _WHOLE, paragraph)
        elif found := _ONE_TOO_MANY.search(paragraph.text):
            message = f"hier staat {found.group()}, met een accolade te veel."
            yield Remark("S011", message, _WHOLE, paragraph)
        elif found := _OF_WORD.search(_codes(paragraph)):
            name = f"«{found[2] or found[1]}»"
            message = f"hier staat {name}, een veld van Word; dat wordt niet ingevuld."
            hint = "Zet er een tag voor in de plaats: wvp-docs template fields."
            yield Remark("S011", message, hint, paragraph)


def _codes(paragraph: Paragraph) -> str:
    """Return the codes of the fields of Word: beside «ja» in the text there is none."""
    codes = "".join(it.text for it in paragraph.pieces if it.unseen == IN_CODE)
    simple = (it.get(f"{W}instr", "") for it in paragraph.element.iter(f"{W}fldSimple"))
    return " ".join((codes, *simple))


def _looks(tag: Tag) -> Iterator[Remark]:
    """Say what goes wrong because the tag is spread over runs."""
    # What is whole inside a tag, such as a tracked insertion, goes away with its markup.
    if tag.pieces[0].run.getparent() is not tag.pieces[-1].run.getparent():
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
