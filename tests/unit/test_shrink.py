"""Shrinking: the mildest step that fits, pictures only, and never past what can be read."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from hostile_paper import add_page, new, photo, rendered, saved, texts, written
from wvp_docs.pdf.intake import take_in
from wvp_docs.pdf.shrinking import shrink

A4 = (595, 842)


def grain(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return a picture that packs badly, as a photo does, with a black cross to look at."""
    noise = Image.effect_noise(size, 60)
    image = noise if mode == "L" else Image.merge("RGB", (noise, noise.rotate(180), noise))
    draw = ImageDraw.Draw(image)
    wide, high = size
    draw.rectangle((wide * 0.45, 0, wide * 0.55, high), fill=0)
    draw.rectangle((0, high * 0.45, wide, high * 0.55), fill=0)
    return image


def place(pdf: Pdf, picture: Stream, inches: float, *, page: pikepdf.Page | None = None) -> None:
    """Print the picture on a page with text, so many inches wide and high."""
    page = page or add_page(pdf, "Tekst op de scan")
    name = page.add_resource(picture, Name.XObject)
    size = inches * 72
    page.contents_add(f"q {size} 0 0 {size} 40 40 cm {name} Do Q".encode())


def picture_of(pdf: Pdf, image: Image.Image, colours: Name = Name.DeviceRGB) -> Stream:
    """Return a picture as it comes from a scanner that does not pack it well."""
    stream = pdf.make_stream(image.tobytes())
    bits = 1 if image.mode == "1" else 8
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, ColorSpace=colours))
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, bits
    return stream


def jpeg_of(pdf: Pdf, image: Image.Image, colours: Name = Name.DeviceRGB) -> Stream:
    stream = picture_of(pdf, image, colours)
    stream.write(saved(image, "JPEG", quality=95, subsampling=0), filter=Name.DCTDecode)
    return stream


def scan(pixels: int, inches: float = 7, pages: int = 1) -> bytes:
    with Pdf.new() as pdf:
        for _ in range(pages):
            image = ImageChops.offset(grain((pixels, pixels)), len(pdf.pages), 0)
            place(pdf, jpeg_of(pdf, image), inches)
        return written(pdf)


@contextmanager
def pictures(pdf: bytes) -> Iterator[list[Stream]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [one for page in document.pages for one in page.get_images().values()]
        yield [one.obj if isinstance(one, pikepdf.PdfImage) else one for one in found]


def difference(one: bytes, other: bytes) -> float:
    """Return how much two first pages differ to the eye, from 0 to 255."""
    apart = ImageChops.difference(rendered(one, dpi=40), rendered(other, dpi=40))
    return max(ImageStat.Stat(apart).mean)


def test_what_fits_is_not_touched():
    content = scan(300)
    made = shrink(content, len(content))

    assert made is not None
    assert (made.pdf, made.dpi) == (content, 0)


@pytest.fixture(scope="module")
def large() -> bytes:
    return scan(2600, inches=7.5, pages=4)


@pytest.mark.engine
def test_a_scan_of_thirty_megabytes_fits_the_portal_with_its_text(large: bytes, tmp_path: Path):
    assert len(large) > 30_000_000
    made = shrink(large, 10_000_000)

    assert made is not None
    assert len(made.pdf) <= 10_000_000
    assert 100 <= made.dpi < 347
    assert texts(made.pdf) == texts(large)
    assert difference(made.pdf, large) < 12
    (tmp_path / "klein.pdf").write_bytes(made.pdf)
    subprocess.run(["qpdf", "--check", tmp_path / "klein.pdf"], check=True, capture_output=True)


def test_no_more_is_given_up_than_it_takes():
    content = scan(1400, inches=4)
    mild, strong = (shrink(content, len(content) * share // 60) for share in (36, 5))

    assert mild is not None
    assert strong is not None
    assert mild.dpi > strong.dpi >= 100
    assert len(mild.pdf) > len(strong.pdf)


def test_the_same_file_gives_the_same_bytes():
    content = scan(900)

    assert shrink(content, len(content) // 3) == shrink(content, len(content) // 3)


def test_waste_goes_first_and_costs_nothing():
    with Pdf.new() as pdf:
        image = grain((700, 700))
        for _ in range(5):
            place(pdf, jpeg_of(pdf, image), 6)
        pdf.make_indirect(Dictionary(Nooit=pikepdf.String("gebruikt")))
        content = written(pdf, compress_streams=False)
    made = shrink(content, len(content) // 4)

    assert made is not None
    assert made.dpi == 0
    assert difference(made.pdf, content) == 0


def test_text_and_lines_are_never_turned_into_a_picture():
    with new() as pdf:
        drawing = "".join(f"{n * 7919 % 595} {n * 104729 % 842} l " for n in range(60_000))
        pdf.pages[0].contents_add(f"0 0 m {drawing} S".encode())
        content = written(pdf)
    assert len(content) > 100_000

    assert shrink(content, 50_000) is None


def test_what_could_no_longer_be_read_is_not_made():
    content = scan(700, inches=7)

    assert shrink(content, 5_000) is None


def test_a_picture_is_never_less_sharp_than_small_print_needs():
    content = scan(1050, inches=3.5)
    limit, made = len(content), None
    while smaller := shrink(content, limit):
        limit, made = min(limit * 2 // 3, len(smaller.pdf) - 1), smaller

    assert made is not None
    assert made.dpi == 100
    with pictures(made.pdf) as (picture,):
        assert int(picture.Width) == pytest.approx(350, abs=2)


def test_sharpness_counts_where_the_picture_is_printed_largest_also_within_a_form():
    with Pdf.new() as pdf:
        picture = jpeg_of(pdf, grain((1400, 1400)))
        place(pdf, picture, 1)
        form = pdf.make_stream(b"q 3.5 0 0 3.5 0 0 cm /Im Do Q")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        form.Matrix = Array([72, 0, 0, 72, 0, 0])
        form.Resources = Dictionary(XObject=Dictionary(Im=picture))
        page = add_page(pdf, "Groter")
        page.contents_add(f"q 2 0 0 2 0 0 cm {page.add_resource(form, Name.XObject)} Do Q".encode())
        content = written(pdf)
    made = shrink(content, len(content) // 4)

    # 1400 dots over 7 inches are 200 for each; on the first page alone they would be 1400.
    assert made is not None
    assert 100 <= made.dpi <= 200
    with pictures(made.pdf) as found:
        assert int(found[0].Width) == pytest.approx(made.dpi * 7, abs=8)


def fax(size: tuple[int, int] = (2800, 2800)) -> Image.Image:
    """Return black and white that even a fax packs badly: words, and grain."""
    grey = Image.effect_noise(size, 60)
    page = grey.point(lambda value: 0 if value < 30 else 255).convert("1")
    ImageDraw.Draw(page).text((300, 300), "BEZWAAR", fill=0, font_size=600)
    return page


def test_black_and_white_is_packed_as_a_fax_before_anything_is_given_up():
    with Pdf.new() as pdf:
        page = Image.new("1", (2400, 2400), 1)
        ImageDraw.Draw(page).text((300, 300), "BEZWAAR", fill=0, font_size=400)
        stream = picture_of(pdf, page, Name.DeviceGray)
        place(pdf, stream, 8)
        content = written(pdf, compress_streams=False)
    made = shrink(content, 20_000)

    assert made is not None
    assert made.dpi == 0
    assert difference(made.pdf, content) == 0
    with pictures(made.pdf) as (picture,):
        assert picture.Filter == "/CCITTFaxDecode"


@pytest.mark.parametrize("turned", [False, True])
def test_a_fax_stays_black_and_white_and_readable(*, turned: bool):
    with Pdf.new() as pdf:
        stream = picture_of(pdf, fax(), Name.DeviceGray)
        if turned:
            stream.Decode = Array([1, 0])
        place(pdf, stream, 7)
        content = written(pdf)
    made = shrink(content, len(content) // 5)

    assert made is not None
    assert 200 <= made.dpi <= 400
    with pictures(made.pdf) as (picture,):
        assert (picture.BitsPerComponent, picture.Filter) == (1, "/CCITTFaxDecode")
    assert difference(made.pdf, content) < 25
    least = shrink(content, len(content) // 200)
    assert least is None or least.dpi == 200


def test_what_is_see_through_stays_see_through():
    with Pdf.new() as pdf:
        page = add_page(pdf, "Onder het plaatje")
        page.contents_add(b"q 0 1 0 rg 0 0 595 842 re f Q", prepend=True)
        stream = picture_of(pdf, grain((1500, 1500)))
        round_ = Image.new("L", (1500, 1500), 0)
        ImageDraw.Draw(round_).ellipse((0, 0, 1500, 1500), fill=255)
        stream.SMask = picture_of(pdf, round_, Name.DeviceGray)
        place(pdf, stream, 5, page=page)
        content = written(pdf)
    made = shrink(content, len(content) // 8)

    assert made is not None
    paper = rendered(made.pdf)
    assert paper.getpixel((45, 842 - 45)) == (0, 255, 0)
    assert paper.getpixel((220, 842 - 220)) == pytest.approx((0, 0, 0), abs=30)
    assert difference(made.pdf, content) < 12


def test_a_picture_that_names_its_see_through_colour_or_is_a_stencil_is_left_alone():
    with Pdf.new() as pdf:
        keyed = picture_of(pdf, grain((900, 900)))
        keyed.Mask = Array([0, 0, 0, 0, 0, 0])
        stencil = picture_of(pdf, fax((900, 900)), Name.DeviceGray)
        stencil.ImageMask = True
        del stencil.ColorSpace
        for stream in (keyed, stencil):
            place(pdf, stream, 3)
        content = written(pdf)

    assert shrink(content, len(content) // 4) is None


@pytest.mark.parametrize("packing", ["adobe", "bare", "flate"])
@pytest.mark.parametrize("decoded", [True, False])
def test_print_colours_keep_their_colours(packing: str, *, decoded: bool):
    image = photo((2000, 2000)).convert("CMYK")
    noise = Image.effect_noise(image.size, 20)
    image = ImageChops.add(image, Image.merge("CMYK", [noise] * 4), offset=-128)
    with Pdf.new() as pdf:
        stream = picture_of(pdf, ImageChops.invert(image) if decoded else image, Name.DeviceCMYK)
        if packing != "flate":
            jpeg = saved(image if decoded else ImageChops.invert(image), "JPEG", quality=98)
            start = jpeg.index(b"\xff\xee")
            bare = jpeg[:start] + jpeg[start + 16 :]
            stream.write(jpeg if packing == "adobe" else bare, filter=Name.DCTDecode)
        if decoded:
            stream.Decode = Array([1, 0] * 4)
        place(pdf, stream, 5)
        content = written(pdf)
    made = shrink(content, len(content) // 3)

    assert made is not None
    assert made.dpi
    assert difference(made.pdf, content) < 3


@pytest.mark.parametrize("kind", ["grey", "palette", "icc"])
def test_other_colours_stay_what_they_are(kind: str):
    with Pdf.new() as pdf:
        if kind == "palette":
            image = grain((1200, 1200)).quantize(200)
            stream = picture_of(pdf, image)
            table = bytes(image.getpalette() or ())
            stream.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(table) // 3 - 1, table])
        elif kind == "grey":
            stream = picture_of(pdf, grain((1200, 1200), "L"), Name.DeviceGray)
            stream.Decode = Array([1, 0])
        else:
            srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            profile = pdf.make_stream(srgb.tobytes())
            profile.update(Dictionary(N=3, Alternate=Name.DeviceRGB))
            stream = picture_of(pdf, grain((1200, 1200)))
            stream.ColorSpace = Array([Name.ICCBased, profile])
        place(pdf, stream, 5)
        content = written(pdf)
    made = shrink(content, len(content) // 4)

    assert made is not None
    assert made.dpi
    assert difference(made.pdf, content) < 12


def test_links_and_the_outline_stay():
    with pikepdf.open(io.BytesIO(scan(900, pages=2))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Tweede", 1))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        link.Dest = Array([pdf.pages[1].obj, Name.Fit])
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        content = written(pdf)
    made = shrink(content, len(content) // 3)

    assert made is not None
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert pdf.pages[0].obj.Annots[0].Dest[0].objgen == pdf.pages[1].obj.objgen
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Tweede"]


def test_forms_within_forms_do_not_keep_us():
    with new() as pdf:
        inner = jpeg_of(pdf, grain((300, 300)))
        for _ in range(12):
            form = pdf.make_stream(b"/Fm Do " * 20)
            form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
            form.Resources = Dictionary(XObject=Dictionary(Fm=inner))
            inner = form
        place(pdf, inner, 1, page=pdf.pages[0])
        content = written(pdf)

    assert shrink(content, 1000) is None


def test_a_photo_that_was_taken_in_can_be_shrunk_further():
    content = take_in(saved(grain((3000, 2000)), "JPEG", quality=95), "foto.jpg").pdf
    made = shrink(content, len(content) // 4)

    assert made is not None
    assert made.dpi >= 100
    assert difference(made.pdf, content) < 12
