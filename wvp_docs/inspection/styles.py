"""How the letters of a run look: what it says itself, or else its styles and the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 20
"""Styles on styles; a ring of them is cut here."""
_OFF = frozenset(("0", "false", "off"))
_WHITE = "FFFFFF"
_NO_FILL = frozenset(("", "auto", _WHITE))


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
        vanish, colour = (_first(looks, it) for it in ("vanish", "color"))
        if is_on(vanish):
            return "verborgen"
        is_white = colour is not None and colour.get(f"{_W}val", "").upper() == _WHITE
        return "in witte letters" if is_white and not self._is_filled(paragraph, looks) else ""

    def _is_filled(self, paragraph: etree._Element, looks: list[etree._Element]) -> bool:
        """Return whether there may be a colour behind a run of which white letters can be read."""
        own = paragraph.find(f"{_W}pPr")
        around = [*looks, *([own] if own is not None else [])]
        around += self._of_style(self._style_of(paragraph), f"{_W}pPr")
        for it in paragraph.iterancestors(f"{_W}tc", f"{_W}tbl"):
            for own in (*it.iterchildren(f"{_W}tcPr"), *it.iterchildren(f"{_W}tblPr")):
                around += [own, *self._of_style(_named(own, "tblStyle"), ".")]
        fills = (it.get(f"{_W}fill", "") for one in around for it in one.iter(f"{_W}shd"))
        return any(it not in _NO_FILL for it in fills) or _first(around, "highlight") is not None

    def _style_of(self, paragraph: etree._Element) -> str | None:
        own = paragraph.find(f"{_W}pPr")
        return (_named(own, "pStyle") if own is not None else None) or self._normal

    def _of_style(self, key: str | None, what: str) -> Iterator[etree._Element]:
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


def _named(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val") if found is not None else None
