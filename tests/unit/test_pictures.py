"""Photos and scans: upright on A4, never blown up, and silent about where they were taken."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageOps

from hostile_paper import photo, rendered, saved
from wvp_docs.pdf.intake import UnusableError, take_in

UPRIGHT, LYING = (595, 842), (842, 595)


@contextmanager
def stored(pdf: bytes) -> Iterator[pikepdf.Object]:
    """Open the picture of the first page as the PDF keeps it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document.pages[0].obj.Resources.XObject.Afbeelding


def raw(pdf: bytes) -> bytes:
    with stored(pdf) as picture:
        return bytes(picture.read_raw_bytes())


def size_of(pdf: bytes) -> tuple[int, int]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return tuple(round(float(edge)) for edge in document.pages[0].mediabox[2:])


def shown(pdf: bytes, page: int = 0) -> Image.Image:
    """Return the picture as it is printed, without the white around it."""
    paper = rendered(pdf, page)
    return paper.crop(ImageOps.invert(paper.convert("L")).getbbox())


def corners(image: Image.Image) -> list[str]:
    """Return the colours of the corners: above left and right, below left and right."""
    names = {(1, 0, 0): "rood", (0, 1, 0): "groen", (0, 0, 1): "blauw", (1, 1, 0): "geel"}
    wide, high = image.size
    spots = [(x * wide // 4, y * high // 4) for y in (1, 3) for x in (1, 3)]
    return [names[tuple(int(band > 128) for band in image.getpixel(spot))] for spot in spots]


def test_a_photo_is_a_page_of_a4_by_its_own_shape_with_a_margin():
    lying = take_in(saved(photo((1600, 1200)), "JPEG"), "foto.jpg")
    upright = take_in(saved(photo((1200, 1600)), "JPEG"), "foto.JPEG")

    assert (lying.pages, size_of(lying.pdf), size_of(upright.pdf)) == (1, LYING, UPRIGHT)
    paper = rendered(lying.pdf)
    assert {paper.getpixel((x, y)) for x, y in ((20, 20), (820, 575))} == {(255, 255, 255)}
    assert corners(shown(lying.pdf)) == ["rood", "groen", "blauw", "geel"]
    assert lying.said == ()


def test_a_small_picture_keeps_its_size():
    taken = take_in(saved(photo((600, 300)), "PNG", dpi=(300, 300)), "stempel.png")

    assert shown(taken.pdf).size == pytest.approx((144, 72), abs=2)


def test_a_photo_is_taken_over_as_it_is_but_for_its_notes():
    content = saved(photo((900, 600)), "JPEG", comment=b"geheime notitie", quality=93)
    bare = raw(take_in(content, "a.jpg").pdf)

    assert b"geheime" not in bare
    before, after = (Image.open(io.BytesIO(one)) for one in (content, bare))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize(("size", "kind"), [((900, 600), "JPEG"), ((900, 600), "PNG")])
def test_every_way_a_camera_can_be_held_ends_upright(turn: int, size: tuple[int, int], kind: str):
    image = photo(size)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    content = saved(image, kind, exif=exif)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")

    taken = take_in(content, f"foto.{kind}")
    assert corners(shown(taken.pdf)) == corners(expected)
    assert size_of(taken.pdf) == (LYING if expected.width > expected.height else UPRIGHT)


def test_a_tiff_that_lies_on_its_side_ends_upright():
    taken = take_in(saved(photo((900, 600)), "TIFF", tiffinfo={274: 6}), "scan.tif")

    assert corners(shown(taken.pdf)) == ["blauw", "rood", "geel", "groen"]


@pytest.mark.parametrize("size", [(900, 600), (5000, 4000)])
def test_the_place_where_a_photo_was_taken_does_not_survive(size: tuple[int, int]):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Geheime Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSDateStamp] = "2026:01:02"
    content = saved(photo(size), "JPEG", exif=exif) + b"film achter de foto"
    assert b"Geheime Camera" in content
    taken = take_in(content, "foto.jpg")

    kept = raw(taken.pdf)
    assert not [word for word in (b"Geheime", b"2026:01:02", b"Exif", b"film") if word in kept]
    assert "De plaats waar de foto is gemaakt stond erin; die is weggelaten." in taken.said


def test_a_photo_of_40_megapixels_gets_the_sharpness_of_paper():
    content = saved(photo((7300, 5500)), "JPEG")
    taken = take_in(content, "foto.jpg")

    with stored(taken.pdf) as picture:
        wide = int(picture.Width) / (shown(taken.pdf).width / 72)
    assert wide == pytest.approx(300, rel=0.02)
    assert any("300 dpi" in sentence for sentence in taken.said)
    assert corners(shown(taken.pdf)) == ["rood", "groen", "blauw", "geel"]


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000)])
def test_a_picture_that_fills_the_memory_is_refused_before_it_is_opened(size: tuple[int, int]):
    content = saved(photo(), "PNG")
    claim = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 6, 0, 0, 0)
    bomb = content[:12] + claim + struct.pack(">I", zlib.crc32(claim)) + content[33:]

    with pytest.raises(UnusableError, match="te veel beeldpunten"):
        take_in(bomb, "bom.png")


@pytest.mark.parametrize("size", [(900, 600), (6000, 4000)])
@pytest.mark.parametrize("adobe", [True, False])
def test_a_photo_in_print_colours_keeps_its_colours(size: tuple[int, int], *, adobe: bool):
    inks = photo(size).convert("CMYK")
    # Adobe writes them turned over, and so does Pillow; without its note they are not.
    content = saved(inks if adobe else ImageChops.invert(inks), "JPEG", quality=95)
    if not adobe:
        start = content.index(b"\xff\xee")
        content = content[:start] + content[start + 16 :]

    taken = take_in(content, "drukwerk.jpg")
    assert corners(shown(taken.pdf)) == ["rood", "groen", "blauw", "geel"]


def test_what_is_transparent_is_white_paper():
    image = photo((400, 300)).convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.paste((220, 30, 30, 255), (100, 100, 300, 200))
    paper = rendered(take_in(saved(image, "PNG"), "logo.png").pdf)

    assert paper.getpixel((421, 297)) == pytest.approx((220, 30, 30), abs=3)
    assert max(paper.getcolors())[1] == (255, 255, 255)
    assert (0, 0, 0) not in [colour for _, colour in paper.getcolors(100_000)]


@pytest.mark.parametrize("see_through", [True, False])
def test_a_picture_with_a_palette_keeps_its_colours(*, see_through: bool):
    image = photo((400, 300)).quantize(4)
    content = saved(image, "PNG", **({"transparency": b"\xff" * 4} if see_through else {}))

    taken = take_in(content, "a.png")
    assert corners(shown(taken.pdf)) == ["rood", "groen", "blauw", "geel"]


def test_sixteen_bits_of_grey_keep_their_shade():
    image = Image.new("I;16", (400, 300), 32_768)
    paper = rendered(take_in(saved(image, "PNG"), "rontgen.png").pdf)

    assert paper.getpixel((421, 297)) == pytest.approx((128, 128, 128), abs=2)


def test_a_fax_stays_black_on_white_with_flat_dots_in_their_shape():
    fax = Image.new("1", (1728, 1078), 1)
    fax.paste(0, (0, 0, 864, 539))
    taken = take_in(saved(fax, "TIFF", compression="group4", dpi=(204, 98)), "fax.tif")

    with stored(taken.pdf) as picture:
        assert (picture.Filter, picture.BitsPerComponent) == ("/CCITTFaxDecode", 1)
    paper = rendered(taken.pdf)
    assert size_of(taken.pdf) == UPRIGHT
    wide, high = 1728 / 204 * 72, 1078 / 98 * 72
    box = ImageOps.invert(paper.convert("L")).getbbox()
    scale = min(1, (595.28 - 56.7) / wide, (841.89 - 56.7) / high)
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx(
        (wide * scale / 2, high * scale / 2), abs=2
    )


def test_a_scan_of_several_pages_becomes_as_many_pages():
    pages = [photo((400, 300)), Image.new("1", (300, 400), 0), Image.new("L", (300, 400), 99)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    taken = take_in(content, "scan.tiff")

    assert taken.pages == 3
    assert corners(shown(taken.pdf, 0)) == ["rood", "groen", "blauw", "geel"]
    assert shown(taken.pdf, 1).getpixel((50, 50)) == (0, 0, 0)
    assert shown(taken.pdf, 2).getpixel((50, 50)) == (99, 99, 99)


def test_the_colours_of_the_maker_are_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved(photo((900, 600)), "JPEG", icc_profile=profile)

    with stored(take_in(content, "foto.jpg").pdf) as picture:
        kind, colours = picture.ColorSpace
        assert (kind, bytes(colours.read_bytes())) == ("/ICCBased", profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_that_breaks_off_is_refused(kind: str):
    noise = Image.effect_noise((200, 200), 90)
    content = saved(noise, kind)

    with pytest.raises(UnusableError, match="beschadigde afbeelding") as caught:
        take_in(content[: len(content) // 2], f"half.{kind}")
    assert "opnieuw" in caught.value.hint


def test_a_photo_from_a_telephone_that_only_it_can_read_is_refused_with_the_way_out():
    with pytest.raises(UnusableError, match="HEIC") as caught:
        take_in(b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.jpg")
    assert "JPEG" in caught.value.hint


def test_the_same_picture_gives_the_same_bytes():
    content = saved(photo((5000, 4000)), "JPEG")

    assert take_in(content, "a.jpg") == take_in(content, "b.jpg")


@pytest.mark.parametrize("dpi", [200, 300, 400])
def test_a_scan_of_a_sheet_fills_its_page_and_keeps_every_dot(dpi: int):
    size = round(8.27 * dpi), round(11.69 * dpi)
    scan = saved(photo(size), "JPEG", dpi=(dpi, dpi))
    taken = take_in(scan, "scan.jpg")

    assert taken.said == ()
    with stored(taken.pdf) as picture:
        assert (int(picture.Width), int(picture.Height)) == size
    assert rendered(taken.pdf).getpixel((6, 6)) != (255, 255, 255)
