"""Pages as pictures: of one paper, and of two beside each other with what differs marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SHARP, COARSE = 150, 90
"""Dots an inch: to look at one page, and to compare two on a screen."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in dots."""

_POINTS = 72
_CELL = 10
"""Dots: what lies closer together than this is marked as one."""
_VISIBLE = 48
"""Of 255: a smaller difference is how letters are smoothed, which nobody sees."""
_GONE, _NEW, _MOVED = (193, 39, 45), (47, 125, 79), (31, 95, 168)
_TRANSPARENT = 46
_GAP, _HEAD, _LETTERS = 24, 40, 20
_DESK = (228, 231, 235)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text on a page: as much of a line as stands in one font."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what is marked on it.

    Attributes:
        words: pieces of text that the other version does not have.
        moved: what looks otherwise, or stands elsewhere, though its words are the same.
    """

    picture: Image.Image
    words: tuple[Box, ...] = ()
    moved: tuple[Box, ...] = ()


def pictures_of(pdf: bytes, dots: int) -> list[Image.Image]:
    """Return every page as a picture, with this many dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dots / _POINTS).to_pil().convert("RGB") for page in document]


def words_of(pdf: bytes, dots: int) -> list[Words]:
    """Return every piece of text with its place on the picture of its page."""
    found, scale = [], dots / _POINTS
    with pypdfium2.PdfDocument(pdf) as document:
        for at, page in enumerate(document):
            text, height = page.get_textpage(), page.get_height()
            for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
                said = text.get_text_bounded(left, bottom, right, top).strip()
                corners = (left, height - top, right, height - bottom)
                x0, y0, x1, y1 = (round(corner * scale) for corner in corners)
                if said:
                    found.append(Words(said, at, (x0, y0, x1, y1)))
    return found


def as_png(picture: Image.Image) -> bytes:
    """Return the picture as a PNG file without a date."""
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def moved_boxes(one: Image.Image, other: Image.Image, known: Iterable[Box]) -> tuple[Box, ...]:
    """Return where two pages look different, apart from the boxes that are known to."""
    size = max(one.width, other.width), max(one.height, other.height)
    pages = []
    for page in (one, other):
        pages.append(Image.new("L", size, 255))
        pages[-1].paste(page.convert("L"))
    difference = ImageChops.difference(*pages).point(lambda value: 255 * (value > _VISIBLE))
    draw = ImageDraw.Draw(difference)
    for left, top, right, bottom in known:
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=0)
    cells = difference.reduce(_CELL).point(lambda value: 255 * (value > 0))
    return tuple(_clusters(cells.filter(ImageFilter.MaxFilter(3))))


def _clusters(cells: Image.Image) -> Iterable[Box]:
    """Yield a box in dots around each group of cells that touch."""
    width, content = cells.width, cells.tobytes()
    left_over = {divmod(at, width)[::-1] for at, value in enumerate(content) if value}
    while left_over:
        group = border = {min(left_over)}
        while border:
            near = {
                (x + right, y + down)
                for x, y in border
                for right in (-1, 0, 1)
                for down in (-1, 0, 1)
            }
            border = (near & left_over) - group
            group = group | border
        left_over -= group
        columns, rows = [x for x, _ in group], [y for _, y in group]
        yield (
            min(columns) * _CELL,
            min(rows) * _CELL,
            (max(columns) + 1) * _CELL,
            (max(rows) + 1) * _CELL,
        )


def side_by_side(old: Sheet | None, new: Sheet | None, titles: Sequence[str]) -> Image.Image:
    """Return two pages beside each other, each with its marks and its title above it.

    What differs in words is filled, what only moved has a line around it: it can be told without
    colours too. Of a page that is not there only its title is shown.
    """
    sheets = (old, new)
    some = next(sheet.picture for sheet in sheets if sheet)
    width = max(sheet.picture.width if sheet else some.width for sheet in sheets)
    height = max(sheet.picture.height for sheet in sheets if sheet)
    desk = Image.new("RGB", (2 * width + 3 * _GAP, height + _HEAD + _GAP), _DESK)
    draw, letters = ImageDraw.Draw(desk), ImageFont.load_default(_LETTERS)
    for at, (sheet, colour) in enumerate(zip(sheets, (_GONE, _NEW), strict=True)):
        left = _GAP + at * (width + _GAP)
        draw.text((left, (_HEAD - _LETTERS) // 2), titles[at], fill=(31, 41, 51), font=letters)
        if sheet:
            desk.paste(_marked(sheet, colour), (left, _HEAD))
    return desk


def _marked(sheet: Sheet, colour: tuple[int, int, int]) -> Image.Image:
    layer = Image.new("RGBA", sheet.picture.size)
    draw = ImageDraw.Draw(layer)
    for box in sheet.moved:
        draw.rectangle(box, outline=(*_MOVED, 255), width=2)
    for left, top, right, bottom in sheet.words:
        wider = (left - 3, top - 3, right + 3, bottom + 3)
        draw.rectangle(wider, fill=(*colour, _TRANSPARENT), outline=(*colour, 255))
    return Image.alpha_composite(sheet.picture.convert("RGBA"), layer).convert("RGB")
