"""Files as strangers send them, made on the spot: text, forms, traps, damage and photos."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import SimpleSigner, fields, signers, timestamps

from wvp_docs.pdf.intake import Taken, UnusableError, take_in

A4 = (595, 842)
Change = Callable[[Pdf], None]
DA = "/Helv 12 Tf 0 g"


def helvetica(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )


def written(pdf: Pdf, **how: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **{"static_id": True} | how)
    return target.getvalue()


def add_page(pdf: Pdf, text: str, size: tuple[float, float] = A4) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
    page.obj.Contents = pdf.make_stream(
        f"BT /F1 14 Tf 60 {size[1] - 80} Td ({text}) Tj ET".encode()
    )
    return page


def new(pages: int = 1) -> Pdf:
    pdf = Pdf.new()
    for number in range(1, pages + 1):
        add_page(pdf, f"Bladzijde {number}")
    return pdf


def plain(pages: int = 1, **how: object) -> bytes:
    with new(pages) as pdf:
        return written(pdf, **how)


def add_field(pdf: Pdf, top: float, high: float = 20, **field: object) -> Dictionary:
    """Add a field at so many points from the bottom; to a form that has no pictures of values."""
    page = pdf.pages[0].obj
    widget = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[60, top, 400, top + high], F=4)
    )
    for key, value in field.items():
        widget[f"/{key}"] = value
    page.Annots = Array([*page.get("/Annots", ()), widget])
    if "/AcroForm" not in pdf.Root:
        fonts = Dictionary(Helv=helvetica(pdf))
        pdf.Root.AcroForm = Dictionary(Fields=Array(), DR=Dictionary(Font=fonts), DA=String(DA))
    pdf.Root.AcroForm.Fields.append(widget)
    return widget


def form(name: str, value: str, *, needs: bool = True) -> bytes:
    """Return a form with one text field that leaves the drawing to the reader program."""
    with new() as pdf:
        add_field(pdf, 600, FT=Name.Tx, T=String(name), V=String(value), DA=String(DA))
        pdf.Root.AcroForm.NeedAppearances = needs
        return written(pdf)


def signer() -> SimpleSigner:
    """Return the key and the certificate of nobody."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Proefpersoon")])
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"proef", key, certificate, None, serialization.NoEncryption()
    )
    return SimpleSigner.load_pkcs12_data(packed, [], None)


def signed(content: bytes, *, certify: bool = False, field: str = "Handtekening") -> bytes:
    """Return the PDF with the digital signature of nobody."""
    about = signers.PdfSignatureMetadata(field_name=field, certify=certify)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return signers.sign_pdf(writer, about, signer()).getvalue()


def stamped(content: bytes) -> bytes:
    """Return the PDF with a time stamp behind it."""
    one = signer()
    clock = timestamps.DummyTimeStamper(one.signing_cert, one.signing_key)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return signers.PdfTimeStamper(clock).timestamp_pdf(writer, "sha256").getvalue()


def unsigned_field(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    fields.append_signature_field(writer, fields.SigFieldSpec("Leeg", box=(60, 60, 260, 120)))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def bomb(size: int) -> bytes:
    """Return a PDF of which the page unpacks to so many bytes, packed twice."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    once = b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])
    with new() as pdf:
        stream = pdf.make_stream(b"")
        stream.write(zlib.compress(once, 9), filter=[Name.FlateDecode, Name.FlateDecode])
        pdf.pages[0].obj.Contents = stream
        return written(pdf, compress_streams=False)


def photo(size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Return a picture of which every corner has a colour of its own."""
    corners = Image.new("RGB", (2, 2))
    corners.putdata([(220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 230, 30)])
    return corners.resize(size, Image.Resampling.NEAREST)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **how)
    return target.getvalue()


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def rendered(pdf: bytes, page: int = 0, dpi: float = 72) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("RGB")


def changed(change: Change, pages: int = 1) -> bytes:
    with new(pages) as pdf:
        change(pdf)
        return written(pdf)


def on_link(**action: object) -> Change:
    def change(pdf: Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 700, 200, 720])
        link.A = Dictionary(**action)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])

    return change


def in_chain(pdf: Pdf) -> None:
    after = Array([Dictionary(S=Name.JavaScript, JS=String("x()"))])
    on_link(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=after)(pdf)


def in_outline(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Start", 0))
    del pdf.Root.Outlines.First.Dest
    pdf.Root.Outlines.First.A = Dictionary(S=Name.Launch, F=String("calc.exe"))


def layered(base: str = "ON") -> bytes:
    """Return a page with words on a layer that is seen, on one that is not, and on both."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(x))) for x in "ab")
        setting = Dictionary(BaseState=Name(f"/{base}"), ON=Array([on]), OFF=Array([off]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=setting)
        either = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name.AllOn)
        page.obj.Resources.Properties = Dictionary(MC0=on, MC1=off, MC2=either)
        stamp = pdf.make_stream(b"BT /F1 12 Tf 60 300 Td (Plaatje) Tj ET")
        stamp.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842]))
        stamp.Resources, stamp.OC = page.obj.Resources, off
        page.obj.Resources.XObject = Dictionary(Fm=stamp)
        parts = [
            b"/OC /MC%d BDC BT /F1 12 Tf 60 %d Td (%s) Tj ET EMC" % (n, 700 - 40 * n, word)
            for n, word in enumerate((b"Zichtbaar", b"Verborgen", b"Samen"))
        ]
        page.contents_add(
            b"\n".join([*parts, b"q 1 0 0 rg /OC /MC1 BDC 9 9 90 90 re f EMC Q /Fm Do"])
        )

    return changed(change)


def opened(taken: Taken) -> Pdf:
    return pikepdf.open(io.BytesIO(taken.pdf))


def refused(content: bytes, name: str = "stuk.pdf", passwords: tuple[str, ...] = ()) -> str:
    with pytest.raises(UnusableError) as caught:
        take_in(content, name, passwords)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    return f"{caught.value.message} {caught.value.hint}"
