"""A drawing of a few plain shapes, and how it becomes SVG or PNG.

What is drawn is for others; both backends draw the same list of shapes, in its order.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

Points = tuple[tuple[float, float], ...]

FAMILIES = "Calibri, Carlito, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_FONT_FILES = {
    False: ("calibri.ttf", "Carlito-Regular.ttf", "segoeui.ttf", "Arial.ttf", "DejaVuSans.ttf"),
    True: ("calibrib.ttf", "Carlito-Bold.ttf", "segoeuib.ttf", "Arial Bold.ttf"),
}
_SHARP = 2
_SMOOTH = 2
"""A PNG has two pixels to the unit, and is drawn twice as large to smooth its edges."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; with `fill` it is closed and filled."""

    points: Points
    stroke: str
    width: float = 1
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around a point; without `fill` only its rim."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str
    width: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a baseline; `anchor` says which end of them `x` is: start, middle or end."""

    x: float
    y: float
    words: str
    size: float
    fill: str
    anchor: str = "start"
    bold: bool = False


Shape = Box | Line | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a white page; `title` and `description` are for who cannot see it."""

    width: int
    height: int
    shapes: Sequence[Shape]
    title: str
    description: str


def svg(drawing: Drawing) -> bytes:
    """Return the drawing as an SVG that needs nothing from elsewhere."""
    size = f'width="{drawing.width}" height="{drawing.height}"'
    view = f'viewBox="0 0 {drawing.width} {drawing.height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} role="img" lang="nl"',
        f'  font-family="{FAMILIES}">',
        "<!-- wvp-docs -->",
        f"<title>{_escaped(drawing.title)}</title>",
        f"<desc>{_escaped(drawing.description)}</desc>",
        f'<rect {size} fill="#ffffff"/>',
        *_elements(drawing.shapes),
        "</svg>",
    ]
    return "\n".join(lines).encode() + b"\n"


def _elements(shapes: Sequence[Shape]) -> Iterator[str]:
    for shape in shapes:
        match shape:
            case Box(x, y, width, height, fill, radius):
                corner = f' rx="{_number(radius)}"' if radius else ""
                yield (
                    f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
                    f'height="{_number(height)}"{corner} fill="{fill}"/>'
                )
            case Line(points, stroke, width, fill):
                tag = "polygon" if fill else "polyline"
                where = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
                yield (
                    f'<{tag} points="{where}" fill="{fill or "none"}" stroke="{stroke}" '
                    f'stroke-width="{_number(width)}" stroke-linejoin="round"/>'
                )
            case Circle(x, y, radius, fill, stroke, width):
                yield (
                    f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" '
                    f'fill="{fill or "none"}" stroke="{stroke}" stroke-width="{_number(width)}"/>'
                )
            case Text(x, y, words, size, fill, anchor, bold):
                weight = ' font-weight="bold"' if bold else ""
                yield (
                    f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" '
                    f"text-anchor={quoteattr(anchor)} fill={quoteattr(fill)}{weight}>"
                    f"{_escaped(words)}</text>"
                )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _escaped(words: str) -> str:
    # XML knows no control characters, and a case may hold any.
    return escape("".join(char if char.isprintable() else " " for char in words))


def png(drawing: Drawing) -> bytes:
    """Return the drawing as a PNG of twice its size, so that it prints sharply."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  only a picture needs it
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    scale = _SHARP * _SMOOTH
    page = Image.new("RGB", (drawing.width * scale, drawing.height * scale), "#ffffff")
    pen = _Pen(ImageDraw.Draw(page), scale)
    for shape in drawing.shapes:
        pen.draw(shape)
    sharp = page.resize((drawing.width * _SHARP, drawing.height * _SHARP), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    maker = PngInfo()
    maker.add_text("Software", "wvp-docs")
    dots = 96 * _SHARP
    sharp.save(file, "PNG", optimize=True, dpi=(dots, dots), pnginfo=maker)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws shapes with Pillow, everything so many times larger."""

    canvas: ImageDraw
    scale: int

    def draw(self, shape: Shape) -> None:
        scale, canvas = self.scale, self.canvas
        match shape:
            case Box(x, y, width, height, fill, radius):
                corners = (x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1)
                if corners[2] >= corners[0]:
                    canvas.rounded_rectangle(corners, radius * scale, fill)
            case Line(points, stroke, width, fill):
                dots = [(x * scale, y * scale) for x, y in points]
                if fill:
                    canvas.polygon(dots, fill)
                    dots.append(dots[0])
                canvas.line(dots, stroke, round(width * scale), "curve")
            case Circle(x, y, radius, fill, stroke, width):
                reach = (radius + width / 2) * scale
                across, down = x * scale, y * scale
                rim = (across - reach, down - reach, across + reach, down + reach)
                canvas.ellipse(rim, fill or None, stroke, round(width * scale))
            case Text(x, y, words, size, fill, anchor, bold):
                side = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
                font = _font(size * scale, bold=bold)
                canvas.text((x * scale, y * scale), words, fill, font, side)


def _font(size: float, *, bold: bool) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont  # noqa: PLC0415  only a picture needs it

    for file in _FONT_FILES[bold]:
        try:
            return ImageFont.truetype(file, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
