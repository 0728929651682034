"""What our engines draw in another way than Word, and what nobody will see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import Paragraph, Story, W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import PRINT, Tag

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWN = re.compile("/(diagram|chart)")
_ELSEWHERE = (
    (re.compile(r"word/comments\.xml"), "een opmerking"),
    (re.compile(r"word/_rels/.*\.rels"), "het adres van een hyperlink"),
    (re.compile(r"word/charts/chart\d*\.xml"), "een grafiek"),
    (re.compile(r"word/diagrams/data\d*\.xml"), "een SmartArt"),
)
_MARKUP = re.compile(r"<[^>]*>")
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CHANGES = tuple(
    f"{W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "numberingChange", "tblPrChange"),
        *("tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange"),
    )
)
_COMMENT = f"{W}commentReference"


def unseen(tags: Iterable[Tag]) -> Iterator[Remark]:
    """Yield the tags whose answer would not be on the paper."""
    for tag in tags:
        still_steers = tag.unseen not in ("doorgehaald", "in een veldcode")
        if tag.unseen and (tag.opens == PRINT or not still_steers):
            yield Remark(
                "S040",
                f"{tag.shown} staat {tag.unseen}: dan is het antwoord niet op papier te zien.",
                "Zet de tag in een gewone alinea of in een cel van een tabel.",
                tag.paragraph,
            )


def elsewhere(members: Mapping[str, bytes]) -> Iterator[Remark]:
    """Yield the tags in parts of the file that are never filled."""
    for name, content in members.items():
        for pattern, what in _ELSEWHERE:
            text = content.decode("utf-8", "replace") if pattern.fullmatch(name) else ""
            # Word writes the braces in an address as %7B.
            text = unquote(text) if name.endswith(".rels") else _MARKUP.sub("", text)
            if found := _ANY_TAG.search(text):
                yield Remark(
                    "S040",
                    f"{found.group()} staat in {what}: daar wordt niets ingevuld.",
                    "Zet de tag in een gewone alinea of in een cel van een tabel.",
                )


def constructs(stories: Sequence[Story]) -> Iterator[Remark]:
    """Yield what the engines draw differently, and what a reviewer left behind."""
    for story in stories:
        for paragraph in story.paragraphs:
            yield from _of_paragraph(paragraph)
        yield from _row_heights(story)
    yield from _left_behind(stories)


def _of_paragraph(paragraph: Paragraph) -> Iterator[Remark]:
    runs = {piece.run for piece in paragraph.pieces} | set(paragraph.element.iter(f"{W}r"))
    own = [run for run in runs if next(run.iterancestors(f"{W}p")) is paragraph.element]
    has_box = any(next(run.iter(f"{W}txbxContent"), None) is not None for run in own)
    if has_box:
        yield _drawn("S041", "een tekstvak", "Gebruik een tabel of een gewone alinea.", paragraph)
    is_soft = any(run.find(f"{W}softHyphen") is not None for run in own)
    if is_soft or "\u00ad" in paragraph.text:
        hint = "Haal het weg, of typ het woord opnieuw: Ctrl+koppelteken maakt zo'n streepje."
        yield _drawn("S042", "een zacht afbreekstreepje", hint, paragraph)
    if any(it.get(f"{W}type") == "page" for run in own for it in run.iter(f"{W}br")):
        hint = "Kies bij de alinea erna: Alinea > Regel- en pagina-einden > Pagina-einde ervoor."
        yield _drawn("S043", "een pagina-einde met de hand", hint, paragraph)
    says = {piece.run for piece in paragraph.pieces if piece.text.strip()}
    if any(paragraph.styles.shading(paragraph.element, run) for run in says):
        hint = "Kies een markeerstift, of geef de alinea of de cel die kleur."
        yield _drawn("S046", "arcering achter woorden", hint, paragraph)
    pictures = (it.get("uri", "") for run in own for it in run.iter(f"{_A}graphicData"))
    if any(map(_DRAWN.search, pictures)):
        yield _drawn("S045", "een grafiek of SmartArt", "Plak het als afbeelding.", paragraph)


def _drawn(code: str, what: str, hint: str, paragraph: Paragraph) -> Remark:
    message = f"hier staat {what}; dat komt niet in elke pdf hetzelfde te staan."
    return Remark(code, message, hint, paragraph, Severity.WARNING)


def _row_heights(story: Story) -> Iterator[Remark]:
    places = {paragraph.element: paragraph for paragraph in story.paragraphs}
    for height in story.root.iter(f"{W}trHeight"):
        row = next(height.iterancestors(f"{W}tr"), None)
        if height.get(f"{W}hRule") != "exact" or row is None:
            continue
        yield Remark(
            "S044",
            "deze rij heeft een vaste hoogte: een langer antwoord past er niet in.",
            "Kies bij de eigenschappen van de rij: Hoogte is minimaal, of haal de hoogte weg.",
            next((places[it] for it in row.iter(f"{W}p") if it in places), None),
            Severity.WARNING,
        )


def _left_behind(stories: Sequence[Story]) -> Iterator[Remark]:
    for code, tags, what, hint in (
        (
            "S060",
            _CHANGES,
            "bijgehouden wijzigingen",
            "Kies in Word: Controleren > Accepteren > Alle wijzigingen accepteren.",
        ),
        ("S061", (_COMMENT,), "opmerkingen", "Kies in Word: Controleren > Verwijderen."),
    ):
        left = [(story, it) for story in stories for it in story.root.iter(*tags)]
        if left:
            message = f"in het sjabloon staan nog {what} ({len(left)})."
            first = _paragraph_of(*left[0])
            yield Remark(code, message, hint, first, Severity.WARNING)


def _paragraph_of(story: Story, element: etree._Element) -> Paragraph | None:
    around = {element, *element.iterancestors(), *element.iter(f"{W}p")}
    return next((it for it in story.paragraphs if it.element in around), None)
