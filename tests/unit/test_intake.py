"""The papers of strangers: recognised, opened, repaired or refused, and never lost in silence."""

from __future__ import annotations

import shutil
import subprocess
import zlib
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, Stream, String

from hostile_paper import (
    Change,
    add_page,
    bomb,
    changed,
    form,
    in_chain,
    in_outline,
    layered,
    new,
    opened,
    photo,
    plain,
    refused,
    saved,
    signed,
    texts,
    unsigned_field,
    written,
)
from wvp_docs.pdf.intake import Taken, UnusableError, take_in
from wvp_docs.pdf.joining import Joined
from wvp_docs.pdf.outline import read_outline, write_outline
from wvp_docs.pdf.sharing import share_streams
from wvp_docs.pdf.stamp import number_pages


def bound(taken: Taken) -> Pdf:
    """Do with a paper all that the bundle does."""
    joined = Joined()
    with opened(taken) as source:
        headings = list(read_outline(source, 0, 0))
        joined.add(source)
    target = joined.open()
    write_outline(target, headings)
    share_streams(target)
    number_pages(target, [str(number) for number in range(1, taken.pages + 1)])
    return target


def taken_or_refused(content: bytes) -> Taken | None:
    """Return None for what was refused with a way out; anything else that is raised is a bug."""
    try:
        return take_in(content, "a.pdf")
    except UnusableError as refusal:
        return None if refusal.message and refusal.hint else pytest.fail("no way out")


# What the file is


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.pdf", "is leeg"),
        (b"", "leeg.jpg", "is leeg"),
        (b"Geachte heer, mevrouw", "brief.pdf", "heet PDF, maar is dat niet"),
        (b"Geachte heer, mevrouw", "foto.png", "heet PNG, maar is dat niet"),
        (b"PK\3\4", "map.zip", "geen PDF, Word (.docx), JPEG, PNG of TIFF"),
        (b"%PDF-1.7", "zonder", "geen PDF, Word (.docx), JPEG, PNG of TIFF"),
        (b"%PDF-1.7\nniets", "half.pdf", "geen leesbare PDF"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_way_out(content: bytes, name: str, said: str):
    assert said in refused(content, name)


def test_a_photo_with_the_name_of_a_pdf_is_taken_as_a_photo():
    taken = take_in(saved(photo(), "JPEG"), "scan.PDF")

    assert (taken.pages, taken.said) == (1, ("Het bestand is geen PDF maar een JPEG.",))


def test_a_pdf_with_the_name_of_a_photo_is_taken_as_a_pdf():
    taken = take_in(plain(), "scan.jpg")

    assert (texts(taken.pdf), taken.said) == (
        ["Bladzijde 1"],
        ("Het bestand is geen JPEG maar een PDF.",),
    )


def test_a_plain_pdf_needs_no_word_and_gives_the_same_bytes_every_time():
    taken = take_in(plain(3), "stuk.pdf")

    assert (taken.pages, taken.said, taken.signed) == (3, (), False)
    assert texts(taken.pdf) == ["Bladzijde 1", "Bladzijde 2", "Bladzijde 3"]
    assert take_in(plain(3), "stuk.pdf") == taken


def test_three_hundred_pages_are_three_hundred_pages():
    taken = take_in(plain(300), "dossier.pdf")

    assert taken.pages == 300
    assert texts(taken.pdf)[-1] == "Bladzijde 300"


def test_landscape_a3_and_turned_pages_stay_as_they_are():
    def change(pdf: Pdf) -> None:
        add_page(pdf, "Liggend", (842, 595))
        add_page(pdf, "A3", (842, 1191))
        add_page(pdf, "Gedraaid").obj.Rotate = 90
        add_page(pdf, "Bijgesneden").cropbox = [50, 50, 500, 800]

    with opened(take_in(changed(change), "stuk.pdf")) as pdf:
        sizes = [tuple(int(edge) for edge in page.mediabox[2:]) for page in pdf.pages]
        assert sizes == [(595, 842), (842, 595), (842, 1191), (595, 842), (595, 842)]
        assert list(pdf.pages[4].cropbox) == [50, 50, 500, 800]
        assert pdf.pages[3].obj.Rotate == 90


# Passwords


def locked(user: str = "", owner: str = "eigenaar", revision: int = 6) -> bytes:
    protection = Encryption(user=user, owner=owner, R=revision)
    return plain(encryption=protection, static_id=False)


def test_a_file_with_a_password_is_refused_with_the_way_out():
    assert "--wachtwoord-bestand" in refused(locked("geheim"))
    assert "geen van de opgegeven" in refused(locked("geheim"), passwords=("fout", "ook fout"))


@pytest.mark.parametrize("revision", [4, 6])
@pytest.mark.parametrize("word", ["geheim", "geheimé€"])
@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_a_password_that_fits_opens_the_file_for_good(word: str, revision: int):
    content = locked(word.replace("€", "") if revision == 4 else word, revision=revision)
    taken = take_in(content, "a.pdf", ("fout", word.replace("€", "") if revision == 4 else word))

    with opened(taken) as pdf:
        assert not pdf.is_encrypted
    assert texts(taken.pdf) == ["Bladzijde 1"]
    assert "beveiligd" in taken.said[0]


def test_a_file_that_may_only_not_be_changed_opens_without_a_password():
    taken = take_in(locked(), "a.pdf")

    with opened(taken) as pdf:
        assert not pdf.is_encrypted
    assert "beveiligd" in taken.said[0]


# Damage


def loose(pages: int = 10) -> bytes:
    """Return a PDF whose objects stand one by one in the file, so that it can break anywhere."""
    return plain(pages, object_stream_mode=ObjectStreamMode.disable)


@pytest.mark.parametrize(
    "broken",
    [
        loose().replace(b"startxref\n", b"startxref\n9"),
        loose()[:-60],
        b"post van de scanner\n" + loose(),
        loose() + b"\0" * 2000,
        loose().replace(b"0000000", b"0000009"),
    ],
    ids=["wrong index", "no end", "before it", "behind it", "wrong places"],
)
def test_what_is_damaged_but_whole_is_repaired(broken: bytes):
    taken = take_in(broken, "a.pdf")

    assert texts(taken.pdf) == [f"Bladzijde {number}" for number in range(1, 11)]


def test_a_repair_is_said():
    taken = take_in(loose()[:-60], "a.pdf")

    assert "beschadigd en is hersteld" in taken.said[0]


@pytest.mark.parametrize("linearize", [True, False])
@pytest.mark.parametrize("part", range(5, 100, 5))
def test_a_file_that_was_cut_off_never_loses_a_page_in_silence(part: int, *, linearize: bool):
    content = plain(10, object_stream_mode=ObjectStreamMode.disable, linearize=linearize)
    taken = taken_or_refused(content[: len(content) * part // 100])

    if taken is not None:
        assert texts(taken.pdf) == [f"Bladzijde {number}" for number in range(1, 11)]
        assert "hersteld" in taken.said[0]


def test_lost_pages_are_counted():
    content = loose()
    cut = content[: content.index(b"(Bladzijde 5)") if b"(Bladzijde 5)" in content else 2000]

    assert "van de 10 bladzijden" in refused(cut)


@pytest.mark.parametrize("torn", [b"geen zlib", zlib.compress(bytes(9999))[:-8]])
def test_a_page_of_which_a_part_is_torn_is_said(torn: bytes):
    with new() as pdf:
        picture = pdf.make_stream(b"")
        picture.write(torn, filter=Name.FlateDecode)
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture)
        content = written(pdf)

    assert "op een plaats beschadigd" in take_in(content, "a.pdf").said[0]


# Signatures


@pytest.mark.parametrize("certify", [True, False])
def test_a_signed_file_is_not_touched(*, certify: bool):
    content = signed(plain(2), certify=certify)
    taken = take_in(content, "getekend.pdf")

    assert (taken.pdf, taken.pages, taken.signed) == (content, 2, True)
    assert "digitaal ondertekend" in taken.said[0]


def test_an_empty_field_for_a_signature_is_no_signature():
    taken = take_in(unsigned_field(plain()), "a.pdf")

    assert (taken.signed, taken.said) == (False, ())
    with opened(taken) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_a_signed_file_that_is_damaged_is_refused():
    assert "handtekening klopt niet meer" in refused(signed(plain())[:-40])


def with_file(pdf: Pdf) -> None:
    pdf.attachments["medisch.pdf"] = plain()


def with_lost_file(pdf: Pdf) -> None:
    """Leave a file in it that nothing points at."""
    with_file(pdf)
    del pdf.Root.Names
    stream = next(it for it in pdf.objects if isinstance(it, Stream) and "/Params" in it)
    stream.Type = Name.EmbeddedFile
    pdf.Root.Rest = Array([stream])


@pytest.mark.parametrize("change", [with_file, with_lost_file])
def test_a_signed_file_with_another_file_in_it_is_refused(change: Change):
    assert "er zit een ander bestand in" in refused(signed(changed(change)))


def test_what_cannot_be_taken_out_of_a_signed_file_is_said():
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    taken = take_in(signed(changed(change)), "a.pdf")
    assert taken.said[1] == "Er zat een script in. Dat is zo gebleven."


# Traps


def test_a_bomb_is_refused_without_unpacking_it():
    assert "pakt uit tot meer dan" in refused(bomb(600 << 20))


def test_a_pdf_without_pages_is_refused():
    with Pdf.new() as pdf:
        assert "heeft geen bladzijden" in refused(written(pdf))


@pytest.mark.parametrize("box", [[0, 0, 90_000, 800], [0, 0, 5, 5], [0, 0, 0, 0], [0, 0, 595, 1e9]])
def test_a_page_that_no_printer_takes_is_refused(box: list[float]):
    def change(pdf: Pdf) -> None:
        pdf.pages[1].obj.MediaBox = Array(box)

    assert "bladzijde 2" in refused(changed(change, pages=2))


def raw_pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 9 >>\n%%EOF"


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
DEEP = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % number for number in range(3, 20_003)]


@pytest.mark.parametrize(
    "content",
    [
        raw_pdf(CATALOG, b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"),
        raw_pdf(CATALOG, *DEEP, b"<< /Type /Page /MediaBox [0 0 595 842] >>"),
        raw_pdf(CATALOG, b"<< /Type /Pages /Count 1000000000 /Kids [] >>"),
        raw_pdf(CATALOG, b"[" * 100_000),
        raw_pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids 5 >>"),
        raw_pdf(b"<< /Type /Catalog /Pages 1 0 R >>"),
        raw_pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page >>"),
        raw_pdf(
            CATALOG,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /MediaBox [(a) 0 /B 842] /Contents 3 0 R /Annots 7 >>",
        ),
    ],
    ids=["loop", "deep", "count", "nested", "kids", "self", "empty", "types"],
)
def test_a_tree_of_pages_that_is_a_trap_is_refused(content: bytes):
    refused(content)


def test_things_that_point_at_themselves_do_not_keep_us():
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        loop = pdf.make_indirect(Dictionary(Title=String("lus")))
        loop.Next, loop.First, loop.Parent = loop, loop, loop
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=loop, Last=loop))
        tree = pdf.make_indirect(Dictionary(Limits=Array([String("a"), String("z")])))
        tree.Kids = Array([tree])
        pdf.Root.Names = Dictionary(Dests=tree)
        drawn = pdf.make_stream(b"/Fm Do")
        drawn.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        drawn.Resources = Dictionary(XObject=Dictionary(Fm=drawn))
        page.Resources.XObject = Dictionary(Fm=drawn)
        field = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=[0, 0, 9, 9]))
        field.Parent, field.Kids = field, Array([field])
        page.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    assert len(bound(take_in(changed(change), "a.pdf")).pages) == 1


def test_an_outline_that_is_none_does_not_stop_the_bundle():
    def change(pdf: Pdf) -> None:
        pdf.Root.Outlines = Dictionary(First=7)

    taken = take_in(changed(change), "a.pdf")
    assert taken.said in {(), ("De bladwijzers klopten niet. Die zijn weggelaten.",)}
    assert len(bound(taken).pages) == 1


def test_names_in_another_alphabet_are_no_reason_to_refuse():
    name = b"/#e9#ff"
    content = raw_pdf(
        CATALOG,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << %b 4 0 R >> >> >>" % name,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length 43 >>\nstream\nBT %b 12 Tf 60 600 Td (Tekst) Tj ET \nendstream" % name,
    )

    assert texts(take_in(content, "a.pdf").pdf) == ["Tekst"]


@pytest.mark.parametrize("kid", [b"0", b"7", b"9"])
def test_a_page_that_only_the_tree_lost_is_said(kid: bytes):
    taken = take_in(loose(2).replace(b"/Kids [ 3", b"/Kids [ " + kid), "a.pdf")

    assert texts(taken.pdf) == ["Bladzijde 2"]
    assert taken.said == (
        "Het bestand noemt 2 bladzijden, maar heeft er 1. Kijk of alles erin zit.",
    )


@settings(max_examples=150)
@given(st.sampled_from(range(5)), st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
def test_a_file_with_a_few_wrong_bytes_can_be_bound_or_is_refused(which: int, at: int, junk: bytes):
    content = (loose(2), form("a", "b"), changed(in_outline), changed(in_chain), layered())[which]
    at %= len(content)
    taken = taken_or_refused(content[:at] + junk + content[at + len(junk) :])

    assert taken is None or taken.signed or len(bound(taken).pages) == taken.pages


@pytest.mark.parametrize(
    "key", ["/Annots", "/Resources", "/AA", "/Contents", "/Rotate", "/UserUnit", "/CropBox"]
)
@pytest.mark.parametrize(
    "value", [7, True, String("x"), Name.X, Array([1, Array()]), Dictionary(A=1)], ids=type
)
def test_a_page_with_nonsense_in_it_can_be_bound_or_is_refused(key: str, value: object):
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = value

    taken = taken_or_refused(changed(change))
    assert taken is None or len(bound(taken).pages) == 1


@pytest.mark.parametrize(
    "key", ["/AcroForm", "/Names", "/Outlines", "/OCProperties", "/OpenAction"]
)
@pytest.mark.parametrize("value", [7, String("x"), Array([1]), Dictionary(A=1, D=2, Fields=3)])
def test_a_root_with_nonsense_in_it_is_taken_or_refused_but_never_a_crash(key: str, value: object):
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    taken = taken_or_refused(changed(change))
    assert taken is None or taken.pages == 1


# What other programs make of it


@pytest.mark.engine
def test_what_qpdf_writes_is_taken_and_another_reader_agrees_with_the_result(tmp_path: Path):
    content = locked()
    (tmp_path / "in.pdf").write_bytes(content)
    packed = ["qpdf", "--password=eigenaar", "--linearize", "--object-streams=generate"]
    subprocess.run([*packed, tmp_path / "in.pdf", tmp_path / "uit.pdf"], check=True)
    taken = take_in((tmp_path / "uit.pdf").read_bytes(), "a.pdf")
    (tmp_path / "schoon.pdf").write_bytes(take_in(form("naam", "Jansen"), "a.pdf").pdf)

    assert taken.pages == 1
    subprocess.run(["qpdf", "--check", tmp_path / "schoon.pdf"], check=True, capture_output=True)
    read = subprocess.run(
        ["pdftotext", tmp_path / "schoon.pdf", "-"], check=True, capture_output=True, text=True
    )
    assert "Jansen" in read.stdout


@pytest.mark.skipif(not shutil.which("gs"), reason="needs Ghostscript")
def test_what_ghostscript_writes_is_taken(tmp_path: Path):
    (tmp_path / "in.pdf").write_bytes(plain(3))
    made = ["gs", "-q", "-sDEVICE=pdfwrite", "-o", tmp_path / "uit.pdf", tmp_path / "in.pdf"]
    subprocess.run(made, check=True)

    taken = take_in((tmp_path / "uit.pdf").read_bytes(), "a.pdf")
    assert (taken.pages, taken.said) == (3, ())
    with pypdfium2.PdfDocument(taken.pdf) as document:
        assert len(document) == 3
