"""What Word and LibreOffice keep together at the foot of a page, and rdocx 0.16.3 does not.

rdocx leaves the header row of a table behind when the first row goes to the next page, cuts a
paragraph of three lines in two and one, and does not hold a table to what follows. Its own layout
tells where that happened; a page break before the heading, or lines kept together, then gives the
pages that the others give. Only Word holds a table of one row too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    import rdocx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
# Points. A header of two lines is 31, with the smallest first row 49; two lines of text are 29.
_HEADER_ONLY = 36.0
_TWO_LINES = 32.0
# Half a page: a table that is larger may stand by itself.
_HELD = 330.0
# Every repair moves what follows, so the next one is sought afresh; this many is a long document.
_ROUNDS = 40

Fragments = Mapping[int, Sequence["rdocx.LayoutFragment"]]


@dataclass(frozen=True, slots=True)
class _Body:
    """The blocks of a document: tables with a header row, and those that hold the next."""

    paragraphs: int
    paragraph_number: Sequence[int | None]
    has_header: Sequence[bool]
    keeps_next: Sequence[bool]

    def chain_start(self, block: int) -> int:
        """Return the first of the blocks before `block` that must stay with it."""
        while block > 0 and self.keeps_next[block - 1]:
            block -= 1
        return block


def keep_together(document: rdocx.Document, source: bytes) -> None:
    """Mend in place what falls apart at the foot of a page.

    Args:
        document: as rdocx opened it.
        source: the Word file it was opened from.
    """
    body = _read(source)
    if not body or body.paragraphs != len(document.paragraphs):
        return  # a stranger put something in it of which we do not know how rdocx counts it
    for _ in range(_ROUNDS):
        fragments: dict[int, list[rdocx.LayoutFragment]] = {}
        for fragment in document.layout():
            fragments.setdefault(fragment.body_index, []).append(fragment)
        split = {block: parts for block, parts in fragments.items() if len(parts) > 1}
        if not (_mend_first(document, body, split) or _mend_held(document, body, fragments)):
            return


def _mend_first(document: rdocx.Document, body: _Body, split: Fragments) -> bool:
    """Mend the first fault on the way through the document; say whether there was one."""
    for block, parts in sorted(split.items()):
        start = body.chain_start(block)
        number = body.paragraph_number[start]
        if number is None:
            continue
        layout = document.paragraphs[number].paragraph_format
        first, second = parts[0].bounds.height, parts[1].bounds.height
        if body.has_header[block] and first < _HEADER_ONLY and not layout.page_break_before:
            layout.page_break_before = True
            return True
        own = body.paragraph_number[block]
        if (
            own is None
            or len(parts) != len((first, second))
            or first > _TWO_LINES
            or abs(first - 2 * second) > 1
        ):
            continue
        layout = document.paragraphs[own].paragraph_format
        if not layout.keep_together:
            layout.keep_together = True
            return True
    return False


def _mend_held(document: rdocx.Document, body: _Body, fragments: Fragments) -> bool:
    """Take the first table that must stay with what follows along; say whether there was one."""
    for block, parts in sorted(fragments.items()):
        is_held = body.keeps_next[block] and body.paragraph_number[block] is None
        if not is_held or sum(part.bounds.height for part in parts) > _HELD:
            continue
        following = fragments.get(block + 1, parts)
        if following[0].physical_page == parts[0].physical_page:
            continue
        start = body.chain_start(block)
        if body.paragraph_number[start] is None and start:
            start = body.chain_start(start - 1)
        number = body.paragraph_number[start]
        layout = None if number is None else document.paragraphs[number].paragraph_format
        if layout and not layout.page_break_before:
            layout.page_break_before = True
            return True
    return False


def _read(source: bytes) -> _Body | None:
    """Return the blocks of a document; None when a stranger made it in another way than most."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        names = package.namelist()
        if _DOCUMENT not in names:
            return None
        keeping = _keeping_styles(package.read(_STYLES) if _STYLES in names else b"<w/>")
        root = etree.fromstring(package.read(_DOCUMENT))
    body = root.find(f"{_W}body")
    # rdocx counts bookmarks too, and no remarks in the XML.
    blocks = [it for it in (() if body is None else body) if isinstance(it.tag, str)]
    header = f"{_W}tr/{_W}trPr/{_W}tblHeader"
    return _Body(
        sum(map(_paragraphs_in, blocks)),
        tuple(_numbered(blocks)),
        tuple(block.find(header) is not None for block in blocks),
        tuple(_keeps_next(block, keeping) for block in blocks),
    )


def _numbered(blocks: Sequence[etree._Element]) -> Iterator[int | None]:
    number = 0
    for block in blocks:
        yield number if block.tag == f"{_W}p" else None
        number += _paragraphs_in(block)


def _paragraphs_in(block: etree._Element) -> int:
    """Return how many paragraphs rdocx counts in a block: in a table none, in a box of Word all."""
    if block.tag == f"{_W}sdt":
        return sum(1 for _ in block.iter(f"{_W}p"))
    return int(block.tag == f"{_W}p")


def _keeps_next(block: etree._Element, keeping: frozenset[str]) -> bool:
    if block.tag == f"{_W}tbl":
        rows = block.findall(f"{_W}tr")
        first = next(rows[-1].iter(f"{_W}p"), None) if rows else None
        return first is not None and _keeps_next(first, keeping)
    style = block.find(f"{_W}pPr/{_W}pStyle")
    direct = block.find(f"{_W}pPr/{_W}keepNext") is not None
    return direct or (style is not None and style.get(f"{_W}val") in keeping)


@lru_cache(maxsize=16)
def _keeping_styles(styles: bytes) -> frozenset[str]:
    """Return the ids of the paragraph styles that say keepNext, or build on one that does.

    All documents of a form have the same styles.
    """
    parent: dict[str, str] = {}
    keeping: set[str] = set()
    for style in etree.fromstring(styles).iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        based = style.find(f"{_W}basedOn")
        parent[name] = "" if based is None else based.get(f"{_W}val", "")
        if style.find(f"{_W}pPr/{_W}keepNext") is not None:
            keeping.add(name)
    while more := {name for name in parent if parent[name] in keeping} - keeping:
        keeping |= more
    return frozenset(keeping)
