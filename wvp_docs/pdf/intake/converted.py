"""Compares a Word file with the PDF that was made of it: words and pictures, wherever they stand.

No converter prints all that Word can make: one leaves text boxes out, another a kind of picture.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pikepdf
from lxml import etree
from pikepdf import Name, Stream

from wvp_docs.pdf.intake.opening import reachable
from wvp_docs.pdf.paper import Paper, compact, smooth
from wvp_docs.pdf.proof import OUT_OF_ORDER

BODY = "word/document.xml"
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_NO_NOTE = {"separator", "continuationSeparator", "continuationNotice"}
_OFF = {"0", "false", "off"}
_CHANGING = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "TOC", "NOTEREF", "STYLEREF"),
        *("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME", "REVNUM"),
        *("FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "AUTHOR", "LASTSAVEDBY", "USERNAME"),
    )
)
"""Fields of which every program prints its own result."""

_RASTER = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_LONG, _PIECES = 16, 4
"""Letters of a word, such as an address on the web, that a narrow column breaks; in how many."""

_HYPHENS = "-\u2010\u2011"
_MARKS = re.compile(r"[^\w\s]+")
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Lost:
    """What of a Word file is not on paper.

    Attributes:
        words: whether there are words that are not.
        pictures: how many pictures are not.
    """

    words: bool
    pictures: int


@dataclass(slots=True)
class _Seen:
    """What is in a Word file that belongs on paper."""

    texts: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)


def lost_in(members: Mapping[str, bytes], pdf: bytes) -> Lost:
    """Return what the PDF lacks of a Word file.

    Args:
        members: the parts of the Word file, its tracked changes accepted.
        pdf: what a converter made of it.
    """
    seen = _Seen()
    for name, root in _stories(members):
        relations = _relations(members, name)
        seen.texts += _paragraphs(root)
        for target in _pictures(root, relations):
            content = members.get(target, b"")
            if content.startswith(_RASTER):
                seen.pictures.add(sha256(content).hexdigest())
    return Lost(_lacks_words(Paper(pdf), seen.texts), max(0, len(seen.pictures) - _drawn(pdf)))


def _stories(members: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Yield the parts with what is printed for sure, by name: the text, its notes, its headers."""
    if BODY not in members:
        return
    body = _parsed(members[BODY])
    yield BODY, body
    local = Counter(_local(node) for node in body.iter())
    for mark, name in _NOTES.items():
        if local[mark] and name in members:
            root = _parsed(members[name])
            used = {_own(node, "id") for node in body.iter() if _local(node) == mark}
            for note in list(root):
                if _own(note, "type") in _NO_NOTE or _own(note, "id") not in used:
                    root.remove(note)
            yield name, root
    relations = _relations(members, BODY)
    sections = [node for node in body.iter() if _local(node) == "sectPr"]
    for section in sections:
        has_own_first = any(_local(it) == "titlePg" and _is_on(it) for it in section)
        for node in section:
            if _local(node) not in {"headerReference", "footerReference"}:
                continue
            kind, name = _own(node, "type"), relations.get(_own(node, "id"), "")
            # With a first page of its own, there may be no other pages.
            if kind == ("first" if has_own_first else "default") and name in members:
                yield name, _parsed(members[name])


def _parsed(xml: bytes) -> etree._Element:
    """Return the tree without what is the same for an older program, and without the hidden."""
    root = etree.fromstring(xml)
    for node in list(root.iter()):
        parent = node.getparent()
        if parent is None:
            continue
        is_twice = _local(node) == "Fallback" and any(_local(it) == "Choice" for it in parent)
        if is_twice or (_local(node) == "r" and _is_hidden(node)):
            parent.remove(node)
    return root


def _is_hidden(run: etree._Element) -> bool:
    return any(
        _local(it) == "vanish" and _is_on(it)
        for looks in run
        if _local(looks) == "rPr"
        for it in looks
    )


def _is_on(node: etree._Element) -> bool:
    return _own(node, "val") not in _OFF


def _local(node: etree._Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _own(node: etree._Element, local: str) -> str:
    """Return the attribute with this local name, in whatever dialect of the format."""
    return next((str(it) for name, it in node.items() if name.rpartition("}")[2] == local), "")


def _relations(members: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return by id the part that something in a part refers to."""
    folder, _, file = name.rpartition("/")
    content = members.get(f"{folder}/_rels/{file}.rels")
    found = etree.fromstring(content) if content else ()
    return {_own(node, "Id"): _path(folder, _own(node, "Target")) for node in found}


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _pictures(root: etree._Element, relations: Mapping[str, str]) -> Iterator[str]:
    for node in root.iter():
        kind = _local(node)
        if kind == "blip" and not any(_local(it) == "svgBlip" for it in node.iter()):
            yield relations.get(_own(node, "embed"), "")
        elif kind == "imagedata":
            yield relations.get(_own(node, "id"), "")


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the text of every paragraph, of one in a text box apart."""
    open_ones: list[list[str]] = []
    fields = _Fields()
    for event, node in etree.iterwalk(root, events=("start", "end")):
        kind = _local(node)
        fields.take(event, kind, node)
        if kind == "p" and event == "start":
            open_ones.append([])
        elif kind == "p" and open_ones:
            yield "".join(open_ones.pop())
        elif kind == "textpath" and event == "start":
            yield _own(node, "string")
        elif event == "start" and open_ones and fields.are_lasting():
            open_ones[-1].append(node.text or "" if kind == "t" else _SHOWN.get(kind, ""))


_SHOWN = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}


class _Fields:
    """The fields around a place in the text, each with its code and whether its result began."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []

    def take(self, event: str, kind: str, node: etree._Element) -> None:
        if kind == "fldSimple":
            self._mark("begin" if event == "start" else "end")
            if event == "start":
                self._open[-1] = (_own(node, "instr"), True)
        elif kind == "fldChar" and event == "start":
            self._mark(_own(node, "fldCharType"))
        elif kind == "instrText" and event == "start" and self._open:
            code, is_result = self._open[-1]
            self._open[-1] = (code + (node.text or ""), is_result)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append(("", False))
        elif self._open:
            code, _ = self._open.pop()
            if kind == "separate":
                self._open.append((code, True))

    def are_lasting(self) -> bool:
        """Return whether every program prints the same here."""
        return all(is_result and _name(code) not in _CHANGING for code, is_result in self._open)


def _name(code: str) -> str:
    return next(iter(code.split()), "").upper()


def _lacks_words(paper: Paper, texts: Iterable[str]) -> bool:
    """Return whether a word is on paper fewer times than in the file."""
    known = [_without_symbols(text) for text in texts]
    there = smooth("".join(paper.pages))
    signs = Counter("".join(OUT_OF_ORDER.findall(compact("".join(known)))))
    if signs - Counter(there):
        return True
    words = [_words(text) for text in known]
    asked = Counter(word for row in words for word in row)
    short = {word for word, times in asked.items() if there.count(word) < times}
    short = {word for word in short if not _is_in_pieces(word, there)}
    broken = [text for text, row in zip(known, words, strict=True) if short.intersection(row)]
    # Between two pieces of one word there may be the foot of a page and the head of the next.
    return not all(paper.goes_over_a_page(text) for text in broken)


def _words(text: str) -> list[str]:
    """Return the words as a line end may leave them."""
    words = (smooth(word.rstrip(_HYPHENS)) for word in _plain(text).split())
    return [word for word in words if word]


def _plain(text: str) -> str:
    """Return the text without what stands on paper in another order, and the marks beside that."""
    return _MARKS.sub(" ", OUT_OF_ORDER.sub(" ", text)) if OUT_OF_ORDER.search(text) else text


def _is_in_pieces(word: str, text: str) -> bool:
    """Return whether a long word is there that two columns beside each other broke."""
    if len(word) < _LONG:
        return False
    for _ in range(_PIECES):
        size = next((size for size in range(len(word), 0, -1) if word[:size] in text), 0)
        word = word[size:]
    return not word


def _without_symbols(text: str) -> str:
    """Return the text without the signs that have a meaning in one font only."""
    return "".join(char for char in text if ord(char) not in _PRIVATE_USE)


def _drawn(pdf: bytes) -> int:
    """Return how many different pictures are on the pages."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found: dict[tuple[int, int], str] = {}
        masks = set()
        for page in document.pages:
            for node in reachable(page.resources):
                if isinstance(node, Stream) and node.get("/Subtype") == Name.Image:
                    masks |= {
                        node[key].objgen for key in ("/SMask", "/Mask") if _is_mask(node, key)
                    }
                    found.setdefault(node.objgen, sha256(node.read_raw_bytes()).hexdigest())
        return len({digest for number, digest in found.items() if number not in masks})


def _is_mask(image: pikepdf.Object, key: str) -> bool:
    return isinstance(image.get(key), Stream)
