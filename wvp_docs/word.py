"""Word files: read a template, fill it, read the text back. The only module that knows docxtpl.

A template is prepared once: docxtpl turns its XML into Jinja source, Jinja compiles it, and what
does not change is kept as bytes. Filling it then costs a few milliseconds. Values are escaped
for WordprocessingML where they are printed, so nothing is parsed and patched a second time.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from wvp_docs.errors import TemplateError, reason
from wvp_docs.letterhead import Logo, with_logo
from wvp_docs.printed import Printed
from wvp_docs.shown import Shown
from wvp_docs.watermark import watermarked

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""Every member carries the oldest date a zip can hold: same input, same bytes."""

_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BODY = re.compile(r"word/(document|footnotes|endnotes)\.xml")
_HEADER = re.compile(r"word/header\d*\.xml")
_CORE = "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled Word file and what must be found on its paper."""

    docx: bytes
    printed: tuple[Printed, ...]
    text: str = field(repr=False)


@jinja2.pass_context
def _on_paper(context: jinja2.runtime.Context, value: object) -> Markup:
    """Return a value as WordprocessingML inside `<w:t>`, and note that it was printed."""
    if value is None or isinstance(value, jinja2.Undefined):
        str(value)
        raise jinja2.UndefinedError("None")
    text = str(value)
    if bad := _FORBIDDEN.search(text):
        raise jinja2.UndefinedError(f"U+{ord(bad.group()):04X}")
    if isinstance(value, Shown) and value.path:
        context["_printed"].append(Printed(value.path, text))
    markup = escape(text)
    if "\n" in text or "\t" in text:
        markup = markup.replace("\n", _BREAK).replace("\t", _TAB)
    return markup


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=_on_paper
    )
    environment.globals.clear()
    environment.filters.clear()
    return environment


class Template:
    """A Word template, ready to be filled many times.

    Raises:
        TemplateError: it is no Word file, or a tag in it is no Jinja.
    """

    def __init__(self, source: bytes, name: str) -> None:
        self.name = name
        self.digest = hashlib.sha256(source).hexdigest()
        self._fixed: dict[str, bytes] = {}
        self._parts: dict[str, jinja2.Template] = {}
        self._sources: dict[str, str] = {}
        self._environment = _environment()
        try:
            with zipfile.ZipFile(io.BytesIO(source)) as package:
                for member in package.namelist():
                    self._fixed[member] = package.read(member)
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error) as error:
            raise TemplateError(
                f"Sjabloon {name} is geen Word-bestand.", hint="Bewaar het in Word als .docx."
            ) from error
        if "word/document.xml" not in self._fixed:
            raise TemplateError(
                f"Sjabloon {name} is geen Word-bestand.", hint="Bewaar het in Word als .docx."
            )
        for member in filter(_RENDERED.fullmatch, self._fixed):
            self._compile(member)

    def _compile(self, member: str) -> None:
        root = _parse(self._fixed[member], self.name)
        text: str = etree.tostring(root, encoding="unicode")
        patched: str = DocxTemplate("").patch_xml(text)  # opens nothing
        if not re.search(r"\{[{%#]", patched):
            return
        self._sources[member] = patched
        try:
            self._parts[member] = self._environment.from_string(patched)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"Sjabloon {self.name}: een tag klopt niet ({error.message}).",
                hint=f"Zoek in Word naar: {_around(patched, error.lineno)}",
            ) from error

    def tags(self) -> frozenset[str]:
        """Return every path that the template names, columns written as `form.tabel[].kolom`."""
        found: set[str] = set()
        for source in self._sources.values():
            _collect(self._environment.parse(source), {}, found)
        return frozenset(found)

    def render(
        self,
        context: Mapping[str, object],
        title: str,
        *,
        concept: bool = False,
        logo: Logo | None = None,
    ) -> Rendered:
        """Return the filled Word file; the same context gives the same bytes.

        Args:
            context: what the tags may name.
            title: for the properties of the document.
            concept: draw CONCEPT behind every page.
            logo: draw it at the top of every page.

        Raises:
            TemplateError: a tag names something that is not there, or the result is no XML.
        """
        printed: list[Printed] = []
        members = dict(self._fixed)
        texts = []
        for member, part in self._parts.items():
            try:
                xml = part.render({**context, "_printed": printed})
            except (jinja2.TemplateError, SecurityError, TypeError) as error:
                raise TemplateError(
                    f"Sjabloon {self.name}: {_undefined(error)}.",
                    hint="Kijk de naam na met: wvp-docs forms <formulier>.",
                ) from error
            members[member] = (
                b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + xml.encode()
            )
        if logo:
            members = with_logo(members, logo)
        if concept:
            for member in filter(_HEADER.fullmatch, members):
                members[member] = watermarked(members[member], "CONCEPT")
        for member in sorted(filter(_RENDERED.fullmatch, members), key=_reading_order):
            root = _parse(members[member], self.name)
            if _BODY.fullmatch(member):
                texts.append(_text(root))
        members[_CORE] = _core_properties(title)
        return Rendered(_packed(members), tuple(printed), "\n".join(texts))


def open_template(path: Path) -> Template:
    """Return the template in the file.

    Raises:
        TemplateError: it is missing, cannot be read, or is broken.
    """
    try:
        return Template(path.read_bytes(), path.name)
    except OSError as error:
        raise TemplateError(
            f"Sjabloon {path.name} is niet te lezen: {reason(error)}.",
            hint=f"Zet {path.name} in de map met sjablonen, of installeer wvp-docs opnieuw.",
        ) from error


def text_of(docx: bytes) -> str:
    """Return what a reader sees: header, body, footer and notes, a line per paragraph."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        members = sorted(filter(_RENDERED.fullmatch, package.namelist()), key=_reading_order)
        return "\n".join(_text(_parse(package.read(member), member)) for member in members)


def _reading_order(member: str) -> tuple[int, str]:
    order = ("word/header", "word/document", "word/footer", "word/footnotes", "word/endnotes")
    return next(i for i, prefix in enumerate(order) if member.startswith(prefix)), member


def _parse(xml: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            f"Sjabloon {name}: na het invullen is het geen geldig Word-bestand meer.",
            hint="Waarschijnlijk staat een tag over een rand heen: een {%tr %} hoort in een rij.",
        ) from error
    if root.getroottree().docinfo.doctype:
        raise TemplateError(f"Sjabloon {name} bevat een DTD; dat mag niet.")
    return root


def _text(root: etree._Element) -> str:
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        nodes = paragraph.iter(f"{_W}t", *signs)
        lines.append("".join(signs.get(str(node.tag)) or node.text or "" for node in nodes))
    return "\n".join(lines)


def _packed(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            package.writestr(info, content)
    return buffer.getvalue()


def _core_properties(title: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>wvp-docs</dc:creator>"
        "<dc:language>nl-NL</dc:language></cp:coreProperties>"
    ).encode()


def _undefined(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    name = re.search(r"'([^']+)'(?: is undefined|$)", message)
    return (
        f"{{{{ {name.group(1)} }}}} bestaat niet"
        if name
        else f"een tag kan niet worden ingevuld ({message})"
    )


def _around(source: str, line: int) -> str:
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1])
    return text.strip()[:80]


def _dotted(node: nodes.Node, loops: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Name):
        return loops.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node, loops)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_dotted(node.node, loops)}.{node.arg.value}"
    return ""


def _collect(node: nodes.Node, loops: Mapping[str, str], found: set[str]) -> None:
    if isinstance(node, nodes.For):
        _collect(node.iter, loops, found)
        rows = f"{_dotted(node.iter, loops)}[]"
        inner = {
            **loops,
            **{name.name: rows for name in node.find_all(nodes.Name) if name is node.target},
        }
        for child in (*node.body, *node.else_):
            _collect(child, inner, found)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        _collect(node.node, loops, found)
        return
    if path := _dotted(node, loops):
        found.add(path)
        return
    for child in node.iter_child_nodes():
        _collect(child, loops, found)
