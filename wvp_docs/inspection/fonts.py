"""Whether the built-in engine has the fonts of a template.

A font that is not there is replaced in silence, and then lines and pages break elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from wvp_docs.engines.rdocx import FONTS
from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import Paragraph, Story, W
from wvp_docs.inspection.remarks import Remark

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_KNOWN = {name.casefold() for name in FONTS}
_DEEP = 20
"""Styles on styles; a ring of them is cut here."""


def fonts(stories: Sequence[Story], members: Mapping[str, bytes]) -> Iterator[Remark]:
    """Yield each font that is not there once, at the first text that has it."""
    looks = _Looks(members)
    first: dict[str, Paragraph] = {}
    for paragraph in (paragraph for story in stories for paragraph in story.paragraphs):
        for piece in paragraph.pieces:
            if piece.text.strip():
                first.setdefault(looks.font(paragraph.element, piece.run), paragraph)
    for font, paragraph in first.items():
        if font and font.casefold() not in _KNOWN:
            yield Remark(
                "S050",
                f"het lettertype {font} is er niet bij het maken van de pdf; er komt een ander, "
                "en dan lopen regels en bladzijden anders.",
                "Kies Calibri, Arial, Times New Roman of Cambria.",
                paragraph,
                Severity.WARNING,
            )


class _Looks:
    """The styles of a document, as far as they name a font."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        styles = members.get("word/styles.xml")
        self.root = etree.fromstring(styles) if styles else etree.Element("none")
        self.styles = {it.get(f"{W}styleId"): it for it in self.root.iter(f"{W}style")}
        theme = members.get("word/theme/theme1.xml")
        tree = etree.fromstring(theme) if theme else etree.Element("none")
        self.theme = {
            kind: latin.get("typeface", "")
            for kind in ("minor", "major")
            for latin in tree.iter(f"{_A}latin")
            if (around := latin.getparent()) is not None and around.tag == f"{_A}{kind}Font"
        }
        self.normal = next(
            (
                key
                for key, it in self.styles.items()
                if it.get(f"{W}default") == "1" and it.get(f"{W}type") == "paragraph"
            ),
            None,
        )

    def font(self, paragraph: etree._Element, run: etree._Element) -> str:
        """Return the font of a run: its own, that of its styles, or that of the document."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        own = run.find(f"{W}rPr/{W}rStyle")
        defaults = self.root.find(f"{W}docDefaults/{W}rPrDefault")
        return (
            self._named(run)
            or self._of_style(own.get(f"{W}val") if own is not None else None)
            or self._of_style(style.get(f"{W}val") if style is not None else self.normal)
            or (self._named(defaults) if defaults is not None else "")
        )

    def _of_style(self, key: str | None) -> str:
        for _ in range(_DEEP):
            style = self.styles.get(key)
            if style is None:
                return ""
            if named := self._named(style):
                return named
            based = style.find(f"{W}basedOn")
            key = based.get(f"{W}val") if based is not None else None
        return ""

    def _named(self, element: etree._Element) -> str:
        fonts = element.find(f"{W}rPr/{W}rFonts")
        if fonts is None:
            return ""
        theme = fonts.get(f"{W}asciiTheme", "")[:5]  # minor or major
        return self.theme.get(theme, "") or fonts.get(f"{W}ascii", "")
