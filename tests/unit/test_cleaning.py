"""Cleaning a PDF: what is seen stays on paper, what acts goes, and both are said."""

from __future__ import annotations

import warnings

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ExifTags, Image

from hostile_paper import (
    DA,
    Change,
    add_field,
    changed,
    form,
    in_chain,
    in_outline,
    layered,
    on_link,
    opened,
    photo,
    plain,
    refused,
    rendered,
    saved,
    texts,
    written,
)
from wvp_docs.pdf.intake import take_in

# Forms


def test_what_was_filled_in_is_seen_and_can_no_longer_change():
    for needs in (True, False):
        taken = take_in(form("naam", "Reïntegratie € 12", needs=needs), "formulier.pdf")

        assert "Reïntegratie € 12" in texts(taken.pdf)[0]
        with opened(taken) as pdf:
            assert "/AcroForm" not in pdf.Root
            assert "/Annots" not in pdf.pages[0].obj


def test_every_kind_of_field_keeps_its_value_on_paper():
    def change(pdf: Pdf) -> None:
        text = {"FT": Name.Tx, "DA": String(DA)}
        add_field(pdf, 600, **text, T=String("comb"), V=String("999990019"), Ff=1 << 24, MaxLen=9)
        long = String("Eerste regel\nTweede regel die te lang is voor het vak en dus doorloopt")
        add_field(pdf, 500, 60, **text, T=String("lang"), V=long, Ff=1 << 12)
        options = Array(
            [Array([String("n"), String("Noot")]), Array([String("m"), String("Mies")])]
        )
        add_field(
            pdf, 450, FT=Name.Ch, Ff=1 << 17, T=String("keuze"), V=String("m"), Opt=options,
            DA=String(DA),
        )  # fmt: skip
        box = Dictionary(CA=String("4"))
        add_field(pdf, 400, FT=Name.Btn, T=String("aan"), V=Name.Ja, AS=Name.Ja, MK=box)
        add_field(pdf, 350, FT=Name.Btn, T=String("uit"), V=Name.Off, AS=Name.Off, MK=box)

    taken = take_in(changed(change), "formulier.pdf")
    assert taken.said == ("De velden om in te vullen zijn vaste tekst geworden.",)
    words = texts(taken.pdf)[0].replace("\r\n", " ").replace(" ", "")
    for expected in ("999990019", "Eersteregel", "doorloopt", "Mies"):
        assert expected in words
    paper = rendered(taken.pdf).convert("L")
    assert paper.crop((60, 842 - 420, 400, 842 - 400)).getextrema()[0] < 100
    assert paper.crop((60, 842 - 370, 400, 842 - 350)).getextrema()[0] == 255


@pytest.mark.filterwarnings("ignore::pikepdf.PikepdfWarning")
@pytest.mark.parametrize("listed", [True, False])
def test_a_field_that_stands_only_on_the_page_keeps_its_value(*, listed: bool):
    def change(pdf: Pdf) -> None:
        field = add_field(pdf, 600, FT=Name.Tx, T=String("a"), V=String("Waarde"), DA=String(DA))
        direct = Dictionary(dict(field.items()))
        pdf.pages[0].obj.Annots = Array([direct])
        pdf.Root.AcroForm.Fields = Array([direct] if listed else [])

    content = changed(change)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "Waarde" in texts(take_in(content, "a.pdf").pdf)[0]


def test_a_stale_picture_of_a_value_is_drawn_anew():
    def change(pdf: Pdf) -> None:
        field = add_field(pdf, 600, FT=Name.Tx, T=String("a"), V=String("nieuw"), DA=String(DA))
        field.AP = Dictionary(N=appearance(pdf, b"BT /Helv 12 Tf (oud) Tj ET"))
        pdf.Root.AcroForm.NeedAppearances = True

    words = texts(take_in(changed(change), "a.pdf").pdf)[0]
    assert "nieuw" in words
    assert "oud" not in words


def appearance(pdf: Pdf, content: bytes) -> Stream:
    stream = pdf.make_stream(content)
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 340, 20]))
    stream.Resources = Dictionary(Font=pdf.Root.AcroForm.DR.Font) if "/AcroForm" in pdf.Root else {}
    return stream


def test_two_files_with_the_same_field_keep_their_own_values():
    with Pdf.new() as target:
        for value in ("Jansen", "Pietersen"):
            with opened(take_in(form("naam", value), "a.pdf")) as source:
                target.add_pages_from(source, forms="strip")
        found = texts(written(target))

    assert ["Jansen" in found[0], "Pietersen" in found[1]] == [True, True]


def test_a_button_that_is_not_printed_leaves_the_paper():
    def change(pdf: Pdf) -> None:
        button = add_field(pdf, 600, FT=Name.Btn, Ff=1 << 16, T=String("verstuur"))
        button.AP = Dictionary(N=appearance(pdf, b"BT /Helv 12 Tf (Verstuur) Tj ET"))
        button.F = 0

    assert "Verstuur" not in texts(take_in(changed(change), "a.pdf").pdf)[0]


def test_a_form_that_only_one_program_shows_is_refused_with_the_way_out():
    def change(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))

    assert "druk het af naar PDF" in refused(changed(change))


# What acts


def on_open(**action: object) -> Change:
    return lambda pdf: setattr(pdf.Root, "OpenAction", Dictionary(**action))


def in_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("x()")))


def in_name_tree(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("x()"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def in_field(pdf: Pdf) -> None:
    field = add_field(pdf, 600, FT=Name.Tx, T=String("a"), V=String("b"), DA=String(DA))
    field.AA = Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("x()")))


SCRIPT = "Er zat een script in. Dat is weggelaten."
COMMAND = "Er zat een opdracht in, zoals een programma starten of gegevens versturen."
MEDIA = "Er zat film, geluid of 3D in. Dat is weggelaten."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (on_open(S=Name.JavaScript, JS=String("x()")), SCRIPT),
        (in_page, SCRIPT),
        (in_name_tree, SCRIPT),
        (in_chain, SCRIPT),
        (in_field, SCRIPT),
        (in_outline, COMMAND),
        (on_open(S=Name.Launch, F=String("calc.exe")), COMMAND),
        (on_link(S=Name.SubmitForm, F=String("https://x.invalid")), COMMAND),
        (on_link(S=Name.ImportData, F=String("x.fdf")), COMMAND),
        (on_link(S=Name.GoToR, F=String("x.pdf"), D=Array([0, Name.Fit])), COMMAND),
        (on_link(S=Name.URI, URI=String("file:///etc/passwd")), COMMAND),
        (on_link(S=Name.URI, URI=String("javascript:x()")), COMMAND),
        (on_link(S=Name.Movie), MEDIA),
        (on_link(S=Name.Sound), MEDIA),
        (on_link(S=Name.Rendition, JS=String("x()")), MEDIA),
    ],
)
def test_what_acts_is_taken_out_and_said(change: Change, said: str):
    taken = take_in(changed(change), "a.pdf")

    assert taken.said[0].startswith(said)
    with opened(taken) as pdf:
        everything = b"".join(
            one.unparse(resolved=True) for one in pdf.objects if not isinstance(one, Stream)
        )
    for trace in (b"JavaScript", b"/JS", b"Launch", b"Submit", b"Import", b"GoToR", b"file:"):
        assert trace not in everything
    assert "Bladzijde 1" in texts(taken.pdf)[0]


def test_links_within_the_document_and_to_the_web_and_its_outline_stay():
    def change(pdf: Pdf) -> None:
        on_link(S=Name.URI, URI=String("https://www.uwv.nl/"))(pdf)
        inside = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 600, 90, 620])
        inside.A = Dictionary(S=Name.GoTo, D=String("plek"))
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(inside))
        spot = Array([pdf.pages[1].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("plek"), spot])))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Tweede", 1))

    taken = take_in(changed(change, pages=2), "a.pdf")
    assert taken.said == ()
    with opened(taken) as pdf:
        web, inside = pdf.pages[0].obj.Annots
        assert str(web.A.URI) == "https://www.uwv.nl/"
        found = pikepdf.NameTree(pdf.Root.Names.Dests)[str(inside.A.D)]
        assert found[0].objgen == pdf.pages[1].obj.objgen
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Tweede"]


@pytest.mark.parametrize("kind", ["RichMedia", "3D", "Movie", "Sound", "Screen"])
def test_a_film_leaves_the_picture_that_it_shows_at_rest(kind: str):
    def change(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[60, 600, 160, 700], F=4)
        still = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f")
        still.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100]))
        note.AP = Dictionary(N=still)
        note.RichMediaContent = Dictionary(Assets=Dictionary())
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    taken = take_in(changed(change), "a.pdf")
    assert taken.said == (MEDIA,)
    assert rendered(taken.pdf).getpixel((110, 192)) == (255, 0, 0)
    assert b"RichMedia" not in taken.pdf


# Files in files


def test_a_file_in_a_file_is_taken_out_and_said():
    def change(pdf: Pdf) -> None:
        pdf.attachments["geheim.txt"] = b"diagnose"

    taken = take_in(changed(change), "a.pdf")
    assert taken.said == ("Er zat een bijgevoegd bestand in. Dat is weggelaten.",)
    with opened(taken) as pdf:
        assert not pdf.attachments
        assert not [
            one for one in pdf.objects if isinstance(one, Stream) and b"diag" in one.read_bytes()
        ]


def test_a_file_pinned_to_a_page_is_taken_out_and_said():
    def change(pdf: Pdf) -> None:
        spec = pikepdf.AttachedFileSpec(pdf, b"diagnose", filename="a.txt")
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[9, 9, 29, 29])
        note.FS = spec.obj
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    taken = take_in(changed(change), "a.pdf")
    assert taken.said == ("Er zat een bijgevoegd bestand in. Dat is weggelaten.",)
    with opened(taken) as pdf:
        assert not [
            one for one in pdf.objects if isinstance(one, Stream) and b"diag" in one.read_bytes()
        ]


def test_a_portfolio_is_refused_because_its_papers_are_not_its_pages():
    def change(pdf: Pdf) -> None:
        pdf.attachments["advies.pdf"] = plain()
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)

    assert "noem elk als bijlage" in refused(changed(change))


# What is seen


def test_a_comment_of_a_reader_is_kept_word_for_word_printed_and_said():
    def change(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[60, 600, 80, 620], F=0)
        note.Contents = String("Klopt dit wel?")
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    taken = take_in(changed(change), "a.pdf")
    assert "opmerkingen" in taken.said[0]
    with opened(taken) as pdf:
        (note,) = pdf.pages[0].obj.Annots
        assert (str(note.Contents), int(note.F) & 4) == ("Klopt dit wel?", 4)


@pytest.mark.parametrize("base", ["OFF", "ON"])
def test_what_is_hidden_on_a_layer_does_not_turn_up(base: str):
    taken = take_in(layered(base), "a.pdf")
    words = texts(taken.pdf)[0]
    assert [word in words for word in ("Bladzijde 1", "Zichtbaar")] == [True, True]
    assert [word in words for word in ("Verborgen", "Samen", "Plaatje")] == [False] * 3
    assert rendered(taken.pdf).getpixel((50, 800)) == (255, 255, 255)
    assert taken.said == ("Er zaten verborgen lagen in. Die zijn weggelaten.",)


def test_layers_that_are_all_seen_need_no_word():
    def change(pdf: Pdf) -> None:
        on = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([on]), D=Dictionary(ON=Array([on])))

    assert take_in(changed(change), "a.pdf").said == ()


def test_a_photo_inside_does_not_tell_where_it_was_taken():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Geheime Camera"
    jpeg = saved(photo((60, 40)), "JPEG", exif=exif)

    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(jpeg, filter=Name.DCTDecode)
        stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40))
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
        name = pdf.pages[0].add_resource(stream, Name.XObject)
        pdf.pages[0].contents_add(f"q 120 0 0 80 100 100 cm {name} Do Q".encode())

    content = changed(change)
    taken = take_in(content, "a.pdf")
    assert b"Geheime Camera" in content
    assert b"Geheime Camera" not in taken.pdf
    assert rendered(taken.pdf).tobytes() == rendered(content).tobytes()


def test_the_stranger_stays_unnamed():
    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = "A. Maker"
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["A. Maker"]
        pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String("A. Maker")))

    taken = take_in(changed(change), "a.pdf")
    with opened(taken) as pdf:
        assert not [one for one in pdf.objects if b"A. Maker" in one.unparse(resolved=True)]
        assert "/Info" not in pdf.trailer or "/Author" not in pdf.trailer.Info
        assert "/Metadata" not in pdf.Root
