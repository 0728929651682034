"""How the letters of a run look: what it says itself, or else its styles and the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from wvp_docs.housestyle.palette import contrast

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 20
"""Styles on styles; a ring of them is cut here."""
_OFF = frozenset(("0", "false", "off"))
_WHITE, _BLACK = "FFFFFF", "000000"
_LEAST_CONTRAST = 1.5
"""Between letters and what is behind them: light grey on white has 1.4, and middle grey 2.3."""
_LEAST_SIZE = 10
"""In half points."""
_HEX = re.compile("[0-9A-F]{6}")
_PAPER = ("background1", "light1", "bg1", "lt1")
"""What a theme calls the colour of the paper."""
_HIGHLIGHTS = {
    "black": _BLACK,
    "white": _WHITE,
    "yellow": "FFFF00",
    "green": "00FF00",
    "red": "FF0000",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
"""ECMA-376 Part 1, 17.18.40."""


def is_on(switch: etree._Element | None) -> bool:
    """Return what a switch such as `<w:vanish/>` says; one that is not there is off."""
    return switch is not None and switch.get(f"{_W}val", "1") not in _OFF


class Styles:
    """The styles of a document.

    Args:
        members: the parts of the file.
    """

    def __init__(self, members: Mapping[str, bytes]) -> None:
        styles = members.get("word/styles.xml")
        root = etree.fromstring(styles) if styles else etree.Element("none")
        self._styles = {it.get(f"{_W}styleId"): it for it in root.iter(f"{_W}style")}
        self._chains: dict[tuple[str | None, str], list[etree._Element]] = {}
        self._defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self._normal = next(
            (
                key
                for key, it in self._styles.items()
                if it.get(f"{_W}default") == "1" and it.get(f"{_W}type") == "paragraph"
            ),
            None,
        )

    def looks(self, paragraph: etree._Element, run: etree._Element) -> Iterator[etree._Element]:
        """Yield what says how a run looks, what counts most first."""
        own = run.find(f"{_W}rPr")
        if own is not None:
            yield own
            yield from self._of_style(_named(own, "rStyle"), f"{_W}rPr")
        yield from self._of_style(self._style_of(paragraph), f"{_W}rPr")
        if self._defaults is not None:
            yield self._defaults

    def unseen(self, paragraph: etree._Element, run: etree._Element) -> str:
        """Return why a reader does not see the run: `verborgen`; empty: it is seen."""
        looks = list(self.looks(paragraph, run))
        if is_on(_first(looks, "vanish")):
            return "verborgen"
        if 0 < _half_points(_first(looks, "sz")) < _LEAST_SIZE:
            return "in letters die te klein zijn om te lezen"
        colour, shading = _colour(_first(looks, "color")), _shading(looks)
        is_plain = any(_differ(colour or _BLACK, it) for it in self._behind(paragraph, looks))
        if is_plain and (not shading or not colour or _differ(colour, shading)):
            return ""
        alike = "in letters die bijna de kleur hebben van wat erachter is"
        return "in witte letters" if colour == _WHITE else alike

    def shading(self, paragraph: etree._Element, run: etree._Element) -> str:
        """Return the colour behind the words of a run, which is not drawn in every PDF."""
        return _shading(list(self.looks(paragraph, run)))

    def _behind(self, paragraph: etree._Element, looks: list[etree._Element]) -> list[str]:
        """Return what may be the colour behind a run: mostly one, more in a table with a style.

        Not the shading of the run itself: the built-in engine does not draw that (measured).
        """
        marked = _first(looks, "highlight")
        if marked is not None and marked.get(f"{_W}val") in _HIGHLIGHTS:
            return [_HIGHLIGHTS[marked.get(f"{_W}val", "")]]
        own = paragraph.find(f"{_W}pPr")
        around = [own] if own is not None else []
        around += self._of_style(self._style_of(paragraph), f"{_W}pPr")
        styled: list[str] = []
        for it in paragraph.iterancestors(f"{_W}tc", f"{_W}tbl"):
            for own in (*it.iterchildren(f"{_W}tcPr"), *it.iterchildren(f"{_W}tblPr")):
                around.append(own)
                for style in self._of_style(_named(own, "tblStyle"), "."):
                    styled += filter(None, map(_fill, style.iter(f"{_W}shd")))
        fills = (_fill(shd) for one in around for shd in one.iterchildren(f"{_W}shd"))
        direct = next(filter(None, fills), "")
        return [direct] if direct else [*styled, _WHITE]

    def _style_of(self, paragraph: etree._Element) -> str | None:
        own = paragraph.find(f"{_W}pPr")
        return (_named(own, "pStyle") if own is not None else None) or self._normal

    def _of_style(self, key: str | None, what: str) -> list[etree._Element]:
        if (key, what) not in self._chains:
            self._chains[key, what] = list(self._chain(key, what))
        return self._chains[key, what]

    def _chain(self, key: str | None, what: str) -> Iterator[etree._Element]:
        for _ in range(_DEEP):
            style = self._styles.get(key)
            if style is None:
                return
            found = style.find(what)
            if found is not None:
                yield found
            key = _named(style, "basedOn")


def _first(looks: list[etree._Element], name: str) -> etree._Element | None:
    return next((it for one in looks if (it := one.find(f"{_W}{name}")) is not None), None)


def _half_points(size: etree._Element | None) -> int:
    value = size.get(f"{_W}val", "") if size is not None else ""
    return int(value) if re.fullmatch("[0-9]{1,4}", value) else 0


def _colour(colour: etree._Element | None) -> str:
    """Return the colour of letters; empty: it is left to the program."""
    if colour is None:
        return ""
    if colour.get(f"{_W}themeColor") in _PAPER:
        shade = colour.get(f"{_W}themeShade", "FF").upper()
        return shade * 3 if re.fullmatch("[0-9A-F]{2}", shade) else _WHITE
    value = colour.get(f"{_W}val", "").upper()
    return value if _HEX.fullmatch(value) else ""


def _shading(looks: list[etree._Element]) -> str:
    shading = _first(looks, "shd")
    fill = _fill(shading) if shading is not None else ""
    return "" if fill == _WHITE else fill


def _fill(shading: etree._Element) -> str:
    value = shading.get(f"{_W}fill", "").upper()
    return value if _HEX.fullmatch(value) else ""


def _differ(one: str, other: str) -> bool:
    """Return whether letters of one colour can be read on the other."""
    low, high = sorted((contrast(one), contrast(other)))
    return high / low >= _LEAST_CONTRAST


def _named(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val") if found is not None else None
