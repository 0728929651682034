"""A filled table without holes: Word opens no cell without a paragraph and no row without cells.

A choice or a loop takes its own paragraph or row with it, and that may have been the only one.
"""

from __future__ import annotations

import re

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _CELL, _ROW, _TABLE = (f"{_W}{name}" for name in ("p", "tc", "tr", "tbl"))
_SUSPECT = re.compile(
    "(?<!</w:p>)(?<!</w:sdt>)</w:tc>|(?<!</w:tc>)(?<!</w:sdt>)</w:tr>"
    "|(?<!</w:tr>)(?<!</w:sdt>)</w:tbl>|<w:t(?:c|r|bl)/>"
)
"""Nearly no document has one; only such a one is parsed."""


def mended(xml: str) -> str:
    """Return a filled part in which every cell, row and table holds what Word wants in it.

    What is no XML comes back as it is.
    """
    if not _SUSPECT.search(xml):
        return xml
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return xml
    # The innermost first: what one loses can leave the one around it empty.
    for element in reversed(list(root.iter(_CELL, _ROW, _TABLE))):
        if element.tag == _CELL:
            if len(element) == 0 or element[-1].tag in (f"{_W}tcPr", _TABLE):
                etree.SubElement(element, _P)
        elif next(element.iter(_CELL), None) is None:
            _remove(element)
    return str(etree.tostring(root, encoding="unicode"))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
