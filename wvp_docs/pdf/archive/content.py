"""What draws in a PDF: pages, forms, patterns, notes and drawn letters, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

# The operators of ISO 32000-1, annex A, of which nothing is asked here. PDF/A allows none but these
# and those below, not even between BX and EX.
_ANNEX_A = (
    "b B b* B* BDC BMC BT BX c cm d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J l m M MP n re RG "
    "rg s S SC sc SCN scn sh T* Tc Td TD TL Tm Ts Tw Tz v w W W* y"
)
_PASSING = frozenset(_ANNEX_A.split())
INTENTS = frozenset(
    ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
)
"""The ways to bring a colour to another device that PDF knows."""

# Those that name something in the resources.
_NAMING = "BDC cs CS Do DP gs scn SCN sh Tf"
_DEEPEST = 28
_UNSEEN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Canvas:
    """Something that draws.

    Attributes:
        page: where it is met first, counted from 1.
        content: the page, or the stream of a form, a pattern or a letter.
        resources: what the names in it stand for.
    """

    page: int
    content: Object
    resources: Object


@dataclass(slots=True)
class Drawn:
    """What one canvas does, as far as an archive asks.

    Attributes:
        seen: each font by its name, with the texts in it.
        unseen: the same for text that is there for searching only: a scan that was read (OCR).
        has_inks: whether it takes a colour in CMYK.
        faults: Dutch clauses on what no archive may hold.
    """

    seen: dict[str, set[bytes]] = field(default_factory=dict)
    unseen: dict[str, set[bytes]] = field(default_factory=dict)
    has_inks: bool = False
    faults: set[str] = field(default_factory=set)


def canvases(document: Pdf) -> Iterator[Canvas]:
    """Yield everything that draws on the pages, each with resources of its own.

    A form that counts on those of the page gets a copy for each page, with these.
    """
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages, start=1):
        page.obj.Resources = page.resources
        waiting = [Canvas(number, page.obj, page.obj.Resources)]
        waiting += [
            _canvas(number, look, page.obj.Resources)
            for note in page.obj.get("/Annots", ())
            for look in _looks(note)
        ]
        while waiting:
            canvas = waiting.pop()
            place = canvas.content.objgen
            if place in seen:
                continue
            if place != (0, 0):
                seen.add(place)
            yield canvas
            waiting += _inside(document, canvas)


def drawn(canvas: Canvas) -> Drawn:
    """Return what the canvas does.

    Raises:
        pikepdf.PdfError: it cannot be read; or one of the other `MALFORMED`.
    """
    found = Drawn()
    font, mode, depth = "", 0, 0
    kept: list[tuple[str, int]] = []
    for step in pikepdf.parse_content_stream(canvas.content):
        operator = str(step.operator)
        if operator in _PASSING:
            continue
        operands = step.operands
        if operator == "q":
            kept.append((font, mode))
            depth = max(depth, len(kept))
        elif operator == "Q":
            font, mode = kept.pop() if kept else (font, mode)
        elif operator == "Tf":
            font = str(operands[0])
        elif operator == "Tr":
            mode = int(operands[0])
        elif operator in {"Tj", "TJ", "'", '"'}:
            texts = found.unseen if mode == _UNSEEN_TEXT else found.seen
            texts.setdefault(font, set()).update(_codes(operands[-1]))
        elif isinstance(step, pikepdf.ContentStreamInlineImage):
            _note_picture(found, step.iimage.unparse())
        else:
            _note(found, operator, list(operands))
    if depth > _DEEPEST:
        found.faults.add("de tekening van de bladzijde zit te diep in elkaar")
    return found


def _note(found: Drawn, operator: str, operands: Sequence[Object]) -> None:
    """Note a colour of inks, and what no archive may hold."""
    if operator in {"k", "K"}:
        found.has_inks = True
    elif operator in {"cs", "CS"}:
        found.has_inks = found.has_inks or operands[0] == "/DeviceCMYK"
    elif operator != "ri":
        found.faults.add("de bladzijde bevat een opdracht die niet bij PDF hoort")
    elif str(operands[0]) not in INTENTS:
        found.faults.add("een kleur heeft een onbekende bedoeling (rendering intent)")


def _note_picture(found: Drawn, picture: bytes) -> None:
    """Note the same of a picture that stands between the operators."""
    says = picture.partition(b"\nID")[0]
    found.has_inks = found.has_inks or b"CMYK" in says
    if b"/LZW" in says:
        found.faults.add("een plaatje is op een verouderde manier ingepakt (LZW)")
    if re.search(rb"/I(nterpolate)? true", says):
        found.faults.add("een plaatje wordt bij het tonen bijgekleurd (Interpolate)")


def _codes(operand: Object) -> list[bytes]:
    items = operand if isinstance(operand, Array) else [operand]
    return [bytes(item) for item in items if isinstance(item, pikepdf.String)]


def _looks(note: Object) -> Iterator[Object]:
    """Yield the drawings of a note as it is seen."""
    look = note.get("/AP", Dictionary()).get("/N")
    if isinstance(look, Stream):
        yield look
    elif isinstance(look, Dictionary):
        yield from (part for part in look.values() if isinstance(part, Stream))


def _inside(document: Pdf, canvas: Canvas) -> Iterator[Canvas]:
    """Yield what the resources of a canvas draw with."""
    resources = canvas.resources
    for key, item in resources.get("/XObject", Dictionary()).items():
        if item.get("/Subtype") != Name.Form:
            continue
        form = _own(document, item)
        resources.XObject[key] = form
        yield _canvas(canvas.page, form, resources)
    for pattern in resources.get("/Pattern", Dictionary()).values():
        if isinstance(pattern, Stream):
            yield _canvas(canvas.page, pattern, resources)
    for state in resources.get("/ExtGState", Dictionary()).values():
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and "/G" in mask:
            yield _canvas(canvas.page, mask.G, resources)
    for font in resources.get("/Font", Dictionary()).values():
        if font.get("/Subtype") == Name.Type3:
            font.Resources = font.get("/Resources", resources)
            for letter in font.get("/CharProcs", Dictionary()).values():
                yield Canvas(canvas.page, letter, font.Resources)


def _canvas(page: int, content: Object, around: Object) -> Canvas:
    if "/Resources" not in content:
        content.Resources = around
    return Canvas(page, content, content.Resources)


def _own(document: Pdf, form: Object) -> Object:
    """Return the form, or a copy of it when it counts on the resources of who draws it."""
    if "/Resources" in form:
        return form
    if not list(pikepdf.parse_content_stream(form, _NAMING)):
        form.Resources = Dictionary()
        return form
    copy = Stream(document, form.read_raw_bytes())
    for key, value in form.items():
        if key != "/Length":
            copy[key] = value
    return document.make_indirect(copy)
