"""The parts of a Word file: read once as a stream, and stopped at the first thing that may not be.

Expat and not lxml: it tells of a DTD before it expands one, and builds no tree of a bomb.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from wvp_docs.ooxml.dangers import Danger, HostileError

MAX_XML = 50_000_000
"""Bytes of one part: a book of a thousand pages has 30 million."""
MAX_ELEMENTS = 2_000_000
"""In all parts together; what reads them later builds trees."""
_REMEMBERED = 2_000
"""Names: more are no Word, and would fill the memory."""
MAX_DEPTH = 200
"""Tables in tables in text boxes reach 80; libxml2 stops at 256."""

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "officeDocument/2006/relationships", "ooxml/officeDocument/relationships"
_MAIN = "wordprocessingml.document.main+xml"
_OTHER_PROGRAMS = {
    "spreadsheetml": "een Excel-bestand",
    "presentationml": "een PowerPoint-bestand",
    "wordprocessingml.template": "een Word-sjabloon (.dotx)",
}
_VML, _SVG = "urn:schemas-microsoft-com:vml", "http://www.w3.org/2000/svg"

_FORMATS = (
    *("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", _SVG),
    *("http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:"),
)
"""What Word gives a meaning to; of the data that other programs keep in the file it does not."""

_XML_NAMES = (".xml", ".rels", ".vml", ".svg")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")

_BY_NAME = (
    (re.compile(r"(?:^|/)vba(?:project\.bin|data\.xml)$"), Danger.MACRO),
    (re.compile(r"^customui/|(?:^|/)activex/"), Danger.ACTIVE),
    (re.compile(r"(?:^|/)embeddings/"), Danger.OLE),
)
_BY_RELATION = {
    "vbaproject": Danger.MACRO,
    "wordvbadata": Danger.MACRO,
    "attachedtoolbars": Danger.MACRO,
    "control": Danger.ACTIVE,
    "activexcontrolbinary": Danger.ACTIVE,
    "extensibility": Danger.ACTIVE,
    "webextension": Danger.ACTIVE,
    "webextensiontaskpanes": Danger.ACTIVE,
    "oleobject": Danger.OLE,
    "package": Danger.OLE,
    "afchunk": Danger.FOREIGN,
    "subdocument": Danger.FOREIGN,
    "mailmergesource": Danger.EXTERNAL,
    "mailmergeheadersource": Danger.EXTERNAL,
}
_BY_ELEMENT = {
    "control": Danger.ACTIVE,
    "ocx": Danger.ACTIVE,
    "script": Danger.ACTIVE,
    "webVideoPr": Danger.ACTIVE,
    "OLEObject": Danger.OLE,
    "objectEmbed": Danger.OLE,
    "objectLink": Danger.OLE,
    "altChunk": Danger.FOREIGN,
    "subDoc": Danger.FOREIGN,
    "mailMerge": Danger.EXTERNAL,
}
_FETCHING = frozenset(
    (
        *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "EMBED"),
        *("DATABASE", "RD", "PRINT", "CONTROL", "HTMLCONTROL", "HTMLACTIVEX"),
    )
)
"""Field codes that open another file, program or address, or send commands to the printer."""

_OF_FIELDS = frozenset(("fldChar", "fldSimple", "instrText", "delInstrText"))
_START_OF_CODE = 100
_PADDED = re.compile(r"\A[\s\"]+")
_CODE = re.compile(r"[\s\"]*\\?([A-Za-z]+)")
_HYPERLINK = re.compile(r"\s*HYPERLINK[\s\"]+([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SETTLED = re.compile(r"=|\\?[A-Za-z]+[^A-Za-z]")
"""The start of a code that a field further on can no longer change."""
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_LINKS = frozenset(("http", "https", "mailto", "tel", "ftp", "file"))
_ON_THIS_DISK = re.compile(r"(?:file:///)?[a-z]:[^:]*|[^:/\\]+", re.IGNORECASE)
_CLICKED = frozenset(
    ("a", "arc", "curve", "group", "line", "oval", "polyline", "rect", "roundrect", "shape")
)
"""A shape with an address is a link for a person; of all else the address is fetched."""


def inspect(members: Mapping[str, bytes]) -> None:
    """Return when every part is harmless.

    Raises:
        HostileError: naming the first thing that may not be.
    """
    for name in map(str.lower, members):
        for pattern, danger in _BY_NAME:
            if pattern.search(name):
                raise HostileError(danger)
    reader = _Reader()
    for name, content in members.items():
        if content.startswith(_FILES):
            raise HostileError(Danger.OLE)
        looks_like_xml = content[:40].lstrip(_BEFORE_XML).startswith(b"<")
        if looks_like_xml or name.lower().endswith(_XML_NAMES):
            reader.read(content)
    _require_word(reader.types, members)


def inspect_part(xml: bytes) -> None:
    """Return when one part is harmless: for a part that was made of a template.

    Raises:
        HostileError: naming the first thing that may not be.
    """
    _Reader().read(xml)


def _require_word(types: Mapping[str, str], members: Mapping[str, bytes]) -> None:
    """Refuse a package whose own list of contents does not say that it is a Word document."""
    mains = [name for name, kind in types.items() if kind.endswith(_MAIN)]
    if any(name.lstrip("/") in members for name in mains):
        return
    for part, what in _OTHER_PROGRAMS.items():
        if any(part in kind for kind in types.values()):
            raise HostileError(Danger.NO_DOCX, f"is {what} en geen Word-document.")
    raise HostileError(Danger.NO_DOCX)


class _Reader:
    """Reads part after part; what is counted is counted over all of them.

    Attributes:
        types: of every part that the list of contents names, the kind.
    """

    def __init__(self) -> None:
        self.types: dict[str, str] = {}
        self._dull: set[str] = set()
        self._elements = 0
        self._depth = 0
        self._fields = _Fields()
        self._parser = expat.ParserCreate()

    def read(self, xml: bytes) -> None:
        """Return when nothing in the part is refused."""
        if len(xml) > MAX_XML:
            raise HostileError(Danger.TOO_BIG)
        self._depth, self._fields = 0, _Fields()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_dtd
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(xml, True)  # noqa: FBT003  expat takes it by place only
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise HostileError(Danger.BROKEN_XML) from error
        self._fields.end()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise HostileError(Danger.DEEP_XML)
        if self._elements > MAX_ELEMENTS:
            raise HostileError(Danger.TOO_BIG)
        # Nearly all of a document is a few names over and over: those are looked at once.
        if name not in self._dull:
            self._look(name, attributes)
        if not self._dull.issuperset(attributes):
            self._look_at_attributes(attributes)

    def _look(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in _BY_ELEMENT and space.startswith(_FORMATS):
            raise HostileError(_BY_ELEMENT[local])
        if local in _OF_FIELDS:
            self._field(local, attributes)
        elif space == _RELATIONS:
            _require_near(attributes)
        elif space == _TYPES:
            self._type(attributes)
        elif space in (_VML, _SVG):
            _require_inside(space, local, attributes)
        else:
            self._is_dull(name)

    def _look_at_attributes(self, attributes: Mapping[str, str]) -> None:
        for name in attributes:
            space, _, local = name.rpartition(" ")
            if local == "link" and space.endswith(_OFFICE):
                raise HostileError(Danger.EXTERNAL)
            self._is_dull(name)

    def _is_dull(self, name: str) -> None:
        if len(self._dull) < _REMEMBERED:
            self._dull.add(name)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name.endswith("nstrText"):
            self._parser.CharacterDataHandler = None

    def _field(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "fldChar":
            self._fields.mark(_own(attributes, "fldCharType"))
        elif local == "fldSimple":
            _judge(_own(attributes, "instr"))
        else:
            self._parser.CharacterDataHandler = self._fields.add

    def _type(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if "macroenabled" in kind.lower() or "vbaproject" in kind.lower():
            raise HostileError(Danger.MACRO)
        self.types[attributes.get("PartName", "")] = kind


def _refuse_dtd(*_: object) -> None:
    raise HostileError(Danger.DTD)


def _own(attributes: Mapping[str, str], local: str) -> str:
    """Return the attribute with this local name, in whatever dialect of the format."""
    return next((it for name, it in attributes.items() if name.rpartition(" ")[2] == local), "")


def _require_near(relation: Mapping[str, str]) -> None:
    """Refuse a relation that makes a program fetch something, or that brings a program along."""
    kind = relation.get("Type", "").rstrip("/ ").rpartition("/")[2].lower()
    target = relation.get("Target", "")
    is_outside = relation.get("TargetMode", "").lower() == "external"
    if kind in _BY_RELATION:
        raise HostileError(_BY_RELATION[kind])
    if kind == "hyperlink":
        # Followed by a person who clicks, never by opening; but no scripts and no macros.
        _require_link(_SCHEME.match(target))
    elif kind == "attachedtemplate":
        # Word itself notes where on the maker's disk the house template stood.
        if not _ON_THIS_DISK.fullmatch(target):
            raise HostileError(Danger.ATTACHED)
    elif is_outside or _ELSEWHERE.match(target):
        raise HostileError(Danger.EXTERNAL)


def _require_link(scheme: re.Match[str] | None) -> None:
    """Refuse a scheme that starts a program; one letter is a drive."""
    if scheme and len(scheme[1]) > 1 and scheme[1].lower() not in _LINKS:
        raise HostileError(Danger.LINK)


def _require_inside(space: str, local: str, attributes: Mapping[str, str]) -> None:
    """Refuse a picture that stands elsewhere, however its address was written."""
    if local in _CLICKED:
        return
    for name, value in attributes.items():
        attribute_space, _, attribute = name.rpartition(" ")
        if attribute not in ("src", "href", "althref"):
            continue
        if space == _SVG and not value.lstrip().startswith(("#", "data:image/")):
            raise HostileError(Danger.EXTERNAL)
        if space == _VML and (_ELSEWHERE.match(value) or attribute_space.endswith(_OFFICE)):
            raise HostileError(Danger.EXTERNAL)


class _Fields:
    """The codes of the fields of one part; Word may spread a code over many runs."""

    def __init__(self) -> None:
        self._codes = [""]

    def add(self, text: str) -> None:
        """Take a piece of the code of the innermost field; the start of a code is enough."""
        code = self._codes[-1] + text
        self._codes[-1] = _PADDED.sub("", code)[:_START_OF_CODE]

    def mark(self, kind: str) -> None:
        """Begin a field, or end its code."""
        if kind == "begin":
            if len(self._codes) > 1 and not _SETTLED.match(self._codes[-1]):
                # The result of one field would be in the code of another: so DDE is hidden.
                raise HostileError(Danger.FIELD)
            self._codes.append("")
            return
        _judge(self._codes[-1])
        if kind == "separate":
            # What follows is the result, and that may begin with a field of its own.
            self._codes[-1] = "="
        elif len(self._codes) > 1:
            self._codes.pop()

    def end(self) -> None:
        """Judge what was never closed."""
        for code in self._codes:
            _judge(code)


def _judge(text: str) -> None:
    code = _CODE.match(text)
    if code and code[1].upper() in _FETCHING:
        clause = f"bevat een veld {code[1].upper()}, dat iets van buiten het document haalt."
        raise HostileError(Danger.FIELD, clause)
    _require_link(_HYPERLINK.match(text))
