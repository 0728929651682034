"""Puts the build of a page right: whoever binds, numbers or prints it may rely on its parts.

Only what no reader program could show goes; a page in order is not changed.
"""

from __future__ import annotations

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_QUARTER, _CORNERS = 90, 4


def straighten(pdf: Pdf) -> None:
    """Take out, in place, what is not of the kind that it should be."""
    pdf.Root.Type = Name.Catalog
    # After a repair it may be missing, and qpdf would write a file that nobody can read.
    pdf.trailer.Size = len(pdf.objects) + 1
    for page in pdf.pages:
        node = page.obj
        node.Type = Name.Page
        for key, is_right in _PAGE.items():
            _only(node, key, is_right)
        if "/Resources" not in node:
            node.Resources = Dictionary()
        for key in _LISTED:
            _only(node.Resources, key, _is_dictionary)
            listed = node.Resources.get(key, Dictionary())
            for name in list(listed.keys()):
                _only(listed, name, _is_thing)
        for name in list(node.Resources.get("/Font", Dictionary()).keys()):
            font = node.Resources.Font[name]
            _only(font, "/DescendantFonts", _is_list)
            for one in (font, *font.get("/DescendantFonts", ())):
                _only(one, "/FontDescriptor", _is_dictionary)


def _only(holder: Object, key: str, is_right: Callable[[object], bool]) -> None:
    if key in holder and not is_right(holder[key]):
        del holder[key]


def _is_dictionary(value: object) -> bool:
    return isinstance(value, Dictionary)


def _is_thing(value: object) -> bool:
    return isinstance(value, Dictionary | Stream)


def _is_array(value: object) -> bool:
    return isinstance(value, Array)


def _is_list(value: object) -> bool:
    return isinstance(value, Array) and all(map(_is_thing, value))


def _is_content(value: object) -> bool:
    return isinstance(value, Stream) or _is_list(value)


def _is_turn(value: object) -> bool:
    return isinstance(value, int) and value % _QUARTER == 0


def _is_box(value: object) -> bool:
    if not isinstance(value, Array) or len(value) != _CORNERS:
        return False
    try:
        left, bottom, right, top = map(float, value)
    except (TypeError, ValueError):
        return False
    return left != right and bottom != top


_PAGE = {
    "/Contents": _is_content,
    "/Annots": _is_array,
    "/Resources": _is_dictionary,
    "/Rotate": _is_turn,
} | dict.fromkeys(("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"), _is_box)
_LISTED = ("/XObject", "/Font", "/Properties")
