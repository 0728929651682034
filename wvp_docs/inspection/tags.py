"""The tags in the paragraphs of a template, as Jinja will get them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from wvp_docs.inspection.reading import Paragraph, Piece, Story, W
from wvp_docs.inspection.styles import is_on

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARTS = re.compile(r"(\{[{%#])-?(?:(p|tr|tc|r)\s)?\s*(.*?)\s*-?([}%#]\})", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_NO_LOOK = {
    f"{W}{name}" for name in ("lang", "noProof", "rPrChange", "bCs", "iCs", "szCs", "rtl", "kern")
}
"""What Word keeps of a run besides how it looks: for its spelling checker, and other scripts."""
_FONTS = {f"{W}{name}" for name in ("ascii", "hAnsi", "asciiTheme", "hAnsiTheme")}
"""Of a font what is for our letters."""
_SWITCHES = {f"{W}{name}" for name in ("b", "i", "caps", "smallCaps", "strike", "vanish")}
_SHOWN = 60
MENDED = "wvp_docs"
"""Stands for a name in a tag that could not be read: the checks of names leave it alone."""
PRINT, STEER, REMARK = "{{", "{%", "{#"


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag of a template.

    Attributes:
        typed: as it stands in the document.
        inner: what is between the braces.
        scope: what docxtpl takes away around it: `p`, `tr`, `tc`, `r`; empty: nothing.
        pieces: the runs that it stands in.
    """

    typed: str
    opens: str
    inner: str
    scope: str
    paragraph: Paragraph
    pieces: tuple[Piece, ...]

    @property
    def word(self) -> str:
        """What a `{% %}` does: `if`, `endfor`; empty for the others."""
        words = self.inner.split(maxsplit=1)
        return words[0] if self.opens == STEER and words else ""

    @property
    def jinja(self) -> str:
        """The tag on one line, without what is for docxtpl."""
        closes = {"{{": "}}", "{%": "%}", "{#": "#}"}[self.opens]
        return f"{self.opens} {' '.join(self.inner.split())} {closes}"

    @property
    def shown(self) -> str:
        """The tag for in a sentence, its beginning when it is long."""
        words = " ".join(self.typed.split())
        return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"

    @property
    def unseen(self) -> str:
        """Why nobody sees what it prints: `in een tekstvak`, `verborgen`; empty: it is seen."""
        if self.paragraph.in_box:
            return "in een tekstvak"
        return next((piece.unseen for piece in self.pieces if piece.unseen), "")

    @property
    def is_seen(self) -> bool:
        """Whether what it prints is on the paper however short that is."""
        return self.paragraph.is_on_paper and not self.unseen

    @property
    def has_mixed_looks(self) -> bool:
        """Whether its letters look different from each other."""
        return len({_look(piece.run) for piece in self.pieces if piece.text.strip()}) > 1

    @property
    def stands_in(self) -> etree._Element | None:
        """The element that is around it once docxtpl took away what the scope says."""
        if not self.scope:
            return self.pieces[0].element
        if self.scope == "p":
            return self.paragraph.element.getparent()
        if self.scope == "r":
            return self.pieces[0].run.getparent()
        taken = self.paragraph.around(self.scope)
        return taken.getparent() if taken is not None else None


def tags_in(story: Story) -> tuple[Tag, ...]:
    """Return the tags of a story in the order in which they stand there."""
    return tuple(tag for paragraph in story.paragraphs for tag in _tags(paragraph))


def without_tags(text: str, instead: str = "") -> str:
    """Return what stands beside the tags, with something else in the place of each."""
    return _TAG.sub(instead, text)


def _tags(paragraph: Paragraph) -> Iterator[Tag]:
    if "{" not in paragraph.text:
        return
    for found in _TAG.finditer(paragraph.text):
        parts = _PARTS.fullmatch(found.group())
        if parts is None:
            continue
        opens, scope, inner, _ = parts.groups()
        pieces = tuple(_between(paragraph.pieces, found.start(), found.end()))
        yield Tag(found.group(), opens, inner.translate(_QUOTES), scope or "", paragraph, pieces)


def _between(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    for piece in pieces:
        if piece.start < end and start < piece.start + len(piece.text):
            yield piece


def _look(run: etree._Element) -> frozenset[tuple[str, frozenset[tuple[str, str]]]]:
    """Return what makes its letters look as they do."""
    looks = run.find(f"{W}rPr")
    found = set()
    for it in looks if looks is not None else ():
        values = frozenset((str(key), str(value)) for key, value in it.items())
        if it.tag in _SWITCHES:
            if not is_on(it):
                continue
            values = frozenset()
        elif it.tag == f"{W}rFonts":
            values = frozenset(pair for pair in values if pair[0] in _FONTS)
            if not values:
                continue
        if it.tag not in _NO_LOOK:
            found.add((str(it.tag), values))
    return frozenset(found)
