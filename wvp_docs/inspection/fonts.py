"""Whether the built-in engine has the fonts of a template.

A font that is not there is replaced in silence, and then lines and pages break elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from wvp_docs.engines.rdocx import FONTS
from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import Paragraph, Story, W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.kinds import BOX_OFF, BOX_ON

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BOXES = f"{BOX_ON}{BOX_OFF} \t\n\u00a0"
_KNOWN = {name.casefold() for name in FONTS}


def fonts(stories: Sequence[Story], members: Mapping[str, bytes]) -> Iterator[Remark]:
    """Yield each font that is not there once, at the first text that has it."""
    theme = _Theme(members)
    first: dict[str, Paragraph] = {}
    for paragraph in (paragraph for story in stories for paragraph in story.paragraphs):
        for piece in paragraph.pieces:
            # Word has a font of its own for the box that it makes, and nobody chose it.
            if piece.text.strip(_BOXES):
                looks = paragraph.styles.looks(paragraph.element, piece.run)
                first.setdefault(theme.font(looks), paragraph)
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


class _Theme:
    """The fonts of the theme of a document."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        theme = members.get("word/theme/theme1.xml")
        tree = etree.fromstring(theme) if theme else etree.Element("none")
        self.fonts = {
            kind: latin.get("typeface", "")
            for kind in ("minor", "major")
            for latin in tree.iter(f"{_A}latin")
            if (around := latin.getparent()) is not None and around.tag == f"{_A}{kind}Font"
        }

    def font(self, looks: Iterable[etree._Element]) -> str:
        """Return the font that the first of these looks names; empty: none does."""
        for look in looks:
            fonts = look.find(f"{W}rFonts")
            if fonts is not None:
                theme = fonts.get(f"{W}asciiTheme", "")[:5]  # minor or major
                if named := self.fonts.get(theme, "") or fonts.get(f"{W}ascii", ""):
                    return named
        return ""
