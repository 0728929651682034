"""A logo that is a drawing: read with suspicion, and turned into a picture.

An SVG is a small program: it fetches, runs, repeats and grows. Only plain shapes are drawn, and
only as many as a logo has. Word keeps a drawing beside a picture of it; the picture is enough.
"""

from __future__ import annotations

import re

from lxml import etree

from wvp_docs.housestyle.unusable import UnusableError

WIDEST, HIGHEST = 1417, 307
"""Dots: 600 an inch in the largest logo that fits."""

MOST = 20_000
"""Shapes, everything that is drawn more than once counted each time: two seconds at worst."""
_LAYER = 100
"""What is half transparent or cut out is drawn on a sheet of its own: 10 ms each."""
_DEEPEST = 60
_STEEPEST = 100
"""How many times wider than high, or higher than wide."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "switch", "style", "title", "desc", "metadata"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    )
)
_WINDOWS = frozenset((f"{_SVG}svg", f"{_SVG}symbol"))
_IN_LAYER = re.compile(
    r"(?<![\w-])(?:opacity|mask|clip-path|mix-blend-mode|isolation)\s*:", re.IGNORECASE
)
_LINK = "{http://www.w3.org/1999/xlink}href"
_USED = re.compile(r"url\(\s*['\"]?([^)'\"]*)['\"]?\s*\)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DASHES = re.compile(r"stroke-dasharray\s*:\s*(?!\s|none)", re.IGNORECASE)
_SIZE = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|pc|mm|cm|in)?\s*")

_SAVE_PLAIN = "Bewaar het logo in uw tekenprogramma als PNG, of als eenvoudige SVG."


def raster_of(content: bytes) -> bytes:
    """Return the drawing as a PNG, the same on every machine.

    Raises:
        UnusableError: it is no SVG, holds more than shapes, or would draw without end.
    """
    import resvg_py  # noqa: PLC0415  few logos are drawings

    root = _parsed(content)
    _require_plain(root)
    _Weights(root).require_light()
    wide, high = _proportions(root)
    scale = min(WIDEST / wide, HIGHEST / high)
    root.set("width", str(max(1, round(wide * scale))))
    root.set("height", str(max(1, round(high * scale))))
    root.set("viewBox", root.get("viewBox") or f"0 0 {wide} {high}")
    plain = etree.tostring(root, encoding="unicode")
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=plain, skip_system_fonts=True))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a Rust panic is no Exception
        raise UnusableError("is als SVG niet te tekenen.", _SAVE_PLAIN) from error


def _parsed(content: bytes) -> etree._Element:
    # The bare DOCTYPE of SVG 1.1 does nothing; one with entities is where bombs are made.
    if b"<!ENTITY" in content or b"\0" in content:
        raise UnusableError("bevat eigen XML-tekens (een DTD met ENTITY).", _SAVE_PLAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnusableError("is geen SVG, of is beschadigd.", _SAVE_PLAIN) from error
    if root.tag != f"{_SVG}svg":
        raise UnusableError("is geen SVG.", _SAVE_PLAIN)
    if sum(1 for _ in root.iter()) > MOST:
        raise _too_heavy()
    return root


def _require_plain(root: etree._Element) -> None:
    """Refuse by name what fetches, runs or writes; drop what drawing programs add for themselves.

    Raises:
        UnusableError: naming the first such thing.
    """
    for item in list(root.iter()):
        name = item.tag.removeprefix(_SVG) if isinstance(item.tag, str) else ""
        if not name or "{" in name:  # an instruction, or what a drawing program keeps for itself
            _remove(item)
        elif name not in _SHAPES:
            raise UnusableError(_WHAT.get(name, "bevat meer dan gewone vormen."), _SAVE_PLAIN)
        elif sum(1 for _ in item.iterancestors()) > _DEEPEST:
            raise UnusableError("is te diep genest.", _SAVE_PLAIN)
        else:
            _require_inside(item)


_WHAT = {
    "script": "bevat een script.",
    "foreignObject": "bevat een stuk van een webpagina.",
    "image": "bevat een foto of een ander bestand.",
    "text": "bevat tekst; niet elke computer heeft dat lettertype. Zet de tekst om in vormen.",
    "filter": "bevat een filter, zoals een schaduw.",
    "pattern": "bevat een patroon.",
}


def _remove(item: etree._Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _require_inside(item: etree._Element) -> None:
    """Refuse an element that starts something, or points to something outside the drawing."""
    for name, value in item.attrib.items():
        if str(name).lower().startswith("on"):
            raise UnusableError(_WHAT["script"], _SAVE_PLAIN)
        if name in {"href", _LINK} and not str(value).strip().startswith("#"):
            raise _fetches()
        _require_calm(f"{name}:{value}")
    if item.tag == f"{_SVG}style":
        css = _CSS_COMMENT.sub("", item.text or "")
        if "@" in css or "\\" in css:
            raise _fetches()
        _require_calm(css)


def _require_calm(css: str) -> None:
    if not all(address.strip().startswith("#") for address in _USED.findall(css)):
        raise _fetches()
    if _DASHES.search(css):  # a dash of nothing is drawn a million times
        raise UnusableError("bevat een stippellijn.", _SAVE_PLAIN)


def _fetches() -> UnusableError:
    return UnusableError("haalt iets van buiten het bestand.", _SAVE_PLAIN)


class _Weights:
    """How much work each element is, with all that it refers to: a shape is 1."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._by_id = {item.get("id"): item for item in root.iter() if item.get("id")}
        self._rules: dict[str, str] = {}
        for sheet in root.iter(f"{_SVG}style"):
            for selector, body in _RULE.findall(_CSS_COMMENT.sub("", sheet.text or "")):
                for name in _CLASS.findall(selector) or ("",):  # without a class: for everything
                    self._rules[name] = f"{self._rules.get(name, '')};{body}"
        self._known: dict[etree._Element, int] = {}
        self._open: set[etree._Element] = set()

    def require_light(self) -> None:
        """Raise when drawing it would take too long.

        Raises:
            UnusableError: it draws too much, or refers to itself.
        """
        if self._weight(self._root) > MOST:
            raise _too_heavy()

    def _weight(self, item: etree._Element) -> int:
        if item in self._known:
            return self._known[item]
        if item in self._open or len(self._open) > 2 * _DEEPEST:
            raise _too_heavy()
        self._open.add(item)
        css = self._css(item)
        names = [address.strip().removeprefix("#") for address in _USED.findall(css)]
        names += [(item.get(name) or "").strip().removeprefix("#") for name in ("href", _LINK)]
        used = (self._by_id[name] for name in names if name in self._by_id)
        own = _LAYER if _IN_LAYER.search(css) or item.tag in _WINDOWS else 1
        weight = own + sum(map(self._weight, item)) + sum(map(self._weight, used))
        self._open.discard(item)
        self._known[item] = weight
        return weight

    def _css(self, item: etree._Element) -> str:
        """Return all that is said of how an element looks, whoever says it."""
        said = [f"{name}:{value}" for name, value in item.attrib.items()]
        classes = ("", *(item.get("class") or "").split())
        return ";".join((*said, *(self._rules.get(name, "") for name in classes)))


def _too_heavy() -> UnusableError:
    return UnusableError("tekent veel te veel vormen, of zichzelf.", _SAVE_PLAIN)


def _proportions(root: etree._Element) -> tuple[float, float]:
    """Return width and height; a drawing that says neither cannot be placed."""
    box = (root.get("viewBox") or "").replace(",", " ").split()
    try:
        wide, high = (float(box[2]), float(box[3])) if box else _own_size(root)
    except (ValueError, IndexError):
        wide = high = 0.0
    if not (0 < wide < _HUGE and 0 < high < _HUGE and 1 / _STEEPEST < wide / high < _STEEPEST):
        raise UnusableError("zegt niet hoe groot het is, of iets onmogelijks.", _SAVE_PLAIN)
    return wide, high


_HUGE = 1e6


def _own_size(root: etree._Element) -> tuple[float, float]:
    sizes = [_SIZE.fullmatch(root.get(name) or "") for name in ("width", "height")]
    wide, high = (float(size[1]) if size else 0.0 for size in sizes)
    return wide, high
