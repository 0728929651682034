"""What may stay in a PDF: what a page is drawn with, and what a reader program shows of it.

Everything else goes, known or not: what programs keep for themselves, other sizes of a picture,
and pages that somebody took out, of which an old link or heading still knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from wvp_docs.pdf.intake.drawn import Objects
from wvp_docs.pdf.intake.opening import word

Rules: TypeAlias = dict[str, str]

_PLAIN, _TEXT, _THERE = "plain", "text", "there"
"""What stands under a key: numbers and names; also words; something that stays for another reason.

Any other word is one of the kinds below. A list may hold what its key may.
"""


def _keys(plain: str, text: str = "", **below: str) -> Rules:
    names = dict.fromkeys(plain.split(), _PLAIN) | dict.fromkeys(text.split(), _TEXT) | below
    return {f"/{name}": rule for name, rule in names.items()}


_STREAM = _keys("Length Filter", DecodeParms="packing")
_FUNCTION = _STREAM | _keys(
    "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds",
    Functions="function",
)
_KINDS: dict[str, Rules] = {
    "root": _keys(
        "Type",
        "Lang",
        Pages="tree",
        Outlines="outline",
        Names="names",
        Dests="dests",
        PageLabels="labels",
        MarkInfo="marked",
        StructTreeRoot="structure",
    ),
    "tree": _keys("Type Count", Parent="tree", Kids="tree"),
    "page": _keys(
        "Type MediaBox CropBox BleedBox TrimBox ArtBox Rotate UserUnit StructParents Tabs",
        Parent="tree",
        Contents="stream",
        Resources="resources",
        Annots="note",
        Group="group",
    ),
    "stream": _STREAM,
    "packing": _keys(
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows "
        "EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform",
        JBIG2Globals="stream",
    ),
    "resources": _keys(
        "ProcSet",
        Font="fonts",
        XObject="drawings",
        ExtGState="states",
        ColorSpace="colours",
        Pattern="patterns",
        Shading="shadings",
        Properties="properties",
    ),
    "fonts": {"*": "font"},
    "drawings": {"*": "drawing"},
    "states": {"*": "state"},
    "colours": {"*": "colour"},
    "patterns": {"*": "pattern"},
    "shadings": {"*": "shading"},
    "properties": {"*": "property"},
    "glyphs": {"*": "stream"},
    "image": _STREAM
    | _keys(
        "Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate Matte "
        "SMaskInData StructParent Name",
        ColorSpace="colour",
        Mask="image",
        SMask="image",
    ),
    "form": _STREAM
    | _keys(
        "Type Subtype FormType BBox Matrix StructParent StructParents Name",
        Resources="resources",
        Group="group",
    ),
    "group": _keys("Type S I K", CS="colour"),
    "state": _keys(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK HT UseBlackPtComp",
        Font="font",
        SMask="mask",
        BG="function",
        BG2="function",
        UCR="function",
        UCR2="function",
        TR="function",
        TR2="function",
    ),
    "mask": _keys("Type S BC", G="form", TR="function"),
    "function": _FUNCTION,
    # One list: a colour is written as an array of names, numbers and dictionaries.
    "colour": _FUNCTION
    | _keys(
        "WhitePoint BlackPoint Gamma Matrix Subtype Components",
        Alternate="colour",
        Colorants="colours",
        Process="colour",
        ColorSpace="colour",
    ),
    "pattern": _STREAM
    | _keys(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
        Resources="resources",
        Shading="shading",
        ExtGState="state",
    ),
    "shading": _STREAM
    | _keys(
        "ShadingType Background BBox AntiAlias Domain Matrix Coords Extend BitsPerCoordinate "
        "BitsPerComponent BitsPerFlag Decode VerticesPerRow",
        ColorSpace="colour",
        Function="function",
    ),
    "property": _keys("Type Subtype MCID BBox Attached P", "Lang ActualText Alt E"),
    "font": _keys(
        "Type Subtype Name BaseFont FirstChar LastChar Widths FontBBox FontMatrix DW W DW2 W2",
        FontDescriptor="descriptor",
        Encoding="encoding",
        ToUnicode="encoding",
        CharProcs="glyphs",
        Resources="resources",
        DescendantFonts="font",
        CIDSystemInfo="letters",
        CIDToGIDMap="stream",
    ),
    "descriptor": _keys(
        "Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading "
        "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth",
        "FontFamily CharSet Lang",
        FontFile="program",
        FontFile2="program",
        FontFile3="program",
        CIDSet="stream",
        Style="panose",
    ),
    "program": _STREAM | _keys("Length1 Length2 Length3 Subtype"),
    "panose": _keys("", "Panose"),
    "encoding": _STREAM
    | _keys(
        "Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="letters", UseCMap="encoding"
    ),
    "letters": _keys("Supplement", "Registry Ordering"),
    "note": _keys(
        "Type Subtype Rect F Border C CA ca BM StructParent H QuadPoints Open Name Q IT LE BE "
        "RD L LL LLE LLO IC Cap CP CO CL Vertices InkList Sy RT",
        "Contents NM M T CreationDate Subj State StateModel DA DS Lang",
        AP="looks",
        BS="border",
        A="action",
        Dest="place",
        Popup=_THERE,
        Parent=_THERE,
        IRT=_THERE,
        P=_THERE,
    ),
    "looks": _keys("", N="form"),
    "border": _keys("Type W S D"),
    "action": _keys("Type S N IsMap NewWindow", "URI", D="place", Next="action"),
    "outline": _keys(
        "Count C F",
        "Title",
        Type=_PLAIN,
        First="outline",
        Last="outline",
        Next="outline",
        Prev="outline",
        Parent="outline",
        Dest="place",
        A="action",
    ),
    "place": _keys("", D="place"),
    "names": _keys("", Dests="placenames"),
    "placenames": _keys("", "Limits", Kids="placenames", Names="place"),
    "dests": {"*": "place"},
    "labels": _keys("Limits Type S St", "P", Kids="labels", Nums="labels"),
    "marked": _keys("Marked UserProperties Suspects"),
    "structure": _keys(
        "Type ParentTreeNextKey", K="element", ParentTree="parents", IDTree="ids", RoleMap="roles"
    ),
    "element": _keys(
        "Type S C R MCID",
        "T Lang Alt E ActualText ID",
        K="element",
        A="attributes",
        P=_THERE,
        Pg=_THERE,
        Obj=_THERE,
        Stm=_THERE,
    ),
    "attributes": {"*": _TEXT},
    "parents": _keys("Limits", Kids="parents", Nums=_THERE),
    "ids": _keys("", "Limits", Kids="ids", Names=_THERE),
    "roles": {"*": _PLAIN},
}

_WITH_WORDS = frozenset({_TEXT, _THERE, "place", "placenames", "colour"})
_DRAWINGS = {"/Image": "image", "/Form": "form"}
_TRAILER = frozenset({"/Root", "/Size", "/ID", "/Encrypt"})


def keep_listed(pdf: Pdf, there: Objects) -> None:
    """Take out, in place, all that is not listed above.

    Args:
        pdf: has no form any more, and no layers.
        there: the pages, and whatever else may be pointed at.
    """
    for key in set(pdf.trailer.keys()) - _TRAILER:
        del pdf.trailer[key]
    seen: set[tuple[tuple[int, int], str]] = set()
    below: list[tuple[pikepdf.Object, str]] = [(pdf.Root, "root")]
    while below:
        node, kind = below.pop()
        if node.is_indirect:
            if (node.objgen, kind) in seen:
                continue
            seen.add((node.objgen, kind))
        below.extend(_sifted(node, kind, there))


def _sifted(
    node: pikepdf.Object, kind: str, there: Objects
) -> Iterator[tuple[pikepdf.Object, str]]:
    """Take out of one list, dictionary or stream what may not stay; yield what to look into."""
    if isinstance(node, Array):
        for at, value in enumerate(node):
            inside = _allowed(value, kind, there)
            if inside is None:
                # What stands behind it keeps its place.
                node[at] = None
            elif inside:
                yield value, inside
        return
    rules = _KINDS[kind]
    for key, value in list(node.items()):
        if value is None:
            # For the library such a key is not there, and it is not written.
            continue
        rule = rules.get(key, rules.get("*"))
        inside = None if rule is None else _allowed(value, rule, there)
        if inside is None:
            del node[key]
        elif inside:
            yield value, inside


def _allowed(value: object, rule: str, there: Objects) -> str | None:
    """Return the kind of what is in a value, empty when nothing is; None: it may not stay."""
    if isinstance(value, Array):
        return rule
    if not isinstance(value, Dictionary | Stream):
        return "" if rule in _WITH_WORDS or not isinstance(value, String) else None
    stays = value.objgen in there
    if stays and rule in {_THERE, "place"}:
        return ""
    if rule == "tree" and value.get("/Type") == Name.Page:
        return "page" if stays else None
    kind = _DRAWINGS.get(word(value.get("/Subtype")), "") if rule == "drawing" else rule
    rules = _KINDS.get(kind)
    if rules is None or (kind == "place" and "/D" not in value):
        return None
    return kind if "/Length" in rules or not isinstance(value, Stream) else None
