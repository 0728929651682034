"""A Word template: prepared once, filled many times; and the text of a Word file.

A template is prepared once: docxtpl turns its XML into Jinja source, Jinja compiles it, and what
does not change is kept as bytes. Filling it then costs a few milliseconds. Values are escaped
for WordprocessingML where they are printed, so nothing is parsed and patched a second time.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from lxml import etree
from markupsafe import Markup, escape

from wvp_docs.errors import TemplateError, reason
from wvp_docs.housestyle import HouseStyle, dressed
from wvp_docs.kinds import BOX_ON
from wvp_docs.ooxml import HostileError, inspect_part, read_template, write_package
from wvp_docs.printed import Printed
from wvp_docs.sandbox import MAX_LETTERS, Sandbox, filled, require_short
from wvp_docs.shown import Shown
from wvp_docs.watermark import watermarked
from wvp_docs.word.mending import mended
from wvp_docs.word.syntax import LOOP, Use, uses_in

_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BODY = re.compile(r"word/(document|footnotes|endnotes)\.xml")
_CORE = "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_FETCHES = re.compile(r"instrText|fldSimple|schemas-microsoft-com:vml")
"""Where text becomes a code or an address; tags could have hidden it until they were filled."""
_COUNTED = re.compile(r"\b(?:NUM|SECTION)?PAGES?\b")
"""The codes of the fields that show a page number."""
_MAX_LINES, _MAX_SIGNS, _MAX_IN_ONE = 8_000, 800_000, 100_000
"""Twenty times what the longest answers make of the longest template that we ship. An engine
cannot be stopped halfway, and takes minutes for ten times this."""
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled Word file and what must be found on its paper.

    Attributes:
        printed: the values; boxes are proven by their number, as one among many says nothing.
        text: of the body and the notes.
        answered: the path of every answer that was printed, also of one that is a ticked box.
    """

    docx: bytes
    printed: tuple[Printed, ...]
    text: str = field(repr=False)
    answered: frozenset[str] = frozenset()


@jinja2.pass_context
def _on_paper(context: jinja2.runtime.Context, value: object) -> Markup:
    """Return a value as WordprocessingML inside `<w:t>`, and note that it was printed."""
    text = str(value)  # the name, when it is undefined
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise jinja2.UndefinedError("dat is een groep of niets, en geen antwoord")
    if bad := _FORBIDDEN.search(text):
        raise jinja2.UndefinedError(f"U+{ord(bad.group()):04X}")
    if isinstance(value, Shown) and value.path:
        context["_printed"].append(Printed(value.path, text))
    markup = escape(text)
    if "\n" in text or "\t" in text:
        markup = markup.replace("\n", _BREAK).replace("\t", _TAB)
    return markup


class Template:
    """A Word template, ready to be filled many times.

    Raises:
        TemplateError: it is no Word file, or a tag in it is no Jinja.
    """

    def __init__(self, source: bytes, name: str) -> None:
        self.name = name
        self.digest = hashlib.sha256(source).hexdigest()
        self._parts: dict[str, jinja2.Template] = {}
        self._sources: dict[str, str] = {}
        self._environment = Sandbox(_on_paper)
        try:
            self._fixed = read_template(source)
        except HostileError as error:
            raise TemplateError(f"Sjabloon {name} {error}", hint=error.hint) from error
        for member in filter(_RENDERED.fullmatch, self._fixed):
            self._compile(member)

    def _compile(self, member: str) -> None:
        root = _parse(self._fixed[member], self.name)
        text: str = etree.tostring(root, encoding="unicode")
        patched = text
        try:
            require_short(text)
            patched = DocxTemplate("").patch_xml(text)  # opens nothing
            if not re.search(r"\{[{%#]", patched):
                return
            self._sources[member] = patched
            self._parts[member] = self._environment.program(patched)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                f"Sjabloon {self.name}: een tag klopt niet ({error.message}).",
                hint="Welke, en waar die staat: wvp-docs template check MAP.",
            ) from error

    def _inspect(self, part: bytes) -> None:
        try:
            inspect_part(part)
        except HostileError as error:
            raise TemplateError(f"Sjabloon {self.name} {error}", hint=error.hint) from error

    def uses(self) -> tuple[Use, ...]:
        """Return every use of a name, wherever in the file it stands."""
        return tuple(use for source in self._sources.values() for use in uses_in(source))

    def tags(self) -> frozenset[str]:
        """Return every path that the template names, columns written as `form.tabel[].kolom`."""
        return frozenset(it.path for it in self.uses() if not it.path.startswith(f"{LOOP}."))

    def render(
        self,
        context: Mapping[str, object],
        title: str,
        *,
        concept: bool = False,
        style: HouseStyle | None = None,
    ) -> Rendered:
        """Return the filled Word file; the same context gives the same bytes.

        Args:
            context: what the tags may name.
            title: for the properties of the document.
            concept: draw CONCEPT behind every page.
            style: of the house; None: as the template is.

        Raises:
            TemplateError: a tag names something that is not there, or the result is no XML.
        """
        printed: list[Printed] = []
        members = dict(self._fixed)
        texts = []
        for member, part in self._parts.items():
            try:
                xml = mended(filled(part, {**context, "_printed": printed}))
            except (jinja2.TemplateError, SecurityError, TypeError) as error:
                raise TemplateError(
                    f"Sjabloon {self.name}: {_undefined(error)}.",
                    hint="Waar de tag staat: wvp-docs template check MAP.",
                ) from error
            members[member] = (
                b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + xml.encode()
            )
            if _FETCHES.search(xml):
                self._inspect(members[member])
        if style:
            members = dressed(members, style)
        if concept:
            members = watermarked(members, "CONCEPT")
        for member in sorted(filter(_RENDERED.fullmatch, members), key=_reading_order):
            lines = _lines(_parse(members[member], self.name))
            if len(members[member]) > MAX_LETTERS or _are_many(lines):
                raise TemplateError(
                    f"Sjabloon {self.name}: het ingevulde document wordt te groot.",
                    hint="Herhaal geen tabel in een andere, en kijk of een antwoord te lang is.",
                )
            if _BODY.fullmatch(member):
                texts.append("\n".join(lines))
        members[_CORE] = _core_properties(title)
        return Rendered(
            write_package(members),
            tuple(it for it in printed if it.text != BOX_ON),
            "\n".join(texts),
            frozenset(it.path for it in printed),
        )


def open_template(path: Path) -> Template:
    """Return the template in the file.

    Raises:
        TemplateError: it is missing, cannot be read, or is broken.
    """
    return Template(source_of(path), path.name)


def source_of(path: Path) -> bytes:
    """Return the bytes of a template.

    Raises:
        TemplateError: it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(
            f"Sjabloon {path.name} is niet te lezen: {reason(error)}.",
            hint=f"Zet {path.name} in de map met sjablonen, of installeer wvp-docs opnieuw.",
        ) from error


def text_of(docx: bytes, *, has_numbers: bool = True) -> str:
    """Return what a reader sees: header, body, footer and notes, a line per paragraph.

    Args:
        docx: the Word file.
        has_numbers: give page numbers as they were last counted; otherwise each is a `#`.
    """
    return _text_in(docx, _RENDERED, has_numbers=has_numbers)


def body_text(docx: bytes) -> str:
    """Return what a reader sees between header and footer, a line per paragraph.

    Raises:
        TemplateError: the file is no Word file.
    """
    return _text_in(docx, _BODY)


def _text_in(docx: bytes, wanted: re.Pattern[str], *, has_numbers: bool = True) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        members = sorted(filter(wanted.fullmatch, package.namelist()), key=_reading_order)
        roots = [_parse(package.read(member), member) for member in members]
    if not has_numbers:
        for root in roots:
            _uncount(root)
    return "\n".join(map(_text, roots))


def _uncount(root: etree._Element) -> None:
    """Put a `#` in place of each page number."""
    code, number = "", None
    for node in root.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText", f"{_W}t"):
        if node.tag == f"{_W}fldSimple":
            shown = list(node.iter(f"{_W}t")) if _COUNTED.search(node.get(f"{_W}instr", "")) else []
            for at, text in enumerate(shown):
                text.text = "" if at else "#"
        elif node.tag == f"{_W}instrText":
            code += node.text or ""
        elif node.tag == f"{_W}fldChar":
            is_shown = node.get(f"{_W}fldCharType") == "separate" and _COUNTED.search(code)
            code, number = "", "#" if is_shown else None
        elif number is not None:
            node.text, number = number, ""


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


def _are_many(lines: Sequence[str]) -> bool:
    """Return whether an engine would be busy with these paragraphs for longer than anyone waits."""
    breaks = sum(line.count("\n") for line in lines)
    longest = max(map(len, lines), default=0)
    is_long = longest > _MAX_IN_ONE or sum(map(len, lines)) > _MAX_SIGNS
    return is_long or len(lines) + breaks > _MAX_LINES


def _text(root: etree._Element) -> str:
    return "\n".join(_lines(root))


def _lines(root: etree._Element) -> list[str]:
    """Return what each paragraph says; a break in it is a line end."""
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        nodes = paragraph.iter(f"{_W}t", *signs)
        # A tab is a sign, and a stop among the properties has the same name.
        shown = (it for it in nodes if it.get(f"{_W}pos") is None)
        lines.append("".join(signs.get(str(node.tag)) or node.text or "" for node in shown))
    return lines


def _core_properties(title: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>wvp-docs</dc:creator>"
        "<dc:language>nl-NL</dc:language></cp:coreProperties>"
    ).encode()


def _undefined(error: Exception) -> str:
    if isinstance(error, TypeError):
        return "een tag vergelijkt iets dat geen antwoord is"
    message = getattr(error, "message", None) or str(error)
    name = re.search(r"'([^']+)'(?: is undefined|$)", message)
    return (
        f"{{{{ {name.group(1)} }}}} bestaat niet"
        if name
        else f"een tag kan niet worden ingevuld ({message})"
    )
