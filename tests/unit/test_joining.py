"""Joining: whatever is on a page arrives whole, and what is not on a page stays behind."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageChops

from bundles import converted_text, pictures
from wvp_docs.pdf.document import to_bytes
from wvp_docs.pdf.joining import Joined


def joined(*sources: Pdf) -> Pdf:
    whole = Joined()
    for source in sources:
        written = io.BytesIO()
        source.save(written)
        with pikepdf.open(written) as reopened:
            whole.add(reopened)
    return whole.open()


def page_of(pdf: Pdf) -> pikepdf.Object:
    pdf.add_blank_page(page_size=(200, 300))
    return pdf.pages[-1].obj


@pytest.mark.parametrize(
    "text",
    [
        b"artikel 12 0 R en (12 0 R)",
        rb"\) 5 0 R \( ",
        b"\\",
        b"<< 1 0 R >>",
        bytes(range(256)),
        b"",
    ],
)
def test_a_text_that_looks_like_a_reference_is_left_alone(text: bytes):
    with Pdf.new() as first, Pdf.new() as second:
        page_of(first)
        page_of(second).Note = Dictionary({"/Says": String(text), "/12 0 R(": Name("/a(3 0 R")})
        with joined(first, second) as whole:
            found = whole.pages[1].obj.Note

    assert bytes(found.Says) == text
    assert found["/12 0 R("] == Name("/a(3 0 R")


def test_what_two_pages_share_is_shared_after_that_and_loops_end():
    with Pdf.new() as source:
        shared = source.make_indirect(Dictionary(Loop=None))
        shared.Loop = shared
        for _ in range(2):
            page_of(source).Shared = shared
        with joined(source, source) as whole:
            found = [page.obj.Shared.objgen for page in whole.pages]

    assert found[0] == found[1] != found[2] == found[3]


def test_numbers_and_streams_arrive_to_the_last_digit_and_byte():
    data = bytes(range(256)) * 500
    with Pdf.new() as source:
        page = page_of(source)
        page.Many = Array([1, -2, pikepdf.Object.parse(b"3.140"), True, None, Name("/x y")])
        page.Data = source.make_stream(data, Key=String("é"))
        with joined(source) as whole:
            page = whole.pages[0].obj
            assert page.Many.unparse() == b"[ 1 -2 3.140 true null /x#20y ]"
            assert page.Data.read_bytes() == data
            assert str(page.Data.Key) == "é"


def test_the_structure_the_form_and_the_rest_of_the_document_stay_behind():
    with pikepdf.open(io.BytesIO(converted_text("Kop"))) as source:
        assert "/StructTreeRoot" in source.Root
        with joined(source) as whole:
            kinds = {
                str(item.get("/Type", "")) for item in whole.objects if isinstance(item, Dictionary)
            }
            assert not kinds & {"/StructTreeRoot", "/StructElem", "/Outlines"}
            assert "/StructParents" not in whole.pages[0].obj


def test_a_document_that_was_locked_against_changes_arrives_open():
    locked = io.BytesIO()
    with Pdf.new() as source:
        page_of(source).Data = source.make_stream(b"inhoud", Key=String("sleutel"))
        source.save(locked, encryption=pikepdf.Encryption(owner="eigenaar", user=""))
    whole = Joined()
    with pikepdf.open(locked) as source:
        whole.add(source)

    with whole.open() as found:
        assert not found.is_encrypted
        assert found.pages[0].obj.Data.read_bytes() == b"inhoud"
        assert str(found.pages[0].obj.Data.Key) == "sleutel"


@pytest.mark.parametrize("engine", ["rdocx", pytest.param("libreoffice", marks=pytest.mark.engine)])
def test_a_page_looks_the_same_as_before(engine: str):
    before = converted_text("Een kop", engine)
    with pikepdf.open(io.BytesIO(before)) as source, joined(source) as whole:
        after = to_bytes(whole)

    for one, other in zip(pictures(before), pictures(after), strict=True):
        assert ImageChops.difference(one, other).getbbox() is None


def test_pages_that_inherit_their_size_and_means_keep_them():
    with Pdf.new() as source:
        page = page_of(source)
        tree = source.Root.Pages
        tree.MediaBox, tree.Rotate = [0, 0, 400, 500], 90
        tree.Resources = Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font)))
        for key in ("/MediaBox", "/Resources"):
            del page[key]
        with joined(source) as whole:
            found = whole.pages[0].obj
            assert [int(edge) for edge in found.MediaBox] == [0, 0, 400, 500]
            assert (found.Rotate, "/F1" in found.Resources.Font) == (90, True)


def written_by_hand(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; a library would not write all of them so."""
    text, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(text))
        text += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return text + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(text)


def test_a_number_may_be_an_object_of_its_own():
    source = written_by_hand(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 4 0 R 842] /Rotate 5 0 R /UserUnit 6 0 R "
        b"/Yes 7 0 R /Says 8 0 R >>",
        b"595",
        b"90",
        b"1.5",
        b"true",
        rb"(a 3 0 R \(b)",
    )
    whole = Joined()
    with pikepdf.open(io.BytesIO(source)) as opened:
        whole.add(opened)

    with whole.open() as made:
        page = made.pages[0].obj
        assert [float(edge) for edge in page.MediaBox] == [0, 0, 595, 842]
        assert (page.Rotate, float(page.UserUnit), page.Yes) == (90, 1.5, True)
        assert str(page.Says) == "a 3 0 R (b"
