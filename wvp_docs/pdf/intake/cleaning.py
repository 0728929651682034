"""Takes out of a PDF what is no paper: files, scripts, commands, film; and prunes its root.

Links within the document and to the web stay. So do the comments of a reader, words and all:
they are part of what somebody handed in, and drawn into the page their words would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.pdf.intake.jpeg import bare
from wvp_docs.pdf.intake.opening import filters_of, reachable, word

FILES = "Er zat een bijgevoegd bestand in"
SCRIPT = "Er zat een script in"
COMMANDS = "Er zat een opdracht in, zoals een programma starten of gegevens versturen"
MEDIA = "Er zat film, geluid of 3D in"

_ACTIONS = {"/JavaScript": SCRIPT}
_ACTIONS |= dict.fromkeys(
    ("/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Hide", "/Thread"),
    COMMANDS,
)
_ACTIONS |= dict.fromkeys(
    ("/Sound", "/Movie", "/Rendition", "/RichMediaExecute", "/GoTo3DView"), MEDIA
)
_WEB = ("http://", "https://", "mailto:", "tel:")
# What plays or holds something on a page.
_PLAYERS = {"/FileAttachment": FILES}
_PLAYERS |= dict.fromkeys(("/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"), MEDIA)
_PLAYED = ("/FS", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/Movie", "/Sound")
_NO_COMMENT = frozenset({"/Link", "/Widget", "/Popup"})
# What a merge takes along. All else in the root is for programs, not for readers.
_ROOT = frozenset(
    {"/Type", "/Pages", "/Outlines", "/Names", "/Dests", "/PageLabels", "/Lang", "/MarkInfo"}
    | {"/StructTreeRoot", "/AcroForm", "/OCProperties", "/AA", "/AF"}
)
_HIDDEN, _PRINT, _NO_VIEW = 1 << 1, 1 << 2, 1 << 5


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was taken out, a clause each; the number of comments that stay, and of hidden ones."""

    found: tuple[str, ...]
    comments: int
    hidden: int


def clean(pdf: Pdf) -> Cleaned:
    """Take out, in place, all that does something; what is seen on paper stays."""
    found = set(_prune_root(pdf))
    for node in reachable(pdf.Root):
        found.update(_defuse_array(node) if isinstance(node, Array) else _defuse(node))
        if isinstance(node, Stream) and filters_of(node) == ["/DCTDecode"]:
            _forget_maker(node)
    comments = hidden = 0
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        kept = []
        for note in notes:
            kind = word(note.get("/Subtype")) if isinstance(note, Dictionary) else "/Popup"
            is_comment = kind not in _PLAYERS and kind not in _NO_COMMENT
            if kind in _PLAYERS:
                found.add(_PLAYERS[kind])
            if (kind in _PLAYERS and not _becomes_picture(note)) or _is_hidden(note, kind):
                hidden += is_comment
                continue
            if is_comment:
                note.F = _flags(note) | _PRINT
                comments += 1
            kept.append(note)
        page.obj.Annots = Array(kept)
    order = (FILES, SCRIPT, COMMANDS, MEDIA)
    return Cleaned(tuple(clause for clause in order if clause in found), comments, hidden)


def is_signed(pdf: Pdf) -> bool:
    """Return whether somebody signed the document: a field of which the value is a signature.

    The rights that the maker of a form signs are no signature: nobody set it under this paper.
    """
    return any(
        isinstance(node, Dictionary)
        and isinstance(value := node.get("/V"), Dictionary)
        and ("/ByteRange" in value or word(value.get("/Type")) in {"/Sig", "/DocTimeStamp"})
        for node in reachable(pdf.Root)
    )


def _prune_root(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    yield from _forbidden(root.get("/OpenAction"))
    for key in set(root.keys()) - _ROOT:
        del root[key]
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        if "/EmbeddedFiles" in names:
            yield FILES
        if "/JavaScript" in names:
            yield SCRIPT
        for key in set(names.keys()) - {"/Dests"}:
            del names[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info


def _defuse(node: pikepdf.Object) -> Iterator[str]:
    """Take actions and files out of one dictionary or stream; yield what it was."""
    for key, value in list(node.items()):
        clauses = list(_forbidden(value))
        # A font may be called /AA or /EF too: only what looks like such a key is one.
        if key == "/AA" and isinstance(value, Dictionary) and _has_action(value):
            clauses = [clause for _, action in value.items() for clause in _forbidden(action)]
            del node[key]
        elif _is_file(key, value):
            clauses = [FILES]
            del node[key]
        elif clauses:
            del node[key]
        yield from clauses


def _is_file(key: str, value: object) -> bool:
    is_embedded = key == "/EF" and isinstance(value, Dictionary) and "/Type" not in value
    return is_embedded or (key == "/AF" and isinstance(value, Array))


def _forget_maker(photo: Stream) -> None:
    """Take out of a photo where and with what it was taken."""
    content = bytes(photo.read_raw_bytes())
    silent = bare(content)
    if silent is not None and len(silent) < len(content):
        parms = photo.get("/DecodeParms")
        parms = parms if isinstance(parms, Dictionary | Array) else None
        photo.write(silent, filter=Name.DCTDecode, decode_parms=parms)


def _has_action(events: pikepdf.Object) -> bool:
    return any(isinstance(part, Dictionary) and "/S" in part for _, part in events.items())


def _defuse_array(node: pikepdf.Object) -> Iterator[str]:
    for index in reversed(range(len(node))):
        clauses = list(_forbidden(node[index]))
        if clauses:
            del node[index]
        yield from clauses


def _forbidden(value: object) -> Iterator[str]:
    """Yield what an action does that no paper does; nothing for any other value."""
    if not isinstance(value, Dictionary):
        return
    kind = word(value.get("/S"))
    if kind in _ACTIONS:
        yield _ACTIONS[kind]
    elif kind == "/URI" and not str(value.get("/URI", "")).strip().lower().startswith(_WEB):
        yield COMMANDS


def _becomes_picture(note: pikepdf.Object) -> bool:
    """Keep of a player the picture that it shows at rest; return whether it has one."""
    for key in _PLAYED:
        if key in note:
            del note[key]
    note.Subtype = Name.Stamp
    return "/AP" in note


def _flags(note: pikepdf.Object) -> int:
    flags = note.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def _is_hidden(note: object, kind: str) -> bool:
    """Return whether no reader program shows a note; of a field the form decides."""
    return (
        isinstance(note, Dictionary)
        and kind not in {"/Widget", "/Popup"}
        and bool(_flags(note) & (_HIDDEN | _NO_VIEW))
    )
