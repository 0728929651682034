"""The Word package around a body: the other parts, and a zip that is the same on every run."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from wvp_docs.templates.markup import NAMESPACES, paragraph, run, tab, twips
from wvp_docs.templates.styles import styles_part

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The earliest moment that a zip can hold: same definition, same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)

_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
    '<w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    f'<w:pgMar w:top="{twips(3)}" w:right="{twips(2.25)}" w:bottom="{twips(2.9)}" '
    f'w:left="{twips(2.25)}" w:header="{twips(1.2)}" w:footer="{twips(1.5)}" w:gutter="0"/>'
    "</w:sectPr>"
)


HEADER = run("{{ werkgever.naam }}") + tab() + run("{{ document.concept }}", "Concept")
FOOTER = run("{{ document.titel }}") + run("  ·  ") + run("{{ document.kenmerk }}")

LINK_ID = "rId5"
"""What a `w:hyperlink` in the body names to point to the address of the package."""


def package(
    body: str,
    *,
    title: str,
    address: str = "",
    counts_pages: bool = True,
    header: str = HEADER,
    footer: str = FOOTER,
) -> bytes:
    """Return a complete .docx with `body` on A4 pages under the shared header and footer.

    Args:
        body: the paragraphs and tables.
        title: for the properties of the document.
        address: where the links of the body point to, if it has any.
        counts_pages: whether the footer says which page this is of how many.
        header: the runs of the header.
        footer: the runs on the left of the footer.
    """
    # Word wants a paragraph after the last table: so low that it asks no page of its own.
    content = body + paragraph("Slot") + _PAGE
    document = f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(title),
        "word/document.xml": document,
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(),
        "word/header1.xml": _header(header),
        "word/footer1.xml": _footer(footer, counts_pages=counts_pages),
        "word/_rels/document.xml.rels": _document_relations(address),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The same on Windows, where Python would write another system number.
            entry.create_system = 0
            archive.writestr(entry, (_XML + text).encode())
    return buffer.getvalue()


def _content_types() -> str:
    kinds = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "word/header1.xml": f"{_WORD}.header+xml",
        "word/footer1.xml": f"{_WORD}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _package_relations() -> str:
    return _relations(
        {
            "word/document.xml": f"{_OFFICE}/relationships/officeDocument",
            "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
        }
    )


def _document_relations(address: str) -> str:
    parts = {"styles": "styles", "settings": "settings", "header1": "header", "footer1": "footer"}
    kinds = {f"{part}.xml": f"{_OFFICE}/relationships/{kind}" for part, kind in parts.items()}
    relations = _relations(kinds)
    if not address:
        return relations
    link = (
        f'<Relationship Id="{LINK_ID}" Type="{_OFFICE}/relationships/hyperlink" '
        f'Target="{escape(address)}" TargetMode="External"/>'
    )
    return relations.replace("</Relationships>", f"{link}</Relationships>")


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>nl-NL</dc:language>"
        "</cp:coreProperties>"
    )


def _settings() -> str:
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="nl-NL"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _header(runs: str) -> str:
    return f"<w:hdr {NAMESPACES}>{paragraph('Header', runs)}</w:hdr>"


def _footer(runs: str, *, counts_pages: bool) -> str:
    numbers = (tab(), run("Pagina "), _field("PAGE"), run(" van "), _field("NUMPAGES"))
    line = paragraph("Footer", runs, *(numbers if counts_pages else ()))
    return f"<w:ftr {NAMESPACES}>{line}</w:ftr>"


def _field(name: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
