"""What nobody sees in a PDF: it does not come along, and what is seen stays as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from conftest import ROOT
from hostile_paper import Change, add_page, changed, helvetica, rendered, texts
from wvp_docs.pdf.intake import take_in

SECRET = b"Geheim-0123456789"


def everything(content: bytes) -> bytes:
    """Return all that is in the file, unpacked."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return b"\n".join(
            one.unparse(resolved=True) + (one.read_bytes() if isinstance(one, Stream) else b"")
            for one in pdf.objects
            if isinstance(one, Object)
        )


def says_nothing(change: Change, pages: int = 1) -> tuple[str, ...]:
    """Take in a paper with the secret in it; return what is said when it is gone, and only it."""
    content = changed(change, pages)
    taken = take_in(content, "a.pdf")

    assert SECRET in everything(content)
    assert SECRET not in everything(taken.pdf)
    for page in range(taken.pages):
        assert rendered(taken.pdf, page).tobytes() == rendered(content, page).tobytes()
    return taken.said


def secret(pdf: Pdf, **keys: object) -> Stream:
    return pdf.make_stream(b"BT /F1 12 Tf (%b) Tj ET" % SECRET, **keys)


def drawing(pdf: Pdf, content: bytes = b"", **keys: object) -> Stream:
    """Return a form; the secret one, if it has no content of its own."""
    says = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 600, 850])} | keys
    return pdf.make_stream(content, **says) if content else secret(pdf, **says)


def picture(pdf: Pdf, **keys: object) -> Stream:
    says = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 2, "Height": 2}
    says |= {"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8} | keys
    return pdf.make_stream(bytes(range(0, 240, 20)), **says)


# A page that was taken out


def taken_out(pdf: Pdf) -> Object:
    """Take out the second of two pages, which have one list of what they draw; return it."""
    gone = pdf.pages[1].obj
    gone.Contents = pdf.make_stream(b"/Scan Do")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Scan=drawing(pdf))
    gone.Resources = pdf.pages[0].obj.Resources = pdf.make_indirect(pdf.pages[0].obj.Resources)
    del pdf.pages[1]
    return gone


def listed(pdf: Pdf) -> None:
    taken_out(pdf)


def linked(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Border=[0, 0, 0])
    link.Dest = Array([taken_out(pdf), Name.Fit])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def named(pdf: Pdf) -> None:
    place = Array([taken_out(pdf), Name.Fit])
    names = Array([String("a"), place, String("b"), Dictionary(D=place)])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=names))
    pdf.Root.Dests = Dictionary(oud=place)


def in_the_outline(pdf: Pdf) -> None:
    gone = taken_out(pdf)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Eerste", 0))
        outline.root.append(pikepdf.OutlineItem(SECRET.decode(), 0))
    pdf.Root.Outlines.Last.Dest = Array([gone, Name.Fit])


def in_the_structure(pdf: Pdf) -> None:
    """Leave what a screen reader says of the page: in a tree, and in the list by its number."""
    gone = taken_out(pdf)
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC BT /F1 9 Tf (Tekst) Tj ET EMC")
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    parts = [
        pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree, K=0, Pg=on, Alt=words))
        for on, words in ((page, "blijft"), (gone, SECRET))
    ]
    page.StructParents, gone.StructParents = 0, 1
    tree.K = Array(parts)
    tree.ParentTree = Dictionary(Nums=Array([0, Array(parts[:1]), 1, Array(parts[1:])]))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


@pytest.mark.parametrize("change", [listed, linked, named, in_the_outline, in_the_structure])
def test_a_page_that_was_taken_out_is_not_in_the_file(change: Change):
    assert says_nothing(change, pages=2) == ()


def test_the_structure_of_what_is_drawn_stays():
    taken = take_in(changed(in_the_structure, 2), "a.pdf")

    with pikepdf.open(io.BytesIO(taken.pdf)) as pdf:
        (part,) = pdf.Root.StructTreeRoot.K
        assert (str(part.Alt), list(part.K)) == ("blijft", [0])
        assert part.Pg.objgen == pdf.pages[0].obj.objgen
        assert pdf.Root.StructTreeRoot.ParentTree.Nums[1][0].objgen == part.objgen


# What is listed and not drawn


def in_a_form(pdf: Pdf) -> None:
    """Draw a form that shares the list of the page, which has more than they draw."""
    page = pdf.pages[0]
    inner = drawing(pdf, b"1 0 0 rg 9 9 50 50 re f")
    page.obj.Resources.XObject = Dictionary(Inner=inner, Not=drawing(pdf))
    page.obj.Resources = pdf.make_indirect(page.obj.Resources)
    outer = drawing(pdf, b"/Inner Do", Resources=page.obj.Resources)
    page.obj.Resources.XObject.Outer = outer
    page.contents_add(b"/Outer Do")


def in_a_form_without_a_list(pdf: Pdf) -> None:
    """Draw a form that uses the list of the page."""
    page = pdf.pages[0]
    outer = drawing(pdf, b"BT /F1 30 Tf 60 300 Td (Vorm) Tj ET /Inner Do")
    inner = drawing(pdf, b"1 0 0 rg 9 9 50 50 re f")
    page.obj.Resources.XObject = Dictionary(Outer=outer, Inner=inner, Not=drawing(pdf))
    page.contents_add(b"/Outer Do")


def in_a_pattern(pdf: Pdf) -> None:
    page = pdf.pages[0]
    keys = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}
    tile = drawing(pdf, b"1 0 0 rg 0 0 5 5 re f /Seen Do", **keys)
    tile.Resources = Dictionary(XObject=Dictionary(Seen=picture(pdf), Not=drawing(pdf)))
    page.obj.Resources.Pattern = Dictionary(P=tile, Not=drawing(pdf, **keys))
    page.contents_add(b"/Pattern cs /P scn 60 60 200 200 re f")


def in_a_soft_mask(pdf: Pdf) -> None:
    page = pdf.pages[0]
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    grey = drawing(pdf, b"0.5 g 60 60 100 100 re f", Group=group)
    grey.Resources = Dictionary(XObject=Dictionary(Not=drawing(pdf)))
    states = [
        Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
        for mask in (grey, drawing(pdf, Group=group))
    ]
    page.obj.Resources.ExtGState = Dictionary(G=states[0], Not=states[1])
    page.contents_add(b"/G gs 1 0 0 rg 60 60 200 200 re f")


def in_a_glyph(pdf: Pdf) -> None:
    page = pdf.pages[0]
    glyph = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f /Seen Do")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 750, 750])
    font.FontMatrix, font.FirstChar, font.LastChar = [0.001, 0, 0, 0.001, 0, 0], 97, 97
    font.Widths, font.CharProcs = [1000], Dictionary(square=glyph)
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=[97, Name.square])
    seen = drawing(pdf, b"0 0 300 900 re f")
    font.Resources = Dictionary(XObject=Dictionary(Seen=seen, Not=drawing(pdf)))
    page.obj.Resources.Font.T3 = pdf.make_indirect(font)
    page.contents_add(b"BT /T3 60 Tf 60 500 Td (aa) Tj ET")


def in_a_comment(pdf: Pdf) -> None:
    """Draw a note with a font of the page, in one of two states."""
    pdf.pages[0].obj.Resources.Font.F2 = helvetica(pdf)
    on = drawing(pdf, b"BT /F2 12 Tf 9 9 Td (Stempel) Tj ET")
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 60, 660, 910], F=4)
    note.AP = Dictionary(N=Dictionary(On=on, Off=drawing(pdf)), R=drawing(pdf), D=drawing(pdf))
    note.AS = Name.On
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    "change",
    [in_a_form, in_a_form_without_a_list, in_a_pattern, in_a_soft_mask, in_a_glyph, in_a_comment],
)
def test_what_is_listed_and_not_drawn_is_not_in_the_file(change: Change):
    says_nothing(change)


@pytest.mark.filterwarnings("error")
def test_content_that_breaks_off_keeps_what_it_names():
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture(pdf), Not=drawing(pdf))
        pdf.pages[0].contents_add(b"q 100 0 0 100 60 60 cm /Im Do Q (breekt af")

    assert says_nothing(change) == ()


# Layers


def hidden_layer(pdf: Pdf) -> None:
    """Hide a form, and text with words that only a screen reader says."""
    page = pdf.pages[0]
    off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET.decode())))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(OFF=Array([off])))
    page.obj.Resources.XObject = Dictionary(Fm=drawing(pdf, OC=off))
    page.obj.Resources.Properties = Dictionary(MC0=off)
    words = b"/Span <</MCID 0 /ActualText (%b)>> BDC BT /F1 12 Tf (x) Tj ET EMC" % SECRET
    page.contents_add(b"/Fm Do /OC /MC0 BDC %b EMC" % words)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    part = Dictionary(Type=Name.StructElem, S=Name.P, P=tree, K=0, Pg=page.obj, Alt=SECRET)
    tree.K = Array([pdf.make_indirect(part)])
    pdf.Root.StructTreeRoot = tree


def test_a_hidden_layer_that_is_said_to_be_gone_is_gone():
    assert says_nothing(hidden_layer) == ("Er zaten verborgen lagen in. Die zijn weggelaten.",)


# What may stay is listed


class Place(NamedTuple):
    """Where a program can leave something: the keys that lead there."""

    name: str
    holder: Callable[[Pdf], Object]


def drawn_picture(pdf: Pdf) -> Object:
    page = pdf.pages[0]
    if "/XObject" not in page.obj.Resources:
        page.obj.Resources.XObject = Dictionary(Im=picture(pdf))
        page.contents_add(b"q 90 0 0 90 60 60 cm /Im Do Q")
    return page.obj.Resources.XObject.Im


def link(pdf: Pdf) -> Object:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Border=[0, 0, 0])
    note.A = Dictionary(S=Name.URI, URI=String("https://uwv.example/"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    return pdf.pages[0].obj.Annots[0]


HOLDERS = [
    Place("trailer", lambda pdf: pdf.trailer),
    Place("tree", lambda pdf: pdf.Root.Pages),
    Place("page", lambda pdf: pdf.pages[0].obj),
    Place("resources", lambda pdf: pdf.pages[0].obj.Resources),
    Place("font", lambda pdf: pdf.pages[0].obj.Resources.Font.F1),
    Place("picture", drawn_picture),
    Place("content", lambda pdf: pdf.pages[0].obj.Contents),
    Place("link", link),
    Place("action", lambda pdf: link(pdf).A),
]
KEYS = ["Thumb", "Metadata", "PieceInfo", "Junk", "VP", "Alternates", "OPI", "AF", "Ref", "OC"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("place", HOLDERS, ids=lambda place: place.name)
def test_what_no_reader_sees_does_not_come_along(place: Place, key: str):
    def change(pdf: Pdf) -> None:
        below = Dictionary(Image=secret(pdf), Words=String(SECRET.decode()))
        place.holder(pdf)[f"/{key}"] = pdf.make_indirect(below)

    says_nothing(change)


@pytest.mark.parametrize("key", ["Name", "MediaBox", "Type", "Rotate", "Tabs"])
def test_a_key_that_may_stay_holds_only_what_it_may(key: str):
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Tabs = Name.S
        pdf.pages[0].obj.Resources.Font.F1[f"/{key}"] = secret(pdf)

    says_nothing(change)


@pytest.mark.parametrize("flag", [1 << 1, 1 << 5, 1 << 1 | 1 << 2])
def test_a_comment_that_is_hidden_goes_and_is_said(flag: int):
    def change(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[60, 600, 80, 620], F=flag)
        note.Contents = String(SECRET.decode())
        note = pdf.make_indirect(note)
        window = Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=[0, 0, 9, 9], Parent=note)
        note.Popup = pdf.make_indirect(window)
        pdf.pages[0].obj.Annots = Array([note, note.Popup])

    assert says_nothing(change) == ("Er zaten verborgen opmerkingen in. Die zijn weggelaten.",)


def colourful(pdf: Pdf) -> None:
    """Draw with every means that a page has."""
    in_a_form_without_a_list(pdf)
    in_a_pattern(pdf)
    in_a_glyph(pdf)
    page = pdf.pages[0]
    half = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 0.2, 0], N=1)
    both = Dictionary(FunctionType=3, Domain=[0, 1], Functions=[half, half], Bounds=[0.5])
    both.Encode = [0, 1, 1, 0]
    ramp = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[300, 0, 500, 0])
    ramp.Function = both
    tint = pdf.make_stream(b"{ dup 0.3 mul exch 0 }", FunctionType=4)
    tint.Domain, tint.Range = [0, 1], [0, 1, 0, 1, 0, 1]
    spot = Array([Name.Separation, Name.Inkt, Name.DeviceRGB, tint])
    few = Array([Name.Indexed, Name.DeviceRGB, 1, pdf.make_stream(b"\xff\0\0\0\0\xff")])
    words = Array([Name.Indexed, Name.DeviceRGB, 1, String("\xff\x7f\x01abc")])
    page.obj.Resources.ColorSpace = Dictionary(Spot=spot, Few=few, Words=words)
    page.obj.Resources.Shading = Dictionary(Ramp=ramp)
    page.obj.Resources.ExtGState = Dictionary(Half=Dictionary(ca=0.5, BM=Name.Multiply))
    mask = picture(pdf, ColorSpace=Name.DeviceGray, Width=4, Height=3)
    drawn = page.obj.Resources.XObject
    drawn.Im, drawn.Keyed = picture(pdf, SMask=mask), picture(pdf, Mask=[0, 60, 0, 60, 0, 60])
    drawn.Few = picture(pdf, ColorSpace=few, BitsPerComponent=1)
    page.contents_add(
        b"q 300 300 200 200 re W n /Ramp sh Q q /Half gs /Spot cs 0.7 scn 250 250 200 200 re f Q "
        b"q 90 0 0 90 400 60 cm /Im Do Q q 90 0 0 90 300 60 cm /Keyed Do Q "
        b"q 90 0 0 90 400 600 cm /Few Do Q "
        b"q 90 0 0 90 300 600 cm BI /W 8 /H 1 /BPC 1 /CS /Words ID \xaa EI Q"
    )


def test_all_that_a_page_can_draw_with_looks_the_same():
    says_nothing(colourful)


def test_the_papers_of_the_example_look_the_same():
    for file in sorted((ROOT / "examples").rglob("*.pdf")):
        content = file.read_bytes()
        taken = take_in(content, file.name)

        assert texts(taken.pdf) == texts(content)
        for page in range(taken.pages):
            assert rendered(taken.pdf, page).tobytes() == rendered(content, page).tobytes()


def test_a_page_that_lists_nothing_stays():
    def change(pdf: Pdf) -> None:
        del add_page(pdf, "x").obj.Resources

    assert take_in(changed(change), "a.pdf").pages == 2
