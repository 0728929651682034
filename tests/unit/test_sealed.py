"""A digitally signed file goes along untouched, or not at all when it holds more than it shows."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from pyhanko.pdf_utils.generic import NameObject, NumberObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from hostile_paper import Change, add_page, changed, form, layered, plain, refused, signed, stamped
from wvp_docs.pdf.intake import take_in

LOOSE = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}


def updated(content: bytes) -> IncrementalPdfFileWriter:
    """Return what writes a new version behind the old one, as most programs save."""
    return IncrementalPdfFileWriter(io.BytesIO(content))


def saved(writer: IncrementalPdfFileWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def with_box(content: bytes, name: str = "Leeg") -> bytes:
    writer = updated(content)
    spec = fields.SigFieldSpec(name, box=(60, 60, 260, 120))
    fields.append_signature_field(writer, spec)
    return saved(writer)


def without_page(content: bytes) -> bytes:
    """Take the second page off; it stays in the file."""
    writer = updated(content)
    pages = writer.root["/Pages"]
    pages["/Kids"].pop(1)
    pages[NameObject("/Count")] = NumberObject(1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)
    return saved(writer)


def with_other_text(content: bytes) -> bytes:
    writer = updated(content)
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"]._data = b"BT /F1 14 Tf 60 700 Td (Iets anders) Tj ET"
    page["/Contents"]._encoded_data = None
    writer.update_container(page["/Contents"])
    return saved(writer)


def filled_in(content: bytes) -> bytes:
    writer = updated(content)
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[NameObject("/V")] = pdf_string("Nieuwe waarde")
    writer.update_container(field)
    return saved(writer)


# What stays accepted


@pytest.mark.parametrize(
    "content",
    [
        plain(3, **LOOSE),
        plain(3, linearize=True),
        with_box(plain(2)),
        filled_in(form("naam", "Oude waarde")),
        with_box(filled_in(form("naam", "", needs=False))),
    ],
    ids=["plain", "for the web", "a box to sign", "filled in", "filled in, with a box"],
)
def test_a_version_of_the_same_pages_is_no_reason_to_refuse(content: bytes):
    sealed = signed(content)
    taken = take_in(sealed, "getekend.pdf")

    assert (taken.pdf, taken.signed, len(taken.said)) == (sealed, True, 1)


@pytest.mark.parametrize("times", [2, 3])
def test_more_than_one_may_sign(times: int):
    sealed = plain(2)
    for number in range(times):
        sealed = signed(with_box(sealed, f"Vak{number}"), field=f"Naam{number}")

    assert take_in(sealed, "getekend.pdf").pdf == sealed


def test_a_time_stamp_behind_a_signature_may_stay():
    sealed = stamped(signed(plain(2)))

    assert take_in(sealed, "getekend.pdf").pdf == sealed


def test_a_page_that_was_added_before_signing_is_seen_and_may_stay():
    def change(pdf: Pdf) -> None:
        on = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("aan")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([on]), D=Dictionary(ON=Array([on])))
        add_page(pdf, "Nog een")

    assert take_in(signed(changed(change)), "getekend.pdf").pages == 2


# What is refused


@pytest.mark.parametrize("change", [without_page, with_other_text])
def test_an_earlier_version_with_other_pages_is_refused(change: object):
    content = signed(change(plain(2, **LOOSE)))

    assert "een eerdere versie met andere bladzijden" in refused(content)


def test_an_earlier_version_is_found_behind_another_signature():
    content = signed(signed(without_page(plain(2, **LOOSE))), field="Tweede")

    assert "een eerdere versie met andere bladzijden" in refused(content)


def template(pdf: Pdf) -> None:
    gone = add_page(pdf, "Diagnose").obj
    del pdf.pages[1]
    gone.Type = Name.Template
    pdf.Root.Names = Dictionary(Templates=Dictionary(Names=Array([String("t"), gone])))


def dangling(pdf: Pdf) -> None:
    gone = add_page(pdf, "Diagnose").obj
    del pdf.pages[1]
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=Array([gone]))
    pdf.pages[0].obj.Annots = Array([link])


def undrawn(pdf: Pdf) -> None:
    scan = Stream(pdf, b"BT (Diagnose) Tj ET", Type=Name.XObject, Subtype=Name.Form)
    scan.BBox = [0, 0, 9, 9]
    pdf.pages[0].obj.Resources.XObject = Dictionary(Scan=scan)


def hidden_comment(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=2)
    note.Contents = String("Diagnose")
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed(template), "een bladzijde die geen deel van het stuk is"),
        (changed(dangling), "een bladzijde die geen deel van het stuk is"),
        (changed(undrawn), "een plaatje of tekst van een andere bladzijde"),
        (changed(hidden_comment), "verborgen opmerkingen"),
        (layered(), "een verborgen laag"),
    ],
    ids=["template", "dangling page", "not drawn", "hidden comment", "hidden layer"],
)
def test_what_no_page_shows_cannot_be_taken_out_so_the_file_is_refused(content: bytes, said: str):
    sentence = refused(signed(content))

    assert said in sentence
    assert "druk het af naar PDF" in sentence


@pytest.mark.parametrize("change", [template, undrawn, hidden_comment])
def test_what_an_earlier_version_holds_is_refused_too(change: Change):
    with pikepdf.open(io.BytesIO(changed(change))) as pdf:
        target = io.BytesIO()
        pdf.save(target, **LOOSE)
    writer = updated(target.getvalue())
    if "/Names" in writer.root:
        del writer.root["/Names"]
        writer.update_root()
    else:
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Resources"].pop("/XObject", None)
        page.pop("/Annots", None)
        writer.update_container(page)

    assert "niemand op de bladzijden ziet" in refused(signed(saved(writer)))


@pytest.mark.parametrize(("before", "after"), [(b"Diagnose\n", b""), (b"", b"\nDiagnose")])
def test_what_stands_before_or_behind_the_file_is_refused(before: bytes, after: bytes):
    assert "voor het begin of na het einde" in refused(before + signed(plain()) + after)


def test_blanks_behind_the_file_may_stay():
    sealed = signed(plain()) + b"\r\n\0\0"

    assert take_in(sealed, "getekend.pdf").pdf == sealed


def test_more_versions_than_anybody_saves_are_not_opened_one_by_one():
    def change(pdf: Pdf) -> None:
        pdf.Root.Rest = pdf.make_stream(b"startxref 9 %%EOF\n" * 101)

    with pikepdf.open(io.BytesIO(changed(change))) as pdf:
        target = io.BytesIO()
        decoded = pikepdf.StreamDecodeLevel.generalized
        pdf.save(target, compress_streams=False, stream_decode_level=decoded)

    assert "meer dan 100 eerdere versies" in refused(signed(target.getvalue()))
