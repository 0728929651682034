"""Bundle: every page once, found from the contents, the outline and the number it bears."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image, ImageChops

from bundles import (
    INFO,
    PREFIX,
    bundle,
    converted,
    front,
    labels_in,
    links,
    numbers_on,
    opened,
    part,
    pictures,
    place_of,
    texts,
)
from wvp_docs.errors import EngineError, ExitCode, OutputError, TemplateError
from wvp_docs.pdf.bundle import Bundle, Part, assemble, page_labels
from wvp_docs.pdf.spool import Spool


def test_page_numbers_are_known_before_the_contents_are_made():
    parts = [part("A", pages=2), part("B"), part("C", pages=3)]

    expected = (("1",), ("2", "3"), ("4",), ("5", "6", "7"))
    assert page_labels(1, parts) == expected
    made = bundle(*parts)
    assert (made.pages, tuple(bound.labels for bound in made.ledger)) == (7, expected)


def test_every_page_is_there_once_and_in_order():
    shown = texts(bundle(part("Eerste", pages=2), part("Tweede")).pdf.read())

    assert ["Eerste" in shown[1], "Eerste, blad 2" in shown[2], "Tweede" in shown[3]] == [True] * 3


def test_every_page_bears_its_number_and_the_reader_program_agrees():
    made = bundle(part("A", pages=12))

    assert numbers_on(made) == labels_in(made) == [str(number) for number in range(1, 14)]


@pytest.mark.parametrize("engine", ["rdocx", pytest.param("libreoffice", marks=pytest.mark.engine)])
def test_each_line_of_the_contents_leads_to_its_part_over_its_whole_width(engine: str):
    made = bundle(part("A", pages=2), part("B"), part("C"), engine=engine)

    with opened(made) as pdf:
        found = sorted(links(pdf, 0), key=lambda note: -float(note.Rect[1]))
        assert [place_of(pdf, note.Dest) for note in found] == [2, 4, 5]
        assert all(float(note.Rect[2]) - float(note.Rect[0]) > 300 for note in found)
        assert [str(note.Contents) for note in found] == ["A", "B", "C"]
        assert not any("/A" in note for note in found)
    assert PREFIX.encode() not in b"".join(stream_bytes(made))


def stream_bytes(made: Bundle) -> list[bytes]:
    with opened(made) as pdf:
        return [repr(item).encode() for item in pdf.objects]


def test_a_link_to_somewhere_else_stays():
    with opened(bundle(part("A"), elsewhere="https://www.uwv.nl/")) as pdf:
        urls = [str(note.A.URI) for note in links(pdf, 0) if "/A" in note]

    assert urls == ["https://www.uwv.nl/"]


def test_contents_with_another_number_of_links_than_parts_are_refused():
    with pytest.raises(TemplateError, match="2 koppelingen voor 1 stukken") as fault:
        assemble(front(["A", "B"]), [part("A")], info=INFO, link_prefix=PREFIX)

    assert fault.value.exit_code is ExitCode.DEFINITION


def test_the_outline_has_the_contents_the_parts_and_what_is_in_them():
    made = bundle(
        part("A", pages=2, number="1"), part("B", level=1, number="1a"), part("C", number="2")
    )

    with opened(made) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Inhoud", "1 A", "2 C"]
        first = outline.root[1]
        assert [item.title for item in first.children] == ["A", "1a B"]
        inner = first.children[0].children[0]
        assert (inner.title, place_of(pdf, inner.destination)) == ("A, blad 2", 3)
        assert [place_of(pdf, item.destination) for item in outline.root] == [1, 2, 5]


def test_the_bundle_says_its_language_and_title():
    with opened(bundle(part("A"))) as pdf:
        assert (pdf.Root.Lang, str(pdf.docinfo.Title)) == ("nl-NL", "Re-integratieverslag")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True


def test_the_same_parts_give_the_same_bytes():
    parts = [part("A"), part("B", pages=2)]

    assert bundle(*parts).pdf.sha256 == bundle(*parts).pdf.sha256


def scan(rotate: int, crop: tuple[int, ...], shade: float) -> bytes:
    """Return a page that is dark to its edges, turned and cropped, as a scanner may give it."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(500, 700))
        page.obj.Rotate = rotate
        page.obj.CropBox = list(crop)
        page.obj.Contents = pdf.make_stream(f"2 0 0 2 7 9 cm {shade} g 0 0 900 900 re f".encode())
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", [(0, 0, 500, 700), (40, 60, 400, 620)])
@pytest.mark.parametrize("shade", [0.1, 0.9])
def test_the_number_stands_in_the_bottom_right_corner_and_covers_nothing_else(
    rotate: int, crop: tuple[int, ...], shade: float
):
    scanned = scan(rotate, crop, shade)

    before = pictures(scanned)[0]
    after = pictures(bundle(Part("scan", "Scan", scanned)).pdf.read())[1]

    assert before.size == after.size
    left, top, right, bottom = ImageChops.difference(before, after).getbbox()
    wide, high = after.size
    assert wide - 35 < left < right < wide - 18
    assert high - 25 < top < bottom < high - 8
    assert after.crop((left, top, right, bottom)).getextrema()[1] > 150  # white around the number


def test_an_attachment_keeps_its_own_links_and_what_was_filled_in():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(200, 200))
        named = pikepdf.Dictionary(D=[pdf.pages[2].obj, pikepdf.Name.Fit])
        pdf.Root.Names = pikepdf.Dictionary(
            Dests=pdf.make_indirect(pikepdf.Dictionary(Names=[pikepdf.String("slot"), named]))
        )
        pdf.Root.Dests = pikepdf.Dictionary(Oud=[pdf.pages[1].obj, pikepdf.Name.Fit])
        look = pdf.make_stream(
            b"0 g 0 0 50 50 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 50, 50],
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="naam",
                Rect=[10, 10, 60, 60], AP=pikepdf.Dictionary(N=look), F=4,
            )
        )  # fmt: skip
        jump = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9]
        )
        notes = [
            field,
            {**jump, "/Dest": pikepdf.String("slot")},
            {**jump, "/Dest": pikepdf.Name("/Oud")},
            {
                **jump,
                "/A": pikepdf.Dictionary(
                    S=pikepdf.Name.GoTo, D=[pdf.pages[1].obj, pikepdf.Name.Fit]
                ),
            },
            {**jump, "/Dest": pikepdf.String("bestaat niet")},
        ]
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                note if note is field else pdf.make_indirect(pikepdf.Dictionary(note))
                for note in notes
            ]
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.save(target)

    made = bundle(Part("bijlage", "Bijlage", target.getvalue()))

    with opened(made) as pdf:
        assert [place_of(pdf, note.Dest) for note in links(pdf, 1)] == [4, 3, 3]
    assert pictures(made.pdf.read())[1].getpixel((30, 170)) < 50


def test_the_outline_of_an_attachment_is_kept_however_it_points():
    name, target = pikepdf.Name, io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(200, 200))
        first, second, third = ([page.obj, name.Fit] for page in pdf.pages)
        tree = pikepdf.Dictionary(Names=[pikepdf.String("slot"), pikepdf.Dictionary(D=third)])
        pdf.Root.Names = pikepdf.Dictionary(Dests=pdf.make_indirect(tree))
        pdf.Root.Dests = pikepdf.Dictionary(Oud=second)
        with pdf.open_outline() as outline:
            away = pikepdf.Dictionary(S=name.URI, URI="https://www.uwv.nl/")
            dead = pikepdf.OutlineItem("leidt nergens heen", action=away)
            jump = pikepdf.Dictionary(S=name.GoTo, D=pikepdf.Array(first))
            dead.children.append(pikepdf.OutlineItem("met actie", action=jump))
            outline.root.append(dead)
            outline.root.append(pikepdf.OutlineItem("op naam", pikepdf.String("slot")))
            outline.root.append(pikepdf.OutlineItem("op oude naam", name.Oud))
            outline.root.append(pikepdf.OutlineItem("onbekend", pikepdf.String("weg")))
        pdf.save(target)

    with (
        opened(bundle(Part("bijlage", "Bijlage", target.getvalue()))) as pdf,
        pdf.open_outline() as outline,
    ):
        found = [(i.title, place_of(pdf, i.destination)) for i in outline.root[1].children]
    assert found == [("met actie", 2), ("op naam", 4), ("op oude naam", 3)]


def test_a_logo_that_every_part_brings_is_kept_once(tmp_path: Path):
    Image.effect_noise((300, 300), 50).save(tmp_path / "logo.png")
    document = docx.Document()
    document.add_picture(str(tmp_path / "logo.png"))
    pdf = converted(document)

    made = bundle(*(Part(title, title, pdf) for title in "ABCDE"))

    assert made.pdf.size < 2 * len(pdf)


def test_a_part_that_is_no_pdf_is_an_engine_error():
    with pytest.raises(EngineError, match="geen leesbare PDF"):
        bundle(Part("bijlage", "Bijlage", b"geen pdf"))


def test_a_page_that_is_not_where_it_was_counted_stops_the_bundle():
    source = part("A", pages=2)
    assert isinstance(source.pdf, bytes)
    short = Part("A", "A", Spool().keep(source.pdf, pages=3))

    with pytest.raises(OutputError, match="telt 2 bladzijden; de stukken 3"):
        bundle(short)


def test_two_parts_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        bundle(part("A"), part("A"))
