"""Colours that mean the same on every screen: what an archive asks of spaces, states and images."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from wvp_docs.pdf.archive import icc
from wvp_docs.pdf.archive.content import INTENTS, Canvas
from wvp_docs.pdf.archive.obstacles import Obstacles

_BLENDS = (
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
    "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion",
    "/Hue", "/Saturation", "/Color", "/Luminosity",
)  # fmt: skip
_BY_COUNT = {1: Name.DeviceGray, 3: Name.DeviceRGB}
_MOST_INKS = 32


class Colours:
    """Gives every colour of one document a fixed meaning.

    Grey and RGB have one by the output intent. Inks (CMYK) get the profile of `icc.inks`: they
    were made for some press, and nobody knows any more for which.
    """

    def __init__(self, document: Pdf, obstacles: Obstacles) -> None:
        self._document = document
        self._obstacles = obstacles
        self._inks: Object | None = None
        self._done: dict[tuple[int, int], Object] = {}
        self._spots: dict[str, tuple[bytes, Object]] = {}

    def settle(self, canvas: Canvas, *, has_inks: bool) -> None:
        """Repair the colours that this canvas draws with, and note what cannot be."""
        resources = canvas.resources
        spaces = resources.get("/ColorSpace", Dictionary())
        for key, space in spaces.items():
            spaces[key] = self._settled(space, canvas.page)
        if has_inks and "/DefaultCMYK" not in spaces:
            spaces["/DefaultCMYK"] = self._ink_space()
        if len(spaces):
            resources.ColorSpace = spaces
        for holder in (canvas.content.get("/Group", Dictionary()), *_shadings(resources)):
            self._settle_one(holder, "/CS", canvas.page)
            self._settle_one(holder, "/ColorSpace", canvas.page)
        for state in _states(resources):
            _settle_state(state)
        for picture in resources.get("/XObject", Dictionary()).values():
            self._settle_picture(picture, canvas.page)

    def _settle_picture(self, picture: Object, page: int) -> None:
        for key in ("/OPI", "/Alternates", "/Ref", "/PS", "/Subtype2"):
            if key in picture:
                del picture[key]
        if picture.get("/Subtype") == Name.PS:
            # Seen by an old printer alone: on a screen it is nothing.
            picture.write(b"")
            picture.Subtype, picture.BBox, picture.Resources = Name.Form, [0, 0, 9, 9], Dictionary()
        if picture.get("/Subtype") != Name.Image:
            return
        for part in (picture, picture.get("/SMask"), picture.get("/Mask")):
            if not isinstance(part, Stream):
                continue
            if part.get("/Interpolate", False):
                part.Interpolate = False
            if "/Intent" in part and str(part.Intent) not in INTENTS:
                del part.Intent
            self._settle_one(part, "/ColorSpace", page)
            if b"/JPXDecode" in part.get("/Filter", Array()).unparse() and not _is_plain_jpx(part):
                self._obstacles.add(page, "een plaatje heeft een soort JPEG 2000 dat niet mag")

    def _settle_one(self, holder: Object, key: str, page: int) -> None:
        if key in holder:
            holder[key] = self._settled(holder[key], page)

    def _settled(self, space: Object, page: int) -> Object:
        """Return a colour space that means the same everywhere."""
        if not space.is_indirect:
            return self._settled_anew(space, page)
        if space.objgen not in self._done:
            # A space may name itself: then it is found here before it is done.
            self._done[space.objgen] = space
            self._done[space.objgen] = self._settled_anew(space, page)
        return self._done[space.objgen]

    def _settled_anew(self, space: Object, page: int) -> Object:
        if space == Name.DeviceCMYK:
            return self._ink_space()
        if not isinstance(space, Array) or not len(space):
            return space
        kind = str(space[0])
        if kind == "/ICCBased":
            count = int(space[1].get("/N", 0))
            if not icc.is_usable(space[1].read_bytes(), count):
                return _BY_COUNT.get(count) or self._ink_space()
        elif kind in {"/Indexed", "/Pattern"} and len(space) > 1:
            space[1] = self._settled(space[1], page)
        elif kind in {"/Separation", "/DeviceN"}:
            space[2] = self._settled(space[2], page)
            return self._settled_spot(space, kind, page)
        return space

    def _settled_spot(self, space: Object, kind: str, page: int) -> Object:
        """Return the space of an ink by name; one name may have one meaning in the file."""
        if kind == "/DeviceN":
            names = {str(name) for name in space[1]} - {"/None"}
            process = {"/Cyan", "/Magenta", "/Yellow", "/Black"}
            about = space[4] if len(space) > 4 else Dictionary()  # noqa: PLR2004  its fifth part
            known = {*about.get("/Colorants", Dictionary()), *process}
            if len(space[1]) > _MOST_INKS or names - known:
                self._obstacles.add(page, "een kleur is gemengd uit inkten zonder uitleg (DeviceN)")
            for key, spot in about.get("/Colorants", Dictionary()).items():
                about.Colorants[key] = self._settled(spot, page)
            return space
        meaning = space[2].unparse(resolved=True) + _as_bytes(space[3])
        first, same = self._spots.setdefault(str(space[1]), (meaning, space))
        if first != meaning:
            self._obstacles.add(page, "een inkt met dezelfde naam heeft verschillende kleuren")
        return same if first == meaning else space

    def _ink_space(self) -> Object:
        if self._inks is None:
            profile = self._document.make_stream(icc.inks(), N=4)
            self._inks = self._document.make_indirect(Array([Name.ICCBased, profile]))
        return self._inks


def srgb_intent(document: Pdf) -> Object:
    """Return the output intent by which grey and RGB are those of a screen."""
    return document.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB IEC61966-2.1",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=document.make_stream(icc.srgb(), N=3),
        )
    )


def _states(resources: Object) -> list[Object]:
    states = list(resources.get("/ExtGState", Dictionary()).values())
    patterns = resources.get("/Pattern", Dictionary()).values()
    return states + [pattern.ExtGState for pattern in patterns if "/ExtGState" in pattern]


def _shadings(resources: Object) -> list[Object]:
    shadings = list(resources.get("/Shading", Dictionary()).values())
    patterns = resources.get("/Pattern", Dictionary()).values()
    return shadings + [pattern.Shading for pattern in patterns if "/Shading" in pattern]


def _settle_state(state: Object) -> None:
    """Take out what only a printing press goes by."""
    for key in ("/TR", "/TR2", "/HTP", "/HT"):
        if key in state:
            del state[key]
    if state.get("/OPM") == 1:
        state.OPM = 0
    if "/RI" in state and str(state.RI) not in INTENTS:
        del state.RI
    blend = state.get("/BM")
    if blend is not None:
        known = [
            one for one in (blend if isinstance(blend, Array) else [blend]) if str(one) in _BLENDS
        ]
        state.BM = known[0] if known else Name.Normal


def _as_bytes(function: Object) -> bytes:
    if isinstance(function, Array):
        return b"".join(map(_as_bytes, function))
    content = function.read_bytes() if isinstance(function, Stream) else b""
    says = {key: value for key, value in function.items() if key not in {"/Length", "/Filter"}}
    return Dictionary(says).unparse(resolved=True) + content


def _is_plain_jpx(picture: Object) -> bool:
    """Return whether a JPEG 2000 picture keeps to what PDF/A-2 allows (6.2.8.3)."""
    boxes = dict(_boxes(picture.read_raw_bytes()))
    header = dict(_boxes(boxes.get(b"jp2h", b"")))
    colours = [content for name, content in _boxes(boxes.get(b"jp2h", b"")) if name == b"colr"]
    size = header.get(b"ihdr", bytes(14))
    if int.from_bytes(size[8:10], "big") not in {1, 3, 4} or b"bpcc" in header:
        return False
    best = [content for content in colours if content[2:3] == b"\1"] or colours
    is_known = len(colours) == 1 or len(best) == 1
    return "/ColorSpace" in picture or (
        is_known and best[0][0] in {1, 2, 3} and best[0][3:7] != b"\0\0\0\x13"
    )


def _boxes(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at + 8 <= len(content):
        length, start = int.from_bytes(content[at : at + 4], "big"), at + 8
        if length == 1:
            length, start = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        end = at + length if length else len(content)
        if end < start:
            break
        found.append((content[at + 4 : at + 8], content[start:end]))
        at = end
    return found
