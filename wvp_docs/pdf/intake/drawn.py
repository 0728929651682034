"""Leaves of what a page could draw only that which it draws.

Many programs give all pages one list of pictures, and who takes a page out leaves its scan there.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.pdf.intake.opening import word

Asked: TypeAlias = tuple[str, Name]
"""A kind of resource and the name by which content asks for it: `/XObject` and `/Im1`."""

Objects: TypeAlias = frozenset[tuple[int, int]]
"""The numbers and generations of objects in a file."""

Marks: TypeAlias = dict[tuple[int, int], frozenset[int] | None]
"""By content, the numbers under which a structure tree knows its parts; None: any number."""

_ASKS = {"Do": "/XObject", "Tf": "/Font", "gs": "/ExtGState", "sh": "/Shading"}
_ASKS |= {"scn": "/Pattern", "SCN": "/Pattern", "BDC": "/Properties", "DP": "/Properties"}
_KINDS = (*dict.fromkeys(_ASKS.values()),)
# Colours show nothing by themselves, and a picture within the content asks for them too.
_WHOLE = ("/ColorSpace", "/ProcSet")
_NAME = re.compile(rb"/[^\s()<>\[\]{}/%]*")


def keep_drawn(pdf: Pdf) -> Marks:
    """Take out, in place, every resource that no page draws; return the marks of its content.

    Raises:
        pikepdf.PikepdfError: what a page draws cannot be read.
    """
    keeper = _Keeper()
    for page in pdf.pages:
        looks = map(shown, _list(page.obj.get("/Annots")))
        below = [asked for look in looks if look is not None for asked in keeper.missed_by(look)]
        keeper.keep(page.obj, below)
    return keeper.marks


def shown(note: object) -> Stream | None:
    """Return what an annotation draws: of all its states the one that it is in."""
    looks = note.get("/AP") if isinstance(note, Dictionary) else None
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Dictionary):
        state = note.get("/AS")  # type: ignore[attr-defined]
        normal = normal.get(state) if isinstance(state, Name) else None
    return normal if isinstance(normal, Stream) else None


class _Keeper:
    """What was read so far: every content once."""

    def __init__(self) -> None:
        self.marks: Marks = {}
        self._missed: dict[tuple[int, int], set[Asked]] = {}

    def missed_by(self, content: Stream) -> set[Asked]:
        """Clean the resources of a form, a pattern or a glyph; return what they do not have.

        A reader program then looks in the page, or in what draws it.
        """
        if content.objgen not in self._missed:
            self._missed[content.objgen] = set()
            self._missed[content.objgen] = self.keep(content)
        return self._missed[content.objgen]

    def keep(self, content: pikepdf.Object, below: Iterable[Asked] = ()) -> set[Asked]:
        """Give a page or a form only the resources that it, or what it draws, asks for."""
        asked, self.marks[content.objgen] = _read(content, _inside(content, "/Resources"))
        return self._keep(content, [*asked, *below])

    def _keep(self, holder: pikepdf.Object, asked: list[Asked]) -> set[Asked]:
        there = _inside(holder, "/Resources")
        kept: dict[str, pikepdf.Object] = {kind: Dictionary() for kind in _KINDS}
        missed, done = set[Asked](), set[Asked]()
        while asked:
            one = asked.pop()
            if one in done:
                continue
            done.add(one)
            kind, name = one
            thing = _inside(there, kind).get(name)
            if thing is None:
                missed.add(one)
            else:
                kept[kind][name] = thing
                asked += self._below(thing)
        if "/Resources" in holder:
            listed = {kind: names for kind, names in kept.items() if len(names)}
            listed |= {kind: there[kind] for kind in _WHOLE if kind in there}
            holder.Resources = Dictionary(listed)
        return missed

    def _below(self, thing: object) -> Iterator[Asked]:
        """Yield what a resource asks for and does not have itself."""
        if isinstance(thing, Stream):
            if thing.get("/Subtype") == Name.Form or "/PatternType" in thing:
                yield from self.missed_by(thing)
        elif isinstance(thing, Dictionary):
            mask, font = _inside(thing, "/SMask").get("/G"), thing.get("/Font")
            yield from self._below(mask)
            if isinstance(font, Array) and len(font):
                yield from self._below(font[0])
            if thing.get("/Subtype") == Name.Type3:
                yield from self._glyphs(thing)
            yield from self._below(thing.get("/ExtGState"))

    def _glyphs(self, font: pikepdf.Object) -> set[Asked]:
        if font.objgen not in self._missed or not font.is_indirect:
            self._missed[font.objgen] = set()
            glyphs = [it for it in _inside(font, "/CharProcs").values() if isinstance(it, Stream)]
            asked = [one for glyph in glyphs for one in _read(glyph, Dictionary())[0]]
            self._missed[font.objgen] = self._keep(font, asked)
        return self._missed[font.objgen]


def _read(
    content: pikepdf.Object, resources: pikepdf.Object
) -> tuple[set[Asked], frozenset[int] | None]:
    """Return what content asks for, and by which numbers its parts are known."""
    if isinstance(content, Dictionary) and "/Contents" not in content:
        return set(), frozenset()
    asked, marks = set[Asked](), set[int]()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            steps = pikepdf.parse_content_stream(content, " ".join(_ASKS))
    except (pikepdf.PikepdfError, UserWarning):
        return set(_all_names(content)), None
    for step in steps:
        kind = _ASKS.get(word(step.operator))
        if kind is None or not len(step.operands):
            continue
        given: object = step.operands[0 if kind == "/Font" else -1]
        if isinstance(given, Name):
            asked.add((kind, given))
            given = _inside(resources, kind).get(given)
        number = given.get("/MCID") if isinstance(given, Dictionary) else None
        if isinstance(number, int):
            marks.add(number)
    return asked, frozenset(marks)


def _all_names(content: pikepdf.Object) -> Iterator[Asked]:
    """Yield every name in content that is not well put together, for anything it may mean."""
    parts = content.Contents if isinstance(content, Dictionary) else content
    for part in _list(parts) or [parts]:
        for found in _NAME.findall(part.read_bytes()):
            if isinstance(name := pikepdf.Object.parse(found), Name):
                yield from ((kind, name) for kind in _KINDS)


def _inside(holder: pikepdf.Object, key: str) -> pikepdf.Object:
    """Return the dictionary under the key; an empty one when there is none, or something else."""
    found = holder.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def _list(value: object) -> list[pikepdf.Object]:
    return list(value) if isinstance(value, Array) else []
