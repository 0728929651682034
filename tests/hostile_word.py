"""Word files made by hand: the smallest that is one, what other programs save, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from wvp_docs.ooxml import Danger

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def word(
    body: str = "",
    *,
    extra: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    main: str = MAIN,
) -> bytes:
    """A smallest Word file around a body; `extra` are further parts, or others in their place."""
    space = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types">'
        '<Default Extension="rels" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W} {R} {V} {A}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships">'
        f"{relations}</Relationships>",
    }
    return zipped({**parts, **(extra or {})})


def zipped(
    parts: Mapping[str, str | bytes],
    lie: Callable[[list[zipfile.ZipInfo]], None] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A zip; `lie` may change what its list of contents says of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        if lie:
            lie(target.filelist)
    return buffer.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relation(kind: str, target: str, mode: str = "", base: str = OFFICE) -> str:
    mode = mode and f'TargetMode="{mode}"'
    return f'<Relationship Id="rId9" Type="{base}/{kind}" Target="{target}" {mode}/>'


def field(*codes: str, result: str = "") -> str:
    """A field as Word writes it, its code in as many runs as are given."""
    runs = "".join(f"<w:instrText>{code}</w:instrText>" for code in codes)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{runs}<w:fldChar w:fldCharType="separate"/>'
        f'<w:t>{result}</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _related(kind: str, target: str, mode: str = "", base: str = OFFICE) -> bytes:
    return word(relations=relation(kind, target, mode, base))


def _svg(content: str) -> bytes:
    return word(extra={"word/media/image1.svg": f"<svg {SVG}>{content}</svg>"})


def _twice(name: str) -> bytes:
    parts = {"word/document.xml": "", "word/Xocument.xml": ""}
    return zipped(parts).replace(b"word/Xocument.xml", name.encode())


def _lying(**promised: int) -> bytes:
    def lie(members: list[zipfile.ZipInfo]) -> None:
        for key, value in promised.items():
            setattr(members[-1], key, value)

    return zipped({"a.xml": "<a/>" * 900, "b.xml": "<b/>" * 900}, lie)


_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "ha">{_ENTITIES}]><a>&l9;</a>'
_SYSTEM = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
_UI = "http://schemas.microsoft.com/office/2006/relationships/ui"
_VBA = "http://schemas.microsoft.com/office/2006/relationships"
_NESTED = '<w:r><w:fldChar w:fldCharType="begin"/>{}</w:r>' + field("QUOTE 68 68 69")

HOSTILE: Mapping[str, tuple[Danger, Callable[[], bytes]]] = {
    "nothing": (Danger.NO_DOCX, lambda: b""),
    "text": (Danger.NO_DOCX, lambda: b"Geachte heer"),
    "pdf": (Danger.NO_DOCX, lambda: b"%PDF-1.7\n"),
    "rtf": (Danger.NO_DOCX, lambda: rb"{\rtf1 tekst}"),
    "web page": (Danger.NO_DOCX, lambda: b"\xef\xbb\xbf <!DOCTYPE HTML><p>x"),
    "another zip": (Danger.NO_DOCX, lambda: zipped({"notitie.txt": "tekst"})),
    "empty zip": (Danger.NO_DOCX, lambda: zipped({})),
    "bytes before the zip": (Danger.NO_DOCX, lambda: b"MZ" + word()),
    "excel": (Danger.NO_DOCX, lambda: word(main=MAIN.replace("wordprocessingml", "spreadsheetml"))),
    "dotx": (Danger.NO_DOCX, lambda: word(main=MAIN.replace("document.main", "template.main"))),
    "no main part": (Danger.NO_DOCX, lambda: word(main="text/xml")),
    "doc": (Danger.OLD_DOC, lambda: OLE + "WordDocument".encode("utf-16-le")),
    "msg": (Danger.NO_DOCX, lambda: OLE),
    "odt": (
        Danger.ODT,
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "x.xml": "<x/>"}),
    ),
    "password": (Danger.ENCRYPTED, lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "zip with a password": (Danger.ENCRYPTED, lambda: _lying(flag_bits=1)),
    "cut off": (Danger.TRUNCATED, lambda: word()[:-40]),
    "cut off early": (Danger.TRUNCATED, lambda: word()[:60]),
    "bytes changed": (Danger.TRUNCATED, lambda: _lying(CRC=1)),
    "promises too little": (Danger.TRUNCATED, lambda: _lying(file_size=10)),
    "promises a little too much": (Danger.TRUNCATED, lambda: _lying(file_size=4000)),
    "promises too much": (Danger.ZIP_BOMB, lambda: _lying(file_size=400_000_000)),
    "thirty million zeros": (
        Danger.ZIP_BOMB,
        lambda: word(extra={"word/media/image1.bmp": bytes(30_000_000)}),
    ),
    "too many parts": (
        Danger.TOO_BIG,
        lambda: zipped({f"{n}.xml": b"" for n in range(5_001)}),
    ),
    "parts over each other": (Danger.ZIP_BOMB, lambda: _lying(header_offset=0)),
    "a zip in the zip": (
        Danger.OLE,
        lambda: word(extra={"word/media/image1.png": zipped({"a": "x"})}),
    ),
    "the same name twice": (Danger.STRANGE_ZIP, lambda: _twice("word/document.xml")),
    "the same name in capitals": (Danger.STRANGE_ZIP, lambda: _twice("word/Document.xml")),
    "a name that climbs": (Danger.STRANGE_ZIP, lambda: word(extra={"word/../../x.xml": ""})),
    "a name from the root": (Danger.STRANGE_ZIP, lambda: word(extra={"/etc/x.xml": ""})),
    "a name with a drive": (Danger.STRANGE_ZIP, lambda: word(extra={"c:/x.xml": ""})),
    "packed with lzma": (
        Danger.STRANGE_ZIP,
        lambda: zipped({"a.xml": "<a/>"}, method=zipfile.ZIP_LZMA),
    ),
    "half a tag": (Danger.BROKEN_XML, lambda: word("<w:p>")),
    "xml without anything": (Danger.BROKEN_XML, lambda: word(extra={"word/styles.xml": ""})),
    "strange encoding": (
        Danger.BROKEN_XML,
        lambda: word(extra={"word/a.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}),
    ),
    "deep xml": (Danger.DEEP_XML, lambda: word("<w:tbl>" * 300 + "</w:tbl>" * 300)),
    "too many elements": (Danger.TOO_BIG, lambda: word("<w:p/>" * 2_000_001)),
    "billion laughs": (Danger.DTD, lambda: word(extra={"word/styles.xml": _LAUGHS})),
    "external entity": (Danger.DTD, lambda: word(extra={"customXml/item1.xml": _SYSTEM})),
    "dtd in a part that is no xml by name": (Danger.DTD, lambda: word(extra={"x.dat": _LAUGHS})),
    "dtd in utf-16": (
        Danger.DTD,
        lambda: word(extra={"x.dat": _LAUGHS.encode("utf-16")}),
    ),
    "docm": (
        Danger.MACRO,
        lambda: word(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "vba": (Danger.MACRO, lambda: word(extra={"word/vbaProject.bin": OLE})),
    "vba by another name": (Danger.MACRO, lambda: _related("vbaProject", "x.bin", base=_VBA)),
    "activex": (Danger.ACTIVE, lambda: word(extra={"word/activeX/activeX1.xml": "<a/>"})),
    "control": (Danger.ACTIVE, lambda: word('<w:control r:id="rId1"/>')),
    "ribbon": (Danger.ACTIVE, lambda: word(extra={"customUI/customUI.xml": "<customUI/>"})),
    "ribbon by another name": (
        Danger.ACTIVE,
        lambda: _related("extensibility", "x.xml", base=_UI),
    ),
    "script in svg": (Danger.ACTIVE, lambda: _svg("<script>x()</script>")),
    "embedded sheet": (Danger.OLE, lambda: word(extra={"word/embeddings/Sheet1.xlsx": word()})),
    "embedded object": (Danger.OLE, lambda: word(extra={"word/media/x.bin": OLE})),
    "linked object": (Danger.OLE, lambda: _related("oleObject", "file:///c:/x.xls", "External")),
    "object in vml": (Danger.OLE, lambda: word('<w:object><o:OLEObject Type="Link"/></w:object>')),
    "altChunk": (Danger.FOREIGN, lambda: word('<w:altChunk r:id="rId9"/>')),
    "aFChunk": (Danger.FOREIGN, lambda: _related("aFChunk", "x.html")),
    "subdocument": (Danger.FOREIGN, lambda: _related("subDocument", "deel2.docx", "External")),
    "remote picture": (
        Danger.EXTERNAL,
        lambda: _related("image", "http://voorbeeld.invalid/x.png", "External"),
    ),
    "remote picture that says it is inside": (
        Danger.EXTERNAL,
        lambda: _related("image", "\\\\server\\x.png"),
    ),
    "picture in the folder of the maker": (
        Danger.EXTERNAL,
        lambda: _related("image", "x.png", "External"),
    ),
    "remote picture in vml by a relation": (
        Danger.EXTERNAL,
        lambda: word('<w:pict><v:imagedata r:href="rId9"/></w:pict>'),
    ),
    "picture on the disk": (
        Danger.EXTERNAL,
        lambda: _related("image", "file:///etc/passwd", "External"),
    ),
    "linked picture behind a hyperlink": (
        Danger.EXTERNAL,
        lambda: word(
            '<w:p><a:blip r:link="rId9"/></w:p>',
            relations=relation("hyperlink", "http://voorbeeld.invalid/x.png", "External"),
        ),
    ),
    "remote picture in vml": (
        Danger.EXTERNAL,
        lambda: word('<w:pict><v:imagedata src="http://voorbeeld.invalid/x"/></w:pict>'),
    ),
    "remote picture in svg": (
        Danger.EXTERNAL,
        lambda: _svg('<image xlink:href="file:///etc/passwd"/>'),
    ),
    "data source": (Danger.EXTERNAL, lambda: word("<w:mailMerge/>")),
    "remote template": (
        Danger.ATTACHED,
        lambda: _related("attachedTemplate", "https://voorbeeld.invalid/x.dotm", "External"),
    ),
    "template on a server": (
        Danger.ATTACHED,
        lambda: _related("attachedTemplate", "file:///\\\\server\\x.dotm", "External"),
    ),
    "hyperlink to a script": (
        Danger.LINK,
        lambda: _related("hyperlink", "javascript:alert(1)", "External"),
    ),
    "field with a link to a script": (
        Danger.LINK,
        lambda: word(field(' HYPERLINK "javascript:alert(1)"')),
    ),
    "dde behind padding": (Danger.FIELD, lambda: word(field(*[" "] * 200, '"', "DDE cmd"))),
    "dde": (Danger.FIELD, lambda: word(field(" DDEAUTO c:\\\\windows\\\\cmd.exe"))),
    "dde in what was struck out": (
        Danger.FIELD,
        lambda: word("<w:r><w:delInstrText>DDE x</w:delInstrText></w:r>"),
    ),
    "dde in pieces": (Danger.FIELD, lambda: word(field(" D", "DE", "AUTO cmd"))),
    "dde in a nested code": (Danger.FIELD, lambda: word(_NESTED.format(""))),
    "dde with a nested end": (
        Danger.FIELD,
        lambda: word(_NESTED.format("<w:instrText> DD</w:instrText>")),
    ),
    "dde without an end": (
        Danger.FIELD,
        lambda: word('<w:fldChar w:fldCharType="begin"/><w:instrText>ddeauto x</w:instrText>'),
    ),
    "simple field": (Danger.FIELD, lambda: word('<w:fldSimple w:instr=" LINK Excel.Sheet"/>')),
    "include picture": (
        Danger.FIELD,
        lambda: word(field(' INCLUDEPICTURE "http://voorbeeld.invalid/x.png"')),
    ),
    "include text": (Danger.FIELD, lambda: word(field(' IncludeText "c:\\\\x.docx"'))),
    **{
        f"relation {kind}": (danger, partial(_related, kind, "x.bin"))
        for kind, danger in {
            "wordVbaData": Danger.MACRO,
            "attachedToolbars": Danger.MACRO,
            "activeXControlBinary": Danger.ACTIVE,
            "control": Danger.ACTIVE,
            "webextension": Danger.ACTIVE,
            "webextensiontaskpanes": Danger.ACTIVE,
            "package": Danger.OLE,
            "mailMergeSource": Danger.EXTERNAL,
            "mailMergeHeaderSource": Danger.EXTERNAL,
        }.items()
    },
    **{
        f"element {name}": (danger, partial(word, f"<w:{name}/>"))
        for name, danger in {
            "ocx": Danger.ACTIVE,
            "webVideoPr": Danger.ACTIVE,
            "objectEmbed": Danger.OLE,
            "objectLink": Danger.OLE,
            "subDoc": Danger.FOREIGN,
        }.items()
    },
    **{
        f"field {code}": (Danger.FIELD, partial(word, field(f" {code} x")))
        for code in ("DDE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD", "PRINT")
    },
}
"""Each by what it is, with why it is refused and how it is made."""


def like_word_online() -> bytes:
    """What Word and Word Online leave in a file: split runs, corrections, comments, people."""
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f'<w:p {w14} w14:paraId="3A5F1C2B" w:rsidR="00A77B3E"><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidRPr="00C11D2A"><w:t>Jan</w:t></w:r><w:r><w:t>sen</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/><w:commentRangeStart w:id="0"/></w:p>'
        f'<mc:AlternateContent {mc}><mc:Choice Requires="w14"/><mc:Fallback><w:pict>'
        '<v:shape href="https://voorbeeld.invalid" style="x"><v:imagedata r:id="rId3"/></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent>"
        + field(' HYPERLINK "https://www.uwv.nl"', result="UWV")
        + field(" = ", "2 * 3 ")
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText>'
        + '<w:fldChar w:fldCharType="separate"/></w:r>'
        + field(" PAGEREF a ")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + p("Link naar de bijlage")
        + '<w:fldSimple w:instr=" PAGE "/><w:del><w:r><w:delInstrText>TOC</w:delInstrText></w:r>'
        "</w:del>"
    )
    schema = '<ct:x xmlns:ct="urn:sharepoint" src="http://x"><control href="http://x"/></ct:x>'
    return word(
        body,
        relations=relation("hyperlink", "https://www.uwv.nl", "External")
        + relation("hyperlink", "c:\\werk\\brief.docx", "External")
        + relation("customXml", "../customXml/item1.xml")
        + relation("attachedTemplate", "file:///C:\\Sjablonen\\Huisstijl.dotx", "External"),
        extra={
            "word/comments.xml": f"<w:comments {W}/>",
            "word/commentsExtended.xml": '<w15:x xmlns:w15="urn:w15"/>',
            "word/people.xml": '<w15:people xmlns:w15="urn:w15"/>',
            "customXml/item1.xml": schema,
            "docProps/thumbnail.jpeg": b"\xff\xd8\xff\xe0",
            "word/fonts/font1.odttf": bytes(range(256)),
            "word/media/image1.svg": f'<svg {SVG}><use xlink:href="#a"/></svg>',
            "word/": b"",
        },
    )


def like_google_docs() -> bytes:
    """What Google Docs saves: no properties, one long line, a font table, numbered parts."""
    return word(
        '<w:p w:rsidR="00000000"><w:pPr><w:rPr/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/></w:rPr>'
        '<w:t xml:space="preserve">Tekst </w:t></w:r></w:p>',
        extra={
            "word/fontTable.xml": f'<?xml version="1.0" standalone="yes"?><w:fonts {W}/>',
            "word/theme/theme1.xml": f"<a:theme {A}/>",
        },
    )
